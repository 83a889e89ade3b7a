#pragma once
// The table of contents: each command of the product, as calls of the rooms in their order.
//
//     stallint check server    sources -> facts, per file -> link -> flow -> match -> settle -> reporters
//
// Returns the exit code. Problems of the user's input are printed to standard error, each with its place.

#include "checker/options.h"

namespace stallint {

int run(const Options& options);

}  // namespace stallint
