#include "reporters/excerpt.h"

#include "reporters/utf8.h"

#include <algorithm>
#include <vector>

namespace stallint::reporters {
namespace {

constexpr size_t kTab = 4;
constexpr std::string_view kCut = "...";

// A code point as it will be shown. `at` and `width` are terminal columns of the uncut line.
struct Cell {
  std::string shown;
  size_t at = 0;
  size_t width = 0;
};

struct Row {
  std::vector<Cell> cells;
  size_t first = 0;  // cells [first, last) are the place
  size_t last = 0;
  size_t width = 0;
};

// Only this much of a line is looked at on either side of the place: a file may be one line of ten megabytes.
constexpr size_t kSight = 2000;

struct Window {
  std::string_view text;
  size_t begin = 0;  // of the place, in bytes of `text`
  size_t end = 0;
  bool cut_before = false;
  bool cut_after = false;
};

bool inside_character(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

Window window_of(std::string_view line, uint32_t column, uint32_t end_column) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  const size_t begin = std::min<size_t>(column > 0 ? column - 1 : 0, line.size());
  const size_t end = std::clamp<size_t>(end_column > 0 ? end_column - 1 : 0, begin, line.size());
  size_t from = begin > kSight ? begin - kSight : 0;
  size_t to = std::min(line.size(), begin + 2 * kSight);
  while (from > 0 && inside_character(line, from)) --from;
  while (to < line.size() && inside_character(line, to)) ++to;
  return {line.substr(from, to - from), begin - from, std::min(end, to) - from, from > 0, to < line.size()};
}

Row row_of(const Window& window) {
  Row row;
  bool begun = false;
  for (size_t at = 0; at < window.text.size();) {
    const CodePoint point = decode_front(window.text.substr(at));
    Cell cell{{}, row.width, 0};
    if (point.value == '\t') {
      cell.width = kTab - row.width % kTab;
      cell.shown.assign(cell.width, ' ');
    } else {
      const char32_t value = is_control(point.value) ? 0xFFFD : point.value;
      append_utf8(cell.shown, value);
      cell.width = static_cast<size_t>(width_of(value));
    }
    if (!begun && at + point.bytes > window.begin) {
      row.first = row.cells.size();
      begun = true;
    }
    row.width += cell.width;
    row.cells.push_back(std::move(cell));
    at += point.bytes;
    if (at <= window.end) row.last = row.cells.size();
  }
  if (!begun) row.first = row.cells.size();
  row.last = std::max(row.last, row.first);
  return row;
}

size_t column_of(const Row& row, size_t cell) { return cell < row.cells.size() ? row.cells[cell].at : row.width; }

}  // namespace

Excerpt excerpt(std::string_view line, uint32_t column, uint32_t end_column, size_t width) {
  const Window window = window_of(line, column, end_column);
  const Row row = row_of(window);
  const size_t begin = column_of(row, row.first);
  const size_t end = column_of(row, row.last);

  size_t from = 0;
  size_t to = row.cells.size();
  if (row.width > width) {
    // A third of the room goes before the place, the rest to the place and what follows; room that the end of the line
    // leaves over goes to the front.
    size_t left = begin > width / 3 ? begin - width / 3 : 0;
    if (row.width - left < width) left = row.width - width;
    const size_t room_from = left > 0 ? left + kCut.size() : 0;
    const size_t room_to = left + width < row.width ? left + width - kCut.size() : row.width;
    while (from < row.first && row.cells[from].at < room_from) ++from;
    while (to > from && row.cells[to - 1].at + row.cells[to - 1].width > room_to) --to;
  }

  Excerpt result;
  const bool cut_before = window.cut_before || from > 0;
  if (cut_before) result.line += kCut;
  for (size_t i = from; i < to; ++i) result.line += row.cells[i].shown;
  if (window.cut_after || to < row.cells.size()) result.line += kCut;
  const size_t shown_from = column_of(row, from);
  const size_t shown_to = column_of(row, to);
  result.indent = (cut_before ? kCut.size() : 0) + (std::min(begin, shown_to) - shown_from);
  result.marks = std::max<size_t>(1, std::min(end, shown_to) - std::min(begin, shown_to));
  return result;
}

}  // namespace stallint::reporters
