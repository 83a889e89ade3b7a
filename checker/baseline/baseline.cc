#include "checker/baseline/baseline.h"

#include <algorithm>
#include <set>

namespace stallint::baseline {

namespace {

constexpr char kModule[] = "<module>";

Entry entry_of(const Finding& finding, std::string path) {
  return {std::move(path), finding.rule, finding.function, finding.subject, finding.leaf_label};
}

// The entries that no finding has been found for yet, by one way to look at them.
class Left {
 public:
  using View = std::function<Entry(Entry)>;

  Left(const std::vector<Entry>& entries, View view) : view_(std::move(view)) {
    for (const Entry& entry : entries) entries_[view_(entry)].insert(entry);
  }

  bool take(const Entry& finding) {
    const auto found = entries_.find(view_(finding));
    if (found == entries_.end() || found->second.empty()) return false;
    found->second.erase(found->second.begin());
    return true;
  }

  std::vector<Entry> rest() const {
    std::vector<Entry> all;
    for (const auto& [viewed, entries] : entries_) all.insert(all.end(), entries.begin(), entries.end());
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  View view_;
  std::map<Entry, std::multiset<Entry>> entries_;
};

}  // namespace

std::vector<Entry> entries_of(const std::vector<Finding>& findings, const PathOf& path_of) {
  std::vector<Entry> entries;
  for (const Finding& finding : findings) {
    if (!finding.suppressed) entries.push_back(entry_of(finding, path_of(finding.region.file)));
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<Entry> compare(const Baseline& baseline, const Moves& moves, const PathOf& path_of,
                           std::vector<Finding>& findings) {
  std::vector<Entry> rest = baseline.entries;
  // Each way explains what the ways before it have left.
  const auto explain = [&](const Left::View& view, const std::function<bool(const Finding&)>& fits,
                           const PathOf& path) {
    Left left(rest, view);
    for (Finding& finding : findings) {
      if (finding.known || finding.suppressed || !fits(finding)) continue;
      finding.known = left.take(entry_of(finding, path(finding.region.file)));
    }
    rest = left.rest();
  };
  const auto as_it_is = [](Entry entry) { return entry; };
  const auto any = [](const Finding&) { return true; };
  const auto old_path = [&](const std::string& file) {
    const std::string path = path_of(file);
    const auto old = moves.renamed.find(path);
    return old == moves.renamed.end() ? path : old->second;
  };
  explain(as_it_is, any, path_of);
  explain(as_it_is, any, old_path);

  // A function that has moved to another file. Statements of a module have no name to be known by.
  const auto without_path = [](Entry entry) {
    entry.path.clear();
    return entry;
  };
  explain(
      without_path, [](const Finding& finding) { return finding.function != kModule; }, path_of);

  const auto without_function = [](Entry entry) {
    entry.function.clear();
    return entry;
  };
  if (moves.functions) explain(without_function, any, old_path);
  return rest;
}

}  // namespace stallint::baseline
