// What a call runs: functions of the project, and names of libraries with their labels.

#include "checker/link/target.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

const char* container_name(Wrap wrap) {
  switch (wrap) {
    case Wrap::kList:
      return "list";
    case Wrap::kSet:
      return "set";
    case Wrap::kTuple:
      return "tuple";
    case Wrap::kDict:
      return "dict";
    default:
      return "";
  }
}

}  // namespace

void Linker::add_edge(Target& target, FunctionId callee, Confidence confidence, bool runs_now) {
  const Function& info = program_[callee];
  if (const auto own = own_.find(index(callee)); own != own_.end()) {
    target.name = own->second.name;
    for (Graded graded : own->second.labels) {
      graded.confidence = std::min({graded.confidence, confidence, target.confidence});
      target.labels.push_back(graded);
    }
    return;
  }
  // Calling a generator function runs nothing yet; an async one keeps its edge, see Edge.
  if (info.generator && !info.async && !runs_now) return;
  const auto put = [&](FunctionId function) {
    for (Edge& edge : target.edges) {
      if (edge.callee != function) continue;
      edge.confidence = std::max(edge.confidence, confidence);
      return;
    }
    target.edges.push_back({function, std::min(confidence, target.confidence), target.alternatives});
  };
  bool runs_itself = true;
  if (auto it = wrappers_.find(index(callee)); it != wrappers_.end()) {
    for (const Wrapper& wrapper : it->second) {
      put(wrapper.closure);
      runs_itself &= wrapper.calls_function;
    }
  }
  if (runs_itself) put(callee);
}

void Linker::add_labels(Target& target, Models::Kind kind, const std::string& name, facts::Language language) {
  for (Graded graded : models_.labels(kind, name, language)) {
    graded.confidence = std::min(graded.confidence, target.confidence);
    target.labels.push_back(graded);
  }
}

void Linker::add_untyped_labels(Target& target, const std::string& method) {
  for (const Graded& graded : models_.untyped(Models::Kind::kCall, method)) target.labels.push_back(graded);
}

bool Linker::has_label(const Target& target, Label label) const {
  if (label == Label::kNone) return false;
  return std::any_of(target.labels.begin(), target.labels.end(), [&](const Graded& g) { return g.label == label; });
}

void Linker::add_constructor(const Type& type, Target& target) {
  const ClassId cls = static_cast<ClassId>(type.id);
  target.constructs.push_back(cls);
  bool own_init = false;
  for (const char* method : {"__new__", "__init__", "__post_init__"}) {
    for (const Type& found : attribute_of_class(cls, intern(method), true, false, 0)) {
      if (found.kind != TypeKind::kMethod && found.kind != TypeKind::kFunction) continue;
      add_edge(target, static_cast<FunctionId>(found.id), Confidence::kExact);
      own_init |= std::string_view(method) == "__init__";
    }
  }
  // Making an object of a subclass makes one of the library's class.
  for (NameId base : program_[cls].library_bases) {
    if (models_.is_type(str(base)) && !own_init) add_labels(target, Models::Kind::kCall, str(base));
  }
}

// All that `receiver.method()` may run: the method that is found, and, unless the class is known exactly, what
// overrides it. A method that is only declared (abstract, trivial) does not count where somebody implements it.
void Linker::add_methods(ClassId cls, std::string_view method, bool declared, Target& target) {
  const NameId name = intern(method);
  std::vector<FunctionId> found;
  const auto own = [&](ClassId c) {
    const auto it = methods_[index(c)].find(name);
    return it == methods_[index(c)].end() ? nullptr : &it->second;
  };
  for (const Type& type : attribute_of_class(cls, name, true, declared, 0)) {
    if (type.kind == TypeKind::kMethod || type.kind == TypeKind::kFunction) {
      found.push_back(static_cast<FunctionId>(type.id));
    } else {
      add_type_target(type, target);
    }
  }
  std::vector<FunctionId> overriding;
  if (declared) {
    for (ClassId descendant : program_[cls].descendants) {
      if (const auto* methods = own(descendant)) {
        for (FunctionId function : *methods) {
          if (!program_[function].is_abstract) overriding.push_back(function);
        }
      }
    }
  }
  if (found.empty() && overriding.empty()) return;
  if (!overriding.empty()) {
    std::erase_if(found, [&](FunctionId function) { return program_[function].is_abstract; });
  }
  const size_t count = found.size() + overriding.size();
  const bool several = count > 1 && !overriding.empty();
  const bool before = target.alternatives;
  target.alternatives = before || several;
  for (FunctionId function : found) add_edge(target, function, several ? Confidence::kLikely : Confidence::kExact);
  for (FunctionId function : overriding) {
    add_edge(target, function, several ? Confidence::kLikely : Confidence::kExact);
  }
  target.alternatives = before;
}

void Linker::add_method_target(const Type& receiver, NameId name, Target& target) {
  if (!receiver.bare()) {
    const std::string container = container_name(receiver.outer());
    if (container.empty()) return;
    const std::string dotted = container + "." + str(name);
    target.name = intern(dotted);
    add_labels(target, Models::Kind::kCall, dotted);
    return;
  }
  if (receiver.kind == TypeKind::kInstance) {
    const ClassId cls = static_cast<ClassId>(receiver.id);
    const size_t edges = target.edges.size(), labels = target.labels.size();
    add_methods(cls, str(name), receiver.declared, target);
    if (target.edges.size() != edges || target.labels.size() != labels || target.name != NameId::kEmpty) return;
    for (NameId base : program_[cls].library_bases) {
      const std::string dotted = str(base) + "." + str(name);
      target.name = intern(dotted);
      add_labels(target, Models::Kind::kCall, dotted);
      if (target.labels.size() != labels) return;
    }
    return;
  }
  const Types types = attribute(receiver, name, 0);
  for (const Type& type : types) add_type_target(type, target);
  // `task.apply()` runs, here and now, the function that `task` is.
  const bool function = receiver.kind == TypeKind::kFunction || receiver.kind == TypeKind::kMethod;
  if (function && has_label(target, runs_receiver_)) {
    add_edge(target, static_cast<FunctionId>(receiver.id), Confidence::kExact);
  }
}

void Linker::add_type_target(const Type& type, Target& target) {
  if (!type.bare()) return;
  switch (type.kind) {
    case TypeKind::kFunction:
    case TypeKind::kMethod:
      add_edge(target, static_cast<FunctionId>(type.id), type.likely ? Confidence::kLikely : Confidence::kExact);
      break;
    case TypeKind::kClass:
      add_constructor(type, target);
      break;
    case TypeKind::kInstance:
      add_methods(static_cast<ClassId>(type.id), "__call__", type.declared, target);
      break;
    case TypeKind::kSymbol:
    case TypeKind::kLibraryMethod: {
      const std::string& name = str(static_cast<NameId>(type.id));
      const size_t before = target.labels.size();
      target.name = static_cast<NameId>(type.id);
      add_labels(target, Models::Kind::kCall, name);
      const size_t dot = name.rfind('.');
      // A library that no model knows is as good as an unknown receiver.
      if (target.labels.size() == before && dot != std::string::npos && type.kind == TypeKind::kLibraryMethod &&
          !models_.is_type(name.substr(0, dot))) {
        add_untyped_labels(target, name.substr(dot + 1));
      }
      break;
    }
    case TypeKind::kLibrary: {
      const std::string dotted = str(static_cast<NameId>(type.id)) + ".__call__";
      target.name = intern(dotted);
      add_labels(target, Models::Kind::kCall, dotted);
      break;
    }
    default:
      break;
  }
}

void Linker::resolve_callee(Where where, ExprId id, Target& target) {
  const facts::Tree& in = tree(where);
  const Expr& callee = in[id];
  if (callee.kind == ExprKind::kName || callee.kind == ExprKind::kAttribute) {
    target.method = name_in(where.function, callee.text);
  }
  if (callee.kind != ExprKind::kAttribute) {
    const Types types = infer(where, id, 0);
    target.alternatives = types.size() > 1;
    if (types.size() > 1) target.confidence = Confidence::kLikely;
    for (const Type& type : types) add_type_target(type, target);
    target.alternatives = false;
    return;
  }
  Types receivers;
  for (const Type& type : infer(where, in.child(callee, 0), 0)) {
    if (type.kind != TypeKind::kNone && !(type.bare() && type.kind == TypeKind::kUnknown)) receivers.add(type);
  }
  if (receivers.empty()) {
    target.receiver_unknown = true;
    add_untyped_labels(target, str(target.method));
    return;
  }
  target.alternatives = receivers.size() > 1;
  if (receivers.size() > 1) target.confidence = Confidence::kLikely;
  for (const Type& receiver : receivers) add_method_target(receiver, target.method, target);
  target.alternatives = false;
}

void Linker::resolve_entered(FunctionId function, ExprId value, bool async, Target& target) {
  for (const Type& given : infer({function, false}, value, 0)) {
    const Type type = given.outer() == Wrap::kAwait ? given.unwrapped() : given;
    if (!type.bare()) continue;
    if (type.kind == TypeKind::kGenerator) {
      add_edge(target, static_cast<FunctionId>(type.id), Confidence::kExact, true);
    } else if (type.kind == TypeKind::kInstance) {
      const ClassId cls = static_cast<ClassId>(type.id);
      add_methods(cls, async ? "__aenter__" : "__enter__", type.declared, target);
      add_methods(cls, async ? "__aexit__" : "__exit__", type.declared, target);
      if (!async) {
        for (NameId base : program_[cls].library_bases) add_labels(target, Models::Kind::kEnter, str(base));
      }
    } else if (type.kind == TypeKind::kLibrary && !async) {
      target.name = static_cast<NameId>(type.id);
      add_labels(target, Models::Kind::kEnter, str(target.name));
    }
  }
}

void Linker::resolve_iterated(FunctionId function, ExprId value, Target& target) {
  // `enumerate(rows())` steps through what it is given.
  const facts::Tree& tree = program_.body_of(function).tree;
  for (; tree[value].kind == ExprKind::kCall && tree[value].child_count > 1; value = tree.child(tree[value], 1)) {
    const SiteId site = current_sites_[index(value)];
    if (site == SiteId::kNone || str(program_[site].name) != "enumerate") break;
  }
  for (const Type& type : infer({function, false}, value, 0)) {
    if (!type.bare()) continue;
    if (type.kind == TypeKind::kGenerator) {
      add_edge(target, static_cast<FunctionId>(type.id), Confidence::kExact, true);
    } else if (type.kind == TypeKind::kInstance) {
      const ClassId cls = static_cast<ClassId>(type.id);
      add_methods(cls, "__iter__", type.declared, target);
      add_methods(cls, "__next__", type.declared, target);
      for (NameId base : program_[cls].library_bases) add_labels(target, Models::Kind::kIterate, str(base));
    } else if (type.kind == TypeKind::kLibrary) {
      target.name = static_cast<NameId>(type.id);
      add_labels(target, Models::Kind::kIterate, str(target.name));
    }
  }
  // A lazy call waits here, where its result is consumed.
  const ExprId origin = origin_call(function, value);
  if (origin == ExprId::kNone) return;
  const SiteId site = current_sites_[index(origin)];
  if (site == SiteId::kNone || program_[site].name == NameId::kEmpty) return;
  const std::string& name = str(program_[site].name);
  const size_t before = target.labels.size();
  add_labels(target, Models::Kind::kLazy, name);
  if (target.labels.size() != before) target.name = program_[site].name;
}

// The call whose result the expression is: itself, or what the one assignment of a local name holds.
ExprId Linker::origin_call(FunctionId function, ExprId id) {
  if (is_resolved(function)) return id == ExprId::kNone ? id : meant_origin(function, id);
  const facts::Body& body = program_.body_of(function);
  for (int step = 0; step < 4 && id != ExprId::kNone; ++step) {
    const Expr& expr = body.tree[id];
    if (expr.kind == ExprKind::kCall) return id;
    if (expr.kind == ExprKind::kAssigned) {
      id = body.tree.child(expr, 0);
      continue;
    }
    if (expr.kind != ExprKind::kName) return ExprId::kNone;
    const Found found = look_up(function, name_in(function, expr.text), expr.block, expr.at.begin, false);
    if (found.scope != function || found.bindings.size() != 1) return ExprId::kNone;
    const Binding& binding = *found.bindings[0];
    if (binding.kind != Binding::Kind::kWrite || binding.body != function) return ExprId::kNone;
    const facts::Write& write = body.writes[binding.index];
    const bool kept = write.op == facts::WriteOp::kAssign || write.op == facts::WriteOp::kEnter;
    if (!kept || write.element != -1) return ExprId::kNone;
    id = write.value;
  }
  return ExprId::kNone;
}

bool Linker::resolve_property(FunctionId function, const Expr& expr, Target& target) {
  const NameId name = name_in(function, expr.text);
  if (!is_property_name(name)) return false;
  const facts::Tree& in = program_.body_of(function).tree;
  for (const Type& type : infer({function, false}, in.child(expr, 0), 0)) {
    if (!type.bare()) continue;
    if (type.kind == TypeKind::kInstance) {
      const ClassId cls = static_cast<ClassId>(type.id);
      std::vector<ClassId> candidates{cls};
      candidates.insert(candidates.end(), program_[cls].ancestors.begin(), program_[cls].ancestors.end());
      for (ClassId candidate : candidates) {
        const auto it = methods_[index(candidate)].find(name);
        if (it == methods_[index(candidate)].end()) continue;
        for (FunctionId method : it->second) {
          if (program_[method].is_property) add_edge(target, method, Confidence::kExact);
        }
        break;
      }
      for (NameId base : program_[cls].library_bases) {
        add_labels(target, Models::Kind::kProperty, str(base) + "." + str(name));
      }
    } else if (type.kind == TypeKind::kLibrary) {
      const std::string dotted = str(static_cast<NameId>(type.id)) + "." + str(name);
      add_labels(target, Models::Kind::kProperty, dotted);
      if (!target.labels.empty()) target.name = intern(dotted);
    }
  }
  target.method = name;
  return !target.edges.empty() || !target.labels.empty();
}

}  // namespace stallint::link
