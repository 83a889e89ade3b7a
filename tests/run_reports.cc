// Reports as people and machines get them: the text byte for byte as under tests/reports, the SARIF held against the
// published schema by tests/tools/validate-sarif.mjs.
//
// To accept a changed text, run the test with STALLINT_ACCEPT=1 and read the difference before it is committed.

#include "checker/finding/finding.h"
#include "checker/finding/settle.h"
#include "reporters/reporter.h"
#include "tests/support/scenes.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace stallint {
namespace {

using nlohmann::json;
using reporters::ReportOptions;

reporters::SourceText source_of(const Scene& scene) {
  return [&scene](const std::string& file) { return scene.text(file); };
}

std::string text_of(Scene& scene, const ReportOptions& options = {}) {
  settle(scene.report.findings);
  std::ostringstream out;
  reporters::write_text(scene.report, source_of(scene), options, out);
  return out.str();
}

std::string sarif_of(Scene& scene) {
  settle(scene.report.findings);
  std::ostringstream out;
  reporters::write_sarif(scene.report, source_of(scene), {}, out);
  return out.str();
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
}

void expect_report(const std::string& name, const std::string& text) {
  const std::string path = std::string(STALLINT_SOURCE_DIR) + "/tests/reports/" + name;
  if (std::getenv("STALLINT_ACCEPT") != nullptr) write_file(path, text);
  EXPECT_EQ(read_file(path), text) << "differs from tests/reports/" << name;
  EXPECT_EQ(text.find(" \n"), std::string::npos) << "a line ends in a blank";
}

struct Verdict {
  int exit_code = -1;
  std::string mistakes;

  // The lines about the log with this number.
  std::string about(size_t log) const {
    const std::string prefix = std::to_string(log) + ".";
    std::istringstream all(mistakes);
    std::string found;
    for (std::string line; std::getline(all, line);) {
      const size_t name = line.rfind('/', line.find(": "));
      if (line.compare(name + 1, prefix.size(), prefix) == 0) found += line + "\n";
    }
    return found;
  }
};

// One run of node for all logs: it takes half a second to read the schema.
Verdict validate(const std::string& name, const std::vector<std::string>& logs) {
  std::string command = "node '" + std::string(STALLINT_SOURCE_DIR) + "/tests/tools/validate-sarif.mjs'";
  for (size_t i = 0; i < logs.size(); ++i) {
    const std::string file = testing::TempDir() + std::to_string(i) + "." + name;
    write_file(file, logs[i]);
    command += " '" + file + "'";
  }
  const std::string answer = testing::TempDir() + name + ".answer";
  command += " > '" + answer + "' 2>&1";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(answer)};
}

void expect_valid(const std::string& name, const std::vector<std::string>& logs) {
  const Verdict verdict = validate(name, logs);
  EXPECT_EQ(verdict.exit_code, 0) << verdict.mistakes
                                  << (verdict.exit_code == 2 ? "(`npm ci --ignore-scripts` in tests/tools is missing)"
                                                             : "");
}

class Reports : public testing::TestWithParam<NamedScene> {};

TEST_P(Reports, AreAsStored) {
  Scene scene;
  GetParam().make(scene);
  expect_report(std::string(GetParam().name) + ".txt", text_of(scene));
}

INSTANTIATE_TEST_SUITE_P(All, Reports, testing::ValuesIn(scenes()), [](const auto& info) { return info.param.name; });

TEST(Sarif, IsValidForEveryScene) {
  std::vector<std::string> logs;
  for (const auto& [name, make] : scenes()) {
    Scene scene;
    make(scene);
    logs.push_back(sarif_of(scene));
    EXPECT_EQ(logs.back(), sarif_of(scene)) << name;
    EXPECT_EQ(json::parse(logs.back())["runs"][0]["results"].size(), scene.report.findings.size()) << name;
  }
  expect_valid("scene.sarif", logs);
}

TEST(Text, ListsLowFindingsIfAsked) {
  Scene scene;
  low(scene);
  expect_report("low-shown.txt", text_of(scene, {.color = false, .show_low = true}));
}

TEST(Text, IsColouredIfAsked) {
  Scene scene;
  folded(scene);
  const std::string coloured = text_of(scene, {.color = true, .show_low = false});
  expect_report("coloured.txt", coloured);

  std::string plain;
  for (size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') {
      i = coloured.find('m', i);
    } else {
      plain += coloured[i];
    }
  }
  EXPECT_EQ(plain, text_of(scene));
}

TEST(Text, DoesWithoutTheSource) {
  Scene scene;
  chain(scene);
  std::ostringstream out;
  reporters::write_text(
      scene.report, [](const std::string&) { return nullptr; }, {}, out);
  EXPECT_EQ(out.str().find(" |"), std::string::npos);
  EXPECT_NE(out.str().find("store.py:5:12: `fetch` calls `requests.get`"), std::string::npos);
}

TEST(Text, DoesNotDependOnTheOrderOfArrival) {
  Scene forwards;
  folded(forwards);
  Scene backwards;
  folded(backwards);
  std::reverse(backwards.report.findings.begin(), backwards.report.findings.end());
  EXPECT_EQ(text_of(forwards), text_of(backwards));
}

json result_of(Scene& scene, size_t index = 0) { return json::parse(sarif_of(scene))["runs"][0]["results"][index]; }

TEST(Sarif, IsAsStored) {
  Scene scene;
  chain(scene);
  expect_report("chain.sarif", sarif_of(scene));
}

TEST(Sarif, CountsColumnsInUtf16Units) {
  Scene scene;
  columns(scene);
  const json result = result_of(scene);
  const json region = result["locations"][0]["physicalLocation"]["region"];
  // Before `get`: tab, `if x:`, tab, `name = "`, two ideographs, a rocket of two units, e and its accent, `"; page = `.
  EXPECT_EQ(region["startColumn"], 1 + 1 + 5 + 1 + 8 + 2 + 2 + 2 + 10);
  EXPECT_EQ(region["endColumn"].get<int>() - region["startColumn"].get<int>(), 8);
  EXPECT_EQ(region["snippet"]["text"], "get(\"á\")");
}

TEST(Sarif, KeepsLineEndsInsideASnippet) {
  Scene scene;
  columns(scene);
  const json region = result_of(scene, 1)["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(region["snippet"]["text"], "get(\r\n        url)");
  EXPECT_EQ(region["endLine"].get<int>(), region["startLine"].get<int>() + 1);
  EXPECT_EQ(region["endColumn"], 13);
}

TEST(Sarif, NestsTheChainAndNamesTheSinkFirst) {
  Scene scene;
  chain(scene);
  const json result = result_of(scene);
  const json steps = result["codeFlows"][0]["threadFlows"][0]["locations"];
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0]["nestingLevel"], 1);
  EXPECT_EQ(steps[2]["nestingLevel"], 3);
  EXPECT_EQ(steps[2]["location"]["message"]["text"], "`fetch` calls `requests.get`");
  EXPECT_FALSE(steps[1]["location"]["physicalLocation"]["region"].contains("snippet"));
  EXPECT_EQ(steps[2]["location"]["physicalLocation"]["region"]["snippet"]["text"], "requests.get(name, timeout=5)");
  EXPECT_EQ(result["relatedLocations"].size(), 1U);
  EXPECT_EQ(result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 5);
  EXPECT_EQ(result["message"]["text"], "`read` blocks the event loop: read -> load -> fetch -> requests.get.");
}

TEST(Sarif, LinksARelatedPlaceWhereThereIsNoChain) {
  Scene scene;
  lowered(scene);
  const std::string text = result_of(scene)["message"]["text"];
  EXPECT_EQ(
      text,
      "`pages` grows with every request and never shrinks. One level less severe: only a command-line tool calls it. "
      "See [the mapping is made here](1).");
}

TEST(Sarif, DoesNotTakeCodeForALink) {
  Scene scene;
  scene.file("a.py", "handlers[0](1)\n");
  scene.notices("cache-unbounded", Severity::kHigh, scene.at("a.py", "handlers"), "handlers[0](1) is called");
  expect_valid("link.sarif", {sarif_of(scene)});
  EXPECT_EQ(result_of(scene)["message"]["text"], "handlers[0] (1) is called.");
}

TEST(Sarif, EncodesPathsAndNeverClimbs) {
  Scene scene;
  const std::pair<const char*, const char*> paths[] = {{"my api/größe#1.py", "my%20api/gr%C3%B6%C3%9Fe%231.py"},
                                                       {"../lib/a.py", "file:///srv/lib/a.py"},
                                                       {"./b/../c.py", "c.py"},
                                                       {"/srv/app/d.py", "d.py"},
                                                       {"..e/f.py", "..e/f.py"}};
  for (const auto& [path, uri] : paths) {
    scene.file(path, "x\n");
    scene.notices("cache-unbounded", Severity::kHigh, scene.at(path, "x"), "`x`");
  }
  const std::string sarif = sarif_of(scene);
  expect_valid("paths.sarif", {sarif});
  std::map<std::string, bool> found;
  const json log = json::parse(sarif);
  for (const json& result : log["runs"][0]["results"]) {
    found[result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]] = true;
  }
  for (const auto& [path, uri] : paths) EXPECT_TRUE(found[uri]) << path;
}

TEST(Sarif, SurvivesBytesThatAreNoText) {
  Scene scene;
  scene.file("bad.py", "x = '\xff\xfe' + get(\xc3)\n");
  scene.notices("cache-unbounded", Severity::kHigh, scene.at("bad.py", "get(\xc3)"), "odd \xff\x01 bytes");
  expect_valid("bytes.sarif", {sarif_of(scene)});
  EXPECT_EQ(result_of(scene)["message"]["text"], "odd \uFFFD\u0001 bytes.");
}

TEST(Sarif, ClampsPlacesBehindTheText) {
  Scene scene;
  scene.file("short.py", "x\n");
  scene.notices("cache-unbounded", Severity::kHigh, {"short.py", 1, 90, 1, 95}, "the file was longer once");
  scene.notices("cache-unbounded", Severity::kHigh, {"short.py", 2, 1, 1, 1}, "backwards");
  scene.finds("async-blocking-call", Severity::kHigh, {{"short.py", "x", "f", "x"}}).chain[0].region.line = 700;
  const json region = result_of(scene, 1)["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(region["startColumn"], 2);
  EXPECT_EQ(region["endColumn"], 2);
  EXPECT_NO_THROW(text_of(scene, {.color = false, .show_low = true}));
}

TEST(Sarif, SaysWhoSilencedAFindingAndWhy) {
  Scene scene;
  suppressed(scene);
  EXPECT_EQ(result_of(scene, 0)["suppressions"], json::array());
  const json suppression = result_of(scene, 1)["suppressions"][0];
  EXPECT_EQ(suppression["kind"], "inSource");
  EXPECT_EQ(suppression["justification"], "runs only at deploy");
}

TEST(Sarif, NotesFilesThatWereNotReadWholly) {
  Scene scene;
  notes(scene);
  const json invocation = json::parse(sarif_of(scene))["runs"][0]["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], true);
  const json& whole_file = invocation["toolExecutionNotifications"][0];
  EXPECT_EQ(whole_file["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "huge%20data.py");
  EXPECT_FALSE(whole_file["locations"][0]["physicalLocation"].contains("region"));
}

TEST(Sarif, DescribesRulesForTheirReaders) {
  Scene scene;
  servers(scene);
  const json rule = json::parse(sarif_of(scene))["runs"][0]["tool"]["driver"]["rules"][0];
  EXPECT_EQ(rule["name"], "AsyncBlockingCall");
  EXPECT_EQ(rule["shortDescription"]["text"], "A function blocks the event loop.");
  EXPECT_EQ(rule["fullDescription"]["text"],
            "The loop runs one callback at a time. While the function waits in the call, every other request waits.");
  EXPECT_EQ(rule["defaultConfiguration"]["level"], "error");
  EXPECT_EQ(rule["properties"]["tags"], json({"performance", "severity:critical", "python", "cpp", "async"}));
  EXPECT_NE(rule["help"]["markdown"].get<std::string>().find("```python\nimport time\n"), std::string::npos);
}

TEST(Sarif, DescribesARuleThatNobodyListed) {
  Scene scene;
  scene.file("a.py", "x\n");
  scene.notices("unused-suppression", Severity::kLow, scene.at("a.py", "x"), "nothing to silence here");
  const std::string sarif = sarif_of(scene);
  expect_valid("unlisted.sarif", {sarif});
  const json run = json::parse(sarif)["runs"][0];
  EXPECT_EQ(run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"].get<size_t>()]["id"], "unused-suppression");
}

// The validator is worth something only if it can say no.
struct Doctored {
  std::string pointer;
  json value;  // discarded: the member is taken away
  std::string mistake;
};

std::vector<Doctored> doctored_logs() {
  const json gone(json::value_t::discarded);
  const std::string result = "/runs/0/results/0";
  const std::string place = result + "/locations/0/physicalLocation";
  return {
      {result + "/level", "critical", "must be equal to one of the allowed values"},
      {result + "/colour", "red", "must NOT have additional properties"},
      {place + "/region/startLine", 0, "must be >= 1"},
      {place + "/artifactLocation/uri", "my api.py", "must match format"},
      {place + "/artifactLocation/uri", "../api.py", "climbs out"},
      {place + "/artifactLocation/uriBaseId", gone, "has no uriBaseId"},
      {place + "/region/endColumn", gone, "a region has no endColumn"},
      {place + "/region/startColumn", 99, "ends before it starts"},
      {result + "/codeFlows/0/threadFlows/0/locations/0/nestingLevel", 0, "has the nestingLevel 0"},
      {result + "/ruleIndex", 3, "out of range"},
      {result + "/ruleIndex", 1, "ruleIndex says"},
      {result + "/partialFingerprints/primaryLocationLineHash", gone, "primaryLocationLineHash"},
      {result + "/partialFingerprints/stallint~1v1", gone, "stallint/v1"},
      {result + "/relatedLocations/0/id", 7, "has the id 7"},
      {result + "/message/text", "see [sink](2)", "links to 2"},
      {"/runs/0/columnKind", "unicodeCodePoints", "UTF-16"},
      {"/runs/0/tool/driver/rules/0/help", gone, "the rule has no help"},
      {"/runs/0/tool/driver/rules/0/shortDescription/text", "{function} waits", "placeholder"},
  };
}

std::string doctor(json log, const Doctored& change) {
  const json::json_pointer at(change.pointer);
  if (change.value.is_discarded()) {
    log[at.parent_pointer()].erase(at.back());
  } else {
    log[at] = change.value;
  }
  return log.dump();
}

TEST(Validator, FindsWhatIsWrong) {
  Scene scene;
  chain(scene);
  const json good = json::parse(sarif_of(scene));
  const std::vector<Doctored> changes = doctored_logs();
  std::vector<std::string> logs;
  for (const Doctored& change : changes) logs.push_back(doctor(good, change));

  const Verdict verdict = validate("doctored.sarif", logs);
  EXPECT_EQ(verdict.exit_code, 1);
  for (size_t i = 0; i < changes.size(); ++i) {
    const std::string mistakes = verdict.about(i);
    EXPECT_NE(mistakes.find(changes[i].mistake), std::string::npos) << changes[i].pointer << "\n" << mistakes;
  }
}

TEST(Validator, FindsBrokenJson) {
  const Verdict verdict = validate("broken.sarif", {"{\"version\": "});
  EXPECT_EQ(verdict.exit_code, 1);
  EXPECT_NE(verdict.mistakes.find("not JSON"), std::string::npos);
}

}  // namespace
}  // namespace stallint
