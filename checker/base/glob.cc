#include "checker/base/glob.h"

#include <algorithm>
#include <optional>

namespace stallint {

namespace {

// Position of the `}` that closes the `{` at `open`, or npos.
size_t closing_brace(std::string_view pattern, size_t open) {
  size_t depth = 0;
  for (size_t i = open; i < pattern.size(); ++i) {
    if (pattern[i] == '{') ++depth;
    if (pattern[i] == '}' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

// The parts between the commas of "a,{b,c},d", commas of inner braces left alone.
std::vector<std::string_view> parts_of(std::string_view inside) {
  std::vector<std::string_view> parts;
  size_t depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '{') ++depth;
    if (inside[i] == '}' && depth > 0) --depth;
    if (inside[i] != ',' || depth != 0) continue;
    parts.push_back(inside.substr(begin, i - begin));
    begin = i + 1;
  }
  parts.push_back(inside.substr(begin));
  return parts;
}

// `*` and `?` over a stretch without braces, remembering only the last star: what an earlier star took never matters.
bool star_matches(std::string_view pattern, std::string_view text) {
  size_t p = 0;
  size_t t = 0;
  std::optional<size_t> star;
  size_t taken = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star) {
      p = *star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string_view> folders_of(std::string_view path) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= path.size(); ++i) {
    if (i < path.size() && path[i] != '/') continue;
    parts.push_back(path.substr(begin, i - begin));
    begin = i + 1;
  }
  return parts;
}

// The same idea one level up: `**` is the star, a folder is the letter.
bool folders_match(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  size_t p = 0;
  size_t t = 0;
  std::optional<size_t> star;
  size_t taken = 0;
  while (t < path.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      if (p + 1 == pattern.size()) return true;
      star = p++;
      taken = t;
    } else if (p < pattern.size() && star_matches(pattern[p], path[t])) {
      ++p;
      ++t;
    } else if (star) {
      p = *star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  return p == pattern.size();
}

}  // namespace

std::vector<std::string> expand_braces(std::string_view pattern) {
  const size_t open = pattern.find('{');
  const size_t close = open == std::string_view::npos ? open : closing_brace(pattern, open);
  if (open == std::string_view::npos) return {std::string(pattern)};

  std::vector<std::string> expanded;
  if (close == std::string_view::npos) {
    for (const std::string& rest : expand_braces(pattern.substr(open + 1))) {
      expanded.push_back(std::string(pattern.substr(0, open + 1)) + rest);
    }
    return expanded;
  }
  const std::vector<std::string> rests = expand_braces(pattern.substr(close + 1));
  for (const std::string_view part : parts_of(pattern.substr(open + 1, close - open - 1))) {
    for (const std::string& inner : expand_braces(part)) {
      for (const std::string& rest : rests) expanded.push_back(std::string(pattern.substr(0, open)) + inner + rest);
    }
  }
  return expanded;
}

bool path_matches(std::string_view pattern, std::string_view path) {
  const std::vector<std::string_view> folders = folders_of(path);
  const std::vector<std::string> alternatives = expand_braces(pattern);
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [&](const std::string& one) { return folders_match(folders_of(one), folders); });
}

bool name_matches(std::string_view pattern, std::string_view name) {
  if (pattern.find('{') == std::string_view::npos) return star_matches(pattern, name);
  // Most patterns fail at their first letters, before braces need to be expanded.
  if (!name.starts_with(pattern.substr(0, pattern.find_first_of("*?{")))) return false;
  const std::vector<std::string> alternatives = expand_braces(pattern);
  return std::any_of(alternatives.begin(), alternatives.end(),
                     [&](const std::string& one) { return star_matches(one, name); });
}

NameSet::NameSet(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    for (std::string& one : expand_braces(pattern)) {
      const bool star = one.find_first_of("*?") != std::string::npos;
      has_paths_ |= star || one.find('.') != std::string::npos;
      (star ? stars_ : exact_).push_back(std::move(one));
    }
  }
  std::sort(exact_.begin(), exact_.end());
}

bool NameSet::matches(std::string_view name) const {
  if (std::binary_search(exact_.begin(), exact_.end(), name)) return true;
  return std::any_of(stars_.begin(), stars_.end(), [&](const std::string& one) { return star_matches(one, name); });
}

}  // namespace stallint
