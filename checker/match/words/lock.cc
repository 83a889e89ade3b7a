// `holding`: locks that are held where something happens; `guarded`: what locks are held for.
//
//     with guard: hits[name] += 1                       held by a region
//     guard.acquire(); hits[name] += 1; guard.release() held from acquire to release
//     def add(): hits[name] += 1                        held if every caller of add holds it
//
// Where the front end follows locks through the flow of control, its word counts, and not the source's shape.
//
// `holding: lock` asks whether one may be held, `holding: {not: lock}` whether none is held for sure.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using facts::BlockId;

enum class Certainty : uint8_t { kMay, kMust };

constexpr int kCallers = 3;  // levels of callers that are asked

class Holding {
 public:
  Holding(const link::Program& program, const link::LabelSet& locks, Certainty certainty)
      : program_(program),
        locks_(locks),
        acquire_(program.covered("lock.acquire")),
        release_(program.covered("lock.release")),
        certainty_(certainty) {
    locks_ &= ~(acquire_ | release_);
  }

  bool at(const Spot& spot, int levels) const {
    if (spot.function == link::FunctionId::kNone) return false;
    if (program_.body_of(spot.function).follows_locks) {
      return by_analysis(spot) || by_callers(running_function(program_, spot.function), levels);
    }
    return by_region(spot) || by_acquire(spot) || by_callers(running_function(program_, spot.function), levels);
  }

 private:
  // What the front end's analysis of control flow says of this place.
  bool by_analysis(const Spot& spot) const {
    const std::vector<link::Held>& held = program_.held[index(spot.function)];
    auto at = std::lower_bound(held.begin(), held.end(), spot.at.end,
                               [](const link::Held& one, uint32_t end) { return one.end < end; });
    for (; at != held.end() && at->end == spot.at.end; ++at) {
      if (certainty_ == Certainty::kMust && !at->must) continue;
      if (grade_in({program_.graded.data() + at->labels.first, at->labels.count}, locks_)) return true;
    }
    return false;
  }

  bool by_region(const Spot& spot) const {
    const facts::Body& body = program_.body_of(spot.function);
    for (BlockId block = spot.block; block != BlockId::kNone; block = body.blocks[index(block)].parent) {
      const facts::Block& region = body.blocks[index(block)];
      if (region.kind != facts::BlockKind::kRegion || region.subject == facts::ExprId::kNone) continue;
      if (value_grade(program_, spot.function, region.subject, locks_)) return true;
      const link::SiteId hidden = hidden_site(program_, spot.function, region.subject);
      if (hidden != link::SiteId::kNone && grade_in(program_.labels(program_[hidden]), locks_)) return true;
    }
    return false;
  }

  bool is_lock(link::VariableId variable) const {
    return variable != link::VariableId::kNone && grade_in(program_.labels(program_[variable]), locks_).has_value();
  }

  // In one run of the function `site` runs before `spot`; for sure if its block is around the spot.
  bool runs_before(const facts::Body& body, const link::Site& site, const Spot& spot, Certainty certainty) const {
    if (site.at.end > spot.at.begin || exclusive(body, site.block, spot.block)) return false;
    return certainty == Certainty::kMay || inside(body, spot.block, site.block);
  }

  bool released_between(const facts::Body& body, const link::Site& acquired, const Spot& spot) const {
    // A release that may run ends what must be held; only one that must run ends what may be held.
    const Certainty certainty = certainty_ == Certainty::kMust ? Certainty::kMay : Certainty::kMust;
    for (const link::Site& site : sites_of(program_, spot.function)) {
      if (site.of != acquired.of || site.at.begin < acquired.at.end) continue;
      if (grade_in(program_.labels(site), release_) && runs_before(body, site, spot, certainty)) return true;
    }
    return false;
  }

  bool by_acquire(const Spot& spot) const {
    const facts::Body& body = program_.body_of(spot.function);
    for (const link::Site& site : sites_of(program_, spot.function)) {
      if (!is_lock(site.of) || !grade_in(program_.labels(site), acquire_)) continue;
      if (runs_before(body, site, spot, certainty_) && !released_between(body, site, spot)) return true;
    }
    return false;
  }

  bool by_callers(link::FunctionId function, int levels) const {
    if (levels == 0 || index(function) >= program_.callers.size()) return false;
    const std::vector<link::SiteId>& callers = program_.callers[index(function)];
    if (callers.empty()) return false;
    const auto locks = [&](link::SiteId caller) { return at(spot_of(program_, Thing::of(caller)), levels - 1); };
    const auto held = [&](link::SiteId caller) {
      return locks(caller) || std::any_of(callers.begin(), callers.end(), [&](link::SiteId other) {
               const link::Site &one = program_[caller], &twin = program_[other];
               return other != caller && one.in == twin.in &&
                      exclusive(program_.body_of(one.in), one.block, twin.block) && locks(other);
             });
    };
    // A caller that awaits this while it holds a lock is told so itself.
    if (certainty_ == Certainty::kMay && program_[function].async) return false;
    if (certainty_ == Certainty::kMay) return std::any_of(callers.begin(), callers.end(), held);
    // Who takes the function as a value may call it without the lock.
    return program_[function].handed.count == 0 && std::all_of(callers.begin(), callers.end(), held);
  }

  const link::Program& program_;
  link::LabelSet locks_;
  link::LabelSet acquire_;
  link::LabelSet release_;
  Certainty certainty_;
};

// `guarded`: what is changed here under a lock and there without one was meant to be changed under it. The lock has to
// be a neighbour (of the same class, or another global of the file): that some caller holds some lock proves nothing.
// And it has to be this variable's: most of the functions that take the lock have to do with the variable.
// What happens to be touched while a lock guards something else is not guarded by it.
class Guarded {
 public:
  explicit Guarded(const link::Program& program) : program_(program), locks_(program.covered("lock")) {
    locks_ &= ~(program.covered("lock.acquire") | program.covered("lock.release"));
  }

  // What `except` does with it says nothing: who swaps two buffers under a lock may have one of them for itself. Nor
  // does a function that changes it with the lock and without.
  bool is(const link::Variable& variable, link::FunctionId except) const {
    if (variable.guard != link::VariableId::kNone) return true;
    std::vector<link::FunctionId> locking, careless;
    for (const link::WriteId id : program_.writes_of(variable)) {
      const link::Write& write = program_[id];
      if (write.initial || write.in == except) continue;
      (under_neighbour(write, variable) ? locking : careless).push_back(write.in);
    }
    return std::any_of(locking.begin(), locking.end(), [&](link::FunctionId function) {
      return std::find(careless.begin(), careless.end(), function) == careless.end();
    });
  }

 private:
  bool under_neighbour(const link::Write& write, const link::Variable& variable) const {
    if (index(write.in) >= program_.held.size()) return false;
    const std::vector<link::Held>& held = program_.held[index(write.in)];
    return std::any_of(held.begin(), held.end(), [&](const link::Held& one) {
      if (one.end != write.at.end || !one.must || one.lock == link::VariableId::kNone) return false;
      if (!grade_in({program_.graded.data() + one.labels.first, one.labels.count}, locks_)) return false;
      return neighbours(program_[one.lock], variable) && is_for(one.lock, write.variable);
    });
  }

  bool is_for(link::VariableId lock, link::VariableId variable) const {
    size_t takers = 0, users = 0;
    for (size_t f = 0; f < program_.held.size(); ++f) {
      const std::vector<link::Held>& held = program_.held[f];
      if (std::none_of(held.begin(), held.end(), [&](const link::Held& one) { return one.lock == lock; })) continue;
      ++takers;
      if (uses(static_cast<link::FunctionId>(f), variable)) ++users;
    }
    return users * 2 > takers;
  }

  bool uses(link::FunctionId function, link::VariableId variable) const {
    const facts::Tree& tree = program_.body_of(function).tree;
    for (uint32_t e = 0; e < tree.exprs.size(); ++e) {
      if (program_.variable_of(function, static_cast<facts::ExprId>(e)) == variable) return true;
    }
    return false;
  }

  bool neighbours(const link::Variable& lock, const link::Variable& variable) const {
    if (lock.owner != link::ClassId::kNone || variable.owner != link::ClassId::kNone) {
      return lock.owner == variable.owner;
    }
    return lock.function != link::FunctionId::kNone && variable.function != link::FunctionId::kNone &&
           program_[lock.function].file == program_[variable.function].file;
  }

  const link::Program& program_;
  link::LabelSet locks_;
};

// `if threaded: with lock: self.rows.append(row)`, `else: self.rows.append(row)`: who has thought of both takes the
// lock where there is somebody to wait for.
bool held_by_twin(Query& query, const Holding& holding) {
  if (query.thing.subject != rule::Subject::kWrite) return false;
  const link::Program& program = query.program;
  const link::Write& write = program[static_cast<link::WriteId>(query.thing.id)];
  if (write.variable == link::VariableId::kNone) return false;
  const auto writes = program.writes_of(program[write.variable]);
  return std::any_of(writes.begin(), writes.end(), [&](link::WriteId id) {
    const link::Write& twin = program[id];
    return twin.in == write.in && exclusive(program.body_of(write.in), write.block, twin.block) &&
           holding.at(spot_of(program, Thing::of(id)), 0);
  });
}

}  // namespace

bool guarded(Query& query) {
  link::VariableId variable = link::VariableId::kNone;
  link::FunctionId except = link::FunctionId::kNone;
  if (query.thing.subject == rule::Subject::kVariable) {
    variable = static_cast<link::VariableId>(query.thing.id);
  } else if (query.thing.subject == rule::Subject::kWrite) {
    const link::Write& write = query.program[static_cast<link::WriteId>(query.thing.id)];
    variable = write.variable;
    except = write.in;
  }
  if (variable == link::VariableId::kNone) return false;
  const bool found = Guarded(query.program).is(query.program[variable], except);
  return found == query.predicate.flag.value_or(true);
}

bool holding(Query& query) {
  const link::LabelSet locks = query.evaluator.labels(query.predicate);
  const Certainty certainty = query.predicate.negated ? Certainty::kMust : Certainty::kMay;
  const Holding holding(query.program, locks, certainty);
  const bool held = holding.at(spot_of(query.program, query.thing), kCallers) ||
                    (query.predicate.negated && held_by_twin(query, holding));
  return held != query.predicate.negated;
}

}  // namespace stallint::match::words
