#include "offload.h"

#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <exception>

namespace shelf {

asio::awaitable<void> in_pool(asio::thread_pool& pool, std::function<void()> work) {
  const asio::any_io_executor loop = co_await asio::this_coro::executor;
  asio::steady_timer finished(loop, asio::steady_timer::time_point::max());
  std::exception_ptr failure;
  asio::post(pool, [&] {
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
    }
    asio::post(loop, [&finished] { finished.cancel(); });
  });
  asio::error_code ignored;
  co_await finished.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  if (failure) std::rethrow_exception(failure);
}

}  // namespace shelf
