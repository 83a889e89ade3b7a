#pragma once
// The items on the shelf.

#include "store.h"

#include <optional>
#include <string>
#include <vector>

namespace shelf {

struct Item {
  long long id = 0;
  std::string title;
  long long cents = 0;
};

class Items {
 public:
  explicit Items(Store& store) : store_(store) {}

  void create_tables();
  std::optional<Item> find(long long id);
  std::vector<Item> all();
  std::vector<Item> search(const std::string& words);
  bool add(const std::string& title, long long cents);
  void set_price(long long id, long long cents);
  void index(const std::string& title);

 private:
  Store& store_;
};

std::string to_json(const Item& item);
std::string to_json(const std::vector<Item>& items);

}  // namespace shelf
