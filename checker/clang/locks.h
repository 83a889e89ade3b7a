#pragma once
// Which locks are held where, by a data flow analysis over Clang's control flow graph: an unlock() before, a deferred
// lock, an early return, a lock taken in one branch only are seen, which regions of the source would not show.
//
//     std::unique_lock lock(mutex_);
//     if (fast) lock.unlock();
//     co_await write(socket);          // mutex_ is held on one way to here: may, not must
//
// What a lock is shows in its shape: it has lock() and unlock() (what the standard asks of every lock), or is an
// argument of functions x_lock() and x_unlock(). A guard is a class that is made from a lock and whose destructor
// releases it. Clang's attributes of thread safety say the rest.

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <clang/AST/Stmt.h>
#include <llvm/ADT/DenseMap.h>

#include <optional>
#include <string>
#include <vector>

namespace stallint::cxx {

struct HeldLock {
  const clang::ValueDecl* lock = nullptr;  // variable or field; null if there is none (`table.mutex_of(key)`)
  std::string spelling;                    // "this->mutex_", "shard.mutex"
  clang::QualType type;                    // what the lock itself is, behind pointers and references
  bool must = false;                       // held on every way to here, not only on some
  bool shared = false;
};

using LocksHeld = llvm::DenseMap<const clang::Stmt*, std::vector<HeldLock>>;

// By expression of the function's body; those at which nothing is held are left out. The locks of a guard that is
// handed to a function elsewhere are left out at that call: what waits for a condition releases them meanwhile. Nothing
// if the flow is not known, or the guards are not before the template is used.
std::optional<LocksHeld> locks_held(clang::ASTContext& context, const clang::FunctionDecl& function);

// The lock that an attribute of the variable or field says protects it, or null.
const clang::ValueDecl* guard_of(const clang::ValueDecl& variable);

}  // namespace stallint::cxx
