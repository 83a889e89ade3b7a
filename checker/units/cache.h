#pragma once
// What units said in earlier runs, by content: of the command, of every file that was read, and of the reader itself.
//
//     units/<digest of the command>     files it read with their digests, headers that it looked for in vain, what it
//     gave facts/<digest of the facts>       facts of one file, once for all units that agree on them
//
// An entry holds if a reader would read the same again. Whatever is damaged, unreadable or of another version is not
// there. What nobody asked for in a month goes.

#include "checker/exchange/exchange.h"
#include "checker/units/digest.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace stallint::units {

// What a unit gave: its Done without the list of dependencies, and the digest of the facts of each of its files.
struct Kept {
  struct Dependency {
    std::string path;
    Digest content;
    bool project = false;  // its bodies were read
  };
  exchange::Done done;
  std::vector<Digest> facts;  // parallel to done.files
  std::vector<Dependency> dependencies;
};

// Contents of files, each read once. Safe to call from several threads.
class Contents {
 public:
  std::optional<Digest> of(const std::string& path);
  bool exists(const std::string& path);

 private:
  std::mutex mutex_;
  std::map<std::string, std::optional<Digest>> digests_;
  std::map<std::string, bool> there_;
};

class Cache {
 public:
  // An empty folder: nothing is kept. `project` (real paths) outlives it.
  Cache(std::string folder, const std::set<std::string>& project, Contents& contents);

  // Safe to call from several threads.
  std::optional<Kept> find(const Digest& command) const;
  std::optional<std::string> facts(const Digest& digest) const;
  void keep(const Digest& command, const Kept& kept) const;
  void keep_facts(const Digest& digest, const std::string& bytes) const;

  // Once a day, removes what was not used for a month.
  void clean() const;

 private:
  std::string path(const char* kind, const Digest& digest) const;
  bool holds(const Kept& kept) const;

  std::string folder_;
  const std::set<std::string>& project_;
  Contents& contents_;
};

// `$XDG_CACHE_HOME/stallint` or `~/.cache/stallint`; empty if there is no home.
std::string default_cache_folder();

}  // namespace stallint::units
