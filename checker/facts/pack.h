#pragma once
// Facts as bytes, for a pipe or a file: what one process has read, another links.
//
//     std::string bytes = facts::pack(facts);
//     std::optional<FileFacts> same = facts::unpack(bytes);
//
// Equal facts give equal bytes. The form is that of this version of the program alone: whoever keeps bytes keeps
// `kPackVersion` beside them.

#include "checker/facts/facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stallint::facts {

// Grows with every change of the form.
constexpr uint32_t kPackVersion = 2;

std::string pack(const FileFacts& facts);

// Nothing if the bytes are not what pack() writes: cut off, damaged, or of another version. Indices are checked against
// their tables, so that damaged bytes cannot lead outside of them later.
std::optional<FileFacts> unpack(std::string_view bytes);

}  // namespace stallint::facts
