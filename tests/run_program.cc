// Whole programs: what link and flow see in them and what the rules find, compared with marks in the source.
//
//     tests/program/shop/          a small server, as the README shows it
//     tests/links/imports.py       many smaller ones, each about one thing
//
// tests/support/marks.h says what the marks mean.

#include "tests/support/marks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

const fs::path kTests = fs::path(STALLINT_SOURCE_DIR) / "tests";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const Lore& lore() {
  static const rule::Rules rules = shipped_rules();
  static const Lore known(rules);
  return known;
}

// --- The programs below tests/program -----------------------------------------------------------------------------

std::vector<std::string> folders() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kTests / "program")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<SourceText> files_below(const fs::path& folder) {
  std::vector<SourceText> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".py") continue;
    files.push_back({entry.path().lexically_relative(folder).generic_string(), read(entry.path())});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

class WholeProgram : public testing::TestWithParam<std::string> {};

TEST_P(WholeProgram, IsSeenAsMarked) {
  const std::vector<SourceText> files = files_below(kTests / "program" / GetParam());
  EXPECT_GT(count_marks(files), 0u);
  EXPECT_EQ(compare_with_marks(files, lore()), "");
}

INSTANTIATE_TEST_SUITE_P(Programs, WholeProgram, testing::ValuesIn(folders()),
                         [](const auto& info) { return info.param; });

// --- The small projects of tests/links ----------------------------------------------------------------------------

struct Case {
  std::string bundle;
  Project project;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.bundle << ": " << one.project.title; }

std::vector<Case> cases() {
  std::vector<Case> all;
  std::vector<fs::path> bundles;
  for (const auto& entry : fs::directory_iterator(kTests / "links")) bundles.push_back(entry.path());
  std::sort(bundles.begin(), bundles.end());
  for (const fs::path& bundle : bundles) {
    for (Project& project : projects_in(read(bundle))) all.push_back({bundle.stem().string(), std::move(project)});
  }
  return all;
}

class SmallProgram : public testing::TestWithParam<Case> {};

TEST_P(SmallProgram, IsSeenAsMarked) {
  EXPECT_GT(count_marks(GetParam().project.files), 0u) << "a project without marks tests nothing";
  EXPECT_EQ(compare_with_marks(GetParam().project.files, lore()), "") << "in " << GetParam().project.title;
}

std::string name_of_case(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.bundle + "_" + std::to_string(info.index) + "_";
  bool upper = true;
  for (const char c : info.param.project.title) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain) name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = !plain;
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Links, SmallProgram, testing::ValuesIn(cases()), name_of_case);

// --- The same bytes -----------------------------------------------------------------------------------------------

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "no pipe";
  std::array<char, 4096> buffer{};
  for (size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) output.append(buffer.data(), n);
  pclose(pipe);
  return output;
}

std::string checked(const std::string& options) {
  return output_of("cd '" STALLINT_SOURCE_DIR "' && '" STALLINT_BINARY "' check tests/program " + options);
}

TEST(SameBytes, OverTenRuns) {
  const std::string first = checked("--format sarif");
  EXPECT_NE(first.find("\"async-blocking-call\""), std::string::npos);
  for (int run = 1; run < 10; ++run) EXPECT_EQ(checked("--format sarif"), first) << "in run " << run;
}

TEST(SameBytes, WithAnyNumberOfWorkers) {
  for (const char* const format : {"sarif", "text"}) {
    const std::string one = checked(std::string("--jobs 1 --format ") + format);
    EXPECT_GT(one.size(), 1000u);
    EXPECT_EQ(checked(std::string("--jobs 2 --format ") + format), one);
    EXPECT_EQ(checked(std::string("--jobs 8 --format ") + format), one);
  }
}

TEST(SameBytes, OfTheProgramToo) {
  const auto print = [](const std::string& jobs) {
    return output_of("cd '" STALLINT_SOURCE_DIR "' && '" STALLINT_BINARY "' print program tests --no-config --jobs " +
                     jobs);
  };
  const std::string one = print("1");
  EXPECT_GT(one.size(), 1000u);
  EXPECT_EQ(print("8"), one);
}

}  // namespace
}  // namespace stallint
