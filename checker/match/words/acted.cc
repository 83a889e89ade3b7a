// `of`, `into`, `to` and `finds`: the thing that is acted upon, written or tested.
#include "checker/match/evaluator.h"
#include "checker/match/spell.h"
#include "checker/match/spot.h"
#include "checker/match/tested.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using rule::Subject;

// `$x` or patterns of variables.
bool is_meant(Query& query, const Named& what) {
  if (!query.predicate.variable.empty()) return unify(query.match, query.predicate.variable, what);
  if (what.variable == link::VariableId::kNone) return false;
  Search search(query);
  search.offer_any(Thing::of(what.variable));
  return search.finish();
}

bool is_found(const Tested& tested, const rule::Predicate& finds) {
  return std::any_of(finds.names.begin(), finds.names.end(),
                     [&](const std::string& state) { return state == "empty" ? tested.empty : tested.changed; });
}

bool is_local(const link::Program& program, const Named& what) {
  if (what.variable == link::VariableId::kNone) return true;
  const link::VariableKind kind = program[what.variable].kind;
  return kind == link::VariableKind::kLocal || kind == link::VariableKind::kParameter;
}

// With `finds: empty` in the same pattern it is the tested thing that is found empty. Of two that are compared the one
// that outlives the function is meant before the other.
bool of_test(Query& query) {
  const auto function = static_cast<link::FunctionId>(query.thing.id);
  const std::vector<rule::Predicate>& predicates = query.pattern.predicates;
  const auto finds = std::find_if(predicates.begin(), predicates.end(), [](const rule::Predicate& predicate) {
    return predicate.word == rule::Word::kFinds && !predicate.negated;
  });
  std::vector<Named> candidates;
  for (const Tested& tested : tested_by(query.program, query.thing)) {
    if (finds == predicates.end() ? tested.other : !is_found(tested, *finds)) continue;
    const Named what = named(query.program, function, tested.expr);
    const bool first = tested.other && !is_local(query.program, what);
    candidates.insert(first ? candidates.begin() : candidates.end(), what);
  }
  return std::any_of(candidates.begin(), candidates.end(), [&](const Named& what) { return is_meant(query, what); });
}

// `app.state.client = make()`: an attribute of something that is not known is no variable, but a place in the text.
facts::ExprId target_of(const link::Program& program, const link::Site& site) {
  const facts::Body& body = program.body_of(site.in);
  const auto call = std::find_if(body.calls.begin(), body.calls.end(), [&](const facts::Call& one) {
    return one.expr == site.expr && one.into != facts::ExprId::kNone;
  });
  return call == body.calls.end() ? facts::ExprId::kNone : call->into;
}

}  // namespace

bool of(Query& query) {
  if (query.thing.subject == Subject::kTest) return of_test(query);
  if (query.thing.subject != Subject::kCall) return false;
  const link::Site& site = query.program[static_cast<link::SiteId>(query.thing.id)];
  const std::optional<Named> what = acted_upon(query.program, site);
  return what && is_meant(query, *what);
}

bool into(Query& query) {
  if (query.thing.subject != Subject::kCall) return false;
  const link::Site& site = query.program[static_cast<link::SiteId>(query.thing.id)];
  if (site.into != link::VariableId::kNone) return is_meant(query, named(query.program, site.into));
  const facts::ExprId target = target_of(query.program, site);
  return target != facts::ExprId::kNone && is_meant(query, named(query.program, site.in, target));
}

bool to(Query& query) {
  if (query.thing.subject != Subject::kWrite) return false;
  const link::VariableId variable = query.program[static_cast<link::WriteId>(query.thing.id)].variable;
  return variable != link::VariableId::kNone && is_meant(query, named(query.program, variable));
}

bool finds(Query& query) {
  if (query.thing.subject != Subject::kTest) return false;
  const std::vector<Tested> tested = tested_by(query.program, query.thing);
  return std::any_of(tested.begin(), tested.end(), [&](const Tested& one) { return is_found(one, query.predicate); });
}

}  // namespace stallint::match::words
