// Names of values, members, and calls: what they stand for as far as the file tells.

#include "checker/cpp/bodies.h"

#include <algorithm>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

bool is_link(Kind kind) {
  return kind == Kind::kCallExpression || kind == Kind::kFieldExpression || kind == Kind::kSubscriptExpression;
}

// Functions of the global namespace begin with `::`, as C has them.
std::string function_name(const std::string& path) { return path.find("::") == std::string::npos ? "::" + path : path; }

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Members are often spelt so; the class may stand in another file.
bool looks_like_field(std::string_view name) {
  return name.size() > 1 && (name.ends_with('_') || name.starts_with("m_")) && !is_upper(name.front());
}

bool is_cast(std::string_view name) { return name.ends_with("_cast"); }

}  // namespace

// --- Values ----------------------------------------------------------------------------------------------------------

ExprId Bodies::read_name(NodeId node) {
  if (syntax_.kind(node) == Kind::kThis) {
    const ExprId expr = name("this", span(node));
    if (!owner().empty()) set_type(expr, file_.names.named_type(owner()));
    return expr;
  }
  const Path path = file_.names.path_of(node);
  const Span at = span(node);
  if (!path.qualified()) {
    const Local* found = find_local(intern(path.text));
    if (found != nullptr) {
      const Local local = *found;
      const ExprId expr = name(path.text, at);
      meaning(expr).symbol = local.symbol;
      set_type(expr, local.type);
      return expr;
    }
    if (!owner().empty()) {
      const bool known = file_.names.find_field(owner(), path.text, nullptr) != nullptr;
      if (known || looks_like_field(path.text)) return member_of_this(path.text, at);
    }
  }
  const ExprId expr = name(path.spelt(), at);
  std::string found;
  if (const Variable* variable = file_.names.find_variable(scope(), path, &found)) {
    meaning(expr).symbol = variable->symbol;
    set_type(expr, variable->type);
    return expr;
  }
  const Callable* callable = path.qualified() ? nullptr : file_.names.find_method(owner(), path.text, &found);
  if (callable == nullptr) callable = file_.names.find_function(scope(), path, &found);
  std::string resolved = path.qualified() ? file_.names.resolve(scope(), path) : std::string();
  if (callable == nullptr && path.qualified()) {
    callable = file_.names.find_method(std::string(parent_of(resolved)), std::string(last_of(resolved)), nullptr);
  } else if (callable != nullptr && resolved.empty()) {
    resolved = file_.names.find_class(found) != nullptr ? join(found, path.text) : found;
  }
  if (callable != nullptr) {
    mean_function(expr, *callable, function_name(resolved), SIZE_MAX);
    meaning(expr).callable = true;
    return expr;
  }
  if (!path.qualified()) return expr;
  const std::string around(parent_of(resolved));
  const Variable* field = file_.names.find_field(around, std::string(last_of(resolved)), nullptr);
  Meaning& told = meaning(expr);
  told.name = intern(path.absolute ? "::" + resolved : resolved);
  if (field != nullptr) {
    told.symbol = field->symbol;
    set_type(expr, field->type);
  }
  return expr;
}

// `cache_` in a member function is `this->cache_`; `this` stands nowhere, where the name begins.
ExprId Bodies::member_of_this(std::string_view text, Span at) {
  const ExprId self = name("this", {at.begin, at.begin});
  if (!owner().empty()) set_type(self, file_.names.named_type(owner()));
  const ExprId expr = attribute(self, text, at);
  const Variable* field = file_.names.find_field(owner(), std::string(text), nullptr);
  if (field != nullptr) {
    meaning(expr).symbol = field->symbol;
    set_type(expr, field->type);
  } else if (!owner().empty()) {
    meaning(expr).symbol = file_.symbol(join(owner(), text), false);
  }
  return expr;
}

// --- Chains ----------------------------------------------------------------------------------------------------------

// `a.b(1)[2]->c`: from the name at the bottom outwards.
ExprId Bodies::read_chain(NodeId node, Use use) {
  std::vector<NodeId> links;
  NodeId base = node;
  while (base != kNoNode && is_link(syntax_.kind(base))) {
    links.push_back(base);
    const Field head = syntax_.kind(base) == Kind::kCallExpression ? Field::kFunction : Field::kArgument;
    const NodeId inner = child(base, head);
    base = inner == kNoNode ? kNoNode : strip(inner);
  }
  const NodeId innermost = links.back();
  Callee callee;
  if (base == kNoNode) {
    callee.expr = read_other(innermost);
  } else if (syntax_.kind(innermost) == Kind::kCallExpression) {
    if (is_transparent(base)) {
      // A cast is its operand.
      const NodeId arguments = child(innermost, Field::kArguments);
      const NodeId only = arguments == kNoNode ? kNoNode : syntax_.first_child(arguments);
      const TypeId type = cast_type(base);
      links.pop_back();
      callee.expr = only == kNoNode ? read_other(innermost) : read(only, links.empty() ? use : Use{});
      if (links.empty() && use.fate == Fate::kDropped) return callee.expr;
      set_type(callee.expr, type);
    } else {
      callee = read_callee(base, count_arguments(innermost));
    }
  } else {
    callee.expr = read(base);
  }
  for (size_t n = links.size(); n-- > 0;) {
    const NodeId link = links[n];
    const Use last = n == 0 ? use : Use{};
    switch (syntax_.kind(link)) {
      case Kind::kCallExpression:
        callee = {read_call(link, callee, last), TypeId::kNone, nullptr};
        break;
      case Kind::kFieldExpression: {
        const bool called = n > 0 && syntax_.kind(links[n - 1]) == Kind::kCallExpression;
        callee = read_member(link, callee.expr, called, called ? count_arguments(links[n - 1]) : 0);
        break;
      }
      default:
        callee = {read_subscript(link, callee.expr), TypeId::kNone, nullptr};
        break;
    }
  }
  return callee.expr;
}

size_t Bodies::count_arguments(NodeId call) const {
  const NodeId arguments = child(call, Field::kArguments);
  size_t count = 0;
  if (arguments != kNoNode) {
    for ([[maybe_unused]] NodeId one : syntax_.children(arguments)) ++count;
  }
  return count;
}

// `static_cast<T>(x)`, `int(x)`
bool Bodies::is_transparent(NodeId callee) const {
  if (syntax_.kind(callee) == Kind::kPrimitiveType) return true;
  if (syntax_.kind(callee) != Kind::kTemplateFunction) return false;
  const NodeId named = child(callee, Field::kName);
  return named != kNoNode && is_cast(slice(named));
}

TypeId Bodies::cast_type(NodeId callee) {
  if (syntax_.kind(callee) == Kind::kPrimitiveType) return TypeId::kNone;
  const NodeId arguments = child(callee, Field::kArguments);
  const NodeId first = arguments == kNoNode ? kNoNode : syntax_.first_child(arguments);
  return first == kNoNode ? TypeId::kNone : file_.names.type_of(first, kNoNode, scope());
}

ExprId Bodies::read_call(NodeId node, const Callee& callee, Use use) {
  const NodeId arguments = child(node, Field::kArguments);
  const size_t children = mark();
  push(callee.expr);
  if (arguments != kNoNode) push_arguments(arguments, callee.callable);
  TypeId result = callee.result;
  if (pending_.size() - children == 2 && hands_through(callee.expr)) {
    result = type_of(pending_.back());
    mark_moved(pending_.back());
  }
  const ExprId expr = add(ExprKind::kCall, span(node), children);
  set_type(expr, result);
  call(CallKind::kCall, expr, use, span(node));
  return expr;
}

// `std::move(x)`, `std::forward<T>(x)`
bool Bodies::hands_through(ExprId callee) {
  const std::string_view called = last_of(file_.facts.text(tree()[callee].text));
  return tree()[callee].kind == ExprKind::kName && (called == "move" || called == "forward");
}

// What was moved from ends elsewhere.
void Bodies::mark_moved(ExprId value) {
  if (tree()[value].kind != ExprKind::kName) return;
  Local* local = find_local(tree()[value].text);
  if (local != nullptr) local->gone = true;
}

void Bodies::push_arguments(NodeId arguments, const Callable* callable) {
  size_t n = 0;
  for (NodeId argument : syntax_.children(arguments)) {
    const Kind kind = syntax_.kind(argument);
    if (kind == Kind::kError) {
      read_unknown(argument);
      continue;
    }
    NodeId value = argument;
    if (kind == Kind::kInitializerPair) value = child(argument, Field::kValue);
    if (value == kNoNode) continue;
    if (kind == Kind::kCompoundStatement) {
      read_compound(value);  // an argument of a macro
      continue;
    }
    const ExprId expr = read(value, {Fate::kPassed, ExprId::kNone, false});
    hand_over(expr);
    if (callable != nullptr && n < callable->changes.size() && callable->changes[n]) meaning(expr).changeable = true;
    push(expr);
    ++n;
  }
}

// An argument that is a function: a lambda, a variable that holds one, `&f`, or either within a bind.
void Bodies::hand_over(ExprId argument) {
  if (argument == ExprId::kNone) return;
  const Expr& expr = tree()[argument];
  const auto hand = [&](FunctionId function) {
    const Identity& identity = file_.facts.identities[index(function)];
    Meaning& told = meaning(argument);
    told.symbol = identity.symbol;
    told.name = identity.name;
    told.callable = true;
  };
  switch (expr.kind) {
    case ExprKind::kFunction:
      hand(FunctionId{expr.first_child});
      break;
    case ExprKind::kName: {
      const Local* local = find_local(expr.text);
      if (local != nullptr && local->lambda != FunctionId::kNone && !is_a_function(argument)) hand(local->lambda);
      break;
    }
    case ExprKind::kCall: {
      const ExprId callee = tree().child(expr, 0);
      const std::string_view called = last_of(file_.facts.text(tree()[callee].text));
      if (!called.starts_with("bind") && called != "move") break;
      for (uint32_t n = 1; n < expr.child_count; ++n) {
        const ExprId inner = tree().child(tree()[argument], n);
        if (frame_->meanings[index(inner)] == 0) continue;
        const Meaning bound = meaning(inner);
        if (!bound.callable) continue;
        Meaning& told = meaning(argument);
        told.symbol = bound.symbol;
        told.name = bound.name;
        told.callable = true;
        break;
      }
      break;
    }
    default:
      break;
  }
}

bool Bodies::is_a_function(ExprId expr) { return frame_->meanings[index(expr)] != 0 && meaning(expr).callable; }

// --- Callees ---------------------------------------------------------------------------------------------------------

// Of overloads, the one that takes so many arguments. A function that is only declared here has a name and no symbol.
void Bodies::mean_function(ExprId callee, const Callable& callable, const std::string& path, size_t arguments) {
  Meaning& told = meaning(callee);
  told.name = intern(path);
  told.dispatched = callable.is_virtual;
  FunctionId best = FunctionId::kNone;
  for (const FunctionId one : callable.defined) {
    const std::vector<Parameter>& parameters = file_.facts.functions[index(one)].parameters;
    const auto needed =
        static_cast<size_t>(std::count_if(parameters.begin(), parameters.end(), [](const Parameter& parameter) {
          return parameter.default_value == ExprId::kNone && parameter.kind == ParameterKind::kPositional;
        }));
    const bool variadic = !parameters.empty() && parameters.back().kind == ParameterKind::kStar;
    const bool takes = needed <= arguments && (arguments <= parameters.size() || variadic);
    if (best == FunctionId::kNone || takes) best = one;
    if (takes) break;
  }
  if (best != FunctionId::kNone) told.symbol = file_.facts.identities[index(best)].symbol;
}

// Calling a value calls the lambda in it, or an operator of its class. Of a value of unknown type, nothing is known.
ExprId Bodies::called_value(ExprId value, FunctionId lambda) {
  const TypeId type = file_.names.behind(type_of(value));
  if (lambda == FunctionId::kNone && (type == TypeId::kNone || file_.names[type].builtin)) {
    meaning(value).name = intern("?::operator()");
    return value;
  }
  const ExprId callee = attribute(value, "operator()", tree()[value].at);
  Meaning& told = meaning(callee);
  if (lambda != FunctionId::kNone) {
    const Identity& identity = file_.facts.identities[index(lambda)];
    told.symbol = identity.symbol;
    told.name = identity.name;
    return callee;
  }
  const std::string& receiver = file_.names[type].name;
  told.receiver = intern(receiver);
  told.name = intern(join(receiver, "operator()"));
  const Callable* callable = file_.names.find_method(receiver, "operator()", nullptr);
  if (callable != nullptr && !callable->defined.empty()) {
    told.symbol = file_.facts.identities[index(callable->defined.front())].symbol;
  }
  return callee;
}

Bodies::Callee Bodies::read_callee(NodeId node, size_t arguments) {
  const Kind kind = syntax_.kind(node);
  if (kind == Kind::kLambdaExpression) {
    const ExprId expr = read(node);
    const Definition* definition = file_.definition(node);
    const FunctionId lambda = definition == nullptr ? FunctionId::kNone : definition->function;
    return {called_value(expr, lambda), TypeId::kNone, nullptr};
  }
  if (kind != Kind::kIdentifier && kind != Kind::kQualifiedIdentifier && kind != Kind::kTemplateFunction &&
      kind != Kind::kTypeIdentifier && kind != Kind::kTemplateType) {
    const ExprId expr = read(node);
    const bool value = tree()[expr].kind == ExprKind::kName || tree()[expr].kind == ExprKind::kUnary;
    return {value ? called_value(expr, FunctionId::kNone) : expr, TypeId::kNone, nullptr};
  }
  const Path path = file_.names.path_of(node);
  const Span at = span(node);
  std::string found;
  if (!path.qualified()) {
    if (const Local* local = find_local(intern(path.text))) {
      const FunctionId lambda = local->lambda;
      return {called_value(read_name(node), lambda), TypeId::kNone, nullptr};
    }
    if (const Callable* method = file_.names.find_method(owner(), path.text, &found)) {
      return method_of_this(*method, found, path.text, at, arguments);
    }
    if (!owner().empty() && file_.names.find_field(owner(), path.text, nullptr) != nullptr) {
      return {called_value(read_name(node), FunctionId::kNone), TypeId::kNone, nullptr};
    }
  }
  const ExprId expr = name(path.spelt(), at);
  if (const Callable* function = file_.names.find_function(scope(), path, &found)) {
    mean_function(expr, *function, function_name(found), arguments);
    return {expr, function->returns, function};
  }
  const std::string resolved = file_.names.resolve(scope(), path);
  if (const ClassNames* made = file_.names.find_class(resolved)) {
    const auto constructor = made->methods.find(std::string(last_of(resolved)));
    const Callable* callable = constructor == made->methods.end() ? nullptr : &constructor->second;
    meaning(expr).name = intern(resolved);
    if (callable != nullptr) mean_function(expr, *callable, resolved, arguments);
    return {expr, file_.names.type_of(node, kNoNode, scope()), callable};
  }
  const std::string around(parent_of(resolved));
  if (const Callable* method = file_.names.find_method(around, std::string(last_of(resolved)), &found)) {
    mean_function(expr, *method, join(found, last_of(resolved)), arguments);
    return {expr, method->returns, method};
  }
  if (const Variable* variable = file_.names.find_variable(scope(), path, &found)) {
    meaning(expr).symbol = variable->symbol;
    set_type(expr, variable->type);
    return {called_value(expr, FunctionId::kNone), TypeId::kNone, nullptr};
  }
  return {expr, mean_stranger(expr, path, resolved, node), nullptr};
}

Bodies::Callee Bodies::method_of_this(const Callable& method, const std::string& found_in, const std::string& text,
                                      Span at, size_t arguments) {
  const ExprId self = name("this", {at.begin, at.begin});
  set_type(self, file_.names.named_type(owner()));
  const ExprId expr = attribute(self, text, at);
  mean_function(expr, method, join(found_in, text), arguments);
  meaning(expr).receiver = intern(owner());
  return {expr, method.returns, &method};
}

// A function that the file does not show. What begins with a capital is, without a word about where it comes from,
// one of the namespace around; anything else may be a function of C. In a member function it may be a member too.
TypeId Bodies::mean_stranger(ExprId callee, const Path& path, const std::string& resolved, NodeId node) {
  const std::string last(last_of(resolved));
  const bool explained = path.qualified() || resolved != path.text;
  std::string called = resolved;
  if (!explained && is_upper(last.front()) &&
      std::any_of(last.begin(), last.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
    called = file_.names.resolve_type(scope(), path);
  }
  meaning(callee).name = intern(function_name(called));
  if (!explained && !owner().empty() && !file_.names.is_whole(owner())) meaning(callee).receiver = intern(owner());
  if (path.arguments != kNoNode && (last.starts_with("make_") || is_cast(last))) {
    const NodeId first = syntax_.first_child(path.arguments);
    return first == kNoNode ? TypeId::kNone : file_.names.type_of(first, kNoNode, scope());
  }
  // `std::thread(f)`: a function of that name would give something else, of which nothing is known anyway.
  if (!explained && !is_upper(last.front())) return TypeId::kNone;
  // A static member of a class gives, more often than not, an object of that class: `Store::instance()`.
  const std::string_view around = parent_of(resolved);
  if (!is_upper(last.front()) && !around.empty() && is_upper(last_of(around).front())) {
    return file_.names.guessed(file_.names.named_type(std::string(around)));
  }
  return file_.names.guessed(file_.names.type_of(node, kNoNode, scope()));
}

// --- Members ---------------------------------------------------------------------------------------------------------

Bodies::Callee Bodies::read_member(NodeId node, ExprId base, bool called, size_t arguments) {
  const NodeId field = child(node, Field::kField);
  const NodeId sign = child(node, Field::kOperator);
  const std::string text(field == kNoNode ? std::string() : std::string(last_of(file_.names.path_of(field).text)));
  const TypeId outer = type_of(base);
  const TypeId type = sign != kNoNode && slice(sign) == "->" ? file_.names.pointee(outer) : outer;
  const std::string receiver = type == TypeId::kNone ? std::string() : file_.names[type].name;
  const bool is_known = !receiver.empty() && !file_.names[type].builtin;
  const ExprId expr = attribute(base, text, span(node));
  std::string found;
  const Variable* variable = is_known ? file_.names.find_field(receiver, text, &found) : nullptr;
  if (!called) {
    if (variable != nullptr) {
      meaning(expr).symbol = variable->symbol;
      set_type(expr, variable->type);
    } else if (is_known) {
      meaning(expr).symbol = file_.symbol(join(receiver, text), false);
    }
    return {expr, TypeId::kNone, nullptr};
  }
  if (variable != nullptr) {
    meaning(expr).symbol = variable->symbol;
    set_type(expr, variable->type);
    return {called_value(expr, FunctionId::kNone), TypeId::kNone, nullptr};
  }
  if (is_known) meaning(expr).receiver = intern(receiver);
  const Callable* method = is_known ? file_.names.find_method(receiver, text, &found) : nullptr;
  if (method != nullptr) {
    mean_function(expr, *method, join(found, text), arguments);
    return {expr, method->returns, method};
  }
  // Never the bare name: `x.wait()` of an unknown x is not wait(2).
  meaning(expr).name = intern(join(is_known ? receiver : "?", text));
  return {expr, is_known ? result_of_member(type, text) : TypeId::kNone, nullptr};
}

// What containers and smart pointers give out.
TypeId Bodies::result_of_member(TypeId type, const std::string& member) const {
  const std::vector<TypeId>& arguments = file_.names[type].arguments;
  if (arguments.empty()) return TypeId::kNone;
  if (member == "get" || member == "value" || member == "lock" || member == "front" || member == "back") {
    return arguments.front();
  }
  if (member == "at") return arguments.size() > 1 ? arguments[1] : arguments.front();
  return TypeId::kNone;
}

ExprId Bodies::read_subscript(NodeId node, ExprId base) {
  const size_t children = mark();
  const TypeId type = file_.names.behind(type_of(base));
  push(base);
  const NodeId indices = child(node, Field::kIndices);
  if (indices != kNoNode) {
    for (NodeId one : syntax_.children(indices)) push(read(one));
  }
  const ExprId expr = add(ExprKind::kSubscript, span(node), children);
  if (type == TypeId::kNone) return expr;
  const Type& outer = file_.names[type];
  if (outer.builtin || outer.pointer) {
    set_type(expr, type);
    return expr;
  }
  Meaning& told = meaning(expr);
  told.name = intern(outer.name + "::operator[]");
  told.receiver = intern(outer.name);
  if (!outer.arguments.empty()) {
    set_type(expr, outer.arguments.size() > 1 ? outer.arguments[1] : outer.arguments.front());
  }
  return expr;
}

}  // namespace stallint::cpp
