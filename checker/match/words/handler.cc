// `catches`, `guards`, `reraises` and `leaves`: what an `except` takes, and what becomes of it.
//
//     try:
//         await task                             # guarded by both handlers, unless the first takes the exception
//     except asyncio.CancelledError:
//         raise                                  # raised again
//     except BaseException as error:
//         return                                 # the function is left, the exception is gone
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using facts::Block;
using facts::BlockId;
using facts::BlockKind;
using facts::Exit;
using facts::ExitKind;
using facts::ExprId;
using facts::ExprKind;
using rule::Subject;

constexpr Subject kBlocks[] = {Subject::kTest, Subject::kLoop, Subject::kRegion, Subject::kHandler};

link::FunctionId function_of(const Query& query) { return static_cast<link::FunctionId>(query.thing.id); }

// --- What it takes ---------------------------------------------------------------------------------------------------

// What a name stands for that a file writes once: `ERRORS = (OSError, asyncio.CancelledError)`.
Value behind(const link::Program& program, Value value) {
  const link::VariableId id = program.variable_of(value.function, value.expr);
  if (id == link::VariableId::kNone) return {};
  const auto writes = program.writes_of(program[id]);
  if (writes.size() != 1) return {};
  const link::Write& write = program[writes[0]];
  return {write.in, write.value};
}

// The best grade of a label in the set among the exceptions that an expression names.
std::optional<Confidence> grade_of_types(const Query& query, Value types, const link::LabelSet& set) {
  constexpr int kMostNames = 64;  // a name may stand for itself
  const link::Program& program = query.program;
  std::optional<Confidence> best;
  std::vector<Value> work{types};
  for (int looked = 0; !work.empty() && looked < kMostNames; ++looked) {
    const Value value = work.back();
    work.pop_back();
    const facts::Expr& expr = expr_of(program, value);
    if (expr.kind == ExprKind::kTuple || expr.kind == ExprKind::kList || expr.kind == ExprKind::kStar ||
        expr.kind == ExprKind::kBinary) {
      for (uint32_t n = expr.child_count; n-- > 0;) work.push_back(child_of(program, value, n));
      continue;
    }
    std::optional<Confidence> grade = value_grade(program, value.function, value.expr, set);
    const std::string& name = program.text(program.library_name_of(value.function, value.expr));
    const auto named = grade_in(query.evaluator.labels_of_name(rule::Labelled::Kind::kProperty, name), set);
    if (named && (!grade || *grade < *named)) grade = named;
    if (grade && (!best || *best < *grade)) best = grade;
    if (const Value other = behind(program, value); !grade && other) work.push_back(other);
  }
  return best;
}

std::optional<Confidence> grade_of_handler(const Query& query, BlockId handler, const link::LabelSet& set) {
  const Block& block = block_at(query.program, function_of(query), handler);
  if (block.subject == ExprId::kNone) return Confidence::kExact;  // a bare `except`
  return grade_of_types(query, {function_of(query), block.subject}, set);
}

// --- What it raises --------------------------------------------------------------------------------------------------

bool names(const facts::Tree& tree, ExprId expr, const std::vector<uint32_t>& wanted) {
  return any_below(tree, expr, [&](ExprId id) {
    const bool named = tree[id].kind == ExprKind::kName || tree[id].kind == ExprKind::kAttribute;
    return named && std::find(wanted.begin(), wanted.end(), tree[id].text) != wanted.end();
  });
}

// Whether the raised expression is the exception itself, perhaps by way of `error.with_traceback(...)`.
bool is_one_of(const facts::Tree& tree, ExprId raised, const std::vector<uint32_t>& wanted) {
  while (tree[raised].kind == ExprKind::kCall) {
    const ExprId callee = tree.child(raised, 0);
    if (tree[callee].kind != ExprKind::kAttribute) return false;
    raised = tree.child(callee, 0);
  }
  return names(tree, raised, wanted);
}

// `except BaseException as error: self.error = error`, and later `raise self.error`.
std::vector<uint32_t> names_of_caught(const facts::Body& body, BlockId handler) {
  const ExprId target = body.blocks[index(handler)].target;
  if (target == ExprId::kNone) return {};
  const std::vector<uint32_t> caught{body.tree[target].text};
  std::vector<uint32_t> all = caught;
  for (const facts::Write& write : body.writes) {
    if (write.op != facts::WriteOp::kAssign || write.value == ExprId::kNone) continue;
    if (!inside(body, write.block, handler) || !names(body.tree, write.value, caught)) continue;
    const facts::Expr& to = body.tree[write.target];
    if (to.kind == ExprKind::kName || to.kind == ExprKind::kAttribute) all.push_back(to.text);
  }
  return all;
}

// Raised, or given to the caller, who may: `return error`.
bool raises_again(const facts::Body& body, BlockId handler) {
  const std::vector<uint32_t> caught = names_of_caught(body, handler);
  return std::any_of(body.exits.begin(), body.exits.end(), [&](const Exit& exit) {
    if (exit.kind == ExitKind::kReturn && exit.value != ExprId::kNone) {
      const facts::Expr& value = body.tree[exit.value];
      return value.kind == ExprKind::kName && std::find(caught.begin(), caught.end(), value.text) != caught.end();
    }
    if (exit.kind != ExitKind::kRaise) return false;
    // A `raise` alone speaks of the innermost handler around it.
    if (exit.value == ExprId::kNone) return around(body, exit.block, BlockKind::kHandler) == handler;
    return exit.at.begin >= body.blocks[index(handler)].at.begin && is_one_of(body.tree, exit.value, caught);
  });
}

// --- What it guards --------------------------------------------------------------------------------------------------

BlockId try_of(const facts::Body& body, BlockId handler) {
  const Block& own = body.blocks[index(handler)];
  for (uint32_t n = 0; n < body.blocks.size(); ++n) {
    const Block& block = body.blocks[n];
    if (block.kind == BlockKind::kTry && block.group == own.group && block.parent == own.parent) {
      return static_cast<BlockId>(n);
    }
  }
  return BlockId::kNone;
}

// The labels of exceptions that the pattern speaks of; all of them if it does not say.
std::optional<link::LabelSet> labels_in_question(const Query& query) {
  for (const rule::Predicate& predicate : query.pattern.predicates) {
    if (predicate.word == rule::Word::kCatches) return query.evaluator.labels(predicate);
  }
  return std::nullopt;
}

// The first handler of a try that takes the exception, or kNone.
BlockId first_to_take(const Query& query, BlockId tried, const link::LabelSet& set) {
  const facts::Body& body = query.program.body_of(function_of(query));
  const Block& own = body.blocks[index(tried)];
  for (uint32_t n = index(tried) + 1; n < body.blocks.size(); ++n) {
    const Block& block = body.blocks[n];
    if (block.kind != BlockKind::kHandler || block.group != own.group || block.parent != own.parent) continue;
    if (grade_of_handler(query, static_cast<BlockId>(n), set)) return static_cast<BlockId>(n);
  }
  return BlockId::kNone;
}

// A try within the try keeps the exception for itself.
bool taken_within(const Query& query, BlockId from, BlockId tried, const link::LabelSet& set) {
  const facts::Body& body = query.program.body_of(function_of(query));
  for (BlockId block = from; block != tried && block != BlockId::kNone; block = body.blocks[index(block)].parent) {
    if (body.blocks[index(block)].kind != BlockKind::kTry) continue;
    const BlockId taker = first_to_take(query, block, set);
    if (taker != BlockId::kNone && !raises_again(body, taker)) return true;
  }
  return false;
}

class Guarded {
 public:
  Guarded(Query& query, BlockId tried, std::optional<link::LabelSet> set)
      : query_(query), body_(query.program.body_of(function_of(query))), tried_(tried), set_(set), search_(query) {}

  bool find() {
    const link::Program& program = query_.program;
    const link::FunctionId function = function_of(query_);
    const auto sites = sites_of(program, function);
    for (size_t n = 0; n < sites.size(); ++n) offer(sites[n].block, Thing::of(site_at(program, function, n)));
    const auto writes = writes_of(program, function);
    for (size_t n = 0; n < writes.size(); ++n) offer(writes[n].block, Thing::of(write_at(program, function, n)));
    for (uint32_t n = index(tried_) + 1; n < body_.blocks.size(); ++n) {
      const auto block = static_cast<BlockId>(n);
      for (const Subject subject : kBlocks) {
        if (block_is(body_.blocks[n], subject)) offer(body_.blocks[n].parent, Thing::of(subject, function, block));
      }
    }
    return search_.finish_with_call();
  }

 private:
  void offer(BlockId block, const Thing& thing) {
    if (!inside(body_, block, tried_)) return;
    if (set_ && taken_within(query_, block, tried_, *set_)) return;
    search_.offer(thing);
  }

  Query& query_;
  const facts::Body& body_;
  BlockId tried_;
  std::optional<link::LabelSet> set_;
  Search search_;
};

// --- What it leaves --------------------------------------------------------------------------------------------------

// Some `continue` behind `begin` in the block speaks of that loop, so control stays in it.
bool goes_on(const facts::Body& body, BlockId block, BlockId loop, uint32_t begin) {
  return std::any_of(body.exits.begin(), body.exits.end(), [&](const Exit& exit) {
    return exit.kind == ExitKind::kContinue && exit.at.begin >= begin && inside(body, exit.block, block) &&
           around(body, exit.block, BlockKind::kLoop) == loop;
  });
}

// Whether something runs in the block behind `end`. What a `finally` does runs in any case and does not count; nor does
// a `return` of what is known by then.
bool something_behind(const facts::Body& body, BlockId block, BlockId left, uint32_t end) {
  const auto counts = [&](BlockId at, facts::Span span) {
    if (span.begin < end || !inside(body, at, block) || exclusive(body, at, left)) return false;
    for (BlockId up = at; up != block; up = body.blocks[index(up)].parent) {
      if (body.blocks[index(up)].kind == BlockKind::kFinally) return false;
    }
    return true;
  };
  const auto event = [&](const auto& one) { return counts(one.block, one.at); };
  return std::any_of(body.calls.begin(), body.calls.end(), event) ||
         std::any_of(body.writes.begin(), body.writes.end(), event) ||
         std::any_of(body.exits.begin(), body.exits.end(), [&](const Exit& exit) {
           const bool yields = exit.kind == ExitKind::kYield || exit.kind == ExitKind::kYieldFrom;
           return yields && counts(exit.block, exit.at);
         });
}

// Up from the block to the loop around it: somewhere behind `end` control must turn away before it comes to the loop's
// end.
bool is_left_behind(const facts::Body& body, BlockId block, uint32_t end) {
  const BlockId loop = around(body, block, BlockKind::kLoop);
  if (loop == BlockId::kNone) return !something_behind(body, BlockId::kBody, block, end);
  for (BlockId at = block; at != loop; at = body.blocks[index(at)].parent) {
    if (body.blocks[index(at)].exits) return !goes_on(body, at, loop, end);
  }
  return body.blocks[index(loop)].exits && !goes_on(body, loop, loop, end);
}

bool is_left(const facts::Body& body, BlockId block) {
  const BlockId parent = body.blocks[index(block)].parent;
  if (parent == BlockId::kNone) return true;
  const BlockId loop = around(body, parent, BlockKind::kLoop);
  const uint32_t end = body.blocks[index(block)].at.end;
  if (body.blocks[index(block)].exits) return loop == BlockId::kNone || !goes_on(body, block, loop, 0);
  if (loop == BlockId::kNone) return !something_behind(body, BlockId::kBody, block, end);
  return is_left_behind(body, parent, end);
}

}  // namespace

bool catches(Query& query) {
  if (query.thing.subject != Subject::kHandler) return false;
  const std::optional<Confidence> grade =
      grade_of_handler(query, query.thing.block, query.evaluator.labels(query.predicate));
  if (!grade) return false;
  weaken(query.match, *grade);
  return true;
}

bool guards(Query& query) {
  if (query.thing.subject != Subject::kHandler) return false;
  const facts::Body& body = query.program.body_of(function_of(query));
  const BlockId tried = try_of(body, query.thing.block);
  if (tried == BlockId::kNone) return false;
  const std::optional<link::LabelSet> set = labels_in_question(query);
  if (set && first_to_take(query, tried, *set) != query.thing.block) return false;
  return Guarded(query, tried, set).find();
}

bool reraises(Query& query) {
  if (query.thing.subject != Subject::kHandler) return false;
  const bool again = raises_again(query.program.body_of(function_of(query)), query.thing.block);
  return again == query.predicate.flag.value_or(true);
}

bool leaves(Query& query) {
  if (query.thing.subject == Subject::kCall) {
    const Spot spot = spot_of(query.program, query.thing);
    const bool left = is_left_behind(query.program.body_of(spot.function), spot.block, spot.at.end);
    return left == query.predicate.flag.value_or(true);
  }
  const facts::Body& body = query.program.body_of(function_of(query));
  const Block& block = body.blocks[index(query.thing.block)];
  if (block.kind != BlockKind::kHandler && block.kind != BlockKind::kArm) return false;
  return is_left(body, query.thing.block) == query.predicate.flag.value_or(true);
}

}  // namespace stallint::match::words
