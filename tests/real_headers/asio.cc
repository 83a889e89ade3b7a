// needs: asio.hpp
#include <asio.hpp>
#include <chrono>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

namespace {

std::mutex guard;
std::unordered_map<std::string, std::string> pages;

std::string load(const std::string& name) {
  std::ifstream file(name);
  std::string text;
  std::getline(file, text);
  return text;
}

awaitable<std::string> page(std::string name) {
  co_return load(name);  // finding: async-blocking-file-io
}

awaitable<void> session(tcp::socket socket) {
  char data[1024];
  for (;;) {
    const std::size_t size = co_await socket.async_read_some(asio::buffer(data), use_awaitable);
    std::lock_guard<std::mutex> lock(guard);
    auto& kept = pages[std::string(data, size)];                            // finding: cache-unbounded
    if (kept.empty()) kept = co_await page("page");                         // finding: async-lock-across-await
    co_await asio::async_write(socket, asio::buffer(kept), use_awaitable);  // finding: async-lock-across-await
  }
}

awaitable<void> known(tcp::socket& socket) {
  std::unique_lock<std::mutex> lock(guard);
  const std::string text = pages["known"];
  lock.unlock();
  co_await asio::async_write(socket, asio::buffer(text), use_awaitable);
}

awaitable<void> listen() {
  auto executor = co_await asio::this_coro::executor;
  tcp::acceptor acceptor(executor, {tcp::v4(), 8080});
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));  // finding: async-blocking-call
    asio::co_spawn(executor, session(std::move(socket)), asio::detached);
  }
}

awaitable<void> resolve(asio::thread_pool& pool) {
  tcp::resolver resolver(co_await asio::this_coro::executor);
  resolver.resolve("db.example", "5432");  // finding: async-blocking-call
  asio::post(pool, [] { load("elsewhere"); });
  asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(1));
  timer.async_wait([](asio::error_code) {
    load("timer");  // finding: async-blocking-file-io
  });
  co_await timer.async_wait(use_awaitable);
}

}  // namespace

int main() {
  asio::io_context context(1);
  asio::thread_pool pool(2);
  asio::co_spawn(context, listen(), asio::detached);
  asio::co_spawn(context, resolve(pool), asio::detached);
  context.run();
}
