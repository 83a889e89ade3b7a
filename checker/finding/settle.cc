#include "checker/finding/settle.h"

#include "checker/finding/fingerprint.h"
#include "checker/finding/order.h"

#include <algorithm>
#include <unordered_map>

namespace stallint {

void settle(std::vector<Finding>& findings) {
  std::sort(findings.begin(), findings.end(), comes_before);
  findings.erase(std::unique(findings.begin(), findings.end(), says_the_same), findings.end());

  std::unordered_map<std::string, uint32_t> seen;  // looked up only, never walked
  for (Finding& finding : findings) finding.fingerprint = fingerprint(finding, seen[identity(finding)]++);
}

}  // namespace stallint
