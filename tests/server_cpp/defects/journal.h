#pragma once
// Who changed what, one line each, in a file.

#include <asio/awaitable.hpp>
#include <asio/thread_pool.hpp>

#include <fstream>
#include <mutex>
#include <string>

namespace shelf {

class Journal {
 public:
  Journal(const std::string& path, asio::thread_pool& writers);

  asio::awaitable<void> append(const std::string& line);

 private:
  void write(const std::string& line);

  std::mutex mutex_;
  std::ofstream file_;
  asio::thread_pool& writers_;
};

}  // namespace shelf
