#include "checker/base/utf.h"

#include <cstring>

namespace stallint {

namespace {

struct Decoded {
  size_t length = 1;  // bytes read: of the character, or of the part of it that is there
  bool valid = false;
};

// Table 3-7 of the Unicode standard: which second bytes may follow a first byte.
Decoded decode(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {1, true};

  size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  } else {
    return {1, false};
  }

  for (size_t n = 1; n < length; ++n) {
    if (at + n >= text.size() || byte(at + n) < low || byte(at + n) > high) return {n, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

}  // namespace

bool valid_utf8(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  for (size_t at = 0; at < text.size();) {
    // Source is nearly all ASCII, of which eight bytes are looked at together.
    uint64_t word = 0;
    while (at + sizeof(word) <= text.size()) {
      std::memcpy(&word, text.data() + at, sizeof(word));
      if ((word & kHighBits) != 0) break;
      at += sizeof(word);
    }
    if (at == text.size()) break;
    const Decoded one = decode(text, at);
    if (!one.valid) return false;
    at += one.length;
  }
  return true;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    out += kReplacement;
  } else if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

Repaired to_valid_utf8(std::string_view bytes) {
  Repaired repaired;
  repaired.text.reserve(bytes.size());
  for (size_t at = 0; at < bytes.size();) {
    const Decoded one = decode(bytes, at);
    if (one.valid) {
      repaired.text += bytes.substr(at, one.length);
    } else {
      if (repaired.replaced++ == 0) repaired.first_replaced = repaired.text.size();
      repaired.text += kReplacement;
    }
    at += one.length;
  }
  return repaired;
}

uint32_t utf16_column(std::string_view line, uint32_t byte_column) {
  if (byte_column == 0) return 0;
  const size_t end = byte_column - 1;
  uint32_t column = 1;
  size_t at = 0;
  while (at < line.size() && at < end) {
    const Decoded one = decode(line, at);
    if (at + one.length > end) break;
    column += one.valid && one.length == 4 ? 2 : 1;
    at += one.length;
  }
  return at < line.size() ? column : column + static_cast<uint32_t>(end - at);
}

}  // namespace stallint
