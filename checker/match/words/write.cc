// `op`, `value` and `key`: how a variable is changed, and with what.
#include "checker/match/evaluator.h"
#include "checker/match/parts.h"
#include "checker/match/values.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stallint::match::words {
namespace {

constexpr std::array<std::string_view, 4> kChanges = {"assign", "grow", "shrink", "update"};

const link::Write& write_of(const Query& query) { return query.program[static_cast<link::WriteId>(query.thing.id)]; }

bool is_made(const link::Program& program, Value value) {
  const facts::Tree& tree = program.body_of(value.function).tree;
  facts::ExprId id = value.expr;
  while (tree[id].kind == facts::ExprKind::kAwait && tree[id].child_count > 0) id = tree.child(id, 0);
  return tree[id].kind == facts::ExprKind::kCall;
}

bool is_display(const link::Program& program, Value value) {
  const facts::ExprKind kind = expr_of(program, value).kind;
  return kind == facts::ExprKind::kDict || kind == facts::ExprKind::kList || kind == facts::ExprKind::kTuple ||
         kind == facts::ExprKind::kSet;
}

// `hits[k] = hits.get(k, 0) + 1`: what is written was read from the variable just before, here or into a local name.
// `hits[k] = hits.get(k) or made()` only fills what is empty, `copy.name = model.name` is another object's.
bool reads_itself(const link::Program& program, const link::Write& write) {
  const facts::Tree& tree = program.body_of(write.in).tree;
  facts::ExprId value = write.value;
  if (tree[value].kind == facts::ExprKind::kName) {
    const link::VariableId local = program.variable_of(write.in, value);
    if (local != link::VariableId::kNone && program[local].function == write.in && local != write.variable) {
      value = behind(program, local);
    }
  }
  if (value == facts::ExprId::kNone || tree[value].kind == facts::ExprKind::kEither) return false;
  if (tree[value].kind == facts::ExprKind::kAttribute) return false;
  return any_below(tree, value, [&](facts::ExprId id) {
    return !tree[id].stored && program.variable_of(write.in, id) == write.variable;
  });
}

bool has_shape(const link::Program& program, Value value, const std::string& shape) {
  if (shape == "literal") return is_constant(program, value);
  if (shape == "constant") return is_constant(program, plain(program, value));
  if (shape == "text") return is_text(program, value);
  if (shape == "formatted") return is_formatted(program, value);
  if (shape == "display") return is_display(program, value);
  return shape == "made" && is_made(program, value);
}

bool has_shape(const Query& query, Value value) {
  if (!value) return false;
  return std::any_of(query.predicate.names.begin(), query.predicate.names.end(),
                     [&](const std::string& shape) { return has_shape(query.program, value, shape); });
}

}  // namespace

bool op(Query& query) {
  if (query.thing.subject != rule::Subject::kWrite) return false;
  const std::string_view change = kChanges[static_cast<size_t>(write_of(query).change)];
  const std::vector<std::string>& names = query.predicate.names;
  return std::find(names.begin(), names.end(), change) != names.end();
}

bool value(Query& query) {
  if (query.thing.subject != rule::Subject::kWrite) return false;
  const link::Write& write = write_of(query);
  const std::vector<std::string>& shapes = query.predicate.names;
  const bool same = std::find(shapes.begin(), shapes.end(), "same") != shapes.end();
  const bool method = write.site != link::SiteId::kNone;  // `x.append(len(x))` is one step
  if (same && !method && write.value != facts::ExprId::kNone && reads_itself(query.program, write)) return true;
  return has_shape(query, {write.in, write.value});
}

bool key(Query& query) {
  if (query.thing.subject != rule::Subject::kWrite) return false;
  const link::Write& write = write_of(query);
  const Value key{write.in, write.key};
  if (!query.predicate.patterns.empty()) return key && made_of(query, key);
  return has_shape(query, key);
}

bool own(Query& query) {
  if (query.thing.subject != rule::Subject::kWrite) return false;
  return write_of(query).own == query.predicate.flag.value_or(true);
}

bool initial(Query& query) {
  if (query.thing.subject != rule::Subject::kWrite) return false;
  const link::Write& write = query.program[static_cast<link::WriteId>(query.thing.id)];
  return write.initial == query.predicate.flag.value_or(true);
}

}  // namespace stallint::match::words
