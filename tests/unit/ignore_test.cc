// What .gitignore files say: the forms one by one, and many mixtures of them as git itself understands them.

#include "checker/source/ignore.h"

#include "checker/git/git.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

namespace stallint::source {
namespace {

namespace fs = std::filesystem;

bool ignored(const IgnoreFile& file, const std::string& path, bool folder) {
  return file.of(path, folder) == IgnoreFile::Verdict::kIgnored;
}

// The path of a file, or a folder that it lies in.
bool hidden(const IgnoreFile& file, const std::string& path) {
  for (size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    if (ignored(file, path.substr(0, slash), true)) return true;
  }
  return ignored(file, path, false);
}

TEST(Ignore, Forms) {
  EXPECT_TRUE(hidden(IgnoreFile("gen\n"), "a/gen"));
  EXPECT_TRUE(hidden(IgnoreFile("gen\n"), "a/gen/x.py"));
  EXPECT_FALSE(hidden(IgnoreFile("gen/\n"), "a/gen"));
  EXPECT_TRUE(hidden(IgnoreFile("gen/\n"), "a/gen/x.py"));
  EXPECT_TRUE(hidden(IgnoreFile("/gen\n"), "gen"));
  EXPECT_FALSE(hidden(IgnoreFile("/gen\n"), "a/gen"));
  EXPECT_FALSE(hidden(IgnoreFile("a/*.py\n"), "a/b/c.py"));
  EXPECT_TRUE(hidden(IgnoreFile("a/**/c.py\n"), "a/c.py"));
  EXPECT_TRUE(hidden(IgnoreFile("**/c.py\n"), "c.py"));
  EXPECT_TRUE(hidden(IgnoreFile("a/**\n"), "a/c.py"));
  EXPECT_FALSE(hidden(IgnoreFile("a/**\n"), "a"));
  EXPECT_FALSE(hidden(IgnoreFile("*.py\n!keep.py\n"), "keep.py"));
  EXPECT_TRUE(hidden(IgnoreFile("a\n!a/keep.py\n"), "a/keep.py"));
  EXPECT_TRUE(hidden(IgnoreFile("x[0-9].py\n"), "x7.py"));
  EXPECT_FALSE(hidden(IgnoreFile("x[!0-9].py\n"), "x7.py"));
  EXPECT_TRUE(hidden(IgnoreFile("x[[:alpha:]-].py\n"), "x-.py"));
  EXPECT_FALSE(hidden(IgnoreFile("x[0.py\n"), "x[0.py"));
  EXPECT_TRUE(hidden(IgnoreFile("\\!a\n\\#b\nc\\ \nd  \r\n"), "!a"));
  EXPECT_TRUE(hidden(IgnoreFile("\\!a\n\\#b\nc\\ \nd  \r\n"), "#b"));
  EXPECT_TRUE(hidden(IgnoreFile("\\!a\n\\#b\nc\\ \nd  \r\n"), "c "));
  EXPECT_TRUE(hidden(IgnoreFile("\xef\xbb\xbfgen\n"), "gen"));
  EXPECT_TRUE(IgnoreFile("# nothing\n\n   \n/\n").empty());
}

TEST(Ignore, TakesTimeInProportion) {
  const std::string many(200, '*');
  EXPECT_FALSE(hidden(IgnoreFile(many + "a" + many + "b"), std::string(3000, 'a')));
  std::string folders, path;
  for (int i = 0; i < 100; ++i) {
    folders += "**/a/";
    path += "a/";
  }
  EXPECT_FALSE(hidden(IgnoreFile(folders + "b"), path + "c"));
}

// Lines and paths out of a few pieces, so that they meet often.
class Mixture {
 public:
  explicit Mixture(uint32_t seed) : random_(seed) {}

  std::string line() {
    std::string text = one({"", "", "", "!"}) + one({"", "", "/"}) + part();
    for (uint32_t left = random_() % 3; left > 0; --left) text += "/" + part();
    return text + one({"", "", "/"}) + "\n";
  }

  std::string path() {
    std::string text = name();
    for (uint32_t left = random_() % 4; left > 0; --left) text += "/" + name();
    return text;
  }

 private:
  std::string one(const std::vector<std::string>& words) { return words[random_() % words.size()]; }
  std::string name() { return one({"a", "b", "ab", "a.py", "b.py", "ab.c", "x1", "x-"}); }
  std::string part() {
    return one({"a", "b", "ab", "*", "**", "*.py", "a*", "?", "[ab]", "[!a]", "x[0-9]", "x[^0-9]", "*b*", "\\a", "a**b",
                "[[:alpha:]]", "x[]-]", "???.?"});
  }

  std::mt19937 random_;
};

TEST(Ignore, AgreesWithGit) {
  const fs::path top = fs::path(testing::TempDir()) / ("stallint-ignore-" + std::to_string(getpid()));
  fs::create_directories(top);
  ASSERT_EQ(git::run(top.string(), {"init", "-q"}).exit_code, 0);
  for (uint32_t seed = 0; seed < 150; ++seed) {
    Mixture mixture(seed);
    std::string lines, paths;
    std::vector<std::string> asked;
    for (int i = 0; i < 4; ++i) lines += mixture.line();
    for (int i = 0; i < 40; ++i) asked.push_back(mixture.path());
    for (const std::string& path : asked) paths += path + '\0';
    std::ofstream(top / ".gitignore") << lines;
    const git::Output said = git::run(
        top.string(), {"-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "--stdin", "-z"}, paths);
    ASSERT_LE(said.exit_code, 1) << said.err;
    const std::string found = std::string(1, '\0') + said.out;
    const IgnoreFile file(lines);
    for (const std::string& path : asked) {
      const bool by_git = found.find('\0' + path + '\0') != std::string::npos;
      EXPECT_EQ(hidden(file, path), by_git) << path << " with the lines\n" << lines;
    }
  }
  fs::remove_all(top);
}

}  // namespace
}  // namespace stallint::source
