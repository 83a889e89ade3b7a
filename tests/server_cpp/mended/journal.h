#pragma once
// Who changed what, one line each, in a file.

#include <asio/awaitable.hpp>
#include <asio/thread_pool.hpp>

#include <fstream>
#include <string>

namespace shelf {

class Journal {
 public:
  explicit Journal(const std::string& path);

  asio::awaitable<void> append(const std::string& line);

 private:
  void write(const std::string& line);

  std::ofstream file_;
  asio::thread_pool writer_{1};
};

}  // namespace shelf
