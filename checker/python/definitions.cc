// What a `def` or `class` statement does where it stands: decorators, defaults and bases are evaluated.

#include "checker/python/statements.h"

#include <algorithm>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

void Statements::read_decorated(NodeId node) {
  const NodeId inner = syntax().child(node, Field::kDefinition);
  const Kind kind = inner == kNoNode ? Kind::kError : syntax().kind(inner);
  if (kind == Kind::kFunctionDefinition || kind == Kind::kClassDefinition) {
    read_decorators(node, file_.definition(inner));
    kind == Kind::kFunctionDefinition ? read_function(inner) : read_class(inner);
    return;
  }
  read_unknown_children(node);
}

// Each decorator is called with what stands below it, by the function around.
void Statements::read_decorators(NodeId decorated, const Definition& definition) {
  const FunctionKind scope = file_.facts.functions[index(function_)].kind;
  const bool local = scope == FunctionKind::kFunction || scope == FunctionKind::kLambda;
  for (NodeId child : syntax().children(decorated)) {
    if (syntax().kind(child) != Kind::kDecorator) continue;
    const NodeId value = syntax().first_child(child);
    if (value == kNoNode) continue;
    const ExprId expr = expressions_.read(value);
    expressions_.call(CallKind::kDecorator, expr, {local ? Fate::kLocal : Fate::kKept, ExprId::kNone, false},
                      span(value));
    Call& call = body_.calls.back();
    if (definition.owner == ClassId::kNone) {
      call.function = definition.function;
    } else {
      call.decorated_class = definition.owner;
    }
  }
}

void Statements::read_function(NodeId node) {
  Function& function = file_.facts.functions[index(file_.definition(node).function)];
  function.block = expressions_.block();
  const NodeId parameters = syntax().child(node, Field::kParameters);
  if (parameters == kNoNode) return;
  for (NodeId parameter : syntax().children(parameters)) {
    const NodeId type = syntax().child(parameter, Field::kType);
    if (type != kNoNode) read_calls_of_type(type);
    const NodeId value = syntax().child(parameter, Field::kValue);
    if (value != kNoNode) expressions_.read(value, {Fate::kKept, ExprId::kNone, false});
  }
}

// `order: Annotated[Order, Depends(load)]` calls Depends where the function is defined, as a default would.
void Statements::read_calls_of_type(NodeId type) {
  std::vector<NodeId> work{type};
  while (!work.empty()) {
    const NodeId node = work.back();
    work.pop_back();
    if (syntax().kind(node) == Kind::kCall) {
      expressions_.read(node, {Fate::kKept, ExprId::kNone, false});
      continue;
    }
    const size_t before = work.size();
    for (NodeId child : syntax().children(node)) work.push_back(child);
    std::reverse(work.begin() + static_cast<std::ptrdiff_t>(before), work.end());
  }
}

void Statements::read_class(NodeId node) {
  const Definition& definition = file_.definition(node);
  file_.facts.classes[index(definition.owner)].block = expressions_.block();
  file_.facts.functions[index(definition.function)].block = expressions_.block();
  const NodeId bases = syntax().child(node, Field::kSuperclasses);
  if (bases != kNoNode) expressions_.read_bases(bases);
}

}  // namespace stallint::python
