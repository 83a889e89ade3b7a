#pragma once
// Findings with one cause, as one entry of the text report.
//
//     async def read(): return load()      # finding: read -> load -> requests.get
//     async def show(): return load()      # finding: show -> load -> requests.get
//
// Both end in the same call through the same function, and one change mends both. So the report tells the story once
// and names the others. Findings fold when rule, sink and first synchronous callee agree; in C++, where many callbacks
// lead through many helpers to few leaves, when rule and sink do. Only this report folds: everywhere else each finding
// counts, since a new caller of an old helper is new.

#include "checker/finding/finding.h"

#include <vector>

namespace stallint::reporters {

struct Entry {
  const Finding* shown = nullptr;      // the most severe, then exact, then with the shortest chain, then the first
  std::vector<const Finding*> others;  // in the order of the report
};

// The entries for all findings that nobody suppressed, in the order of those shown.
std::vector<Entry> fold(const std::vector<Finding>& findings);

}  // namespace stallint::reporters
