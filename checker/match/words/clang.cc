// `matcher`: what the compiler found when it was asked in its own language.
#include "checker/match/evaluator.h"
#include "checker/match/spell.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

// What a bound name stands for: an expression that other words know too, or this place.
Named standing_for(const link::Program& program, link::FunctionId function, const facts::Bound& bound) {
  const std::vector<facts::Expr>& exprs = program.body_of(function).tree.exprs;
  const auto expr =
      std::find_if(exprs.begin(), exprs.end(), [&](const facts::Expr& one) { return one.at == bound.at; });
  Named what{"m" + std::to_string(bound.at.begin) + "-" + std::to_string(bound.at.end), "", link::VariableId::kNone};
  if (expr != exprs.end()) what = named(program, function, static_cast<facts::ExprId>(expr - exprs.begin()));
  what.shown = program.facts_of(function).text(bound.text);
  return what;
}

}  // namespace

bool matcher(Query& query) {
  if (query.thing.subject != rule::Subject::kClang) return false;
  const link::Program& program = query.program;
  const link::Matched& matched = program.matched[query.thing.id];
  const facts::Matched& found = program.found(matched);
  if (found.query >= program.queries.size()) return false;
  if (program.queries[found.query] != query.predicate.matcher.text) return false;
  const facts::FileFacts& file = program.facts_of(matched.in);
  return std::all_of(found.bound.begin(), found.bound.end(), [&](const facts::Bound& bound) {
    return unify(query.match, file.text(bound.name), standing_for(program, matched.in, bound));
  });
}

}  // namespace stallint::match::words
