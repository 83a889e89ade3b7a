// needs: asio.hpp sqlite3.h
#include <asio.hpp>
#include <sqlite3.h>
#include <string>
#include <vector>

class Users {
 public:
  explicit Users(sqlite3* db) : db_(db) {}
  std::string name(int key) const;

 private:
  sqlite3* db_;
};

std::string Users::name(int key) const {
  sqlite3_stmt* rows = nullptr;
  sqlite3_prepare_v2(db_, "select name from users where id = ?", -1, &rows, nullptr);
  sqlite3_bind_int(rows, 1, key);
  std::string found;
  if (sqlite3_step(rows) == SQLITE_ROW) found = reinterpret_cast<const char*>(sqlite3_column_text(rows, 0));
  sqlite3_finalize(rows);
  return found;
}

asio::awaitable<std::string> user(const Users& users, int key) {
  co_return users.name(key);  // finding: async-blocking-call
}

std::vector<std::string> names(const Users& users, const std::vector<int>& keys) {
  std::vector<std::string> found;
  for (int key : keys) found.push_back(users.name(key));  // in the process, and nobody waits
  return found;
}
