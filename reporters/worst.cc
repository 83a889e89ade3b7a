#include "reporters/worst.h"

#include "reporters/fold.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace stallint::reporters {

std::vector<const Finding*> worst_first(const Report& report) {
  std::unordered_map<const Finding*, size_t> led;  // how many others a shown one stands for; looked up only
  for (const Entry& entry : fold(report.findings)) led.emplace(entry.shown, entry.others.size());
  std::vector<const Finding*> found;
  for (const Finding& finding : report.findings) {
    if (is_open(finding)) found.push_back(&finding);
  }
  const auto rank = [&led](const Finding* finding) {
    const auto leads = led.find(finding);
    const bool follows = leads == led.end();
    return std::make_tuple(-static_cast<int>(finding->severity), follows, -static_cast<int>(finding->confidence),
                           follows ? 0 : -static_cast<int64_t>(leads->second));
  };
  std::stable_sort(found.begin(), found.end(),
                   [&rank](const Finding* left, const Finding* right) { return rank(left) < rank(right); });
  return found;
}

}  // namespace stallint::reporters
