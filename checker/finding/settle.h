#pragma once
// From what the workers found, in whatever order, to what is reported: sorted, each once, each with its identity.
//
//     settle(findings);
//
// Suppressed findings stay: they are reported as such, and a fingerprint must not change because a comment silences the
// finding above.

#include "checker/finding/finding.h"

#include <vector>

namespace stallint {

void settle(std::vector<Finding>& findings);

}  // namespace stallint
