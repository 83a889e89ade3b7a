#include "checker/clang/read.h"

#include "checker/clang/paths.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <clang/Frontend/CompilerInstance.h>

namespace stallint::cxx {

UnitFacts read_facts(clang::CompilerInstance& compiler, const Project& project) {
  UnitFacts unit;
  const clang::SourceManager& sources = compiler.getSourceManager();
  for (auto at = sources.fileinfo_begin(); at != sources.fileinfo_end(); ++at) {
    const std::string& path = real_path(sources, at->first);
    if (!project.contains(path)) continue;
    facts::FileFacts& file = unit.files[path];
    file.language = facts::Language::kCpp;
    file.strings = {""};
    file.functions.resize(1);
    file.bodies.resize(1);
    file.line_starts = {0};
  }
  return unit;
}

}  // namespace stallint::cxx
