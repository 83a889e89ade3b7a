// `changes` and `kind`: loops, and how a handler stands.
#include "checker/match/evaluator.h"
#include "checker/match/spell.h"
#include "checker/match/spot.h"
#include "checker/match/tested.h"

#include <algorithm>
#include <cctype>

namespace stallint::match::words {
namespace {

using facts::BlockId;
using facts::ExprId;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// `name` stands in `text` as a whole word that is not somebody's attribute: `p` in `p / "a"`, not in `x.p`.
bool mentions(const std::string& text, const std::string& name) {
  for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const bool begins = at == 0 || (!is_word(text[at - 1]) && text[at - 1] != '.');
    const size_t end = at + name.size();
    if (begins && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

void add_targets(const link::Program& program, link::FunctionId function, ExprId target,
                 std::vector<std::string>& out) {
  const facts::Body& body = program.body_of(function);
  const facts::Expr& expr = body.tree[target];
  const bool display = expr.kind == facts::ExprKind::kTuple || expr.kind == facts::ExprKind::kList ||
                       expr.kind == facts::ExprKind::kStar;
  if (!display) return out.push_back(spell(program, function, target, Spelling::kWhole));
  for (uint32_t n = 0; n < expr.child_count; ++n) add_targets(program, function, body.tree.child(expr, n), out);
}

// Everything that the loop gives a value, as spelt.
std::vector<std::string> changed_in(const link::Program& program, link::FunctionId function, BlockId loop) {
  const facts::Body& body = program.body_of(function);
  std::vector<std::string> targets;
  if (body.blocks[index(loop)].target != ExprId::kNone) {
    add_targets(program, function, body.blocks[index(loop)].target, targets);
  }
  for (const facts::Write& write : body.writes) {
    if (inside(body, write.block, loop)) add_targets(program, function, write.target, targets);
  }
  return targets;
}

bool changes_variable(const link::Program& program, link::FunctionId function, BlockId loop,
                      link::VariableId variable) {
  const facts::Body& body = program.body_of(function);
  const auto writes = writes_of(program, function);
  return std::any_of(writes.begin(), writes.end(), [&](const link::Write& write) {
    return write.variable == variable && inside(body, write.block, loop);
  });
}

bool changes_text(const link::Program& program, link::FunctionId function, BlockId loop, const std::string& text) {
  const std::vector<std::string> targets = changed_in(program, function, loop);
  return std::any_of(targets.begin(), targets.end(), [&](const std::string& target) { return mentions(text, target); });
}

// Nothing that a condition tests is changed by the loop itself.
bool tests_what_it_changes(const link::Program& program, BlockId loop, const Thing& condition) {
  const auto function = static_cast<link::FunctionId>(condition.id);
  for (const Tested& tested : tested_by(program, condition)) {
    if (tested.other) continue;
    const Named what = named(program, function, tested.expr);
    if (changes_text(program, function, loop, spell(program, function, tested.expr, Spelling::kWhole))) return true;
    if (what.variable != link::VariableId::kNone && changes_variable(program, function, loop, what.variable)) {
      return true;
    }
  }
  return false;
}

bool is_always_true(const facts::Expr& condition) {
  if (condition.kind != facts::ExprKind::kLiteral) return false;
  const auto literal = static_cast<facts::Literal>(condition.detail);
  return literal == facts::Literal::kTrue || literal == facts::Literal::kInteger;
}

// `if done: break`, `if done: return`: the arms by which a loop is left.
std::vector<BlockId> ways_out(const facts::Body& body, BlockId loop) {
  std::vector<BlockId> found;
  for (const facts::Exit& exit : body.exits) {
    const bool leaves =
        exit.kind == facts::ExitKind::kReturn ||
        (exit.kind == facts::ExitKind::kBreak && around(body, exit.block, facts::BlockKind::kLoop) == loop);
    if (!leaves || !inside(body, exit.block, loop)) continue;
    const BlockId arm = around(body, exit.block, facts::BlockKind::kArm);
    const bool asks = arm != BlockId::kNone && arm != loop && inside(body, arm, loop);
    found.push_back(asks ? arm : BlockId::kNone);
  }
  return found;
}

// A `while` tests its condition; `while True:` tests those of the arms by which it is left.
bool changes_what_it_tests(const link::Program& program, const Thing& loop) {
  const auto function = static_cast<link::FunctionId>(loop.id);
  const facts::Block& block = block_at(program, function, loop.block);
  if (block.loop != facts::LoopKind::kWhile || block.subject == ExprId::kNone) return true;
  const facts::Body& body = program.body_of(function);
  if (!is_always_true(body.tree[block.subject])) return tests_what_it_changes(program, loop.block, loop);
  const std::vector<BlockId> arms = ways_out(body, loop.block);
  return arms.empty() || std::any_of(arms.begin(), arms.end(), [&](BlockId arm) {
           if (arm == BlockId::kNone || body.blocks[index(arm)].subject == ExprId::kNone) return true;
           return tests_what_it_changes(program, loop.block, Thing::of(rule::Subject::kTest, function, arm));
         });
}

// No other handler, no `else` and no `finally` belongs to its try.
bool stands_alone(const Query& query) {
  const facts::Body& body = query.program.body_of(static_cast<link::FunctionId>(query.thing.id));
  const facts::Block& own = body.blocks[index(query.thing.block)];
  return std::none_of(body.blocks.begin(), body.blocks.end(), [&](const facts::Block& other) {
    return &other != &own && other.group == own.group && other.parent == own.parent &&
           other.kind != facts::BlockKind::kTry;
  });
}

}  // namespace

// Written only as `none` and as `{not: $x}`.
bool changes(Query& query) {
  if (query.thing.subject != rule::Subject::kLoop) return false;
  if (query.predicate.variable.empty()) return !changes_what_it_tests(query.program, query.thing);
  const Match::Bound* bound = query.match.bound(query.predicate.variable.substr(1));
  if (bound == nullptr) return false;

  const auto function = static_cast<link::FunctionId>(query.thing.id);
  const BlockId loop = query.thing.block;
  if (bound->identity[0] == 'e') return !changes_text(query.program, function, loop, bound->identity.substr(1));
  const auto variable = static_cast<link::VariableId>(std::stoul(bound->identity.substr(1)));
  return !changes_variable(query.program, function, loop, variable) &&
         !changes_text(query.program, function, loop, bound->shown);
}

bool kind(Query& query) {
  const std::vector<std::string>& names = query.predicate.names;
  if (query.thing.subject == rule::Subject::kHandler) {
    return std::find(names.begin(), names.end(), "alone") != names.end() && stands_alone(query);
  }
  if (query.thing.subject != rule::Subject::kLoop) return false;
  const auto function = static_cast<link::FunctionId>(query.thing.id);
  const facts::LoopKind loop = block_at(query.program, function, query.thing.block).loop;
  const char* name = loop == facts::LoopKind::kFor     ? "for"
                     : loop == facts::LoopKind::kWhile ? "while"
                                                       : "comprehension";
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace stallint::match::words
