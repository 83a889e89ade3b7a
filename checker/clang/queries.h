#pragma once
// Rules may hold matchers in the language of clang-query:
//
//     callExpr(callee(functionDecl(hasName("::usleep")))).bind("call")
//
// What they find in a unit becomes facts::Matched of the file that holds it.

#include "checker/clang/read.h"
#include "checker/exchange/exchange.h"

#include <clang/AST/ASTContext.h>
#include <clang/ASTMatchers/ASTMatchersInternal.h>

#include <string>
#include <utility>
#include <vector>

namespace stallint::cxx {

class Queries {
 public:
  explicit Queries(const std::vector<std::string>& texts);

  const std::vector<exchange::BadQuery>& bad() const { return bad_; }

  // Adds to `facts` what all queries find within the traversal scope.
  void match(clang::ASTContext& context, UnitFacts& facts) const;

 private:
  std::vector<std::pair<uint32_t, clang::ast_matchers::internal::DynTypedMatcher>> queries_;
  std::vector<exchange::BadQuery> bad_;
};

}  // namespace stallint::cxx
