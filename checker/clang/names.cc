#include "checker/clang/names.h"

#include "checker/clang/read.h"

#include <clang/Basic/FileManager.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Index/USRGeneration.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/xxhash.h>

namespace stallint::cxx {

using namespace clang;  // NOLINT: these files speak of little else

namespace {

constexpr size_t kMaxSymbol = 32;  // longer ones are hashed: those of real templates take kilobytes
constexpr int kMaxBehind = 8;      // pointers to pointers, iterators of smart pointers...

std::string short_symbol(std::string symbol) {
  if (symbol.size() <= kMaxSymbol) return symbol;
  std::string hex = llvm::utohexstr(llvm::xxh3_64bits(symbol), /*LowerCase=*/true);
  return "u:" + std::string(16 - hex.size(), '0') + hex;
}

bool is_local(const Decl* decl) {
  const auto* variable = llvm::dyn_cast<VarDecl>(decl);
  return llvm::isa<ParmVarDecl>(decl) || llvm::isa<BindingDecl>(decl) ||
         (variable != nullptr && (variable->isLocalVarDecl() || variable->isInitCapture()));
}

// The function whose body holds a declaration, lambdas included.
const FunctionDecl* function_around(const Decl* decl) {
  const DeclContext* context = decl->getDeclContext();
  while (context != nullptr && !context->isFunctionOrMethod() && !llvm::isa<TranslationUnitDecl>(context)) {
    context = context->getParent();
  }
  return llvm::dyn_cast_or_null<FunctionDecl>(context);
}

// True if the name of `decl` means something else in each file.
bool belongs_to_file(const NamedDecl* decl) {
  const Linkage linkage = decl->getFormalLinkage();
  return linkage == Linkage::Internal || linkage == Linkage::UniqueExternal || linkage == Linkage::None ||
         decl->isInAnonymousNamespace();
}

// What operator-> of a class leads to. A template that was only named has no members; its pattern has.
QualType arrow_of(const CXXRecordDecl* record, QualType type, ASTContext& context) {
  const DeclarationName arrow = context.DeclarationNames.getCXXOperatorName(OO_Arrow);
  const CXXRecordDecl* definition = record->getDefinition();
  if (definition != nullptr && !definition->isDependentContext()) {
    llvm::SmallVector<const CXXRecordDecl*, 8> open{definition};
    for (size_t n = 0; n < open.size(); ++n) {
      for (const NamedDecl* found : open[n]->lookup(arrow)) {
        if (const auto* method = llvm::dyn_cast<CXXMethodDecl>(found->getUnderlyingDecl())) {
          return method->getReturnType();
        }
      }
      for (const CXXBaseSpecifier& base : open[n]->bases()) {
        const CXXRecordDecl* one = base.getType()->getAsCXXRecordDecl();
        if (one != nullptr && one->hasDefinition()) open.push_back(one->getDefinition());
      }
    }
    return {};
  }
  const CXXRecordDecl* pattern = record_of(type);
  if (pattern == nullptr || !pattern->hasDefinition()) return {};
  llvm::SmallVector<const CXXRecordDecl*, 8> open{pattern->getDefinition()};
  bool has_arrow = false;
  for (size_t n = 0; n < open.size() && !has_arrow; ++n) {
    has_arrow = !open[n]->lookup(arrow).empty();
    for (const CXXBaseSpecifier& base : open[n]->bases()) {
      const CXXRecordDecl* one = record_of(base.getType());
      if (one != nullptr && one->hasDefinition()) open.push_back(one->getDefinition());
    }
  }
  if (!has_arrow) return {};
  if (const auto* special = llvm::dyn_cast<ClassTemplateSpecializationDecl>(record)) {
    const TemplateArgumentList& arguments = special->getTemplateArgs();
    if (arguments.size() > 0 && arguments[0].getKind() == TemplateArgument::Type) return arguments[0].getAsType();
  }
  if (const auto* special = type->getAs<TemplateSpecializationType>()) {
    const auto arguments = special->template_arguments();
    if (!arguments.empty() && arguments[0].getKind() == TemplateArgument::Type) return arguments[0].getAsType();
  }
  return {};
}

const CXXRecordDecl* pattern_of_record(const CXXRecordDecl* record) {
  if (const auto* special = llvm::dyn_cast<ClassTemplateSpecializationDecl>(record)) {
    if (special->isExplicitSpecialization()) return record;
  }
  if (const CXXRecordDecl* pattern = record->getTemplateInstantiationPattern()) return pattern;
  if (const auto* special = llvm::dyn_cast<ClassTemplateSpecializationDecl>(record)) {
    return special->getSpecializedTemplate()->getTemplatedDecl();  // named, never instantiated
  }
  return record;
}

// A member of an instantiated class has the place of the member that it was made from.
const Decl* member_of_pattern(const NamedDecl* member) {
  const auto* record = llvm::dyn_cast<CXXRecordDecl>(member->getDeclContext());
  if (record == nullptr) return member;
  const CXXRecordDecl* pattern = pattern_of_record(record);
  if (pattern == record) return member;
  for (const Decl* other : pattern->decls()) {
    if (other->getKind() == member->getKind() && other->getLocation() == member->getLocation()) return other;
  }
  return member;
}

}  // namespace

const FunctionDecl* pattern_of(const FunctionDecl* function) {
  if (function->getTemplateSpecializationKind() == TSK_ExplicitSpecialization) return function;
  if (const FunctionDecl* pattern = function->getTemplateInstantiationPattern(/*ForDefinition=*/false)) return pattern;
  return function;
}

const Decl* pattern_of(const Decl* decl) {
  if (const auto* function = llvm::dyn_cast<FunctionDecl>(decl)) return pattern_of(function);
  if (const auto* record = llvm::dyn_cast<CXXRecordDecl>(decl)) return pattern_of_record(record);
  if (const auto* variable = llvm::dyn_cast<VarDecl>(decl)) {
    if (const VarDecl* pattern = variable->getTemplateInstantiationPattern()) return pattern;
    return decl;
  }
  if (const auto* tmpl = llvm::dyn_cast<TemplateDecl>(decl)) {
    const NamedDecl* inner = tmpl->getTemplatedDecl();
    return inner == nullptr ? decl : pattern_of(static_cast<const Decl*>(inner));
  }
  if (const auto* member = llvm::dyn_cast<FieldDecl>(decl)) return member_of_pattern(member);
  return decl;
}

const CXXRecordDecl* record_of(QualType type) {
  if (type.isNull()) return nullptr;
  if (const CXXRecordDecl* record = type->getAsCXXRecordDecl()) return record;
  if (const auto* special = type->getAs<TemplateSpecializationType>()) {
    if (const TemplateDecl* tmpl = special->getTemplateName().getAsTemplateDecl()) {
      return llvm::dyn_cast_or_null<CXXRecordDecl>(tmpl->getTemplatedDecl());
    }
  }
  return nullptr;
}

std::string plain_name(const NamedDecl* decl) {
  switch (decl->getDeclName().getNameKind()) {
    case DeclarationName::CXXConstructorName:
    case DeclarationName::CXXDeductionGuideName:
      if (const auto* constructor = llvm::dyn_cast<CXXConstructorDecl>(decl)) {
        return constructor->getParent()->getName().str();
      }
      return decl->getDeclName().getCXXDeductionGuideTemplate()->getName().str();
    case DeclarationName::CXXDestructorName:
      if (const auto* destructor = llvm::dyn_cast<CXXDestructorDecl>(decl)) {
        return "~" + destructor->getParent()->getName().str();
      }
      return decl->getDeclName().getAsString();
    case DeclarationName::Identifier:
      if (decl->getIdentifier() != nullptr) return decl->getName().str();
      // `typedef union {...} pthread_mutex_t;`
      if (const auto* tag = llvm::dyn_cast<TagDecl>(decl); tag != nullptr && tag->getTypedefNameForAnonDecl()) {
        return tag->getTypedefNameForAnonDecl()->getName().str();
      }
      return "";
    default:
      return decl->getDeclName().getAsString();
  }
}

const std::string& Names::project_path(FileID file) {
  const auto [at, fresh] = paths_.try_emplace(file.getHashValue());
  if (fresh && file.isValid()) {
    if (const OptionalFileEntryRef entry = sources().getFileEntryRefForID(file)) {
      const llvm::StringRef real = entry->getFileEntry().tryGetRealPathName();
      if (!real.empty() && project_.contains(real)) at->second = real.str();
    }
  }
  return at->second;
}

const std::string& Names::project_path(SourceLocation at) {
  return project_path(at.isValid() ? sources().getFileID(sources().getFileLoc(at)) : FileID());
}

bool Names::in_project(const Decl* decl) {
  for (const Decl* one : decl->redecls()) {
    if (!project_path(one->getLocation()).empty()) return true;
  }
  return false;
}

const std::string& Names::symbol(const Decl* decl) {
  static const std::string kNone;
  if (decl == nullptr) return kNone;
  decl = pattern_of(decl)->getCanonicalDecl();
  if (const auto at = symbols_.find(decl); at != symbols_.end()) return at->second;
  std::string symbol = in_project(decl) ? short_symbol(make_symbol(decl)) : "";
  return symbols_[decl] = std::move(symbol);
}

std::string Names::make_symbol(const Decl* decl) {
  const auto offset = [&] {
    return std::to_string(sources().getFileOffset(sources().getFileLoc(decl->getLocation())));
  };
  const auto* named = llvm::dyn_cast<NamedDecl>(decl);
  if (named == nullptr) return "";
  if (is_local(decl)) {
    const FunctionDecl* function = function_around(decl);
    const std::string around = function == nullptr ? project_path(decl->getLocation()) : symbol(function);
    // What was instantiated before its template was defined has the parameters of the declaration, at their places.
    const auto* parameter = llvm::dyn_cast<ParmVarDecl>(decl);
    if (parameter != nullptr && function != nullptr && parameter->getDeclContext() == function) {
      return around + "#" + plain_name(named) + "#" + std::to_string(parameter->getFunctionScopeIndex());
    }
    return around + "#" + plain_name(named) + "@" + offset();
  }
  const auto* method = llvm::dyn_cast<CXXMethodDecl>(decl);
  const auto* record = method != nullptr ? method->getParent() : llvm::dyn_cast<CXXRecordDecl>(decl);
  if (record != nullptr && record->isLambda()) {
    const SourceLocation at = sources().getFileLoc(record->getBeginLoc());
    return project_path(at) + ":" + std::to_string(sources().getFileOffset(at));
  }
  llvm::SmallString<128> usr;
  if (index::generateUSRForDecl(decl, usr)) return "";
  std::string text = usr.str().str();
  // Partial specialisations share their identifier where only their arguments tell them apart.
  for (const DeclContext* around = decl->getDeclContext(); around != nullptr; around = around->getParent()) {
    if (const auto* partial = llvm::dyn_cast<ClassTemplatePartialSpecializationDecl>(around)) {
      text += "@" + std::to_string(sources().getFileOffset(sources().getFileLoc(partial->getLocation())));
    }
  }
  // Templates that only a condition on their parameters tells apart share it too.
  const auto [owner, fresh] = owners_.try_emplace(text, decl);
  if (!fresh && owner->second != decl) text += "@" + offset();
  // Two programs of one project may each have their own; their symbols name a file without its folder.
  if (belongs_to_file(named)) text = project_path(decl->getLocation()) + " " + text;
  return text;
}

const std::string& Names::name(const NamedDecl* decl) {
  static const std::string kNone;
  if (decl == nullptr) return kNone;
  if (const auto* shadow = llvm::dyn_cast<UsingShadowDecl>(decl)) decl = shadow->getTargetDecl();
  const Decl* key = pattern_of(decl)->getCanonicalDecl();
  if (const auto at = names_.find(key); at != names_.end()) return at->second;
  const auto* pattern = llvm::dyn_cast<NamedDecl>(key);
  std::string name = make_name(pattern == nullptr ? decl : pattern);
  return names_[key] = std::move(name);
}

std::string Names::make_name(const NamedDecl* decl) {
  if (llvm::isa<CXXConstructorDecl>(decl)) return name(llvm::cast<CXXConstructorDecl>(decl)->getParent());
  if (const auto* record = llvm::dyn_cast<CXXRecordDecl>(decl); record != nullptr && record->isLambda()) {
    return "<lambda>";
  }
  const std::string scope = scope_name(decl->getDeclContext());
  const std::string plain = plain_name(decl);
  if (!scope.empty()) return scope + "::" + plain;
  const bool global = llvm::isa<FunctionDecl>(decl) || llvm::isa<VarDecl>(decl) || llvm::isa<EnumConstantDecl>(decl);
  return global ? "::" + plain : plain;
}

std::string Names::scope_name(const DeclContext* context) {
  while (context != nullptr && !context->isTranslationUnit()) {
    const auto* around = llvm::dyn_cast<NamespaceDecl>(context);
    const bool visible =
        around != nullptr ? !around->isInline() && !around->isAnonymousNamespace() : llvm::isa<NamedDecl>(context);
    const auto* enumeration = llvm::dyn_cast<EnumDecl>(context);
    if (visible && !(enumeration != nullptr && !enumeration->isScoped())) {
      if (around == nullptr) return name(llvm::cast<NamedDecl>(context));
      const std::string outer = scope_name(context->getParent());
      return outer.empty() ? around->getName().str() : outer + "::" + around->getName().str();
    }
    context = context->getParent();
  }
  return "";
}

// One step behind a pointer, a smart pointer or an iterator; null if there is none.
QualType Names::behind(QualType type) {
  if (type->isAnyPointerType() || type->isArrayType()) {
    const Type* inner = type->getPointeeOrArrayElementType();
    return QualType(inner, 0);
  }
  const CXXRecordDecl* record = record_of(type);
  return record == nullptr ? QualType() : arrow_of(record, type, context_);
}

namespace {

QualType bare(QualType type) {
  type = type.getNonReferenceType();
  if (const auto* deduced = type->getAs<DeducedType>()) {
    if (!deduced->getDeducedType().isNull()) type = deduced->getDeducedType();
  }
  return type.getUnqualifiedType();
}

}  // namespace

std::string Names::type(QualType type) {
  if (type.isNull()) return "";
  type = bare(type);
  for (int depth = 0; depth < kMaxBehind; ++depth) {
    const QualType next = behind(type);
    if (next.isNull() || next->isDependentType()) {
      if (next.isNull()) break;
      const CXXRecordDecl* record = record_of(bare(next));
      if (record == nullptr) break;
    }
    type = bare(next);
  }
  return named(type);
}

std::string Names::object_type(QualType type) { return type.isNull() ? "" : named(bare(type)); }

const CXXRecordDecl* Names::record(QualType type) {
  if (type.isNull()) return nullptr;
  type = bare(type);
  for (int depth = 0; depth < kMaxBehind; ++depth) {
    const QualType next = behind(type);
    if (next.isNull()) break;
    type = bare(next);
  }
  return record_of(type);
}

std::string Names::named(QualType type) {
  if (const CXXRecordDecl* record = record_of(type)) return name(record);
  if (const auto* tag = type->getAsTagDecl()) return name(tag);
  if (const auto* builtin = type->getAs<BuiltinType>()) {
    return builtin->isVoidType() || builtin->isDependentType() || builtin->isPlaceholderType()
               ? ""
               : builtin->getName(context_.getPrintingPolicy()).str();
  }
  if (const auto* enumeration = type->getAs<EnumType>()) return name(enumeration->getDecl());
  return "";
}

}  // namespace stallint::cxx
