// Functions handed on: who gets a function as a parameter and gives it to a call of its own has handed it to that call.
//
//     def every(seconds, job):
//         scheduler.add_job(job, "interval", seconds=seconds)
//     every(5, tidy)                        # hands `tidy` to `add_job`

#include "checker/link/linker.h"

#include <algorithm>
#include <tuple>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprKind;

constexpr int kMostHands = 4;

struct Pass {
  SiteId site;
  NameId argument;
};

}  // namespace

void Linker::hand_on() {
  // For each function the calls that get one of its parameters as it is, by parameter.
  std::vector<std::vector<std::pair<uint32_t, Pass>>> passes(program_.functions.size());
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Body& body = program_.body_of(function);
    const std::vector<facts::Parameter>& parameters = program_.outline_of(function).parameters;
    if (parameters.empty()) continue;
    const Range range = program_[function].sites;
    for (uint32_t s = range.first; s < range.first + range.count; ++s) {
      const Site& site = program_.sites[s];
      if (site.kind != SiteKind::kCall || (site.labels.count == 0 && site.edges.count == 0)) continue;
      const Expr& call = body.tree[site.expr];
      for (uint32_t i = 1; i < call.child_count; ++i) {
        const Expr& argument = body.tree[body.tree.child(call, i)];
        const bool keyword = argument.kind == ExprKind::kKeyword;
        const Expr& value = keyword ? body.tree[body.tree.child(argument, 0)] : argument;
        if (value.kind != ExprKind::kName) continue;
        for (uint32_t p = 0; p < parameters.size(); ++p) {
          if (parameters[p].name != value.text) continue;
          const NameId name = keyword ? name_in(function, argument.text) : intern(std::to_string(i - 1));
          passes[f].push_back({p, Pass{static_cast<SiteId>(s), name}});
        }
      }
    }
  }
  const auto parameter_of = [&](FunctionId function, NameId argument) {
    const std::vector<facts::Parameter>& parameters = program_.outline_of(function).parameters;
    const std::string& name = str(argument);
    if (!name.empty() && name.find_first_not_of("0123456789") == std::string::npos) {
      const bool bound = program_[function].takes_self;
      return static_cast<uint32_t>(std::stoul(name)) + (bound ? 1 : 0);  // self is given by the call itself
    }
    for (uint32_t p = 0; p < parameters.size(); ++p) {
      if (name_in(function, parameters[p].name) == argument) return p;
    }
    return UINT32_MAX;
  };
  // A closure that runs in place of the function it was made for is handed on for it.
  std::unordered_map<uint32_t, std::vector<FunctionId>> wrapped;
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const auto it = wrappers_.find(static_cast<uint32_t>(f));
    if (it == wrappers_.end()) continue;
    for (const Wrapper& wrapper : it->second) {
      if (wrapper.calls_function) wrapped[index(wrapper.closure)].push_back(static_cast<FunctionId>(f));
    }
  }
  std::vector<std::tuple<FunctionId, SiteId, NameId>> seen;
  for (const Handed& handed : handed_) seen.emplace_back(handed.function, handed.site, handed.argument);
  std::sort(seen.begin(), seen.end());
  size_t begin = 0;
  for (int hand = 0; hand < kMostHands && begin < handed_.size(); ++hand) {
    std::vector<Handed> more;
    for (size_t h = begin; h < handed_.size(); ++h) {
      const Handed handed = handed_[h];
      if (const auto it = wrapped.find(index(handed.function)); it != wrapped.end()) {
        for (FunctionId function : it->second) more.push_back({function, handed.site, handed.argument});
      }
      for (const Edge& edge : program_.edges_of(program_[handed.site])) {
        if (edge.callee == handed.function || passes[index(edge.callee)].empty()) continue;
        const uint32_t parameter = parameter_of(edge.callee, handed.argument);
        for (const auto& [p, pass] : passes[index(edge.callee)]) {
          if (p == parameter) more.push_back({handed.function, pass.site, pass.argument});
        }
      }
    }
    begin = handed_.size();
    for (const Handed& handed : more) {
      const std::tuple key{handed.function, handed.site, handed.argument};
      const auto at = std::lower_bound(seen.begin(), seen.end(), key);
      if (at != seen.end() && *at == key) continue;
      seen.insert(at, key);
      handed_.push_back(handed);
    }
  }
}

}  // namespace stallint::link
