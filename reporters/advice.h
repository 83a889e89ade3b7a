#pragma once
// What to do about a finding, in one line: what the finding says, or else its rule.
//
//     Advice advice(report);
//     advice.about(finding)    "`await asyncio.sleep(...)` in place of `time.sleep`"
//
// Empty where neither says anything.

#include "checker/finding/finding.h"

#include <string>
#include <unordered_map>

namespace stallint::reporters {

class Advice {
 public:
  explicit Advice(const Report& report);

  std::string about(const Finding& finding) const;

 private:
  std::unordered_map<std::string, std::string> of_rules_;
};

}  // namespace stallint::reporters
