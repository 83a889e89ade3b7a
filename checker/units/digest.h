#pragma once
// Contents by which things are known again.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stallint::units {

struct Digest {
  uint64_t high = 0;
  uint64_t low = 0;
  auto operator<=>(const Digest&) const = default;

  std::string text() const;  // 32 letters
};

Digest digest_of(std::string_view bytes);

// Of a file's content; nothing if it cannot be read.
std::optional<Digest> digest_of_file(const std::string& path);

}  // namespace stallint::units
