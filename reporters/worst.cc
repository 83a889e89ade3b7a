#include "reporters/worst.h"

#include "reporters/fold.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace stallint::reporters {

std::vector<const Finding*> worst_first(const Report& report) {
  std::unordered_set<const Finding*> followers;  // looked up only, never walked
  for (const Entry& entry : fold(report.findings)) followers.insert(entry.others.begin(), entry.others.end());
  std::vector<const Finding*> found;
  for (const Finding& finding : report.findings) {
    if (is_open(finding)) found.push_back(&finding);
  }
  const auto rank = [&followers](const Finding* finding) {
    return std::make_tuple(-static_cast<int>(finding->severity), followers.count(finding),
                           -static_cast<int>(finding->confidence));
  };
  std::stable_sort(found.begin(), found.end(),
                   [&rank](const Finding* left, const Finding* right) { return rank(left) < rank(right); });
  return found;
}

}  // namespace stallint::reporters
