#include "checker/source/project.h"

#include "checker/base/text.h"
#include "checker/source/file.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <system_error>

namespace stallint::source {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kBlank = " \t\r\n";

// "3.11.2" -> 11. Python 2 counts as the oldest Python 3, since whoever supports it supports that too.
LowestPython minor_of(std::string_view version) {
  uint32_t major = 0, minor = 0;
  const char* end = version.data() + version.size();
  const auto [dot, wrong] = std::from_chars(version.data(), end, major);
  if (wrong != std::errc() || major > 3) return std::nullopt;
  if (major < 3 || dot == end || *dot != '.') return 0;
  return std::from_chars(dot + 1, end, minor).ec == std::errc() ? minor : 0;
}

// One of several that must all hold: ">=3.9". What only sets an upper bound says nothing.
LowestPython lowest_of_clause(std::string_view clause) {
  const size_t begin = clause.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view operation = clause.substr(0, begin);
  if (operation.find('<') != std::string_view::npos || operation.find('!') != std::string_view::npos) {
    return std::nullopt;
  }
  return minor_of(clause.substr(begin));
}

LowestPython lowest_of_all(std::string_view clauses) {
  LowestPython lowest;
  std::string clause;
  // A version ends a clause, whatever stands between two of them: ">= 3.9, <4", ">=3.9 <4".
  for (size_t at = 0; at <= clauses.size(); ++at) {
    const bool ends = at == clauses.size() || clauses[at] == ',' ||
                      (kBlank.find(clauses[at]) != std::string_view::npos && !clause.empty() &&
                       (isdigit(static_cast<unsigned char>(clause.back())) != 0 || clause.back() == '*'));
    if (!ends) {
      if (kBlank.find(clauses[at]) == std::string_view::npos) clause += clauses[at];
      continue;
    }
    const LowestPython one = lowest_of_clause(clause);
    if (one && (!lowest || *lowest < *one)) lowest = one;
    clause.clear();
  }
  return lowest;
}

std::string parent_of(const std::string& path) { return fs::path(path).parent_path().generic_string(); }

ProjectFile read(Listing& listing, const std::string& folder, const char* name,
                 ProjectFile (*read_text)(std::string_view)) {
  const std::string path = folder + "/" + name;
  std::error_code error;
  if (!listing.has(path) || !fs::is_regular_file(path, error)) return {};
  const Result<File> file = read_file(path);
  return file ? read_text(file->text) : ProjectFile{};
}

// Asks each folder once, from the file's own up to the one that holds the repository.
class Projects {
 public:
  explicit Projects(Listing& listing) : listing_(listing) {}

  LowestPython of_folder(const std::string& folder) {
    std::vector<std::string> passed;
    LowestPython found;
    for (std::string at = folder;; at = parent_of(at)) {
      const auto known = known_.find(at);
      if (known != known_.end()) {
        found = known->second;
        break;
      }
      passed.push_back(at);
      const ProjectFile file = project_file_in(at);
      found = file.python;
      if (file.decides || at == parent_of(at) || listing_.has(at + "/.git")) break;
    }
    for (const std::string& one : passed) known_[one] = found;
    return found;
  }

 private:
  ProjectFile project_file_in(const std::string& folder) {
    const ProjectFile pyproject = read(listing_, folder, "pyproject.toml", read_pyproject);
    if (pyproject.python) return pyproject;
    const ProjectFile setup = read(listing_, folder, "setup.cfg", read_setup_cfg);
    return {setup.python, pyproject.decides || setup.decides};
  }

  Listing& listing_;
  std::map<std::string, LowestPython> known_;
};

}  // namespace

LowestPython lowest_in(std::string_view specifier) {
  LowestPython lowest;
  for (bool first = true; first || !specifier.empty(); first = false) {
    const size_t bar = specifier.find("||");
    const LowestPython one = lowest_of_all(specifier.substr(0, bar));
    if (!one) return std::nullopt;
    if (!lowest || *one < *lowest) lowest = one;
    specifier = bar == std::string_view::npos ? std::string_view() : specifier.substr(bar + 2);
  }
  return lowest;
}

ProjectFile read_pyproject(std::string_view text) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return {};
  const toml::table& table = parsed.table();
  ProjectFile file;
  file.decides = table["project"].is_table() || table["tool"]["poetry"].is_table();
  const toml::node_view<const toml::node> poetry = table["tool"]["poetry"]["dependencies"]["python"];
  for (const auto& said : {table["project"]["requires-python"], poetry, poetry["version"]}) {
    const std::optional<std::string_view> specifier = said.value<std::string_view>();
    if (specifier && !file.python) file.python = lowest_in(*specifier);
  }
  return file;
}

ProjectFile read_setup_cfg(std::string_view text) {
  ProjectFile file;
  bool options = false, continues = false;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view said = trimmed(line);
    const bool indented = !line.empty() && kBlank.find(line[0]) != std::string_view::npos;
    if (said.starts_with('[')) {
      options = said == "[options]";
      file.decides = file.decides || options || said == "[metadata]";
      continues = false;
    } else if (continues && indented) {
      if (!file.python) file.python = lowest_in(said);
    } else if (options && !indented) {
      const size_t equal = said.find_first_of("=:");
      continues = equal != std::string_view::npos && trimmed(said.substr(0, equal)) == "python_requires";
      if (continues) file.python = lowest_in(trimmed(said.substr(equal + 1)));
    }
  }
  return file;
}

std::vector<LowestPython> lowest_pythons(const Sources& sources, Listing& listing) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  Projects projects(listing);
  std::map<std::string, LowestPython> known;  // by the folder as printed
  std::vector<LowestPython> found;
  for (const SourceFile& file : sources.files) {
    if (file.language != Language::kPython) {
      found.emplace_back();
      continue;
    }
    const size_t slash = file.path.rfind('/');
    const auto [at, fresh] = known.try_emplace(slash == std::string::npos ? "" : file.path.substr(0, slash + 1));
    if (fresh) at->second = projects.of_folder(parent_of((here / file.path).lexically_normal().generic_string()));
    found.push_back(at->second);
  }
  return found;
}

}  // namespace stallint::source
