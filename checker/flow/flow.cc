#include "checker/flow/flow.h"

#include "checker/flow/steps.h"

namespace stallint::flow {

void close(link::Program& program, const rule::Rules& rules, unsigned jobs) {
  close(program, rules, match::prepare(rules, program.label_names), jobs);
}

void close(link::Program& program, const rule::Rules& rules, std::shared_ptr<const match::Prepared> prepared,
           unsigned jobs) {
  const match::Matcher matcher(program, std::move(prepared));
  drop_exempt_labels(program, matcher);
  label_functions(program, rules, matcher, jobs);
  spread_contexts(program, rules, matcher);
  spread_effects(program, rules, matcher, jobs);
}

}  // namespace stallint::flow
