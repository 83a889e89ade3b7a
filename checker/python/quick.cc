#include "checker/python/quick.h"

#include "checker/python/tokens.h"

#include <algorithm>
#include <utility>

namespace stallint::python {

namespace {

// What is not ordinary.
struct Odd {};

// Deeper than people nest, and far from the end of the stack.
constexpr int kMaxDepth = 120;

// A node whose parent is not known yet. Children are a list, as a call is known only behind what is called.
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

bool is_name(TokenKind kind) {
  return kind == TokenKind::kName || (kind >= TokenKind::kExec && kind <= TokenKind::kType);
}

// How tight an operator between two operands binds; 0 if it is none. As in the grammar, ^ is tighter than &.
int tightness(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBar:
      return 1;
    case TokenKind::kAmpersand:
      return 2;
    case TokenKind::kCaret:
      return 3;
    case TokenKind::kShiftLeft:
    case TokenKind::kShiftRight:
      return 4;
    case TokenKind::kPlus:
    case TokenKind::kMinus:
      return 5;
    case TokenKind::kStar:
    case TokenKind::kAt:
    case TokenKind::kSlash:
    case TokenKind::kSlashSlash:
    case TokenKind::kPercent:
      return 6;
    default:
      return 0;
  }
}

// Everything a thread needs again for the next text.
struct Room {
  std::vector<Token> tokens;
  std::vector<facts::Span> comments;
  std::vector<Made> made;
  std::vector<std::pair<MadeId, NodeId>> open;
};

class Parser {
 public:
  Parser(std::string_view text, Room& room) : text_(text), tokens_(room.tokens), made_(room.made) {}

  MadeId read_module() {
    List statements;
    while (kind() != TokenKind::kEnd) read_statement(statements);
    const size_t begin = text_.find_first_not_of(" \t\r\n\f");
    return make(Kind::kModule, static_cast<uint32_t>(begin), static_cast<uint32_t>(text_.size()), statements);
  }

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
  void read_statement(List& into) {
    const Depth depth(depth_);
    switch (kind()) {
      case TokenKind::kIf:
        add(into, read_if());
        break;
      case TokenKind::kFor:
      case TokenKind::kWith:
      case TokenKind::kDef:
      case TokenKind::kAsync:
        add(into, read_perhaps_async());
        break;
      case TokenKind::kWhile:
        add(into, read_while());
        break;
      case TokenKind::kTry:
        add(into, read_try());
        break;
      case TokenKind::kClass:
        add(into, read_class());
        break;
      case TokenKind::kAt:
        add(into, read_decorated());
        break;
      case TokenKind::kMatch:
        if (begins_match()) {
          add(into, read_match());
          break;
        }
        [[fallthrough]];
      default:
        read_simple_statements(into);
    }
  }

  // Returns where they end: behind the comment on their line.
  uint32_t read_simple_statements(List& into) {
    do {
      add(into, read_simple());
    } while (take_if(TokenKind::kSemicolon) && kind() != TokenKind::kNewline);
    return take(TokenKind::kNewline).end;
  }

  // What stands behind a colon.
  MadeId read_suite() {
    take(TokenKind::kColon);
    List statements;
    uint32_t begin = token().begin;
    if (kind() != TokenKind::kNewline) {
      const uint32_t end = read_simple_statements(statements);
      return make(Kind::kBlock, begin, end, statements);
    }
    take();
    take(TokenKind::kIndent);
    begin = token().begin;
    while (kind() != TokenKind::kDedent) read_statement(statements);
    return make(Kind::kBlock, begin, take().end, statements);
  }

  MadeId read_if() {
    const uint32_t begin = take().begin;
    List parts;
    add(parts, read_expression(), Field::kCondition);
    add(parts, read_suite(), Field::kConsequence);
    while (kind() == TokenKind::kElif) {
      const uint32_t elif = take().begin;
      List clause;
      add(clause, read_expression(), Field::kCondition);
      add(clause, read_suite(), Field::kConsequence);
      add(parts, make(Kind::kElifClause, elif, end_of(clause.last), clause), Field::kAlternative);
    }
    if (kind() == TokenKind::kElse) add(parts, read_else(), Field::kAlternative);
    return make(Kind::kIfStatement, begin, end_of(parts.last), parts);
  }

  MadeId read_else() {
    const uint32_t begin = take().begin;
    List body;
    add(body, read_suite(), Field::kBody);
    return make(Kind::kElseClause, begin, end_of(body.last), body);
  }

  MadeId read_while() {
    const uint32_t begin = take().begin;
    List parts;
    add(parts, read_expression(), Field::kCondition);
    add(parts, read_suite(), Field::kBody);
    if (kind() == TokenKind::kElse) add(parts, read_else(), Field::kAlternative);
    return make(Kind::kWhileStatement, begin, end_of(parts.last), parts);
  }

  MadeId read_try() {
    const uint32_t begin = take().begin;
    List parts;
    add(parts, read_suite(), Field::kBody);
    while (kind() == TokenKind::kExcept) add(parts, read_except());
    if (kind() == TokenKind::kElse) add(parts, read_else());
    if (kind() == TokenKind::kFinally) {
      const uint32_t finally = take().begin;
      List body;
      add(body, read_suite());
      add(parts, make(Kind::kFinallyClause, finally, end_of(body.last), body));
    }
    return make(Kind::kTryStatement, begin, end_of(parts.last), parts);
  }

  MadeId read_except() {
    const uint32_t begin = take().begin;
    List parts;
    if (kind() != TokenKind::kColon) {
      add(parts, read_aliased(), Field::kValue);
      while (take_if(TokenKind::kComma)) add(parts, read_expression(), Field::kValue);
    }
    add(parts, read_suite());
    return make(Kind::kExceptClause, begin, end_of(parts.last), parts);
  }

  // `expression as target`
  MadeId read_aliased() {
    const MadeId value = read_expression();
    if (kind() != TokenKind::kAs) return value;
    // Of these the grammar takes the last part for what `as` names.
    const Kind last = kind_of(value);
    if (last == Kind::kConditionalExpression || last == Kind::kLambda || last == Kind::kNamedExpression) throw Odd();
    take();
    List target;
    add(target, read_postfix());
    List parts;
    add(parts, value);
    add(parts, make(Kind::kAsPatternTarget, begin_of(target.last), end_of(target.last), target), Field::kAlias);
    return make(Kind::kAsPattern, begin_of(value), end_of(parts.last), parts);
  }

  MadeId read_perhaps_async() {
    const uint32_t begin = token().begin;
    List parts;
    if (kind() == TokenKind::kAsync) add(parts, make(Kind::kAsync, take()));
    switch (kind()) {
      case TokenKind::kDef:
        return read_function(begin, parts);
      case TokenKind::kFor:
        return read_for(begin, parts);
      case TokenKind::kWith:
        return read_with(begin, parts);
      default:
        throw Odd();
    }
  }

  MadeId read_for(uint32_t begin, List parts) {
    take();
    add(parts, read_targets(), Field::kLeft);
    take(TokenKind::kIn);
    add(parts, read_expressions(), Field::kRight);
    add(parts, read_suite(), Field::kBody);
    if (kind() == TokenKind::kElse) add(parts, read_else(), Field::kAlternative);
    return make(Kind::kForStatement, begin, end_of(parts.last), parts);
  }

  MadeId read_with(uint32_t begin, List parts) {
    take();
    add(parts, read_with_clause());
    add(parts, read_suite(), Field::kBody);
    return make(Kind::kWithStatement, begin, end_of(parts.last), parts);
  }

  // Brackets around several items belong to the clause, around one to the item.
  MadeId read_with_clause() {
    const uint32_t begin = token().begin;
    const bool bracketed = kind() == TokenKind::kLeftParen && begins_bracketed_items();
    if (bracketed) take();
    List items;
    do {
      if (bracketed && kind() == TokenKind::kRightParen) break;
      List value;
      if (kind() == TokenKind::kStar) throw Odd();
      add(value, read_aliased(), Field::kValue);
      add(items, make(Kind::kWithItem, begin_of(value.last), end_of(value.last), value));
    } while (take_if(TokenKind::kComma));
    if (bracketed) take(TokenKind::kRightParen);
    return close(Kind::kWithClause, begin, items);
  }

  // Whether the bracket here holds several items, and the colon follows it.
  bool begins_bracketed_items() const {
    int depth = 0;
    bool several = false;
    for (size_t i = at_; i < tokens_.size(); ++i) {
      switch (tokens_[i].kind) {
        case TokenKind::kLeftParen:
        case TokenKind::kLeftBracket:
        case TokenKind::kLeftBrace:
        case TokenKind::kHoleBegin:
          ++depth;
          break;
        case TokenKind::kRightParen:
        case TokenKind::kRightBracket:
        case TokenKind::kRightBrace:
        case TokenKind::kHoleEnd:
          if (--depth > 0) break;
          if (tokens_[i + 1].kind != TokenKind::kColon) return false;
          if (several && tokens_[i - 1].kind == TokenKind::kComma && items_before(i) < 2) throw Odd();
          return several;
        case TokenKind::kComma:
          several |= depth == 1;
          break;
        case TokenKind::kLambda:
          if (depth == 1) throw Odd();  // has commas of its own
          break;
        case TokenKind::kNewline:
          return false;
        default:
          break;
      }
    }
    return false;
  }

  // How many items stand in the bracket that closes there: `(a,)` may be a tuple as well.
  int items_before(size_t closing) const {
    int commas = 0;
    int depth = 0;
    for (size_t i = at_; i < closing; ++i) {
      const TokenKind kind = tokens_[i].kind;
      if (kind == TokenKind::kLeftParen || kind == TokenKind::kLeftBracket || kind == TokenKind::kLeftBrace) ++depth;
      if (kind == TokenKind::kRightParen || kind == TokenKind::kRightBracket || kind == TokenKind::kRightBrace) --depth;
      if (kind == TokenKind::kComma && depth == 1) ++commas;
    }
    return commas;
  }

  MadeId read_function(uint32_t begin, List parts) {
    take();
    add(parts, read_name(), Field::kName);
    if (kind() == TokenKind::kLeftBracket) add(parts, read_type_parameters(), Field::kTypeParameters);
    add(parts, read_parameters(), Field::kParameters);
    if (take_if(TokenKind::kArrow)) add(parts, read_type(), Field::kReturnType);
    add(parts, read_suite(), Field::kBody);
    return make(Kind::kFunctionDefinition, begin, end_of(parts.last), parts);
  }

  MadeId read_class() {
    const uint32_t begin = take().begin;
    List parts;
    add(parts, read_name(), Field::kName);
    if (kind() == TokenKind::kLeftBracket) add(parts, read_type_parameters(), Field::kTypeParameters);
    if (kind() == TokenKind::kLeftParen) {
      const MadeId bases = read_arguments();
      if (kind_of(bases) != Kind::kArgumentList) throw Odd();
      add(parts, bases, Field::kSuperclasses);
    }
    add(parts, read_suite(), Field::kBody);
    return make(Kind::kClassDefinition, begin, end_of(parts.last), parts);
  }

  MadeId read_decorated() {
    const uint32_t begin = token().begin;
    List parts;
    while (kind() == TokenKind::kAt) {
      const uint32_t at = take().begin;
      List expression;
      add(expression, read_expression());
      add(parts, make(Kind::kDecorator, at, take(TokenKind::kNewline).end, expression));
    }
    if (kind() != TokenKind::kClass && kind() != TokenKind::kDef && kind() != TokenKind::kAsync) throw Odd();
    const bool is_class = kind() == TokenKind::kClass;
    if (kind() == TokenKind::kAsync && kind(1) != TokenKind::kDef) throw Odd();
    add(parts, is_class ? read_class() : read_perhaps_async(), Field::kDefinition);
    return make(Kind::kDecoratedDefinition, begin, end_of(parts.last), parts);
  }

  MadeId read_name() {
    if (!is_name(kind())) throw Odd();
    return make(Kind::kIdentifier, take());
  }

  MadeId read_parameters() {
    const uint32_t begin = take(TokenKind::kLeftParen).begin;
    List parameters;
    while (kind() != TokenKind::kRightParen) {
      add(parameters, read_parameter(true));
      if (!take_if(TokenKind::kComma)) break;
    }
    take(TokenKind::kRightParen);
    return close(Kind::kParameters, begin, parameters);
  }

  MadeId read_parameter(bool typed) {
    const Token& first = token();
    if (first.kind == TokenKind::kSlash) return make(Kind::kPositionalSeparator, take());
    if (first.kind == TokenKind::kStar && !is_name(kind(1))) return make(Kind::kKeywordSeparator, take());
    List parts;
    if (first.kind == TokenKind::kStar || first.kind == TokenKind::kStarStar) {
      const bool one = take().kind == TokenKind::kStar;
      List name;
      add(name, read_name());
      const MadeId splat = close(one ? Kind::kListSplatPattern : Kind::kDictionarySplatPattern, first.begin, name);
      if (!typed || !take_if(TokenKind::kColon)) return splat;
      add(parts, splat);
      add(parts, read_type(), Field::kType);
      return close(Kind::kTypedParameter, first.begin, parts);
    }
    const MadeId name = read_name();
    const bool has_type = typed && take_if(TokenKind::kColon);
    const MadeId type = has_type ? read_type() : kNothing;
    const bool has_default = take_if(TokenKind::kEqual);
    if (!has_type && !has_default) return name;
    add(parts, name, has_default ? Field::kName : Field::kNone);
    if (has_type) add(parts, type, Field::kType);
    if (!has_default) return close(Kind::kTypedParameter, first.begin, parts);
    add(parts, read_expression(), Field::kValue);
    return close(has_type ? Kind::kTypedDefaultParameter : Kind::kDefaultParameter, first.begin, parts);
  }

  // --- Types

  MadeId wrap(Kind kind, MadeId inner) {
    List parts;
    add(parts, inner);
    return make(kind, begin_of(inner), end_of(inner), parts);
  }

  // `list[int]` is a type with parameters and `typing.List[int]` a subscript. Of what `|` joins, all is an expression
  // if the first is.
  MadeId read_type() {
    const Depth depth(depth_);
    if (kind() == TokenKind::kStar || kind() == TokenKind::kStarStar) {
      return wrap(Kind::kType, read_star_and_name(Kind::kSplatType));
    }
    if (!begins_generic()) return wrap(Kind::kType, read_expression());
    MadeId type = wrap(Kind::kType, read_generic());
    while (take_if(TokenKind::kBar)) {
      List parts;
      add(parts, type);
      const bool generic = begins_generic();
      add(parts, wrap(Kind::kType, generic ? read_generic() : read_binary(1)));
      type = wrap(Kind::kType, make(Kind::kUnionType, begin_of(type), end_of(parts.last), parts));
    }
    return type;
  }

  // `*Ts`, `**kwargs`
  MadeId read_star_and_name(Kind kind) {
    const Token& star = take();
    List parts;
    add(parts, make(star.kind == TokenKind::kStar ? Kind::kStar : Kind::kStarStar, star));
    add(parts, read_name());
    return close(kind, star.begin, parts);
  }

  bool begins_generic() const {
    return (kind() == TokenKind::kName || kind() == TokenKind::kType) && kind(1) == TokenKind::kLeftBracket;
  }

  MadeId read_generic() {
    List parts;
    add(parts, read_name());
    const uint32_t begin = take().begin;
    List types;
    do {
      if (kind() == TokenKind::kRightBracket) break;
      add(types, read_type());
    } while (take_if(TokenKind::kComma));
    take(TokenKind::kRightBracket);
    if (types.first == kNothing) throw Odd();
    add(parts, close(Kind::kTypeParameter, begin, types));
    return close(Kind::kGenericType, begin_of(parts.first), parts);
  }

  // `[T, U: int]`
  MadeId read_type_parameters() {
    const uint32_t begin = take().begin;
    List types;
    do {
      if (kind() == TokenKind::kRightBracket) break;
      MadeId type = read_type();
      if (take_if(TokenKind::kColon)) {
        List parts;
        add(parts, type);
        add(parts, read_type());
        type = wrap(Kind::kType, close(Kind::kConstrainedType, begin_of(type), parts));
      }
      add(types, type);
    } while (take_if(TokenKind::kComma));
    take(TokenKind::kRightBracket);
    if (types.first == kNothing) throw Odd();
    return close(Kind::kTypeParameter, begin, types);
  }

  // --- Simple statements

  MadeId read_simple() {
    switch (kind()) {
      case TokenKind::kReturn: {
        const uint32_t begin = take().begin;
        List value;
        if (!ends_statement()) add(value, read_expressions());
        return close(Kind::kReturnStatement, begin, value);
      }
      case TokenKind::kImport: {
        const uint32_t begin = take().begin;
        List names;
        read_imported(names, false);
        return close(Kind::kImportStatement, begin, names);
      }
      case TokenKind::kFrom:
        return read_import_from();
      case TokenKind::kRaise:
        return read_raise();
      case TokenKind::kAssert: {
        const uint32_t begin = take().begin;
        List values;
        do {
          add(values, read_expression());
        } while (take_if(TokenKind::kComma));
        return close(Kind::kAssertStatement, begin, values);
      }
      case TokenKind::kDel: {
        const uint32_t begin = take().begin;
        List value;
        add(value, read_expressions());
        return close(Kind::kDeleteStatement, begin, value);
      }
      case TokenKind::kGlobal:
      case TokenKind::kNonlocal: {
        const Token& first = take();
        List names;
        do {
          add(names, read_name());
        } while (take_if(TokenKind::kComma));
        return close(first.kind == TokenKind::kGlobal ? Kind::kGlobalStatement : Kind::kNonlocalStatement, first.begin,
                     names);
      }
      case TokenKind::kPass:
        return make(Kind::kPassStatement, take());
      case TokenKind::kBreak:
        return make(Kind::kBreakStatement, take());
      case TokenKind::kContinue:
        return make(Kind::kContinueStatement, take());
      case TokenKind::kPrint:  // statements of Python 2
      case TokenKind::kExec:
        if (kind(1) != TokenKind::kLeftParen || has_splat_argument()) throw Odd();
        return read_expression_statement();
      case TokenKind::kType:
        return is_name(kind(1)) ? read_alias() : read_expression_statement();
      default:
        return read_expression_statement();
    }
  }

  // Whether some argument of this statement has a star: where `print` begins it, the grammar reads `*a()` as `(*a)()`.
  bool has_splat_argument() const {
    for (size_t i = at_ + 1; !ends_statement(tokens_[i].kind); ++i) {
      const TokenKind before = tokens_[i - 1].kind;
      if (tokens_[i].kind != TokenKind::kStar) continue;
      if (before == TokenKind::kLeftParen || before == TokenKind::kComma) return true;
    }
    return false;
  }

  // `type Name[T] = ...`
  MadeId read_alias() {
    const uint32_t begin = take().begin;
    List parts;
    add(parts, wrap(Kind::kType, begins_generic() ? read_generic() : read_name()), Field::kLeft);
    take(TokenKind::kEqual);
    add(parts, read_type(), Field::kRight);
    return close(Kind::kTypeAliasStatement, begin, parts);
  }

  static bool ends_statement(TokenKind kind) { return kind == TokenKind::kNewline || kind == TokenKind::kSemicolon; }
  bool ends_statement() const { return ends_statement(kind()); }

  MadeId read_raise() {
    const uint32_t begin = take().begin;
    List parts;
    if (!ends_statement()) {
      add(parts, read_expressions());
      if (take_if(TokenKind::kFrom)) add(parts, read_expression(), Field::kCause);
    }
    return close(Kind::kRaiseStatement, begin, parts);
  }

  MadeId read_dotted() {
    List names;
    do {
      add(names, read_name());
    } while (take_if(TokenKind::kDot));
    return close(Kind::kDottedName, begin_of(names.first), names);
  }

  void read_imported(List& names, bool bracketed) {
    do {
      if (bracketed && kind() == TokenKind::kRightParen) break;
      const MadeId name = read_dotted();
      if (!take_if(TokenKind::kAs)) {
        add(names, name, Field::kName);
        continue;
      }
      List parts;
      add(parts, name, Field::kName);
      add(parts, read_name(), Field::kAlias);
      add(names, close(Kind::kAliasedImport, begin_of(name), parts), Field::kName);
    } while (take_if(TokenKind::kComma));
    if (names.first == kNothing) throw Odd();
  }

  MadeId read_import_from() {
    const uint32_t begin = take().begin;
    List parts;
    const bool future = kind() == TokenKind::kName && slice(token()) == "__future__";
    if (future) {
      take();
    } else if (kind() == TokenKind::kDot || kind() == TokenKind::kEllipsis) {
      const uint32_t dots = token().begin;
      while (kind() == TokenKind::kDot || kind() == TokenKind::kEllipsis) take();
      List relative;
      add(relative, close(Kind::kImportPrefix, dots, {}));
      if (is_name(kind())) add(relative, read_dotted());
      add(parts, close(Kind::kRelativeImport, dots, relative), Field::kModuleName);
    } else {
      add(parts, read_dotted(), Field::kModuleName);
    }
    take(TokenKind::kImport);
    if (kind() == TokenKind::kStar) {
      if (future) throw Odd();
      add(parts, make(Kind::kWildcardImport, take()));
    } else {
      const bool bracketed = take_if(TokenKind::kLeftParen);
      read_imported(parts, bracketed);
      if (bracketed) take(TokenKind::kRightParen);
    }
    return close(future ? Kind::kFutureImportStatement : Kind::kImportFromStatement, begin, parts);
  }

  std::string_view slice(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }

  // Elements separated by commas, outside of brackets. True if there is a comma.
  bool read_elements(List& elements) {
    bool comma = false;
    do {
      if (elements.first != kNothing && ends_elements()) break;
      add(elements, read_starred());
      comma |= kind() == TokenKind::kComma;
    } while (take_if(TokenKind::kComma));
    if (!comma && kind_of(elements.first) == Kind::kListSplat) throw Odd();
    return comma;
  }

  bool ends_elements() const {
    switch (kind()) {
      case TokenKind::kNewline:
      case TokenKind::kSemicolon:
      case TokenKind::kEqual:
      case TokenKind::kAugmented:
      case TokenKind::kColon:
      case TokenKind::kRightParen:
        return true;
      default:
        return false;
    }
  }

  // Outside of brackets the grammar knows stars before names only.
  MadeId read_starred() {
    if (kind() != TokenKind::kStar) return read_expression();
    const uint32_t begin = take().begin;
    List value;
    add(value, read_postfix());
    if (!is_place(value.first)) throw Odd();
    return close(Kind::kListSplat, begin, value);
  }

  bool is_place(MadeId node) const {
    const Kind kind = kind_of(node);
    return kind == Kind::kIdentifier || kind == Kind::kAttribute || kind == Kind::kSubscript;
  }

  // One, or a list of them.
  MadeId read_expressions() {
    List elements;
    const bool comma = read_elements(elements);
    return comma ? close(Kind::kExpressionList, begin_of(elements.first), elements) : elements.first;
  }

  MadeId read_yield() {
    const uint32_t begin = take().begin;
    List parts;
    if (kind() == TokenKind::kFrom) {
      add(parts, make(Kind::kFrom, take()));
      add(parts, read_expression());
    } else if (!ends_statement() && kind() != TokenKind::kRightParen) {
      add(parts, read_expressions());
    }
    return close(Kind::kYield, begin, parts);
  }

  MadeId read_expression_statement() {
    List parts;
    if (kind() == TokenKind::kYield) {
      add(parts, read_yield());
      return close(Kind::kExpressionStatement, begin_of(parts.first), parts);
    }
    const uint32_t begin = token().begin;
    const bool comma = read_elements(parts);
    switch (kind()) {
      case TokenKind::kEqual:
      case TokenKind::kColon: {
        const MadeId left = target_of(parts, comma);
        parts = {};
        add(parts, read_assignment(left, comma));
        break;
      }
      case TokenKind::kAugmented: {
        const MadeId left = target_of(parts, comma);
        parts = {};
        add(parts, read_update(left));
        break;
      }
      default:
        break;
    }
    return close(Kind::kExpressionStatement, begin, parts);
  }

  // Elements as what is assigned to; the last token belongs to them.
  MadeId target_of(List elements, bool comma) {
    for (MadeId node = elements.first; node != kNothing; node = made_[node].next) make_pattern(node);
    if (!comma) return elements.first;
    return close(Kind::kPatternList, begin_of(elements.first), elements);
  }

  void make_pattern(MadeId node) {
    const Depth depth(depth_);
    Made& made = made_[node];
    switch (made.kind) {
      case Kind::kIdentifier:
      case Kind::kAttribute:
      case Kind::kSubscript:
        return;
      case Kind::kParenthesizedExpression:
      case Kind::kTuple:
        made.kind = Kind::kTuplePattern;
        break;
      case Kind::kList:
        made.kind = Kind::kListPattern;
        break;
      case Kind::kListSplat:
        if (!is_place(made.first)) throw Odd();
        made.kind = Kind::kListSplatPattern;
        return;
      default:
        throw Odd();
    }
    for (MadeId child = made.first; child != kNothing; child = made_[child].next) make_pattern(child);
  }

  MadeId read_assignment(MadeId left, bool several) {
    const Depth depth(depth_);
    List parts;
    add(parts, left, Field::kLeft);
    if (kind() == TokenKind::kColon) {
      if (several) throw Odd();
      take();
      add(parts, read_type(), Field::kType);
      if (kind() != TokenKind::kEqual) return close(Kind::kAssignment, begin_of(left), parts);
    }
    take(TokenKind::kEqual);
    if (kind() == TokenKind::kYield) {
      add(parts, read_yield(), Field::kRight);
      return close(Kind::kAssignment, begin_of(left), parts);
    }
    List elements;
    const bool comma = read_elements(elements);
    if (kind() == TokenKind::kEqual) {
      const MadeId next = target_of(elements, comma);
      add(parts, read_assignment(next, comma), Field::kRight);
    } else {
      const MadeId list = comma ? close(Kind::kExpressionList, begin_of(elements.first), elements) : elements.first;
      add(parts, list, Field::kRight);
    }
    return close(Kind::kAssignment, begin_of(left), parts);
  }

  MadeId read_update(MadeId left) {
    List parts;
    add(parts, left, Field::kLeft);
    add(parts, make(Kind::kOperator, take()), Field::kOperator);
    add(parts, kind() == TokenKind::kYield ? read_yield() : read_expressions(), Field::kRight);
    return close(Kind::kAugmentedAssignment, begin_of(left), parts);
  }

  // What a loop assigns to.
  MadeId read_targets() {
    List elements;
    bool comma = false;
    do {
      if (kind() == TokenKind::kIn) break;
      const uint32_t begin = token().begin;
      const bool star = take_if(TokenKind::kStar);
      MadeId element = read_postfix();
      if (star) {
        List value;
        add(value, element);
        element = close(Kind::kListSplat, begin, value);
      }
      make_pattern(element);
      add(elements, element);
      comma |= kind() == TokenKind::kComma;
    } while (take_if(TokenKind::kComma));
    if (elements.first == kNothing) throw Odd();
    return comma ? close(Kind::kPatternList, begin_of(elements.first), elements) : elements.first;
  }

  // --- Expressions

  MadeId read_expression() {
    const Depth depth(depth_);
    if (kind() == TokenKind::kLambda) return read_lambda();
    MadeId value = read_either();
    if (kind() == TokenKind::kWalrus) value = read_named(value);
    if (kind() != TokenKind::kIf) return value;
    List parts;
    add(parts, value);
    take();
    add(parts, read_either());
    if (kind() == TokenKind::kWalrus) throw Odd();
    take(TokenKind::kElse);
    add(parts, read_expression());
    return close(Kind::kConditionalExpression, begin_of(value), parts);
  }

  // `name := value`; `if` is not part of the value.
  MadeId read_named(MadeId name) {
    if (kind_of(name) != Kind::kIdentifier) throw Odd();
    take();
    List parts;
    add(parts, name, Field::kName);
    add(parts, read_either(), Field::kValue);
    return close(Kind::kNamedExpression, begin_of(name), parts);
  }

  MadeId read_lambda() {
    const uint32_t begin = take().begin;
    List parts;
    if (kind() != TokenKind::kColon) {
      List parameters;
      const uint32_t first = token().begin;
      do {
        if (kind() == TokenKind::kColon) break;
        add(parameters, read_parameter(false));
      } while (take_if(TokenKind::kComma));
      add(parts, close(Kind::kLambdaParameters, first, parameters), Field::kParameters);
    }
    take(TokenKind::kColon);
    add(parts, read_expression(), Field::kBody);
    return close(Kind::kLambda, begin, parts);
  }

  MadeId joined(Kind kind, MadeId left, const Token& by, MadeId right) {
    List parts;
    add(parts, left, Field::kLeft);
    add(parts, make(Kind::kOperator, by), Field::kOperator);
    add(parts, right, Field::kRight);
    return make(kind, begin_of(left), end_of(right), parts);
  }

  // `or`
  MadeId read_either() {
    MadeId left = read_both();
    while (kind() == TokenKind::kOr) {
      const Token& by = take();
      left = joined(Kind::kBooleanOperator, left, by, read_both());
    }
    return left;
  }

  // `and`
  MadeId read_both() {
    MadeId left = read_not();
    while (kind() == TokenKind::kAnd) {
      const Token& by = take();
      left = joined(Kind::kBooleanOperator, left, by, read_not());
    }
    return left;
  }

  MadeId read_not() {
    if (kind() != TokenKind::kNot) return read_comparison();
    const Depth depth(depth_);
    const uint32_t begin = take().begin;
    List parts;
    add(parts, read_not(), Field::kArgument);
    return close(Kind::kNotOperator, begin, parts);
  }

  bool begins_comparison() const {
    switch (kind()) {
      case TokenKind::kLess:
      case TokenKind::kGreater:
      case TokenKind::kLessEqual:
      case TokenKind::kGreaterEqual:
      case TokenKind::kEqualEqual:
      case TokenKind::kNotEqual:
      case TokenKind::kIn:
      case TokenKind::kIs:
        return true;
      case TokenKind::kNot:
        return kind(1) == TokenKind::kIn;
      default:
        return false;
    }
  }

  MadeId read_comparison() {
    const MadeId left = read_binary(1);
    if (!begins_comparison()) return left;
    List parts;
    add(parts, left);
    while (begins_comparison()) {
      const Token& by = take();
      if (by.kind == TokenKind::kNot || (by.kind == TokenKind::kIs && kind() == TokenKind::kNot)) take();
      add(parts, close(Kind::kOperator, by.begin, {}), Field::kOperators);
      add(parts, read_binary(1));
    }
    return close(Kind::kComparisonOperator, begin_of(left), parts);
  }

  // Operators at least so tight.
  MadeId read_binary(int least) {
    MadeId left = read_unary();
    for (int tight = tightness(kind()); tight >= least; tight = tightness(kind())) {
      const Token& by = take();
      left = joined(Kind::kBinaryOperator, left, by, read_binary(tight + 1));
    }
    return left;
  }

  MadeId read_unary() {
    switch (kind()) {
      case TokenKind::kPlus:
      case TokenKind::kMinus:
      case TokenKind::kTilde: {
        const Depth depth(depth_);
        const Token& by = take();
        List parts;
        add(parts, make(Kind::kOperator, by), Field::kOperator);
        add(parts, read_unary(), Field::kArgument);
        return close(Kind::kUnaryOperator, by.begin, parts);
      }
      case TokenKind::kAwait: {
        const Depth depth(depth_);
        const uint32_t begin = take().begin;
        List parts;
        add(parts, read_unary());
        return close(Kind::kAwait, begin, parts);
      }
      default:
        return read_power();
    }
  }

  MadeId read_power() {
    const MadeId base = read_postfix();
    if (kind() != TokenKind::kStarStar) return base;
    const Depth depth(depth_);
    const Token& by = take();
    return joined(Kind::kBinaryOperator, base, by, read_unary());
  }

  MadeId read_postfix() {
    MadeId value = read_atom();
    while (true) {
      List parts;
      switch (kind()) {
        case TokenKind::kDot:
          take();
          add(parts, value, Field::kObject);
          add(parts, read_name(), Field::kAttribute);
          value = close(Kind::kAttribute, begin_of(value), parts);
          break;
        case TokenKind::kLeftParen:
          add(parts, value, Field::kFunction);
          add(parts, read_arguments(), Field::kArguments);
          value = close(Kind::kCall, begin_of(value), parts);
          break;
        case TokenKind::kLeftBracket:
          value = read_subscript(value);
          break;
        default:
          return value;
      }
    }
  }

  MadeId read_arguments() {
    const Depth depth(depth_);
    const uint32_t begin = take().begin;
    List arguments;
    while (kind() != TokenKind::kRightParen) {
      const MadeId argument = read_argument();
      if (begins_comprehension()) {
        if (arguments.first != kNothing || kind_of(argument) == Kind::kListSplat) throw Odd();
        return read_comprehension(Kind::kGeneratorExpression, begin, argument, TokenKind::kRightParen);
      }
      add(arguments, argument);
      if (!take_if(TokenKind::kComma)) break;
    }
    take(TokenKind::kRightParen);
    return close(Kind::kArgumentList, begin, arguments);
  }

  MadeId read_argument() {
    const uint32_t begin = token().begin;
    List parts;
    if (kind() == TokenKind::kStar || kind() == TokenKind::kStarStar) {
      const bool one = take().kind == TokenKind::kStar;
      add(parts, read_expression());
      return close(one ? Kind::kListSplat : Kind::kDictionarySplat, begin, parts);
    }
    if (!is_name(kind()) || kind(1) != TokenKind::kEqual) return read_expression();
    add(parts, read_name(), Field::kName);
    take();
    add(parts, read_expression(), Field::kValue);
    return close(Kind::kKeywordArgument, begin, parts);
  }

  MadeId read_subscript(MadeId value) {
    const Depth depth(depth_);
    take();
    List parts;
    add(parts, value, Field::kValue);
    do {
      if (kind() == TokenKind::kRightBracket) break;
      add(parts, read_index(), Field::kSubscript);
    } while (take_if(TokenKind::kComma));
    if (parts.first == parts.last) throw Odd();
    take(TokenKind::kRightBracket);
    return close(Kind::kSubscript, begin_of(value), parts);
  }

  MadeId read_index() {
    const uint32_t begin = token().begin;
    if (kind() == TokenKind::kStar) throw Odd();
    const MadeId first = kind() == TokenKind::kColon ? kNothing : read_expression();
    if (kind() != TokenKind::kColon) return first;
    List parts;
    if (first != kNothing) add(parts, first);
    for (int colons = 0; kind() == TokenKind::kColon; ++colons) {
      if (colons == 2) throw Odd();
      add(parts, make(Kind::kColon, take()));
      const TokenKind next = kind();
      if (next != TokenKind::kColon && next != TokenKind::kComma && next != TokenKind::kRightBracket) {
        add(parts, read_expression());
      }
    }
    return close(Kind::kSlice, begin, parts);
  }

  MadeId read_atom() {
    switch (kind()) {
      case TokenKind::kName:
      case TokenKind::kExec:
      case TokenKind::kMatch:
      case TokenKind::kPrint:
      case TokenKind::kType:
        return make(Kind::kIdentifier, take());
      case TokenKind::kInteger:
        return make(Kind::kInteger, take());
      case TokenKind::kFloat:
        return make(Kind::kFloat, take());
      case TokenKind::kTrue:
        return make(Kind::kTrue, take());
      case TokenKind::kFalse:
        return make(Kind::kFalse, take());
      case TokenKind::kNone:
        return make(Kind::kNone, take());
      case TokenKind::kEllipsis:
        return make(Kind::kEllipsis, take());
      case TokenKind::kString:
      case TokenKind::kFormatBegin:
        return read_strings();
      case TokenKind::kLeftParen:
        return read_bracketed();
      case TokenKind::kLeftBracket:
        return read_list();
      case TokenKind::kLeftBrace:
        return read_braces();
      default:
        throw Odd();
    }
  }

  // Elements of a list, tuple or set, from the second on; behind the first. True if there was a comma.
  bool read_further(List& elements, TokenKind closing) {
    bool comma = false;
    // The grammar reads `[*a.b]` as `[(*a).b]`.
    if (kind() == closing && kind_of(elements.first) == Kind::kListSplat &&
        kind_of(made_[elements.first].first) != Kind::kIdentifier) {
      throw Odd();
    }
    while (take_if(TokenKind::kComma)) {
      comma = true;
      if (kind() == closing) break;
      add(elements, read_element());
    }
    take(closing);
    return comma;
  }

  MadeId read_element() {
    if (kind() != TokenKind::kStar) return read_expression();
    const uint32_t begin = take().begin;
    List parts;
    add(parts, read_expression());
    return close(Kind::kListSplat, begin, parts);
  }

  MadeId read_bracketed() {
    const Depth depth(depth_);
    const uint32_t begin = take().begin;
    if (take_if(TokenKind::kRightParen)) return close(Kind::kTuple, begin, {});
    List elements;
    if (kind() == TokenKind::kYield) {
      add(elements, read_yield());
      take(TokenKind::kRightParen);
      return close(Kind::kParenthesizedExpression, begin, elements);
    }
    add(elements, read_element());
    if (begins_comprehension()) {
      return read_comprehension(Kind::kGeneratorExpression, begin, elements.first, TokenKind::kRightParen);
    }
    const bool comma = read_further(elements, TokenKind::kRightParen);
    if (!comma && kind_of(elements.first) == Kind::kListSplat) throw Odd();
    return close(comma ? Kind::kTuple : Kind::kParenthesizedExpression, begin, elements);
  }

  MadeId read_list() {
    const Depth depth(depth_);
    const uint32_t begin = take().begin;
    if (take_if(TokenKind::kRightBracket)) return close(Kind::kList, begin, {});
    List elements;
    add(elements, read_element());
    if (begins_comprehension()) {
      return read_comprehension(Kind::kListComprehension, begin, elements.first, TokenKind::kRightBracket);
    }
    read_further(elements, TokenKind::kRightBracket);
    return close(Kind::kList, begin, elements);
  }

  MadeId read_braces() {
    const Depth depth(depth_);
    const uint32_t begin = take().begin;
    if (take_if(TokenKind::kRightBrace)) return close(Kind::kDictionary, begin, {});
    List elements;
    const bool splat = kind() == TokenKind::kStarStar;
    add(elements, splat ? read_argument() : read_element());
    if (!splat && kind() != TokenKind::kColon) {
      if (begins_comprehension()) {
        return read_comprehension(Kind::kSetComprehension, begin, elements.first, TokenKind::kRightBrace);
      }
      read_further(elements, TokenKind::kRightBrace);
      return close(Kind::kSet, begin, elements);
    }
    if (!splat) {
      const MadeId key = elements.first;
      elements = {};
      add(elements, read_pair(key));
      if (begins_comprehension()) {
        return read_comprehension(Kind::kDictionaryComprehension, begin, elements.first, TokenKind::kRightBrace);
      }
    }
    while (take_if(TokenKind::kComma)) {
      if (kind() == TokenKind::kRightBrace) break;
      add(elements, kind() == TokenKind::kStarStar ? read_argument() : read_pair(read_expression()));
    }
    take(TokenKind::kRightBrace);
    return close(Kind::kDictionary, begin, elements);
  }

  MadeId read_pair(MadeId key) {
    if (kind_of(key) == Kind::kListSplat) throw Odd();
    take(TokenKind::kColon);
    List parts;
    add(parts, key, Field::kKey);
    add(parts, read_expression(), Field::kValue);
    return close(Kind::kPair, begin_of(key), parts);
  }

  bool begins_comprehension() const {
    return kind() == TokenKind::kFor || (kind() == TokenKind::kAsync && kind(1) == TokenKind::kFor);
  }

  MadeId read_comprehension(Kind comprehension, uint32_t begin, MadeId body, TokenKind closing) {
    if (kind_of(body) == Kind::kListSplat || kind_of(body) == Kind::kDictionarySplat ||
        kind_of(body) == Kind::kKeywordArgument) {
      throw Odd();
    }
    List parts;
    add(parts, body, Field::kBody);
    while (true) {
      const uint32_t clause = token().begin;
      List inner;
      if (begins_comprehension()) {
        if (kind() == TokenKind::kAsync) add(inner, make(Kind::kAsync, take()));
        take();
        add(inner, read_targets(), Field::kLeft);
        take(TokenKind::kIn);
        add(inner, read_either(), Field::kRight);
        add(parts, close(Kind::kForInClause, clause, inner));
      } else if (take_if(TokenKind::kIf)) {
        MadeId condition = read_either();
        if (kind() == TokenKind::kWalrus) condition = read_named(condition);
        add(inner, condition);
        add(parts, close(Kind::kIfClause, clause, inner));
      } else {
        break;
      }
    }
    take(closing);
    return close(comprehension, begin, parts);
  }

  // --- Strings

  MadeId read_strings() {
    const MadeId first = read_string();
    if (!begins_string()) return first;
    List strings;
    add(strings, first);
    while (begins_string()) add(strings, read_string());
    return close(Kind::kConcatenatedString, begin_of(first), strings);
  }

  bool begins_string() const { return kind() == TokenKind::kString || kind() == TokenKind::kFormatBegin; }

  MadeId read_string() {
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

  // Whether nothing but backslashes and what they hide stands in a raw string: to the grammar that is part of its end.
  static bool is_raw_escape(std::string_view prefix, std::string_view inside, char quote) {
    if (inside.empty() || prefix.find_first_of("rR") == prefix.npos) return false;
    for (size_t at = 0; at < inside.size(); ++at) {
      if (inside[at] != '\\') return false;
      const char next = at + 1 < inside.size() ? inside[at + 1] : '\0';
      if (next == quote || next == '\\' || next == '\n' || next == '\r') ++at;
      if (next == '\r' && at + 1 < inside.size() && inside[at + 1] == '\n') ++at;
    }
    return true;
  }

  MadeId read_format() {
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

  MadeId read_hole(Kind hole) {
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

  MadeId read_specifier() {
    const uint32_t begin = take().begin;
    List holes;
    while (kind() == TokenKind::kHoleBegin) add(holes, read_hole(Kind::kFormatExpression));
    return make(Kind::kFormatSpecifier, begin, token().begin, holes);
  }

  // --- match

  // Whether the line is the head of a `match` statement: `match` is a name too.
  bool begins_match() const {
    switch (kind(1)) {
      case TokenKind::kEqual:
      case TokenKind::kDot:
      case TokenKind::kComma:
      case TokenKind::kColon:
      case TokenKind::kAugmented:
      case TokenKind::kNewline:
      case TokenKind::kSemicolon:
        return false;
      default:
        break;
    }
    size_t line = at_;
    while (!ends_statement(tokens_[line].kind)) ++line;
    return tokens_[line - 1].kind == TokenKind::kColon && tokens_[line + 1].kind == TokenKind::kIndent;
  }

  bool is_word(std::string_view word) const { return kind() == TokenKind::kName && slice(token()) == word; }

  MadeId read_match() {
    const uint32_t begin = take().begin;
    List parts;
    do {
      if (kind() == TokenKind::kColon) break;
      add(parts, read_expression(), Field::kSubject);
    } while (take_if(TokenKind::kComma));
    take(TokenKind::kColon);
    const uint32_t block = take(TokenKind::kNewline).end;
    take(TokenKind::kIndent);
    List cases;
    while (is_word("case")) add(cases, read_case());
    add(parts, make(Kind::kBlock, block, take(TokenKind::kDedent).end, cases), Field::kBody);
    return make(Kind::kMatchStatement, begin, end_of(parts.last), parts);
  }

  MadeId read_case() {
    const uint32_t begin = take().begin;
    List parts;
    do {
      if (kind() == TokenKind::kColon) break;
      add(parts, read_case_pattern());
    } while (take_if(TokenKind::kComma));
    if (kind() == TokenKind::kIf) {
      const uint32_t guard = take().begin;
      List condition;
      add(condition, read_expression());
      add(parts, close(Kind::kIfClause, guard, condition), Field::kGuard);
    }
    add(parts, read_suite(), Field::kConsequence);
    return make(Kind::kCaseClause, begin, end_of(parts.last), parts);
  }

  MadeId read_case_pattern() {
    const Depth depth(depth_);
    const uint32_t begin = token().begin;
    List inner;
    if (is_name(kind()) && kind(1) == TokenKind::kEqual) {
      List parts;
      add(parts, read_name());
      take();
      read_alternatives(parts);
      add(inner, close(Kind::kKeywordPattern, begin, parts));
    } else {
      read_alternatives(inner);
    }
    MadeId pattern = close(Kind::kCasePattern, begin, inner);
    while (take_if(TokenKind::kAs)) {
      List parts;
      add(parts, pattern);
      add(parts, read_name());
      pattern = wrap(Kind::kCasePattern, close(Kind::kAsPattern, begin, parts));
    }
    return pattern;
  }

  // `a | b`
  void read_alternatives(List& into) {
    const uint32_t begin = token().begin;
    List patterns;
    read_simple_pattern(patterns);
    if (kind() != TokenKind::kBar) {
      if (patterns.first != kNothing) add(into, patterns.first);
      return;
    }
    while (take_if(TokenKind::kBar)) read_simple_pattern(patterns);
    add(into, close(Kind::kUnionPattern, begin, patterns));
  }

  // Adds nothing for `_`.
  void read_simple_pattern(List& into) {
    const Depth depth(depth_);
    const Token& first = token();
    switch (first.kind) {
      case TokenKind::kMinus:
        take();
        [[fallthrough]];
      case TokenKind::kInteger:
      case TokenKind::kFloat:
        if (kind() != TokenKind::kInteger && kind() != TokenKind::kFloat) throw Odd();
        if (kind(1) == TokenKind::kPlus || kind(1) == TokenKind::kMinus) throw Odd();
        add(into, read_atom());
        return;
      case TokenKind::kTrue:
      case TokenKind::kFalse:
      case TokenKind::kNone:
      case TokenKind::kString:
        add(into, read_atom());
        return;
      case TokenKind::kLeftParen:
        add(into, read_sequence_pattern(Kind::kTuplePattern, first.begin, TokenKind::kRightParen));
        return;
      case TokenKind::kLeftBracket:
        add(into, read_sequence_pattern(Kind::kListPattern, first.begin, TokenKind::kRightBracket));
        return;
      case TokenKind::kLeftBrace:
        add(into, read_mapping_pattern());
        return;
      case TokenKind::kStar:
        add(into, read_splat_pattern());
        return;
      case TokenKind::kName:
      case TokenKind::kType:
        break;
      default:
        throw Odd();
    }
    if (slice(first) == "_" && kind(1) != TokenKind::kDot && kind(1) != TokenKind::kLeftParen) {
      take();
      return;
    }
    const MadeId name = read_dotted();
    if (kind() != TokenKind::kLeftParen) {
      add(into, name);
      return;
    }
    List parts;
    add(parts, name);
    take();
    read_patterns(parts, TokenKind::kRightParen);
    add(into, close(Kind::kClassPattern, first.begin, parts));
  }

  // `*rest`, `*_`
  MadeId read_splat_pattern() {
    if (kind(1) != TokenKind::kName || slice(token(1)) != "_") return read_star_and_name(Kind::kSplatPattern);
    const Token& star = take();
    take();
    List parts;
    add(parts, make(star.kind == TokenKind::kStar ? Kind::kStar : Kind::kStarStar, star));
    return close(Kind::kSplatPattern, star.begin, parts);
  }

  MadeId read_mapping_pattern() {
    const uint32_t begin = take().begin;
    List parts;
    while (kind() != TokenKind::kRightBrace) {
      if (kind() == TokenKind::kStarStar) {
        add(parts, read_splat_pattern());
      } else {
        List key;
        read_simple_pattern(key);
        if (key.first == kNothing) throw Odd();
        add(parts, key.first, Field::kKey);
        take(TokenKind::kColon);
        add(parts, read_case_pattern(), Field::kValue);
      }
      if (!take_if(TokenKind::kComma)) break;
    }
    take(TokenKind::kRightBrace);
    return close(Kind::kDictPattern, begin, parts);
  }

  MadeId read_sequence_pattern(Kind kind, uint32_t begin, TokenKind closing) {
    take();
    List parts;
    read_patterns(parts, closing);
    return close(kind, begin, parts);
  }

  void read_patterns(List& into, TokenKind closing) {
    while (kind() != closing) {
      add(into, read_case_pattern());
      if (!take_if(TokenKind::kComma)) break;
    }
    take(closing);
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::vector<Made>& made_;
  size_t at_ = 0;
  int depth_ = 0;
};

// Lays the nodes out in their order, each before its children.
void lay_out(Room& room, MadeId root, std::vector<Node>& nodes) {
  const std::vector<Made>& made = room.made;
  std::vector<std::pair<MadeId, NodeId>>& open = room.open;
  nodes.reserve(made.size());
  open.clear();
  MadeId at = root;
  while (true) {
    const Made& from = made[at];
    const NodeId id = static_cast<NodeId>(nodes.size());
    nodes.push_back({from.begin, from.end, id + 1, from.kind, from.field, false});
    if (from.first != kNothing) {
      open.push_back({at, id});
      at = from.first;
      continue;
    }
    while (made[at].next == kNothing) {
      if (open.empty()) return;
      at = open.back().first;
      nodes[open.back().second].skip = static_cast<NodeId>(nodes.size());
      open.pop_back();
      if (open.empty()) return;
    }
    at = made[at].next;
  }
}

}  // namespace

std::optional<Syntax> parse_quickly(std::string_view text) {
  thread_local Room room;
  if (!read_tokens(text, room.tokens, room.comments) || room.tokens.size() < 2) return std::nullopt;
  room.made.clear();
  try {
    const MadeId root = Parser(text, room).read_module();
    Syntax syntax;
    lay_out(room, root, syntax.nodes);
    syntax.comments.assign(room.comments.begin(), room.comments.end());
    syntax.read_to = static_cast<uint32_t>(text.size());
    return syntax;
  } catch (const Odd&) {
    return std::nullopt;
  }
}

}  // namespace stallint::python
