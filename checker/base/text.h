#pragma once
// Small questions about text that more than one room asks.
//
//     split("a,b,", ',')        // "a", "b", ""
//     trimmed("  a b\t\n")      // "a b"
//     join({"a", "b"}, ", ")    // "a, b"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stallint {

std::vector<std::string_view> split(std::string_view text, char separator);

// Without blanks, tabs and line ends at either end.
std::string_view trimmed(std::string_view text);

std::string join(std::span<const std::string> parts, std::string_view separator);

// ASCII letters only; source encodings and option names need no more.
std::string lower(std::string_view text);

// "1 finding", "2 findings": `word` takes an `s` unless the number is 1.
std::string counted(size_t number, std::string_view word);

}  // namespace stallint
