#include "checker/link/linker.h"

#include <xxhash.h>

#include <algorithm>
#include <set>

namespace stallint::link {
namespace {

using facts::ExprId;
using facts::ExprKind;

}  // namespace

Linker::Linker(std::vector<InputFile> files, const Models& models) : models_(models) {
  intern("");
  program_.label_names = models_.label_names();
  const auto label = [&](const char* name) { return models_.label(name); };
  consume_ = label("consume");
  runs_argument_ = label("runs-argument");
  partial_ = label("partial");
  injected_ = label("injected");
  grow_ = label("grow.more");
  grow_keyed_ = label("grow.keyed");
  shrink_ = label("shrink");
  assigns_ = label("assigns");
  context_manager_ = label("context-manager");
  property_ = label("property");
  static_ = label("static-method");
  class_method_ = label("class-method");
  abstract_ = label("abstract");
  offload_ = label("offload");
  runs_receiver_ = label("runs-receiver");
  plain_base_ = label("plain-base");
  constructs_ = label("constructs");

  program_.files.reserve(files.size());
  for (InputFile& file : files) {
    relations_.push_back({std::move(file.units), std::move(file.targets)});
    program_.files.push_back({file.path, file.modules.empty() ? "" : file.modules.front(), std::move(file.facts),
                              FunctionId::kNone, ClassId::kNone});
  }
  enter_modules(files);
}

NameId Linker::intern(std::string_view text) {
  if (names_.size() * 2 >= name_slots_.size()) make_room_for_names();
  const auto hash = static_cast<uint32_t>(XXH3_64bits(text.data(), text.size()));
  const size_t mask = name_slots_.size() - 1;
  size_t at = hash & mask;
  for (; name_slots_[at].id != UINT32_MAX; at = (at + 1) & mask) {
    if (name_slots_[at].hash == hash && names_[name_slots_[at].id] == text) {
      return static_cast<NameId>(name_slots_[at].id);
    }
  }
  name_slots_[at] = {hash, static_cast<uint32_t>(names_.size())};
  names_.emplace_back(text);
  return static_cast<NameId>(name_slots_[at].id);
}

void Linker::make_room_for_names() {
  std::vector<NameSlot> slots(std::max<size_t>(1024, name_slots_.size() * 2));
  for (const NameSlot& slot : name_slots_) {
    if (slot.id == UINT32_MAX) continue;
    size_t at = slot.hash & (slots.size() - 1);
    while (slots[at].id != UINT32_MAX) at = (at + 1) & (slots.size() - 1);
    slots[at] = slot;
  }
  name_slots_ = std::move(slots);
}

NameId Linker::name_in(FunctionId function, uint32_t string_id) const {
  return file_names_[index(program_[function].file)][string_id];
}

const facts::Tree& Linker::tree(Where where) const {
  return where.outline ? program_.facts_of(where.function).outline : program_.body_of(where.function).tree;
}

void Linker::enter_definitions() {
  file_names_.resize(program_.files.size());
  for (size_t f = 0; f < program_.files.size(); ++f) {
    File& file = program_.files[f];
    file_names_[f].reserve(file.facts.strings.size());
    for (const std::string& text : file.facts.strings) file_names_[f].push_back(intern(text));
    file.first_function = static_cast<FunctionId>(program_.functions.size());
    file.first_class = static_cast<ClassId>(program_.classes.size());
    const auto program_id = [&](facts::FunctionId local) {
      return local == facts::FunctionId::kNone ? FunctionId::kNone
                                               : static_cast<FunctionId>(index(file.first_function) + index(local));
    };
    const auto class_id = [&](facts::ClassId local) {
      return local == facts::ClassId::kNone ? ClassId::kNone
                                            : static_cast<ClassId>(index(file.first_class) + index(local));
    };
    for (uint32_t i = 0; i < file.facts.functions.size(); ++i) {
      const facts::Function& from = file.facts.functions[i];
      Function function;
      function.file = static_cast<FileId>(f);
      function.local = static_cast<facts::FunctionId>(i);
      function.name = file_names_[f][from.name];
      function.parent = program_id(from.parent);
      function.owner = class_id(from.owner);
      function.async = from.async;
      function.generator = from.generator;
      // The path of names, without the module.
      std::string qualified = file.facts.text(from.name);
      if (function.parent != FunctionId::kNone && from.parent != facts::FunctionId::kModule) {
        qualified = str(program_[function.parent].qualified) + "." + qualified;
      }
      function.qualified = intern(qualified);
      program_.functions.push_back(function);
    }
    for (uint32_t i = 0; i < file.facts.classes.size(); ++i) {
      const facts::Class& from = file.facts.classes[i];
      Class cls;
      cls.file = static_cast<FileId>(f);
      cls.local = static_cast<facts::ClassId>(i);
      cls.name = file_names_[f][from.name];
      const FunctionId body = program_id(from.body);
      cls.qualified = body == FunctionId::kNone ? cls.name : program_[body].qualified;
      program_.classes.push_back(cls);
      class_bodies_.push_back(body);
    }
  }
  enter_symbols();
  children_.resize(program_.functions.size());
  child_classes_.resize(program_.functions.size());
  methods_.resize(program_.classes.size());
  attributes_.resize(program_.classes.size());
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const Function& function = program_.functions[f];
    const facts::FunctionKind kind = program_.outline_of(static_cast<FunctionId>(f)).kind;
    if (function.parent != FunctionId::kNone) children_[index(function.parent)].push_back(static_cast<FunctionId>(f));
    if (kind == facts::FunctionKind::kFunction && function.owner != ClassId::kNone) {
      // (of a class of another file too: enter_symbols has found it)
      methods_[index(function.owner)][function.name].push_back(static_cast<FunctionId>(f));
    }
  }
  for (uint32_t c = 0; c < program_.classes.size(); ++c) {
    const File& file = program_[program_.classes[c].file];
    const facts::Class& cls = file.facts.classes[index(program_.classes[c].local)];
    child_classes_[index(file.first_function) + index(cls.scope)].push_back(static_cast<ClassId>(c));
  }
  returns_.resize(program_.functions.size());
  yields_.resize(program_.functions.size());
  decorated_.resize(program_.functions.size());
  write_memo_.resize(program_.functions.size());
  parameter_memo_.resize(program_.functions.size());
  import_memo_.resize(program_.functions.size());
  attribute_memo_.resize(program_.classes.size());
  known_.resize(program_.functions.size());
  program_.function_labels.resize(program_.functions.size());
}

// Attributes of classes: names of the class body, and what methods store on their first parameter.
void Linker::enter_attributes() {
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Function& outline = program_.outline_of(function);
    const facts::Body& body = program_.body_of(function);
    const ClassId owner = program_[function].owner;
    if (is_resolved(function)) continue;
    // A closure of a method stores on the method's self.
    FunctionId method = function;
    while (method != FunctionId::kNone && program_[method].owner == ClassId::kNone) method = program_[method].parent;
    if (method == FunctionId::kNone) continue;
    const bool class_body = outline.kind == facts::FunctionKind::kClassBody;
    const std::vector<facts::Parameter>& parameters = program_.outline_of(method).parameters;
    for (uint32_t w = 0; w < body.writes.size(); ++w) {
      const facts::Write& write = body.writes[w];
      if (write.target == ExprId::kNone || write.comprehension) continue;
      const facts::Expr& target = body.tree[write.target];
      if (class_body && target.kind == ExprKind::kName) {
        attributes_[index(owner)][name_in(function, target.text)].push_back({function, w});
      } else if (!class_body && target.kind == ExprKind::kAttribute && !parameters.empty()) {
        const facts::Expr& base = body.tree[body.tree.child(target, 0)];
        if (base.kind != ExprKind::kName || base.text != parameters[0].name) continue;
        const ClassId cls = program_[method].owner;
        attributes_[index(cls)][name_in(function, target.text)].push_back({function, w});
      }
    }
  }
}

namespace {

using Orders = std::vector<std::vector<ClassId>>;

// One class: the orders of its bases and the list of the bases, merged as Python does (C3): next comes the first head
// that stands in no tail. Where no head will do, Python refuses the class; the first head is taken then.
std::vector<ClassId> merged(ClassId self, const std::vector<ClassId>& bases, const Orders& orders) {
  std::vector<std::vector<ClassId>> lists;
  for (ClassId base : bases) {
    lists.push_back({base});
    lists.back().insert(lists.back().end(), orders[index(base)].begin(), orders[index(base)].end());
  }
  lists.push_back(bases);
  std::vector<ClassId> order;
  while (true) {
    ClassId next = ClassId::kNone;
    for (const std::vector<ClassId>& list : lists) {
      if (list.empty()) continue;
      const bool later = std::any_of(lists.begin(), lists.end(), [&](const std::vector<ClassId>& other) {
        return !other.empty() && std::find(other.begin() + 1, other.end(), list.front()) != other.end();
      });
      if (next == ClassId::kNone || !later) next = list.front();
      if (!later) break;
    }
    if (next == ClassId::kNone) return order;
    if (next != self) order.push_back(next);
    for (std::vector<ClassId>& list : lists) list.erase(std::remove(list.begin(), list.end(), next), list.end());
  }
}

// For each class its ancestors in the order of resolution, without itself. A class that inherits from itself through
// others, which only wrongly read code does, ends the way there.
Orders resolution_orders(const Orders& bases) {
  enum class State : uint8_t { kNew, kOpen, kDone };
  Orders orders(bases.size());
  std::vector<State> state(bases.size(), State::kNew);
  for (uint32_t c = 0; c < bases.size(); ++c) {
    std::vector<ClassId> work{static_cast<ClassId>(c)};
    while (!work.empty()) {
      const ClassId cls = work.back();
      if (state[index(cls)] == State::kNew) {
        state[index(cls)] = State::kOpen;
        for (ClassId base : bases[index(cls)]) {
          if (state[index(base)] == State::kNew) work.push_back(base);
        }
        continue;
      }
      work.pop_back();
      if (state[index(cls)] == State::kDone) continue;
      orders[index(cls)] = merged(cls, bases[index(cls)], orders);
      state[index(cls)] = State::kDone;
    }
  }
  return orders;
}

}  // namespace

// Bases of all classes, then for each its ancestors in the order in which Python looks into them.
void Linker::enter_class_bases() {
  std::vector<std::vector<ClassId>> bases(program_.classes.size());
  std::vector<std::vector<NameId>> library(program_.classes.size());
  for (uint32_t c = 0; c < program_.classes.size(); ++c) {
    const Class& cls = program_.classes[c];
    const File& file = program_[cls.file];
    const facts::Class& from = file.facts.classes[index(cls.local)];
    if (!file.facts.class_identities.empty()) {
      bases_of_symbols(static_cast<ClassId>(c), bases[c], library[c]);
      continue;
    }
    const FunctionId scope = static_cast<FunctionId>(index(file.first_function) + index(from.scope));
    const Where where{scope, true};
    for (ExprId base : from.bases) {
      const facts::Expr* expr = &file.facts.outline[base];
      if (expr->kind == ExprKind::kKeyword) continue;
      if (expr->kind == ExprKind::kSubscript) base = file.facts.outline.child(*expr, 0);  // Generic[T], Repo[User]
      for (const Type& type : infer(where, base, 0)) {
        if (!type.bare()) continue;
        if (type.kind == TypeKind::kClass && type.id != c) bases[c].push_back(static_cast<ClassId>(type.id));
        if (type.kind == TypeKind::kSymbol) library[c].push_back(static_cast<NameId>(type.id));
      }
    }
  }
  std::vector<std::vector<ClassId>> orders = resolution_orders(bases);
  for (uint32_t c = 0; c < program_.classes.size(); ++c) {
    std::vector<NameId> library_bases = library[c];
    for (ClassId ancestor : orders[c]) {
      for (NameId name : library[index(ancestor)]) {
        if (std::find(library_bases.begin(), library_bases.end(), name) == library_bases.end()) {
          library_bases.push_back(name);
        }
      }
    }
    program_.classes[c].ancestors = std::move(orders[c]);
    program_.classes[c].library_bases = std::move(library_bases);
  }
  for (uint32_t c = 0; c < program_.classes.size(); ++c) {
    for (ClassId ancestor : program_.classes[c].ancestors) {
      program_.classes[index(ancestor)].descendants.push_back(static_cast<ClassId>(c));
    }
  }
  // What was inferred while bases were unknown may be incomplete.
  forget_types();
}

void Linker::forget_types() {
  for (auto* memos : {&returns_, &yields_, &decorated_}) memos->assign(memos->size(), {});
  for (auto& memos : write_memo_) memos.clear();
  for (auto& memos : parameter_memo_) memos.clear();
  for (auto& memos : attribute_memo_) memos.clear();
  for (auto& memos : import_memo_) memos.clear();
}

// What a decorator of the project passes on: `def job(**options): return queue.task(**options)` is a factory, a closure
// that ends with `return queue.task(function)` is none.
void Linker::add_passed_labels(FunctionId maker, bool factory, int depth, std::vector<Graded>& labels) {
  if (depth > 3) return;
  const facts::Body& body = program_.body_of(maker);
  const std::vector<facts::Parameter>& parameters = program_.outline_of(maker).parameters;
  const auto takes_parameter = [&](const facts::Expr& call) {
    for (uint32_t i = 1; i < call.child_count; ++i) {
      const facts::Expr& argument = body.tree[body.tree.child(call, i)];
      if (argument.kind != ExprKind::kName) continue;
      for (const facts::Parameter& parameter : parameters) {
        if (parameter.name == argument.text) return true;
      }
    }
    return false;
  };
  for (const facts::Exit& exit : body.exits) {
    if (exit.kind != facts::ExitKind::kReturn || exit.value == ExprId::kNone) continue;
    const facts::Expr& value = body.tree[exit.value];
    if (value.kind == ExprKind::kName && factory) {
      for (const Type& type : infer({maker, false}, exit.value, 0)) {
        if (type.kind != TypeKind::kFunction || !type.bare()) continue;
        const FunctionId closure = static_cast<FunctionId>(type.id);
        if (program_[closure].parent == maker) add_passed_labels(closure, false, depth + 1, labels);
      }
    }
    if (value.kind != ExprKind::kCall || (!factory && !takes_parameter(value))) continue;
    ExprId callee = body.tree.child(value, 0);
    const bool made = !factory && body.tree[callee].kind == ExprKind::kCall;  // `queue.task(name="a")(function)`
    if (made) callee = body.tree.child(body.tree[callee], 0);
    for (const Type& type : infer({maker, false}, callee, 0)) {
      if (!type.bare()) continue;
      if (type.kind == TypeKind::kSymbol || type.kind == TypeKind::kLibraryMethod) {
        const std::vector<Graded>& found = models_.labels(Models::Kind::kDecorator, str(static_cast<NameId>(type.id)));
        labels.insert(labels.end(), found.begin(), found.end());
      } else if (type.kind == TypeKind::kFunction || type.kind == TypeKind::kMethod) {
        add_passed_labels(static_cast<FunctionId>(type.id), factory || made, depth + 1, labels);
      }
    }
  }
}

void Linker::add_decorator_labels(FunctionId around, ExprId decorator, std::vector<Graded>& labels) {
  const Where where{around, true};
  const facts::Expr& expr = tree(where)[decorator];
  const ExprId named = expr.kind == ExprKind::kCall ? tree(where).child(expr, 0) : decorator;
  const size_t before = labels.size();
  const Types types = infer(where, named, 0);
  for (const Type& type : types) {
    if (!type.bare()) continue;
    if (type.kind == TypeKind::kSymbol || type.kind == TypeKind::kLibraryMethod) {
      const std::vector<Graded>& found = models_.labels(Models::Kind::kDecorator, str(static_cast<NameId>(type.id)));
      labels.insert(labels.end(), found.begin(), found.end());
    } else if (type.kind == TypeKind::kFunction || type.kind == TypeKind::kMethod) {
      add_passed_labels(static_cast<FunctionId>(type.id), expr.kind == ExprKind::kCall, 0, labels);
    }
  }
  const facts::Expr& name = tree(where)[named];
  if (labels.size() != before || name.kind != ExprKind::kAttribute) return;
  // `@router.get` on a router of which nothing is known.
  for (const Type& type : types) {
    if (type.kind == TypeKind::kFunction || type.kind == TypeKind::kMethod) return;
  }
  const std::string& method = program_.facts_of(around).text(name.text);
  std::vector<Graded> found = models_.untyped(Models::Kind::kDecorator, method);
  // `@group.command()` of a function `group` makes what that one was made: a command of a command.
  for (const Type& base : infer(where, tree(where).child(name, 0), 0)) {
    if (base.kind != TypeKind::kFunction && base.kind != TypeKind::kMethod) continue;
    std::erase_if(found, [&](const Graded& graded) {
      const std::vector<Graded>& own = program_.function_labels[base.id];
      return std::none_of(own.begin(), own.end(), [&](const Graded& g) { return g.label == graded.label; });
    });
  }
  labels.insert(labels.end(), found.begin(), found.end());
}

void Linker::label_functions() {
  property_names_.resize(names_.size());
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    Function& function = program_.functions[f];
    const facts::Function& outline = program_.outline_of(id);
    std::vector<Graded>& labels = program_.function_labels[f];
    if (function.parent != FunctionId::kNone) {
      for (ExprId decorator : outline.decorators) add_decorator_labels(function.parent, decorator, labels);
    }
    if (is_resolved(id)) {
      for (uint32_t attribute : identity_of(id).attributes) {
        const std::string name = "attribute::" + program_.facts_of(id).text(attribute);
        const std::vector<Graded>& found = models_.labels(Models::Kind::kDecorator, name);
        labels.insert(labels.end(), found.begin(), found.end());
      }
    }
    settle_labels(labels);
    const auto has = [&](Label label) {
      return label != Label::kNone &&
             std::any_of(labels.begin(), labels.end(), [&](const Graded& graded) { return graded.label == label; });
    };
    function.is_static |= has(static_);
    function.is_class_method = has(class_method_);
    function.is_property = has(property_);
    function.is_context_manager = has(context_manager_);
    // `@x.setter` has the name of the property and is none.
    function.is_abstract = has(abstract_) || (outline.trivial && function.owner != ClassId::kNone &&
                                              !program_[function.owner].descendants.empty());
    function.takes_self = function.owner != ClassId::kNone && !function.is_static && !is_resolved(id);
    if (is_resolved(id)) continue;
    if (function.is_property) property_names_[index(function.name)] = true;
    if (function.owner != ClassId::kNone && outline.kind == facts::FunctionKind::kFunction) {
      methods_by_name_[function.name].push_back(id);
    }
  }
  property_names_.resize(names_.size());
  for (uint32_t n = 0; n < names_.size(); ++n) {
    if (models_.is_property_name(names_[n])) property_names_[n] = true;
  }
  // Whether a method is static or a property changes what was inferred on the way.
  forget_types();
}

namespace {

// The innermost block around a place of a body. What is a block itself stands in the one around it.
facts::BlockId block_around(const facts::Body& body, facts::Span at) {
  auto found = facts::BlockId::kBody;
  uint32_t smallest = UINT32_MAX;
  for (uint32_t n = 1; n < body.blocks.size(); ++n) {
    const facts::Span around = body.blocks[n].at;
    if (around == at || at.begin < around.begin || around.end < at.end) continue;
    if (around.end - around.begin > smallest) continue;
    smallest = around.end - around.begin;
    found = static_cast<facts::BlockId>(n);
  }
  return found;
}

}  // namespace

void Linker::enter_matched() {
  for (const File& file : program_.files) {
    for (uint32_t n = 0; n < file.facts.matched.size(); ++n) {
      const facts::Matched& found = file.facts.matched[n];
      const auto in = static_cast<FunctionId>(index(file.first_function) + index(found.function));
      program_.matched.push_back({in, block_around(program_.body_of(in), found.at), n});
    }
  }
}

Program Linker::run() {
  enter_definitions();
  enter_scopes();
  enter_attributes();
  enter_class_bases();
  label_functions();
  enter_variables();
  enter_wrappers();
  enter_own();
  enter_sites();
  add_unique_methods();
  enter_writes();
  label_variables();
  connect_receivers();
  enter_held();
  enter_matched();
  find_emptied();
  settle_class_lives();
  enter_callers_and_handed();
  for (size_t v = 0; v < program_.variables.size(); ++v) {
    const ClassId owner = program_.variables[v].owner;
    if (owner != ClassId::kNone) program_.classes[index(owner)].attributes.push_back(static_cast<VariableId>(v));
  }
  program_.names.assign(names_.begin(), names_.end());
  auto lookup = std::make_shared<Program::Lookup>();
  lookup->by_function = std::move(known_);
  program_.lookup = std::move(lookup);
  return std::move(program_);
}

Program link(std::vector<InputFile> files, const rule::Rules& rules, unsigned) {
  return link(std::move(files), Models(rules));
}

Program link(std::vector<InputFile> files, const Models& models) { return Linker(std::move(files), models).run(); }

bool Program::in_main_guard(FunctionId function, facts::BlockId block) const {
  const facts::Body& body = body_of(function);
  const facts::FileFacts& facts = facts_of(function);
  for (; block != facts::BlockId::kNone; block = body.blocks[index(block)].parent) {
    const facts::Block& arm = body.blocks[index(block)];
    if (arm.kind != facts::BlockKind::kArm || !arm.when || arm.subject == ExprId::kNone) continue;
    const facts::Expr& condition = body.tree[arm.subject];
    if (condition.kind != ExprKind::kCompare) continue;
    for (uint32_t i = 0; i < condition.child_count; ++i) {
      const facts::Expr& side = body.tree[body.tree.child(condition, i)];
      if (side.kind == ExprKind::kName && facts.text(side.text) == "__name__") return true;
    }
  }
  return false;
}

LabelSet covered(const std::vector<std::string>& names, std::string_view general) {
  LabelSet set;
  const auto number = [&](auto it) { return static_cast<size_t>(it - names.begin()); };
  auto it = std::lower_bound(names.begin(), names.end(), general);
  if (it != names.end() && *it == general) set.set(number(it));
  const std::string inner = std::string(general) + ".";
  for (it = std::lower_bound(it, names.end(), inner); it != names.end() && it->starts_with(inner); ++it) {
    set.set(number(it));
  }
  return set;
}

namespace {

const Program::Lookup::Known* known_at(const Program::Lookup& lookup, FunctionId function, ExprId expr) {
  const auto& known = lookup.by_function[index(function)];
  const auto it = std::lower_bound(known.begin(), known.end(), expr,
                                   [](const Program::Lookup::Known& k, ExprId e) { return k.expr < e; });
  return it != known.end() && it->expr == expr ? &*it : nullptr;
}

}  // namespace

VariableId Program::variable_of(FunctionId function, ExprId expr) const {
  if (expr == ExprId::kNone) return VariableId::kNone;
  const Lookup::Known* known = known_at(*lookup, function, expr);
  return known == nullptr ? VariableId::kNone : known->variable;
}

NameId Program::library_name_of(FunctionId function, ExprId expr) const {
  if (expr == ExprId::kNone) return NameId::kEmpty;
  const facts::Expr& node = body_of(function).tree[expr];
  if (node.kind == ExprKind::kCall) {
    const SiteId site = site_of(function, expr);
    return site == SiteId::kNone ? NameId::kEmpty : (*this)[site].name;
  }
  const Lookup::Known* known = known_at(*lookup, function, expr);
  return known == nullptr ? NameId::kEmpty : known->library;
}

SiteId Program::site_of(FunctionId function, ExprId expr) const {
  if (expr == ExprId::kNone) return SiteId::kNone;
  const Range range = (*this)[function].sites;
  const facts::Span at = body_of(function).tree[expr].at;
  const auto begin = sites.begin() + range.first, end = begin + range.count;
  auto it =
      std::lower_bound(begin, end, at.end, [](const Site& site, uint32_t offset) { return site.at.end < offset; });
  for (; it != end && it->at.end == at.end; ++it) {
    if (it->kind == SiteKind::kCall && it->expr == expr) return static_cast<SiteId>(it - sites.begin());
  }
  return SiteId::kNone;
}

}  // namespace stallint::link
