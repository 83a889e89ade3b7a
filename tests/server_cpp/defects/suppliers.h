#pragma once
// What the suppliers still have, and orders sent to them.

#include "upstream.h"

#include <string>

namespace shelf {

class Suppliers {
 public:
  Suppliers(Upstream& upstream, std::string url);

  long stock(const std::string& title);
  std::string reorder(const std::string& title, int amount);

 private:
  std::string ask(const std::string& page);

  Upstream& upstream_;
  const std::string url_;
};

}  // namespace shelf
