// Which names a function, class body or module binds, and which of the bindings a use may see.

#include "checker/link/linker.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::BlockId;

bool comprehension_binding(const Program& program, const Binding& binding) {
  if (binding.kind != Binding::Kind::kWrite) return false;
  return program.body_of(binding.body).writes[binding.index].comprehension;
}

}  // namespace

void Linker::enter_scopes() {
  scopes_.resize(program_.functions.size());
  // `global x` in a function binds x in the module, `nonlocal x` in the nearest function around that binds it.
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    const facts::Body& body = program_.body_of(id);
    for (uint32_t name : body.globals) scopes_[f].globals.push_back(name_in(id, name));
    for (uint32_t name : body.nonlocals) scopes_[f].nonlocals.push_back(name_in(id, name));
  }
  const auto home_of = [&](FunctionId id, NameId name) {
    const Scope& scope = scopes_[index(id)];
    if (std::find(scope.globals.begin(), scope.globals.end(), name) != scope.globals.end()) {
      return program_[program_[id].file].first_function;
    }
    if (std::find(scope.nonlocals.begin(), scope.nonlocals.end(), name) != scope.nonlocals.end() &&
        program_[id].parent != FunctionId::kNone) {
      return program_[id].parent;
    }
    return id;
  };

  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    if (is_resolved(id)) continue;
    const facts::Function& outline = program_.outline_of(id);
    const facts::Body& body = program_.body_of(id);
    const auto bind = [&](NameId name, Binding::Kind kind, uint32_t what, uint32_t position, BlockId block) {
      const FunctionId home = home_of(id, name);
      scopes_[index(home)].bindings.push_back({name, kind, what, position, block, id});
    };
    for (uint32_t p = 0; p < outline.parameters.size(); ++p) {
      bind(name_in(id, outline.parameters[p].name), Binding::Kind::kParameter, p, 0, BlockId::kBody);
    }
    for (uint32_t i = 0; i < body.imports.size(); ++i) {
      const facts::Import& import = body.imports[i];
      if (import.star) continue;
      bind(name_in(id, import.as), Binding::Kind::kImport, i, import.at.end, import.block);
    }
    for (uint32_t w = 0; w < body.writes.size(); ++w) {
      const facts::Write& write = body.writes[w];
      if (write.target == facts::ExprId::kNone || write.op == facts::WriteOp::kDelete) continue;
      const facts::Expr& target = body.tree[write.target];
      if (target.kind != facts::ExprKind::kName) continue;
      // Loop, with and except targets are bound where their block begins, not where the statement ends.
      const bool header = write.op == facts::WriteOp::kIterate || write.op == facts::WriteOp::kEnter ||
                          write.op == facts::WriteOp::kCatch || write.op == facts::WriteOp::kMatch ||
                          write.comprehension;
      bind(name_in(id, target.text), Binding::Kind::kWrite, w, header ? target.at.begin : write.at.end, write.block);
    }
    for (FunctionId child : children_[f]) {
      const facts::Function& inner = program_.outline_of(child);
      if (inner.kind != facts::FunctionKind::kFunction) continue;
      bind(program_[child].name, Binding::Kind::kFunction, index(child), inner.name_at.begin, inner.block);
    }
    for (ClassId child : child_classes_[f]) {
      const Class& cls = program_[child];
      const facts::Class& inner = program_[cls.file].facts.classes[index(cls.local)];
      bind(cls.name, Binding::Kind::kClass, index(child), inner.name_at.begin, inner.block);
    }
  }
  for (Scope& scope : scopes_) {
    if (scope.bindings.empty()) continue;
    std::stable_sort(scope.bindings.begin(), scope.bindings.end(), [](const Binding& a, const Binding& b) {
      if (a.name != b.name) return a.name < b.name;
      return a.position < b.position;
    });
    scope.bindings.shrink_to_fit();
  }
}

std::span<const Binding> Linker::bindings_of(FunctionId scope, NameId name) const {
  const std::vector<Binding>& all = scopes_[index(scope)].bindings;
  const auto first =
      std::lower_bound(all.begin(), all.end(), name, [](const Binding& b, NameId wanted) { return b.name < wanted; });
  auto last = first;
  while (last != all.end() && last->name == name) ++last;
  return {all.data() + (first - all.begin()), static_cast<size_t>(last - first)};
}

Found Linker::look_up(FunctionId from, NameId name, BlockId block, uint32_t position, bool outline) {
  if (outline) return look_around(from, name, outline);
  if (Found found = look_inside(from, name, block, position); !found.bindings.empty()) return found;
  if (!body_memo_.is_about(from)) return look_around(from, name, outline);
  std::optional<Found>& known = body_memo_.about(name).around;
  if (!known) known = look_around(from, name, outline);
  return *known;
}

// Which bindings of the scope itself its code sees at some place.
Found Linker::look_inside(FunctionId scope, NameId name, BlockId block, uint32_t position) const {
  Found found;
  const Scope& table = scopes_[index(scope)];
  const std::span<const Binding> bindings = bindings_of(scope, name);
  if (bindings.empty()) return found;
  if (std::find(table.globals.begin(), table.globals.end(), name) != table.globals.end()) return found;
  found.scope = scope;

  // A comprehension's name hides all others inside the comprehension, and exists nowhere else.
  const facts::Body& body = program_.body_of(scope);
  Bindings seen;
  for (const Binding& binding : bindings) {
    if (!comprehension_binding(program_, binding)) {
      seen.push_back(&binding);
    } else if (binding.body == scope && facts::inside(body, block, binding.block)) {
      found.bindings = {};
      found.bindings.push_back(&binding);
    }
  }
  if (!found.bindings.empty() || seen.empty()) return found;

  // Which of them reach the use: backwards from it, until one that every way to the use has passed.
  const Binding* dominating = nullptr;
  for (size_t i = seen.size(); i-- > 0 && dominating == nullptr;) {
    const Binding& binding = *seen[i];
    if (binding.body != scope) {
      found.bindings.push_back(&binding);
      continue;
    }
    if (binding.position > position || facts::exclusive(body, binding.block, block)) continue;
    found.bindings.push_back(&binding);
    if (facts::inside(body, block, binding.block)) dominating = &binding;
  }
  // In a loop, what is bound further down reaches the next round.
  const BlockId loop = facts::around(body, block, facts::BlockKind::kLoop);
  if (loop != BlockId::kNone && !(dominating != nullptr && facts::inside(body, dominating->block, loop))) {
    for (const Binding* binding : seen) {
      if (binding->body == scope && binding->position > position && facts::inside(body, binding->block, loop)) {
        found.bindings.push_back(binding);
      }
    }
  }
  if (found.bindings.empty()) found.bindings = std::move(seen);
  return found;
}

// What a name stands for that the code of `from` does not bind, wherever in it. An outline stands outside of the code,
// and sees all of it.
Found Linker::look_around(FunctionId from, NameId name, bool outline) const {
  Found found;
  for (FunctionId scope = from; scope != FunctionId::kNone; scope = program_[scope].parent) {
    const Scope& table = scopes_[index(scope)];
    if (std::find(table.globals.begin(), table.globals.end(), name) != table.globals.end()) {
      scope = program_[program_[from].file].first_function;
    } else if (scope == from ? !outline : program_.outline_of(scope).kind == facts::FunctionKind::kClassBody) {
      continue;
    }
    for (const Binding& binding : bindings_of(scope, name)) {
      if (!comprehension_binding(program_, binding)) found.bindings.push_back(&binding);
    }
    if (!found.bindings.empty()) {
      found.scope = scope;
      return found;
    }
  }
  return found;
}

}  // namespace stallint::link
