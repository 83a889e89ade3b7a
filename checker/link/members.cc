// Attributes and methods: what `base.name` may be.

#include "checker/link/linker.h"

namespace stallint::link {

using facts::ExprId;
using facts::ExprKind;

Types Linker::attribute(const Type& base, NameId name, int depth) {
  if (!base.bare() || depth > kMaxDepth) return {};
  const auto method_of = [&](const std::string& type) {
    return Type{.kind = TypeKind::kLibraryMethod, .likely = base.likely, .id = index(intern(type + "." + str(name)))};
  };
  switch (base.kind) {
    case TypeKind::kInstance:
      if (str(name) == "__class__") return Type{.kind = TypeKind::kClass, .declared = base.declared, .id = base.id};
      return attribute_of_class(static_cast<ClassId>(base.id), name, true, base.declared, depth + 1);
    case TypeKind::kClass:
      return attribute_of_class(static_cast<ClassId>(base.id), name, false, base.declared, depth + 1);
    case TypeKind::kSuper: {
      Types types;
      const Class& cls = program_[static_cast<ClassId>(base.id)];
      for (ClassId ancestor : cls.ancestors) {
        types = attribute_of_class(ancestor, name, true, false, depth + 1);
        if (!types.empty()) return types;
      }
      if (!cls.library_bases.empty()) return method_of(str(cls.library_bases.front()));
      return {};
    }
    case TypeKind::kLibrary:
      return method_of(str(static_cast<NameId>(base.id)));
    case TypeKind::kLibraryMethod: {
      // `client.chat.completions`: what the attribute is, if the model says so; else a longer name.
      const std::string whole = str(static_cast<NameId>(base.id));
      const auto [type, member] = split_last(whole);
      if (const std::string* result = models_.returned(type, member)) {
        Types types;
        for (const Type& inner : from_model(*result)) types.add(attribute(inner, name, depth + 1));
        return types;
      }
      return method_of(whole);
    }
    case TypeKind::kSymbol: {
      const std::string whole = str(static_cast<NameId>(base.id)) + "." + str(name);
      return Type{.kind = TypeKind::kSymbol, .id = index(intern(models_.canonical(whole)))};
    }
    case TypeKind::kModule: {
      const FileId file = static_cast<FileId>(base.id);
      const Types found = exported(file, name, depth + 1);
      if (!found.empty()) return found;
      return member_of_module(best_module_[base.id], name, file, depth + 1);
    }
    case TypeKind::kPackage: {
      const std::string member = str(static_cast<NameId>(base.id)) + "." + str(name);
      const auto hit = modules_.find(member);
      if (hit != modules_.end()) return Type{.kind = TypeKind::kModule, .id = index(hit->second.front().file)};
      if (packages_.count(member) > 0) return Type{.kind = TypeKind::kPackage, .id = index(intern(member))};
      return {};
    }
    case TypeKind::kFunction:
    case TypeKind::kMethod: {
      Types types;
      for (const Type& made : made_by_decorators(static_cast<FunctionId>(base.id), depth + 1)) {
        if (made.kind == TypeKind::kLibrary) types.add(method_of(str(static_cast<NameId>(made.id))));
      }
      return types;
    }
    default:
      return {};
  }
}

// A decorator may make an object of a library from the function: a Celery task has `delay`.
Types Linker::made_by_decorators(FunctionId function, int depth) {
  const facts::Function& outline = program_.outline_of(function);
  if (outline.decorators.empty()) return {};
  return remembered(decorated_[index(function)], depth, [&] {
    const Where around{program_[function].parent, true};
    Types types;
    for (const ExprId decorator : outline.decorators) {
      const facts::Expr& expr = tree(around)[decorator];
      const ExprId named = expr.kind == ExprKind::kCall ? tree(around).child(expr, 0) : decorator;
      for (const Type& type : infer(around, named, depth + 1)) {
        if (type.kind != TypeKind::kSymbol && type.kind != TypeKind::kLibraryMethod) continue;
        const std::string* made = models_.made(str(static_cast<NameId>(type.id)));
        if (made != nullptr) types.add(library(*made));
      }
    }
    return types;
  });
}

Types Linker::attribute_of_class(ClassId cls, NameId name, bool on_instance, bool declared, int depth) {
  if (depth > kMaxDepth) return {};
  const auto of_one = [&](ClassId c) {
    Types types;
    if (auto it = methods_[index(c)].find(name); it != methods_[index(c)].end()) {
      for (FunctionId method : it->second) {
        const Function& info = program_[method];
        if (info.is_property) {
          types.add(on_instance ? returns_of(method, depth + 1) : Types());
        } else {
          const bool bound = (on_instance || info.is_class_method) && !info.is_static;
          types.add(
              Type{.kind = bound ? TypeKind::kMethod : TypeKind::kFunction, .declared = declared, .id = index(method)});
        }
      }
      return types;
    }
    types = attribute_types(c, name, depth + 1);
    if (!types.empty()) return types;
    if (class_bodies_[index(c)] == FunctionId::kNone) return types;
    for (const Binding& binding : bindings_of(class_bodies_[index(c)], name)) {
      if (binding.kind == Binding::Kind::kClass || binding.kind == Binding::Kind::kImport) {
        types.add(infer_binding(binding, depth + 1));
      }
    }
    return types;
  };
  Types types = of_one(cls);
  if (!types.empty()) return types;
  for (ClassId ancestor : program_[cls].ancestors) {
    types = of_one(ancestor);
    if (!types.empty()) return types;
  }
  for (NameId base : program_[cls].library_bases) {
    // `object` and the like say nothing; the first base that a model knows speaks.
    if (!models_.is_type(str(base))) continue;
    return Type{.kind = TypeKind::kLibraryMethod, .id = index(intern(str(base) + "." + str(name)))};
  }
  return {};
}

Types Linker::attribute_types(ClassId owner, NameId name, int depth) {
  const auto found = attributes_[index(owner)].find(name);
  if (found == attributes_[index(owner)].end()) return {};
  return remembered(attribute_memo_[index(owner)][name], depth, [&] {
    // What an annotation says is meant for all writes.
    Types declared, types;
    for (const Attribute& attribute : found->second) {
      const facts::Write& write = program_.body_of(attribute.function).writes[attribute.write];
      if (write.annotation != ExprId::kNone) declared.add(infer_write(attribute.function, write, depth + 1));
    }
    if (!declared.empty()) return declared;
    for (const Attribute& attribute : found->second) {
      types.add(
          infer_write(attribute.function, program_.body_of(attribute.function).writes[attribute.write], depth + 1));
    }
    return types;
  });
}

Types Linker::method_result(ClassId cls, std::string_view method, int depth) {
  Types types;
  for (const Type& type : attribute_of_class(cls, intern(method), true, true, depth + 1)) {
    if (type.kind != TypeKind::kMethod) continue;
    const FunctionId function = static_cast<FunctionId>(type.id);
    if (program_[function].generator) {
      types.add(Type{.kind = TypeKind::kGenerator, .id = type.id});
    } else {
      types.add(returns_of(function, depth + 1));
    }
  }
  return types;
}

}  // namespace stallint::link
