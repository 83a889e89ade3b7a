#pragma once
// What of a report is new: `--baseline FILE`, `--baseline-rev REV`, `--diff REV`.
//
//     const Result<Known> known = find_known(options);           before anything is read: a misspelt revision fails at
//     once if (known) problems = compare(*known, loaded, options, checked);

#include "checker/base/result.h"
#include "checker/baseline/baseline.h"
#include "checker/git/repository.h"
#include "checker/options.h"
#include "checker/pipeline/check.h"

#include <optional>
#include <vector>

namespace stallint::pipeline {

// What to compare with; nothing if the user does not ask for it.
struct Known {
  std::optional<baseline::Baseline> file;
  std::optional<git::Base> revision;
};
Result<Known> find_known(const Options& options);

// Marks the findings that are known, and says in Report::comparison by what. Problems: git cannot tell what has
// changed.
std::vector<Problem> compare(const Known& known, const Loaded& loaded, const Options& options, Checked& checked);

}  // namespace stallint::pipeline
