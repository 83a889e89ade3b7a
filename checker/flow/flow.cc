#include "checker/flow/flow.h"

#include "checker/flow/steps.h"

namespace stallint::flow {

void close(link::Program& program, const rule::Rules& rules, unsigned jobs) {
  drop_exempt_labels(program, rules);
  label_functions(program, rules);
  spread_contexts(program, rules);
  spread_effects(program, rules, jobs);
}

}  // namespace stallint::flow
