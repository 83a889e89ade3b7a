#pragma once
// From a match to findings: where they stand, what they say, how they got there.
//
//     function `read`, ways {load -> requests.get}   ->   one finding at the call of load inside read

#include "checker/finding/finding.h"
#include "checker/match/evaluator.h"

#include <vector>

namespace stallint::match {

// What one pattern of a rule found.
struct Hit {
  const rule::Rule& rule;
  const rule::Find& find;
  Thing subject;
  Match match;
};

// Findings of a hit that nothing in `unless` acquits.
std::vector<Finding> accuse(const Evaluator& evaluator, const Hit& hit);

// A stretch of a file as people count it. A stretch of several lines ends with its first.
Region region_of(const link::File& file, facts::Span span);

}  // namespace stallint::match
