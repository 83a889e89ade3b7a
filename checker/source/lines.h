#pragma once
// Lines of a text, as Python counts them: a line ends with LF, CRLF or a lone CR (a form feed ends nothing).
//
//     const std::vector<uint32_t> starts = line_starts(text);
//     locate(starts, 7)              // {line 2, column 3}
//     line_text(text, starts, 2)     // "return x", without its end

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace stallint::source {

// Lines and columns count from 1; columns are bytes.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
  bool operator==(const Position&) const = default;
};

// Byte offset of the beginning of each line. There is always a first line; after a final line end begins an empty one.
std::vector<uint32_t> line_starts(std::string_view text);

// An offset beyond the text is in its last line.
Position locate(std::span<const uint32_t> starts, uint32_t offset);

// The line without its end; empty for a line that is not there.
std::string_view line_text(std::string_view text, std::span<const uint32_t> starts, uint32_t line);

// How many lines a reader would say the text has: "a\nb\n" and "a\nb" have two, "" has none.
uint32_t line_count(std::string_view text, std::span<const uint32_t> starts);

}  // namespace stallint::source
