asio::awaitable<int> session(tcp::socket socket) {
  //- function session(socket: tcp::socket) async returns=asio::awaitable
  auto n = co_await socket.async_read_some(buffer, use_awaitable);
  //- call socket.async_read_some(buffer, use_awaitable) fate=local into=n awaited receiver=tcp::socket
  co_await std::move(task);
  //- await task fate=dropped
  co_await (left() || right());
  //- await (left() or right())
  auto value = co_await session(std::move(socket));
  //- call session(std::move(socket)) awaited own
  //- declared value local type=int
  co_return n;
  //- return n
}

Generator<int> numbers() {
  //- function numbers() generator
  //! function async
  co_yield 1;
  //- yield 1
  auto got = co_yield 2;
  //- yield 2
  co_return;
}

int plain() { return later(); }
//! function async
