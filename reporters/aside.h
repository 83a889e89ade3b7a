#pragma once
// What helps to understand a finding besides the way to its sink.
//
//     for (const Related* related : aside(finding)) ...

#include "checker/finding/finding.h"

#include <vector>

namespace stallint::reporters {

// The related places to which a reader is not led anyway, by the finding itself or by the end of its chain.
std::vector<const Related*> aside(const Finding& finding);

}  // namespace stallint::reporters
