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

class Uses {
 public:
  Uses(const link::Program& program, link::FunctionId function, link::VariableId variable)
      : program_(program), function_(function), variable_(variable), body_(program.body_of(function)) {
    parents_.assign(body_.tree.exprs.size(), ExprId::kNone);
    for (uint32_t n = 0; n < body_.tree.exprs.size(); ++n) {
      const Expr& expr = body_.tree.exprs[n];
      for (uint32_t c = 0; c < expr.child_count; ++c) {
        parents_[index(body_.tree.child(expr, c))] = static_cast<ExprId>(n);
      }
    }
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

bool is_entered(const link::Program& program, const link::Site& site) {
  const facts::Body& body = program.body_of(site.in);
  return std::any_of(body.blocks.begin(), body.blocks.end(), [&](const facts::Block& block) {
    return block.kind == facts::BlockKind::kRegion && block.subject != ExprId::kNone &&
           enters(program, site, block.subject, 1, 0);
  });
}

}  // namespace stallint::match
