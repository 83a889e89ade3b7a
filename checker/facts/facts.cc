#include "checker/facts/facts.h"

#include <algorithm>
#include <functional>

namespace stallint::facts {

namespace {

constexpr size_t kFirstSlots = 64;

BlockId parent_of(const Body& body, BlockId block) {
  return index(block) < body.blocks.size() ? body.blocks[index(block)].parent : BlockId::kNone;
}

// Blocks that exclude the other blocks of their group. Two handlers of `except*` share their arm number: both may run.
bool is_alternative(const Block& block) {
  return block.group != 0 &&
         (block.kind == BlockKind::kArm || block.kind == BlockKind::kHandler || block.kind == BlockKind::kElse);
}

// The innermost block around `block` (or itself) that is one of several alternatives.
BlockId alternative_around(const Body& body, BlockId block) {
  while (block != BlockId::kNone && !is_alternative(body.blocks[index(block)])) block = parent_of(body, block);
  return block;
}

}  // namespace

Strings::Strings(std::vector<std::string>& strings) : strings_(strings) {
  if (strings_.empty()) strings_.emplace_back();
  size_t slots = kFirstSlots;
  while (slots < strings_.size() * 2) slots *= 2;
  slots_.assign(slots, 0);
  for (uint32_t id = 1; id < strings_.size(); ++id) insert(id);
}

// Slot 0 means free, which works because the empty string never enters the table.
uint32_t Strings::id(std::string_view text) {
  if (text.empty()) return 0;
  const size_t mask = slots_.size() - 1;
  size_t slot = std::hash<std::string_view>{}(text)&mask;
  while (slots_[slot] != 0) {
    if (strings_[slots_[slot]] == text) return slots_[slot];
    slot = (slot + 1) & mask;
  }
  const uint32_t id = static_cast<uint32_t>(strings_.size());
  strings_.emplace_back(text);
  slots_[slot] = id;
  if (strings_.size() * 2 > slots_.size()) grow();
  return id;
}

void Strings::insert(uint32_t id) {
  const size_t mask = slots_.size() - 1;
  size_t slot = std::hash<std::string_view>{}(strings_[id]) & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = id;
}

void Strings::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (uint32_t id = 1; id < strings_.size(); ++id) insert(id);
}

LineColumn locate(const FileFacts& facts, uint32_t offset) {
  const auto& starts = facts.line_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  if (after == starts.begin()) return {1, offset + 1};
  return {static_cast<uint32_t>(after - starts.begin()), offset - *(after - 1) + 1};
}

namespace {

const Meaning* find_meaning(const std::vector<Meaning>& meanings, ExprId expr) {
  const auto at = std::lower_bound(meanings.begin(), meanings.end(), expr,
                                   [](const Meaning& meaning, ExprId id) { return meaning.expr < id; });
  return at != meanings.end() && at->expr == expr ? &*at : nullptr;
}

}  // namespace

const Meaning* meaning_of(const Body& body, ExprId expr) { return find_meaning(body.meanings, expr); }
const Meaning* meaning_of(const FileFacts& facts, ExprId expr) { return find_meaning(facts.meanings, expr); }

// Group numbers grow from a block to the blocks in it, so the two ways up can be walked side by side.
bool exclusive(const Body& body, BlockId a, BlockId b) {
  a = alternative_around(body, a);
  b = alternative_around(body, b);
  while (a != BlockId::kNone && b != BlockId::kNone) {
    const Block& left = body.blocks[index(a)];
    const Block& right = body.blocks[index(b)];
    if (left.group == right.group && left.arm != right.arm) return true;
    const bool up_left = left.group >= right.group;
    const bool up_right = right.group >= left.group;
    if (up_left) a = alternative_around(body, left.parent);
    if (up_right) b = alternative_around(body, right.parent);
  }
  return false;
}

BlockId around(const Body& body, BlockId block, BlockKind kind) {
  while (block != BlockId::kNone && body.blocks[index(block)].kind != kind) block = parent_of(body, block);
  return block;
}

}  // namespace stallint::facts
