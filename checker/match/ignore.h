#pragma once
// `# stallint: ignore[rule] reason`: findings that the user has answered for.
//
//     requests.get(url)  # stallint: ignore[async-blocking-call] runs only at deploy
//
// On a line it silences findings that stand on the line; on a function all that stand inside it, and flow takes the
// function out of every chain (see flow.h). Silenced findings stay in the list and say why. A comment that gives no
// reason, names no rule that exists or silences nothing is a finding itself, `unused-suppression`.

#include "checker/finding/finding.h"
#include "checker/match/evaluator.h"

#include <string>
#include <vector>

namespace stallint::match {

inline constexpr char kUnusedSuppression[] = "unused-suppression";

// Marks what is suppressed and adds what is wrong with the comments. Comments for rules that did not run are let be.
void apply_ignores(const Evaluator& evaluator, const Options& options, std::vector<Finding>& findings);

}  // namespace stallint::match
