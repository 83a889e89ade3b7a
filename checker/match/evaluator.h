#pragma once
// How words are asked; only files of this room include it.
//
// A pattern holds of a thing if all its predicates do. Cheap words are asked first, words that bind `$x` next, words
// that walk the program last. A word is a function of a Query; it may bind variables and weaken the confidence of the
// match. A denied word (`runs: {not: once}`) is asked with a copy of the match, so what it found is forgotten.

#include "checker/base/glob.h"
#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/rule/rule.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace stallint::match {

class Evaluator;

// One question: does this word, with this value, hold of this thing?
struct Query {
  const Evaluator& evaluator;
  const link::Program& program;
  const rule::Pattern& pattern;  // the word stands in it
  const rule::Predicate& predicate;
  const Thing& thing;
  Match& match;
};

using WordFunction = bool (*)(Query&);

// A line of a model that gives a facet, with its label resolved.
struct FacetLine {
  const rule::FacetSource* source = nullptr;
  link::LabelSet of;
};

class Prepared {
 public:
  Prepared(const rule::Rules& rules, const std::vector<std::string>& label_names);

  // Labels that models give to names which link does not keep.
  struct Named {
    std::unordered_map<std::string, std::vector<link::Graded>> exact;
    std::vector<std::pair<std::string, link::Graded>> globs;
    link::LabelSet given;
  };

  struct Facet {
    std::vector<FacetLine> lines;
    std::vector<uint32_t> general;                                      // about labels, or names with a star
    std::unordered_map<std::string_view, std::vector<uint32_t>> exact;  // about one name
  };

  struct Plan {
    std::vector<uint8_t> order;                // to ask predicates in
    const link::LabelSet* required = nullptr;  // what the pattern holds of has one of these labels
  };

  const rule::Rules& rules;
  const std::vector<std::string> label_names;
  std::vector<Plan> patterns;          // by their ids
  std::vector<link::LabelSet> labels;  // of predicates, by their ids
  std::vector<NameSet> names;          // likewise
  std::vector<uint16_t> subjects;      // likewise: those of the patterns within, a bit each
  std::unordered_map<std::string, Facet> facets;
  Named decorators;
  Named properties;

 private:
  void prepare(const rule::Pattern& pattern);
  void prepare(const rule::Predicate& predicate);
  void prepare_name(const rule::Labelled& labelled);
  void prepare_facet(const rule::FacetSource& source);
};

class Evaluator {
 public:
  Evaluator(const link::Program& program, std::shared_ptr<const Prepared> prepared);

  bool holds(const rule::Pattern& pattern, const Thing& thing, Match& match) const;
  bool holds(const rule::Pattern& pattern, const rule::Predicate& predicate, const Thing& thing, Match& match) const;

  // Whether one look at the labels of the thing shows that the pattern does not hold.
  bool is_ruled_out(const rule::Pattern& pattern, const Thing& thing) const;

  // The first predicate, in the order of asking, that does not hold; null if all do.
  const rule::Predicate* first_denied(const rule::Pattern& pattern, const Thing& thing, Match& match) const;

  // All labels that the names of a predicate cover.
  const link::LabelSet& labels(const rule::Predicate& predicate) const { return prepared_->labels[predicate.id]; }

  // Whether one of the globs of a predicate matches the text.
  bool named(const rule::Predicate& predicate, std::string_view text) const { return names(predicate).matches(text); }
  const NameSet& names(const rule::Predicate& predicate) const { return prepared_->names[predicate.id]; }

  // Whether one of the patterns of a predicate is about that subject.
  bool asks_for(const rule::Predicate& predicate, rule::Subject subject) const {
    return (prepared_->subjects[predicate.id] >> static_cast<unsigned>(subject) & 1) != 0;
  }

  // Labels that a canonical name has as a decorator or as a property; link keeps those of calls only.
  std::vector<link::Graded> labels_of_name(rule::Labelled::Kind kind, const std::string& name) const;

  // Whether there is such a name with one of the labels.
  bool gives(rule::Labelled::Kind kind, const link::LabelSet& set) const;

  // The lines of a facet that may be about the site, in the order of the models.
  std::vector<const FacetLine*> facet_lines(const std::string& facet, const link::Site& site) const;

  // The name that a facet says of a call, such as its asynchronous twin, or none.
  std::optional<std::string> facet_name(const std::string& facet, link::SiteId site) const;

  // Whether some site of the project calls this library name.
  bool is_used(const std::string& library_name) const;

  // The sites that empty the memo of a function: `price.cache_clear()`.
  const std::vector<link::SiteId>& clearing() const { return clearing_; }

  const link::Program& program() const { return program_; }
  const rule::Rules& rules() const { return prepared_->rules; }

 private:
  const link::Program& program_;
  const std::shared_ptr<const Prepared> prepared_;
  std::unordered_set<std::string_view> used_;
  std::vector<link::SiteId> clearing_;
};

struct Matcher::State {
  Evaluator evaluator;
};

// "There is one": offers things to patterns until one holds; of several the one with the best grade counts.
//
//     Search search(query);
//     for (SiteId site : sites) if (search.offer(Thing::of(site))) break;
//     return search.finish();
class Search {
 public:
  explicit Search(Query& query) : Search(query.evaluator, query.predicate.patterns, query.match) {}
  Search(const Evaluator& evaluator, const std::vector<rule::Pattern>& patterns, Match& match)
      : evaluator_(evaluator), patterns_(patterns), match_(match) {}

  // Asks the patterns of the thing's own subject. True if nothing better can be found.
  bool offer(const Thing& thing, Confidence grade = Confidence::kExact);

  // The same for words whose patterns have but one subject.
  bool offer_any(const Thing& thing, Confidence grade = Confidence::kExact);

  // Whether one look shows that none of the patterns of its subject holds of the thing.
  bool is_hopeless(const Thing& thing) const;

  // Takes what was found into the match; true if there was one.
  bool finish();

  // The same, and keeps the call that was found, for {call} in the message.
  bool finish_with_call();

 private:
  bool try_pattern(const rule::Pattern& pattern, const Thing& thing, Confidence grade);

  const Evaluator& evaluator_;
  const std::vector<rule::Pattern>& patterns_;
  Match& match_;
  std::optional<Match> best_;
  Thing best_thing_;
};

// The best grade of a label in the set, or none.
std::optional<Confidence> grade_in(std::span<const link::Graded> labels, const link::LabelSet& set);

// Lowers the confidence of the match to at most `grade`.
inline void weaken(Match& match, Confidence grade) {
  if (grade < match.confidence) match.confidence = grade;
}

// --- Words, by family
// ---------------------------------------------------------------------------------------------------

namespace words {

// labels.cc
bool is(Query& query);
bool over(Query& query);
bool name(Query& query);
// around.cc
bool in(Query& query);
bool has(Query& query);
bool beside(Query& query);
bool made_by(Query& query);
bool within(Query& query);
// order.cc
bool after(Query& query);
bool before(Query& query);
// acted.cc
bool of(Query& query);
bool into(Query& query);
bool to(Query& query);
bool finds(Query& query);
// arguments.cc, facet.cc
bool args(Query& query);
bool facet(Query& query);
// call.cc
bool awaited(Query& query);
bool amortised(Query& query);
bool certain(Query& query);
bool entered(Query& query);
bool result(Query& query);
bool callee(Query& query);
bool filtered_by(Query& query);
bool raised(Query& query);
bool filled_in(Query& query);
// function.cc
bool async(Query& query);
bool generator(Query& query);
bool params(Query& query);
bool decorated(Query& query);
bool overrides(Query& query);
bool argument_of(Query& query);
bool calls(Query& query);
bool runs(Query& query);
// returns.cc
bool returns(Query& query);
// reach.cc
bool reaches(Query& query);
// variable.cc
bool lives(Query& query);
bool grows(Query& query);
bool shrinks(Query& query);
bool written(Query& query);
bool read(Query& query);
bool guarded(Query& query);
bool initial(Query& query);
// write.cc
bool op(Query& query);
bool value(Query& query);
bool key(Query& query);
bool own(Query& query);
// lock.cc
bool holding(Query& query);
// clang.cc
bool matcher(Query& query);
// loop.cc
bool changes(Query& query);
bool kind(Query& query);
bool bounded(Query& query);
bool carries(Query& query);
bool fed_by(Query& query);
// handler.cc
bool catches(Query& query);
bool guards(Query& query);
bool reraises(Query& query);
bool leaves(Query& query);

}  // namespace words
}  // namespace stallint::match
