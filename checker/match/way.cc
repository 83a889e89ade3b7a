#include "checker/match/way.h"

#include <algorithm>
#include <tuple>

namespace stallint::match {
namespace {

// The entry of a node that continues the way: flow took the best one for the label.
const link::Reached* next_of(const link::Program& program, link::NodeId node, link::Label leaf) {
  const link::Reached* best = nullptr;
  for (const link::Reached& entry : program.reached[index(node)]) {
    if (entry.leaf == leaf && (best == nullptr || better_way(entry, *best))) best = &entry;
  }
  return best;
}

}  // namespace

bool better_way(const link::Reached& left, const link::Reached& right) {
  const auto key = [](const link::Reached& way) {
    return std::make_tuple(way.amortised, way.confidence != Confidence::kExact, way.uncertain || way.aside, way.length,
                           index(way.site), index(way.leaf));
  };
  return key(left) < key(right);
}

std::vector<Hop> way_of(const link::Program& program, const link::Reached& first) {
  constexpr size_t kLongest = 400;
  std::vector<Hop> hops;
  link::Reached way = first;
  while (hops.size() < kLongest) {
    hops.push_back({program[way.site].in, way.site});
    if (way.next == link::NodeId::kNone) break;
    const link::Reached* next = next_of(program, way.next, way.leaf);
    if (next == nullptr) break;
    way = *next;
  }
  return hops;
}

const link::Reached& own_way(const link::Program& program, const link::Reached& first) {
  const link::Reached* own = &first;
  for (const link::Reached* way = &first; way->next != link::NodeId::kNone;) {
    const link::FunctionId callee = program.nodes[index(way->next)].function;
    const auto edges = program.edges_of(program[way->site]);
    const bool kept = std::any_of(edges.begin(), edges.end(),
                                  [&](const link::Edge& edge) { return edge.callee == callee && edge.kept; });
    way = next_of(program, way->next, way->leaf);
    if (way == nullptr) break;
    if (kept) own = way;
  }
  return *own;
}

}  // namespace stallint::match
