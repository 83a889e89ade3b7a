#pragma once
// The one order of findings, in every report and on every machine.
//
//     a.py:3:5 async-cpu-bound  <  a.py:3:12 async-blocking-call  <  a.py:20:1 ...  <  b.py:1:1 ...
//
// By file, line, column, rule, leaf label and message. What else differs breaks ties, the better evidence first, so
// that no two findings that differ in what is printed are equal, and the order in which workers delivered them is
// forgotten.

#include "checker/finding/finding.h"

namespace stallint {

bool comes_before(const Finding& left, const Finding& right);

// Whether a reader would take both for one finding: the same rule says the same sentence about the same place.
bool says_the_same(const Finding& left, const Finding& right);

}  // namespace stallint
