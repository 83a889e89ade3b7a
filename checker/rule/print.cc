#include "checker/rule/print.h"

#include "checker/base/text.h"
#include "checker/rule/words.h"

#include <algorithm>

namespace stallint::rule {

namespace {

std::string with_subject(const Pattern& pattern) {
  return "{" + std::string(spelling(pattern.subject)) + ": " + text_of(pattern) + "}";
}

// `x`, `[x, y]`, or `never` and the like where there is nothing to list.
std::string one_or_list(const std::vector<std::string>& values) {
  return values.size() == 1 ? values.front() : "[" + join(values, ", ") + "]";
}

// A name as YAML: in quotes where YAML would read something else.
std::string quoted(const std::string& name) {
  const bool plain = !name.empty() && name.find_first_of("*{}[]:#,&!|>'\"%@` ") == std::string::npos;
  return plain ? name : "\"" + name + "\"";
}

std::string argument(const ArgumentTest& test) {
  using Kind = ArgumentTest::Kind;
  std::string value;
  switch (test.kind) {
    case Kind::kLiteral:
      value = quoted(test.literal);
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
    case Kind::kLike: {
      std::vector<std::string> globs;
      for (const std::string& glob : test.globs) globs.push_back(quoted(glob));
      value = "{like: " + one_or_list(globs) + "}";
      break;
    }
  }
  return test.name + ": " + (test.negated ? "{not: " + value + "}" : value);
}

std::string arguments(const std::vector<ArgumentTest>& tests) {
  std::vector<std::string> found;
  for (const ArgumentTest& test : tests) found.push_back(argument(test));
  return "{" + join(found, ", ") + "}";
}

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// Words whose nested patterns say their subject.
bool says_subject(Word word) {
  return word == Word::kIn || word == Word::kHas || word == Word::kAfter || word == Word::kBefore ||
         word == Word::kBeside || word == Word::kMadeBy || word == Word::kWithin || word == Word::kOf ||
         word == Word::kInto || word == Word::kTo || word == Word::kReturns || word == Word::kFilledIn ||
         word == Word::kGuards;
}

std::string nested(const Predicate& predicate) {
  std::vector<std::string> found;
  for (const Pattern& pattern : predicate.patterns) {
    std::string text = says_subject(predicate.word) ? with_subject(pattern) : text_of(pattern);
    if (predicate.flag && !text.empty()) text = text.substr(0, text.size() - 1) + ", across: await}";
    found.push_back(std::move(text));
  }
  return one_or_list(found);
}

// `made-of`: labels and names beside each other.
std::string parts(const Predicate& predicate) {
  std::vector<std::string> names, said;
  for (const std::string& name : predicate.names) names.push_back(quoted(name));
  for (const Pattern& pattern : predicate.patterns) {
    for (const Predicate& inner : pattern.predicates) said.push_back(text_of(inner));
  }
  if (!names.empty()) said.push_back("name: " + one_or_list(names));
  return "{" + join(said, ", ") + "}";
}

std::string value_of(const Predicate& predicate) {
  if (!predicate.arguments.empty()) return arguments(predicate.arguments);
  if (predicate.word == Word::kMatcher) return predicate.matcher.text;
  if (!predicate.variable.empty()) return predicate.variable;
  if (!predicate.patterns.empty() && (predicate.word == Word::kKey || predicate.word == Word::kParams)) {
    return "{made-of: " + parts(predicate) + "}";
  }
  if (!predicate.patterns.empty()) {
    return predicate.word == Word::kReturns ? "{from: " + nested(predicate) + "}" : nested(predicate);
  }
  if (predicate.word == Word::kParams && predicate.flag) return "typed";
  if (predicate.flag) return *predicate.flag ? "true" : "false";
  if (predicate.number)
    return predicate.at_least ? "{at-least: " + number(*predicate.number) + "}" : number(*predicate.number);
  const bool history = predicate.word == Word::kGrows || predicate.word == Word::kShrinks ||
                       predicate.word == Word::kWritten || predicate.word == Word::kRead;
  if (predicate.word == Word::kReturns && predicate.quantity == Quantity::kNone) return "{type: none}";
  if (predicate.quantity == Quantity::kNone) return history ? "never" : "none";
  if (predicate.quantity == Quantity::kSome) return "some";

  std::vector<std::string> names;
  for (const std::string& name : predicate.names) names.push_back(quoted(name));
  const std::string list = one_or_list(names);
  switch (predicate.word) {
    case Word::kParams:
      return "{name: " + list + "}";
    case Word::kReturns:
      return "{type: " + list + "}";
    case Word::kValue:
    case Word::kKey:
      return "{shape: " + list + "}";
    default:
      return list;
  }
}

}  // namespace

std::string text_of(const Predicate& predicate) {
  std::string word(words()[static_cast<size_t>(predicate.word)].spelling);
  if (predicate.word == Word::kFacet) word = predicate.facet;
  const std::string value = value_of(predicate);
  return word + ": " + (predicate.negated ? "{not: " + value + "}" : value);
}

std::string text_of(const Pattern& pattern) {
  std::vector<std::string> found;
  for (const Predicate& predicate : pattern.predicates) found.push_back(text_of(predicate));
  return "{" + join(found, ", ") + "}";
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (size_t row = 0; row < rows.size(); ++row) {
    text += '|';
    for (const std::string& cell : rows[row]) {
      text += ' ';
      for (const char c : cell) {
        if (c == '|') text += '\\';
        text += c == '\n' ? ' ' : c;
      }
      text += " |";
    }
    text += '\n';
    if (row > 0) continue;
    for (size_t i = 0; i < rows[row].size(); ++i) text += i == 0 ? "| --- |" : " --- |";
    text += '\n';
  }
  return text;
}

std::string fenced(std::string_view text, std::string_view language) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  std::string block = fence;
  block.append(language).append("\n").append(text);
  if (!block.ends_with('\n')) block += '\n';
  return block + fence + "\n";
}

}  // namespace stallint::rule
