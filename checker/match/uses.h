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

}  // namespace stallint::match
