#include "items.h"

#include "http.h"

#include <sstream>

namespace shelf {
namespace {

Item item_of(const Statement& row) { return {row.number(0), row.text(1), row.number(2)}; }

}  // namespace

void Items::create_tables() {
  store_.execute(
      "PRAGMA journal_mode = WAL;"
      "CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, title TEXT UNIQUE, cents INTEGER);"
      "CREATE TABLE IF NOT EXISTS words (word TEXT, title TEXT);"
      "CREATE TABLE IF NOT EXISTS changes (item INTEGER, cents INTEGER);");
}

std::optional<Item> Items::find(long long id) {
  const Lease lease(store_);
  Statement query(lease, "SELECT id, title, cents FROM items WHERE id = ?");
  query.bind(1, id);
  if (!query.step()) return {};
  return item_of(query);
}

std::vector<Item> Items::all() {
  const Lease lease(store_);
  Statement query(lease, "SELECT id, title, cents FROM items ORDER BY id");  // finding: pagination-missing all
  std::vector<Item> found;
  while (query.step()) found.push_back(item_of(query));
  return found;
}

std::vector<Item> Items::search(const std::string& words) {
  const Lease lease(store_);
  Statement query(lease, "SELECT id, title, cents FROM items WHERE title LIKE ? ORDER BY title LIMIT 50");
  query.bind(1, "%" + words + "%");
  std::vector<Item> found;
  while (query.step()) found.push_back(item_of(query));
  return found;
}

bool Items::add(const std::string& title, long long cents) {
  const Lease lease(store_);
  Statement insert(lease, "INSERT OR IGNORE INTO items (title, cents) VALUES (?, ?)");
  insert.bind(1, title);
  insert.bind(2, cents);
  insert.step();
  return sqlite3_changes(lease.get()) > 0;
}

void Items::set_price(long long id, long long cents) {
  const Lease lease(store_);
  Statement update(lease, "UPDATE items SET cents = ? WHERE id = ?");
  update.bind(1, cents);
  update.bind(2, id);
  update.step();
  Statement insert(lease, "INSERT INTO changes (item, cents) VALUES (?, ?)");
  insert.bind(1, id);
  insert.bind(2, cents);
  insert.step();
}

void Items::index(const std::string& title) {
  const Lease lease(store_);
  Statement insert(lease, "INSERT INTO words (word, title) VALUES (lower(?1), ?1)");
  insert.bind(1, title);
  insert.step();
}

std::string to_json(const Item& item) {
  std::ostringstream out;
  out << "{\"id\": " << item.id << ", \"title\": " << quoted(item.title) << ", \"cents\": " << item.cents << "}";
  return out.str();
}

std::string to_json(const std::vector<Item>& items) {
  std::string out = "[";
  for (const Item& item : items) {
    if (out.size() > 1) out += ", ";
    out += to_json(item);
  }
  return out + "]";
}

}  // namespace shelf
