// The formats for machines, held against those who read them: tests/tools/consume.mjs hands each report to a real
// consumer, or to the schema of its makers, and compares what it understands with what the JSON report says.

#include "checker/finding/settle.h"
#include "reporters/markdown.h"
#include "reporters/reporter.h"
#include "reporters/xml.h"
#include "tests/support/scenes.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

using nlohmann::json;
using reporters::Format;
using reporters::FormatInfo;
using reporters::ReportOptions;

std::string written(Format format, Scene& scene, const ReportOptions& options = {}) {
  settle(scene.report.findings);
  std::ostringstream out;
  write(
      format, scene.report, [&scene](const std::string& file) { return scene.text(file); }, options, out);
  return out.str();
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// A folder of reports, and what their readers say of them.
class Consumers {
 public:
  explicit Consumers(const std::string& name) : folder_(fs::path(testing::TempDir()) / ("formats-" + name)) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~Consumers() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  Consumers(const Consumers&) = delete;
  Consumers& operator=(const Consumers&) = delete;

  fs::path path(const std::string& name, const FormatInfo& info) const {
    return folder_ / (name + "." + std::string(info.name));
  }

  void add(const std::string& name, Scene& scene) {
    for (const FormatInfo& info : reporters::formats()) write_file(path(name, info), written(info.format, scene));
  }

  // The exit code in the first line, then a line for each mistake.
  std::string answer() const {
    const fs::path said = folder_ / "answer";
    const std::string command = "node '" + std::string(STALLINT_SOURCE_DIR) + "/tests/tools/consume.mjs' '" +
                                folder_.string() + "' > '" + said.string() + "' 2>&1";
    const int status = std::system(command.c_str());
    return std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1) + "\n" + read_file(said);
  }

 private:
  fs::path folder_;
};

TEST(Consumers, UnderstandEveryScene) {
  Consumers consumers("scenes");
  for (const NamedScene& one : scenes()) {
    if (one.make == crowd) continue;  // the same finding four hundred times
    Scene scene;
    one.make(scene);
    consumers.add(one.name, scene);
  }
  EXPECT_EQ(consumers.answer(), "0\n") << "(2: `npm ci --ignore-scripts` in tests/tools, or libxml2-utils, is missing)";
}

// They are worth something only if they can say no.
TEST(Consumers, SayNo) {
  struct Doctored {
    Format format;
    std::string from, to;
    std::string mistake;
  };
  const std::vector<Doctored> doctored = {
      {Format::kGithub, "(critical)", "(medium)", "github: nobody found"},
      {Format::kGithub, "stallint%3A", "stallint:", "github: "},
      {Format::kAzure, "type=error", "type=notice", "azure: the type notice"},
      {Format::kGitlab, "\"blocker\"", "\"fatal\"", "gitlab: "},
      {Format::kGitlab, "\"fingerprint\"", "\"id\"", "gitlab: "},
      {Format::kJunit, "<failure ", "<failed ", "junit: "},
      {Format::kJunit, "<testsuite name=\"api.py\"", "<testsuite", "junit: "},
      {Format::kCheckstyle, "severity=\"error\"", "severity=\"info\"", "checkstyle: nobody found"},
      {Format::kRdjson, "\"ERROR\"", "\"FATAL\"", "rdjson: "},
      {Format::kRdjson, "\"path\"", "\"file\"", "rdjson: "},
      {Format::kMarkdown, "| critical |", "| critical | |", "markdown: "},
      {Format::kConcise, "critical", "high", "concise: nobody found"},
      {Format::kSarif, "\"startLine\":3", "\"startLine\":-3", "sarif: "},
      {Format::kSarif, "\"ruleIndex\":0", "\"ruleIndex\":77", "sarif: "},
  };
  Consumers consumers("doctored");
  std::map<std::string, int> rounds;
  for (const Doctored& change : doctored) {
    const auto info = std::find_if(reporters::formats().begin(), reporters::formats().end(),
                                   [&](const FormatInfo& one) { return one.format == change.format; });
    const std::string name = "round" + std::to_string(++rounds[std::string(info->name)]);
    Scene scene;
    chain(scene);
    if (!fs::exists(consumers.path(name, *info))) consumers.add(name, scene);
    std::string text = written(change.format, scene);
    const size_t at = text.find(change.from);
    ASSERT_NE(at, std::string::npos) << change.from;
    write_file(consumers.path(name, *info), text.replace(at, change.from.size(), change.to));
  }
  const std::string answer = consumers.answer();
  EXPECT_EQ(answer.substr(0, 2), "1\n");
  rounds.clear();
  for (const Doctored& change : doctored) {
    const std::string format = change.mistake.substr(0, change.mistake.find(':'));
    const std::string begin = "round" + std::to_string(++rounds[format]) + "." + change.mistake;
    bool said = false;
    for (const std::string& line : lines_of(answer)) said = said || line.starts_with(begin);
    EXPECT_TRUE(said) << begin << "\n" << answer;
  }
}

class EveryFormat : public testing::TestWithParam<FormatInfo> {};

TEST_P(EveryFormat, IsAsStored) {
  Scene scene;
  mixed(scene);
  const std::string text = written(GetParam().format, scene);
  const fs::path path = fs::path(STALLINT_SOURCE_DIR) / "tests" / "reports" / ("mixed." + std::string(GetParam().name));
  if (std::getenv("STALLINT_ACCEPT") != nullptr) write_file(path, text);
  EXPECT_EQ(read_file(path), text) << "differs from " << path;
}

TEST_P(EveryFormat, SurvivesEveryScene) {
  for (const NamedScene& one : scenes()) {
    Scene scene;
    one.make(scene);
    for (const bool show_low : {false, true}) {
      ReportOptions options;
      options.show_low = show_low;
      const std::string text = written(GetParam().format, scene, options);
      EXPECT_TRUE(text.empty() || text.ends_with('\n')) << one.name;
      EXPECT_EQ(text.find('\x1b'), std::string::npos) << one.name;
      EXPECT_EQ(text.find("\xff"), std::string::npos) << one.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryFormat, testing::ValuesIn(reporters::formats()),
                         [](const auto& info) { return std::string(info.param.name); });

// The examples in docs/formats.md are what is written of one finding.
TEST_P(EveryFormat, IsShownInTheDocumentation) {
  const fs::path page = fs::path(STALLINT_SOURCE_DIR) / "docs" / "formats.md";
  std::string text = read_file(page);
  const size_t section = text.find("\n## `" + std::string(GetParam().name) + "`\n");
  ASSERT_NE(section, std::string::npos) << GetParam().name << " has no section";
  if (GetParam().format == Format::kSarif) return;  // nobody wants to read it
  Scene scene;
  chain(scene);
  const size_t begin = text.find('\n', text.find("\n```", section) + 1) + 1;
  const size_t end = text.find("```\n", begin);
  const std::string shown = text.substr(begin, end - begin);
  const std::string real = written(GetParam().format, scene);
  if (std::getenv("STALLINT_ACCEPT") != nullptr) write_file(page, text.replace(begin, end - begin, real));
  EXPECT_EQ(shown, real);
}

TEST(Formats, AreKnownByName) {
  for (const FormatInfo& info : reporters::formats()) EXPECT_EQ(reporters::format_from(info.name), info.format);
  EXPECT_EQ(reporters::format_from("full"), Format::kText);
  EXPECT_EQ(reporters::format_from("xml"), std::nullopt);
}

TEST(Formats, KeepWhatIsSuppressedWhereReadersKnowTheDifference) {
  Scene scene;
  suppressed(scene);
  const std::string place = "api.py:14";
  for (const FormatInfo& info : reporters::formats()) {
    const std::string text = written(info.format, scene);
    const bool keeps = info.format == Format::kJson || info.format == Format::kSarif;
    EXPECT_EQ(text.find("runs only at deploy") != std::string::npos, keeps) << info.name;
    EXPECT_EQ(!keeps && text.find("feed") != std::string::npos, false) << info.name;
  }
  ReportOptions options;
  options.only_open = true;
  const json run = json::parse(written(Format::kSarif, scene, options))["runs"][0];
  EXPECT_EQ(run["results"].size(), 1U);
  EXPECT_FALSE(run["results"][0].contains("suppressions"));
}

TEST(Formats, KeepWhatTheBaselineKnowsInTheSamePlaces) {
  Scene scene;
  suppressed(scene);
  scene.report.findings[1].suppressed.reset();
  scene.report.findings[1].known = true;
  scene.report.comparison = "in old.jsonl";
  for (const FormatInfo& info : reporters::formats()) {
    const bool keeps = info.format == Format::kJson || info.format == Format::kSarif;
    EXPECT_EQ(written(info.format, scene).find("feed") != std::string::npos, keeps) << info.name;
  }
  const json results = json::parse(written(Format::kSarif, scene))["runs"][0]["results"];
  EXPECT_EQ(results[0]["baselineState"], "new");
  EXPECT_EQ(results[1]["baselineState"], "unchanged");
  EXPECT_EQ(json::parse(written(Format::kJson, scene))["findings"][1]["known"], true);
  for (const Format format : {Format::kConcise, Format::kGrouped, Format::kMarkdown}) {
    const std::string text = written(format, scene);
    EXPECT_NE(text.find("1 new finding"), std::string::npos) << text;
    EXPECT_NE(text.find("1 in old.jsonl"), std::string::npos) << text;
  }
}

// The run was in a folder of the repository, and pages count paths from its root.
TEST(Formats, CountPathsFromTheRoot) {
  Scene scene;
  chain(scene);
  scene.report.working_directory = "/srv/app/my server";
  ReportOptions options;
  options.root = "/srv/app";
  options.link = "https://example.org/me/app/blob/1a2b/";
  EXPECT_NE(written(Format::kGithub, scene, options).find("file=my server/api.py,"), std::string::npos);
  EXPECT_NE(written(Format::kGithub, scene, options).find("%0A  my server/store.py:3: "), std::string::npos);
  EXPECT_NE(written(Format::kAzure, scene, options).find("sourcepath=my server/api.py;"), std::string::npos);
  EXPECT_NE(written(Format::kGitlab, scene, options).find("\"path\":\"my server/api.py\""), std::string::npos);
  EXPECT_NE(written(Format::kMarkdown, scene, options)
                .find("[`my server/api.py:3`](https://example.org/me/app/blob/1a2b/my%20server/api.py#L3)"),
            std::string::npos);
  const json run = json::parse(written(Format::kSarif, scene, options))["runs"][0];
  const json& place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
  EXPECT_EQ(place["uri"], "my%20server/api.py");
  EXPECT_EQ(run["originalUriBaseIds"]["%SRCROOT%"]["uri"], "file:///srv/app/");
  EXPECT_EQ(run["invocations"][0]["workingDirectory"]["uri"], "file:///srv/app/my%20server/");
}

// Findings of one cause, and one of another that is less severe: what is shown first?
TEST(Formats, PutTheWorstOfEachCauseFirst) {
  Scene scene;
  folded(scene);
  scene.notices("cache-unbounded", Severity::kMedium, scene.at("store.py", "fetch"), "medium");
  scene.notices("cache-unbounded", Severity::kCritical, scene.at("api.py", "from store"), "another cause");
  const std::vector<std::string> lines = lines_of(written(Format::kGithub, scene));
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_NE(lines[0].find("line=6,"), std::string::npos);  // shown for five, though the next stands higher
  EXPECT_NE(lines[1].find("another cause"), std::string::npos);
  EXPECT_NE(lines[6].find("::warning"), std::string::npos);

  ReportOptions few;
  few.most_of_a_level = 2;
  const std::vector<std::string> worst = lines_of(written(Format::kGithub, scene, few));
  ASSERT_EQ(worst.size(), 3U);
  EXPECT_EQ(worst[1], lines[1]);
  EXPECT_EQ(worst[2], lines[6]);
}

TEST(Formats, ShortenLongChainsInAnnotations) {
  Scene scene;
  chain(scene);
  Finding& finding = scene.report.findings[0];
  for (uint32_t i = 0; i < 20; ++i) finding.chain.insert(finding.chain.begin() + 1, finding.chain[1]);
  const std::string text = written(Format::kGithub, scene);
  EXPECT_NE(text.find("%0A  ... 15 more steps%0A"), std::string::npos) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

// GitHub refuses 25,001 results, and forgets steps and places beyond its limits.
TEST(Formats, KeepSarifWithinTheLimitsOfGithub) {
  Scene scene;
  chain(scene);
  Finding& long_one = scene.report.findings[0];
  const Step step = long_one.chain[1];
  long_one.chain.insert(long_one.chain.begin() + 1, 1'200, step);
  long_one.related.assign(150, {long_one.region, "likewise"});
  for (int i = 0; i < 25'010; ++i) {
    const bool is_high = i % 2 != 0;
    scene.notices("cache-unbounded", is_high ? Severity::kHigh : Severity::kLow, scene.at("store.py", "fetch"),
                  std::to_string(i));
  }
  // Line by line, since such a log takes a parser longer than it takes to write.
  std::vector<std::string> results;
  size_t errors = 0;
  std::string invocations;
  for (const std::string& line : lines_of(written(Format::kSarif, scene))) {
    if (line.starts_with("\"invocations\": ")) invocations = line;
    if (!line.starts_with("{\"ruleId\":")) continue;
    results.push_back(line);
    if (line.find("\"level\":\"error\"") != std::string::npos) ++errors;
  }
  EXPECT_EQ(results.size(), 25'000U);
  EXPECT_EQ(errors, 12'506U);
  EXPECT_NE(invocations.find("of 25011 findings the worst are here"), std::string::npos);
  const json first = json::parse(results[0].substr(0, results[0].size() - 1));
  EXPECT_EQ(first["codeFlows"][0]["threadFlows"][0]["locations"].size(), 1'000U);
  EXPECT_EQ(first["codeFlows"][0]["threadFlows"][0]["locations"].back()["nestingLevel"], 1'000);
  EXPECT_EQ(first["relatedLocations"].size(), 100U);

  // The same crowd elsewhere: whole, but for the page that has to stay short.
  EXPECT_EQ(lines_of(written(Format::kGitlab, scene)).size(), 25'011U + 2);
  const std::string page = written(Format::kMarkdown, scene);
  EXPECT_LT(page.size(), 60'000U);
  EXPECT_NE(page.find("Only the worst are shown"), std::string::npos);
  EXPECT_NE(page.find("12,505 low findings not listed."), std::string::npos);
}

TEST(Formats, GiveAScriptAllThereIs) {
  Scene scene;
  mixed(scene);
  const json report = json::parse(written(Format::kJson, scene));
  EXPECT_EQ(report["version"], 1);
  EXPECT_EQ(report["summary"]["suppressed"], 1);
  EXPECT_EQ(report["summary"]["findings"].get<size_t>() + 1, report["findings"].size());
  EXPECT_EQ(report["notes"][0]["line"], 4);
  const json& first = report["findings"][0];
  EXPECT_EQ(first["chain"].size(), 3U);
  EXPECT_EQ(first["chain"][2]["callee"], "requests.get");
  EXPECT_EQ(first["confidence"], "likely");
  EXPECT_TRUE(first["suppressed"].is_null());
  EXPECT_NE(first["fix"].get<std::string>().find("asyncio.to_thread"), std::string::npos);
  EXPECT_EQ(report["findings"][1]["suppressed"]["reason"], "runs only at deploy");
}

TEST(Markdown, TakesNothingForMarkup) {
  EXPECT_EQ(reporters::markdown_text("`a|b` grows: <module> -> _load"), "`a\\|b` grows: \\<module\\> -\\> \\_load");
  EXPECT_EQ(reporters::markdown_text("open ` quote"), "open \\` quote");
  EXPECT_EQ(reporters::markdown_text("by @admin"), "by @\u200badmin");
  EXPECT_EQ(reporters::markdown_code("a`b"), "``` a`b ```");
}

TEST(Xml, HoldsNothingThatXmlCannot) {
  EXPECT_EQ(reporters::escaped_xml("a < b & \"c\" > d\te\nf"), "a &lt; b &amp; &quot;c&quot; &gt; d e\nf");
  EXPECT_EQ(reporters::escaped_xml("\x01\xff\xef\xbf\xbe"), "\uFFFD\uFFFD\uFFFD");
}

}  // namespace
}  // namespace stallint
