#pragma once
// userver.

namespace userver {

using TimeZoneless = std::chrono::system_clock::time_point;

namespace engine {

class TaskProcessor;
class Deadline {
 public:
  template <class R, class P>
  static Deadline FromDuration(const std::chrono::duration<R, P>& time) {}
};
template <class R, class P>
void SleepFor(const std::chrono::duration<R, P>& time) {}
void SleepUntil(Deadline deadline);
void Yield();
namespace current_task {
TaskProcessor& GetTaskProcessor();
TaskProcessor& GetBlockingTaskProcessor();
bool ShouldCancel();
}  // namespace current_task

class Mutex {
 public:
  Mutex();
  Mutex(const Mutex&) = delete;
  ~Mutex();
  void lock();
  bool try_lock();
  void unlock();
  template <class R, class P>
  bool try_lock_for(const std::chrono::duration<R, P>& time) {}
};
class SharedMutex {
 public:
  SharedMutex();
  ~SharedMutex();
  void lock();
  void unlock();
  void lock_shared();
  void unlock_shared();
};
class ConditionVariable {
 public:
  template <class Lock, class F>
  bool Wait(Lock& lock, F ready) {}
  void NotifyOne();
  void NotifyAll();
};
class Semaphore {
 public:
  explicit Semaphore(size_t capacity);
  void lock_shared();
  void unlock_shared();
};
class SemaphoreLock {
 public:
  explicit SemaphoreLock(Semaphore& semaphore);
  ~SemaphoreLock();

 private:
  Semaphore* semaphore_;
};
class SingleConsumerEvent {
 public:
  bool WaitForEvent();
  void Send();
};

class Task {
 public:
  bool IsValid() const;
  bool IsFinished() const;
  void Wait() const;
  void RequestCancel();
  void SyncCancel() noexcept;
  void Detach() &&;
};
template <class T>
class [[nodiscard]] TaskWithResult : public Task {
 public:
  TaskWithResult() noexcept;
  TaskWithResult(TaskWithResult&&) noexcept;
  ~TaskWithResult();
  TaskWithResult& operator=(TaskWithResult&&) noexcept;
  T Get();
};
template <class F, class... Args>
auto AsyncNoSpan(F&& f, Args&&... args) -> TaskWithResult<decltype(f(args...))> {}
template <class F, class... Args>
auto AsyncNoSpan(TaskProcessor& processor, F&& f, Args&&... args) -> TaskWithResult<decltype(f(args...))> {}
template <class F, class... Args>
auto CriticalAsyncNoSpan(TaskProcessor& processor, F&& f, Args&&... args) -> TaskWithResult<decltype(f(args...))> {}
template <class F, class... Args>
auto DetachUnscopedUnsafe(F&& task) -> void {}
template <class... Tasks>
void WaitAllChecked(Tasks&... tasks) {}
template <class... Tasks>
void GetAll(Tasks&... tasks) {}

}  // namespace engine

namespace utils {
template <class F, class... Args>
auto Async(std::string name, F&& f, Args&&... args) -> engine::TaskWithResult<decltype(f(args...))> {}
template <class F, class... Args>
auto Async(engine::TaskProcessor& processor, std::string name, F&& f, Args&&... args)
    -> engine::TaskWithResult<decltype(f(args...))> {}
template <class F, class... Args>
auto CriticalAsync(std::string name, F&& f, Args&&... args) -> engine::TaskWithResult<decltype(f(args...))> {}
class PeriodicTask {
 public:
  struct Settings {
    template <class R, class P>
    Settings(std::chrono::duration<R, P> period) {}
  };
  using Callback = std::function<void()>;
  PeriodicTask();
  ~PeriodicTask();
  void Start(std::string name, Settings settings, Callback callback);
  void Stop() noexcept;
};
}  // namespace utils

namespace concurrent {
class BackgroundTaskStorage {
 public:
  BackgroundTaskStorage();
  ~BackgroundTaskStorage();
  template <class... Args>
  void AsyncDetach(std::string name, Args&&... args) {}
};
template <class Data, class Mutex = engine::Mutex>
class Variable {
 public:
  class LockedPtr {
   public:
    ~LockedPtr();
    Data* operator->();
    Data& operator*();
  };
  Variable();
  LockedPtr Lock();
  LockedPtr UniqueLock();
};
}  // namespace concurrent

namespace rcu {
template <class T>
class Variable {
 public:
  std::shared_ptr<const T> Read() const;
  void Assign(T value);
};
}  // namespace rcu

namespace cache {
template <class K, class V>
class LruMap {
 public:
  explicit LruMap(size_t max_size);
  V* Get(const K& key);
  bool Put(const K& key, V value);
};
}  // namespace cache

namespace fs {
std::string ReadFileContents(engine::TaskProcessor& processor, const std::string& path);
namespace blocking {
std::string ReadFileContents(const std::string& path);
void RewriteFileContents(const std::string& path, std::string_view text);
bool FileExists(const std::string& path);
}  // namespace blocking
}  // namespace fs

namespace components {
class ComponentConfig;
class ComponentContext {
 public:
  template <class T>
  T& FindComponent() const {}
};
class ComponentBase {
 public:
  ComponentBase(const ComponentConfig& config, const ComponentContext& context);
  virtual ~ComponentBase();
};
}  // namespace components

namespace server {
namespace http {
class HttpRequest {
 public:
  const std::string& GetArg(std::string_view name) const;
  bool HasArg(std::string_view name) const;
  const std::string& RequestBody() const;
};
}  // namespace http
namespace request {
class RequestContext {};
}  // namespace request
namespace handlers {
class HttpHandlerBase : public components::ComponentBase {
 public:
  using components::ComponentBase::ComponentBase;
  virtual std::string HandleRequestThrow(const http::HttpRequest& request, request::RequestContext& context) const;
  virtual std::string HandleRequest(http::HttpRequest& request, request::RequestContext& context) const;
};
}  // namespace handlers
}  // namespace server

namespace clients::http {
class Response {
 public:
  std::string body() const;
};
class Request {
 public:
  Request&& get(const std::string& url) &&;
  Request&& post(const std::string& url, std::string data) &&;
  Request&& timeout(std::chrono::milliseconds time) &&;
  Request&& timeout(long milliseconds) &&;
  Request&& retry(short count) &&;
  std::shared_ptr<Response> perform();
};
class Client {
 public:
  Request CreateRequest();
};
}  // namespace clients::http

namespace storages::postgres {
enum class ClusterHostType { kMaster, kSlave };
class ResultSet {
 public:
  using iterator = std::_Iterator<const class Row>;
  iterator begin() const;
  iterator end() const;
  size_t Size() const;
  template <class T>
  T AsContainer() const {}
  template <class T>
  T AsSingleRow() const {}
};
class Row {
 public:
  template <class T>
  T As() const {}
};
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  ~Transaction();
  template <class... Args>
  ResultSet Execute(const std::string& query, const Args&... args) {}
  void Commit();
};
class Cluster {
 public:
  template <class... Args>
  ResultSet Execute(ClusterHostType hosts, const std::string& query, const Args&... args) {}
  Transaction Begin(ClusterHostType hosts);
};
using ClusterPtr = std::shared_ptr<Cluster>;
}  // namespace storages::postgres

}  // namespace userver
