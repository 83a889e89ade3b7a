#include "reporters/advice.h"

#include "reporters/prose.h"

namespace stallint::reporters {

Advice::Advice(const Report& report) {
  for (const RuleInfo& rule : report.rules) of_rules_.emplace(rule.id, one_line(without_placeholders(rule.fix)));
}

std::string Advice::about(const Finding& finding) const {
  if (!finding.fix.empty()) return one_line(finding.fix);
  const auto rule = of_rules_.find(finding.rule);
  return rule == of_rules_.end() ? "" : rule->second;
}

}  // namespace stallint::reporters
