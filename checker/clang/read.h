#pragma once
// A parsed translation unit to facts, one set for each file of the project that the unit has read.
//
//     UnitFacts facts = read_facts(compiler, project);   // in ASTConsumer::HandleTranslationUnit
//
// What Clang knows is said in the words of checker/facts: who a function is (a symbol that all units agree on), what a
// call means, what it is handed, what is locked meanwhile. Which of these names stand for something slow is not known
// here: no library and no rule has its name in this room.

#include "checker/facts/facts.h"

#include <llvm/ADT/StringRef.h>

#include <map>
#include <string>

namespace clang {
class CompilerInstance;
}  // namespace clang

namespace stallint::cxx {

// Which files are the project's.
class Project {
 public:
  virtual bool contains(llvm::StringRef real_path) const = 0;
  virtual ~Project() = default;
};

struct UnitFacts {
  std::map<std::string, facts::FileFacts> files;  // by real path
};

UnitFacts read_facts(clang::CompilerInstance& compiler, const Project& project);

}  // namespace stallint::cxx
