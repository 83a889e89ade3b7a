#pragma once
// What a condition says about the things it tests, in one of its arms.
//
//     if x is None or not y:     in the true arm x may be empty, and y
//     else:                      in the false arm neither is
//     if time != self.seen:      both are found changed
//
// `and` and `or` are read generously: whatever one part may say, the whole may.

#include "checker/link/program.h"
#include "checker/match/match.h"

#include <vector>

namespace stallint::match {

struct Tested {
  facts::ExprId expr = facts::ExprId::kNone;
  bool empty = false;    // the arm is taken if it is None, false, without elements, or lacks a key
  bool changed = false;  // the arm is taken if it is not what it is compared with
  bool other = false;    // it is what the thing tested is compared with
};

// For a test: the arm, or the loop of a `while`, whose body is the true arm.
std::vector<Tested> tested_by(const link::Program& program, const Thing& test);

}  // namespace stallint::match
