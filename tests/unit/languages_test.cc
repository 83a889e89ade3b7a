// Rules, labels of functions and values of calls speak of files in their own language only.

#include "checker/flow/flow.h"
#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/python/python.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stallint {
namespace {

constexpr char kModels[] = R"(
labels:
  loop.entry: {function: [{name: NAME}]}
  blocks.x: {call: [CALL]}
facets:
  timeout: [{of: blocks.x, default: DEFAULT}]
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::string model(const std::string& language, const std::string& name, const std::string& call,
                  const std::string& value) {
  std::string text = replaced(replaced(kModels, "NAME", name), "CALL", call);
  return "language: " + language + replaced(text, "DEFAULT", value);
}

std::string rule(const std::string& id, const std::string& languages, const std::string& find) {
  return "id: " + id + "\nseverity: low\nmessage: it waits\nlanguages: " + languages + "\nfind:\n" + find;
}

// What is found in two files of the same text: "a.py:1 rule". The second is given out as one of C++: what the front end
// of Python says of so simple a text is what that of C++ would say.
std::vector<std::string> found(const std::string& id, const std::string& languages, const std::string& find) {
  const std::vector<rule::SourceFile> files = {
      {"models/python.yaml", model("python", "'*'", "'*.wait'", "none")},
      {"models/cpp.yaml", model("cpp", "other", "'::wait'", "5")},
      {"rules/" + id + ".yaml", rule(id, languages, find)},
      {"flow.yaml", "effects: {blocks: {stops-at: [loop.entry]}}\n"},
  };
  auto rules = rule::load_rules(files);
  EXPECT_TRUE(rules) << (rules ? "" : rules.problems()[0].message);
  if (!rules) return {};
  std::vector<link::InputFile> inputs;
  for (const char* path : {"a.py", "b.py"}) {
    inputs.push_back({path, {std::string(1, path[0])}, false, python::read("def f(x):\n    x.wait()\n")});
  }
  inputs[1].facts.language = facts::Language::kCpp;
  link::Program program = link::link(std::move(inputs), *rules, 1);
  flow::close(program, *rules, 1);
  std::vector<std::string> places;
  for (const Finding& finding : match::match(program, *rules, {.jobs = 1, .enabled = {id}, .pythons = {}})) {
    places.push_back(finding.region.file + ":" + std::to_string(finding.region.line));
  }
  return places;
}

using Places = std::vector<std::string>;

TEST(Languages, ARuleLooksAtFilesOfItsOwn) {
  const std::string find = "  - function: {name: f}\n";
  EXPECT_EQ(found("one", "python", find), Places({"a.py:1"}));
  EXPECT_EQ(found("one", "cpp", find), Places({"b.py:1"}));
  EXPECT_EQ(found("one", "[python, cpp]", find), Places({"a.py:1", "b.py:1"}));
}

TEST(Languages, ASubjectMayHaveFewerThanItsRule) {
  EXPECT_EQ(found("one", "[python, cpp]", "  - function: {name: f}\n    languages: cpp\n"), Places({"b.py:1"}));
  EXPECT_EQ(found("one", "[python, cpp]",
                  "  - function: {name: f}\n    languages: cpp\n  - call: {name: '*wait'}\n    languages: python\n"),
            Places({"b.py:1", "a.py:2"}));
}

TEST(Languages, AFunctionHasTheLabelsOfItsLanguage) {
  EXPECT_EQ(found("one", "[python, cpp]", "  - function: {is: loop.entry}\n"), Places({"a.py:1"}));
}

TEST(Languages, EachKindOfThingIsOfALanguage) {
  for (const std::string find : {"  - call: {result: dropped}\n", "  - variable: {name: x}\n"}) {
    const Places all = found("one", "[python, cpp]", find);
    const Places cpp = found("one", "cpp", find);
    EXPECT_EQ(all.size(), 2u) << find;
    ASSERT_EQ(cpp.size(), 1u) << find;
    EXPECT_EQ(cpp[0].substr(0, 4), "b.py") << find;
  }
}

}  // namespace
}  // namespace stallint
