// Targets: what is written to, and what the writer's value is used for.

#include "checker/python/expressions.h"

#include <algorithm>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

constexpr int16_t kWhole = -1;
constexpr int16_t kUnknownElement = -2;
constexpr uint32_t kMaxElement = INT16_MAX;
constexpr int kMaxTargetDepth = 200;  // `(((a, b), c), d) = ...`

bool is_sequence(const Expr& expr) { return expr.kind == ExprKind::kTuple || expr.kind == ExprKind::kList; }

bool has_star(const Tree& tree, const Expr& expr) {
  for (uint32_t n = 0; n < expr.child_count; ++n) {
    if (tree[tree.child(expr, n)].kind == ExprKind::kStar) return true;
  }
  return false;
}

bool is_display(Kind kind) {
  return kind == Kind::kTuple || kind == Kind::kExpressionList || kind == Kind::kPatternList || kind == Kind::kList ||
         kind == Kind::kListPattern || kind == Kind::kTuplePattern;
}

// The leaves of a target, with the part of the value that each receives.
struct Receiver {
  ExprId target = ExprId::kNone;
  ExprId value = ExprId::kNone;
  int16_t element = kWhole;
};

}  // namespace

// `(x)` on the left arrives as a tuple, as `(x,)` does.
bool Expressions::is_group(NodeId node) const {
  const NodeId only = syntax().first_child(node);
  if (syntax().kind(node) != Kind::kTuplePattern || only == kNoNode || syntax()[only].skip != syntax()[node].skip) {
    return false;
  }
  const std::string_view after = source_.slice(syntax()[only].end, syntax()[node].end);
  return after.substr(0, after.find('#')).find(',') == std::string_view::npos;
}

ExprId Expressions::read_target(NodeId node) {
  node = strip(node);
  ExprId target = ExprId::kNone;
  switch (syntax().kind(node)) {
    case Kind::kPatternList:
    case Kind::kTuplePattern:
    case Kind::kTuple:
    case Kind::kExpressionList:
    case Kind::kListPattern:
    case Kind::kList:
    case Kind::kListSplatPattern:
    case Kind::kListSplat: {
      if (is_group(node)) return read_target(syntax().first_child(node));
      const Kind kind = syntax().kind(node);
      const size_t children = mark();
      if (++depth_ < kMaxTargetDepth) {
        for (NodeId child : syntax().children(node)) push(read_target(child));
      }
      --depth_;
      const bool star = kind == Kind::kListSplatPattern || kind == Kind::kListSplat;
      const bool list = kind == Kind::kListPattern || kind == Kind::kList;
      target = add(star ? ExprKind::kStar : list ? ExprKind::kList : ExprKind::kTuple, source_.span(node), children);
      break;
    }
    default:
      target = read(node);
  }
  tree_.exprs[index(target)].stored = true;
  return target;
}

Use Expressions::use_of(ExprId target) const {
  Use use{Fate::kLocal, target, false};
  std::vector<ExprId> open{target};
  while (!open.empty()) {
    const Expr& expr = tree_[open.back()];
    open.pop_back();
    switch (expr.kind) {
      case ExprKind::kName: {
        const auto declared = [&](const std::vector<uint32_t>& names) {
          return std::find(names.begin(), names.end(), expr.text) != names.end();
        };
        const bool outer = body_ != nullptr && (declared(body_->globals) || declared(body_->nonlocals));
        if (!names_are_local_ || outer) use.fate = Fate::kKept;
        break;
      }
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kStar:
        for (uint32_t n = 0; n < expr.child_count; ++n) open.push_back(tree_.child(expr, n));
        break;
      default:
        use.fate = Fate::kKept;
    }
    if (use.fate == Fate::kKept) break;
  }
  return use;
}

ExprId Expressions::read_value(NodeId node, ExprId target) {
  const NodeId inner = strip(node);
  const Expr& to = tree_[target];
  if (!is_sequence(to) || !is_display(syntax().kind(inner)) || has_star(tree_, to)) return read(node, use_of(target));
  std::vector<NodeId> elements;
  for (NodeId child : syntax().children(inner)) elements.push_back(child);
  const auto is_splat = [&](NodeId element) { return syntax().kind(strip(element)) == Kind::kListSplat; };
  const bool same_length = elements.size() == to.child_count;
  if (!same_length || std::any_of(elements.begin(), elements.end(), is_splat) || depth_ > kMaxTargetDepth) {
    return read(node, use_of(target));
  }
  ++depth_;
  const size_t children = mark();
  for (uint32_t n = 0; n < elements.size(); ++n) push(read_value(elements[n], tree_.child(target, n)));
  --depth_;
  const Kind kind = syntax().kind(inner);
  const bool list = kind == Kind::kList || kind == Kind::kListPattern;
  return add(list ? ExprKind::kList : ExprKind::kTuple, source_.span(inner), children);
}

void Expressions::write(const Write& shape, ExprId target) {
  if (!recording()) return;
  std::vector<Receiver> open{{target, shape.value, shape.element}};
  while (!open.empty()) {
    const Receiver at = open.back();
    open.pop_back();
    const Expr& expr = tree_[at.target];
    if (expr.kind == ExprKind::kStar) {
      for (uint32_t n = expr.child_count; n-- > 0;) open.push_back({tree_.child(expr, n), at.value, kUnknownElement});
      continue;
    }
    if (is_sequence(expr)) {
      // Pushed last to first, so that writes come out in source order.
      const bool starred = has_star(tree_, expr);
      const bool plain = shape.op == WriteOp::kAssign && at.element == kWhole && at.value != ExprId::kNone;
      const bool display = plain && !starred && is_sequence(tree_[at.value]) &&
                           tree_[at.value].child_count == expr.child_count && !has_star(tree_, tree_[at.value]);
      uint32_t before_star = 0;
      while (before_star < expr.child_count && tree_[tree_.child(expr, before_star)].kind != ExprKind::kStar)
        ++before_star;
      for (uint32_t n = expr.child_count; n-- > 0;) {
        if (shape.op == WriteOp::kDelete) {
          open.push_back({tree_.child(expr, n), ExprId::kNone, kWhole});
          continue;
        }
        if (display) {
          open.push_back({tree_.child(expr, n), tree_.child(at.value, n), kWhole});
          continue;
        }
        const bool known = at.element == kWhole && n < before_star && n <= kMaxElement;
        open.push_back({tree_.child(expr, n), at.value, known ? static_cast<int16_t>(n) : kUnknownElement});
      }
      continue;
    }
    Write write = shape;
    write.target = at.target;
    write.value = at.value;
    write.element = at.element;
    write.block = block_;
    body_->writes.push_back(write);
  }
}

}  // namespace stallint::python
