#pragma once
// What units said in earlier runs, by content: of the command, of every file that was read, and of the reader itself.
//
//     of a command: the files that were read with their digests, headers that were looked for in vain, what it gave
//     of facts: those of one file, once for all units that agree on them
//
// An entry holds if a reader would read the same again.

#include "checker/cache/digest.h"
#include "checker/cache/store.h"
#include "checker/exchange/exchange.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace stallint::units {

using cache::Digest;

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
  // What it is given outlives it. `project`: real paths.
  Cache(cache::Store& store, const std::set<std::string>& project, Contents& contents);

  // Safe to call from several threads.
  std::optional<Kept> find(const Digest& command) const;
  std::optional<std::string> facts(const Digest& digest) const;
  void keep(const Digest& command, const Kept& kept) const;
  void keep_facts(const Digest& digest, const std::string& bytes) const;

 private:
  bool holds(const Kept& kept) const;

  cache::Store& store_;
  const std::set<std::string>& project_;
  Contents& contents_;
};

}  // namespace stallint::units
