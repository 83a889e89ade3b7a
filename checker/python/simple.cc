// Statements without statements in them.

#include "checker/python/statements.h"

#include <algorithm>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

bool is_text(Kind kind) { return kind == Kind::kString || kind == Kind::kConcatenatedString; }

}  // namespace

void Statements::read_expression_statement(NodeId node) {
  std::vector<NodeId> parts;
  for (NodeId child : syntax().children(node)) parts.push_back(child);
  if (parts.empty()) return;
  if (parts.size() > 1) {
    expressions_.read_tuple(parts, span(node));
    return;
  }
  switch (syntax().kind(parts[0])) {
    case Kind::kAssignment:
      read_assignment(parts[0]);
      return;
    case Kind::kAugmentedAssignment:
      read_update(parts[0]);
      return;
    case Kind::kEllipsis:
      return;
    default:
      break;
  }
  // A docstring, or text that comments something out: nothing happens there.
  const bool text = is_text(syntax().kind(parts[0]));
  if (text && syntax().child(parts[0], Kind::kInterpolation) == kNoNode && syntax().kind(parts[0]) == Kind::kString)
    return;
  expressions_.read(parts[0], {Fate::kDropped, ExprId::kNone, false});
}

// `a = b: int = value`; the grammar nests the later targets in the right side.
void Statements::read_assignment(NodeId node) {
  const Span whole = span(node);
  std::vector<ExprId> targets;
  ExprId annotation = ExprId::kNone;
  NodeId value = kNoNode;
  while (node != kNoNode) {
    const NodeId left = syntax().child(node, Field::kLeft);
    const NodeId type = syntax().child(node, Field::kType);
    if (left != kNoNode) targets.push_back(expressions_.read_target(left));
    if (type != kNoNode) annotation = expressions_.read_type(type);
    value = syntax().child(node, Field::kRight);
    if (value == kNoNode || syntax().kind(value) != Kind::kAssignment) break;
    node = value;
  }
  if (targets.empty()) return;
  if (value != kNoNode && syntax().kind(value) == Kind::kAugmentedAssignment) {
    read_update(value);
    value = kNoNode;
  }

  Write shape;
  shape.at = whole;
  shape.annotation = annotation;
  if (value == kNoNode) {
    shape.op = WriteOp::kDeclare;
  } else {
    // Of several targets, the one that keeps the value longest says what becomes of it.
    const auto keeps = [&](ExprId target) { return expressions_.use_of(target).fate == Fate::kKept; };
    const auto kept = std::find_if(targets.begin(), targets.end(), keeps);
    shape.value = expressions_.read_value(value, kept == targets.end() ? targets.front() : *kept);
  }
  for (ExprId target : targets) expressions_.write(shape, target);
}

void Statements::read_update(NodeId node) {
  const NodeId left = syntax().child(node, Field::kLeft);
  const NodeId sign = syntax().child(node, Field::kOperator);
  const NodeId right = syntax().child(node, Field::kRight);
  if (left == kNoNode || right == kNoNode) {
    read_unknown(right == kNoNode ? left : right);
    return;
  }
  Write shape;
  shape.op = WriteOp::kUpdate;
  shape.at = span(node);
  std::string_view text = sign == kNoNode ? std::string_view() : slice(sign);
  if (!text.empty()) text.remove_suffix(1);
  shape.op_text = intern(text);
  const ExprId target = expressions_.read_target(left);
  shape.value = expressions_.read(right);
  expressions_.write(shape, target);
}

void Statements::read_return(NodeId node) {
  const NodeId value = syntax().first_child(node);
  ExprId expr = ExprId::kNone;
  if (value != kNoNode) expr = expressions_.read(value, {Fate::kReturned, ExprId::kNone, false});
  expressions_.exit(ExitKind::kReturn, expr, ExprId::kNone, span(node));
}

void Statements::read_raise(NodeId node) {
  ExprId value = ExprId::kNone;
  ExprId cause = ExprId::kNone;
  for (NodeId child : syntax().children(node)) {
    const ExprId expr = expressions_.read(child);
    (syntax()[child].field == Field::kCause ? cause : value) = expr;
  }
  expressions_.exit(ExitKind::kRaise, value, cause, span(node));
}

void Statements::read_delete(NodeId node) {
  Write shape;
  shape.op = WriteOp::kDelete;
  shape.at = span(node);
  for (NodeId child : syntax().children(node)) expressions_.write(shape, expressions_.read_target(child));
}

// `assert condition, message()`: the message is only built when the condition is false.
void Statements::read_assert(NodeId node) {
  const BlockId outside = expressions_.block();
  ExprId condition = ExprId::kNone;
  for (NodeId child : syntax().children(node)) {
    if (condition == ExprId::kNone) {
      condition = expressions_.read(child);
      continue;
    }
    Rest message;
    message.condition = condition;
    message.when = false;
    message.group = expressions_.new_group();
    enter_arm(message, span(child));
    expressions_.read(child);
    expressions_.leave_to(outside);
  }
}

// `type X[T] = value`: evaluated when it is asked for, so nothing runs here.
void Statements::read_alias(NodeId node) {
  const NodeId left = syntax().child(node, Field::kLeft);
  const NodeId right = syntax().child(node, Field::kRight);
  NodeId name = left == kNoNode ? kNoNode : syntax().first_child(left);
  if (name != kNoNode && syntax().kind(name) == Kind::kGenericType) name = syntax().first_child(name);
  if (name == kNoNode || right == kNoNode || syntax().kind(name) != Kind::kIdentifier) {
    read_unknown_children(node);
    return;
  }
  Write shape;
  shape.at = span(node);
  shape.value = expressions_.read_type(right);
  expressions_.write(shape, expressions_.read_target(name));
}

void Statements::read_import(NodeId node) {
  for (NodeId child : syntax().children(node)) {
    const bool aliased = syntax().kind(child) == Kind::kAliasedImport;
    if (!aliased && syntax().kind(child) != Kind::kDottedName) continue;
    const NodeId module = aliased ? syntax().child(child, Field::kName) : child;
    const NodeId alias = aliased ? syntax().child(child, Field::kAlias) : syntax().first_child(child);
    if (module == kNoNode || alias == kNoNode) continue;
    Import import;
    import.module = intern(dotted(module));
    import.as = intern(slice(alias));
    import.aliased = aliased;
    import.type_checking = type_checking_ > 0;
    import.block = expressions_.block();
    import.at = span(child);
    body_.imports.push_back(import);
  }
}

void Statements::read_import_from(NodeId node) {
  Import import;
  import.type_checking = type_checking_ > 0;
  import.block = expressions_.block();
  if (syntax().kind(node) == Kind::kFutureImportStatement) import.module = intern("__future__");
  for (NodeId child : syntax().children(node)) {
    const Kind kind = syntax().kind(child);
    import.at = span(child);
    if (syntax()[child].field == Field::kModuleName) {
      const NodeId dots = syntax().child(child, Kind::kImportPrefix);
      const NodeId name = kind == Kind::kDottedName ? child : syntax().child(child, Kind::kDottedName);
      if (dots != kNoNode) {
        const std::string_view prefix = slice(dots);
        import.level = static_cast<uint8_t>(std::min<ptrdiff_t>(std::count(prefix.begin(), prefix.end(), '.'), 255));
      }
      if (name != kNoNode) import.module = intern(dotted(name));
    } else if (kind == Kind::kWildcardImport) {
      import.star = true;
      import.name = import.as = 0;
      body_.imports.push_back(import);
    } else if (kind == Kind::kDottedName || kind == Kind::kAliasedImport) {
      import.aliased = kind == Kind::kAliasedImport;
      const NodeId name = import.aliased ? syntax().child(child, Field::kName) : child;
      const NodeId alias = import.aliased ? syntax().child(child, Field::kAlias) : child;
      if (name == kNoNode || alias == kNoNode) continue;
      import.name = intern(dotted(name));
      import.as = intern(dotted(alias));
      body_.imports.push_back(import);
    }
  }
}

// `a . b` as "a.b".
std::string Statements::dotted(NodeId name) const {
  if (syntax().kind(name) != Kind::kDottedName) return std::string(slice(name));
  std::string text;
  for (NodeId part : syntax().children(name)) {
    if (!text.empty()) text += '.';
    text += slice(part);
  }
  return text;
}

void Statements::read_names(NodeId node, std::vector<uint32_t>& names) {
  for (NodeId child : syntax().children(node)) {
    if (syntax().kind(child) == Kind::kIdentifier) names.push_back(intern(slice(child)));
  }
}

// `print x` and `exec code`: the operands are read, for what they call.
void Statements::read_python2(NodeId node) {
  file_.note(span(node), "a statement of Python 2, of which only the operands were read");
  for (NodeId child : syntax().children(node)) expressions_.read(child);
}

}  // namespace stallint::python
