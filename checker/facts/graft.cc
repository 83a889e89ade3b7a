#include "checker/facts/graft.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace stallint::facts {

namespace {

// Strings and numbers of functions and classes are others there.
class Graft {
 public:
  Graft(FileFacts& into, const FileFacts& from, const std::vector<bool>& unwanted)
      : into_(into),
        from_(from),
        unwanted_(unwanted),
        strings_(into.strings),
        functions_(from.functions.size(), FunctionId::kNone),
        classes_(from.classes.size(), ClassId::kNone),
        texts_(from.strings.size()) {}

  void run() {
    const size_t known_functions = into_.functions.size(), known_classes = into_.classes.size();
    number_functions();
    number_classes();
    std::vector<bool> taken(functions_.size());
    for (size_t f = 0; f < functions_.size(); ++f) {
      if (functions_[f] == FunctionId::kNone) continue;
      const bool is_new = index(functions_[f]) >= known_functions;
      taken[f] = is_new || (lost(into_, index(functions_[f])) && !lost(from_, f));
      if (is_new) outline(f);
      if (taken[f]) body(f);
    }
    place(taken);
    for (size_t c = 0; c < classes_.size(); ++c) {
      if (index(classes_[c]) >= known_classes) define_class(c);
    }
    declare();
    match();
    std::sort(into_.meanings.begin(), into_.meanings.end(),
              [](const Meaning& a, const Meaning& b) { return a.expr < b.expr; });
  }

 private:
  static bool lost(const FileFacts& facts, size_t function) {
    return function < facts.identities.size() && facts.identities[function].lost;
  }

  uint32_t text(uint32_t id) {
    if (!texts_[id]) texts_[id] = strings_.id(from_.strings[id]);
    return *texts_[id];
  }
  std::vector<uint32_t> texts(const std::vector<uint32_t>& ids) {
    std::vector<uint32_t> mapped;
    for (const uint32_t id : ids) mapped.push_back(text(id));
    return mapped;
  }
  FunctionId function(FunctionId id) { return id == FunctionId::kNone ? id : functions_[index(id)]; }
  ClassId class_of(ClassId id) { return id == ClassId::kNone ? id : classes_[index(id)]; }

  // Known functions by their symbols; new ones get the next numbers, so parents still come first.
  void number_functions() {
    functions_[0] = FunctionId::kModule;
    // The keys are copies: the strings of `into_` move as others are added.
    std::unordered_map<std::string, uint32_t> known;
    for (uint32_t f = 1; f < into_.identities.size(); ++f) known.emplace(into_.text(into_.identities[f].symbol), f);
    for (uint32_t f = 1; f < from_.identities.size(); ++f) {
      if (f < unwanted_.size() && unwanted_[f]) continue;
      const auto at = known.find(from_.text(from_.identities[f].symbol));
      if (at != known.end()) {
        functions_[f] = static_cast<FunctionId>(at->second);
        continue;
      }
      functions_[f] = static_cast<FunctionId>(into_.functions.size());
      into_.functions.emplace_back();
      into_.bodies.emplace_back();
      into_.identities.emplace_back();
    }
  }

  void number_classes() {
    std::unordered_map<std::string, uint32_t> known;
    for (uint32_t c = 0; c < into_.class_identities.size(); ++c) {
      known.emplace(into_.text(into_.class_identities[c].symbol), c);
    }
    for (uint32_t c = 0; c < from_.class_identities.size(); ++c) {
      const auto at = known.find(from_.text(from_.class_identities[c].symbol));
      if (at != known.end()) {
        classes_[c] = static_cast<ClassId>(at->second);
        continue;
      }
      classes_[c] = static_cast<ClassId>(into_.classes.size());
      into_.classes.emplace_back();
      into_.class_identities.emplace_back();
    }
  }

  void outline(size_t f) {
    Function& added = into_.functions[index(functions_[f])];
    added = from_.functions[f];
    added.name = text(added.name);
    added.parent = function(added.parent);
    added.owner = class_of(added.owner);
    added.block = BlockId::kBody;  // see place()
    for (Parameter& parameter : added.parameters) {
      parameter.name = text(parameter.name);
      parameter.annotation = outline_expr(parameter.annotation);
      parameter.default_value = outline_expr(parameter.default_value);
    }
    for (ExprId& decorator : added.decorators) decorator = outline_expr(decorator);
    added.returns = outline_expr(added.returns);
    identify(f);
  }

  void identify(size_t f) {
    Identity& identity = into_.identities[index(functions_[f])];
    identity = from_.identities[f];
    for (uint32_t* const id : {&identity.symbol, &identity.name, &identity.owner, &identity.returns}) *id = text(*id);
    identity.overrides = texts(identity.overrides);
    identity.overridden_names = texts(identity.overridden_names);
    identity.attributes = texts(identity.attributes);
  }

  // What a function does, and what only its body tells about it.
  void body(size_t f) {
    const Function& read = from_.functions[f];
    Function& function_read = into_.functions[index(functions_[f])];
    function_read.async = read.async;
    function_read.generator = read.generator;
    function_read.trivial = read.trivial;
    into_.identities[index(functions_[f])].lost = lost(from_, f);

    Body& body = into_.bodies[index(functions_[f])];
    body = from_.bodies[f];
    for (Expr& expr : body.tree.exprs) translate(expr);
    for (Call& call : body.calls) {
      call.function = function(call.function);
      call.decorated_class = class_of(call.decorated_class);
    }
    for (Write& write : body.writes) write.op_text = text(write.op_text);
    for (Import& import : body.imports) {
      for (uint32_t* const id : {&import.module, &import.name, &import.as}) *id = text(*id);
    }
    body.globals = texts(body.globals);
    body.nonlocals = texts(body.nonlocals);
    for (Meaning& meaning : body.meanings) translate(meaning);
    for (Held& held : body.held) {
      held.lock = text(held.lock);
      held.type = text(held.type);
    }
  }

  // Blocks are those of one reading of the parent: that of the body which was taken.
  void place(const std::vector<bool>& taken) {
    std::vector<bool> replaced(into_.functions.size());
    for (size_t f = 0; f < taken.size(); ++f) {
      if (taken[f]) replaced[index(functions_[f])] = true;
    }
    for (Function& one : into_.functions) {
      if (one.parent != FunctionId::kNone && replaced[index(one.parent)]) one.block = BlockId::kBody;
    }
    for (size_t f = 0; f < taken.size(); ++f) {
      const FunctionId parent = from_.functions[f].parent;
      if (functions_[f] == FunctionId::kNone || parent == FunctionId::kNone || !taken[index(parent)]) continue;
      into_.functions[index(functions_[f])].block = from_.functions[f].block;
    }
  }

  void translate(Expr& expr) {
    expr.text = text(expr.text);
    if (expr.kind == ExprKind::kFunction) {
      expr.first_child = index(function(static_cast<FunctionId>(expr.first_child)));
    }
  }

  void translate(Meaning& meaning) {
    for (uint32_t* const id : {&meaning.symbol, &meaning.name, &meaning.type, &meaning.receiver}) *id = text(*id);
  }

  // Copies an expression of the outline, which is small: an annotation, a default.
  ExprId outline_expr(ExprId id) {
    if (id == ExprId::kNone) return id;
    Expr expr = from_.outline[id];
    translate(expr);
    std::vector<ExprId> children;
    if (expr.kind != ExprKind::kFunction) {
      for (uint32_t n = 0; n < expr.child_count; ++n) {
        children.push_back(outline_expr(from_.outline.child(from_.outline[id], n)));
      }
      expr.first_child = static_cast<uint32_t>(into_.outline.children.size());
      into_.outline.children.insert(into_.outline.children.end(), children.begin(), children.end());
    }
    const auto copy = static_cast<ExprId>(into_.outline.exprs.size());
    into_.outline.exprs.push_back(expr);
    if (const Meaning* const meaning = meaning_of(from_, id)) {
      into_.meanings.push_back(*meaning);
      into_.meanings.back().expr = copy;
      translate(into_.meanings.back());
    }
    return copy;
  }

  void define_class(size_t c) {
    Class& added = into_.classes[index(classes_[c])];
    added = from_.classes[c];
    added.name = text(added.name);
    added.scope = function(added.scope);
    added.body = function(added.body);
    added.block = BlockId::kBody;
    for (ExprId& base : added.bases) base = outline_expr(base);
    for (ExprId& decorator : added.decorators) decorator = outline_expr(decorator);
    ClassIdentity& identity = into_.class_identities[index(classes_[c])];
    identity = from_.class_identities[c];
    identity.symbol = text(identity.symbol);
    identity.name = text(identity.name);
    identity.bases = texts(identity.bases);
    identity.ancestors = texts(identity.ancestors);
  }

  void declare() {
    std::vector<bool> known(into_.strings.size());
    for (const Declared& declared : into_.declared) known[declared.symbol] = true;
    for (const Declared& declared : from_.declared) {
      const uint32_t symbol = text(declared.symbol);
      if (symbol < known.size() && known[symbol]) continue;
      if (symbol >= known.size()) known.resize(into_.strings.size());
      known[symbol] = true;
      if (function(declared.function) == FunctionId::kNone) continue;
      Declared added = declared;
      for (uint32_t* const id : {&added.symbol, &added.name, &added.type, &added.owner, &added.guard}) *id = text(*id);
      added.function = function(added.function);
      into_.declared.push_back(added);
    }
  }

  void match() {
    const auto key = [](const Matched& one) { return std::make_tuple(one.query, one.at.begin, one.at.end); };
    std::set<std::tuple<uint32_t, uint32_t, uint32_t>> known;
    for (const Matched& matched : into_.matched) known.insert(key(matched));
    for (const Matched& matched : from_.matched) {
      if (known.contains(key(matched)) || function(matched.function) == FunctionId::kNone) continue;
      Matched added = matched;
      added.function = function(added.function);
      for (Bound& bound : added.bound) {
        bound.name = text(bound.name);
        bound.text = text(bound.text);
      }
      into_.matched.push_back(std::move(added));
    }
  }

  FileFacts& into_;
  const FileFacts& from_;
  const std::vector<bool>& unwanted_;
  Strings strings_;
  std::vector<FunctionId> functions_;  // of `from_`, as numbered in `into_`
  std::vector<ClassId> classes_;
  std::vector<std::optional<uint32_t>> texts_;
};

}  // namespace

void graft(FileFacts& into, const FileFacts& from, const std::vector<bool>& unwanted) {
  Graft(into, from, unwanted).run();
}

}  // namespace stallint::facts
