#pragma once
// What customers ordered.

#include "history.h"
#include "store.h"

#include <string>
#include <vector>

namespace shelf {

struct Order {
  long long id = 0;
  std::vector<std::string> lines;
};

class Orders {
 public:
  Orders(Store& store, History& history) : store_(store), history_(history) {}

  void create_tables();
  void place(const std::string& customer, const std::string& title);
  std::vector<Order> of_customer(const std::string& customer);
  std::vector<std::string> lines_of(long long order);

 private:
  Store& store_;
  History& history_;
};

}  // namespace shelf
