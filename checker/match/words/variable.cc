// Words about variables: how long they live, and what happens to them in the whole project.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using link::Change;
using rule::Quantity;
using rule::Subject;

const char* life_of(const link::Program& program, const link::Variable& variable) {
  switch (variable.kind) {
    case link::VariableKind::kModule:
    case link::VariableKind::kClass:
      return "process";
    case link::VariableKind::kInstance:
      break;
    default:
      return "function";
  }
  if (variable.owner == link::ClassId::kNone) return "instance";
  switch (program[variable.owner].lives) {
    case link::Class::Lives::kFunction:
      return "function";
    case link::Class::Lives::kProcess:
      return "process";
    default:
      return "instance";
  }
}

link::VariableId variable_of(const Query& query) {
  if (query.thing.subject == Subject::kVariable) return static_cast<link::VariableId>(query.thing.id);
  if (query.thing.subject != Subject::kRegion) return link::VariableId::kNone;
  const auto function = static_cast<link::FunctionId>(query.thing.id);
  const facts::Block& region = block_at(query.program, function, query.thing.block);
  if (region.subject == facts::ExprId::kNone) return link::VariableId::kNone;
  return query.program.variable_of(function, region.subject);
}

// `x["a"] = v` with the name written out fills a known place: it does not grow without bound.
bool has_fixed_key(const link::Program& program, const link::Write& write) {
  if (write.key == facts::ExprId::kNone) return false;
  return is_constant(program, plain(program, {write.in, write.key}));
}

// `x += [y]` of a collection grows it as append does.
bool extends_collection(const link::Program& program, const link::Write& write) {
  return write.change == Change::kUpdate && write.key == facts::ExprId::kNone &&
         grade_in(program.labels(program[write.variable]), program.covered("collection")).has_value();
}

// `for key in hits: hits[key] = 0` finds all its entries there.
bool goes_over_itself(const link::Program& program, const link::Write& write) {
  if (write.key == facts::ExprId::kNone) return false;
  const facts::Body& body = program.body_of(write.in);
  const link::VariableId key = program.variable_of(write.in, write.key);
  if (key == link::VariableId::kNone) return false;
  return std::any_of(body.writes.begin(), body.writes.end(), [&](const facts::Write& loop) {
    if (loop.op != facts::WriteOp::kIterate || loop.value == facts::ExprId::kNone) return false;
    return program.variable_of(write.in, loop.target) == key && any_below(body.tree, loop.value, [&](facts::ExprId id) {
             return program.variable_of(write.in, id) == write.variable;
           });
  });
}

// What begins with its entries written out is a table: `status[code]` looks one up.
bool is_table(const link::Program& program, const link::Variable& variable) {
  const auto writes = program.writes_of(variable);
  return std::any_of(writes.begin(), writes.end(), [&](link::WriteId id) {
    const link::Write& write = program[id];
    if (!write.initial || write.value == facts::ExprId::kNone) return false;
    const facts::Tree& tree = program.body_of(write.in).tree;
    return any_below(tree, write.value, [&](facts::ExprId below) {
      return tree[below].kind == facts::ExprKind::kList && tree[below].child_count > 1;
    });
  });
}

// `hits[user] += 1` of what makes its own entries.
bool fills_itself(const link::Program& program, const link::Write& write) {
  return write.change == Change::kUpdate && write.key != facts::ExprId::kNone && !has_fixed_key(program, write) &&
         grade_in(program.labels(program[write.variable]), program.covered("fills-itself")).has_value();
}

bool is_growth(const link::Program& program, const link::Write& write) {
  if (write.initial) return false;
  if (write.change == Change::kGrow) {
    const bool looks_up = write.site == link::SiteId::kNone && write.value == facts::ExprId::kNone;
    if (looks_up && is_table(program, program[write.variable])) return false;
    return !has_fixed_key(program, write) && !goes_over_itself(program, write);
  }
  return extends_collection(program, write) || fills_itself(program, write);
}

bool is_shrinking(const link::Program&, const link::Write& write) {
  return write.change == Change::kShrink || (write.change == Change::kAssign && !write.initial);
}

bool is_later(const link::Program&, const link::Write& write) { return !write.initial; }

// `price.cache_clear()`, `self.price.cache_clear()`: of a function of that name.
bool is_cleared(const Evaluator& evaluator, link::FunctionId function) {
  const link::Program& program = evaluator.program();
  const link::NameId name = program[function].name;
  return std::any_of(evaluator.clearing().begin(), evaluator.clearing().end(), [&](link::SiteId id) {
    const link::Site& site = program[id];
    if (site.kind != link::SiteKind::kCall || site.expr == facts::ExprId::kNone) return false;
    const facts::Tree& tree = program.body_of(site.in).tree;
    const facts::FileFacts& file = program.facts_of(site.in);
    if (tree[site.expr].child_count == 0) return false;
    const facts::Expr& callee = tree[tree.child(tree[site.expr], 0)];
    if (callee.kind != facts::ExprKind::kAttribute) return false;
    const facts::Expr& memo = tree[tree.child(callee, 0)];
    const bool named = memo.kind == facts::ExprKind::kName || memo.kind == facts::ExprKind::kAttribute;
    return named && file.text(memo.text) == program.text(name);
  });
}

enum class Places : uint8_t { kForget, kKeep };

// One of the changes of that sort satisfies the patterns; `never`: there is none of that sort.
bool changes_so(Query& query, bool (*sort)(const link::Program&, const link::Write&), Places places) {
  if (query.thing.subject != Subject::kVariable) return false;
  const link::Program& program = query.program;
  for (const link::WriteId id : program.writes_of(program[variable_of(query)])) {
    if (!sort(program, program[id])) continue;
    if (query.predicate.quantity == Quantity::kNone) return false;
    Search search(query);
    search.offer_any(Thing::of(id));
    if (!search.finish()) continue;
    if (places == Places::kKeep) query.match.places.push_back(Thing::of(id));
    return true;
  }
  return query.predicate.quantity == Quantity::kNone;
}

}  // namespace

bool lives(Query& query) {
  const link::VariableId variable = variable_of(query);
  if (variable == link::VariableId::kNone) return false;
  const std::vector<std::string>& names = query.predicate.names;
  const std::string life = life_of(query.program, query.program[variable]);
  return std::find(names.begin(), names.end(), life) != names.end();
}

bool grows(Query& query) { return changes_so(query, is_growth, Places::kKeep); }

bool shrinks(Query& query) {
  if (query.thing.subject == Subject::kFunction) {
    const bool emptied = is_cleared(query.evaluator, static_cast<link::FunctionId>(query.thing.id));
    return emptied != (query.predicate.quantity == Quantity::kNone);
  }
  if (query.thing.subject != Subject::kVariable) return false;
  const bool elsewhere = query.program[variable_of(query)].emptied;
  if (elsewhere) return query.predicate.quantity != Quantity::kNone;
  return changes_so(query, is_shrinking, Places::kForget);
}

bool written(Query& query) { return changes_so(query, is_later, Places::kForget); }

bool read(Query& query) {
  if (query.thing.subject != Subject::kVariable) return false;
  const link::Variable& variable = query.program[variable_of(query)];
  if (query.predicate.quantity == Quantity::kNone) return !variable.read;
  Search search(query);
  for (const link::SiteId site : query.program.reads_of(variable)) {
    if (search.offer_any(Thing::of(site))) break;
  }
  return search.finish();
}

}  // namespace stallint::match::words
