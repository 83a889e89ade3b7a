// `match`: its cases are arms of one decision, and the names in patterns are writes.

#include "checker/python/statements.h"

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

constexpr int16_t kWhole = -1;
constexpr int16_t kUnknownElement = -2;
constexpr int kMaxPattern = 450;

}  // namespace

Statements::Outcome Statements::read_match(NodeId node) {
  std::vector<NodeId> subjects;
  for (NodeId child : syntax().children(node)) {
    if (syntax()[child].field == Field::kSubject && is_expression(syntax().kind(child))) subjects.push_back(child);
  }
  if (subjects.empty()) {
    read_unknown_children(node);
    return {};
  }
  const Span whole{span(subjects.front()).begin, span(subjects.back()).end};
  const ExprId subject =
      subjects.size() == 1 ? expressions_.read(subjects[0]) : expressions_.read_tuple(subjects, whole);
  const uint32_t group = expressions_.new_group();
  const NodeId suite = syntax().child(node, Field::kBody);
  bool all_exit = true;
  bool covers_all = false;
  uint32_t arm = 0;
  if (suite != kNoNode) {
    for (NodeId clause : syntax().children(suite)) {
      if (syntax().kind(clause) != Kind::kCaseClause) {
        read_statement(clause);
        continue;
      }
      all_exit = read_case(clause, subject, group, arm++) && all_exit;
      covers_all = covers_all || is_irrefutable(clause);
    }
  }
  Outcome outcome;
  outcome.exits = arm > 0 && all_exit && covers_all;
  return outcome;
}

bool Statements::read_case(NodeId clause, ExprId subject, uint32_t group, uint32_t arm) {
  const BlockId outside = expressions_.block();
  const NodeId suite = syntax().child(clause, Field::kConsequence);
  const NodeId guard = syntax().child(clause, Field::kGuard);
  Block block;
  block.kind = BlockKind::kArm;
  block.group = group;
  block.arm = arm;
  block.at = span(clause);
  const BlockId inside = expressions_.enter(block);

  std::vector<NodeId> patterns;
  for (NodeId child : syntax().children(clause)) {
    if (syntax().kind(child) == Kind::kCasePattern) patterns.push_back(child);
  }
  // `case a, b:` is a sequence without brackets.
  int16_t element = patterns.size() == 1 ? kWhole : 0;
  for (NodeId pattern : patterns) {
    read_pattern(pattern, subject, element);
    const NodeId inner = syntax().first_child(pattern);
    const bool star = inner != kNoNode && syntax().kind(inner) == Kind::kSplatPattern;
    if (star) element = kUnknownElement;
    if (element >= 0 && element < INT16_MAX) ++element;
  }
  BlockId guarded = BlockId::kNone;
  if (guard != kNoNode && syntax().has_children(guard)) {
    Rest condition;
    condition.condition = expressions_.read(syntax().first_child(guard));
    condition.group = expressions_.new_group();
    guarded = enter_arm(condition, suite == kNoNode ? span(guard) : span(suite));
  }
  const bool exits = suite != kNoNode && read_suite(suite);
  if (guarded != BlockId::kNone) at(guarded).exits = exits;
  at(inside).exits = exits && guarded == BlockId::kNone;
  expressions_.leave_to(outside);
  return exits;
}

// `case _:` and `case name:`.
bool Statements::is_irrefutable(NodeId clause) const {
  if (syntax().child(clause, Field::kGuard) != kNoNode) return false;
  NodeId only = kNoNode;
  for (NodeId child : syntax().children(clause)) {
    if (syntax().kind(child) != Kind::kCasePattern) continue;
    if (only != kNoNode) return false;
    only = child;
  }
  if (only == kNoNode) return false;
  if (slice(only) == "_") return true;
  const NodeId name = syntax().first_child(only);
  return name != kNoNode && syntax().kind(name) == Kind::kDottedName && slice(name) == slice(only) &&
         slice(name).find('.') == std::string_view::npos;
}

void Statements::capture(NodeId name, ExprId subject, int16_t element, Span at) {
  if (slice(name) == "_") return;
  Write shape;
  shape.op = WriteOp::kMatch;
  shape.value = subject;
  shape.element = element;
  shape.at = at;
  expressions_.write(shape, expressions_.read_target(name));
}

void Statements::read_pattern(NodeId node, ExprId subject, int16_t element) {
  if (++depth_ > kMaxPattern) {
    file_.note(span(node), "nested too deeply: this pattern was not read");
    --depth_;
    return;
  }
  switch (syntax().kind(node)) {
    case Kind::kCasePattern:
      for (NodeId child : syntax().children(node)) read_pattern(child, subject, element);
      break;
    case Kind::kDottedName:
      if (slice(node).find('.') == std::string_view::npos) {
        capture(node, subject, element, span(node));
      } else {
        expressions_.read_dotted(node);
      }
      break;
    case Kind::kAsPattern:
      for (NodeId child : syntax().children(node)) {
        if (syntax().kind(child) == Kind::kIdentifier) {
          capture(child, subject, element, span(node));
        } else {
          read_pattern(child, subject, element);
        }
      }
      break;
    case Kind::kUnionPattern:
      for (NodeId child : syntax().children(node)) read_pattern(child, subject, element);
      break;
    case Kind::kListPattern:
    case Kind::kTuplePattern:
      if (expressions_.is_group(node)) {
        read_pattern(syntax().first_child(node), subject, element);
      } else {
        read_elements(node, subject, element == kWhole);
      }
      break;
    case Kind::kClassPattern: {
      bool first = true;
      for (NodeId child : syntax().children(node)) {
        if (first && syntax().kind(child) == Kind::kDottedName) {
          expressions_.read_dotted(child);
        } else {
          read_pattern(child, subject, kUnknownElement);
        }
        first = false;
      }
      break;
    }
    case Kind::kKeywordPattern: {
      bool first = true;
      for (NodeId child : syntax().children(node)) {
        if (!first) read_pattern(child, subject, kUnknownElement);
        first = false;
      }
      break;
    }
    case Kind::kSplatPattern: {
      const NodeId name = syntax().child(node, Kind::kIdentifier);
      if (name != kNoNode) capture(name, subject, kUnknownElement, span(node));
      break;
    }
    case Kind::kDictPattern:
      for (NodeId child : syntax().children(node)) read_pattern(child, subject, kUnknownElement);
      break;
    default:
      // Literals say nothing; ERROR nodes may hold patterns.
      if (syntax().kind(node) == Kind::kError) {
        for (NodeId child : syntax().children(node)) read_pattern(child, subject, kUnknownElement);
      }
  }
  --depth_;
}

// `[first, *others, last]`: only what stands before the star has a known number.
void Statements::read_elements(NodeId pattern, ExprId subject, bool whole) {
  int16_t element = whole ? 0 : kUnknownElement;
  for (NodeId child : syntax().children(pattern)) {
    const NodeId inner = syntax().kind(child) == Kind::kCasePattern ? syntax().first_child(child) : child;
    if (inner != kNoNode && syntax().kind(inner) == Kind::kSplatPattern) element = kUnknownElement;
    read_pattern(child, subject, element);
    if (element >= 0 && element < INT16_MAX) ++element;
  }
}

}  // namespace stallint::python
