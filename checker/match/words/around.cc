// `in`, `has`, `within` and `beside`: what is around a thing, what is inside it, and what stands next to it.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using facts::BlockId;
using rule::Subject;

constexpr Subject kBlocks[] = {Subject::kTest, Subject::kLoop, Subject::kRegion, Subject::kHandler};

bool asks_for(const Query& query, Subject subject) { return query.evaluator.asks_for(query.predicate, subject); }

// What a `for` steps through is around the loop and not in it: the step is the round, it does not happen in one.
Spot spot_around(const link::Program& program, const Thing& thing) {
  Spot spot = spot_of(program, thing);
  if (thing.subject != Subject::kCall) return spot;
  const link::Site& site = program[static_cast<link::SiteId>(thing.id)];
  if (site.kind != link::SiteKind::kIterate && site.kind != link::SiteKind::kAwait) return spot;
  const facts::Block& block = block_at(program, spot.function, spot.block);
  const bool stepped = block.kind == facts::BlockKind::kLoop && block.loop != facts::LoopKind::kWhile;
  if (stepped && block.subject == site.expr) spot.block = block.parent;
  return spot;
}

// Blocks around a spot, innermost first. A class body runs where it stands, so its surroundings count too.
void offer_blocks_around(Search& search, const link::Program& program, Spot spot) {
  while (spot.function != link::FunctionId::kNone) {
    const facts::Body& body = program.body_of(spot.function);
    for (BlockId block = spot.block; block != BlockId::kNone; block = body.blocks[index(block)].parent) {
      for (const Subject subject : kBlocks) {
        if (block_is(body.blocks[index(block)], subject)) search.offer(Thing::of(subject, spot.function, block));
      }
    }
    if (program.outline_of(spot.function).kind != facts::FunctionKind::kClassBody) return;
    spot = spot_of(program, Thing::of(spot.function));
  }
}

link::ClassId class_of(const Query& query, const Spot& spot) {
  if (query.thing.subject == Subject::kFunction) {
    return query.program[static_cast<link::FunctionId>(query.thing.id)].owner;
  }
  if (query.thing.subject == Subject::kVariable) {
    const link::Variable& variable = query.program[static_cast<link::VariableId>(query.thing.id)];
    if (variable.owner != link::ClassId::kNone) return variable.owner;
  }
  return class_around(query.program, spot.function);
}

// The stretch of code that `has` looks into.
struct Stretch {
  link::FunctionId function = link::FunctionId::kNone;
  BlockId block = BlockId::kBody;
  facts::Span at = {0, UINT32_MAX};  // only what lies in here
};

template <typename Event>
bool lies_in(const facts::Body& body, const Event& event, const Stretch& stretch) {
  return inside(body, event.block, stretch.block) && event.at.begin >= stretch.at.begin &&
         event.at.end <= stretch.at.end;
}

// What stands between the brackets of a call. Nothing, for other sites.
Stretch arguments_of(const link::Program& program, link::SiteId id) {
  const link::Site& site = program[id];
  const facts::Tree& tree = program.body_of(site.in).tree;
  const bool call = site.kind == link::SiteKind::kCall && tree[site.expr].kind == facts::ExprKind::kCall;
  const uint32_t begin = call ? tree[tree.child(site.expr, 0)].at.end : site.at.end;
  return {site.in, BlockId::kBody, {begin, site.at.end}};
}

void offer_sites(Search& search, const link::Program& program, const Stretch& in) {
  const facts::Body& body = program.body_of(in.function);
  const auto sites = sites_of(program, in.function);
  for (size_t n = 0; n < sites.size(); ++n) {
    if (lies_in(body, sites[n], in) && search.offer(Thing::of(site_at(program, in.function, n)))) return;
  }
}

void offer_writes(Search& search, const link::Program& program, const Stretch& in) {
  const facts::Body& body = program.body_of(in.function);
  const auto writes = writes_of(program, in.function);
  for (size_t n = 0; n < writes.size(); ++n) {
    if (lies_in(body, writes[n], in) && search.offer(Thing::of(write_at(program, in.function, n)))) return;
  }
}

void offer_blocks_in(Search& search, const link::Program& program, const Stretch& in) {
  const facts::Body& body = program.body_of(in.function);
  for (uint32_t n = 0; n < body.blocks.size(); ++n) {
    const auto block = static_cast<BlockId>(n);
    const bool within =
        inside(body, block, in.block) && body.blocks[n].at.begin >= in.at.begin && body.blocks[n].at.end <= in.at.end;
    if (block == in.block || !within) continue;
    for (const Subject subject : kBlocks) {
      if (block_is(body.blocks[n], subject)) search.offer(Thing::of(subject, in.function, block));
    }
  }
}

// A class is its body and its methods; a function or a block is itself.
std::vector<Stretch> stretches(const link::Program& program, const Thing& thing) {
  if (thing.subject == Subject::kCall) return {arguments_of(program, static_cast<link::SiteId>(thing.id))};
  if (thing.subject == Subject::kFunction) return {{static_cast<link::FunctionId>(thing.id), BlockId::kBody}};
  if (thing.subject == Subject::kClass) {
    std::vector<Stretch> found;
    const link::File& file = program[program[static_cast<link::ClassId>(thing.id)].file];
    for (uint32_t n = 0; n < file.facts.functions.size(); ++n) {
      const auto function = static_cast<link::FunctionId>(index(file.first_function) + n);
      if (index(program[function].owner) == thing.id) found.push_back({function, BlockId::kBody});
    }
    return found;
  }
  const bool block = std::find(std::begin(kBlocks), std::end(kBlocks), thing.subject) != std::end(kBlocks);
  if (block) return {{static_cast<link::FunctionId>(thing.id), thing.block}};
  return {};
}

bool is_empty(const link::Program& program, const Stretch& in) {
  const facts::Body& body = program.body_of(in.function);
  const auto within = [&](const auto& event) { return lies_in(body, event, in); };
  if (std::any_of(body.calls.begin(), body.calls.end(), within)) return false;
  if (std::any_of(body.writes.begin(), body.writes.end(), within)) return false;
  if (std::any_of(body.exits.begin(), body.exits.end(), within)) return false;
  return std::none_of(body.blocks.begin(), body.blocks.end(), [&](const facts::Block& block) {
    return block.parent == in.block && block.at.begin >= in.at.begin && block.at.end <= in.at.end;
  });
}

}  // namespace

bool in(Query& query) {
  const link::Program& program = query.program;
  const Spot spot = spot_around(program, query.thing);
  Search search(query);
  if (asks_for(query, Subject::kClass)) {
    const link::ClassId cls = class_of(query, spot);
    if (cls != link::ClassId::kNone) search.offer(Thing::of(cls));
  }
  if (spot.function == link::FunctionId::kNone) return search.finish();
  if (asks_for(query, Subject::kFunction)) {
    search.offer(Thing::of(running_function(program, spot.function)));
  }
  if (std::any_of(std::begin(kBlocks), std::end(kBlocks), [&](Subject one) { return asks_for(query, one); })) {
    offer_blocks_around(search, program, spot);
  }
  return search.finish();
}

bool has(Query& query) {
  const link::Program& program = query.program;
  const std::vector<Stretch> all = stretches(program, query.thing);
  if (query.predicate.quantity != rule::Quantity::kUnsaid) {
    const bool empty = std::all_of(all.begin(), all.end(), [&](const Stretch& one) { return is_empty(program, one); });
    return empty == (query.predicate.quantity == rule::Quantity::kNone);
  }
  Search search(query);
  if (query.thing.subject == Subject::kClass && asks_for(query, Subject::kVariable)) {
    const link::Class& own = program[static_cast<link::ClassId>(query.thing.id)];
    for (const link::VariableId id : own.attributes) search.offer(Thing::of(id));
    for (const link::ClassId ancestor : own.ancestors) {
      for (const link::VariableId id : program[ancestor].attributes) search.offer(Thing::of(id));
    }
  }
  for (const Stretch& one : all) {
    if (asks_for(query, Subject::kCall)) offer_sites(search, program, one);
    if (asks_for(query, Subject::kWrite)) offer_writes(search, program, one);
    offer_blocks_in(search, program, one);
  }
  return search.finish_with_call();
}

// The call whose argument it is, at any depth, or whose receiver: `open(path).read()`.
// What one await waits for together: `co_await (read(...) || timer.async_wait(...))`.
bool beside(Query& query) {
  if (query.thing.subject != Subject::kCall) return false;
  const link::Program& program = query.program;
  const Spot one = spot_of(program, query.thing);
  const auto around = [](facts::Span outer, facts::Span inner) {
    return outer.begin <= inner.begin && inner.end <= outer.end && !(outer == inner);
  };
  const auto sites = sites_of(program, one.function);
  Search search(query);
  for (const facts::Expr& await : program.body_of(one.function).tree.exprs) {
    if (await.kind != facts::ExprKind::kAwait || !around(await.at, one.at)) continue;
    for (size_t n = 0; n < sites.size(); ++n) {
      if (sites[n].kind != link::SiteKind::kCall || sites[n].at == one.at || !around(await.at, sites[n].at)) continue;
      if (search.offer_any(Thing::of(site_at(program, one.function, n)))) return search.finish();
    }
  }
  return search.finish();
}

bool made_by(Query& query) {
  if (query.thing.subject != Subject::kCall) return false;
  const link::SiteId maker = query.program[static_cast<link::SiteId>(query.thing.id)].made_by;
  if (maker == link::SiteId::kNone) return false;
  Search search(query);
  search.offer_any(Thing::of(maker));
  return search.finish();
}

bool within(Query& query) {
  if (query.thing.subject != Subject::kCall) return false;
  const Spot inner = spot_of(query.program, query.thing);
  const auto sites = sites_of(query.program, inner.function);
  Search search(query);
  for (size_t n = 0; n < sites.size(); ++n) {
    if (sites[n].kind != link::SiteKind::kCall || sites[n].at == inner.at) continue;
    if (inner.at.begin < sites[n].at.begin || inner.at.end > sites[n].at.end) continue;
    if (search.offer_any(Thing::of(site_at(query.program, inner.function, n)))) break;
  }
  return search.finish();
}

}  // namespace stallint::match::words
