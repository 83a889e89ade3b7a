#include "reporters/line_hash.h"

#include "reporters/utf8.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <unordered_map>

namespace stallint::reporters {
namespace {

constexpr size_t kBlock = 100;  // units that a hash covers
constexpr uint64_t kFactor = 37;
constexpr char16_t kEndOfFile = 0xFFFF;

struct Units {
  std::vector<char16_t> units;
  std::vector<size_t> line_starts;  // into units
};

// What is hashed: no blanks, no tabs, every line end a "\n", the end of the file marked, then room for the last block.
Units units_of(std::string_view text) {
  Units result;
  result.units.reserve(text.size() + 1 + kBlock);
  bool at_line_start = true;
  bool after_return = false;
  const auto push = [&](char16_t unit) {
    if (at_line_start) result.line_starts.push_back(result.units.size());
    at_line_start = unit == u'\n';
    result.units.push_back(unit);
  };
  while (!text.empty()) {
    const CodePoint point = decode_front(text);
    text.remove_prefix(point.bytes);
    const bool half_of_crlf = after_return && point.value == '\n';
    after_return = point.value == '\r';
    if (point.value == ' ' || point.value == '\t' || half_of_crlf) continue;
    if (after_return) {
      push(u'\n');
    } else if (point.value > 0xFFFF) {
      push(static_cast<char16_t>(0xD800 + ((point.value - 0x10000) >> 10)));
      push(static_cast<char16_t>(0xDC00 + ((point.value - 0x10000) & 0x3FF)));
    } else {
      push(static_cast<char16_t>(point.value));
    }
  }
  push(kEndOfFile);
  result.units.resize(result.units.size() + kBlock, 0);
  return result;
}

// "81b8d8db678b2bbe:1"
std::string spelt(uint64_t hash, uint32_t nth) {
  std::array<char, 16 + 1 + 10> text;
  char* const end = text.data() + text.size();
  char* at = std::to_chars(text.data(), end, hash, 16).ptr;
  *at++ = ':';
  return std::string(text.data(), std::to_chars(at, end, nth).ptr);
}

}  // namespace

std::vector<std::string> line_hashes(std::string_view text) {
  const auto [units, line_starts] = units_of(text);
  uint64_t leaving_factor = 1;
  for (size_t i = 0; i < kBlock; ++i) leaving_factor *= kFactor;

  std::vector<std::string> hashes;
  std::unordered_map<uint64_t, uint32_t> seen;
  hashes.reserve(line_starts.size());
  seen.reserve(line_starts.size());
  uint64_t hash = 0;
  size_t hashed = 0;  // `hash` covers the block that ends here
  for (const size_t start : line_starts) {
    for (; hashed < start + kBlock; ++hashed) {
      const uint64_t leaving = hashed >= kBlock ? units[hashed - kBlock] : 0;
      hash = hash * kFactor + units[hashed] - leaving_factor * leaving;
    }
    hashes.push_back(spelt(hash, ++seen[hash]));
  }
  return hashes;
}

}  // namespace stallint::reporters
