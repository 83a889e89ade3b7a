#include "checker/python/quick_parser.h"

namespace stallint::python::quick {

bool Parser::begins_match() const {
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

MadeId Parser::read_match() {
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

MadeId Parser::read_case() {
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

MadeId Parser::read_case_pattern() {
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

void Parser::read_alternatives(List& into) {
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

void Parser::read_simple_pattern(List& into) {
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

MadeId Parser::read_splat_pattern() {
  if (kind(1) != TokenKind::kName || slice(token(1)) != "_") return read_star_and_name(Kind::kSplatPattern);
  const Token& star = take();
  take();
  List parts;
  add(parts, make(star.kind == TokenKind::kStar ? Kind::kStar : Kind::kStarStar, star));
  return close(Kind::kSplatPattern, star.begin, parts);
}

MadeId Parser::read_mapping_pattern() {
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

MadeId Parser::read_sequence_pattern(Kind kind, uint32_t begin, TokenKind closing) {
  take();
  List parts;
  read_patterns(parts, closing);
  return close(kind, begin, parts);
}

void Parser::read_patterns(List& into, TokenKind closing) {
  while (kind() != closing) {
    add(into, read_case_pattern());
    if (!take_if(TokenKind::kComma)) break;
  }
  take(closing);
}

}  // namespace stallint::python::quick
