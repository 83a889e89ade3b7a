// needs: curl/curl.h asio.hpp
#include <curl/curl.h>

#include <asio.hpp>
#include <chrono>
#include <string>

static std::size_t append(char* data, std::size_t size, std::size_t count, void* to) {
  static_cast<std::string*>(to)->append(data, size * count);
  return size * count;
}

std::string fetch(const std::string& url) {
  CURL* curl = curl_easy_init();
  std::string text;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &text);
  curl_easy_perform(curl);  // finding: http-missing-timeout
  curl_easy_cleanup(curl);
  return text;
}

std::string fetch_soon(const std::string& url) {
  CURL* curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 5L);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  return url;
}

void refresh(asio::io_context& context) {
  asio::steady_timer timer(context, std::chrono::seconds(60));
  timer.async_wait([](const asio::error_code& error) {
    if (!error) fetch_soon("https://rates.example");  // finding: async-blocking-call
  });
}
