#include "checker/python/quick_parser.h"

namespace stallint::python::quick {

MadeId Parser::read_simple() {
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
      read_imported(names);
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

bool Parser::has_splat_argument() const {
  for (size_t i = at_ + 1; !ends_statement(tokens_[i].kind); ++i) {
    const TokenKind before = tokens_[i - 1].kind;
    if (tokens_[i].kind != TokenKind::kStar) continue;
    if (before == TokenKind::kLeftParen || before == TokenKind::kComma) return true;
  }
  return false;
}

MadeId Parser::read_alias() {
  const uint32_t begin = take().begin;
  List parts;
  add(parts, wrap(Kind::kType, begins_generic() ? read_generic() : read_name()), Field::kLeft);
  take(TokenKind::kEqual);
  add(parts, read_type(), Field::kRight);
  return close(Kind::kTypeAliasStatement, begin, parts);
}

MadeId Parser::read_raise() {
  const uint32_t begin = take().begin;
  List parts;
  if (!ends_statement()) {
    add(parts, read_expressions());
    if (take_if(TokenKind::kFrom)) add(parts, read_expression(), Field::kCause);
  }
  return close(Kind::kRaiseStatement, begin, parts);
}

MadeId Parser::read_dotted() {
  List names;
  do {
    add(names, read_name());
  } while (take_if(TokenKind::kDot));
  return close(Kind::kDottedName, begin_of(names.first), names);
}

void Parser::read_imported(List& names) {
  do {
    if (kind() == TokenKind::kRightParen) break;
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

MadeId Parser::read_import_from() {
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
    read_imported(parts);
    if (bracketed) take(TokenKind::kRightParen);
  }
  return close(future ? Kind::kFutureImportStatement : Kind::kImportFromStatement, begin, parts);
}

Elements Parser::read_elements() {
  Elements elements;
  do {
    if (elements.comma && ends_elements()) break;
    add(elements.nodes, read_starred());
    elements.comma |= kind() == TokenKind::kComma;
  } while (take_if(TokenKind::kComma));
  if (!elements.comma && kind_of(elements.nodes.first) == Kind::kListSplat) throw Odd();
  return elements;
}

bool Parser::ends_elements() const {
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

MadeId Parser::read_starred() {
  if (kind() != TokenKind::kStar) return read_expression();
  const uint32_t begin = take().begin;
  List value;
  add(value, read_postfix());
  if (!is_place(value.first)) throw Odd();
  return close(Kind::kListSplat, begin, value);
}

bool Parser::is_place(MadeId node) const {
  const Kind kind = kind_of(node);
  return kind == Kind::kIdentifier || kind == Kind::kAttribute || kind == Kind::kSubscript;
}

MadeId Parser::listed(Kind list, const Elements& elements) {
  return elements.comma ? close(list, begin_of(elements.nodes.first), elements.nodes) : elements.nodes.first;
}

MadeId Parser::read_expressions() { return listed(Kind::kExpressionList, read_elements()); }

MadeId Parser::read_yield() {
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

MadeId Parser::read_expression_statement() {
  const uint32_t begin = token().begin;
  List parts;
  if (kind() == TokenKind::kYield) {
    add(parts, read_yield());
    return close(Kind::kExpressionStatement, begin, parts);
  }
  const Elements elements = read_elements();
  switch (kind()) {
    case TokenKind::kEqual:
    case TokenKind::kColon:
      add(parts, read_assignment(target_of(elements)));
      break;
    case TokenKind::kAugmented:
      add(parts, read_update(target_of(elements)));
      break;
    default:
      parts = elements.nodes;
  }
  return close(Kind::kExpressionStatement, begin, parts);
}

MadeId Parser::target_of(const Elements& elements) {
  for (MadeId node = elements.nodes.first; node != kNothing; node = made_[node].next) make_pattern(node);
  return listed(Kind::kPatternList, elements);
}

void Parser::make_pattern(MadeId node) {
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

MadeId Parser::read_assignment(MadeId left) {
  const Depth depth(depth_);
  List parts;
  add(parts, left, Field::kLeft);
  if (kind() == TokenKind::kColon) {
    if (kind_of(left) == Kind::kPatternList) throw Odd();
    take();
    add(parts, read_type(), Field::kType);
    if (kind() != TokenKind::kEqual) return close(Kind::kAssignment, begin_of(left), parts);
  }
  take(TokenKind::kEqual);
  if (kind() == TokenKind::kYield) {
    add(parts, read_yield(), Field::kRight);
    return close(Kind::kAssignment, begin_of(left), parts);
  }
  const Elements elements = read_elements();
  const bool again = kind() == TokenKind::kEqual;
  add(parts, again ? read_assignment(target_of(elements)) : listed(Kind::kExpressionList, elements), Field::kRight);
  return close(Kind::kAssignment, begin_of(left), parts);
}

MadeId Parser::read_update(MadeId left) {
  List parts;
  add(parts, left, Field::kLeft);
  add(parts, make(Kind::kOperator, take()), Field::kOperator);
  add(parts, kind() == TokenKind::kYield ? read_yield() : read_expressions(), Field::kRight);
  return close(Kind::kAugmentedAssignment, begin_of(left), parts);
}

MadeId Parser::read_targets() {
  Elements elements;
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
    add(elements.nodes, element);
    elements.comma |= kind() == TokenKind::kComma;
  } while (take_if(TokenKind::kComma));
  if (elements.nodes.first == kNothing) throw Odd();
  return target_of(elements);
}

}  // namespace stallint::python::quick
