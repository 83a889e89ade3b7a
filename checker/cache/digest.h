#pragma once
// Contents by which things are known again.
//
//     digest_of("def f(): pass\n").text()      // 32 letters, the same on every machine

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stallint::cache {

struct Digest {
  uint64_t high = 0;
  uint64_t low = 0;
  auto operator<=>(const Digest&) const = default;

  std::string text() const;  // 32 letters
};

Digest digest_of(std::string_view bytes);

// Of a content and whose reading of it is meant; no other split of the same bytes has this digest.
Digest digest_of(std::string_view reader, std::string_view bytes);

// Of a file's content; nothing if it cannot be read.
std::optional<Digest> digest_of_file(const std::string& path);

// Whether bytes are still those that were written.
uint64_t check_of(std::string_view bytes);

}  // namespace stallint::cache
