// The GitHub Action, as far as it runs without GitHub: the shell of each step of action.yml, started as a runner starts
// it, over a small repository. What only GitHub has (cache, upload) is checked for its form.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <unistd.h>

namespace stallint {
namespace {

namespace fs = std::filesystem;

using Values = std::map<std::string, std::string>;  // "inputs.paths" -> "."

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

YAML::Node action() { return YAML::LoadFile(STALLINT_SOURCE_DIR "/action.yml"); }

// The text with each `${{ name }}` exchanged for its value; names that have none are left empty, as GitHub does.
std::string filled_in(const std::string& text, const Values& values) {
  std::string filled;
  size_t at = 0;
  for (;;) {
    const size_t begin = text.find("${{ ", at);
    filled += text.substr(at, begin - at);
    if (begin == std::string::npos) return filled;
    const size_t end = text.find(" }}", begin);
    const auto value = values.find(text.substr(begin + 4, end - begin - 4));
    if (value != values.end()) filled += value->second;
    at = end + 3;
  }
}

class Action : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) / ("stallint-action-" + std::to_string(getpid()));
    fs::remove_all(home_);
    write("store.py", "import requests\n\n\ndef load(name):\n    return requests.get(name, timeout=5).text\n");
    write("api.py", "from store import load\n\n\nasync def read(name):\n    return load(name)\n");
    shell(
        "git init --quiet . && git add --all && git -c user.name=a -c user.email=a@example.org commit --quiet "
        "--message=x");
    values_ = {{"runner.temp", home_.string()}, {"inputs.version", "0.1.0"}};
    for (const auto& input : action()["inputs"]) {
      values_["inputs." + input.first.as<std::string>()] = input.second["default"].as<std::string>();
    }
  }
  void TearDown() override { fs::remove_all(home_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories(home_ / "server");
    std::ofstream(home_ / "server" / name, std::ios::binary) << text;
  }

  struct Said {
    int exit_code = 0;
    std::string out;
  };

  Said shell(const std::string& command) const {
    const fs::path out = home_ / "said";
    const std::string line =
        "cd '" + (home_ / "server").string() + "' && { " + command + "; } >'" + out.string() + "' 2>&1 </dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out)};
  }

  // Starts a step as a runner does, and takes up what it leaves in $GITHUB_OUTPUT.
  Said step(const std::string& name) {
    for (const YAML::Node& one : action()["runs"]["steps"]) {
      if (one["name"].as<std::string>() != name) continue;
      const fs::path script = home_ / "script", output = home_ / "output";
      std::ofstream(script) << filled_in(one["run"].as<std::string>(), values_);
      fs::remove(output);
      std::string command = "env PATH='" + fs::path(STALLINT_BINARY).parent_path().string() +
                            "':\"$PATH\" GITHUB_ACTIONS=true GITHUB_WORKSPACE=\"$PWD\" GITHUB_OUTPUT='" +
                            output.string() + "' GITHUB_STEP_SUMMARY='" + (home_ / "summary").string() + "'";
      for (const auto& variable : one["env"]) {
        command +=
            " " + variable.first.as<std::string>() + "='" + filled_in(variable.second.as<std::string>(), values_) + "'";
      }
      const Said said = shell(command + " bash --noprofile --norc -eo pipefail '" + script.string() + "'");
      std::istringstream lines(read(output));
      for (std::string line; std::getline(lines, line);) {
        const size_t equals = line.find('=');
        values_["steps." + one["id"].as<std::string>() + ".outputs." + line.substr(0, equals)] =
            line.substr(equals + 1);
      }
      return said;
    }
    ADD_FAILURE() << "no step " << name;
    return {};
  }

  std::string output(const std::string& name) { return values_["steps." + name]; }

  fs::path home_;
  Values values_;
};

TEST_F(Action, FindingsAreAnnotatedSummedUpAndFailTheJob) {
  EXPECT_EQ(step("Install stallint").exit_code, 0);
  EXPECT_EQ(output("install.outputs.version"), "0.1.0");
  const Said said = step("Check");
  EXPECT_EQ(said.exit_code, 0) << said.out;
  EXPECT_NE(said.out.find("api.py:5:12: critical async-blocking-call"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("::error "), std::string::npos) << said.out;
  EXPECT_NE(read(home_ / "summary").find("async-blocking-call"), std::string::npos);
  EXPECT_EQ(output("check.outputs.exit-code"), "1");
  EXPECT_EQ(step("Verdict").exit_code, 1);
}

// Code scanning would show it as if it were open.
TEST_F(Action, WhatIsSilencedOrKnownIsNotUploaded) {
  write("more.py",
        "from store import load\n\n\nasync def also(name):\n    return load(name)  "
        "# stallint: ignore[async-blocking-call] one user\n");
  write("new.py", "from store import load\n\n\nasync def fresh(name):\n    return load(name)\n");
  values_["github.event.pull_request.base.sha"] = shell("git rev-parse HEAD").out.substr(0, 40);
  EXPECT_EQ(step("Check").exit_code, 0);
  const std::string log = read(output("check.outputs.sarif"));
  EXPECT_NE(log.find("\"uri\":\"new.py\""), std::string::npos);
  EXPECT_EQ(log.find("\"uri\":\"more.py\""), std::string::npos);
  EXPECT_EQ(log.find("\"uri\":\"api.py\""), std::string::npos);
}

TEST_F(Action, APullRequestIsAskedForWhatIsNew) {
  values_["github.event.pull_request.base.sha"] = shell("git rev-parse HEAD").out.substr(0, 40);
  EXPECT_EQ(step("Check").exit_code, 0);
  EXPECT_EQ(output("check.outputs.exit-code"), "0");
  EXPECT_EQ(step("Verdict").exit_code, 0);
  values_["inputs.new-only"] = "false";
  step("Check");
  EXPECT_EQ(output("check.outputs.exit-code"), "1");
}

TEST_F(Action, PathsAndOptionsAreGivenALineEach) {
  write("other place.py", "x = 1\n");
  values_["inputs.paths"] = "other place.py\n";
  values_["inputs.args"] = "--select\nasync-blocking-call\n";
  const Said said = step("Check");
  EXPECT_NE(said.out.find("no findings in 1 file"), std::string::npos) << said.out;
  EXPECT_EQ(output("check.outputs.exit-code"), "0");
}

TEST_F(Action, WhatCannotRunIsNoPass) {
  values_["inputs.args"] = "--no-such-option";
  EXPECT_EQ(step("Check").exit_code, 0);
  EXPECT_EQ(output("check.outputs.exit-code"), "2");
  EXPECT_EQ(output("check.outputs.sarif"), "");
  EXPECT_EQ(step("Verdict").exit_code, 2);
}

// A name that is declared and not used, or used and not declared, is empty on GitHub without a word.
TEST_F(Action, InputsAndOutputsFitTogether) {
  const std::string text = read(STALLINT_SOURCE_DIR "/action.yml");
  std::set<std::string> ids;
  for (const YAML::Node& one : action()["runs"]["steps"]) {
    if (one["id"]) ids.insert(one["id"].as<std::string>());
    EXPECT_TRUE(one["uses"] || one["shell"]) << one["name"].as<std::string>();
    EXPECT_TRUE(!one["uses"] || one["uses"].as<std::string>().find("@v") != std::string::npos);
  }
  for (const auto& input : action()["inputs"]) {
    EXPECT_NE(text.find("inputs." + input.first.as<std::string>()), std::string::npos) << input.first;
    EXPECT_NE(read(STALLINT_SOURCE_DIR "/docs/ci.md").find("| `" + input.first.as<std::string>() + "` |"),
              std::string::npos)
        << input.first;
  }
  for (size_t at = 0; (at = text.find("inputs.", at)) != std::string::npos; at += 7) {
    const size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at + 7);
    EXPECT_TRUE(action()["inputs"][text.substr(at + 7, end - at - 7)]) << text.substr(at, end - at);
  }
  for (size_t at = 0; (at = text.find(" steps.", at)) != std::string::npos; at += 7) {
    EXPECT_TRUE(ids.contains(text.substr(at + 7, text.find('.', at + 7) - at - 7))) << text.substr(at, 40);
  }
}

// The job for GitLab says what a shell can run, and names a report that stallint writes.
TEST(Gitlab, TheJobRuns) {
  const YAML::Node job = YAML::LoadFile(STALLINT_SOURCE_DIR "/docs/ci/gitlab.yml")["stallint"];
  const fs::path home = fs::path(testing::TempDir()) / ("stallint-gitlab-" + std::to_string(getpid()));
  fs::remove_all(home);
  fs::create_directories(home);
  std::ofstream(home / "api.py") << "import time\n\n\nasync def tick():\n    time.sleep(1)\n";
  std::string script;
  for (const char* const part : {"before_script", "script"}) {
    for (const YAML::Node& line : job[part]) script += line.as<std::string>() + "\n";
  }
  std::ofstream(home / "script") << script;
  const std::string command = "cd '" + home.string() + "' && env CI_PROJECT_DIR=\"$PWD\" STALLINT_PATHS=. PATH='" +
                              fs::path(STALLINT_BINARY).parent_path().string() +
                              "':\"$PATH\" STALLINT_CACHE=\"$PWD/cache\" sh -e script >said 2>&1";
  const int status = std::system(command.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 1) << read(home / "said");
  const std::string report = job["artifacts"]["reports"]["codequality"].as<std::string>();
  EXPECT_NE(read(home / report).find("\"check_name\":"), std::string::npos)
      << read(home / "said") << read(home / report);
  fs::remove_all(home);
}

}  // namespace
}  // namespace stallint
