#include "checker/python/tokens.h"

#include <array>
#include <cstring>

namespace stallint::python {

namespace {

// CPython's limits are 100 indentations and 200 brackets.
constexpr size_t kMaxIndentations = 100;
constexpr size_t kMaxBrackets = 100;
constexpr uint32_t kMaxIndentation = 1000;

enum Class : uint8_t { kOther, kLetter, kDigit, kBlank, kQuote };

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<size_t>(c)] = kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<size_t>(c)] = kLetter;
  for (int c = '0'; c <= '9'; ++c) classes[static_cast<size_t>(c)] = kDigit;
  classes['_'] = kLetter;
  classes[' '] = classes['\t'] = classes['\f'] = classes['\r'] = kBlank;
  classes['"'] = classes['\''] = kQuote;
  return classes;
}();

Class class_of(char c) { return kClasses[static_cast<uint8_t>(c)]; }
bool is_word(char c) { return class_of(c) == kLetter || class_of(c) == kDigit; }

// A word of at most eight letters as a number.
constexpr uint64_t packed(std::string_view word) {
  uint64_t number = 0;
  for (const char c : word) number = number << 8 | static_cast<uint8_t>(c);
  return number;
}

TokenKind kind_of_word(std::string_view word) {
  if (word.size() < 2 || word.size() > 8) return TokenKind::kName;
  switch (packed(word)) {
    case packed("and"):
      return TokenKind::kAnd;
    case packed("as"):
      return TokenKind::kAs;
    case packed("assert"):
      return TokenKind::kAssert;
    case packed("async"):
      return TokenKind::kAsync;
    case packed("await"):
      return TokenKind::kAwait;
    case packed("break"):
      return TokenKind::kBreak;
    case packed("class"):
      return TokenKind::kClass;
    case packed("continue"):
      return TokenKind::kContinue;
    case packed("def"):
      return TokenKind::kDef;
    case packed("del"):
      return TokenKind::kDel;
    case packed("elif"):
      return TokenKind::kElif;
    case packed("else"):
      return TokenKind::kElse;
    case packed("except"):
      return TokenKind::kExcept;
    case packed("False"):
      return TokenKind::kFalse;
    case packed("finally"):
      return TokenKind::kFinally;
    case packed("for"):
      return TokenKind::kFor;
    case packed("from"):
      return TokenKind::kFrom;
    case packed("global"):
      return TokenKind::kGlobal;
    case packed("if"):
      return TokenKind::kIf;
    case packed("import"):
      return TokenKind::kImport;
    case packed("in"):
      return TokenKind::kIn;
    case packed("is"):
      return TokenKind::kIs;
    case packed("lambda"):
      return TokenKind::kLambda;
    case packed("None"):
      return TokenKind::kNone;
    case packed("nonlocal"):
      return TokenKind::kNonlocal;
    case packed("not"):
      return TokenKind::kNot;
    case packed("or"):
      return TokenKind::kOr;
    case packed("pass"):
      return TokenKind::kPass;
    case packed("raise"):
      return TokenKind::kRaise;
    case packed("return"):
      return TokenKind::kReturn;
    case packed("True"):
      return TokenKind::kTrue;
    case packed("try"):
      return TokenKind::kTry;
    case packed("while"):
      return TokenKind::kWhile;
    case packed("with"):
      return TokenKind::kWith;
    case packed("yield"):
      return TokenKind::kYield;
    case packed("exec"):
      return TokenKind::kExec;
    case packed("match"):
      return TokenKind::kMatch;
    case packed("print"):
      return TokenKind::kPrint;
    case packed("type"):
      return TokenKind::kType;
    default:
      return TokenKind::kName;
  }
}

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<Token>& tokens, std::vector<facts::Span>& comments)
      : text_(text), size_(static_cast<uint32_t>(text.size())), tokens_(tokens), comments_(comments) {}

  bool run() {
    while (begin_line()) {
      if (!read_line()) return false;
    }
    if (!sound_ || !brackets_.empty()) return false;
    add(TokenKind::kEnd, size_, size_);
    return true;
  }

 private:
  // What stands before the parser: nothing beyond the end.
  char look(uint32_t ahead = 0) const { return at_ + ahead < size_ ? text_[at_ + ahead] : '\0'; }

  void add(TokenKind kind, uint32_t begin, uint32_t end) { tokens_.push_back({begin, end, kind}); }

  bool give_up() {
    sound_ = false;
    return false;
  }

  // To the end of the line.
  void skip_comment() {
    const void* end = std::memchr(text_.data() + at_, '\n', size_ - at_);
    const uint32_t begin = at_;
    at_ = end == nullptr ? size_ : static_cast<uint32_t>(static_cast<const char*>(end) - text_.data());
    comments_.push_back({begin, at_});
  }

  // From the end of a line to the first code of the next that has any. False at the end of the text.
  bool begin_line() {
    uint32_t width = 0;
    std::vector<Comment>& comments = line_comments_;  // those that are indented like a block belong to it
    comments.clear();
    bool end = false;
    while (true) {
      const char c = look();
      if (c == ' ') {
        ++width;
      } else if (c == '\t') {
        width += 8;
      } else if (c == '\n' || c == '\r' || c == '\f') {
        width = 0;
      } else if (c == '#') {
        skip_comment();
        comments.push_back({width, at_});
        width = 0;
        continue;
      } else if (at_ >= size_) {
        width = 0;
        end = true;
        break;
      } else {
        break;
      }
      ++at_;
    }
    if (width > kMaxIndentation || look() == '\\') return give_up();
    if (width > indents_.back()) {
      if (indents_.size() > kMaxIndentations) return give_up();
      indents_.push_back(width);
      add(TokenKind::kIndent, line_end_, line_end_);
    }
    size_t passed = 0;
    while (width < indents_.back()) {
      while (passed < comments.size() && comments[passed].width >= indents_.back()) line_end_ = comments[passed++].end;
      indents_.pop_back();
      add(TokenKind::kDedent, line_end_, line_end_);
    }
    if (width != indents_.back()) return give_up();
    return !end;
  }

  // To the end of a logical line.
  bool read_line() {
    while (true) {
      if (!skip_blanks()) return false;
      if (at_ >= size_ || text_[at_] == '\n') {
        if (!brackets_.empty()) return false;
        const uint32_t code = tokens_.back().end;
        line_end_ = !comments_.empty() && comments_.back().begin >= code ? comments_.back().end : code;
        add(TokenKind::kNewline, line_end_, line_end_);
        return true;
      }
      if (!read_token()) return false;
    }
  }

  // Blanks, comments, lines that are continued; line ends too within brackets, where lines may not be indented less
  // than their statement: Python would not mind, but tree-sitter does.
  bool skip_blanks() {
    uint32_t width = kMaxIndentation;  // of the line, if only blanks of it have been passed
    while (at_ < size_) {
      const char c = text_[at_];
      if (class_of(c) == kBlank) {
        width += c == '\t' ? 8 : 1;
        ++at_;
      } else if (c == '\n' && !brackets_.empty()) {
        width = 0;
        ++at_;
      } else if (c == '#') {
        if (holes_ > 0) return false;
        skip_comment();
      } else if (c == '\\') {
        const uint32_t end = look(1) == '\r' ? 2 : 1;
        if (look(end) != '\n' || at_ + end + 1 >= size_) return false;
        at_ += end + 1;
      } else {
        return width >= indents_.back();
      }
    }
    return true;
  }

  bool read_token() {
    const char c = text_[at_];
    switch (class_of(c)) {
      case kLetter:
        return read_word();
      case kDigit:
        return read_number();
      case kQuote:
        return read_string(at_);
      default:
        if (c == '.' && class_of(look(1)) == kDigit) return read_number();
        return read_operator(c);
    }
  }

  bool read_word() {
    const uint32_t begin = at_;
    while (at_ < size_ && is_word(text_[at_])) ++at_;
    if (at_ < size_ && (text_[at_] & 0x80) != 0) return false;
    if (at_ < size_ && class_of(text_[at_]) == kQuote) return read_string(begin);
    add(kind_of_word(text_.substr(begin, at_ - begin)), begin, at_);
    return true;
  }

  bool read_digits() {
    const uint32_t begin = at_;
    while (class_of(look()) == kDigit || look() == '_') {
      if (look() == '_' && (at_ == begin || class_of(look(1)) != kDigit)) return false;
      ++at_;
    }
    return at_ > begin;
  }

  bool read_number() {
    const uint32_t begin = at_;
    TokenKind kind = TokenKind::kInteger;
    const char base = static_cast<char>(look(1) | 0x20);
    if (look() == '0' && (base == 'x' || base == 'o' || base == 'b')) {
      at_ += 2;
      const uint32_t digits = at_;
      while (is_word(look())) {
        const char digit = static_cast<char>(look() | 0x20);
        const bool good = base == 'x'   ? class_of(look()) == kDigit || (digit >= 'a' && digit <= 'f')
                          : base == 'o' ? look() >= '0' && look() <= '7'
                                        : look() == '0' || look() == '1';
        if (!good && !(look() == '_' && is_word(look(1)) && look(1) != '_')) return false;
        ++at_;
      }
      if (at_ == digits) return false;
    } else {
      if (look() != '.' && !read_digits()) return false;
      if (look() == '.') {
        kind = TokenKind::kFloat;
        ++at_;
        if (class_of(look()) == kDigit && !read_digits()) return false;
      }
      if (look() == 'e' || look() == 'E') {
        kind = TokenKind::kFloat;
        ++at_;
        if (look() == '+' || look() == '-') ++at_;
        if (!read_digits()) return false;
      }
      if (look() == 'j' || look() == 'J') ++at_;
    }
    if (is_word(look()) || look() == '.') return false;
    add(kind, begin, at_);
    return true;
  }

  struct Quotes {
    char quote = '"';
    bool triple = false;
    bool raw = false;
    bool format = false;
  };

  // From the prefix on; at_ is at the quote.
  bool read_string(uint32_t begin) {
    Quotes quotes;
    for (const char c : text_.substr(begin, at_ - begin)) {
      const char letter = static_cast<char>(c | 0x20);
      quotes.raw |= letter == 'r';
      quotes.format |= letter == 'f' || letter == 't';
      if (letter != 'r' && letter != 'f' && letter != 't' && letter != 'b' && letter != 'u') return false;
    }
    if (at_ - begin > 2) return false;
    quotes.quote = text_[at_];
    quotes.triple = look(1) == quotes.quote && look(2) == quotes.quote;
    at_ += quotes.triple ? 3 : 1;
    if (quotes.format) return read_format(begin, quotes);
    while (at_ < size_) {
      const char c = text_[at_];
      if (c == quotes.quote) {
        if (ends(quotes)) {
          at_ += quotes.triple ? 3 : 1;
          add(TokenKind::kString, begin, at_);
          return true;
        }
        ++at_;
      } else if (c == '\\') {
        at_ += look(1) == '\r' && look(2) == '\n' ? 3 : 2;
      } else if (c == '\n' && !quotes.triple) {
        return false;
      } else {
        ++at_;
      }
    }
    return false;
  }

  bool ends(const Quotes& quotes) const {
    return !quotes.triple || (look(1) == quotes.quote && look(2) == quotes.quote);
  }

  // A backslash in f"...": what it hides, but never a brace.
  void skip_escape(const Quotes& quotes) {
    const char next = look(1);
    if (next == '\r' && look(2) == '\n') {
      at_ += 3;
    } else if (next == '\n' || next == '\\' || next == quotes.quote) {
      at_ += 2;
    } else if (!quotes.raw && next == 'N' && look(2) == '{') {
      const size_t end = text_.find('}', at_);
      at_ = end == std::string_view::npos ? size_ : static_cast<uint32_t>(end) + 1;
    } else {
      ++at_;
    }
  }

  bool read_format(uint32_t begin, const Quotes& quotes) {
    add(TokenKind::kFormatBegin, begin, at_);
    uint32_t text = at_;
    const auto end_text = [&] {
      if (at_ > text) add(TokenKind::kFormatText, text, at_);
    };
    while (at_ < size_) {
      const char c = text_[at_];
      if (c == '\\') {
        if (quotes.raw && at_ == text) return false;  // the grammar may count it to what follows
        skip_escape(quotes);
      } else if (c == '{' || c == '}') {
        if (look(1) == c) {
          at_ += 2;
        } else {
          end_text();
          if (c == '}' || !read_hole(quotes)) return false;
          text = at_;
        }
      } else if (c == quotes.quote && ends(quotes)) {
        end_text();
        const uint32_t end = at_;
        at_ += quotes.triple ? 3 : 1;
        add(TokenKind::kFormatEnd, end, at_);
        return true;
      } else if (c == '\n' && !quotes.triple) {
        return false;
      } else {
        ++at_;
      }
    }
    return false;
  }

  // `{expression}`, with what may follow the expression.
  bool read_hole(const Quotes& quotes) {
    if (brackets_.size() > kMaxBrackets) return false;
    add(TokenKind::kHoleBegin, at_, at_ + 1);
    const uint32_t begin = at_++;
    brackets_.push_back('{');
    const size_t depth = brackets_.size();
    ++holes_;
    bool expects_end = false;  // behind `=` and `!r`
    while (true) {
      if (!skip_blanks() || at_ >= size_) return false;
      const char c = text_[at_];
      if (brackets_.size() == depth) {
        if (c == '}') break;
        if (c == ':') {
          if (look(1) == '=' || !read_specifier(quotes)) return false;
          break;
        }
        if (c == '!' && look(1) != '=') {
          if (look(1) < 'a' || look(1) > 'z') return false;
          add(TokenKind::kConversion, at_, at_ + 2);
          at_ += 2;
          expects_end = true;
          continue;
        }
        if (c == '=' && look(1) != '=') {
          add(TokenKind::kHoleEqual, at_, at_ + 1);
          ++at_;
          expects_end = true;
          continue;
        }
      }
      if (expects_end || !read_token()) return false;
    }
    if (!quotes.triple && text_.substr(begin, at_ - begin).find('\n') != std::string_view::npos) return false;
    --holes_;
    brackets_.pop_back();
    add(TokenKind::kHoleEnd, at_, at_ + 1);
    ++at_;
    return true;
  }

  bool read_specifier(const Quotes& quotes) {
    add(TokenKind::kSpecifier, at_, at_ + 1);
    ++at_;
    while (at_ < size_) {
      const char c = text_[at_];
      if (c == '}') return true;
      if (c == '{') {
        if (look(1) == '{' || !read_hole(quotes)) return false;
      } else if (c == '\n' || c == quotes.quote || c == '\\') {
        return false;
      } else {
        ++at_;
      }
    }
    return false;
  }

  bool open(char closing, TokenKind kind) {
    if (brackets_.size() > kMaxBrackets) return false;
    brackets_.push_back(closing);
    return take(kind, 1);
  }

  bool close(char closing, TokenKind kind) {
    if (brackets_.empty() || brackets_.back() != closing) return false;
    brackets_.pop_back();
    return take(kind, 1);
  }

  bool take(TokenKind kind, uint32_t length) {
    add(kind, at_, at_ + length);
    at_ += length;
    return true;
  }

  // An operator that `=` makes an assignment.
  bool take_updating(TokenKind kind, uint32_t length) {
    return look(length) == '=' ? take(TokenKind::kAugmented, length + 1) : take(kind, length);
  }

  bool read_operator(char c) {
    switch (c) {
      case '(':
        return open(')', TokenKind::kLeftParen);
      case '[':
        return open(']', TokenKind::kLeftBracket);
      case '{':
        return open('}', TokenKind::kLeftBrace);
      case ')':
        return close(')', TokenKind::kRightParen);
      case ']':
        return close(']', TokenKind::kRightBracket);
      case '}':
        return close('}', TokenKind::kRightBrace);
      case ',':
        return take(TokenKind::kComma, 1);
      case ';':
        return take(TokenKind::kSemicolon, 1);
      case ':':
        return look(1) == '=' ? take(TokenKind::kWalrus, 2) : take(TokenKind::kColon, 1);
      case '.':
        return look(1) == '.' && look(2) == '.' ? take(TokenKind::kEllipsis, 3) : take(TokenKind::kDot, 1);
      case '=':
        return look(1) == '=' ? take(TokenKind::kEqualEqual, 2) : take(TokenKind::kEqual, 1);
      case '!':
        return look(1) == '=' && take(TokenKind::kNotEqual, 2);
      case '+':
        return take_updating(TokenKind::kPlus, 1);
      case '-':
        return look(1) == '>' ? take(TokenKind::kArrow, 2) : take_updating(TokenKind::kMinus, 1);
      case '*':
        return look(1) == '*' ? take_updating(TokenKind::kStarStar, 2) : take_updating(TokenKind::kStar, 1);
      case '/':
        return look(1) == '/' ? take_updating(TokenKind::kSlashSlash, 2) : take_updating(TokenKind::kSlash, 1);
      case '%':
        return take_updating(TokenKind::kPercent, 1);
      case '@':
        return take_updating(TokenKind::kAt, 1);
      case '&':
        return take_updating(TokenKind::kAmpersand, 1);
      case '|':
        return take_updating(TokenKind::kBar, 1);
      case '^':
        return take_updating(TokenKind::kCaret, 1);
      case '~':
        return take(TokenKind::kTilde, 1);
      case '<':
        if (look(1) == '<') return take_updating(TokenKind::kShiftLeft, 2);
        if (look(1) == '>') return false;
        return look(1) == '=' ? take(TokenKind::kLessEqual, 2) : take(TokenKind::kLess, 1);
      case '>':
        if (look(1) == '>') return take_updating(TokenKind::kShiftRight, 2);
        return look(1) == '=' ? take(TokenKind::kGreaterEqual, 2) : take(TokenKind::kGreater, 1);
      default:
        return false;
    }
  }

  struct Comment {
    uint32_t width, end;
  };

  std::string_view text_;
  uint32_t size_;
  std::vector<Token>& tokens_;
  std::vector<facts::Span>& comments_;
  uint32_t at_ = 0;
  uint32_t line_end_ = 0;  // of the last line that had code
  bool sound_ = true;
  int holes_ = 0;  // of f"..." around this place
  std::vector<char> brackets_;
  std::vector<uint32_t> indents_{0};
  std::vector<Comment> line_comments_;
};

}  // namespace

bool read_tokens(std::string_view text, std::vector<Token>& tokens, std::vector<facts::Span>& comments) {
  tokens.clear();
  comments.clear();
  if (text.find('\0') != std::string_view::npos) return false;
  return Lexer(text, tokens, comments).run();
}

}  // namespace stallint::python
