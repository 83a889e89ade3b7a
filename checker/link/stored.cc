// Functions kept in variables, and called from there.
//
//     void Router::add(std::string path, Handler handler) { routes_.emplace(path, std::move(handler)); }
//     router.add("/items", [&](const Request& request) { return items(request); });
//     const auto route = routes_.find(path);  return route->second(request);      // runs the lambda, and others
//
// Which of them runs is not known, so they are alternatives.

#include "checker/link/linker.h"

#include <algorithm>
#include <map>
#include <set>

namespace stallint::link {
namespace {

using facts::Expr;
using facts::ExprId;
using facts::ExprKind;

constexpr int kRounds = 4;        // from hand to hand, and from variable to variable
constexpr size_t kMostKept = 64;  // who keeps more knows as good as nothing

using Functions = std::set<FunctionId>;

}  // namespace

class Linker::Stored {
 public:
  explicit Stored(Linker& linker) : linker_(linker), program_(linker.program_) {}

  void connect() {
    hand_over();
    for (int round = 0; round < kRounds; ++round) {
      for (uint32_t f = 0; f < program_.functions.size(); ++f) {
        if (linker_.is_resolved(static_cast<FunctionId>(f))) follow(static_cast<FunctionId>(f));
      }
    }
    for (uint32_t s = 0; s < program_.sites.size(); ++s) add_edges(program_.sites[s]);
  }

 private:
  // What parameters get.
  void hand_over() {
    for (const Handed& handed : linker_.handed_) {
      const std::string& argument = linker_.str(handed.argument);
      if (argument.empty() || argument.find_first_not_of("0123456789") != std::string::npos) continue;
      const size_t position = std::stoul(argument);
      for (const Edge& edge : program_.edges_of(program_[handed.site])) {
        if (!linker_.is_resolved(edge.callee)) continue;
        const auto& parameters = program_.outline_of(edge.callee).parameters;
        if (position >= parameters.size()) continue;
        const NameId name = linker_.name_in(edge.callee, parameters[position].name);
        const VariableId* variable = linker_.scope_variables_[index(edge.callee)].find(name);
        if (variable != nullptr) kept_[*variable].insert(handed.function);
      }
    }
  }

  void keep(VariableId variable, const Functions& functions) {
    if (variable == VariableId::kNone || functions.empty()) return;
    Functions& kept = kept_[variable];
    if (kept.size() + functions.size() <= kMostKept) kept.insert(functions.begin(), functions.end());
  }

  // All functions that are written in an expression, or kept by a variable that it names.
  Functions below(FunctionId function, ExprId value) const {
    Functions found;
    const facts::Body& body = program_.body_of(function);
    std::vector<ExprId> work{value};
    while (!work.empty()) {
      const ExprId id = work.back();
      work.pop_back();
      const Expr& expr = body.tree[id];
      if (expr.kind == ExprKind::kFunction) {
        found.insert(
            static_cast<FunctionId>(index(program_[program_[function].file].first_function) + expr.first_child));
        continue;
      }
      const VariableId variable = linker_.meant_variable(function, id);
      if (const auto it = kept_.find(variable); variable != VariableId::kNone && it != kept_.end()) {
        found.insert(it->second.begin(), it->second.end());
      }
      for (uint32_t n = 0; n < expr.child_count; ++n) {
        // What is called is not kept; what is asked for something (`routes_.find(path)`) may give it.
        work.push_back(body.tree.child(expr, n));
      }
    }
    return found;
  }

  void follow(FunctionId function) {
    const facts::Body& body = program_.body_of(function);
    for (const facts::Write& write : body.writes) {
      if (write.value == ExprId::kNone || write.target == ExprId::kNone) continue;
      ExprId target = write.target;
      while (body.tree[target].kind == ExprKind::kSubscript) target = body.tree.child(target, 0);
      keep(linker_.meant_variable(function, target), below(function, write.value));
    }
    const Range sites = program_[function].sites;
    for (uint32_t s = sites.first; s < sites.first + sites.count; ++s) {
      const Site& site = program_.sites[s];
      if (site.kind != SiteKind::kCall) continue;
      const Expr& call = body.tree[site.expr];
      const bool member = body.tree[body.tree.child(call, 0)].kind == ExprKind::kAttribute;
      const bool grows = member && site.of != VariableId::kNone && has(site, linker_.grow_, linker_.grow_keyed_);
      for (uint32_t n = 1; n < call.child_count; ++n) {
        const ExprId argument = body.tree.child(call, n);
        const Expr& given = body.tree[argument];
        // `Route{.path = path, .handler = handler}` keeps each value in its field.
        if (given.kind == ExprKind::kKeyword) {
          keep(linker_.meant_variable(function, argument), below(function, body.tree.child(given, 0)));
        }
        if (grows) keep(site.of, below(function, argument));
      }
    }
  }

  bool has(const Site& site, Label one, Label other) const {
    const auto labels = program_.labels(site);
    return std::any_of(labels.begin(), labels.end(),
                       [&](const Graded& graded) { return graded.label == one || graded.label == other; });
  }

  // `handler_(request)`, `route->second(request)`: of a field of the project, else of what holds it.
  void add_edges(Site& site) {
    if (site.kind != SiteKind::kCall || site.edges.count > 0 || !linker_.is_resolved(site.in)) return;
    const facts::Body& body = program_.body_of(site.in);
    ExprId callee = body.tree.child(site.expr, 0);
    // Only an object that is called like a function: `handler(request)`.
    const Expr& called = body.tree[callee];
    if (called.kind == ExprKind::kAttribute && program_.facts_of(site.in).text(called.text) == "operator()") {
      callee = body.tree.child(called, 0);
    } else if (linker_.meant_variable(site.in, callee) == VariableId::kNone) {
      return;
    }
    // What a function calls of its own parameters is known better where it is called: hand_over_arguments().
    const VariableId own = linker_.meant_variable(site.in, callee);
    if (own != VariableId::kNone && program_[own].kind == VariableKind::kParameter &&
        program_[own].function == site.in) {
      return;
    }
    Functions found;
    while (true) {
      const auto it = kept_.find(linker_.meant_variable(site.in, callee));
      if (it != kept_.end()) found = it->second;
      const Expr& expr = body.tree[callee];
      const bool part =
          expr.kind == ExprKind::kAttribute || expr.kind == ExprKind::kSubscript || expr.kind == ExprKind::kUnary;
      if (!found.empty() || !part || expr.child_count == 0) break;
      callee = body.tree.child(expr, 0);
    }
    found.erase(site.in);
    if (found.empty()) return;
    site.edges = {static_cast<uint32_t>(program_.edges.size()), static_cast<uint32_t>(found.size())};
    for (FunctionId function : found) {
      program_.edges.push_back({function, Confidence::kLikely, found.size() > 1, true});
    }
  }

  Linker& linker_;
  Program& program_;
  std::map<VariableId, Functions> kept_;
};

void Linker::connect_stored() { Stored(*this).connect(); }

}  // namespace stallint::link
