#pragma once
// Which files are checked: what the user named, and all Python and C++ files below the folders the user named, without
// tests, migrations, stubs, vendored and generated code.
//
//     stallint check server            server/api/users.py, but not server/tests/test_users.py
//     stallint check tests/program     tests/program/api.py: folders are judged below the path given
//     stallint check conftest.py       conftest.py: a file named outright is always read

#include "checker/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::source {

enum class Language : uint8_t { kPython, kCpp };  // kCpp: C too, and every header

struct SourceFile {
  std::string path;  // to open and to print: relative to the working directory where possible, with forward slashes
  Language language = Language::kPython;
  bool operator==(const SourceFile&) const = default;
};

struct Sources {
  std::vector<SourceFile> files;    // sorted by path; every file once, whatever links lead to it
  std::vector<std::string> roots;   // the paths given, in the form of SourceFile::path; "." for the working directory
  std::vector<Problem> unreadable;  // folders below the paths given that could not be entered
  uint32_t left_out = 0;            // files and folders that are excluded by default
};

enum class Scope : uint8_t {
  kServer,   // no tests, no migrations
  kAllCode,  // those too; stubs, vendored and generated code never
};

struct SourceOptions {
  Scope scope = Scope::kServer;
  std::vector<std::string> exclude;  // patterns of base/glob.h below the path given; one without `/` fits at any depth
};

// A Problem for every path that does not exist or is neither file nor folder. Links to folders are followed, each
// folder is entered once, and no link leads above the path given.
Result<Sources> find_sources(const std::vector<std::string>& paths, const SourceOptions& options);

// By the ending of its name; none for a file that is neither.
std::optional<Language> language_of_name(std::string_view name);

// True for what other C++ files include: "store.h", "store.ipp".
bool is_cpp_header(std::string_view name);

}  // namespace stallint::source
