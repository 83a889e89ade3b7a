#pragma once
// Findings that are known, so that only new ones count: a file of the repository, a SARIF log, or what a revision had.
//
//     {"stallint-baseline":1}
//     {"path":"api/users.py","rule":"async-blocking-call","function":"read","subject":"load","label":"blocks.http"}
//
//     const Result<Baseline> baseline = baseline::read(text, "stallint-baseline.jsonl");
//     const std::vector<Entry> gone = baseline::compare(*baseline, {}, path_of, findings);   // marks what is known
//
// A finding is known by what its fingerprint is made of, and not by its line: it stays known when lines move, when a
// formatter rewrites the call, when its function moves to another file. A file has one finding a line, sorted, so that
// two branches that change it merge without a conflict as long as they do not touch the same findings. Equal lines
// count: the third finding of two is new.

#include "checker/base/result.h"
#include "checker/finding/finding.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace stallint::baseline {

struct Entry {
  std::string path;  // with `/`, from the folder of the baseline
  std::string rule;
  std::string function;
  std::string subject;
  std::string label;

  auto key() const { return std::tie(path, rule, function, subject, label); }
  bool operator<(const Entry& other) const { return key() < other.key(); }
  bool operator==(const Entry& other) const { return key() == other.key(); }
};

struct Baseline {
  std::vector<Entry> entries;  // sorted
  bool sarif = false;          // paths are those of the run that wrote it
};

// The path of a finding as a baseline has it.
using PathOf = std::function<std::string(const std::string& file)>;

// `file` is for problems. Either form is recognised by what it holds.
Result<Baseline> read(std::string_view text, const std::string& file);

// The file of these entries, in whatever order they come.
std::string print(std::vector<Entry> entries);

// One for each finding that nobody suppressed, sorted.
std::vector<Entry> entries_of(const std::vector<Finding>& findings, const PathOf& path_of);

// What else is known of how the code moved.
struct Moves {
  std::map<std::string, std::string> renamed;  // file now -> file then
  bool functions = false;  // an entry that nothing else explains may be a function of the same file by its old name
};

// Sets Finding::known. Returns the entries of which no finding is left, sorted.
std::vector<Entry> compare(const Baseline& baseline, const Moves& moves, const PathOf& path_of,
                           std::vector<Finding>& findings);

}  // namespace stallint::baseline
