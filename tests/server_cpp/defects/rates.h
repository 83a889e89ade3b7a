#pragma once
// Rates of exchange, from a service that knows them.

#include "upstream.h"

#include <string>

namespace shelf {

class Rates {
 public:
  Rates(Upstream& upstream, std::string url);

  double current(const std::string& currency);

 private:
  Upstream& upstream_;
  const std::string url_;
};

}  // namespace shelf
