// `fed-by`: where the elements of a loop come from.
//
//     async def load_all(urls, kinds):
//         rows = await session.scalars(select(Row))
//         for url in sorted(urls):                     parameter
//         for row in [r for r in rows if r.new]:       answer
//         for peer in self.peers.values():             neither: the process holds so many
//
// Anything that is handed to a helper may be in what it gives back: `split(urls, 100)` is about the urls.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/values.h"

#include <algorithm>

namespace stallint::match::words {
namespace {

using facts::BlockId;
using facts::BlockKind;
using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using link::FunctionId;
using link::VariableId;
using link::VariableKind;

// Names made of names: further than this they are not followed.
constexpr int kDepth = 10;

class Feeding {
 public:
  Feeding(const link::Program& program, bool parameters, bool answers)
      : program_(program),
        parameters_(parameters),
        answers_(answers),
        outside_(program.covered("db.query") | program.covered("external")) {}

  bool loop(FunctionId function, BlockId block) const {
    const ExprId subject = block_at(program_, function, block).subject;
    return subject != ExprId::kNone && value({function, subject}, 0);
  }

 private:
  const Expr& at(Value value) const { return expr_of(program_, value); }

  bool any_child(Value value, uint32_t from, int depth) const {
    for (uint32_t n = from; n < at(value).child_count; ++n) {
      if (this->value(child_of(program_, value, n), depth + 1)) return true;
    }
    return false;
  }

  bool value(Value value, int depth) const {
    if (depth == kDepth || value.expr == ExprId::kNone) return false;
    switch (at(value).kind) {
      case ExprKind::kAwait:
      case ExprKind::kAssigned:
      case ExprKind::kEither:
      case ExprKind::kBinary:
      case ExprKind::kTuple:
      case ExprKind::kList:
      case ExprKind::kSet:
      case ExprKind::kStar:
      case ExprKind::kKeyword:
        return any_child(value, 0, depth);
      case ExprKind::kSubscript:
        return this->value(child_of(program_, value, 0), depth + 1);
      case ExprKind::kComprehension:
        return comprehension(value, depth);
      case ExprKind::kCall:
        return call(value, depth);
      case ExprKind::kName:
        return name(value, depth);
      case ExprKind::kAttribute:
        return attribute(value, depth);
      default:
        return false;
    }
  }

  bool comprehension(Value value, int depth) const {
    const facts::Body& body = program_.body_of(value.function);
    const std::vector<BlockId> loops = loops_of(body, at(value));
    return std::any_of(loops.begin(), loops.end(), [&](BlockId block) {
      return this->value({value.function, body.blocks[index(block)].subject}, depth + 1);
    });
  }

  bool asks(link::SiteId id) const {
    const link::Site& site = program_[id];
    if (grade_in(program_.labels(site), outside_)) return true;
    if (index(site.in) >= program_.reached.size()) return false;
    const std::vector<link::Reached>& ways = program_.reached[index(site.in)];
    return std::any_of(ways.begin(), ways.end(),
                       [&](const link::Reached& way) { return way.site == id && outside_.test(index(way.leaf)); });
  }

  // `result.scalars().all()` is about the result, `split(urls, 100)` about the urls.
  bool call(Value value, int depth) const {
    const link::SiteId site = program_.site_of(value.function, value.expr);
    if (answers_ && site != link::SiteId::kNone && asks(site)) return true;
    const Value callee = child_of(program_, value, 0);
    if (at(callee).kind == ExprKind::kAttribute && this->value(child_of(program_, callee, 0), depth + 1)) return true;
    return any_child(value, 1, depth);
  }

  // `batch.urls` of a parameter; not what an object holds that lives as long as the process, and not the parts of its
  // parts: `app.plugins.all`.
  bool attribute(Value value, int depth) const {
    const Value base = child_of(program_, value, 0);
    const VariableId id = program_.variable_of(value.function, value.expr);
    if (id != VariableId::kNone && program_[id].owner != link::ClassId::kNone &&
        program_[program_[id].owner].lives == link::Class::Lives::kProcess) {
      return false;
    }
    return at(base).kind == ExprKind::kName && name(base, depth + 1);
  }

  bool is_self(const link::Variable& variable) const {
    const std::vector<facts::Parameter>& all = program_.outline_of(variable.function).parameters;
    return program_[variable.function].takes_self && !all.empty() &&
           program_.facts_of(variable.function).text(all[0].name) == program_.text(variable.name);
  }

  bool name(Value value, int depth) const {
    const VariableId id = program_.variable_of(value.function, value.expr);
    if (id == VariableId::kNone) return false;
    const link::Variable& variable = program_[id];
    if (variable.kind == VariableKind::kParameter && parameters_ && !is_self(variable)) return true;
    if (variable.kind != VariableKind::kLocal && variable.kind != VariableKind::kParameter) return false;
    return written(variable, value, depth);
  }

  // `if len(batch) >= 100:` work through it, and `batch = []`.
  bool is_batch(const link::Variable& variable) const {
    const facts::Body& body = program_.body_of(variable.function);
    const facts::FileFacts& file = program_.facts_of(variable.function);
    const std::string& name = program_.text(variable.name);
    const auto is_it = [&](ExprId id) {
      return body.tree[id].kind == ExprKind::kName && file.text(body.tree[id].text) == name;
    };
    const auto counts = [&](ExprId id) {
      const Expr& call = body.tree[id];
      if (call.kind != ExprKind::kCall || call.child_count != 2 || !is_it(body.tree.child(call, 1))) return false;
      const Expr& callee = body.tree[body.tree.child(call, 0)];
      return callee.kind == ExprKind::kName && file.text(callee.text) == "len";
    };
    return std::any_of(body.writes.begin(), body.writes.end(), [&](const facts::Write& write) {
      if (write.op != facts::WriteOp::kAssign || write.value == ExprId::kNone || !is_it(write.target)) return false;
      const Expr& fresh = body.tree[write.value];
      if (fresh.kind != ExprKind::kList || fresh.child_count != 0) return false;
      const BlockId arm = around(body, write.block, BlockKind::kArm);
      if (arm == BlockId::kNone || body.blocks[index(arm)].subject == ExprId::kNone) return false;
      return any_below(body.tree, body.blocks[index(arm)].subject, counts);
    });
  }

  // What a local name is given, and the loops that add to it.
  bool written(const link::Variable& variable, Value use, int depth) const {
    const FunctionId function = variable.function;
    const facts::Body& body = program_.body_of(function);
    const facts::FileFacts& file = program_.facts_of(function);
    if (is_batch(variable)) return false;
    for (const facts::Write& write : body.writes) {
      const Expr& target = body.tree[write.target];
      if (target.kind != ExprKind::kName || file.text(target.text) != program_.text(variable.name)) continue;
      // Another loop, or a comprehension, may use the same name for something else.
      const bool of_loop = write.op == facts::WriteOp::kIterate;
      if (of_loop && !(use.function == function && inside(body, at(use).block, write.block))) continue;
      if (write.value != ExprId::kNone && value({function, write.value}, depth + 1)) return true;
    }
    for (const link::WriteId id : program_.writes_of(variable)) {
      const link::Write& write = program_[id];
      if (write.change == link::Change::kGrow && write.in == function && loops_around(function, write.block, depth)) {
        return true;
      }
    }
    return false;
  }

  bool loops_around(FunctionId function, BlockId block, int depth) const {
    const facts::Body& body = program_.body_of(function);
    for (; block != BlockId::kNone; block = body.blocks[index(block)].parent) {
      const facts::Block& loop = body.blocks[index(block)];
      if (loop.kind != BlockKind::kLoop || loop.loop == facts::LoopKind::kWhile) continue;
      if (value({function, loop.subject}, depth + 1)) return true;
    }
    return false;
  }

  const link::Program& program_;
  bool parameters_, answers_;
  link::LabelSet outside_;
};

}  // namespace

bool fed_by(Query& query) {
  if (query.thing.subject != rule::Subject::kLoop) return false;
  const std::vector<std::string>& names = query.predicate.names;
  const auto wanted = [&](const char* name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  const Feeding feeding(query.program, wanted("parameter"), wanted("answer"));
  return feeding.loop(static_cast<FunctionId>(query.thing.id), query.thing.block);
}

}  // namespace stallint::match::words
