// What is kept between runs, as users see it: the built binary over a small project, again and again. Whatever happens
// to the folder of the cache, the report is that of a run without one.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

constexpr int kModules = 60;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// Modules of which each calls the next; the last one blocks.
void write_project(const fs::path& folder) {
  for (int i = 0; i < kModules; ++i) {
    const std::string next = "m" + std::to_string(i + 1);
    std::string text = i + 1 < kModules
                           ? "from shop import " + next + "\n\n\ndef run():\n    return " + next + ".run()\n"
                           : "import time\n\n\ndef run():\n    time.sleep(1)\n";
    text += "\n\nasync def serve" + std::to_string(i) + "():\n    return run()\n";
    write(folder / "shop" / ("m" + std::to_string(i) + ".py"), text);
  }
  write(folder / "shop" / "__init__.py", "");
  write(folder / "shop" / "odd.py", "def broken(:\n    pass\n# caf\xe9\n");
}

class Kept : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) / ("stallint-cache-" + std::to_string(getpid()));
    fs::remove_all(home_);
    write_project(home_ / "project");
    wanted_ = check("--no-cache");
    ASSERT_NE(wanted_.find("async-blocking-call"), std::string::npos);
    ASSERT_NE(wanted_.find("odd.py"), std::string::npos);
  }
  void TearDown() override { fs::remove_all(home_); }

  std::string command(const std::string& arguments) const {
    return "cd '" + (home_ / "project").string() + "' && XDG_CACHE_HOME='" + (home_ / "xdg").string() +
           "' exec '" STALLINT_BINARY "' check . --timings --format sarif " + arguments;
  }

  // The report, which is SARIF, so that it holds all there is to say.
  std::string check(const std::string& arguments = "") {
    const std::string line =
        command(arguments) + " >'" + (home_ / "out").string() + "' 2>'" + (home_ / "err").string() + "'";
    const int status = std::system(line.c_str());
    EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 1) << read(home_ / "err");
    said_ = read(home_ / "err");
    return read(home_ / "out");
  }

  // How many files the run parsed, as --timings says.
  size_t parsed() const { return number_behind("parsing Python: "); }
  bool nothing_changed() const { return said_.find("nothing has changed since an earlier run") != std::string::npos; }
  size_t number_behind(const std::string& words) const {
    const size_t at = said_.find(words);
    return at == std::string::npos ? 0 : std::stoul(said_.substr(at + words.size()));
  }
  // Everything but timings.
  std::string notes() const {
    std::string notes;
    std::istringstream in(said_);
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("stallint: ")) notes += line + "\n";
    }
    return notes;
  }

  fs::path packs() const { return home_ / "xdg" / "stallint" / "packs"; }
  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(packs(), error)) found.push_back(entry.path());
    return found;
  }

  fs::path home_;
  std::string wanted_, said_;
};

constexpr size_t kFiles = kModules + 2;

TEST_F(Kept, ParsesNothingTwice) {
  EXPECT_TRUE(check() == wanted_);
  EXPECT_EQ(parsed(), kFiles);
  for (const char* const jobs : {"-j1", "-j2", "-j8"}) {
    EXPECT_TRUE(check(jobs) == wanted_);
    EXPECT_EQ(parsed(), 0u);
    EXPECT_TRUE(nothing_changed());
  }
  EXPECT_TRUE(check("--no-cache") == wanted_);
  EXPECT_EQ(parsed(), kFiles);
}

// What a run came to is taken only if it would come to the same again, whatever it is that has changed.
TEST_F(Kept, NoticesEverythingThatMatters) {
  const fs::path project = home_ / "project", shop = project / "shop";
  const auto holds = [&](const std::string& arguments, const std::string& what) {
    const std::string now = check(arguments);
    EXPECT_EQ(parsed(), 0u) << what;
    EXPECT_TRUE(now == check(arguments)) << what;
    EXPECT_TRUE(nothing_changed()) << what;
    EXPECT_TRUE(now == check(arguments + " --no-cache")) << what;
    return now;
  };
  check();
  EXPECT_TRUE(holds("--confidence exact", "an option of the report") == wanted_);  // all of it is exact
  EXPECT_TRUE(holds("--select async-blocking-call", "the rules that are on") != wanted_);
  write(home_ / "rules" / "models" / "own.yaml",
        "language: python\nlabels:\n  blocks.http: {call: \"shop.m59.run\"}\n");
  const std::string rules = "--rules '" + (home_ / "rules").string() + "'";
  holds(rules, "a model");
  write(home_ / "rules" / "models" / "own.yaml",
        "language: python\nlabels:\n  blocks.http: {call: \"shop.m58.run\"}\n");
  check(rules);
  EXPECT_FALSE(nothing_changed());
  holds(rules, "another model");
  fs::rename(shop / "m30.py", shop / "m61.py");
  EXPECT_TRUE(holds("", "the name of a file") != wanted_);
  fs::rename(shop / "m61.py", shop / "m30.py");
  EXPECT_TRUE(holds("", "all as it was") == wanted_);
  write(project / "pyproject.toml", "[project]\nname = \"shop\"\nrequires-python = \">=3.12\"\n");
  check();
  EXPECT_FALSE(nothing_changed());
  holds("", "the version of Python");
  fs::remove(project / "pyproject.toml");
  check();
  write(shop / "odd.py", "def broken(:\n    pass\n# caf\xef\xbf\xbd\n");  // as text the same as before
  EXPECT_TRUE(holds("", "bytes that are no text") != wanted_);
}

TEST_F(Kept, ParsesWhatChanged) {
  check();
  const fs::path module = home_ / "project" / "shop" / "m7.py";
  const std::string before = read(module);
  write(module, before + "\n\ndef more():\n    pass\n");
  EXPECT_TRUE(check() == check("--no-cache"));
  check();
  EXPECT_EQ(parsed(), 0u);
  write(module, "\n" + before);
  const std::string now = check();
  EXPECT_EQ(parsed(), 1u);
  EXPECT_TRUE(now == check("--no-cache"));
  write(module, before);  // what was there before is known still
  EXPECT_TRUE(check() == wanted_);
  EXPECT_EQ(parsed(), 0u);
}

TEST_F(Kept, KnowsTheSameFilesElsewhere) {
  check();
  fs::rename(home_ / "project", home_ / "moved");
  fs::create_directories(home_ / "project");
  fs::rename(home_ / "moved" / "shop", home_ / "project" / "store");
  for (const auto& entry : fs::directory_iterator(home_ / "project" / "store")) {
    fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - std::chrono::hours(1));
  }
  fs::rename(home_ / "xdg", home_ / "restored");
  check("--cache-dir '" + (home_ / "restored" / "stallint").string() + "'");
  EXPECT_EQ(parsed(), 0u);
}

TEST_F(Kept, ParsesNothingForARule) {
  check();
  write(home_ / "rules" / "models" / "own.yaml",
        "language: python\nlabels:\n  blocks.http: {call: \"shop.m59.run\"}\n");
  check("--rules '" + (home_ / "rules").string() + "' --select async-blocking-call --confidence exact");
  EXPECT_EQ(parsed(), 0u);
}

TEST_F(Kept, TakesDamageForNothing) {
  check();
  const auto at_each_pack = [&](const std::function<std::string(std::string)>& damage) {
    for (const fs::path& path : files()) write(path, damage(read(path)));
  };
  const auto all_kept = [&] { return check() == wanted_ && parsed() == 0; };
  unsigned place = 12345;
  for (int round = 0; round < 8; ++round) {
    at_each_pack([&](std::string bytes) {
      for (int i = 0; i < 20 && !bytes.empty(); ++i) {
        place = place * 1103515245 + 12345;
        bytes[place / 16 % bytes.size()] ^= static_cast<char>(1 << place % 8);
      }
      return bytes;
    });
    EXPECT_TRUE(check() == wanted_);
    EXPECT_GT(parsed(), 0u);
    EXPECT_EQ(notes(), "");
    EXPECT_TRUE(all_kept());
  }
  at_each_pack([](const std::string& bytes) { return bytes.substr(0, bytes.size() / 2); });
  EXPECT_TRUE(check() == wanted_);
  EXPECT_EQ(parsed(), kFiles);
  at_each_pack([](const std::string&) { return "#!/bin/sh\necho of somebody else\n"; });
  EXPECT_TRUE(check() == wanted_);
  EXPECT_TRUE(all_kept());
}

TEST_F(Kept, GoesOnWithoutAPlace) {
  const std::string file = (home_ / "file").string();
  write(file, "no folder");
  EXPECT_TRUE(check("--cache-dir '" + file + "'") == wanted_);
  EXPECT_EQ(notes(), "stallint: note: what was read is not kept for the next run: cannot write in " + file +
                         "/packs: Not a directory\n");
  EXPECT_TRUE(check("--cache-dir /proc/nowhere") == wanted_);
  EXPECT_NE(notes().find("/proc/nowhere/packs"), std::string::npos);
}

// A cache that was restored for reading only. (Root may write everywhere.)
TEST_F(Kept, ReadsWhatItCannotWrite) {
  check();
  fs::permissions(packs(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_TRUE(check() == wanted_);
  EXPECT_EQ(parsed(), 0u);
  EXPECT_EQ(notes(), "");
  if (geteuid() != 0) {
    write(home_ / "project" / "shop" / "new.py", "def new():\n    pass\n");
    check();
    EXPECT_EQ(parsed(), 1u);
    EXPECT_NE(notes().find("Permission denied"), std::string::npos);
  }
  fs::permissions(packs(), fs::perms::owner_all);
}

// A limit on the size of files is a disk that is full after so many bytes.
TEST_F(Kept, GoesOnWhenTheDiskIsFull) {
  const std::string line = "{ trap '' XFSZ; ulimit -f 64; (" + command("") + "); } 2>'" + (home_ / "err").string() +
                           "' | cat >'" + (home_ / "out").string() + "'";
  EXPECT_EQ(std::system(line.c_str()), 0);
  said_ = read(home_ / "err");
  EXPECT_TRUE(read(home_ / "out") == wanted_);
  EXPECT_NE(notes().find("is not kept for the next run: cannot write in"), std::string::npos);
  EXPECT_TRUE(files().empty());
  EXPECT_TRUE(check() == wanted_);
  EXPECT_EQ(parsed(), kFiles);
}

pid_t start(const std::string& line) {
  const pid_t child = fork();
  if (child != 0) return child;
  execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
  _exit(99);
}

TEST_F(Kept, IsSharedByProcesses) {
  for (int round = 0; round < 3; ++round) {
    fs::remove_all(home_ / "xdg");
    std::vector<pid_t> children;
    for (int i = 0; i < 6; ++i) {
      children.push_back(start(command("-j2") + " >'" + (home_ / std::to_string(i)).string() + "' 2>/dev/null"));
    }
    for (const pid_t child : children) {
      int status = 0;
      waitpid(child, &status, 0);
      EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 1);
    }
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(read(home_ / std::to_string(i)) == wanted_);
    EXPECT_TRUE(check() == wanted_);
    EXPECT_EQ(parsed(), 0u);
  }
}

TEST_F(Kept, SurvivesAKillAtAnyInstant) {
  const auto begun = std::chrono::steady_clock::now();
  check("--cache-dir '" + (home_ / "other").string() + "'");
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
  constexpr int kInstants = 24;
  for (int i = 0; i < kInstants; ++i) {
    if (i % 8 == 0) fs::remove_all(home_ / "xdg");
    const pid_t child = start("exec >/dev/null 2>&1; " + command("-j2"));
    std::this_thread::sleep_for(whole * i / kInstants);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    EXPECT_TRUE(check() == wanted_) << i;
    EXPECT_EQ(notes(), "") << i;
    EXPECT_TRUE(check() == wanted_) << i;
    EXPECT_EQ(parsed(), 0u) << i;
  }
}

// What nobody used for a month goes; what this run has used stays.
TEST_F(Kept, ForgetsWhatNobodyUses) {
  check();
  const auto grow_old = [&](const fs::path& path, int days) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(24 * days + 1));
  };
  fs::copy_file(home_ / "project" / "shop" / "m1.py", packs() / "killed.draft");
  grow_old(packs() / "killed.draft", 2);
  for (const fs::path& path : files()) {
    if (path.extension() == ".pack") grow_old(path, 20);
  }
  grow_old(packs() / "cleaned", 2);
  EXPECT_TRUE(check() == wanted_);
  EXPECT_EQ(parsed(), 0u);
  EXPECT_FALSE(fs::exists(packs() / "killed.draft"));
  for (const fs::path& path : files()) {
    if (path.extension() == ".pack") grow_old(path, 40);
  }
  grow_old(packs() / "cleaned", 2);
  const std::string other = "cd '" + (home_ / "project").string() + "' && XDG_CACHE_HOME='" + (home_ / "xdg").string() +
                            "' '" STALLINT_BINARY "' check shop/__init__.py >/dev/null";
  EXPECT_EQ(std::system(other.c_str()), 0);  // another project, which has the same empty file
  EXPECT_TRUE(check() == wanted_);
  EXPECT_EQ(parsed(), 0u);
}

}  // namespace
}  // namespace stallint
