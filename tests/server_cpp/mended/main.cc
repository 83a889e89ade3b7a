#include "handlers.h"
#include "log.h"
#include "reporter.h"
#include "server.h"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <asio/thread_pool.hpp>
#include <curl/curl.h>

#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>

namespace {

void serve(const shelf::Config& config) {
  shelf::Log log(config.log_file);
  shelf::Store store(config.database, config.workers);
  shelf::Store old_years(config.archive, 1);
  shelf::History history;
  shelf::Items items(store);
  shelf::Orders orders(store, history);
  shelf::Archive archive(old_years);
  items.create_tables();
  orders.create_tables();
  archive.create_tables();

  shelf::Upstream upstream;
  shelf::Rates rates(upstream, config.rates_url);
  shelf::Suppliers suppliers(upstream, config.suppliers_url);
  shelf::Warehouse warehouse(config.warehouse_host, config.warehouse_port);
  shelf::Journal journal(config.journal_file);
  shelf::Sessions sessions;
  shelf::Stats stats;
  shelf::Reporter reporter(stats, sessions, log, std::chrono::seconds(1));

  asio::io_context loop(1);
  asio::thread_pool pool(config.workers);
  const shelf::Services services{config, pool,      items,     orders,  history,  archive, upstream,
                                 rates,  suppliers, warehouse, journal, sessions, stats};
  shelf::Router router;
  shelf::ItemHandlers item_handlers(services);
  shelf::OrderHandlers order_handlers(services);
  shelf::ServiceHandlers service_handlers(services);
  item_handlers.add_to(router);
  order_handlers.add_to(router);
  service_handlers.add_to(router);

  shelf::Server server(router, stats, log, config.connections);
  asio::co_spawn(loop, server.run(config.port), asio::detached);
  asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](asio::error_code, int) { loop.stop(); });
  log.write("listening on " + std::to_string(config.port));
  loop.run();
  pool.join();
}

}  // namespace

int main(int argc, char** argv) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  try {
    serve(shelf::load_config(argc > 1 ? argv[1] : "shelf.conf"));
  } catch (const std::exception& error) {
    std::cerr << "shelf: " << error.what() << '\n';
    return 1;
  }
  curl_global_cleanup();
  return 0;
}
