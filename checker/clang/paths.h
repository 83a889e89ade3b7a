#pragma once
// Files by the one path they have when all links and dots are gone, so that a header is the same file in every unit.

#include <clang/Basic/FileEntry.h>
#include <clang/Basic/SourceManager.h>

#include <string>

namespace stallint::cxx {

// "" if there is no such file (a buffer of the compiler). Remembered, as a unit asks for the same headers again and
// again.
const std::string& real_path(const clang::SourceManager& sources, clang::FileEntryRef file);
const std::string& real_path(const clang::SourceManager& sources, clang::FileID file);

}  // namespace stallint::cxx
