#pragma once
// What earlier runs found out: bytes under a kind and a digest, on disk, until they are too many.
//
//     Store store(default_folder());
//     store.put(Kind::kPython, digest, bytes);                 // from any thread
//     store.get(Kind::kPython, digest);                        // what an earlier run put there, or nothing
//     store.finish();                                          // from here on other processes find it
//
// One file for each entry would be simple, but opening takes longer than reading: with eleven thousand of them a run in
// which nothing has changed takes three times as long. So what a run puts goes into *packs*:
//
//     packs/<time>-<process>.pack      entries one after the other, their index, and where the index begins
//
// A pack is written under another name and renamed when it is whole. After that it never changes, so processes need no
// locks: they read what is there, and add packs of their own. What was killed leaves a draft that nobody reads. Every
// entry has a checksum; what is damaged, of another version or not ours at all is not there.
//
// Nothing here fails: a store that cannot be written keeps nothing and says so once, in trouble().

#include "checker/cache/digest.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::cache {

enum class Kind : uint32_t { kPython, kCpp, kUnit, kUnitFacts, kOutcome, kRun };
constexpr uint32_t kKinds = 6;

// All packs together. What has not been used for longest goes first.
constexpr uint64_t kMostBytes = uint64_t{1} << 30;

class Store {
 public:
  // An empty folder: nothing is kept and nothing is there. The folder is made when there is something to keep.
  explicit Store(std::string folder, uint64_t most_bytes = kMostBytes);
  ~Store();  // finishes
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  bool keeps() const;

  // Entries of one digest may differ, where it names a question and not its answer: `good` is asked about each, the
  // newest first, and the one that it takes is the answer.
  std::optional<std::string> get(Kind kind, const Digest& digest,
                                 const std::function<bool(const std::string& bytes)>& good = {});

  // Each digest once in a run: a second time is ignored.
  void put(Kind kind, const Digest& digest, std::string_view bytes);

  // Writes what was put. Once a day, and after having written, removes what is too old or too much.
  void finish();

  // Why nothing can be kept, as part of a sentence; empty if all is well.
  std::string trouble() const;

 private:
  class Packs;
  std::unique_ptr<Packs> packs_;
};

// What a folder holds.
struct Info {
  struct Part {
    uint64_t entries = 0;
    uint64_t bytes = 0;
  };
  Part kinds[kKinds];
  uint64_t packs = 0;
  uint64_t bytes = 0;    // of all files, on disk
  uint64_t foreign = 0;  // packs that are damaged or of another version
};

Info info(const std::string& folder);

// Removes what a Store has written, and nothing else. Files that cannot be removed are left, and told.
struct Cleared {
  uint64_t packs = 0;
  uint64_t bytes = 0;
  std::string trouble;  // why something is still there; empty if nothing is
};

Cleared clear(const std::string& folder);

// "Python files"
std::string_view name_of(Kind kind);

// `$XDG_CACHE_HOME/stallint` or `~/.cache/stallint`; empty if there is no home.
std::string default_folder();

}  // namespace stallint::cache
