#pragma once
// Rules as text again: for pages, and for whoever says why a rule did not hold.

#include "checker/rule/pattern.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

// One word with its value as YAML in one line: `in: {function: {runs: {not: once}}}`.
std::string text_of(const Predicate& predicate);

// The words of a pattern as YAML in one line: `{is: [a, b], async: false}`.
std::string text_of(const Pattern& pattern);

// A table of Markdown: `|` inside cells is escaped. The first row is the head.
std::string table(const std::vector<std::vector<std::string>>& rows);

// Text between two fences that it does not hold itself.
std::string fenced(std::string_view text, std::string_view language);

}  // namespace stallint::rule
