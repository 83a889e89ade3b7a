#pragma once
// Accepts connections and serves the requests that come over them, one after the other.

#include "log.h"
#include "router.h"
#include "stats.h"

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>

#include <cstddef>

namespace shelf {

class Server {
 public:
  Server(const Router& router, Stats& stats, Log& log, std::size_t connections);

  asio::awaitable<void> run(unsigned short port);

 private:
  asio::awaitable<void> serve(asio::ip::tcp::socket socket);
  asio::awaitable<bool> serve_one(asio::ip::tcp::socket& socket, std::string& buffer);

  const Router& router_;
  Stats& stats_;
  Log& log_;
  const std::size_t most_connections_;
  std::size_t connections_ = 0;
};

}  // namespace shelf
