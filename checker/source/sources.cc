#include "checker/source/sources.h"

#include "checker/base/glob.h"
#include "checker/source/file.h"

#include <algorithm>
#include <array>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>
#include <unistd.h>
#include <utility>

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

constexpr std::array<std::string_view, 3> kPythonEndings = {".py", ".pyw", ".pyi"};
constexpr std::array<std::string_view, 6> kCppSources = {".cc", ".cpp", ".cxx", ".c++", ".c", ".C"};
constexpr std::array<std::string_view, 13> kCppHeaders = {".h",   ".hh",  ".hpp", ".hxx", ".h++", ".H",   ".ipp",
                                                          ".tpp", ".txx", ".tcc", ".inl", ".ixx", ".cppm"};
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

bool excluded_by_user(const SourceOptions& options, const std::string& below, const std::string& name) {
  return std::any_of(options.exclude.begin(), options.exclude.end(), [&](const std::string& pattern) {
    const bool anywhere = pattern.find('/') == std::string::npos;
    return path_matches(pattern, anywhere ? name : below);
  });
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

// What a build leaves behind, under any name. A project that is built where it stands is none.
bool holds_a_build(const fs::path& folder) {
  const bool built = is_there(folder / "CMakeCache.txt") || is_there(folder / "build.ninja");
  return built && !is_there(folder / "CMakeLists.txt") && !is_there(folder / "meson.build");
}

bool cpp_left_out_of(const fs::path& folder, const std::string& name, Scope scope) {
  if (any_matches(kCppForeignFolders, name) || holds_a_build(folder)) return true;
  return scope == Scope::kServer && any_matches(kCppTestFolders, name);
}

// "store_test.cc", "StoreTest.cpp", but not "Contest.cpp" or "Test.h".
bool names_a_cpp_test(std::string_view name) {
  std::string_view stem = name.substr(0, name.rfind('.'));
  if (any_matches(kCppTestFiles, stem)) return true;
  if (stem.ends_with("Tests")) stem.remove_suffix(1);
  return stem.ends_with("Test") && stem.size() > 4 && isalnum(static_cast<unsigned char>(stem[stem.size() - 5])) != 0;
}

bool cpp_file_left_out(const std::string& name, Scope scope) {
  return any_matches(kCppGeneratedFiles, name) || (scope == Scope::kServer && names_a_cpp_test(name));
}

bool file_left_out(const std::string& name, Scope scope) {
  if (any_matches(kGeneratedFiles, name)) return true;
  return scope == Scope::kServer && any_matches(kTestFiles, name);
}

// What the first lines of a file say of the whole.
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

// A file that the user named: by its ending, or by its first line if it has none that we know.
std::optional<Language> language_of_file(const fs::path& path) {
  const std::string name = path.filename().string();
  if (const std::optional<Language> language = language_of_name(name)) return language;
  if (path.has_extension()) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string first;
  first.resize(128);
  in.read(first.data(), static_cast<std::streamsize>(first.size()));
  first.resize(static_cast<size_t>(in.gcount()));
  first.resize(std::min(first.find('\n'), first.size()));
  if (first.starts_with("#!") && first.find("python") != std::string::npos) return Language::kPython;
  return std::nullopt;
}

// "./a//b" -> "a/b"; below the working directory relative to it, elsewhere as the user wrote it.
std::string printed(const fs::path& given, const fs::path& here) {
  fs::path path = given.lexically_normal();
  if (!path.has_filename() && path != path.root_path()) path = path.parent_path();  // without a final slash
  if (path.is_absolute()) {
    const fs::path relative = path.lexically_relative(here);
    if (!relative.empty() && *relative.begin() != "..") path = relative;
  }
  return path.empty() ? "." : path.generic_string();
}

bool holds(const fs::path& outer, const fs::path& inner) {
  const fs::path relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != "..";
}

// Walks the folders below one path. Links come last, so that a file is known by its real path if that is below the path
// given too.
class Walk {
 public:
  Walk(const SourceOptions& options, Sources& sources, std::set<std::string>& seen_files)
      : options_(options), sources_(sources), seen_files_(seen_files) {}

  void run(const fs::path& root, const std::string& shown) {
    std::error_code error;
    top_ = fs::canonical(root, error);
    if (error) return unreadable(shown, error);
    visit({top_, shown == "." ? "" : shown + "/", "", true});
    while (!links_.empty()) {
      const Folder link = std::move(links_.front());
      links_.pop_front();
      if (!holds(link.real, top_)) visit(link);
    }
    for (const auto& [real, file] : file_links_) add(real, file);
  }

 private:
  struct Folder {
    fs::path real;      // canonical
    std::string shown;  // how its files are printed: "" or ending in "/"
    std::string below;  // the same from the path given on
    bool cpp = true;    // its C++ files are the project's own
  };

  void visit(const Folder& start) {
    std::vector<Folder> open = {start};
    while (!open.empty()) {
      const Folder folder = std::move(open.back());
      open.pop_back();
      if (!seen_folders_.insert(folder.real.native()).second) continue;
      std::error_code error;
      fs::directory_iterator entries(folder.real, error);
      if (error) unreadable(folder.shown, error);
      std::vector<fs::directory_entry> sorted;
      for (; !error && entries != fs::directory_iterator(); entries.increment(error)) sorted.push_back(*entries);
      std::sort(sorted.begin(), sorted.end());
      for (const fs::directory_entry& entry : sorted) enter(folder, entry, open);
    }
  }

  void enter(const Folder& folder, const fs::directory_entry& entry, std::vector<Folder>& open) {
    const std::string name = entry.path().filename().string();
    const std::string below = folder.below + name;
    std::error_code error;
    const bool link = entry.is_symlink(error);
    if (entry.is_directory(error)) {
      if (folder_left_out(entry.path(), name, options_.scope) || excluded_by_user(options_, below, name)) {
        ++sources_.left_out;
        return;
      }
      const fs::path real = link ? fs::canonical(entry.path(), error) : entry.path();
      if (error) return;
      const bool cpp = folder.cpp && !cpp_left_out_of(entry.path(), name, options_.scope);
      Folder next = {real, folder.shown + name + "/", below + "/", cpp};
      link ? links_.push_back(std::move(next)) : open.push_back(std::move(next));
      return;
    }
    const std::optional<Language> language = found_by_name(name);
    if (language && entry.is_regular_file(error)) {
      const bool foreign = *language == Language::kCpp ? !folder.cpp || cpp_file_left_out(name, options_.scope)
                                                       : file_left_out(name, options_.scope);
      if (foreign || excluded_by_user(options_, below, name) || left_out_by_its_text(entry.path(), options_.scope)) {
        ++sources_.left_out;
      } else if (link) {
        file_links_.emplace_back(fs::canonical(entry.path(), error), SourceFile{folder.shown + name, *language});
      } else {
        add(entry.path(), {folder.shown + name, *language});
      }
    } else if (name.ends_with(".pyi")) {
      ++sources_.left_out;
    }
  }

  // Below a folder, Python is what ends in ".py" and nothing else.
  static std::optional<Language> found_by_name(const std::string& name) {
    const std::optional<Language> language = language_of_name(name);
    return language != Language::kPython || name.ends_with(".py") ? language : std::nullopt;
  }

  void add(const fs::path& real, SourceFile file) {
    if (seen_files_.insert(real.native()).second) sources_.files.push_back(std::move(file));
  }

  void unreadable(const std::string& shown, const std::error_code& error) {
    sources_.unreadable.push_back({{shown, 0, 0}, "cannot enter this folder: " + error.message()});
  }

  const SourceOptions& options_;
  Sources& sources_;
  std::set<std::string>& seen_files_;
  std::set<std::string> seen_folders_;
  std::deque<Folder> links_;
  std::vector<std::pair<fs::path, SourceFile>> file_links_;  // real path, and how it is printed
  fs::path top_;
};

}  // namespace

std::optional<Language> language_of_name(std::string_view name) {
  const auto is_one_of = [&](const auto& endings) {
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view one) { return name.ends_with(one); });
  };
  if (is_one_of(kPythonEndings)) return Language::kPython;
  if (is_one_of(kCppSources) || is_one_of(kCppHeaders)) return Language::kCpp;
  return std::nullopt;
}

bool is_cpp_header(std::string_view name) {
  return std::any_of(kCppHeaders.begin(), kCppHeaders.end(), [&](std::string_view one) { return name.ends_with(one); });
}

Result<Sources> find_sources(const std::vector<std::string>& paths, const SourceOptions& options) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  Sources sources;
  std::vector<Problem> problems;
  std::set<std::string> seen_files;
  std::vector<std::pair<fs::path, std::string>> folders;

  // Files first: one named outright counts even if a folder named too would leave it out.
  for (const std::string& path : paths) {
    const fs::file_status status = fs::status(path, error);
    const std::string shown = printed(path, here);
    if (fs::is_directory(status)) {
      folders.emplace_back(path, shown);
    } else if (!fs::is_regular_file(status)) {
      const bool there = fs::exists(status);
      problems.push_back({{}, "`" + path + (there ? "` is neither a file nor a folder" : "` does not exist")});
      continue;
    } else if (const std::optional<Language> language = language_of_file(path)) {
      if (seen_files.insert(fs::canonical(path, error).native()).second) sources.files.push_back({shown, *language});
    }
    sources.roots.push_back(shown);
  }
  if (!problems.empty()) return problems;

  for (const auto& [folder, shown] : folders) Walk(options, sources, seen_files).run(folder, shown);
  std::sort(sources.files.begin(), sources.files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return sources;
}

}  // namespace stallint::source
