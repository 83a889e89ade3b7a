#pragma once
// What of a report is new: `--baseline FILE`, `--baseline-rev REV`, `--diff REV`.

#include "checker/base/result.h"
#include "checker/options.h"
#include "checker/pipeline/check.h"

#include <vector>

namespace stallint::pipeline {

// Marks the findings that the user knows, and says in Report::comparison by what. Problems: what is to be compared with
// cannot be read.
std::vector<Problem> compare(const Loaded& loaded, const Options& options, Checked& checked);

}  // namespace stallint::pipeline
