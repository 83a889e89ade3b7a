#pragma once
// The standard library, but for threads, files and time.

using size_t = decltype(sizeof 0);
using ssize_t = long;
using ptrdiff_t = long;
using nullptr_t = decltype(nullptr);
using int8_t = signed char;
using uint8_t = unsigned char;
using int16_t = short;
using uint16_t = unsigned short;
using int32_t = int;
using uint32_t = unsigned;
using int64_t = long;
using uint64_t = unsigned long;
using intptr_t = long;
using uintptr_t = unsigned long;

void* operator new(size_t, void*) noexcept;

#define NULL nullptr
#define assert(condition) ((condition) ? (void)0 : __builtin_abort())

namespace std {

using ::int16_t;
using ::int32_t;
using ::int64_t;
using ::int8_t;
using ::nullptr_t;
using ::ptrdiff_t;
using ::size_t;
using ::uint16_t;
using ::uint32_t;
using ::uint64_t;
using ::uint8_t;

enum class byte : unsigned char {};

// --- Types, values and calls -----------------------------------------------------------------------------------------

template <class T>
using decay_t = __decay(T);
template <class T>
using remove_reference_t = __remove_reference_t(T);
template <class T>
using remove_cvref_t = __remove_cvref(T);
template <bool B, class T = void>
struct enable_if {};
template <class T>
struct enable_if<true, T> {
  using type = T;
};
template <bool B, class T = void>
using enable_if_t = typename enable_if<B, T>::type;
template <class A, class B>
inline constexpr bool is_same_v = __is_same(A, B);
template <class A, class B>
concept same_as = __is_same(A, B);

template <class T>
T&& declval() noexcept {}
template <class T>
constexpr remove_reference_t<T>&& move(T&& value) noexcept {
  return static_cast<remove_reference_t<T>&&>(value);
}
template <class T>
constexpr T&& forward(remove_reference_t<T>& value) noexcept {
  return static_cast<T&&>(value);
}
template <class T, class U = T>
T exchange(T& object, U&& value) {}
template <class T>
void swap(T& a, T& b) {}
template <class T>
const T& as_const(T& value) {}

template <class F, class... Args>
auto invoke(F&& f, Args&&... args) -> decltype(f(static_cast<Args&&>(args)...)) {}
template <class R, class C, class Object, class... Args, class... Given>
R invoke(R (C::*f)(Args...), Object&& object, Given&&... given) {}
template <class R, class C, class Object, class... Args, class... Given>
R invoke(R (C::*f)(Args...) const, Object&& object, Given&&... given) {}
template <class F, class... Args>
using invoke_result_t = decltype(std::invoke(std::declval<F>(), std::declval<Args>()...));

template <class T>
class reference_wrapper {
 public:
  reference_wrapper(T& value);
  operator T&() const noexcept;
  T& get() const noexcept;
};
template <class T>
reference_wrapper<T> ref(T& value) {}
template <class T>
reference_wrapper<const T> cref(const T& value) {}

template <class F>
struct _Bind {
  template <class... Args>
  auto operator()(Args&&...) const -> void {}
};
template <class F, class... Args>
_Bind<decay_t<F>> bind(F&& f, Args&&... args) {}
template <class F, class... Args>
_Bind<decay_t<F>> bind_front(F&& f, Args&&... args) {}
namespace placeholders {
struct placeholder {};
inline constexpr placeholder _1, _2, _3;
}  // namespace placeholders

template <class Signature>
class function;
template <class R, class... Args>
class function<R(Args...)> {
 public:
  function() noexcept;
  function(nullptr_t) noexcept;
  function(const function&);
  function(function&&) noexcept;
  template <class F>
  requires(!__is_same(__remove_cvref(F), function)) function(F&& f) {}
  ~function();
  function& operator=(const function&);
  function& operator=(function&&) noexcept;
  function& operator=(nullptr_t) noexcept;
  explicit operator bool() const noexcept;
  R operator()(Args... args) const;
};
template <class Signature>
using move_only_function = function<Signature>;

template <class A, class B>
struct pair {
  A first;
  B second;
  pair();
  pair(const pair&) = default;
  pair(pair&&) = default;
  pair(A a, B b);
  template <class U, class V>
  pair(U&& u, V&& v) {}
  pair& operator=(const pair&) = default;
  pair& operator=(pair&&) = default;
};
template <class A, class B>
pair(A, B) -> pair<A, B>;
template <class A, class B>
pair<decay_t<A>, decay_t<B>> make_pair(A&& a, B&& b) {}

template <class... T>
class tuple {
 public:
  tuple();
  template <class... U>
  explicit(false) tuple(U&&... values) {}
};
template <class... T>
tuple(T...) -> tuple<T...>;
template <class... T>
tuple<decay_t<T>...> make_tuple(T&&... values) {}
template <class... T>
tuple<T&...> tie(T&... values) {}
template <size_t N, class... T>
struct _Nth;
template <class Head, class... Tail>
struct _Nth<0, Head, Tail...> {
  using type = Head;
};
template <size_t N, class Head, class... Tail>
struct _Nth<N, Head, Tail...> : _Nth<N - 1, Tail...> {};
template <size_t N, class... T>
typename _Nth<N, T...>::type& get(tuple<T...>& values) {}
template <size_t N, class... T>
typename _Nth<N, T...>::type&& get(tuple<T...>&& values) {}
template <size_t N, class... T>
const typename _Nth<N, T...>::type& get(const tuple<T...>& values) {}
template <class T>
struct tuple_size;
template <class... T>
struct tuple_size<tuple<T...>> {
  static constexpr size_t value = sizeof...(T);
};
template <class T>
struct tuple_size<const T> : tuple_size<T> {};
template <size_t N, class T>
struct tuple_element;
template <size_t N, class... T>
struct tuple_element<N, tuple<T...>> : _Nth<N, T...> {};
template <size_t N, class T>
struct tuple_element<N, const T> {
  using type = const typename tuple_element<N, T>::type;
};

template <class T>
class initializer_list {
  const T* data_ = nullptr;
  size_t size_ = 0;

 public:
  constexpr size_t size() const noexcept { return size_; }
  constexpr const T* begin() const noexcept { return data_; }
  constexpr const T* end() const noexcept { return data_ + size_; }
};

template <class T>
struct hash {
  size_t operator()(const T& value) const noexcept;
};
template <class T = void>
struct less {};
template <class T = void>
struct equal_to {};
template <class T>
class allocator {};
template <class T>
struct char_traits {};

// --- Errors ----------------------------------------------------------------------------------------------------------

class exception {
 public:
  exception() noexcept;
  virtual ~exception();
  virtual const char* what() const noexcept;
};
class exception_ptr {
 public:
  exception_ptr(nullptr_t = nullptr) noexcept;
  explicit operator bool() const noexcept;
};
exception_ptr current_exception() noexcept;
[[noreturn]] void rethrow_exception(exception_ptr error);
template <class E>
exception_ptr make_exception_ptr(E error) noexcept {}
[[noreturn]] void terminate() noexcept;
int uncaught_exceptions() noexcept;

class error_category;
class error_code {
 public:
  error_code() noexcept;
  int value() const noexcept;
  explicit operator bool() const noexcept;
  bool operator==(const error_code&) const noexcept;
};

// --- Text ------------------------------------------------------------------------------------------------------------

template <class C, class Traits = char_traits<C>>
class basic_string_view {
 public:
  static constexpr size_t npos = -1;
  constexpr basic_string_view() noexcept = default;
  constexpr basic_string_view(const C* text);
  constexpr basic_string_view(const C* text, size_t size);
  const C* data() const noexcept;
  const C* begin() const noexcept;
  const C* end() const noexcept;
  size_t size() const noexcept;
  size_t length() const noexcept;
  bool empty() const noexcept;
  const C& operator[](size_t n) const;
  basic_string_view substr(size_t at = 0, size_t count = npos) const;
  size_t find(basic_string_view text, size_t from = 0) const noexcept;
  bool starts_with(basic_string_view text) const noexcept;
  bool ends_with(basic_string_view text) const noexcept;
  void remove_prefix(size_t count);
};
using string_view = basic_string_view<char>;
bool operator==(string_view a, string_view b) noexcept;

template <class C, class Traits = char_traits<C>, class Allocator = allocator<C>>
class basic_string {
 public:
  static constexpr size_t npos = -1;
  basic_string() noexcept;
  basic_string(const C* text);
  basic_string(const C* text, size_t size);
  basic_string(size_t count, C c);
  template <class Iterator>
  requires(!__is_same(Iterator, int) && !__is_same(Iterator, const C*)) basic_string(Iterator first, Iterator last) {}
  explicit basic_string(basic_string_view<C, Traits> text);
  basic_string(const basic_string&);
  basic_string(basic_string&&) noexcept;
  ~basic_string();
  basic_string& operator=(const basic_string&);
  basic_string& operator=(basic_string&&) noexcept;
  basic_string& operator=(const C* text);
  basic_string& operator=(basic_string_view<C, Traits> text);
  operator basic_string_view<C, Traits>() const noexcept;
  const C* c_str() const noexcept;
  const C* data() const noexcept;
  C* data() noexcept;
  C* begin() noexcept;
  C* end() noexcept;
  const C* begin() const noexcept;
  const C* end() const noexcept;
  size_t size() const noexcept;
  size_t length() const noexcept;
  size_t capacity() const noexcept;
  bool empty() const noexcept;
  void clear() noexcept;
  void reserve(size_t size);
  void resize(size_t size);
  void shrink_to_fit();
  C& operator[](size_t n);
  const C& operator[](size_t n) const;
  C& front();
  C& back();
  void push_back(C c);
  void pop_back();
  basic_string& operator+=(const basic_string& text);
  basic_string& operator+=(basic_string_view<C, Traits> text);
  basic_string& operator+=(const C* text);
  basic_string& operator+=(C c);
  basic_string& append(const basic_string& text);
  basic_string& append(const C* text, size_t size);
  basic_string& append(const C* text);
  basic_string& append(size_t count, C c);
  basic_string& assign(const C* text, size_t size);
  basic_string& assign(const basic_string& text);
  basic_string& erase(size_t at = 0, size_t count = npos);
  basic_string& insert(size_t at, const basic_string& text);
  basic_string& replace(size_t at, size_t count, const basic_string& text);
  basic_string substr(size_t at = 0, size_t count = npos) const;
  size_t find(const basic_string& text, size_t from = 0) const noexcept;
  size_t find(C c, size_t from = 0) const noexcept;
  size_t rfind(C c, size_t from = npos) const noexcept;
  bool starts_with(basic_string_view<C, Traits> text) const noexcept;
  bool ends_with(basic_string_view<C, Traits> text) const noexcept;
};
using string = basic_string<char>;
string operator+(const string& a, const string& b);
string operator+(const string& a, const char* b);
string operator+(const char* a, const string& b);
string operator+(const string& a, char b);
bool operator==(const string& a, const string& b) noexcept;
bool operator==(const string& a, const char* b) noexcept;
bool operator<(const string& a, const string& b) noexcept;
string to_string(int value);
string to_string(long value);
string to_string(unsigned value);
string to_string(unsigned long value);
string to_string(double value);
int stoi(const string& text, size_t* end = nullptr, int base = 10);
long stol(const string& text, size_t* end = nullptr, int base = 10);
double stod(const string& text, size_t* end = nullptr);
template <class... Args>
string format(string_view format, Args&&... args) {}

class runtime_error : public exception {
 public:
  explicit runtime_error(const string& what);
  explicit runtime_error(const char* what);
};
class logic_error : public exception {
 public:
  explicit logic_error(const string& what);
  explicit logic_error(const char* what);
};
class out_of_range : public logic_error {
 public:
  using logic_error::logic_error;
};
class invalid_argument : public logic_error {
 public:
  using logic_error::logic_error;
};
class system_error : public runtime_error {
 public:
  system_error(error_code code, const char* what = "");
  const error_code& code() const noexcept;
};

inline namespace literals {
inline namespace string_literals {
string operator""s(const char* text, size_t size);
}
inline namespace string_view_literals {
constexpr string_view operator""sv(const char* text, size_t size) noexcept;
}
}  // namespace literals

// --- Pointers --------------------------------------------------------------------------------------------------------

template <class T>
struct default_delete {
  void operator()(T* object) const;
};
template <class T, class Deleter = default_delete<T>>
class unique_ptr {
 public:
  unique_ptr() noexcept;
  unique_ptr(nullptr_t) noexcept;
  explicit unique_ptr(T* object) noexcept;
  unique_ptr(T* object, Deleter deleter) noexcept;
  unique_ptr(unique_ptr&&) noexcept;
  template <class U, class D>
  unique_ptr(unique_ptr<U, D>&&) noexcept {}
  unique_ptr(const unique_ptr&) = delete;
  ~unique_ptr();
  unique_ptr& operator=(unique_ptr&&) noexcept;
  unique_ptr& operator=(nullptr_t) noexcept;
  T& operator*() const;
  T* operator->() const noexcept;
  T* get() const noexcept;
  T* release() noexcept;
  void reset(T* object = nullptr) noexcept;
  explicit operator bool() const noexcept;
};
template <class T, class... Args>
unique_ptr<T> make_unique(Args&&... args) {}
template <class T, class D>
bool operator==(const unique_ptr<T, D>& object, nullptr_t) noexcept {}

template <class T>
class weak_ptr;
template <class T>
class shared_ptr {
 public:
  shared_ptr() noexcept;
  shared_ptr(nullptr_t) noexcept;
  template <class U>
  explicit shared_ptr(U* object) {}
  template <class U, class D>
  shared_ptr(U* object, D deleter) {}
  shared_ptr(const shared_ptr&) noexcept;
  shared_ptr(shared_ptr&&) noexcept;
  template <class U>
  shared_ptr(const shared_ptr<U>&) noexcept {}
  template <class U>
  shared_ptr(unique_ptr<U>&&) {}
  ~shared_ptr();
  shared_ptr& operator=(const shared_ptr&) noexcept;
  shared_ptr& operator=(shared_ptr&&) noexcept;
  T& operator*() const noexcept;
  T* operator->() const noexcept;
  T* get() const noexcept;
  void reset() noexcept;
  explicit operator bool() const noexcept;
};
template <class T, class... Args>
shared_ptr<T> make_shared(Args&&... args) {}
template <class T>
bool operator==(const shared_ptr<T>& object, nullptr_t) noexcept {}
template <class T>
class weak_ptr {
 public:
  weak_ptr() noexcept;
  weak_ptr(const shared_ptr<T>&) noexcept;
  ~weak_ptr();
  shared_ptr<T> lock() const noexcept;
  bool expired() const noexcept;
};
template <class T>
class enable_shared_from_this {
 public:
  shared_ptr<T> shared_from_this();
  weak_ptr<T> weak_from_this() noexcept;
};

struct nullopt_t {};
inline constexpr nullopt_t nullopt;
template <class T>
class optional {
 public:
  optional() noexcept;
  optional(nullopt_t) noexcept;
  optional(const optional&);
  optional(optional&&) noexcept;
  template <class U = T>
  requires(!__is_same(__remove_cvref(U), optional)) optional(U&& value) {}
  ~optional();
  optional& operator=(const optional&);
  optional& operator=(optional&&) noexcept;
  optional& operator=(nullopt_t) noexcept;
  T* operator->() noexcept;
  const T* operator->() const noexcept;
  T& operator*() noexcept;
  const T& operator*() const noexcept;
  explicit operator bool() const noexcept;
  bool has_value() const noexcept;
  T& value();
  const T& value() const;
  template <class U>
  T value_or(U&& other) const {}
  template <class... Args>
  T& emplace(Args&&... args) {}
  void reset() noexcept;
};
template <class... T>
class variant {
 public:
  variant();
  template <class U>
  variant(U&& value) {}
  size_t index() const noexcept;
};
template <class F, class... V>
auto visit(F&& f, V&&... variants) -> void {}

// --- Containers ------------------------------------------------------------------------------------------------------

// The iterator of all containers here; each real one has its own, and `operator->` in common with this.
template <class T>
struct _Iterator {
  T& operator*() const;
  T* operator->() const;
  _Iterator& operator++();
  _Iterator operator++(int);
  _Iterator& operator--();
  _Iterator operator+(ptrdiff_t n) const;
  _Iterator operator-(ptrdiff_t n) const;
  ptrdiff_t operator-(const _Iterator&) const;
  bool operator==(const _Iterator&) const;
  bool operator<(const _Iterator&) const;
};

template <class T, size_t N>
struct array {
  T items[N];
  T* begin() noexcept;
  T* end() noexcept;
  const T* begin() const noexcept;
  const T* end() const noexcept;
  T* data() noexcept;
  const T* data() const noexcept;
  constexpr size_t size() const noexcept { return N; }
  T& operator[](size_t n);
  const T& operator[](size_t n) const;
  void fill(const T& value);
};
template <class T, class... U>
array(T, U...) -> array<T, 1 + sizeof...(U)>;

template <class T, class Allocator = allocator<T>>
class vector {
 public:
  using value_type = T;
  using iterator = _Iterator<T>;
  using const_iterator = _Iterator<const T>;
  vector() noexcept;
  explicit vector(size_t size);
  vector(size_t size, const T& value);
  template <class Iterator>
  requires(!__is_same(Iterator, int)) vector(Iterator first, Iterator last) {}
  vector(initializer_list<T> items);
  vector(const vector&);
  vector(vector&&) noexcept;
  ~vector();
  vector& operator=(const vector&);
  vector& operator=(vector&&) noexcept;
  vector& operator=(initializer_list<T> items);
  iterator begin() noexcept;
  iterator end() noexcept;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  size_t size() const noexcept;
  size_t capacity() const noexcept;
  bool empty() const noexcept;
  void reserve(size_t size);
  void resize(size_t size);
  void clear() noexcept;
  void shrink_to_fit();
  T& operator[](size_t n);
  const T& operator[](size_t n) const;
  T& at(size_t n);
  T& front();
  T& back();
  const T& front() const;
  const T& back() const;
  T* data() noexcept;
  const T* data() const noexcept;
  void push_back(const T& value);
  void push_back(T&& value);
  template <class... Args>
  T& emplace_back(Args&&... args) {}
  void pop_back();
  iterator insert(const_iterator at, const T& value);
  template <class Iterator>
  iterator insert(const_iterator at, Iterator first, Iterator last) {}
  iterator erase(const_iterator at);
  iterator erase(const_iterator first, const_iterator last);
  void swap(vector& other) noexcept;
};

template <class T, class Allocator = allocator<T>>
class deque {
 public:
  using iterator = _Iterator<T>;
  using const_iterator = _Iterator<const T>;
  deque() noexcept;
  deque(initializer_list<T> items);
  deque(const deque&);
  deque(deque&&) noexcept;
  ~deque();
  deque& operator=(const deque&);
  iterator begin() noexcept;
  iterator end() noexcept;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  void clear() noexcept;
  T& front();
  T& back();
  T& operator[](size_t n);
  void push_back(const T& value);
  void push_back(T&& value);
  void push_front(const T& value);
  template <class... Args>
  T& emplace_back(Args&&... args) {}
  void pop_back();
  void pop_front();
  iterator erase(const_iterator at);
};

template <class T, class Allocator = allocator<T>>
class list {
 public:
  using iterator = _Iterator<T>;
  using const_iterator = _Iterator<const T>;
  list() noexcept;
  list(const list&);
  ~list();
  list& operator=(const list&);
  iterator begin() noexcept;
  iterator end() noexcept;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  void clear() noexcept;
  T& front();
  T& back();
  void push_back(const T& value);
  void push_back(T&& value);
  void push_front(const T& value);
  template <class... Args>
  T& emplace_back(Args&&... args) {}
  template <class... Args>
  T& emplace_front(Args&&... args) {}
  void pop_back();
  void pop_front();
  iterator erase(const_iterator at);
  void splice(const_iterator at, list& other);
};

template <class T, class Container = deque<T>>
class queue {
 public:
  queue();
  ~queue();
  bool empty() const;
  size_t size() const;
  T& front();
  T& back();
  void push(const T& value);
  void push(T&& value);
  template <class... Args>
  decltype(auto) emplace(Args&&... args) {}
  void pop();
  void swap(queue& other) noexcept;
};

template <class K, class V, class Less = less<K>, class Allocator = allocator<pair<const K, V>>>
class map {
 public:
  using value_type = pair<const K, V>;
  using iterator = _Iterator<value_type>;
  using const_iterator = _Iterator<const value_type>;
  map() noexcept;
  map(initializer_list<value_type> items);
  map(const map&);
  map(map&&) noexcept;
  ~map();
  map& operator=(const map&);
  map& operator=(map&&) noexcept;
  iterator begin() noexcept;
  iterator end() noexcept;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  void clear() noexcept;
  V& operator[](const K& key);
  V& operator[](K&& key);
  V& at(const K& key);
  const V& at(const K& key) const;
  iterator find(const K& key);
  const_iterator find(const K& key) const;
  size_t count(const K& key) const;
  bool contains(const K& key) const;
  pair<iterator, bool> insert(const value_type& value);
  template <class Value>
  pair<iterator, bool> insert_or_assign(const K& key, Value&& value) {}
  template <class... Args>
  pair<iterator, bool> emplace(Args&&... args) {}
  template <class... Args>
  pair<iterator, bool> try_emplace(const K& key, Args&&... args) {}
  size_t erase(const K& key);
  iterator erase(iterator at);
  void swap(map& other) noexcept;
};

template <class K, class V, class Hash = hash<K>, class Equal = equal_to<K>,
          class Allocator = allocator<pair<const K, V>>>
class unordered_map {
 public:
  using value_type = pair<const K, V>;
  using iterator = _Iterator<value_type>;
  using const_iterator = _Iterator<const value_type>;
  unordered_map();
  unordered_map(initializer_list<value_type> items);
  unordered_map(const unordered_map&);
  unordered_map(unordered_map&&) noexcept;
  ~unordered_map();
  unordered_map& operator=(const unordered_map&);
  unordered_map& operator=(unordered_map&&) noexcept;
  iterator begin() noexcept;
  iterator end() noexcept;
  const_iterator begin() const noexcept;
  const_iterator end() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  void clear() noexcept;
  void reserve(size_t size);
  V& operator[](const K& key);
  V& operator[](K&& key);
  V& at(const K& key);
  const V& at(const K& key) const;
  iterator find(const K& key);
  const_iterator find(const K& key) const;
  size_t count(const K& key) const;
  bool contains(const K& key) const;
  pair<iterator, bool> insert(const value_type& value);
  template <class Value>
  pair<iterator, bool> insert_or_assign(const K& key, Value&& value) {}
  template <class... Args>
  pair<iterator, bool> emplace(Args&&... args) {}
  template <class... Args>
  pair<iterator, bool> try_emplace(const K& key, Args&&... args) {}
  size_t erase(const K& key);
  iterator erase(iterator at);
  void swap(unordered_map& other) noexcept;
};

template <class K, class Less = less<K>, class Allocator = allocator<K>>
class set {
 public:
  using iterator = _Iterator<const K>;
  set() noexcept;
  set(initializer_list<K> items);
  set(const set&);
  ~set();
  set& operator=(const set&);
  iterator begin() const noexcept;
  iterator end() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  void clear() noexcept;
  iterator find(const K& key) const;
  size_t count(const K& key) const;
  bool contains(const K& key) const;
  pair<iterator, bool> insert(const K& key);
  template <class... Args>
  pair<iterator, bool> emplace(Args&&... args) {}
  size_t erase(const K& key);
  iterator erase(iterator at);
};
template <class K, class Hash = hash<K>, class Equal = equal_to<K>, class Allocator = allocator<K>>
class unordered_set {
 public:
  using iterator = _Iterator<const K>;
  unordered_set();
  unordered_set(initializer_list<K> items);
  unordered_set(const unordered_set&);
  ~unordered_set();
  unordered_set& operator=(const unordered_set&);
  iterator begin() const noexcept;
  iterator end() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  void clear() noexcept;
  iterator find(const K& key) const;
  size_t count(const K& key) const;
  bool contains(const K& key) const;
  pair<iterator, bool> insert(const K& key);
  template <class... Args>
  pair<iterator, bool> emplace(Args&&... args) {}
  size_t erase(const K& key);
  iterator erase(iterator at);
};

template <class T, size_t Extent = size_t(-1)>
class span {
 public:
  span() noexcept;
  template <class C>
  span(C&& items) {}
  T* begin() const noexcept;
  T* end() const noexcept;
  T* data() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  T& operator[](size_t n) const;
  span subspan(size_t at, size_t count = size_t(-1)) const;
  span first(size_t count) const;
};

template <class Container>
struct back_insert_iterator {
  template <class T>
  back_insert_iterator& operator=(T&& value) {}
  back_insert_iterator& operator*();
  back_insert_iterator& operator++();
};
template <class Container>
back_insert_iterator<Container> back_inserter(Container& container) {}

// --- Algorithms ------------------------------------------------------------------------------------------------------

template <class Container>
auto begin(Container& container) -> decltype(container.begin()) {}
template <class Container>
auto end(Container& container) -> decltype(container.end()) {}
template <class Iterator, class T>
Iterator find(Iterator first, Iterator last, const T& value) {}
template <class Iterator, class F>
Iterator find_if(Iterator first, Iterator last, F f) {}
template <class Iterator, class F>
bool any_of(Iterator first, Iterator last, F f) {}
template <class Iterator, class F>
bool all_of(Iterator first, Iterator last, F f) {}
template <class Iterator, class F>
ptrdiff_t count_if(Iterator first, Iterator last, F f) {}
template <class Iterator, class F>
F for_each(Iterator first, Iterator last, F f) {}
template <class Iterator, class Out, class F>
Out transform(Iterator first, Iterator last, Out out, F f) {}
template <class Iterator, class Out>
Out copy(Iterator first, Iterator last, Out out) {}
template <class Iterator>
void sort(Iterator first, Iterator last) {}
template <class Iterator, class F>
void sort(Iterator first, Iterator last, F f) {}
template <class Iterator, class F>
Iterator remove_if(Iterator first, Iterator last, F f) {}
template <class Container, class F>
size_t erase_if(Container& container, F f) {}
template <class Iterator, class T>
T accumulate(Iterator first, Iterator last, T value) {}
template <class Iterator, class T, class F>
T accumulate(Iterator first, Iterator last, T value, F f) {}
template <class T>
const T& min(const T& a, const T& b) {}
template <class T>
const T& max(const T& a, const T& b) {}
namespace ranges {
template <class Range, class F>
void for_each(Range&& range, F f) {}
template <class Range>
void sort(Range&& range) {}
}  // namespace ranges

// --- Coroutines ------------------------------------------------------------------------------------------------------

template <class R, class... Args>
struct coroutine_traits {
  using promise_type = typename R::promise_type;
};
template <class Promise = void>
struct coroutine_handle;
template <>
struct coroutine_handle<void> {
  coroutine_handle() noexcept;
  static coroutine_handle from_address(void* address) noexcept;
  void* address() const noexcept;
  explicit operator bool() const noexcept;
  void resume() const;
  void operator()() const;
  void destroy() const;
  bool done() const noexcept;
};
template <class Promise>
struct coroutine_handle {
  coroutine_handle() noexcept;
  static coroutine_handle from_promise(Promise& promise);
  static coroutine_handle from_address(void* address) noexcept;
  operator coroutine_handle<>() const noexcept;
  void* address() const noexcept;
  Promise& promise() const;
  explicit operator bool() const noexcept;
  void resume() const;
  void destroy() const;
  bool done() const noexcept;
};
struct suspend_always {
  bool await_ready() const noexcept { return false; }
  void await_suspend(coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};
struct suspend_never {
  bool await_ready() const noexcept { return true; }
  void await_suspend(coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

}  // namespace std

// What the stubs of all coroutine libraries have in common: a task and its promise. Not a name of the standard.
namespace stub {

template <class Task, class T>
struct Promise {
  Task get_return_object();
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception();
  template <class U>
  void return_value(U&& value) {}
};
template <class Task>
struct Promise<Task, void> {
  Task get_return_object();
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception();
  void return_void();
};

}  // namespace stub
