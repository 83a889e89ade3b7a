#pragma once
// From what the workers found, in whatever order, to what is reported: sorted, each once, each with its identity.
//
//     settle(findings);
//     return any_at_or_above(findings, Severity::kHigh) ? 1 : 0;
//
// Suppressed findings stay: they are reported as such, and a fingerprint must not change because a comment silences the
// finding above.

#include "checker/finding/finding.h"

#include <vector>

namespace stallint {

void settle(std::vector<Finding>& findings);

// Whether a finding that is new and that nobody suppressed is at least this severe: the question behind `--fail-on`.
bool any_at_or_above(const std::vector<Finding>& findings, Severity severity);

}  // namespace stallint
