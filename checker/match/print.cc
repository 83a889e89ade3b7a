#include "checker/match/print.h"

#include "checker/base/text.h"

namespace stallint::match {
namespace {

using rule::Predicate;
using rule::Word;

std::string list(const std::vector<std::string>& items) {
  if (items.size() == 1) return items[0];
  return "[" + join(items, ", ") + "]";
}

// Words whose patterns name no subject: `calls: {is: db.limit}`.
bool subject_is_known(Word word) {
  switch (word) {
    case Word::kIn:
    case Word::kHas:
    case Word::kAfter:
    case Word::kBefore:
    case Word::kWithin:
    case Word::kOf:
    case Word::kInto:
    case Word::kTo:
      return false;
    default:
      return true;
  }
}

std::string print(const rule::Pattern& pattern, const Predicate& holder) {
  std::vector<std::string> parts;
  for (const Predicate& predicate : pattern.predicates) parts.push_back(match::print(predicate));
  const std::string words = "{" + join(parts, ", ") + "}";
  if (subject_is_known(holder.word)) return words;
  return "{" + std::string(rule::spelling(pattern.subject)) + ": " + words + "}";
}

std::string print(const rule::ArgumentTest& test) {
  using Kind = rule::ArgumentTest::Kind;
  std::string value;
  switch (test.kind) {
    case Kind::kLiteral:
      value = test.literal;
      break;
    case Kind::kNone:
      value = "none";
      break;
    case Kind::kMissing:
      value = "{missing: true}";
      break;
    case Kind::kGiven:
      value = "{given: true}";
      break;
    case Kind::kShape:
      value = "{shape: " + test.literal + "}";
      break;
    case Kind::kIs:
      value = "{is: " + test.literal + "}";
      break;
  }
  return test.name + ": " + (test.negated ? "{not: " + value + "}" : value);
}

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string value_of(const Predicate& predicate) {
  std::vector<std::string> parts;
  if (predicate.word == Word::kArgs) {
    for (const rule::ArgumentTest& test : predicate.arguments) parts.push_back(print(test));
    return "{" + join(parts, ", ") + "}";
  }
  if (!predicate.variable.empty()) return predicate.variable;
  if (!predicate.patterns.empty()) {
    for (const rule::Pattern& pattern : predicate.patterns) parts.push_back(print(pattern, predicate));
    if (predicate.flag && *predicate.flag) parts.back().insert(parts.back().size() - 1, ", across: await");
    return list(parts);
  }
  if (predicate.flag) return *predicate.flag ? "true" : "false";
  if (predicate.number) {
    return predicate.at_least ? "{at-least: " + number(*predicate.number) + "}" : number(*predicate.number);
  }
  if (predicate.quantity != rule::Quantity::kUnsaid) {
    const bool history = predicate.word == Word::kGrows || predicate.word == Word::kShrinks ||
                         predicate.word == Word::kWritten || predicate.word == Word::kRead;
    if (history) return "never";
    return predicate.quantity == rule::Quantity::kNone ? "none" : "some";
  }
  return list(predicate.names);
}

}  // namespace

std::string print(const Predicate& predicate) {
  const std::string_view word = rule::words()[static_cast<size_t>(predicate.word)].spelling;
  const std::string key = predicate.word == Word::kFacet ? predicate.facet : std::string(word);
  const std::string value = value_of(predicate);
  return key + ": " + (predicate.negated ? "{not: " + value + "}" : value);
}

}  // namespace stallint::match
