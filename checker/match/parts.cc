#include "checker/match/parts.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace stallint::match {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

constexpr size_t kMostParts = 64;

bool named_so(const Query& query, const std::string& name) { return query.evaluator.named(query.predicate, name); }

bool labelled_so(const Query& query, std::span<const link::Graded> labels) {
  for (const rule::Pattern& pattern : query.predicate.patterns) {
    for (const rule::Predicate& predicate : pattern.predicates) {
      if (grade_in(labels, query.evaluator.labels(predicate))) return true;
    }
  }
  return false;
}

bool is_class_name(const std::string& name) {
  const auto lower = [](unsigned char c) { return std::islower(c) != 0; };
  return !name.empty() && std::isupper(static_cast<unsigned char>(name[0])) != 0 &&
         std::any_of(name.begin(), name.end(), lower);
}

// `Kind.REPORT`, `LATEST`: written once, where it is made, and a program has so many of them.
bool is_constant(const link::Program& program, link::VariableId id, const std::string& name, bool of_class) {
  const bool upper = std::none_of(name.begin(), name.end(), [](unsigned char c) { return std::islower(c) != 0; });
  if (id == link::VariableId::kNone) return (upper && name.size() > 1) || of_class;
  const link::Variable& variable = program[id];
  const bool kept = variable.kind == link::VariableKind::kModule || variable.kind == link::VariableKind::kClass;
  const auto writes = program.writes_of(variable);
  return (of_class || (kept && !writes.empty())) && std::all_of(writes.begin(), writes.end(), [&](link::WriteId write) {
           return program[write].initial && program[write].change == link::Change::kAssign;
         });
}

// `digest[:5]`: the first few letters of something, of which there are not so many.
bool is_beginning(const link::Program& program, Value subscript) {
  constexpr double kFew = 8;
  if (expr_of(program, subscript).child_count < 2) return false;
  const Value slice = child_of(program, subscript, 1);
  const Expr& expr = expr_of(program, slice);
  if (expr.kind != ExprKind::kOther || expr.detail != facts::kSlice || expr.child_count != 1) return false;
  if (program.facts_of(slice.function).text(expr.text) != ":b") return false;
  const std::optional<double> end = number_in(program, plain(program, child_of(program, slice, 0)));
  return end && *end > 0 && *end <= kFew;
}

}  // namespace

ExprId behind(const link::Program& program, link::VariableId local) {
  const link::Variable& variable = program[local];
  const auto writes = program.writes_of(variable);
  if (variable.kind != link::VariableKind::kLocal || writes.size() != 1) return ExprId::kNone;
  const link::Write& write = program[writes[0]];
  return write.change == link::Change::kAssign ? write.value : ExprId::kNone;
}

bool made_of(const Query& query, link::VariableId variable) {
  const link::Program& program = query.program;
  return labelled_so(query, program.labels(program[variable])) || named_so(query, program.text(program[variable].name));
}

bool made_of(const Query& query, Value value) {
  const link::Program& program = query.program;
  const facts::Tree& tree = program.body_of(value.function).tree;
  const facts::FileFacts& file = program.facts_of(value.function);
  std::vector<ExprId> work{value.expr};
  for (size_t n = 0; n < work.size(); ++n) {
    if (n == kMostParts) return false;
    const ExprId id = work[n];
    const Expr& expr = tree[id];
    const auto add_children = [&](uint32_t first) {
      for (uint32_t i = first; i < expr.child_count; ++i) work.push_back(tree.child(expr, i));
    };
    switch (expr.kind) {
      case ExprKind::kLiteral:
        continue;
      case ExprKind::kTuple:
      case ExprKind::kFormatted:
      case ExprKind::kBinary:
      case ExprKind::kEither:
      case ExprKind::kAwait:
      case ExprKind::kAssigned:
      case ExprKind::kKeyword:
        add_children(0);
        continue;
      case ExprKind::kName:
      case ExprKind::kAttribute: {
        const link::VariableId variable = program.variable_of(value.function, id);
        const bool of_class =
            expr.kind == ExprKind::kAttribute && is_class_name(file.text(tree[tree.child(expr, 0)].text));
        if (named_so(query, file.text(expr.text))) continue;
        if (is_constant(program, variable, file.text(expr.text), of_class)) continue;
        if (variable == link::VariableId::kNone) return false;
        if (labelled_so(query, program.labels(program[variable]))) continue;
        const ExprId made = program[variable].function == value.function ? behind(program, variable) : ExprId::kNone;
        if (made == ExprId::kNone) return false;
        work.push_back(made);
        continue;
      }
      case ExprKind::kCall: {
        const link::SiteId site = program.site_of(value.function, id);
        if (site != link::SiteId::kNone && labelled_so(query, program.labels(program[site]))) continue;
        const ExprId callee = tree.child(expr, 0);
        const bool method = tree[callee].kind == ExprKind::kAttribute;
        if (named_so(query, file.text(tree[callee].text))) continue;
        if (!method && expr.child_count == 1) return false;
        // `str(x)`, `id(x)` and `key_of(x, y)` are as many as what they are made of, and so is `x.lower()`.
        // `x.get("name")` is as many as x; in Python it is mostly a dict of settings that is asked so.
        const bool asks = method && (expr.child_count == 1 || file.language == facts::Language::kCpp);
        if (asks) work.push_back(tree.child(callee, 0));
        add_children(1);
        continue;
      }
      case ExprKind::kSubscript: {
        if (is_beginning(program, {value.function, id})) continue;
        const ExprId key = expr.child_count > 1 ? tree.child(expr, 1) : ExprId::kNone;
        if (key == ExprId::kNone || !is_literal(tree[key], facts::Literal::kString)) return false;
        if (!named_so(query, file.text(tree[key].text))) return false;
        continue;
      }
      default:
        return false;
    }
  }
  return true;
}

}  // namespace stallint::match
