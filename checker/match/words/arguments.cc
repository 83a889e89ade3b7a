// `args`: what a call is given.
#include "checker/base/glob.h"
#include "checker/base/text.h"
#include "checker/match/evaluator.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using rule::ArgumentTest;

enum class Truth : uint8_t { kNo, kUnsure, kYes };

Truth truth(bool value) { return value ? Truth::kYes : Truth::kNo; }

// The test's literal is Python as spelt, or the text of a string.
bool equals(const link::Program& program, Value value, const std::string& literal) {
  const facts::Expr& expr = expr_of(program, value);
  if (expr.kind == facts::ExprKind::kLiteral) {
    switch (static_cast<facts::Literal>(expr.detail)) {
      case facts::Literal::kNone:
        return literal == "None";
      case facts::Literal::kTrue:
        return literal == "True";
      case facts::Literal::kFalse:
        return literal == "False";
      default:
        break;
    }
    if (program.facts_of(value.function).text(expr.text) == literal) return true;
  }
  const std::optional<double> number = number_in(program, value);
  if (!number || literal.empty()) return false;
  char* end = nullptr;
  const double wanted = std::strtod(literal.c_str(), &end);
  return *end == '\0' && wanted == *number;
}

// What a local stream of text begins with: `out << "/proc/" << id`.
facts::ExprId first_put_into(const link::Program& program, link::FunctionId function, link::VariableId stream) {
  const facts::Tree& tree = program.body_of(function).tree;
  const auto puts = [&](const facts::Expr& expr) {
    return expr.kind == facts::ExprKind::kBinary && expr.child_count == 2 &&
           program.facts_of(function).text(expr.text) == "<<" &&
           program.variable_of(function, tree.child(expr, 0)) == stream;
  };
  const auto first = std::find_if(tree.exprs.begin(), tree.exprs.end(), puts);
  return first == tree.exprs.end() ? facts::ExprId::kNone : tree.child(*first, 1);
}

// Statements of SQL are written in lines and upper case, or not. Of `"/proc/" + name` the beginning is known, of
// `wide ? "a" : "b"` each side has to be.
Truth is_like(const link::Program& program, Value value, const std::vector<std::string>& globs, int depth = 0) {
  constexpr size_t kKnown = 190;  // bytes; facts cut longer texts
  constexpr int kMostSteps = 8;   // `text = text + "."`
  if (depth == kMostSteps) return Truth::kNo;
  const facts::Expr& expr = expr_of(program, value);
  if (expr.kind == facts::ExprKind::kName) {  // a local name for it, set once
    const link::VariableId local = program.variable_of(value.function, value.expr);
    const bool own = local != link::VariableId::kNone && program[local].kind == link::VariableKind::kLocal &&
                     program[local].function == value.function && program.writes_of(program[local]).size() == 1;
    facts::ExprId set = own ? program[program.writes_of(program[local])[0]].value : facts::ExprId::kNone;
    if (own && grade_in(program.labels(program[local]), program.covered("text.stream"))) {
      set = first_put_into(program, value.function, local);
    }
    if (set != facts::ExprId::kNone && set != value.expr) {
      return is_like(program, plain(program, {value.function, set}), globs, depth + 1);
    }
  }
  if (expr.kind == facts::ExprKind::kBinary && program.facts_of(value.function).text(expr.text) == "+") {
    return is_like(program, plain(program, child_of(program, value, 0)), globs, depth + 1);
  }
  if (expr.kind == facts::ExprKind::kEither && static_cast<facts::Either>(expr.detail) == facts::Either::kConditional) {
    Truth all = Truth::kYes;
    for (uint32_t n = 0; n < expr.child_count; ++n) {
      const Truth one = is_like(program, plain(program, child_of(program, value, n)), globs, depth + 1);
      if (one != Truth::kYes) all = all == Truth::kNo ? all : one;
    }
    return all;
  }
  const bool text = is_literal(expr, facts::Literal::kString) || expr.kind == facts::ExprKind::kFormatted;
  if (!text) return Truth::kNo;
  const std::string& written = program.facts_of(value.function).text(expr.text);
  if (written.size() > kKnown) return Truth::kUnsure;
  std::string plain;
  for (const char c : lower(written)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) plain += c;
    if (blank && !plain.empty() && plain.back() != ' ') plain += ' ';
  }
  return truth(
      std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return name_matches(glob, plain); }));
}

// `for statement in statements: execute(statement)`, and `execute(text(statement))`.
bool is_iterated(const link::Program& program, Value value) {
  const facts::Body& body = program.body_of(value.function);
  if (body.tree[value.expr].kind == facts::ExprKind::kCall && body.tree[value.expr].child_count == 2) {
    value = child_of(program, value, 1);
  }
  const facts::Expr& name = body.tree[value.expr];
  if (name.kind != facts::ExprKind::kName) return false;
  return std::any_of(body.writes.begin(), body.writes.end(), [&](const facts::Write& write) {
    return write.op == facts::WriteOp::kIterate && write.target != facts::ExprId::kNone &&
           body.tree[write.target].kind == facts::ExprKind::kName && body.tree[write.target].text == name.text;
  });
}

Truth has_shape(const link::Program& program, const Argument& argument, const std::string& shape) {
  if (shape == "spread") return truth(argument.spread);
  if (argument.spread) return Truth::kUnsure;
  if (shape == "list") return truth(is_list(program, argument.value));
  if (shape == "formatted") return truth(is_formatted(program, plain(program, argument.value)));
  if (shape == "written-out") return truth(is_written_out(program, argument.value));
  if (shape == "iterated") return truth(is_iterated(program, argument.value));
  if (shape == "literal") return truth(is_constant(program, argument.value));
  return truth(is_constant(program, plain(program, argument.value)));  // constant
}

std::optional<Confidence> better(std::optional<Confidence> a, std::optional<Confidence> b) {
  if (!a || !b) return a ? a : b;
  return std::max(*a, *b);
}

// Labels of what an argument says: of the call or variable, of a name of a library, of each side of `a | b`.
std::optional<Confidence> grade_of(const Query& query, Value value, const link::LabelSet& set, int depth) {
  const link::Program& program = query.program;
  const facts::Expr& expr = expr_of(program, value);
  std::optional<Confidence> grade = value_grade(program, value.function, value.expr, set);
  if (depth < kDeepest && expr.kind == facts::ExprKind::kBinary &&
      program.facts_of(value.function).text(expr.text) == "|") {
    for (uint32_t n = 0; n < expr.child_count; ++n) {
      grade = better(grade, grade_of(query, child_of(program, value, n), set, depth + 1));
    }
  }
  const std::string& name = program.text(program.library_name_of(value.function, value.expr));
  return better(grade, grade_in(query.evaluator.labels_of_name(rule::Labelled::Kind::kProperty, name), set));
}

// Labels of the function of the project that is handed over by that argument.
std::optional<Confidence> grade_of_handed(const Query& query, const link::Site& site, const std::string& name,
                                          const link::LabelSet& set) {
  std::optional<Confidence> grade;
  for (const link::Handed& handed : query.program.handed) {
    if (&query.program[handed.site] != &site || query.program.text(handed.argument) != name) continue;
    grade = better(grade, grade_in(query.program.function_labels[index(handed.function)], set));
  }
  return grade;
}

Truth has_label(const Query& query, const link::Site& site, const ArgumentTest& test, const Argument& argument) {
  const link::LabelSet set = query.program.covered(test.literal);
  const std::optional<Confidence> grade =
      better(grade_of(query, argument.value, set, 0), grade_of_handed(query, site, test.name, set));
  if (!grade) return Truth::kNo;
  weaken(query.match, *grade);
  return Truth::kYes;
}

Truth holds(const Query& query, const link::Site& site, const ArgumentTest& test) {
  const Argument argument = given_to(query.program, site, test.name);
  using State = Argument::State;
  if (test.kind == ArgumentTest::Kind::kShape && test.literal == "spread" && argument.spread) return Truth::kYes;
  if (argument.state == State::kUnsure) return Truth::kUnsure;
  if (test.kind == ArgumentTest::Kind::kMissing) return truth(argument.state == State::kMissing);
  if (argument.state == State::kMissing) return Truth::kNo;

  switch (test.kind) {
    case ArgumentTest::Kind::kGiven:
      return Truth::kYes;
    case ArgumentTest::Kind::kShape:
      return has_shape(query.program, argument, test.literal);
    case ArgumentTest::Kind::kIs:
      return has_label(query, site, test, argument);
    case ArgumentTest::Kind::kNone:
      if (argument.spread) return Truth::kUnsure;
      return truth(is_literal(expr_of(query.program, plain(query.program, argument.value)), facts::Literal::kNone));
    case ArgumentTest::Kind::kLike:
      if (argument.spread) return Truth::kUnsure;
      return is_like(query.program, plain(query.program, argument.value), test.globs);
    default:
      if (argument.spread) return Truth::kUnsure;
      return truth(equals(query.program, plain(query.program, argument.value), test.literal));
  }
}

}  // namespace

bool args(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  const link::Site& site = query.program[static_cast<link::SiteId>(query.thing.id)];
  return std::all_of(query.predicate.arguments.begin(), query.predicate.arguments.end(), [&](const ArgumentTest& test) {
    return holds(query, site, test) == (test.negated ? Truth::kNo : Truth::kYes);
  });
}

}  // namespace stallint::match::words
