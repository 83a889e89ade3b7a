// The hooks of .pre-commit-hooks.yaml, as Debian's pre-commit runs them, in a small repository of git.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

namespace stallint {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Hooks : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) / ("stallint-hooks-" + std::to_string(getpid()));
    fs::remove_all(home_);
    fs::create_directories(home_ / "hooks");
    fs::copy_file(fs::path(STALLINT_SOURCE_DIR) / ".pre-commit-hooks.yaml", home_ / "hooks/.pre-commit-hooks.yaml");
    ASSERT_EQ(shell("git init --quiet . && " + commit_, "hooks").exit_code, 0);
    write("store.py", "import requests\n\n\ndef load(name):\n    return requests.get(name, timeout=5).text\n");
    write("api.py", "from store import load\n\n\nasync def read(name):\n    return load(name)\n");
    const Said said = shell("git init --quiet . && " + commit_);
    ASSERT_EQ(said.exit_code, 0) << said.out;
  }
  void TearDown() override { fs::remove_all(home_); }

  struct Said {
    int exit_code = 0;
    std::string out;
  };

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((home_ / "server" / name).parent_path());
    std::ofstream(home_ / "server" / name, std::ios::binary) << text;
  }

  Said shell(const std::string& command, const std::string& folder = "server") const {
    const fs::path out = home_ / "said";
    const std::string binaries = fs::path(STALLINT_BINARY).parent_path().string();
    const std::string line = "cd '" + (home_ / folder).string() + "' && export PATH='" + binaries +
                             "':$PATH XDG_CACHE_HOME='" + (home_ / "cache").string() + "' && { " + command + "; } >'" +
                             out.string() + "' 2>&1 </dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out)};
  }

  // One hook over what is staged, or as `arguments` say.
  Said run(const std::string& hook, const std::string& arguments = "") {
    write(".pre-commit-config.yaml", "repos:\n  - repo: " + (home_ / "hooks").string() +
                                         "\n    rev: " + shell("git rev-parse HEAD", "hooks").out.substr(0, 40) +
                                         "\n    hooks: [{id: " + hook + "}]\n");
    return shell("git add --all && pre-commit run --verbose " + arguments);
  }

  const std::string commit_ =
      "git add --all && git -c user.name=a -c user.email=a@example.org commit --quiet --message=x";
  fs::path home_;
};

TEST_F(Hooks, ChangedFilesAreReportedByTheWholeRepository) {
  EXPECT_EQ(run("stallint").exit_code, 0);  // nothing is staged but the configuration
  write("more.py", "from store import load\n\n\nasync def also(name):\n    return load(name)\n");
  const Said said = run("stallint");
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_NE(said.out.find("`also` blocks the event loop: also -> load -> requests.get"), std::string::npos) << said.out;
  EXPECT_EQ(said.out.find("api.py"), std::string::npos) << said.out;
}

TEST_F(Hooks, NewFindingsAreReportedWhereverTheyStand) {
  write("store.py",
        "import requests\n\n\ndef load(name):\n    with open(name) as f:\n        f.read()\n"
        "    return requests.get(name, timeout=5).text\n");
  const Said said = run("stallint-diff");
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_NE(said.out.find("api.py:5:12: critical async-blocking-file-io"), std::string::npos) << said.out;
  EXPECT_EQ(said.out.find("async-blocking-call:"), std::string::npos) << said.out;
}

TEST_F(Hooks, TheWholeRepositoryIsReported) {
  const Said said = run("stallint-full", "--all-files");
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_NE(said.out.find("api.py:5:12: critical async-blocking-call"), std::string::npos) << said.out;
}

// More names than one command line takes: pre-commit starts the hook several times.
TEST_F(Hooks, AThousandFilesAreHandedOverInParts) {
  const std::string name(200, 'n');
  for (int i = 0; i < 1000; ++i) write("app/" + name + std::to_string(i) + ".py", "x = 1\n");
  write("app/" + name + "500.py", "from store import load\n\n\nasync def also(name):\n    return load(name)\n");
  const Said said = run("stallint", "--all-files");
  EXPECT_EQ(said.exit_code, 1);
  const auto count = [&](const std::string& words) {
    size_t found = 0;
    for (size_t at = said.out.find(words); at != std::string::npos; at = said.out.find(words, at + 1)) ++found;
    return found;
  };
  // Side by side or apart, as the names fell.
  EXPECT_EQ(count("api.py:5:12: critical async-blocking-call"), 1u) << said.out;
  EXPECT_EQ(count("500.py:5"), 1u) << said.out;
  EXPECT_GE(count("finding in ") + count("findings in "), 2u) << said.out;
}

}  // namespace
}  // namespace stallint
