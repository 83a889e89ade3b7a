#include "reporters/lines.h"

#include "reporters/utf8.h"

#include <algorithm>

namespace stallint::reporters {

Lines::Lines(std::string_view text) : text_(text) {
  starts_.push_back(0);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool half_of_crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (text[i] == '\n' || (text[i] == '\r' && !half_of_crlf)) starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

std::string_view Lines::line(uint32_t line) const {
  if (!has(line)) return {};
  const size_t begin = starts_[line - 1];
  size_t end = line < count() ? starts_[line] : text_.size();
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return text_.substr(begin, end - begin);
}

size_t Lines::offset(uint32_t line_number, uint32_t column) const {
  const size_t length = line(line_number).size();
  return starts_[line_number - 1] + std::min<size_t>(length, column > 0 ? column - 1 : 0);
}

std::string_view Lines::text(const Region& region) const {
  if (!has(region.line) || !has(region.end_line)) return {};
  const size_t begin = offset(region.line, region.column);
  const size_t end = offset(region.end_line, region.end_column);
  return begin < end ? text_.substr(begin, end - begin) : std::string_view{};
}

uint32_t Lines::utf16_column(uint32_t line_number, uint32_t column) const {
  if (!has(line_number) || column == 0) return std::max(column, 1U);
  const std::string_view text = line(line_number);
  const size_t before = std::min<size_t>(column - 1, text.size());
  return static_cast<uint32_t>(utf16_units(text.substr(0, before)) + 1);
}

const Lines* Files::lines(const std::string& file) {
  if (const auto known = lines_.find(file); known != lines_.end()) return known->second.get();
  const std::string* text = source_ ? source_(file) : nullptr;
  auto lines = text ? std::make_unique<Lines>(*text) : nullptr;
  return lines_.emplace(file, std::move(lines)).first->second.get();
}

uint32_t Files::utf16_column(const std::string& file, uint32_t line, uint32_t column) {
  const Lines* known = lines(file);
  return known != nullptr ? known->utf16_column(line, column) : std::max(column, 1U);
}

}  // namespace stallint::reporters
