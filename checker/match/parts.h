#pragma once
// `made-of`: whether each part of a value, or each parameter, has one of the labels or names of a predicate.

#include "checker/match/evaluator.h"
#include "checker/match/values.h"

namespace stallint::match {

// `(kind, f"{model}-a")` is made of `kind` and `model`. Literals are no parts; a local name that is written once
// stands for its value.
bool made_of(const Query& query, Value value);

// The same of a variable.
bool made_of(const Query& query, link::VariableId variable);

// The value of a local name that is written once, or kNone.
facts::ExprId behind(const link::Program& program, link::VariableId local);

}  // namespace stallint::match
