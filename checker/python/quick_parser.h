#pragma once
// Inside of the quick reader; only its own files include this. Each function reads one thing of the grammar, from the
// token at hand on, and gives the node: `read_if` is at `if` and ends behind the last line of the last branch. What is
// not ordinary is thrown, and caught by parse_quickly().
//
//   quick_statements.cc    statements that hold others, definitions, types
//   quick_simple.cc        all other statements, and what is assigned to
//   quick_expressions.cc   expressions
//   quick_strings.cc       strings
//   quick_match.cc         `match` and its patterns

#include "checker/python/syntax.h"
#include "checker/python/tokens.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stallint::python::quick {

// What is not ordinary.
struct Odd {};

// Deeper than people nest, and far from the end of the stack.
constexpr int kMaxDepth = 120;

// A node whose parent is not known yet: a call is known only behind what is called. So children are linked, and put in
// their order in the end.
using MadeId = uint32_t;
constexpr MadeId kNothing = UINT32_MAX;

struct Made {
  uint32_t begin = 0;
  uint32_t end = 0;
  MadeId first = kNothing;
  MadeId next = kNothing;
  Kind kind = Kind::kUnknown;
  Field field = Field::kNone;
};

struct List {
  MadeId first = kNothing;
  MadeId last = kNothing;
};

// `a, b` or `a,` or but `a`.
struct Elements {
  List nodes;
  bool comma = false;
};

inline bool is_name(TokenKind kind) {
  return kind == TokenKind::kName || (kind >= TokenKind::kExec && kind <= TokenKind::kType);
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<Token>& tokens, std::vector<Made>& made)
      : text_(text), tokens_(tokens), made_(made) {}

  MadeId read_module();

 private:
  class Depth {
   public:
    explicit Depth(int& depth) : depth_(depth) {
      if (++depth_ > kMaxDepth) throw Odd();
    }
    ~Depth() { --depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

   private:
    int& depth_;
  };

  // --- Tokens
  const Token& token(size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  TokenKind kind(size_t ahead = 0) const { return token(ahead).kind; }
  const Token& take() { return tokens_[at_++]; }
  const Token& take(TokenKind wanted) {
    if (kind() != wanted) throw Odd();
    return take();
  }
  bool take_if(TokenKind wanted) {
    if (kind() != wanted) return false;
    ++at_;
    return true;
  }
  uint32_t last_end() const { return tokens_[at_ - 1].end; }

  // --- Nodes
  MadeId make(Kind kind, uint32_t begin, uint32_t end, List children = {}) {
    made_.push_back({begin, end, children.first, kNothing, kind, Field::kNone});
    return static_cast<MadeId>(made_.size() - 1);
  }
  MadeId make(Kind kind, const Token& token) { return make(kind, token.begin, token.end); }
  // From a place to the last token taken.
  MadeId close(Kind kind, uint32_t begin, List children) { return make(kind, begin, last_end(), children); }
  void add(List& list, MadeId node, Field field = Field::kNone) {
    made_[node].field = field;
    if (list.first == kNothing) {
      list.first = node;
    } else {
      made_[list.last].next = node;
    }
    list.last = node;
  }
  uint32_t begin_of(MadeId node) const { return made_[node].begin; }
  uint32_t end_of(MadeId node) const { return made_[node].end; }
  Kind kind_of(MadeId node) const { return made_[node].kind; }

  // --- Statements
  void read_statement(List& into);

  // Returns where they end: behind the comment on their line.
  uint32_t read_simple_statements(List& into);

  // What stands behind a colon.
  MadeId read_suite();
  MadeId read_if();
  MadeId read_else();
  MadeId read_while();
  MadeId read_try();
  MadeId read_except();

  // `expression as target`
  MadeId read_aliased();
  MadeId read_perhaps_async();
  MadeId read_for(uint32_t begin, List parts);
  MadeId read_with(uint32_t begin, List parts);

  // Brackets around several items belong to the clause, around one to the item.
  MadeId read_with_clause();

  // Whether the bracket here holds several items, and the colon follows it.
  bool begins_bracketed_items() const;
  MadeId read_function(uint32_t begin, List parts);
  MadeId read_class();
  MadeId read_decorated();
  MadeId read_name();
  MadeId read_parameters();

  // What a colon behind a parameter begins.
  enum class Colon { kType, kBody };
  MadeId read_parameter(Colon colon);

  // --- Types
  MadeId wrap(Kind kind, MadeId inner);

  // `list[int]` is a type with parameters and `typing.List[int]` a subscript. Of what `|` joins, all is an expression
  // if the first is.
  MadeId read_type();

  // `*Ts`, `**kwargs`
  MadeId read_star_and_name(Kind kind);
  bool begins_generic() const;
  MadeId read_generic();

  // `[T, U: int]`
  MadeId read_type_parameters();

  // --- Simple statements
  MadeId read_simple();

  // Whether some argument of this statement has a star: where `print` begins it, the grammar reads `*a()` as `(*a)()`.
  bool has_splat_argument() const;

  // `type Name[T] = ...`
  MadeId read_alias();
  static bool ends_statement(TokenKind kind) { return kind == TokenKind::kNewline || kind == TokenKind::kSemicolon; }
  bool ends_statement() const { return ends_statement(kind()); }

  MadeId read_raise();
  MadeId read_dotted();
  void read_imported(List& names);
  MadeId read_import_from();
  std::string_view slice(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }

  // Elements separated by commas, outside of brackets.
  Elements read_elements();
  bool ends_elements() const;

  // Outside of brackets the grammar knows stars before names only.
  MadeId read_starred();
  bool is_place(MadeId node) const;

  // The one element, or a list of them that ends with the last token taken.
  MadeId listed(Kind list, const Elements& elements);
  MadeId read_expressions();
  MadeId read_yield();
  MadeId read_expression_statement();

  // Elements as what is assigned to; the last token belongs to them.
  MadeId target_of(const Elements& elements);
  void make_pattern(MadeId node);
  MadeId read_assignment(MadeId left);
  MadeId read_update(MadeId left);

  // What a loop assigns to.
  MadeId read_targets();

  // --- Expressions
  MadeId read_expression();

  // `name := value`; `if` is not part of the value.
  MadeId read_named(MadeId name);
  MadeId read_lambda();
  MadeId joined(Kind kind, MadeId left, const Token& by, MadeId right);

  // `or`
  MadeId read_either();

  // `and`
  MadeId read_both();
  MadeId read_not();
  bool begins_comparison() const;
  MadeId read_comparison();

  // Operators at least so tight.
  MadeId read_binary(int least);
  MadeId read_unary();
  MadeId read_power();
  MadeId read_postfix();
  MadeId read_arguments();
  MadeId read_argument();
  MadeId read_subscript(MadeId value);
  MadeId read_index();
  MadeId read_atom();

  // Elements of a list, tuple or set, from the second on; behind the first. True if there was a comma.
  bool read_further(List& elements, TokenKind closing);
  MadeId read_element();
  MadeId read_bracketed();
  MadeId read_list();
  MadeId read_braces();
  MadeId read_pair(MadeId key);
  bool begins_comprehension() const;
  MadeId read_comprehension(Kind comprehension, uint32_t begin, MadeId body, TokenKind closing);

  // --- Strings
  MadeId read_strings();
  bool begins_string() const { return kind() == TokenKind::kString || kind() == TokenKind::kFormatBegin; }

  MadeId read_string();

  // Whether nothing but backslashes and what they hide stands in a raw string: to the grammar that is part of its end.
  static bool is_raw_escape(std::string_view prefix, std::string_view inside, char quote);
  MadeId read_format();
  MadeId read_hole(Kind hole);
  MadeId read_specifier();

  // --- match
  // Whether the line is the head of a `match` statement: `match` is a name too.
  bool begins_match() const;
  bool is_word(std::string_view word) const { return kind() == TokenKind::kName && slice(token()) == word; }

  MadeId read_match();
  MadeId read_case();
  MadeId read_case_pattern();

  // `a | b`
  void read_alternatives(List& into);

  // Adds nothing for `_`.
  void read_simple_pattern(List& into);

  // `*rest`, `*_`
  MadeId read_splat_pattern();
  MadeId read_mapping_pattern();
  MadeId read_sequence_pattern(Kind kind, uint32_t begin, TokenKind closing);
  void read_patterns(List& into, TokenKind closing);

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::vector<Made>& made_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace stallint::python::quick
