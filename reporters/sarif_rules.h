#pragma once
// What SARIF says of a rule: its descriptor, in the terms of its readers.
//
//     critical   level "error",   rank 95, tag "severity:critical"
//     high       level "error",   rank 80
//     medium     level "warning", rank 50
//     low        level "note",    rank 20
//
// SARIF has three levels where we have four, so the rank (read by GitLab) and a tag (a filter on GitHub) keep them
// apart. There is neither `security-severity` nor a tag `security`: with them GitHub files an alert as a vulnerability.

#include "checker/finding/finding.h"
#include "reporters/json.h"

namespace stallint::reporters {

const char* sarif_level(Severity severity);
double sarif_rank(Severity severity);

// A `reportingDescriptor`: name, descriptions, help, default level, and the properties that GitHub reads.
Json sarif_rule(const RuleInfo& rule);

}  // namespace stallint::reporters
