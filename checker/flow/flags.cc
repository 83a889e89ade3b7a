#include "checker/flow/flags.h"

#include <algorithm>
#include <optional>

namespace stallint::flow {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;
using link::FunctionId;

constexpr size_t kWhole = 190;  // bytes; facts cut longer texts

// A fact is a parameter and what it is asked: its truth, whether it is None, or whether it is a constant.
constexpr uint32_t kTruth = 0, kIsNone = 1, kFirstConstant = 2, kMostAspects = 1u << 16;

uint32_t fact_of(uint32_t parameter, uint32_t aspect) { return parameter * kMostAspects + aspect; }
uint32_t parameter_of(uint32_t fact) { return fact / kMostAspects; }
uint32_t aspect_in(uint32_t fact) { return fact % kMostAspects; }

bool is_literal(const Expr& expr, facts::Literal literal) {
  return expr.kind == ExprKind::kLiteral && static_cast<facts::Literal>(expr.detail) == literal;
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

bool is_logical(const Expr& expr) {
  if (expr.kind == ExprKind::kNot) return true;
  return expr.kind == ExprKind::kEither && static_cast<facts::Either>(expr.detail) != facts::Either::kConditional;
}

// The names that the truth of `failed or not forced` is made of, or the one that is handed on whatever it holds.
std::vector<ExprId> names_in(const facts::Tree& tree, ExprId value, uint32_t aspect) {
  std::vector<ExprId> names, work{value};
  while (!work.empty()) {
    const ExprId id = work.back();
    work.pop_back();
    if (tree[id].kind == ExprKind::kName) names.push_back(id);
    if (aspect != kTruth || !is_logical(tree[id])) continue;
    for (uint32_t n = 0; n < tree[id].child_count; ++n) work.push_back(tree.child(id, n));
  }
  return names;
}

// "send" for `send(...)` and `self.mail.send(...)`.
const std::string& callee_name(const facts::FileFacts& facts, const facts::Tree& tree, const Expr& call) {
  const Expr& callee = tree[tree.child(call, 0)];
  return facts.text(callee.kind == ExprKind::kName || callee.kind == ExprKind::kAttribute ? callee.text : 0);
}

}  // namespace

uint32_t Flags::aspect_of(const Constant& constant) {
  const auto next = static_cast<uint32_t>(kFirstConstant + constants_.size());
  if (next == kMostAspects) return kTruth;  // nobody compares with so many
  const auto [at, fresh] = aspects_.try_emplace(constant, next);
  if (fresh) constants_.push_back(constant);
  return at->second;
}

std::optional<Flags::Constant> Flags::constant(FunctionId function, ExprId value) const {
  const facts::FileFacts& facts = program_.facts_of(function);
  const facts::Body& body = program_.body_of(function);
  const Expr& expr = body.tree[value];
  if (expr.kind == ExprKind::kLiteral) {
    switch (static_cast<facts::Literal>(expr.detail)) {
      case facts::Literal::kInteger:
        return Constant{Constant::Kind::kNumber, facts.text(expr.text)};
      case facts::Literal::kString:
        if (facts.text(expr.text).size() > kWhole) return std::nullopt;
        return Constant{Constant::Kind::kText, facts.text(expr.text)};
      default:
        return std::nullopt;
    }
  }
  if (expr.kind != ExprKind::kName && expr.kind != ExprKind::kAttribute) return std::nullopt;
  // An enumerator has a name and is no variable.
  const facts::Meaning* meaning = facts::meaning_of(body, value);
  if (meaning == nullptr || meaning->name == 0 || meaning->symbol != 0 || meaning->type == 0) return std::nullopt;
  return Constant{Constant::Kind::kName, facts.text(meaning->name)};
}

// What the condition says about names if it holds: `x`, `not x`, `x is None`, `x is not None`, `x is True`, `x == 3`;
// each side of `x and y` where it holds, of `x or y` where it does not.
std::vector<Flags::Said> Flags::say(FunctionId function, ExprId condition, bool holds) {
  const facts::FileFacts& facts = program_.facts_of(function);
  const facts::Tree& tree = program_.body_of(function).tree;
  std::vector<Said> all;
  std::vector<std::pair<ExprId, bool>> work{{condition, holds}};
  while (!work.empty()) {
    const auto [id, when] = work.back();
    work.pop_back();
    const Expr& expr = tree[id];
    if (expr.kind == ExprKind::kName) all.push_back({expr.text, kTruth, when});
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
    if (is_literal(right, facts::Literal::kNone)) all.push_back({left.text, kIsNone, same == when});
    if (is_literal(right, facts::Literal::kTrue)) all.push_back({left.text, kTruth, same == when});
    if (is_literal(right, facts::Literal::kFalse)) all.push_back({left.text, kTruth, same != when});
    const std::optional<Constant> other = constant(function, tree.child(expr, 1));
    if (!other) continue;
    if (const uint32_t aspect = aspect_of(*other); aspect != kTruth) all.push_back({left.text, aspect, same == when});
  }
  return all;
}

// Whether what is asked holds of a value, if it says so itself.
std::optional<bool> Flags::holds(uint32_t aspect, const facts::FileFacts& facts, const Expr& value,
                                 const std::optional<Constant>& constant) const {
  if (aspect >= kFirstConstant) {
    const Constant& wanted = constants_[aspect - kFirstConstant];
    if (!constant || constant->kind != wanted.kind) return std::nullopt;
    return constant->text == wanted.text;
  }
  const std::optional<bool> known = truth(facts, value);
  if (!known) return std::nullopt;
  return aspect == kIsNone ? is_literal(value, facts::Literal::kNone) : *known;
}

Flags::Flags(const link::Program& program) : program_(program) {
  tests_.resize(program.functions.size());
  flags_.resize(program.functions.size());
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Body& body = program.body_of(function);
    const facts::Function& outline = program.outline_of(function);
    if (outline.parameters.empty()) continue;
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      const facts::Block& block = body.blocks[b];
      if (block.kind != facts::BlockKind::kArm || block.subject == ExprId::kNone) continue;
      for (const Said& said : say(function, block.subject, block.when)) {
        // A parameter that was given another value before says nothing any more.
        if (changed_before(body, said.name, body.tree[block.subject].at, block.parent)) continue;
        for (uint32_t p = 0; p < outline.parameters.size(); ++p) {
          if (outline.parameters[p].name != said.name) continue;
          const uint32_t fact = fact_of(p, said.aspect);
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

// A parameter that is only passed on to a flag is a flag too. Who gets a flag is asked for its callers in turn.
void Flags::spread() {
  std::vector<FunctionId> work;
  for (size_t f = 0; f < flags_.size(); ++f) {
    if (!flags_[f].empty()) work.push_back(static_cast<FunctionId>(f));
  }
  while (!work.empty()) {
    const FunctionId callee = work.back();
    work.pop_back();
    for (const link::SiteId id : program_.callers[index(callee)]) {
      const link::Site& site = program_[id];
      if (site.kind == link::SiteKind::kCall && pass_on(site, callee)) work.push_back(site.in);
    }
  }
}

// Whether the caller has a new flag by what it gives to those of the callee.
bool Flags::pass_on(const link::Site& site, FunctionId callee) {
  const facts::Function& caller = program_.outline_of(site.in);
  if (caller.parameters.empty()) return false;
  const facts::Body& body = program_.body_of(site.in);
  std::vector<uint32_t>& flags = flags_[index(site.in)];
  bool more = false;
  // A copy: a function that calls itself gets new flags while its own are looked at.
  const std::vector<uint32_t> wanted = flags_[index(callee)];
  for (const uint32_t fact : wanted) {
    const ExprId given = argument_for(site, callee, parameter_of(fact));
    if (given == ExprId::kNone) continue;
    for (const ExprId id : names_in(body.tree, given, aspect_in(fact))) {
      const Expr& name = body.tree[id];
      if (changed_before(body, name.text, name.at, site.block)) continue;
      for (uint32_t p = 0; p < caller.parameters.size(); ++p) {
        if (caller.parameters[p].name != name.text) continue;
        const uint32_t own = fact_of(p, aspect_in(fact));
        const auto at = std::lower_bound(flags.begin(), flags.end(), own);
        if (at != flags.end() && *at == own) continue;
        flags.insert(at, own);
        more = true;
      }
    }
  }
  return more;
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

// `failed or forced`, by what the function's own flags say of its names.
std::optional<bool> Flags::truth_of(const link::Node& node, const link::Site& site, ExprId value) const {
  const facts::Body& body = program_.body_of(site.in);
  const Expr& expr = body.tree[value];
  if (expr.kind == ExprKind::kName) {
    if (changed_before(body, expr.text, expr.at, site.block)) return std::nullopt;
    const facts::Function& function = program_.outline_of(node.function);
    for (const auto& [fact, holds] : node.flags) {
      if (aspect_in(fact) == kTruth && function.parameters[parameter_of(fact)].name == expr.text) return holds;
    }
    return std::nullopt;
  }
  if (!is_logical(expr)) return truth(program_.facts_of(site.in), expr);
  if (expr.kind == ExprKind::kNot) {
    const std::optional<bool> inner = truth_of(node, site, body.tree.child(expr, 0));
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  const bool decides = static_cast<facts::Either>(expr.detail) == facts::Either::kOr;
  bool all_known = true;
  for (uint32_t n = 0; n < expr.child_count; ++n) {
    const std::optional<bool> one = truth_of(node, site, body.tree.child(expr, n));
    if (one == decides) return decides;
    all_known &= one.has_value();
  }
  return all_known ? std::optional(!decides) : std::nullopt;
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
  const std::vector<uint32_t>& wanted = flags_[index(callee)];
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
  for (const uint32_t fact : wanted) {
    const uint32_t parameter = parameter_of(fact), aspect = aspect_in(fact);
    const facts::Parameter& formal = outline.parameters[parameter];
    const ExprId given = argument_for(site, callee, parameter);
    if (given != ExprId::kNone) {
      const Expr& value = body.tree[given];
      if (const std::optional<bool> known_now = holds(aspect, facts, value, constant(site.in, given))) {
        known.emplace_back(fact, *known_now);
      } else if (is_logical(value)) {
        const std::optional<bool> truth_now = aspect == kTruth ? truth_of(node, site, given) : std::nullopt;
        if (truth_now) known.emplace_back(fact, *truth_now);
      } else if (value.kind == ExprKind::kName && !changed_before(body, value.text, value.at, site.block)) {
        // The caller's own flag, passed on.
        const facts::Function& caller = program_.outline_of(node.function);
        for (uint32_t p = 0; p < caller.parameters.size(); ++p) {
          if (caller.parameters[p].name != value.text) continue;
          for (const auto& [own, holds_own] : node.flags) {
            if (own == fact_of(p, aspect)) known.emplace_back(fact, holds_own);
          }
        }
      }
    } else if (!spread && formal.default_value != ExprId::kNone) {
      const Expr& value = callee_facts.outline[formal.default_value];
      std::optional<Constant> literal;
      if (is_literal(value, facts::Literal::kInteger)) {
        literal = Constant{Constant::Kind::kNumber, callee_facts.text(value.text)};
      } else if (is_literal(value, facts::Literal::kString)) {
        literal = Constant{Constant::Kind::kText, callee_facts.text(value.text)};
      }
      if (const std::optional<bool> known_now = holds(aspect, callee_facts, value, literal)) {
        known.emplace_back(fact, *known_now);
      }
    }
  }
  return known;
}

}  // namespace stallint::flow
