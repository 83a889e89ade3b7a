#pragma once
// Two readings of one file made one, where symbols say what is the same in both.

#include "checker/facts/facts.h"

#include <vector>

namespace stallint::facts {

// Brings into `into` what `from` knows and it does not: functions, classes and variables with other symbols, and the
// bodies of functions that it has lost. Both have identities. Functions of `from` that are `unwanted`, and all that
// stands in them, are left out.
void graft(FileFacts& into, const FileFacts& from, const std::vector<bool>& unwanted = {});

}  // namespace stallint::facts
