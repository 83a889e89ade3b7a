// Variables of the whole project, and every change of them.

#include "checker/link/linker.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

// Name of a display or literal as models write it under `value`.
const char* value_name(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kDict:
      return "dict";
    case ExprKind::kList:
      return "list";
    case ExprKind::kSet:
      return "set";
    case ExprKind::kTuple:
      return "tuple";
    case ExprKind::kComprehension:
      switch (static_cast<facts::Comprehension>(expr.detail)) {
        case facts::Comprehension::kDict:
          return "dict";
        case facts::Comprehension::kList:
          return "list";
        case facts::Comprehension::kSet:
          return "set";
        default:
          return "";
      }
    case ExprKind::kLiteral:
      switch (static_cast<facts::Literal>(expr.detail)) {
        case facts::Literal::kNone:
          return "none";
        case facts::Literal::kString:
          return "text";
        case facts::Literal::kInteger:
        case facts::Literal::kFloat:
        case facts::Literal::kTrue:
        case facts::Literal::kFalse:
          return "number";
        default:
          return "";
      }
    default:
      return "";
  }
}

}  // namespace

void Linker::enter_variables() {
  scope_variables_.resize(program_.functions.size());
  attribute_variables_.resize(program_.classes.size());
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::FunctionKind kind = program_.outline_of(function).kind;
    if (kind == facts::FunctionKind::kClassBody) continue;  // its names are attributes of the class
    for (const Binding& binding : scopes_[f].bindings) {
      if (binding.kind != Binding::Kind::kWrite && binding.kind != Binding::Kind::kParameter) continue;
      if (!scope_variables_[f].add(binding.name, static_cast<VariableId>(program_.variables.size()))) continue;
      Variable variable;
      variable.kind = kind == facts::FunctionKind::kModule        ? VariableKind::kModule
                      : binding.kind == Binding::Kind::kParameter ? VariableKind::kParameter
                                                                  : VariableKind::kLocal;
      variable.name = binding.name;
      variable.function = function;
      program_.variables.push_back(variable);
    }
  }
  // An attribute belongs to the topmost class of the project that writes it.
  for (size_t c = 0; c < program_.classes.size(); ++c) {
    std::vector<NameId> attribute_names;
    for (const auto& [name, writes] : attributes_[c]) attribute_names.push_back(name);
    std::sort(attribute_names.begin(), attribute_names.end());
    for (NameId name : attribute_names) {
      const std::vector<Attribute>& writes = attributes_[c][name];
      const auto& ancestors = program_.classes[c].ancestors;
      const bool inherited = std::any_of(ancestors.begin(), ancestors.end(),
                                         [&](ClassId a) { return attributes_[index(a)].count(name) > 0; });
      if (inherited) continue;
      Variable variable;
      const bool on_class = std::any_of(writes.begin(), writes.end(),
                                        [&](const Attribute& attribute) { return makes_shared(attribute); });
      variable.kind = on_class ? VariableKind::kClass : VariableKind::kInstance;
      variable.name = name;
      variable.owner = static_cast<ClassId>(c);
      attribute_variables_[c].add(name, static_cast<VariableId>(program_.variables.size()));
      program_.variables.push_back(variable);
    }
  }
  first_declared_ = program_.variables.size();
  enter_declared();
}

VariableId Linker::attribute_variable(ClassId cls, NameId name) const {
  const auto own = [&](ClassId c) {
    const VariableId* variable = attribute_variables_[index(c)].find(name);
    return variable == nullptr ? VariableId::kNone : *variable;
  };
  if (const VariableId found = own(cls); found != VariableId::kNone) return found;
  for (ClassId ancestor : program_[cls].ancestors) {
    if (const VariableId found = own(ancestor); found != VariableId::kNone) return found;
  }
  return VariableId::kNone;
}

VariableId Linker::name_variable(FunctionId from, NameId name) {
  if (!body_memo_.is_about(from)) return look_for_variable(from, name);
  std::optional<VariableId>& known = body_memo_.about(name).variable;
  if (!known) known = look_for_variable(from, name);
  return *known;
}

VariableId Linker::look_for_variable(FunctionId from, NameId name) const {
  bool first = true;
  for (FunctionId scope = from; scope != FunctionId::kNone; scope = program_[scope].parent) {
    const bool class_body = program_.outline_of(scope).kind == facts::FunctionKind::kClassBody;
    const Scope& table = scopes_[index(scope)];
    if (std::find(table.globals.begin(), table.globals.end(), name) != table.globals.end()) {
      scope = program_[program_[from].file].first_function;
    } else if (class_body) {
      if (first && !bindings_of(scope, name).empty()) return attribute_variable(program_[scope].owner, name);
      first = false;
      continue;
    }
    if (const VariableId* variable = scope_variables_[index(scope)].find(name)) return *variable;
    if (!bindings_of(scope, name).empty()) return VariableId::kNone;  // a function, a class or an import
    first = false;
  }
  return VariableId::kNone;
}

VariableId Linker::find_variable(FunctionId function, ExprId id) {
  if (id == ExprId::kNone) return VariableId::kNone;
  if (is_resolved(function)) return meant_variable(function, id);
  if (!body_memo_.is_about(function)) return variable_at(function, id);
  if (const VariableId* known = body_memo_.variable_of(id)) return *known;
  const VariableId variable = variable_at(function, id);
  body_memo_.put(id, variable);
  return variable;
}

VariableId Linker::variable_at(FunctionId function, ExprId id) {
  const facts::Tree& in = program_.body_of(function).tree;
  const Expr& expr = in[id];
  if (expr.kind == ExprKind::kName) {
    const NameId name = name_in(function, expr.text);
    const VariableId variable = name_variable(function, name);
    if (variable != VariableId::kNone) return variable;
    // A variable of another module that was imported by name.
    const Found found = look_up(function, name, expr.block, expr.at.begin, false);
    for (const Binding* binding : found.bindings) {
      if (binding->kind != Binding::Kind::kImport) continue;
      const facts::Import& import = program_.body_of(binding->body).imports[binding->index];
      const FileId importer = program_[function].file;
      if (program_.facts_of(binding->body).text(import.name).empty()) continue;
      const ModuleHit hit = find_module(absolute_module(import, importer), importer);
      if (hit.file == FileId::kNone) continue;
      return name_variable(program_[hit.file].first_function, name_in(binding->body, import.name));
    }
    return VariableId::kNone;
  }
  if (expr.kind != ExprKind::kAttribute) return VariableId::kNone;
  const NameId name = name_in(function, expr.text);
  for (const Type& base : infer({function, false}, in.child(expr, 0), 0)) {
    if (!base.bare()) continue;
    if (base.kind == TypeKind::kInstance || base.kind == TypeKind::kClass) {
      const VariableId variable = attribute_variable(static_cast<ClassId>(base.id), name);
      if (variable != VariableId::kNone) return variable;
    } else if (base.kind == TypeKind::kModule) {
      const FunctionId module = program_[static_cast<FileId>(base.id)].first_function;
      if (const VariableId* variable = scope_variables_[index(module)].find(name)) return *variable;
    }
  }
  return VariableId::kNone;
}

void Linker::add_write(Write write) {
  if (write.variable == VariableId::kNone) return;
  const Variable& variable = program_[write.variable];
  const facts::Function& in = program_.outline_of(write.in);
  switch (variable.kind) {
    case VariableKind::kModule:
      write.initial = in.kind == facts::FunctionKind::kModule ||
                      (write.in == variable.function && write.change == Change::kAssign);  // a static of a function
      break;
    case VariableKind::kClass:
      write.initial = in.kind == facts::FunctionKind::kClassBody || in.kind == facts::FunctionKind::kModule;
      break;
    case VariableKind::kInstance:
      write.initial = in.kind == facts::FunctionKind::kClassBody || program_[write.in].is_constructor;
      break;
    default:
      write.initial = write.in == variable.function;
  }
  const facts::Body& body = program_.body_of(write.in);
  const Expr* target = write.target == ExprId::kNone ? nullptr : &body.tree[write.target];
  if (target != nullptr && target->kind == ExprKind::kSubscript) target = &body.tree[body.tree.child(*target, 0)];
  write.own = target != nullptr && target->kind == ExprKind::kName;
  if (target != nullptr && target->kind == ExprKind::kAttribute) {
    const Expr& base = body.tree[body.tree.child(*target, 0)];
    FunctionId method = write.in;
    while (method != FunctionId::kNone && program_[method].owner == ClassId::kNone) method = program_[method].parent;
    if (method != FunctionId::kNone && base.kind == ExprKind::kName &&
        !program_.outline_of(method).parameters.empty()) {
      write.own = base.text == program_.outline_of(method).parameters[0].name;
    }
    if (is_resolved(write.in)) {
      write.own = base.kind == ExprKind::kName && program_.facts_of(write.in).text(base.text) == "this";
    }
    // Through the class or the module itself it is as good as a global name.
    write.own |= variable.kind == VariableKind::kModule || variable.kind == VariableKind::kClass;
  }
  program_.writes.push_back(write);
}

// Whether a class body makes something there that all objects share: a collection. A plain default, and a field of a
// class that is decorated or that a library builds on (dataclass, model, table), is an attribute of each object.
bool Linker::makes_shared(const Attribute& attribute) {
  const facts::Body& body = program_.body_of(attribute.function);
  const facts::Write& write = body.writes[attribute.write];
  if (program_.outline_of(attribute.function).kind != facts::FunctionKind::kClassBody) return false;
  if (write.value == ExprId::kNone) return false;
  const ClassId cls = program_[attribute.function].owner;
  const facts::Class& outline = program_[program_[cls].file].facts.classes[index(program_[cls].local)];
  const bool built = !program_[cls].library_bases.empty() || !outline.decorators.empty();
  if (built && write.annotation != ExprId::kNone) return false;
  for (const Type& type : infer({attribute.function, false}, write.value, 0)) {
    if (!type.bare()) return true;
    if (type.kind != TypeKind::kLibrary) continue;
    for (const Graded& graded : models_.labels(Models::Kind::kCall, str(static_cast<NameId>(type.id)))) {
      if (rule::covers("collection", program_.label_names[index(graded.label)])) return true;
    }
  }
  return false;
}

// `Store.count += 1` changes what all objects share, `self.count += 1` and `order.count += 1` what one object has: an
// attribute that is given a value through objects is theirs, whatever the class body says.
void Linker::settle_attribute_kinds() {
  std::vector<bool> through_class(program_.variables.size()), through_object(program_.variables.size());
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Body& body = program_.body_of(function);
    if (is_resolved(function)) continue;
    for (const facts::Write& write : body.writes) {
      if (write.target == ExprId::kNone || body.tree[write.target].kind != ExprKind::kAttribute) continue;
      const VariableId variable = find_variable(function, write.target);
      if (variable == VariableId::kNone || program_[variable].owner == ClassId::kNone) continue;
      for (const Type& base : infer({function, false}, body.tree.child(body.tree[write.target], 0), 0)) {
        if (base.kind == TypeKind::kClass) through_class[index(variable)] = true;
        if (base.kind == TypeKind::kInstance) through_object[index(variable)] = true;
      }
    }
  }
  for (size_t v = 0; v < program_.variables.size(); ++v) {
    Variable& variable = program_.variables[v];
    if (variable.owner == ClassId::kNone) continue;
    if (through_object[v]) variable.kind = VariableKind::kInstance;
    if (through_class[v] && !through_object[v]) variable.kind = VariableKind::kClass;
  }
}

void Linker::enter_writes() {
  settle_attribute_kinds();
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Body& body = program_.body_of(function);
    begin_memo(function);
    const uint32_t first = static_cast<uint32_t>(program_.writes.size());
    for (const facts::Write& from : body.writes) {
      if (from.target == ExprId::kNone || from.op == facts::WriteOp::kDeclare) continue;
      const Expr& target = body.tree[from.target];
      Write write;
      write.in = function;
      write.block = from.block;
      write.target = from.target;
      const bool kept = from.op == facts::WriteOp::kAssign || from.op == facts::WriteOp::kEnter;
      write.value = kept && from.element == -1 ? from.value : ExprId::kNone;
      write.at = from.at;
      if (target.kind == ExprKind::kSubscript) {
        write.variable = find_variable(function, body.tree.child(target, 0));
        write.key = target.child_count > 1 ? body.tree.child(target, 1) : ExprId::kNone;
        const Expr* inside = write.key == ExprId::kNone ? nullptr : &body.tree[write.key];
        const bool slice = inside != nullptr && inside->kind == ExprKind::kOther && inside->detail == facts::kSlice;
        write.change = from.op == facts::WriteOp::kDelete   ? Change::kShrink
                       : slice                              ? Change::kAssign
                       : from.op == facts::WriteOp::kUpdate ? Change::kUpdate
                                                            : Change::kGrow;
        // Elsewhere than in Python a subscript sets what is there already, unless models know better.
        const bool fills = write.change == Change::kGrow || write.change == Change::kUpdate;
        if (is_resolved(function) && fills) {
          write.change = change_of_subscript(function, from.target).value_or(Change::kUpdate);
        }
        if (from.value != ExprId::kNone) write.value = from.value;
      } else {
        write.variable = find_variable(function, from.target);
        if (from.op == facts::WriteOp::kUpdate) {
          write.value = from.value;
          const ExprKind value = from.value == ExprId::kNone ? ExprKind::kOther : body.tree[from.value].kind;
          const bool display = value == ExprKind::kList || value == ExprKind::kSet || value == ExprKind::kDict ||
                               value == ExprKind::kComprehension;
          const std::string& sign = program_.facts_of(function).text(from.op_text);
          const bool less = sign == "-" || sign == "&";
          write.change = !display ? Change::kUpdate : less ? Change::kShrink : Change::kGrow;
        } else {
          write.change = from.op == facts::WriteOp::kDelete ? Change::kShrink : Change::kAssign;
        }
      }
      add_write(write);
    }
    if (is_resolved(function)) enter_growing_subscripts(function);
    const Range sites = program_.functions[f].sites;
    for (uint32_t s = sites.first; s < sites.first + sites.count; ++s) {
      const Site& site = program_.sites[s];
      if (site.kind != SiteKind::kCall) continue;
      const Expr& call = body.tree[site.expr];
      const Expr& callee = body.tree[body.tree.child(call, 0)];
      Write write;
      write.in = function;
      write.block = site.block;
      write.site = static_cast<SiteId>(s);
      write.at = site.at;
      if (callee.kind == ExprKind::kAttribute && site.of != VariableId::kNone) {
        write.variable = site.of;
        // `heapq.heappush(heap, item)` changes its argument.
        const ExprId base = body.tree.child(callee, 0);
        write.target =
            find_variable(function, base) == site.of || call.child_count < 2 ? base : body.tree.child(call, 1);
        for (const Graded& graded : program_.labels(site)) {
          if (graded.label == assigns_ && call.child_count == 2) {  // `keys_.reset(new Keys)`
            write.change = Change::kAssign;
            write.value = body.tree.child(call, 1);
            add_write(write);
          }
          if (graded.label != grow_ && graded.label != grow_keyed_ && graded.label != shrink_) continue;
          write.change = graded.label == shrink_ ? Change::kShrink : Change::kGrow;
          const bool keyed = graded.label == grow_keyed_ && call.child_count > 1;
          write.key = keyed ? body.tree.child(call, 1) : ExprId::kNone;
          const bool one = graded.label == grow_ && call.child_count > 1;
          write.value = one ? body.tree.child(call, call.child_count - 1) : ExprId::kNone;
          add_write(write);
        }
      }
      // A method of a collection handed over is the change it will make.
      for (uint32_t i = 1; i < call.child_count; ++i) {
        const Expr& argument = body.tree[body.tree.child(call, i)];
        const Expr& given = argument.kind == ExprKind::kKeyword ? body.tree[body.tree.child(argument, 0)] : argument;
        if (given.kind != ExprKind::kAttribute) continue;
        const ExprId base = body.tree.child(given, 0);
        const VariableId variable = find_variable(function, base);
        if (variable == VariableId::kNone) continue;
        for (const Type& type : infer({function, false}, base, 0)) {
          std::string name = type.outer() == Wrap::kList   ? "list"
                             : type.outer() == Wrap::kSet  ? "set"
                             : type.outer() == Wrap::kDict ? "dict"
                                                           : "";
          if (type.bare() && type.kind == TypeKind::kLibrary) name = str(static_cast<NameId>(type.id));
          if (name.empty()) continue;
          const std::string dotted = name + "." + program_.facts_of(function).text(given.text);
          for (const Graded& graded : models_.labels(Models::Kind::kCall, dotted)) {
            if (graded.label != grow_ && graded.label != grow_keyed_ && graded.label != shrink_) continue;
            Write handed = write;
            handed.variable = variable;
            handed.target = base;
            handed.handed = true;
            handed.change = graded.label == shrink_ ? Change::kShrink : Change::kGrow;
            add_write(handed);
          }
        }
      }
    }
    const auto by_place = [](const Write& a, const Write& b) { return a.at.end < b.at.end; };
    if (!std::is_sorted(program_.writes.begin() + first, program_.writes.end(), by_place)) {
      std::stable_sort(program_.writes.begin() + first, program_.writes.end(), by_place);
    }
    program_.functions[f].writes = {first, static_cast<uint32_t>(program_.writes.size()) - first};
  }
  body_memo_.end();

  // By variable: count, then place.
  for (const Write& write : program_.writes) ++program_.variables[index(write.variable)].writes.count;
  uint32_t next = 0;
  for (Variable& variable : program_.variables) {
    variable.writes.first = next;
    next += variable.writes.count;
    variable.writes.count = 0;
  }
  program_.variable_writes.resize(next);
  for (uint32_t w = 0; w < program_.writes.size(); ++w) {
    Range& range = program_.variables[index(program_.writes[w].variable)].writes;
    program_.variable_writes[range.first + range.count++] = static_cast<WriteId>(w);
  }
  for (const Site& site : program_.sites) {
    if (site.of != VariableId::kNone) ++program_.variables[index(site.of)].reads.count;
  }
  next = 0;
  for (Variable& variable : program_.variables) {
    variable.reads.first = next;
    next += variable.reads.count;
    variable.reads.count = 0;
  }
  program_.variable_reads.resize(next);
  for (uint32_t s = 0; s < program_.sites.size(); ++s) {
    if (program_.sites[s].of == VariableId::kNone) continue;
    Range& range = program_.variables[index(program_.sites[s].of)].reads;
    program_.variable_reads[range.first + range.count++] = static_cast<SiteId>(s);
  }
}

// Which variables are used at all, and which are handed on to others.
void Linker::enter_reads_of(FunctionId function) {
  if (is_resolved(function)) return enter_meant_reads(function);
  const facts::Body& body = program_.body_of(function);
  for (const Expr& expr : body.tree.exprs) {
    if (expr.kind != ExprKind::kName || expr.stored) continue;
    const VariableId variable = name_variable(function, name_in(function, expr.text));
    if (variable != VariableId::kNone) program_.variables[index(variable)].read = true;
  }
  const auto escape = [&](ExprId id) {
    if (id == ExprId::kNone) return;
    const ExprKind kind = body.tree[id].kind;
    if (kind != ExprKind::kName && kind != ExprKind::kAttribute) return;
    const VariableId variable = find_variable(function, id);
    if (variable != VariableId::kNone) program_.variables[index(variable)].escapes = true;
  };
  for (const facts::Exit& exit : body.exits) escape(exit.value);
  for (const facts::Write& write : body.writes) {
    if (write.op == facts::WriteOp::kAssign) escape(write.value);
  }
  for (const facts::Call& call : body.calls) {
    if (call.kind != facts::CallKind::kCall) continue;
    const Expr& expr = body.tree[call.expr];
    for (uint32_t i = 1; i < expr.child_count; ++i) {
      ExprId argument = body.tree.child(expr, i);
      if (body.tree[argument].kind == ExprKind::kKeyword) argument = body.tree.child(argument, 0);
      escape(argument);
    }
  }
}

// Special forms that the annotation of a parameter names and that stand for no type: `type[T]`, `Literal["a", "b"]`.
std::vector<std::string> Linker::forms_of_parameter(const Variable& variable) {
  std::vector<std::string> forms;
  for (const facts::Parameter& parameter : program_.outline_of(variable.function).parameters) {
    if (name_in(variable.function, parameter.name) != variable.name || parameter.annotation == ExprId::kNone) continue;
    const Where where{program_[variable.function].parent, true};
    ExprId named = parameter.annotation;
    if (tree(where)[named].kind == ExprKind::kSubscript) named = tree(where).child(tree(where)[named], 0);
    for (const Type& type : infer(where, named, 0)) {
      if (type.bare() && type.kind == TypeKind::kSymbol) forms.push_back(str(static_cast<NameId>(type.id)));
    }
  }
  return forms;
}

// Each label once, at its best grade, in order.
void Linker::settle_labels(std::vector<Graded>& labels) {
  if (labels.size() < 2) return;
  std::stable_sort(labels.begin(), labels.end(), [](const Graded& a, const Graded& b) {
    if (a.label != b.label) return a.label < b.label;
    return a.confidence > b.confidence;
  });
  labels.erase(
      std::unique(labels.begin(), labels.end(), [](const Graded& a, const Graded& b) { return a.label == b.label; }),
      labels.end());
}

void Linker::label_variables() {
  label_declared();
  for (Variable& variable : program_.variables) {
    if (&variable >= program_.variables.data() + first_declared_) break;
    std::vector<Graded> labels;
    Types types;
    const auto add = [&](const std::vector<Graded>& found, Confidence confidence) {
      for (Graded graded : found) {
        graded.confidence = std::min(graded.confidence, confidence);
        labels.push_back(graded);
      }
    };
    const auto add_types = [&](const Types& known) {
      for (const Type& type : known) {
        const char* container = type.outer() == Wrap::kDict   ? "dict"
                                : type.outer() == Wrap::kList ? "list"
                                : type.outer() == Wrap::kSet  ? "set"
                                                              : "";
        if (*container != '\0') add(models_.labels(Models::Kind::kValue, container), Confidence::kExact);
        if (type.bare() && type.kind == TypeKind::kClass)
          add(models_.labels(Models::Kind::kType, "type"), Confidence::kExact);
        if (type.bare() && type.kind == TypeKind::kInstance) {
          // An own class is what its bases are, but for collections: it may well look after its size.
          for (NameId base : program_[static_cast<ClassId>(type.id)].library_bases) {
            for (const Graded& graded : models_.labels(Models::Kind::kType, str(base))) {
              if (!rule::covers("collection", program_.label_names[index(graded.label)])) labels.push_back(graded);
            }
          }
        }
        if (!type.bare() || type.kind != TypeKind::kLibrary) continue;
        types.add(type);
        const std::string& name = str(static_cast<NameId>(type.id));
        add(models_.labels(Models::Kind::kType, name), Confidence::kExact);
        add(models_.labels(Models::Kind::kCall, name), Confidence::kExact);
      }
    };
    for (WriteId id : program_.writes_of(variable)) {
      const Write& write = program_[id];
      if (write.change != Change::kAssign || write.value == ExprId::kNone) continue;
      const Expr& value = program_.body_of(write.in).tree[write.value];
      if (const char* name = value_name(value); *name != '\0') {
        add(models_.labels(Models::Kind::kValue, name), Confidence::kExact);
      }
      add_types(infer({write.in, false}, write.value, 0));
    }
    if (variable.kind == VariableKind::kParameter) {
      for (const std::string& form : forms_of_parameter(variable)) {
        add(models_.labels(Models::Kind::kType, form), Confidence::kExact);
      }
    }
    if (variable.kind == VariableKind::kInstance || variable.kind == VariableKind::kClass) {
      add_types(attribute_types(variable.owner, variable.name, 0));
    } else {
      for (const Binding& binding : bindings_of(variable.function, variable.name)) {
        add_types(infer_binding(binding, 0));
      }
    }
    settle_labels(labels);
    variable.labels = {static_cast<uint32_t>(program_.graded.size()), static_cast<uint32_t>(labels.size())};
    program_.graded.insert(program_.graded.end(), labels.begin(), labels.end());
    if (types.size() == 1) variable.type = static_cast<NameId>(types[0].id);
  }
}

// What names and attributes mean is forgotten after linking but for those that words ask about.
void Linker::remember_names(FunctionId function) {
  const facts::Body& body = program_.body_of(function);
  std::vector<Program::Lookup::Known>& known = known_names_;
  known.clear();
  for (uint32_t e = 0; e < body.tree.exprs.size(); ++e) {
    const Expr& expr = body.tree.exprs[e];
    const ExprId id = static_cast<ExprId>(e);
    if (expr.kind == ExprKind::kLiteral && is_resolved(function)) {  // a macro that stands for a number
      const facts::Meaning* meaning = facts::meaning_of(body, id);
      if (meaning == nullptr || meaning->name == 0) continue;
      known.push_back({id, VariableId::kNone, name_in(function, meaning->name)});
      continue;
    }
    const bool address = expr.kind == ExprKind::kUnary && is_resolved(function);  // `&x` is about x
    if (expr.kind != ExprKind::kName && expr.kind != ExprKind::kAttribute && !address) continue;
    Program::Lookup::Known entry;
    entry.expr = id;
    entry.variable = find_variable(function, id);
    if (is_resolved(function)) {
      const facts::Meaning* meaning = facts::meaning_of(body, id);  // `CURLOPT_TIMEOUT`, `asio::detached`
      if (meaning != nullptr && meaning->symbol == 0) entry.library = name_in(function, meaning->name);
    } else if (entry.variable == VariableId::kNone && !expr.stored) {
      for (const Type& type : infer({function, false}, id, 0)) {
        if (type.kind == TypeKind::kSymbol || type.kind == TypeKind::kLibraryMethod) {
          entry.library = static_cast<NameId>(type.id);
        }
      }
    }
    if (entry.variable != VariableId::kNone || entry.library != NameId::kEmpty) known.push_back(entry);
  }
  known_[index(function)].assign(known.begin(), known.end());
}

}  // namespace stallint::link
