#include "archive.h"

namespace shelf {

void Archive::create_tables() { store_.execute("CREATE TABLE IF NOT EXISTS sold (year INTEGER, title TEXT)"); }

std::string Archive::summary(long long year) {
  return "{\"year\": " + std::to_string(year) + ", \"sold\": " + std::to_string(count(year)) + "}";
}

long long Archive::count(long long year) {
  const Lease lease(store_);
  Statement query(lease, "SELECT count(*) FROM sold WHERE year = ?");
  query.bind(1, year);
  return query.step() ? query.number(0) : 0;
}

}  // namespace shelf
