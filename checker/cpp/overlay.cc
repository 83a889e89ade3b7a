// Clang's facts of a file that it could not read all of, mended by its spelling. Where both speak of the same place,
// they speak of the same thing: so symbols of the spelling become those of Clang, and what is new is grafted on.

#include "checker/cpp/cpp.h"
#include "checker/facts/graft.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

// Of a type that it does not know, Clang says that it is an int.
bool is_guess(const std::string& type, const std::string& spelt) {
  return (type.empty() || type == "int") && spelt.find("::") != std::string::npos && !spelt.ends_with("_t");
}

// An expression by its place, its kind and its text.
using Place = std::tuple<uint32_t, uint32_t, ExprKind, std::string_view>;

class Overlay {
 public:
  Overlay(FileFacts& clang, const FileFacts& spelled)
      : clang_(clang), copy_(spelled), strings_(copy_.strings), same_(spelled.functions.size(), FunctionId::kNone) {}

  void run() {
    match_functions();
    match_classes();
    match_declared();
    for (size_t f = 0; f < same_.size(); ++f) match_body(f);
    rename();
    mend_types();
    const std::vector<bool> unwanted = find_unwanted();

    // What was lost stays so: it is no longer certain, however much was mended.
    std::vector<std::pair<size_t, Function>> lost;
    for (size_t f = 0; f < clang_.functions.size(); ++f) {
      if (clang_.identities[f].lost) lost.emplace_back(f, clang_.functions[f]);
    }
    graft(clang_, copy_, unwanted);
    for (const auto& [f, before] : lost) {
      clang_.identities[f].lost = true;
      clang_.functions[f].async |= before.async;
      clang_.functions[f].generator |= before.generator;
    }
  }

 private:
  static std::pair<FunctionKind, uint32_t> place_of(const Function& function) {
    const bool lambda = function.kind == FunctionKind::kLambda;
    return {function.kind, lambda ? function.extent.begin : function.name_at.begin};
  }

  bool is_lost(FunctionId clang) const { return clang_.identities[index(clang)].lost; }

  // The text of the other reading, in the strings of the copy.
  uint32_t text(uint32_t clang) { return strings_.id(clang_.text(clang)); }

  void learn(uint32_t spelt, uint32_t clang) {
    if (spelt != 0 && clang != 0) renamed_.try_emplace(spelt, text(clang));
  }

  void match_functions() {
    std::map<std::pair<FunctionKind, uint32_t>, FunctionId> known;
    for (size_t f = 1; f < clang_.functions.size(); ++f) {
      known.try_emplace(place_of(clang_.functions[f]), FunctionId{static_cast<uint32_t>(f)});
    }
    same_[0] = FunctionId::kModule;
    for (size_t f = 1; f < same_.size(); ++f) {
      const auto found = known.find(place_of(copy_.functions[f]));
      if (found == known.end()) continue;
      same_[f] = found->second;
      learn(copy_.identities[f].symbol, clang_.identities[index(found->second)].symbol);
    }
  }

  void match_classes() {
    std::unordered_map<uint32_t, size_t> known;
    for (size_t c = 0; c < clang_.class_identities.size(); ++c) known.try_emplace(clang_.classes[c].name_at.begin, c);
    for (size_t c = 0; c < copy_.class_identities.size(); ++c) {
      const auto found = known.find(copy_.classes[c].name_at.begin);
      if (found == known.end()) continue;
      learn(copy_.class_identities[c].symbol, clang_.class_identities[found->second].symbol);
    }
  }

  void match_declared() {
    std::unordered_map<uint32_t, const Declared*> known;
    for (const Declared& one : clang_.declared) known.try_emplace(one.at.begin, &one);
    for (const Declared& one : copy_.declared) {
      const auto found = known.find(one.at.begin);
      if (found == known.end() || clang_.text(found->second->name) != copy_.text(one.name)) continue;
      learn(one.symbol, found->second->symbol);
    }
  }

  static Place place_of(const FileFacts& facts, const Expr& expr) {
    return {expr.at.begin, expr.at.end, expr.kind, facts.text(expr.text)};
  }

  // Two readings of one body. Of a lost one, all that Clang knew of the same expressions is kept.
  void match_body(size_t f) {
    if (same_[f] == FunctionId::kNone) return;
    const Body& body = clang_.bodies[index(same_[f])];
    std::map<Place, const Meaning*> known;
    for (const Meaning& meaning : body.meanings) {
      known.try_emplace(place_of(clang_, body.tree[meaning.expr]), &meaning);
    }
    if (known.empty()) return;
    const bool lost = is_lost(same_[f]);
    Body& spelt = copy_.bodies[f];
    std::vector<Meaning> added;
    for (size_t n = 0; n < spelt.tree.exprs.size(); ++n) {
      const auto found = known.find(place_of(copy_, spelt.tree.exprs[n]));
      if (found == known.end()) continue;
      const ExprId expr{static_cast<uint32_t>(n)};
      const auto at = std::lower_bound(spelt.meanings.begin(), spelt.meanings.end(), expr,
                                       [](const Meaning& one, ExprId id) { return one.expr < id; });
      const bool told = at != spelt.meanings.end() && at->expr == expr;
      if (told) learn(at->symbol, found->second->symbol);
      if (!lost) continue;
      if (told) {
        take(*found->second, *at);
      } else {
        added.emplace_back().expr = expr;
        take(*found->second, added.back());
      }
    }
    spelt.meanings.insert(spelt.meanings.end(), added.begin(), added.end());
    std::sort(spelt.meanings.begin(), spelt.meanings.end(),
              [](const Meaning& a, const Meaning& b) { return a.expr < b.expr; });
  }

  void take(const Meaning& clang, Meaning& meaning) {
    if (clang.name != 0 || clang.symbol != 0) {
      meaning.symbol = text(clang.symbol);
      meaning.name = text(clang.name);
      meaning.receiver = text(clang.receiver);
      meaning.likely = clang.likely;
    }
    if (clang.type != 0 && !is_guess(clang_.text(clang.type), copy_.text(meaning.type))) {
      meaning.type = text(clang.type);
    }
    meaning.dispatched |= clang.dispatched;
    meaning.changeable |= clang.changeable;
    meaning.callable |= clang.callable;
  }

  // --- The copy with the symbols of Clang ---------------------------------------------------------------------------

  void rename() {
    const auto one = [&](uint32_t& symbol) {
      const auto found = renamed_.find(symbol);
      if (found != renamed_.end()) symbol = found->second;
    };
    const auto all = [&](std::vector<uint32_t>& symbols) {
      for (uint32_t& symbol : symbols) one(symbol);
    };
    for (size_t f = 0; f < copy_.identities.size(); ++f) {
      Identity& identity = copy_.identities[f];
      one(identity.owner);
      all(identity.overrides);
      // Its place says which of several overloads it is.
      if (same_[f] != FunctionId::kNone) {
        identity.symbol = text(clang_.identities[index(same_[f])].symbol);
      }
    }
    for (ClassIdentity& identity : copy_.class_identities) {
      one(identity.symbol);
      all(identity.bases);
    }
    for (Declared& declared : copy_.declared) {
      for (uint32_t* const symbol : {&declared.symbol, &declared.owner, &declared.guard}) one(*symbol);
    }
    for (Meaning& meaning : copy_.meanings) one(meaning.symbol);
    for (Body& body : copy_.bodies) {
      for (Meaning& meaning : body.meanings) one(meaning.symbol);
    }
  }

  void mend_types() {
    std::unordered_map<std::string_view, const Declared*> known;
    for (const Declared& one : copy_.declared) known.try_emplace(copy_.text(one.symbol), &one);
    Strings strings(clang_.strings);
    for (Declared& one : clang_.declared) {
      const auto found = known.find(clang_.text(one.symbol));
      if (found == known.end() || !is_guess(clang_.text(one.type), copy_.text(found->second->type))) continue;
      one.type = strings.id(copy_.text(found->second->type));
    }
  }

  // Functions that Clang does not have for good reasons: lambdas in what it has read, and twins of what it has, in a
  // branch of the preprocessor that was not taken.
  std::vector<bool> find_unwanted() const {
    std::map<std::pair<std::string_view, size_t>, bool> names;
    for (size_t f = 1; f < clang_.functions.size(); ++f) {
      names[{clang_.text(clang_.identities[f].name), clang_.functions[f].parameters.size()}] = true;
    }
    std::vector<bool> unwanted(same_.size());
    for (size_t f = 1; f < same_.size(); ++f) {
      if (same_[f] != FunctionId::kNone) continue;
      const Function& function = copy_.functions[f];
      const size_t parent = index(function.parent);
      if (function.kind == FunctionKind::kLambda) {
        unwanted[f] = unwanted[parent] || (same_[parent] != FunctionId::kNone && !is_lost(same_[parent]));
      } else {
        unwanted[f] = names.contains({copy_.text(copy_.identities[f].name), function.parameters.size()});
      }
    }
    return unwanted;
  }

  FileFacts& clang_;
  FileFacts copy_;
  Strings strings_;
  std::vector<FunctionId> same_;                    // of each function that is spelled, that of Clang
  std::unordered_map<uint32_t, uint32_t> renamed_;  // symbols, both in the strings of the copy
};

}  // namespace

void overlay(FileFacts& clang, const FileFacts& spelled) {
  const auto complete = [](const FileFacts& facts) {
    return !facts.functions.empty() && facts.identities.size() == facts.functions.size() &&
           facts.bodies.size() == facts.functions.size() && facts.class_identities.size() == facts.classes.size();
  };
  if (complete(clang) && complete(spelled)) Overlay(clang, spelled).run();
}

}  // namespace stallint::cpp
