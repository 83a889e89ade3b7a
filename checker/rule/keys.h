#pragma once
// The keys of every kind of mapping that is not a pattern. The loader accepts these and no others, and docs/language.md
// prints them.

#include <span>
#include <string_view>

namespace stallint::rule {

struct KeyInfo {
  std::string_view key;
  std::string_view value;  // what it takes, for people
  std::string_view help;   // one line of documentation
};

std::span<const KeyInfo> rule_keys();
std::span<const KeyInfo> todo_keys();
std::span<const KeyInfo> requires_keys();
std::span<const KeyInfo> model_keys();
std::span<const KeyInfo> type_keys();
std::span<const KeyInfo> member_keys();  // the special keys of `returns`
std::span<const KeyInfo> label_keys();
std::span<const KeyInfo> facet_keys();
std::span<const KeyInfo> flow_keys();
std::span<const KeyInfo> effect_keys();
std::span<const KeyInfo> context_keys();
std::span<const KeyInfo> argument_keys();  // tests of one argument

bool is_key(std::span<const KeyInfo> keys, std::string_view key);

}  // namespace stallint::rule
