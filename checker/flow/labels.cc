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

// Whether one look at the function shows that the pattern does not hold.
bool is_ruled_out(const Program& program, const rule::Pattern& pattern, FunctionId id) {
  const link::Function& function = program[id];
  return std::any_of(pattern.predicates.begin(), pattern.predicates.end(), [&](const rule::Predicate& predicate) {
    if (predicate.negated) return false;
    switch (predicate.word) {
      case Word::kArgumentOf:
        return function.handed.count == 0;
      case Word::kDecorated:
        return program.outline_of(id).decorators.empty();
      case Word::kOverrides:
        return function.owner == link::ClassId::kNone || program[function.owner].library_bases.empty();
      default:
        return false;
    }
  });
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

void label_functions(Program& program, const rule::Rules& rules, const Matcher& matcher) {
  const auto label_of = [&](const std::string& name) {
    const auto it = std::lower_bound(program.label_names.begin(), program.label_names.end(), name);
    return static_cast<link::Label>(it - program.label_names.begin());
  };
  struct Nature {
    const rule::Pattern& pattern;
    link::Label label;
    facts::Language language;
    bool asks_for_labels;
  };
  std::vector<Nature> natures;
  for (const rule::Model& model : rules.models) {
    for (const rule::LabelledFunction& labelled : model.functions) {
      natures.push_back(
          {labelled.pattern, label_of(labelled.label), labelled.language, asks_for_labels(labelled.pattern)});
    }
  }

  // A pattern may ask for a label that another one gives; two rounds are enough, as such patterns do not build on each
  // other further.
  for (int round = 0; round < 2; ++round) {
    std::vector<std::pair<size_t, Graded>> added;
    for (size_t f = 0; f < program.functions.size(); ++f) {
      const auto id = static_cast<FunctionId>(f);
      const facts::FunctionKind kind = program.outline_of(id).kind;
      if (kind == facts::FunctionKind::kModule || kind == facts::FunctionKind::kClassBody) continue;
      const facts::Language language = program.facts_of(id).language;
      for (const Nature& nature : natures) {
        if (nature.language != language) continue;
        if (is_ruled_out(program, nature.pattern, id) || (round == 1 && !nature.asks_for_labels)) continue;
        match::Match match;
        if (!matcher.holds(nature.pattern, Thing::of(id), match)) continue;
        added.push_back({f, Graded{nature.label, match.confidence, nullptr}});
      }
    }
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

}  // namespace stallint::flow
