// Calls and hidden calls of every function, in order of evaluation.

#include "checker/link/target.h"

#include <algorithm>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

SiteKind site_kind(facts::CallKind kind) {
  switch (kind) {
    case facts::CallKind::kAwait:
      return SiteKind::kAwait;
    case facts::CallKind::kDecorator:
      return SiteKind::kDecorator;
    case facts::CallKind::kEnter:
      return SiteKind::kEnter;
    case facts::CallKind::kIterate:
      return SiteKind::kIterate;
    case facts::CallKind::kUnwind:
      return SiteKind::kUnwind;
    default:
      return SiteKind::kCall;
  }
}

// `*x`, `name=x` and `await x` are about x.
ExprId behind(const facts::Tree& tree, ExprId id) {
  while (tree[id].child_count > 0 && (tree[id].kind == ExprKind::kKeyword || tree[id].kind == ExprKind::kStar ||
                                      tree[id].kind == ExprKind::kDoubleStar || tree[id].kind == ExprKind::kAwait)) {
    id = tree.child(id, 0);
  }
  return id;
}

}  // namespace

bool Linker::names_library(FunctionId function, ExprId expr) {
  const Types types = infer({function, false}, expr, 0);
  return types.size() == 1 && (types[0].kind == TypeKind::kSymbol || types[0].kind == TypeKind::kModule ||
                               types[0].kind == TypeKind::kClass);
}

// For each decorated function the closures that run in its place, and whether they call it.
void Linker::enter_wrappers() {
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Function& outline = program_.outline_of(function);
    if (outline.decorators.empty() || program_[function].parent == FunctionId::kNone) continue;
    const Where around{program_[function].parent, true};
    for (ExprId decorator : outline.decorators) {
      for (const Type& type : infer(around, decorator, 0)) {
        if (type.kind != TypeKind::kFunction || !type.bare()) continue;
        const FunctionId maker = static_cast<FunctionId>(type.id);
        if (program_.outline_of(maker).parameters.empty()) continue;
        const NameId wrapped = name_in(maker, program_.outline_of(maker).parameters[0].name);
        for (const Type& result : returns_of(maker, 0)) {
          if (result.kind != TypeKind::kFunction || !result.bare()) continue;
          const FunctionId closure = static_cast<FunctionId>(result.id);
          if (program_[closure].parent != maker || closure == function) continue;
          const facts::Body& body = program_.body_of(closure);
          bool calls = false, hands = false;
          for (const facts::Call& call : body.calls) {
            if (call.kind != facts::CallKind::kCall) continue;
            const Expr& expr = body.tree[call.expr];
            for (uint32_t i = 0; i < expr.child_count; ++i) {
              const Expr& part = body.tree[behind(body.tree, body.tree.child(expr, i))];
              if (part.kind != ExprKind::kName || name_in(closure, part.text) != wrapped) continue;
              (i == 0 ? calls : hands) = true;
            }
          }
          wrappers_[static_cast<uint32_t>(f)].push_back({closure, calls || !hands});
        }
      }
    }
  }
}

// `blocks = ["app.legacy.fetch"]`: the functions of the project that the user's names mean, by any name of their
// module.
void Linker::enter_own() {
  if (!models_.has_own()) return;
  for (uint32_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId id = static_cast<FunctionId>(f);
    const Function& function = program_[id];
    const facts::FunctionKind kind = program_.outline_of(id).kind;
    if (is_resolved(id) || kind == facts::FunctionKind::kModule || kind == facts::FunctionKind::kClassBody) continue;
    for (const std::string& module : module_names_[index(function.file)]) {
      std::string name = module + "." + str(function.qualified);
      if (function.is_constructor && name.ends_with(".__init__")) name = name.substr(0, name.rfind('.'));
      std::vector<Graded> labels = models_.labels(Models::Kind::kCall, name);
      std::erase_if(labels, [](const Graded& one) { return one.source == nullptr || !one.source->own; });
      if (labels.empty()) continue;
      own_[f] = {intern(name), std::move(labels)};
      break;
    }
  }
}

void Linker::enter_sites() {
  calls_parameter_.resize(program_.functions.size());
  for (size_t f = 0; f < program_.functions.size(); ++f) {
    const FunctionId function = static_cast<FunctionId>(f);
    const facts::Function& outline = program_.outline_of(function);
    const facts::Body& body = program_.body_of(function);
    if (outline.parameters.empty()) continue;
    calls_parameter_[f].resize(outline.parameters.size());
    for (const facts::Call& call : body.calls) {
      if (call.kind != facts::CallKind::kCall) continue;
      Expr callee = body.tree[body.tree.child(call.expr, 0)];
      // `next(request)` of an object of C++ that is called like a function.
      if (callee.kind == ExprKind::kAttribute && is_resolved(function) &&
          program_.facts_of(function).text(callee.text) == "operator()") {
        callee = body.tree[body.tree.child(callee, 0)];
      }
      if (callee.kind != ExprKind::kName) continue;
      for (size_t p = 0; p < outline.parameters.size(); ++p) {
        if (outline.parameters[p].name == callee.text) calls_parameter_[f][p] = true;
      }
    }
  }
  for (size_t f = 0; f < program_.functions.size(); ++f) enter_sites_of(static_cast<FunctionId>(f));
  body_memo_.end();
}

void Linker::resolve_call(FunctionId function, const facts::Call& call, Target& target) {
  const facts::Body& body = program_.body_of(function);
  switch (call.kind) {
    case facts::CallKind::kCall:
      if (is_resolved(function)) {
        resolve_meant_callee(function, call.expr, target);
      } else {
        resolve_callee({function, false}, body.tree.child(call.expr, 0), target);
      }
      break;
    case facts::CallKind::kDecorator:
      for (const Type& type : infer({function, false}, call.expr, 0)) {
        if (type.kind == TypeKind::kFunction || type.kind == TypeKind::kMethod) add_type_target(type, target);
        if (type.kind == TypeKind::kSymbol || type.kind == TypeKind::kLibraryMethod) {
          target.name = static_cast<NameId>(type.id);
        }
      }
      break;
    case facts::CallKind::kEnter:
      resolve_entered(function, call.expr, false, target);
      break;
    case facts::CallKind::kIterate:
      resolve_iterated(function, call.expr, target);
      break;
    case facts::CallKind::kAwait: {
      const facts::BlockId region = facts::around(body, call.block, facts::BlockKind::kRegion);
      if (region != facts::BlockId::kNone && body.blocks[index(region)].subject == call.expr) {
        resolve_entered(function, call.expr, true, target);
      }
      break;
    }
    case facts::CallKind::kUnwind:
      if (const facts::Meaning* meaning = meaning_at({function, false}, call.expr)) {
        add_meant_edges(function, *meaning, target);
        add_meant_labels(function, *meaning, target);
      }
      break;
  }
}

void Linker::enter_sites_of(FunctionId function) {
  const facts::Body& body = program_.body_of(function);
  begin_memo(function);
  current_sites_.assign(body.tree.exprs.size(), SiteId::kNone);
  Function& info = program_.functions[index(function)];
  info.sites.first = static_cast<uint32_t>(program_.sites.size());

  // Attributes that may be properties stand among the calls by where they end.
  std::vector<ExprId> properties;
  for (uint32_t e = 0; e < body.tree.exprs.size(); ++e) {
    const Expr& expr = body.tree.exprs[e];
    if (expr.kind == ExprKind::kAttribute && !expr.stored && is_property_name(name_in(function, expr.text))) {
      properties.push_back(static_cast<ExprId>(e));
    }
  }
  std::sort(properties.begin(), properties.end(), [&](ExprId a, ExprId b) {
    return std::pair(body.tree[a].at.end, index(a)) < std::pair(body.tree[b].at.end, index(b));
  });
  size_t next_property = 0;
  const auto add_properties_before = [&](uint32_t end) {
    for (; next_property < properties.size(); ++next_property) {
      const ExprId id = properties[next_property];
      const Expr& expr = body.tree[id];
      if (expr.at.end > end) break;
      Target target;
      if (!resolve_property(function, expr, target)) continue;
      Site site;
      site.kind = SiteKind::kProperty;
      site.in = function;
      site.expr = id;
      site.block = expr.block;
      site.at = expr.at;
      site.of = find_variable(function, body.tree.child(expr, 0));
      finish_site(site, target);
    }
  };

  for (const facts::Call& call : body.calls) {
    add_properties_before(call.at.end);
    Target target;
    resolve_call(function, call, target);
    Site site;
    site.kind = site_kind(call.kind);
    site.fate = call.fate;
    site.awaited = call.awaited || call.kind == facts::CallKind::kAwait;
    site.in = function;
    site.expr = call.expr;
    site.block = call.block;
    site.at = call.at;
    if (call.into != ExprId::kNone) site.into = find_variable(function, call.into);

    const SiteId id = static_cast<SiteId>(program_.sites.size());
    if (call.kind == facts::CallKind::kCall) {
      const Expr& expr = body.tree[call.expr];
      const Expr& callee = body.tree[body.tree.child(expr, 0)];
      if (callee.kind == ExprKind::kAttribute) {
        site.of = find_variable(function, body.tree.child(callee, 0));
      }
      // `os.walk(root)` acts on root: a module is no receiver.
      if (site.of == VariableId::kNone && expr.child_count > 1 && is_resolved(function)) {
        if (callee.kind == ExprKind::kName) site.of = find_variable(function, body.tree.child(expr, 1));
      } else if (site.of == VariableId::kNone && expr.child_count > 1 &&
                 (callee.kind != ExprKind::kAttribute || names_library(function, body.tree.child(callee, 0)))) {
        site.of = find_variable(function, behind(body.tree, body.tree.child(expr, 1)));
      }
      if (has_label(target, consume_) && expr.child_count > 1) {
        Target consumed;
        resolve_iterated(function, behind(body.tree, body.tree.child(expr, 1)), consumed);
        for (const Edge& edge : consumed.edges) add_edge(target, edge.callee, edge.confidence, true);
        target.labels.insert(target.labels.end(), consumed.labels.begin(), consumed.labels.end());
        if (!consumed.labels.empty()) target.name = consumed.name;
      }
      // `yield from rows()` runs the generator here.
      for (const facts::Exit& exit : body.exits) {
        if (exit.kind == facts::ExitKind::kYieldFrom && exit.value == call.expr) {
          resolve_iterated(function, call.expr, target);
        }
      }
      hand_over_arguments(function, id, call.expr, target);
      if (target.receiver_unknown) unknown_receivers_.push_back(id);
    } else if (call.kind == facts::CallKind::kDecorator) {
      if (call.function != facts::FunctionId::kNone) {
        const FunctionId first = program_[program_[function].file].first_function;
        const FunctionId decorated = static_cast<FunctionId>(index(first) + index(call.function));
        handed_.push_back({decorated, id, intern("0")});
      }
    } else {
      site.of = find_variable(function, call.expr);
    }
    // An awaited call of a plain function whose decorators we do not see through runs what they made of it; of one that
    // hands it to a thread we know.
    if (call.awaited && call.kind == facts::CallKind::kCall && !is_resolved(function)) {
      const auto is_offloaded = [&](FunctionId callee) {
        const std::vector<Graded>& labels = program_.function_labels[index(callee)];
        return std::any_of(labels.begin(), labels.end(), [&](const Graded& g) { return g.label == offload_; });
      };
      std::erase_if(target.edges, [&](const Edge& edge) {
        const Function& callee = program_[edge.callee];
        const bool decorated = !program_.outline_of(edge.callee).decorators.empty();
        return decorated && !callee.async && !callee.generator && !callee.is_static && !callee.is_class_method &&
               wrappers_.count(index(edge.callee)) == 0 && !is_offloaded(edge.callee);
      });
    }
    for (ClassId cls : target.constructs) constructions_.emplace_back(cls, id);
    if (call.kind == facts::CallKind::kCall) current_sites_[index(call.expr)] = id;
    finish_site(site, target);
  }
  add_properties_before(UINT32_MAX);
  program_.functions[index(function)].sites.count =
      static_cast<uint32_t>(program_.sites.size()) - program_.functions[index(function)].sites.first;
  connect_arguments(function);
  remember_names(function);
  enter_reads_of(function);
}

void Linker::finish_site(Site& site, Target& target) {
  site.name = target.name;
  site.method = target.method;
  settle_labels(target.labels);
  site.labels = {static_cast<uint32_t>(program_.graded.size()), static_cast<uint32_t>(target.labels.size())};
  program_.graded.insert(program_.graded.end(), target.labels.begin(), target.labels.end());
  std::sort(target.edges.begin(), target.edges.end(), [](const Edge& a, const Edge& b) { return a.callee < b.callee; });
  if (target.edges.size() == 1) target.edges.front().alternative = false;
  site.edges = {static_cast<uint32_t>(program_.edges.size()), static_cast<uint32_t>(target.edges.size())};
  program_.edges.insert(program_.edges.end(), target.edges.begin(), target.edges.end());
  program_.sites.push_back(site);
}

// Functions among the arguments are not called by this; who gets them may run them later, elsewhere, or, for sorted()
// and for project functions that call their parameter, at once.
void Linker::hand_over_arguments(FunctionId function, SiteId site, ExprId call, Target& target) {
  const facts::Body& body = program_.body_of(function);
  const Expr& expr = body.tree[call];
  const bool runs_here = has_label(target, runs_argument_);
  const std::vector<Edge> callees = target.edges;
  // `on_startup=[connect, warm]` hands over both.
  const auto hand_over_elements = [&](const Expr& display, NameId name) {
    for (uint32_t e = 0; e < display.child_count; ++e) {
      const ExprId element = body.tree.child(display, e);
      const ExprKind kind = body.tree[element].kind;
      if (kind != ExprKind::kName && kind != ExprKind::kAttribute) continue;
      for (const Type& type : infer({function, false}, element, 0)) {
        if (!type.bare() || (type.kind != TypeKind::kFunction && type.kind != TypeKind::kMethod)) continue;
        handed_.push_back({static_cast<FunctionId>(type.id), site, name});
      }
    }
  };
  for (uint32_t i = 1; i < expr.child_count; ++i) {
    const ExprId argument = body.tree.child(expr, i);
    const Expr& given = body.tree[argument];
    const bool keyword = given.kind == ExprKind::kKeyword;
    const ExprId value = keyword ? body.tree.child(given, 0) : argument;
    const ExprKind kind = body.tree[value].kind;
    const NameId name = keyword ? name_in(function, given.text) : intern(std::to_string(i - 1));
    if (kind == ExprKind::kList || kind == ExprKind::kTuple || kind == ExprKind::kSet || kind == ExprKind::kDict) {
      hand_over_elements(body.tree[value], name);
      continue;
    }
    // `co_spawn(executor, session(socket), detached)`: a coroutine that is made here runs where it is handed to.
    if (const SiteId made = current_sites_[index(value)]; is_resolved(function) && made != SiteId::kNone) {
      const Site& coroutine = program_[made];
      for (const Edge& edge : program_.edges_of(coroutine)) {
        if (program_[edge.callee].async && !coroutine.awaited) handed_.push_back({edge.callee, site, name});
      }
    }
    if (kind != ExprKind::kName && kind != ExprKind::kAttribute && kind != ExprKind::kFunction &&
        kind != ExprKind::kCall && !is_resolved(function)) {
      continue;
    }
    for (const Type& type : infer({function, false}, value, 0)) {
      if (type.bare() && (type.kind == TypeKind::kClass || type.kind == TypeKind::kInstance)) {
        if (is_resolved(function)) continue;
        // `Depends(Filter)` makes a Filter, `Depends(Checker())` calls the Checker.
        const char* method = type.kind == TypeKind::kClass ? "__init__" : "__call__";
        for (const Type& run : attribute_of_class(static_cast<ClassId>(type.id), intern(method), true, false, 0)) {
          if (run.kind == TypeKind::kMethod) handed_.push_back({static_cast<FunctionId>(run.id), site, name});
        }
        continue;
      }
      if (!type.bare() || (type.kind != TypeKind::kFunction && type.kind != TypeKind::kMethod)) continue;
      const FunctionId handed = static_cast<FunctionId>(type.id);
      handed_.push_back({handed, site, name});
      if (runs_here) {
        add_edge(target, handed, Confidence::kExact, true);
        continue;
      }
      for (const Edge& edge : callees) {
        const facts::Function& outline = program_.outline_of(edge.callee);
        const Function& info = program_[edge.callee];
        uint32_t parameter = i - 1;
        if (keyword) {
          parameter = UINT32_MAX;
          for (uint32_t p = 0; p < outline.parameters.size(); ++p) {
            if (name_in(edge.callee, outline.parameters[p].name) == name) parameter = p;
          }
        } else if (info.takes_self) {
          ++parameter;  // self is given by the call itself
        }
        const std::vector<bool>& calls = calls_parameter_[index(edge.callee)];
        if (parameter < calls.size() && calls[parameter] && (!info.async || is_resolved(edge.callee))) {
          add_edge(target, handed, edge.confidence, true);
        }
      }
    }
  }
}

void Linker::connect_arguments(FunctionId function) {
  const facts::Body& body = program_.body_of(function);
  const Range range = program_[function].sites;
  for (uint32_t s = range.first; s < range.first + range.count; ++s) {
    const Site& site = program_.sites[s];
    if (site.kind != SiteKind::kCall) continue;
    const Expr& expr = body.tree[site.expr];
    for (uint32_t i = 1; i < expr.child_count; ++i) {
      const ExprId argument = behind(body.tree, body.tree.child(expr, i));
      if (body.tree[argument].kind != ExprKind::kCall) continue;
      if (const SiteId inner = current_sites_[index(argument)]; inner != SiteId::kNone) {
        program_.sites[index(inner)].within = static_cast<SiteId>(s);
      }
    }
    // The receiver's maker inside the same function: `Client().get()`, or `c = Client(); c.get()`.
    const Expr& callee = body.tree[body.tree.child(expr, 0)];
    if (callee.kind != ExprKind::kAttribute) continue;
    const ExprId origin = origin_call(function, client_of({function, false}, body.tree.child(callee, 0)));
    if (origin == ExprId::kNone) continue;
    if (const SiteId maker = current_sites_[index(origin)]; maker != SiteId::kNone) program_.sites[s].made_by = maker;
  }
}

// `client.chat.completions` is a part of `client`, which is what somebody made.
ExprId Linker::client_of(Where where, ExprId receiver) {
  const facts::Tree& in = tree(where);
  for (ExprId id = receiver; in[id].kind == ExprKind::kAttribute; id = in.child(in[id], 0)) {
    const ExprId base = in.child(in[id], 0);
    for (const Type& type : infer(where, base, 0)) {
      if (type.bare() && type.kind == TypeKind::kLibrary) return base;
    }
  }
  return receiver;
}

// Receivers made elsewhere: a module variable or an attribute with one value that is a call, or what `with` entered.
void Linker::connect_receivers() {
  std::unordered_map<uint64_t, SiteId> by_expr;
  std::vector<bool> wanted(program_.functions.size());
  const auto maker_of = [&](VariableId id) -> const Write* {
    const Write* only = nullptr;
    for (WriteId write : program_.writes_of(program_[id])) {
      const Write& w = program_[write];
      if (w.change != Change::kAssign || w.value == ExprId::kNone) continue;
      const facts::Expr& value = program_.body_of(w.in).tree[w.value];
      if (value.kind == ExprKind::kLiteral) continue;  // `client = None` until it is made
      if (only != nullptr || value.kind != ExprKind::kCall) return nullptr;
      only = &w;
    }
    return only;
  };
  std::vector<std::pair<SiteId, const Write*>> pending;
  for (size_t s = 0; s < program_.sites.size(); ++s) {
    const Site& site = program_.sites[s];
    if (site.kind != SiteKind::kCall || site.made_by != SiteId::kNone) continue;
    const facts::Tree& in = program_.body_of(site.in).tree;
    const Expr& callee = in[in.child(site.expr, 0)];
    if (callee.kind != ExprKind::kAttribute) continue;
    VariableId receiver = site.of;
    if (receiver == VariableId::kNone) {
      const ExprId written = in.child(callee, 0);
      const ExprId client = client_of({site.in, false}, written);
      if (client != written) receiver = find_variable(site.in, client);
    }
    if (receiver == VariableId::kNone) continue;
    if (const Write* maker = maker_of(receiver)) {
      pending.emplace_back(static_cast<SiteId>(s), maker);
      wanted[index(maker->in)] = true;
    }
  }
  for (size_t s = 0; s < program_.sites.size(); ++s) {
    const Site& site = program_.sites[s];
    if (!wanted[index(site.in)] || site.kind != SiteKind::kCall) continue;
    by_expr[(static_cast<uint64_t>(index(site.in)) << 32) | index(site.expr)] = static_cast<SiteId>(s);
  }
  for (const auto& [site, maker] : pending) {
    const auto it = by_expr.find((static_cast<uint64_t>(index(maker->in)) << 32) | index(maker->value));
    if (it != by_expr.end() && it->second != site) program_.sites[index(site)].made_by = it->second;
  }
}

// A method that just one class of the project has, called on we know not what: likely that one, if the name is not of
// the kind that everything has.
void Linker::add_unique_methods() {
  for (SiteId id : unknown_receivers_) {
    Site& site = program_.sites[index(id)];
    if (site.edges.count > 0 || site.labels.count > 0 || site.name != NameId::kEmpty) continue;
    const std::string& method = str(site.method);
    const bool distinctive = method.size() >= 8 && method.find('_', 1) != std::string::npos && method[0] != '_';
    if (!distinctive) continue;
    const auto it = methods_by_name_.find(site.method);
    if (it == methods_by_name_.end() || it->second.size() != 1) continue;
    const FunctionId callee = it->second.front();
    if (program_[callee].is_property || program_[callee].is_abstract) continue;
    if (program_[callee].generator && !program_[callee].async) continue;
    if (site.awaited && !program_[callee].async) continue;  // who awaits means another one
    site.edges = {static_cast<uint32_t>(program_.edges.size()), 1};
    program_.edges.push_back({callee, Confidence::kLikely, false});
  }
}

void Linker::enter_callers_and_handed() {
  hand_on();
  connect_stored();
  program_.callers.assign(program_.functions.size(), {});
  for (size_t s = 0; s < program_.sites.size(); ++s) {
    for (const Edge& edge : program_.edges_of(program_.sites[s])) {
      program_.callers[index(edge.callee)].push_back(static_cast<SiteId>(s));
    }
  }
  std::stable_sort(handed_.begin(), handed_.end(),
                   [](const Handed& a, const Handed& b) { return a.function < b.function; });
  program_.handed = std::move(handed_);
  for (uint32_t h = 0; h < program_.handed.size(); ++h) {
    Range& range = program_.functions[index(program_.handed[h].function)].handed;
    if (range.count == 0) range.first = h;
    ++range.count;
  }
}

}  // namespace stallint::link
