#pragma once
// The build server around a run, told by the variables that it sets, and what it wants of a report.
//
//     GITHUB_ACTIONS=true    annotations behind the text, a summary into $GITHUB_STEP_SUMMARY
//     TF_BUILD=True          annotations behind the text (Azure Pipelines)
//     GITLAB_CI=true         nothing more: GitLab reads files alone, and those have to be named in .gitlab-ci.yml
//     anyway
//
// All of them know the folder of the repository, from which their pages count paths, and all but Azure an address under
// which a file is shown.

#include <cstdint>
#include <functional>
#include <string>

namespace stallint::pipeline {

enum class Server : uint8_t { kNone, kGithub, kGitlab, kAzure };

struct BuildServer {
  Server server = Server::kNone;
  std::string root;     // of the repository, if the working directory is in it; absolute
  std::string link;     // "https://github.com/me/app/blob/1a2b3c/": a path below the root makes it an address
  std::string summary;  // a file to which a step appends Markdown
};

// The value of a variable of the environment; empty if there is none.
using Environment = std::function<std::string(const char* name)>;

BuildServer find_build_server(const Environment& environment, const std::string& working_directory);

// That of this process.
std::string variable(const char* name);

}  // namespace stallint::pipeline
