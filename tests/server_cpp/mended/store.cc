#include "store.h"

#include <chrono>
#include <stdexcept>

namespace shelf {
namespace {

sqlite3* connect(const std::string& path) {
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &connection, flags, nullptr) != SQLITE_OK) {
    sqlite3_close(connection);
    throw std::runtime_error("cannot open " + path);
  }
  sqlite3_busy_timeout(connection, 2000);
  return connection;
}

}  // namespace

Store::Store(const std::string& path, std::size_t connections) {
  for (std::size_t n = 0; n < connections; ++n) idle_.push_back(connect(path));
}

Store::~Store() {
  for (sqlite3* connection : idle_) sqlite3_close(connection);
}

sqlite3* Store::take() {
  std::unique_lock<std::mutex> guard(mutex_);
  if (!returned_.wait_for(guard, std::chrono::seconds(5), [this] { return !idle_.empty(); })) {
    throw std::runtime_error("the database is busy");
  }
  sqlite3* connection = idle_.back();
  idle_.pop_back();
  return connection;
}

void Store::give_back(sqlite3* connection) {
  {
    std::lock_guard<std::mutex> guard(mutex_);
    idle_.push_back(connection);
  }
  returned_.notify_one();
}

void Store::execute(const char* sql) {
  const Lease lease(*this);
  char* message = nullptr;
  if (sqlite3_exec(lease.get(), sql, nullptr, nullptr, &message) != SQLITE_OK) {
    const std::string text = message ? message : "error";
    sqlite3_free(message);
    throw std::runtime_error(text);
  }
}

Statement::Statement(const Lease& lease, const char* sql) {
  if (sqlite3_prepare_v2(lease.get(), sql, -1, &statement_, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(lease.get()));
  }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(int at, const std::string& value) {
  sqlite3_bind_text(statement_, at, value.c_str(), -1, SQLITE_TRANSIENT);
}

void Statement::bind(int at, long long value) { sqlite3_bind_int64(statement_, at, value); }

bool Statement::step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  throw std::runtime_error("the query failed");
}

long long Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text ? text : "";
}

}  // namespace shelf
