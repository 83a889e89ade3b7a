#include "checker/python/quick_parser.h"

namespace stallint::python::quick {

MadeId Parser::read_strings() {
  const MadeId first = read_string();
  if (!begins_string()) return first;
  List strings;
  add(strings, first);
  while (begins_string()) add(strings, read_string());
  return close(Kind::kConcatenatedString, begin_of(first), strings);
}

MadeId Parser::read_string() {
  if (kind() == TokenKind::kFormatBegin) return read_format();
  const Token& token = take();
  const std::string_view text = slice(token);
  const size_t quote = text.find_first_of("\"'");
  const bool triple = text.size() >= quote + 6 && text[quote + 1] == text[quote] && text[quote + 2] == text[quote];
  const uint32_t width = triple ? 3 : 1;
  const uint32_t inside = token.begin + static_cast<uint32_t>(quote) + width;
  uint32_t end = token.end - width;
  if (is_raw_escape(text.substr(0, quote), text_.substr(inside, end - inside), text[quote])) end = inside;
  List parts;
  add(parts, make(Kind::kStringStart, token.begin, inside));
  if (inside < end) add(parts, make(Kind::kStringContent, inside, end));
  add(parts, make(Kind::kStringEnd, end, token.end));
  return close(Kind::kString, token.begin, parts);
}

bool Parser::is_raw_escape(std::string_view prefix, std::string_view inside, char quote) {
  if (inside.empty() || prefix.find_first_of("rR") == prefix.npos) return false;
  for (size_t at = 0; at < inside.size(); ++at) {
    if (inside[at] != '\\') return false;
    const char next = at + 1 < inside.size() ? inside[at + 1] : '\0';
    if (next == quote || next == '\\' || next == '\n' || next == '\r') ++at;
    if (next == '\r' && at + 1 < inside.size() && inside[at + 1] == '\n') ++at;
  }
  return true;
}

MadeId Parser::read_format() {
  const Depth depth(depth_);
  const Token& begin = take();
  List parts;
  add(parts, make(Kind::kStringStart, begin));
  while (kind() != TokenKind::kFormatEnd) {
    if (kind() == TokenKind::kFormatText) {
      add(parts, make(Kind::kStringContent, take()));
    } else {
      add(parts, read_hole(Kind::kInterpolation));
    }
  }
  add(parts, make(Kind::kStringEnd, take()));
  return close(Kind::kString, begin.begin, parts);
}

MadeId Parser::read_hole(Kind hole) {
  const uint32_t begin = take(TokenKind::kHoleBegin).begin;
  List parts;
  List elements;
  do {
    add(elements, read_expression());
  } while (take_if(TokenKind::kComma));
  const bool several = elements.first != elements.last;
  add(parts, several ? close(Kind::kExpressionList, begin_of(elements.first), elements) : elements.first,
      Field::kExpression);
  take_if(TokenKind::kHoleEqual);
  if (kind() == TokenKind::kConversion) add(parts, make(Kind::kUnknown, take()));
  if (kind() == TokenKind::kSpecifier) add(parts, read_specifier(), Field::kFormatSpecifier);
  take(TokenKind::kHoleEnd);
  return close(hole, begin, parts);
}

MadeId Parser::read_specifier() {
  const uint32_t begin = take().begin;
  List holes;
  while (kind() == TokenKind::kHoleBegin) add(holes, read_hole(Kind::kFormatExpression));
  return make(Kind::kFormatSpecifier, begin, token().begin, holes);
}

}  // namespace stallint::python::quick
