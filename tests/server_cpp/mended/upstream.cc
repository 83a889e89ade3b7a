#include "upstream.h"

#include <stdexcept>
#include <utility>

namespace shelf {
namespace {

std::size_t collect(char* data, std::size_t size, std::size_t count, void* out) {
  static_cast<std::string*>(out)->append(data, size * count);
  return size * count;
}

}  // namespace

Upstream::Handle Upstream::take() {
  std::lock_guard<std::mutex> guard(mutex_);
  if (idle_.empty()) return Handle(curl_easy_init());
  Handle handle = std::move(idle_.back());
  idle_.pop_back();
  return handle;
}

void Upstream::give_back(Handle handle) {
  curl_easy_reset(handle.get());
  std::lock_guard<std::mutex> guard(mutex_);
  if (idle_.size() < 8) idle_.push_back(std::move(handle));
}

std::string Upstream::get(const std::string& url) {
  Handle handle = take();
  std::string body;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, 3000L);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &body);
  const CURLcode code = curl_easy_perform(handle.get());
  give_back(std::move(handle));
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
  return body;
}

std::string Upstream::post(const std::string& url, const std::string& body) {
  Handle handle = take();
  std::string answer;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, 3000L);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, collect);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(handle.get());
  give_back(std::move(handle));
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
  return answer;
}

bool Upstream::exists(const std::string& url) {
  Handle handle = take();
  long status = 0;
  curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_NOBODY, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, 3000L);
  const CURLcode code = curl_easy_perform(handle.get());
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  give_back(std::move(handle));
  return code == CURLE_OK && status == 200;
}

}  // namespace shelf
