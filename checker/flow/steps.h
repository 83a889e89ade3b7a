#pragma once
// The steps of close(), in order; only files of this room include it.

#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/rule/rule.h"

namespace stallint::flow {

// Takes from sites the labels whose `unless` holds: `queue.get(block=False)` does not wait.
void drop_exempt_labels(link::Program& program, const match::Matcher& matcher);

// Gives functions the labels of their nature: {async: true}, {argument-of: ...}, {overrides: ...}.
void label_functions(link::Program& program, const rule::Rules& rules, const match::Matcher& matcher, unsigned jobs);

// Fills Program::contexts.
void spread_contexts(link::Program& program, const rule::Rules& rules, const match::Matcher& matcher);

// Fills Program::nodes and Program::reached.
void spread_effects(link::Program& program, const rule::Rules& rules, const match::Matcher& matcher, unsigned jobs);

}  // namespace stallint::flow
