// What build servers leave in the environment, and what follows from it.

#include "checker/pipeline/build_server.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

namespace stallint::pipeline {
namespace {

BuildServer found(const std::map<std::string, std::string>& variables, const std::string& working_directory) {
  return find_build_server(
      [&variables](const char* name) {
        const auto known = variables.find(name);
        return known == variables.end() ? std::string() : known->second;
      },
      working_directory);
}

TEST(BuildServer, IsNoneWithoutItsVariable) {
  EXPECT_EQ(found({}, "/srv/app").server, Server::kNone);
  EXPECT_EQ(found({{"CI", "true"}, {"GITHUB_WORKSPACE", "/srv/app"}}, "/srv/app").root, "");
  EXPECT_EQ(found({{"GITHUB_ACTIONS", "false"}}, "/srv/app").server, Server::kNone);
}

TEST(BuildServer, IsGithub) {
  const std::map<std::string, std::string> variables = {
      {"GITHUB_ACTIONS", "true"},      {"GITHUB_WORKSPACE", "/srv/app"}, {"GITHUB_SERVER_URL", "https://github.com"},
      {"GITHUB_REPOSITORY", "me/app"}, {"GITHUB_SHA", "1a2b3c"},         {"GITHUB_STEP_SUMMARY", "/tmp/summary"}};
  const BuildServer server = found(variables, "/srv/app/server");
  EXPECT_EQ(server.server, Server::kGithub);
  EXPECT_EQ(server.root, "/srv/app");
  EXPECT_EQ(server.link, "https://github.com/me/app/blob/1a2b3c/");
  EXPECT_EQ(server.summary, "/tmp/summary");
  EXPECT_EQ(found(variables, "/srv/app").root, "/srv/app");
}

// Another folder that is checked in the same job has nothing to do with the repository.
TEST(BuildServer, HasNoRootElsewhere) {
  const BuildServer server = found({{"GITHUB_ACTIONS", "true"},
                                    {"GITHUB_WORKSPACE", "/srv/app"},
                                    {"GITHUB_SERVER_URL", "https://github.com"},
                                    {"GITHUB_REPOSITORY", "me/app"},
                                    {"GITHUB_SHA", "1a2b3c"}},
                                   "/srv/application");
  EXPECT_EQ(server.root, "");
  EXPECT_EQ(server.link, "");
}

TEST(BuildServer, IsGitlabOrAzure) {
  const BuildServer gitlab = found({{"GITLAB_CI", "true"},
                                    {"CI_PROJECT_DIR", "/builds/me/app"},
                                    {"CI_PROJECT_URL", "https://gitlab.com/me/app"},
                                    {"CI_COMMIT_SHA", "1a2b3c"}},
                                   "/builds/me/app");
  EXPECT_EQ(gitlab.server, Server::kGitlab);
  EXPECT_EQ(gitlab.link, "https://gitlab.com/me/app/-/blob/1a2b3c/");
  const BuildServer azure =
      found({{"TF_BUILD", "True"}, {"BUILD_SOURCESDIRECTORY", "/home/agent/1/s"}}, "/home/agent/1/s/api");
  EXPECT_EQ(azure.server, Server::kAzure);
  EXPECT_EQ(azure.root, "/home/agent/1/s");
  EXPECT_EQ(azure.link, "");
}

// The working directory is spelt as the kernel does it, the variable as somebody wrote it.
TEST(BuildServer, SeesThroughLinks) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::canonical(testing::TempDir()) / "build-server";
  fs::remove_all(folder);
  fs::create_directories(folder / "real" / "api");
  fs::create_directory_symlink("real", folder / "link");
  const BuildServer server = found({{"GITLAB_CI", "true"}, {"CI_PROJECT_DIR", (folder / "link").string()}},
                                   (folder / "real" / "api").string());
  EXPECT_EQ(server.root, (folder / "real").string());
  fs::remove_all(folder);
}

}  // namespace
}  // namespace stallint::pipeline
