#pragma once
// Text as people and editors count it: code points, columns on a terminal, UTF-16 code units.
//
//     "naïve 漢字 🚀"   18 bytes, 10 code points, 13 terminal columns, 11 UTF-16 units
//
// Nothing here can fail: what is not UTF-8 counts as U+FFFD.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stallint::reporters {

struct CodePoint {
  char32_t value = 0;
  uint32_t bytes = 1;  // how many bytes of the text it takes
};

// The code point at the front of a text that is not empty.
CodePoint decode_front(std::string_view text);

void append_utf8(std::string& text, char32_t value);

// Columns on a terminal: 0 for combining marks, 2 for East Asian wide characters and emoji, else 1.
int width_of(char32_t value);
size_t width_of(std::string_view text);

// 1 or, for code points above U+FFFF, 2.
inline uint32_t utf16_units(char32_t value) { return value > 0xFFFF ? 2 : 1; }
size_t utf16_units(std::string_view text);

// Whether a character would move the cursor, colour the terminal or reorder the line, rather than show itself.
bool is_control(char32_t value);

// The text with every such character, and everything that is not UTF-8, replaced by U+FFFD; tabs and newlines by a
// space.
std::string printable(std::string_view text);

}  // namespace stallint::reporters
