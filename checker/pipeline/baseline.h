#pragma once
// The file of what is known: `stallint baseline write|prune|check`. Each returns the exit code.

#include "checker/base/result.h"
#include "checker/baseline/baseline.h"
#include "checker/options.h"
#include "checker/pipeline/check.h"

#include <string>
#include <vector>

namespace stallint::pipeline {

int baseline_write(const Options& options);
int baseline_prune(const Options& options);
int baseline_check(const Options& options);

Result<baseline::Baseline> read_baseline(const std::string& file);

// Marks what is known, and returns the entries that are gone for sure. Those of rules that did not run, and of files
// that are there and were not read, take no part.
std::vector<baseline::Entry> compare_with(const baseline::Baseline& known, const std::string& file,
                                          const Loaded& loaded, Checked& checked);

}  // namespace stallint::pipeline
