// The command line, end to end: the built binary, in a folder of its own, as people and build servers run it.
//
//     tests/cli/NAME/cmd     commands, one on each line, run by sh in a copy of the folder
//     tests/cli/NAME/out     each command after "$ ", what it said, on standard error after "! ", and its exit code
//
// Those with a name that begins with `clang-` need stallint-clang, and are left out where it is not built.
//
// With STALLINT_ACCEPT=1 the files `out` take what is said now.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <pty.h>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(STALLINT_SOURCE_DIR) / "tests" / "cli";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A folder that nobody else uses, and is gone at the end.
class Scratch {
 public:
  Scratch() : path_(fs::path(testing::TempDir()) / ("stallint-cli-" + std::to_string(getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Scratch() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string prefixed(const std::string& prefix, const std::string& text) {
  std::string out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out += prefix + line + "\n";
  return out;
}

// What a shell says of one command: standard output, standard error, exit code.
std::string run(const fs::path& folder, const std::string& command) {
  const fs::path scratch = folder.parent_path();
  std::ofstream(scratch / "command", std::ios::binary) << command << "\n";
  const std::string line =
      "cd '" + folder.string() + "' && unset GITHUB_ACTIONS GITLAB_CI TF_BUILD && XDG_CACHE_HOME='" +
      (scratch / "cache").string() + "' PATH='" + fs::path(STALLINT_BINARY).parent_path().string() +
      "':\"$PATH\" sh ../command >../stdout 2>../stderr </dev/null";
  const int status = std::system(line.c_str());
  std::string said = prefixed("", read(scratch / "stdout")) + prefixed("! ", read(scratch / "stderr"));
  const std::string code = WIFEXITED(status) ? std::to_string(WEXITSTATUS(status)) : "a signal";
  for (size_t at; (at = said.find(folder.string())) != std::string::npos;) {
    said.replace(at, folder.string().size(), "HERE");
  }
  return "$ " + command + "\n" + said + "= " + code + "\n\n";
}

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases)) names.push_back(entry.path().filename().string());
#ifndef STALLINT_CLANG  // a build without Clang has nothing to say of these
  std::erase_if(names, [](const std::string& name) { return name.starts_with("clang-"); });
#endif
  std::sort(names.begin(), names.end());
  return names;
}

class CommandLine : public testing::TestWithParam<std::string> {};

TEST_P(CommandLine, SaysThis) {
  const fs::path home = kCases / GetParam();
  const Scratch scratch;
  const fs::path folder = scratch.path() / "here";
  fs::copy(home, folder, fs::copy_options::recursive);
  fs::remove(folder / "cmd");
  fs::remove(folder / "out");

  std::string said;
  std::istringstream commands(read(home / "cmd"));
  for (std::string command; std::getline(commands, command);) said += run(folder, command);
  ASSERT_FALSE(said.empty());
  if (std::getenv("STALLINT_ACCEPT") != nullptr) {
    std::ofstream(home / "out", std::ios::binary) << said;
    return;
  }
  EXPECT_EQ(said, read(home / "out")) << "if the new text is right, run this with STALLINT_ACCEPT=1";
}

INSTANTIATE_TEST_SUITE_P(Cli, CommandLine, testing::ValuesIn(cases()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// --- On a terminal ------------------------------------------------------------------------------------------------

std::string on_a_terminal(const std::string& no_color) {
  const fs::path folder = kCases / "findings";
  int master = -1;
  const pid_t child = forkpty(&master, nullptr, nullptr, nullptr);
  if (child == 0) {
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    if (!no_color.empty()) setenv("NO_COLOR", no_color.c_str(), 1);
    if (chdir(folder.c_str()) != 0) _exit(99);
    execl(STALLINT_BINARY, "stallint", "api.py", nullptr);
    _exit(99);
  }
  std::string said;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = ::read(master, buffer.data(), buffer.size())) > 0;) {
    said.append(buffer.data(), static_cast<size_t>(n));
  }
  close(master);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 1);
  return said;
}

TEST(Terminal, GetsColour) { EXPECT_NE(on_a_terminal("").find("\x1b["), std::string::npos); }

TEST(Terminal, GetsNoneIfNobodyWantsIt) {
  const std::string said = on_a_terminal("1");
  EXPECT_NE(said.find("async-blocking-call"), std::string::npos);
  EXPECT_EQ(said.find('\x1b'), std::string::npos);
}

// --- The transcripts of the README are true -----------------------------------------------------------------------

// Between lines "..." each part of the README's first transcript stands in what `./dev check` prints, in that order.
TEST(Readme, ShowsWhatIsPrinted) {
  const std::string readme = read(fs::path(STALLINT_SOURCE_DIR) / "README.md");
  const std::string start = "$ ./dev check\n";
  const size_t begin = readme.find(start);
  ASSERT_NE(begin, std::string::npos);
  const std::string shown = readme.substr(begin + start.size(), readme.find("```", begin) - begin - start.size());

  const Scratch scratch;
  const std::string command = "cd '" STALLINT_SOURCE_DIR "' && '" STALLINT_BINARY "' check tests/program >'" +
                              (scratch.path() / "report").string() + "'";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
  const std::string printed = read(scratch.path() / "report");

  size_t parts = 0, from = 0;
  std::istringstream in(shown + "...\n");
  std::string part;
  for (std::string line; std::getline(in, line);) {
    if (line != "...") {
      part += line + "\n";
      continue;
    }
    if (part.empty()) continue;
    const size_t at = printed.find(part, from);
    ASSERT_NE(at, std::string::npos) << "not printed, or not in this order:\n" << part << "\nbut:\n" << printed;
    from = at + part.size();
    part.clear();
    ++parts;
  }
  EXPECT_GE(parts, 2u);
}

// The table of the README names every rule, with its severity.
TEST(Readme, ListsEveryRule) {
  const std::string readme = read(fs::path(STALLINT_SOURCE_DIR) / "README.md");
  const Scratch scratch;
  const std::string command = "'" STALLINT_BINARY "' rules >'" + (scratch.path() / "rules").string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::istringstream in(read(scratch.path() / "rules"));
  size_t rules = 0;
  for (std::string line; std::getline(in, line); ++rules) {
    std::istringstream words(line);
    std::string severity, id;
    words >> severity >> id;
    EXPECT_NE(readme.find("| [" + id + "](docs/rules/" + id + ".md) | " + severity + " |"), std::string::npos) << id;
  }
  EXPECT_GE(rules, 15u);
}

}  // namespace
}  // namespace stallint
