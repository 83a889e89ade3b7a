#include "checker/base/suggest.h"

#include <algorithm>
#include <cctype>

namespace stallint {

namespace {

constexpr size_t kMistake = 2;  // so that half a mistake is a whole number

char folded(char c) { return c == '-' ? '_' : static_cast<char>(tolower(static_cast<unsigned char>(c))); }

size_t cost_of(char a, char b) {
  if (a == b) return 0;
  return folded(a) == folded(b) ? kMistake / 2 : kMistake;
}

// Edit distance with swaps of neighbours (optimal string alignment), three rows at a time.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j * kMistake;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i * kMistake;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + kMistake, row[j - 1] + kMistake, last[j - 1] + cost_of(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + kMistake);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string closest(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  size_t best_distance = std::max<size_t>(1, word.size() / 3) * kMistake + 1;
  for (const std::string& candidate : candidates) {
    const size_t longer = std::max(word.size(), candidate.size());
    if ((longer - std::min(word.size(), candidate.size())) * kMistake >= best_distance) continue;
    const size_t found = distance(word, candidate);
    // Two words that share no letter are not near, however short they are.
    if (found >= best_distance || found >= longer * kMistake) continue;
    best = candidate;
    best_distance = found;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::string meant = closest(word, candidates);
  return meant.empty() ? "" : ", did you mean `" + meant + "`?";
}

}  // namespace stallint
