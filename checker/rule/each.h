#pragma once
// All patterns of the rules, those within others too.
//
//     each_pattern(rules, [&](const rule::Pattern& pattern) { ++count; });

#include "checker/rule/rule.h"

namespace stallint::rule {

// A pattern is visited before those that it holds.
template <typename SomePattern, typename Visit>
void each_within(SomePattern& pattern, const Visit& visit) {
  visit(pattern);
  for (auto& predicate : pattern.predicates) {
    for (auto& inner : predicate.patterns) each_within(inner, visit);
  }
}

template <typename SomeRules, typename Visit>
void each_pattern(SomeRules& rules, const Visit& visit) {
  const auto each = [&](auto& patterns) {
    for (auto& pattern : patterns) each_within(pattern, visit);
  };
  for (auto& rule : rules.rules) {
    for (auto& find : rule.find) each_within(find.pattern, visit);
    each(rule.unless);
    each(rule.lower);
    for (auto& advice : rule.advice) {
      each_within(advice.pattern, visit);
      if (advice.sink) each_within(*advice.sink, visit);
    }
  }
  for (auto& model : rules.models) {
    for (auto& function : model.functions) each_within(function.pattern, visit);
    for (auto& labelled : model.labelled) each(labelled.unless);
  }
  each(rules.flow.amortised);
  each(rules.flow.lower);
  for (auto& context : rules.flow.contexts) each(context.from);
}

}  // namespace stallint::rule
