#pragma once
// Tells the warehouse what to pack: a line out, a line back, and then the warehouse hangs up.

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>

#include <string>

namespace shelf {

class Warehouse {
 public:
  Warehouse(std::string host, std::string port);

  asio::awaitable<std::string> announce(const std::string& line);

 private:
  asio::awaitable<bool> send(asio::ip::tcp::socket& socket, const std::string& line);
  asio::awaitable<std::string> acknowledgement(asio::ip::tcp::socket& socket);

  const std::string host_;
  const std::string port_;
};

}  // namespace shelf
