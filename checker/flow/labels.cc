#include "checker/base/parallel.h"
#include "checker/flow/steps.h"
#include "checker/match/match.h"

#include <algorithm>

namespace stallint::flow {

using link::FunctionId;
using link::Graded;
using link::Program;
using link::SiteId;
using match::Matcher;
using match::Thing;
using rule::Word;

namespace {

constexpr size_t kShare = 512;  // functions that a worker takes at once

// Whether the labels of some function decide if the pattern holds. Words not named here may ask for them.
bool asks_for_labels(const rule::Pattern& pattern) {
  return std::any_of(pattern.predicates.begin(), pattern.predicates.end(), [&](const rule::Predicate& predicate) {
    switch (predicate.word) {
      case Word::kAsync:
      case Word::kGenerator:
      case Word::kName:
      case Word::kOverrides:
      case Word::kParams:
        return false;
      case Word::kIs:
        return pattern.subject != rule::Subject::kCall;
      case Word::kArgs:
        return std::any_of(predicate.arguments.begin(), predicate.arguments.end(),
                           [](const auto& argument) { return argument.kind == rule::ArgumentTest::Kind::kIs; });
      case Word::kArgumentOf:
      case Word::kDecorated:
      case Word::kAny:
      case Word::kAll:
      case Word::kNot:
        return std::any_of(predicate.patterns.begin(), predicate.patterns.end(), asks_for_labels);
      default:
        return true;
    }
  });
}

// What one look at a function tells, and what a pattern needs of it: functions that lack some of it are ruled out.
enum Need : uint8_t { kHanded = 1, kDecorated = 2, kBases = 4 };

uint8_t needs_of(const rule::Pattern& pattern) {
  uint8_t needs = 0;
  for (const rule::Predicate& predicate : pattern.predicates) {
    if (predicate.negated) continue;
    if (predicate.word == Word::kArgumentOf) needs |= kHanded;
    if (predicate.word == Word::kDecorated) needs |= kDecorated;
    if (predicate.word == Word::kOverrides) needs |= kBases;
  }
  return needs;
}

uint8_t given_by(const Program& program, FunctionId id) {
  const link::Function& function = program[id];
  uint8_t given = 0;
  if (function.handed.count > 0) given |= kHanded;
  if (!program.outline_of(id).decorators.empty()) given |= kDecorated;
  if (function.owner != link::ClassId::kNone && !program[function.owner].library_bases.empty()) given |= kBases;
  return given;
}

}  // namespace

void drop_exempt_labels(Program& program, const Matcher& matcher) {
  for (size_t s = 0; s < program.sites.size(); ++s) {
    const link::Range range = program.sites[s].labels;
    for (uint32_t i = range.first; i < range.first + range.count; ++i) {
      const Graded graded = program.graded[i];
      if (graded.source == nullptr || graded.source->unless.empty()) continue;
      const Thing site = Thing::of(static_cast<SiteId>(s));
      const auto holds = [&](const rule::Pattern& pattern) { return matcher.holds(pattern, site); };
      if (std::any_of(graded.source->unless.begin(), graded.source->unless.end(), holds)) {
        program.graded[i].label = link::Label::kNone;
      }
    }
  }
}

void label_functions(Program& program, const rule::Rules& rules, const Matcher& matcher, unsigned jobs) {
  const auto label_of = [&](const std::string& name) {
    const auto it = std::lower_bound(program.label_names.begin(), program.label_names.end(), name);
    return static_cast<link::Label>(it - program.label_names.begin());
  };
  struct Nature {
    const rule::Pattern& pattern;
    link::Label label;
    facts::Language language;
    bool asks_for_labels;
    uint8_t needs;
  };
  std::vector<Nature> natures;
  for (const rule::Model& model : rules.models) {
    for (const rule::LabelledFunction& labelled : model.functions) {
      natures.push_back({labelled.pattern, label_of(labelled.label), labelled.language,
                         asks_for_labels(labelled.pattern), needs_of(labelled.pattern)});
    }
  }

  // A pattern may ask for a label that another one gives; two rounds are enough, as such patterns do not build on each
  // other further.
  for (int round = 0; round < 2; ++round) {
    using Added = std::vector<std::pair<size_t, Graded>>;
    const auto labels_of = [&](size_t f, Added& added) {
      const auto id = static_cast<FunctionId>(f);
      const facts::FunctionKind kind = program.outline_of(id).kind;
      if (kind == facts::FunctionKind::kModule || kind == facts::FunctionKind::kClassBody) return;
      const facts::Language language = program.facts_of(id).language;
      const uint8_t given = given_by(program, id);
      for (const Nature& nature : natures) {
        if (nature.language != language || (nature.needs & ~given) != 0) continue;
        if (round == 1 && !nature.asks_for_labels) continue;
        match::Match match;
        if (!matcher.holds(nature.pattern, Thing::of(id), match)) continue;
        added.push_back({f, Graded{nature.label, match.confidence, nullptr}});
      }
    };
    std::vector<Added> shares((program.functions.size() + kShare - 1) / kShare);
    parallel_for(jobs, shares.size(), {}, [&](size_t n, unsigned) {
      const size_t end = std::min((n + 1) * kShare, program.functions.size());
      for (size_t f = n * kShare; f < end; ++f) labels_of(f, shares[n]);
    });
    for (const Added& added : shares) {
      for (const auto& [f, graded] : added) {
        std::vector<Graded>& labels = program.function_labels[f];
        const auto less = [](const Graded& a, const Graded& b) { return a.label < b.label; };
        const auto at = std::lower_bound(labels.begin(), labels.end(), graded, less);
        if (at != labels.end() && at->label == graded.label) {
          at->confidence = std::max(at->confidence, graded.confidence);
        } else {
          labels.insert(at, graded);
        }
      }
    }
  }
}

}  // namespace stallint::flow
