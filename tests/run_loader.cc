// Loading of rules, models and flow, as their authors meet it: a file in, problems out.
//
// Each tests/loader/*.yaml is a case. It is loaded together with tests/loader/base, and all problems it gives, in
// order, stand in its first lines:
//
//     # error: 7:5: unknown word `runing`, did you mean `runs`?
//
// A case without such lines loads. `# as: PATH` says what the file is loaded as (otherwise a rule of the file's name),
// `# shipped` that it comes with stallint, and `# file: PATH` further below begins another file of the same case.
//
// To accept changed problems, run the test with STALLINT_ACCEPT=1 and read the difference before it is committed.

#include "checker/base/yaml.h"
#include "checker/rule/embedded.h"
#include "checker/rule/rule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

const std::string kFolder = std::string(STALLINT_SOURCE_DIR) + "/tests/loader/";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<rule::SourceFile> base() {
  return {{"base/models/library.yaml", read(kFolder + "base/models/library.yaml")},
          {"base/flow.yaml", read(kFolder + "base/flow.yaml")}};
}

struct Case {
  std::vector<rule::SourceFile> files;
  std::vector<std::string> expected;  // "7:5: message"
};

// Lines keep their numbers: what stands above a file becomes empty lines in it.
Case read_case(const fs::path& path) {
  Case one;
  one.files.push_back({path.filename().string(), ""});
  std::istringstream in(read(path));
  size_t number = 0;
  bool shipped = false;
  for (std::string line; std::getline(in, line); ++number) {
    const auto rest = [&](std::string_view mark) { return line.substr(mark.size()); };
    if (line.starts_with("# error: ")) {
      one.expected.push_back(rest("# error: "));
    } else if (line.starts_with("# as: ")) {
      one.files.back().path = rest("# as: ");
    } else if (line == "# shipped") {
      shipped = true;
    } else if (line.starts_with("# file: ")) {
      one.files.push_back({rest("# file: "), std::string(number, '\n')});
    }
    one.files.back().text += line + "\n";
  }
  for (rule::SourceFile& file : one.files) file.shipped = shipped;
  return one;
}

std::vector<std::string> problems_of(const std::vector<rule::SourceFile>& files) {
  std::vector<rule::SourceFile> all = base();
  all.insert(all.end(), files.begin(), files.end());
  const auto rules = rule::load_rules(all);
  std::vector<std::string> found;
  if (rules) return found;
  for (const Problem& problem : rules.problems()) {
    const Place place{"", problem.place.line, problem.place.column};
    found.push_back(place.text() + ": " + problem.message);
  }
  return found;
}

std::string lines(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& line : all) text += line + "\n";
  return text;
}

// The case with other problems at its top; their number must not change, since it moves the lines.
void accept(const fs::path& path, const std::vector<std::string>& problems) {
  std::string text;
  for (const std::string& problem : problems) text += "# error: " + problem + "\n";
  std::istringstream in(read(path));
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("# error: ")) text += line + "\n";
  }
  std::ofstream(path, std::ios::binary) << text;
}

std::vector<fs::path> cases() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yaml") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class LoaderCase : public testing::TestWithParam<fs::path> {};

TEST_P(LoaderCase, SaysWhatIsWrong) {
  const Case one = read_case(GetParam());
  const std::vector<std::string> found = problems_of(one.files);
  if (std::getenv("STALLINT_ACCEPT") != nullptr) accept(GetParam(), found);
  EXPECT_EQ(lines(found), lines(one.expected)) << GetParam();
}

std::string case_name(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, LoaderCase, testing::ValuesIn(cases()), case_name);

// --- What loading gives
// -----------------------------------------------------------------------------------------------

rule::Rules load(std::vector<rule::SourceFile> files) {
  std::vector<rule::SourceFile> all = base();
  all.insert(all.end(), files.begin(), files.end());
  auto rules = rule::load_rules(all);
  if (rules) return std::move(*rules);
  for (const Problem& problem : rules.problems()) ADD_FAILURE() << problem.text();
  return {};
}

const std::string kMinimal = "severity: low\nmessage: too slow\nfind: {call: {is: blocks}}\n";

TEST(Loader, GivesARuleByItsKeys) {
  const rule::Rules rules = load({{"slow.yaml",
                                   "id: slow\nseverity: high\nenabled: false\ntags: [a, b]\nlanguages: [python, cpp]\n"
                                   "requires: {python: \"3.11\"}\nmessage: \"{function} waits: {chain}\"\nat: subject\n"
                                   "find: {function: {is: loop.entry, reaches: blocks.http}}   # why\n"
                                   "\n# about unless\nunless:\n  - async: false\n\nwhy: It waits.\n"}});
  ASSERT_EQ(rules.rules.size(), 1u);
  const rule::Rule& slow = rules.rules.front();
  EXPECT_EQ(slow.severity, Severity::kHigh);
  EXPECT_FALSE(slow.enabled);
  EXPECT_EQ(slow.tags, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(slow.languages, (std::vector<std::string>{"python", "cpp"}));
  EXPECT_EQ(slow.requires_python, "3.11");
  EXPECT_TRUE(slow.at_subject);
  EXPECT_EQ(
      slow.find_text,
      "at: subject\nfind: {function: {is: loop.entry, reaches: blocks.http}}   # why\nunless:\n  - async: false\n");
  EXPECT_EQ(slow.place.text(), "slow.yaml:1:1");

  ASSERT_EQ(slow.find.size(), 1u);
  const rule::Pattern& pattern = slow.find.front().pattern;
  EXPECT_EQ(pattern.subject, rule::Subject::kFunction);
  ASSERT_EQ(pattern.predicates.size(), 2u);
  EXPECT_EQ(pattern.predicates[0].names, (std::vector<std::string>{"loop.entry"}));
  ASSERT_EQ(pattern.predicates[1].patterns.size(), 1u);
  EXPECT_EQ(pattern.predicates[1].patterns[0].subject, rule::Subject::kCall);
  EXPECT_EQ(pattern.predicates[1].patterns[0].predicates[0].names, (std::vector<std::string>{"blocks.http"}));
}

TEST(Loader, ReadsEveryFormOfAValue) {
  const rule::Rules rules = load({{"forms.yaml", R"(id: forms
severity: low
message: "`{r}`"
find:
  call:
    is: {not: [blocks.http, memo]}
    name: ["*.get", "{a,b}?"]
    in: [{loop: {}}, {region: {is: lock}}]
    after: {test: {of: $r, finds: empty}, across: await}
    into: $r
    of: {variable: {lives: [process]}}
    args: {0: "*", timeout: none, shell: true, n: "none", x: {missing: true}, y: {given: false}, 1: {shape: spread},
           z: {not: {is: bounded}}}
    awaited: false
    timeout: {at-least: 2.5}
    twin: {not: used}
    callee: {async: true, params: {name: [a, "b*"]}, returns: {type: {not: int}}}
    holding: {not: lock}
)"}});
  ASSERT_EQ(rules.rules.size(), 1u);
  std::map<rule::Word, const rule::Predicate*> said;
  for (const auto& predicate : rules.rules[0].find[0].pattern.predicates) {
    if (predicate.word != rule::Word::kFacet || predicate.facet == "timeout") said[predicate.word] = &predicate;
  }
  using rule::Word;
  EXPECT_TRUE(said[Word::kIs]->negated);
  EXPECT_EQ(said[Word::kIs]->names.size(), 2u);
  EXPECT_EQ(said[Word::kIn]->patterns.size(), 2u);
  EXPECT_EQ(said[Word::kIn]->patterns[1].subject, rule::Subject::kRegion);
  EXPECT_EQ(said[Word::kAfter]->flag, true);
  EXPECT_EQ(said[Word::kAfter]->patterns[0].predicates[0].variable, "$r");
  EXPECT_EQ(said[Word::kInto]->variable, "$r");
  EXPECT_EQ(said[Word::kOf]->patterns[0].subject, rule::Subject::kVariable);
  EXPECT_EQ(said[Word::kAwaited]->flag, false);
  EXPECT_EQ(said[Word::kFacet]->number, 2.5);
  EXPECT_TRUE(said[Word::kFacet]->at_least);
  EXPECT_TRUE(said[Word::kHolding]->negated);

  using Kind = rule::ArgumentTest::Kind;
  const std::vector<rule::ArgumentTest>& tests = said[Word::kArgs]->arguments;
  ASSERT_EQ(tests.size(), 8u);
  EXPECT_EQ(tests[0].literal, "*");
  EXPECT_EQ(tests[1].kind, Kind::kNone);
  EXPECT_EQ(tests[2].literal, "True");
  EXPECT_EQ(tests[3].kind, Kind::kLiteral);
  EXPECT_EQ(tests[3].literal, "none");
  EXPECT_EQ(tests[4].kind, Kind::kMissing);
  EXPECT_EQ(tests[5].kind, Kind::kGiven);
  EXPECT_TRUE(tests[5].negated);
  EXPECT_EQ(tests[6].literal, "spread");
  EXPECT_EQ(tests[7].kind, Kind::kIs);
  EXPECT_TRUE(tests[7].negated);

  const std::vector<rule::Predicate>& callee = said[Word::kCallee]->patterns[0].predicates;
  EXPECT_EQ(callee[1].names, (std::vector<std::string>{"a", "b*"}));
  EXPECT_TRUE(callee[2].negated);
  EXPECT_EQ(callee[2].names, (std::vector<std::string>{"int"}));
}

TEST(Loader, GivesModelsWithBracesExpanded) {
  const rule::Rules rules = load({});
  const rule::Model& model = rules.models.front();
  ASSERT_EQ(model.types.size(), 1u);
  EXPECT_EQ(model.types[0].also, (std::vector<std::string>{"pathlib.PosixPath"}));
  EXPECT_EQ(model.types[0].returns.at("iterdir"), "iter[pathlib.Path]");
  std::vector<std::string> http;
  for (const rule::Labelled& labelled : model.labelled) {
    if (labelled.label == "blocks.http") http.push_back(labelled.name);
    if (!labelled.name.starts_with("queue.")) continue;
    EXPECT_EQ(labelled.unless.size(), labelled.name == "queue.Queue.get" ? 1u : 0u);
  }
  EXPECT_EQ(http, (std::vector<std::string>{"requests.get", "requests.post", "requests.Session.*"}));
  ASSERT_EQ(model.facets.size(), 3u);
  EXPECT_EQ(model.facets[0].arg, "timeout");
  EXPECT_EQ(model.facets[1].value, "none");
  EXPECT_EQ(model.facets[2].facet, "twin");
}

TEST(Loader, LaterRulesReplaceAndLaterFlowAdds) {
  const rule::Rules rules =
      load({{"rules/a/slow.yaml", "id: slow\n" + kMinimal},
            {"mine/slow.yaml", "id: slow\nseverity: critical\nmessage: mine\nfind: {call: {is: memo}}\n"},
            {"mine/fast.yaml", "id: fast\n" + kMinimal},
            {"mine/flow.yaml", "contexts:\n  request: {from: {function: {is: memo}}}\n  night: {from: main-guard}\n"}});
  ASSERT_EQ(rules.rules.size(), 2u);
  EXPECT_EQ(rules.rules[0].id, "fast");
  EXPECT_EQ(rules.rules[1].message, "mine");
  ASSERT_EQ(rules.flow.contexts.size(), 5u);
  EXPECT_EQ(rules.flow.contexts[2].from.size(), 2u);
  EXPECT_EQ(rules.flow.contexts[4].name, "night");
}

TEST(Loader, AnExceptionSpeaksOfTheSubjectsItFits) {
  const rule::Rules rules = load({{"two.yaml",
                                   "id: two\nseverity: low\nmessage: it waits\n"
                                   "find:\n  - function: {is: memo}\n  - call: {is: blocks}\n"
                                   "unless:\n  - async: true\n  - awaited: true\n  - in: {class: {}}\n"}});
  ASSERT_EQ(rules.rules.size(), 1u);
  std::vector<rule::Subject> subjects;
  for (const rule::Pattern& pattern : rules.rules[0].unless) subjects.push_back(pattern.subject);
  using enum rule::Subject;
  EXPECT_EQ(subjects, (std::vector<rule::Subject>{kFunction, kCall, kFunction, kCall}));
}

TEST(Loader, LabelsCoverTheirOwnLeavesOnly) {
  EXPECT_TRUE(rule::covers("blocks", "blocks.http"));
  EXPECT_TRUE(rule::covers("blocks.http", "blocks.http"));
  EXPECT_FALSE(rule::covers("blocks.http", "blocks"));
  EXPECT_FALSE(rule::covers("thread", "thread-safe"));
}

TEST(Loader, TakesMarksOutOfExamples) {
  EXPECT_EQ(rule::without_marks("x = 1  # finding: a # b\ny = 2\t# finding\n# a finding\nz\n"),
            "x = 1\ny = 2\n# a finding\nz\n");
  EXPECT_EQ(rule::without_marks("wait();  // finding\n"), "wait();\n");
}

// --- Whatever is in a file, loading ends with rules or with problems that have a place
// ---------------------------------------

std::vector<rule::SourceFile> shipped() {
  std::vector<rule::SourceFile> files;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    files.push_back({std::string(file.path), std::string(file.text), true});
  }
  return files;
}

TEST(Loader, PackedTreesAreWhatTheTextsSay) {
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    const auto tree = parse_yaml(std::string(file.path), file.text);
    ASSERT_TRUE(tree) << file.path;
    EXPECT_TRUE(pack(*tree) == file.tree) << file.path;
  }
}

void expect_places(const std::vector<rule::SourceFile>& files, const std::string& what) {
  const auto rules = rule::load_rules(files);
  if (rules) return;
  ASSERT_FALSE(rules.problems().empty()) << what;
  for (const Problem& problem : rules.problems()) {
    ASSERT_FALSE(problem.place.file.empty()) << what << ": " << problem.text();
    ASSERT_FALSE(problem.message.empty()) << what;
    ASSERT_GT(problem.place.line, 0u) << what << ": " << problem.text();
  }
}

TEST(Loader, ShippedFilesLoad) {
  const auto rules = rule::load_rules(shipped());
  if (rules) return;
  for (const Problem& problem : rules.problems()) ADD_FAILURE() << problem.text();
}

TEST(Loader, SurvivesFilesCutAnywhere) {
  for (const rule::SourceFile& file : shipped()) {
    const size_t step = std::max<size_t>(1, file.text.size() / 40);
    for (size_t end = 0; end < file.text.size(); end += step) {
      expect_places({{file.path, file.text.substr(0, end), true}}, file.path + " cut at " + std::to_string(end));
    }
  }
}

TEST(Loader, SurvivesFilesWithOddBytes) {
  const std::string odd[] = {"\t",   "{",           "}",  "[",     "]",    ":", ": ",   "- ",
                             "*",    "&a ",         "!",  "|",     "\"",   "'", "#",    "\n",
                             "\r",   "~",           "? ", "---\n", "<<: ", "$", "\xff", std::string(1, '\0'),
                             "null", "\xef\xbb\xbf"};
  std::mt19937 random(20240229);
  for (const rule::SourceFile& file : shipped()) {
    for (int round = 0; round < 40; ++round) {
      std::string text = file.text;
      const size_t at = random() % text.size();
      const std::string& put = odd[random() % std::size(odd)];
      if (random() % 2 == 0) {
        text.insert(at, put);
      } else {
        text.replace(at, std::min<size_t>(1 + random() % 8, text.size() - at), put);
      }
      expect_places({{file.path, text, true}}, file.path + " at " + std::to_string(at) + " with " + put);
    }
  }
}

TEST(Loader, SurvivesDepthAndSize) {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int n = 0; n < 9; ++n) laughs += before + (n < 8 ? ", " : "]\n");
  }
  std::string deep = "id: x\nfind: {call: ";
  for (int i = 0; i < 90; ++i) deep += "{not: ";
  deep += "{}" + std::string(91, '}') + "\n";
  const std::vector<std::string> texts = {laughs,
                                          deep,
                                          std::string(200'000, '['),
                                          "a: " + std::string(200'000, '{'),
                                          std::string(100'000, '\n'),
                                          std::string(3'000'000, 'x'),
                                          "- - - - - - - - -\n"};
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& text : texts) {
    expect_places({{"x.yaml", text}}, text.substr(0, 20));
    expect_places({{"models/x.yaml", text}}, text.substr(0, 20));
    expect_places({{"flow.yaml", text}}, text.substr(0, 20));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace stallint
