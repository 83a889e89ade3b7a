// checker/source/roots: under which names a file may be imported.

#include "checker/source/roots.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace stallint::source {
namespace {

// Files of an imagined disk; those that end in .py and are not `markers` are checked. Folders exist as needed.
struct Disk {
  std::vector<std::string> python;
  std::vector<std::string> others;
  std::vector<std::string> roots = {"/repo"};

  std::vector<ModuleName> names(const std::string& file) const {
    std::set<std::string> there(python.begin(), python.end());
    there.insert(others.begin(), others.end());
    const std::vector<std::string> sorted(python);
    const std::vector<Module> modules =
        find_modules(sorted, roots, [&](const std::string& path) { return there.contains(path); });
    for (size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i] == file) return modules[i].names;
    }
    return {};
  }

  std::string candidates(const std::string& file) const {
    std::string text;
    for (const ModuleName& one : names(file)) text += (text.empty() ? "" : " ") + one.name;
    return text;
  }
};

TEST(Roots, AFolderOfPlainFiles) {
  const Disk disk = {{"/repo/api.py", "/repo/store.py"}, {}};
  EXPECT_EQ(disk.candidates("/repo/api.py"), "api");
}

TEST(Roots, APackage) {
  const Disk disk = {{"/repo/mealie/__init__.py", "/repo/mealie/db/__init__.py", "/repo/mealie/db/x.py"}, {}};
  EXPECT_EQ(disk.names("/repo/mealie/db/x.py").front(), (ModuleName{"mealie.db.x", "/repo", Evidence::kRoot}));
  EXPECT_EQ(disk.names("/repo/mealie/db/__init__.py").front().name, "mealie.db");
  EXPECT_EQ(disk.names("/repo/mealie/__init__.py").front().name, "mealie");
}

TEST(Roots, ThePathGivenMayBeAPackage) {
  const Disk disk = {
      {"/repo/mealie/__init__.py", "/repo/mealie/db/__init__.py", "/repo/mealie/db/x.py"}, {}, {"/repo/mealie/db"}};
  EXPECT_EQ(disk.names("/repo/mealie/db/x.py").front().name, "mealie.db.x");
}

TEST(Roots, SrcLayout) {
  const Disk disk = {{"/repo/src/shop/__init__.py", "/repo/src/shop/api.py"}, {"/repo/pyproject.toml"}};
  EXPECT_EQ(disk.candidates("/repo/src/shop/api.py"), "shop.api src.shop.api");
}

TEST(Roots, SrcThatIsAPackageItself) {
  const Disk disk = {{"/repo/src/__init__.py", "/repo/src/api.py"}, {}};
  EXPECT_EQ(disk.candidates("/repo/src/api.py"), "src.api");
}

TEST(Roots, SrcWithoutPackages) {
  const Disk disk = {{"/repo/src/shop/api.py"}, {"/repo/pyproject.toml"}};
  EXPECT_EQ(disk.candidates("/repo/src/shop/api.py"), "shop.api src.shop.api api");
}

TEST(Roots, SeveralRootsInOneRepository) {
  const Disk disk = {{"/repo/server/api/__init__.py", "/repo/server/api/routers/__init__.py",
                      "/repo/server/api/routers/x.py", "/repo/server/main.py", "/repo/worker/jobs/run.py"},
                     {"/repo/.git", "/repo/server/pyproject.toml", "/repo/worker/requirements.txt"}};
  EXPECT_EQ(disk.candidates("/repo/server/api/routers/x.py"), "api.routers.x server.api.routers.x");
  EXPECT_EQ(disk.candidates("/repo/server/main.py"), "main server.main");
  EXPECT_EQ(disk.candidates("/repo/worker/jobs/run.py"), "jobs.run worker.jobs.run run");
}

TEST(Roots, AFolderAbovePackagesIsARootForItsPlainFilesToo) {
  const Disk disk = {{"/repo/server/api/__init__.py", "/repo/server/core/y.py", "/repo/server/main.py"},
                     {"/repo/.git"}};
  EXPECT_EQ(disk.names("/repo/server/main.py").front(), (ModuleName{"main", "/repo/server", Evidence::kRoot}));
  EXPECT_EQ(disk.names("/repo/server/core/y.py").front().name, "core.y");
}

TEST(Roots, NamespacePackages) {
  const Disk disk = {
      {"/repo/src/company/shop/__init__.py", "/repo/src/company/shop/api.py", "/repo/src/company/tool.py"},
      {"/repo/pyproject.toml"}};
  EXPECT_EQ(disk.candidates("/repo/src/company/shop/api.py"), "shop.api company.shop.api src.company.shop.api");
  EXPECT_EQ(disk.names("/repo/src/company/tool.py")[1].name, "company.tool");
}

TEST(Roots, WithoutAnySignThePathGivenIsTheRoot) {
  const Disk disk = {{"/repo/app/routers/x.py"}, {}};
  EXPECT_EQ(disk.candidates("/repo/app/routers/x.py"), "app.routers.x x routers.x");
  EXPECT_EQ(disk.names("/repo/app/routers/x.py")[1].evidence, Evidence::kAncestor);
}

TEST(Roots, APackageWithAStartMayBeARoot) {
  const Disk disk = {
      {"/repo/app/__init__.py", "/repo/app/main.py", "/repo/app/routers/__init__.py", "/repo/app/routers/x.py"}, {}};
  EXPECT_EQ(disk.candidates("/repo/app/routers/x.py"), "app.routers.x routers.x");
  EXPECT_EQ(disk.names("/repo/app/routers/x.py")[1].evidence, Evidence::kPackage);
}

TEST(Roots, OtherPackagesAreNoRoots) {
  const Disk disk = {{"/repo/app/__init__.py", "/repo/app/core/__init__.py", "/repo/app/core/logging.py"}, {}};
  EXPECT_EQ(disk.candidates("/repo/app/core/logging.py"), "app.core.logging");
}

TEST(Roots, AStrayInitAtTheTopOfAProject) {
  const Disk disk = {{"/srv/repo/__init__.py", "/srv/repo/server/__init__.py", "/srv/repo/server/x.py"},
                     {"/srv/repo/pyproject.toml"},
                     {"/srv/repo"}};
  EXPECT_EQ(disk.names("/srv/repo/server/x.py").front().name, "server.x");
  EXPECT_EQ(disk.names("/srv/repo/__init__.py").front().name, "repo");
}

TEST(Roots, APackageMayHoldAModuleNamedSetup) {
  const Disk disk = {{"/repo/back/app/__init__.py", "/repo/back/app/setup.py", "/repo/back/app/httpx/pool.py"},
                     {"/repo/pyproject.toml"}};
  EXPECT_EQ(disk.names("/repo/back/app/setup.py").front().name, "app.setup");
  for (const ModuleName& one : disk.names("/repo/back/app/httpx/pool.py")) {
    EXPECT_FALSE(one.name == "httpx.pool" && one.evidence == Evidence::kRoot);
  }
}

TEST(Roots, ThePathGivenLiesDeepInARepository) {
  const Disk disk = {{"/repo/server/api/users.py"}, {"/repo/.git"}, {"/repo/server/api"}};
  EXPECT_EQ(disk.candidates("/repo/server/api/users.py"), "server.api.users users api.users");
}

TEST(Roots, PathsGivenTogetherMayImportEachOther) {
  const Disk disk = {{"/x/api/users.py", "/x/core/db.py"}, {}, {"/x/api", "/x/core"}};
  EXPECT_EQ(disk.candidates("/x/core/db.py"), "db core.db");
}

TEST(Roots, FilesGivenOutright) {
  const Disk disk = {{"/x/api/users.py", "/x/core/db.py"}, {}, {"/x/api/users.py", "/x/core/db.py"}};
  EXPECT_EQ(disk.candidates("/x/core/db.py"), "db core.db");
}

TEST(Roots, PathsWithNothingInCommon) {
  const Disk disk = {{"/a/x.py", "/b/y.py"}, {}, {"/a", "/b"}};
  EXPECT_EQ(disk.candidates("/a/x.py"), "x");
}

TEST(Roots, NamesThatCannotBeImported) {
  const Disk disk = {{"/repo/my-app/0001_initial.py", "/repo/my-app/run.py", "/repo/my-app/web/__init__.py"},
                     {"/repo/.git"}};
  EXPECT_EQ(disk.candidates("/repo/my-app/run.py"), "run");
  EXPECT_EQ(disk.candidates("/repo/my-app/0001_initial.py"), "0001_initial");
  EXPECT_EQ(disk.candidates("/repo/my-app/web/__init__.py"), "web");
}

TEST(Roots, TheTopOfTheDisk) {
  const Disk disk = {{"/a.py", "/b/__init__.py"}, {}, {"/"}};
  EXPECT_EQ(disk.candidates("/a.py"), "a");
  EXPECT_EQ(disk.candidates("/b/__init__.py"), "b");
}

TEST(Roots, NothingToDo) {
  EXPECT_TRUE(find_modules({}, {}, [](const std::string&) { return false; }).empty());
}

}  // namespace
}  // namespace stallint::source
