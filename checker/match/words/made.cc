// `filled-in`: the loops that make, round by round, what a call is given.
//
//     await asyncio.gather(*[load(u) for u in urls])      the comprehension
//
//     tasks = []
//     for url in urls:                                    this loop
//         tasks.append(asyncio.create_task(load(url)))
//     await asyncio.wait(tasks)
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>
#include <vector>

namespace stallint::match::words {
namespace {

using facts::BlockId;
using facts::BlockKind;
using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

// Names made of names: further than this they are not followed.
constexpr int kDepth = 6;

class Filling {
 public:
  Filling(const link::Program& program, const link::Site& call)
      : program_(program),
        function_(call.in),
        body_(program.body_of(call.in)),
        call_(call.block),
        same_(program.covered("gives.same")),
        all_(program.covered("gives.all")) {}

  // The loops, each once, in the order of the source.
  std::vector<BlockId> loops(ExprId call) {
    const Expr& expr = body_.tree[call];
    for (uint32_t n = 1; n < expr.child_count; ++n) add(body_.tree.child(expr, n), 0);
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return found_;
  }

 private:
  void add(ExprId id, int depth) {
    if (depth == kDepth) return;
    const Expr& expr = body_.tree[id];
    switch (expr.kind) {
      case ExprKind::kComprehension:
        return add_comprehension(expr);
      case ExprKind::kName:
        return add_name(id, depth);
      case ExprKind::kCall:
        return add_view(id, depth);
      case ExprKind::kKeyword:
      case ExprKind::kStar:
      case ExprKind::kAwait:
      case ExprKind::kAssigned:
      case ExprKind::kEither:
      case ExprKind::kBinary:
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kSet:
        for (uint32_t n = 0; n < expr.child_count; ++n) add(body_.tree.child(expr, n), depth + 1);
        return;
      default:
        return;
    }
  }

  void add_comprehension(const Expr& expr) {
    for (const BlockId loop : loops_of(body_, expr)) found_.push_back(loop);
  }

  // `set(tasks)`, `tasks.values()`, `itertools.chain(tasks, others)`.
  void add_view(ExprId id, int depth) {
    const link::SiteId site = program_.site_of(function_, id);
    if (site == link::SiteId::kNone) return;
    const auto labels = program_.labels(program_[site]);
    if (!grade_in(labels, same_) && !grade_in(labels, all_)) return;
    const Expr& call = body_.tree[id];
    const Expr& callee = body_.tree[body_.tree.child(call, 0)];
    if (callee.kind == ExprKind::kAttribute) add(body_.tree.child(callee, 0), depth + 1);
    for (uint32_t n = 1; n < call.child_count; ++n) add(body_.tree.child(call, n), depth + 1);
  }

  void add_name(ExprId id, int depth) {
    const link::VariableId variable = program_.variable_of(function_, id);
    if (variable == link::VariableId::kNone || program_[variable].function != function_) return;
    if (program_[variable].kind != link::VariableKind::kLocal) return;
    for (const link::WriteId write_id : program_.writes_of(program_[variable])) {
      const link::Write& write = program_[write_id];
      if (write.in != function_ || write.change == link::Change::kShrink) continue;
      const bool grown = write.change == link::Change::kGrow;
      if (grown) add_loops_around(write.block);
      if (write.value != ExprId::kNone && write.key == ExprId::kNone) add(write.value, depth + 1);
      if (!grown || write.site == link::SiteId::kNone) continue;
      const Expr& call = body_.tree[program_[write.site].expr];  // `tasks.extend(load(u) for u in urls)`
      for (uint32_t n = 1; n < call.child_count; ++n) add(body_.tree.child(call, n), depth + 1);
    }
  }

  // A loop around the call as well does not make the collection for it.
  void add_loops_around(BlockId block) {
    for (; block != BlockId::kNone; block = body_.blocks[index(block)].parent) {
      if (inside(body_, call_, block)) return;
      if (body_.blocks[index(block)].kind == BlockKind::kLoop) found_.push_back(block);
    }
  }

  const link::Program& program_;
  link::FunctionId function_;
  const facts::Body& body_;
  BlockId call_;
  link::LabelSet same_, all_;
  std::vector<BlockId> found_;
};

}  // namespace

bool filled_in(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  const link::Site& site = query.program[static_cast<link::SiteId>(query.thing.id)];
  const bool call = site.kind == link::SiteKind::kCall && site.expr != ExprId::kNone &&
                    query.program.body_of(site.in).tree[site.expr].kind == ExprKind::kCall;
  if (!call) return false;
  Search search(query);
  for (const BlockId loop : Filling(query.program, site).loops(site.expr)) {
    search.offer(Thing::of(rule::Subject::kLoop, site.in, loop));
  }
  return search.finish();
}

}  // namespace stallint::match::words
