// The names of a rule that only the whole rule can judge: `$variables` and the {placeholders} of messages.

#include "checker/base/suggest.h"
#include "checker/rule/files.h"
#include "checker/rule/foreign.h"
#include "checker/rule/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace stallint::rule {

namespace {

constexpr std::array<std::string_view, 5> kPlaceholders = {"function", "call", "variable", "chain", "sink"};

struct Said {
  size_t times = 0;
  size_t binding = 0;  // times outside of `not`
  Place place;         // of the first
};

using Variables = std::map<std::string, Said>;

void collect(const Pattern& pattern, bool negated, Variables& found) {
  for (const Predicate& predicate : pattern.predicates) {
    const bool denied = negated || predicate.negated || predicate.word == Word::kNot;
    if (!predicate.variable.empty()) {
      Said& said = found[predicate.variable];
      if (said.times++ == 0) said.place = predicate.place;
      if (!denied) ++said.binding;
    }
    // What a matcher binds may be for itself alone, so nobody has to use it.
    for (const std::string& name : bound_by(predicate.matcher)) {
      Said& said = found["$" + name];
      said.times += 2;
      ++said.binding;
    }
    for (const Pattern& inner : predicate.patterns) collect(inner, denied, found);
  }
}

// Whether the pattern says the word of what it finds, not of something around or inside it.
bool says(const Pattern& pattern, Word word) {
  return std::any_of(pattern.predicates.begin(), pattern.predicates.end(), [&](const Predicate& predicate) {
    if (predicate.word == word) return !predicate.negated;
    const bool same = predicate.word == Word::kAny || predicate.word == Word::kAll;
    return same && std::any_of(predicate.patterns.begin(), predicate.patterns.end(),
                               [&](const Pattern& inner) { return says(inner, word); });
  });
}

bool says_anywhere(const Pattern& pattern, std::initializer_list<Word> words) {
  return std::any_of(words.begin(), words.end(), [&](Word word) { return says(pattern, word); });
}

// Empty if the placeholder has a value in findings of this pattern.
std::string wrong_placeholder(const Pattern& pattern, std::string_view name) {
  const Subject subject = pattern.subject;
  if (name == "chain" || name == "sink") {
    return says(pattern, Word::kReaches) ? "" : "has a value only with `reaches`";
  }
  if (name == "variable") {
    const bool has = subject == Subject::kVariable || subject == Subject::kWrite || subject == Subject::kTest ||
                     subject == Subject::kRegion || says_anywhere(pattern, {Word::kOf, Word::kInto, Word::kTo});
    return has ? "" : "has a value only for a variable, write, test or region, or with `of` or `into`";
  }
  if (name == "call") {
    const bool has = subject == Subject::kCall || subject == Subject::kRegion ||
                     says_anywhere(pattern, {Word::kReaches, Word::kCalls, Word::kHas, Word::kDecorated, Word::kValue});
    return has ? "" : "has a value only for a call or with `reaches`, `calls`, `has` or `decorated`";
  }
  return "";
}

// A text with placeholders: the message of a `find`, or an advice, which may name facets too.
struct Worded {
  const Find& find;
  std::string text;
  std::string what;  // "the message"
  bool facets = false;
};

void check_placeholder(Reader& reader, const Worded& worded, const std::string& name, Variables& variables) {
  const Find& find = worded.find;
  if (worded.facets && reader.ledger().facets.count(name) > 0) return;
  const auto variable = variables.find("$" + name);
  if (variable != variables.end()) {
    ++variable->second.times;
    return;
  }
  const Place& place = find.pattern.place;
  if (std::find(kPlaceholders.begin(), kPlaceholders.end(), name) != kPlaceholders.end()) {
    const std::string wrong = wrong_placeholder(find.pattern, name);
    if (!wrong.empty()) reader.problem(place, "`{" + name + "}` in " + worded.what + " " + wrong);
    return;
  }
  std::vector<std::string> known(kPlaceholders.begin(), kPlaceholders.end());
  for (const auto& [spelt, said] : variables) known.push_back(spelt.substr(1));
  const std::set<std::string>& facets = reader.ledger().facets;
  if (worded.facets) known.insert(known.end(), facets.begin(), facets.end());
  const std::string hint = did_you_mean(name, known);
  reader.problem(place, "unknown placeholder `{" + name + "}` in " + worded.what +
                            (hint.empty() ? "; there are {function}, {call}, {variable}, {chain}, {sink} and the "
                                            "`$names` of the pattern"
                                          : hint));
}

void check_text(Reader& reader, const Worded& worded, Variables& variables) {
  const std::string& message = worded.text;
  for (size_t at = message.find_first_of("{}"); at != std::string::npos; at = message.find_first_of("{}", at)) {
    const size_t close = message[at] == '{' ? message.find_first_of("{}", at + 1) : std::string::npos;
    if (close == std::string::npos || message[close] != '}') {
      return reader.problem(worded.find.pattern.place,
                            worded.what + " holds a brace that is not part of a `{placeholder}`");
    }
    check_placeholder(reader, worded, message.substr(at + 1, close - at - 1), variables);
    at = close + 1;
  }
}

// A name that this `find` does not bind would stand for anything, so the exception would hold nearly always.
void check_exception(Reader& reader, const Find& find, const Pattern& pattern, std::string_view key, Variables& found) {
  if (pattern.subject != find.pattern.subject) return;
  Variables own;
  collect(pattern, false, own);
  for (const auto& [name, said] : own) {
    const auto outer = found.find(name);
    if (outer != found.end()) {
      outer->second.times += said.times;
    } else if (said.times == 1 || said.binding == 0) {
      reader.problem(said.place, "`" + name + "` in `" + std::string(key) + "` is not bound by the `find` of line " +
                                     std::to_string(find.pattern.place.line) +
                                     "; if only one `find` binds it, put the "
                                     "exception there, under `not`");
    }
  }
}

void check_find(Reader& reader, const Rule& rule, const Find& find) {
  Variables variables;
  collect(find.pattern, false, variables);
  check_text(reader, {find, find.message, "the message"}, variables);
  for (const Pattern& pattern : rule.unless) check_exception(reader, find, pattern, "unless", variables);
  for (const Pattern& pattern : rule.lower) check_exception(reader, find, pattern, "lower", variables);
  for (const Advice& advice : rule.advice) {
    check_exception(reader, find, advice.pattern, "advice", variables);
    if (advice.pattern.subject == find.pattern.subject) {
      check_text(reader, {find, advice.say, "the advice", true}, variables);
    }
  }
  for (const auto& [name, said] : variables) {
    if (said.binding == 0) {
      reader.problem(said.place,
                     "`" + name + "` is used here, but nothing binds it: no `of`, `into` or `to` outside of `not`");
    } else if (said.times == 1) {
      reader.problem(said.place, "`" + name + "` is bound here and never used: nothing else names it, and no message");
    }
  }
}

}  // namespace

void check_names(Reader& reader, const Rule& rule) {
  for (const Find& find : rule.find) check_find(reader, rule, find);
}

}  // namespace stallint::rule
