#include "server.h"

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/read.hpp>
#include <asio/read_until.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace shelf {

using asio::use_awaitable;
using asio::ip::tcp;
using namespace asio::experimental::awaitable_operators;

namespace {
constexpr std::size_t kMostBytes = 64 * 1024;
constexpr auto kPatience = std::chrono::seconds(15);
}  // namespace

Server::Server(const Router& router, Stats& stats, Log& log, std::size_t connections)
    : router_(router), stats_(stats), log_(log), most_connections_(connections) {}

asio::awaitable<void> Server::run(unsigned short port) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::acceptor acceptor(executor, {asio::ip::address_v4::loopback(), port});
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
    if (connections_ >= most_connections_) continue;
    asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> Server::serve(tcp::socket socket) {
  ++connections_;
  std::string buffer;
  try {
    while (co_await serve_one(socket, buffer)) {
    }
  } catch (const std::exception& error) {
    log_.write(std::string("connection closed: ") + error.what());
  }
  --connections_;
}

asio::awaitable<bool> Server::serve_one(tcp::socket& socket, std::string& buffer) {
  asio::steady_timer limit(co_await asio::this_coro::executor, kPatience);
  const auto head =
      co_await (asio::async_read_until(socket, asio::dynamic_buffer(buffer, kMostBytes), "\r\n\r\n", use_awaitable) ||
                limit.async_wait(use_awaitable));
  if (head.index() == 1) co_return false;
  const std::size_t length = std::get<0>(head);
  Request request = parse_head(buffer.substr(0, length));
  buffer.erase(0, length);

  const std::size_t body = body_length(request);
  if (body > kMostBytes) throw std::length_error("body too long");
  if (buffer.size() < body) {
    const auto rest = co_await (asio::async_read(socket, asio::dynamic_buffer(buffer, kMostBytes),
                                                 asio::transfer_at_least(body - buffer.size()), use_awaitable) ||
                                limit.async_wait(use_awaitable));
    if (rest.index() == 1) co_return false;
  }
  request.body = buffer.substr(0, body);
  buffer.erase(0, body);

  const auto begin = std::chrono::steady_clock::now();
  const Response response = co_await router_.answer(request);
  const std::string text = to_text(response);
  limit.expires_after(kPatience);
  const auto sent =
      co_await (asio::async_write(socket, asio::buffer(text), use_awaitable) || limit.async_wait(use_awaitable));
  stats_.record(response.status, std::chrono::steady_clock::now() - begin);
  log_.write(request.method + " " + request.path + " " + std::to_string(response.status));
  co_return sent.index() == 0;
}

}  // namespace shelf
