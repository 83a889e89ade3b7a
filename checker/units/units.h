#pragma once
// C++ files to facts, by a compiler where that is possible.
//
//     compile_commands.json ──► units ──► stallint-clang, several processes ──► facts of the units, merged per file
//                                             │
//                              kept by content between runs: what has not changed is not read again
//
// A file comes with the facts of its spelling, and keeps them if no unit reads it: because nothing says how to compile
// it, because stallint-clang is not there, or because it does not survive the file. Each of these is a remark.

#include "checker/base/result.h"
#include "checker/cache/store.h"
#include "checker/exchange/exchange.h"
#include "checker/facts/facts.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace stallint::units {

struct Options {
  std::string database;  // `-p`: a folder or a file; empty: looked for
  std::string clang;     // path of stallint-clang; empty: looked for
  unsigned jobs = 1;
  std::chrono::milliseconds unit_time{60000};
  uint64_t unit_memory = uint64_t{4} << 30;  // bytes
  cache::Store* store = nullptr;             // where units of earlier runs are; null: nothing is kept
  std::vector<std::string> queries;          // clang-query matchers of rules
  bool full_templates = false;
};

// One C++ file of the project.
struct File {
  std::string path;               // as printed
  facts::FileFacts facts;         // in: cpp::read of its text; out: the best that is known
  std::vector<uint32_t> units;    // out: which units read it; sorted
  std::vector<uint32_t> targets;  // out: what these are linked into; sorted
};

// Something that the user must know. `path` is as printed; line 0 is the whole file.
struct Remark {
  Place place;
  std::string message;
  bool loud = false;  // of the whole run, not of one file: said on standard error too
};

struct Outcome {
  std::vector<Remark> remarks;
  std::vector<exchange::BadQuery> bad_queries;  // by number, each once; if there are any, little else was read
  size_t read = 0;                              // units that a compiler has read, now or in an earlier run
  size_t kept = 0;                              // of these, in an earlier run
  size_t degraded = 0;                          // of these, with errors
};

// A Problem if the options lead nowhere: `-p` without a database, `--clang` without a program.
Result<Outcome> read(std::vector<File>& files, const Options& options);

}  // namespace stallint::units
