#include "archive.h"

#include "store.h"

#include <sqlite3.h>

namespace shelf {

void Archive::create_tables() { Store(path_, 1).execute("CREATE TABLE IF NOT EXISTS sold (year INTEGER, title TEXT)"); }

std::string Archive::summary(long long year) {
  return "{\"year\": " + std::to_string(year) + ", \"sold\": " + std::to_string(count(year)) + "}";
}

long long Archive::count(long long year) {
  sqlite3* db = nullptr;
  sqlite3_stmt* query = nullptr;
  long long found = 0;
  const int flags = SQLITE_OPEN_READONLY;
  sqlite3_open_v2(path_.c_str(), &db, flags, nullptr);  // finding: db-connection-per-request sqlite3_open_v2
  sqlite3_busy_timeout(db, 2000);
  sqlite3_prepare_v2(db, "SELECT count(*) FROM sold WHERE year = ?", -1, &query, nullptr);
  sqlite3_bind_int64(query, 1, year);
  if (sqlite3_step(query) == SQLITE_ROW) found = sqlite3_column_int64(query, 0);
  sqlite3_finalize(query);
  sqlite3_close(db);
  return found;
}

}  // namespace shelf
