#pragma once
// `stallint cache info` and `stallint cache clear`: what is kept between runs. Both return the exit code.

#include "checker/options.h"

namespace stallint::pipeline {

int cache_info(const Options& options);
int cache_clear(const Options& options);

}  // namespace stallint::pipeline
