#pragma once
// The years before this one, in a database of their own.

#include "store.h"

#include <string>

namespace shelf {

class Archive {
 public:
  explicit Archive(Store& store) : store_(store) {}

  void create_tables();
  std::string summary(long long year);

 private:
  long long count(long long year);

  Store& store_;
};

}  // namespace shelf
