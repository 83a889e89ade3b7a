#include "checker/pipeline/build_server.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace stallint::pipeline {
namespace {

namespace fs = std::filesystem;

bool is_on(const std::string& value) { return !value.empty() && value != "0" && value != "false" && value != "False"; }

// The folder as the process sees it, if the working directory is in it: who checks another place than the repository
// means the paths of that place.
std::string root_around(const std::string& folder, const std::string& working_directory) {
  if (folder.empty() || !fs::path(folder).is_absolute()) return "";
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(folder, error);
  const fs::path root = error ? fs::path(folder).lexically_normal() : canonical;
  const fs::path below = fs::path(working_directory).lexically_relative(root);
  return below.empty() || *below.begin() == ".." ? "" : root.generic_string();
}

// "https://github.com", "me/app", "/blob/", "1a2b3c"; nothing if one of them is unknown.
std::string address(const std::string& site, const std::string& project, const std::string& page,
                    const std::string& revision) {
  if (site.empty() || revision.empty()) return "";
  return site + project + page + revision + "/";
}

}  // namespace

BuildServer find_build_server(const Environment& environment, const std::string& working_directory) {
  BuildServer found;
  std::string root;
  if (is_on(environment("GITHUB_ACTIONS"))) {
    found.server = Server::kGithub;
    root = environment("GITHUB_WORKSPACE");
    found.summary = environment("GITHUB_STEP_SUMMARY");
    found.link = address(environment("GITHUB_SERVER_URL"), "/" + environment("GITHUB_REPOSITORY"), "/blob/",
                         environment("GITHUB_SHA"));
  } else if (is_on(environment("GITLAB_CI"))) {
    found.server = Server::kGitlab;
    root = environment("CI_PROJECT_DIR");
    found.link = address(environment("CI_PROJECT_URL"), "", "/-/blob/", environment("CI_COMMIT_SHA"));
  } else if (is_on(environment("TF_BUILD"))) {
    found.server = Server::kAzure;
    root = environment("BUILD_SOURCESDIRECTORY");
  }
  found.root = root_around(root, working_directory);
  if (found.root.empty()) found.link.clear();
  return found;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace stallint::pipeline
