// Statements: what holds where, and whether control comes out at the end.

#include "checker/cpp/bodies.h"

#include <algorithm>
#include <utility>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

// A scope: the variables in it end with it. After a statement of which one arm leaves, what follows up to `end` is put
// into the arm that stays.
bool Bodies::read_statements(Children statements, uint32_t end, NodeId except) {
  const BlockId outside = frame_->block;
  const uint32_t outer_end = std::exchange(scope_end_, end);
  const size_t locals = open_scope();
  bool exits = false;
  for (NodeId statement : statements) {
    if (statement == except) continue;
    const Outcome outcome = read_statement(statement);
    if (outcome.exits) {
      exits = true;
      for (BlockId block = frame_->block; block != outside; block = at(block).parent) at(block).exits = true;
    }
    const uint32_t next = syntax_[statement].skip;
    const bool last = next >= syntax_.nodes.size() || syntax_[next].begin >= end;
    if (exits || last) continue;
    for (const Rest& rest : outcome.rest) enter_arm(rest, {syntax_[next].begin, end});
  }
  close_scope(locals, end);
  frame_->block = outside;
  scope_end_ = outer_end;
  return exits;
}

bool Bodies::read_compound(NodeId node) {
  if (syntax_.kind(node) == Kind::kCompoundStatement) return read_statements(syntax_.children(node), span(node).end);
  return read_statements(Children(syntax_.nodes, node, syntax_[node].skip), span(node).end);
}

// Reads a statement in a block of its own; true if control never comes out at its end.
bool Bodies::read_block(Block block, NodeId statement) {
  const BlockId outside = frame_->block;
  const BlockId inside = enter(block);
  const bool exits = statement != kNoNode && read_compound(statement);
  at(inside).exits = exits;
  frame_->block = outside;
  return exits;
}

BlockId Bodies::enter_arm(const Rest& rest, Span at) {
  Block arm;
  arm.kind = BlockKind::kArm;
  arm.subject = rest.condition;
  arm.when = rest.when;
  arm.group = rest.group;
  arm.arm = rest.when ? 0 : 1;
  arm.at = at;
  return enter(arm);
}

Bodies::Outcome Bodies::read_statement(NodeId node) {
  const Depth depth(depth_);
  if (!depth.exceeded()) return dispatch_statement(node);
  read_shallow(node);
  return {};
}

Bodies::Outcome Bodies::dispatch_statement(NodeId node) {
  Outcome outcome;
  switch (syntax_.kind(node)) {
    case Kind::kExpressionStatement: {
      const NodeId inner = syntax_.first_child(node);
      if (inner != kNoNode) read(inner, {Fate::kDropped, ExprId::kNone, false});
      break;
    }
    case Kind::kDeclaration:
      read_declaration(node);
      break;
    case Kind::kCompoundStatement:
      outcome.exits = read_compound(node);
      break;
    case Kind::kIfStatement:
      return read_if(node);
    case Kind::kWhileStatement:
    case Kind::kDoStatement:
      return read_while(node);
    case Kind::kForStatement:
      return read_for(node);
    case Kind::kForRangeLoop:
      return read_range_for(node);
    case Kind::kSwitchStatement:
      return read_switch(node);
    case Kind::kTryStatement:
      return read_try(node);
    case Kind::kReturnStatement:
    case Kind::kCoReturnStatement:
      frame_->returns_async |= syntax_.kind(node) == Kind::kCoReturnStatement;
      read_exit(node, ExitKind::kReturn);
      outcome.exits = true;
      break;
    case Kind::kThrowStatement:
      read_exit(node, ExitKind::kRaise);
      outcome.exits = true;
      break;
    case Kind::kBreakStatement:
      if (!loop_breaks_.empty()) loop_breaks_.back() = true;
      exit(ExitKind::kBreak, ExprId::kNone, span(node));
      outcome.exits = true;
      break;
    case Kind::kContinueStatement:
      exit(ExitKind::kContinue, ExprId::kNone, span(node));
      outcome.exits = true;
      break;
    case Kind::kGotoStatement:
      outcome.exits = true;
      break;
    case Kind::kLabeledStatement:
    case Kind::kAttributedStatement:
      for (NodeId inner : syntax_.children(node)) {
        if (is_statement(syntax_.kind(inner))) outcome = read_statement(inner);
      }
      break;
    case Kind::kFunctionDefinition:
      return read_macro_block(node);
    case Kind::kCaseStatement:
      read_statements(syntax_.children(node), span(node).end, child(node, Field::kValue));
      break;
    case Kind::kTypeDefinition:
    case Kind::kAliasDeclaration:
    case Kind::kUsingDeclaration:
    case Kind::kStaticAssertDeclaration:
    case Kind::kNamespaceAliasDefinition:
    case Kind::kClassSpecifier:
    case Kind::kStructSpecifier:
    case Kind::kUnionSpecifier:
    case Kind::kEnumSpecifier:
    case Kind::kTemplateDeclaration:
    case Kind::kFriendDeclaration:
      break;
    default:
      read_unknown(node);
  }
  return outcome;
}

// What the parser did not understand often holds statements and expressions that it did.
void Bodies::read_unknown(NodeId node) {
  const Kind kind = syntax_.kind(node);
  if (is_expression(kind)) {
    read(node, {Fate::kDropped, ExprId::kNone, false});
    return;
  }
  if (kind == Kind::kParameterList || kind == Kind::kTypeDescriptor || kind == Kind::kTemplateArgumentList) return;
  for (NodeId inner : syntax_.children(node)) read_statement(inner);
}

// `LOCKED(mutex) { ... }`: what looks like a function inside of one is a macro with a block.
Bodies::Outcome Bodies::read_macro_block(NodeId node) {
  const NodeId body = child(node, Field::kBody);
  Outcome outcome;
  if (body != kNoNode) outcome.exits = read_compound(body);
  outcome.exits = false;
  return outcome;
}

void Bodies::read_exit(NodeId node, ExitKind kind) {
  const NodeId value = syntax_.first_child(node);
  ExprId expr = ExprId::kNone;
  if (value != kNoNode) {
    const bool returns = kind == ExitKind::kReturn;
    expr = read(value, {returns ? Fate::kReturned : Fate::kUsed, ExprId::kNone, false});
    Local* local = returns && tree()[expr].kind == ExprKind::kName ? find_local(tree()[expr].text) : nullptr;
    if (local != nullptr) local->gone = true;
  }
  exit(kind, expr, span(node));
}

// --- if --------------------------------------------------------------------------------------------------------------

// The condition of `if`, `while` and `switch`, which may declare a variable.
ExprId Bodies::read_condition(NodeId clause) {
  const NodeId before = child(clause, Field::kInitializer);
  if (before != kNoNode) {
    for (NodeId one : syntax_.children(before)) read_statement(one);
  }
  const NodeId value = child(clause, Field::kValue);
  if (value == kNoNode) {
    const NodeId first = syntax_.first_child(clause);
    return first == kNoNode || first == before ? ExprId::kNone : read(first);
  }
  if (syntax_.kind(value) != Kind::kDeclaration) return read(value);
  read_declaration(value);
  return frame_->body.writes.empty() ? ExprId::kNone : frame_->body.writes.back().value;
}

// An `else if` is an `if` in the false arm of the first; a chain of them is walked in a loop.
Bodies::Outcome Bodies::read_if(NodeId node) {
  struct Step {
    Rest rest;  // the condition, when true
    bool then_exits = false;
    BlockId otherwise = BlockId::kNone;
  };
  const BlockId outside = frame_->block;
  const size_t locals = open_scope();
  const uint32_t end = span(node).end;
  std::vector<Step> steps;
  bool else_exits = false;
  while (node != kNoNode) {
    Step step;
    const NodeId condition = child(node, Field::kCondition);
    if (condition != kNoNode) step.rest.condition = read_condition(condition);
    step.rest.group = new_group();
    const BlockId before = frame_->block;
    const NodeId then = child(node, Field::kConsequence);
    const BlockId arm = enter_arm(step.rest, then == kNoNode ? span(node) : span(then));
    step.then_exits = then != kNoNode && read_compound(then);
    at(arm).exits = step.then_exits;
    frame_->block = before;
    const NodeId alternative = child(node, Field::kAlternative);
    node = kNoNode;
    if (alternative != kNoNode) {
      Rest rest = step.rest;
      rest.when = false;
      step.otherwise = enter_arm(rest, span(alternative));
      const NodeId inner = syntax_.first_child(alternative);
      if (syntax_.kind(inner) == Kind::kIfStatement) {
        node = inner;
      } else {
        else_exits = inner != kNoNode && read_compound(inner);
      }
    }
    steps.push_back(step);
  }
  close_scope(locals, end);
  frame_->block = outside;

  // From the last `else if` back to the `if`: an arm that holds one exits if that does. Where the true arm leaves and
  // the other does not, the rest of the block runs with the condition false, and so on down the chain.
  Outcome outcome;
  bool below = else_exits;
  for (size_t n = steps.size(); n-- > 0;) {
    const Step& step = steps[n];
    const bool has_else = step.otherwise != BlockId::kNone;
    const bool other_exits = has_else && below;
    if (has_else) at(step.otherwise).exits = other_exits;
    if (step.then_exits && !other_exits) {
      Rest rest = step.rest;
      rest.when = false;
      outcome.rest.push_back(rest);
    } else {
      outcome.rest.clear();
      if (other_exits && !step.then_exits) outcome.rest.push_back(step.rest);
    }
    below = step.then_exits && other_exits;
  }
  std::reverse(outcome.rest.begin(), outcome.rest.end());
  outcome.exits = below;
  return outcome;
}

// --- Loops -----------------------------------------------------------------------------------------------------------

Bodies::Outcome Bodies::read_while(NodeId node) {
  const BlockId outside = frame_->block;
  const size_t locals = open_scope();
  Block loop;
  loop.kind = BlockKind::kLoop;
  loop.loop = LoopKind::kWhile;
  loop.at = span(node);
  const BlockId inside = enter(loop);
  const NodeId condition = child(node, Field::kCondition);
  const NodeId body = child(node, Field::kBody);
  // The condition is part of the loop: it runs in every round.
  const bool after = syntax_.kind(node) == Kind::kDoStatement;
  loop_breaks_.push_back(false);
  if (after && body != kNoNode) read_compound(body);
  if (condition != kNoNode) at(inside).subject = read_condition(condition);
  if (!after && body != kNoNode) read_compound(body);
  Outcome outcome;
  outcome.exits = is_always_true(at(inside).subject) && !loop_breaks_.back();
  loop_breaks_.pop_back();
  close_scope(locals, span(node).end);
  frame_->block = outside;
  return outcome;
}

bool Bodies::is_always_true(ExprId condition) {
  if (condition == ExprId::kNone) return false;
  const Expr& expr = tree()[condition];
  if (expr.kind != ExprKind::kLiteral) return false;
  const Literal literal = static_cast<Literal>(expr.detail);
  return literal == Literal::kTrue || (literal == Literal::kInteger && file_.facts.text(expr.text) == "1");
}

Bodies::Outcome Bodies::read_for(NodeId node) {
  const BlockId outside = frame_->block;
  const size_t locals = open_scope();
  const NodeId before = child(node, Field::kInitializer);
  if (before != kNoNode) {
    if (syntax_.kind(before) == Kind::kDeclaration) {
      read_declaration(before);
    } else {
      read(before, {Fate::kDropped, ExprId::kNone, false});
    }
  }
  Block loop;
  loop.kind = BlockKind::kLoop;
  loop.at = span(node);
  const BlockId inside = enter(loop);
  const NodeId condition = child(node, Field::kCondition);
  if (condition != kNoNode) at(inside).subject = read(condition);
  loop_breaks_.push_back(false);
  const NodeId body = child(node, Field::kBody);
  if (body != kNoNode) read_compound(body);
  const NodeId update = child(node, Field::kUpdate);
  if (update != kNoNode) read(update, {Fate::kDropped, ExprId::kNone, false});
  Outcome outcome;
  outcome.exits = (condition == kNoNode || is_always_true(at(inside).subject)) && !loop_breaks_.back();
  loop_breaks_.pop_back();
  close_scope(locals, span(node).end);
  frame_->block = outside;
  return outcome;
}

Bodies::Outcome Bodies::read_range_for(NodeId node) {
  const BlockId outside = frame_->block;
  const size_t locals = open_scope();
  const NodeId before = child(node, Field::kInitializer);
  if (before != kNoNode) {
    for (NodeId one : syntax_.children(before)) read_statement(one);
  }
  const NodeId right = child(node, Field::kRight);
  const ExprId subject = right == kNoNode ? ExprId::kNone : read(right);
  Block loop;
  loop.kind = BlockKind::kLoop;
  loop.subject = subject;
  loop.at = span(node);
  const BlockId inside = enter(loop);
  const NodeId outer = child(node, Field::kDeclarator);
  const Declarator declarator = file_.declarator(outer);
  if (declarator.name != kNoNode) {
    const Span whole{span(node).begin, right == kNoNode ? span(declarator.name).end : span(right).end};
    TypeId type = file_.names.type_of(child(node, Field::kType), outer, scope());
    if (type == TypeId::kNone) type = file_.names.element(type_of(subject), 0);
    if (syntax_.kind(declarator.name) == Kind::kStructuredBindingDeclarator) {
      read_bindings(declarator.name, subject, whole, WriteOp::kIterate, type_of(subject));
    } else {
      declare(slice(declarator.name), span(declarator.name), type, Declared::Storage::kLocal);
      const ExprId target = read_target(declarator.name);
      at(inside).target = target;
      Write shape;
      shape.op = WriteOp::kIterate;
      shape.value = subject;
      shape.at = whole;
      write(shape, target);
    }
  }
  loop_breaks_.push_back(false);
  const NodeId body = child(node, Field::kBody);
  if (body != kNoNode) read_compound(body);
  loop_breaks_.pop_back();
  close_scope(locals, span(node).end);
  frame_->block = outside;
  return {};
}

// --- switch ----------------------------------------------------------------------------------------------------------

// Every case is an arm. One that runs on into the next shares its number, for both may run in one pass.
Bodies::Outcome Bodies::read_switch(NodeId node) {
  const BlockId outside = frame_->block;
  const size_t locals = open_scope();
  const NodeId condition = child(node, Field::kCondition);
  if (condition != kNoNode) read_condition(condition);
  const NodeId body = child(node, Field::kBody);
  const uint32_t group = new_group();
  uint32_t arm = 0;
  bool runs_on = false;
  bool all_exit = true;
  bool has_default = false;
  loop_breaks_.push_back(false);
  if (body != kNoNode) {
    for (NodeId one : syntax_.children(body)) {
      if (syntax_.kind(one) != Kind::kCaseStatement) {
        read_statement(one);
        continue;
      }
      const NodeId value = child(one, Field::kValue);
      has_default = has_default || value == kNoNode;
      Block block;
      block.kind = BlockKind::kArm;
      block.group = group;
      block.arm = runs_on ? arm : ++arm;
      block.at = span(one);
      const BlockId before = frame_->block;
      const BlockId inside = enter(block);
      const bool exits = read_statements(syntax_.children(one), span(one).end, value);
      at(inside).exits = exits;
      frame_->block = before;
      runs_on = !exits;
      all_exit = all_exit && (exits || syntax_[one].skip != syntax_[body].skip);
    }
  }
  const bool breaks = loop_breaks_.back();
  loop_breaks_.pop_back();
  close_scope(locals, span(node).end);
  frame_->block = outside;
  Outcome outcome;
  outcome.exits = has_default && all_exit && !breaks && !runs_on;
  return outcome;
}

// --- try -------------------------------------------------------------------------------------------------------------

Bodies::Outcome Bodies::read_try(NodeId node) {
  const uint32_t group = new_group();
  const NodeId body = child(node, Field::kBody);
  Block block;
  block.kind = BlockKind::kTry;
  block.group = group;
  block.at = {span(node).begin, body == kNoNode ? span(node).end : span(body).end};
  const bool try_exits = read_block(block, body);
  bool handlers_exit = true;
  uint32_t arm = 0;
  for (NodeId clause : syntax_.children(node)) {
    if (syntax_.kind(clause) == Kind::kCatchClause) handlers_exit = read_handler(clause, group, ++arm) && handlers_exit;
  }
  Outcome outcome;
  outcome.exits = try_exits && handlers_exit;
  return outcome;
}

bool Bodies::read_handler(NodeId clause, uint32_t group, uint32_t arm) {
  const BlockId outside = frame_->block;
  const size_t locals = open_scope();
  Block block;
  block.kind = BlockKind::kHandler;
  block.group = group;
  block.arm = arm;
  block.at = span(clause);
  const BlockId handler = enter(block);
  const NodeId list = child(clause, Field::kParameters);
  const NodeId parameter = list == kNoNode ? kNoNode : child(list, Kind::kParameterDeclaration);
  if (parameter != kNoNode) {
    const NodeId spelt = child(parameter, Field::kType);
    const NodeId outer = child(parameter, Field::kDeclarator);
    const TypeId type = file_.names.type_of(spelt, outer, scope());
    if (type != TypeId::kNone) {
      const ExprId subject = name(type_name(type), span(spelt));
      set_type(subject, type);
      at(handler).subject = subject;
      const Declarator declarator = file_.declarator(outer);
      if (declarator.name != kNoNode) {
        declare(slice(declarator.name), span(declarator.name), type, Declared::Storage::kLocal);
        const ExprId target = read_target(declarator.name);
        at(handler).target = target;
        Write shape;
        shape.op = WriteOp::kCatch;
        shape.value = subject;
        shape.at = span(parameter);
        write(shape, target);
      }
    }
  }
  const NodeId body = child(clause, Field::kBody);
  const bool exits = body != kNoNode && read_compound(body);
  at(handler).exits = exits;
  close_scope(locals, span(clause).end);
  frame_->block = outside;
  return exits;
}

}  // namespace stallint::cpp
