// Small programs against the headers of real libraries, as Debian packages them: tests/stubs only claims to be like
// these.
//
//     co_return load(name);  // finding: async-blocking-file-io
//
// The first line of each says which headers it needs. Without them it is skipped.

#include "checker/base/text.h"
#include "tests/support/cpp.h"
#include "tests/support/linted.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace stallint {
namespace {

namespace fs = std::filesystem;

constexpr char kNeeds[] = "// needs: ";
constexpr char kMark[] = "// finding: ";

std::vector<std::string> programs() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(STALLINT_SOURCE_DIR) / "tests/real_headers")) {
    if (entry.path().extension() == ".cc") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string text_of(const std::string& name) {
  std::ifstream in(fs::path(STALLINT_SOURCE_DIR) / "tests/real_headers" / (name + ".cc"));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool is_installed(const std::string& header) {
  const fs::path include = "/usr/include";
  if (fs::exists(include / header)) return true;
  return std::any_of(fs::directory_iterator(include), fs::directory_iterator(), [&](const fs::directory_entry& folder) {
    return folder.path().filename().string().find("-linux-gnu") != std::string::npos &&
           fs::exists(folder.path() / header);
  });
}

// The first header that is not installed, or "".
std::string missing_header(const std::string& text) {
  const std::string first = text.substr(0, text.find('\n'));
  EXPECT_TRUE(first.starts_with(kNeeds)) << first;
  for (const std::string_view header : split(std::string_view(first).substr(sizeof kNeeds - 1), ' ')) {
    if (!is_installed(std::string(header))) return std::string(header);
  }
  return "";
}

using ByLine = std::map<uint32_t, std::set<std::string>>;  // line -> rules

std::string written(const ByLine& lines) {
  std::string text;
  for (const auto& [line, rules] : lines) {
    text += std::to_string(line) + ": " + join(std::vector<std::string>(rules.begin(), rules.end()), ", ") + "\n";
  }
  return text;
}

ByLine marked(const std::string& text) {
  ByLine lines;
  uint32_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const size_t at = line.find(kMark);
    if (at != std::string_view::npos) lines[number].insert(std::string(trimmed(line.substr(at + sizeof kMark - 1))));
  }
  return lines;
}

class RealHeaders : public testing::TestWithParam<std::string> {};

TEST_P(RealHeaders, FindsWhatIsMarked) {
  const std::string text = text_of(GetParam());
  ASSERT_EQ(missing_header(text), "") << "is not installed; `./dev test` installs what tests need";
  const std::vector<SourceText> files = {{GetParam() + ".cc", text}};
  const CppFacts facts = read_cpp({files}, {"g++", "-std=c++20"}).front();
  EXPECT_TRUE(facts.problems.empty()) << join(facts.problems, "\n");

  static const rule::Rules rules = shipped_rules();
  ByLine found;
  for (const Finding& finding : lint(files, rules, {}, 1, facts)) found[finding.region.line].insert(finding.rule);
  EXPECT_EQ(written(found), written(marked(text)));
}

INSTANTIATE_TEST_SUITE_P(Debian, RealHeaders, testing::ValuesIn(programs()),
                         [](const testing::TestParamInfo<std::string>& info) { return info.param; });

}  // namespace
}  // namespace stallint
