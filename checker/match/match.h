#pragma once
// Rules over a program: which facts does a pattern hold of, and what does the rule say about them.
//
//     Matcher matcher(program, prepare(rules, program.label_names));
//     matcher.holds(pattern, Thing::of(function));       // one pattern, one thing
//     std::vector<Finding> findings = match(program, rules, options);
//
// A Thing is one fact of the program. Words ask the program only; nothing here knows a language, a library or a rule.

#include "checker/finding/finding.h"
#include "checker/link/program.h"
#include "checker/rule/rule.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stallint::match {

// One fact. For block subjects (loop, region, handler) and tests: the function and the block (tests: the block of the
// arm or of the `while`).
struct Thing {
  rule::Subject subject = rule::Subject::kCall;
  uint32_t id = 0;  // FunctionId, ClassId, VariableId, SiteId, WriteId, place in Program::matched; blocks: FunctionId
  facts::BlockId block = facts::BlockId::kBody;
  link::Label leaf = link::Label::kNone;  // a sink on the way of one label: `is` asks for this label only
  bool amortised = false;                 // a sink whose way runs only once, or once per key
  bool certain = true;                    // a sink to which the way leads whenever its first call runs

  static Thing of(link::FunctionId id) { return of(rule::Subject::kFunction, facts::index(id)); }
  static Thing of(link::ClassId id) { return of(rule::Subject::kClass, facts::index(id)); }
  static Thing of(link::VariableId id) { return of(rule::Subject::kVariable, facts::index(id)); }
  static Thing of(link::SiteId id) { return of(rule::Subject::kCall, facts::index(id)); }
  static Thing of(link::WriteId id) { return of(rule::Subject::kWrite, facts::index(id)); }
  static Thing of(rule::Subject subject, link::FunctionId in, facts::BlockId block) {
    return {subject, facts::index(in), block, link::Label::kNone, false};
  }
  static Thing of(rule::Subject subject, uint32_t id) {
    return {subject, id, facts::BlockId::kBody, link::Label::kNone, false};
  }
  bool operator==(const Thing&) const = default;
};

// What a pattern found on its way: `$x` bindings, where `grows` or `reaches` holds, the weakest grade it relied on.
struct Match {
  // `$root`, and so on: the newest first. Matches that go on from one another share what they have in common, so that
  // a copy to try something with costs nothing.
  struct Bound {
    std::string name;      // without "$"
    std::string identity;  // equal means the same thing
    std::string shown;     // text for messages
    std::shared_ptr<const Bound> next;
  };
  std::shared_ptr<const Bound> variables;
  std::vector<Thing> places;                // writes of `grows`
  std::vector<link::Reached> ways;          // of `reaches`: one for each first site and leaf label, in that order
  link::SiteId call = link::SiteId::kNone;  // of `calls`, `has` and `decorated`: the call that was found
  Confidence confidence = Confidence::kExact;

  const Bound* bound(std::string_view name) const {
    const Bound* one = variables.get();
    while (one != nullptr && one->name != name) one = one->next.get();
    return one;
  }
};

// What asking needs that follows from the rules alone. Who asks about several programs makes it once.
class Prepared;
std::shared_ptr<const Prepared> prepare(const rule::Rules& rules, const std::vector<std::string>& label_names);

class Matcher {
 public:
  Matcher(const link::Program& program, std::shared_ptr<const Prepared> prepared);
  ~Matcher();
  Matcher(Matcher&&) noexcept;

  // True if the pattern holds of the thing. `match` receives what was found; it is changed only if the pattern holds.
  bool holds(const rule::Pattern& pattern, const Thing& thing, Match& match) const;
  bool holds(const rule::Pattern& pattern, const Thing& thing) const;

  // For `stallint why`: the first predicate that does not hold, as text; empty if all hold.
  std::string first_denied(const rule::Pattern& pattern, const Thing& thing) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct Options {
  unsigned jobs = 1;
  std::vector<std::string> enabled;  // ids of rules to run, sorted
  // For each file of the program the lowest Python 3 that it must run on, as 11 for 3.11; none if nobody says. Left
  // empty: rules do not ask.
  std::vector<std::optional<uint32_t>> pythons;
  // Receives the id of each rule that ran, and how many nanoseconds all threads took for it; null: nobody asks.
  std::vector<std::pair<std::string, uint64_t>>* took = nullptr;
};

// All findings of the rules, unsorted fields filled as finding.h says; `ignore` comments applied (Finding::suppressed).
std::vector<Finding> match(const link::Program& program, const rule::Rules& rules, const Options& options);
std::vector<Finding> match(const link::Program& program, std::shared_ptr<const Prepared> prepared,
                           const Options& options);

// What each rule thought of what stands on a line: one text block for `stallint why FILE:LINE`.
std::string why(const link::Program& program, const rule::Rules& rules, const std::string& path, uint32_t line);

}  // namespace stallint::match
