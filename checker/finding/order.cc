#include "checker/finding/order.h"

#include <compare>
#include <tuple>

namespace stallint {
namespace {

auto place(const Region& region) {
  return std::tie(region.file, region.line, region.column, region.end_line, region.end_column);
}

// What two findings of one place, rule and sentence may still differ in. The better evidence comes first, since of
// duplicates the first stays.
std::strong_ordering compare_evidence(const Finding& left, const Finding& right) {
  const auto evidence = [](const Finding& finding) {
    return std::make_tuple(-static_cast<int>(finding.severity), -static_cast<int>(finding.confidence),
                           finding.chain.size());
  };
  if (const auto order = evidence(left) <=> evidence(right); order != 0) return order;
  const auto names = [](const Finding& finding) {
    return std::tie(finding.function, finding.sink, finding.first_callee, finding.subject, finding.lowered_because);
  };
  return names(left) <=> names(right);
}

std::strong_ordering compare_chains(const std::vector<Step>& left, const std::vector<Step>& right) {
  for (size_t i = 0; i < left.size() && i < right.size(); ++i) {
    if (const auto order = place(left[i].region) <=> place(right[i].region); order != 0) return order;
    const auto names = [](const Step& step) { return std::tie(step.function, step.callee, step.text); };
    if (const auto order = names(left[i]) <=> names(right[i]); order != 0) return order;
  }
  return left.size() <=> right.size();
}

}  // namespace

bool comes_before(const Finding& left, const Finding& right) {
  const auto printed = [](const Finding& finding) {
    const Region& at = finding.region;
    return std::tie(at.file, at.line, at.column, finding.rule, finding.leaf_label, finding.message, at.end_line,
                    at.end_column);
  };
  if (const auto order = printed(left) <=> printed(right); order != 0) return order < 0;
  if (const auto order = compare_evidence(left, right); order != 0) return order < 0;
  return compare_chains(left.chain, right.chain) < 0;
}

bool says_the_same(const Finding& left, const Finding& right) {
  return left.rule == right.rule && left.region == right.region && left.leaf_label == right.leaf_label &&
         left.message == right.message;
}

}  // namespace stallint
