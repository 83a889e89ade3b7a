// Only what is new: files of known findings, revisions, changed lines. The built binary in small repositories of git.

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

// A server whose helper waits, and one route that calls it.
constexpr char kStore[] = "import requests\n\n\ndef load(name):\n    return requests.get(name, timeout=5).text\n";
constexpr char kApi[] = "from store import load\n\n\nasync def read(name):\n    return load(name)\n";
constexpr char kNewCaller[] = "\n\nasync def also(name):\n    return load(name)\n";

class Repository : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) / ("stallint-baseline-" + std::to_string(getpid()));
    fs::remove_all(home_);
    write("store.py", kStore);
    write("api.py", kApi);
    git("init --quiet .");
    commit();
  }
  void TearDown() override { fs::remove_all(home_); }

  fs::path server() const { return home_ / "server"; }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((server() / name).parent_path());
    std::ofstream(server() / name, std::ios::binary) << text;
  }
  void append(const std::string& name, const std::string& text) { write(name, read(server() / name) + text); }

  struct Said {
    int exit_code = 0;
    std::string out;
  };

  // Both streams, with what the shell said too.
  Said shell(const std::string& command, const std::string& folder = ".") const {
    const fs::path out = home_ / "said";
    const std::string line =
        "cd '" + (server() / folder).string() + "' && { " + command + "; } >'" + out.string() + "' 2>&1 </dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out)};
  }

  void git(const std::string& arguments) const {
    const Said said = shell("git -c user.name=a -c user.email=a@example.org -c init.defaultBranch=main " + arguments);
    ASSERT_EQ(said.exit_code, 0) << arguments << "\n" << said.out;
  }
  void commit() const {
    git("add --all");
    git("commit --quiet --allow-empty --message=x");
  }

  Said stallint(const std::string& arguments, const std::string& folder = ".") const {
    return shell("'" STALLINT_BINARY "' " + arguments + " --cache-dir '" + (home_ / "cache").string() + "'", folder);
  }

  // How many findings are new, and the exit code that a gate would see.
  void expect_new(const std::string& arguments, size_t number, const std::string& folder = ".") const {
    const Said said = stallint("check --format sarif=../log.sarif --format text " + arguments, folder);
    const std::string words = number == 0 ? "no new findings" : std::to_string(number) + " new finding";
    EXPECT_NE(said.out.find(words), std::string::npos) << arguments << "\n" << said.out;
    EXPECT_EQ(said.exit_code, number == 0 ? 0 : 1) << said.out;
  }

  // In each of the ways in which a team may ask.
  void expect_new_everywhere(size_t number) const {
    expect_new("--baseline stallint-baseline.jsonl", number);
    expect_new("--baseline-rev HEAD", number);
  }

  fs::path home_;
};

TEST_F(Repository, ABaselineHasAFindingALine) {
  const Said said = stallint("baseline write");
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_EQ(said.out, "1 finding in stallint-baseline.jsonl\n");
  EXPECT_EQ(read(server() / "stallint-baseline.jsonl"),
            "{\"stallint-baseline\":1}\n"
            "{\"path\":\"api.py\",\"rule\":\"async-blocking-call\",\"function\":\"read\",\"subject\":\"load\","
            "\"label\":\"blocks.http\"}\n");
  expect_new_everywhere(0);
}

TEST_F(Repository, ANewCallerOfAnOldHelperIsNew) {
  stallint("baseline write");
  append("api.py", kNewCaller);
  expect_new_everywhere(1);
}

TEST_F(Repository, OneMoreOfTheSameIsNew) {
  stallint("baseline write");
  write("api.py", "from store import load\n\n\nasync def read(name):\n    load(name)\n    return load(name)\n");
  expect_new_everywhere(1);
}

TEST_F(Repository, MovedReformattedAndRenamedCodeIsKnown) {
  stallint("baseline write");
  write("routes.py",
        "import os\n\nfrom store import (\n    load,\n)\n\n\nasync def read(\n    name,\n):\n"
        "    return load(\n        name,\n    )\n");
  fs::remove(server() / "api.py");
  expect_new_everywhere(0);
  git("add --all");
  expect_new_everywhere(0);
}

TEST_F(Repository, AFunctionOfAnotherNameIsKnownFromTheRevision) {
  write("api.py", "from store import load\n\n\nasync def fetch(name):\n    return load(name)\n");
  expect_new("--baseline-rev HEAD", 0);
}

TEST_F(Repository, ARevisionMaySpeakOfAPartOfTheRepository) {
  write("one/api.py", kApi);
  write("one/store.py", kStore);
  commit();
  append("one/api.py", kNewCaller);
  append("api.py", kNewCaller);
  expect_new("--baseline-rev HEAD one", 1);
  expect_new("--baseline-rev HEAD .", 1, "one");
  expect_new("--baseline-rev HEAD '" + (server() / "one").string() + "'", 1);
  expect_new("--baseline-rev HEAD", 2);
  expect_new("--baseline-rev HEAD .", 2);
}

TEST_F(Repository, WhatGitDoesNotKnowYetIsNew) {
  write("more/api.py", kApi);
  write("more/store.py", kStore);
  expect_new("--baseline-rev HEAD more", 1);
  expect_new("--diff HEAD more", 1);
}

TEST_F(Repository, LinesSinceARevision) {
  expect_new("--diff HEAD", 0);
  append("api.py", kNewCaller);
  expect_new("--diff HEAD", 1);
  // A changed step of a chain is as good as a changed caller.
  write("store.py", "import requests\n\n\ndef load(name):\n    return requests.get(name, timeout=9).text\n");
  expect_new("--diff HEAD", 2);
}

TEST_F(Repository, PathsCountFromTheFolderOfTheBaseline) {
  write("one/api.py", kApi);
  write("one/store.py", kStore);
  stallint("baseline write");
  expect_new("--baseline ../stallint-baseline.jsonl .", 0, "one");
  expect_new("--baseline stallint-baseline.jsonl '" + server().string() + "'", 0);
}

TEST_F(Repository, ASarifLogIsABaselineToo) {
  stallint("check --format sarif=old.sarif");
  expect_new("--baseline old.sarif", 0);
  append("api.py", kNewCaller);
  expect_new("--baseline old.sarif", 1);
  const std::string log = read(home_ / "log.sarif");
  EXPECT_NE(log.find("\"baselineState\":\"new\""), std::string::npos);
  EXPECT_NE(log.find("\"baselineState\":\"unchanged\""), std::string::npos);
}

TEST_F(Repository, WhatIsGoneIsSaidAndTakenOut) {
  append("api.py", kNewCaller);
  stallint("baseline write");
  write("api.py", kApi);
  const Said note = stallint("check --baseline stallint-baseline.jsonl");
  EXPECT_NE(note.out.find("1 finding of stallint-baseline.jsonl is gone; `stallint baseline prune` takes it out"),
            std::string::npos)
      << note.out;
  const Said check = stallint("baseline check");
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_NE(check.out.find("gone: api.py: async-blocking-call in `also`"), std::string::npos) << check.out;
  EXPECT_EQ(stallint("baseline prune").out, "1 finding taken out of stallint-baseline.jsonl, 1 finding left\n");
  EXPECT_EQ(stallint("baseline check").exit_code, 0);
  expect_new("--baseline stallint-baseline.jsonl", 0);
}

TEST_F(Repository, WhatWasNotLookedAtIsNotGone) {
  append("store.py", "\n\nasync def nap():\n    load('x')\n");
  stallint("baseline write");
  const std::string before = read(server() / "stallint-baseline.jsonl");
  stallint("baseline prune store.py");
  stallint("baseline prune --select cache-unbounded");
  EXPECT_EQ(read(server() / "stallint-baseline.jsonl"), before);
}

// The entry of `read` in api.py is not free for a `read` elsewhere: nobody looked at api.py.
TEST_F(Repository, WhatWasNotLookedAtExplainsNothing) {
  stallint("baseline write");
  write("more.py", kApi);
  expect_new("--baseline stallint-baseline.jsonl more.py store.py", 1);
  expect_new("--baseline stallint-baseline.jsonl --within . more.py", 1);
}

TEST_F(Repository, WithinReadsAllAndReportsWhatIsAsked) {
  append("api.py", kNewCaller);
  write("tests/test_api.py", kApi);
  const Said alone = stallint("check api.py");
  EXPECT_NE(alone.out.find("no findings in 1 file"), std::string::npos) << alone.out;
  const Said within = stallint("check --within . api.py");
  EXPECT_NE(within.out.find("2 findings in 1 file"), std::string::npos) << within.out;
  EXPECT_EQ(within.exit_code, 1);
  // A hook names all files that have changed. What is left out of a folder is left out here.
  const Said tests = stallint("check --within . tests/test_api.py store.py");
  EXPECT_NE(tests.out.find("no findings in 1 file"), std::string::npos) << tests.out;
  EXPECT_EQ(tests.exit_code, 0);
}

TEST_F(Repository, ASuppressedFindingIsNoneOfTheBaseline) {
  write("api.py",
        "from store import load\n\n\nasync def read(name):\n    return load(name)  "
        "# stallint: ignore[async-blocking-call] one user\n");
  EXPECT_EQ(stallint("baseline write").out, "0 findings in stallint-baseline.jsonl\n");
  commit();
  write("api.py", kApi);
  expect_new_everywhere(1);
}

TEST_F(Repository, TheIndexAndTheTreeOfTheUserStayAsTheyAre) {
  append("api.py", kNewCaller);
  git("add api.py");
  append("api.py", "\n\nx = 1\n");
  const std::string before = shell("git status --porcelain; git diff; git diff --cached").out;
  expect_new("--baseline-rev HEAD", 1);
  EXPECT_EQ(shell("git status --porcelain; git diff; git diff --cached").out, before);
}

// A hook of git runs with variables that speak of the repository of the commit.
TEST_F(Repository, VariablesOfAHookDoNotMislead) {
  append("api.py", kNewCaller);
  const Said said =
      shell("GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere/index '" STALLINT_BINARY "' --no-cache --baseline-rev HEAD .");
  EXPECT_NE(said.out.find("1 new finding"), std::string::npos) << said.out;
}

TEST_F(Repository, MistakesSayTheWayOut) {
  const auto expect = [&](const std::string& arguments, const std::string& words) {
    const Said said = stallint(arguments);
    EXPECT_EQ(said.exit_code, 2) << arguments;
    EXPECT_NE(said.out.find(words), std::string::npos) << arguments << "\n" << said.out;
  };
  expect("check --baseline-rev nosuch", "has no such revision; `git fetch` may bring it");
  expect("check --diff nosuch", "`--diff nosuch`: the repository ");
  expect("check --baseline nosuch.jsonl", "nosuch.jsonl: the baseline cannot be read; `stallint baseline write`");
  expect("baseline check", "stallint-baseline.jsonl: the baseline cannot be read; `stallint baseline write` makes one");
  expect("baseline prine", "`stallint baseline` takes write, prune or check, not `prine`, did you mean `prune`?");
  expect("check --baseline a --diff HEAD", "only one can be given");
  write("b.jsonl", "");
  expect("check --baseline b.jsonl",
         "b.jsonl: this is neither a baseline of stallint nor a SARIF log, or it is damaged");
  write("b.jsonl", "{\"stallint-baseline\":2}\n");
  expect("check --baseline b.jsonl", "b.jsonl:1:1: the baseline has form 2, and this stallint reads form 1");
  write("b.jsonl", "{\"stallint-baseline\":1}\n<<<<<<< HEAD\n{\"path\":1}\n");
  expect("check --baseline b.jsonl", "b.jsonl:2:1: a merge left its marks");
  expect("check --baseline b.jsonl", "b.jsonl:3:1: this is no finding of a baseline");
  write("b.sarif", "{\"runs\":[{\"tool\":{\"driver\":{\"name\":\"other\"}},\"results\":[]}]}");
  expect("check --baseline b.sarif", "b.sarif: this SARIF log holds no run of stallint");
  expect("check --baseline-rev HEAD ..", "`--baseline-rev` needs a repository of git around the paths");
}

TEST_F(Repository, AShallowCloneSaysWhatToFetch) {
  commit();
  ASSERT_EQ(shell("git clone --quiet --depth 1 \"file://$PWD\" ../shallow").exit_code, 0);
  const Said said = stallint("check --baseline-rev HEAD~1 .", "../shallow");
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_NE(said.out.find("`git fetch --unshallow`, or `fetch-depth: 0` of the checkout action"), std::string::npos)
      << said.out;
}

TEST_F(Repository, BranchesMergeTheirBaselines) {
  write("one.py", kApi);
  write("two.py", kApi);
  stallint("baseline write");
  commit();
  const auto branch = [&](const std::string& name, const std::string& file) {
    git("checkout --quiet -b " + name + " main");
    write(file, read(server() / file) + kNewCaller);
    stallint("baseline write");
    commit();
  };
  branch("left", "api.py");
  branch("right", "two.py");
  git("merge --quiet left --message=x");
  expect_new("--baseline stallint-baseline.jsonl", 0);
  EXPECT_EQ(stallint("baseline check").exit_code, 0);
}

}  // namespace
}  // namespace stallint
