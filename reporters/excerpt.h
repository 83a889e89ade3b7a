#pragma once
// One line of source, made fit for a terminal, and the marks below a part of it.
//
//     return load(name)
//            ^^^^^^^^^^
//
// Tabs become blanks, characters that would move the cursor become U+FFFD, and wide characters get two marks, so the
// marks stand where they belong. A line wider than the room is cut around the place, "..." where something is missing.

#include <cstdint>
#include <string>
#include <string_view>

namespace stallint::reporters {

struct Excerpt {
  std::string line;
  size_t indent = 0;  // terminal columns before the first mark
  size_t marks = 1;   // terminal columns marked
};

constexpr uint32_t kToLineEnd = UINT32_MAX;

// Columns are bytes from 1; `end_column` is exclusive. At least one column is marked, also behind the end of the line.
Excerpt excerpt(std::string_view line, uint32_t column, uint32_t end_column, size_t width);

}  // namespace stallint::reporters
