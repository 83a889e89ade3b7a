#pragma once
// Which files are checked: what the user named, and all Python and C++ files below the folders the user named, without
// tests, migrations, stubs, vendored and generated code, what git ignores and what configurations exclude.
//
//     stallint check server            server/api/users.py, but not server/tests/test_users.py
//     stallint check tests/program     tests/program/api.py: folders are judged below the path given
//     stallint check conftest.py       conftest.py: a file named outright is always read

#include "checker/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::source {

enum class Language : uint8_t { kPython, kCpp };  // kCpp: C too, and every header

struct SourceFile {
  std::string path;  // to open and to print: relative to the working directory where possible, with forward slashes
  Language language = Language::kPython;
  std::shared_ptr<const std::string> text = nullptr;  // in place of what is on disk
  bool operator==(const SourceFile&) const = default;
};

struct Sources {
  std::vector<SourceFile> files;    // sorted by path; every file once, whatever links lead to it
  std::vector<std::string> roots;   // the paths given, in the form of SourceFile::path; "." for the working directory
  std::vector<Problem> unreadable;  // folders below the paths given that could not be entered
  std::vector<Problem> remarks;     // what the user had better know of how they were found
  uint32_t left_out = 0;            // files and folders that are excluded
};

enum class Scope : uint8_t {
  kServer,   // no tests, no migrations
  kAllCode,  // those too; stubs, vendored and generated code never
};

// What somebody wants of the files of a folder.
struct Wishes {
  Scope scope = Scope::kServer;
  bool gitignore = true;                           // leave out what git ignores
  std::function<bool(std::string_view)> excluded;  // of a path, absolute; empty: nothing is
};

struct SourceOptions {
  Wishes wishes;  // of all folders
  // Or of each: asked for every folder that is entered, absolute and without dots. The answer stays valid. `marked`:
  // one of `marks` may lie in it.
  std::function<const Wishes&(const std::string& folder, bool marked)> wishes_of;
  std::vector<std::string_view> marks;  // names of files that change wishes
  bool force_exclude = false;           // leave out files even if they are named
};

// A Problem for every path that does not exist or is neither file nor folder. Links to folders are followed, each
// folder is entered once, and no link leads above the path given.
Result<Sources> find_sources(const std::vector<std::string>& paths, const SourceOptions& options);

// By the ending of its name; none for a file that is neither.
std::optional<Language> language_of_name(std::string_view name);

// True for what other C++ files include: "store.h", "store.ipp".
bool is_cpp_header(std::string_view name);

}  // namespace stallint::source
