// `carries: none`: loops whose rounds do not need each other.
//
//     for user in users:                 nothing: `answer` is written before it is read, `answers` only grows
//         answer = await ask(user)
//         answers.append(answer)
//
//     for page in pages:                 `token` comes from the round before
//         token = await load(page, token)
//
// Order is source order with branches, as everywhere in this room. What cannot be told counts as carried.
#include "checker/match/evaluator.h"
#include "checker/match/spell.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using facts::Block;
using facts::BlockId;
using facts::BlockKind;
using facts::ExitKind;
using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using facts::WriteOp;
using link::Change;
using link::FunctionId;

class Rounds {
 public:
  Rounds(const link::Program& program, FunctionId function, BlockId loop)
      : program_(program),
        function_(function),
        loop_(loop),
        body_(program.body_of(function)),
        span_(body_.blocks[index(loop)].at) {}

  bool are_independent() const {
    const Block& loop = body_.blocks[index(loop_)];
    if (loop.loop == facts::LoopKind::kWhile || ends_early() || writes_what_others_see()) return false;
    return std::none_of(body_.writes.begin(), body_.writes.end(),
                        [&](const facts::Write& write) { return in_loop(write.block) && hands_on(write); }) &&
           collections_only_grow() && !changes_unseen();
  }

 private:
  bool in_loop(BlockId block) const { return inside(body_, block, loop_); }

  // `break` of this loop, `return` and `yield`: behind a yield nobody has to ask for more.
  bool ends_early() const {
    return std::any_of(body_.exits.begin(), body_.exits.end(), [&](const facts::Exit& exit) {
      if (!in_loop(exit.block) || exit.kind == ExitKind::kRaise || exit.kind == ExitKind::kContinue) return false;
      return exit.kind != ExitKind::kBreak || around(body_, exit.block, BlockKind::kLoop) == loop_;
    });
  }

  // The name at the bottom of `row.cells[0].text`, or none.
  ExprId root(ExprId id) const {
    for (int depth = 0; depth < kDeepest; ++depth) {
      const Expr& expr = body_.tree[id];
      if (expr.kind == ExprKind::kName) return id;
      const bool goes_on = expr.kind == ExprKind::kAttribute || expr.kind == ExprKind::kSubscript ||
                           expr.kind == ExprKind::kCall || expr.kind == ExprKind::kAwait;
      if (!goes_on || expr.child_count == 0) break;
      id = body_.tree.child(expr, 0);
    }
    return ExprId::kNone;
  }

  bool is_name(ExprId id, uint32_t name) const {
    return body_.tree[id].kind == ExprKind::kName && body_.tree[id].text == name;
  }

  bool writes(const facts::Write& write, uint32_t name) const {
    return write.op != WriteOp::kDeclare && write.op != WriteOp::kDelete && write.op != WriteOp::kUpdate &&
           is_name(write.target, name);
  }

  // Whether a block that control runs through has written the name by then.
  bool surely_writes(BlockId block, uint32_t name, facts::Span between, int depth) const {
    if (depth == kDeepest) return false;
    for (const facts::Write& write : body_.writes) {
      if (write.block != block || write.at.begin < between.begin || write.at.end > between.end) continue;
      if (writes(write, name)) return true;
    }
    for (uint32_t n = index(block) + 1; n < body_.blocks.size(); ++n) {
      const Block& child = body_.blocks[n];
      if (child.parent != block || child.at.begin < between.begin || child.at.end > between.end) continue;
      const auto id = static_cast<BlockId>(n);
      const bool always = child.kind == BlockKind::kRegion || child.kind == BlockKind::kFinally;
      if (always && surely_writes(id, name, between, depth + 1)) return true;
      const bool decides = child.kind == BlockKind::kTry || child.kind == BlockKind::kArm;
      if (decides && all_ways_write(child, name, between, depth)) return true;
    }
    return false;
  }

  // Each arm, or the try and each of its handlers, writes it or goes elsewhere.
  bool all_ways_write(const Block& one, uint32_t name, facts::Span between, int depth) const {
    uint32_t ways = 0;
    for (uint32_t n = 0; n < body_.blocks.size(); ++n) {
      const Block& block = body_.blocks[n];
      if (block.group != one.group || block.parent != one.parent) continue;
      if (block.kind == BlockKind::kElse || block.kind == BlockKind::kFinally) continue;
      ++ways;
      if (!block.exits && !surely_writes(static_cast<BlockId>(n), name, between, depth + 1)) return false;
    }
    return one.kind == BlockKind::kTry || ways > 1;
  }

  // Whether a name has been written in this round when control comes to a place.
  bool is_fresh(uint32_t name, BlockId block, uint32_t position) const {
    for (; block != BlockId::kNone; block = body_.blocks[index(block)].parent) {
      if (surely_writes(block, name, {span_.begin, position}, 0) || is_target(block, name)) return true;
      if (block == loop_) return false;
    }
    return false;
  }

  // The target of a loop or comprehension is written at the beginning of each round, wherever it is spelt.
  bool is_target(BlockId block, uint32_t name) const {
    return std::any_of(body_.writes.begin(), body_.writes.end(), [&](const facts::Write& write) {
      const bool header = write.op == WriteOp::kIterate || write.op == WriteOp::kEnter || write.op == WriteOp::kCatch;
      return header && write.block == block && is_name(write.target, name);
    });
  }

  bool is_fresh_root(ExprId expr, const facts::Span& at, BlockId block) const {
    const ExprId name = root(expr);
    return name != ExprId::kNone && is_fresh(body_.tree[name].text, block, at.begin);
  }

  // What the write leaves behind is read by a later round, or after the last one.
  bool hands_on(const facts::Write& write) const {
    const Expr& target = body_.tree[write.target];
    if (write.op == WriteOp::kDeclare || write.comprehension) return false;
    if (target.kind == ExprKind::kSubscript) return false;  // see collections_only_grow
    if (target.kind != ExprKind::kName) return !is_fresh_root(write.target, write.at, write.block);
    if (write.op == WriteOp::kUpdate && !grows(write) && !is_fresh(target.text, write.block, write.at.begin))
      return true;
    if (write.op == WriteOp::kUpdate) return false;
    return is_read_stale(target.text);
  }

  // `found += [x]`
  bool grows(const facts::Write& write) const {
    const auto all = writes_of(program_, function_);
    return std::any_of(all.begin(), all.end(), [&](const link::Write& one) {
      return one.target == write.target && one.change == Change::kGrow;
    });
  }

  bool is_read_stale(uint32_t name) const {
    for (uint32_t n = 0; n < body_.tree.exprs.size(); ++n) {
      const Expr& expr = body_.tree.exprs[n];
      if (expr.kind != ExprKind::kName || expr.text != name || expr.stored) continue;
      if (in_loop(expr.block)) {
        if (!is_fresh(name, expr.block, expr.at.begin)) return true;
      } else if (expr.at.begin >= span_.end && !is_written_since(name, expr)) {
        return true;
      }
    }
    return false;
  }

  // Behind the loop: somebody else wrote it before it is read.
  bool is_written_since(uint32_t name, const Expr& use) const {
    for (BlockId block = use.block; block != BlockId::kNone; block = body_.blocks[index(block)].parent) {
      if (surely_writes(block, name, {span_.end, use.at.begin}, 0)) return true;
      if (!inside(body_, loop_, block) && is_target(block, name)) return true;
    }
    return false;
  }

  bool writes_what_others_see() const {
    return std::any_of(body_.writes.begin(), body_.writes.end(), [&](const facts::Write& write) {
      if (!in_loop(write.block) || body_.tree[write.target].kind != ExprKind::kName) return false;
      const uint32_t name = body_.tree[write.target].text;
      const auto lists = {&body_.globals, &body_.nonlocals};
      return std::any_of(lists.begin(), lists.end(), [&](const std::vector<uint32_t>* names) {
        return std::find(names->begin(), names->end(), name) != names->end();
      });
    });
  }

  // A collection from outside may be added to, as long as the loop does not look into it, or iterate it.
  bool collections_only_grow() const {
    const auto all = writes_of(program_, function_);
    return std::all_of(all.begin(), all.end(), [&](const link::Write& write) {
      if (!in_loop(write.block) || write.handed || write.target == ExprId::kNone) return true;
      const bool stored = write.site != link::SiteId::kNone || write.key != ExprId::kNone;
      if (!stored && write.change != Change::kGrow) return true;
      ExprId base = write.target;
      if (write.site == link::SiteId::kNone && write.key != ExprId::kNone) base = body_.tree.child(base, 0);
      if (is_fresh_root(base, write.at, write.block)) return true;
      return write.change == Change::kGrow && !is_looked_into(base);
    });
  }

  bool is_looked_into(ExprId collection) const {
    const std::string text = spell(program_, function_, collection, Spelling::kWhole);
    const ExprId subject = body_.blocks[index(loop_)].subject;
    for (uint32_t n = 0; n < body_.tree.exprs.size(); ++n) {
      const Expr& expr = body_.tree.exprs[n];
      const auto id = static_cast<ExprId>(n);
      if (expr.kind != body_.tree[collection].kind || expr.text != body_.tree[collection].text) continue;
      const bool iterated = subject != ExprId::kNone && expr.at.begin >= body_.tree[subject].at.begin &&
                            expr.at.end <= body_.tree[subject].at.end;
      if ((!in_loop(expr.block) && !iterated) || is_grown(id)) continue;
      if (spell(program_, function_, id, Spelling::kWhole) == text) return true;
    }
    return false;
  }

  // `seen.add(user)` of we know not what may change it; a test of `seen` in the same loop then sees earlier rounds.
  bool changes_unseen() const {
    const auto sites = sites_of(program_, function_);
    return std::any_of(sites.begin(), sites.end(), [&](const link::Site& site) {
      if (!in_loop(site.block) || !is_statement(site)) return false;
      const ExprId receiver = body_.tree.child(body_.tree.child(site.expr, 0), 0);
      return body_.tree[receiver].kind == ExprKind::kName && !is_fresh_root(receiver, site.at, site.block) &&
             is_looked_into(receiver);
    });
  }

  bool is_statement(const link::Site& site) const {
    if (site.kind != link::SiteKind::kCall || site.fate != facts::Fate::kDropped) return false;
    const Expr& callee = body_.tree[body_.tree.child(site.expr, 0)];
    return callee.kind == ExprKind::kAttribute && site.name == link::NameId::kEmpty && site.edges.count == 0;
  }

  // The expression only says what is added to, or stands before the dot of a statement.
  bool is_grown(ExprId id) const {
    const auto all = writes_of(program_, function_);
    const auto sites = sites_of(program_, function_);
    return std::any_of(all.begin(), all.end(),
                       [&](const link::Write& write) {
                         if (write.change != Change::kGrow || write.target == ExprId::kNone) return false;
                         if (write.target == id) return true;
                         return write.key != ExprId::kNone && write.site == link::SiteId::kNone &&
                                body_.tree.child(write.target, 0) == id;
                       }) ||
           std::any_of(sites.begin(), sites.end(), [&](const link::Site& site) {
             return is_statement(site) && body_.tree.child(body_.tree.child(site.expr, 0), 0) == id;
           });
  }

  const link::Program& program_;
  FunctionId function_;
  BlockId loop_;
  const facts::Body& body_;
  facts::Span span_;
};

}  // namespace

// Written only as `none`.
bool carries(Query& query) {
  if (query.thing.subject != rule::Subject::kLoop) return false;
  return Rounds(query.program, static_cast<FunctionId>(query.thing.id), query.thing.block).are_independent();
}

}  // namespace stallint::match::words
