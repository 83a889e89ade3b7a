#pragma once
// Which rules a run has: those inside the program and those of the user's folders, and which of them are asked.
//
//     const Result<rule::Rules> rules = load_all_rules(options);
//     const Result<std::vector<std::string>> enabled = enabled_rules(options, *rules);   sorted ids

#include "checker/base/result.h"
#include "checker/cache/digest.h"
#include "checker/options.h"
#include "checker/rule/rule.h"

#include <string>
#include <vector>

namespace stallint::pipeline {

// `texts`, if given, becomes a digest of all that was loaded.
Result<rule::Rules> load_all_rules(const Options& options, cache::Digest* texts = nullptr);

// A word of --select or --ignore that means nothing is a Problem.
Result<std::vector<std::string>> enabled_rules(const Options& options, const rule::Rules& rules);

}  // namespace stallint::pipeline
