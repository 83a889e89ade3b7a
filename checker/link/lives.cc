// How long objects live, and what is taken from collections under other names.

#include "checker/link/linker.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

bool is_attribute_or_global(const Variable& variable) {
  return variable.kind == VariableKind::kModule || variable.kind == VariableKind::kClass ||
         variable.kind == VariableKind::kInstance;
}

}  // namespace

// Variables that keep what a call made: `self.parts = Part()`, `parts[key] = Part()`, `parts.append(Part())`, and the
// same through a local name.
std::vector<VariableId> Linker::holders_of(SiteId id) {
  const Site& site = program_[id];
  std::vector<VariableId> holders;
  const auto hold = [&](VariableId holder) {
    if (holder != VariableId::kNone && is_attribute_or_global(program_[holder])) holders.push_back(holder);
  };
  hold(site.into);
  const bool named = site.into != VariableId::kNone && program_[site.into].kind == VariableKind::kLocal;
  const facts::Tree& tree = program_.body_of(site.in).tree;
  const auto is_it = [&](ExprId value) {
    if (value == ExprId::kNone) return false;
    if (value == site.expr) return true;
    return named && tree[value].kind == ExprKind::kName && find_variable(site.in, value) == site.into;
  };
  const Range range = program_[site.in].writes;
  for (uint32_t w = range.first; w < range.first + range.count; ++w) {
    const Write& write = program_.writes[w];
    if (is_it(write.value)) hold(write.variable);
    if (write.site == SiteId::kNone || write.handed || write.change != Change::kGrow) continue;
    const Expr& call = tree[program_[write.site].expr];
    for (uint32_t i = 1; i < call.child_count; ++i) {
      if (is_it(tree.child(call, i))) hold(write.variable);
    }
  }
  return holders;
}

// A base class that gives nothing but a form: `abc.ABC`, `typing.Generic`.
bool Linker::is_plain_base(NameId base) {
  const std::vector<Graded>& labels = models_.labels(Models::Kind::kType, str(base));
  return std::any_of(labels.begin(), labels.end(), [&](const Graded& graded) { return graded.label == plain_base_; });
}

// How long one object of a class lives, made at a site or held by value in a variable. `lives` is what is known so far.
Class::Lives Linker::life_where_made(ClassId cls, const Made& one, const std::vector<Class::Lives>& lives) const {
  using Lives = Class::Lives;
  const auto emptied = [&](const Variable& variable) {
    const auto writes = program_.writes_of(variable);
    return variable.emptied ||
           std::any_of(writes.begin(), writes.end(), [&](WriteId w) { return program_[w].change == Change::kShrink; });
  };
  const auto life_of_holders = [&] {
    Lives life = Lives::kUnknown;
    for (VariableId id : one.holders) {
      const Variable& holder = program_[id];
      if (holder.kind != VariableKind::kInstance) {
        if (!emptied(holder)) life = Lives::kProcess;
      } else if (holder.owner != ClassId::kNone && holder.owner != cls && !emptied(holder)) {
        const Lives owner = lives[index(holder.owner)];
        if (owner == Lives::kProcess || life == Lives::kUnknown) life = owner;
      }
    }
    return life;
  };
  if (one.site == SiteId::kNone) return life_of_holders();
  const Site& site = program_[one.site];
  const Function& in = program_[site.in];
  const facts::FunctionKind kind = program_.outline_of(site.in).kind;
  const std::vector<Graded>& labels = program_.function_labels[index(site.in)];
  const bool memo = std::any_of(labels.begin(), labels.end(), [&](const Graded& g) {
    return rule::covers("memo", program_.label_names[index(g.label)]);
  });
  if (kind == facts::FunctionKind::kModule && program_.in_main_guard(site.in, site.block)) {
    return Lives::kFunction;  // tried out from the command line
  }
  if (kind == facts::FunctionKind::kModule || kind == facts::FunctionKind::kClassBody || memo) return Lives::kProcess;
  if (!one.holders.empty()) return life_of_holders();
  if (site.fate == facts::Fate::kKept) return Lives::kUnknown;
  // A part of what is made. The class of a constructor may be declared elsewhere than in the project.
  if (site.fate == facts::Fate::kPassed && in.is_constructor && in.owner != ClassId::kNone) {
    return lives[index(in.owner)];
  }
  // What the program's first function holds lives as long as the program.
  return of_main_[index(site.in)] ? Lives::kProcess : Lives::kFunction;
}

// `int main() { return serve(load()); }`: functions of C++ that nobody but `main` calls, and those once.
void Linker::find_functions_of_main() {
  of_main_.assign(program_.functions.size(), false);
  std::vector<std::vector<SiteId>> callers(program_.functions.size());
  for (uint32_t s = 0; s < program_.sites.size(); ++s) {
    for (const Edge& edge : program_.edges_of(program_.sites[s])) {
      callers[index(edge.callee)].push_back(static_cast<SiteId>(s));
    }
  }
  std::vector<bool> handed(program_.functions.size());
  for (const Handed& one : handed_) handed[index(one.function)] = true;
  std::vector<FunctionId> work;
  const auto enter = [&](FunctionId function) {
    of_main_[index(function)] = true;
    work.push_back(function);
  };
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    const Function& function = program_[id];
    if (is_resolved(id) && function.owner == ClassId::kNone && str(function.name) == "main") enter(id);
  }
  const auto is_once = [&](SiteId id) {
    const Site& site = program_[id];
    return of_main_[index(site.in)] &&
           facts::around(program_.body_of(site.in), site.block, facts::BlockKind::kLoop) == facts::BlockId::kNone;
  };
  while (!work.empty()) {
    const Range sites = program_[work.back()].sites;
    work.pop_back();
    for (uint32_t s = sites.first; s < sites.first + sites.count; ++s) {
      for (const Edge& edge : program_.edges_of(program_.sites[s])) {
        const std::vector<SiteId>& all = callers[index(edge.callee)];
        if (of_main_[index(edge.callee)] || handed[index(edge.callee)]) continue;
        if (std::all_of(all.begin(), all.end(), is_once)) enter(edge.callee);
      }
    }
  }
}

// How long objects of a class live: as long as the process if one is made at import or kept in a variable of a module,
// a class or a long-lived object; as long as a function if all are made and dropped there. What is kept in something
// that is emptied again lives as long as nobody knows.
void Linker::settle_class_lives() {
  using Lives = Class::Lives;
  find_functions_of_main();
  std::vector<std::vector<Made>> made(program_.classes.size());
  // What a variable holds by value lives as long as the variable; those of the program's first function live as long as
  // the program.
  const auto in_main = [&](const Variable& variable) {
    return variable.kind == VariableKind::kLocal && variable.function != FunctionId::kNone &&
           of_main_[index(variable.function)];
  };
  for (const DeclaredVariable& one : declared_) {
    const Variable& variable = program_[one.variable];
    if (!is_attribute_or_global(variable) && !in_main(variable)) continue;
    for (const Type& type : type_of_name(one.file, file_names_[index(one.file)][one.declared->type])) {
      if (type.kind != TypeKind::kInstance) continue;
      made[type.id].push_back({SiteId::kNone, {one.variable}});
    }
  }
  for (const auto& [cls, site] : constructions_) {
    const Made one{site, holders_of(site)};
    made[index(cls)].push_back(one);
    for (ClassId ancestor : program_[cls].ancestors) made[index(ancestor)].push_back(one);
  }
  std::vector<Lives> lives(program_.classes.size(), Lives::kUnknown);
  for (int round = 0; round < 4; ++round) {
    for (size_t c = 0; c < program_.classes.size(); ++c) {
      // Objects of classes that a library builds on (models, messages, rows) come and go with calls, unless one is
      // kept.
      Lives best = Lives::kUnknown;
      bool unknown = false;
      for (const Made& one : made[c]) {
        const Lives here = life_where_made(static_cast<ClassId>(c), one, lives);
        unknown |= here == Lives::kUnknown;
        if (here == Lives::kProcess) best = Lives::kProcess;
        if (here == Lives::kFunction && best == Lives::kUnknown) best = Lives::kFunction;
      }
      const auto& bases = program_.classes[c].library_bases;
      const bool data = std::any_of(bases.begin(), bases.end(), [&](NameId base) { return !is_plain_base(base); });
      if (best == Lives::kFunction && unknown && !data) best = Lives::kUnknown;
      if (best == Lives::kUnknown && data) best = Lives::kFunction;
      lives[c] = best;
    }
  }
  for (size_t c = 0; c < program_.classes.size(); ++c) program_.classes[c].lives = lives[c];
}

// `seen = self.seen; seen.clear()` empties self.seen, and so does `evict(self.seen)` if `evict` takes something from
// its parameter, and `for each in (self.seen, self.known): each.clear()`.
void Linker::find_emptied() {
  const auto shrinks = [&](VariableId id) {
    if (id == VariableId::kNone) return false;
    const auto writes = program_.writes_of(program_[id]);
    return std::any_of(writes.begin(), writes.end(), [&](WriteId w) { return program_[w].change == Change::kShrink; });
  };
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Body& body = program_.body_of(function);
    const auto empties = [&](ExprId named) {
      const ExprKind kind = body.tree[named].kind;
      if (kind != ExprKind::kName && kind != ExprKind::kAttribute) return;
      const VariableId id = find_variable(function, named);
      if (id != VariableId::kNone) program_.variables[index(id)].emptied = true;
    };
    for (const facts::Write& write : body.writes) {
      if (write.target == ExprId::kNone || write.value == ExprId::kNone) continue;
      if (body.tree[write.target].kind != ExprKind::kName) continue;
      const Expr& value = body.tree[write.value];
      const bool several =
          write.op == facts::WriteOp::kIterate && (value.kind == ExprKind::kTuple || value.kind == ExprKind::kList);
      if (!several && (write.op != facts::WriteOp::kAssign || write.element != -1)) continue;
      if (!several && value.kind != ExprKind::kName && value.kind != ExprKind::kAttribute) continue;
      if (!shrinks(find_variable(function, write.target))) continue;
      if (!several) empties(write.value);
      for (uint32_t i = 0; several && i < value.child_count; ++i) empties(body.tree.child(value, i));
    }
    const Range sites = program_.functions[f].sites;
    for (uint32_t s = sites.first; s < sites.first + sites.count; ++s) {
      const Site& site = program_.sites[s];
      if (site.kind != SiteKind::kCall) continue;
      const Expr& call = body.tree[site.expr];
      for (const Edge& edge : program_.edges_of(site)) {
        const Function& callee = program_[edge.callee];
        const auto& parameters = program_.outline_of(edge.callee).parameters;
        uint32_t position = callee.takes_self ? 1 : 0;
        for (uint32_t i = 1; i < call.child_count; ++i) {
          ExprId argument = body.tree.child(call, i);
          uint32_t at = position++;
          if (body.tree[argument].kind == ExprKind::kKeyword) {
            const NameId name = name_in(function, body.tree[argument].text);
            for (at = 0; at < parameters.size() && name_in(edge.callee, parameters[at].name) != name; ++at) {
            }
            argument = body.tree.child(argument, 0);
          }
          if (at >= parameters.size()) continue;
          const NameId parameter = name_in(edge.callee, parameters[at].name);
          const VariableId* variable = scope_variables_[index(edge.callee)].find(parameter);
          if (variable != nullptr && shrinks(*variable)) empties(argument);
        }
      }
    }
  }
}

}  // namespace stallint::link
