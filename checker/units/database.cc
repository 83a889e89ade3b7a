#include "checker/units/database.h"

#include "checker/base/glob.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>

namespace stallint::units {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

constexpr const char* kName = "compile_commands.json";
constexpr std::array<std::string_view, 10> kBuildFolders = {"build",  "build-*", "build_*", "builddir", "cmake-build-*",
                                                            "_build", ".build",  "out",     "debug",    "release"};
// Below these lies one folder for each way to build.
constexpr std::array<std::string_view, 2> kFoldersOfBuilds = {"build", "out"};

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

Place place_of(std::string_view text, const std::string& path, size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const size_t line_end = before.rfind('\n');
  const auto lines = static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n'));
  const size_t column = line_end == std::string_view::npos ? before.size() : before.size() - line_end - 1;
  return {path, lines + 1, static_cast<uint32_t>(column) + 1};
}

std::string absolute(const std::string& path, const fs::path& folder) {
  fs::path full = (folder / path).lexically_normal();
  if (!full.has_filename() && full != full.root_path()) full = full.parent_path();
  return full.generic_string();
}

// What `-o` says in the arguments, if anything.
std::string output_in(const std::vector<std::string>& arguments) {
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i] == "-o" && i + 1 < arguments.size()) return arguments[i + 1];
    if (arguments[i].starts_with("-o") && arguments[i].size() > 2 && !arguments[i].starts_with("-objc")) {
      return arguments[i].substr(2);
    }
  }
  return "";
}

// An entry, or what it lacks.
std::string read_entry(const json& value, const fs::path& home, Entry& entry) {
  if (!value.is_object()) return "is no object";
  const auto text = [&](const char* key) -> std::string {
    const auto found = value.find(key);
    return found != value.end() && found->is_string() ? found->get<std::string>() : "";
  };
  const std::string file = text("file");
  if (file.empty()) return "names no `file`";
  entry.directory = absolute(text("directory"), home);
  entry.file = absolute(file, entry.directory);
  const auto arguments = value.find("arguments");
  if (arguments != value.end() && arguments->is_array()) {
    for (const json& argument : *arguments) {
      if (!argument.is_string()) return "has an argument that is no text";
      entry.arguments.push_back(argument);
    }
  } else {
    entry.arguments = split_command(text("command"));
  }
  if (entry.arguments.empty()) return "has neither `command` nor `arguments`";
  std::string output = text("output");
  if (output.empty()) output = output_in(entry.arguments);
  if (!output.empty()) entry.output = absolute(output, entry.directory);
  return "";
}

template <typename Patterns>
bool any_matches(const Patterns& patterns, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view one) { return path_matches(one, name); });
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->is_directory(ignored)) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The databases in the build folders of one folder.
std::vector<fs::path> built_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const fs::path& build : folders_in(folder)) {
    const std::string name = build.filename().string();
    if (!any_matches(kBuildFolders, name)) continue;
    if (is_file(build / kName)) found.push_back(build / kName);
    if (!any_matches(kFoldersOfBuilds, name)) continue;
    for (const fs::path& inner : folders_in(build)) {
      if (is_file(inner / kName)) found.push_back(inner / kName);
    }
  }
  return found;
}

// The newest, the first of equals; a remark if that was a choice.
fs::path newest_of(const std::vector<fs::path>& paths, std::vector<std::string>& remarks) {
  std::set<fs::path> different;
  std::vector<std::pair<fs::file_time_type, fs::path>> dated;
  std::error_code error;
  for (const fs::path& path : paths) {
    different.insert(fs::weakly_canonical(path, error));
    dated.emplace_back(fs::last_write_time(path, error), path);
  }
  const auto newest =
      std::max_element(dated.begin(), dated.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (different.size() > 1) {
    remarks.push_back("there are " + std::to_string(different.size()) + " compile databases; the newest was used, " +
                      newest->second.generic_string() + " (`-p DIR` names another)");
  }
  return newest->second;
}

// Looks into each folder once.
class Search {
 public:
  explicit Search(std::vector<std::string>& remarks) : remarks_(remarks) {}

  // The nearest database at or above a folder; empty if there is none.
  std::string above(const fs::path& start) {
    std::vector<std::string> passed;
    std::string found;
    for (fs::path at = start;; at = at.parent_path()) {
      const auto known = known_.find(at.native());
      if (known != known_.end()) {
        found = known->second;
        break;
      }
      passed.push_back(at.native());
      found = in(at);
      // A `.git` that is a file is that of a submodule: the project that is built lies further up.
      std::error_code error;
      if (!found.empty() || at == at.parent_path() || fs::is_directory(at / ".git", error)) break;
    }
    for (const std::string& one : passed) known_[one] = found;
    return found;
  }

 private:
  std::string in(const fs::path& folder) {
    if (is_file(folder / kName)) return (folder / kName).native();
    const std::vector<fs::path> built = built_in(folder);
    return built.empty() ? "" : newest_of(built, remarks_).native();
  }

  std::vector<std::string>& remarks_;
  std::map<std::string, std::string> known_;
};

}  // namespace

std::vector<std::string> split_command(std::string_view command) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  char quote = 0;
  for (size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (quote == 0 && blank) {
      if (word) words.push_back(*std::move(word));
      word.reset();
      continue;
    }
    if (!word) word.emplace();
    if (c == '\\' && quote != '\'' && i + 1 < command.size()) {
      // Between double quotes a backslash guards only what would mean something there.
      const char next = command[i + 1];
      if (quote == '"' && std::strchr("\"\\$`\n", next) == nullptr) *word += c;
      *word += next;
      ++i;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote && quote != 0) {
      quote = 0;
    } else {
      *word += c;
    }
  }
  if (word) words.push_back(*std::move(word));
  return words;
}

Result<Database> parse_database(std::string_view text, const std::string& path) {
  Database database{path, {}, {}};
  const fs::path home = fs::path(path).parent_path();
  try {
    const json value = json::parse(text);
    if (!value.is_array()) return Problem{{path, 1, 1}, "a compile database is a list of objects, `[{...}, ...]`"};
    for (size_t i = 0; i < value.size(); ++i) {
      Entry entry;
      const std::string wrong = read_entry(value[i], home, entry);
      if (wrong.empty()) {
        database.entries.push_back(std::move(entry));
      } else {
        database.skipped.push_back({{path, 0, 0}, "entry " + std::to_string(i + 1) + " " + wrong});
      }
    }
  } catch (const json::parse_error& error) {
    const Place place = place_of(text, path, error.byte == 0 ? 0 : error.byte - 1);
    return Problem{place, "this is no JSON, so how files are compiled cannot be read; configure the build again"};
  } catch (const json::exception&) {
    return Problem{{path, 0, 0}, "this is no compile database; configure the build again"};
  }
  return database;
}

Result<Database> read_database(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Problem{{path, 0, 0}, "the compile database cannot be read"};
  return parse_database(std::move(text).str(), path);
}

Found find_databases(std::span<const std::string> files) {
  Found found;
  Search search(found.remarks);
  std::set<std::string> paths;
  for (const std::string& file : files) {
    const std::string path = search.above(fs::path(file).parent_path());
    if (!path.empty()) paths.insert(path);
  }
  found.paths.assign(paths.begin(), paths.end());
  return found;
}

Result<std::string> database_at(const std::string& path) {
  std::error_code error;
  const fs::path full = fs::absolute(path, error).lexically_normal();
  if (is_file(full)) return full.native();
  std::vector<std::string> ignored;
  if (is_file(full / kName)) return (full / kName).native();
  const std::vector<fs::path> built = built_in(full);
  if (!built.empty()) return newest_of(built, ignored).native();
  const std::string what = fs::exists(full, error) ? "` holds no compile_commands.json" : "` does not exist";
  return Problem{{},
                 "`-p " + path + what +
                     "; CMake writes one into its build folder with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, Meson always, "
                     "`bear -- make` for Make"};
}

}  // namespace stallint::units
