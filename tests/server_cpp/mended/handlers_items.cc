#include "handlers.h"
#include "offload.h"

#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <chrono>
#include <optional>

namespace shelf {

void ItemHandlers::add_to(Router& router) {
  router.get("/item", [this](const Request& request) { return item(request); });
  router.get("/items", [this](const Request& request) { return list_items(request); });
  router.get("/search", [this](const Request& request) { return search(request); });
  router.post("/items", [this](const Request& request) { return create(request); });
  router.post("/price", [this](const Request& request) { return set_price(request); });
  router.get("/changes", [this](const Request& request) { return changes(request); });
  router.get("/picture", [this](const Request& request) { return picture(request); });
}

asio::awaitable<Response> ItemHandlers::item(const Request& request) {
  const int id = request.number("id", 0);
  std::optional<Item> found;
  co_await in_pool(services_.pool, [&] { found = services_.items.find(id); });
  if (!found) co_return Response{404, "{\"error\": \"no such item\"}"};
  co_return Response{200, to_json(*found)};
}

asio::awaitable<Response> ItemHandlers::list_items(const Request& request) {
  const int after = request.number("after", 0);
  const int limit = std::min(request.number("limit", 50), 200);
  std::vector<Item> found;
  co_await in_pool(services_.pool, [&] { found = services_.items.page(after, limit); });
  co_return Response{200, to_json(found)};
}

asio::awaitable<Response> ItemHandlers::search(const Request& request) {
  const std::string words = request.value("q");
  if (const std::string* known = found_before_.find(words)) co_return Response{200, *known};
  std::vector<Item> found;
  co_await in_pool(services_.pool, [&] { found = services_.items.search(words); });
  const std::string body = to_json(found);
  found_before_.put(words, body);
  co_return Response{200, body};
}

asio::awaitable<Response> ItemHandlers::create(const Request& request) {
  const std::string title = request.value("title");
  const int cents = request.number("cents", 0);
  if (title.empty()) co_return Response{400, "{\"error\": \"a title is needed\"}"};
  asio::steady_timer pause(co_await asio::this_coro::executor);
  for (int attempt = 0; attempt < 3; ++attempt) {
    bool added = false;
    co_await in_pool(services_.pool, [&] { added = services_.items.add(title, cents); });
    if (added) {
      asio::post(services_.pool, [this, title] {
        services_.items.index(title);
        ++indexed_;
      });
      co_return Response{201, "{\"indexed_before\": " + std::to_string(indexed_) + "}"};
    }
    pause.expires_after(std::chrono::milliseconds(20));
    co_await pause.async_wait(asio::use_awaitable);
  }
  co_return Response{400, "{\"error\": \"there is such an item\"}"};
}

asio::awaitable<Response> ItemHandlers::set_price(const Request& request) {
  const int id = request.number("id", 0);
  const int cents = request.number("cents", 0);
  co_await in_pool(services_.pool, [&] { services_.items.set_price(id, cents); });
  co_await services_.journal.append("price " + std::to_string(id) + " " + std::to_string(cents));
  co_return Response{200, "{\"cents\": " + std::to_string(cents) + "}"};
}

asio::awaitable<Response> ItemHandlers::changes(const Request& request) {
  const int id = request.number("id", 0);
  std::vector<std::string> found;
  co_await in_pool(services_.pool, [&] { found = services_.items.changes_of(id); });
  std::string body = "[";
  for (const std::string& cents : found) {
    if (body.size() > 1) body += ", ";
    body += cents;
  }
  co_return Response{200, body + "]"};
}

asio::awaitable<Response> ItemHandlers::picture(const Request& request) {
  const std::string url = services_.config.suppliers_url + "/pictures/" + request.value("title");
  bool exists = false;
  co_await in_pool(services_.pool, [&] { exists = services_.upstream.exists(url); });
  co_return Response{exists ? 200 : 404, exists ? quoted(url) : "null"};
}

}  // namespace shelf
