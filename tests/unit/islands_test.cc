// checker/source/islands: which files have to do with one another.

#include "checker/source/islands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stallint::source {
namespace {

// Files of an imagined disk, with their texts. Those that do not end in .py say where projects are.
using Disk = std::map<std::string, std::string>;

// The islands as "a.py b.py | c.py".
std::string islands(const Disk& disk, const std::vector<std::string>& roots = {"/all"}) {
  std::vector<std::string> paths;
  std::vector<SourceFile> files;
  std::vector<std::string_view> texts;
  for (const auto& [path, text] : disk) {
    if (!path.ends_with(".py") || path.ends_with("/setup.py")) continue;
    paths.push_back(path);
    files.push_back({path, Language::kPython});
    texts.push_back(text);
  }
  const std::vector<Module> modules =
      find_modules(paths, roots, [&](const std::string& path) { return disk.contains(path); });
  std::string shown;
  for (const unsigned jobs : {1U, 2U}) {
    shown.clear();
    for (const Island& island : find_islands(files, modules, texts, jobs)) {
      if (!shown.empty()) shown += " |";
      for (const uint32_t file : island) shown += (shown.empty() ? "" : " ") + paths[file].substr(5);
    }
  }
  return shown;
}

TEST(Islands, ARepositoryIsOne) {
  EXPECT_EQ(islands({{"/all/.git", ""},
                     {"/all/mail/pyproject.toml", ""},
                     {"/all/mail/send.py", ""},
                     {"/all/shop/pyproject.toml", ""},
                     {"/all/shop/api.py", ""}}),
            "mail/send.py shop/api.py");
}

TEST(Islands, TwoRepositoriesAreTwo) {
  EXPECT_EQ(islands({{"/all/mail/.git", ""},
                     {"/all/mail/send.py", "import api\n"},
                     {"/all/mail/api.py", ""},
                     {"/all/shop/.git", ""},
                     {"/all/shop/api.py", ""},
                     {"/all/shop/jobs/run.py", ""}}),
            "mail/api.py mail/send.py | shop/api.py shop/jobs/run.py");
}

TEST(Islands, ProjectsWithoutARepository) {
  EXPECT_EQ(islands({{"/all/mail/pyproject.toml", ""},
                     {"/all/mail/src/mail/__init__.py", ""},
                     {"/all/mail/tools/setup.py", ""},
                     {"/all/mail/tools/a.py", ""},
                     {"/all/shop/setup.py", ""},
                     {"/all/shop/api.py", ""}}),
            "mail/src/mail/__init__.py mail/tools/a.py | shop/api.py");
}

TEST(Islands, AnImportUnites) {
  Disk disk = {{"/all/mail/pyproject.toml", ""},        {"/all/mail/src/mail/__init__.py", ""},
               {"/all/mail/src/mail/send.py", ""},      {"/all/shop/pyproject.toml", ""},
               {"/all/shop/shop/__init__.py", ""},      {"/all/shop/shop/jobs/logging.py", ""},
               {"/all/shop/shop/jobs/__init__.py", ""}, {"/all/zoo/pyproject.toml", ""},
               {"/all/zoo/zoo.py", "import logging\n"}};
  const std::string apart =
      "mail/src/mail/__init__.py mail/src/mail/send.py | shop/shop/__init__.py shop/shop/jobs/__init__.py "
      "shop/shop/jobs/logging.py | zoo/zoo.py";
  EXPECT_EQ(islands(disk), apart);
  disk["/all/shop/shop/__init__.py"] = "def f():\n  if x: from mail.send import (\n    post)\n";
  EXPECT_EQ(islands(disk),
            "mail/src/mail/__init__.py mail/src/mail/send.py shop/shop/__init__.py shop/shop/jobs/__init__.py "
            "shop/shop/jobs/logging.py | zoo/zoo.py");
  disk["/all/shop/shop/__init__.py"] = "from .mail.send import post\nfrom jobs import logging\n";
  EXPECT_EQ(islands(disk), apart);
}

TEST(Islands, PythonsOwnLibraryIsNobodys) {
  EXPECT_EQ(islands({{"/all/cpython/.git", ""},
                     {"/all/cpython/asyncio/__init__.py", ""},
                     {"/all/shop/.git", ""},
                     {"/all/shop/api.py", "import asyncio\n"}}),
            "cpython/asyncio/__init__.py | shop/api.py");
}

TEST(Islands, ImportsAreSeenInText) {
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(imports_of("import a.b as c, d\nfrom e.f import g\n\tfrom h import(i)\n"), (Names{"a.b", "d", "e.f", "h"}));
  EXPECT_EQ(imports_of("from . import a\nfrom .b import c\nimportant = 1\nreimport a\nx.import_(y)\n"), Names{});
  EXPECT_EQ(imports_of("try: import a\nif b: pass; import c\r\nfrom d import *"), (Names{"a", "c", "d"}));
  EXPECT_EQ(imports_of("import"), Names{});
  EXPECT_EQ(imports_of("from a import"), Names{});
  EXPECT_EQ(imports_of(""), Names{});
}

}  // namespace
}  // namespace stallint::source
