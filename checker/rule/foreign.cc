#include "checker/rule/foreign.h"

#include "checker/base/text.h"
#include "checker/rule/names.h"

#include <algorithm>

namespace stallint::rule {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Goes through a scalar as the file spells it. YAML changes blanks (indentation, folded lines) and escapes in quotes;
// all other characters stand in the file as they do in the text, in that order.
class Spelling {
 public:
  Spelling(std::string_view source, const YamlNode& scalar) : source_(source), line_(scalar.line) {
    for (uint32_t line = 1; line < line_ && at_ < source_.size(); ++line) to_next_line();
    start_ = at_;
    at_ = std::min(start_ + scalar.column - 1, source_.size());
    if (!scalar.quoted) return;
    const char style = next();
    if (style == '"' || style == '\'') {
      quote_ = style;
      ++at_;
    } else if (style == '|' || style == '>') {
      to_next_line();
      ++line_;
    }
  }

  // Goes to the next character that is no blank; false if it is not this one.
  bool reach(char wanted) {
    while (at_ < source_.size() && (is_blank(next()) || escapes_blank())) {
      const bool ends = next() == '\n';
      at_ += next() == '\\' ? 2 : 1;
      if (!ends) continue;
      ++line_;
      start_ = at_;
    }
    const bool escaped = quote_ == '"' ? next() == '\\' : quote_ == '\'' && next() == quote_;
    if (escaped) ++at_;
    return next() == wanted;
  }

  size_t at() const { return at_; }
  uint32_t line() const { return line_; }
  uint32_t column() const { return static_cast<uint32_t>(at_ - start_) + 1; }
  void advance() { ++at_; }

 private:
  char next() const { return at_ < source_.size() ? source_[at_] : '\0'; }

  bool escapes_blank() const {
    return quote_ == '"' && next() == '\\' && at_ + 1 < source_.size() &&
           (source_[at_ + 1] == 'n' || source_[at_ + 1] == 't' || source_[at_ + 1] == ' ');
  }

  void to_next_line() {
    at_ = std::min(source_.find('\n', at_), source_.size() - 1) + 1;
    start_ = at_;
  }

  std::string_view source_;
  size_t at_ = 0;
  size_t start_ = 0;  // of the line
  uint32_t line_;
  char quote_ = '\0';
};

}  // namespace

Foreign foreign(Reader& reader, const YamlNode& scalar) {
  Foreign found{scalar.text, {{0, reader.place(scalar)}}};
  Spelling spelling(reader.source(), scalar);
  size_t together = std::string::npos;  // where the next character stands if it follows the one before
  for (size_t offset = 0; offset < scalar.text.size(); ++offset, ++together) {
    if (is_blank(scalar.text[offset])) continue;
    if (!spelling.reach(scalar.text[offset])) break;
    if (spelling.at() != together) {
      found.parts.push_back({offset, {reader.file(), spelling.line(), spelling.column()}});
    }
    together = spelling.at();
    spelling.advance();
  }
  return found;
}

Place Foreign::place_of(uint32_t line, uint32_t column) const {
  size_t offset = 0;
  for (uint32_t n = 1; n < line && offset < text.size(); ++n)
    offset = std::min(text.find('\n', offset), text.size()) + 1;
  offset = std::min(offset + column - 1, text.size());
  const auto after = std::upper_bound(parts.begin(), parts.end(), offset,
                                      [](size_t wanted, const Part& part) { return wanted < part.offset; });
  if (after == parts.begin()) return {};
  const Part& part = *(after - 1);
  return {part.place.file, part.place.line, part.place.column + static_cast<uint32_t>(offset - part.offset)};
}

std::vector<std::string> bound_by(const Foreign& matcher) {
  std::vector<std::string> names;
  if (matcher.text.empty()) return names;
  names.emplace_back("root");
  constexpr std::string_view kBind = "bind";
  for (size_t at = matcher.text.find(kBind); at != std::string::npos; at = matcher.text.find(kBind, at + 1)) {
    const std::string_view rest = trimmed(std::string_view(matcher.text).substr(at + kBind.size()));
    if (!rest.starts_with('(')) continue;
    const std::string_view given = trimmed(rest.substr(1));
    if (!given.starts_with('"') && !given.starts_with('\'')) continue;
    const std::string_view name = given.substr(1, given.find(given.front(), 1) - 1);
    if (is_identifier(name)) names.emplace_back(name);
  }
  return names;
}

}  // namespace stallint::rule
