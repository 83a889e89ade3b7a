#pragma once
// The tables that link works with; only files of this room include it. Steps, in order:
//
//   symbols.cc   files whose front end has resolved names: symbols take the place of the next three
//   modules.cc   dotted names of files; what an import means
//   scopes.cc    which names a function, class body or module binds, and which binding a use sees
//   types.cc     what an expression may be; members.cc: attributes and methods; annotations.cc: what an annotation says
//   sites.cc     calls and hidden calls: edges, labels, names
//   variables.cc variables of the whole project and every change of them
//
// Types of returns, attributes and module variables are found on demand, remembered, and cut where they depend on
// themselves, always in the same order, so the result is a function of the input.

#include "checker/link/models.h"
#include "checker/link/program.h"
#include "checker/link/types.h"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stallint::link {

struct Binding {
  enum class Kind : uint8_t { kParameter, kWrite, kFunction, kClass, kImport };
  NameId name = NameId::kEmpty;
  Kind kind = Kind::kWrite;
  uint32_t index = 0;     // parameter, write or import of the body; program id of a function or class
  uint32_t position = 0;  // offset behind which the name is bound
  facts::BlockId block = facts::BlockId::kBody;
  FunctionId body = FunctionId::kNone;  // whose body holds it: not the scope itself after `global` and `nonlocal`
};

// Some bindings; seldom more than a few, which take no memory of their own.
class Bindings {
 public:
  void push_back(const Binding* binding) {
    if (size_ < few_.size()) {
      few_[size_] = binding;
    } else {
      if (size_ == few_.size()) many_.assign(few_.begin(), few_.end());
      many_.push_back(binding);
    }
    ++size_;
  }
  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  const Binding* const* begin() const { return size_ <= few_.size() ? few_.data() : many_.data(); }
  const Binding* const* end() const { return begin() + size_; }
  const Binding* operator[](size_t n) const { return begin()[n]; }

 private:
  std::array<const Binding*, 4> few_{};
  size_t size_ = 0;
  std::vector<const Binding*> many_;
};

// All bindings of one function, sorted by name, then by position.
struct Scope {
  std::vector<Binding> bindings;
  std::vector<NameId> globals;
  std::vector<NameId> nonlocals;
};

// An expression and where it stands: in the body of a function, or in the outline of its file.
struct Where {
  FunctionId function = FunctionId::kNone;
  bool outline = false;  // annotations, decorators, defaults, bases: names are looked up from `function` outwards
};

struct Attribute {
  FunctionId function;  // whose body writes it
  uint32_t write;       // index in Body::writes
};

// What an expression of a body names, for the few expressions that are asked for after linking.
struct Program::Lookup {
  struct Known {
    facts::ExprId expr = facts::ExprId::kNone;
    VariableId variable = VariableId::kNone;
    NameId library = NameId::kEmpty;
  };
  std::vector<std::vector<Known>> by_function;  // per function, sorted by expr
};

// "a.b.c" -> {"a.b", "c"}; a name without dots has nothing before it.
std::pair<std::string, std::string> split_last(const std::string& dotted);

// Questions about types may lead to further questions; this deep they are given up.
constexpr int kMaxDepth = 48;

// True for the special forms of Python's notation for types: `typing.Optional`, `list`, `collections.abc.Iterator`.
bool is_type_form(std::string_view name);

// What belongs to some names, sorted by name. Small where it is empty, and quick to fill in order.
template <typename T>
class NameMap {
 public:
  const T* find(NameId name) const {
    const auto at = place_of(name);
    return at != entries_.end() && at->first == name ? &at->second : nullptr;
  }
  // True if the name is new.
  bool add(NameId name, T value) {
    const auto at = entries_.empty() || entries_.back().first < name ? entries_.cend() : place_of(name);
    if (at != entries_.cend() && at->first == name) return false;
    entries_.emplace(at, name, std::move(value));
    return true;
  }

 private:
  auto place_of(NameId name) const {
    return std::lower_bound(entries_.begin(), entries_.end(), name,
                            [](const auto& entry, NameId wanted) { return entry.first < wanted; });
  }

  std::vector<std::pair<NameId, T>> entries_;
};

// What a name stands for at some place.
struct Found {
  FunctionId scope = FunctionId::kNone;  // whose scope binds it
  Bindings bindings;                     // those that the place may see
};

// What was found about expressions and names of one body. Beginning with another body costs nothing.
class BodyMemo {
 public:
  void begin(FunctionId function, const facts::Body& body, bool tests_classes) {
    function_ = function;
    tests_classes_ = tests_classes;
    ++round_;
    names_.clear();
    if (slots_.size() < body.tree.exprs.size()) slots_.resize(body.tree.exprs.size());
  }
  void end() { function_ = FunctionId::kNone; }

  bool is_about(FunctionId function) const { return function == function_; }

  // Whether some arm of the body stands below an `isinstance`.
  bool tests_classes() const { return tests_classes_; }

  const Types* types_of(facts::ExprId id) const {
    const Slot& slot = slots_[index(id)];
    return slot.typed == round_ ? &slot.types : nullptr;
  }
  void put(facts::ExprId id, const Types& types) {
    slots_[index(id)].typed = round_;
    slots_[index(id)].types = types;
  }

  const VariableId* variable_of(facts::ExprId id) const {
    const Slot& slot = slots_[index(id)];
    return slot.named == round_ ? &slot.variable : nullptr;
  }
  void put(facts::ExprId id, VariableId variable) {
    slots_[index(id)].named = round_;
    slots_[index(id)].variable = variable;
  }

  // What is known of a name wherever it stands in the body. Good until the next name is asked for.
  struct Name {
    std::optional<VariableId> variable;
    std::optional<Found> around;  // what it stands for outside of the body
  };
  Name& about(NameId name) {
    if (index(name) >= name_slots_.size()) name_slots_.resize(size_t{index(name)} * 2 + 64);
    auto& [round, slot] = name_slots_[index(name)];
    if (round != round_) {
      round = round_;
      slot = static_cast<uint32_t>(names_.size());
      names_.emplace_back();
    }
    return names_[slot];
  }

 private:
  struct Slot {
    uint32_t typed = 0;  // the round in which the types were found
    uint32_t named = 0;  // likewise the variable
    VariableId variable = VariableId::kNone;
    Types types;
  };

  FunctionId function_ = FunctionId::kNone;
  bool tests_classes_ = false;
  uint32_t round_ = 0;
  std::vector<Slot> slots_;                                // by expression
  std::vector<std::pair<uint32_t, uint32_t>> name_slots_;  // by name: the round, and the place in names_
  std::vector<Name> names_;
};

class Linker {
 public:
  Linker(std::vector<InputFile> files, const Models& models);

  Program run();

 private:
  // --- link.cc
  NameId intern(std::string_view text);
  void make_room_for_names();
  void enter_definitions();
  void enter_attributes();
  void enter_class_bases();
  void label_functions();
  void forget_types();
  void add_decorator_labels(FunctionId around, facts::ExprId decorator, std::vector<Graded>& labels);
  void add_passed_labels(FunctionId maker, bool factory, int depth, std::vector<Graded>& labels);
  const facts::Tree& tree(Where where) const;
  NameId name_in(FunctionId function, uint32_t string_id) const;
  const std::string& str(NameId name) const { return names_[index(name)]; }

  struct Target;

  // --- symbols.cc
  bool is_resolved(FunctionId function) const;
  const facts::Identity& identity_of(FunctionId function) const;
  const facts::Meaning* meaning_at(Where where, facts::ExprId expr) const;
  FileId file_of(FunctionId id) const { return program_[id].file; }
  FileId file_of(ClassId id) const { return program_[id].file; }
  void keep_possible(FileId from, NameId receiver, std::vector<FunctionId>& overriding);
  template <typename Id>
  std::vector<Id> meant_from(FileId from, const std::vector<Id>& all) const;
  void enter_symbols();
  ClassId class_of_symbol(FileId from, NameId symbol) const;
  std::vector<FunctionId> functions_of_symbol(FileId from, NameId symbol) const;
  void bases_of_symbols(ClassId cls, std::vector<ClassId>& bases, std::vector<NameId>& library);
  Types type_of_name(FileId from, NameId name);
  Types meant(Where where, facts::ExprId expr);
  void add_meant_edges(FunctionId function, const facts::Meaning& meaning, Target& target);
  void resolve_meant_callee(FunctionId function, facts::ExprId call, Target& target);
  void add_meant_labels(FunctionId function, const facts::Meaning& meaning, Target& target);
  VariableId variable_of_symbol(FileId from, NameId symbol) const;
  VariableId meant_variable(FunctionId function, facts::ExprId expr) const;
  void enter_declared();
  void label_declared();
  std::optional<Change> change_of_subscript(FunctionId function, facts::ExprId subscript);
  void enter_growing_subscripts(FunctionId function);
  void enter_meant_reads(FunctionId function);
  facts::ExprId meant_origin(FunctionId function, facts::ExprId expr) const;
  void enter_held();
  void enter_matched();

  // --- modules.cc
  void enter_modules(const std::vector<InputFile>& files);
  struct ModuleHit {
    FileId file = FileId::kNone;
    bool package = false;  // a folder that holds modules
  };
  ModuleHit find_module(const std::string& dotted, FileId importer);
  ModuleHit look_for_module(const std::string& dotted, FileId importer) const;
  std::string absolute_module(const facts::Import& import, FileId importer) const;
  Types imported(FileId importer, const facts::Import& import, int depth);
  Types exported(FileId file, NameId name, int depth);
  Types module_named(const std::string& dotted, FileId importer);
  Types member_of_module(const std::string& dotted, NameId name, FileId importer, int depth);

  // --- scopes.cc
  void enter_scopes();
  Found look_up(FunctionId from, NameId name, facts::BlockId block, uint32_t position, bool outline);
  Found look_inside(FunctionId scope, NameId name, facts::BlockId block, uint32_t position) const;
  Found look_around(FunctionId from, NameId name, bool outline) const;
  std::span<const Binding> bindings_of(FunctionId scope, NameId name) const;

  // --- types.cc
  Types infer(Where where, facts::ExprId expr, int depth);
  Types infer_name(Where where, const facts::Expr& expr, int depth);
  Types narrowed_to(Where where, facts::ExprId tested, int depth);
  facts::ExprId class_test(FunctionId function, const facts::Block& arm) const;
  void begin_memo(FunctionId function);
  Types imported_by_call(Where where, facts::ExprId call, const Types& result);
  Types infer_binding(const Binding& binding, int depth);
  Types infer_import(FunctionId function, uint32_t number, int depth);
  Types infer_write(FunctionId function, const facts::Write& write, int depth);
  Types written(FunctionId function, const facts::Write& write, int depth);
  Types infer_parameter(FunctionId function, uint32_t parameter, int depth);
  Types received(FunctionId function, uint32_t parameter, int depth);
  Types infer_call(Where where, facts::ExprId call, int depth);
  Types called(const Type& callee, Where where, facts::ExprId call, int depth);
  Types attribute(const Type& base, NameId name, int depth);
  Types attribute_of_class(ClassId cls, NameId name, bool on_instance, bool declared, int depth);
  Types returns_of(FunctionId function, int depth);
  Types yields_of(FunctionId function, int depth);
  Types made_by_decorators(FunctionId function, int depth);
  Types attribute_types(ClassId owner, NameId name, int depth);
  Types exits_of(FunctionId function, facts::ExitKind kind, int depth);
  Types element_of(const Types& container, int16_t element);
  Types entered(const Types& value, bool async, int depth);
  Types awaited(const Types& value);
  Types iterated(const Types& value, int depth);
  Types container_method(const Type& container, const std::string& method);
  Types builtin_call(const std::string& name, Where where, facts::ExprId call, int depth);
  facts::ExprId client_of(Where where, facts::ExprId receiver);
  Types held_by(const Type& type);
  Types from_model(std::string_view text);
  Types made_by_symbol(const std::string& name);
  Types made_by_method(const std::string& name);
  Type library(std::string_view name);
  Types method_result(ClassId cls, std::string_view method, int depth);
  ClassId class_around(FunctionId function) const;

  // --- annotations.cc
  Types annotated(Where where, facts::ExprId expr, int depth);
  Types annotated_subscript(Where where, const facts::Expr& expr, int depth);
  Types instance_of(const Types& named, Where where, int depth);
  Types bound_of_type_variable(Where where, const facts::Expr& name, int depth);
  Types injected_by(Where where, facts::ExprId call, int depth);

  // --- sites.cc, edges.cc
  void enter_wrappers();
  void enter_own();
  void enter_sites();
  void enter_sites_of(FunctionId function);
  void resolve_call(FunctionId function, const facts::Call& call, Target& target);
  void resolve_callee(Where where, facts::ExprId callee, Target& target);
  void resolve_entered(FunctionId function, facts::ExprId value, bool async, Target& target);
  void resolve_iterated(FunctionId function, facts::ExprId value, Target& target);
  bool is_property_name(NameId name) const {
    return index(name) < property_names_.size() && property_names_[index(name)];
  }
  bool resolve_property(FunctionId function, const facts::Expr& expr, Target& target);
  void add_type_target(const Type& type, Target& target);
  void add_method_target(const Type& receiver, NameId name, Target& target);
  void add_methods(ClassId cls, std::string_view method, bool declared, Target& target);
  void add_edge(Target& target, FunctionId callee, Confidence confidence, bool runs_now = false);
  void add_labels(Target& target, Models::Kind kind, const std::string& name,
                  facts::Language language = facts::Language::kPython);
  void add_untyped_labels(Target& target, const std::string& method);
  void add_constructor(const Type& cls, Target& target);
  void hand_over_arguments(FunctionId function, SiteId site, facts::ExprId call, Target& target);
  bool names_library(FunctionId function, facts::ExprId expr);
  bool has_label(const Target& target, Label label) const;
  void finish_site(Site& site, Target& target);
  facts::ExprId origin_call(FunctionId function, facts::ExprId expr);
  void connect_arguments(FunctionId function);
  void connect_receivers();
  void add_unique_methods();
  void enter_callers_and_handed();
  void hand_on();

  // --- stored.cc
  class Stored;
  void connect_stored();

  // --- lives.cc
  std::vector<VariableId> holders_of(SiteId made);
  bool is_plain_base(NameId base);
  struct Made {
    SiteId site = SiteId::kNone;  // kNone: held by value
    std::vector<VariableId> holders;
  };
  Class::Lives life_where_made(ClassId cls, const Made& one, const std::vector<Class::Lives>& lives) const;
  void find_functions_of_main();
  void settle_class_lives();
  void find_emptied();

  // --- variables.cc
  void enter_variables();
  VariableId find_variable(FunctionId function, facts::ExprId expr);
  VariableId variable_at(FunctionId function, facts::ExprId expr);
  VariableId name_variable(FunctionId from, NameId name);
  VariableId look_for_variable(FunctionId from, NameId name) const;
  VariableId attribute_variable(ClassId cls, NameId name) const;
  bool makes_shared(const Attribute& attribute);
  void settle_attribute_kinds();
  void enter_writes();
  void add_write(Write write);
  void enter_reads_of(FunctionId function);
  std::vector<std::string> forms_of_parameter(const Variable& variable);
  void label_variables();
  static void settle_labels(std::vector<Graded>& labels);
  void remember_names(FunctionId function);

  // A function of the project of which the user says what calling it does: it is not looked into.
  struct Own {
    NameId name = NameId::kEmpty;  // "app.legacy.fetch"
    std::vector<Graded> labels;
  };
  std::unordered_map<uint32_t, Own> own_;  // by function

  Program program_;
  Models models_;
  std::deque<std::string> names_;  // references to them stay valid; becomes Program::names
  struct NameSlot {
    uint32_t hash = 0;
    uint32_t id = UINT32_MAX;  // free
  };
  std::vector<NameSlot> name_slots_;             // an open hash table; its size is a power of two
  std::vector<std::vector<NameId>> file_names_;  // per file: StringId -> NameId

  struct Candidate {
    FileId file;
    uint16_t rank;         // position among the candidate names of the file
    uint16_t root_length;  // length of the path of its root folder
  };
  std::unordered_map<std::string, std::vector<Candidate>> modules_;
  std::unordered_map<std::string, std::vector<Candidate>> packages_;       // folders, as dotted names
  std::vector<std::unordered_map<std::string, ModuleHit>> found_modules_;  // per file: what it asked for
  std::vector<std::string> best_module_;                                   // per file
  std::vector<std::vector<std::string>> module_names_;                     // per file, if the user speaks of functions
  std::vector<bool> is_package_;

  // Files with symbols: the translation units and programs they belong to, and what their symbols and names mean.
  struct Relations {
    std::vector<uint32_t> units, targets;
  };
  std::vector<Relations> relations_;  // per file
  std::unordered_map<NameId, std::vector<FunctionId>> functions_by_symbol_, functions_by_name_, overriding_;
  std::unordered_map<NameId, std::vector<ClassId>> classes_by_symbol_, classes_by_name_;
  std::unordered_map<NameId, VariableId> variables_by_symbol_;
  struct DeclaredVariable {
    VariableId variable;
    FileId file;
    const facts::Declared* declared;
  };
  std::vector<DeclaredVariable> declared_;
  std::vector<bool> of_main_;  // per function: runs once, in the program's first function
  size_t first_declared_ = 0;  // variables from here on are declared ones

  std::vector<Scope> scopes_;                      // per function
  std::vector<std::vector<FunctionId>> children_;  // functions directly inside, per function
  std::vector<std::vector<ClassId>> child_classes_;
  std::vector<std::unordered_map<NameId, std::vector<FunctionId>>> methods_;  // per class
  std::vector<std::unordered_map<NameId, std::vector<Attribute>>>
      attributes_;                        // per class: writes of it, bodies and self
  std::vector<FunctionId> class_bodies_;  // per class
  std::unordered_map<NameId, std::vector<FunctionId>> methods_by_name_;

  struct Memo {
    enum class State : uint8_t { kOpen, kRunning, kDone } state = State::kOpen;
    Types types;
  };
  // The answer of `find`, asked for once. A question that leads back to itself gets no answer, and neither does one
  // that lies too deep; as such an answer may be too short, it is not kept.
  template <typename Find>
  static Types remembered(Memo& memo, int depth, const Find& find) {
    if (memo.state == Memo::State::kDone) return memo.types;
    if (memo.state == Memo::State::kRunning || depth > kMaxDepth) return {};
    memo.state = Memo::State::kRunning;
    memo.types = find();
    const bool final = !memo.types.empty() || depth < kMaxDepth / 2;
    memo.state = final ? Memo::State::kDone : Memo::State::kOpen;
    return memo.types;
  }
  std::vector<Memo> returns_;
  std::vector<Memo> yields_;
  std::vector<Memo> decorated_;
  std::vector<std::unordered_map<NameId, Memo>> attribute_memo_;
  std::vector<std::vector<Memo>> write_memo_;  // per function, then write
  std::vector<std::vector<Memo>> parameter_memo_;
  std::vector<std::vector<Memo>> import_memo_;
  BodyMemo body_memo_;  // of the function whose sites, or writes, are being made

  // Variables by place.
  std::vector<NameMap<VariableId>> scope_variables_;        // per function
  std::vector<NameMap<VariableId>> attribute_variables_;    // per class that owns it
  std::vector<std::vector<Program::Lookup::Known>> known_;  // becomes Program::lookup
  std::vector<Program::Lookup::Known> known_names_;         // those of the function at hand

  // A project decorator gives a closure in place of the function: it runs instead, and may or may not call the
  // function.
  struct Wrapper {
    FunctionId closure;
    bool calls_function;
  };
  std::unordered_map<uint32_t, std::vector<Wrapper>> wrappers_;
  std::vector<std::vector<bool>> calls_parameter_;  // per function: which parameters it calls itself
  std::vector<std::pair<ClassId, SiteId>> constructions_;
  std::vector<Handed> handed_;
  std::vector<SiteId> unknown_receivers_;  // calls of a method of we know not what
  std::vector<SiteId> current_sites_;      // by expression, of the function being entered
  std::vector<bool> property_names_;       // by name; later ones are none

  Label consume_ = Label::kNone, runs_argument_ = Label::kNone, partial_ = Label::kNone, injected_ = Label::kNone,
        grow_ = Label::kNone, grow_keyed_ = Label::kNone, shrink_ = Label::kNone, assigns_ = Label::kNone,
        context_manager_ = Label::kNone, property_ = Label::kNone, static_ = Label::kNone, class_method_ = Label::kNone,
        abstract_ = Label::kNone, offload_ = Label::kNone, runs_receiver_ = Label::kNone, plain_base_ = Label::kNone,
        constructs_ = Label::kNone;
};

}  // namespace stallint::link
