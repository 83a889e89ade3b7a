#pragma once
// Which things a rule looks at. A pattern that names labels starts at the things that have them, not at all things; of
// calls, those are left out that one look at the program shows to be none.

#include "checker/match/evaluator.h"

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
  bool is_subject(link::FunctionId function) const;
  void keep(const std::vector<facts::Language>& languages, std::vector<Thing>& things) const;
  bool may_be(const rule::Pattern& pattern, link::SiteId id);
  bool may_call(const rule::Predicate& callee, const link::Site& site);
  bool may_give(const rule::ArgumentTest& test, const link::Site& site);
  bool spells(link::FunctionId function, const std::string& text);

  // Answers to questions that have come up, by what was asked about.
  enum class Answer : uint8_t { kUnknown, kNo, kYes };

  const Evaluator& evaluator_;
  const link::Program& program_;
  std::vector<std::vector<uint32_t>> sites_;  // per label
  std::vector<std::vector<uint32_t>> functions_;
  std::vector<std::vector<uint32_t>> variables_;
  std::vector<bool> leads_;                                        // per site: a way to some effect begins there
  std::set<facts::Language> languages_;                            // of the files
  std::map<const rule::Predicate*, std::vector<Answer>> callees_;  // per function: whether it is such a callee
  std::map<std::string, std::vector<Answer>> spelled_;             // per file: whether it holds that text
};

}  // namespace stallint::match
