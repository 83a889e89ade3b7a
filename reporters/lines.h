#pragma once
// A text by lines, and where its columns are.
//
//     Lines lines("a = 1\r\nb = 2\n");
//     lines.line(2)               "b = 2"
//     lines.text(region)          what stands there, newlines included
//
// A line ends at "\n", "\r\n" or "\r", as Python and editors have it. Asking for what is not there gives an empty text:
// a file may have changed since it was read.

#include "checker/finding/finding.h"
#include "reporters/reporter.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stallint::reporters {

class Lines {
 public:
  explicit Lines(std::string_view text);

  uint32_t count() const { return static_cast<uint32_t>(starts_.size()); }
  bool has(uint32_t line) const { return line >= 1 && line <= count(); }
  std::string_view all() const { return text_; }
  std::string_view line(uint32_t line) const;         // without its end
  std::string_view text(const Region& region) const;  // from its first column up to its end column

  // A column in bytes as a column in UTF-16 code units, both from 1. A column behind the line stays behind it.
  uint32_t utf16_column(uint32_t line, uint32_t column) const;

 private:
  size_t offset(uint32_t line, uint32_t column) const;

  std::string_view text_;
  std::vector<uint32_t> starts_;
};

// The files of a report, each split once.
class Files {
 public:
  explicit Files(const SourceText& source) : source_(source) {}

  const Lines* lines(const std::string& file);  // null if the text cannot be had

  // As Lines has it; without the text, the column in bytes is all that is known.
  uint32_t utf16_column(const std::string& file, uint32_t line, uint32_t column);

 private:
  const SourceText& source_;
  std::unordered_map<std::string, std::unique_ptr<Lines>> lines_;
};

}  // namespace stallint::reporters
