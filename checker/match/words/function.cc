// Words about functions: how they are written, decorated, handed over, and where they run.
#include "checker/match/evaluator.h"
#include "checker/match/parts.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using rule::Subject;

link::FunctionId function_of(const Query& query) { return static_cast<link::FunctionId>(query.thing.id); }

// Parameters without Python's self and cls.
std::span<const facts::Parameter> parameters_of(const link::Program& program, link::FunctionId id) {
  const std::span<const facts::Parameter> all = program.outline_of(id).parameters;
  return program[id].takes_self && !all.empty() ? all.subspan(1) : all;
}

bool parameters_made_of(const Query& query, std::span<const facts::Parameter> parameters) {
  const link::Program& program = query.program;
  const link::FunctionId id = function_of(query);
  const auto is_one = [&](const std::string& name) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const facts::Parameter& parameter) {
      return program.facts_of(id).text(parameter.name) == name;
    });
  };
  // Variables stand in the order of their functions, attributes behind them.
  auto at =
      std::lower_bound(program.variables.begin(), program.variables.end(), id,
                       [](const link::Variable& one, link::FunctionId function) { return one.function < function; });
  for (; at != program.variables.end() && at->function == id; ++at) {
    if (at->kind != link::VariableKind::kParameter || !is_one(program.text(at->name))) continue;
    if (!made_of(query, static_cast<link::VariableId>(at - program.variables.begin()))) return false;
  }
  return true;
}

uint32_t bit_of(const std::vector<rule::Context>& contexts, const std::string& name) {
  for (size_t n = 0; n < contexts.size() && n < link::kMaxContexts; ++n) {
    if (contexts[n].name == name) return uint32_t{1} << n;
  }
  return 0;
}

// What a function runs in, as far as it is known: code of module level always runs at import.
uint32_t contexts_of(const Query& query, link::FunctionId id) {
  const std::vector<rule::Context>& all = query.evaluator.rules().flow.contexts;
  const auto& known = query.program.contexts;
  uint32_t bits = index(id) < known.size() ? known[index(id)] : 0;
  for (size_t n = 0; n < all.size() && n < link::kMaxContexts; ++n) {
    const uint32_t bit = uint32_t{1} << n;
    if (!all[n].only.empty()) bits &= ~bit;
    const bool module = query.program.outline_of(id).kind == facts::FunctionKind::kModule;
    if (all[n].from_module && module) bits |= bit;
  }
  return bits;
}

uint32_t contexts_of_call(const Query& query, const link::Site& site) {
  const link::FunctionId function = running_function(query.program, site.in);
  const bool module = query.program.outline_of(function).kind == facts::FunctionKind::kModule;
  if (!module || site.in != function || !query.program.in_main_guard(function, site.block)) {
    return contexts_of(query, function);
  }
  const std::vector<rule::Context>& all = query.evaluator.rules().flow.contexts;
  uint32_t bits = 0;
  for (size_t n = 0; n < all.size() && n < link::kMaxContexts; ++n) {
    if (all[n].from_main_guard) bits |= uint32_t{1} << n;
  }
  return bits;
}

bool runs_in(const Query& query, uint32_t bits, const std::string& name) {
  const std::vector<rule::Context>& all = query.evaluator.rules().flow.contexts;
  const auto context = std::find_if(all.begin(), all.end(), [&](const rule::Context& one) { return one.name == name; });
  if (context == all.end()) return false;
  if (context->only.empty()) return (bits & bit_of(all, name)) != 0;
  uint32_t allowed = 0;
  for (const std::string& only : context->only) allowed |= bit_of(all, only);
  return bits != 0 && (bits & ~allowed) == 0;
}

}  // namespace

bool async(Query& query) {
  const bool wanted = query.predicate.flag.value_or(true);
  switch (query.thing.subject) {
    case Subject::kFunction:
      return query.program[function_of(query)].async == wanted;
    case Subject::kLoop:
    case Subject::kRegion:
      return block_at(query.program, function_of(query), query.thing.block).async == wanted;
    default:
      return false;
  }
}

bool generator(Query& query) {
  if (query.thing.subject != Subject::kFunction) return false;
  return query.program[function_of(query)].generator == query.predicate.flag.value_or(true);
}

bool params(Query& query) {
  if (query.thing.subject != Subject::kFunction) return false;
  if (query.predicate.flag) {
    const std::vector<facts::Parameter>& all = query.program.outline_of(function_of(query)).parameters;
    return std::any_of(all.begin(), all.end(),
                       [](const facts::Parameter& one) { return one.annotation != facts::ExprId::kNone; });
  }
  const std::span<const facts::Parameter> parameters = parameters_of(query.program, function_of(query));
  if (!query.predicate.patterns.empty()) return !parameters.empty() && parameters_made_of(query, parameters);
  if (query.predicate.quantity != rule::Quantity::kUnsaid) {
    return parameters.empty() == (query.predicate.quantity == rule::Quantity::kNone);
  }
  const facts::FileFacts& file = query.program.facts_of(function_of(query));
  return std::any_of(parameters.begin(), parameters.end(), [&](const facts::Parameter& parameter) {
    return query.evaluator.named(query.predicate, file.text(parameter.name));
  });
}

bool decorated(Query& query) {
  if (query.thing.subject != Subject::kFunction && query.thing.subject != Subject::kClass) return false;
  Search search(query);
  for (const link::SiteId decorator : decorators_of(query.program, query.thing)) {
    search.offer_any(Thing::of(decorator));
  }
  return search.finish_with_call();
}

bool overrides(Query& query) {
  if (query.thing.subject != Subject::kFunction) return false;
  const link::Function& function = query.program[function_of(query)];
  if (function.owner == link::ClassId::kNone) return false;
  const std::string& name = query.program.text(function.name);
  const facts::FileFacts& facts = query.program.facts_of(function_of(query));
  const char* separator = facts.language == facts::Language::kCpp ? "::" : ".";
  if (!facts.identities.empty()) {
    const std::vector<uint32_t>& overridden = facts.identities[index(function.local)].overridden_names;
    const bool one = std::any_of(overridden.begin(), overridden.end(), [&](uint32_t other) {
      return query.evaluator.named(query.predicate, facts.text(other));
    });
    if (one) return true;
  }
  const std::vector<link::NameId>& bases = query.program[function.owner].library_bases;
  return std::any_of(bases.begin(), bases.end(), [&](link::NameId base) {
    return query.evaluator.named(query.predicate, query.program.text(base) + separator + name);
  });
}

bool argument_of(Query& query) {
  if (query.thing.subject != Subject::kFunction) return false;
  Search search(query);
  const std::vector<std::string>& names = query.predicate.names;
  for (const link::Handed& handed : query.program.handed_of(query.program[function_of(query)])) {
    const std::string& argument = query.program.text(handed.argument);
    if (!names.empty() && std::find(names.begin(), names.end(), argument) == names.end()) continue;
    search.offer_any(Thing::of(handed.site));
  }
  return search.finish();
}

bool calls(Query& query) {
  if (query.thing.subject != Subject::kFunction) return false;
  Search search(query);
  const link::FunctionId function = function_of(query);
  for (size_t n = 0; n < sites_of(query.program, function).size(); ++n) {
    if (search.offer_any(Thing::of(site_at(query.program, function, n)))) break;
  }
  return search.finish_with_call();
}

bool runs(Query& query) {
  const bool call = query.thing.subject == Subject::kCall;
  if (!call && query.thing.subject != Subject::kFunction) return false;
  const uint32_t bits = call ? contexts_of_call(query, query.program[static_cast<link::SiteId>(query.thing.id)])
                             : contexts_of(query, running_function(query.program, function_of(query)));
  const std::vector<std::string>& names = query.predicate.names;
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return runs_in(query, bits, name); });
}

}  // namespace stallint::match::words
