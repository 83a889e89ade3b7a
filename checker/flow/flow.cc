#include "checker/flow/flow.h"

#include "checker/flow/steps.h"

namespace stallint::flow {

void close(link::Program& program, const rule::Rules& rules, unsigned jobs) {
  const match::Matcher matcher(program, rules);  // prepares all patterns: once for all steps
  drop_exempt_labels(program, matcher);
  label_functions(program, rules, matcher);
  spread_contexts(program, rules, matcher);
  spread_effects(program, rules, matcher, jobs);
}

}  // namespace stallint::flow
