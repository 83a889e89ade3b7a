#pragma once
// The standard library: time, threads, locks, streams, files.

namespace std {

// --- Time ------------------------------------------------------------------------------------------------------------

template <long Num, long Den = 1>
struct ratio {};
using milli = ratio<1, 1000>;

namespace chrono {

template <class Rep, class Period = ratio<1>>
class duration {
 public:
  constexpr duration() noexcept = default;
  template <class R>
  constexpr explicit duration(const R& count) {}
  template <class R, class P>
  constexpr duration(const duration<R, P>& other) {}
  constexpr Rep count() const;
  static constexpr duration zero() noexcept;
  static constexpr duration max() noexcept;
};
template <class R, class P, class S, class Q>
duration<R, P> operator+(duration<R, P> a, duration<S, Q> b) {}
template <class R, class P, class S, class Q>
duration<R, P> operator-(duration<R, P> a, duration<S, Q> b) {}
template <class R, class P>
duration<R, P> operator*(duration<R, P> a, int b) {}
template <class R, class P, class S, class Q>
bool operator<(duration<R, P> a, duration<S, Q> b) {}
template <class R, class P, class S, class Q>
bool operator>(duration<R, P> a, duration<S, Q> b) {}
using nanoseconds = duration<long, ratio<1, 1000000000>>;
using microseconds = duration<long, ratio<1, 1000000>>;
using microseconds = duration<long, ratio<1, 1000000>>;
using milliseconds = duration<long, milli>;
using seconds = duration<long>;
using minutes = duration<long, ratio<60>>;
using hours = duration<long, ratio<3600>>;
template <class To, class R, class P>
To duration_cast(const duration<R, P>& value) {}

template <class Clock, class Duration>
class time_point {
 public:
  time_point() noexcept;
  Duration time_since_epoch() const;
  bool operator<(const time_point&) const;
  bool operator>(const time_point&) const;
  bool operator>=(const time_point&) const;
};
template <class C, class D, class R, class P>
time_point<C, D> operator+(time_point<C, D> a, duration<R, P> b) {}
template <class C, class D, class R, class P>
time_point<C, D> operator-(time_point<C, D> a, duration<R, P> b) {}
template <class C, class D>
D operator-(time_point<C, D> a, time_point<C, D> b) {}
inline namespace _V2 {
struct system_clock {
  using duration = nanoseconds;
  using time_point = chrono::time_point<system_clock, duration>;
  static time_point now() noexcept;
};
struct steady_clock {
  using duration = nanoseconds;
  using time_point = chrono::time_point<steady_clock, duration>;
  static time_point now() noexcept;
};
}  // namespace _V2

}  // namespace chrono

inline namespace literals {
inline namespace chrono_literals {
chrono::hours operator""h(unsigned long long count);
chrono::minutes operator""min(unsigned long long count);
chrono::seconds operator""s(unsigned long long count);
chrono::milliseconds operator""ms(unsigned long long count);
chrono::microseconds operator""us(unsigned long long count);
}  // namespace chrono_literals
}  // namespace literals
namespace chrono {
using namespace literals::chrono_literals;
}

// --- Threads ---------------------------------------------------------------------------------------------------------

namespace this_thread {
template <class R, class P>
void sleep_for(const chrono::duration<R, P>& time) {}
template <class C, class D>
void sleep_until(const chrono::time_point<C, D>& time) {}
void yield() noexcept;
}  // namespace this_thread

class thread {
 public:
  class id {
   public:
    bool operator<(const id&) const noexcept;
    bool operator==(const id&) const noexcept;
  };
  thread() noexcept;
  template <class F, class... Args>
  explicit thread(F&& f, Args&&... args) {}
  thread(thread&&) noexcept;
  ~thread();
  thread& operator=(thread&&) noexcept;
  bool joinable() const noexcept;
  void join();
  void detach();
  static unsigned hardware_concurrency() noexcept;
};

namespace this_thread {
thread::id get_id() noexcept;
}  // namespace this_thread
class stop_token {
 public:
  bool stop_requested() const noexcept;
};
class jthread {
 public:
  jthread() noexcept;
  template <class F, class... Args>
  explicit jthread(F&& f, Args&&... args) {}
  jthread(jthread&&) noexcept;
  ~jthread();
  jthread& operator=(jthread&&) noexcept;
  void join();
  void detach();
  bool request_stop() noexcept;
};

class mutex {
 public:
  constexpr mutex() noexcept {}
  mutex(const mutex&) = delete;
  ~mutex();
  void lock();
  bool try_lock();
  void unlock();
};
class recursive_mutex {
 public:
  recursive_mutex();
  recursive_mutex(const recursive_mutex&) = delete;
  ~recursive_mutex();
  void lock();
  bool try_lock() noexcept;
  void unlock();
};
class timed_mutex {
 public:
  timed_mutex();
  timed_mutex(const timed_mutex&) = delete;
  ~timed_mutex();
  void lock();
  bool try_lock();
  template <class R, class P>
  bool try_lock_for(const chrono::duration<R, P>& time) {}
  template <class C, class D>
  bool try_lock_until(const chrono::time_point<C, D>& time) {}
  void unlock();
};
class shared_mutex {
 public:
  shared_mutex();
  shared_mutex(const shared_mutex&) = delete;
  ~shared_mutex();
  void lock();
  bool try_lock();
  void unlock();
  void lock_shared();
  bool try_lock_shared();
  void unlock_shared();
};
class shared_timed_mutex {
 public:
  shared_timed_mutex();
  ~shared_timed_mutex();
  void lock();
  bool try_lock();
  template <class R, class P>
  bool try_lock_for(const chrono::duration<R, P>& time) {}
  void unlock();
  void lock_shared();
  template <class R, class P>
  bool try_lock_shared_for(const chrono::duration<R, P>& time) {}
  void unlock_shared();
};

struct adopt_lock_t {};
struct defer_lock_t {};
struct try_to_lock_t {};
inline constexpr adopt_lock_t adopt_lock;
inline constexpr defer_lock_t defer_lock;
inline constexpr try_to_lock_t try_to_lock;

template <class Mutex>
class lock_guard {
 public:
  explicit lock_guard(Mutex& mutex);
  lock_guard(Mutex& mutex, adopt_lock_t);
  lock_guard(const lock_guard&) = delete;
  ~lock_guard();

 private:
  Mutex& mutex_;
};
template <class... Mutexes>
class scoped_lock {
 public:
  explicit scoped_lock(Mutexes&... mutexes);
  scoped_lock(const scoped_lock&) = delete;
  ~scoped_lock();

 private:
  tuple<Mutexes&...> mutexes_;
};
template <class Mutex>
class unique_lock {
 public:
  unique_lock() noexcept;
  explicit unique_lock(Mutex& mutex);
  unique_lock(Mutex& mutex, defer_lock_t) noexcept;
  unique_lock(Mutex& mutex, try_to_lock_t);
  unique_lock(Mutex& mutex, adopt_lock_t);
  template <class R, class P>
  unique_lock(Mutex& mutex, const chrono::duration<R, P>& time) {}
  unique_lock(unique_lock&&) noexcept;
  ~unique_lock();
  unique_lock& operator=(unique_lock&&);
  void lock();
  bool try_lock();
  template <class R, class P>
  bool try_lock_for(const chrono::duration<R, P>& time) {}
  void unlock();
  bool owns_lock() const noexcept;
  explicit operator bool() const noexcept;

 private:
  Mutex* mutex_;
  bool owns_;
};
template <class Mutex>
class shared_lock {
 public:
  explicit shared_lock(Mutex& mutex);
  shared_lock(Mutex& mutex, defer_lock_t) noexcept;
  shared_lock(shared_lock&&) noexcept;
  ~shared_lock();
  void lock();
  bool try_lock();
  void unlock();
  bool owns_lock() const noexcept;

 private:
  Mutex* mutex_;
  bool owns_;
};
template <class A, class B, class... More>
void lock(A& a, B& b, More&... more) {}

class once_flag {
 public:
  constexpr once_flag() noexcept {}
};
template <class F, class... Args>
void call_once(once_flag& flag, F&& f, Args&&... args) {}

enum class cv_status { no_timeout, timeout };
class condition_variable {
 public:
  condition_variable() noexcept;
  ~condition_variable();
  void notify_one() noexcept;
  void notify_all() noexcept;
  void wait(unique_lock<mutex>& lock);
  template <class F>
  void wait(unique_lock<mutex>& lock, F ready) {}
  template <class R, class P>
  cv_status wait_for(unique_lock<mutex>& lock, const chrono::duration<R, P>& time) {}
  template <class R, class P, class F>
  bool wait_for(unique_lock<mutex>& lock, const chrono::duration<R, P>& time, F ready) {}
};
template <ptrdiff_t Max = 2147483647>
class counting_semaphore {
 public:
  explicit counting_semaphore(ptrdiff_t count);
  void acquire();
  bool try_acquire() noexcept;
  template <class R, class P>
  bool try_acquire_for(const chrono::duration<R, P>& time) {}
  void release(ptrdiff_t count = 1);
};
using binary_semaphore = counting_semaphore<1>;
class latch {
 public:
  explicit latch(ptrdiff_t count);
  void count_down(ptrdiff_t count = 1);
  void wait() const;
  void arrive_and_wait(ptrdiff_t count = 1);
};

enum class launch { async = 1, deferred = 2 };
enum class future_status { ready, timeout, deferred };
template <class T>
class __basic_future {
 public:
  bool valid() const noexcept;
  void wait() const;
  template <class R, class P>
  future_status wait_for(const chrono::duration<R, P>& time) const {}
  template <class C, class D>
  future_status wait_until(const chrono::time_point<C, D>& time) const {}
};
template <class T>
class shared_future : public __basic_future<T> {
 public:
  shared_future() noexcept;
  shared_future(const shared_future&) noexcept;
  ~shared_future();
  shared_future& operator=(const shared_future&) noexcept;
  const T& get() const;
};
template <class T>
class future : public __basic_future<T> {
 public:
  future() noexcept;
  future(future&&) noexcept;
  ~future();
  future& operator=(future&&) noexcept;
  T get();
  shared_future<T> share() noexcept;
};
template <class F, class... Args>
future<invoke_result_t<decay_t<F>, decay_t<Args>...>> async(F&& f, Args&&... args) {}
template <class F, class... Args>
future<invoke_result_t<decay_t<F>, decay_t<Args>...>> async(launch policy, F&& f, Args&&... args) {}
template <class T>
class promise {
 public:
  promise();
  promise(promise&&) noexcept;
  ~promise();
  future<T> get_future();
  template <class U>
  void set_value(U&& value) {}
  void set_exception(exception_ptr error);
};
template <>
class promise<void> {
 public:
  promise();
  promise(promise&&) noexcept;
  ~promise();
  future<void> get_future();
  void set_value();
  void set_exception(exception_ptr error);
};
template <class Signature>
class packaged_task;
template <class R, class... Args>
class packaged_task<R(Args...)> {
 public:
  template <class F>
  explicit packaged_task(F&& f) {}
  packaged_task(packaged_task&&) noexcept;
  ~packaged_task();
  future<R> get_future();
  void operator()(Args... args);
};

enum class memory_order { relaxed, acquire, release, acq_rel, seq_cst };
inline constexpr memory_order memory_order_relaxed = memory_order::relaxed;
inline constexpr memory_order memory_order_acquire = memory_order::acquire;
inline constexpr memory_order memory_order_release = memory_order::release;
template <class T>
struct atomic {
  constexpr atomic() noexcept {}
  constexpr atomic(T value) noexcept {}
  atomic(const atomic&) = delete;
  T operator=(T value) noexcept;
  operator T() const noexcept;
  T load(memory_order order = memory_order::seq_cst) const noexcept;
  void store(T value, memory_order order = memory_order::seq_cst) noexcept;
  T exchange(T value) noexcept;
  bool compare_exchange_strong(T& expected, T value) noexcept;
  bool compare_exchange_weak(T& expected, T value) noexcept;
  T fetch_add(T value, memory_order order = memory_order::seq_cst) noexcept;
  T fetch_sub(T value, memory_order order = memory_order::seq_cst) noexcept;
  T operator++() noexcept;
  T operator++(int) noexcept;
  T operator--() noexcept;
  T operator+=(T value) noexcept;
  void wait(T old) const noexcept;
  void notify_one() noexcept;
  void notify_all() noexcept;
};
struct atomic_flag {
  bool test() const noexcept;
  bool test_and_set() noexcept;
  void clear() noexcept;
  void wait(bool old) const noexcept;
};

// --- Files -----------------------------------------------------------------------------------------------------------

namespace filesystem {

inline namespace __cxx11 {
class path {
 public:
  path() noexcept;
  path(const char* text);
  path(const string& text);
  path(string_view text);
  path(const path&);
  path(path&&) noexcept;
  ~path();
  path& operator=(const path&);
  path& operator/=(const path& other);
  path& replace_extension(const path& extension);
  string string() const;
  const char* c_str() const noexcept;
  path filename() const;
  path extension() const;
  path stem() const;
  path parent_path() const;
  bool empty() const noexcept;
};
path operator/(const path& a, const path& b);
bool operator==(const path& a, const path& b) noexcept;

class directory_entry {
 public:
  const filesystem::path& path() const noexcept;
  operator const filesystem::path&() const noexcept;
  bool exists() const;
  bool is_regular_file() const;
  bool is_directory() const;
  unsigned long file_size() const;
};
class directory_iterator {
 public:
  directory_iterator() noexcept;
  explicit directory_iterator(const path& folder);
  directory_iterator(const path& folder, error_code& error);
  directory_iterator(const directory_iterator&);
  ~directory_iterator();
  const directory_entry& operator*() const noexcept;
  const directory_entry* operator->() const noexcept;
  directory_iterator& operator++();
  bool operator==(const directory_iterator&) const noexcept;
};
class recursive_directory_iterator {
 public:
  recursive_directory_iterator() noexcept;
  explicit recursive_directory_iterator(const path& folder);
  recursive_directory_iterator(const recursive_directory_iterator&);
  ~recursive_directory_iterator();
  const directory_entry& operator*() const noexcept;
  const directory_entry* operator->() const noexcept {}
  recursive_directory_iterator& operator++();
  bool operator==(const recursive_directory_iterator&) const noexcept;
};
directory_iterator begin(directory_iterator it) noexcept;
directory_iterator end(const directory_iterator&) noexcept;
recursive_directory_iterator begin(recursive_directory_iterator it) noexcept;
recursive_directory_iterator end(const recursive_directory_iterator&) noexcept;
}  // namespace __cxx11

using uintmax_t = unsigned long;
class file_time_type {
 public:
  bool operator==(const file_time_type&) const;
  bool operator>(const file_time_type&) const;
};
bool exists(const path& file);
bool exists(const path& file, error_code& error) noexcept;
bool is_regular_file(const path& file);
bool is_directory(const path& file);
uintmax_t file_size(const path& file);
file_time_type last_write_time(const path& file);
path canonical(const path& file);
path absolute(const path& file);
bool create_directory(const path& folder);
bool create_directories(const path& folder);
bool create_directories(const path& folder, error_code& error);
bool copy_file(const path& from, const path& to);
void copy(const path& from, const path& to);
bool remove(const path& file);
bool remove(const path& file, error_code& error) noexcept;
uintmax_t remove_all(const path& folder);
void rename(const path& from, const path& to);
path temp_directory_path();
path current_path();

}  // namespace filesystem

// --- Streams ---------------------------------------------------------------------------------------------------------

class ios_base {
 public:
  using openmode = int;
  static constexpr openmode in = 1, out = 2, app = 4, ate = 8, binary = 16, trunc = 32;
  using seekdir = int;
  static constexpr seekdir beg = 0, cur = 1, end = 2;
  virtual ~ios_base();
};
template <class C, class Traits = char_traits<C>>
class basic_streambuf {
 public:
  virtual ~basic_streambuf();
};
template <class C, class Traits = char_traits<C>>
class basic_ios : public ios_base {
 public:
  explicit operator bool() const;
  bool operator!() const;
  bool good() const;
  bool eof() const;
  bool fail() const;
  void clear();
  basic_streambuf<C, Traits>* rdbuf() const;
};
using ios = basic_ios<char>;
using streamsize = long;
template <class C, class Traits = char_traits<C>>
class basic_istream : virtual public basic_ios<C, Traits> {
 public:
  explicit basic_istream(basic_streambuf<C, Traits>* buffer);
  basic_istream(basic_istream&&);
  ~basic_istream() override;
  basic_istream& operator>>(int& value);
  basic_istream& operator>>(double& value);
  int get();
  basic_istream& get(C& c);
  basic_istream& getline(C* text, streamsize size);
  basic_istream& read(C* data, streamsize size);
  basic_istream& ignore(streamsize count = 1);
  basic_istream& seekg(long position);
  basic_istream& seekg(long offset, ios_base::seekdir from);
  long tellg();
  streamsize gcount() const;
};
template <class C, class Traits = char_traits<C>>
class basic_ostream : virtual public basic_ios<C, Traits> {
 public:
  explicit basic_ostream(basic_streambuf<C, Traits>* buffer);
  basic_ostream(basic_ostream&&);
  ~basic_ostream() override;
  basic_ostream& operator<<(basic_ostream& (*manipulator)(basic_ostream&));
  basic_ostream& operator<<(bool value);
  basic_ostream& operator<<(int value);
  basic_ostream& operator<<(unsigned value);
  basic_ostream& operator<<(long value);
  basic_ostream& operator<<(unsigned long value);
  basic_ostream& operator<<(double value);
  basic_ostream& operator<<(const void* value);
  basic_ostream& operator<<(basic_streambuf<C, Traits>* buffer);
  basic_ostream& put(C c);
  basic_ostream& write(const C* data, streamsize size);
  basic_ostream& flush();
};
template <class C, class Traits = char_traits<C>>
class basic_iostream : public basic_istream<C, Traits>, public basic_ostream<C, Traits> {
 public:
  explicit basic_iostream(basic_streambuf<C, Traits>* buffer);
};
using istream = basic_istream<char>;
using ostream = basic_ostream<char>;
using iostream = basic_iostream<char>;
ostream& operator<<(ostream& out, const char* text);
ostream& operator<<(ostream& out, char c);
ostream& operator<<(ostream& out, const string& text);
ostream& operator<<(ostream& out, string_view text);
istream& operator>>(istream& in, string& text);
template <class C, class Traits>
basic_ostream<C, Traits>& endl(basic_ostream<C, Traits>& out) {}
template <class C, class Traits>
basic_ostream<C, Traits>& flush(basic_ostream<C, Traits>& out) {}
istream& getline(istream& in, string& line);
istream& getline(istream& in, string& line, char end);
extern istream cin;
extern ostream cout, cerr, clog;

template <class C, class Traits = char_traits<C>>
class basic_ifstream : public basic_istream<C, Traits> {
 public:
  basic_ifstream();
  explicit basic_ifstream(const char* path, ios_base::openmode mode = ios_base::in);
  explicit basic_ifstream(const string& path, ios_base::openmode mode = ios_base::in);
  explicit basic_ifstream(const filesystem::path& path, ios_base::openmode mode = ios_base::in);
  basic_ifstream(basic_ifstream&&);
  ~basic_ifstream() override;
  void open(const string& path, ios_base::openmode mode = ios_base::in);
  bool is_open() const;
  void close();
};
template <class C, class Traits = char_traits<C>>
class basic_ofstream : public basic_ostream<C, Traits> {
 public:
  basic_ofstream();
  explicit basic_ofstream(const char* path, ios_base::openmode mode = ios_base::out);
  explicit basic_ofstream(const string& path, ios_base::openmode mode = ios_base::out);
  explicit basic_ofstream(const filesystem::path& path, ios_base::openmode mode = ios_base::out);
  basic_ofstream(basic_ofstream&&);
  ~basic_ofstream() override;
  void open(const string& path, ios_base::openmode mode = ios_base::out);
  bool is_open() const;
  void close();
};
template <class C, class Traits = char_traits<C>>
class basic_fstream : public basic_iostream<C, Traits> {
 public:
  basic_fstream();
  explicit basic_fstream(const string& path, ios_base::openmode mode = ios_base::in | ios_base::out);
  ~basic_fstream() override;
  void open(const string& path, ios_base::openmode mode = ios_base::in | ios_base::out);
  bool is_open() const;
  void close();
};
using ifstream = basic_ifstream<char>;
using ofstream = basic_ofstream<char>;
using fstream = basic_fstream<char>;

inline namespace __cxx11 {
template <class C, class Traits = char_traits<C>, class Allocator = allocator<C>>
class basic_ostringstream : public basic_ostream<C, Traits> {
 public:
  basic_ostringstream();
  ~basic_ostringstream() override;
  string str() const;
};
template <class C, class Traits = char_traits<C>, class Allocator = allocator<C>>
class basic_istringstream : public basic_istream<C, Traits> {
 public:
  explicit basic_istringstream(const string& text);
  ~basic_istringstream() override;
};
template <class C, class Traits = char_traits<C>, class Allocator = allocator<C>>
class basic_stringstream : public basic_iostream<C, Traits> {
 public:
  basic_stringstream();
  explicit basic_stringstream(const string& text);
  ~basic_stringstream() override;
  string str() const;
};
using ostringstream = basic_ostringstream<char>;
using istringstream = basic_istringstream<char>;
using stringstream = basic_stringstream<char>;

template <class C>
class basic_regex {
 public:
  basic_regex();
  explicit basic_regex(const C* pattern);
  explicit basic_regex(const string& pattern);
  ~basic_regex();
};
using regex = basic_regex<char>;
class smatch {
 public:
  string str(size_t n = 0) const;
};
}  // namespace __cxx11
bool regex_match(const string& text, const regex& pattern);
bool regex_search(const string& text, const regex& pattern);
bool regex_search(const string& text, smatch& match, const regex& pattern);

template <class C, class Traits = char_traits<C>>
class istreambuf_iterator {
 public:
  istreambuf_iterator() noexcept;
  istreambuf_iterator(basic_istream<C, Traits>& in) noexcept;
  istreambuf_iterator(const istreambuf_iterator&) noexcept;
  C operator*() const;
  istreambuf_iterator& operator++();
  bool operator==(const istreambuf_iterator&) const;
};

}  // namespace std
