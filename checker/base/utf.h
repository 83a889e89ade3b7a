#pragma once
// UTF-8, and the way to UTF-16 columns. Inside stallint all text is valid UTF-8 and all columns are bytes; only the
// borders convert: source when it reads a file, SARIF when it prints a column.
//
//     to_valid_utf8("caf\xe9")            // "caf" + U+FFFD, 1 replaced
//     utf16_column("s = '\xf0\x9f\x98\x80' + x", 13)   // 11: the emoji takes four bytes, but two UTF-16 units

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stallint {

bool valid_utf8(std::string_view text);

// Appends a code point; a surrogate or a value beyond U+10FFFF becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

struct Repaired {
  std::string text;
  size_t replaced = 0;        // number of U+FFFD put in
  size_t first_replaced = 0;  // byte offset of the first of them in `text`
};

// Every longest beginning of a character that never ends becomes one U+FFFD, as Python, browsers and iconv users
// expect.
Repaired to_valid_utf8(std::string_view bytes);

// The column, from 1, in UTF-16 code units of the byte column (from 1) of a line. A column inside a character is that
// character's; one beyond the line counts on.
uint32_t utf16_column(std::string_view line, uint32_t byte_column);

}  // namespace stallint
