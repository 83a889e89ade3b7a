#include "checker/clang/paths.h"

#include <clang/Basic/FileManager.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/Support/FileSystem.h>

namespace stallint::cxx {

const std::string& real_path(const clang::SourceManager& sources, clang::FileEntryRef file) {
  static llvm::StringMap<std::string> known;  // by absolute path; units run one after the other
  llvm::SmallString<256> path(file.getName());
  sources.getFileManager().makeAbsolutePath(path);
  const auto [at, is_new] = known.try_emplace(path);
  if (is_new) {
    llvm::SmallString<256> real;
    if (!llvm::sys::fs::real_path(path, real)) at->second = real.str().str();
  }
  return at->second;
}

const std::string& real_path(const clang::SourceManager& sources, clang::FileID file) {
  static const std::string none;
  const clang::OptionalFileEntryRef entry = sources.getFileEntryRefForID(file);
  return entry ? real_path(sources, *entry) : none;
}

}  // namespace stallint::cxx
