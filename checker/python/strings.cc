// Literals: strings with their escapes, prefixes and holes, and numbers.

#include "checker/python/expressions.h"

#include <algorithm>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_utf8(uint32_t code, std::string& text) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x110000) {
    text += static_cast<char>(0xF0 | (code >> 18));
    text += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// `\x41`, `\u0041`, `\U00000041`: reads `digits` hexadecimal digits from `at`, or nothing.
size_t append_hex(std::string_view inside, size_t at, size_t digits, std::string& text) {
  if (at + digits > inside.size()) return 0;
  uint32_t code = 0;
  for (size_t n = 0; n < digits; ++n) {
    const int value = hex_value(inside[at + n]);
    if (value < 0) return 0;
    code = code * 16 + static_cast<uint32_t>(value);
  }
  append_utf8(code, text);
  return digits;
}

size_t append_octal(std::string_view inside, size_t at, std::string& text) {
  uint32_t code = 0;
  size_t digits = 0;
  while (digits < 3 && at + digits < inside.size() && is_octal(inside[at + digits])) {
    code = code * 8 + static_cast<uint32_t>(inside[at + digits] - '0');
    ++digits;
  }
  append_utf8(code, text);
  return digits;
}

// One escape, whose backslash is at `at`; returns how many bytes it takes. Unknown ones stay as they are.
size_t append_escape(std::string_view inside, size_t at, std::string& text) {
  if (at + 1 >= inside.size()) {
    text += '\\';
    return 1;
  }
  const char letter = inside[at + 1];
  constexpr std::string_view kLetters = "abfnrtv\\'\"";
  constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\'\"";
  const size_t known = kLetters.find(letter);
  if (known != std::string_view::npos) {
    text += kValues[known];
    return 2;
  }
  if (letter == '\n') return 2;
  if (letter == '\r') return at + 2 < inside.size() && inside[at + 2] == '\n' ? 3 : 2;
  if (is_octal(letter)) return 1 + append_octal(inside, at + 1, text);
  const size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  const size_t read = digits == 0 ? 0 : append_hex(inside, at + 2, digits, text);
  if (read != 0) return 2 + read;
  text += '\\';
  return 1;
}

std::string_view prefix_of(std::string_view start) {
  return start.substr(0, std::min(start.find_first_of("'\"`"), start.size()));
}

bool has_letter(std::string_view prefix, char lower) {
  return prefix.find(lower) != std::string_view::npos ||
         prefix.find(static_cast<char>(lower - 'a' + 'A')) != std::string_view::npos;
}

// Parts of a formatted text are joined by one blank, whatever stood between them.
void append_part(std::string_view part, std::string& text) {
  if (part.empty()) return;
  const bool blank = !text.empty() && text.back() == ' ';
  if (blank && part.front() == ' ') part.remove_prefix(1);
  if (!text.empty() && !blank && part.front() != ' ') text += ' ';
  text += part;
}

// `%s`, `%-5.2f`, `%(name)s`: the length of the conversion that begins at `at`.
size_t conversion_length(std::string_view text, size_t at) {
  size_t end = at + 1;
  if (end < text.size() && text[end] == '(') {
    const size_t close = text.find(')', end);
    if (close == std::string_view::npos) return text.size() - at;
    end = close + 1;
  }
  while (end < text.size() && std::string_view("#0- +.*123456789hlL").find(text[end]) != std::string_view::npos) ++end;
  return std::min(end + 1, text.size()) - at;
}

}  // namespace

void cut(std::string& text) {
  if (text.size() <= kMaxText) return;
  size_t end = kMaxText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
}

void append_unescaped(std::string_view inside, bool raw, std::string& text) {
  size_t at = 0;
  while (at < inside.size() && text.size() <= kMaxText) {
    const size_t escape = raw ? std::string_view::npos : inside.find('\\', at);
    const size_t end = std::min(escape, inside.size());
    text.append(inside.substr(at, std::min(end - at, kMaxText + 1)));
    at = end;
    if (at < inside.size()) at += append_escape(inside, at, text);
  }
}

bool Expressions::is_plain(NodeId string) const {
  return syntax().child(string, Kind::kInterpolation) == kNoNode &&
         !has_letter(prefix_of(source_.slice(string)), 'f') && !has_letter(prefix_of(source_.slice(string)), 't');
}

Literal Expressions::literal_of(NodeId string) const {
  return has_letter(prefix_of(source_.slice(string)), 'b') ? Literal::kBytes : Literal::kString;
}

void Expressions::append_constant(NodeId string, std::string& text) const {
  const NodeId begin = syntax().child(string, Kind::kStringStart);
  const NodeId end = syntax().child(string, Kind::kStringEnd);
  if (begin == kNoNode || text.size() > kMaxText) return;
  const uint32_t from = syntax()[begin].end;
  const uint32_t to = end == kNoNode ? syntax()[string].end : syntax()[end].begin;
  append_unescaped(source_.slice(from, std::max(from, to)), has_letter(prefix_of(source_.slice(string)), 'r'), text);
}

// The constant parts of an f-string go into `text`, the values in its holes onto the pending children.
void Expressions::append_formatted(NodeId string, std::string& text) {
  const bool raw = has_letter(prefix_of(source_.slice(string)), 'r');
  if (is_plain(string)) {
    std::string part;
    append_constant(string, part);
    append_part(part, text);
    return;
  }
  for (NodeId child : syntax().children(string)) {
    const Kind kind = syntax().kind(child);
    if (kind == Kind::kStringContent && text.size() <= kMaxText) {
      std::string part;
      append_unescaped(source_.slice(child), raw, part);
      append_part(part, text);
    } else if (kind == Kind::kInterpolation || kind == Kind::kError) {
      push_holes(child);
    }
  }
}

// `{value!r:{width}.2f}` holds value and width.
void Expressions::push_holes(NodeId interpolation) {
  const Depth depth(depth_);
  for (NodeId child : syntax().children(interpolation)) {
    const Kind kind = syntax().kind(child);
    if (kind == Kind::kFormatSpecifier || kind == Kind::kFormatExpression || kind == Kind::kInterpolation) {
      if (!depth.exceeded()) push_holes(child);
    } else if (is_expression(kind) || kind == Kind::kPatternList || kind == Kind::kError) {
      push(read(child));
    }
  }
}

ExprId Expressions::read_strings(NodeId node) {
  const bool one = syntax().kind(node) == Kind::kString;
  std::string text;
  const size_t children = mark();
  bool plain = true;
  Literal kind = Literal::kString;
  if (one) {
    plain = is_plain(node);
    kind = literal_of(node);
    plain ? append_constant(node, text) : append_formatted(node, text);
  } else {
    for (NodeId part : syntax().children(node)) {
      if (syntax().kind(part) == Kind::kString && !is_plain(part)) plain = false;
      if (syntax().kind(part) == Kind::kString) kind = literal_of(part);
    }
    for (NodeId part : syntax().children(node)) {
      if (syntax().kind(part) != Kind::kString) continue;
      plain ? append_constant(part, text) : append_formatted(part, text);
    }
  }
  cut(text);
  const Span at = source_.span(node);
  if (plain) return literal(kind, at, text);
  return add(ExprKind::kFormatted, at, children, file_.strings.id(text));
}

// `"..." % values`; kNone if the left side is no plain string.
ExprId Expressions::read_percent(NodeId binary) {
  const NodeId sign = syntax().child(binary, Field::kOperator);
  const NodeId left = syntax().child(binary, Field::kLeft);
  const NodeId right = syntax().child(binary, Field::kRight);
  if (sign == kNoNode || left == kNoNode || right == kNoNode || source_.slice(sign) != "%") return ExprId::kNone;
  const NodeId format = strip(left);
  const bool one = syntax().kind(format) == Kind::kString;
  if (!one && syntax().kind(format) != Kind::kConcatenatedString) return ExprId::kNone;

  std::string constant;
  const auto append = [&](NodeId string) {
    if (syntax().kind(string) != Kind::kString || !is_plain(string)) return false;
    append_constant(string, constant);
    return true;
  };
  if (one && !append(format)) return ExprId::kNone;
  if (!one) {
    for (NodeId part : syntax().children(format)) {
      if (!append(part)) return ExprId::kNone;
    }
  }
  std::string text;
  size_t at = 0;
  while (at < constant.size()) {
    const size_t sign_at = std::min(constant.find('%', at), constant.size());
    append_part(std::string_view(constant).substr(at, sign_at - at), text);
    at = sign_at;
    if (at < constant.size()) at += conversion_length(constant, at);
  }
  cut(text);

  const size_t children = mark();
  const NodeId values = strip(right);
  if (syntax().kind(values) == Kind::kTuple) {
    for (NodeId value : syntax().children(values)) push(read(value));
  } else {
    push(read(values));
  }
  return add(ExprKind::kFormatted, source_.span(binary), children, file_.strings.id(text));
}

ExprId Expressions::read_number(NodeId node) {
  std::string text(source_.slice(node));
  text.erase(std::remove(text.begin(), text.end(), '_'), text.end());
  cut(text);
  const bool imaginary = !text.empty() && (text.back() == 'j' || text.back() == 'J');
  const bool whole = syntax().kind(node) == Kind::kInteger && !imaginary;
  return literal(whole ? Literal::kInteger : Literal::kFloat, source_.span(node), text);
}

}  // namespace stallint::python
