#pragma once
// Which things a rule looks at. A pattern that names labels starts at the things that have them, not at all things; of
// calls, those are left out that one look at the program shows to be none.

#include "checker/match/evaluator.h"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stallint::match {

class Candidates {
 public:
  explicit Candidates(const Evaluator& evaluator);

  // In order of their ids. Those in files of other languages are none.
  std::vector<Thing> of(const rule::Find& find);

 private:
  std::vector<Thing> labelled(rule::Subject subject, const link::LabelSet& labels) const;
  std::vector<Thing> all(rule::Subject subject) const;
  void enter_blocks(link::FunctionId function);
  bool is_subject(link::FunctionId function) const;
  void keep(const std::vector<facts::Language>& languages, std::vector<Thing>& things) const;
  bool may_be(const rule::Pattern& pattern, link::SiteId id);
  bool may_call(const rule::Predicate& callee, const link::Site& site);
  bool may_give(const rule::ArgumentTest& test, const link::Site& site);
  bool spells(const rule::ArgumentTest& test, link::FunctionId function);

  // Answers to questions that have come up, by what was asked about.
  enum class Answer : uint8_t { kUnknown, kNo, kYes };

  const Evaluator& evaluator_;
  const link::Program& program_;
  std::vector<std::vector<uint32_t>> sites_;  // per label
  std::vector<std::vector<uint32_t>> functions_;
  std::vector<std::vector<uint32_t>> variables_;
  std::array<std::vector<Thing>, 10> blocks_;                         // per subject, of those that are blocks
  std::vector<bool> leads_;                                           // per site: a way to some effect begins there
  std::set<facts::Language> languages_;                               // of the files
  std::map<const rule::Predicate*, std::vector<Answer>> callees_;     // per function: whether it is such a callee
  std::map<const rule::ArgumentTest*, std::vector<Answer>> spelled_;  // per file: whether it holds that name
};

}  // namespace stallint::match
