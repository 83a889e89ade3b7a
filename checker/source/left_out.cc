#include "checker/source/left_out.h"

#include "checker/base/glob.h"
#include "checker/source/file.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace stallint::source {

namespace fs = std::filesystem;

namespace {

// Fuzzers are tests; who seeds a database once is no server, nor is what measures one.
constexpr std::array<std::string_view, 15> kTestFolders = {"tests",   "test",    "testing", "testsuite", "testutils",
                                                           "*_tests", "*-tests", "tests_*", "tests-*",   "pytest_*",
                                                           "fuzz",    "fuzzing", "fuzzers", "seeders",   "benchmarks"};
constexpr std::array<std::string_view, 8> kTestFiles = {"test_*.py",      "*_test.py",      "conftest.py",
                                                        "tests.py",       "pytest_*.py",    "benchmark_*.py",
                                                        "*_benchmark.py", "*_benchmarks.py"};
constexpr std::array<std::string_view, 4> kAlembicFiles = {"versions", "env.py", "script.py.mako", "alembic.ini"};
constexpr std::array<std::string_view, 15> kForeignFolders = {
    "node_modules", "venv",        "site-packages", "dist-packages", "__pycache__", "vendor",  "_vendor",    "vendored",
    "third_party",  "third-party", "thirdparty",    "3rdparty",      "extern",      "bazel-*", "subprojects"};
constexpr std::array<std::string_view, 2> kBuildFolders = {"build", "dist"};
constexpr std::array<std::string_view, 2> kGeneratedFiles = {"*_pb2.py", "*_pb2_grpc.py"};

// Folders in which C++ is foreign, built or a test, while Python may be the server itself.
constexpr std::array<std::string_view, 5> kCppForeignFolders = {"external", "_deps", "vcpkg_installed", "CMakeFiles",
                                                                "cmake-build-*"};
constexpr std::array<std::string_view, 3> kCppTestFolders = {"unittest", "unittests", "unit_test"};
constexpr std::array<std::string_view, 5> kCppGeneratedFiles = {"*.pb.*", "moc_*", "qrc_*", "ui_*.h", "*_generated.h"};
constexpr std::array<std::string_view, 5> kCppTestFiles = {"test_*", "*_test", "*_tests", "*_unittest", "*_unittests"};

template <typename Patterns>
bool any_matches(const Patterns& patterns, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](std::string_view pattern) { return path_matches(pattern, name); });
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

// Services that migrate a user's data live in `migrations` too, and they are servers like others.
bool holds_database_migrations(const fs::path& folder) {
  std::error_code error;
  bool other_code = false;
  for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator(); at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (isdigit(static_cast<unsigned char>(name[0])) || any_matches(kAlembicFiles, name)) return true;
    other_code = other_code || (name.ends_with(".py") && name != "__init__.py");
  }
  return !other_code;
}

// What a build leaves behind, under any name. A project that is built where it stands is none.
bool holds_a_build(const fs::path& folder) {
  const bool built = is_there(folder / "CMakeCache.txt") || is_there(folder / "build.ninja");
  return built && !is_there(folder / "CMakeLists.txt") && !is_there(folder / "meson.build");
}

// "store_test.cc", "StoreTest.cpp", but not "Contest.cpp" or "Test.h".
bool names_a_cpp_test(std::string_view name) {
  std::string_view stem = name.substr(0, name.rfind('.'));
  if (any_matches(kCppTestFiles, stem)) return true;
  if (stem.ends_with("Tests")) stem.remove_suffix(1);
  return stem.ends_with("Test") && stem.size() > 4 && isalnum(static_cast<unsigned char>(stem[stem.size() - 5])) != 0;
}

}  // namespace

bool folder_left_out(const fs::path& folder, const std::string& name, Scope scope) {
  if (name.starts_with('.') || any_matches(kForeignFolders, name)) return true;
  // A package may well be called `build`, or a part of one; what a build leaves behind lies beside packages.
  if (any_matches(kBuildFolders, name) && !is_there(folder / "__init__.py") &&
      !is_there(folder.parent_path() / "__init__.py")) {
    return true;
  }
  if (is_there(folder / "pyvenv.cfg")) return true;
  if (scope == Scope::kAllCode) return false;
  if (any_matches(kTestFolders, name)) return true;
  return (name == "migrations" || name == "alembic") && holds_database_migrations(folder);
}

bool cpp_left_out_of(const fs::path& folder, const std::string& name, Scope scope) {
  if (any_matches(kCppForeignFolders, name) || holds_a_build(folder)) return true;
  return scope == Scope::kServer && any_matches(kCppTestFolders, name);
}

bool file_left_out(const std::string& name, Scope scope) {
  if (any_matches(kGeneratedFiles, name)) return true;
  return scope == Scope::kServer && any_matches(kTestFiles, name);
}

bool cpp_file_left_out(const std::string& name, Scope scope) {
  return any_matches(kCppGeneratedFiles, name) || (scope == Scope::kServer && names_a_cpp_test(name));
}

bool left_out_by_its_text(const fs::path& path, Scope scope) {
  // Asked of every file, so without a stream, which would make and fill a larger buffer each time.
  std::array<char, 2048> beginning;
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const ssize_t got = read(file, beginning.data(), beginning.size());
  close(file);
  const std::string_view text(beginning.data(), static_cast<size_t>(std::max<ssize_t>(got, 0)));
  return says_generated(text) || (scope == Scope::kServer && says_migration(text));
}

}  // namespace stallint::source
