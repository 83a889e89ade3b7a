#include "reporters/aside.h"

namespace stallint::reporters {

namespace {

bool is_on_the_way(const Finding& finding, const Region& place) {
  return place == finding.region || (!finding.chain.empty() && place == finding.chain.back().region);
}

}  // namespace

std::vector<const Related*> aside(const Finding& finding) {
  std::vector<const Related*> found;
  for (const Related& related : finding.related) {
    if (!is_on_the_way(finding, related.region)) found.push_back(&related);
  }
  return found;
}

}  // namespace stallint::reporters
