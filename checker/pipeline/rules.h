#pragma once
// Which rules a run has: those inside the program, those of the user's folders, and what configurations say of
// functions.
//
//     cache::Digest texts;
//     const Result<rule::Rules> rules = load_all_rules(settings, &texts);

#include "checker/base/result.h"
#include "checker/cache/digest.h"
#include "checker/pipeline/settings.h"
#include "checker/rule/rule.h"

namespace stallint::pipeline {

// `texts`, if given, becomes a digest of all that was loaded.
Result<rule::Rules> load_all_rules(const Settings& settings, cache::Digest* texts = nullptr);

}  // namespace stallint::pipeline
