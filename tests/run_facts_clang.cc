// C++ source to facts, through the program that links Clang, one translation unit per file.
//
// Each tests/facts_clang/*.cc is C++ with goals in comments: see tests/support/goals.h. `lost.cc` asks for a header
// that nobody has; all others parse without an error.

#include "checker/exchange/exchange.h"
#include "checker/facts/facts.h"
#include "checker/facts/pack.h"
#include "tests/support/goals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(STALLINT_SOURCE_DIR) / "tests/facts_clang";

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> goal_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".cc") files.push_back(fs::canonical(entry.path()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Read {
  uint32_t errors = 0;
  std::string bytes;
};

// Every file is read in one run of the program, as a job of as many units.
std::map<std::string, Read> read_all() {
  exchange::Job job;
  for (const fs::path& path : goal_files()) {
    job.project_files.push_back(path);
    job.units.push_back({path, kFolder, {"c++", "-std=c++20", "-c", path}});
  }
  const fs::path folder = fs::temp_directory_path() / ("facts_clang." + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "job") << exchange::encode(job);
  const std::string command =
      "'" STALLINT_CLANG "' < '" + (folder / "job").string() + "' > '" + (folder / "frames").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);

  exchange::FrameReader reader;
  reader.feed(contents(folder / "frames"));
  fs::remove_all(folder);
  std::map<uint64_t, std::string> facts;
  std::map<std::string, Read> files;
  while (auto frame = reader.next()) {
    if (frame->facts) facts[frame->facts->hash] = std::move(frame->facts->bytes);
    if (!frame->done) continue;
    for (const exchange::Done::File& file : frame->done->files) {
      files[file.path] = {frame->done->errors, facts[file.facts]};
    }
  }
  EXPECT_FALSE(reader.broken());
  return files;
}

class Units : public testing::TestWithParam<fs::path> {
 protected:
  static const Read& read(const std::string& path) {
    static std::map<std::string, Read> files = read_all();
    return files[path];
  }
};

TEST_P(Units, GiveTheFactsInTheirComments) {
  const Read& read = Units::read(GetParam());
  const std::optional<facts::FileFacts> facts = facts::unpack(read.bytes);
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(read.errors > 0, GetParam().stem() == "lost");
  const std::string text = contents(GetParam());
  check_sound(*facts, text.size());
  check_goals(GetParam().filename(), text, "//", facts::print(*facts));
}

INSTANTIATE_TEST_SUITE_P(Facts, Units, testing::ValuesIn(goal_files()),
                         [](const auto& info) { return info.param.stem().string(); });

// Names of functions do not depend on who includes their header, and equal units give equal bytes.
TEST(Reading, IsTheSameTwice) {
  const std::map<std::string, Read> first = read_all();
  for (const auto& [path, read] : read_all()) EXPECT_EQ(read.bytes, first.at(path).bytes) << path;
}

}  // namespace
}  // namespace stallint
