#pragma once
// Clients of HTTP, databases and caches, and libraries for data and logs.

// --- libcurl ---------------------------------------------------------------------------------------------------------

extern "C" {
using CURL = void;
using CURLM = void;
struct curl_slist;
struct curl_waitfd;
enum CURLcode { CURLE_OK };
enum CURLMcode { CURLM_OK };
enum CURLoption {
  CURLOPT_URL = 10002,
  CURLOPT_WRITEDATA = 10001,
  CURLOPT_WRITEFUNCTION = 20011,
  CURLOPT_TIMEOUT = 13,
  CURLOPT_TIMEOUT_MS = 155,
  CURLOPT_CONNECTTIMEOUT = 78,
  CURLOPT_LOW_SPEED_TIME = 20,
  CURLOPT_POSTFIELDS = 10015,
  CURLOPT_SHARE = 10100,
};
CURLcode curl_global_init(long flags);
CURL* curl_easy_init();
CURLcode curl_easy_setopt(CURL* handle, CURLoption option, ...);
CURLcode curl_easy_perform(CURL* handle);
void curl_easy_reset(CURL* handle);
void curl_easy_cleanup(CURL* handle);
CURLM* curl_multi_init();
CURLMcode curl_multi_add_handle(CURLM* multi, CURL* handle);
CURLMcode curl_multi_perform(CURLM* multi, int* running);
CURLMcode curl_multi_poll(CURLM* multi, curl_waitfd* extra, unsigned count, int timeout, int* ready);
CURLMcode curl_multi_wait(CURLM* multi, curl_waitfd* extra, unsigned count, int timeout, int* ready);
CURLMcode curl_multi_cleanup(CURLM* multi);

// --- SQLite ----------------------------------------------------------------------------------------------------------

struct sqlite3;
struct sqlite3_stmt;
#define SQLITE_OK 0
#define SQLITE_ROW 100
#define SQLITE_DONE 101
int sqlite3_open(const char* path, sqlite3** database);
int sqlite3_open_v2(const char* path, sqlite3** database, int flags, const char* vfs);
int sqlite3_close(sqlite3* database);
int sqlite3_close_v2(sqlite3* database);
int sqlite3_exec(sqlite3* database, const char* sql, int (*row)(void*, int, char**, char**), void* argument,
                 char** error);
int sqlite3_prepare_v2(sqlite3* database, const char* sql, int size, sqlite3_stmt** statement, const char** tail);
int sqlite3_bind_int(sqlite3_stmt* statement, int at, int value);
int sqlite3_bind_text(sqlite3_stmt* statement, int at, const char* value, int size, void (*destroy)(void*));
int sqlite3_step(sqlite3_stmt* statement);
int sqlite3_reset(sqlite3_stmt* statement);
int sqlite3_finalize(sqlite3_stmt* statement);
int sqlite3_column_int(sqlite3_stmt* statement, int column);
const unsigned char* sqlite3_column_text(sqlite3_stmt* statement, int column);
int sqlite3_busy_timeout(sqlite3* database, int milliseconds);

// --- libpq -----------------------------------------------------------------------------------------------------------

using PGconn = struct pg_conn;
using PGresult = struct pg_result;
PGconn* PQconnectdb(const char* info);
PGconn* PQconnectStart(const char* info);
int PQconnectPoll(PGconn* connection);
void PQfinish(PGconn* connection);
PGresult* PQexec(PGconn* connection, const char* sql);
PGresult* PQexecParams(PGconn* connection, const char* sql, int count, const unsigned* types, const char* const* values,
                       const int* lengths, const int* formats, int binary);
PGresult* PQexecPrepared(PGconn* connection, const char* name, int count, const char* const* values, const int* lengths,
                         const int* formats, int binary);
int PQsendQuery(PGconn* connection, const char* sql);
int PQsetnonblocking(PGconn* connection, int on);
int PQconsumeInput(PGconn* connection);
int PQisBusy(PGconn* connection);
PGresult* PQgetResult(PGconn* connection);
int PQntuples(const PGresult* result);
char* PQgetvalue(const PGresult* result, int row, int column);
void PQclear(PGresult* result);
int PQsocket(const PGconn* connection);

// --- hiredis ---------------------------------------------------------------------------------------------------------

struct redisContext {
  int err;
};
struct redisReply {
  int type;
  char* str;
};
struct redisAsyncContext;
redisContext* redisConnect(const char* host, int port);
redisContext* redisConnectWithTimeout(const char* host, int port, timeval timeout);
redisContext* redisConnectNonBlock(const char* host, int port);
int redisSetTimeout(redisContext* context, timeval timeout);
void redisFree(redisContext* context);
void* redisCommand(redisContext* context, const char* format, ...);
int redisAppendCommand(redisContext* context, const char* format, ...);
int redisGetReply(redisContext* context, void** reply);
void freeReplyObject(void* reply);
redisAsyncContext* redisAsyncConnect(const char* host, int port);
int redisAsyncCommand(redisAsyncContext* context, void (*done)(redisAsyncContext*, void*, void*), void* data,
                      const char* format, ...);

// --- MySQL -----------------------------------------------------------------------------------------------------------

using MYSQL = struct st_mysql;
using MYSQL_RES = struct st_mysql_res;
using MYSQL_ROW = char**;
enum mysql_option { MYSQL_OPT_CONNECT_TIMEOUT, MYSQL_OPT_READ_TIMEOUT = 11, MYSQL_OPT_WRITE_TIMEOUT };
MYSQL* mysql_init(MYSQL* connection);
int mysql_options(MYSQL* connection, mysql_option option, const void* value);
MYSQL* mysql_real_connect(MYSQL* connection, const char* host, const char* user, const char* password,
                          const char* database, unsigned port, const char* socket, unsigned long flags);
int mysql_query(MYSQL* connection, const char* sql);
int mysql_real_query(MYSQL* connection, const char* sql, unsigned long size);
MYSQL_RES* mysql_store_result(MYSQL* connection);
MYSQL_ROW mysql_fetch_row(MYSQL_RES* result);
void mysql_free_result(MYSQL_RES* result);
void mysql_close(MYSQL* connection);

// --- OpenSSL and compression -----------------------------------------------------------------------------------------

struct EVP_MD;
const EVP_MD* EVP_sha256();
int PKCS5_PBKDF2_HMAC(const char* password, int size, const unsigned char* salt, int salt_size, int rounds,
                      const EVP_MD* digest, int key_size, unsigned char* key);
unsigned char* SHA256(const unsigned char* data, size_t size, unsigned char* digest);
int compress(unsigned char* to, unsigned long* to_size, const unsigned char* from, unsigned long size);
size_t ZSTD_compress(void* to, size_t capacity, const void* from, size_t size, int level);
}

// --- cpp-httplib, cpr ------------------------------------------------------------------------------------------------

namespace httplib {

struct Request {
  std::string path, body;
  std::string get_param_value(const std::string& key) const;
  bool has_param(const std::string& key) const;
};
struct Response {
  int status;
  std::string body;
  void set_content(const std::string& text, const std::string& type);
  void set_chunked_content_provider(const std::string& type, std::function<bool(size_t, struct DataSink&)> provider);
};
class Result {
 public:
  explicit operator bool() const;
  const Response* operator->() const;
};
class ClientImpl {
 public:
  Result Get(const std::string& path);
  Result Post(const std::string& path, const std::string& body, const std::string& type);
};
class Client {
 public:
  explicit Client(const std::string& host);
  Client(const std::string& host, int port);
  ~Client();
  Result Get(const std::string& path);
  Result Post(const std::string& path, const std::string& body, const std::string& type);
  void set_connection_timeout(long seconds, long microseconds = 0);
  void set_read_timeout(long seconds, long microseconds = 0);
  void set_keep_alive(bool on);
};
class Server {
 public:
  using Handler = std::function<void(const Request&, Response&)>;
  Server& Get(const std::string& pattern, Handler handler);
  Server& Post(const std::string& pattern, Handler handler);
  bool listen(const std::string& host, int port);
};

}  // namespace httplib

namespace cpr {
struct Url {
  Url(const std::string& text);
  Url(const char* text);
};
struct Timeout {
  Timeout(int milliseconds);
};
struct Response {
  std::string text;
  long status_code;
};
template <class... Options>
Response Get(Options&&... options) {}
template <class... Options>
Response Post(Options&&... options) {}
class Session {
 public:
  Session();
  ~Session();
  void SetUrl(const Url& url);
  Response Get();
};
}  // namespace cpr

// --- libpqxx ---------------------------------------------------------------------------------------------------------

namespace pqxx {
class field {
 public:
  template <class T>
  T as() const {}
  const char* c_str() const;
};
class row {
 public:
  field operator[](int column) const;
  field operator[](const char* column) const;
};
class result {
 public:
  using iterator = std::_Iterator<const row>;
  iterator begin() const;
  iterator end() const;
  int size() const noexcept;
  bool empty() const noexcept;
  row operator[](int n) const;
};
class connection {
 public:
  connection();
  explicit connection(const char* options);
  explicit connection(const std::string& options);
  connection(connection&&);
  ~connection();
  void prepare(const char* name, const char* sql);
};
class transaction_base {
 public:
  virtual ~transaction_base();
  result exec(std::string_view sql);
  row exec1(std::string_view sql);
  template <class... Args>
  result exec_params(std::string_view sql, Args&&... args) {}
  template <class... Args>
  result exec_prepared(std::string_view name, Args&&... args) {}
  void commit();
  std::string quote(const std::string& value) const;
};
class dbtransaction : public transaction_base {};
class transaction : public dbtransaction {};
class work : public transaction {
 public:
  explicit work(connection& connection);
  ~work() override;
};
class nontransaction : public transaction_base {
 public:
  explicit nontransaction(connection& connection);
  ~nontransaction() override;
};
}  // namespace pqxx

// --- JSON ------------------------------------------------------------------------------------------------------------

namespace nlohmann {
inline namespace json_abi_v3_11_2 {
template <class Object = int>
class basic_json {
 public:
  basic_json();
  basic_json(const basic_json&);
  basic_json(basic_json&&) noexcept;
  template <class T>
  requires(!__is_same(std::remove_cvref_t<T>, basic_json)) basic_json(T&& value) {}
  ~basic_json();
  basic_json& operator=(basic_json other) noexcept;
  static basic_json parse(std::string_view text);
  static basic_json array();
  std::string dump(int indent = -1) const;
  template <class K>
  basic_json& operator[](K&& key) {}
  void push_back(const basic_json& value);
  size_t size() const noexcept;
  template <class T>
  T get() const {}
};
}  // namespace json_abi_v3_11_2
using json = basic_json<>;
}  // namespace nlohmann
namespace Json {
class Value {
 public:
  Value();
  template <class T>
  Value(const T& value) {}
  Value(const Value&);
  ~Value();
  Value& operator=(const Value&);
  Value& operator[](const char* key);
  const Value& operator[](const char* key) const;
  Value& operator[](int n);
  Value& append(const Value& value);
  std::string toStyledString() const;
  std::string asString() const;
  int asInt() const;
};
}  // namespace Json

// --- spdlog ----------------------------------------------------------------------------------------------------------

namespace spdlog {
namespace level {
enum level_enum { trace, debug, info, warn, err };
}
template <class... Args>
void trace(std::string_view format, Args&&... args) {}
template <class... Args>
void debug(std::string_view format, Args&&... args) {}
template <class... Args>
void info(std::string_view format, Args&&... args) {}
template <class... Args>
void warn(std::string_view format, Args&&... args) {}
template <class... Args>
void error(std::string_view format, Args&&... args) {}
bool should_log(level::level_enum level);
class logger {
 public:
  template <class... Args>
  void trace(std::string_view format, Args&&... args) {}
  template <class... Args>
  void debug(std::string_view format, Args&&... args) {}
  template <class... Args>
  void info(std::string_view format, Args&&... args) {}
  template <class... Args>
  void error(std::string_view format, Args&&... args) {}
  bool should_log(level::level_enum level) const;
};
std::shared_ptr<logger> get(const std::string& name);
}  // namespace spdlog
