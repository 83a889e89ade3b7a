// `is`, `over` and `name`: what a thing is called, and what the models say of it.
#include "checker/match/evaluator.h"
#include "checker/match/spell.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using rule::Subject;

constexpr auto kDecorator = rule::Labelled::Kind::kDecorator;

// `enumerate(sorted(batched(xs, 9)))`: deeper than this nobody looks.
constexpr int kWrappers = 4;

bool take(Query& query, std::optional<Confidence> grade) {
  if (!grade) return false;
  weaken(query.match, *grade);
  return true;
}

std::optional<Confidence> better(std::optional<Confidence> a, std::optional<Confidence> b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);
}

// The library's name of a decorator; of one that nobody knows only the last part, which patterns `*.get` may fit.
std::string decorator_name(const link::Program& program, const link::Site& site) {
  const link::NameId name = program.library_name_of(site.in, site.expr);
  return name == link::NameId::kEmpty ? "?." + program.text(site.method) : program.text(name);
}

std::optional<Confidence> of_site(const Query& query, const link::LabelSet& set) {
  const link::Program& program = query.program;
  const link::Site& site = program[static_cast<link::SiteId>(query.thing.id)];
  if (query.thing.leaf != link::Label::kNone) {
    // A sink is one thing that its call does. What does not travel is said of the call as a whole.
    const std::optional<Confidence> own = grade_in(program.labels(site), set);
    if (own && grade_in(program.labels(site), set & ~program.travelling)) return own;
    if (!set.test(index(query.thing.leaf))) return std::nullopt;
    return own.value_or(Confidence::kExact);
  }
  std::optional<Confidence> grade = grade_in(program.labels(site), set);
  if (site.kind != link::SiteKind::kDecorator || site.expr == facts::ExprId::kNone) return grade;
  if (!query.evaluator.gives(kDecorator, set)) return grade;
  return better(grade, grade_in(query.evaluator.labels_of_name(kDecorator, decorator_name(program, site)), set));
}

// A class has no labels of its own but those of its decorators.
std::optional<Confidence> of_class(const Query& query, const link::LabelSet& set) {
  std::optional<Confidence> grade;
  if (!query.evaluator.gives(kDecorator, set)) return grade;
  for (const link::SiteId decorator : decorators_of(query.program, query.thing)) {
    const link::Site& site = query.program[decorator];
    grade =
        better(grade, grade_in(query.evaluator.labels_of_name(kDecorator, decorator_name(query.program, site)), set));
  }
  return grade;
}

std::optional<Confidence> of_write(const Query& query, const link::LabelSet& set) {
  const link::Write& write = query.program[static_cast<link::WriteId>(query.thing.id)];
  if (write.site != link::SiteId::kNone) return grade_in(query.program.labels(query.program[write.site]), set);
  if (write.value == facts::ExprId::kNone) return std::nullopt;
  return value_grade(query.program, write.in, write.value, set);
}

// `async with few:` of an object of the project, `few = PerLoop(10)`: what the `__aenter__` of its class is labelled.
std::optional<Confidence> of_entered(const link::Program& program, Value value, const link::LabelSet& set) {
  const auto made_by = [&](link::FunctionId function, facts::ExprId expr) -> std::optional<Confidence> {
    const link::SiteId site = expr == facts::ExprId::kNone ? link::SiteId::kNone : program.site_of(function, expr);
    if (site == link::SiteId::kNone) return std::nullopt;
    for (const link::Edge& edge : program.edges_of(program[site])) {
      if (edge.callee == link::FunctionId::kNone || program.text(program[edge.callee].name) != "__init__") continue;
      for (size_t f = 0; f < program.functions.size(); ++f) {
        const link::Function& method = program.functions[f];
        if (method.owner != program[edge.callee].owner || program.text(method.name) != "__aenter__") continue;
        if (const auto grade = grade_in(program.function_labels[f], set)) return grade;
      }
    }
    return std::nullopt;
  };
  value = plain(program, value);
  if (expr_of(program, value).kind == facts::ExprKind::kCall) return made_by(value.function, value.expr);
  const link::VariableId id = program.variable_of(value.function, value.expr);
  if (id == link::VariableId::kNone) return std::nullopt;
  std::optional<Confidence> grade;
  for (const link::WriteId write : program.writes_of(program[id])) {
    grade = better(grade, made_by(program[write].in, program[write].value));
  }
  return grade;
}

std::optional<Confidence> of_block(const Query& query, const link::LabelSet& set) {
  const auto function = static_cast<link::FunctionId>(query.thing.id);
  const facts::Block& block = block_at(query.program, function, query.thing.block);
  if (block.subject == facts::ExprId::kNone) return std::nullopt;
  std::optional<Confidence> grade = value_grade(query.program, function, block.subject, set);
  if (!grade && block.async && block.kind == facts::BlockKind::kRegion) {
    grade = of_entered(query.program, {function, block.subject}, set);
  }
  const link::SiteId hidden = hidden_site(query.program, function, block.subject);
  if (hidden == link::SiteId::kNone) return grade;
  return better(grade, grade_in(query.program.labels(query.program[hidden]), set));
}

// What a loop goes over: a call or a value with the label, a call of such a function of the project, or either within a
// call that only passes it on: `enumerate(batched(xs, 9))`.
std::optional<Confidence> grade_over(const Query& query, link::FunctionId function, facts::ExprId expr,
                                     const link::LabelSet& set, int depth) {
  const link::Program& program = query.program;
  std::optional<Confidence> grade = value_grade(program, function, expr, set);
  const auto of_functions = [&](link::SiteId id) {
    if (id == link::SiteId::kNone) return;
    for (const link::Edge& edge : program.edges_of(program[id])) {
      if (edge.callee == link::FunctionId::kNone) continue;
      grade = better(grade, grade_in(program.function_labels[index(edge.callee)], set));
    }
  };
  const Value value = plain(program, {function, expr});
  const link::SiteId site = program.site_of(value.function, value.expr);
  of_functions(site);
  of_functions(hidden_site(program, value.function, value.expr));
  for (const link::Site& one : sites_of(program, value.function)) {  // an attribute that is read
    if (one.kind == link::SiteKind::kProperty && one.expr == value.expr) {
      grade = better(grade, grade_in(program.labels(one), set));
    }
  }
  const facts::Expr& call = expr_of(program, value);
  if (grade || site == link::SiteId::kNone || call.kind != facts::ExprKind::kCall || depth == kWrappers) return grade;
  if (!grade_in(program.labels(program[site]), program.covered("gives.same"))) return grade;
  const Value callee = child_of(program, value, 0);  // `tables.values()` is about tables
  if (expr_of(program, callee).kind == facts::ExprKind::kAttribute) {
    grade = grade_over(query, value.function, child_of(program, callee, 0).expr, set, depth + 1);
  }
  for (uint32_t n = 1; n < call.child_count; ++n) {
    grade = better(grade, grade_over(query, value.function, child_of(program, value, n).expr, set, depth + 1));
  }
  return grade;
}

// `self.store.load(...)`: the callee has a dot, however it is spelled.
bool calls_attribute(const link::Program& program, const link::Site& site) {
  if (site.kind != link::SiteKind::kCall || program.language_of(site.in) != facts::Language::kPython) return false;
  const facts::Tree& tree = program.body_of(site.in).tree;
  return tree[site.expr].kind == facts::ExprKind::kCall &&
         tree[tree.child(site.expr, 0)].kind == facts::ExprKind::kAttribute;
}

}  // namespace

bool is(Query& query) {
  const link::LabelSet set = query.evaluator.labels(query.predicate);
  const link::Program& program = query.program;
  switch (query.thing.subject) {
    case Subject::kCall:
      return take(query, of_site(query, set));
    case Subject::kFunction:
      return take(query, grade_in(program.function_labels[query.thing.id], set));
    case Subject::kVariable:
      return take(query, grade_in(program.labels(program[static_cast<link::VariableId>(query.thing.id)]), set));
    case Subject::kClass:
      return take(query, of_class(query, set));
    case Subject::kWrite:
      return take(query, of_write(query, set));
    case Subject::kTest:
      return false;
    default:
      return take(query, of_block(query, set));
  }
}

bool over(Query& query) {
  const link::LabelSet set = query.evaluator.labels(query.predicate);
  std::optional<Confidence> grade = of_block(query, set);
  const auto function = static_cast<link::FunctionId>(query.thing.id);
  const facts::ExprId subject = block_at(query.program, function, query.thing.block).subject;
  if (!grade && subject != facts::ExprId::kNone) grade = grade_over(query, function, subject, set, 0);
  return take(query, grade);
}

bool name(Query& query) {
  const link::Program& program = query.program;
  const auto named = [&](const std::string& text) {
    return !text.empty() && query.evaluator.named(query.predicate, text);
  };
  const auto either = [&](const auto& thing) {
    return named(program.text(thing.name)) || named(program.text(thing.qualified));
  };
  switch (query.thing.subject) {
    case Subject::kFunction:
      return either(program[static_cast<link::FunctionId>(query.thing.id)]);
    case Subject::kClass:
      return either(program[static_cast<link::ClassId>(query.thing.id)]);
    case Subject::kVariable:
      return named(program.text(program[static_cast<link::VariableId>(query.thing.id)].name));
    case Subject::kCall: {
      const link::Site& site = program[static_cast<link::SiteId>(query.thing.id)];
      if (named(program.text(site.name)) || named(program.text(site.method))) return true;
      if (calls_attribute(program, site) && !query.evaluator.names(query.predicate).has_paths()) return false;
      return named(spell_callee(program, site));
    }
    default:
      return false;
  }
}

}  // namespace stallint::match::words
