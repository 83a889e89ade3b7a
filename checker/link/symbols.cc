// Files whose front end has resolved names itself: what a symbol means in all of them.
//
//     // store.h: struct Store { Row load(int id); };   // store.cc: Row Store::load(int id) { ... }
//     // api.cc:  store.load(7)                          its callee has the symbol of Store::load: an exact edge
//
// A symbol that several files define (every program has a `main`, two test programs a `session`) means the definition
// of the same file, else of the same translation unit, else of the same program; else nothing.

#include "checker/link/target.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using facts::Meaning;

bool share(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  auto one = a.begin(), other = b.begin();
  while (one != a.end() && other != b.end()) {
    if (*one == *other) return true;
    *one < *other ? ++one : ++other;
  }
  return false;
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

// "::open" is shown as `open`.
std::string_view shown(std::string_view name) { return name.starts_with("::") ? name.substr(2) : name; }

// `&x` and `*x` are about x.
ExprId pointed_at(const facts::Tree& tree, ExprId id) {
  while (tree[id].kind == ExprKind::kUnary && tree[id].child_count > 0) id = tree.child(id, 0);
  return id;
}

}  // namespace

bool Linker::is_resolved(FunctionId function) const { return !program_.facts_of(function).identities.empty(); }

const facts::Identity& Linker::identity_of(FunctionId function) const {
  return program_.facts_of(function).identities[index(program_[function].local)];
}

const Meaning* Linker::meaning_at(Where where, ExprId expr) const {
  return where.outline ? facts::meaning_of(program_.facts_of(where.function), expr)
                       : facts::meaning_of(program_.body_of(where.function), expr);
}

// Of several definitions of one symbol those that a use in `from` may mean.
template <typename Id>
std::vector<Id> Linker::meant_from(FileId from, const std::vector<Id>& all) const {
  if (all.size() < 2) return all;
  std::vector<Id> same_file, same_unit, same_target, same_folder;
  const Relations& own = relations_[index(from)];
  for (const Id id : all) {
    const FileId file = file_of(id);
    const Relations& other = relations_[index(file)];
    if (file == from) same_file.push_back(id);
    if (share(own.units, other.units)) same_unit.push_back(id);
    if (share(own.targets, other.targets)) same_target.push_back(id);
    const bool unknown = own.targets.empty() && other.targets.empty();
    if (unknown && folder_of(program_[file].path) == folder_of(program_[from].path)) same_folder.push_back(id);
  }
  for (std::vector<Id>* nearer : {&same_file, &same_unit, &same_target, &same_folder}) {
    if (nearer->size() == 1) return *nearer;
    if (!nearer->empty()) return nearer == &same_file ? *nearer : std::vector<Id>{};
  }
  return {};
}

void Linker::enter_symbols() {
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    Function& function = program_.functions[f];
    if (!is_resolved(id)) {
      const std::string& name = str(function.name);
      function.is_constructor = function.owner != ClassId::kNone && (name == "__init__" || name == "__post_init__" ||
                                                                     name == "__new__" || name == "model_post_init");
      continue;
    }
    const facts::Identity& identity = identity_of(id);
    const facts::FunctionKind kind = program_.outline_of(id).kind;
    if (identity.symbol != 0) functions_by_symbol_[name_in(id, identity.symbol)].push_back(id);
    if (kind == facts::FunctionKind::kFunction && identity.name != 0) {
      functions_by_name_[name_in(id, identity.name)].push_back(id);
      function.qualified = intern(shown(str(name_in(id, identity.name))));
    } else if (kind == facts::FunctionKind::kLambda && function.parent != FunctionId::kNone) {
      function.qualified = intern(str(program_[function.parent].qualified) + "::" + str(function.name));
    }
    for (uint32_t overridden : identity.overrides) overriding_[name_in(id, overridden)].push_back(id);
    for (uint32_t attribute : identity.attributes) {
      const std::string& text = program_.facts_of(id).text(attribute);
      function.is_constructor |= text == "constructor";
      function.is_destructor |= text == "destructor";
    }
    function.is_static = identity.is_static;
  }
  for (uint32_t c = 0; c < program_.classes.size(); ++c) {
    const File& file = program_[program_.classes[c].file];
    if (file.facts.class_identities.empty()) continue;
    const facts::ClassIdentity& identity = file.facts.class_identities[index(program_.classes[c].local)];
    const auto& names = file_names_[index(program_.classes[c].file)];
    if (identity.symbol != 0) classes_by_symbol_[names[identity.symbol]].push_back(static_cast<ClassId>(c));
    classes_by_name_[names[identity.name]].push_back(static_cast<ClassId>(c));
    program_.classes[c].qualified = intern(shown(str(names[identity.name])));
  }
  // A member that is defined outside of its class, in another file.
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    Function& function = program_.functions[f];
    if (!is_resolved(id) || function.owner != ClassId::kNone) continue;
    const uint32_t owner = identity_of(id).owner;
    if (owner != 0) function.owner = class_of_symbol(function.file, name_in(id, owner));
  }
}

ClassId Linker::class_of_symbol(FileId from, NameId symbol) const {
  const auto it = classes_by_symbol_.find(symbol);
  if (it == classes_by_symbol_.end()) return ClassId::kNone;
  const std::vector<ClassId> meant = meant_from(from, it->second);
  return meant.empty() ? ClassId::kNone : meant.front();
}

std::vector<FunctionId> Linker::functions_of_symbol(FileId from, NameId symbol) const {
  const auto it = functions_by_symbol_.find(symbol);
  if (it == functions_by_symbol_.end()) return {};
  return meant_from(from, it->second);
}

// Direct bases of a class that are classes of the project, and names of libraries' classes among all its ancestors.
void Linker::bases_of_symbols(ClassId cls, std::vector<ClassId>& bases, std::vector<NameId>& library) {
  const FileId file = program_[cls].file;
  const facts::FileFacts& facts = program_[file].facts;
  const facts::ClassIdentity& identity = facts.class_identities[index(program_[cls].local)];
  for (uint32_t base : identity.bases) {
    const ClassId found = class_of_symbol(file, file_names_[index(file)][base]);
    if (found != ClassId::kNone && found != cls) bases.push_back(found);
  }
  for (uint32_t ancestor : identity.ancestors) {
    const NameId name = file_names_[index(file)][ancestor];
    if (classes_by_name_.count(name) == 0) library.push_back(intern(models_.canonical(str(name))));
  }
}

Types Linker::type_of_name(FileId from, NameId name) {
  const std::string& text = str(name);
  if (text.empty()) return {};
  if (const auto it = classes_by_name_.find(name); it != classes_by_name_.end()) {
    const std::vector<ClassId> meant = meant_from(from, it->second);
    if (meant.empty()) return {};
    return Type{.kind = TypeKind::kInstance, .declared = true, .id = index(meant.front())};
  }
  return library(text);
}

// The value of an expression, as the front end knows it.
Types Linker::meant(Where where, ExprId id) {
  const Expr& expr = tree(where)[id];
  const FileId file = program_[where.function].file;
  if (expr.kind == ExprKind::kFunction) {
    const uint32_t function = index(program_[file].first_function) + expr.first_child;
    return Type{.kind = TypeKind::kFunction, .id = function};
  }
  const Meaning* meaning = meaning_at(where, id);
  if (meaning == nullptr) return {};
  if (meaning->callable && meaning->symbol != 0) {
    Types types;
    for (FunctionId function : functions_of_symbol(file, name_in(where.function, meaning->symbol))) {
      types.add(Type{.kind = TypeKind::kFunction, .likely = meaning->likely, .id = index(function)});
    }
    if (!types.empty()) return types;
  }
  Types types = meaning->type == 0 ? Types{} : type_of_name(file, name_in(where.function, meaning->type));
  if (types.empty() && meaning->name != 0 && meaning->symbol == 0) {
    // A constant or a function of a library, by its name.
    types.add(Type{.kind = TypeKind::kSymbol, .id = index(name_in(where.function, meaning->name))});
  }
  return types;
}

// An object that is known as a `receiver` is one, or one of a class below it.
void Linker::keep_possible(FileId from, NameId receiver, std::vector<FunctionId>& overriding) {
  for (const Type& type : type_of_name(from, receiver)) {
    if (type.kind != TypeKind::kInstance) continue;
    const ClassId cls = static_cast<ClassId>(type.id);
    const auto derives = [&](ClassId derived, ClassId base) {
      const std::vector<ClassId>& all = program_[derived].ancestors;
      return derived == base || std::find(all.begin(), all.end(), base) != all.end();
    };
    std::erase_if(overriding, [&](FunctionId id) {
      const ClassId owner = program_[id].owner;
      return owner != ClassId::kNone && !derives(owner, cls) && !derives(cls, owner);
    });
  }
}

// Functions that a callee names, and, of a virtual call, those that may run in their place.
void Linker::add_meant_edges(FunctionId function, const Meaning& meaning, Target& target) {
  const FileId file = program_[function].file;
  const Confidence confidence = meaning.likely ? Confidence::kLikely : Confidence::kExact;
  std::vector<FunctionId> found;
  if (meaning.symbol != 0) found = functions_of_symbol(file, name_in(function, meaning.symbol));
  if (found.empty() && meaning.likely && meaning.name != 0) {
    // Known by its spelling: overloads of one name are one function to whoever reads.
    const auto it = functions_by_name_.find(name_in(function, meaning.name));
    if (it != functions_by_name_.end()) found = meant_from(file, it->second);
  }
  std::vector<FunctionId> overriding;
  if (meaning.dispatched && meaning.symbol != 0) {
    const auto it = overriding_.find(name_in(function, meaning.symbol));
    if (it != overriding_.end()) overriding = it->second;
    if (meaning.receiver != 0) keep_possible(file, name_in(function, meaning.receiver), overriding);
  }
  std::erase_if(overriding, [&](FunctionId id) { return program_[id].is_abstract; });
  if (!overriding.empty()) std::erase_if(found, [&](FunctionId id) { return program_[id].is_abstract; });
  const bool several = !overriding.empty() && found.size() + overriding.size() > 1;
  target.alternatives = several;
  for (FunctionId id : found) add_edge(target, id, several ? Confidence::kLikely : confidence, true);
  for (FunctionId id : overriding) add_edge(target, id, several ? Confidence::kLikely : confidence, true);
  target.alternatives = false;
  for (FunctionId id : found) {
    if (program_[id].is_constructor && program_[id].owner != ClassId::kNone) {
      target.constructs.push_back(program_[id].owner);
    }
  }
}

void Linker::resolve_meant_callee(FunctionId function, ExprId call, Target& target) {
  const facts::Tree& in = program_.body_of(function).tree;
  const ExprId callee = in.child(call, 0);
  const Expr& expr = in[callee];
  if (expr.kind == ExprKind::kName || expr.kind == ExprKind::kAttribute) target.method = name_in(function, expr.text);
  if (expr.kind == ExprKind::kFunction) {  // [&] { ... }()
    for (const Type& type : meant({function, false}, callee)) add_type_target(type, target);
    return;
  }
  const Meaning* meaning = meaning_at({function, false}, callee);
  if (meaning == nullptr) return;
  if (meaning->callable && meaning->name == 0) {
    for (const Type& type : meant({function, false}, callee)) add_type_target(type, target);
    return;
  }
  add_meant_edges(function, *meaning, target);
  // A function of the project that has the name of one of the C library: `static void select(...)`.
  if (!target.edges.empty() && str(name_in(function, meaning->name)).starts_with("::")) return;
  if (meaning->likely) target.confidence = Confidence::kLikely;
  add_meant_labels(function, *meaning, target);
  // A class without a constructor of its own, and `make_unique<T>(...)`.
  const Meaning* made = meaning_at({function, false}, call);
  if (made == nullptr || made->type == 0) return;
  const FileId file = program_[function].file;
  const bool makes = has_label(target, constructs_);
  const bool plain = target.edges.empty() && made->type == meaning->name;
  if (!makes && !plain) return;
  for (const Type& type : type_of_name(file, name_in(function, made->type))) {
    if (type.kind != TypeKind::kInstance) {
      if (makes) {
        add_labels(target, Models::Kind::kCall, str(static_cast<NameId>(type.id)), facts::Language::kCpp);
      }
      continue;
    }
    const ClassId cls = static_cast<ClassId>(type.id);
    target.constructs.push_back(cls);
    for (NameId base : program_[cls].library_bases) {
      add_labels(target, Models::Kind::kCall, str(base), facts::Language::kCpp);
    }
    if (!makes) continue;
    std::vector<FunctionId> constructors;
    const auto it = functions_by_name_.find(name_in(function, made->type));
    if (it != functions_by_name_.end()) constructors = meant_from(file, it->second);
    const auto fits = [&](FunctionId id) {
      return program_.outline_of(id).parameters.size() + 1 == in[call].child_count;
    };
    const bool exact = std::any_of(constructors.begin(), constructors.end(), fits);
    for (FunctionId id : constructors) {
      if (!exact || fits(id)) add_edge(target, id, Confidence::kExact, true);
    }
  }
}

// What models say of a callee: as a member of the type of its object, else as a member of the class that declares it.
void Linker::add_meant_labels(FunctionId function, const Meaning& meaning, Target& target) {
  const std::string declared = meaning.name == 0 ? "" : str(name_in(function, meaning.name));
  const std::string plain = str(target.method);
  std::vector<std::string> names;
  if (meaning.receiver != 0) names.push_back(str(name_in(function, meaning.receiver)) + "::" + plain);
  if (!declared.empty() && (names.empty() || names.front() != declared)) names.push_back(declared);
  for (std::string& name : names) name = models_.canonical(models_.canonical_member(name));
  for (const std::string& name : names) {
    const size_t before = target.labels.size();
    add_labels(target, Models::Kind::kCall, name, facts::Language::kCpp);
    if (target.labels.size() == before) continue;
    target.name = intern(name);
    return;
  }
  // Nothing is known of the receiver, or nothing of its type.
  if (meaning.receiver == 0 && declared.starts_with("?::")) {
    for (const Graded& graded : models_.untyped(Models::Kind::kCall, plain, facts::Language::kCpp)) {
      target.labels.push_back(graded);
    }
    target.receiver_unknown = true;
    return;
  }
  if (!names.empty() && target.edges.empty()) target.name = intern(names.back());
}

VariableId Linker::variable_of_symbol(FileId from, NameId symbol) const {
  const auto it = variables_by_symbol_.find(symbol);
  if (it == variables_by_symbol_.end()) return VariableId::kNone;
  (void)from;
  return it->second;
}

VariableId Linker::meant_variable(FunctionId function, ExprId id) const {
  id = pointed_at(program_.body_of(function).tree, id);
  const Meaning* meaning = meaning_at({function, false}, id);
  if (meaning == nullptr || meaning->symbol == 0) return VariableId::kNone;
  return variable_of_symbol(program_[function].file, name_in(function, meaning->symbol));
}

// Declarations are variables, whether anybody writes them or not.
void Linker::enter_declared() {
  using Storage = facts::Declared::Storage;
  for (uint32_t f = 0; f < program_.files.size(); ++f) {
    const File& file = program_.files[f];
    const auto& names = file_names_[f];
    for (const facts::Declared& declared : file.facts.declared) {
      const NameId symbol = names[declared.symbol];
      if (symbol == NameId::kEmpty) continue;
      const auto [it, fresh] =
          variables_by_symbol_.try_emplace(symbol, static_cast<VariableId>(program_.variables.size()));
      if (!fresh) continue;  // `extern` in a header, defined elsewhere
      Variable variable;
      variable.name = names[declared.name];
      switch (declared.storage) {
        case Storage::kLocal:
          variable.kind = VariableKind::kLocal;
          break;
        case Storage::kParameter:
          variable.kind = VariableKind::kParameter;
          break;
        case Storage::kProcess:
          variable.kind = VariableKind::kModule;
          break;
        case Storage::kClass:
          variable.kind = VariableKind::kClass;
          break;
        case Storage::kInstance:
          variable.kind = VariableKind::kInstance;
          break;
      }
      const bool of_class = declared.storage == Storage::kClass || declared.storage == Storage::kInstance;
      if (of_class) {
        variable.owner = class_of_symbol(static_cast<FileId>(f), names[declared.owner]);
        if (variable.owner == ClassId::kNone) variable.kind = VariableKind::kLocal;
      }
      if (!of_class || variable.owner == ClassId::kNone) {
        variable.function = static_cast<FunctionId>(index(file.first_function) + index(declared.function));
      }
      // What each thread has for itself, and what nobody can change, is nobody's shared state. What a function makes
      // once, `static const auto text = load();`, is kept like all that it keeps.
      const bool fixed = declared.constant && declared.function == facts::FunctionId::kModule;
      if (declared.per_thread || fixed) {
        if (variable.kind == VariableKind::kModule) variable.kind = VariableKind::kLocal;
      }
      if (variable.kind == VariableKind::kParameter) {
        scope_variables_[index(variable.function)].add(variable.name, it->second);
      }
      program_.variables.push_back(variable);
      declared_.push_back({it->second, static_cast<FileId>(f), &declared});
    }
  }
  for (const DeclaredVariable& one : declared_) {
    if (one.declared->guard == 0) continue;
    program_.variables[index(one.variable)].guard =
        variable_of_symbol(one.file, file_names_[index(one.file)][one.declared->guard]);
  }
}

// Labels of declared variables: those of their types.
void Linker::label_declared() {
  for (const DeclaredVariable& one : declared_) {
    Variable& variable = program_.variables[index(one.variable)];
    const NameId type_name = file_names_[index(one.file)][one.declared->type];
    std::vector<Graded> labels;
    const auto add = [&](Models::Kind kind, const std::string& name) {
      const std::vector<Graded>& found = models_.labels(kind, name, facts::Language::kCpp);
      labels.insert(labels.end(), found.begin(), found.end());
    };
    for (const Type& type : type_of_name(one.file, type_name)) {
      if (type.kind == TypeKind::kInstance) {
        add(Models::Kind::kType, str(type_name));  // a library may be part of the project that uses it
        for (NameId base : program_[static_cast<ClassId>(type.id)].library_bases) {
          for (const Graded& graded : models_.labels(Models::Kind::kType, str(base), facts::Language::kCpp)) {
            if (!rule::covers("collection", program_.label_names[index(graded.label)])) labels.push_back(graded);
          }
        }
        continue;
      }
      variable.type = static_cast<NameId>(type.id);
      add(Models::Kind::kType, str(variable.type));
      add(Models::Kind::kCall, str(variable.type));
    }
    settle_labels(labels);
    variable.labels = {static_cast<uint32_t>(program_.graded.size()), static_cast<uint32_t>(labels.size())};
    program_.graded.insert(program_.graded.end(), labels.begin(), labels.end());
  }
}

// `counts[key]` makes an entry where none was, if that is what the container's operator does.
std::optional<Change> Linker::change_of_subscript(FunctionId function, ExprId subscript) {
  const Meaning* meaning = meaning_at({function, false}, subscript);
  if (meaning == nullptr || meaning->name == 0) return std::nullopt;
  for (const std::string& type : {str(name_in(function, meaning->receiver)), std::string()}) {
    const std::string name = type.empty() ? str(name_in(function, meaning->name)) : type + "::operator[]";
    for (const Graded& graded : models_.labels(Models::Kind::kCall, name)) {
      if (graded.label == grow_ || graded.label == grow_keyed_) return Change::kGrow;
    }
  }
  return std::nullopt;
}

// Subscripts that grow what they only seem to read: `return sessions[id];`, `auto& s = sessions[id];`.
void Linker::enter_growing_subscripts(FunctionId function) {
  const facts::Body& body = program_.body_of(function);
  std::vector<ExprId> written;
  for (const facts::Write& write : body.writes) written.push_back(write.target);
  std::sort(written.begin(), written.end());
  for (uint32_t e = 0; e < body.tree.exprs.size(); ++e) {
    const ExprId id = static_cast<ExprId>(e);
    const Expr& expr = body.tree.exprs[e];
    if (expr.kind != ExprKind::kSubscript || std::binary_search(written.begin(), written.end(), id)) continue;
    if (change_of_subscript(function, id) != Change::kGrow) continue;
    Write write;
    write.change = Change::kGrow;
    write.in = function;
    write.block = expr.block;
    write.target = id;
    write.variable = meant_variable(function, body.tree.child(expr, 0));
    write.key = expr.child_count > 1 ? body.tree.child(expr, 1) : ExprId::kNone;
    write.at = expr.at;
    add_write(write);
  }
}

// Which variables are used, handed on, or open to changes by those who get them.
void Linker::enter_meant_reads(FunctionId function) {
  const facts::Body& body = program_.body_of(function);
  for (const Meaning& meaning : body.meanings) {
    const Expr& expr = body.tree[meaning.expr];
    if (expr.kind != ExprKind::kName && expr.kind != ExprKind::kAttribute) continue;
    const VariableId variable = meant_variable(function, meaning.expr);
    if (variable == VariableId::kNone) continue;
    if (!expr.stored) program_.variables[index(variable)].read = true;
  }
  const auto escape = [&](ExprId id) {
    if (id == ExprId::kNone) return;
    const VariableId variable = meant_variable(function, id);
    if (variable != VariableId::kNone) program_.variables[index(variable)].escapes = true;
  };
  for (const facts::Exit& exit : body.exits) escape(exit.value);
  for (const facts::Write& write : body.writes) {
    if (write.op == facts::WriteOp::kAssign) escape(write.value);
  }
  const Range sites = program_[function].sites;
  for (uint32_t s = sites.first; s < sites.first + sites.count; ++s) {
    const Site& site = program_.sites[s];
    if (site.kind != SiteKind::kCall) continue;
    const Expr& call = body.tree[site.expr];
    const Meaning* callee = facts::meaning_of(body, body.tree.child(call, 0));
    const bool own = callee != nullptr && callee->symbol != 0;  // its parameters tell what it does
    for (uint32_t i = 1; i < call.child_count; ++i) {
      const ExprId argument = body.tree.child(call, i);
      escape(argument);
      const Meaning* meaning = facts::meaning_of(body, argument);
      if (meaning == nullptr) meaning = facts::meaning_of(body, pointed_at(body.tree, argument));
      if (meaning == nullptr || !meaning->changeable || own) continue;
      const VariableId variable = meant_variable(function, argument);
      // `std::swap(cache, empty)`: who may change it may empty it.
      if (variable != VariableId::kNone) program_.variables[index(variable)].emptied = true;
    }
  }
}

// The call whose result a local variable holds, if it is set once.
ExprId Linker::meant_origin(FunctionId function, ExprId id) const {
  const facts::Body& body = program_.body_of(function);
  for (int step = 0; step < 4; ++step) {
    id = pointed_at(body.tree, id);
    const Expr& expr = body.tree[id];
    if (expr.kind == ExprKind::kCall) return id;
    const VariableId variable = meant_variable(function, id);
    if (variable == VariableId::kNone || program_[variable].kind != VariableKind::kLocal) return ExprId::kNone;
    ExprId value = ExprId::kNone;
    for (const facts::Write& write : body.writes) {
      if (write.target == ExprId::kNone || meant_variable(function, write.target) != variable) continue;
      if (body.tree[write.target].kind != ExprKind::kName) continue;
      if (value != ExprId::kNone || write.op != facts::WriteOp::kAssign) return ExprId::kNone;
      value = write.value;
    }
    if (value == ExprId::kNone) return ExprId::kNone;
    id = value;
  }
  return ExprId::kNone;
}

void Linker::enter_held() {
  program_.held.resize(program_.functions.size());
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Body& body = program_.body_of(function);
    for (const facts::Held& from : body.held) {
      Held held;
      held.end = from.at.end;
      held.lock = variable_of_symbol(program_[function].file, name_in(function, from.lock));
      held.must = from.must;
      std::vector<Graded> labels =
          models_.labels(Models::Kind::kType, str(name_in(function, from.type)), facts::Language::kCpp);
      settle_labels(labels);
      held.labels = {static_cast<uint32_t>(program_.graded.size()), static_cast<uint32_t>(labels.size())};
      program_.graded.insert(program_.graded.end(), labels.begin(), labels.end());
      program_.held[f].push_back(held);
    }
  }
}

}  // namespace stallint::link
