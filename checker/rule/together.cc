// What only all files together can answer: is there such a label, such a context.

#include "checker/base/suggest.h"
#include "checker/rule/files.h"
#include "checker/rule/names.h"

#include <algorithm>
#include <array>
#include <set>

namespace stallint::rule {

namespace {

using Names = std::vector<std::string>;

// Labels that models give, and all that cover one of them: `blocks.file.content` makes `blocks.file` and `blocks`
// known.
std::set<std::string> labels_and_parents(const Ledger& ledger) {
  std::set<std::string> known;
  for (const auto& [label, place] : ledger.given) {
    known.insert(label);
    for (size_t dot = label.find('.'); dot != std::string::npos; dot = label.find('.', dot + 1)) {
      known.insert(label.substr(0, dot));
    }
  }
  return known;
}

void check_leaves(Ledger& ledger) {
  for (const auto& [label, place] : ledger.given) {
    for (size_t dot = label.find('.'); dot != std::string::npos; dot = label.find('.', dot + 1)) {
      const auto parent = ledger.given.find(label.substr(0, dot));
      if (parent == ledger.given.end()) continue;
      ledger.problems.push_back({parent->second, "`" + parent->first + "` is given here and `" + label + "` in " +
                                                     place.text() +
                                                     ": models give leaves only, so that rules which "
                                                     "share a family drop no call"});
    }
  }
}

void check_labels(Ledger& ledger, const std::set<std::string>& known) {
  const Names candidates(known.begin(), known.end());
  const auto check = [&](const Use& use) {
    if (known.count(use.name) > 0) return;
    const std::string hint = did_you_mean(use.name, candidates);
    ledger.problems.push_back({use.place, "unknown label `" + use.name + "`" +
                                              (hint.empty() ? ": no model gives it, or one that it covers" : hint)});
  };
  for (const Use& use : ledger.labels) check(use);
  for (const Use& use : ledger.effects) check(use);
}

// A facet of a label, or of a dotted name. A name whose first part is the one of labels is a label spelt wrongly.
void check_facet_targets(Ledger& ledger, const std::set<std::string>& known) {
  const Names candidates(known.begin(), known.end());
  for (const Use& use : ledger.facet_targets) {
    if (known.count(use.name) > 0) continue;
    if (use.name.find("::") != std::string::npos) continue;
    const std::string first = use.name.substr(0, use.name.find('.'));
    const bool name = first.size() != use.name.size() && (known.count(first) == 0 || !is_label(use.name));
    if (name) continue;
    const std::string hint = did_you_mean(use.name, candidates);
    ledger.problems.push_back({use.place, "`" + use.name + "` is neither a known label nor a dotted name" + hint});
  }
}

void check_contexts(Ledger& ledger, const Flow& flow) {
  Names known;
  for (const Context& context : flow.contexts) known.push_back(context.name);
  for (const Use& use : ledger.contexts) {
    if (std::find(known.begin(), known.end(), use.name) != known.end()) continue;
    const std::string hint = did_you_mean(use.name, known);
    ledger.problems.push_back({use.place, "unknown context `" + use.name + "`" +
                                              (hint.empty() ? ": flow.yaml has none of that name" : hint)});
  }
}

void check_types(Ledger& ledger, const Rules& rules) {
  std::map<std::string, const TypeModel*> types;
  for (const Model& model : rules.models) {
    for (const TypeModel& type : model.types) types.emplace(type.name, &type);
  }
  for (const Model& model : rules.models) {
    for (const TypeModel& type : model.types) {
      for (const std::string& other : type.also) {
        const auto it = types.find(other);
        if (it == types.end()) continue;
        const std::string where = other == type.name ? "itself" : "a type of its own in " + it->second->place.text();
        ledger.problems.push_back(
            {type.place, "`also` of `" + type.name + "` names `" + other + "`, which is " + where});
      }
    }
  }
}

}  // namespace

bool covers(std::string_view general, std::string_view label) {
  if (!label.starts_with(general)) return false;
  return label.size() == general.size() || label[general.size()] == '.';
}

void check_together(Ledger& ledger, const Rules& rules) {
  check_leaves(ledger);
  check_types(ledger, rules);
  if (!ledger.models_unread) {
    const std::set<std::string> known = labels_and_parents(ledger);
    check_labels(ledger, known);
    check_facet_targets(ledger, known);
  }
  if (!ledger.flow_unread) check_contexts(ledger, rules.flow);
}

}  // namespace stallint::rule
