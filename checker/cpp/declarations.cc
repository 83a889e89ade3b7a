// Declarations of variables, and how objects are made.

#include "checker/cpp/bodies.h"

#include <algorithm>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

void Bodies::read_declaration(NodeId node) {
  for (NodeId one : syntax_.children(node)) {
    if (syntax_[one].field == Field::kDeclarator) {
      const bool has_value = syntax_.kind(one) == Kind::kInitDeclarator;
      // The declaration in a condition holds the value itself.
      NodeId value = has_value ? child(one, Field::kValue) : child(node, Field::kValue);
      if (value == kNoNode) value = child(node, Field::kDefaultValue);
      read_declarator(node, one, value);
    } else if (syntax_.kind(one) == Kind::kError) {
      read_unknown(one);
    }
  }
}

void Bodies::read_declarator(NodeId declaration, NodeId outer, NodeId value) {
  const Declarator declarator = file_.declarator(outer);
  const bool is_extern = file_.has_specifier(declaration, "extern");
  if (declarator.name == kNoNode || (is_extern && value == kNoNode)) {
    if (value != kNoNode) read(value);
    return;
  }
  const NodeId type_node = child(declaration, Field::kType);
  const NodeId list = child(declarator.function, Field::kParameters);
  if (declarator.function != kNoNode && (frame_->module || !are_arguments(list))) return;

  TypeId type = file_.names.type_of(type_node, outer, scope());
  const Span at{span(outer).begin, value == kNoNode ? span(outer).end : span(value).end};
  if (syntax_.kind(declarator.name) == Kind::kStructuredBindingDeclarator) {
    const ExprId bound = value == kNoNode ? ExprId::kNone : read(value, {Fate::kLocal, ExprId::kNone, false});
    read_bindings(declarator.name, bound, at, WriteOp::kAssign, type_of(bound));
    return;
  }

  const bool kept =
      frame_->module || file_.has_specifier(declaration, "static") || file_.has_specifier(declaration, "thread_local");
  const Path path = file_.names.path_of(declarator.name);
  const ExprId target = name(path.spelt(), path.last);
  tree().exprs[index(target)].stored = true;
  const Use use{kept ? Fate::kKept : Fate::kLocal, target, false};
  const bool object = is_guard(type);
  const Kind kind = syntax_.kind(value);
  const bool listed = kind == Kind::kArgumentList || kind == Kind::kInitializerList;
  const bool told = type != TypeId::kNone;
  bool with_arguments = false;
  Write shape;
  shape.at = at;
  if (list != kNoNode) {
    const size_t children = begin_construction(type, type_node, at);
    push_parameters_as_arguments(list);
    with_arguments = true;
    shape.value = end_construction(type, children, constructor_of(type), at, use);
  } else if (object && (listed || value == kNoNode)) {
    with_arguments = listed && syntax_.has_children(value);
    shape.value = construct(type, type_node, value, at, use);
  } else if (kind == Kind::kArgumentList || (kind == Kind::kInitializerList && told && !is_array(outer))) {
    const NodeId only = syntax_.first_child(value);
    if (only != kNoNode) shape.value = read(only, use);
  } else if (value != kNoNode) {
    shape.value = read(value, use);
    with_arguments = kind == Kind::kCompoundLiteralExpression;
  } else {
    shape.op = WriteOp::kDeclare;
  }
  if (!told) type = type_of(shape.value);
  write(shape, target);
  if (frame_->module || path.qualified()) {
    mean_variable(target, path, type);
    return;
  }

  const uint32_t symbol = declare_variable(declarator.name, type, kept);
  meaning(target).symbol = symbol;
  set_type(target, type);
  Local& local = locals_.back();
  local.owned = !kept && told && is_guard(type) && ends_with_work(type);
  if (kind == Kind::kLambdaExpression) {
    const Definition* definition = file_.definition(value);
    if (definition != nullptr) local.lambda = definition->function;
  }
  const bool made = with_arguments && (object || (!told && is_guard(type)));
  if (made && !kept && shape.value != ExprId::kNone) enter_region(shape.value, target, {at.begin, scope_end_});
}

// A global, or a member that is defined outside of its class.
void Bodies::mean_variable(ExprId target, const Path& path, TypeId type) {
  std::string found;
  const Variable* variable = file_.names.find_variable(scope(), path, &found);
  if (variable != nullptr) {
    meaning(target).symbol = variable->symbol;
    set_type(target, variable->type == TypeId::kNone ? type : variable->type);
    return;
  }
  meaning(target).symbol = file_.symbol(file_.names.resolve(scope(), path), false);
  set_type(target, type);
}

uint32_t Bodies::declare_variable(NodeId name, TypeId type, bool kept) {
  return declare(slice(name), span(name), type, kept ? Declared::Storage::kProcess : Declared::Storage::kLocal).symbol;
}

bool Bodies::is_array(NodeId declarator) const {
  if (syntax_.kind(declarator) == Kind::kInitDeclarator) declarator = child(declarator, Field::kDeclarator);
  return syntax_.kind(declarator) == Kind::kArrayDeclarator;
}

// `std::lock_guard lock(mutex_);` parses as a function that takes a mutex_. In code it is no function, unless what
// stands in the brackets can only be parameters.
bool Bodies::are_arguments(NodeId list) const {
  if (list == kNoNode || !syntax_.has_children(list)) return false;
  for (NodeId parameter : syntax_.children(list)) {
    if (syntax_.kind(parameter) != Kind::kParameterDeclaration) return false;
    const Kind type = syntax_.kind(child(parameter, Field::kType));
    if (type != Kind::kTypeIdentifier && type != Kind::kQualifiedIdentifier && type != Kind::kTemplateType)
      return false;
    const NodeId declarator = child(parameter, Field::kDeclarator);
    const Kind kind = syntax_.kind(declarator);
    if (declarator != kNoNode && kind != Kind::kAbstractFunctionDeclarator && kind != Kind::kParenthesizedDeclarator) {
      return false;
    }
    if (file_.has_specifier(parameter, "const")) return false;
  }
  return true;
}

void Bodies::push_parameters_as_arguments(NodeId list) {
  for (NodeId parameter : syntax_.children(list)) {
    const ExprId argument = read_parameter_as_argument(parameter);
    hand_over(argument);
    push(argument);
  }
}

// `mutex()` reads as the type `mutex` and a function of it.
ExprId Bodies::read_parameter_as_argument(NodeId parameter) {
  const NodeId type = child(parameter, Field::kType);
  const NodeId declarator = child(parameter, Field::kDeclarator);
  if (declarator == kNoNode) return read_name(type);
  const Depth depth(depth_);
  if (depth.exceeded()) return read_shallow(parameter);
  const Callee callee = read_callee(type, 0);
  const size_t children = mark();
  push(callee.expr);
  const NodeId list = child(declarator, Field::kParameters);
  if (list != kNoNode && are_arguments(list)) push_parameters_as_arguments(list);
  const ExprId expr = add(ExprKind::kCall, span(parameter), children);
  set_type(expr, callee.result);
  call(CallKind::kCall, expr, {Fate::kPassed, ExprId::kNone, false}, span(parameter));
  return expr;
}

// `auto& [key, value] = ...`: each name receives an element.
void Bodies::read_bindings(NodeId list, ExprId value, Span at, WriteOp op, TypeId type) {
  int16_t element = 0;
  constexpr int16_t kMaxElements = 1000;
  const bool mapping = type != TypeId::kNone && file_.names[file_.names.behind(type)].arguments.size() > 1;
  for (NodeId one : syntax_.children(list)) {
    if (syntax_.kind(one) != Kind::kIdentifier || element >= kMaxElements) continue;
    const TypeId bound = mapping ? file_.names.element(type, static_cast<size_t>(element)) : TypeId::kNone;
    declare(slice(one), span(one), bound, Declared::Storage::kLocal);
    Write shape;
    shape.op = op;
    shape.value = value;
    shape.element = element++;
    shape.at = at;
    write(shape, read_target(one));
  }
}

// Objects of classes, as far as spelling tells: not numbers, pointers or references.
bool Bodies::is_guard(TypeId type) const {
  if (type == TypeId::kNone) return false;
  const Type& one = file_.names[type];
  return !one.builtin && !one.pointer && !one.name.ends_with("_t");
}

// Whether a destructor of the class may do something: a class that declares one, or one of a library.
bool Bodies::ends_with_work(TypeId type) const {
  const Type& one = file_.names[type];
  const ClassNames* known = file_.names.find_class(one.name);
  if (known != nullptr) return file_.names.find_method(one.name, "~" + std::string(last_of(one.name)), nullptr);
  return one.name.find("::") != std::string::npos;
}

// The object is there until the end of its scope.
void Bodies::enter_region(ExprId subject, ExprId target, Span at) {
  Block region;
  region.kind = BlockKind::kRegion;
  region.subject = subject;
  region.target = target;
  region.at = {at.begin, std::max(at.begin, at.end)};
  enter(region);
}

// --- Making objects --------------------------------------------------------------------------------------------------

// The callee is the name of the class, which stands nowhere, where the object begins.
size_t Bodies::begin_construction(TypeId type, NodeId spelt, Span at) {
  const std::string called = type == TypeId::kNone ? file_.names.path_of(spelt).text : file_.names[type].name;
  const size_t children = mark();
  push(name(last_of(called), {at.begin, at.begin}));
  if (type != TypeId::kNone) meaning(pending_.back()).name = intern(called);
  return children;
}

ExprId Bodies::end_construction(TypeId type, size_t children, const Callable* constructor, Span at, Use use) {
  const ExprId callee = pending_[children];
  if (constructor != nullptr && type != TypeId::kNone) {
    mean_function(callee, *constructor, file_.names[type].name, pending_.size() - children - 1);
  }
  const ExprId expr = add(ExprKind::kCall, at, children);
  set_type(expr, type);
  call(CallKind::kCall, expr, use, at);
  return expr;
}

const Callable* Bodies::constructor_of(TypeId type) const {
  if (type == TypeId::kNone) return nullptr;
  const std::string& name = file_.names[type].name;
  const ClassNames* made = file_.names.find_class(name);
  if (made == nullptr) return nullptr;
  const auto found = made->methods.find(std::string(last_of(name)));
  return found == made->methods.end() ? nullptr : &found->second;
}

// `Store(path)`, `Store{path}`, `new Store(path)`, `Store store(path)`
ExprId Bodies::construct(TypeId type, NodeId spelt, NodeId arguments, Span at, Use use) {
  const Callable* constructor = constructor_of(type);
  const size_t children = begin_construction(type, spelt, at);
  if (arguments != kNoNode) push_arguments(arguments, constructor);
  return end_construction(type, children, constructor, at, use);
}

}  // namespace stallint::cpp
