#include "orders.h"

namespace shelf {

void Orders::create_tables() {
  store_.execute(
      "CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, customer TEXT);"
      "CREATE TABLE IF NOT EXISTS lines (order_id INTEGER, title TEXT);");
}

void Orders::place(const std::string& customer, const std::string& title) {
  {
    const Lease lease(store_);
    Statement order(lease, "INSERT INTO orders (customer) VALUES (?)");
    order.bind(1, customer);
    order.step();
    Statement line(lease, "INSERT INTO lines (order_id, title) VALUES (?, ?)");
    line.bind(1, static_cast<long long>(sqlite3_last_insert_rowid(lease.get())));
    line.bind(2, title);
    line.step();
  }
  history_.note(customer, title);
}

std::vector<Order> Orders::of_customer(const std::string& customer) {
  const Lease lease(store_);
  Statement query(lease, "SELECT id FROM orders WHERE customer = ? ORDER BY id DESC LIMIT 50");
  query.bind(1, customer);
  std::vector<Order> found;
  while (query.step()) found.push_back({query.number(0), {}});
  return found;
}

std::map<long long, std::vector<std::string>> Orders::lines_of_customer(const std::string& customer) {
  const Lease lease(store_);
  Statement query(lease,
                  "SELECT order_id, title FROM lines WHERE order_id IN"
                  " (SELECT id FROM orders WHERE customer = ? ORDER BY id DESC LIMIT 50)");
  query.bind(1, customer);
  std::map<long long, std::vector<std::string>> found;
  while (query.step()) found[query.number(0)].push_back(query.text(1));
  return found;
}

}  // namespace shelf
