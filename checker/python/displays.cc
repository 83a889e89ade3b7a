// Displays, comprehensions and lambdas.

#include "checker/python/expressions.h"

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

ExprId Expressions::read_display(NodeId node, ExprKind kind) {
  const size_t children = mark();
  for (NodeId child : syntax().children(node)) push(read(child));
  return add(kind, source_.span(node), children);
}

ExprId Expressions::read_dictionary(NodeId node) {
  const size_t children = mark();
  bool splat = false;
  for (NodeId child : syntax().children(node)) {
    const Kind kind = syntax().kind(child);
    if (kind == Kind::kPair) {
      const NodeId key = syntax().child(child, Field::kKey);
      const NodeId value = syntax().child(child, Field::kValue);
      if (key == kNoNode || value == kNoNode) continue;
      push(read(key));
      push(read(value));
    } else if (kind == Kind::kDictionarySplat) {
      splat = true;
      push(read_splat(child, ExprKind::kDoubleStar, {}));
    }
  }
  return add(ExprKind::kDict, source_.span(node), children, 0, splat ? 1 : 0);
}

ExprId Expressions::read_splat(NodeId node, ExprKind kind, Use use) {
  const size_t children = mark();
  const NodeId value = syntax().first_child(node);
  if (value != kNoNode) push(read(value, use));
  return add(kind, source_.span(node), children);
}

// `[element for target in iterable if condition]`: the element is read last, in the innermost block. The first iterable
// is evaluated around the comprehension, as Python does.
ExprId Expressions::read_comprehension(NodeId node, Comprehension kind) {
  const BlockId outside = block_;
  if (recording()) {
    for (NodeId clause : syntax().children(node)) read_clause(clause, kind == Comprehension::kGenerator);
  }
  const size_t children = mark();
  const NodeId element = syntax().child(node, Field::kBody);
  if (element != kNoNode && syntax().kind(element) == Kind::kPair) {
    push_children(element);
  } else if (element != kNoNode) {
    push(read(element));
  }
  leave_to(outside);
  return add(ExprKind::kComprehension, source_.span(node), children, 0, static_cast<uint8_t>(kind));
}

// Opens the block of a clause and leaves it open.
void Expressions::read_clause(NodeId clause, bool generator) {
  Block block;
  block.at = source_.span(clause);
  if (syntax().kind(clause) == Kind::kIfClause) {
    const NodeId condition = syntax().first_child(clause);
    if (condition == kNoNode) return;
    block.kind = BlockKind::kArm;
    block.subject = read(condition);
    block.group = new_group();
    enter(block);
    return;
  }
  if (syntax().kind(clause) != Kind::kForInClause) return;

  std::vector<NodeId> iterables;
  for (NodeId child : syntax().children(clause)) {
    if (syntax()[child].field == Field::kRight && syntax().kind(child) != Kind::kOperator) iterables.push_back(child);
  }
  const NodeId left = syntax().child(clause, Field::kLeft);
  if (iterables.empty() || left == kNoNode) return;
  const bool async = syntax().child(clause, Kind::kAsync) != kNoNode;
  const Use use{Fate::kUsed, ExprId::kNone, async};
  const Span right{source_.span(iterables.front()).begin, source_.span(iterables.back()).end};
  const ExprId iterable = iterables.size() == 1 ? read(iterables.front(), use) : read_tuple(iterables, right);

  block.kind = BlockKind::kLoop;
  block.loop = generator ? LoopKind::kGenerator : LoopKind::kComprehension;
  block.async = async;
  block.subject = iterable;
  const BlockId loop = enter(block);
  const ExprId target = read_target(left);
  body_->blocks[index(loop)].target = target;
  call(async ? CallKind::kAwait : CallKind::kIterate, iterable, {}, tree_[iterable].at);

  Write shape;
  shape.op = WriteOp::kIterate;
  shape.async = async;
  shape.comprehension = true;
  shape.value = iterable;
  shape.at = source_.span(clause);
  write(shape, target);
}

// Defaults are evaluated here, the rest when the lambda runs.
ExprId Expressions::read_lambda(NodeId node) {
  if (!source_.is_file) return read_other(node);
  const FunctionId function = file_.definition(node).function;
  if (recording()) {
    file_.facts.functions[index(function)].block = block_;
    const NodeId parameters = syntax().child(node, Field::kParameters);
    if (parameters != kNoNode) {
      for (NodeId parameter : syntax().children(parameters)) {
        const NodeId value = syntax().child(parameter, Field::kValue);
        if (value != kNoNode) read(value, {Fate::kKept, ExprId::kNone, false});
      }
    }
  }
  const ExprId expr = add(ExprKind::kFunction, source_.span(node), mark());
  tree_.exprs[index(expr)].first_child = index(function);
  return expr;
}

}  // namespace stallint::python
