#include "checker/python/expressions.h"

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

bool starts_function(Kind kind) { return kind == Kind::kLambda || kind == Kind::kFunctionDefinition; }

}  // namespace

Expressions::Expressions(FileReader& file) : file_(file), source_(file.source), tree_(file.facts.outline) {}

Expressions::Expressions(FileReader& file, Body& body, FunctionKind scope)
    : file_(file),
      source_(file.source),
      tree_(body.tree),
      body_(&body),
      names_are_local_(scope == FunctionKind::kFunction || scope == FunctionKind::kLambda) {}

// --- Building
// ---------------------------------------------------------------------------------------------------------

ExprId Expressions::add(ExprKind kind, Span at, size_t mark, uint32_t text, uint8_t detail) {
  Expr expr;
  expr.kind = kind;
  expr.detail = detail;
  expr.text = text;
  expr.first_child = static_cast<uint32_t>(tree_.children.size());
  expr.child_count = static_cast<uint32_t>(pending_.size() - mark);
  expr.block = block_;
  expr.at = at;
  tree_.children.insert(tree_.children.end(), pending_.begin() + static_cast<ptrdiff_t>(mark), pending_.end());
  pending_.resize(mark);
  tree_.exprs.push_back(expr);
  return ExprId{static_cast<uint32_t>(tree_.exprs.size() - 1)};
}

ExprId Expressions::name(std::string_view text, Span at) { return add(ExprKind::kName, at, text); }

ExprId Expressions::literal(Literal literal, Span at, std::string_view text) {
  return add(ExprKind::kLiteral, at, mark(), file_.strings.id(text), static_cast<uint8_t>(literal));
}

BlockId Expressions::enter(Block block) {
  block.parent = block_;
  body_->blocks.push_back(block);
  block_ = BlockId{static_cast<uint32_t>(body_->blocks.size() - 1)};
  return block_;
}

void Expressions::call(CallKind kind, ExprId expr, Use use, Span at) {
  if (!recording()) return;
  Call call;
  call.kind = kind;
  call.fate = use.fate;
  call.awaited = use.awaited;
  call.expr = expr;
  call.into = use.into;
  call.block = block_;
  call.at = at;
  body_->calls.push_back(call);
}

void Expressions::exit(ExitKind kind, ExprId value, ExprId cause, Span at) {
  if (recording()) body_->exits.push_back({kind, value, cause, block_, at});
}

// --- Reading
// ----------------------------------------------------------------------------------------------------------

NodeId Expressions::strip(NodeId node) const {
  const Syntax& syntax = *source_.syntax;
  while (syntax.kind(node) == Kind::kParenthesizedExpression) {
    const NodeId inner = syntax.first_child(node);
    if (inner == kNoNode || syntax[inner].skip != syntax[node].skip) break;
    node = inner;
  }
  return node;
}

ExprId Expressions::read(NodeId node, Use use) {
  node = strip(node);
  const Depth depth(depth_);
  return depth.exceeded() ? read_shallow(node) : dispatch(node, use);
}

ExprId Expressions::dispatch(NodeId node, Use use) {
  const Span at = source_.span(node);
  switch (syntax().kind(node)) {
    case Kind::kIdentifier:
    case Kind::kDottedName:
      return syntax().kind(node) == Kind::kDottedName ? read_dotted(node) : name(source_.slice(node), at);
    case Kind::kAttribute:
    case Kind::kCall:
    case Kind::kSubscript:
      return read_chain(node, use);
    case Kind::kString:
    case Kind::kConcatenatedString:
      return in_type_ ? read_quoted(node) : read_strings(node);
    case Kind::kInteger:
    case Kind::kFloat:
      return read_number(node);
    case Kind::kTrue:
      return literal(Literal::kTrue, at, "True");
    case Kind::kFalse:
      return literal(Literal::kFalse, at, "False");
    case Kind::kNone:
      return literal(Literal::kNone, at, "None");
    case Kind::kEllipsis:
      return literal(Literal::kEllipsis, at, "...");
    case Kind::kBinaryOperator:
      return read_binary(node);
    case Kind::kUnaryOperator:
    case Kind::kNotOperator:
      return read_unary(node);
    case Kind::kBooleanOperator:
      return read_boolean(node, use);
    case Kind::kComparisonOperator:
      return read_comparison(node);
    case Kind::kConditionalExpression:
      return read_conditional(node, use);
    case Kind::kAwait:
      return read_await(node, use);
    case Kind::kYield:
      return read_yield(node);
    case Kind::kNamedExpression:
      return read_named(node);
    case Kind::kLambda:
      return read_lambda(node);
    case Kind::kTuple:
    case Kind::kExpressionList:
    case Kind::kPatternList:
    case Kind::kTuplePattern:
      return read_display(node, ExprKind::kTuple);
    case Kind::kList:
    case Kind::kListPattern:
      return read_display(node, ExprKind::kList);
    case Kind::kSet:
      return read_display(node, ExprKind::kSet);
    case Kind::kDictionary:
      return read_dictionary(node);
    case Kind::kListComprehension:
      return read_comprehension(node, Comprehension::kList);
    case Kind::kSetComprehension:
      return read_comprehension(node, Comprehension::kSet);
    case Kind::kDictionaryComprehension:
      return read_comprehension(node, Comprehension::kDict);
    case Kind::kGeneratorExpression:
      return read_comprehension(node, Comprehension::kGenerator);
    case Kind::kListSplat:
    case Kind::kListSplatPattern:
      return read_splat(node, ExprKind::kStar, {});
    case Kind::kDictionarySplat:
    case Kind::kDictionarySplatPattern:
      return read_splat(node, ExprKind::kDoubleStar, {});
    case Kind::kType:
    case Kind::kGenericType:
    case Kind::kUnionType:
    case Kind::kMemberType:
    case Kind::kConstrainedType:
    case Kind::kSplatType:
      return read_type_inner(node);
    case Kind::kSlice:
      return read_slice(node);
    default:
      return read_other(node);
  }
}

void Expressions::push_children(NodeId node, Use use) {
  for (NodeId child : syntax().children(node)) {
    const Kind kind = syntax().kind(child);
    if (is_statement(kind) || kind == Kind::kBlock || kind == Kind::kOperator) continue;
    if (is_expression(kind) || syntax().has_children(child)) push(read(child, use));
  }
}

ExprId Expressions::read_other(NodeId node) {
  const size_t children = mark();
  push_children(node);
  return add(ExprKind::kOther, source_.span(node), children);
}

// Deeper than recursion may go, only the calls are kept, each with its callee and without its arguments.
ExprId Expressions::read_shallow(NodeId node) {
  if (source_.is_file)
    file_.note(source_.span(node), "nested too deeply: of what is inside, only names of calls were read");
  const size_t children = mark();
  NodeId at = node;
  while (at < syntax()[node].skip) {
    const Kind kind = syntax().kind(at);
    if (kind == Kind::kCall) {
      const size_t callee = mark();
      push(read_shallow_callee(syntax().child(at, Field::kFunction)));
      const ExprId expr = add(ExprKind::kCall, source_.span(at), callee);
      call(CallKind::kCall, expr, {}, source_.span(at));
      push(expr);
    }
    at = starts_function(kind) ? syntax()[at].skip : at + 1;
  }
  return add(ExprKind::kOther, source_.span(node), children);
}

ExprId Expressions::read_shallow_callee(NodeId node) {
  std::vector<NodeId> attributes;
  while (node != kNoNode && syntax().kind(node) == Kind::kAttribute) {
    attributes.push_back(node);
    node = syntax().child(node, Field::kObject);
  }
  const Span at = node == kNoNode ? Span{} : source_.span(node);
  const bool named = node != kNoNode && syntax().kind(node) == Kind::kIdentifier;
  ExprId callee = named ? name(source_.slice(node), at) : add(ExprKind::kOther, at, mark());
  for (auto attribute = attributes.rbegin(); attribute != attributes.rend(); ++attribute) {
    callee = read_link(*attribute, callee, {});
  }
  return callee;
}

ExprId Expressions::read_dotted(NodeId node) {
  ExprId value = ExprId::kNone;
  for (NodeId part : syntax().children(node)) {
    const Span at{source_.span(node).begin, source_.span(part).end};
    if (value == ExprId::kNone) {
      value = name(source_.slice(part), at);
      continue;
    }
    const size_t base = mark();
    push(value);
    value = add(ExprKind::kAttribute, at, base, file_.strings.id(source_.slice(part)));
  }
  return value == ExprId::kNone ? name("", source_.span(node)) : value;
}

ExprId Expressions::read_tuple(const std::vector<NodeId>& elements, Span at) {
  const size_t children = mark();
  for (NodeId element : elements) push(read(element));
  return add(ExprKind::kTuple, at, children);
}

}  // namespace stallint::python
