// Annotations. Nothing in them runs (but see Statements::read_calls_of_type), and a string in them is an expression in
// quotes.

#include "checker/python/expressions.h"

#include <algorithm>
#include <cctype>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

constexpr size_t kMaxQuoted = 10'000;  // longer ones are no types

bool is_dotted_name(std::string_view text) {
  bool at_start = true;
  for (const char c : text) {
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
    if (c == '.' && !at_start) {
      at_start = true;
      continue;
    }
    if (!letter && (!digit || at_start)) return false;
    at_start = false;
  }
  return !at_start;
}

}  // namespace

ExprId Expressions::read_type(NodeId node) {
  const bool was_type = in_type_;
  in_type_ = true;
  ++muted_;
  const ExprId type = read(node);
  --muted_;
  in_type_ = was_type;
  return type;
}

// The kinds that the grammar has for types only. Others in a type are ordinary expressions.
ExprId Expressions::read_type_inner(NodeId node) {
  const Span at = source_.span(node);
  const size_t children = mark();
  switch (syntax().kind(node)) {
    case Kind::kGenericType: {
      ExprId base = ExprId::kNone;
      for (NodeId child : syntax().children(node)) {
        if (syntax().kind(child) != Kind::kTypeParameter) {
          base = read(child);
          push(base);
        } else if (base != ExprId::kNone) {
          push_indexes(child, base);
        }
      }
      return add(ExprKind::kSubscript, at, children);
    }
    case Kind::kUnionType:
      push_children(node);
      return add(ExprKind::kBinary, at, children, file_.strings.id("|"));
    case Kind::kMemberType: {
      const NodeId base = syntax().first_child(node);
      if (base == kNoNode) return read_other(node);
      push(read(base));
      const NodeId member = syntax().child(node, Kind::kIdentifier);
      const std::string_view text = member == kNoNode ? std::string_view() : source_.slice(member);
      return add(ExprKind::kAttribute, at, children, file_.strings.id(text));
    }
    case Kind::kSplatType: {
      const bool twice = syntax().child(node, Kind::kStarStar) != kNoNode;
      const NodeId name = syntax().child(node, Kind::kIdentifier);
      if (name != kNoNode) push(read(name));
      return add(twice ? ExprKind::kDoubleStar : ExprKind::kStar, at, children);
    }
    default: {
      // `type` wraps one expression; of `T: bound`, the name is what it is about.
      const NodeId inner = syntax().first_child(node);
      return inner == kNoNode ? read_other(node) : read(inner);
    }
  }
}

ExprId Expressions::read_quoted(NodeId string) {
  const NodeId begin = syntax().child(string, Kind::kStringStart);
  const NodeId end = syntax().child(string, Kind::kStringEnd);
  const bool simple = syntax().kind(string) == Kind::kString && begin != kNoNode && end != kNoNode && is_plain(string);
  if (!simple || literal_of(string) != Literal::kString || quotes_ >= FileReader::kMaxQuotes)
    return read_strings(string);
  const uint32_t from = syntax()[begin].end;
  const std::string_view inside = source_.slice(from, syntax()[end].begin);
  if (is_dotted_name(inside)) return read_dotted_text(inside, from + source_.offset);
  if (inside.find('\\') != std::string_view::npos || inside.size() > kMaxQuoted) return read_strings(string);

  // In parentheses, so that it may go over several lines.
  const std::string text = "(" + std::string(inside) + ")";
  const Syntax quoted = parse(text);
  const NodeId statement = quoted.child(0, Kind::kExpressionStatement);
  if (!quoted.errors.empty() || statement == kNoNode || quoted[statement].skip != quoted[0].skip) {
    return read_strings(string);
  }
  const NodeId expression = quoted.first_child(statement);
  if (expression == kNoNode || quoted[expression].skip != quoted[statement].skip) return read_strings(string);
  const Source outside = source_;
  source_ = Source{text, &quoted, outside.offset + from - 1, false};
  ++quotes_;
  const ExprId type = read(expression);
  --quotes_;
  source_ = outside;
  return type;
}

ExprId Expressions::read_dotted_text(std::string_view text, uint32_t offset) {
  size_t end = text.find('.');
  ExprId value = name(text.substr(0, end), {offset, offset + static_cast<uint32_t>(std::min(end, text.size()))});
  while (end != std::string_view::npos) {
    const size_t begin = end + 1;
    end = text.find('.', begin);
    const size_t children = mark();
    push(value);
    const Span at{offset, offset + static_cast<uint32_t>(std::min(end, text.size()))};
    value = add(ExprKind::kAttribute, at, children, file_.strings.id(text.substr(begin, end - begin)));
  }
  return value;
}

}  // namespace stallint::python
