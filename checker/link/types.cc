// What an expression may be.

#include "checker/link/linker.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

// Names of the language itself whose call gives an object of that type.
bool is_builtin_type(std::string_view name) {
  static constexpr std::string_view kNames[] = {"dict", "list",  "set",  "tuple",     "str",      "bytes",
                                                "int",  "float", "bool", "bytearray", "frozenset"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

Types without_none(const Types& types) {
  Types kept;
  for (const Type& type : types) {
    if (type.kind != TypeKind::kNone || !type.bare()) kept.add(type);
  }
  return kept;
}

// The same name, or the same path of attributes: `server.auth` and `server.auth`.
bool same_path(const facts::Tree& in, ExprId a, ExprId b) {
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const Expr& one = in[a];
    const Expr& other = in[b];
    if (one.kind != other.kind || one.text != other.text) return false;
    if (one.kind == ExprKind::kName) return true;
    if (one.kind != ExprKind::kAttribute) return false;
    a = in.child(one, 0);
    b = in.child(other, 0);
  }
  return false;
}

}  // namespace

std::pair<std::string, std::string> split_last(const std::string& dotted) {
  const size_t dot = dotted.rfind('.');
  if (dot == std::string::npos) return {"", dotted};
  return {dotted.substr(0, dot), dotted.substr(dot + 1)};
}

Type Linker::library(std::string_view name) {
  return Type{.kind = TypeKind::kLibrary, .id = index(intern(models_.canonical(std::string(name))))};
}

ClassId Linker::class_around(FunctionId function) const {
  for (FunctionId f = function; f != FunctionId::kNone; f = program_[f].parent) {
    if (program_[f].owner != ClassId::kNone) return program_[f].owner;
  }
  return ClassId::kNone;
}

Types Linker::infer(Where where, ExprId id, int depth) {
  if (id == ExprId::kNone || depth > kMaxDepth) return {};
  if (is_resolved(where.function)) return meant(where, id);
  const bool memo = !where.outline && body_memo_.is_about(where.function);
  if (memo) {
    if (const Types* known = body_memo_.types_of(id)) return *known;
  }
  const facts::Tree& in = tree(where);
  const Expr& expr = in[id];
  const auto child = [&](uint32_t n) { return infer(where, in.child(expr, n), depth + 1); };
  Types types;
  switch (expr.kind) {
    case ExprKind::kName:
      if (!where.outline) types = narrowed_to(where, id, depth + 1);
      if (types.empty()) types = infer_name(where, expr, depth);
      break;
    case ExprKind::kAttribute: {
      const NameId name = name_in(where.function, expr.text);
      if (!where.outline) types = narrowed_to(where, id, depth + 1);
      if (!types.empty()) break;
      for (const Type& base : without_none(child(0))) types.add(attribute(base, name, depth + 1));
      break;
    }
    case ExprKind::kCall:
      types = imported_by_call(where, id, infer_call(where, id, depth));
      break;
    case ExprKind::kAwait:
      types = awaited(child(0));
      break;
    case ExprKind::kAssigned:
      types = child(0);
      break;
    case ExprKind::kEither:
      // `a and b` is b where it matters: a is only asked whether it holds.
      if (static_cast<facts::Either>(expr.detail) == facts::Either::kAnd) {
        types = child(expr.child_count - 1);
      } else {
        for (uint32_t i = 0; i < expr.child_count; ++i) types.add(without_none(child(i)));
      }
      break;
    case ExprKind::kSubscript: {
      Types base;
      for (const Type& type : child(0)) base.add(held_by(type));
      for (const Type& type : base) {
        if (type.bare() && type.kind == TypeKind::kLibrary) {
          if (const std::string* result = models_.returned(str(static_cast<NameId>(type.id)), "[]")) {
            types.add(from_model(*result));
          }
        } else if (type.bare() && type.kind == TypeKind::kInstance) {
          types.add(method_result(static_cast<ClassId>(type.id), "__getitem__", depth + 1));
        } else if (type.outer() == Wrap::kList || type.outer() == Wrap::kDict || type.outer() == Wrap::kTuple) {
          types.add(type.unwrapped());
        } else if (type.bare() && type.kind == TypeKind::kClass) {
          types.add(type);  // `Repository[User]` is the class still
        } else if (type.bare() && type.kind == TypeKind::kSymbol && !is_type_form(str(static_cast<NameId>(type.id)))) {
          types.add(type);
        } else if (type.bare() && type.kind == TypeKind::kSymbol) {
          for (const Type& meant : annotated_subscript(where, expr, depth + 1))
            types.add(meant.wrapped(Wrap::kClassOf));
        }
      }
      break;
    }
    case ExprKind::kBinary: {
      const std::string& op = program_.facts_of(where.function).text(expr.text);
      const Types left = child(0);
      if (op == "|") {
        types = left;
        types.add(child(1));
        break;
      }
      for (const Type& type : left) {
        if (!type.bare() || type.kind != TypeKind::kLibrary) continue;
        if (const std::string* result = models_.returned(str(static_cast<NameId>(type.id)), op)) {
          types.add(from_model(*result));
        }
      }
      break;
    }
    case ExprKind::kLiteral:
      switch (static_cast<facts::Literal>(expr.detail)) {
        case facts::Literal::kNone:
          types = Type{.kind = TypeKind::kNone};
          break;
        case facts::Literal::kString:
          types = library("str");
          break;
        case facts::Literal::kBytes:
          types = library("bytes");
          break;
        default:
          types = library("int");
      }
      break;
    case ExprKind::kFormatted:
      types = library("str");
      break;
    case ExprKind::kFunction: {
      const FunctionId first = program_[program_[where.function].file].first_function;
      if (!where.outline) {
        types = Type{.kind = TypeKind::kFunction, .id = index(first) + expr.first_child};
      }
      break;
    }
    case ExprKind::kList:
    case ExprKind::kSet:
    case ExprKind::kTuple: {
      const Wrap wrap = expr.kind == ExprKind::kList  ? Wrap::kList
                        : expr.kind == ExprKind::kSet ? Wrap::kSet
                                                      : Wrap::kTuple;
      // The first elements speak for all: long tables are of one kind.
      for (uint32_t i = 0; i < std::min<uint32_t>(expr.child_count, 4); ++i) {
        for (const Type& type : child(i)) types.add(type.wrapped(wrap));
      }
      if (types.empty()) types = Type{}.wrapped(wrap);
      break;
    }
    case ExprKind::kDict: {
      for (uint32_t i = 1; i < std::min<uint32_t>(expr.child_count, 8) && expr.detail == 0; i += 2) {
        for (const Type& type : child(i)) types.add(type.wrapped(Wrap::kDict));
      }
      if (types.empty()) types = Type{}.wrapped(Wrap::kDict);
      break;
    }
    case ExprKind::kComprehension: {
      const auto kind = static_cast<facts::Comprehension>(expr.detail);
      const Wrap wrap = kind == facts::Comprehension::kList   ? Wrap::kList
                        : kind == facts::Comprehension::kSet  ? Wrap::kSet
                        : kind == facts::Comprehension::kDict ? Wrap::kDict
                                                              : Wrap::kIter;
      if (expr.child_count > 0) {
        for (const Type& type : child(expr.child_count - 1)) types.add(type.wrapped(wrap));
      }
      if (types.empty()) types = Type{}.wrapped(wrap);
      break;
    }
    default:
      break;
  }
  if (memo && depth < kMaxDepth / 2) body_memo_.put(id, types);
  return types;
}

Types Linker::infer_name(Where where, const Expr& expr, int depth) {
  const NameId name = name_in(where.function, expr.text);
  const Found found = look_up(where.function, name, expr.block, expr.at.begin, where.outline);
  if (found.bindings.empty()) {
    const FileId file = program_[where.function].file;
    const Types starred = exported(file, name, depth + 1);
    if (!starred.empty()) return starred;
    return Type{.kind = TypeKind::kSymbol, .id = index(name)};
  }
  Types types;
  for (const Binding* binding : found.bindings) types.add(infer_binding(*binding, depth + 1));
  return types;
}

// Below `if isinstance(x, Session):` x is a Session, whatever else it may be elsewhere.
Types Linker::narrowed_to(Where where, ExprId tested, int depth) {
  if (body_memo_.is_about(where.function) && !body_memo_.tests_classes()) return {};
  const facts::Body& body = program_.body_of(where.function);
  for (facts::BlockId id = body.tree[tested].block; id != facts::BlockId::kNone; id = body.blocks[index(id)].parent) {
    const ExprId test = class_test(where.function, body.blocks[index(id)]);
    if (test == ExprId::kNone || !same_path(body.tree, body.tree.child(test, 1), tested)) continue;
    const ExprId classes = body.tree.child(test, 2);
    if (body.tree[classes].kind != ExprKind::kTuple) return annotated(where, classes, depth + 1);
    Types types;
    for (uint32_t i = 0; i < body.tree[classes].child_count; ++i) {
      types.add(annotated(where, body.tree.child(classes, i), depth + 1));
    }
    return types;
  }
  return {};
}

// The `isinstance` that holds in the arm: `isinstance(x, T)`, `... and ...` where true, `not isinstance(x, T)` where
// false.
ExprId Linker::class_test(FunctionId function, const facts::Block& arm) const {
  if (arm.kind != facts::BlockKind::kArm || arm.subject == ExprId::kNone) return ExprId::kNone;
  const facts::Tree& in = program_.body_of(function).tree;
  ExprId at = arm.subject;
  bool holds = arm.when;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const Expr& test = in[at];
    const bool both = test.kind == ExprKind::kEither && static_cast<facts::Either>(test.detail) == facts::Either::kAnd;
    if (test.kind == ExprKind::kNot) {
      holds = !holds;
      at = in.child(test, 0);
    } else if (both && holds) {
      at = in.child(test, 0);  // the second part has an arm of its own
    } else {
      const bool asks = holds && test.kind == ExprKind::kCall && test.child_count == 3 &&
                        in[in.child(test, 0)].kind == ExprKind::kName &&
                        program_.facts_of(function).text(in[in.child(test, 0)].text) == "isinstance";
      return asks ? at : ExprId::kNone;
    }
  }
  return ExprId::kNone;
}

void Linker::begin_memo(FunctionId function) {
  const facts::Body& body = program_.body_of(function);
  body_memo_.begin(function, body, std::any_of(body.blocks.begin(), body.blocks.end(), [&](const facts::Block& block) {
                     return class_test(function, block) != ExprId::kNone;
                   }));
}

// `boto3 = lazy_import("boto3")`, where the function says that it returns a module, is as good as an import.
Types Linker::imported_by_call(Where where, ExprId id, const Types& result) {
  const facts::Tree& in = tree(where);
  const Expr& call = in[id];
  if (call.child_count < 2) return result;
  const Expr& named = in[in.child(call, 1)];
  const bool text =
      named.kind == ExprKind::kLiteral && static_cast<facts::Literal>(named.detail) == facts::Literal::kString;
  const Type module = library("types.ModuleType");
  const bool imports = std::any_of(result.begin(), result.end(), [&](const Type& type) {
    return type.bare() && type.kind == TypeKind::kLibrary && type.id == module.id;
  });
  if (!text || !imports) return result;
  const std::string& name = program_.facts_of(where.function).text(named.text);
  if (name.empty() || name.front() == '.') return result;
  return module_named(name, program_[where.function].file);
}

Types Linker::infer_binding(const Binding& binding, int depth) {
  if (depth > kMaxDepth) return {};
  switch (binding.kind) {
    case Binding::Kind::kParameter:
      return infer_parameter(binding.body, binding.index, depth + 1);
    case Binding::Kind::kWrite:
      return infer_write(binding.body, program_.body_of(binding.body).writes[binding.index], depth + 1);
    case Binding::Kind::kFunction:
      return Type{.kind = TypeKind::kFunction, .id = binding.index};
    case Binding::Kind::kClass:
      return Type{.kind = TypeKind::kClass, .id = binding.index};
    case Binding::Kind::kImport:
      return infer_import(binding.body, binding.index, depth + 1);
  }
  return {};
}

// What an import means may be asked on the way to itself; such an answer may be too short, and is not kept.
Types Linker::infer_import(FunctionId function, uint32_t number, int depth) {
  const std::vector<facts::Import>& imports = program_.body_of(function).imports;
  std::vector<Memo>& memos = import_memo_[index(function)];
  if (memos.empty()) memos.resize(imports.size());
  if (memos[number].state == Memo::State::kDone) return memos[number].types;
  const Types types = imported(program_[function].file, imports[number], depth);
  if (!types.empty() && depth < kMaxDepth / 2) memos[number] = {Memo::State::kDone, types};
  return types;
}

Types Linker::infer_write(FunctionId function, const facts::Write& write, int depth) {
  const uint32_t number = static_cast<uint32_t>(&write - program_.body_of(function).writes.data());
  std::vector<Memo>& memos = write_memo_[index(function)];
  if (memos.empty()) memos.resize(program_.body_of(function).writes.size());
  return remembered(memos[number], depth, [&] { return without_none(written(function, write, depth)); });
}

Types Linker::written(FunctionId function, const facts::Write& write, int depth) {
  const Where where{function, false};
  if (write.annotation != ExprId::kNone) {
    const Types declared = annotated(where, write.annotation, depth + 1);
    if (!declared.empty()) return declared;
  }
  switch (write.op) {
    case facts::WriteOp::kAssign:
      return element_of(infer(where, write.value, depth + 1), write.element);
    case facts::WriteOp::kIterate:
      return element_of(iterated(infer(where, write.value, depth + 1), depth + 1), write.element);
    case facts::WriteOp::kEnter:
      return element_of(entered(infer(where, write.value, depth + 1), write.async, depth + 1), write.element);
    default:
      return {};
  }
}

Types Linker::infer_parameter(FunctionId function, uint32_t parameter, int depth) {
  std::vector<Memo>& memos = parameter_memo_[index(function)];
  if (memos.empty()) memos.resize(program_.outline_of(function).parameters.size());
  return remembered(memos[parameter], depth, [&] { return received(function, parameter, depth); });
}

Types Linker::received(FunctionId function, uint32_t parameter, int depth) {
  const facts::Function& outline = program_.outline_of(function);
  const Function& info = program_[function];
  const facts::Parameter& given = outline.parameters[parameter];
  if (parameter == 0 && info.owner != ClassId::kNone && outline.kind == facts::FunctionKind::kFunction &&
      !info.is_static && given.kind != facts::ParameterKind::kStar) {
    const std::string& name = str(info.name);
    const bool on_class = info.is_class_method || name == "__new__" || name == "__init_subclass__";
    return Type{.kind = on_class ? TypeKind::kClass : TypeKind::kInstance, .declared = true, .id = index(info.owner)};
  }
  const Where around{info.parent == FunctionId::kNone ? function : info.parent, true};
  Types types = annotated(around, given.annotation, depth + 1);
  if (types.empty() && given.default_value != ExprId::kNone) {
    types = injected_by(around, given.default_value, depth + 1);
    if (types.empty()) types = without_none(infer(around, given.default_value, depth + 1));
  }
  const Wrap wrap = given.kind == facts::ParameterKind::kStar         ? Wrap::kTuple
                    : given.kind == facts::ParameterKind::kDoubleStar ? Wrap::kDict
                                                                      : Wrap::kNothing;
  if (wrap == Wrap::kNothing) return types;
  Types wrapped;
  for (const Type& type : types) wrapped.add(type.wrapped(wrap));
  return wrapped;
}

Types Linker::infer_call(Where where, ExprId id, int depth) {
  const facts::Tree& in = tree(where);
  const Expr& call = in[id];
  const ExprId callee_id = in.child(call, 0);
  const Expr& callee = in[callee_id];
  Types types;
  if (callee.kind == ExprKind::kAttribute) {
    const std::string& method = program_.facts_of(where.function).text(callee.text);
    const NameId name = name_in(where.function, callee.text);
    for (const Type& base : without_none(infer(where, in.child(callee, 0), depth + 1))) {
      if (!base.bare()) {
        types.add(container_method(base, method));
        continue;
      }
      for (const Type& type : attribute(base, name, depth + 1)) types.add(called(type, where, id, depth + 1));
    }
    return types;
  }
  for (const Type& type : infer(where, callee_id, depth + 1)) types.add(called(type, where, id, depth + 1));
  return types;
}

Types Linker::called(const Type& callee, Where where, ExprId call, int depth) {
  if (callee.outer() == Wrap::kClassOf) return callee.unwrapped();
  if (!callee.bare() || depth > kMaxDepth) return {};
  switch (callee.kind) {
    case TypeKind::kFunction:
    case TypeKind::kMethod: {
      const FunctionId function = static_cast<FunctionId>(callee.id);
      const Function& info = program_[function];
      if (info.generator) return Type{.kind = TypeKind::kGenerator, .id = callee.id};
      const Types returns = returns_of(function, depth + 1);
      if (!info.async) return returns;
      Types promised;
      for (const Type& type : returns) promised.add(type.wrapped(Wrap::kAwait));
      return promised;
    }
    case TypeKind::kClass:
      return Type{.kind = TypeKind::kInstance, .declared = callee.declared, .id = callee.id};
    case TypeKind::kInstance:
      return method_result(static_cast<ClassId>(callee.id), "__call__", depth + 1);
    case TypeKind::kSymbol: {
      const std::string name = str(static_cast<NameId>(callee.id));
      const Types builtin = builtin_call(name, where, call, depth + 1);
      return builtin.empty() ? made_by_symbol(name) : builtin;
    }
    case TypeKind::kLibraryMethod:
      return made_by_method(str(static_cast<NameId>(callee.id)));
    case TypeKind::kLibrary:
      if (const std::string* result = models_.returned(str(static_cast<NameId>(callee.id)), "()")) {
        return from_model(*result);
      }
      return {};
    default:
      return {};
  }
}

Types Linker::builtin_call(const std::string& name, Where where, ExprId id, int depth) {
  const facts::Tree& in = tree(where);
  const Expr& call = in[id];
  const auto argument = [&](uint32_t n) {
    if (n + 1 >= call.child_count) return ExprId::kNone;
    const ExprId argument = in.child(call, n + 1);
    return in[argument].kind == ExprKind::kKeyword ? ExprId::kNone : argument;
  };
  if (name == "super") {
    const ClassId cls = class_around(where.function);
    if (cls == ClassId::kNone) return {};
    return Type{.kind = TypeKind::kSuper, .id = index(cls)};
  }
  if (name == "typing.cast") return annotated(where, argument(0), depth + 1);
  if (name == "contextlib.closing" || name == "contextlib.aclosing") return infer(where, argument(0), depth + 1);
  if (name == "typing.NewType") {  // `ReadSession = NewType("ReadSession", Session)`: a second name of the class
    Types types;
    for (const Type& type : annotated(where, argument(1), depth + 1)) types.add(type.wrapped(Wrap::kClassOf));
    return types;
  }
  if (name == "type" && call.child_count == 2) {
    Types classes;
    for (const Type& type : infer(where, argument(0), depth + 1)) {
      if (type.bare() && type.kind == TypeKind::kInstance) {
        classes.add(Type{.kind = TypeKind::kClass, .declared = type.declared, .id = type.id});
      }
    }
    return classes;
  }
  const bool pairs = name == "enumerate";
  const bool sequence = name == "list" || name == "sorted" || name == "reversed" || name == "set" || name == "tuple" ||
                        name == "frozenset" || name == "iter";
  if (pairs || sequence) {
    const Wrap wrap = pairs                                  ? Wrap::kItems
                      : name == "set" || name == "frozenset" ? Wrap::kSet
                      : name == "tuple"                      ? Wrap::kTuple
                      : name == "reversed" || name == "iter" ? Wrap::kIter
                                                             : Wrap::kList;
    Types types;
    for (const Type& type : iterated(infer(where, argument(0), depth + 1), depth + 1)) types.add(type.wrapped(wrap));
    if (types.empty()) types = Type{}.wrapped(wrap);
    return types;
  }
  if (name == "next") return iterated(infer(where, argument(0), depth + 1), depth + 1);
  // What wraps a function behaves like the function.
  if (partial_ != Label::kNone) {
    for (const Graded& graded : models_.labels(Models::Kind::kCall, name)) {
      if (graded.label == partial_) return infer(where, argument(0), depth + 1);
    }
  }
  return {};
}

Types Linker::made_by_symbol(const std::string& name) {
  if (const std::string* type = models_.made(name)) return from_model(*type);
  if (models_.is_type(name) || is_builtin_type(name)) return library(name);
  const auto [type, member] = split_last(name);
  if (!type.empty()) {
    if (const std::string* result = models_.returned(models_.canonical(type), member)) return from_model(*result);
  }
  // By convention a capital letter begins a class.
  if (!member.empty() && member[0] >= 'A' && member[0] <= 'Z') return library(name);
  return {};
}

Types Linker::made_by_method(const std::string& name) {
  if (const std::string* type = models_.made(name)) return from_model(*type);
  const auto [type, member] = split_last(name);
  if (const std::string* result = models_.returned(type, member)) return from_model(*result);
  return {};
}

Types Linker::from_model(std::string_view text) {
  static constexpr std::pair<std::string_view, Wrap> kWraps[] = {
      {"iter[", Wrap::kIter}, {"list[", Wrap::kList},   {"set[", Wrap::kSet},
      {"dict[", Wrap::kDict}, {"tuple[", Wrap::kTuple}, {"await[", Wrap::kAwait},
  };
  for (const auto& [prefix, wrap] : kWraps) {
    if (!text.starts_with(prefix) || !text.ends_with("]")) continue;
    std::string_view inner = text.substr(prefix.size(), text.size() - prefix.size() - 1);
    if (const size_t comma = inner.find(','); comma != std::string_view::npos && wrap == Wrap::kDict) {
      inner = inner.substr(inner.find_first_not_of(' ', comma + 1));
    }
    Types types;
    for (const Type& type : from_model(inner)) types.add(type.wrapped(wrap));
    return types;
  }
  return library(text);
}

Types Linker::container_method(const Type& container, const std::string& method) {
  const Wrap outer = container.outer();
  if (outer == Wrap::kDict) {
    if (method == "get" || method == "pop" || method == "setdefault") return container.unwrapped();
    if (method == "values") return container.unwrapped().wrapped(Wrap::kIter);
    if (method == "items") return container.unwrapped().wrapped(Wrap::kItems);
    if (method == "copy") return container;
  }
  if (outer == Wrap::kList || outer == Wrap::kSet) {
    if (method == "pop") return container.unwrapped();
    if (method == "copy") return container;
  }
  return {};
}

Types Linker::awaited(const Types& value) {
  Types types;
  for (const Type& type : value) types.add(type.outer() == Wrap::kAwait ? type.unwrapped() : type);
  return types;
}

// `client.collections["books"]`, `for page in reader.pages`: what is taken apart is no method but an attribute, and the
// model says what it is.
Types Linker::held_by(const Type& type) {
  if (!type.bare() || type.kind != TypeKind::kLibraryMethod) return type;
  const std::string& whole = str(static_cast<NameId>(type.id));
  const size_t dot = whole.rfind('.');
  const std::string* held = models_.returned(whole.substr(0, dot), whole.substr(dot + 1));
  return held == nullptr ? Types(type) : from_model(*held);
}

Types Linker::iterated(const Types& value, int depth) {
  Types types, held;
  if (depth > kMaxDepth) return types;
  for (const Type& type : value) held.add(held_by(type));
  for (const Type& type : held) {
    switch (type.outer()) {
      case Wrap::kList:
      case Wrap::kSet:
      case Wrap::kTuple:
      case Wrap::kIter:
        types.add(type.unwrapped());
        continue;
      case Wrap::kItems:
        types.add(type);  // still a pair: element_of takes its second part
        continue;
      case Wrap::kNothing:
        break;
      default:
        continue;
    }
    if (type.kind == TypeKind::kGenerator) {
      types.add(yields_of(static_cast<FunctionId>(type.id), depth + 1));
    } else if (type.kind == TypeKind::kLibrary) {
      if (const std::string* element = models_.returned(str(static_cast<NameId>(type.id)), "iter")) {
        types.add(from_model(*element));
      }
    } else if (type.kind == TypeKind::kInstance) {
      types.add(iterated(method_result(static_cast<ClassId>(type.id), "__iter__", depth + 1), depth + 1));
    }
  }
  return types;
}

Types Linker::element_of(const Types& container, int16_t element) {
  if (element == -1) return container;
  if (element < 0) return {};
  Types types;
  for (const Type& type : container) {
    if (type.outer() == Wrap::kItems) {
      if (element == 1) types.add(type.unwrapped());
    } else if (type.outer() == Wrap::kList) {
      types.add(type.unwrapped());
    }
  }
  return types;
}

Types Linker::entered(const Types& value, bool async, int depth) {
  Types types;
  for (const Type& given : value) {
    const Type type = given.outer() == Wrap::kAwait ? given.unwrapped() : given;
    if (!type.bare()) continue;
    if (type.kind == TypeKind::kGenerator) {
      types.add(yields_of(static_cast<FunctionId>(type.id), depth + 1));
    } else if (type.kind == TypeKind::kInstance) {
      const Types result = method_result(static_cast<ClassId>(type.id), async ? "__aenter__" : "__enter__", depth + 1);
      types.add(result.empty() ? Types(type) : awaited(result));
    } else if (type.kind == TypeKind::kLibrary) {
      const std::string* result = models_.returned(str(static_cast<NameId>(type.id)), "enter");
      types.add(result == nullptr ? Types(type) : from_model(*result));
    }
  }
  return types;
}

// What a function's statements of one kind give: all that it returns, or all that it yields.
Types Linker::exits_of(FunctionId function, facts::ExitKind kind, int depth) {
  Types types;
  for (const facts::Exit& exit : program_.body_of(function).exits) {
    if (exit.kind != kind || exit.value == ExprId::kNone) continue;
    types.add(without_none(infer({function, false}, exit.value, depth + 1)));
  }
  return types;
}

Types Linker::returns_of(FunctionId function, int depth) {
  return remembered(returns_[index(function)], depth, [&] {
    const FunctionId parent = program_[function].parent;
    if (parent != FunctionId::kNone) {
      const ExprId annotation = program_.outline_of(function).returns;
      const Types declared = without_none(annotated({parent, true}, annotation, depth + 1));
      if (!declared.empty()) return declared;
    }
    return exits_of(function, facts::ExitKind::kReturn, depth);
  });
}

Types Linker::yields_of(FunctionId function, int depth) {
  return remembered(yields_[index(function)], depth, [&] {
    Types declared;
    const FunctionId parent = program_[function].parent;
    if (parent != FunctionId::kNone) {
      for (const Type& type : annotated({parent, true}, program_.outline_of(function).returns, depth + 1)) {
        if (type.outer() == Wrap::kIter) declared.add(type.unwrapped());
      }
    }
    return declared.empty() ? exits_of(function, facts::ExitKind::kYield, depth) : declared;
  });
}

}  // namespace stallint::link
