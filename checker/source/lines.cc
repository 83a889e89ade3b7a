#include "checker/source/lines.h"

#include <algorithm>
#include <cstring>

namespace stallint::source {

std::vector<uint32_t> line_starts(std::string_view text) {
  std::vector<uint32_t> starts = {0};
  // Most files have no CR at all, and memchr is several times faster than looking at each byte.
  if (text.find('\r') == std::string_view::npos) {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    for (const char* at = begin; at < end; ++at) {
      at = static_cast<const char*>(memchr(at, '\n', static_cast<size_t>(end - at)));
      if (at == nullptr) break;
      starts.push_back(static_cast<uint32_t>(at - begin + 1));
    }
    return starts;
  }
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    if (text[at] == '\n' || text[at] == '\r') starts.push_back(static_cast<uint32_t>(at + 1));
  }
  return starts;
}

Position locate(std::span<const uint32_t> starts, uint32_t offset) {
  const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
  if (next == starts.begin()) return {};
  return {static_cast<uint32_t>(next - starts.begin()), offset - *(next - 1) + 1};
}

std::string_view line_text(std::string_view text, std::span<const uint32_t> starts, uint32_t line) {
  if (line == 0 || line > starts.size() || starts[line - 1] > text.size()) return {};
  const size_t end = line < starts.size() ? std::min<size_t>(starts[line], text.size()) : text.size();
  std::string_view found = text.substr(starts[line - 1], end - starts[line - 1]);
  if (found.ends_with('\n')) found.remove_suffix(1);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

uint32_t line_count(std::string_view text, std::span<const uint32_t> starts) {
  const uint32_t lines = static_cast<uint32_t>(starts.size());
  return starts.back() == text.size() ? lines - 1 : lines;
}

}  // namespace stallint::source
