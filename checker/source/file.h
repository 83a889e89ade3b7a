#pragma once
// One source file, read and decoded. Everybody else sees valid UTF-8.
//
//     # -*- coding: latin-1 -*-        declared by PEP 263 in one of the first two lines
//     name = "caf\xe9"                 becomes "café", two bytes longer than on disk
//
// All offsets and columns speak of the decoded text. What could not be decoded becomes U+FFFD and a note; a file that
// exists always gives a text.

#include "checker/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::source {

struct DecodingNote {
  uint32_t offset = 0;  // in the decoded text
  std::string message;  // "3 bytes are no valid utf-8 and were replaced"
};

struct File {
  std::string text;      // valid UTF-8; a byte order mark stays, as U+FEFF
  std::string encoding;  // as declared, in small letters: "utf-8", "latin-1"
  std::vector<DecodingNote> notes;
};

// A Problem if the file is not there, may not be read, or is too large for 32-bit offsets.
Result<File> read_file(const std::string& path);

// The same for bytes that are already here.
File decode(std::string bytes);

// The same for C++, which declares no encoding and is read by a compiler too: every byte that is no UTF-8 becomes one
// `?`, so that offsets are those of the bytes on disk. What is UTF-16 is decoded as such.
Result<File> read_cpp_file(const std::string& path);

// True if the beginning of a file says that a program wrote it: `@generated`, or "generated" and "DO NOT EDIT".
bool says_generated(std::string_view beginning);

// True if it says that the file is a step of a database migration, wherever it lies: Alembic's `down_revision = ...`.
bool says_migration(std::string_view beginning);

}  // namespace stallint::source
