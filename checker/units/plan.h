#pragma once
// Which translation units are read, and how: from the compile database where it says, by its nearest entry else.
//
//     a.cc      compiled for a program and for its tests, with the same flags    one unit, two targets
//     b.cc      compiled with and without -DTLS                                  two units
//     old.cc    no entry                                                         flags of the nearest entry
//     api.h     included by none of them                                         likewise, once that is known

#include "checker/exchange/exchange.h"
#include "checker/units/database.h"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace stallint::units {

struct Unit {
  exchange::Unit command;            // only the arguments that matter for what is read
  std::string source;                // real path of its main file
  std::vector<std::string> targets;  // what it is linked into: "/repo/build/CMakeFiles/server.dir"; sorted
  bool inferred = false;
  size_t distance = 0;  // of an inferred one: how far the entry is whose flags these are
};

// The units of all entries whose file is one of `project` (real paths), equal ones once, in order of path and command.
std::vector<Unit> units_of(std::span<const Entry> entries, const std::set<std::string>& project);

// Finds commands for files without an entry. `entries` outlive it.
class Inference {
 public:
  explicit Inference(std::span<const Entry> entries);

  // Nothing if there is no entry at all. `file` is a real path.
  std::optional<Unit> unit_for(const std::string& file) const;

 private:
  struct Donor {
    const Entry* entry;
    std::string stem;
    bool is_c = false;
  };
  std::vector<Donor> donors_;
};

// What the linker makes of an object file, by its place: CMake's `CMakeFiles/server.dir`, Meson's `server.p`. Empty if
// the place says nothing.
std::string target_of(const std::string& output);

}  // namespace stallint::units
