#include "checker/match/uses.h"

#include "checker/match/evaluator.h"
#include "checker/match/values.h"

#include <algorithm>
#include <vector>

namespace stallint::match {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using facts::Fate;

constexpr Fate kStays = Fate::kLocal;

// The expression around each expression of a body.
std::vector<ExprId> parents_in(const facts::Tree& tree) {
  std::vector<ExprId> parents(tree.exprs.size(), ExprId::kNone);
  for (uint32_t n = 0; n < tree.exprs.size(); ++n) {
    const Expr& expr = tree.exprs[n];
    for (uint32_t c = 0; c < expr.child_count; ++c) parents[index(tree.child(expr, c))] = static_cast<ExprId>(n);
  }
  return parents;
}

class Uses {
 public:
  Uses(const link::Program& program, link::FunctionId function, link::VariableId variable)
      : program_(program),
        function_(function),
        variable_(variable),
        body_(program.body_of(function)),
        parents_(parents_in(body_.tree)) {}

  // What becomes of an expression, up to the name that keeps it.
  Fate fate_of_value(ExprId value) const { return fate_of_use(value); }

  // A nested function that speaks of the variable may outlive the call.
  bool is_captured() const {
    const link::File& file = program_[program_[function_].file];
    for (uint32_t n = index(program_[function_].local) + 1; n < file.facts.functions.size(); ++n) {
      const auto nested = static_cast<link::FunctionId>(index(file.first_function) + n);
      if (!lies_in(file, n) || nested == function_) continue;
      const facts::Tree& tree = program_.body_of(nested).tree;
      for (uint32_t e = 0; e < tree.exprs.size(); ++e) {
        if (tree.exprs[e].kind != ExprKind::kName) continue;
        if (program_.variable_of(nested, static_cast<ExprId>(e)) == variable_) return true;
      }
    }
    return false;
  }

  Fate fate() const {
    if (is_captured()) return Fate::kKept;
    for (uint32_t n = 0; n < body_.tree.exprs.size(); ++n) {
      const Expr& expr = body_.tree.exprs[n];
      const auto id = static_cast<ExprId>(n);
      if (expr.kind != ExprKind::kName || expr.stored || program_.variable_of(function_, id) != variable_) continue;
      const Fate use = fate_of_use(id);
      if (use != kStays) return use;
    }
    return kStays;
  }

 private:
  // Up from a use to what decides: the call that gets it, the display that holds it, the statement that returns it.
  Fate fate_of_use(ExprId use) const {
    ExprId at = use;
    for (ExprId parent = parents_[index(at)]; parent != ExprId::kNone; parent = parents_[index(at)]) {
      const Expr& around = body_.tree[parent];
      switch (around.kind) {
        case ExprKind::kKeyword:
        case ExprKind::kStar:
        case ExprKind::kDoubleStar:
        case ExprKind::kEither:
        case ExprKind::kAwait:
        case ExprKind::kAssigned:
          break;
        case ExprKind::kTuple:
        case ExprKind::kList:
        case ExprKind::kSet:
        case ExprKind::kDict:
        case ExprKind::kComprehension:
          return is_result(parent) ? Fate::kReturned : Fate::kKept;
        case ExprKind::kYield:
          return Fate::kReturned;
        case ExprKind::kCall:
          return body_.tree.child(around, 0) == at || borrows(parent) ? kStays : Fate::kPassed;
        default:
          return kStays;
      }
      at = parent;
    }
    if (is_result(at)) return Fate::kReturned;
    const bool stored_again = std::any_of(body_.writes.begin(), body_.writes.end(), [&](const facts::Write& write) {
      return write.op == facts::WriteOp::kAssign && write.value == at;
    });
    return stored_again ? Fate::kKept : kStays;
  }

  bool is_result(ExprId expr) const {
    return std::any_of(body_.exits.begin(), body_.exits.end(), [&](const facts::Exit& exit) {
      return exit.kind != facts::ExitKind::kRaise && exit.value == expr;
    });
  }

  bool borrows(ExprId call) const {
    const link::SiteId site = program_.site_of(function_, call);
    return site != link::SiteId::kNone &&
           grade_in(program_.labels(program_[site]), program_.covered("borrows")).has_value();
  }

  bool lies_in(const link::File& file, uint32_t local) const {
    const facts::FunctionId outer = program_[function_].local;
    for (facts::FunctionId at = file.facts.functions[local].parent; at != facts::FunctionId::kNone;
         at = file.facts.functions[index(at)].parent) {
      if (at == outer) return true;
    }
    return false;
  }

  const link::Program& program_;
  link::FunctionId function_;
  link::VariableId variable_;
  const facts::Body& body_;
  std::vector<ExprId> parents_;
};

// Follows a value up to the one pass that is made over it.
class Iteration {
 public:
  Iteration(const link::Program& program, link::FunctionId function)
      : program_(program),
        function_(function),
        body_(program.body_of(function)),
        parents_(parents_in(body_.tree)),
        same_(program.covered("gives.same")),
        consume_(program.covered("consume")) {}

  // Where one pass over the value is all that happens to it: the block around the loop, or around `value[-10:]`, which
  // a pass through a deque gives too. kNone if something else happens.
  facts::BlockId passed_at(ExprId value) const {
    for (ExprId parent = parents_[index(value)]; parent != ExprId::kNone; parent = parents_[index(value)]) {
      if (is_tail(parent, value)) return body_.tree[parent].block;
      if (body_.tree[parent].kind != ExprKind::kAwait && !is_view(parent, value)) return facts::BlockId::kNone;
      value = parent;
    }
    for (const facts::Block& block : body_.blocks) {
      const bool each = block.kind == facts::BlockKind::kLoop && block.loop != facts::LoopKind::kWhile;
      if (each && block.subject == value) return block.parent;
    }
    return facts::BlockId::kNone;
  }

  // The one assignment that keeps the value under a local name, or null.
  const facts::Write* kept_by(ExprId value) const {
    if (const ExprId parent = parents_[index(value)]; parent != ExprId::kNone) {
      if (body_.tree[parent].kind != ExprKind::kAwait || parents_[index(parent)] != ExprId::kNone) return nullptr;
      value = parent;
    }
    for (const facts::Write& write : body_.writes) {
      const bool whole = write.op == facts::WriteOp::kAssign && write.value == value && write.element == -1;
      if (whole && body_.tree[write.target].kind == ExprKind::kName) return &write;
    }
    return nullptr;
  }

  // The name is read once, by a pass that is made no more often than the assignment.
  bool is_read_by_one_pass(const facts::Write& made, link::VariableId variable) const {
    const uint32_t name = body_.tree[made.target].text;
    ExprId use = ExprId::kNone;
    for (uint32_t n = 0; n < body_.tree.exprs.size(); ++n) {
      const auto id = static_cast<ExprId>(n);
      const Expr& expr = body_.tree[id];
      if (expr.kind != ExprKind::kName || expr.text != name || id == made.target) continue;
      if (expr.stored || use != ExprId::kNone || program_.variable_of(function_, id) != variable) return false;
      use = id;
    }
    if (use == ExprId::kNone) return false;
    const facts::BlockId place = passed_at(use);
    if (place == facts::BlockId::kNone) return false;
    const facts::BlockId outer = facts::around(body_, place, facts::BlockKind::kLoop);
    return outer == facts::BlockId::kNone || facts::inside(body_, made.block, outer);
  }

 private:
  // `value[-10:]`
  bool is_tail(ExprId subscript, ExprId value) const {
    const Expr& expr = body_.tree[subscript];
    if (expr.kind != ExprKind::kSubscript || expr.child_count != 2 || body_.tree.child(expr, 0) != value) return false;
    const Expr& slice = body_.tree[body_.tree.child(expr, 1)];
    if (slice.kind != ExprKind::kOther || slice.detail != facts::kSlice || slice.child_count != 1) return false;
    const bool open = program_.facts_of(function_).text(slice.text).starts_with('a');
    return open && body_.tree[body_.tree.child(slice, 0)].kind == ExprKind::kUnary;
  }

  // enumerate(value): it gives the elements on, one by one.
  bool is_view(ExprId call, ExprId argument) const {
    if (body_.tree[call].kind != ExprKind::kCall || body_.tree.child(call, 0) == argument) return false;
    const link::SiteId id = program_.site_of(function_, call);
    if (id == link::SiteId::kNone) return false;
    const auto labels = program_.labels(program_[id]);
    return grade_in(labels, same_) && !grade_in(labels, consume_);
  }

  const link::Program& program_;
  link::FunctionId function_;
  const facts::Body& body_;
  std::vector<ExprId> parents_;
  link::LabelSet same_, consume_;
};

bool is_local(const link::Program& program, link::VariableId variable) {
  return variable != link::VariableId::kNone && program[variable].kind == link::VariableKind::kLocal;
}

// The expression is the call or the name, one branch of `a if c else b`, or the argument of one more call.
bool enters(const link::Program& program, const link::Site& site, ExprId context, int calls, int depth) {
  if (depth == kDeepest) return false;
  if (context == site.expr) return true;
  const facts::Tree& tree = program.body_of(site.in).tree;
  const Expr& expr = tree[context];
  switch (expr.kind) {
    case ExprKind::kName:
      return is_local(program, site.into) && program.variable_of(site.in, context) == site.into;
    case ExprKind::kCall:
      if (calls == 0) return false;
      for (uint32_t n = 1; n < expr.child_count; ++n) {
        if (enters(program, site, tree.child(expr, n), calls - 1, depth + 1)) return true;
      }
      return false;
    case ExprKind::kEither:
    case ExprKind::kAwait:
    case ExprKind::kAssigned:
      for (uint32_t n = 0; n < expr.child_count; ++n) {
        if (enters(program, site, tree.child(expr, n), calls, depth + 1)) return true;
      }
      return false;
    default:
      return false;
  }
}

}  // namespace

Fate fate_of(const link::Program& program, const link::Site& site) {
  if (site.fate != Fate::kLocal || !is_local(program, site.into)) return site.fate;
  return Uses(program, site.in, site.into).fate();
}

bool is_only_iterated(const link::Program& program, link::FunctionId function, ExprId value) {
  const Iteration iteration(program, function);
  if (iteration.passed_at(value) != facts::BlockId::kNone) return true;
  const facts::Write* made = iteration.kept_by(value);
  if (made == nullptr) return false;
  const link::VariableId variable = program.variable_of(function, made->target);
  return is_local(program, variable) && program[variable].function == function &&
         iteration.is_read_by_one_pass(*made, variable) && !Uses(program, function, variable).is_captured();
}

Fate fate_of_value(const link::Program& program, link::FunctionId function, ExprId value) {
  const facts::Body& body = program.body_of(function);
  for (const facts::Write& write : body.writes) {
    if (write.value != value || write.op != facts::WriteOp::kAssign) continue;
    const link::VariableId variable = program.variable_of(function, write.target);
    if (!is_local(program, variable) || write.element != -1) return Fate::kKept;
    return Uses(program, function, variable).fate();
  }
  const Fate fate = Uses(program, function, link::VariableId::kNone).fate_of_value(value);
  return fate == kStays ? Fate::kUsed : fate;
}

bool is_entered(const link::Program& program, const link::Site& site) {
  const facts::Body& body = program.body_of(site.in);
  return std::any_of(body.blocks.begin(), body.blocks.end(), [&](const facts::Block& block) {
    return block.kind == facts::BlockKind::kRegion && block.subject != ExprId::kNone &&
           enters(program, site, block.subject, 1, 0);
  });
}

}  // namespace stallint::match
