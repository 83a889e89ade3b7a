#pragma once
// Talks HTTP to other services. The handles, and the connections in them, are used again.

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace shelf {

class Upstream {
 public:
  std::string get(const std::string& url);
  std::string post(const std::string& url, const std::string& body);

 private:
  struct Cleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  using Handle = std::unique_ptr<CURL, Cleanup>;

  Handle take();
  void give_back(Handle handle);

  std::mutex mutex_;
  std::vector<Handle> idle_;
};

}  // namespace shelf
