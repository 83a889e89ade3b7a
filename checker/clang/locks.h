#pragma once
// Stub until the analysis is there.
#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <llvm/ADT/DenseMap.h>

#include <string>
#include <vector>

namespace stallint::cxx {

struct HeldLock {
  const clang::ValueDecl* lock = nullptr;
  std::string spelling;
  clang::QualType type;
  bool must = false;
  bool shared = false;
};

inline bool mentions_lock(clang::ASTContext&, const clang::FunctionDecl&) { return false; }
inline llvm::DenseMap<const clang::Stmt*, std::vector<HeldLock>> locks_held(clang::ASTContext&,
                                                                            const clang::FunctionDecl&) {
  return llvm::DenseMap<const clang::Stmt*, std::vector<HeldLock>>();
}

}  // namespace stallint::cxx
