#pragma once
// Predicates as text again, as a rule would say them on one line: `in: {function: {runs: {not: once}}}`.

#include "checker/rule/pattern.h"

#include <string>

namespace stallint::match {

std::string print(const rule::Predicate& predicate);

}  // namespace stallint::match
