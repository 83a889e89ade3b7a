// Expressions, but for names and calls. Programs that write programs chain operators by the thousand, so the long side
// of each is walked in a loop.

#include "checker/cpp/bodies.h"

#include <algorithm>
#include <array>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

constexpr size_t kMaxText = 200;

// Cuts to kMaxText bytes, never inside a character.
void cut(std::string& text) {
  if (text.size() <= kMaxText) return;
  size_t end = kMaxText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
}

bool is_comparison(std::string_view sign) {
  static constexpr std::array kSigns = {"==", "!=", "<", ">", "<=", ">=", "<=>", "not_eq"};
  return std::find(kSigns.begin(), kSigns.end(), sign) != kSigns.end();
}

bool is_and(std::string_view sign) { return sign == "&&" || sign == "and"; }
bool is_or(std::string_view sign) { return sign == "||" || sign == "or"; }

// The value of `"..."` or `R"x(...)x"` with its prefix.
void append_value(std::string_view text, std::string& value) {
  const size_t quote = text.find_first_of("\"'");
  if (quote == std::string_view::npos) return;
  const bool raw = quote > 0 && text[quote - 1] == 'R';
  text.remove_prefix(quote + 1);
  if (raw) {
    const size_t open = text.find('(');
    const size_t close = text.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close <= open) return;
    value += text.substr(open + 1, std::min(close - open - 1, kMaxText * 2));
    return;
  }
  if (!text.empty() && (text.back() == '"' || text.back() == '\'')) text.remove_suffix(1);
  for (size_t n = 0; n < text.size() && value.size() < kMaxText * 2; ++n) {
    if (text[n] != '\\' || n + 1 == text.size()) {
      value += text[n];
      continue;
    }
    const char escaped = text[++n];
    if (escaped == 'n') {
      value += '\n';
    } else if (escaped == 't') {
      value += '\t';
    } else if (escaped == '"' || escaped == '\'' || escaped == '\\') {
      value += escaped;
    } else {
      value += '\\';
      value += escaped;
    }
  }
}

}  // namespace

// Follows parentheses to what they hold.
NodeId Bodies::strip(NodeId node) const {
  while (syntax_.kind(node) == Kind::kParenthesizedExpression) {
    const NodeId inner = syntax_.first_child(node);
    if (inner == kNoNode || syntax_[inner].skip != syntax_[node].skip) break;
    node = inner;
  }
  return node;
}

ExprId Bodies::read(NodeId node, Use use) {
  node = strip(node);
  const Depth depth(depth_);
  return depth.exceeded() ? read_shallow(node) : dispatch(node, use);
}

ExprId Bodies::dispatch(NodeId node, Use use) {
  switch (syntax_.kind(node)) {
    case Kind::kIdentifier:
    case Kind::kQualifiedIdentifier:
    case Kind::kTemplateFunction:
    case Kind::kTypeIdentifier:
    case Kind::kFieldIdentifier:
    case Kind::kThis:
      return read_name(node);
    case Kind::kCallExpression:
    case Kind::kFieldExpression:
    case Kind::kSubscriptExpression:
      return read_chain(node, use);
    case Kind::kStringLiteral:
    case Kind::kRawStringLiteral:
    case Kind::kConcatenatedString:
    case Kind::kCharLiteral:
      return read_strings(node);
    case Kind::kNumberLiteral:
    case Kind::kUserDefinedLiteral:
    case Kind::kTrue:
    case Kind::kFalse:
    case Kind::kNull:
      return read_literal(node);
    case Kind::kBinaryExpression:
      return read_binary(node, use);
    case Kind::kConditionalExpression:
      return read_conditional(node, use);
    case Kind::kUnaryExpression:
      return read_unary(node, use);
    case Kind::kPointerExpression:
      return read_pointer(node);
    case Kind::kAssignmentExpression:
      return read_assignment(node, use);
    case Kind::kUpdateExpression:
      return read_update(node, use);
    case Kind::kCoAwaitExpression:
      return read_await(node, use);
    case Kind::kLambdaExpression:
      return read_lambda(node);
    case Kind::kInitializerList:
      return read_list(node);
    case Kind::kNewExpression:
      return read_new(node, use);
    case Kind::kDeleteExpression:
      return read_delete(node);
    case Kind::kCompoundLiteralExpression: {
      const NodeId type = child(node, Field::kType);
      return construct(file_.names.type_of(type, kNoNode, scope()), type, child(node, Field::kValue), span(node), use);
    }
    case Kind::kCastExpression: {
      const NodeId value = child(node, Field::kValue);
      if (value == kNoNode) return read_other(node);
      const ExprId expr = read(value, use);
      const TypeId type = file_.names.type_of(child(node, Field::kType), kNoNode, scope());
      if (tree()[expr].kind != ExprKind::kLiteral && use.fate != Fate::kDropped) set_type(expr, type);
      return expr;
    }
    case Kind::kCommaExpression: {
      const NodeId left = child(node, Field::kLeft);
      const NodeId right = child(node, Field::kRight);
      if (left == kNoNode || right == kNoNode) return read_other(node);
      read(left, {Fate::kDropped, ExprId::kNone, false});
      return read(right, use);
    }
    case Kind::kParameterPackExpansion: {
      const NodeId inner = syntax_.first_child(node);
      return inner == kNoNode ? read_other(node) : read(inner, use);
    }
    case Kind::kSizeofExpression:
    case Kind::kAlignofExpression:
    case Kind::kRequiresExpression:
      return add(ExprKind::kOther, span(node), mark());  // nothing in them runs
    default:
      return read_other(node);
  }
}

ExprId Bodies::read_other(NodeId node) {
  const size_t children = mark();
  for (NodeId inner : syntax_.children(node)) {
    const Kind kind = syntax_.kind(inner);
    if (kind == Kind::kCompoundStatement) {
      read_compound(inner);
    } else if (is_expression(kind)) {
      push(read(inner));
    }
  }
  return add(ExprKind::kOther, span(node), children);
}

// Deeper than recursion may go, only the calls are kept, each with the name of its callee.
ExprId Bodies::read_shallow(NodeId node) {
  const size_t children = mark();
  for (NodeId at = node; at < syntax_[node].skip;) {
    const Kind kind = syntax_.kind(at);
    if (kind == Kind::kLambdaExpression || is_class(kind)) {
      at = syntax_[at].skip;
      continue;
    }
    if (kind == Kind::kCallExpression) {
      const NodeId function = strip(child(at, Field::kFunction));
      const Kind callee = syntax_.kind(function);
      const bool named = callee == Kind::kIdentifier || callee == Kind::kQualifiedIdentifier;
      const size_t operands = mark();
      push(named ? read_callee(function, 0).expr : add(ExprKind::kOther, span(at), mark()));
      const ExprId expr = add(ExprKind::kCall, span(at), operands);
      call(CallKind::kCall, expr, {}, span(at));
      push(expr);
    }
    ++at;
  }
  return add(ExprKind::kOther, span(node), children);
}

// --- Literals --------------------------------------------------------------------------------------------------------

ExprId Bodies::read_literal(NodeId node) {
  std::string_view text = slice(node);
  switch (syntax_.kind(node)) {
    case Kind::kTrue:
      return literal(Literal::kTrue, span(node), "true");
    case Kind::kFalse:
      return literal(Literal::kFalse, span(node), "false");
    case Kind::kNull:
      return literal(Literal::kNone, span(node), "nullptr");
    case Kind::kUserDefinedLiteral: {
      const Kind inner = syntax_.kind(syntax_.first_child(node));
      if (inner != Kind::kNumberLiteral) return read_strings(node);
      text = slice(syntax_.first_child(node));
      break;
    }
    default:
      break;
  }
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  const bool real = text.find('.') != std::string_view::npos || (!hex && text.find('e') != std::string_view::npos);
  return literal(real ? Literal::kFloat : Literal::kInteger, span(node), text.substr(0, kMaxText));
}

// Literals side by side are one.
ExprId Bodies::read_strings(NodeId node) {
  std::string value;
  if (syntax_.kind(node) == Kind::kConcatenatedString) {
    for (NodeId part : syntax_.children(node)) {
      if (syntax_.kind(part) != Kind::kIdentifier) append_value(slice(part), value);
      if (value.size() > kMaxText) break;
    }
  } else {
    append_value(slice(node), value);
  }
  cut(value);
  return literal(Literal::kString, span(node), value);
}

ExprId Bodies::read_list(NodeId node) {
  const size_t children = mark();
  for (NodeId element : syntax_.children(node)) {
    NodeId value = element;
    if (syntax_.kind(element) == Kind::kInitializerPair) value = child(element, Field::kValue);
    if (value != kNoNode && is_expression(syntax_.kind(strip(value)))) {
      const ExprId expr = read(value);
      hand_over(expr);
      push(expr);
    }
  }
  return add(ExprKind::kList, span(node), children);
}

// --- Operators -------------------------------------------------------------------------------------------------------

// `a + b + c` leans to the left, so it is read from the bottom up.
ExprId Bodies::read_binary(NodeId node, Use use) {
  const auto sign_of = [&](NodeId at) {
    const NodeId sign = child(at, Field::kOperator);
    return sign == kNoNode ? std::string_view() : slice(sign);
  };
  const auto is_logical = [&](NodeId at) { return is_and(sign_of(at)) || is_or(sign_of(at)); };
  if (is_logical(node)) return read_logical(node, use);
  std::vector<NodeId> operators;
  NodeId bottom = node;
  while (bottom != kNoNode && syntax_.kind(bottom) == Kind::kBinaryExpression && !is_logical(bottom)) {
    operators.push_back(bottom);
    const NodeId left = child(bottom, Field::kLeft);
    bottom = left == kNoNode ? kNoNode : strip(left);
  }
  ExprId value = bottom == kNoNode ? read_other(operators.back()) : read(bottom);
  for (size_t n = operators.size(); n-- > 0;) {
    const NodeId right = child(operators[n], Field::kRight);
    const size_t children = mark();
    push(value);
    if (right != kNoNode) push(read(right));
    const std::string_view sign = sign_of(operators[n]);
    value = add(is_comparison(sign) ? ExprKind::kCompare : ExprKind::kBinary, span(operators[n]), children, sign);
  }
  return value;
}

// `a && b && c` is one choice of three. Each operand but the first stands in an arm of the one before it.
ExprId Bodies::read_logical(NodeId node, Use use) {
  const auto sign_of = [&](NodeId at) {
    const NodeId sign = child(at, Field::kOperator);
    return sign == kNoNode ? std::string_view() : slice(sign);
  };
  const bool all = is_and(sign_of(node));
  std::vector<NodeId> operands;  // last to first
  NodeId bottom = node;
  while (bottom != kNoNode && syntax_.kind(bottom) == Kind::kBinaryExpression &&
         (all ? is_and(sign_of(bottom)) : is_or(sign_of(bottom)))) {
    const NodeId right = child(bottom, Field::kRight);
    if (right != kNoNode) operands.push_back(right);
    bottom = child(bottom, Field::kLeft);
  }
  if (bottom != kNoNode) operands.push_back(bottom);

  const BlockId outside = frame_->block;
  const size_t children = mark();
  ExprId before = ExprId::kNone;
  for (size_t n = operands.size(); n-- > 0;) {
    if (before != ExprId::kNone) enter_arm({before, all, new_group()}, span(operands[n]));
    const bool last = n == 0;
    before = read(operands[n], last ? use : Use{});
    push(before);
  }
  frame_->block = outside;
  return add(ExprKind::kEither, span(node), children, {}, static_cast<uint8_t>(all ? Either::kAnd : Either::kOr));
}

ExprId Bodies::read_conditional(NodeId node, Use use) {
  const NodeId asked = child(node, Field::kCondition);
  const NodeId then = child(node, Field::kConsequence);
  const NodeId otherwise = child(node, Field::kAlternative);
  if (asked == kNoNode || otherwise == kNoNode) return read_other(node);
  const BlockId outside = frame_->block;
  const ExprId condition = read(asked);
  Rest rest{condition, true, new_group()};
  const size_t children = mark();
  if (then == kNoNode) {
    push(condition);  // `a ?: b`
  } else {
    enter_arm(rest, span(then));
    push(read(then, use));
    frame_->block = outside;
  }
  rest.when = false;
  enter_arm(rest, span(otherwise));
  push(read(otherwise, use));
  frame_->block = outside;
  const TypeId type = type_of(pending_.back());
  const ExprId expr = add(ExprKind::kEither, span(node), children, {}, static_cast<uint8_t>(Either::kConditional));
  set_type(expr, type);
  return expr;
}

// `!x`, `-x`, `~x`; a `throw` in an expression was respelled as one of them.
ExprId Bodies::read_unary(NodeId node, Use) {
  std::vector<NodeId> operators;
  const NodeId outermost = node;
  while (syntax_.kind(node) == Kind::kUnaryExpression && !slice(node).starts_with("throw")) {
    const NodeId operand = child(node, Field::kArgument);
    if (operand == kNoNode) break;
    operators.push_back(node);
    node = strip(operand);
  }
  ExprId value = ExprId::kNone;
  if (syntax_.kind(node) == Kind::kUnaryExpression && slice(node).starts_with("throw")) {
    const NodeId thrown = child(node, Field::kArgument);
    const ExprId what = thrown == kNoNode ? ExprId::kNone : read(thrown);
    exit(ExitKind::kRaise, what, span(node));
    const size_t children = mark();
    if (what != ExprId::kNone) push(what);
    value = add(ExprKind::kOther, span(node), children);
  } else {
    value = operators.empty() ? read_other(outermost) : read(node);
  }
  for (size_t n = operators.size(); n-- > 0;) {
    const NodeId sign = child(operators[n], Field::kOperator);
    const std::string_view text = sign == kNoNode ? std::string_view() : slice(sign);
    const size_t children = mark();
    push(value);
    value = text == "!" || text == "not" ? add(ExprKind::kNot, span(operators[n]), children)
                                         : add(ExprKind::kUnary, span(operators[n]), children, text);
  }
  return value;
}

// `*p`, `&x`, `&Store::load`
ExprId Bodies::read_pointer(NodeId node) {
  std::vector<NodeId> operators;
  while (syntax_.kind(node) == Kind::kPointerExpression) {
    const NodeId operand = child(node, Field::kArgument);
    if (operand == kNoNode) break;
    operators.push_back(node);
    node = strip(operand);
  }
  if (operators.empty()) return read_other(node);
  ExprId value = read(node);
  for (size_t n = operators.size(); n-- > 0;) {
    const NodeId sign = child(operators[n], Field::kOperator);
    const std::string_view text = sign == kNoNode ? std::string_view() : slice(sign);
    const size_t children = mark();
    const TypeId type = type_of(value);
    const bool address = text == "&";
    push(value);
    const ExprId inner = value;
    value = add(ExprKind::kUnary, span(operators[n]), children, text);
    set_type(value, address ? type : file_.names.pointee(type));
    if (!address) continue;
    const Path path = file_.names.path_of(node);
    const Meaning of = meaning(inner);
    Meaning& told = meaning(value);
    told.changeable = true;
    const bool member = path.qualified() && of.symbol == 0 && syntax_.kind(node) == Kind::kQualifiedIdentifier;
    if (!of.callable && !member) continue;
    told.symbol = of.symbol;
    told.name = of.name;
    told.callable = true;
    told.changeable = false;
  }
  return value;
}

// --- Writes ----------------------------------------------------------------------------------------------------------

// What is assigned to. `*p` is written as `p[0]`.
ExprId Bodies::read_target(NodeId node) {
  node = strip(node);
  ExprId expr = read(node);
  if (tree()[expr].kind == ExprKind::kUnary && tree()[expr].child_count == 1 &&
      file_.facts.text(tree()[expr].text) == "*") {
    const ExprId pointer = tree().child(expr, 0);
    const TypeId type = type_of(expr);
    const size_t children = mark();
    push(pointer);
    push(literal(Literal::kInteger, span(node), "0"));
    expr = add(ExprKind::kSubscript, span(node), children);
    set_type(expr, type);
  }
  return expr;
}

// Whether what is written there outlives the call.
bool Bodies::is_kept(ExprId target) {
  const Expr& expr = tree()[target];
  if (expr.kind != ExprKind::kName) return true;
  const Local* local = find_local(expr.text);
  return local == nullptr || local->kept;
}

ExprId Bodies::read_assignment(NodeId node, Use use) {
  const NodeId left = child(node, Field::kLeft);
  const NodeId right = child(node, Field::kRight);
  const NodeId sign = child(node, Field::kOperator);
  if (left == kNoNode || right == kNoNode) return read_other(node);
  std::string_view text = sign == kNoNode ? std::string_view() : slice(sign);
  Write shape;
  shape.at = span(node);
  const ExprId target = read_target(left);
  if (text != "=") {
    shape.op = WriteOp::kUpdate;
    if (text.ends_with("=")) text.remove_suffix(1);
    shape.op_text = intern(text);
    shape.value = read(right);
  } else {
    shape.value = read(right, use_of(target));
    hand_over(shape.value);
  }
  write_to(shape, target);
  if (use.fate == Fate::kDropped) return shape.value;
  const size_t children = mark();
  push(shape.value);
  return add(ExprKind::kAssigned, span(node), children, file_.facts.text(tree()[target].text));
}

// Only names, members and elements are written; `f() = 1` is a call.
void Bodies::write_to(const Write& shape, ExprId target) {
  const ExprKind kind = tree()[target].kind;
  if (kind == ExprKind::kName || kind == ExprKind::kAttribute || kind == ExprKind::kSubscript) write(shape, target);
}

// `++x` adds a literal one.
ExprId Bodies::read_update(NodeId node, Use use) {
  const NodeId operand = child(node, Field::kArgument);
  const NodeId sign = child(node, Field::kOperator);
  if (operand == kNoNode) return read_other(node);
  const ExprId target = read_target(operand);
  Write shape;
  shape.op = WriteOp::kUpdate;
  shape.op_text = intern(sign != kNoNode && slice(sign) == "--" ? "-" : "+");
  shape.at = span(node);
  shape.value = literal(Literal::kInteger, span(node), "1");
  write_to(shape, target);
  if (use.fate == Fate::kDropped) return target;
  const size_t children = mark();
  push(target);
  return add(ExprKind::kUnary, span(node), children, sign == kNoNode ? std::string_view() : slice(sign));
}

ExprId Bodies::read_new(NodeId node, Use use) {
  const NodeId type = child(node, Field::kType);
  if (type == kNoNode) return read_other(node);
  const NodeId placement = child(node, Field::kPlacement);
  if (placement != kNoNode) {
    for (NodeId one : syntax_.children(placement)) read(one);
  }
  const Span at{span(type).begin, span(node).end};
  return construct(file_.names.type_of(type, kNoNode, scope()), type, child(node, Field::kArguments), at, use);
}

ExprId Bodies::read_delete(NodeId node) {
  const NodeId what = syntax_.first_child(node);
  if (what == kNoNode) return read_other(node);
  const ExprId target = read_target(what);
  const TypeId type = file_.names.behind(type_of(target));
  if (type != TypeId::kNone && !file_.names[type].builtin) {
    unwind(name(last_of(file_.names[type].name), span(node)), type, span(node));
  }
  Write shape;
  shape.op = WriteOp::kDelete;
  shape.at = span(node);
  write_to(shape, target);
  return target;
}

// --- Coroutines and lambdas ------------------------------------------------------------------------------------------

// The use of the awaited value is that of the awaiting one. `co_yield` was respelled as `co_await`.
ExprId Bodies::read_await(NodeId node, Use use) {
  NodeId operand = child(node, Field::kArgument);
  if (operand == kNoNode) return read_other(node);
  operand = strip(operand);
  const size_t children = mark();
  if (slice(node).starts_with("co_yield")) {
    const ExprId value = read(operand, {Fate::kReturned, ExprId::kNone, false});
    push(value);
    frame_->yields = true;
    exit(ExitKind::kYield, value, span(node));
    return add(ExprKind::kYield, span(node), children);
  }
  frame_->awaits = true;
  // `co_await std::move(task)` awaits the task.
  if (syntax_.kind(operand) == Kind::kCallExpression) {
    const NodeId arguments = child(operand, Field::kArguments);
    const NodeId only = arguments == kNoNode ? kNoNode : syntax_.first_child(arguments);
    const bool moves = last_of(slice(child(operand, Field::kFunction))) == "move";
    if (moves && only != kNoNode && syntax_[only].skip == syntax_[arguments].skip) operand = strip(only);
  }
  const bool is_call = syntax_.kind(operand) == Kind::kCallExpression;
  const ExprId value = read(operand, {use.fate, use.into, is_call});
  push(value);
  const TypeId type = type_of(value);
  const ExprId expr = add(ExprKind::kAwait, span(node), children);
  if (type != TypeId::kNone && !file_.names[type].arguments.empty()) {
    set_type(expr, file_.names[type].arguments.front());
  }
  if (!is_call) call(CallKind::kAwait, value, {use.fate, use.into, false}, span(node));
  return expr;
}

ExprId Bodies::read_lambda(NodeId node) {
  const Definition* definition = file_.definition(node);
  if (definition == nullptr || read_[index(definition->function)]) return read_other(node);
  const size_t locals = open_scope();
  const NodeId captures = child(node, Field::kCaptures);
  if (captures != kNoNode) {
    for (NodeId one : syntax_.children(captures)) {
      if (syntax_.kind(one) != Kind::kLambdaCaptureInitializer) continue;
      const NodeId left = child(one, Field::kLeft);
      const NodeId right = child(one, Field::kRight);
      if (left == kNoNode || right == kNoNode) continue;
      // What a capture computes, the function around it computes.
      const ExprId target = name(slice(left), span(left));
      Write shape;
      shape.value = read(right, {Fate::kLocal, target, false});
      shape.at = span(one);
      write(shape, target);
      meaning(target).symbol = declare(slice(left), span(left), type_of(shape.value), Declared::Storage::kLocal).symbol;
      set_type(target, type_of(shape.value));
    }
  }
  read_lambda_body(*definition);
  close_scope(locals, span(node).end);
  Expr expr;
  expr.kind = ExprKind::kFunction;
  expr.first_child = index(definition->function);
  expr.block = frame_->block;
  expr.at = span(node);
  tree().exprs.push_back(expr);
  frame_->types.push_back(TypeId::kNone);
  frame_->meanings.push_back(0);
  return ExprId{static_cast<uint32_t>(tree().exprs.size() - 1)};
}

}  // namespace stallint::cpp
