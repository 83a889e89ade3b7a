#include "checker/match/tested.h"

#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace stallint::match {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using facts::Literal;

class Reader {
 public:
  Reader(const facts::FileFacts& file, const facts::Body& body) : file_(file), body_(body), tree_(body.tree) {}

  void read(ExprId id, bool when, std::vector<Tested>& tested) const {
    if (depth_ == kDeepest) return;
    ++depth_;
    read_one(id, when, tested);
    --depth_;
  }

 private:
  void read_one(ExprId id, bool when, std::vector<Tested>& tested) const {
    const Expr& expr = tree_[id];
    switch (expr.kind) {
      case ExprKind::kNot:
        return read(tree_.child(expr, 0), !when, tested);
      case ExprKind::kAwait:
        return read(tree_.child(expr, 0), when, tested);
      case ExprKind::kEither:
        for (uint32_t n = 0; n < expr.child_count; ++n) read(tree_.child(expr, n), when, tested);
        return;
      case ExprKind::kCompare:
        return compare(expr, when, tested);
      case ExprKind::kCall:
        return call(id, when, tested);
      case ExprKind::kLiteral:
        return;
      default:
        tested.push_back({id, !when});
    }
  }

  const std::string& operation(const Expr& expr) const { return file_.text(expr.text); }

  void compare(const Expr& expr, bool when, std::vector<Tested>& tested) const {
    if (expr.child_count < 2) return;
    const ExprId left = tree_.child(expr, 0);
    const ExprId right = tree_.child(expr, 1);
    const std::string& sign = operation(expr);
    if (sign == "in" || sign == "not in") {
      tested.push_back({right, (sign == "in") != when});
      return;
    }
    const bool equal = sign == "is" || sign == "==";
    if (const ExprId sought = searched(left); sought != ExprId::kNone && (equal || sign == "!=") && is_end(right)) {
      tested.push_back({sought, equal == when});  // x.find(key) == x.end()
      return;
    }
    if (equal || sign == "is not" || sign == "!=") {
      if (is_emptiness(left)) return about(right, equal == when, tested);
      about(left, is_emptiness(right) && equal == when, tested);
      if (equal != when && !is_emptiness(right)) find_changed(right, tested);
      return;
    }
    // `len(x) > 0` and `len(x) < 1`.
    const bool more = sign == ">" || sign == ">=";
    about(left, sizes(left) && is_small(right) && more != when, tested);
    if ((sign == ">" || sign == "<") && when) find_changed(right, tested);
  }

  // `time != self.seen`: after what is tested comes what it is compared with.
  void find_changed(ExprId right, std::vector<Tested>& tested) const {
    if (is_fixed(right)) return;
    tested.back().changed = true;
    tested.push_back({right, false, true, true});
  }

  // A literal, an enumerator, a name all in capitals: `state == DONE` asks for a state and not for a change.
  bool is_fixed(ExprId id) const {
    const Expr& expr = tree_[id];
    if (expr.kind != ExprKind::kName && expr.kind != ExprKind::kAttribute) return expr.kind == ExprKind::kLiteral;
    const std::string& name = operation(expr);
    if (std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return true;
    const facts::Meaning* meaning = facts::meaning_of(body_, id);
    return meaning != nullptr && meaning->name != 0 && meaning->symbol == 0 && meaning->type != 0;
  }

  // The thing whose emptiness an operand speaks of: x for `len(x)`.
  void about(ExprId operand, bool empty, std::vector<Tested>& tested) const {
    while (tree_[operand].kind == ExprKind::kAwait || tree_[operand].kind == ExprKind::kAssigned) {
      if (tree_[operand].kind == ExprKind::kAssigned) tested.push_back({operand, empty});
      operand = tree_.child(operand, 0);
    }
    tested.push_back({sizes(operand) ? sized(operand) : operand, empty});
  }

  void call(ExprId id, bool when, std::vector<Tested>& tested) const {
    const Expr& expr = tree_[id];
    if (sizes(id)) return about(id, !when, tested);
    const Expr& callee = tree_[tree_.child(expr, 0)];
    if (callee.kind == ExprKind::kAttribute && asks_presence(operation(callee), expr.child_count - 1)) {
      tested.push_back({tree_.child(callee, 0), (operation(callee) == "empty") == when});
      return;
    }
    tested.push_back({id, !when});
  }

  // x.empty(), x.has_value(), x.contains(key): by these names in all containers of C++, whoever wrote them.
  static bool asks_presence(const std::string& name, uint32_t arguments) {
    if (arguments == 0) return name == "empty" || name == "has_value";
    return arguments == 1 && (name == "contains" || name == "count");
  }

  // The receiver of a call of one of those methods, or kNone.
  ExprId receiver_of(ExprId id, std::initializer_list<std::string_view> names, uint32_t arguments) const {
    const Expr& expr = tree_[id];
    if (expr.kind != ExprKind::kCall || expr.child_count != arguments + 1) return ExprId::kNone;
    const Expr& callee = tree_[tree_.child(expr, 0)];
    if (callee.kind != ExprKind::kAttribute) return ExprId::kNone;
    const bool called = std::find(names.begin(), names.end(), operation(callee)) != names.end();
    return called ? tree_.child(callee, 0) : ExprId::kNone;
  }

  ExprId searched(ExprId id) const { return receiver_of(id, {"find"}, 1); }
  bool is_end(ExprId id) const { return receiver_of(id, {"end", "cend"}, 0) != ExprId::kNone; }

  // x for `len(x)` and `x.size()`.
  ExprId sized(ExprId id) const {
    const Expr& expr = tree_[id];
    if (expr.kind != ExprKind::kCall) return ExprId::kNone;
    const Expr& callee = tree_[tree_.child(expr, 0)];
    const bool len = callee.kind == ExprKind::kName && operation(callee) == "len" && expr.child_count == 2;
    return len ? tree_.child(expr, 1) : receiver_of(id, {"size", "length"}, 0);
  }

  bool sizes(ExprId id) const { return sized(id) != ExprId::kNone; }

  bool is_small(ExprId id) const {
    const Expr& expr = tree_[id];
    return expr.kind == ExprKind::kLiteral && (file_.text(expr.text) == "0" || file_.text(expr.text) == "1");
  }

  // None, zero, "" and displays without elements.
  bool is_emptiness(ExprId id) const {
    const Expr& expr = tree_[id];
    switch (expr.kind) {
      case ExprKind::kLiteral: {
        const auto literal = static_cast<Literal>(expr.detail);
        const bool blank = literal == Literal::kString && file_.text(expr.text).empty();
        return literal == Literal::kNone || literal == Literal::kFalse || blank || file_.text(expr.text) == "0";
      }
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kSet:
      case ExprKind::kDict:
        return expr.child_count == 0;
      default:
        return false;
    }
  }

  const facts::FileFacts& file_;
  const facts::Body& body_;
  const facts::Tree& tree_;
  mutable int depth_ = 0;
};

}  // namespace

std::vector<Tested> tested_by(const link::Program& program, const Thing& test) {
  const auto function = static_cast<link::FunctionId>(test.id);
  const facts::Body& body = program.body_of(function);
  const facts::Block& arm = body.blocks[index(test.block)];
  std::vector<Tested> tested;
  if (arm.subject == facts::ExprId::kNone) return tested;
  const bool when = arm.kind == facts::BlockKind::kLoop || arm.when;
  Reader(program.facts_of(function), body).read(arm.subject, when, tested);
  return tested;
}

}  // namespace stallint::match
