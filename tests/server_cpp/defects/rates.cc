#include "rates.h"

#include <utility>

namespace shelf {

Rates::Rates(Upstream& upstream, std::string url) : upstream_(upstream), url_(std::move(url)) {}

double Rates::current(const std::string& currency) { return std::stod(upstream_.get(url_ + "/" + currency)); }

}  // namespace shelf
