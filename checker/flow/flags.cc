#include "checker/flow/flags.h"

#include <algorithm>
#include <optional>

namespace stallint::flow {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using link::FunctionId;

struct Said {
  uint32_t name;  // StringId of the parameter
  bool about_none;
  bool value;
};

bool is_literal(const Expr& expr, facts::Literal literal) {
  return expr.kind == ExprKind::kLiteral && static_cast<facts::Literal>(expr.detail) == literal;
}

// What the condition says about names if it holds: `x`, `not x`, `x is None`, `x is not None`, `x is True`; each side
// of `x and y` where it holds, of `x or y` where it does not.
void say(const facts::FileFacts& facts, const facts::Tree& tree, ExprId condition, bool holds, std::vector<Said>& all) {
  std::vector<std::pair<ExprId, bool>> work{{condition, holds}};
  while (!work.empty()) {
    const auto [id, when] = work.back();
    work.pop_back();
    const Expr& expr = tree[id];
    if (expr.kind == ExprKind::kName) all.push_back({expr.text, false, when});
    if (expr.kind == ExprKind::kNot) work.emplace_back(tree.child(expr, 0), !when);
    if (expr.kind == ExprKind::kEither &&
        static_cast<facts::Either>(expr.detail) == (when ? facts::Either::kAnd : facts::Either::kOr)) {
      for (uint32_t n = 0; n < expr.child_count; ++n) work.emplace_back(tree.child(expr, n), when);
    }
    if (expr.kind != ExprKind::kCompare || expr.child_count != 2) continue;
    const Expr& left = tree[tree.child(expr, 0)];
    const Expr& right = tree[tree.child(expr, 1)];
    if (left.kind != ExprKind::kName) continue;
    const std::string& op = facts.text(expr.text);
    const bool same = op == "is" || op == "==";
    if (!same && op != "is not" && op != "!=") continue;
    if (is_literal(right, facts::Literal::kNone)) all.push_back({left.text, true, same == when});
    if (is_literal(right, facts::Literal::kTrue)) all.push_back({left.text, false, same == when});
    if (is_literal(right, facts::Literal::kFalse)) all.push_back({left.text, false, same != when});
  }
}

// Whether the name may have been given another value when control comes to `at`: by a write above, or by one further
// down in a loop around both.
bool changed_before(const facts::Body& body, uint32_t name, facts::Span at, facts::BlockId block) {
  return std::any_of(body.writes.begin(), body.writes.end(), [&](const facts::Write& write) {
    if (write.target == ExprId::kNone) return false;
    const Expr& target = body.tree[write.target];
    if (target.kind != ExprKind::kName || target.text != name) return false;
    if (write.at.begin < at.end) return true;
    for (facts::BlockId loop = facts::around(body, block, facts::BlockKind::kLoop); loop != facts::BlockId::kNone;
         loop = facts::around(body, body.blocks[index(loop)].parent, facts::BlockKind::kLoop)) {
      if (facts::inside(body, write.block, loop)) return true;
    }
    return false;
  });
}

// Truth of a literal, if the expression is one.
std::optional<bool> truth(const facts::FileFacts& facts, const Expr& expr) {
  if (expr.kind == ExprKind::kList || expr.kind == ExprKind::kDict || expr.kind == ExprKind::kTuple) {
    if (expr.child_count == 0) return false;
    return true;
  }
  if (expr.kind != ExprKind::kLiteral) return std::nullopt;
  switch (static_cast<facts::Literal>(expr.detail)) {
    case facts::Literal::kNone:
    case facts::Literal::kFalse:
      return false;
    case facts::Literal::kTrue:
    case facts::Literal::kEllipsis:
      return true;
    case facts::Literal::kString:
    case facts::Literal::kBytes:
      return !facts.text(expr.text).empty();
    default: {
      const std::string& text = facts.text(expr.text);
      return text.find_first_not_of("0_.eExXoObBjJ") != std::string::npos;
    }
  }
}

// "send" for `send(...)` and `self.mail.send(...)`.
const std::string& callee_name(const facts::FileFacts& facts, const facts::Tree& tree, const Expr& call) {
  const Expr& callee = tree[tree.child(call, 0)];
  return facts.text(callee.kind == ExprKind::kName || callee.kind == ExprKind::kAttribute ? callee.text : 0);
}

}  // namespace

Flags::Flags(const link::Program& program) : program_(program) {
  tests_.resize(program.functions.size());
  flags_.resize(program.functions.size());
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Body& body = program.body_of(function);
    const facts::Function& outline = program.outline_of(function);
    const facts::FileFacts& facts = program.facts_of(function);
    if (outline.parameters.empty()) continue;
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      const facts::Block& block = body.blocks[b];
      if (block.kind != facts::BlockKind::kArm || block.subject == ExprId::kNone) continue;
      std::vector<Said> all;
      say(facts, body.tree, block.subject, block.when, all);
      for (const Said& said : all) {
        // A parameter that was given another value before says nothing any more.
        if (changed_before(body, said.name, body.tree[block.subject].at, block.parent)) continue;
        for (uint32_t p = 0; p < outline.parameters.size(); ++p) {
          if (outline.parameters[p].name != said.name) continue;
          const uint16_t fact = static_cast<uint16_t>(p * 2 + (said.about_none ? 1 : 0));
          tests_[f].push_back({static_cast<facts::BlockId>(b), fact, said.value});
          flags_[f].push_back(fact);
        }
      }
    }
    std::sort(flags_[f].begin(), flags_[f].end());
    flags_[f].erase(std::unique(flags_[f].begin(), flags_[f].end()), flags_[f].end());
  }
  spread();
}

// A parameter that is only passed on to a flag is a flag too.
void Flags::spread() {
  for (bool changed = true; changed;) {
    changed = false;
    for (const link::Site& site : program_.sites) {
      if (site.kind != link::SiteKind::kCall || site.edges.count == 0) continue;
      const facts::Function& caller = program_.outline_of(site.in);
      if (caller.parameters.empty()) continue;
      const facts::Body& body = program_.body_of(site.in);
      for (const link::Edge& edge : program_.edges_of(site)) {
        // A copy: a function that calls itself gets new flags while its own are looked at.
        const std::vector<uint16_t> wanted = flags_[index(edge.callee)];
        for (const uint16_t fact : wanted) {
          const ExprId given = argument_for(site, edge.callee, fact / 2);
          if (given == ExprId::kNone || body.tree[given].kind != ExprKind::kName) continue;
          if (changed_before(body, body.tree[given].text, body.tree[given].at, site.block)) continue;
          for (uint32_t p = 0; p < caller.parameters.size(); ++p) {
            if (caller.parameters[p].name != body.tree[given].text) continue;
            const uint16_t own = static_cast<uint16_t>(p * 2 + fact % 2);
            std::vector<uint16_t>& flags = flags_[index(site.in)];
            const auto at = std::lower_bound(flags.begin(), flags.end(), own);
            if (at != flags.end() && *at == own) continue;
            flags.insert(at, own);
            changed = true;
          }
        }
      }
    }
  }
}

// What a call says for a parameter of its callee, or kNone.
ExprId Flags::argument_for(const link::Site& site, FunctionId callee, uint32_t parameter) const {
  const facts::Body& body = program_.body_of(site.in);
  const facts::FileFacts& facts = program_.facts_of(site.in);
  const facts::Function& outline = program_.outline_of(callee);
  const Expr& call = body.tree[site.expr];
  if (call.kind != ExprKind::kCall) return ExprId::kNone;
  const link::Function& info = program_[callee];
  const bool bound = info.takes_self && outline.kind == facts::FunctionKind::kFunction;
  const facts::Parameter& formal = outline.parameters[parameter];
  const std::string& name = program_.facts_of(callee).text(formal.name);
  uint32_t position = bound ? 1 : 0;
  for (uint32_t i = 1; i < call.child_count; ++i) {
    const ExprId argument = body.tree.child(call, i);
    const Expr& expr = body.tree[argument];
    if (expr.kind == ExprKind::kKeyword) {
      if (facts.text(expr.text) == name) return body.tree.child(expr, 0);
    } else if (expr.kind != ExprKind::kStar && expr.kind != ExprKind::kDoubleStar) {
      if (position == parameter && formal.kind != facts::ParameterKind::kKeywordOnly) return argument;
      ++position;
    }
  }
  return ExprId::kNone;
}

bool Flags::live(const link::Node& node, facts::BlockId block) const {
  const facts::Body& body = program_.body_of(node.function);
  for (const Test& test : tests_[index(node.function)]) {
    const auto known =
        std::find_if(node.flags.begin(), node.flags.end(), [&](const auto& flag) { return flag.first == test.fact; });
    if (known != node.flags.end() && known->second != test.value && facts::inside(body, block, test.block))
      return false;
  }
  return true;
}

bool Flags::sure(const link::Node& node, const link::Site& site) const {
  const facts::Body& body = program_.body_of(node.function);
  const auto holds = [&](facts::BlockId arm) {
    const std::vector<Test>& tests = tests_[index(node.function)];
    return std::any_of(tests.begin(), tests.end(), [&](const Test& test) {
      return test.block == arm && std::any_of(node.flags.begin(), node.flags.end(), [&](const auto& flag) {
               return flag.first == test.fact && flag.second == test.value;
             });
    });
  };
  const auto calls_it = [&](facts::BlockId arm) {
    const link::Range range = program_[node.function].sites;
    for (uint32_t s = range.first; s < range.first + range.count; ++s) {
      const link::Site& other = program_.sites[s];
      if (other.method == site.method && other.kind == site.kind && facts::inside(body, other.block, arm)) return true;
    }
    return false;
  };
  for (facts::BlockId block = site.block; block != facts::BlockId::kNone; block = body.blocks[index(block)].parent) {
    const facts::Block& arm = body.blocks[index(block)];
    if (arm.kind == facts::BlockKind::kHandler) return false;
    if (arm.kind != facts::BlockKind::kArm || holds(block)) continue;
    // The arms above it all leave, and it is the rest of the function; or another one calls the same.
    bool above = false, leave = true, same = false;
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      const facts::Block& other = body.blocks[b];
      if (other.kind != facts::BlockKind::kArm || other.group != arm.group || other.arm == arm.arm) continue;
      same = same || calls_it(static_cast<facts::BlockId>(b));
      if (other.arm > arm.arm) continue;
      above = true;
      leave &= other.exits;
    }
    if (!(above && leave) && !same) return false;
  }
  return true;
}

Flags::Known Flags::known_at(const link::Node& node, const link::Site& site, FunctionId callee) const {
  const std::vector<uint16_t>& wanted = flags_[index(callee)];
  if (wanted.empty()) return {};
  const facts::Body& body = program_.body_of(site.in);
  const facts::FileFacts& facts = program_.facts_of(site.in);
  const facts::FileFacts& callee_facts = program_.facts_of(callee);
  const facts::Function& outline = program_.outline_of(callee);
  const Expr& call = body.tree[site.expr];
  if (call.kind != ExprKind::kCall) return {};
  const link::Function& info = program_[callee];
  bool spread = false;
  for (uint32_t i = 1; i < call.child_count; ++i) {
    const ExprKind kind = body.tree[body.tree.child(call, i)].kind;
    spread |= kind == ExprKind::kStar || kind == ExprKind::kDoubleStar;
  }
  // Handed over to be run by somebody else: with which arguments is not said here.
  const std::string& method = callee_name(facts, body.tree, call);
  if (method != program_.text(info.name) && !(program_.text(info.name).starts_with("__"))) return {};

  Known known;
  for (const uint16_t fact : wanted) {
    const uint32_t parameter = fact / 2;
    const bool about_none = fact % 2 == 1;
    const facts::Parameter& formal = outline.parameters[parameter];
    const ExprId given = argument_for(site, callee, parameter);
    if (given != ExprId::kNone) {
      const Expr& value = body.tree[given];
      if (const std::optional<bool> holds = truth(facts, value)) {
        known.emplace_back(fact, about_none ? is_literal(value, facts::Literal::kNone) : *holds);
      } else if (value.kind == ExprKind::kName && !changed_before(body, value.text, value.at, site.block)) {
        // The caller's own flag, passed on.
        const facts::Function& caller = program_.outline_of(node.function);
        for (uint32_t p = 0; p < caller.parameters.size(); ++p) {
          if (caller.parameters[p].name != value.text) continue;
          for (const auto& [own, holds_own] : node.flags) {
            if (own == p * 2 + (about_none ? 1 : 0)) known.emplace_back(fact, holds_own);
          }
        }
      }
    } else if (!spread && formal.default_value != ExprId::kNone) {
      const Expr& value = callee_facts.outline[formal.default_value];
      if (const std::optional<bool> holds = truth(callee_facts, value)) {
        known.emplace_back(fact, about_none ? is_literal(value, facts::Literal::kNone) : *holds);
      }
    }
  }
  return known;
}

}  // namespace stallint::flow
