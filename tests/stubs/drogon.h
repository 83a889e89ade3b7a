#pragma once
// Drogon and trantor.

namespace trantor {

using TimerId = uint64_t;
class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  void loop();
  void quit();
  bool isInLoopThread() const;
  template <class F>
  void runInLoop(F&& f) {}
  void queueInLoop(const std::function<void()>& f);
  TimerId runAfter(double seconds, const std::function<void()>& f);
  TimerId runEvery(double seconds, const std::function<void()>& f);
  static EventLoop* getEventLoopOfCurrentThread();
};
class TaskQueue {
 public:
  virtual void runTaskInQueue(const std::function<void()>& task) = 0;
  virtual ~TaskQueue();
};
class ConcurrentTaskQueue : public TaskQueue {
 public:
  ConcurrentTaskQueue(size_t threads, const std::string& name);
  ~ConcurrentTaskQueue() override;
  void runTaskInQueue(const std::function<void()>& task) override;
};
class TcpConnection;
class MsgBuffer;
using TcpConnectionPtr = std::shared_ptr<TcpConnection>;
class TcpServer {
 public:
  TcpServer(EventLoop* loop, int port, std::string name);
  ~TcpServer();
  void setRecvMessageCallback(const std::function<void(const TcpConnectionPtr&, MsgBuffer*)>& f);
  void setConnectionCallback(const std::function<void(const TcpConnectionPtr&)>& f);
  void start();
};
class Logger {
 public:
  enum LogLevel { kTrace, kDebug, kInfo };
  explicit Logger(LogLevel level);
  ~Logger();
  std::ostream& stream();
  static LogLevel logLevel();
};

class EventLoopThread {
 public:
  void run();
  EventLoop* getLoop() const;
};

}  // namespace trantor

// The level is asked first: what stands behind `<<` is not computed when it is off.
#define LOG_DEBUG \
  if (trantor::Logger::logLevel() <= trantor::Logger::kDebug) trantor::Logger(trantor::Logger::kDebug).stream()
#define LOG_INFO \
  if (trantor::Logger::logLevel() <= trantor::Logger::kInfo) trantor::Logger(trantor::Logger::kInfo).stream()

namespace drogon {

// --- Coroutines ------------------------------------------------------------------------------------------------------

template <class T = void>
struct [[nodiscard]] Task {
  using promise_type = stub::Promise<Task, T>;
  Task(Task&&) noexcept;
  ~Task();
  struct awaiter {
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<>);
    T await_resume();
  };
  awaiter operator co_await() const noexcept;
};
struct AsyncTask {
  using promise_type = stub::Promise<AsyncTask, void>;
  AsyncTask(AsyncTask&&) noexcept;
};
template <class T = void>
struct CallbackAwaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
namespace internal {
struct TimerAwaiter : CallbackAwaiter<void> {};
}  // namespace internal
template <class R, class P>
internal::TimerAwaiter sleepCoro(trantor::EventLoop* loop, const std::chrono::duration<R, P>& time) {}
internal::TimerAwaiter sleepCoro(trantor::EventLoop* loop, double seconds) noexcept;
template <class Awaitable>
auto sync_wait(Awaitable&& awaitable) -> void {}
template <class F>
void async_run(F&& f) {}
class Mutex {
 public:
  class ScopedCoroMutexAwaiter : public CallbackAwaiter<std::unique_lock<Mutex>> {};
  Mutex();
  ~Mutex();
  ScopedCoroMutexAwaiter scoped_lock();
  CallbackAwaiter<void> lock();
  bool try_lock() noexcept;
  void unlock() noexcept;
};

// --- HTTP ------------------------------------------------------------------------------------------------------------

enum HttpMethod { Get, Post, Put, Delete };
enum HttpStatusCode { k200OK = 200, k404NotFound = 404 };
enum ContentType { CT_TEXT_PLAIN, CT_APPLICATION_JSON };
enum class ReqResult { Ok, Timeout };

class HttpRequest {
 public:
  const std::string& path() const;
  const std::string& getParameter(const std::string& key) const;
  std::string_view body() const;
  const std::shared_ptr<Json::Value>& getJsonObject() const;
  void setPath(const std::string& path);
  static std::shared_ptr<HttpRequest> newHttpRequest();
  virtual ~HttpRequest();
};
using HttpRequestPtr = std::shared_ptr<HttpRequest>;
class ResponseStream {
 public:
  bool send(const std::string& data);
  void close();
};
using ResponseStreamPtr = std::unique_ptr<ResponseStream>;
class HttpResponse {
 public:
  virtual ~HttpResponse();
  void setBody(const std::string& body);
  void setBody(std::string&& body);
  void setStatusCode(HttpStatusCode code);
  std::string_view body() const;
  static std::shared_ptr<HttpResponse> newHttpResponse();
  static std::shared_ptr<HttpResponse> newHttpResponse(HttpStatusCode code, ContentType type);
  static std::shared_ptr<HttpResponse> newHttpJsonResponse(const Json::Value& data);
  static std::shared_ptr<HttpResponse> newFileResponse(const std::string& path);
  static std::shared_ptr<HttpResponse> newAsyncStreamResponse(const std::function<void(ResponseStreamPtr)>& callback);
  static std::shared_ptr<HttpResponse> newStreamResponse(const std::function<size_t(char*, size_t)>& callback);
};
using HttpResponsePtr = std::shared_ptr<HttpResponse>;
using AdviceCallback = std::function<void(const HttpResponsePtr&)>;

namespace internal {
struct HttpRespAwaiter : CallbackAwaiter<HttpResponsePtr> {};
}  // namespace internal
using HttpReqCallback = std::function<void(ReqResult, const HttpResponsePtr&)>;
class HttpClient;
using HttpClientPtr = std::shared_ptr<HttpClient>;
class HttpClient {
 public:
  virtual ~HttpClient();
  static HttpClientPtr newHttpClient(const std::string& host, trantor::EventLoop* loop = nullptr);
  void sendRequest(const HttpRequestPtr& request, const HttpReqCallback& callback, double timeout = 0);
  std::pair<ReqResult, HttpResponsePtr> sendRequest(const HttpRequestPtr& request, double timeout = 0);
  internal::HttpRespAwaiter sendRequestCoro(HttpRequestPtr request, double timeout = 0);
};

class HttpControllerBase {};
template <class T, bool AutoCreation = true>
class HttpController : public HttpControllerBase {
 protected:
  template <class F>
  static void registerMethod(F&& f, const std::string& pattern, const std::vector<HttpMethod>& methods = {},
                             bool class_in_path = true, const std::string& name = "") {}
};
#define METHOD_LIST_BEGIN static void initPathRouting() {
#define METHOD_ADD(method, pattern, ...) registerMethod(&method, pattern, {__VA_ARGS__}, true, #method)
#define ADD_METHOD_TO(method, pattern, ...) registerMethod(&method, pattern, {__VA_ARGS__}, false, #method)
#define METHOD_LIST_END }

class HttpSimpleControllerBase {
 public:
  virtual void asyncHandleHttpRequest(const HttpRequestPtr& request, AdviceCallback&& callback) = 0;
  virtual ~HttpSimpleControllerBase();
};
template <class T, bool AutoCreation = true>
class HttpSimpleController : public HttpSimpleControllerBase {};
class WebSocketConnection {
 public:
  void send(const std::string& text);
};
using WebSocketConnectionPtr = std::shared_ptr<WebSocketConnection>;
class WebSocketControllerBase {
 public:
  virtual void handleNewMessage(const WebSocketConnectionPtr& connection, std::string&& text, const int& type) = 0;
  virtual void handleConnectionClosed(const WebSocketConnectionPtr& connection) = 0;
  virtual void handleNewConnection(const HttpRequestPtr& request, const WebSocketConnectionPtr& connection) = 0;
  virtual ~WebSocketControllerBase();
};
template <class T, bool AutoCreation = true>
class WebSocketController : public WebSocketControllerBase {};
template <class T>
class HttpFilterBase {
 public:
  virtual void doFilter(const HttpRequestPtr& request, AdviceCallback&& stop, std::function<void()>&& next) = 0;
};

// --- Database --------------------------------------------------------------------------------------------------------

namespace orm {

class Field {
 public:
  template <class T>
  T as() const {}
};
class Row {
 public:
  Field operator[](const char* column) const;
  Field operator[](size_t column) const;
};
class Result {
 public:
  using ConstIterator = std::_Iterator<const Row>;
  ConstIterator begin() const noexcept;
  ConstIterator end() const noexcept;
  size_t size() const noexcept;
  bool empty() const noexcept;
  Row operator[](size_t n) const;
};
class DrogonDbException {
 public:
  const std::exception& base() const;
};
namespace internal {
struct SqlAwaiter : CallbackAwaiter<Result> {};
}  // namespace internal
class DbClient;
using DbClientPtr = std::shared_ptr<DbClient>;
class DbClient {
 public:
  virtual ~DbClient();
  static DbClientPtr newPgClient(const std::string& info, size_t connections, bool auto_batch = false);
  static DbClientPtr newSqlite3Client(const std::string& info, size_t connections);
  template <class... Args>
  const Result execSqlSync(const std::string& sql, Args&&... args) {}
  template <class Done, class Failed, class... Args>
  void execSqlAsync(const std::string& sql, Done&& done, Failed&& failed, Args&&... args) {}
  template <class... Args>
  std::future<Result> execSqlAsyncFuture(const std::string& sql, Args&&... args) {}
  template <class... Args>
  internal::SqlAwaiter execSqlCoro(const std::string& sql, Args&&... args) noexcept {}
  void setTimeout(double seconds);
};
class Criteria {
 public:
  Criteria(const std::string& column, int value);
};
template <class T>
class Mapper {
 public:
  explicit Mapper(const DbClientPtr& client);
  T findByPrimaryKey(int key);
  std::vector<T> findAll();
  std::vector<T> findBy(const Criteria& criteria);
  Mapper& limit(size_t count);
  void insert(T& row);
};

}  // namespace orm

namespace nosql {
class RedisResult {
 public:
  std::string asString() const;
};
class RedisClient {
 public:
  template <class... Args>
  CallbackAwaiter<RedisResult> execCommandCoro(std::string_view command, Args... args) {}
};
using RedisClientPtr = std::shared_ptr<RedisClient>;
}  // namespace nosql

template <class K, class V>
class CacheMap {
 public:
  explicit CacheMap(trantor::EventLoop* loop);
  ~CacheMap();
  void insert(const K& key, V&& value, size_t timeout = 0);
  bool findAndFetch(const K& key, V& value);
};

// --- The application -------------------------------------------------------------------------------------------------

class HttpAppFramework {
 public:
  template <class F>
  HttpAppFramework& registerHandler(const std::string& pattern, F&& handler,
                                    const std::vector<HttpMethod>& methods = {}, const std::string& name = "") {}
  template <class F>
  HttpAppFramework& registerBeginningAdvice(F&& advice) {}
  HttpAppFramework& registerPreRoutingAdvice(const std::function<void(const HttpRequestPtr&)>& advice);
  HttpAppFramework& addListener(const std::string& address, uint16_t port);
  HttpAppFramework& setThreadNum(size_t threads);
  trantor::EventLoop* getLoop() const;
  trantor::EventLoop* getIOLoop(size_t n) const;
  orm::DbClientPtr getDbClient(const std::string& name = "default");
  orm::DbClientPtr getFastDbClient(const std::string& name = "default");
  nosql::RedisClientPtr getRedisClient(const std::string& name = "default");
  void run();
};
HttpAppFramework& app();

}  // namespace drogon
