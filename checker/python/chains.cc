// Operators, attributes, calls and subscripts. Programs that write programs chain them by the thousand, so the long
// side of each is walked in a loop.

#include "checker/python/expressions.h"

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

bool is_link(Kind kind) { return kind == Kind::kAttribute || kind == Kind::kCall || kind == Kind::kSubscript; }

Field head_of(Kind kind) {
  if (kind == Kind::kAttribute) return Field::kObject;
  return kind == Kind::kCall ? Field::kFunction : Field::kValue;
}

}  // namespace

// `a.b(1)[2].c`: from the name at the bottom outwards.
ExprId Expressions::read_chain(NodeId node, Use use) {
  std::vector<NodeId> links;
  NodeId base = node;
  while (base != kNoNode && is_link(syntax().kind(base))) {
    links.push_back(base);
    const NodeId head = syntax().child(base, head_of(syntax().kind(base)));
    base = head == kNoNode ? kNoNode : strip(head);
  }
  ExprId value = base == kNoNode ? read_other(node) : read(base);
  for (size_t n = links.size(); n-- > 0;) value = read_link(links[n], value, n == 0 ? use : Use{});
  return value;
}

ExprId Expressions::read_link(NodeId node, ExprId base, Use use) {
  const Span at = source_.span(node);
  const size_t children = mark();
  push(base);
  switch (syntax().kind(node)) {
    case Kind::kAttribute: {
      const NodeId attribute = syntax().child(node, Field::kAttribute);
      const std::string_view text = attribute == kNoNode ? std::string_view() : source_.slice(attribute);
      return add(ExprKind::kAttribute, at, children, file_.strings.id(text));
    }
    case Kind::kSubscript:
      push_indexes(node, base);
      return add(ExprKind::kSubscript, at, children);
    default: {
      const NodeId arguments = syntax().child(node, Field::kArguments);
      if (arguments != kNoNode) push_arguments(arguments);
      const ExprId expr = add(ExprKind::kCall, at, children);
      call(CallKind::kCall, expr, use, at);
      return expr;
    }
  }
}

std::vector<ExprId> Expressions::read_bases(NodeId arguments) {
  const size_t first = mark();
  push_arguments(arguments);
  std::vector<ExprId> bases(pending_.begin() + static_cast<ptrdiff_t>(first), pending_.end());
  pending_.resize(first);
  return bases;
}

void Expressions::push_arguments(NodeId arguments) {
  const Use passed{Fate::kPassed, ExprId::kNone, false};
  const bool was_type = in_type_;
  in_type_ = false;
  if (syntax().kind(arguments) == Kind::kGeneratorExpression) {
    push(read(arguments, passed));
  } else {
    for (NodeId argument : syntax().children(arguments)) {
      const NodeId inner = strip(argument);
      switch (syntax().kind(inner)) {
        case Kind::kKeywordArgument: {
          const NodeId name = syntax().child(inner, Field::kName);
          const NodeId value = syntax().child(inner, Field::kValue);
          const size_t children = mark();
          if (value != kNoNode) push(read(value, passed));
          const std::string_view text = name == kNoNode ? std::string_view() : source_.slice(name);
          push(add(ExprKind::kKeyword, source_.span(inner), children, file_.strings.id(text)));
          break;
        }
        case Kind::kListSplat:
          push(read_splat(inner, ExprKind::kStar, passed));
          break;
        case Kind::kDictionarySplat:
          push(read_splat(inner, ExprKind::kDoubleStar, passed));
          break;
        default:
          push(read(inner, passed));
      }
    }
  }
  in_type_ = was_type;
}

// In annotations, `Literal["a"]` holds plain strings and so does `Annotated[T, "a"]` after its first index.
void Expressions::push_indexes(NodeId subscript, ExprId base) {
  const std::string_view special = file_.facts.text(tree_[base].text);
  const bool was_type = in_type_;
  if (special == "Literal") in_type_ = false;
  for (NodeId child : syntax().children(subscript)) {
    if (syntax()[child].field == Field::kValue) continue;
    push(read(child));
    if (file_.facts.text(tree_[base].text) == "Annotated") in_type_ = false;
  }
  in_type_ = was_type;
}

// The text says which parts there are: "a:", ":b", "a:b:c".
ExprId Expressions::read_slice(NodeId node) {
  const size_t children = mark();
  std::string shape;
  char part = 'a';
  for (NodeId child : syntax().children(node)) {
    if (syntax().kind(child) == Kind::kColon) {
      shape += ':';
      ++part;
      continue;
    }
    shape += part;
    push(read(child));
  }
  return add(ExprKind::kOther, source_.span(node), children, file_.strings.id(shape), kSlice);
}

// `a + b + c` leans to the left, so it is read from the bottom up.
ExprId Expressions::read_binary(NodeId node) {
  std::vector<NodeId> operators;
  NodeId bottom = node;
  while (bottom != kNoNode && syntax().kind(bottom) == Kind::kBinaryOperator) {
    operators.push_back(bottom);
    const NodeId left = syntax().child(bottom, Field::kLeft);
    bottom = left == kNoNode ? kNoNode : strip(left);
  }
  ExprId value = read_percent(operators.back());
  if (value != ExprId::kNone) {
    operators.pop_back();
  } else {
    value = bottom == kNoNode ? read_other(operators.back()) : read(bottom);
  }
  for (size_t n = operators.size(); n-- > 0;) {
    const NodeId sign = syntax().child(operators[n], Field::kOperator);
    const NodeId right = syntax().child(operators[n], Field::kRight);
    const size_t children = mark();
    push(value);
    if (right != kNoNode) push(read(right));
    const std::string_view text = sign == kNoNode ? std::string_view() : source_.slice(sign);
    value = add(ExprKind::kBinary, source_.span(operators[n]), children, file_.strings.id(text));
  }
  return value;
}

// `not - ~ x`.
ExprId Expressions::read_unary(NodeId node) {
  std::vector<NodeId> operators;
  while (syntax().kind(node) == Kind::kUnaryOperator || syntax().kind(node) == Kind::kNotOperator) {
    const NodeId operand = syntax().child(node, Field::kArgument);
    if (operand == kNoNode) break;
    operators.push_back(node);
    node = strip(operand);
  }
  if (operators.empty()) return read_other(node);
  ExprId value = read(node);
  for (size_t n = operators.size(); n-- > 0;) {
    const NodeId sign = syntax().child(operators[n], Field::kOperator);
    const size_t children = mark();
    push(value);
    const Span at = source_.span(operators[n]);
    value = sign == kNoNode ? add(ExprKind::kNot, at, children)
                            : add(ExprKind::kUnary, at, children, file_.strings.id(source_.slice(sign)));
  }
  return value;
}

// `a and b and c` is one choice of three. Each operand but the first stands in an arm of the one before it.
ExprId Expressions::read_boolean(NodeId node, Use use) {
  const auto sign_of = [&](NodeId at) {
    const NodeId sign = syntax().child(at, Field::kOperator);
    return sign == kNoNode ? std::string_view() : source_.slice(sign);
  };
  const bool is_and = sign_of(node) == "and";
  std::vector<NodeId> operands;  // last to first
  NodeId bottom = node;
  while (bottom != kNoNode && syntax().kind(bottom) == Kind::kBooleanOperator && (sign_of(bottom) == "and") == is_and) {
    const NodeId right = syntax().child(bottom, Field::kRight);
    if (right != kNoNode) operands.push_back(right);
    bottom = syntax().child(bottom, Field::kLeft);
  }
  if (bottom != kNoNode) operands.push_back(bottom);

  const BlockId outside = block_;
  const size_t children = mark();
  ExprId before = ExprId::kNone;
  for (size_t n = operands.size(); n-- > 0;) {
    if (before != ExprId::kNone && recording()) {
      Block arm;
      arm.kind = BlockKind::kArm;
      arm.when = is_and;
      arm.subject = before;
      arm.group = new_group();
      arm.arm = is_and ? 0 : 1;
      arm.at = source_.span(operands[n]);
      enter(arm);
    }
    before = read(operands[n], use);
    push(before);
  }
  leave_to(outside);
  const Either either = is_and ? Either::kAnd : Either::kOr;
  return add(ExprKind::kEither, source_.span(node), children, 0, static_cast<uint8_t>(either));
}

// `a < b <= c` has three children and the text "< <=".
ExprId Expressions::read_comparison(NodeId node) {
  const size_t children = mark();
  std::string text;
  for (NodeId child : syntax().children(node)) {
    if (syntax()[child].field != Field::kOperators) {
      push(read(child));
      continue;
    }
    std::string_view sign = source_.slice(child);
    if (sign.starts_with("not")) sign = "not in";
    if (sign.starts_with("is") && sign.size() > 2) sign = "is not";
    if (text.size() >= kMaxText) continue;
    if (!text.empty()) text += ' ';
    text += sign;
  }
  return add(ExprKind::kCompare, source_.span(node), children, file_.strings.id(text));
}

// `then if condition else otherwise`
ExprId Expressions::read_conditional(NodeId node, Use use) {
  std::vector<NodeId> parts;
  for (NodeId child : syntax().children(node)) {
    if (syntax().kind(child) != Kind::kError) parts.push_back(child);
  }
  if (parts.size() != 3) return read_other(node);
  const BlockId outside = block_;
  const ExprId condition = read(parts[1]);
  Block arm;
  arm.kind = BlockKind::kArm;
  arm.subject = condition;
  const size_t children = mark();
  if (recording()) {
    arm.group = new_group();
    arm.at = source_.span(parts[0]);
    enter(arm);
  }
  push(read(parts[0], use));
  leave_to(outside);
  if (recording()) {
    arm.when = false;
    arm.arm = 1;
    arm.at = source_.span(parts[2]);
    enter(arm);
  }
  push(read(parts[2], use));
  leave_to(outside);
  return add(ExprKind::kEither, source_.span(node), children, 0, static_cast<uint8_t>(Either::kConditional));
}

// The use of the awaited value is that of the awaiting one, through `await (a() if c else b())` too.
ExprId Expressions::read_await(NodeId node, Use use) {
  const Span at = source_.span(node);
  NodeId operand = syntax().first_child(node);
  if (operand == kNoNode) return read_other(node);
  operand = strip(operand);
  const size_t children = mark();
  const ExprId value = read(operand, {use.fate, use.into, true});
  push(value);
  const ExprId expr = add(ExprKind::kAwait, at, children);
  if (syntax().kind(operand) != Kind::kCall) call(CallKind::kAwait, value, {use.fate, use.into, false}, at);
  return expr;
}

ExprId Expressions::read_yield(NodeId node) {
  const Span at = source_.span(node);
  const bool from = syntax().child(node, Kind::kFrom) != kNoNode;
  const size_t children = mark();
  ExprId value = ExprId::kNone;
  for (NodeId child : syntax().children(node)) {
    if (syntax().kind(child) == Kind::kFrom) continue;
    value = read(child, {Fate::kReturned, ExprId::kNone, false});
    push(value);
  }
  exit(from ? ExitKind::kYieldFrom : ExitKind::kYield, value, ExprId::kNone, at);
  return add(ExprKind::kYield, at, children, 0, from ? 1 : 0);
}

// `name := value`
ExprId Expressions::read_named(NodeId node) {
  const Span at = source_.span(node);
  const NodeId to = syntax().child(node, Field::kName);
  const NodeId from = syntax().child(node, Field::kValue);
  if (to == kNoNode || from == kNoNode) return read_other(node);
  const ExprId target = read_target(to);
  const ExprId value = read(from, use_of(target));
  Write shape;
  shape.value = value;
  shape.at = at;
  write(shape, target);
  const size_t children = mark();
  push(value);
  return add(ExprKind::kAssigned, at, children, file_.strings.id(source_.slice(to)));
}

}  // namespace stallint::python
