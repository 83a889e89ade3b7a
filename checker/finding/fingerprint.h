#pragma once
// The identity of a finding: `stallint/v1`.
//
//     async-blocking-call, api/users.py, UserStore.read, load, blocks.http, 0   ->   "3b1c...": 32 hexadecimal digits
//
// A finding keeps its fingerprint when lines move, when a formatter rewrites the call, when the library behind it is
// exchanged for another of the same kind. So neither line nor snippet nor library name is in it: only the rule, the
// file, the function around the place, the subject (first project function called, or variable), the label of the sink,
// and which of several equal ones it is, counted from the top of the file.

#include "checker/finding/finding.h"

#include <cstdint>
#include <string>

namespace stallint {

inline constexpr char kFingerprintName[] = "stallint/v1";

// `index` counts the findings above in the file that agree in everything else.
std::string fingerprint(const Finding& finding, uint32_t index);

// What findings with the same fingerprint, but for the index, have in common.
std::string identity(const Finding& finding);

}  // namespace stallint
