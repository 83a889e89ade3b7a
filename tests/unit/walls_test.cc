// The arrows between the rooms, as far as the linker cannot see them: which headers a room includes. What a room may
// know is declared in its CMakeLists.txt; the build leaves the declarations in a file.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace stallint {
namespace {

namespace fs = std::filesystem;

using Arrows = std::map<std::string, std::set<std::string>>;

Arrows declared() {
  Arrows arrows;
  std::ifstream in(STALLINT_ARROWS);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line.substr(line.find(':') + 1));
    const std::string room = line.substr(0, line.find(':'));
    arrows[room].insert(room);
    for (std::string neighbour; words >> neighbour;) arrows[room].insert(neighbour);
  }
  return arrows;
}

// "checker/link/program.h" -> "link", "reporters/text.h" -> "reporters", "checker/options.h" -> "". The pipeline and
// the options are no rooms either: they are the way in, and none may know them.
std::string room_of(const std::string& path) {
  if (path.starts_with("reporters/")) return "reporters";
  if (!path.starts_with("checker/")) return "";
  const std::string rest = path.substr(std::string("checker/").size());
  if (rest.find('/') == std::string::npos || rest.starts_with("pipeline/") || rest.starts_with("options/")) return "";
  return rest.substr(0, rest.find('/'));
}

struct Include {
  std::string file;  // the one that includes
  std::string path;  // what it includes, without quotes or brackets
  bool quoted = false;
};

std::vector<Include> all_includes() {
  std::vector<Include> includes;
  const fs::path top = STALLINT_SOURCE_DIR;
  for (const char* const folder : {"checker", "reporters"}) {
    for (auto at = fs::recursive_directory_iterator(top / folder); at != fs::recursive_directory_iterator(); ++at) {
      if (at->path().filename() == "node_modules") at.disable_recursion_pending();
      const std::string ending = at->path().extension().string();
      if (ending != ".h" && ending != ".cc") continue;
      std::ifstream in(at->path());
      for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("#include ") || line.size() < 11) continue;
        const size_t end = line.find_first_of("\">", 10);
        includes.push_back(
            {at->path().lexically_relative(top).generic_string(), line.substr(10, end - 10), line[9] == '"'});
      }
    }
  }
  return includes;
}

TEST(Walls, EveryRoomIsDeclared) {
  const Arrows arrows = declared();
  for (const char* const room : {"base", "source", "facts", "exchange", "clang", "python", "rule", "link", "match",
                                 "flow", "finding", "reporters", "cpp", "units", "cache"}) {
    EXPECT_TRUE(arrows.contains(room)) << room;
  }
}

// If the arrows had a circle, no order of the rooms would put every room after those it knows.
TEST(Walls, NoArrowLeadsBack) {
  Arrows left = declared();
  for (bool found = true; found && !left.empty();) {
    found = false;
    for (auto at = left.begin(); at != left.end();) {
      const bool free = std::none_of(at->second.begin(), at->second.end(), [&](const std::string& other) {
        return other != at->first && left.contains(other);
      });
      at = free ? left.erase(at) : std::next(at);
      found = found || free;
    }
  }
  EXPECT_TRUE(left.empty()) << left.begin()->first << " knows itself through others";
}

TEST(Walls, RoomsIncludeOnlyWhatTheyDeclare) {
  const Arrows arrows = declared();
  for (const Include& include : all_includes()) {
    const std::string from = room_of(include.file);
    if (from.empty() || !include.quoted) continue;
    const std::string to = room_of(include.path);
    EXPECT_TRUE(!to.empty() && arrows.at(from).contains(to)) << include.file << " includes " << include.path;
  }
}

TEST(Walls, LibrariesStayWhereTheyBelong) {
  for (const Include& include : all_includes()) {
    if (include.quoted) continue;
    if (include.path.starts_with("tree_sitter/")) {
      EXPECT_TRUE(room_of(include.file) == "python" || room_of(include.file) == "cpp") << include.file;
      EXPECT_TRUE(include.file.ends_with(".cc")) << include.file;
    }
    if (include.path.starts_with("clang/") || include.path.starts_with("llvm/")) {
      EXPECT_EQ(room_of(include.file), "clang") << include.file;
    }
    if (include.path.starts_with("CLI/")) {
      EXPECT_TRUE(include.file == "checker/options.cc" || include.file == "checker/options/tree.cc") << include.file;
    }
  }
}

}  // namespace
}  // namespace stallint
