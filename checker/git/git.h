#pragma once
// git, as a program: one run of it, without a shell.
//
//     const git::Output said = git::run("server", {"ls-files", "-z"});
//     if (said.exit_code != 0) ...   said.err has git's own words
//
// A library of git would bring two dozen others, and would be slower than the program everybody has.

#include <string>
#include <string_view>
#include <vector>

namespace stallint::git {

constexpr int kNoGit = 127;  // exit code if there is no program `git`

struct Output {
  int exit_code = 0;
  std::string out;
  std::string err;
};

// Runs git in that folder. What a hook has set of git's own variables (GIT_DIR, GIT_INDEX_FILE) does not count, unless
// `environment` ("GIT_INDEX_FILE=/tmp/index") sets it anew; messages come untranslated. `input` is its standard input.
Output run(const std::string& folder, const std::vector<std::string>& arguments, std::string_view input = "",
           const std::vector<std::string>& environment = {});

}  // namespace stallint::git
