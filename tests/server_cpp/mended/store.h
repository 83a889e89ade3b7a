#pragma once
// The database: a few connections, opened at the start and lent to whoever has a question.

#include <condition_variable>
#include <mutex>
#include <sqlite3.h>
#include <string>
#include <vector>

namespace shelf {

class Store {
 public:
  Store(const std::string& path, std::size_t connections);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void execute(const char* sql);

 private:
  friend class Lease;
  sqlite3* take();
  void give_back(sqlite3* connection);

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<sqlite3*> idle_;
};

// A connection, for as long as this lives.
class Lease {
 public:
  explicit Lease(Store& store) : store_(store), connection_(store.take()) {}
  ~Lease() { store_.give_back(connection_); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  sqlite3* get() const { return connection_; }

 private:
  Store& store_;
  sqlite3* connection_;
};

class Statement {
 public:
  Statement(const Lease& lease, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int at, const std::string& value);
  void bind(int at, long long value);
  bool step();
  long long number(int column) const;
  std::string text(int column) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace shelf
