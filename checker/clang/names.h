#pragma once
// Who is meant: symbols, canonical names and types of declarations, and places in files.
//
//     std::__cxx11::basic_string<char>& std::vector<...>::operator[](...)    name "std::vector::operator[]"
//     const std::shared_ptr<shop::Store>&                                   type "shop::Store"
//
// Clang's own printers of qualified names keep inline namespaces and template arguments, so names are put together
// here. A symbol stands for the pattern of a template, whatever it is instantiated with.

#include "checker/facts/facts.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>

#include <string>
#include <unordered_map>

namespace stallint::cxx {

class Project;

class Names {
 public:
  Names(clang::ASTContext& context, const Project& project) : context_(context), project_(project) {}

  clang::ASTContext& context() { return context_; }
  const clang::SourceManager& sources() const { return context_.getSourceManager(); }

  // Real path of the project's file that holds the place, where macros are used rather than defined; or "".
  const std::string& project_path(clang::SourceLocation at);
  const std::string& project_path(clang::FileID file);
  bool in_project(const clang::Decl* decl);

  // Symbol of a function, class, variable or field of the project, or of a local; "" for what libraries declare.
  const std::string& symbol(const clang::Decl* decl);
  const std::string& name(const clang::NamedDecl* decl);
  std::string type(clang::QualType type);         // behind references, pointers and smart pointers
  std::string object_type(clang::QualType type);  // behind references only

  // The class of the value that a type leads to, behind the same things; or null.
  const clang::CXXRecordDecl* record(clang::QualType type);

 private:
  std::string make_symbol(const clang::Decl* decl);
  std::string make_name(const clang::NamedDecl* decl);
  std::string scope_name(const clang::DeclContext* context);
  std::string named(clang::QualType type);
  clang::QualType behind(clang::QualType type);

  clang::ASTContext& context_;
  const Project& project_;
  std::unordered_map<const clang::Decl*, std::string> symbols_;
  std::unordered_map<const clang::Decl*, std::string> names_;
  std::unordered_map<unsigned, std::string> paths_;
  std::unordered_map<std::string, const clang::Decl*> owners_;  // of identifiers
};

// What a declaration was instantiated from, or itself.
const clang::Decl* pattern_of(const clang::Decl* decl);
const clang::FunctionDecl* pattern_of(const clang::FunctionDecl* function);

// Constructors have the name of their class, conversions that of the operator.
std::string plain_name(const clang::NamedDecl* decl);

// The class of a type as it stands, or null: for a class whose arguments depend on a template, its pattern.
const clang::CXXRecordDecl* record_of(clang::QualType type);

}  // namespace stallint::cxx
