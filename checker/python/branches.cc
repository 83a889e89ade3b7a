// Statements with statements in them: what holds where, and whether control comes out at the end.

#include "checker/python/statements.h"

#include <algorithm>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

struct Statements::Step {
  Rest rest;  // the condition, when true
  Checking checking = Checking::kUnknown;
  bool then_exits = false;
  BlockId else_block = BlockId::kNone;
};

BlockId Statements::enter_arm(const Rest& rest, Span at) {
  Block arm;
  arm.kind = BlockKind::kArm;
  arm.subject = rest.condition;
  arm.when = rest.when;
  arm.group = rest.group;
  arm.arm = rest.when ? 0 : 1;
  arm.at = at;
  return expressions_.enter(arm);
}

// Reads a suite in a block of its own; true if control never comes out at its end.
bool Statements::read_block(Block block, NodeId suite) {
  const BlockId outside = expressions_.block();
  const BlockId inside = expressions_.enter(block);
  const bool exits = suite != kNoNode && read_suite(suite);
  at(inside).exits = exits;
  expressions_.leave_to(outside);
  return exits;
}

// --- if
// ---------------------------------------------------------------------------------------------------------------

Statements::Outcome Statements::read_if(NodeId node) {
  const BlockId outside = expressions_.block();
  const int checking = type_checking_;
  std::vector<Step> steps;
  bool else_exits = false;

  const auto read_step = [&](NodeId clause) {
    const NodeId condition = syntax().child(clause, Field::kCondition);
    const NodeId suite = syntax().child(clause, Field::kConsequence);
    Step step;
    step.rest.condition = condition == kNoNode ? ExprId::kNone : expressions_.read(condition);
    step.rest.group = expressions_.new_group();
    step.checking = condition == kNoNode ? Checking::kUnknown : checking_of(condition);
    const BlockId before = expressions_.block();
    const BlockId arm = enter_arm(step.rest, suite == kNoNode ? span(clause) : span(suite));
    type_checking_ += step.checking == Checking::kTrue ? 1 : 0;
    step.then_exits = suite != kNoNode && read_suite(suite);
    type_checking_ -= step.checking == Checking::kTrue ? 1 : 0;
    at(arm).exits = step.then_exits;
    expressions_.leave_to(before);
    steps.push_back(step);
  };
  const auto enter_else = [&](Span at) {
    Step& step = steps.back();
    Rest rest = step.rest;
    rest.when = false;
    step.else_block = enter_arm(rest, at);
    type_checking_ += step.checking == Checking::kFalse ? 1 : 0;
  };

  read_step(node);
  for (NodeId child : syntax().children(node)) {
    const Kind kind = syntax().kind(child);
    if (kind == Kind::kElifClause) {
      enter_else({span(child).begin, span(node).end});
      read_step(child);
    } else if (kind == Kind::kElseClause) {
      const NodeId suite = syntax().child(child, Field::kBody);
      enter_else(suite == kNoNode ? span(child) : span(suite));
      else_exits = suite != kNoNode && read_suite(suite);
    }
  }
  expressions_.leave_to(outside);
  type_checking_ = checking;
  return outcome_of(steps, else_exits);
}

// From the last `elif` back to the `if`: an arm that holds an `elif` exits if that does. Where the true arm leaves and
// the other does not, the rest of the block runs with the condition false, and so on down the chain.
Statements::Outcome Statements::outcome_of(const std::vector<Step>& steps, bool else_exits) {
  Outcome outcome;
  bool below = else_exits;
  for (size_t n = steps.size(); n-- > 0;) {
    const Step& step = steps[n];
    const bool has_else = step.else_block != BlockId::kNone;
    const bool other_exits = has_else && below;
    if (has_else) at(step.else_block).exits = other_exits;
    if (step.then_exits && !other_exits) {
      Rest rest = step.rest;
      rest.when = false;
      rest.type_checking = step.checking == Checking::kFalse;
      outcome.rest.push_back(rest);
    } else {
      outcome.rest.clear();
      if (other_exits && !step.then_exits) {
        outcome.rest.push_back(step.rest);
        outcome.rest.back().type_checking = step.checking == Checking::kTrue;
      }
    }
    below = step.then_exits && other_exits;
  }
  outcome.exits = below;
  std::reverse(outcome.rest.begin(), outcome.rest.end());
  return outcome;
}

Statements::Checking Statements::checking_of(NodeId condition) const {
  NodeId node = expressions_.strip(condition);
  bool negated = false;
  while (syntax().kind(node) == Kind::kNotOperator) {
    const NodeId operand = syntax().child(node, Field::kArgument);
    if (operand == kNoNode) return Checking::kUnknown;
    node = expressions_.strip(operand);
    negated = !negated;
  }
  if (syntax().kind(node) == Kind::kAttribute) node = syntax().child(node, Field::kAttribute);
  if (node == kNoNode || slice(node) != "TYPE_CHECKING") return Checking::kUnknown;
  return negated ? Checking::kFalse : Checking::kTrue;
}

// --- Loops
// ------------------------------------------------------------------------------------------------------------

Statements::Outcome Statements::read_for(NodeId node) {
  const NodeId left = syntax().child(node, Field::kLeft);
  const NodeId right = syntax().child(node, Field::kRight);
  const NodeId suite = syntax().child(node, Field::kBody);
  if (left == kNoNode || right == kNoNode) {
    read_unknown_children(node);
    return {};
  }
  const BlockId outside = expressions_.block();
  const bool async = syntax().child(node, Kind::kAsync) != kNoNode;
  Block block;
  block.kind = BlockKind::kLoop;
  block.async = async;
  block.subject = expressions_.read(right, {Fate::kUsed, ExprId::kNone, async});
  block.group = expressions_.new_group();
  block.at = {span(node).begin, suite == kNoNode ? span(right).end : span(suite).end};
  const BlockId loop = expressions_.enter(block);
  const ExprId target = expressions_.read_target(left);
  at(loop).target = target;
  expressions_.call(async ? CallKind::kAwait : CallKind::kIterate, block.subject, {}, span(right));

  Write shape;
  shape.op = WriteOp::kIterate;
  shape.async = async;
  shape.value = block.subject;
  shape.at = {span(node).begin, span(right).end};
  expressions_.write(shape, target);

  loop_breaks_.push_back(false);
  const bool exits = suite != kNoNode && read_suite(suite);
  at(loop).exits = exits;
  loop_breaks_.pop_back();
  expressions_.leave_to(outside);
  read_loop_else(node, block.group);
  return {};
}

// `while True` without a break never comes out at its end.
Statements::Outcome Statements::read_while(NodeId node) {
  const NodeId condition = syntax().child(node, Field::kCondition);
  const NodeId suite = syntax().child(node, Field::kBody);
  const BlockId outside = expressions_.block();
  Block block;
  block.kind = BlockKind::kLoop;
  block.loop = LoopKind::kWhile;
  block.group = expressions_.new_group();
  block.at = {span(node).begin, suite == kNoNode ? span(node).end : span(suite).end};
  const BlockId loop = expressions_.enter(block);
  const ExprId subject = condition == kNoNode ? ExprId::kNone : expressions_.read(condition);
  at(loop).subject = subject;
  loop_breaks_.push_back(false);
  const bool exits = suite != kNoNode && read_suite(suite);
  at(loop).exits = exits;
  const bool endless = condition != kNoNode && is_always_true(condition) && !loop_breaks_.back();
  loop_breaks_.pop_back();
  expressions_.leave_to(outside);
  read_loop_else(node, block.group);
  Outcome outcome;
  outcome.exits = endless;
  return outcome;
}

bool Statements::is_always_true(NodeId condition) const {
  const NodeId node = expressions_.strip(condition);
  if (syntax().kind(node) == Kind::kTrue) return true;
  return syntax().kind(node) == Kind::kInteger && slice(node).find_first_of("123456789") != std::string_view::npos;
}

void Statements::read_loop_else(NodeId node, uint32_t group) {
  const NodeId clause = syntax().child(node, Kind::kElseClause);
  if (clause == kNoNode) return;
  Block block;
  block.kind = BlockKind::kElse;
  block.group = group;
  block.at = span(clause);
  read_block(block, syntax().child(clause, Field::kBody));
}

// --- with
// -------------------------------------------------------------------------------------------------------------

Statements::Outcome Statements::read_with(NodeId node) {
  const BlockId outside = expressions_.block();
  const bool async = syntax().child(node, Kind::kAsync) != kNoNode;
  const NodeId clause = syntax().child(node, Kind::kWithClause);
  const uint32_t end = span(node).end;
  const size_t first = body_.blocks.size();
  if (clause != kNoNode) {
    for (NodeId item : syntax().children(clause)) {
      const NodeId value = syntax().child(item, Field::kValue);
      if (value != kNoNode) read_items(value, async, end);
    }
  }
  const NodeId suite = syntax().child(node, Field::kBody);
  Outcome outcome;
  outcome.exits = suite != kNoNode && read_suite(suite);
  for (BlockId region = expressions_.block(); region != outside; region = at(region).parent) {
    if (index(region) >= first) at(region).exits = outcome.exits;
  }
  expressions_.leave_to(outside);
  return outcome;
}

// `with (a() as x, b() as y):` may arrive as one tuple.
void Statements::read_items(NodeId value, bool async, uint32_t end) {
  const NodeId inner = expressions_.strip(value);
  if (syntax().kind(inner) == Kind::kTuple) {
    for (NodeId element : syntax().children(inner)) read_item(expressions_.strip(element), async, end);
    return;
  }
  read_item(inner, async, end);
}

void Statements::read_item(NodeId node, bool async, uint32_t end) {
  NodeId value = node;
  NodeId alias = kNoNode;
  if (syntax().kind(node) == Kind::kAsPattern) {
    value = syntax().first_child(node);
    alias = syntax().child(node, Field::kAlias);
    if (alias != kNoNode) alias = syntax().first_child(alias);
  }
  const bool is_call = syntax().kind(expressions_.strip(value)) == Kind::kCall;
  const ExprId target = alias == kNoNode ? ExprId::kNone : expressions_.read_target(alias);
  const Use use{Fate::kLocal, target, false};
  const ExprId subject = expressions_.read(value, {Fate::kLocal, target, async});
  if (!async) expressions_.call(CallKind::kEnter, subject, use, span(value));
  if (async && !is_call) expressions_.call(CallKind::kAwait, subject, use, span(value));

  Block region;
  region.kind = BlockKind::kRegion;
  region.async = async;
  region.subject = subject;
  region.target = target;
  region.at = {span(node).begin, end};
  expressions_.enter(region);
  if (target == ExprId::kNone) return;
  Write shape;
  shape.op = WriteOp::kEnter;
  shape.async = async;
  shape.value = subject;
  shape.at = span(node);
  expressions_.write(shape, target);
}

// --- try
// --------------------------------------------------------------------------------------------------------------

Statements::Outcome Statements::read_try(NodeId node) {
  const uint32_t group = expressions_.new_group();
  const NodeId suite = syntax().child(node, Field::kBody);
  Block block;
  block.kind = BlockKind::kTry;
  block.group = group;
  block.at = {span(node).begin, suite == kNoNode ? span(node).end : span(suite).end};
  const bool try_exits = read_block(block, suite);

  bool handlers_exit = true;
  bool else_exits = false;
  bool finally_exits = false;
  uint32_t arm = 0;
  for (NodeId child : syntax().children(node)) {
    switch (syntax().kind(child)) {
      case Kind::kExceptClause:
        // Several handlers of `except*` run in one pass, so they share an arm.
        if (arm == 0 || syntax().child(child, Kind::kStar) == kNoNode) ++arm;
        handlers_exit = read_handler(child, group, arm) && handlers_exit;
        break;
      case Kind::kElseClause:
        block.kind = BlockKind::kElse;
        block.arm = arm + 1;
        block.at = span(child);
        else_exits = read_block(block, syntax().child(child, Field::kBody));
        break;
      case Kind::kFinallyClause:
        block.kind = BlockKind::kFinally;
        block.arm = 0;
        block.at = span(child);
        finally_exits = read_block(block, syntax().child(child, Kind::kBlock));
        break;
      default:
        break;
    }
  }
  Outcome outcome;
  outcome.exits = finally_exits || ((try_exits || else_exits) && handlers_exit);
  return outcome;
}

// The types are evaluated when something was raised, so they stand in the handler's block.
bool Statements::read_handler(NodeId clause, uint32_t group, uint32_t arm) {
  const BlockId outside = expressions_.block();
  Block block;
  block.kind = BlockKind::kHandler;
  block.group = group;
  block.arm = arm;
  block.at = span(clause);
  const BlockId handler = expressions_.enter(block);

  std::vector<NodeId> types;
  NodeId alias = syntax().child(clause, Field::kAlias);
  for (NodeId child : syntax().children(clause)) {
    if (syntax()[child].field == Field::kValue && is_expression_or_as(child)) types.push_back(child);
  }
  if (types.size() == 1 && syntax().kind(types[0]) == Kind::kAsPattern) {
    alias = syntax().child(types[0], Field::kAlias);
    if (alias != kNoNode) alias = syntax().first_child(alias);
    types[0] = syntax().first_child(types[0]);
  }
  ExprId subject = ExprId::kNone;
  Span header = span(clause);
  if (!types.empty()) {
    const Span whole{span(types.front()).begin, span(types.back()).end};
    subject = types.size() == 1 ? expressions_.read(types[0]) : expressions_.read_tuple(types, whole);
    header.end = whole.end;
  }
  at(handler).subject = subject;
  if (alias != kNoNode) {
    const ExprId target = expressions_.read_target(alias);
    at(handler).target = target;
    Write shape;
    shape.op = WriteOp::kCatch;
    shape.value = subject;
    shape.at = {header.begin, span(alias).end};
    expressions_.write(shape, target);
  }
  const NodeId suite = syntax().child(clause, Kind::kBlock);
  const bool exits = suite != kNoNode && read_suite(suite);
  at(handler).exits = exits;
  expressions_.leave_to(outside);
  return exits;
}

bool Statements::is_expression_or_as(NodeId node) const {
  return is_expression(syntax().kind(node)) || syntax().kind(node) == Kind::kAsPattern;
}

}  // namespace stallint::python
