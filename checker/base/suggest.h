#pragma once
// What the user perhaps meant.
//
//     "unknown word `runing`" + did_you_mean("runing", words)   // unknown word `runing`, did you mean `runs`?

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stallint {

// The candidate that differs from `word` in the fewest typing mistakes (a letter too many, missing, wrong or swapped
// with its neighbour; case and `-` for `_` count half), or empty if none is near. Among equals the first.
std::string closest(std::string_view word, std::span<const std::string> candidates);

// ", did you mean `runs`?", or "" if no candidate is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace stallint
