#pragma once
// A report to the places that --format names.

#include "checker/finding/finding.h"
#include "checker/options.h"

namespace stallint::pipeline {

// False if one of them cannot be written, which has been said on standard error; the others are.
bool write_report(const Report& report, const Options& options);

}  // namespace stallint::pipeline
