#pragma once
// Small things that every printer of the command line needs.

#include <string>
#include <string_view>
#include <vector>

namespace stallint::options {

inline std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += between;
    text += word;
  }
  return text;
}

// Every character of `text` that is one of `special`, with `before` in front of it.
inline std::string escaped(std::string_view text, std::string_view special, std::string_view before) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += before;
    out += c;
  }
  return out;
}

// In single quotes: 'it'\''s'. A shell reads nothing within them.
inline std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace stallint::options
