#pragma once
// compile_commands.json: how each file of a project is compiled.
//
//     Found found = find_databases({"/repo/server/api.cc"});      // /repo/build/compile_commands.json
//     Result<Database> database = read_database(found.paths.front());
//
// CMake, Meson, Ninja, Bazel's and Make's tools all write it, each a little differently: a command for the shell or a
// list of arguments, relative or absolute paths, with or without an output.

#include "checker/base/result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::units {

// One compilation. Paths are absolute and without dots, but links in them stay.
struct Entry {
  std::string file;
  std::string directory;
  std::vector<std::string> arguments;  // [0] is the compiler
  std::string output;                  // of the linker's input; empty if nothing says
};

struct Database {
  std::string path;
  std::vector<Entry> entries;
  std::vector<Problem> skipped;  // entries that say too little
};

// A Problem with the place if the text is no JSON or no list of entries. `path` is absolute.
Result<Database> parse_database(std::string_view text, const std::string& path);
Result<Database> read_database(const std::string& path);

struct Found {
  std::vector<std::string> paths;    // absolute, sorted
  std::vector<std::string> remarks;  // where there was a choice
};

// The nearest databases of all folders in which `files` lie: in the folder itself or one above it, or in a build folder
// there (`build`, `build-debug`, `out/Default`...), up to the one that holds the repository.
Found find_databases(std::span<const std::string> files);

// What `-p PATH` means: a folder that holds a database, one whose build folder does, or the file itself.
Result<std::string> database_at(const std::string& path);

// As a shell would cut it: "g++ -DNAME=\"a b\" 'x y.cc'" -> g++, -DNAME=a b, x y.cc
std::vector<std::string> split_command(std::string_view command);

}  // namespace stallint::units
