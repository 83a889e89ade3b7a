#include "checker/match/values.h"

#include "checker/match/evaluator.h"
#include "checker/match/spot.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace stallint::match {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using facts::Literal;

// The value of a module constant that is written once, where it is made: `TIMEOUT = None`.
Value constant_behind(const link::Program& program, Value value) {
  const link::VariableId id = program.variable_of(value.function, value.expr);
  if (id == link::VariableId::kNone || program[id].kind != link::VariableKind::kModule) return {};
  const auto writes = program.writes_of(program[id]);
  if (writes.size() != 1) return {};
  const link::Write& write = program[writes[0]];
  if (!write.initial || write.value == ExprId::kNone || write.change != link::Change::kAssign) return {};
  const Value behind{write.in, write.value};
  return is_constant(program, behind) ? behind : Value{};
}

std::optional<uint32_t> position_in(std::string_view name) {
  uint32_t position = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), position);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return position;
}

// Parameters of the project function that a site calls, without self and cls; null if it calls none, or several.
struct Parameters {
  const facts::FileFacts* file = nullptr;
  std::vector<const facts::Parameter*> positional;
};

Parameters parameters_of(const link::Program& program, const link::Site& site) {
  Parameters found;
  const auto edges = program.edges_of(site);
  if (edges.size() != 1 || edges[0].callee == link::FunctionId::kNone) return found;
  const link::Function& callee = program[edges[0].callee];
  found.file = &program.facts_of(edges[0].callee);
  size_t skipped = callee.takes_self ? 1 : 0;
  for (const facts::Parameter& parameter : program.outline_of(edges[0].callee).parameters) {
    const bool positional =
        parameter.kind == facts::ParameterKind::kPositional || parameter.kind == facts::ParameterKind::kPositionalOnly;
    if (!positional) break;
    if (skipped > 0) {
      --skipped;
    } else {
      found.positional.push_back(&parameter);
    }
  }
  return found;
}

Argument by_position(const link::Program& program, Value call, uint32_t position) {
  const Expr& expr = expr_of(program, call);
  uint32_t at = 0;
  for (uint32_t n = 1; n < expr.child_count; ++n) {
    const Value argument = child_of(program, call, n);
    const ExprKind kind = expr_of(program, argument).kind;
    if (kind == ExprKind::kKeyword || kind == ExprKind::kDoubleStar) continue;
    if (kind == ExprKind::kStar) {
      return {at == position ? Argument::State::kGiven : Argument::State::kUnsure, child_of(program, argument, 0),
              true};
    }
    if (at++ == position) return {Argument::State::kGiven, argument, false};
  }
  return {};
}

Argument by_keyword(const link::Program& program, Value call, std::string_view name) {
  const Expr& expr = expr_of(program, call);
  const facts::FileFacts& file = program.facts_of(call.function);
  Argument found;
  for (uint32_t n = 1; n < expr.child_count; ++n) {
    const Value argument = child_of(program, call, n);
    const Expr& inner = expr_of(program, argument);
    if (inner.kind == ExprKind::kDoubleStar) found.state = Argument::State::kUnsure;
    if (inner.kind != ExprKind::kKeyword || file.text(inner.text) != name) continue;
    return {Argument::State::kGiven, child_of(program, argument, 0), false};
  }
  return found;
}

// `get = functools.partial(requests.get, timeout=5)`: what the partial call was given is given to each call of `get`.
Value partial_behind(const link::Program& program, const link::Site& site) {
  const link::VariableId id = program.variable_of(site.in, child_of(program, {site.in, site.expr}, 0).expr);
  if (id == link::VariableId::kNone) return {};
  const auto writes = program.writes_of(program[id]);
  if (writes.size() != 1 || program[writes[0]].value == ExprId::kNone) return {};
  const Value made{program[writes[0]].in, program[writes[0]].value};
  const link::SiteId maker = program.site_of(made.function, made.expr);
  if (maker == link::SiteId::kNone) return {};
  return grade_in(program.labels(program[maker]), program.covered("partial")) ? made : Value{};
}

std::optional<uint32_t> position_of(const Parameters& parameters, std::string_view name) {
  for (uint32_t n = 0; n < parameters.positional.size(); ++n) {
    if (parameters.file->text(parameters.positional[n]->name) == name) return n;
  }
  return std::nullopt;
}

}  // namespace

const Expr& expr_of(const link::Program& program, Value value) {
  return program.body_of(value.function).tree[value.expr];
}

Value child_of(const link::Program& program, Value value, uint32_t n) {
  return {value.function, program.body_of(value.function).tree.child(value.expr, n)};
}

Value text_behind(const link::Program& program, Value value) {
  const facts::Tree& tree = program.body_of(value.function).tree;
  while (tree[value.expr].kind == ExprKind::kCall) {
    const Expr& callee = tree[tree.child(value.expr, 0)];
    const link::SiteId site = program.site_of(value.function, value.expr);
    if (site == link::SiteId::kNone) break;
    if (!grade_in(program.labels(program[site]), program.covered("gives.text"))) break;
    const bool method = callee.kind == ExprKind::kAttribute;
    if (!method && tree[value.expr].child_count != 2) break;
    value.expr = method ? tree.child(callee, 0) : tree.child(value.expr, 1);  // `std::string("a")`
  }
  return value;
}

Value plain(const link::Program& program, Value value) {
  const facts::Tree& tree = program.body_of(value.function).tree;
  while ((tree[value.expr].kind == ExprKind::kAwait || tree[value.expr].kind == ExprKind::kAssigned) &&
         tree[value.expr].child_count > 0) {
    value.expr = tree.child(value.expr, 0);
  }
  value = text_behind(program, value);
  const ExprKind kind = tree[value.expr].kind;
  if (kind != ExprKind::kName && kind != ExprKind::kAttribute) return value;
  const Value behind = constant_behind(program, value);
  return behind ? behind : value;
}

bool is_literal(const Expr& expr, Literal literal) {
  return expr.kind == ExprKind::kLiteral && static_cast<Literal>(expr.detail) == literal;
}

bool is_constant(const link::Program& program, Value value) {
  const facts::Tree& tree = program.body_of(value.function).tree;
  return !any_below(tree, value.expr, [&](ExprId id) {
    const Expr& expr = tree[id];
    switch (expr.kind) {
      case ExprKind::kLiteral:
      case ExprKind::kUnary:
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kSet:
      case ExprKind::kDict:
        return false;
      default:
        return expr.kind != ExprKind::kFormatted || expr.child_count > 0;
    }
  });
}

// Down the operands that decide: both of `+`, the left of `%`, each of `a if c else b`.
bool is_text(const link::Program& program, Value value) {
  const facts::Tree& tree = program.body_of(value.function).tree;
  const facts::FileFacts& file = program.facts_of(value.function);
  std::vector<ExprId> work{value.expr};
  while (!work.empty()) {
    const Expr& expr = tree[work.back()];
    work.pop_back();
    if (is_literal(expr, Literal::kString) || expr.kind == ExprKind::kFormatted) return true;
    uint32_t operands = expr.kind == ExprKind::kEither ? expr.child_count : 0;
    if (expr.kind == ExprKind::kBinary && expr.child_count == 2) {
      const std::string& operation = file.text(expr.text);
      operands = operation == "+" ? 2 : operation == "%" ? 1 : 0;
    }
    for (uint32_t n = operands; n-- > 0;) work.push_back(tree.child(expr, n));
  }
  return false;
}

namespace {

// What a function is given by all who call it, as far as they are known: each call by its name gives the parameter
// something written out. A function that is handed over may be called with anything.
constexpr size_t kMostCallers = 32;
constexpr int kMostNames = 64;

bool add_given_by_callers(const link::Program& program, const link::Variable& parameter, std::vector<Value>& work) {
  const link::FunctionId function = parameter.function;
  const auto& callers = program.callers[index(function)];
  if (callers.empty() || callers.size() > kMostCallers || program[function].handed.count > 0) return false;
  const std::string& name = program.text(parameter.name);
  for (const link::SiteId caller : callers) {
    const link::Site& site = program[caller];
    if (site.kind != link::SiteKind::kCall || program.edges_of(site).size() != 1) return false;
    const Argument given = given_to(program, site, name);
    if (given.state == Argument::State::kUnsure || given.spread) return false;
    if (given.state == Argument::State::kGiven) work.push_back(given.value);
  }
  return true;  // what is left out is written out where the parameter is
}

// All that a name may stand for: what it is given by assignment, by a loop over a display, by callers.
bool add_values_of(const link::Program& program, Value value, std::vector<Value>& work,
                   std::vector<link::VariableId>& seen) {
  if (constant_behind(program, value)) return true;
  const link::VariableId id = program.variable_of(value.function, value.expr);
  if (id == link::VariableId::kNone) return false;
  if (std::find(seen.begin(), seen.end(), id) != seen.end()) return true;
  seen.push_back(id);
  const link::Variable& variable = program[id];
  bool written = false;
  const auto add = [&](link::FunctionId in, const facts::Write& write) {
    const bool plain_value = write.op == facts::WriteOp::kAssign || write.op == facts::WriteOp::kUpdate ||
                             write.op == facts::WriteOp::kIterate;
    if (!plain_value || write.value == ExprId::kNone) return false;
    work.push_back({in, write.value});
    written = true;
    return true;
  };
  if (variable.kind == link::VariableKind::kModule) {
    for (const link::WriteId write_id : program.writes_of(variable)) {
      const link::Write& write = program[write_id];
      const auto& writes = program.body_of(write.in).writes;
      const auto from = std::find_if(writes.begin(), writes.end(),
                                     [&](const facts::Write& one) { return one.target == write.target; });
      if (write.site != link::SiteId::kNone || from == writes.end() || !add(write.in, *from)) return false;
    }
    return written;
  }
  const bool parameter = variable.kind == link::VariableKind::kParameter;
  if (!parameter && variable.kind != link::VariableKind::kLocal) return false;
  if (variable.function != value.function) return false;
  for (const facts::Write& write : program.body_of(variable.function).writes) {
    const bool of_it = program.variable_of(variable.function, write.target) == id;
    if (of_it && !add(variable.function, write)) return false;
  }
  return parameter ? add_given_by_callers(program, variable, work) : written;
}

// The method of a text, `"a {}".format(x)` or `" ".join(names)`: what it gives holds its arguments and nothing else.
bool is_method_of_text(const link::Program& program, Value call) {
  const facts::Tree& tree = program.body_of(call.function).tree;
  const Expr& callee = tree[tree.child(call.expr, 0)];
  if (callee.kind != ExprKind::kAttribute) return false;
  const std::string& name = program.facts_of(call.function).text(callee.text);
  return (name == "format" || name == "join") && is_text(program, {call.function, tree.child(callee, 0)});
}

}  // namespace

bool is_written_out(const link::Program& program, Value value) {
  const link::LabelSet numbers = program.covered("number");
  std::vector<Value> work{value};
  std::vector<link::VariableId> seen;
  for (int looked = 0; !work.empty(); ++looked) {
    if (looked == kMostNames) return false;
    const Value at = text_behind(program, work.back());
    work.pop_back();
    const facts::Tree& tree = program.body_of(at.function).tree;
    const Expr& expr = tree[at.expr];
    uint32_t first = 0;
    switch (expr.kind) {
      case ExprKind::kLiteral:
        continue;
      case ExprKind::kName:
      case ExprKind::kAttribute:
        if (value_grade(program, at.function, at.expr, numbers)) continue;
        if (expr.kind == ExprKind::kAttribute || !add_values_of(program, at, work, seen)) return false;
        continue;
      case ExprKind::kCall:
        if (value_grade(program, at.function, at.expr, numbers)) continue;
        if (!is_method_of_text(program, at)) return false;
        first = 1;
        break;
      case ExprKind::kKeyword:
      case ExprKind::kBinary:
      case ExprKind::kFormatted:
      case ExprKind::kEither:
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kSet:
      case ExprKind::kDict:
        break;
      default:
        return false;
    }
    for (uint32_t n = first; n < expr.child_count; ++n) work.push_back({at.function, tree.child(expr, n)});
  }
  return true;
}

bool is_list(const link::Program& program, Value value) {
  const facts::Tree& tree = program.body_of(value.function).tree;
  const facts::FileFacts& file = program.facts_of(value.function);
  ExprId id = value.expr;
  while (tree[id].kind == ExprKind::kBinary && tree[id].child_count > 0 && file.text(tree[id].text) == "+") {
    id = tree.child(id, 0);
  }
  return tree[id].kind == ExprKind::kList || tree[id].kind == ExprKind::kTuple;
}

std::vector<facts::BlockId> loops_of(const facts::Body& body, const facts::Expr& comprehension) {
  std::vector<facts::BlockId> loops;
  if (comprehension.child_count == 0) return loops;
  facts::BlockId block = body.tree[body.tree.child(comprehension, 0)].block;
  for (; block != comprehension.block && block != facts::BlockId::kNone; block = body.blocks[index(block)].parent) {
    if (body.blocks[index(block)].kind == facts::BlockKind::kLoop) loops.push_back(block);
  }
  return loops;
}

bool is_formatted(const link::Program& program, Value value) {
  value = text_behind(program, value);
  const facts::Tree& tree = program.body_of(value.function).tree;
  const Expr& expr = tree[value.expr];
  if (expr.kind == ExprKind::kFormatted) return !is_written_out(program, value);
  if (expr.kind == ExprKind::kBinary) return is_text(program, value) && !is_written_out(program, value);
  if (expr.kind != ExprKind::kCall || expr.child_count < 2) return false;
  const link::SiteId site = program.site_of(value.function, value.expr);
  if (site != link::SiteId::kNone && grade_in(program.labels(program[site]), program.covered("formats"))) {
    for (uint32_t n = 2; n < expr.child_count; ++n) {
      if (!is_written_out(program, {value.function, tree.child(expr, n)})) return true;
    }
    return false;
  }
  if (!is_method_of_text(program, value)) return false;
  for (uint32_t n = 1; n < expr.child_count; ++n) {
    const ExprId given = tree.child(expr, n);
    const ExprId inner = tree[given].kind == ExprKind::kKeyword ? tree.child(given, 0) : given;
    if (!is_written_out(program, {value.function, inner})) return true;
  }
  return false;
}

std::optional<double> number_in(const link::Program& program, Value value) {
  const facts::Tree& tree = program.body_of(value.function).tree;
  const facts::FileFacts& file = program.facts_of(value.function);
  double sign = 1;
  ExprId id = value.expr;
  for (; tree[id].kind == ExprKind::kUnary && tree[id].child_count == 1; id = tree.child(id, 0)) {
    if (file.text(tree[id].text) == "-") sign = -sign;
  }
  const Expr& expr = tree[id];
  if (!is_literal(expr, Literal::kInteger) && !is_literal(expr, Literal::kFloat)) return std::nullopt;
  std::string digits = file.text(expr.text);
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  char* end = nullptr;
  const double number = std::strtod(digits.c_str(), &end);
  if (end == digits.c_str()) return std::nullopt;
  return sign * number;
}

std::optional<Confidence> value_grade(const link::Program& program, link::FunctionId function, ExprId expr,
                                      const link::LabelSet& set) {
  const Value value = plain(program, {function, expr});
  const link::SiteId site = program.site_of(value.function, value.expr);
  if (site != link::SiteId::kNone) return grade_in(program.labels(program[site]), set);
  const link::VariableId variable = program.variable_of(function, expr);
  if (variable != link::VariableId::kNone) return grade_in(program.labels(program[variable]), set);
  return std::nullopt;
}

Argument given_to(const link::Program& program, const link::Site& site, std::string_view name) {
  if (site.expr == ExprId::kNone) return {};
  const Value call{site.in, site.expr};
  if (expr_of(program, call).kind != ExprKind::kCall) return {};

  const std::optional<uint32_t> position = position_in(name);
  const Argument direct = position ? by_position(program, call, *position) : by_keyword(program, call, name);
  if (direct.state == Argument::State::kGiven) return direct;

  if (!position) {
    const Value partial = partial_behind(program, site);
    const Argument bound = partial ? by_keyword(program, partial, name) : Argument{};
    if (bound.state == Argument::State::kGiven) return bound;
  }
  const Parameters parameters = parameters_of(program, site);
  Argument other;
  if (position && *position < parameters.positional.size()) {
    other = by_keyword(program, call, parameters.file->text(parameters.positional[*position]->name));
  } else if (!position) {
    const std::optional<uint32_t> place = position_of(parameters, name);
    if (place) other = by_position(program, call, *place);
  }
  return other.state == Argument::State::kMissing ? direct : other;
}

std::vector<link::SiteId> decorators_of(const link::Program& program, const Thing& thing) {
  const Spot spot = spot_of(program, thing);
  std::vector<link::SiteId> found;
  if (spot.function == link::FunctionId::kNone) return found;
  const facts::Span extent = thing.subject == rule::Subject::kFunction
                                 ? program.outline_of(static_cast<link::FunctionId>(thing.id)).extent
                                 : program[program[static_cast<link::ClassId>(thing.id)].file]
                                       .facts.classes[index(program[static_cast<link::ClassId>(thing.id)].local)]
                                       .extent;
  const auto sites = sites_of(program, spot.function);
  auto at = std::lower_bound(sites.begin(), sites.end(), extent.begin,
                             [](const link::Site& site, uint32_t begin) { return site.at.end < begin; });
  for (; at != sites.end() && at->at.end <= spot.at.begin; ++at) {
    if (at->kind != link::SiteKind::kDecorator || at->at.begin < extent.begin) continue;
    found.push_back(site_at(program, spot.function, static_cast<size_t>(at - sites.begin())));
  }
  return found;
}

}  // namespace stallint::match
