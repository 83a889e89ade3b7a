// A small real server in C++, twice (tests/server_cpp): with twenty seeded defects, and mended.
//
//     sessions_[token] = {user, now};  // finding: cache-unbounded sessions_
//
// In the first just the marked lines have findings, of the rule that is named, with the words behind it in the message.
// In the second there is nothing to find.

#include "checker/base/text.h"
#include "tests/support/cpp.h"
#include "tests/support/linted.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "// finding: ";
constexpr size_t kSeeded = 20;

std::vector<SourceText> files_of(const std::string& twin) {
  std::vector<SourceText> files;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(STALLINT_SOURCE_DIR) / "tests/server_cpp" / twin)) {
    const std::string name = entry.path().filename().string();
    if (!is_cpp(name)) continue;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    files.push_back({name, text.str()});
  }
  std::sort(files.begin(), files.end(), [](const SourceText& a, const SourceText& b) { return a.path < b.path; });
  return files;
}

std::vector<Finding> findings_in(const std::vector<SourceText>& files) {
  const CppFacts facts = read_cpp({files}, {"g++", "-std=c++20"}).front();
  EXPECT_TRUE(facts.problems.empty()) << join(facts.problems, "\n");
  static const rule::Rules rules = shipped_rules();
  return lint(files, rules, {}, 1, facts);
}

std::string shown(const Finding& finding) {
  return finding.region.file + ":" + std::to_string(finding.region.line) + " " + finding.rule + ": " + finding.message;
}

class ServerInCpp : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* header : {"asio.hpp", "sqlite3.h", "x86_64-linux-gnu/curl/curl.h"}) {
      ASSERT_TRUE(fs::exists(fs::path("/usr/include") / header))
          << header << " is not installed; `./dev test` installs what tests need";
    }
  }
};

TEST_F(ServerInCpp, IsFoundOutWhereItIsMarked) {
  const std::vector<SourceText> files = files_of("defects");
  std::vector<Finding> findings = findings_in(files);
  size_t marks = 0;
  for (const SourceText& file : files) {
    uint32_t number = 0;
    for (const std::string_view line : split(file.text, '\n')) {
      ++number;
      const size_t at = line.find(kMark);
      if (at == std::string_view::npos) continue;
      ++marks;
      const std::vector<std::string_view> words = split(trimmed(line.substr(at + kMark.size())), ' ');
      const auto tells = [&](const Finding& finding) {
        return finding.region.file == file.path && finding.region.line == number && finding.rule == words[0] &&
               std::all_of(words.begin() + 1, words.end(),
                           [&](std::string_view word) { return finding.message.find(word) != std::string::npos; });
      };
      EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), tells)) << file.path << ":" << number << " " << line;
      // One line may hold a defect in two ways: both are the rule's.
      std::erase_if(findings, [&](const Finding& finding) {
        return finding.region.file == file.path && finding.region.line == number && finding.rule == words[0];
      });
    }
  }
  EXPECT_EQ(marks, kSeeded);
  for (const Finding& finding : findings) ADD_FAILURE() << "not marked: " << shown(finding);
}

TEST_F(ServerInCpp, IsSilentWhenMended) {
  for (const Finding& finding : findings_in(files_of("mended"))) ADD_FAILURE() << shown(finding);
}

}  // namespace
}  // namespace stallint
