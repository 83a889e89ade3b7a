#pragma once
// `stallint check`, and the part of it that other commands begin with.
//
//     const Result<const Loaded*> loaded = load(options);
//     Result<Checked> checked = check_paths(**loaded, options, timings);

#include "checker/base/result.h"
#include "checker/cache/digest.h"
#include "checker/finding/finding.h"
#include "checker/options.h"
#include "checker/rule/rule.h"
#include "checker/timings.h"

#include <string>
#include <vector>

namespace stallint::pipeline {

// What is asked of the code.
struct Loaded {
  rule::Rules rules;
  cache::Digest texts;               // of all files of rules and models
  std::vector<std::string> enabled;  // sorted
};

// Lives until the process ends.
Result<const Loaded*> load(const Options& options);

struct Checked {
  Report report;
  std::vector<std::string> files;    // that were asked for and read, as findings name them; sorted
  std::vector<Problem> cannot_read;  // the rest is checked all the same
};
Result<Checked> check_paths(const Loaded& loaded, const Options& options, Timings& timings);

// Returns the exit code.
int check(const Options& options);

}  // namespace stallint::pipeline
