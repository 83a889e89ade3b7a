#pragma once
// What becomes of a value that a local name holds: does it stay in the function?
//
//     file = open(path)
//     return file.read()          stays: only used
//     return Reader(file)         goes: passed to a call that may keep it
//
// A call labelled `borrows` uses its arguments and lets them go: `json.load(file)`.

#include "checker/link/program.h"

namespace stallint::match {

// The fate of a call's result, seen one step further than the name that receives it.
facts::Fate fate_of(const link::Program& program, const link::Site& site);

// Whether the result, or the local name that holds it, is what a `with` enters (perhaps inside `closing(...)`).
bool is_entered(const link::Program& program, const link::Site& site);

// Whether one loop runs over a value, and nothing else happens to it: `for x in value`, at most inside a lazy view like
// enumerate(...), directly or by way of one local name. `value[-10:]` counts as well: one pass can keep the last ten.
bool is_only_iterated(const link::Program& program, link::FunctionId function, facts::ExprId value);

// What becomes of the value of an expression that is no call, a comprehension for example.
facts::Fate fate_of_value(const link::Program& program, link::FunctionId function, facts::ExprId value);

}  // namespace stallint::match
