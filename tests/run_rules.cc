// Every example of every rule: exactly the marked lines are found, by that rule alone.
//
//     async def tick():
//         time.sleep(1)    # finding: tick -> time.sleep
//
// Words after the colon must appear in the message; in C++ the mark is `// finding`. Examples under `todo` fail the
// suite when they begin to hold, so that list only shrinks. Rules under tests/rules are tests of words and are run
// alike. Without Clang the examples in C++ are left out, and counted.

#include "checker/base/text.h"
#include "checker/finding/finding.h"
#include "checker/rule/rule.h"
#include "tests/support/cpp.h"
#include "tests/support/linted.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

namespace stallint {
namespace {

namespace fs = std::filesystem;

using Marks = std::map<std::pair<std::string, uint32_t>, std::string>;  // file and line -> words

Marks marks_of(const rule::Example& example) {
  Marks marks;
  for (const rule::ExampleFile& file : example.files) {
    uint32_t number = 0;
    for (const std::string_view line : split(file.text, '\n')) {
      ++number;
      const std::string_view sign = is_cpp(file.name) ? "// finding" : "# finding";
      const size_t at = line.find(sign);
      if (at == std::string_view::npos) continue;
      const std::string_view rest = line.substr(at + sign.size());
      marks[{file.name, number}] = rest.empty() ? "" : std::string(trimmed(rest.substr(1)));
    }
  }
  return marks;
}

std::vector<SourceText> texts_of(const rule::Example& example) {
  std::vector<SourceText> files;
  for (const rule::ExampleFile& file : example.files) files.push_back({file.name, file.text});
  return files;
}

bool holds_cpp(const rule::Example& example) {
  return std::any_of(example.files.begin(), example.files.end(),
                     [](const rule::ExampleFile& file) { return is_cpp(file.name); });
}

std::vector<std::string> ids_of(const rule::Rules& rules) {
  std::vector<std::string> ids;
  for (const rule::Rule& rule : rules.rules) ids.push_back(rule.id);
  return ids;
}

// The C++ of all examples of some rules, read at once.
std::map<const rule::Example*, CppFacts> read_examples(const rule::Rules& rules) {
  std::vector<const rule::Example*> examples;
  std::vector<std::vector<SourceText>> projects;
  for (const rule::Rule& rule : rules.rules) {
    for (const auto* list : {&rule.bad, &rule.good, &rule.missed, &rule.wrong}) {
      for (const rule::Example& example : *list) {
        if (!holds_cpp(example)) continue;
        examples.push_back(&example);
        projects.push_back(texts_of(example));
      }
    }
  }
  if (!reads_cpp() && !examples.empty()) {
    std::cout << examples.size() << " examples in C++ are left out: this build is without Clang\n";
  }
  std::vector<std::string> queries;
  for (const rule::Matcher& matcher : rule::matchers_of(rules, ids_of(rules))) queries.push_back(matcher.text);
  std::vector<CppFacts> read = read_cpp(projects, {}, queries);
  std::map<const rule::Example*, CppFacts> facts;
  for (size_t n = 0; n < examples.size(); ++n) facts[examples[n]] = std::move(read[n]);
  return facts;
}

// The rules of a run are never taken apart.
const Lore& lore_of(const rule::Rules& rules) {
  static std::map<const rule::Rules*, Lore> all;
  return all.try_emplace(&rules, rules).first->second;
}

const CppFacts& cpp_of(const rule::Example& example, const rule::Rules& rules) {
  static std::map<const rule::Rules*, std::map<const rule::Example*, CppFacts>> all;
  const auto [it, fresh] = all.try_emplace(&rules);
  if (fresh) it->second = read_examples(rules);
  return it->second[&example];
}

// What is wrong with an example, one line each; empty if it holds.
std::string differences(const rule::Example& example, const rule::Rule& rule, const rule::Rules& rules) {
  const std::vector<SourceText> files = texts_of(example);
  const CppFacts& cpp = cpp_of(example, rules);
  Marks missing = marks_of(example);
  const Marks wanted = missing;
  std::map<std::pair<std::string, uint32_t>, std::string> said;
  std::vector<std::string> enabled{rule.id};
  if (rule.of_suppressions) enabled = ids_of(rules);  // what a comment silences has to be looked for
  for (const Finding& finding : lint(files, lore_of(rules), enabled, 1, cpp)) {
    if (finding.rule == rule.id && !finding.suppressed)
      said[{finding.region.file, finding.region.line}] += finding.message + "\n";
  }

  std::string text;
  for (const std::string& problem : cpp.problems) text += problem + "\n";
  for (const auto& [place, messages] : said) {
    const std::string where = place.first + ":" + std::to_string(place.second) + ": ";
    const auto mark = wanted.find(place);
    if (mark == wanted.end()) text += where + "found, but not marked: " + messages;
    if (mark != wanted.end() && messages.find(mark->second) == std::string::npos) {
      text += where + "`" + mark->second + "` is not in the message: " + messages;
    }
    missing.erase(place);
  }
  for (const auto& [place, words] : missing) {
    text += place.first + ":" + std::to_string(place.second) + ": marked, but not found\n";
  }
  return text;
}

void expect_held(const std::vector<rule::Example>& examples, const rule::Rule& rule, const rule::Rules& rules) {
  for (const rule::Example& example : examples) {
    if (!reads_cpp() && holds_cpp(example)) continue;
    const std::string wrong = differences(example, rule, rules);
    EXPECT_TRUE(wrong.empty()) << rule.id << ", example at " << example.place.text() << "\n" << wrong;
  }
}

void expect_not_held(const std::vector<rule::Example>& examples, const rule::Rule& rule, const rule::Rules& rules) {
  for (const rule::Example& example : examples) {
    if (!reads_cpp() && holds_cpp(example)) continue;
    EXPECT_FALSE(differences(example, rule, rules).empty()) << rule.id << ": the example at " << example.place.text()
                                                            << " holds now: move it from `todo` to `bad` or `good`";
  }
}

void run_examples(const rule::Rule& rule, const rule::Rules& rules) {
  expect_held(rule.bad, rule, rules);
  expect_held(rule.good, rule, rules);
  expect_not_held(rule.missed, rule, rules);
  expect_not_held(rule.wrong, rule, rules);
}

const rule::Rules& shipped() {
  static const rule::Rules rules = shipped_rules();
  return rules;
}

std::vector<std::string> shipped_ids() {
  std::vector<std::string> ids;
  for (const rule::Rule& rule : shipped().rules) ids.push_back(rule.id);
  return ids;
}

// Rules and models under tests/rules.
std::vector<rule::SourceFile> files_of_words() {
  std::vector<rule::SourceFile> files;
  const fs::path folder = fs::path(STALLINT_SOURCE_DIR) / "tests/rules";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    files.push_back({fs::relative(entry.path(), STALLINT_SOURCE_DIR).string(), text.str(), false});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

const rule::Rules& words() {
  static const rule::Rules rules = shipped_rules(files_of_words());
  return rules;
}

std::vector<std::string> word_ids() {
  std::vector<std::string> ids;
  for (const rule::Rule& rule : words().rules) {
    const std::string_view id = rule.id;
    if (id.starts_with("word-") || id.starts_with("framework-") || id.starts_with("library-")) ids.push_back(rule.id);
  }
  return ids;
}

// `http-missing-timeout` as the name of a test: letters, digits and `_` only.
std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

class ShippedRule : public testing::TestWithParam<std::string> {};

TEST_P(ShippedRule, HoldsItsExamples) {
  for (const rule::Rule& rule : shipped().rules) {
    if (rule.id == GetParam()) run_examples(rule, shipped());
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, ShippedRule, testing::ValuesIn(shipped_ids()), test_name);

class Word : public testing::TestWithParam<std::string> {};

TEST_P(Word, HoldsItsExamples) {
  for (const rule::Rule& rule : words().rules) {
    if (rule.id == GetParam()) run_examples(rule, words());
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Word, testing::ValuesIn(word_ids()), test_name);

}  // namespace
}  // namespace stallint
