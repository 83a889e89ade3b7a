#pragma once
// What the service answers. Everything here runs on the event loop, but for what is handed to the pool.

#include "archive.h"
#include "config.h"
#include "history.h"
#include "http.h"
#include "items.h"
#include "journal.h"
#include "orders.h"
#include "rates.h"
#include "router.h"
#include "sessions.h"
#include "stats.h"
#include "suppliers.h"
#include "upstream.h"
#include "warehouse.h"

#include <asio/awaitable.hpp>
#include <asio/thread_pool.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace shelf {

// All that the handlers work with. It lives as long as the service.
struct Services {
  const Config& config;
  asio::thread_pool& pool;
  Items& items;
  Orders& orders;
  History& history;
  Archive& archive;
  Upstream& upstream;
  Rates& rates;
  Suppliers& suppliers;
  Warehouse& warehouse;
  Journal& journal;
  Sessions& sessions;
  Stats& stats;
};

class ItemHandlers {
 public:
  explicit ItemHandlers(const Services& services) : services_(services) {}

  void add_to(Router& router);

 private:
  asio::awaitable<Response> item(const Request& request);
  asio::awaitable<Response> list_items(const Request& request);
  asio::awaitable<Response> search(const Request& request);
  asio::awaitable<Response> create(const Request& request);
  asio::awaitable<Response> set_price(const Request& request);
  asio::awaitable<Response> changes(const Request& request);
  asio::awaitable<Response> picture(const Request& request);

  const Services& services_;
  std::mutex prices_;
};

class OrderHandlers {
 public:
  explicit OrderHandlers(const Services& services) : services_(services) {}

  void add_to(Router& router);

 private:
  asio::awaitable<Response> place(const Request& request);
  asio::awaitable<Response> orders(const Request& request);
  asio::awaitable<Response> sold(const Request& request);
  asio::awaitable<Response> stock(const Request& request);
  asio::awaitable<Response> reorder(const Request& request);
  asio::awaitable<Response> newest(const Request& request);

  const Services& services_;
};

class ServiceHandlers {
 public:
  explicit ServiceHandlers(const Services& services) : services_(services) {}

  void add_to(Router& router);

 private:
  asio::awaitable<Response> login(const Request& request);
  asio::awaitable<Response> me(const Request& request);
  asio::awaitable<Response> quote(const Request& request);
  asio::awaitable<Response> banner(const Request& request);
  asio::awaitable<Response> stats(const Request& request);
  asio::awaitable<Response> visits(const Request& request);

  struct Visit {
    std::string user;
    std::string page;
  };
  const Services& services_;
  std::vector<Visit> visits_;
};

}  // namespace shelf
