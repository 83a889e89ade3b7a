#include "handlers.h"
#include "offload.h"

#include <asio/post.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <unordered_map>

namespace shelf {
namespace {

std::unordered_map<std::string, std::string> found_before;
std::uint64_t indexed = 0;

}  // namespace

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
  const std::optional<Item> found = services_.items.find(id);  // finding: async-blocking-call item -> find
  if (!found) co_return Response{404, "{\"error\": \"no such item\"}"};
  co_return Response{200, to_json(*found)};
}

asio::awaitable<Response> ItemHandlers::list_items(const Request&) {
  std::vector<Item> found;
  co_await in_pool(services_.pool, [&] { found = services_.items.all(); });
  co_return Response{200, to_json(found)};
}

asio::awaitable<Response> ItemHandlers::search(const Request& request) {
  const std::string words = request.value("q");
  if (const auto known = found_before.find(words); known != found_before.end()) co_return Response{200, known->second};
  std::vector<Item> found;
  co_await in_pool(services_.pool, [&] { found = services_.items.search(words); });
  const std::string body = to_json(found);
  found_before[words] = body;  // finding: cache-unbounded found_before
  co_return Response{200, body};
}

asio::awaitable<Response> ItemHandlers::create(const Request& request) {
  const std::string title = request.value("title");
  const int cents = request.number("cents", 0);
  if (title.empty()) co_return Response{400, "{\"error\": \"a title is needed\"}"};
  for (int attempt = 0; attempt < 3; ++attempt) {
    bool added = false;
    co_await in_pool(services_.pool, [&] { added = services_.items.add(title, cents); });
    if (added) {
      asio::post(services_.pool, [this, title] {
        services_.items.index(title);
        ++indexed;  // finding: shared-state-unlocked indexed
      });
      co_return Response{201, "{\"indexed_before\": " + std::to_string(indexed) + "}"};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // finding: async-blocking-call create
  }
  co_return Response{400, "{\"error\": \"there is such an item\"}"};
}

asio::awaitable<Response> ItemHandlers::set_price(const Request& request) {
  const int id = request.number("id", 0);
  const int cents = request.number("cents", 0);
  {
    std::lock_guard<std::mutex> guard(prices_);
    co_await in_pool(services_.pool, [&] {  // finding: async-lock-across-await set_price
      services_.items.set_price(id, cents);
    });
  }
  co_await services_.journal.append("price " + std::to_string(id) + " " + std::to_string(cents));
  co_return Response{200, "{\"cents\": " + std::to_string(cents) + "}"};
}

asio::awaitable<Response> ItemHandlers::changes(const Request& request) {
  const int id = request.number("id", 0);
  std::vector<std::string> found;
  co_await in_pool(services_.pool, [&] {
    sqlite3* connection = nullptr;
    sqlite3_stmt* query = nullptr;
    sqlite3_open(services_.config.database.c_str(), &connection);  // finding: db-connection-per-request sqlite3_open
    sqlite3_busy_timeout(connection, 2000);
    sqlite3_prepare_v2(connection, "SELECT cents FROM changes WHERE item = ? ORDER BY rowid DESC LIMIT 20", -1, &query,
                       nullptr);
    sqlite3_bind_int(query, 1, id);
    while (sqlite3_step(query) == SQLITE_ROW) found.push_back(std::to_string(sqlite3_column_int64(query, 0)));
    sqlite3_finalize(query);
    sqlite3_close(connection);
  });
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
  co_await in_pool(services_.pool, [&] {
    CURL* handle = curl_easy_init();  // finding: http-client-per-request curl_easy_init
    long status = 0;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, 3000L);
    const CURLcode code = curl_easy_perform(handle);
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(handle);
    exists = code == CURLE_OK && status == 200;
  });
  co_return Response{exists ? 200 : 404, exists ? quoted(url) : "null"};
}

}  // namespace shelf
