#pragma once
// Which handler answers which path.

#include "http.h"

#include <asio/awaitable.hpp>

#include <functional>
#include <string>
#include <vector>

namespace shelf {

using Handler = std::function<asio::awaitable<Response>(const Request&)>;

class Router {
 public:
  void get(const std::string& path, Handler handler);
  void post(const std::string& path, Handler handler);

  asio::awaitable<Response> answer(const Request& request) const;

 private:
  struct Route {
    std::string method;
    std::string path;
    Handler handler;
  };
  std::vector<Route> routes_;
};

}  // namespace shelf
