#pragma once
// How a run ends that cannot go on: every problem with its place on standard error.
//
//     if (!rules) return fail(rules.problems());

#include "checker/base/result.h"
#include "checker/options.h"

#include <iostream>
#include <vector>

namespace stallint::pipeline {

inline int fail(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) std::cerr << "stallint: " << problem.text() << '\n';
  return kExitFailed;
}

}  // namespace stallint::pipeline
