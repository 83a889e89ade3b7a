#include "handlers.h"

#include <fstream>
#include <iterator>

namespace shelf {

void ServiceHandlers::add_to(Router& router) {
  router.post("/login", [this](const Request& request) { return login(request); });
  router.get("/me", [this](const Request& request) { return me(request); });
  router.get("/quote", [this](const Request& request) { return quote(request); });
  router.get("/banner", [this](const Request& request) { return banner(request); });
  router.get("/stats", [this](const Request& request) { return stats(request); });
  router.get("/visits", [this](const Request& request) { return visits(request); });
}

asio::awaitable<Response> ServiceHandlers::login(const Request& request) {
  const std::string token = services_.sessions.open(request.value("user"));
  co_return Response{200, "{\"token\": " + quoted(token) + "}"};
}

asio::awaitable<Response> ServiceHandlers::me(const Request& request) {
  const auto user = services_.sessions.user_of(request.value("token"));
  if (!user) co_return Response{401, "{\"error\": \"log in first\"}"};
  visits_.push_back({*user, request.path});  // finding: collection-unbounded visits_
  co_return Response{200, "{\"user\": " + quoted(*user) + "}"};
}

asio::awaitable<Response> ServiceHandlers::quote(const Request& request) {
  const std::string currency = request.value("currency", "EUR");
  const double rate = services_.rates.current(currency);  // finding: async-blocking-call quote -> current -> get
  co_return Response{200, "{\"rate\": " + std::to_string(rate) + "}"};
}

asio::awaitable<Response> ServiceHandlers::banner(const Request&) {
  std::ifstream file(services_.config.banner_file);  // finding: async-blocking-file-io banner
  const std::string text(std::istreambuf_iterator<char>(file), {});
  co_return Response{200, text, "text/plain"};
}

asio::awaitable<Response> ServiceHandlers::stats(const Request&) { co_return Response{200, services_.stats.to_json()}; }

asio::awaitable<Response> ServiceHandlers::visits(const Request&) {
  co_return Response{200, "{\"visits\": " + std::to_string(visits_.size()) + "}"};
}

}  // namespace shelf
