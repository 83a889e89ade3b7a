#pragma once
// Under which dotted names a Python file may be imported.
//
//     repo/server/pyproject.toml
//     repo/server/api/__init__.py
//     repo/server/api/users.py      `api.users`, since server/ is a source root; perhaps `server.api.users`
//
// Python looks below the folders of sys.path, and those depend on how a server is started, which no file says for sure.
// So every file gets candidates, best first, each with the source root it assumes and how good the evidence is. Whoever
// resolves an import prefers evidence, and then the file nearest to the importer.

#include "checker/source/listing.h"
#include "checker/source/sources.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace stallint::source {

enum class Evidence : uint8_t {
  kRoot,      // the folder above an outermost package, one that holds a project file, one called `src`, the path given
  kAncestor,  // another folder that is no package
  kPackage,   // a package with a main.py or the like: a program started in there sees its neighbours without its name
};
// Only a name with evidence kRoot may hide a library: `redis` for app/redis.py is possible, but seldom meant.

struct ModuleName {
  std::string name;  // "api.users"; of a package (`__init__.py`) its own name: "api"
  std::string root;  // the folder that would be on sys.path, as SourceFile::path is written: "repo/server"
  Evidence evidence = Evidence::kRoot;
  bool operator==(const ModuleName&) const = default;
};

struct Module {
  std::vector<ModuleName> names;  // best first, at least one; all different
  bool is_package = false;        // an `__init__.py`: relative imports start at itself

  // The folder of what it belongs to: its repository, else the outermost folder with a project file, else the best
  // source root.
  std::string home;

  // The names alone.
  std::vector<std::string> candidates() const;
};

// One Module per file, in the same order; that of a C++ file is empty, and none counts as given for imports.
std::vector<Module> find_modules(const Sources& sources, Listing& listing);

// The same, told by the caller which paths exist. `files` and `roots` are absolute; so are ModuleName::root.
using Exists = std::function<bool(const std::string& path)>;
std::vector<Module> find_modules(std::span<const std::string> files, std::span<const std::string> roots,
                                 const Exists& exists);

}  // namespace stallint::source
