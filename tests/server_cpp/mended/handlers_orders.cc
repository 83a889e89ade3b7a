#include "handlers.h"
#include "offload.h"

#include <map>
#include <sstream>

namespace shelf {

void OrderHandlers::add_to(Router& router) {
  router.post("/orders", [this](const Request& request) { return place(request); });
  router.get("/orders", [this](const Request& request) { return orders(request); });
  router.get("/sold", [this](const Request& request) { return sold(request); });
  router.get("/stock", [this](const Request& request) { return stock(request); });
  router.post("/reorder", [this](const Request& request) { return reorder(request); });
  router.get("/newest", [this](const Request& request) { return newest(request); });
}

asio::awaitable<Response> OrderHandlers::place(const Request& request) {
  const std::string customer = request.value("customer");
  const std::string title = request.value("title");
  co_await in_pool(services_.pool, [&] { services_.orders.place(customer, title); });
  const std::string answer = co_await services_.warehouse.announce("pack " + title);
  co_return Response{201, "{\"warehouse\": " + quoted(answer) + "}"};
}

asio::awaitable<Response> OrderHandlers::orders(const Request& request) {
  const std::string customer = request.value("customer");
  std::vector<Order> found;
  co_await in_pool(services_.pool, [&] {
    found = services_.orders.of_customer(customer);
    auto lines = services_.orders.lines_of_customer(customer);
    for (Order& order : found) order.lines = lines[order.id];
  });
  std::ostringstream out;
  out << "[";
  for (const Order& order : found) {
    if (&order != &found.front()) out << ", ";
    out << "{\"id\": " << order.id << ", \"lines\": " << order.lines.size() << "}";
  }
  out << "]";
  co_return Response{200, out.str()};
}

asio::awaitable<Response> OrderHandlers::sold(const Request& request) {
  const int year = request.number("year", 2020);
  std::string summary;
  co_await in_pool(services_.pool, [&] { summary = services_.archive.summary(year); });
  co_return Response{200, summary};
}

asio::awaitable<Response> OrderHandlers::stock(const Request& request) {
  const std::string title = request.value("title");
  long amount = 0;
  co_await in_pool(services_.pool, [&] { amount = services_.suppliers.stock(title); });
  co_return Response{200, "{\"stock\": " + std::to_string(amount) + "}"};
}

asio::awaitable<Response> OrderHandlers::reorder(const Request& request) {
  const std::string title = request.value("title");
  const int amount = request.number("amount", 1);
  std::string answer;
  co_await in_pool(services_.pool, [&] { answer = services_.suppliers.reorder(title, amount); });
  co_await services_.journal.append("reorder " + title);
  co_return Response{200, "{\"supplier\": " + quoted(answer) + "}"};
}

asio::awaitable<Response> OrderHandlers::newest(const Request&) {
  std::string body = "[";
  for (const std::string& title : services_.history.newest()) {
    if (body.size() > 1) body += ", ";
    body += quoted(title);
  }
  co_return Response{200, body + "]"};
}

}  // namespace shelf
