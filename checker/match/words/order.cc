// `after` and `before`: control may come from one thing to the other in the same function, perhaps across an await.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"

namespace stallint::match::words {
namespace {

using rule::Subject;

enum class Side : uint8_t { kAfter, kBefore };

// All things of the function that some pattern of the word may mean.
std::vector<Thing> neighbours(const Query& query, link::FunctionId function) {
  std::vector<Thing> things;
  const link::Program& program = query.program;
  const auto asks_for = [&](Subject subject) { return query.evaluator.asks_for(query.predicate, subject); };
  if (asks_for(Subject::kCall)) {
    for (size_t n = 0; n < sites_of(program, function).size(); ++n) {
      things.push_back(Thing::of(site_at(program, function, n)));
    }
  }
  if (asks_for(Subject::kWrite)) {
    for (size_t n = 0; n < writes_of(program, function).size(); ++n) {
      things.push_back(Thing::of(write_at(program, function, n)));
    }
  }
  const facts::Body& body = program.body_of(function);
  for (uint32_t n = 0; n < body.blocks.size(); ++n) {
    const auto block = static_cast<facts::BlockId>(n);
    for (const Subject subject : {Subject::kTest, Subject::kLoop, Subject::kRegion, Subject::kHandler}) {
      if (asks_for(subject) && block_is(body.blocks[n], subject)) {
        things.push_back(Thing::of(subject, function, block));
      }
    }
  }
  return things;
}

bool ordered(Query& query, Side side) {
  const link::FunctionId function = spot_of(query.program, query.thing).function;
  if (function == link::FunctionId::kNone) return false;
  const bool across = query.predicate.flag.value_or(false);

  Search search(query);
  for (const Thing& other : neighbours(query, function)) {
    if (other == query.thing || search.is_hopeless(other)) continue;
    const Thing& first = side == Side::kAfter ? other : query.thing;
    const Thing& second = side == Side::kAfter ? query.thing : other;
    if (!may_follow(query.program, first, second)) continue;
    if (across && !suspended_between(query.program, first, second)) {
      // Tested again after the await: the thing goes by the later test, which is not stale.
      if (side == Side::kBefore || other.subject != Subject::kTest || !led_by(query.program, query.thing, other))
        continue;
      Match fresh = query.match;
      Search again(query.evaluator, query.predicate.patterns, fresh);
      if (again.offer(other) || again.finish()) return false;
      continue;
    }
    search.offer(other);
  }
  return search.finish();
}

}  // namespace

bool after(Query& query) { return ordered(query, Side::kAfter); }
bool before(Query& query) { return ordered(query, Side::kBefore); }

}  // namespace stallint::match::words
