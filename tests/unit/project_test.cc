// checker/source: for which versions of Python a project says it is written; and rules that ask for one.

#include "checker/source/project.h"

#include "tests/support/linted.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace stallint::source {
namespace {

namespace fs = std::filesystem;

TEST(LowestPython, IsTheLowerBoundOfASpecifier) {
  EXPECT_EQ(lowest_in(">=3.11"), 11u);
  EXPECT_EQ(lowest_in(">= 3.9, <4"), 9u);
  EXPECT_EQ(lowest_in(">=3.9 <3.13"), 9u);
  EXPECT_EQ(lowest_in("<3.13,>=3.10.2,!=3.11.0"), 10u);
  EXPECT_EQ(lowest_in("~=3.12"), 12u);
  EXPECT_EQ(lowest_in("==3.11.*"), 11u);
  EXPECT_EQ(lowest_in("^3.8"), 8u);
  EXPECT_EQ(lowest_in("^3.11 || ^3.9"), 9u);
  EXPECT_EQ(lowest_in("3.12.*"), 12u);
  EXPECT_EQ(lowest_in(">=3"), 0u);
  EXPECT_EQ(lowest_in(">=2.7,!=3.0.*"), 0u);
}

TEST(LowestPython, IsUnknownWithoutALowerBound) {
  for (const char* said : {"", "*", "<4", "!=3.9", "x", "||", ">=3.11 || *", ">=99999999999999999999"}) {
    EXPECT_EQ(lowest_in(said), std::nullopt) << said;
  }
}

TEST(Pyproject, SaysItInThreeWays) {
  EXPECT_EQ(read_pyproject("[project]\nrequires-python = '>=3.11'\n").python, 11u);
  EXPECT_EQ(read_pyproject("[tool.poetry.dependencies]\npython = '^3.9'\n").python, 9u);
  EXPECT_EQ(read_pyproject("[tool.poetry.dependencies]\npython = {version = '>=3.10'}\n").python, 10u);
}

TEST(Pyproject, DecidesIfItIsAProject) {
  EXPECT_TRUE(read_pyproject("[project]\nname = 'shop'\n").decides);
  EXPECT_FALSE(read_pyproject("[tool.ruff]\nline-length = 100\n").decides);
  EXPECT_FALSE(read_pyproject("project = 3\n").decides);
  EXPECT_FALSE(read_pyproject("[project\nrequires-python = '>=3.11'\n").decides);
  EXPECT_EQ(read_pyproject("[project]\nrequires-python = 3.11\n").python, std::nullopt);
}

TEST(SetupCfg, SaysItUnderOptions) {
  EXPECT_EQ(read_setup_cfg("[metadata]\nname = shop\n[options]\npython_requires = >=3.10\n").python, 10u);
  EXPECT_EQ(read_setup_cfg("[options]\r\npython_requires =\r\n    >=3.8\r\n").python, 8u);
  EXPECT_EQ(read_setup_cfg("[flake8]\npython_requires = >=3.10\n").python, std::nullopt);
  EXPECT_FALSE(read_setup_cfg("[flake8]\nmax-line-length = 100\n").decides);
}

TEST(LowestPythons, NearestProjectFileSpeaks) {
  const fs::path top = fs::temp_directory_path() / ("stallint-project-" + std::to_string(getpid()));
  const auto write = [&](const std::string& path, const std::string& text) {
    fs::create_directories((top / path).parent_path());
    std::ofstream(top / path) << text;
  };
  fs::create_directories(top / ".git");
  write("pyproject.toml", "[project]\nrequires-python = '>=3.12'\n");
  write("server/pyproject.toml", "[tool.ruff]\n");
  write("server/api/app.py", "");
  write("worker/setup.cfg", "[options]\npython_requires = >=3.9\n");
  write("worker/app.py", "");
  write("silent/pyproject.toml", "[project]\nname = 'silent'\n");
  write("silent/app.py", "");
  const Result<Sources> sources = find_sources({top.string()}, {});
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources->files.size(), 3u);
  Listing listing;
  EXPECT_EQ(lowest_pythons(*sources, listing), (std::vector<LowestPython>{12u, std::nullopt, 9u}));
  fs::remove_all(top);
}

TEST(RequiresPython, SilencesARuleWhereItIsOlderOrUnknown) {
  const rule::Rules rules = shipped_rules();
  const char* text = "import asyncio\nasync def f():\n    await asyncio.gather(g(), g())\nasync def g(): ...\n";
  const link::Program program = linked({{"a.py", text}, {"b.py", text}, {"c.py", text}}, rules);
  const auto found_in = [&](std::vector<LowestPython> pythons) {
    std::string files;
    for (const Finding& finding :
         match::match(program, rules, {1, {"async-taskgroup-candidate"}, std::move(pythons)})) {
      files += finding.region.file + " ";
    }
    return files;
  };
  EXPECT_EQ(found_in({10u, 11u, 12u}), "b.py c.py ");
  EXPECT_EQ(found_in({std::nullopt, std::nullopt, 11u}), "c.py ");
  EXPECT_EQ(found_in({}), "a.py b.py c.py ");
}

}  // namespace
}  // namespace stallint::source
