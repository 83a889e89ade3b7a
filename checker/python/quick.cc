#include "checker/python/quick.h"

#include "checker/python/quick_parser.h"
#include "checker/python/tokens.h"

#include <utility>

namespace stallint::python {

namespace quick {

MadeId Parser::read_module() {
  List statements;
  while (kind() != TokenKind::kEnd) read_statement(statements);
  const size_t begin = text_.find_first_not_of(" \t\r\n\f");
  return make(Kind::kModule, static_cast<uint32_t>(begin), static_cast<uint32_t>(text_.size()), statements);
}

}  // namespace quick

namespace {

using quick::kNothing;
using quick::Made;
using quick::MadeId;

// What a thread needs again for the next text.
struct Room {
  // A large text is the only one of its kind: what was made for it is not kept.
  static constexpr size_t kMostKept = size_t{1} << 18;

  std::vector<Token> tokens;
  std::vector<facts::Span> comments;
  std::vector<Made> made;
  std::vector<std::pair<MadeId, NodeId>> open;
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
  if (room.made.capacity() > Room::kMostKept) room = {};
  if (!read_tokens(text, room.tokens, room.comments) || room.tokens.size() < 2) return std::nullopt;
  room.made.clear();
  try {
    const MadeId root = quick::Parser(text, room.tokens, room.made).read_module();
    Syntax syntax;
    lay_out(room, root, syntax.nodes);
    syntax.comments.assign(room.comments.begin(), room.comments.end());
    syntax.read_to = static_cast<uint32_t>(text.size());
    return syntax;
  } catch (const quick::Odd&) {
    return std::nullopt;
  }
}

}  // namespace stallint::python
