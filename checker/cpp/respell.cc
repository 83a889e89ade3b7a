#include "checker/cpp/respell.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace stallint::cpp {

using facts::Span;

namespace {

// Compilers give up at 256 nested brackets.
constexpr size_t kMaxNesting = 250;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

enum class TokenKind : uint8_t { kWord, kNumber, kString, kSign, kDirective };

struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  TokenKind kind = TokenKind::kSign;
  bool first = false;  // on its line
};

// Cuts text into tokens. A directive with all its continued lines is one token.
class Lexer {
 public:
  Lexer(std::string_view text, std::vector<Span>& comments) : text_(text), comments_(comments) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void step() {
    const char c = peek();
    if (c == '\n') {
      first_ = true;
      ++at_;
    } else if (is_blank(c) || c == '\0' || (c == '\\' && (peek(1) == '\n' || peek(1) == '\r'))) {
      ++at_;
    } else if (c == '/' && (peek(1) == '/' || peek(1) == '*')) {
      skip_comment();
    } else if (c == '#' && first_) {
      lex_directive();
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      lex_number();
    } else if (is_word(c)) {
      lex_word();
    } else if (c == '"' || c == '\'') {
      lex_quoted(at_);
    } else {
      add(TokenKind::kSign, at_++);
    }
  }

  void add(TokenKind kind, size_t begin) {
    const size_t end = std::max(at_, begin + 1);
    tokens_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end), kind, first_});
    first_ = false;
  }

  size_t find_line_end(size_t from) const {
    size_t end = text_.find('\n', from);
    while (end != std::string_view::npos) {
      size_t before = end;
      if (before > from && text_[before - 1] == '\r') --before;
      if (before == 0 || text_[before - 1] != '\\') return end;
      end = text_.find('\n', end + 1);
    }
    return text_.size();
  }

  void skip_comment() {
    const size_t begin = at_;
    if (peek(1) == '/') {
      at_ = find_line_end(at_);
    } else {
      const size_t close = text_.find("*/", at_ + 2);
      at_ = close == std::string_view::npos ? text_.size() : close + 2;
    }
    comments_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)});
  }

  void lex_directive() {
    const size_t begin = at_;
    while (at_ < text_.size() && peek() != '\n') {
      if (peek() == '/' && (peek(1) == '/' || peek(1) == '*')) {
        skip_comment();
      } else if (peek() == '\\' && at_ + 1 < text_.size()) {
        at_ += peek(1) == '\r' && peek(2) == '\n' ? 3 : 2;
      } else {
        ++at_;
      }
    }
    at_ = std::min(at_, text_.size());
    first_ = true;
    add(TokenKind::kDirective, begin);
  }

  void lex_number() {
    const size_t begin = at_;
    while (is_word(peek()) || peek() == '.' || (peek() == '\'' && is_word(peek(1))) ||
           ((peek() == '+' || peek() == '-') &&
            std::string_view("eEpP").find(text_[at_ - 1]) != std::string_view::npos &&
            !text_.substr(begin, 2).starts_with("0x"))) {
      ++at_;
    }
    add(TokenKind::kNumber, begin);
  }

  void lex_word() {
    const size_t begin = at_;
    while (is_word(peek())) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if ((peek() == '"' || peek() == '\'') && (word == "L" || word == "u" || word == "U" || word == "u8")) {
      lex_quoted(begin);
    } else if (peek() == '"' && word.size() <= 3 && word.back() == 'R') {
      lex_raw(begin);
    } else {
      add(TokenKind::kWord, begin);
    }
  }

  // To the closing quote, or to the end of the line if there is none.
  void lex_quoted(size_t begin) {
    const char quote = peek();
    ++at_;
    while (at_ < text_.size() && peek() != quote && peek() != '\n') at_ += peek() == '\\' ? 2 : 1;
    if (peek() == quote) ++at_;
    at_ = std::min(at_, text_.size());
    add(TokenKind::kString, begin);
  }

  void lex_raw(size_t begin) {
    constexpr size_t kMaxDelimiter = 16;
    const size_t open = text_.substr(at_, kMaxDelimiter + 2).find('(');
    if (open == std::string_view::npos) return lex_quoted(begin);
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - 1)) + "\"";
    const size_t end = text_.find(close, at_ + open);
    at_ = end == std::string_view::npos ? text_.size() : end + close.size();
    add(TokenKind::kString, begin);
  }

  std::string_view text_;
  std::vector<Span>& comments_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  bool first_ = true;
};

bool is_caps(std::string_view word) {
  constexpr size_t kShortest = 3;  // `T` and `ID` are types
  if (word.size() < kShortest) return false;
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return std::none_of(word.begin(), word.end(), is_lower) && std::any_of(word.begin(), word.end(), is_upper) &&
         word != "NULL" && word != "EOF" && word != "FILE" && word != "DIR";
}

class Respeller {
 public:
  Respeller(std::string_view source, Spelling& spelling) : source_(source), spelling_(spelling) {}

  void run() {
    spelling_.text = source_;
    tokens_ = Lexer(source_, spelling_.comments).run();
    for (const Span& comment : spelling_.comments) blank(comment.begin, comment.end);
    read_directives();
    balance();
    for (at_ = 0; at_ < tokens_.size();) mend();
  }

 private:
  // --- Tokens -----------------------------------------------------------------------------------------------------

  std::string_view word(size_t n) const {
    return n < tokens_.size() ? source_.substr(tokens_[n].begin, tokens_[n].end - tokens_[n].begin)
                              : std::string_view();
  }
  bool is(size_t n, std::string_view text) const { return word(n) == text; }
  bool is_name(size_t n) const { return n < tokens_.size() && tokens_[n].kind == TokenKind::kWord; }

  void blank(uint32_t begin, uint32_t end) {
    for (uint32_t n = begin; n < end; ++n) {
      char& c = spelling_.text[n];
      if (c != '\n' && c != '\r') c = ' ';
    }
  }

  // One past the bracket that closes the one at `open`, or `open` if none does so soon.
  size_t after_brackets(size_t open) const {
    constexpr size_t kFar = 400;
    size_t depth = 0;
    for (size_t n = open; n < tokens_.size() && n < open + kFar; ++n) {
      if (is(n, "(")) ++depth;
      if (is(n, ")") && --depth == 0) return n + 1;
    }
    return open;
  }

  void blank_tokens(size_t from, size_t to) {
    if (from < to) blank(tokens_[from].begin, tokens_[to - 1].end);
  }

  // --- Directives -------------------------------------------------------------------------------------------------

  // A branch of a conditional: what it does to the brackets, and whether a statement ends where it ends.
  struct Branch {
    size_t begin = 0;  // token
    size_t lowest = 0;
    bool whole = true;
  };

  struct Conditional {
    Branch branch;
    size_t depth = 0;         // of brackets where it begins
    size_t depth_after = 0;   // after the first branch that is read
    bool read_first = false;  // some branch was read
    bool fragments = false;   // the branch that was read is no whole statements: read no other
    bool dead = false;        // the branch is `#if 0`
  };

  static std::string_view directive_of(std::string_view text) {
    text.remove_prefix(1);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    size_t end = 0;
    while (end < text.size() && is_word(text[end])) ++end;
    return text.substr(0, end);
  }

  static bool is_never(std::string_view text) {
    const size_t zero = text.find("if") + 2;
    std::string condition;
    for (const char c : text.substr(std::min(zero, text.size()))) {
      if (!is_blank(c)) condition += c;
    }
    return condition == "0" || condition == "false" || condition == "(0)";
  }

  void read_directives() {
    std::vector<Token> kept;
    std::vector<Conditional> open;
    size_t depth = 0;
    std::vector<std::pair<size_t, size_t>> dropped;
    for (size_t n = 0; n < tokens_.size(); ++n) {
      if (tokens_[n].kind != TokenKind::kDirective) {
        if (is(n, "(") || is(n, "{") || is(n, "[")) ++depth;
        if ((is(n, ")") || is(n, "}") || is(n, "]")) && depth > 0) --depth;
        if (!open.empty()) open.back().branch.lowest = std::min(open.back().branch.lowest, depth);
        continue;
      }
      const std::string_view name = directive_of(word(n));
      if (name == "if" || name == "ifdef" || name == "ifndef") {
        Conditional conditional;
        conditional.depth = depth;
        conditional.branch = {n + 1, depth, true};
        conditional.dead = name == "if" && is_never(word(n));
        open.push_back(conditional);
      } else if (!open.empty() && (name.starts_with("el") || name == "endif")) {
        end_branch(open.back(), n, depth, dropped);
        if (name == "endif") {
          open.pop_back();
          if (!open.empty()) open.back().branch.lowest = std::min(open.back().branch.lowest, depth);
        } else {
          open.back().branch = {n + 1, open.back().depth, true};
          open.back().dead = name == "elif" && is_never(word(n));
          depth = open.back().depth;
        }
      }
    }
    std::sort(dropped.begin(), dropped.end());
    size_t next = 0;
    size_t gone = 0;
    for (size_t n = 0; n < tokens_.size(); ++n) {
      while (next < dropped.size() && dropped[next].first <= n) gone = std::max(gone, dropped[next++].second);
      if (tokens_[n].kind == TokenKind::kDirective || n < gone) {
        blank(tokens_[n].begin, tokens_[n].end);
      } else {
        kept.push_back(tokens_[n]);
      }
    }
    tokens_ = std::move(kept);
  }

  // Of branches that hold whole statements all are read, of others the first, for two of them together are no C++:
  // `#if A`, `if (a) {`, `#else`, `if (b) {`, `#endif`.
  void end_branch(Conditional& conditional, size_t end, size_t& depth,
                  std::vector<std::pair<size_t, size_t>>& dropped) {
    const Branch& branch = conditional.branch;
    const bool balanced = branch.lowest >= conditional.depth && depth == conditional.depth;
    const std::string_view last = end > branch.begin ? word(end - 1) : std::string_view();
    const bool whole = last.empty() || last == ";" || last == "}" || last == "," || last == ":" || last.front() == '#';
    const bool first = !conditional.read_first;
    if (conditional.dead || (!first && (conditional.fragments || !balanced || !whole))) {
      dropped.emplace_back(branch.begin, end);
      depth = first ? conditional.depth : conditional.depth_after;
      return;
    }
    if (first) {
      conditional.read_first = true;
      conditional.fragments = !balanced || !whole;
      conditional.depth_after = depth;
    }
    depth = conditional.depth_after;
  }

  // --- Brackets -----------------------------------------------------------------------------------------------------

  static char closer_of(char open) { return open == '(' ? ')' : open == '{' ? '}' : ']'; }

  // Brackets without their other half are left out (a macro may hold it), and so is what lies too deep.
  void balance() {
    std::vector<size_t> open;
    size_t braces = 0;  // among them
    std::vector<bool> odd(tokens_.size());
    std::vector<bool> deep(tokens_.size());
    for (size_t n = 0; n < tokens_.size(); ++n) {
      const char sign = tokens_[n].kind == TokenKind::kSign ? source_[tokens_[n].begin] : ' ';
      if (sign == ')' || sign == '}' || sign == ']') {
        // A brace closes what was left open in it; another bracket speaks for itself alone.
        size_t at = sign == '}' && braces == 0 ? 0 : open.size();
        while (at > 0 && closer_of(source_[tokens_[open[at - 1]].begin]) != sign) at = sign == '}' ? at - 1 : 0;
        if (at == 0) {
          odd[n] = true;
        } else {
          for (size_t unclosed = at; unclosed < open.size(); ++unclosed) odd[open[unclosed]] = true;
          open.resize(at - 1);
          braces -= sign == '}' ? 1 : 0;
        }
      }
      deep[n] = open.size() >= kMaxNesting;
      if (sign == '(' || sign == '{' || sign == '[') open.push_back(n);
      braces += sign == '{' ? 1 : 0;
    }
    for (const size_t unclosed : open) odd[unclosed] = source_[tokens_[unclosed].begin] != '{';
    std::vector<Token> kept;
    kept.reserve(tokens_.size());
    for (size_t n = 0; n < tokens_.size(); ++n) {
      const Token& token = tokens_[n];
      if (deep[n] && spelling_.too_deep.end == 0) spelling_.too_deep = {token.begin, token.end};
      if (odd[n] || deep[n]) {
        blank(token.begin, token.end);
        // Of many nested `{}` the parser cannot tell whether they are blocks.
        const bool empties = deep[n] && !kept.empty() && !deep[n - 1] && source_[kept.back().begin] == '{';
        if (empties) spelling_.text[token.begin] = ';';
      } else {
        kept.push_back(token);
      }
    }
    tokens_ = std::move(kept);
  }

  // --- Macros -----------------------------------------------------------------------------------------------------

  enum class Inside : uint8_t { kNamespace, kClass, kCode, kOther };

  Inside inside() const { return braces_.empty() ? Inside::kNamespace : braces_.back(); }

  // Looks at one token, and takes it, with those that belong to it.
  void mend() {
    const size_t n = at_++;
    const std::string_view text = word(n);
    if (tokens_[n].kind == TokenKind::kWord) {
      mend_word(n, text);
    } else if (text == "{") {
      braces_.push_back(brace_at(n));
      begin_statement(at_);
    } else if (text == "}") {
      if (!braces_.empty()) braces_.pop_back();
      begin_statement(at_);
    } else if (text == ";") {
      begin_statement(at_);
    } else if (text == "(") {
      ++brackets_;
    } else if (text == ")") {
      if (brackets_ > 0) --brackets_;
      mend_after_declarator(at_);
    } else if (text == ":" && inside() == Inside::kClass && n > 0 && is_access(word(n - 1))) {
      begin_statement(at_);
    }
  }

  static bool is_access(std::string_view word) {
    return word == "public" || word == "private" || word == "protected" || word == "signals" || word == "slots";
  }

  void begin_statement(size_t n) {
    statement_ = n;
    brackets_ = 0;
    head_ = {};
  }

  Inside brace_at(size_t n) const {
    if (head_ == "class" || head_ == "struct" || head_ == "union") {
      return brackets_ == 0 && n > 0 && !is(n - 1, ")") && !is(n - 1, "=") ? Inside::kClass : Inside::kCode;
    }
    if (head_ == "namespace" || head_ == "extern") return n > 0 && is(n - 1, ")") ? Inside::kCode : Inside::kNamespace;
    return head_ == "enum" ? Inside::kOther : Inside::kCode;
  }

  void mend_word(size_t n, std::string_view text) {
    if (text == "class" || text == "struct" || text == "union" || text == "namespace" || text == "enum" ||
        text == "extern") {
      const bool parameter = n > 0 && (is(n - 1, "<") || is(n - 1, ","));
      if (brackets_ == 0 && !parameter && (head_.empty() || head_ == "extern")) head_ = text;
      if (text != "namespace" && text != "extern") mend_class_name(n + 1);
    } else if (text == "co_yield") {
      replace(n, "co_await");  // which is an expression to the grammar; readers look at the source
    } else if (text == "throw" && n > 0 && (is(n - 1, "?") || is(n - 1, ":")) && n != statement_) {
      replace(n, "~    ");
    } else if (n == statement_ && is_caps(text)) {
      mend_statement(n);
    } else if (n > statement_ && is_name(n - 1) && is_caps(text)) {
      mend_after_name(n);
    }
  }

  void replace(size_t n, std::string_view by) {
    std::copy(by.begin(), by.end(), spelling_.text.begin() + tokens_[n].begin);
  }

  // `class API Store {`, `class CAPABILITY("mutex") Mutex {`
  void mend_class_name(size_t n) {
    if (!is_name(n)) return;
    const size_t next = is(n + 1, "(") ? after_brackets(n + 1) : n + 1;
    if (next == n + 1 && is(n + 1, "(")) return;
    const bool macro = is_caps(word(n)) && is_name(next) && !is(next, "final");
    if (!macro) return;
    blank_tokens(n, next);
    at_ = next;
  }

  // An ALL_CAPS name where a statement or declaration begins.
  void mend_statement(size_t n) {
    if (is(n + 1, "(")) return mend_macro_call(n);
    if (!is_name(n + 1) && !is(n + 1, "}") && !is(n + 1, "[") && !is(n + 1, "~") && n + 1 < tokens_.size()) return;
    const bool alone = n + 1 >= tokens_.size() || tokens_[n + 1].first || is(n + 1, "}");
    if (!(alone ? tokens_[n].first : is_before_type(n + 1))) return;
    blank_tokens(n, n + 1);
    begin_statement(n + 1);
  }

  // `MACRO(a, b)` without a semicolon. In code it is a call, elsewhere it is nothing that could be read.
  void mend_macro_call(size_t n) {
    const size_t after = after_brackets(n + 1);
    if (after == n + 1) return;
    const bool ends = is(after, ";");
    const bool goes_on = after < tokens_.size() && !ends && (!tokens_[after].first || is(after, "{") || is(after, ":"));
    if (goes_on || (inside() == Inside::kNamespace && ends)) return;
    if (inside() == Inside::kCode) {
      const uint32_t end = tokens_[after - 1].end;
      const bool room = end < source_.size() && (after >= tokens_.size() || tokens_[after].begin > end);
      if (!ends && room && after < tokens_.size()) spelling_.text[end] = ';';
      if (!ends) statement_ = after;
      return;
    }
    blank_tokens(n, after);
    at_ = after;
    begin_statement(after);
  }

  // Whether a type and a name begin at `n`, so that what stands before is no type: `API std::string name();`
  bool is_before_type(size_t n) const {
    while (is(n, "static") || is(n, "inline") || is(n, "const") || is(n, "virtual") || is(n, "constexpr")) ++n;
    if (is(n, "class") || is(n, "struct") || is(n, "template") || is(n, "void") || is(n, "auto")) return true;
    if (!is_name(n)) return false;
    ++n;
    while (is(n, ":") && is(n + 1, ":") && is_name(n + 2)) n += 3;
    if (is(n, "<")) {
      constexpr size_t kFar = 100;
      size_t depth = 0;
      const size_t end = std::min(tokens_.size(), n + kFar);
      for (; n < end; ++n) {
        if (is(n, "<")) ++depth;
        if (is(n, ">") && --depth == 0) break;
      }
      ++n;
    }
    while (is(n, "*") || is(n, "&") || is(n, "const")) ++n;
    return is_name(n);
  }

  // What stands before a function's name, rather than between the name of a variable and the end.
  static bool is_specifier(std::string_view word) {
    static constexpr std::array kWords = {"static", "inline", "const",  "constexpr", "extern",   "virtual", "explicit",
                                          "auto",   "void",   "bool",   "char",      "short",    "int",     "long",
                                          "float",  "double", "signed", "unsigned",  "volatile", "return",  "case"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
  }

  // `int size GUARDED_BY(mutex_);`, and other macros between a name and the end of its declaration.
  void mend_after_name(size_t n) {
    const size_t after = is(n + 1, "(") ? after_brackets(n + 1) : n + 1;
    const bool ends = is(after, ";") || is(after, "=") || is(after, "{");
    if (!ends || inside() == Inside::kOther || (inside() == Inside::kCode && after == n + 1)) return;
    // `static Store FAST(int size) {` defines a function of that name.
    if (n < statement_ + 2 || brackets_ > 0 || after == n + 1 || is_specifier(word(n - 1))) return;
    const bool named = !is(n - 2, "static") && !is(n - 2, "inline") && !is(n - 2, "constexpr") && !is(n - 2, "extern");
    if (!named) return;
    if (word(n).ends_with("GUARDED_BY")) {
      spelling_.guards.push_back({tokens_[n - 1].begin, {tokens_[n + 1].end, tokens_[after - 1].begin}});
    }
    blank_tokens(n, after);
    at_ = after;
  }

  // `void f() API_NOTHROW {`, `void f() REQUIRES(mutex_);`
  void mend_after_declarator(size_t n) {
    while (is(n, "const") || is(n, "noexcept") || is(n, "override")) ++n;
    if (brackets_ > 0 || !is_name(n) || !is_caps(word(n))) return;
    const size_t after = is(n + 1, "(") ? after_brackets(n + 1) : n + 1;
    const bool declares = inside() == Inside::kClass || inside() == Inside::kNamespace;
    if (!is(after, "{") && !(declares && (is(after, ";") || is(after, "=")))) return;
    if (inside() == Inside::kCode && !is(after, "{")) return;
    blank_tokens(n, after);
    at_ = after;
  }

  std::string_view source_;
  Spelling& spelling_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  size_t statement_ = 0;   // the token with which the statement begins
  size_t brackets_ = 0;    // round ones that are open in the statement
  std::string_view head_;  // what the statement defines: `class`, `namespace`...
  std::vector<Inside> braces_;
};

}  // namespace

Spelling respell(std::string_view source) {
  Spelling spelling;
  Respeller(source, spelling).run();
  return spelling;
}

}  // namespace stallint::cpp
