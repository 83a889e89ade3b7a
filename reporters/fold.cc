#include "reporters/fold.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <unordered_map>

namespace stallint::reporters {
namespace {

bool tells_more(const Finding& left, const Finding& right) {
  const auto merit = [](const Finding& finding) {
    return std::make_tuple(-static_cast<int>(finding.severity), -static_cast<int>(finding.confidence),
                           finding.chain.size());
  };
  return merit(left) < merit(right);
}

std::string cause_of(const Finding& finding) {
  return finding.rule + '\0' + finding.sink + '\0' + finding.first_callee;
}

}  // namespace

std::vector<Entry> fold(const std::vector<Finding>& findings) {
  std::vector<std::vector<const Finding*>> groups;
  std::unordered_map<std::string, size_t> group_of;  // looked up only, never walked
  for (const Finding& finding : findings) {
    if (!is_open(finding)) continue;
    if (finding.sink.empty()) {
      groups.push_back({&finding});
      continue;
    }
    const auto [known, is_new] = group_of.emplace(cause_of(finding), groups.size());
    if (is_new) groups.emplace_back();
    groups[known->second].push_back(&finding);
  }

  std::vector<Entry> entries;
  entries.reserve(groups.size());
  for (const std::vector<const Finding*>& group : groups) {
    Entry entry;
    entry.shown = *std::min_element(group.begin(), group.end(), [](const Finding* left, const Finding* right) {
      return tells_more(*left, *right);
    });
    std::copy_if(group.begin(), group.end(), std::back_inserter(entry.others),
                 [&entry](const Finding* finding) { return finding != entry.shown; });
    entries.push_back(std::move(entry));
  }
  // They all point into one vector, so their addresses are the order of the report.
  std::sort(entries.begin(), entries.end(),
            [](const Entry& left, const Entry& right) { return left.shown < right.shown; });
  return entries;
}

}  // namespace stallint::reporters
