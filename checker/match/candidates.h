#pragma once
// Which things a rule looks at. A pattern that names labels starts at the things that have them, not at all things; of
// calls, those are left out that one look at the program shows to be none.

#include "checker/match/evaluator.h"

#include <set>
#include <vector>

namespace stallint::match {

class Candidates {
 public:
  explicit Candidates(const link::Program& program);

  // In order of their ids. Those in files of other languages are none.
  std::vector<Thing> of(const Evaluator& evaluator, const rule::Find& find) const;

 private:
  std::vector<Thing> labelled(rule::Subject subject, const link::LabelSet& labels) const;
  std::vector<Thing> all(rule::Subject subject) const;
  bool is_subject(link::FunctionId function) const;
  void keep(const std::vector<facts::Language>& languages, std::vector<Thing>& things) const;
  bool may_be(const rule::Pattern& pattern, link::SiteId id) const;

  const link::Program& program_;
  std::vector<std::vector<uint32_t>> sites_;  // per label
  std::vector<std::vector<uint32_t>> functions_;
  std::vector<std::vector<uint32_t>> variables_;
  std::vector<bool> leads_;              // per site: a way to some effect begins there
  std::set<facts::Language> languages_;  // of the files
};

}  // namespace stallint::match
