#pragma once
// The command of another compiler, as an invocation of ours that only reads.

#include "checker/exchange/exchange.h"

#include <clang/Frontend/CompilerInvocation.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <memory>
#include <string>
#include <vector>

namespace stallint::cxx {

struct Command {
  std::shared_ptr<clang::CompilerInvocation> invocation;  // none if no compiler could make sense of the command
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files;  // with the unit's directory as working directory
  std::vector<std::string> problems;                      // what the compiler's driver said, if there is none
  std::vector<std::string> notes;                         // what had to be done otherwise than meant
};

Command understand(const exchange::Unit& unit);

}  // namespace stallint::cxx
