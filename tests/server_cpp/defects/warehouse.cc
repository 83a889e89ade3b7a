#include "warehouse.h"

#include <asio/buffer.hpp>
#include <asio/connect.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/read_until.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace shelf {

using asio::use_awaitable;
using asio::ip::tcp;
using namespace asio::experimental::awaitable_operators;

namespace {
constexpr auto kPatience = std::chrono::seconds(3);
}

Warehouse::Warehouse(std::string host, std::string port) : host_(std::move(host)), port_(std::move(port)) {}

asio::awaitable<std::string> Warehouse::announce(const std::string& line) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::resolver resolver(executor);
  tcp::socket socket(executor);
  asio::steady_timer limit(executor, kPatience);
  const auto found = co_await (resolver.async_resolve(host_, port_, use_awaitable) || limit.async_wait(use_awaitable));
  if (found.index() == 1) throw std::runtime_error("no address of the warehouse");
  const auto connected =
      co_await (asio::async_connect(socket, std::get<0>(found), use_awaitable) || limit.async_wait(use_awaitable));
  if (connected.index() == 1) throw std::runtime_error("the warehouse does not answer");
  if (!co_await send(socket, line)) throw std::runtime_error("the warehouse does not listen");
  co_return co_await acknowledgement(socket);
}

asio::awaitable<bool> Warehouse::send(tcp::socket& socket, const std::string& line) {
  asio::steady_timer limit(co_await asio::this_coro::executor, kPatience);
  const std::string text = line + "\n";
  const auto sent =
      co_await (asio::async_write(socket, asio::buffer(text), use_awaitable) || limit.async_wait(use_awaitable));
  co_return sent.index() == 0;
}

asio::awaitable<std::string> Warehouse::acknowledgement(tcp::socket& socket) {
  std::string answer;
  auto buffer = asio::dynamic_buffer(answer, 1024);
  const auto token = use_awaitable;
  const auto length = co_await async_read_until(socket, buffer, '\n', token);  // finding: async-missing-timeout
  co_return answer.substr(0, length - 1);
}

}  // namespace shelf
