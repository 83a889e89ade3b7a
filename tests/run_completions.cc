// Completions and the manual page, as shells and `man` read them. What they have to know is taken from `--help`.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace stallint {
namespace {

namespace fs = std::filesystem;

struct Said {
  std::string text;
  int code = -1;
};

// What a command says on both its outputs.
Said say(const std::string& command) {
  Said said;
  FILE* pipe = popen(("{ " + command + "\n} 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  for (size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) said.text.append(buffer.data(), n);
  const int status = pclose(pipe);
  said.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return said;
}

std::string stallint(const std::string& arguments) {
  const Said said = say(std::string("'") + STALLINT_BINARY + "' " + arguments);
  EXPECT_EQ(said.code, 0) << arguments << "\n" << said.text;
  return said.text;
}

bool is_there(const std::string& program) { return say("command -v " + program).code == 0; }

// The first words of the lines that `--help` has below a heading: "check", "-j,--jobs".
std::vector<std::string> listed(const std::string& help, const std::string& heading) {
  std::vector<std::string> words;
  std::istringstream lines(help.substr(std::min(help.size(), help.find(heading + ":\n") + heading.size() + 2)));
  for (std::string line; std::getline(lines, line) && !line.empty();) {
    std::istringstream first(line);
    words.emplace_back();
    first >> words.back();
  }
  return words;
}

std::vector<std::string> commands() { return listed(stallint("--help"), "Subcommands"); }

// All spellings of the options of a command: "-j", "--jobs".
std::set<std::string> options(const std::string& command) {
  std::set<std::string> names;
  for (const std::string& word : listed(stallint(command + " --help"), "Options")) {
    std::istringstream in(word);
    for (std::string name; std::getline(in, name, ',');) names.insert(name);
  }
  return names;
}

// Holds what was printed in a file, for a program to read.
class Printed {
 public:
  explicit Printed(const std::string& what)
      : path_(fs::path(testing::TempDir()) / ("stallint-printed-" + std::to_string(getpid()))) {
    std::ofstream(path_, std::ios::binary) << stallint(what);
  }
  ~Printed() {
    std::error_code error;
    fs::remove(path_, error);
  }
  Printed(const Printed&) = delete;
  Printed& operator=(const Printed&) = delete;

  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// What bash offers for the last of the words, separated by blanks.
std::set<std::string> offered_by_bash(const std::string& file, const std::string& words) {
  const std::string path = fs::path(STALLINT_BINARY).parent_path().string();
  const Said said =
      say("PATH='" + path + "':\"$PATH\" bash -c 'compopt() { :; }; source " + file + "; COMP_WORDS=(" + words +
          "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _stallint; " + "printf \"%s\\n\" \"${COMPREPLY[@]}\"'");
  std::set<std::string> offered;
  std::istringstream in(said.text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) offered.insert(line);
  }
  return offered;
}

TEST(Completions, OfBashKnowEveryCommandAndOption) {
  const Printed script("completions bash");
  EXPECT_EQ(say("bash -n " + script.path()).text, "");
  const std::set<std::string> first = offered_by_bash(script.path(), "stallint \"\"");
  ASSERT_GE(commands().size(), 9u);
  for (const std::string& command : commands()) {
    EXPECT_EQ(first.count(command), 1u) << command;
    const std::set<std::string> wanted = options(command);
    ASSERT_FALSE(wanted.empty()) << command;
    EXPECT_EQ(offered_by_bash(script.path(), "stallint " + command + " -"), wanted) << command;
  }
}

TEST(Completions, OfBashOfferValues) {
  const Printed script("completions bash");
  const auto offered = [&](const std::string& words) { return offered_by_bash(script.path(), words); };
  EXPECT_EQ(offered("stallint check --color a"), (std::set<std::string>{"auto", "always"}));
  EXPECT_EQ(offered("stallint --color = n"), (std::set<std::string>{"never"}));
  EXPECT_EQ(offered("stallint cache \"\""), (std::set<std::string>{"info", "clear"}));
  EXPECT_EQ(offered("stallint completions z"), (std::set<std::string>{"zsh"}));
  EXPECT_EQ(offered("stallint explain async-blocking-c"), (std::set<std::string>{"async-blocking-call"}));
  EXPECT_EQ(offered("stallint --select subprocess-shell,async-blocking-c"),
            (std::set<std::string>{"subprocess-shell,async-blocking-call"}));
  EXPECT_EQ(offered("stallint --vers"), (std::set<std::string>{"--version"}));
}

// Every word that is offered for --format, --fail-on and so on is one that stallint takes.
TEST(Completions, OfferWhatIsTaken) {
  const Printed script("completions bash");
  for (const std::string option : {"--format", "--fail-on", "--confidence", "--color"}) {
    const std::set<std::string> words = offered_by_bash(script.path(), "stallint check " + option + " \"\"");
    EXPECT_GE(words.size(), 2u) << option;
    for (const std::string& word : words) {
      // Without a path that is there nothing is read, and a wrong word would be the first complaint.
      const Said said = say(std::string("'") + STALLINT_BINARY + "' check /nowhere " + option + " " + word);
      EXPECT_EQ(said.text.find("takes"), std::string::npos) << said.text;
      EXPECT_NE(said.text.find("/nowhere"), std::string::npos) << said.text;
    }
  }
}

TEST(Completions, OfZshKnowEveryCommandAndOption) {
  const Printed script("completions zsh");
  const std::string text = stallint("completions zsh");
  for (const std::string& command : commands()) {
    EXPECT_NE(text.find("    '" + command + ":"), std::string::npos) << command;
    const size_t begin = text.find("_stallint_command_" + command + "() {");
    ASSERT_NE(begin, std::string::npos) << command;
    const std::string part = text.substr(begin, text.find("\n}\n", begin) - begin);
    for (const std::string& option : options(command)) {
      EXPECT_NE(part.find(option), std::string::npos) << command << " " << option;
    }
  }
  if (is_there("zsh")) {
    EXPECT_EQ(say("zsh -n " + script.path()).text, "");
  }
}

TEST(Completions, OfFishKnowEveryCommandAndOption) {
  const Printed script("completions fish");
  const std::string text = stallint("completions fish");
  for (const std::string& command : commands()) {
    EXPECT_NE(text.find(" -a " + command + " -d '"), std::string::npos) << command;
    const std::string when =
        command == "check" ? " -n 'not __fish_seen" : " -n '__fish_seen_subcommand_from " + command + "'";
    for (const std::string& option : options(command)) {
      const std::string flag = option.starts_with("--") ? " -l " + option.substr(2) : " -s " + option.substr(1);
      bool found = false;
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) {
        found |= line.find(when) != std::string::npos && line.find(flag + " ") != std::string::npos;
      }
      EXPECT_TRUE(found) << command << " " << option;
    }
  }
  if (!is_there("fish")) return;
  EXPECT_EQ(say("fish -n " + script.path()).text, "");
  const Said said = say("fish -c 'source " + script.path() + "; complete -C \"stallint check --colo\"'");
  EXPECT_EQ(said.text.rfind("--color\t", 0), 0u) << said.text;
}

TEST(Completions, OfAnUnknownShell) {
  const Said said = say(std::string("'") + STALLINT_BINARY + "' completions bsh");
  EXPECT_EQ(said.code, 2);
  EXPECT_NE(said.text.find("takes bash, zsh or fish, not `bsh`, did you mean `bash`?"), std::string::npos) << said.text;
}

TEST(Manual, KnowsEveryCommandAndOption) {
  const std::string text = stallint("man");
  for (const std::string& command : commands()) {
    const size_t begin = text.find(".SS \\fBstallint " + command + "\\fR");
    ASSERT_NE(begin, std::string::npos) << command;
    const std::string part = text.substr(begin, text.find("\n.S", begin + 1) - begin);
    for (const std::string& option : options(command)) {
      std::string spelled;
      for (const char c : option) spelled += c == '-' ? "\\-" : std::string(1, c);
      EXPECT_NE(part.find("\\fB" + spelled + "\\fR"), std::string::npos) << command << " " << option;
    }
  }
}

TEST(Manual, IsReadWithoutComplaint) {
  const Printed page("man");
  if (is_there("man")) {
    EXPECT_EQ(
        say("LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -E UTF-8 -l -Tutf8 -Z " + page.path() + " >/dev/null").text, "");
  }
  if (is_there("mandoc")) {
    const Said said = say("mandoc -T lint -W warning " + page.path() + " | grep -v 'missing date'");
    EXPECT_EQ(said.text, "");
  }
  // No line may be one that roff takes for a command of its own by accident.
  std::istringstream lines(stallint("man"));
  const std::set<std::string> known = {".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi"};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(!line.starts_with('.') || known.count(line.substr(0, 3)) == 1) << line;
    EXPECT_FALSE(line.starts_with('\'')) << line;
  }
}

}  // namespace
}  // namespace stallint
