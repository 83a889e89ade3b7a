#pragma once
// Bytes in a declared encoding to UTF-8.
//
//     from_encoding("caf\xe9", "latin-1")->text      // "café"
//     from_encoding(bytes, "klingon")                // nothing: nobody knows it
//
// The encodings in which most old Python files are written are built in, so that a static binary reads them without
// help; for others the C library is asked, except by a static binary.

#include "checker/base/utf.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stallint::source {

// The encoding that a comment in one of the first two lines declares (PEP 263), in small letters, or "".
std::string declared_encoding(std::string_view bytes);

// True for the names of UTF-8 and of ASCII, which is a part of it.
bool is_utf8_name(std::string_view encoding);

// Nothing if the encoding is unknown, or if ASCII letters are not themselves in it: then it cannot be the encoding of a
// file that declares it in ASCII.
std::optional<Repaired> from_encoding(std::string_view bytes, std::string_view encoding);

enum class ByteOrder { kLittle, kBig };
Repaired from_utf16(std::string_view bytes, ByteOrder order);
Repaired from_utf32(std::string_view bytes, ByteOrder order);

}  // namespace stallint::source
