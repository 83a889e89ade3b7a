#pragma once
// The configurations that come with stallint: rules/presets/strict.toml is `extend = "stallint:strict"`.

#include <span>
#include <string_view>

namespace stallint::config {

struct Preset {
  std::string_view name;  // "strict"
  std::string_view text;  // TOML
};

std::span<const Preset> presets();

}  // namespace stallint::config
