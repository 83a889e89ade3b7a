#include "suppliers.h"

#include <stdexcept>
#include <utility>

namespace shelf {
namespace {

std::size_t collect(char* data, std::size_t size, std::size_t count, void* out) {
  static_cast<std::string*>(out)->append(data, size * count);
  return size * count;
}

}  // namespace

Suppliers::Suppliers(Upstream& upstream, std::string url) : upstream_(upstream), url_(std::move(url)) {}

long Suppliers::stock(const std::string& title) { return std::stol(ask("/stock/" + title)); }

std::string Suppliers::ask(const std::string& page) {
  std::string answer;
  const std::string url = url_ + page;
  CURL* handle = curl_easy_init();  // finding: http-client-per-request curl_easy_init
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, 3000L);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(handle);
  curl_easy_cleanup(handle);
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
  return answer;
}

std::string Suppliers::reorder(const std::string& title, int amount) {
  return upstream_.post(url_ + "/orders", title + " " + std::to_string(amount));
}

}  // namespace shelf
