#pragma once
// `stallint-clang` as a process: where it is, and one run of it.
//
// It is a program of its own because not everything that goes wrong inside a compiler can be caught there: a stack that
// overflows, a constant that never ends, memory without end. What a process was reading when it died is known, and
// lost; everything else is not.

#include "checker/base/result.h"
#include "checker/exchange/exchange.h"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::units {

// The path of the helper: `wanted` if the user named one (a Problem if that cannot be run), else beside this program or
// on PATH. Empty if there is none.
Result<std::string> find_helper(const std::string& wanted);

struct Limits {
  unsigned jobs = 1;                      // processes at a time
  std::chrono::milliseconds time{60000};  // of a processor, for one unit
  uint64_t memory = uint64_t{4} << 30;    // bytes, for one process; 0: no limit
};

// Why a unit was not read: "it took longer than 60 seconds". Empty if it was.
using Reason = std::string;

struct Failure {
  Reason reason;
  bool final = true;  // false: a second attempt in a process of its own read it
};

// What arrives while units are read, each with the number of its unit. Called on the thread that called read_units.
struct Listener {
  std::function<void(size_t unit, exchange::Facts facts)> facts;  // of this unit, or of a later one of its process
  std::function<void(size_t unit, exchange::Done done)> done;
  std::function<void(size_t unit, const Failure& failure)> failed;
  std::function<void(const exchange::BadQuery& bad)> bad_query;
};

struct Errand {
  std::string helper;
  std::vector<std::string> project_files;
  std::vector<std::string> queries;
  bool full_templates = false;
  Limits limits;
};

// Reads all units, the largest first (`sizes` is parallel to `units`), several at a time. Each is either done or
// failed. If the helper itself cannot run, the reason; all units that are not done have failed then.
Reason read_units(const Errand& errand, const std::vector<const exchange::Unit*>& units,
                  const std::vector<uint64_t>& sizes, const Listener& listener);

}  // namespace stallint::units
