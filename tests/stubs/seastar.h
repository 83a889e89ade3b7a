#pragma once
// Seastar.

namespace seastar {

template <class T = void>
class [[nodiscard]] future {
 public:
  future(future&&) noexcept;
  ~future();
  future& operator=(future&&) noexcept;
  bool available() const noexcept;
  bool failed() const noexcept;
  T get();
  void wait() noexcept;
  template <class F>
  auto then(F&& f) -> future<> {}
  template <class F>
  auto then_wrapped(F&& f) -> future<> {}
  template <class F>
  future finally(F&& f) {}
  template <class F>
  future handle_exception(F&& f) {}
  future<> discard_result() noexcept;
  void ignore_ready_future() noexcept;
};
template <class... T>
future<> make_ready_future(T&&... values) {}
template <class T>
class promise {
 public:
  future<T> get_future() noexcept;
  void set_value();
};

template <class T>
struct future_awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
template <class T>
future_awaiter<T> operator co_await(future<T> f) noexcept {}

struct lowres_clock {
  using duration = std::chrono::milliseconds;
  using time_point = std::chrono::time_point<lowres_clock, duration>;
  static time_point now() noexcept;
};
template <class Clock = std::chrono::steady_clock, class R, class P>
future<> sleep(std::chrono::duration<R, P> time) {}
template <class F, class... Args>
future<> async(F&& f, Args&&... args) {}
class thread {
 public:
  template <class F>
  explicit thread(F f) {}
  future<> join();
};
future<> yield() noexcept;

template <class Clock = std::chrono::steady_clock>
class basic_semaphore {
 public:
  explicit basic_semaphore(size_t count) noexcept;
  future<> wait(size_t count = 1) noexcept;
  void signal(size_t count = 1) noexcept;
};
using semaphore = basic_semaphore<>;
template <class Clock>
class semaphore_units {
 public:
  semaphore_units(semaphore_units&&) noexcept;
  ~semaphore_units();
};
template <class Clock>
future<semaphore_units<Clock>> get_units(basic_semaphore<Clock>& semaphore, size_t count) noexcept {}
template <class Clock, class F>
future<> with_semaphore(basic_semaphore<Clock>& semaphore, size_t count, F&& f) {}
class shared_mutex {
 public:
  future<> lock() noexcept;
  void unlock() noexcept;
};
class gate {
 public:
  void enter();
  void leave() noexcept;
  future<> close() noexcept;
};
template <class F>
future<> with_gate(gate& g, F&& f) {}
class condition_variable {
 public:
  future<> wait() noexcept;
  void broadcast() noexcept;
};

template <class Range, class F>
future<> parallel_for_each(Range&& range, F&& f) {}
template <class Range, class F>
future<> max_concurrent_for_each(Range&& range, size_t limit, F&& f) {}
template <class Range, class F>
future<> do_for_each(Range&& range, F&& f) {}
template <class F>
future<> repeat(F&& f) {}
template <class F>
future<> keep_doing(F&& f) {}
template <class T, class F>
future<> do_with(T&& value, F&& f) {}
template <class... Futures>
future<> when_all_succeed(Futures&&... futures) {}
template <class Clock, class T>
future<T> with_timeout(std::chrono::time_point<Clock, typename Clock::duration> deadline, future<T> f) {}

class file {
 public:
  file(file&&) noexcept;
  ~file();
  future<size_t> dma_read(uint64_t at, char* to, size_t size);
  future<uint64_t> size() const;
  future<> close();
};
enum class open_flags { ro, rw };
future<file> open_file_dma(std::string_view path, open_flags flags) noexcept;
future<bool> file_exists(std::string_view path) noexcept;

namespace smp_detail {}
class smp {
 public:
  template <class F>
  static future<> submit_to(unsigned shard, F&& f) {}
  static inline unsigned count = 1;
};
template <class Service>
class sharded {
 public:
  Service& local();
  template <class F>
  future<> invoke_on_all(F&& f) {}
  template <class F>
  future<> invoke_on(unsigned shard, F&& f) {}
};
template <class Clock = std::chrono::steady_clock>
class timer {
 public:
  timer();
  template <class F>
  explicit timer(F&& f) {}
  ~timer();
  template <class F>
  void set_callback(F&& f) {}
  template <class R, class P>
  void arm_periodic(std::chrono::duration<R, P> period) noexcept {}
};

namespace http {
struct request {
  std::string get_query_param(const std::string& name) const;
};
struct reply {
  void write_body(const std::string& type, const std::string& text);
};
}  // namespace http
namespace httpd {
class handler_base {
 public:
  virtual ~handler_base();
  virtual future<std::unique_ptr<http::reply>> handle(const std::string& path, std::unique_ptr<http::request> request,
                                                      std::unique_ptr<http::reply> reply) = 0;
};
}  // namespace httpd

}  // namespace seastar

template <class T, class... Args>
struct std::coroutine_traits<seastar::future<T>, Args...> {
  using promise_type = stub::Promise<seastar::future<T>, T>;
};
