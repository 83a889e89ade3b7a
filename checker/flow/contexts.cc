// Contexts: where a function may run, spread from callers to callees.

#include "checker/flow/steps.h"
#include "checker/match/match.h"

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace stallint::flow {
using link::FunctionId;
using link::Program;
using link::Site;

namespace {

// For each function the contexts that end where it begins what it was given: `def spawn(self, work):` with
// `self.tasks.append(asyncio.create_task(work))`, or `create_task(work())`.
template <typename StoppedAt>
std::vector<uint32_t> begun_by(const Program& program, const StoppedAt& stopped_at) {
  std::vector<uint32_t> begun(program.functions.size());
  constexpr int kMostHands = 4;
  for (int hand = 0; hand < kMostHands; ++hand) {
    bool more = false;
    for (size_t f = 0; f < program.functions.size(); ++f) {
      const FunctionId function = static_cast<FunctionId>(f);
      const std::vector<facts::Parameter>& parameters = program.outline_of(function).parameters;
      if (parameters.empty()) continue;
      const facts::Tree& tree = program.body_of(function).tree;
      const auto is_parameter = [&](facts::ExprId id) {
        const facts::Expr& expr = tree[id];
        return expr.kind == facts::ExprKind::kName &&
               std::any_of(parameters.begin(), parameters.end(),
                           [&](const facts::Parameter& parameter) { return parameter.name == expr.text; });
      };
      const link::Range range = program[function].sites;
      for (uint32_t s = range.first; s < range.first + range.count; ++s) {
        const Site& site = program.sites[s];
        if (site.kind != link::SiteKind::kCall) continue;
        uint32_t bits = stopped_at(site);
        for (const link::Edge& edge : program.edges_of(site)) bits |= begun[index(edge.callee)];
        if ((begun[f] | bits) == begun[f]) continue;
        const facts::Expr& call = tree[site.expr];
        for (uint32_t i = 1; i < call.child_count; ++i) {
          facts::ExprId value = tree.child(call, i);
          if (tree[value].kind == facts::ExprKind::kKeyword) value = tree.child(tree[value], 0);
          if (tree[value].kind == facts::ExprKind::kCall) value = tree.child(tree[value], 0);
          if (!is_parameter(value)) continue;
          begun[f] |= bits;
          more = true;
        }
      }
    }
    if (!more) break;
  }
  return begun;
}

// Stands in a `while True` that nothing ends: what is called there is called for ever.
bool goes_round_for_ever(const facts::Body& body, facts::BlockId at) {
  for (facts::BlockId loop = facts::around(body, at, facts::BlockKind::kLoop); loop != facts::BlockId::kNone;
       loop = facts::around(body, body.blocks[index(loop)].parent, facts::BlockKind::kLoop)) {
    const facts::Block& block = body.blocks[index(loop)];
    if (block.loop != facts::LoopKind::kWhile || block.subject == facts::ExprId::kNone) continue;
    const facts::Expr& condition = body.tree[block.subject];
    const auto literal = static_cast<facts::Literal>(condition.detail);
    if (condition.kind != facts::ExprKind::kLiteral ||
        (literal != facts::Literal::kTrue && literal != facts::Literal::kInteger)) {
      continue;
    }
    const bool ends = std::any_of(body.exits.begin(), body.exits.end(), [&](const facts::Exit& exit) {
      if (!facts::inside(body, exit.block, loop)) return false;
      if (exit.kind == facts::ExitKind::kReturn) return true;
      return exit.kind == facts::ExitKind::kBreak && facts::around(body, exit.block, facts::BlockKind::kLoop) == loop;
    });
    if (!ends) return true;
  }
  return false;
}

// All that imports may mean, as dotted names: modules, and names of modules, which may be modules too.
std::unordered_set<std::string> imported_modules(const Program& program) {
  std::unordered_set<std::string> imported;
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const link::File& file = program[program[function].file];
    for (const facts::Import& import : program.body_of(function).imports) {
      std::string base;
      if (import.level > 0) {
        const bool package = file.path.ends_with("/__init__.py");
        base = file.module;
        for (int up = import.level - (package ? 1 : 0); up > 0; --up) {
          const size_t dot = base.rfind('.');
          base = dot == std::string::npos ? "" : base.substr(0, dot);
        }
      }
      const auto add = [&](uint32_t part) {
        const std::string& text = file.facts.text(part);
        if (!base.empty() && !text.empty()) base += '.';
        base += text;
        imported.insert(base);
      };
      add(import.module);
      add(import.name);
    }
  }
  return imported;
}

// Names of the functions that main guards call.
std::unordered_set<std::string_view> called_in_main_guards(const Program& program) {
  std::unordered_set<std::string_view> names;
  for (const link::File& file : program.files) {
    const link::Range range = program[file.first_function].sites;
    for (uint32_t s = range.first; s < range.first + range.count; ++s) {
      const Site& site = program.sites[s];
      if (site.edges.count == 0 || !program.in_main_guard(site.in, site.block)) continue;
      for (const link::Edge& edge : program.edges_of(site)) names.insert(program.text(program[edge.callee].name));
    }
  }
  return names;
}

// Functions that a main guard calls to try them out, while the server has its own way to them: the file is imported by
// others, and one of them reads an attribute of that name of something unknown, as in `TABLE[kind].parse(data)`.
std::vector<bool> reached_by_name(const Program& program) {
  std::vector<bool> reached(program.functions.size());
  const std::unordered_set<std::string_view> called = called_in_main_guards(program);
  if (called.empty()) return reached;
  // Per name: the first file that reads such an attribute, and whether another does too.
  std::unordered_map<std::string, std::pair<link::FileId, bool>> readers;
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::FileFacts& file = program.facts_of(function);
    const facts::Tree& tree = program.body_of(function).tree;
    for (uint32_t e = 0; e < tree.exprs.size(); ++e) {
      const facts::Expr& expr = tree.exprs[e];
      if (expr.kind != facts::ExprKind::kAttribute || expr.stored || expr.child_count == 0) continue;
      const facts::ExprId base = tree.child(expr, 0);
      if (tree[base].kind != facts::ExprKind::kName && tree[base].kind != facts::ExprKind::kSubscript) continue;
      if (!called.contains(file.text(expr.text))) continue;
      if (program.library_name_of(function, static_cast<facts::ExprId>(e)) != link::NameId::kEmpty) continue;
      if (tree[base].kind == facts::ExprKind::kName) {
        const link::VariableId variable = program.variable_of(function, base);
        if (variable == link::VariableId::kNone || program[variable].type != link::NameId::kEmpty) continue;
      }
      const auto [found, fresh] = readers.try_emplace(file.text(expr.text), program[function].file, false);
      if (!fresh && found->second.first != program[function].file) found->second.second = true;
    }
  }
  const std::unordered_set<std::string> imported = imported_modules(program);
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const link::Function& function = program.functions[f];
    if (function.parent == FunctionId::kNone || function.owner != link::ClassId::kNone) continue;
    if (program.outline_of(function.parent).kind != facts::FunctionKind::kModule) continue;
    if (!imported.contains(program[function.file].module)) continue;
    const auto found = readers.find(program.text(function.name));
    if (found == readers.end()) continue;
    reached[f] = found->second.second || found->second.first != function.file;
  }
  return reached;
}

bool says(const rule::Pattern& pattern, rule::Word word) {
  return std::any_of(pattern.predicates.begin(), pattern.predicates.end(), [&](const rule::Predicate& predicate) {
    return predicate.word == word || std::any_of(predicate.patterns.begin(), predicate.patterns.end(),
                                                 [&](const rule::Pattern& inner) { return says(inner, word); });
  });
}

}  // namespace

void spread_contexts(Program& program, const rule::Rules& rules, const match::Matcher& matcher) {
  const std::vector<rule::Context>& contexts = rules.flow.contexts;
  program.contexts.assign(program.functions.size(), 0);
  uint32_t import_bits = 0, guard_bits = 0;
  for (size_t c = 0; c < contexts.size() && c < link::kMaxContexts; ++c) {
    program.context_names.push_back(contexts[c].name);
    if (contexts[c].from_module) import_bits |= 1u << c;
    if (contexts[c].from_main_guard) guard_bits |= 1u << c;
  }
  link::LabelSet elsewhere;  // calls that run their function in the same context, but not here
  for (const rule::Effect& effect : rules.flow.effects) {
    for (const std::string& label : effect.stops_at) elsewhere |= program.covered(label);
  }

  // What a call begins that has a life of its own: a task spawned at start-up does not run once.
  std::vector<link::LabelSet> stops(contexts.size());
  for (size_t c = 0; c < contexts.size() && c < link::kMaxContexts; ++c) {
    for (const std::string& label : contexts[c].stops_at) stops[c] |= program.covered(label);
  }
  const auto stopped_at = [&](const Site& site) {
    uint32_t bits = 0;
    for (const Site* call = &site; call != nullptr;) {
      for (const link::Graded& graded : program.labels(*call)) {
        for (size_t c = 0; c < stops.size() && graded.label != link::Label::kNone; ++c) {
          if (stops[c].test(index(graded.label))) bits |= 1u << c;
        }
      }
      const bool inner = call == &site && site.within != link::SiteId::kNone;
      call = inner ? &program[site.within] : nullptr;
    }
    return bits;
  };

  const std::vector<uint32_t> begun = begun_by(program, stopped_at);
  // The same of a call of the project that begins what it is given: `self.create_task(self.poll())`.
  const auto begun_at = [&](const Site& site) {
    uint32_t bits = 0;
    for (const link::Edge& edge : program.edges_of(site)) bits |= begun[index(edge.callee)];
    return bits;
  };

  uint32_t once_bits = 0;  // what is said of code that runs once is not said of what a loop does for ever
  for (const rule::Context& context : contexts) {
    for (size_t c = 0; c < contexts.size() && c < link::kMaxContexts; ++c) {
      const std::vector<std::string>& only = context.only;
      if (std::find(only.begin(), only.end(), contexts[c].name) != only.end()) once_bits |= 1u << c;
    }
  }

  const std::vector<bool> by_name = reached_by_name(program);
  std::deque<FunctionId> work;
  const auto give = [&](FunctionId function, uint32_t bits) {
    uint32_t& known = program.contexts[index(function)];
    if ((known | bits) == known) return;
    known |= bits;
    work.push_back(function);
  };
  // A pattern that asks where something runs is asked once more when that is known.
  const auto begin = [&](bool again) {
    for (size_t f = 0; f < program.functions.size(); ++f) {
      const FunctionId function = static_cast<FunctionId>(f);
      const facts::FunctionKind kind = program.outline_of(function).kind;
      if (kind == facts::FunctionKind::kModule) give(function, import_bits);
      if (kind == facts::FunctionKind::kClassBody) continue;  // runs where its class statement stands, see below
      for (size_t c = 0; c < contexts.size() && c < link::kMaxContexts; ++c) {
        for (const rule::Pattern& pattern : contexts[c].from) {
          if (again && !says(pattern, rule::Word::kRuns)) continue;
          if (matcher.holds(pattern, match::Thing::of(function))) give(function, 1u << c);
        }
      }
    }
  };

  // Functions handed to a thread or an executor go on with the contexts of whoever hands them over.
  std::vector<std::vector<const link::Handed*>> handed_from(program.functions.size());
  for (const link::Handed& handed : program.handed) {
    const Site& site = program[handed.site];
    if (program.outline_of(site.in).kind == facts::FunctionKind::kModule) continue;
    for (const link::Graded& graded : program.labels(site)) {
      if (graded.label != link::Label::kNone && elsewhere.test(index(graded.label))) {
        handed_from[index(site.in)].push_back(&handed);
      }
    }
  }
  std::vector<std::vector<FunctionId>> class_bodies(program.functions.size());
  for (size_t f = 0; f < program.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    if (program.outline_of(function).kind == facts::FunctionKind::kClassBody) {
      class_bodies[index(program[function].parent)].push_back(function);
    }
  }
  const auto spread = [&] {
    while (!work.empty()) {
      const FunctionId function = work.front();
      work.pop_front();
      const uint32_t bits = program.contexts[index(function)];
      const bool module = program.outline_of(function).kind == facts::FunctionKind::kModule;
      const link::Range range = program[function].sites;
      for (uint32_t s = range.first; s < range.first + range.count; ++s) {
        const Site& site = program.sites[s];
        if (site.edges.count == 0) continue;
        const bool guarded = module && program.in_main_guard(function, site.block);
        const uint32_t around = site.within == link::SiteId::kNone ? 0 : begun_at(program[site.within]);
        const uint32_t here = begun_at(site);
        const bool for_ever = goes_round_for_ever(program.body_of(function), site.block);
        for (const link::Edge& edge : program.edges_of(site)) {
          uint32_t stopped = stopped_at(site);
          if (program[edge.callee].async) stopped |= around;
          if (for_ever) stopped |= once_bits;
          if (begun[index(edge.callee)] == 0) stopped |= here;  // given to the one that begins it
          // A class that keeps a promise of the project is used elsewhere; here it is tried out.
          const link::ClassId owner = program[edge.callee].owner;
          const bool tried_out =
              (owner != link::ClassId::kNone && !program[owner].ancestors.empty()) || by_name[index(edge.callee)];
          const uint32_t inherited = guarded ? (bits & ~import_bits) | (tried_out ? 0 : guard_bits) : bits;
          give(edge.callee, inherited & ~stopped);
        }
      }
      for (const link::Handed* handed : handed_from[index(function)]) {
        give(handed->function, bits & ~stopped_at(program[handed->site]));
      }
      for (FunctionId body : class_bodies[index(function)]) give(body, bits);
    }
  };
  begin(/*again=*/false);
  spread();
  begin(/*again=*/true);
  spread();
}

}  // namespace stallint::flow
