#include "checker/python/quick_parser.h"

namespace stallint::python::quick {

void Parser::read_statement(List& into) {
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

uint32_t Parser::read_simple_statements(List& into) {
  do {
    add(into, read_simple());
  } while (take_if(TokenKind::kSemicolon) && kind() != TokenKind::kNewline);
  return take(TokenKind::kNewline).end;
}

MadeId Parser::read_suite() {
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

MadeId Parser::read_if() {
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

MadeId Parser::read_else() {
  const uint32_t begin = take().begin;
  List body;
  add(body, read_suite(), Field::kBody);
  return make(Kind::kElseClause, begin, end_of(body.last), body);
}

MadeId Parser::read_while() {
  const uint32_t begin = take().begin;
  List parts;
  add(parts, read_expression(), Field::kCondition);
  add(parts, read_suite(), Field::kBody);
  if (kind() == TokenKind::kElse) add(parts, read_else(), Field::kAlternative);
  return make(Kind::kWhileStatement, begin, end_of(parts.last), parts);
}

MadeId Parser::read_try() {
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

MadeId Parser::read_except() {
  const uint32_t begin = take().begin;
  List parts;
  if (kind() != TokenKind::kColon) {
    add(parts, read_aliased(), Field::kValue);
    while (take_if(TokenKind::kComma)) add(parts, read_expression(), Field::kValue);
  }
  add(parts, read_suite());
  return make(Kind::kExceptClause, begin, end_of(parts.last), parts);
}

MadeId Parser::read_aliased() {
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

MadeId Parser::read_perhaps_async() {
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

MadeId Parser::read_for(uint32_t begin, List parts) {
  take();
  add(parts, read_targets(), Field::kLeft);
  take(TokenKind::kIn);
  add(parts, read_expressions(), Field::kRight);
  add(parts, read_suite(), Field::kBody);
  if (kind() == TokenKind::kElse) add(parts, read_else(), Field::kAlternative);
  return make(Kind::kForStatement, begin, end_of(parts.last), parts);
}

MadeId Parser::read_with(uint32_t begin, List parts) {
  take();
  add(parts, read_with_clause());
  add(parts, read_suite(), Field::kBody);
  return make(Kind::kWithStatement, begin, end_of(parts.last), parts);
}

MadeId Parser::read_with_clause() {
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

bool Parser::begins_bracketed_items() const {
  int depth = 0;
  int commas = 0;
  for (size_t i = at_; tokens_[i].kind != TokenKind::kNewline; ++i) {
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
        if (commas == 1 && tokens_[i - 1].kind == TokenKind::kComma) throw Odd();  // `(a,)` may be a tuple as well
        return commas > 0;
      case TokenKind::kComma:
        commas += depth == 1 ? 1 : 0;
        break;
      case TokenKind::kLambda:
        if (depth == 1) throw Odd();  // has commas of its own
        break;
      default:
        break;
    }
  }
  return false;
}

MadeId Parser::read_function(uint32_t begin, List parts) {
  take();
  add(parts, read_name(), Field::kName);
  if (kind() == TokenKind::kLeftBracket) add(parts, read_type_parameters(), Field::kTypeParameters);
  add(parts, read_parameters(), Field::kParameters);
  if (take_if(TokenKind::kArrow)) add(parts, read_type(), Field::kReturnType);
  add(parts, read_suite(), Field::kBody);
  return make(Kind::kFunctionDefinition, begin, end_of(parts.last), parts);
}

MadeId Parser::read_class() {
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

MadeId Parser::read_decorated() {
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

MadeId Parser::read_name() {
  if (!is_name(kind())) throw Odd();
  return make(Kind::kIdentifier, take());
}

MadeId Parser::read_parameters() {
  const uint32_t begin = take(TokenKind::kLeftParen).begin;
  List parameters;
  while (kind() != TokenKind::kRightParen) {
    add(parameters, read_parameter(Colon::kType));
    if (!take_if(TokenKind::kComma)) break;
  }
  take(TokenKind::kRightParen);
  return close(Kind::kParameters, begin, parameters);
}

MadeId Parser::read_parameter(Colon colon) {
  const bool typed = colon == Colon::kType;
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

MadeId Parser::wrap(Kind kind, MadeId inner) {
  List parts;
  add(parts, inner);
  return make(kind, begin_of(inner), end_of(inner), parts);
}

MadeId Parser::read_type() {
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

MadeId Parser::read_star_and_name(Kind kind) {
  const Token& star = take();
  List parts;
  add(parts, make(star.kind == TokenKind::kStar ? Kind::kStar : Kind::kStarStar, star));
  add(parts, read_name());
  return close(kind, star.begin, parts);
}

bool Parser::begins_generic() const {
  return (kind() == TokenKind::kName || kind() == TokenKind::kType) && kind(1) == TokenKind::kLeftBracket;
}

MadeId Parser::read_generic() {
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

MadeId Parser::read_type_parameters() {
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

}  // namespace stallint::python::quick
