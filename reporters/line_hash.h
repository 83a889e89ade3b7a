#pragma once
// `primaryLocationLineHash`: by this GitHub knows an alert again after the lines around it have moved.
//
//     line_hashes("a\nb\n")   {"81b8d8db678b2bbe:1", "ade70578248be16f:1", "c129715d7a2bc9a3:1"}
//
// The hash of a line covers the hundred UTF-16 units from its start on, blanks and tabs left out; `:2` marks the second
// line of the file with the same hash. It must be GitHub's to the bit: alerts would all close and open again otherwise.
//
// Idea and constants: github/codeql-action, src/fingerprints.ts; its test vectors are ours too.

#include <string>
#include <string_view>
#include <vector>

namespace stallint::reporters {

// Element 0 belongs to line 1. A file that ends in a newline has one more line, the empty one behind it.
std::vector<std::string> line_hashes(std::string_view text);

}  // namespace stallint::reporters
