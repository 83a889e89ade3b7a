// What an annotation says: `Optional["Session"]`, `Annotated[Session, Depends(get_session)]`, `list[Path] | None`.

#include "checker/link/linker.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

std::string_view last_part(std::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

// Special forms of Python's notation for types, by what they do with their arguments.
enum class Form : uint8_t {
  kNone,
  kFirst,
  kUnion,
  kSequence,
  kSet,
  kTuple,
  kMapping,
  kIterator,
  kAwaitable,
  kCoroutine,
  kClass
};

Form form_of(std::string_view name) {
  // Both `typing.List` and `list`; `collections.abc.Iterator` too. Libraries have collections of their own, which are
  // none of these: `pymongo.collection.Collection`.
  const std::string_view last = last_part(name);
  if (last == "Collection" && !name.starts_with("typing") && !name.starts_with("collections.abc.")) return Form::kNone;
  static constexpr std::pair<std::string_view, Form> kForms[] = {
      {"Optional", Form::kFirst},
      {"Annotated", Form::kFirst},
      {"ClassVar", Form::kFirst},
      {"Final", Form::kFirst},
      {"Required", Form::kFirst},
      {"NotRequired", Form::kFirst},
      {"ReadOnly", Form::kFirst},
      {"InitVar", Form::kFirst},
      {"Mapped", Form::kFirst},
      {"Union", Form::kUnion},
      {"List", Form::kSequence},
      {"list", Form::kSequence},
      {"Sequence", Form::kSequence},
      {"MutableSequence", Form::kSequence},
      {"Deque", Form::kSequence},
      {"deque", Form::kSequence},
      {"Collection", Form::kSequence},
      {"Set", Form::kSet},
      {"set", Form::kSet},
      {"frozenset", Form::kSet},
      {"FrozenSet", Form::kSet},
      {"AbstractSet", Form::kSet},
      {"Tuple", Form::kTuple},
      {"tuple", Form::kTuple},
      {"Dict", Form::kMapping},
      {"dict", Form::kMapping},
      {"Mapping", Form::kMapping},
      {"MutableMapping", Form::kMapping},
      {"DefaultDict", Form::kMapping},
      {"defaultdict", Form::kMapping},
      {"OrderedDict", Form::kMapping},
      {"Iterator", Form::kIterator},
      {"Iterable", Form::kIterator},
      {"Generator", Form::kIterator},
      {"AsyncIterator", Form::kIterator},
      {"AsyncIterable", Form::kIterator},
      {"AsyncGenerator", Form::kIterator},
      {"ContextManager", Form::kIterator},
      {"AsyncContextManager", Form::kIterator},
      {"Awaitable", Form::kAwaitable},
      {"Coroutine", Form::kCoroutine},
      {"Type", Form::kClass},
      {"type", Form::kClass},
  };
  for (const auto& [spelling, form] : kForms) {
    if (spelling == last) return form;
  }
  return Form::kNone;
}

}  // namespace

bool is_type_form(std::string_view name) { return form_of(name) != Form::kNone; }

Types Linker::annotated(Where where, ExprId id, int depth) {
  if (id == ExprId::kNone || depth > 30) return {};
  const facts::Tree& in = tree(where);
  const Expr& expr = in[id];
  switch (expr.kind) {
    case ExprKind::kName: {
      const Types bound = bound_of_type_variable(where, expr, depth + 1);
      if (!bound.empty()) return bound;
      return instance_of(infer(where, id, depth + 1), where, depth + 1);
    }
    case ExprKind::kAttribute:
      return instance_of(infer(where, id, depth + 1), where, depth + 1);
    case ExprKind::kSubscript:
      return annotated_subscript(where, expr, depth + 1);
    case ExprKind::kBinary: {
      Types types = annotated(where, in.child(expr, 0), depth + 1);
      types.add(annotated(where, in.child(expr, 1), depth + 1));
      return types;
    }
    default:
      return {};
  }
}

Types Linker::bound_of_type_variable(Where where, const Expr& name, int depth) {
  const Found found = look_up(where.function, name_in(where.function, name.text), name.block, name.at.begin, true);
  Types types;
  for (const Binding* binding : found.bindings) {
    if (binding->kind != Binding::Kind::kWrite) continue;
    const facts::Body& body = program_.body_of(binding->body);
    const facts::Write& write = body.writes[binding->index];
    if (write.value == ExprId::kNone || body.tree[write.value].kind != ExprKind::kCall) continue;
    const Expr& call = body.tree[write.value];
    for (uint32_t i = 1; i < call.child_count; ++i) {
      const Expr& argument = body.tree[body.tree.child(call, i)];
      if (argument.kind != ExprKind::kKeyword) continue;
      if (program_.facts_of(binding->body).text(argument.text) != "bound") continue;
      types.add(annotated({binding->body, false}, body.tree.child(argument, 0), depth + 1));
    }
  }
  return types;
}

Types Linker::annotated_subscript(Where where, const Expr& expr, int depth) {
  const facts::Tree& in = tree(where);
  if (depth > 30 || expr.child_count == 0) return {};
  const Types base = infer(where, in.child(expr, 0), depth + 1);
  // `X[a, b]` has one index, the tuple.
  std::vector<ExprId> arguments;
  for (uint32_t i = 1; i < expr.child_count; ++i) {
    const ExprId argument = in.child(expr, i);
    if (in[argument].kind == ExprKind::kTuple) {
      for (uint32_t j = 0; j < in[argument].child_count; ++j) arguments.push_back(in.child(argument, j));
    } else {
      arguments.push_back(argument);
    }
  }
  Form form = Form::kNone;
  for (const Type& type : base) {
    if (type.bare() && type.kind == TypeKind::kSymbol) form = form_of(str(static_cast<NameId>(type.id)));
  }
  if (form == Form::kNone) return instance_of(base, where, depth + 1);  // a generic class: `Repository[User]`
  if (arguments.empty()) return {};

  const auto wrapped = [&](ExprId argument, Wrap wrap) {
    Types types;
    for (const Type& type : annotated(where, argument, depth + 1)) types.add(type.wrapped(wrap));
    if (types.empty()) types = Type{}.wrapped(wrap);
    return types;
  };
  switch (form) {
    case Form::kFirst: {
      const Types first = annotated(where, arguments[0], depth + 1);
      if (!first.empty()) return first;
      for (size_t i = 1; i < arguments.size(); ++i) {
        const Types injected = injected_by(where, arguments[i], depth + 1);
        if (!injected.empty()) return injected;
      }
      return {};
    }
    case Form::kUnion: {
      Types types;
      for (ExprId argument : arguments) types.add(annotated(where, argument, depth + 1));
      return types;
    }
    case Form::kSequence:
      return wrapped(arguments[0], Wrap::kList);
    case Form::kSet:
      return wrapped(arguments[0], Wrap::kSet);
    case Form::kTuple:
      return wrapped(arguments[0], Wrap::kTuple);
    case Form::kMapping:
      return wrapped(arguments.back(), Wrap::kDict);
    case Form::kIterator:
      return wrapped(arguments[0], Wrap::kIter);
    case Form::kAwaitable:
      return wrapped(arguments[0], Wrap::kAwait);
    case Form::kCoroutine:
      return wrapped(arguments.back(), Wrap::kAwait);
    case Form::kClass: {
      Types types;
      for (const Type& type : annotated(where, arguments[0], depth + 1)) {
        if (type.bare() && type.kind == TypeKind::kInstance) {
          types.add(Type{.kind = TypeKind::kClass, .declared = true, .id = type.id});
        } else if (type.bare() && type.kind == TypeKind::kLibrary) {
          types.add(Type{.kind = TypeKind::kSymbol, .id = type.id});
        }
      }
      return types;
    }
    case Form::kNone:
      break;
  }
  return {};
}

Types Linker::instance_of(const Types& named, Where where, int) {
  Types types;
  for (const Type& type : named) {
    if (type.outer() == Wrap::kClassOf) {
      types.add(type.unwrapped());
      continue;
    }
    if (!type.bare()) continue;
    if (type.kind == TypeKind::kClass) {
      types.add(Type{.kind = TypeKind::kInstance, .declared = true, .id = type.id});
    } else if (type.kind == TypeKind::kSymbol) {
      const std::string& name = str(static_cast<NameId>(type.id));
      const std::string_view last = last_part(name);
      if (last == "Self") {
        if (const ClassId cls = class_around(where.function); cls != ClassId::kNone) {
          types.add(Type{.kind = TypeKind::kInstance, .declared = true, .id = index(cls)});
        }
        continue;
      }
      if (last == "Any" || last == "object" || last == "None" || last == "Callable" || last == "Literal" ||
          last == "TypeAlias")
        continue;
      const Form form = form_of(name);
      if (form == Form::kSequence) {
        types.add(Type{}.wrapped(Wrap::kList));
      } else if (form == Form::kMapping) {
        types.add(Type{}.wrapped(Wrap::kDict));
      } else if (form == Form::kSet) {
        types.add(Type{}.wrapped(Wrap::kSet));
      } else if (form == Form::kNone) {
        Type instance = library(name);
        instance.declared = true;
        types.add(instance);
      }
    }
  }
  return types;
}

// `Depends(get_session)` as a default value or in `Annotated`: what the function gives, or an object of the class.
Types Linker::injected_by(Where where, ExprId id, int depth) {
  const facts::Tree& in = tree(where);
  if (injected_ == Label::kNone || depth > 30 || in[id].kind != ExprKind::kCall) return {};
  const Expr& call = in[id];
  bool injects = false;
  for (const Type& callee : infer(where, in.child(call, 0), depth + 1)) {
    if (callee.kind != TypeKind::kSymbol) continue;
    for (const Graded& graded : models_.labels(Models::Kind::kCall, str(static_cast<NameId>(callee.id)))) {
      injects |= graded.label == injected_;
    }
  }
  if (!injects || call.child_count < 2) return {};
  ExprId argument = in.child(call, 1);
  if (in[argument].kind == ExprKind::kKeyword) argument = in.child(argument, 0);
  Types types;
  for (const Type& type : infer(where, argument, depth + 1)) {
    if (!type.bare()) continue;
    if (type.kind == TypeKind::kFunction || type.kind == TypeKind::kMethod) {
      const FunctionId function = static_cast<FunctionId>(type.id);
      types.add(program_[function].generator ? yields_of(function, depth + 1) : returns_of(function, depth + 1));
    } else if (type.kind == TypeKind::kClass) {
      types.add(Type{.kind = TypeKind::kInstance, .id = type.id});
    } else if (type.kind == TypeKind::kInstance) {
      types.add(method_result(static_cast<ClassId>(type.id), "__call__", depth + 1));
    } else if (type.kind == TypeKind::kSymbol) {
      types.add(made_by_symbol(str(static_cast<NameId>(type.id))));
    }
  }
  return types;
}

}  // namespace stallint::link
