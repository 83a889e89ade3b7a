#include "suppliers.h"

#include <utility>

namespace shelf {

Suppliers::Suppliers(Upstream& upstream, std::string url) : upstream_(upstream), url_(std::move(url)) {}

long Suppliers::stock(const std::string& title) { return std::stol(ask("/stock/" + title)); }

std::string Suppliers::ask(const std::string& page) { return upstream_.get(url_ + page); }

std::string Suppliers::reorder(const std::string& title, int amount) {
  return upstream_.post(url_ + "/orders", title + " " + std::to_string(amount));
}

}  // namespace shelf
