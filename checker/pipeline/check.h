#pragma once
// `stallint check`, and the part of it that other commands begin with.
//
//     const Result<const Loaded*> loaded = load(options, timings);
//     Result<Checked> checked = check_sources(**loaded, (*loaded)->sources, (*loaded)->options, timings);

#include "checker/base/result.h"
#include "checker/cache/digest.h"
#include "checker/finding/finding.h"
#include "checker/options.h"
#include "checker/pipeline/settings.h"
#include "checker/rule/rule.h"
#include "checker/source/sources.h"
#include "checker/timings.h"

#include <string>
#include <vector>

namespace stallint::pipeline {

// What is asked, and of which files.
struct Loaded {
  explicit Loaded(const Options& given) : settings(given) {}

  mutable Settings settings;  // remembers what it was asked
  Options options;            // with what the configuration says of the whole run
  source::Sources sources;
  rule::Rules rules;
  cache::Digest texts;               // of all files of rules and models
  std::vector<std::string> enabled;  // sorted
};

// Lives until the process ends, as the options have to.
Result<const Loaded*> load(const Options& given, Timings& timings);

struct Checked {
  Report report;
  std::vector<std::string> files;    // that were asked for and read, as findings name them; sorted
  std::vector<Problem> cannot_read;  // the rest is checked all the same
};
Result<Checked> check_sources(const Loaded& loaded, const source::Sources& sources, const Options& options,
                              Timings& timings);

// Returns the exit code.
int check(const Options& options);

}  // namespace stallint::pipeline
