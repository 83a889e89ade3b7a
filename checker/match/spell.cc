#include "checker/match/spell.h"

#include "checker/match/values.h"

namespace stallint::match {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

class Speller {
 public:
  Speller(const facts::FileFacts& file, const facts::Tree& tree, Spelling spelling)
      : file_(file), tree_(tree), brief_(spelling == Spelling::kBrief), cpp_(file.language == facts::Language::kCpp) {}

  std::string text(ExprId id) const {
    if (depth_ == kDeepest) return "...";
    ++depth_;
    std::string spelt = spell(tree_[id]);
    --depth_;
    return spelt;
  }

 private:
  std::string spell(const Expr& expr) const {
    switch (expr.kind) {
      case ExprKind::kName:
        return file_.text(expr.text);
      case ExprKind::kAttribute:
        return is_this(expr) ? file_.text(expr.text) : operand(expr, 0) + "." + file_.text(expr.text);
      case ExprKind::kCall:
        return call(expr);
      case ExprKind::kKeyword:
        return file_.text(expr.text) + "=" + child(expr, 0);
      case ExprKind::kStar:
        return "*" + child(expr, 0);
      case ExprKind::kDoubleStar:
        return "**" + child(expr, 0);
      case ExprKind::kSubscript:
        return operand(expr, 0) + "[" + list(expr, 1, ", ") + "]";
      case ExprKind::kLiteral:
        return literal(expr);
      case ExprKind::kFormatted:
        return "f\"" + file_.text(expr.text) + "\"{" + list(expr, 0, ", ") + "}";
      case ExprKind::kBinary:
      case ExprKind::kCompare:
        if (expr.child_count < 2) break;
        return operand(expr, 0) + " " + file_.text(expr.text) + " " + operand(expr, 1);
      case ExprKind::kUnary:
        return file_.text(expr.text) + operand(expr, 0);
      case ExprKind::kNot:
        return (cpp_ ? "!" : "not ") + operand(expr, 0);
      case ExprKind::kEither:
        return either(expr);
      case ExprKind::kAwait:
        return (cpp_ ? "co_await " : "await ") + child(expr, 0);
      case ExprKind::kYield:
        return expr.child_count == 0 ? "yield" : "yield " + child(expr, 0);
      case ExprKind::kFunction:
        return "lambda";
      case ExprKind::kTuple:
        return "(" + list(expr, 0, ", ") + ")";
      case ExprKind::kList:
        return "[" + list(expr, 0, ", ") + "]";
      case ExprKind::kSet:
      case ExprKind::kDict:
        return "{" + list(expr, 0, ", ") + "}";
      case ExprKind::kComprehension:
        return "[" + list(expr, 0, ", ") + " for ...]";
      case ExprKind::kAssigned:
        return file_.text(expr.text) + " := " + child(expr, 0);
      case ExprKind::kOther:
        break;
    }
    return expr.detail == facts::kSlice ? list(expr, 0, ":") : "(" + list(expr, 0, ", ") + ")";
  }

  // A member of C++ is called by its name, whether or not `this->` stands before it.
  bool is_this(const Expr& attribute) const {
    if (!cpp_ || attribute.child_count == 0) return false;
    const Expr& base = tree_[tree_.child(attribute, 0)];
    return base.kind == ExprKind::kName && file_.text(base.text) == "this";
  }

  std::string child(const Expr& expr, uint32_t n) const {
    return n < expr.child_count ? text(tree_.child(expr, n)) : "";
  }

  // In parentheses where it would read wrongly without: `(a / b).name`.
  std::string operand(const Expr& expr, uint32_t n) const {
    if (n >= expr.child_count) return "";
    switch (tree_[tree_.child(expr, n)].kind) {
      case ExprKind::kBinary:
      case ExprKind::kCompare:
      case ExprKind::kEither:
      case ExprKind::kAwait:
      case ExprKind::kNot:
        return "(" + child(expr, n) + ")";
      default:
        return child(expr, n);
    }
  }

  std::string list(const Expr& expr, uint32_t from, const char* separator) const {
    std::string joined;
    for (uint32_t n = from; n < expr.child_count; ++n) {
      if (n > from) joined += separator;
      joined += child(expr, n);
    }
    return joined;
  }

  std::string call(const Expr& expr) const {
    const bool omitted = brief_ && expr.child_count > 1;
    return operand(expr, 0) + "(" + (omitted ? "..." : list(expr, 1, ", ")) + ")";
  }

  std::string either(const Expr& expr) const {
    switch (static_cast<facts::Either>(expr.detail)) {
      case facts::Either::kOr:
        return list(expr, 0, cpp_ ? " || " : " or ");
      case facts::Either::kAnd:
        return list(expr, 0, cpp_ ? " && " : " and ");
      case facts::Either::kConditional:
        return cpp_ ? "... ? " + list(expr, 0, " : ") : list(expr, 0, " if ... else ");
    }
    return "";
  }

  std::string literal(const Expr& expr) const {
    switch (static_cast<facts::Literal>(expr.detail)) {
      case facts::Literal::kNone:
        return cpp_ ? "nullptr" : "None";
      case facts::Literal::kTrue:
        return cpp_ ? "true" : "True";
      case facts::Literal::kFalse:
        return cpp_ ? "false" : "False";
      case facts::Literal::kEllipsis:
        return "...";
      case facts::Literal::kString:
        return "\"" + file_.text(expr.text) + "\"";
      case facts::Literal::kBytes:
        return "b\"" + file_.text(expr.text) + "\"";
      default:
        return file_.text(expr.text);
    }
  }

  const facts::FileFacts& file_;
  const facts::Tree& tree_;
  bool brief_;
  bool cpp_;
  mutable int depth_ = 0;
};

}  // namespace

std::string spell(const facts::FileFacts& file, const facts::Tree& tree, ExprId expr, Spelling spelling) {
  return Speller(file, tree, spelling).text(expr);
}

std::string spell(const link::Program& program, link::FunctionId function, ExprId expr, Spelling spelling) {
  return spell(program.facts_of(function), program.body_of(function).tree, expr, spelling);
}

namespace {

ExprId callee_of(const facts::Tree& tree, ExprId expr) {
  return tree[expr].kind == ExprKind::kCall && tree[expr].child_count > 0 ? tree.child(expr, 0) : expr;
}

// `sorted(root.rglob("*"))` waits in rglob, which sorted() only drives: the argument that has the name of the site.
ExprId driven_by(const link::Program& program, const link::Site& site) {
  const facts::Tree& tree = program.body_of(site.in).tree;
  const Expr& call = tree[site.expr];
  if (call.kind != ExprKind::kCall || site.name == link::NameId::kEmpty) return site.expr;
  for (uint32_t n = 1; n < call.child_count; ++n) {
    const ExprId argument = tree.child(call, n);
    const link::SiteId inner = program.site_of(site.in, argument);
    if (inner != link::SiteId::kNone && program[inner].name == site.name) return argument;
  }
  return site.expr;
}

}  // namespace

std::string spell_callee(const link::Program& program, const link::Site& site) {
  if (site.expr == ExprId::kNone) return program.text(site.method);
  const ExprId callee = callee_of(program.body_of(site.in).tree, site.expr);
  return spell(program, site.in, callee, Spelling::kBrief);
}

std::string spell_driven(const link::Program& program, const link::Site& site) {
  if (site.expr == ExprId::kNone) return "";
  const ExprId driven = driven_by(program, site);
  if (driven == site.expr) return "";
  return spell(program, site.in, callee_of(program.body_of(site.in).tree, driven), Spelling::kBrief);
}

Named named(const link::Program& program, link::VariableId variable) {
  return {"v" + std::to_string(index(variable)), program.text(program[variable].name), variable};
}

Named named(const link::Program& program, link::FunctionId function, ExprId expr) {
  const link::VariableId variable = program.variable_of(function, expr);
  const std::string shown = spell(program, function, expr, Spelling::kBrief);
  if (variable != link::VariableId::kNone) return {"v" + std::to_string(index(variable)), shown, variable};
  return {"e" + spell(program, function, expr, Spelling::kWhole), shown, link::VariableId::kNone};
}

bool unify(Match& match, const std::string& variable, const Named& what) {
  const std::string_view name = std::string_view(variable).substr(variable.rfind('$') + 1);
  if (const Match::Bound* bound = match.bound(name)) return bound->identity == what.identity;
  match.variables = std::make_shared<Match::Bound>(
      Match::Bound{std::string(name), what.identity, what.shown, std::move(match.variables)});
  return true;
}

std::optional<Named> acted_upon(const link::Program& program, const link::Site& site) {
  if (site.of != link::VariableId::kNone) return named(program, site.of);
  if (site.expr == ExprId::kNone) return std::nullopt;
  const facts::Tree& tree = program.body_of(site.in).tree;
  const Expr& call = tree[site.expr];
  if (call.kind != ExprKind::kCall || call.child_count == 0) return named(program, site.in, site.expr);

  const Expr& callee = tree[tree.child(call, 0)];
  if (callee.kind == ExprKind::kAttribute) {
    const ExprId receiver = tree.child(callee, 0);
    const ExprKind kind = tree[receiver].kind;
    const bool dotted = kind == ExprKind::kName || kind == ExprKind::kAttribute;
    const bool module = dotted && program.library_name_of(site.in, receiver) != link::NameId::kEmpty;
    if (!module) return named(program, site.in, receiver);
  }
  for (uint32_t n = 1; n < call.child_count; ++n) {
    const ExprId argument = tree.child(call, n);
    const ExprKind kind = tree[argument].kind;
    if (kind == ExprKind::kKeyword || kind == ExprKind::kDoubleStar) continue;
    const Value given{site.in, kind == ExprKind::kStar ? tree.child(argument, 0) : argument};
    return named(program, site.in, text_behind(program, given).expr);
  }
  return std::nullopt;
}

}  // namespace stallint::match
