#include "checker/units/merge.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace stallint::units {

using facts::ClassId;
using facts::ExprId;
using facts::FunctionId;
using facts::index;

namespace {

// Brings parts of one FileFacts into another: strings and numbers of functions and classes are others there.
class Graft {
 public:
  Graft(facts::FileFacts& into, const facts::FileFacts& from)
      : into_(into),
        from_(from),
        strings_(into.strings),
        functions_(from.functions.size(), FunctionId::kNone),
        classes_(from.classes.size(), ClassId::kNone),
        texts_(from.strings.size()) {}

  void run() {
    const size_t known_functions = into_.functions.size(), known_classes = into_.classes.size();
    number_functions();
    number_classes();
    for (size_t f = 0; f < functions_.size(); ++f) {
      if (index(functions_[f]) >= known_functions) {
        outline(f);
        body(f);
      } else if (lost(into_, index(functions_[f])) && !lost(from_, f)) {
        body(f);
      }
    }
    for (size_t c = 0; c < classes_.size(); ++c) {
      if (index(classes_[c]) >= known_classes) define_class(c);
    }
    declare();
    match();
    std::sort(into_.meanings.begin(), into_.meanings.end(),
              [](const facts::Meaning& a, const facts::Meaning& b) { return a.expr < b.expr; });
  }

 private:
  static bool lost(const facts::FileFacts& facts, size_t function) {
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
    facts::Function& added = into_.functions[index(functions_[f])];
    added = from_.functions[f];
    added.name = text(added.name);
    added.parent = function(added.parent);
    added.owner = class_of(added.owner);
    // The block is one of another reading of the parent.
    added.block = facts::BlockId::kBody;
    for (facts::Parameter& parameter : added.parameters) {
      parameter.name = text(parameter.name);
      parameter.annotation = outline_expr(parameter.annotation);
      parameter.default_value = outline_expr(parameter.default_value);
    }
    for (ExprId& decorator : added.decorators) decorator = outline_expr(decorator);
    added.returns = outline_expr(added.returns);
    identify(f);
  }

  void identify(size_t f) {
    facts::Identity& identity = into_.identities[index(functions_[f])];
    identity = from_.identities[f];
    for (uint32_t* const id : {&identity.symbol, &identity.name, &identity.owner, &identity.returns}) *id = text(*id);
    identity.overrides = texts(identity.overrides);
    identity.overridden_names = texts(identity.overridden_names);
    identity.attributes = texts(identity.attributes);
  }

  // What a function does, and what only its body tells about it.
  void body(size_t f) {
    const facts::Function& read = from_.functions[f];
    facts::Function& function_read = into_.functions[index(functions_[f])];
    function_read.async = read.async;
    function_read.generator = read.generator;
    function_read.trivial = read.trivial;
    into_.identities[index(functions_[f])].lost = lost(from_, f);

    facts::Body& body = into_.bodies[index(functions_[f])];
    body = from_.bodies[f];
    for (facts::Expr& expr : body.tree.exprs) translate(expr);
    for (facts::Call& call : body.calls) {
      call.function = function(call.function);
      call.decorated_class = class_of(call.decorated_class);
    }
    for (facts::Write& write : body.writes) write.op_text = text(write.op_text);
    for (facts::Import& import : body.imports) {
      for (uint32_t* const id : {&import.module, &import.name, &import.as}) *id = text(*id);
    }
    body.globals = texts(body.globals);
    body.nonlocals = texts(body.nonlocals);
    for (facts::Meaning& meaning : body.meanings) translate(meaning);
    for (facts::Held& held : body.held) {
      held.lock = text(held.lock);
      held.type = text(held.type);
    }
  }

  void translate(facts::Expr& expr) {
    expr.text = text(expr.text);
    if (expr.kind == facts::ExprKind::kFunction) {
      expr.first_child = index(function(static_cast<FunctionId>(expr.first_child)));
    }
  }

  void translate(facts::Meaning& meaning) {
    for (uint32_t* const id : {&meaning.symbol, &meaning.name, &meaning.type, &meaning.receiver}) *id = text(*id);
  }

  // Copies an expression of the outline, which is small: an annotation, a default.
  ExprId outline_expr(ExprId id) {
    if (id == ExprId::kNone) return id;
    facts::Expr expr = from_.outline[id];
    translate(expr);
    std::vector<ExprId> children;
    if (expr.kind != facts::ExprKind::kFunction) {
      for (uint32_t n = 0; n < expr.child_count; ++n) {
        children.push_back(outline_expr(from_.outline.child(from_.outline[id], n)));
      }
      expr.first_child = static_cast<uint32_t>(into_.outline.children.size());
      into_.outline.children.insert(into_.outline.children.end(), children.begin(), children.end());
    }
    const auto copy = static_cast<ExprId>(into_.outline.exprs.size());
    into_.outline.exprs.push_back(expr);
    if (const facts::Meaning* const meaning = facts::meaning_of(from_, id)) {
      into_.meanings.push_back(*meaning);
      into_.meanings.back().expr = copy;
      translate(into_.meanings.back());
    }
    return copy;
  }

  void define_class(size_t c) {
    facts::Class& added = into_.classes[index(classes_[c])];
    added = from_.classes[c];
    added.name = text(added.name);
    added.scope = function(added.scope);
    added.body = function(added.body);
    added.block = facts::BlockId::kBody;
    for (ExprId& base : added.bases) base = outline_expr(base);
    for (ExprId& decorator : added.decorators) decorator = outline_expr(decorator);
    facts::ClassIdentity& identity = into_.class_identities[index(classes_[c])];
    identity = from_.class_identities[c];
    identity.symbol = text(identity.symbol);
    identity.name = text(identity.name);
    identity.bases = texts(identity.bases);
    identity.ancestors = texts(identity.ancestors);
  }

  void declare() {
    std::vector<bool> known(into_.strings.size());
    for (const facts::Declared& declared : into_.declared) known[declared.symbol] = true;
    for (const facts::Declared& declared : from_.declared) {
      const uint32_t symbol = text(declared.symbol);
      if (symbol < known.size() && known[symbol]) continue;
      if (symbol >= known.size()) known.resize(into_.strings.size());
      known[symbol] = true;
      facts::Declared added = declared;
      for (uint32_t* const id : {&added.symbol, &added.name, &added.type, &added.owner, &added.guard}) *id = text(*id);
      added.function = function(added.function);
      into_.declared.push_back(added);
    }
  }

  void match() {
    for (const facts::Matched& matched : from_.matched) {
      const bool known = std::any_of(into_.matched.begin(), into_.matched.end(), [&](const facts::Matched& one) {
        return one.query == matched.query && one.at == matched.at;
      });
      if (known) continue;
      facts::Matched added = matched;
      added.function = function(added.function);
      for (auto& [name, at] : added.bound) name = text(name);
      into_.matched.push_back(std::move(added));
    }
  }

  facts::FileFacts& into_;
  const facts::FileFacts& from_;
  facts::Strings strings_;
  std::vector<FunctionId> functions_;  // of `from_`, as numbered in `into_`
  std::vector<ClassId> classes_;
  std::vector<std::optional<uint32_t>> texts_;
};

}  // namespace

facts::FileFacts merged(std::vector<facts::FileFacts> readings) {
  facts::FileFacts best = std::move(readings.front());
  for (size_t i = 1; i < readings.size(); ++i) {
    // Without identities nobody knows which functions are the same.
    if (best.identities.empty() || readings[i].identities.empty()) continue;
    if (best.classes.size() != best.class_identities.size()) continue;
    if (readings[i].classes.size() != readings[i].class_identities.size()) continue;
    Graft(best, readings[i]).run();
  }
  return best;
}

void take_ignores(facts::FileFacts& facts, const facts::FileFacts& spelled) {
  facts.ignores.clear();
  facts::Strings strings(facts.strings);
  for (facts::Ignore ignore : spelled.ignores) {
    for (uint32_t& rule : ignore.rules) rule = strings.id(spelled.text(rule));
    ignore.reason = strings.id(spelled.text(ignore.reason));
    if (ignore.function != FunctionId::kNone) {
      // The same function, by where its name stands.
      const facts::Span at = spelled.functions[index(ignore.function)].name_at;
      const auto same = std::find_if(facts.functions.begin() + 1, facts.functions.end(),
                                     [&](const facts::Function& one) { return one.name_at.begin == at.begin; });
      ignore.function =
          same == facts.functions.end() ? FunctionId::kNone : static_cast<FunctionId>(same - facts.functions.begin());
    }
    facts.ignores.push_back(std::move(ignore));
  }
}

}  // namespace stallint::units
