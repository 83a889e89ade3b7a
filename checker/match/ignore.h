#pragma once
// `# stallint: ignore[rule] reason`: findings that the user has answered for.
//
//     requests.get(url)  # stallint: ignore[async-blocking-call] runs only at deploy
//
// On a line it silences findings that touch the line; on a function all that stand inside it, and flow takes the
// function out of every chain (see flow.h); for a file likewise. Silenced findings stay in the list and say why. A
// comment that gives no reason, names no rule that exists or silences nothing is a finding of the rules whose `find` is
// `suppressions`. What is written for other linters (noqa, NOLINT, nosemgrep) needs no reason, and may name what only
// they know.

#include "checker/finding/finding.h"
#include "checker/match/evaluator.h"
#include "checker/match/match.h"

#include <vector>

namespace stallint::match {

// Marks what is suppressed and adds what is wrong with the comments. Comments for rules that did not run are let be.
void apply_ignores(const Evaluator& evaluator, const Options& options, std::vector<Finding>& findings);

}  // namespace stallint::match
