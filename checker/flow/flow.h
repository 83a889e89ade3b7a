#pragma once
// What travels between functions: effects from callee to caller, contexts from caller to callee, as rules/flow.yaml
// says.
//
//     async def read(): load()        # reached: blocks.http in 2 steps, by the call of load
//     def load(): requests.get(...)   # reached: blocks.http in 1 step
//
// Two closures and no more. Effects: for each label an effect covers, the best way to a sink is found by one
// shortest-path search from all sinks backwards along the edges (not amortised, exact, short, first in source order).
// An `ignore` on a function for a rule of an effect cuts every way through it. Contexts: a worklist of bit sets from
// callers to callees.
//
// Functions whose parameters guard branches are followed once for each combination of constants they are called with,
// so `send(blocking=False)` does not reach what only `if blocking:` runs.
//
// Idea: infer's starvation domain (an event with its trace, and where it may run), split in two.

#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/rule/rule.h"

#include <memory>

namespace stallint::flow {

// Adds labels of functions by their nature, nodes, reached and contexts. Call once, after link and before match.
void close(link::Program& program, const rule::Rules& rules, unsigned jobs);
void close(link::Program& program, const rule::Rules& rules, std::shared_ptr<const match::Prepared> prepared,
           unsigned jobs);

}  // namespace stallint::flow
