#include "reporters/xml.h"

#include "reporters/utf8.h"

namespace stallint::reporters {
namespace {

// What the standard allows, and does not turn the reading direction around.
bool is_allowed(char32_t value) {
  if (value == '\n') return true;
  return !is_control(value) && value != 0xFFFE && value != 0xFFFF;
}

}  // namespace

std::string escaped_xml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const CodePoint point = decode_front(text);
    text.remove_prefix(point.bytes);
    switch (point.value) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\t':
      case '\r':
        escaped += ' ';
        break;
      default:
        append_utf8(escaped, is_allowed(point.value) ? point.value : 0xFFFD);
    }
  }
  return escaped;
}

}  // namespace stallint::reporters
