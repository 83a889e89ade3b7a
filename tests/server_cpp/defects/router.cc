#include "router.h"

#include <exception>
#include <utility>

namespace shelf {

void Router::get(const std::string& path, Handler handler) { routes_.push_back({"GET", path, std::move(handler)}); }

void Router::post(const std::string& path, Handler handler) { routes_.push_back({"POST", path, std::move(handler)}); }

asio::awaitable<Response> Router::answer(const Request& request) const {
  for (const Route& route : routes_) {
    if (route.method != request.method || route.path != request.path) continue;
    Response response;
    try {
      response = co_await route.handler(request);
    } catch (const std::exception& error) {
      response = {500, "{\"error\": " + quoted(error.what()) + "}"};
    }
    co_return response;
  }
  co_return Response{404, "{\"error\": \"no such page\"}"};
}

}  // namespace shelf
