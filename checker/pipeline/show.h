#pragma once
// `stallint config show` and `stallint config schema`. Both return the exit code.

#include "checker/options.h"

namespace stallint::pipeline {

int show_config(const Options& options);
int print_schema(const Options& options);

}  // namespace stallint::pipeline
