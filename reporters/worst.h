#pragma once
// The open findings, worst first, for readers that show only the first ten.
//
//     worst_first(report)    critical before high; of those with one cause the one that is shown for all of them before
//                            the others, so that ten places are ten causes; exact before likely; causes with many
//                            findings before those with few; then as reported

#include "checker/finding/finding.h"

#include <vector>

namespace stallint::reporters {

std::vector<const Finding*> worst_first(const Report& report);

}  // namespace stallint::reporters
