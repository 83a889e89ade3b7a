#include "checker/source/roots.h"

#include "checker/base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

namespace stallint::source {

namespace fs = std::filesystem;

namespace {

// Files that lie at the top of a project and never in a package.
constexpr std::array<std::string_view, 5> kProjectFiles = {"pyproject.toml", "setup.py", "setup.cfg", "manage.py",
                                                           ".git"};

// Files that lie where a server is installed or started, which may be inside a package too.
constexpr std::array<std::string_view, 5> kInstallFiles = {"requirements.txt", "Pipfile", "uv.lock", "poetry.lock",
                                                           "Dockerfile"};
constexpr std::array<std::string_view, 5> kStartFiles = {"main.py", "app.py", "asgi.py", "wsgi.py", "__main__.py"};

std::string parent_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string below(const std::string& folder, std::string_view name) {
  return (folder == "/" ? "/" : folder + "/").append(name);
}

// True if `inner` is `outer` or lies in it.
bool within(const std::string& inner, const std::string& outer) {
  return outer == "/" || inner == outer || inner.starts_with(outer + "/");
}

bool is_identifier(std::string_view name) {
  const auto letter = [](unsigned char c) { return isalnum(c) || c == '_' || c >= 0x80; };
  return !name.empty() && !isdigit(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), letter);
}

struct Folder {
  bool package = false;  // has an __init__.py, and neither a project file nor a name that no import can say
  bool project = false;
  bool install = false;
  bool start = false;
  bool source = false;         // is called `src`
  bool above_package = false;  // a file of the program is in a package right below
};

class Folders {
 public:
  explicit Folders(const Exists& exists) : exists_(exists) {}

  Folder& operator[](const std::string& path) {
    const auto found = known_.find(path);
    if (found != known_.end()) return found->second;
    const auto has = [&](std::string_view name) { return exists_(below(path, name)); };
    Folder folder;
    folder.project = std::any_of(kProjectFiles.begin(), kProjectFiles.end(), has);
    folder.install = std::any_of(kInstallFiles.begin(), kInstallFiles.end(), has);
    folder.start = std::any_of(kStartFiles.begin(), kStartFiles.end(), has);
    folder.source = name_of(path) == "src";
    // A module of a package may be called `setup` too: the project is the folder above, which says so itself.
    const auto says = [&](std::string_view name) { return name != "setup.py" && has(name); };
    const bool named_so = folder.project && !std::any_of(kProjectFiles.begin(), kProjectFiles.end(), says);
    if (named_so && has("__init__.py")) folder.project = !has_project_above(path);
    folder.package = !folder.project && is_identifier(name_of(path)) && has("__init__.py");
    return known_.emplace(path, folder).first->second;
  }

  // The first folder from here upwards that is no package.
  std::string above_package(std::string path) {
    while (path != "/" && (*this)[path].package) path = parent_of(path);
    return path;
  }

  // The repository that a folder belongs to, else the outermost project; empty if there is neither.
  const std::string& home_of(const std::string& path) {
    const auto found = homes_.find(path);
    if (found != homes_.end()) return found->second;
    std::string home = path;
    if (!exists_(below(path, ".git"))) {
      home = path == "/" || path.empty() ? "" : home_of(parent_of(path));
      if (home.empty() && (*this)[path].project) home = path;
    }
    return homes_.emplace(path, std::move(home)).first->second;
  }

  // The outermost folder that may be a source root of what lies below `root`: the repository it belongs to, or itself.
  std::string outermost(const std::string& root) {
    const std::string top = above_package(root);
    for (std::string path = top;; path = parent_of(path)) {
      if (exists_(below(path, ".git"))) return path;
      if (path == "/") return top;
    }
  }

 private:
  bool has_project_above(std::string path) const {
    while (path != "/" && !path.empty()) {
      path = parent_of(path);
      const auto has = [&](std::string_view name) { return exists_(below(path, name)); };
      if (std::any_of(kProjectFiles.begin(), kProjectFiles.end(), has)) return true;
    }
    return false;
  }

  const Exists& exists_;
  std::map<std::string, Folder> known_;
  std::map<std::string, std::string> homes_;
};

std::string common_folder(std::span<const std::string> paths) {
  std::string common = paths.front();
  for (const std::string& path : paths) {
    while (!within(path, common)) common = parent_of(common);
  }
  return common;
}

// "/repo/server/api/users.py" below "/repo/server" -> "api.users".
std::string dotted(const std::string& file, const std::string& root) {
  std::string path = file.substr(root == "/" ? 1 : root.size() + 1);
  path.resize(path.rfind('.') > path.rfind('/') + 1 ? std::min(path.rfind('.'), path.size()) : path.size());
  if (path == "__init__") return "";
  if (path.ends_with("/__init__")) path.resize(path.size() - std::string_view("/__init__").size());
  std::replace(path.begin(), path.end(), '/', '.');
  return path;
}

bool importable(const std::string& name) {
  const std::vector<std::string_view> parts = split(name, '.');
  return std::all_of(parts.begin(), parts.end(), is_identifier);
}

struct Candidate {
  int rank = 0;  // smaller is better
  std::string root;
  Evidence evidence = Evidence::kRoot;
};

// How good a source root a folder is for one file. `nearest` is the first folder from the file upwards that is no
// package; `given` the path that the user gave.
Candidate judge(const std::string& path, const Folder& folder, const std::string& nearest, const std::string& given) {
  if (folder.package) return {5, path, Evidence::kPackage};
  if (path == nearest && folder.above_package) return {0, path, Evidence::kRoot};
  if (folder.project || folder.install || folder.source || folder.above_package) return {1, path, Evidence::kRoot};
  if (path == given) return {2, path, Evidence::kRoot};
  return {path == nearest ? 3 : 4, path, Evidence::kAncestor};
}

// The folders from the file's own up to `limit`, best source root first; among equals the nearest. A package is a
// source root only if something in it looks like the start of a program: else app/logging.py would be `logging` for its
// neighbours, and in the servers we measured every such import meant the library.
std::vector<Candidate> candidates_of(const std::string& folder, const std::string& given, const std::string& limit,
                                     Folders& folders) {
  const std::string nearest = folders.above_package(folder);
  std::vector<Candidate> candidates;
  for (std::string path = folder;; path = parent_of(path)) {
    const Folder& here = folders[path];
    if (!here.package || here.install || here.start) candidates.push_back(judge(path, here, nearest, given));
    if (path == limit || path == "/") break;
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; });
  return candidates;
}

// `candidates` are those of its folder.
Module module_of(const std::string& file, const std::vector<Candidate>& candidates) {
  Module module;
  module.is_package = name_of(file).starts_with("__init__.");
  for (const Candidate& candidate : candidates) {
    std::string name = dotted(file, candidate.root);
    if (name.empty() || !importable(name)) continue;
    module.names.push_back({std::move(name), candidate.root, candidate.evidence});
  }
  // A file that no import statement can name is still a module: a script, or one that is loaded by its path.
  if (module.names.empty()) {
    const Candidate& best = candidates.front();
    const std::string name = dotted(file, best.root);
    module.names.push_back({name.empty() ? name_of(best.root) : name, best.root, best.evidence});
  }
  return module;
}

// The paths given, files replaced by their folders.
std::vector<std::string> given_folders(std::span<const std::string> files, std::span<const std::string> roots) {
  const std::set<std::string_view> known(files.begin(), files.end());
  std::vector<std::string> folders;
  for (const std::string& root : roots) folders.push_back(known.contains(root) ? parent_of(root) : root);
  return folders;
}

// The outermost of the folders given that holds the file, or the file's own.
std::string given_for(const std::string& file, std::span<const std::string> given) {
  const std::string* found = nullptr;
  for (const std::string& folder : given) {
    if (within(file, folder) && (found == nullptr || folder.size() < found->size())) found = &folder;
  }
  return found != nullptr ? *found : parent_of(file);
}

std::string absolute(const std::string& path, const fs::path& here) {
  // Most paths are normal as they stand, and are many.
  const bool odd = path.starts_with('.') || path.ends_with('/') || path.find("/.") != std::string::npos ||
                   path.find("//") != std::string::npos || here == here.root_path();
  if (!odd && !path.empty()) return path.starts_with('/') ? path : here.generic_string() + "/" + path;
  fs::path full = (here / path).lexically_normal();
  if (!full.has_filename() && full != full.root_path()) full = full.parent_path();
  return full.generic_string();
}

// The reverse, for a folder.
std::string shown(const std::string& path, const std::string& here) {
  if (path == here) return ".";
  if (within(path, here)) return path.substr(here == "/" ? 1 : here.size() + 1);
  return path;
}

}  // namespace

std::vector<std::string> Module::candidates() const {
  std::vector<std::string> all;
  for (const ModuleName& one : names) all.push_back(one.name);
  return all;
}

std::vector<Module> find_modules(std::span<const std::string> files, std::span<const std::string> roots,
                                 const Exists& exists) {
  std::vector<Module> modules;
  if (files.empty()) return modules;
  Folders folders(exists);

  const std::vector<std::string> given = given_folders(files, roots);
  for (const std::string& file : files) {
    const std::string folder = parent_of(file);
    if (folders[folder].package) folders[folders.above_package(folder)].above_package = true;
  }

  // What was given together may import each other, so a folder that holds all of it may be a root too.
  const std::string together = given.empty() ? "/" : common_folder(given);
  std::map<std::string, std::string> limits;
  std::map<std::string, std::vector<Candidate>> candidates;  // of a folder
  for (const std::string& file : files) {
    const std::string folder = parent_of(file);
    const auto [known, fresh] = candidates.try_emplace(folder);
    if (fresh) {
      const std::string root = given_for(file, given);
      std::string& limit = limits[root];
      if (limit.empty()) {
        limit = folders.outermost(root);
        if (together != "/" && within(limit, together)) limit = together;
      }
      known->second = candidates_of(folder, root, limit, folders);
    }
    Module& module = modules.emplace_back(module_of(file, known->second));
    module.home = folders.home_of(folder);
    if (module.home.empty()) module.home = module.names.front().root;
  }
  return modules;
}

std::vector<Module> find_modules(const Sources& sources, Listing& listing) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  std::vector<std::string> files;
  std::vector<std::string> roots;
  std::set<std::string> others;  // named outright, but nothing to import from
  for (const SourceFile& file : sources.files) {
    if (file.language == Language::kPython) {
      files.push_back(absolute(file.path, here));
    } else {
      others.insert(file.path);
    }
  }
  for (const std::string& root : sources.roots) {
    if (!others.contains(root)) roots.push_back(absolute(root, here));
  }

  std::vector<Module> found = find_modules(files, roots, [&](const std::string& path) { return listing.has(path); });
  for (Module& module : found) {
    for (ModuleName& name : module.names) name.root = shown(name.root, here.generic_string());
    module.home = shown(module.home, here.generic_string());
  }
  std::vector<Module> modules(sources.files.size());
  for (size_t i = 0, next = 0; i < modules.size(); ++i) {
    if (sources.files[i].language == Language::kPython) modules[i] = std::move(found[next++]);
  }
  return modules;
}

}  // namespace stallint::source
