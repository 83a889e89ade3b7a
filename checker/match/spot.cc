#include "checker/match/spot.h"

#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match {
namespace {

using facts::BlockId;
using facts::BlockKind;
using rule::Subject;

// Where control is when a thing has run (as the first of two), or when it begins (as the second).
struct Point {
  BlockId block = BlockId::kBody;
  uint32_t position = 0;
};

bool is_block(const Thing& thing) {
  return thing.subject == Subject::kLoop || thing.subject == Subject::kRegion || thing.subject == Subject::kHandler;
}

Point end_of_condition(const facts::Body& body, const Thing& test) {
  const facts::Block& arm = body.blocks[index(test.block)];
  const uint32_t position = arm.subject == facts::ExprId::kNone ? arm.at.begin : body.tree[arm.subject].at.end;
  return {arm.parent == BlockId::kNone ? BlockId::kBody : arm.parent, position};
}

Point when_done(const link::Program& program, const facts::Body& body, const Thing& thing) {
  if (thing.subject == Subject::kTest) return end_of_condition(body, thing);
  const Spot spot = spot_of(program, thing);
  return {is_block(thing) ? thing.block : spot.block, spot.at.end};
}

Point when_begun(const link::Program& program, const facts::Body& body, const Thing& thing) {
  if (thing.subject == Subject::kTest) return end_of_condition(body, thing);
  const Spot spot = spot_of(program, thing);
  if (is_block(thing)) return {thing.block, spot.at.begin};
  return {spot.block, spot.at.end};
}

bool leaves_function(const facts::Body& body, BlockId block) {
  return std::any_of(body.exits.begin(), body.exits.end(), [&](const facts::Exit& exit) {
    const bool final = exit.kind == facts::ExitKind::kReturn || exit.kind == facts::ExitKind::kRaise;
    return final && inside(body, exit.block, block);
  });
}

// `raise` and `return` under a `try` still run its handlers and its `finally`, and what follows them.
bool caught_before(const facts::Body& body, BlockId from, BlockId to) {
  for (BlockId block = from; block != BlockId::kNone; block = body.blocks[index(block)].parent) {
    const facts::Block& around = body.blocks[index(block)];
    if (around.kind != BlockKind::kTry || inside(body, to, block)) continue;
    const bool lands = std::any_of(body.blocks.begin(), body.blocks.end(), [&](const facts::Block& other) {
      const bool catches = other.kind == BlockKind::kHandler || other.kind == BlockKind::kFinally;
      return catches && other.group == around.group && other.parent == around.parent;
    });
    if (lands) return true;
  }
  return false;
}

// Control that has run in `from` goes away before it comes to `to`: one of the blocks it would have to leave by its end
// never runs out of its end.
bool goes_away(const facts::Body& body, BlockId from, BlockId to) {
  for (BlockId block = from; block != BlockId::kNone; block = body.blocks[index(block)].parent) {
    if (inside(body, to, block)) return false;
    const facts::Block& left = body.blocks[index(block)];
    if (!left.exits) continue;
    if (leaves_function(body, block)) return !caught_before(body, from, to);
    const BlockId loop = around(body, block, BlockKind::kLoop);  // break or continue
    if (loop != BlockId::kNone && inside(body, to, loop)) return true;
  }
  return false;
}

// A loop around both, so that each may come after the other.
BlockId common_loop(const facts::Body& body, BlockId a, BlockId b) {
  for (BlockId loop = around(body, a, BlockKind::kLoop); loop != BlockId::kNone;
       loop = around(body, body.blocks[index(loop)].parent, BlockKind::kLoop)) {
    if (inside(body, b, loop)) return loop;
    if (body.blocks[index(loop)].parent == BlockId::kNone) break;
  }
  return BlockId::kNone;
}

bool straight(const facts::Body& body, Point first, Point second) {
  return first.position <= second.position && !exclusive(body, first.block, second.block) &&
         !goes_away(body, first.block, second.block);
}

bool by_loop(const facts::Body& body, Point first, Point second) {
  const BlockId loop = common_loop(body, first.block, second.block);
  if (loop == BlockId::kNone) return false;
  for (BlockId block = first.block; block != loop; block = body.blocks[index(block)].parent) {
    if (body.blocks[index(block)].exits && leaves_function(body, block)) return false;
  }
  return true;
}

bool value_uses(const facts::Tree& tree, facts::ExprId expr, uint32_t name) {
  return any_below(tree, expr,
                   [&](facts::ExprId id) { return tree[id].kind == facts::ExprKind::kName && tree[id].text == name; });
}

// `if x is None: fresh = await f()` and then `x = fresh`: the arm made what is written behind it.
bool made_in_arm(const link::Program& program, const Thing& write_thing, BlockId arm) {
  const link::Write& write = program[static_cast<link::WriteId>(write_thing.id)];
  if (write.value == facts::ExprId::kNone) return false;
  const facts::Body& body = program.body_of(write.in);
  return std::any_of(body.writes.begin(), body.writes.end(), [&](const facts::Write& other) {
    if (!inside(body, other.block, arm)) return false;
    const facts::Expr& target = body.tree[other.target];
    return target.kind == facts::ExprKind::kName && value_uses(body.tree, write.value, target.text);
  });
}

bool follows_test(const link::Program& program, const facts::Body& body, const Thing& test, const Thing& second) {
  if (led_by(program, second, test)) return true;
  const facts::Block& arm = body.blocks[index(test.block)];
  if (arm.exits) return false;
  if (second.subject == Subject::kWrite && !made_in_arm(program, second, test.block)) return false;
  return straight(body, {test.block, arm.at.end}, when_begun(program, body, second));
}

}  // namespace

link::FunctionId running_function(const link::Program& program, link::FunctionId function) {
  while (function != link::FunctionId::kNone && program.outline_of(function).kind == facts::FunctionKind::kClassBody) {
    function = spot_of(program, Thing::of(function)).function;
  }
  return function;
}

link::ClassId class_around(const link::Program& program, link::FunctionId function) {
  for (; function != link::FunctionId::kNone; function = program[function].parent) {
    if (program[function].owner != link::ClassId::kNone) return program[function].owner;
  }
  return link::ClassId::kNone;
}

const facts::Block& block_at(const link::Program& program, link::FunctionId function, BlockId block) {
  return program.body_of(function).blocks[index(block)];
}

std::span<const link::Site> sites_of(const link::Program& program, link::FunctionId function) {
  const link::Range range = program[function].sites;
  return {program.sites.data() + range.first, range.count};
}

link::SiteId site_at(const link::Program& program, link::FunctionId function, size_t n) {
  return static_cast<link::SiteId>(program[function].sites.first + n);
}

std::span<const link::Write> writes_of(const link::Program& program, link::FunctionId function) {
  const link::Range range = program[function].writes;
  return {program.writes.data() + range.first, range.count};
}

link::WriteId write_at(const link::Program& program, link::FunctionId function, size_t n) {
  return static_cast<link::WriteId>(program[function].writes.first + n);
}

bool block_is(const facts::Block& block, Subject subject) {
  switch (subject) {
    case Subject::kTest:
      return (block.kind == BlockKind::kArm && block.subject != facts::ExprId::kNone) ||
             (block.kind == BlockKind::kLoop && block.loop == facts::LoopKind::kWhile);
    case Subject::kLoop:
      return block.kind == BlockKind::kLoop;
    case Subject::kRegion:
      return block.kind == BlockKind::kRegion;
    case Subject::kHandler:
      return block.kind == BlockKind::kHandler;
    default:
      return false;
  }
}

link::SiteId hidden_site(const link::Program& program, link::FunctionId function, facts::ExprId expr) {
  const auto sites = sites_of(program, function);
  const uint32_t end = program.body_of(function).tree[expr].at.end;
  auto at = std::lower_bound(sites.begin(), sites.end(), end,
                             [](const link::Site& site, uint32_t position) { return site.at.end < position; });
  for (; at != sites.end() && at->at.end == end; ++at) {
    if (at->expr == expr && at->kind != link::SiteKind::kCall && at->kind != link::SiteKind::kProperty) {
      return site_at(program, function, static_cast<size_t>(at - sites.begin()));
    }
  }
  return link::SiteId::kNone;
}

Spot spot_of(const link::Program& program, const Thing& thing) {
  switch (thing.subject) {
    case Subject::kCall: {
      const link::Site& site = program[static_cast<link::SiteId>(thing.id)];
      return {site.in, site.block, site.at};
    }
    case Subject::kWrite: {
      const link::Write& write = program[static_cast<link::WriteId>(thing.id)];
      return {write.in, write.block, write.at};
    }
    case Subject::kFunction: {
      const auto id = static_cast<link::FunctionId>(thing.id);
      const facts::Function& function = program.outline_of(id);
      if (function.parent == facts::FunctionId::kNone)
        return {link::FunctionId::kNone, BlockId::kBody, function.name_at};
      const uint32_t parent = index(program[program[id].file].first_function) + index(function.parent);
      return {static_cast<link::FunctionId>(parent), function.block, function.name_at};
    }
    case Subject::kClass: {
      const link::Class& cls = program[static_cast<link::ClassId>(thing.id)];
      const link::File& file = program[cls.file];
      const facts::Class& outline = file.facts.classes[index(cls.local)];
      const uint32_t scope = index(file.first_function) + index(outline.scope);
      return {static_cast<link::FunctionId>(scope), outline.block, outline.name_at};
    }
    case Subject::kVariable: {
      const link::Variable& variable = program[static_cast<link::VariableId>(thing.id)];
      return {variable.function, BlockId::kBody, {}};
    }
    case Subject::kClang: {
      const link::Matched& matched = program.matched[thing.id];
      return {matched.in, matched.block, program.found(matched).at};
    }
    default:
      break;
  }
  const auto function = static_cast<link::FunctionId>(thing.id);
  const facts::Block& block = block_at(program, function, thing.block);
  return {function, block.parent == BlockId::kNone ? thing.block : block.parent, block.at};
}

facts::Language language_of(const link::Program& program, const Thing& thing) {
  if (thing.subject == Subject::kFunction) return program.facts_of(static_cast<link::FunctionId>(thing.id)).language;
  if (thing.subject == Subject::kVariable) {
    const link::Variable& variable = program[static_cast<link::VariableId>(thing.id)];
    if (variable.owner != link::ClassId::kNone) return program[program[variable.owner].file].facts.language;
  }
  const link::FunctionId function = spot_of(program, thing).function;
  return function == link::FunctionId::kNone ? facts::Language::kPython : program.facts_of(function).language;
}

bool led_by(const link::Program& program, const Thing& thing, const Thing& test) {
  const Spot spot = spot_of(program, thing);
  if (spot.function != static_cast<link::FunctionId>(test.id)) return false;
  return inside(program.body_of(spot.function), spot.block, test.block);
}

bool may_follow(const link::Program& program, const Thing& first, const Thing& second) {
  const Spot from = spot_of(program, first);
  if (from.function == link::FunctionId::kNone || from.function != spot_of(program, second).function) return false;
  const facts::Body& body = program.body_of(from.function);
  if (first.subject == Subject::kTest && second.subject != Subject::kTest) {
    return follows_test(program, body, first, second);
  }
  const Point a = when_done(program, body, first);
  const Point b = when_begun(program, body, second);
  return straight(body, a, b) || by_loop(body, a, b);
}

bool suspended_between(const link::Program& program, const Thing& first, const Thing& second) {
  const link::FunctionId function = spot_of(program, first).function;
  const facts::Body& body = program.body_of(function);
  Point a = when_done(program, body, first);
  const Point b = when_begun(program, body, second);
  if (first.subject == Subject::kTest) a.block = first.block;
  const BlockId loop = a.position <= b.position ? BlockId::kNone : common_loop(body, a.block, b.block);

  for (const link::Site& site : sites_of(program, function)) {
    if (!site.awaited && site.kind != link::SiteKind::kAwait) continue;
    if (loop != BlockId::kNone) {
      if (inside(body, site.block, loop)) return true;
      continue;
    }
    if (site.at.end <= a.position || site.at.end > b.position) continue;
    if (exclusive(body, site.block, a.block) || exclusive(body, site.block, b.block)) continue;
    if (!goes_away(body, site.block, b.block)) return true;
  }
  return false;
}

}  // namespace stallint::match
