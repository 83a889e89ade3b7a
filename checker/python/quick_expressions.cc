#include "checker/python/quick_parser.h"

namespace stallint::python::quick {

namespace {

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

}  // namespace

MadeId Parser::read_expression() {
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

MadeId Parser::read_named(MadeId name) {
  if (kind_of(name) != Kind::kIdentifier) throw Odd();
  take();
  List parts;
  add(parts, name, Field::kName);
  add(parts, read_either(), Field::kValue);
  return close(Kind::kNamedExpression, begin_of(name), parts);
}

MadeId Parser::read_lambda() {
  const uint32_t begin = take().begin;
  List parts;
  if (kind() != TokenKind::kColon) {
    List parameters;
    const uint32_t first = token().begin;
    do {
      if (kind() == TokenKind::kColon) break;
      add(parameters, read_parameter(Colon::kBody));
    } while (take_if(TokenKind::kComma));
    add(parts, close(Kind::kLambdaParameters, first, parameters), Field::kParameters);
  }
  take(TokenKind::kColon);
  add(parts, read_expression(), Field::kBody);
  return close(Kind::kLambda, begin, parts);
}

MadeId Parser::joined(Kind kind, MadeId left, const Token& by, MadeId right) {
  List parts;
  add(parts, left, Field::kLeft);
  add(parts, make(Kind::kOperator, by), Field::kOperator);
  add(parts, right, Field::kRight);
  return make(kind, begin_of(left), end_of(right), parts);
}

MadeId Parser::read_either() {
  MadeId left = read_both();
  while (kind() == TokenKind::kOr) {
    const Token& by = take();
    left = joined(Kind::kBooleanOperator, left, by, read_both());
  }
  return left;
}

MadeId Parser::read_both() {
  MadeId left = read_not();
  while (kind() == TokenKind::kAnd) {
    const Token& by = take();
    left = joined(Kind::kBooleanOperator, left, by, read_not());
  }
  return left;
}

MadeId Parser::read_not() {
  if (kind() != TokenKind::kNot) return read_comparison();
  const Depth depth(depth_);
  const uint32_t begin = take().begin;
  List parts;
  add(parts, read_not(), Field::kArgument);
  return close(Kind::kNotOperator, begin, parts);
}

bool Parser::begins_comparison() const {
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

MadeId Parser::read_comparison() {
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

MadeId Parser::read_binary(int least) {
  MadeId left = read_unary();
  for (int tight = tightness(kind()); tight >= least; tight = tightness(kind())) {
    const Token& by = take();
    left = joined(Kind::kBinaryOperator, left, by, read_binary(tight + 1));
  }
  return left;
}

MadeId Parser::read_unary() {
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

MadeId Parser::read_power() {
  const MadeId base = read_postfix();
  if (kind() != TokenKind::kStarStar) return base;
  const Depth depth(depth_);
  const Token& by = take();
  return joined(Kind::kBinaryOperator, base, by, read_unary());
}

MadeId Parser::read_postfix() {
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

MadeId Parser::read_arguments() {
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

MadeId Parser::read_argument() {
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

MadeId Parser::read_subscript(MadeId value) {
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

MadeId Parser::read_index() {
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

MadeId Parser::read_atom() {
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

bool Parser::read_further(List& elements, TokenKind closing) {
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

MadeId Parser::read_element() {
  if (kind() != TokenKind::kStar) return read_expression();
  const uint32_t begin = take().begin;
  List parts;
  add(parts, read_expression());
  return close(Kind::kListSplat, begin, parts);
}

MadeId Parser::read_bracketed() {
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

MadeId Parser::read_list() {
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

MadeId Parser::read_braces() {
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

MadeId Parser::read_pair(MadeId key) {
  if (kind_of(key) == Kind::kListSplat) throw Odd();
  take(TokenKind::kColon);
  List parts;
  add(parts, key, Field::kKey);
  add(parts, read_expression(), Field::kValue);
  return close(Kind::kPair, begin_of(key), parts);
}

bool Parser::begins_comprehension() const {
  return kind() == TokenKind::kFor || (kind() == TokenKind::kAsync && kind(1) == TokenKind::kFor);
}

MadeId Parser::read_comprehension(Kind comprehension, uint32_t begin, MadeId body, TokenKind closing) {
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

}  // namespace stallint::python::quick
