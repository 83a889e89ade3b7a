#pragma once
// Asio, standalone and in Boost: the same declarations in two namespaces.

namespace boost {
namespace system {
class error_code {
 public:
  error_code() noexcept;
  int value() const noexcept;
  bool failed() const noexcept;
  std::string message() const;
  explicit operator bool() const noexcept;
  bool operator==(const error_code&) const noexcept;
};
class system_error : public std::runtime_error {
 public:
  explicit system_error(const error_code& code);
  error_code code() const noexcept;
};
}  // namespace system
namespace asio {
using error_code = boost::system::error_code;
using system_error = boost::system::system_error;
#include "asio.inc"
}  // namespace asio
}  // namespace boost

namespace asio {
using error_code = std::error_code;
using system_error = std::system_error;
#include "asio.inc"
}  // namespace asio

namespace boost::beast {

using error_code = boost::system::error_code;
class flat_buffer {
 public:
  size_t size() const;
  void consume(size_t count);
};
template <class Protocol, class Executor = asio::any_io_executor>
class basic_stream {
 public:
  explicit basic_stream(asio::io_context& context);
  explicit basic_stream(Executor executor);
  explicit basic_stream(asio::ip::tcp::socket socket);
  basic_stream(basic_stream&&);
  ~basic_stream();
  Executor get_executor();
  asio::ip::tcp::socket& socket();
  template <class R, class P>
  void expires_after(std::chrono::duration<R, P> time) {}
  void expires_never();
  void close();
  template <class Endpoints>
  void connect(const Endpoints& endpoints) {}
  template <class Endpoints, class Token>
  auto async_connect(const Endpoints& endpoints, Token&& token) -> asio::result_of<Token> {}
  template <class Buffers>
  size_t read_some(const Buffers& buffers) {}
  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) -> asio::result_of<Token, size_t> {}
};
using tcp_stream = basic_stream<asio::ip::tcp>;

namespace http {
enum class verb { get, post };
enum class status { ok = 200, not_found = 404 };
struct string_body {};
struct file_body {};
template <class Body>
class request {
 public:
  request();
  request(verb method, std::string target, int version);
  std::string_view target() const;
  std::string& body();
  void prepare_payload();
};
template <class Body>
class response {
 public:
  response();
  response(status result, int version);
  std::string& body();
  void prepare_payload();
};
template <class Stream, class Buffer, class Message>
size_t read(Stream& stream, Buffer& buffer, Message& message) {}
template <class Stream, class Message>
size_t write(Stream& stream, const Message& message) {}
template <class Stream, class Buffer, class Message, class Token>
auto async_read(Stream& stream, Buffer& buffer, Message& message, Token&& token) -> asio::result_of<Token, size_t> {}
template <class Stream, class Message, class Token>
auto async_write(Stream& stream, const Message& message, Token&& token) -> asio::result_of<Token, size_t> {}
}  // namespace http

namespace websocket {
template <class Next>
class stream {
 public:
  template <class... Args>
  explicit stream(Args&&... args) {}
  ~stream();
  template <class Token>
  auto async_accept(Token&& token) -> asio::result_of<Token> {}
  template <class Buffer>
  size_t read(Buffer& buffer) {}
  template <class Buffer, class Token>
  auto async_read(Buffer& buffer, Token&& token) -> asio::result_of<Token, size_t> {}
  template <class Buffers, class Token>
  auto async_write(const Buffers& buffers, Token&& token) -> asio::result_of<Token, size_t> {}
};
}  // namespace websocket

}  // namespace boost::beast
