#pragma once
// The way out of the event loop: work that waits is done by the threads of a pool.

#include <asio/awaitable.hpp>
#include <asio/thread_pool.hpp>

#include <functional>

namespace shelf {

// Runs `work` on a thread of `pool` and resumes the caller, on its own executor, when it is done.
asio::awaitable<void> in_pool(asio::thread_pool& pool, std::function<void()> work);

}  // namespace shelf
