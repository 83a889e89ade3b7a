// `awaited`, `entered`, `result`, `raised`, `callee` and `filtered-by`: what becomes of a call, and what it runs.
#include "checker/match/evaluator.h"
#include "checker/match/spot.h"
#include "checker/match/uses.h"
#include "checker/match/values.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stallint::match::words {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

// In the order of facts::Fate.
constexpr std::array<std::string_view, 6> kFates = {"dropped", "local", "kept", "returned", "passed", "used"};

const link::Site& site_of(const Query& query) { return query.program[static_cast<link::SiteId>(query.thing.id)]; }

bool speaks_of_suffix(std::string_view name) {
  constexpr std::array<std::string_view, 6> kWords = {"suffix", "suffixes", "endswith", "splitext", "fnmatch", "match"};
  return std::find(kWords.begin(), kWords.end(), name) != kWords.end();
}

bool mentions(const facts::Body& body, ExprId id, uint32_t name) {
  return any_below(body.tree, id,
                   [&](ExprId at) { return body.tree[at].kind == ExprKind::kName && body.tree[at].text == name; });
}

// A condition about the suffix of what the loop target names: `p.suffix == ".py"`, `p.name.endswith(".py")`.
bool asks_suffix(const facts::FileFacts& file, const facts::Body& body, ExprId id, uint32_t name) {
  return any_below(body.tree, id, [&](ExprId at) {
    const Expr& expr = body.tree[at];
    if (expr.kind == ExprKind::kAttribute) return speaks_of_suffix(file.text(expr.text)) && mentions(body, at, name);
    if (expr.kind != ExprKind::kCall || expr.child_count < 2) return false;
    const Expr& callee = body.tree[body.tree.child(expr, 0)];
    const bool named = callee.kind == ExprKind::kName || callee.kind == ExprKind::kAttribute;
    return named && speaks_of_suffix(file.text(callee.text)) && mentions(body, at, name);
  });
}

// Whether the iterated expression is the call, wrapped at most in calls like sorted(...), or a local that holds it.
bool iterates(const link::Program& program, const link::Site& site, ExprId iterated) {
  const facts::Body& body = program.body_of(site.in);
  const Expr& expr = body.tree[iterated];
  if (expr.at.begin <= site.at.begin && site.at.end <= expr.at.end) return true;
  if (site.into == link::VariableId::kNone) return false;
  const auto is_it = [&](ExprId id) { return program.variable_of(site.in, id) == site.into; };
  if (is_it(iterated)) return true;
  if (expr.kind != ExprKind::kCall) return false;
  for (uint32_t n = 1; n < expr.child_count; ++n) {
    if (is_it(body.tree.child(expr, n))) return true;
  }
  return false;
}

std::vector<uint32_t> names_in(const facts::Body& body, ExprId target) {
  const Expr& expr = body.tree[target];
  if (expr.kind == ExprKind::kName) return {expr.text};
  std::vector<uint32_t> names;
  for (uint32_t n = 0; n < expr.child_count; ++n) {
    for (const uint32_t name : names_in(body, body.tree.child(expr, n))) names.push_back(name);
  }
  return names;
}

bool filters(const facts::FileFacts& file, const facts::Body& body, facts::BlockId loop) {
  const ExprId target = body.blocks[index(loop)].target;
  if (target == ExprId::kNone) return false;
  const std::vector<uint32_t> names = names_in(body, target);
  return std::any_of(body.blocks.begin(), body.blocks.end(), [&](const facts::Block& block) {
    if (block.kind != facts::BlockKind::kArm || block.subject == ExprId::kNone) return false;
    if (!inside(body, block.parent, loop)) return false;
    return std::any_of(names.begin(), names.end(),
                       [&](uint32_t name) { return asks_suffix(file, body, block.subject, name); });
  });
}

// Whether a raised expression is the call: itself, one side of `a if c else b`, the local that holds it, or any of them
// below `.with_traceback(...)`.
bool raises(const link::Program& program, const link::Site& site, ExprId raised) {
  const facts::Tree& tree = program.body_of(site.in).tree;
  std::vector<ExprId> work{raised};
  while (!work.empty()) {
    const ExprId at = work.back();
    work.pop_back();
    if (at == site.expr) return true;
    const Expr& expr = tree[at];
    if (expr.kind == ExprKind::kName) {
      if (site.into != link::VariableId::kNone && program.variable_of(site.in, at) == site.into) return true;
    } else if (expr.kind == ExprKind::kEither) {
      for (uint32_t n = expr.child_count; n-- > 0;) work.push_back(tree.child(expr, n));
    } else if (expr.kind == ExprKind::kCall) {
      const Expr& callee = tree[tree.child(expr, 0)];
      const bool method = callee.kind == ExprKind::kAttribute;
      if (method && program.facts_of(site.in).text(callee.text) == "with_traceback")
        work.push_back(tree.child(callee, 0));
    }
  }
  return false;
}

// The comprehension whose loop it is, or kNone.
ExprId comprehension_of(const link::Program& program, const Thing& loop) {
  if (loop.subject != rule::Subject::kLoop) return ExprId::kNone;
  const facts::Body& body = program.body_of(static_cast<link::FunctionId>(loop.id));
  for (uint32_t n = 0; n < body.tree.exprs.size(); ++n) {
    const Expr& expr = body.tree.exprs[n];
    if (expr.kind != ExprKind::kComprehension || expr.child_count == 0 || inside(body, expr.block, loop.block))
      continue;
    if (inside(body, body.tree[body.tree.child(expr, 0)].block, loop.block)) return static_cast<ExprId>(n);
  }
  return ExprId::kNone;
}

}  // namespace

bool awaited(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  const link::Site& site = site_of(query);
  return (site.awaited || site.kind == link::SiteKind::kAwait) == query.predicate.flag.value_or(true);
}

bool amortised(Query& query) { return query.thing.amortised == query.predicate.flag.value_or(true); }

bool certain(Query& query) { return query.thing.certain == query.predicate.flag.value_or(true); }

bool entered(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  return is_entered(query.program, site_of(query)) == query.predicate.flag.value_or(true);
}

bool result(Query& query) {
  const link::Program& program = query.program;
  const std::vector<std::string>& names = query.predicate.names;
  const bool call = query.thing.subject == rule::Subject::kCall;
  const auto function = call ? site_of(query).in : static_cast<link::FunctionId>(query.thing.id);
  const ExprId value = call ? site_of(query).expr : comprehension_of(program, query.thing);
  if (value == ExprId::kNone) return false;
  if (std::find(names.begin(), names.end(), "iterated") != names.end() && is_only_iterated(program, function, value)) {
    return true;
  }
  const facts::Fate all = call ? fate_of(program, site_of(query)) : fate_of_value(program, function, value);
  return std::find(names.begin(), names.end(), kFates[static_cast<size_t>(all)]) != names.end();
}

bool raised(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  const link::Site& site = site_of(query);
  if (site.kind != link::SiteKind::kCall) return false;
  const std::vector<facts::Exit>& exits = query.program.body_of(site.in).exits;
  const std::vector<std::string>& wanted = query.predicate.names;
  return std::any_of(exits.begin(), exits.end(), [&](const facts::Exit& exit) {
    if (exit.kind != facts::ExitKind::kRaise || exit.value == ExprId::kNone) return false;
    const std::string_view how = exit.cause == ExprId::kNone ? "alone" : "from";
    return std::find(wanted.begin(), wanted.end(), how) != wanted.end() && raises(query.program, site, exit.value);
  });
}

bool callee(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  Search search(query);
  for (const link::Edge& edge : query.program.edges_of(site_of(query))) {
    if (search.offer_any(Thing::of(edge.callee), edge.confidence)) break;
  }
  return search.finish();
}

bool filtered_by(Query& query) {
  if (query.thing.subject != rule::Subject::kCall) return false;
  const link::Site& site = site_of(query);
  const facts::FileFacts& file = query.program.facts_of(site.in);
  const facts::Body& body = query.program.body_of(site.in);
  for (uint32_t n = 0; n < body.blocks.size(); ++n) {
    const facts::Block& loop = body.blocks[n];
    const bool each = loop.kind == facts::BlockKind::kLoop && loop.loop != facts::LoopKind::kWhile;
    if (!each || loop.subject == ExprId::kNone || !iterates(query.program, site, loop.subject)) continue;
    if (filters(file, body, static_cast<facts::BlockId>(n))) return true;
  }
  return false;
}

}  // namespace stallint::match::words
