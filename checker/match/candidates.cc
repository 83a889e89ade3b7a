#include "checker/match/candidates.h"

#include "checker/match/spot.h"

#include <algorithm>

namespace stallint::match {
namespace {

using rule::Subject;

void enter(std::vector<std::vector<uint32_t>>& index, std::span<const link::Graded> labels, uint32_t id) {
  for (const link::Graded& graded : labels) {
    if (graded.label == link::Label::kNone) continue;
    std::vector<uint32_t>& ids = index[link::index(graded.label)];
    if (ids.empty() || ids.back() != id) ids.push_back(id);
  }
}

// Whether something in it has a name that other words may ask for.
bool binds(const rule::Predicate& predicate) {
  return !predicate.variable.empty() ||
         std::any_of(predicate.patterns.begin(), predicate.patterns.end(), [](const rule::Pattern& pattern) {
           return std::any_of(pattern.predicates.begin(), pattern.predicates.end(), binds);
         });
}

// The label that every match must have, if the pattern says so at its top.
const rule::Predicate* required_label(const rule::Pattern& pattern) {
  for (const rule::Predicate& predicate : pattern.predicates) {
    if (predicate.word == rule::Word::kIs && !predicate.negated) return &predicate;
  }
  return nullptr;
}

}  // namespace

Candidates::Candidates(const Evaluator& evaluator) : evaluator_(evaluator), program_(evaluator.program()) {
  const link::Program& program = program_;
  sites_.resize(program.label_names.size());
  functions_.resize(program.label_names.size());
  variables_.resize(program.label_names.size());
  leads_.resize(program.sites.size());
  for (const std::vector<link::Reached>& ways : program.reached) {
    for (const link::Reached& way : ways) leads_[link::index(way.site)] = true;
  }
  for (const link::File& file : program.files) languages_.insert(file.facts.language);
  for (uint32_t n = 0; n < program.sites.size(); ++n) enter(sites_, program.labels(program.sites[n]), n);
  for (uint32_t n = 0; n < program.function_labels.size(); ++n) enter(functions_, program.function_labels[n], n);
  for (uint32_t n = 0; n < program.variables.size(); ++n) enter(variables_, program.labels(program.variables[n]), n);
  for (uint32_t n = 0; n < program.functions.size(); ++n) enter_blocks(static_cast<link::FunctionId>(n));
}

void Candidates::enter_blocks(link::FunctionId function) {
  const std::vector<facts::Block>& blocks = program_.body_of(function).blocks;
  for (uint32_t n = 1; n < blocks.size(); ++n) {  // the first is the body itself
    for (const Subject subject : {Subject::kTest, Subject::kLoop, Subject::kRegion, Subject::kHandler}) {
      if (!block_is(blocks[n], subject)) continue;
      blocks_[static_cast<size_t>(subject)].push_back(Thing::of(subject, function, static_cast<facts::BlockId>(n)));
    }
  }
}

// A module and a class body are functions of facts, but nobody calls them functions.
bool Candidates::is_subject(link::FunctionId function) const {
  const facts::FunctionKind kind = program_.outline_of(function).kind;
  return kind == facts::FunctionKind::kFunction || kind == facts::FunctionKind::kLambda;
}

std::vector<Thing> Candidates::labelled(Subject subject, const link::LabelSet& labels) const {
  const auto& by_label = subject == Subject::kCall ? sites_ : subject == Subject::kFunction ? functions_ : variables_;
  std::vector<uint32_t> ids;
  for (size_t label = 0; label < by_label.size(); ++label) {
    if (labels.test(label)) ids.insert(ids.end(), by_label[label].begin(), by_label[label].end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

  std::vector<Thing> things;
  for (const uint32_t id : ids) {
    if (subject == Subject::kFunction && !is_subject(static_cast<link::FunctionId>(id))) continue;
    things.push_back(Thing::of(subject, id));
  }
  return things;
}

std::vector<Thing> Candidates::all(Subject subject) const {
  std::vector<Thing> things;
  const auto count = [&](size_t size) {
    for (uint32_t n = 0; n < size; ++n) things.push_back(Thing::of(subject, n));
  };
  switch (subject) {
    case Subject::kClass:
      count(program_.classes.size());
      return things;
    case Subject::kVariable:
      count(program_.variables.size());
      return things;
    case Subject::kCall:
      count(program_.sites.size());
      return things;
    case Subject::kWrite:
      count(program_.writes.size());
      return things;
    case Subject::kClang:
      count(program_.matched.size());
      return things;
    case Subject::kTest:
    case Subject::kLoop:
    case Subject::kRegion:
    case Subject::kHandler:
      return blocks_[static_cast<size_t>(subject)];
    case Subject::kFunction:
      break;
  }
  for (uint32_t n = 0; n < program_.functions.size(); ++n) {
    const auto function = static_cast<link::FunctionId>(n);
    if (is_subject(function)) things.push_back(Thing::of(function));
  }
  return things;
}

bool Candidates::may_be(const rule::Pattern& pattern, link::SiteId id) {
  if (evaluator_.is_ruled_out(pattern, Thing::of(id))) return false;
  const link::Site& site = program_[id];
  const auto may_be_inner = [&](const rule::Pattern& inner) { return may_be(inner, id); };
  return std::all_of(pattern.predicates.begin(), pattern.predicates.end(), [&](const rule::Predicate& predicate) {
    if (predicate.negated) return true;
    switch (predicate.word) {
      case rule::Word::kAwaited:
        return (site.awaited || site.kind == link::SiteKind::kAwait) == predicate.flag.value_or(true);
      case rule::Word::kCallee:
        return may_call(predicate, site);
      case rule::Word::kArgs:
        return std::all_of(predicate.arguments.begin(), predicate.arguments.end(),
                           [&](const rule::ArgumentTest& test) { return may_give(test, site); });
      case rule::Word::kResult:  // what a local name holds goes further, but is not dropped
        if (predicate.names.size() != 1) return true;
        if (predicate.names[0] == "dropped") return site.fate == facts::Fate::kDropped;
        return predicate.names[0] != "local" || site.fate == facts::Fate::kLocal;
      case rule::Word::kReaches:
        return static_cast<bool>(leads_[link::index(id)]);
      case rule::Word::kAll:
        return std::all_of(predicate.patterns.begin(), predicate.patterns.end(), may_be_inner);
      case rule::Word::kAny:
        return std::any_of(predicate.patterns.begin(), predicate.patterns.end(), may_be_inner);
      default:
        return true;
    }
  });
}

// What is said of a callee alone is asked once of each function, however many call it.
bool Candidates::may_call(const rule::Predicate& callee, const link::Site& site) {
  if (site.edges.count == 0 || binds(callee)) return site.edges.count > 0;
  std::vector<Answer>& known = callees_[&callee];
  known.resize(program_.functions.size());
  const auto edges = program_.edges_of(site);
  return std::any_of(edges.begin(), edges.end(), [&](const link::Edge& edge) {
    if (edge.callee == link::FunctionId::kNone) return true;
    Answer& answer = known[link::index(edge.callee)];
    if (answer == Answer::kUnknown) {
      Match match;
      Search search(evaluator_, callee.patterns, match);
      search.offer_any(Thing::of(edge.callee));
      answer = search.finish() ? Answer::kYes : Answer::kNo;
    }
    return answer == Answer::kYes;
  });
}

// An argument has a name that the file of the call spells, or that of the function, unless a `partial` gives it.
bool Candidates::may_give(const rule::ArgumentTest& test, const link::Site& site) {
  if (test.negated || test.kind == rule::ArgumentTest::Kind::kMissing) return true;
  const auto edges = program_.edges_of(site);
  const bool one = edges.size() == 1 && edges[0].callee != link::FunctionId::kNone;
  if (spells(test, site.in) || (one && spells(test, edges[0].callee))) return true;
  if (site.expr == facts::ExprId::kNone) return false;
  const facts::Tree& tree = program_.body_of(site.in).tree;
  if (tree[site.expr].kind != facts::ExprKind::kCall) return false;
  const bool by_position = test.name.find_first_not_of("0123456789") == std::string::npos;
  if (by_position) return tree[site.expr].child_count > 1;
  return program_.variable_of(site.in, tree.child(site.expr, 0)) != link::VariableId::kNone;
}

// Whether the file of the function holds the name of the argument.
bool Candidates::spells(const rule::ArgumentTest& test, link::FunctionId function) {
  std::vector<Answer>& known = spelled_[&test];
  known.resize(program_.files.size());
  Answer& answer = known[link::index(program_[function].file)];
  if (answer == Answer::kUnknown) {
    const std::vector<std::string>& strings = program_.facts_of(function).strings;
    answer = std::find(strings.begin(), strings.end(), test.name) != strings.end() ? Answer::kYes : Answer::kNo;
  }
  return answer == Answer::kYes;
}

// Most projects are of one language, so that nothing has to be asked of each thing.
void Candidates::keep(const std::vector<facts::Language>& languages, std::vector<Thing>& things) const {
  const auto wanted = [&](facts::Language language) {
    return std::find(languages.begin(), languages.end(), language) != languages.end();
  };
  if (std::all_of(languages_.begin(), languages_.end(), wanted)) return;
  std::erase_if(things, [&](const Thing& thing) { return !wanted(language_of(program_, thing)); });
}

std::vector<Thing> Candidates::of(const rule::Find& find) {
  const rule::Pattern& pattern = find.pattern;
  const bool hopeless = std::none_of(find.languages.begin(), find.languages.end(),
                                     [&](facts::Language language) { return languages_.count(language) > 0; });
  if (hopeless) return {};
  const rule::Predicate* label = required_label(pattern);
  const bool indexed = pattern.subject == Subject::kCall || pattern.subject == Subject::kFunction ||
                       pattern.subject == Subject::kVariable;
  std::vector<Thing> things =
      label == nullptr || !indexed ? all(pattern.subject) : labelled(pattern.subject, evaluator_.labels(*label));
  if (pattern.subject == Subject::kCall) {
    std::erase_if(things, [&](const Thing& thing) { return !may_be(pattern, static_cast<link::SiteId>(thing.id)); });
  }
  keep(find.languages, things);
  return things;
}

}  // namespace stallint::match
