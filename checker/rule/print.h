#pragma once
// Pieces of printed pages.

#include "checker/rule/pattern.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

// The words of a pattern as YAML in one line: `{is: [a, b], async: false}`.
std::string text_of(const Pattern& pattern);

// A table of Markdown: `|` inside cells is escaped. The first row is the head.
std::string table(const std::vector<std::vector<std::string>>& rows);

// Text between two fences that it does not hold itself.
std::string fenced(std::string_view text, std::string_view language);

}  // namespace stallint::rule
