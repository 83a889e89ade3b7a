#include "checker/match/evaluator.h"

#include "checker/rule/each.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace stallint::match {
namespace {

using rule::Word;

struct WordEntry {
  WordFunction holds = nullptr;
  uint8_t cost = 0;           // 0 looks at the thing, 1 binds, 2 and more look around, 5 follows calls
  bool own_negation = false;  // `word: {not: ...}` is not simply the opposite
};

bool any(Query& query) {
  Search search(query);
  search.offer_any(query.thing);
  return search.finish();
}

bool all(Query& query) {
  for (const rule::Pattern& pattern : query.predicate.patterns) {
    if (!query.evaluator.holds(pattern, query.thing, query.match)) return false;
  }
  return true;
}

bool none(Query& query) {
  for (const rule::Pattern& pattern : query.predicate.patterns) {
    Match forgotten = query.match;
    if (query.evaluator.holds(pattern, query.thing, forgotten)) return false;
  }
  return true;
}

constexpr WordEntry entry_of(Word word) {
  switch (word) {
    case Word::kIs:
      return {words::is, 0};
    case Word::kName:
      return {words::name, 0};
    case Word::kIn:
      return {words::in, 2};
    case Word::kHas:
      return {words::has, 3};
    case Word::kAfter:
      return {words::after, 3};
    case Word::kBefore:
      return {words::before, 3};
    case Word::kBeside:
      return {words::beside, 2};
    case Word::kMadeBy:
      return {words::made_by, 2};
    case Word::kWithin:
      return {words::within, 2};
    case Word::kOf:
      return {words::of, 1};
    case Word::kFinds:
      return {words::finds, 1};
    case Word::kInto:
      return {words::into, 1};
    case Word::kArgs:
      return {words::args, 1};
    case Word::kAwaited:
      return {words::awaited, 0};
    case Word::kAmortised:
      return {words::amortised, 0};
    case Word::kCertain:
      return {words::certain, 0};
    case Word::kEntered:
      return {words::entered, 1};
    case Word::kFilteredBy:
      return {words::filtered_by, 3};
    case Word::kResult:
      return {words::result, 2};
    case Word::kRaised:
      return {words::raised, 0};
    case Word::kFilledIn:
      return {words::filled_in, 3};
    case Word::kCallee:
      return {words::callee, 3};
    case Word::kFacet:
      return {words::facet, 1};
    case Word::kAsync:
      return {words::async, 0};
    case Word::kGenerator:
      return {words::generator, 0};
    case Word::kParams:
      return {words::params, 2};
    case Word::kDecorated:
      return {words::decorated, 2};
    case Word::kOverrides:
      return {words::overrides, 2};
    case Word::kArgumentOf:
      return {words::argument_of, 3};
    case Word::kReturns:
      return {words::returns, 3};
    case Word::kCalls:
      return {words::calls, 3};
    case Word::kReaches:
      return {words::reaches, 5};
    case Word::kRuns:
      return {words::runs, 2};
    case Word::kLives:
      return {words::lives, 0};
    case Word::kGrows:
      return {words::grows, 4};
    case Word::kShrinks:
      return {words::shrinks, 4};
    case Word::kWritten:
      return {words::written, 4};
    case Word::kRead:
      return {words::read, 4};
    case Word::kGuarded:
      return {words::guarded, 3};
    case Word::kInitial:
      return {words::initial, 0};
    case Word::kTo:
      return {words::to, 1};
    case Word::kOp:
      return {words::op, 0};
    case Word::kValue:
      return {words::value, 0};
    case Word::kKey:
      return {words::key, 0};
    case Word::kOwn:
      return {words::own, 0};
    case Word::kHolding:
      return {words::holding, 4, true};
    case Word::kChanges:
      return {words::changes, 3, true};
    case Word::kKind:
      return {words::kind, 0};
    case Word::kOver:
      return {words::over, 2};
    case Word::kBounded:
      return {words::bounded, 2};
    case Word::kCarries:
      return {words::carries, 3};
    case Word::kFedBy:
      return {words::fed_by, 3};
    case Word::kCatches:
      return {words::catches, 0};
    case Word::kGuards:
      return {words::guards, 3};
    case Word::kReraises:
      return {words::reraises, 1};
    case Word::kLeaves:
      return {words::leaves, 1};
    case Word::kMatcher:
      return {words::matcher, 0};
    case Word::kAny:
      return {any, 3};
    case Word::kAll:
      return {all, 3};
    case Word::kNot:
      return {none, 4};
  }
  return {};
}

// The words by their numbers.
constexpr auto kWords = [] {
  std::array<WordEntry, static_cast<size_t>(Word::kNot) + 1> words;
  for (size_t n = 0; n < words.size(); ++n) words[n] = entry_of(static_cast<Word>(n));
  return words;
}();

const WordEntry& entry(Word word) { return kWords[static_cast<size_t>(word)]; }

// Where a thing stands is asked early if the function or class around it only has to be looked at.
uint8_t cost_of(const rule::Predicate& predicate) {
  const uint8_t cost = entry(predicate.word).cost;
  const bool looks = predicate.word == Word::kIn && predicate.variable.empty() &&
                     std::all_of(predicate.patterns.begin(), predicate.patterns.end(), [](const rule::Pattern& around) {
                       return around.subject == rule::Subject::kFunction &&
                              std::all_of(around.predicates.begin(), around.predicates.end(),
                                          [](const rule::Predicate& inner) { return inner.word == Word::kAsync; });
                     });
  return looks ? 0 : cost;
}

bool takes_labels(Word word) {
  return word == Word::kIs || word == Word::kOver || word == Word::kHolding || word == Word::kReaches ||
         word == Word::kCatches;
}

}  // namespace

// --- Preparing
// ----------------------------------------------------------------------------------------------------------

Prepared::Prepared(const rule::Rules& rules, const std::vector<std::string>& label_names)
    : rules(rules), label_names(label_names) {
  patterns.resize(rules.patterns);
  labels.resize(rules.predicates);
  names.resize(rules.predicates);
  subjects.resize(rules.predicates);
  rule::each_pattern(rules, [&](const rule::Pattern& pattern) { prepare(pattern); });
  for (const rule::Model& model : rules.models) {
    for (const rule::Labelled& labelled : model.labelled) prepare_name(labelled);
    for (const rule::FacetSource& source : model.facets) prepare_facet(source);
  }
}

void Prepared::prepare(const rule::Pattern& pattern) {
  Plan& plan = patterns[pattern.id];
  std::vector<uint8_t>& order = plan.order;
  order.resize(pattern.predicates.size());
  std::iota(order.begin(), order.end(), uint8_t{0});
  std::stable_sort(order.begin(), order.end(), [&](uint8_t left, uint8_t right) {
    return cost_of(pattern.predicates[left]) < cost_of(pattern.predicates[right]);
  });
  const bool of_one = pattern.subject == rule::Subject::kCall || pattern.subject == rule::Subject::kFunction ||
                      pattern.subject == rule::Subject::kVariable;
  for (const rule::Predicate& predicate : pattern.predicates) {
    prepare(predicate);
    if (of_one && predicate.word == Word::kIs && !predicate.negated) plan.required = &labels[predicate.id];
  }
}

void Prepared::prepare(const rule::Predicate& predicate) {
  if (takes_labels(predicate.word)) {
    link::LabelSet& set = labels[predicate.id];
    for (const std::string& name : predicate.names) set |= link::covered(label_names, name);
  } else if (!predicate.names.empty()) {
    names[predicate.id] = NameSet(predicate.names);
  }
  for (const rule::Pattern& inner : predicate.patterns) {
    subjects[predicate.id] |= uint16_t{1} << static_cast<unsigned>(inner.subject);
  }
}

Evaluator::Evaluator(const link::Program& program, std::shared_ptr<const Prepared> prepared)
    : program_(program), prepared_(std::move(prepared)) {
  std::vector<bool> known(program.names.size());
  known[index(link::NameId::kEmpty)] = true;
  for (uint32_t s = 0; s < program.sites.size(); ++s) {
    const link::Site& site = program.sites[s];
    if (!known[index(site.name)]) used_.insert(program.text(site.name));
    known[index(site.name)] = true;
    if (program.text(site.method) == "cache_clear") clearing_.push_back(static_cast<link::SiteId>(s));
  }
}

void Prepared::prepare_name(const rule::Labelled& labelled) {
  using Kind = rule::Labelled::Kind;
  if (labelled.kind != Kind::kDecorator && labelled.kind != Kind::kProperty) return;
  const auto found = std::lower_bound(label_names.begin(), label_names.end(), labelled.label);
  if (found == label_names.end() || *found != labelled.label) return;
  link::Graded graded;
  graded.label = static_cast<link::Label>(found - label_names.begin());
  if ((labelled.name.starts_with("*.") || labelled.name.starts_with("*::"))) graded.confidence = Confidence::kLikely;
  Named& named = labelled.kind == Kind::kDecorator ? decorators : properties;
  named.given.set(index(graded.label));
  if (labelled.name.find('*') == std::string::npos) {
    named.exact[labelled.name].push_back(graded);
  } else {
    named.globs.emplace_back(labelled.name, graded);
  }
}

std::vector<link::Graded> Evaluator::labels_of_name(rule::Labelled::Kind kind, const std::string& name) const {
  if (name.empty()) return {};
  const Prepared::Named& named =
      kind == rule::Labelled::Kind::kDecorator ? prepared_->decorators : prepared_->properties;
  const auto exact = named.exact.find(name);
  std::vector<link::Graded> labels = exact == named.exact.end() ? std::vector<link::Graded>() : exact->second;
  for (const auto& [glob, graded] : named.globs) {
    if (name_matches(glob, name)) labels.push_back(graded);
  }
  return labels;
}

void Prepared::prepare_facet(const rule::FacetSource& source) {
  Facet& facet = facets[source.facet];
  const auto number = static_cast<uint32_t>(facet.lines.size());
  facet.lines.push_back({&source, link::covered(label_names, source.of)});
  const bool exact = facet.lines.back().of.none() && source.of.find_first_of("*?{") == std::string::npos;
  (exact ? facet.exact[source.of] : facet.general).push_back(number);
}

bool Evaluator::gives(rule::Labelled::Kind kind, const link::LabelSet& set) const {
  return ((kind == rule::Labelled::Kind::kDecorator ? prepared_->decorators : prepared_->properties).given & set).any();
}

std::vector<const FacetLine*> Evaluator::facet_lines(const std::string& facet, const link::Site& site) const {
  const auto found = prepared_->facets.find(facet);
  if (found == prepared_->facets.end()) return {};
  const Prepared::Facet& all = found->second;
  std::vector<uint32_t> numbers = all.general;
  if (const auto exact = all.exact.find(program_.text(site.name)); exact != all.exact.end()) {
    numbers.insert(numbers.end(), exact->second.begin(), exact->second.end());
    std::sort(numbers.begin(), numbers.end());
  }
  std::vector<const FacetLine*> lines;
  for (const uint32_t number : numbers) lines.push_back(&all.lines[number]);
  return lines;
}

bool Evaluator::is_used(const std::string& library_name) const { return used_.count(library_name) > 0; }

// --- Asking
// -------------------------------------------------------------------------------------------------------------

bool Evaluator::holds(const rule::Pattern& pattern, const rule::Predicate& predicate, const Thing& thing,
                      Match& match) const {
  const WordEntry& word = entry(predicate.word);
  if (!predicate.negated || word.own_negation) {
    Query query{*this, program_, pattern, predicate, thing, match};
    return word.holds(query);
  }
  Match forgotten = match;
  Query query{*this, program_, pattern, predicate, thing, forgotten};
  return !word.holds(query);
}

const rule::Predicate* Evaluator::first_denied(const rule::Pattern& pattern, const Thing& thing, Match& match) const {
  for (const uint8_t index : prepared_->patterns[pattern.id].order) {
    if (!holds(pattern, pattern.predicates[index], thing, match)) return &pattern.predicates[index];
  }
  return nullptr;
}

bool Evaluator::is_ruled_out(const rule::Pattern& pattern, const Thing& thing) const {
  const link::LabelSet* required = prepared_->patterns[pattern.id].required;
  if (required == nullptr) return false;
  if (pattern.subject != thing.subject || thing.leaf != link::Label::kNone) return false;
  const auto lacks = [&](std::span<const link::Graded> labels) { return !grade_in(labels, *required); };
  switch (thing.subject) {
    case rule::Subject::kCall: {  // what decorators are called is asked of the models
      const link::Site& site = program_[static_cast<link::SiteId>(thing.id)];
      return site.kind != link::SiteKind::kDecorator && lacks(program_.labels(site));
    }
    case rule::Subject::kFunction:
      return lacks(program_.function_labels[thing.id]);
    case rule::Subject::kVariable:
      return lacks(program_.labels(program_[static_cast<link::VariableId>(thing.id)]));
    default:
      return false;
  }
}

bool Evaluator::holds(const rule::Pattern& pattern, const Thing& thing, Match& match) const {
  if (is_ruled_out(pattern, thing)) return false;
  Match attempt = match;
  if (first_denied(pattern, thing, attempt) != nullptr) return false;
  match = std::move(attempt);
  return true;
}

// --- Search
// -------------------------------------------------------------------------------------------------------------

bool Search::try_pattern(const rule::Pattern& pattern, const Thing& thing, Confidence grade) {
  if (evaluator_.is_ruled_out(pattern, thing)) return false;
  Match attempt = match_;
  weaken(attempt, grade);
  if (evaluator_.first_denied(pattern, thing, attempt) != nullptr) return false;
  if (!best_ || best_->confidence < attempt.confidence) {
    best_ = std::move(attempt);
    best_thing_ = thing;
  }
  return best_->confidence == match_.confidence;
}

bool Search::offer(const Thing& thing, Confidence grade) {
  for (const rule::Pattern& pattern : patterns_) {
    if (pattern.subject == thing.subject && try_pattern(pattern, thing, grade)) return true;
  }
  return false;
}

bool Search::offer_any(const Thing& thing, Confidence grade) {
  for (const rule::Pattern& pattern : patterns_) {
    if (try_pattern(pattern, thing, grade)) return true;
  }
  return false;
}

bool Search::is_hopeless(const Thing& thing) const {
  return std::all_of(patterns_.begin(), patterns_.end(), [&](const rule::Pattern& pattern) {
    return pattern.subject != thing.subject || evaluator_.is_ruled_out(pattern, thing);
  });
}

bool Search::finish() {
  if (!best_) return false;
  match_ = std::move(*best_);
  return true;
}

bool Search::finish_with_call() {
  if (!finish()) return false;
  if (best_thing_.subject == rule::Subject::kCall) match_.call = static_cast<link::SiteId>(best_thing_.id);
  return true;
}

std::optional<Confidence> grade_in(std::span<const link::Graded> labels, const link::LabelSet& set) {
  std::optional<Confidence> best;
  for (const link::Graded& graded : labels) {
    if (graded.label == link::Label::kNone || !set.test(index(graded.label))) continue;
    if (!best || *best < graded.confidence) best = graded.confidence;
  }
  return best;
}

// --- Matcher
// ------------------------------------------------------------------------------------------------------------

std::shared_ptr<const Prepared> prepare(const rule::Rules& rules, const std::vector<std::string>& label_names) {
  return std::make_shared<Prepared>(rules, label_names);
}

Matcher::Matcher(const link::Program& program, std::shared_ptr<const Prepared> prepared)
    : state_(new State{Evaluator(program, std::move(prepared))}) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;

bool Matcher::holds(const rule::Pattern& pattern, const Thing& thing, Match& match) const {
  return state_->evaluator.holds(pattern, thing, match);
}

bool Matcher::holds(const rule::Pattern& pattern, const Thing& thing) const {
  Match match;
  return holds(pattern, thing, match);
}

}  // namespace stallint::match
