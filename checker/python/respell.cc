#include "checker/python/respell.h"

#include <algorithm>

namespace stallint::python {

using facts::Span;

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_word(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

size_t skip_blanks(std::string_view text, size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// After `word` and at least one blank, or npos if that is not what stands at `at`.
size_t skip_keyword(std::string_view text, size_t at, std::string_view word) {
  if (text.substr(at, word.size()) != word) return std::string_view::npos;
  const size_t end = skip_blanks(text, at + word.size());
  return end == at + word.size() ? std::string_view::npos : end;
}

// The bracket that opens the type parameters of a statement that begins at `at`, or npos.
size_t find_type_parameters(std::string_view text, size_t at) {
  const size_t after_async = skip_keyword(text, at, "async");
  if (after_async != std::string_view::npos) at = after_async;
  for (const std::string_view word : {"def", "class", "type"}) {
    size_t name = skip_keyword(text, at, word);
    if (name == std::string_view::npos) continue;
    while (name < text.size() && is_word(text[name])) ++name;
    name = skip_blanks(text, name);
    if (name < text.size() && text[name] == '[') return name;
  }
  return std::string_view::npos;
}

void blank(std::string& text, size_t from, size_t to) {
  for (size_t at = from; at < to; ++at) {
    if (text[at] != '\n' && text[at] != '\r') text[at] = ' ';
  }
}

// Blanks out `= default` in the brackets that open at `open`; gives up at what is no list of type parameters.
void blank_defaults(std::string& text, size_t open) {
  constexpr size_t kMaxLength = 10'000;
  int depth = 0;
  size_t begin = std::string::npos;  // of the default that is being passed
  for (size_t at = open; at < text.size() && at - open < kMaxLength; ++at) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      at = text.find_first_of(std::string{c, '\n'}, at + 1);
      if (at == std::string::npos) return;
    } else if (c == '[' || c == '(' || c == '{') {
      ++depth;
    } else if (c == ']' || c == ')' || c == '}') {
      --depth;
    } else if (c == '=' && depth == 1 && begin == std::string::npos) {
      begin = at;
    }
    const bool ends = depth == 0 || (c == ',' && depth == 1);
    if (ends && begin != std::string::npos) {
      blank(text, begin, at);
      begin = std::string::npos;
    }
    if (depth == 0) return;
  }
}

void blank_type_defaults(std::string& text) {
  size_t line = 0;
  while (line < text.size()) {
    const size_t open = find_type_parameters(text, skip_blanks(text, line));
    if (open != std::string::npos) blank_defaults(text, open);
    line = text.find('\n', line);
    if (line == std::string::npos) break;
    ++line;
  }
}

// `type(self).cache = value`
bool is_misread_alias(const Syntax& syntax, NodeId node) {
  if (syntax.kind(node) != Kind::kTypeAliasStatement) return false;
  const NodeId left = syntax.child(node, Field::kLeft);
  const NodeId name = left == kNoNode ? kNoNode : syntax.first_child(left);
  return name != kNoNode && syntax.kind(name) != Kind::kIdentifier && syntax.kind(name) != Kind::kGenericType;
}

// Keywords that begin statements and cannot stand in an expression.
bool begins_statement(std::string_view line) {
  size_t end = 0;
  while (end < line.size() && is_word(line[end])) ++end;
  const std::string_view word = line.substr(0, end);
  for (const std::string_view keyword :
       {"def", "class", "return", "import", "while", "with", "try", "except", "finally", "elif", "raise", "del", "pass",
        "break", "continue", "global", "nonlocal", "assert"}) {
    if (word == keyword) return true;
  }
  if (word != "async") return false;
  const size_t next = skip_blanks(line, end);
  return line.substr(next, 4) == "def " || line.substr(next, 5) == "with ";
}

// Whether the header of a function or class stands at `at`: without its bracket it would be none.
bool is_header(std::string_view text, size_t at) {
  const size_t after_async = skip_keyword(text, at, "async");
  if (after_async != std::string_view::npos) at = after_async;
  return skip_keyword(text, at, "def") != std::string_view::npos ||
         skip_keyword(text, at, "class") != std::string_view::npos;
}

// The first line from `at` on that holds more than a comment.
size_t begin_of_code_line(std::string_view text, size_t at) {
  size_t line = at;
  while (line < text.size()) {
    const size_t code = skip_blanks(text, line);
    if (code >= text.size()) return text.size();
    if (text[code] != '#' && text[code] != '\n' && text[code] != '\r') break;
    line = std::min(text.find('\n', code), text.size() - 1) + 1;
  }
  return line;
}

// The end of a string whose quote is at `at`: behind the closing quote, or at the end of a line if it is not closed.
size_t skip_string(std::string_view text, size_t at) {
  const char quote = text[at];
  const bool triple = text.substr(at, 3) == std::string(3, quote);
  for (at += triple ? 3 : 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (triple ? text.substr(at, 3) == std::string(3, quote) : text[at] == quote) {
      return at + (triple ? 3 : 1);
    } else if (!triple && text[at] == '\n') {
      return at;
    }
  }
  return text.size();
}

// Goes through a text line by line, with the brackets that are open.
class Mender {
 public:
  Mender(std::string_view text, std::vector<Span>& gaps) : text_(text), gaps_(gaps) {}

  std::string run() {
    begin_statement(0);
    size_t comment = std::string_view::npos;  // on this line
    size_t at = 0;
    while (at < text_.size()) {
      const char c = text_[at];
      if (c == '"' || c == '\'') {
        at = skip_string(text_, at);
      } else if (c == '#') {
        comment = at;
        at = std::min(text_.find('\n', at), text_.size());
      } else if (c == '\n') {
        at = pass_line(std::min(comment, at), begin_of_code_line(text_, at + 1));
        comment = std::string_view::npos;
      } else {
        pass(c, at);
        ++at;
      }
    }
    return copy_;
  }

 private:
  void begin_statement(size_t line) {
    const size_t code = skip_blanks(text_, line);
    indentation_ = code - line;
    header_ = is_header(text_, code);
  }

  // The parser mends open headers better than we could.
  void pass(char c, size_t at) {
    if ((c == '(' || c == '[' || c == '{') && !header_) open_.push_back(at);
    if ((c == ')' || c == ']' || c == '}') && !open_.empty()) open_.pop_back();
  }

  // From the end of the code on one line to the next line that holds code; returns where that code begins.
  size_t pass_line(size_t end, size_t line) {
    const size_t code = skip_blanks(text_, line);
    if (!open_.empty() && begins_statement(text_.substr(code))) blank_open();
    if (open_.empty()) {
      begin_statement(line);
    } else if (code < text_.size() && code - line < indentation_) {
      if (copy_.empty()) copy_ = text_;
      std::fill(copy_.data() + end, copy_.data() + code, ' ');
    }
    return code;
  }

  void blank_open() {
    if (copy_.empty()) copy_ = text_;
    for (const size_t bracket : open_) {
      copy_[bracket] = ' ';
      gaps_.push_back({static_cast<uint32_t>(bracket), static_cast<uint32_t>(bracket + 1)});
    }
    open_.clear();
  }

  std::string_view text_;
  std::vector<Span>& gaps_;
  std::string copy_;
  std::vector<size_t> open_;
  size_t indentation_ = 0;  // of the statement
  bool header_ = false;
};

}  // namespace

std::string without_lone_returns(std::string_view text) {
  std::string copy;
  size_t at = text.find('\r');
  while (at != std::string_view::npos) {
    const bool lone = at + 1 >= text.size() || text[at + 1] != '\n';
    if (lone && copy.empty()) copy = text;
    if (lone) copy[at] = '\n';
    at = text.find('\r', at + 1);
  }
  return copy;
}

std::string without_misread(const Syntax& syntax, std::string_view text) {
  std::string copy;
  for (NodeId node = 0; node < syntax.nodes.size(); ++node) {
    if (!is_misread_alias(syntax, node)) continue;
    if (copy.empty()) copy = text;
    copy[syntax[node].begin] = 'T';  // a name like any other
  }
  if (!syntax.errors.empty()) {
    if (copy.empty()) copy = text;
    blank_type_defaults(copy);
  }
  return copy == text ? std::string() : copy;
}

std::string with_sound_brackets(std::string_view text, std::vector<Span>& gaps) { return Mender(text, gaps).run(); }

}  // namespace stallint::python
