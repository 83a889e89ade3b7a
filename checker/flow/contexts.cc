// Contexts: where a function may run, spread from callers to callees.

#include "checker/flow/steps.h"
#include "checker/match/match.h"

#include <deque>

namespace stallint::flow {
using link::FunctionId;
using link::Program;
using link::Site;

void spread_contexts(Program& program, const rule::Rules& rules) {
  const match::Matcher matcher(program, rules);
  const std::vector<rule::Context>& contexts = rules.flow.contexts;
  program.contexts.assign(program.functions.size(), 0);
  uint32_t import_bits = 0, guard_bits = 0;
  for (size_t c = 0; c < contexts.size() && c < link::kMaxContexts; ++c) {
    program.context_names.push_back(contexts[c].name);
    if (contexts[c].from_module) import_bits |= 1u << c;
    if (contexts[c].from_main_guard) guard_bits |= 1u << c;
  }
  link::LabelSet elsewhere;  // calls that run their function in the same context, but not here
  for (const rule::Effect& effect : rules.flow.effects) {
    for (const std::string& label : effect.stops_at) elsewhere |= program.covered(label);
  }

  // What a call begins that has a life of its own: a task spawned at start-up does not run once.
  std::vector<link::LabelSet> stops(contexts.size());
  for (size_t c = 0; c < contexts.size() && c < link::kMaxContexts; ++c) {
    for (const std::string& label : contexts[c].stops_at) stops[c] |= program.covered(label);
  }
  const auto stopped_at = [&](const Site& site) {
    uint32_t bits = 0;
    for (const Site* call = &site; call != nullptr;) {
      for (const link::Graded& graded : program.labels(*call)) {
        for (size_t c = 0; c < stops.size() && graded.label != link::Label::kNone; ++c) {
          if (stops[c].test(index(graded.label))) bits |= 1u << c;
        }
      }
      const bool inner = call == &site && site.within != link::SiteId::kNone;
      call = inner ? &program[site.within] : nullptr;
    }
    return bits;
  };

  std::deque<FunctionId> work;
  const auto give = [&](FunctionId function, uint32_t bits) {
    uint32_t& known = program.contexts[index(function)];
    if ((known | bits) == known) return;
    known |= bits;
    work.push_back(function);
  };
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::FunctionKind kind = program.outline_of(function).kind;
    if (kind == facts::FunctionKind::kModule) give(function, import_bits);
    if (kind == facts::FunctionKind::kClassBody) continue;  // runs where its class statement stands, see below
    for (size_t c = 0; c < contexts.size() && c < link::kMaxContexts; ++c) {
      for (const rule::Pattern& pattern : contexts[c].from) {
        if (matcher.holds(pattern, match::Thing::of(function))) give(function, 1u << c);
      }
    }
  }

  // Functions handed to a thread or an executor go on with the contexts of whoever hands them over.
  std::vector<std::vector<const link::Handed*>> handed_from(program.functions.size());
  for (const link::Handed& handed : program.handed) {
    const Site& site = program[handed.site];
    if (program.outline_of(site.in).kind == facts::FunctionKind::kModule) continue;
    for (const link::Graded& graded : program.labels(site)) {
      if (graded.label != link::Label::kNone && elsewhere.test(index(graded.label))) {
        handed_from[index(site.in)].push_back(&handed);
      }
    }
  }
  std::vector<std::vector<FunctionId>> class_bodies(program.functions.size());
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    if (program.outline_of(function).kind == facts::FunctionKind::kClassBody) {
      class_bodies[index(program[function].parent)].push_back(function);
    }
  }
  while (!work.empty()) {
    const FunctionId function = work.front();
    work.pop_front();
    const uint32_t bits = program.contexts[index(function)];
    const bool module = program.outline_of(function).kind == facts::FunctionKind::kModule;
    const link::Range range = program[function].sites;
    for (uint32_t s = range.first; s < range.first + range.count; ++s) {
      const Site& site = program.sites[s];
      if (site.edges.count == 0) continue;
      const bool guarded = module && program.in_main_guard(function, site.block);
      for (const link::Edge& edge : program.edges_of(site)) {
        give(edge.callee, (guarded ? ((bits & ~import_bits) | guard_bits) : bits) & ~stopped_at(site));
      }
    }
    for (const link::Handed* handed : handed_from[index(function)]) {
      give(handed->function, bits & ~stopped_at(program[handed->site]));
    }
    for (FunctionId body : class_bodies[index(function)]) give(body, bits);
  }
}

}  // namespace stallint::flow
