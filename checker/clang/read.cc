#include "checker/clang/read.h"

#include "checker/clang/body.h"
#include "checker/clang/locks.h"
#include "checker/clang/names.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/DeclFriend.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Lex/Lexer.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace stallint::cxx {

using namespace clang;  // NOLINT: these files speak of little else
using facts::BlockId;
using facts::ClassId;
using facts::ExprId;
using facts::ExprKind;
using facts::FunctionId;
using facts::FunctionKind;
using facts::Identity;
using facts::index;
using facts::Span;

namespace {

std::vector<uint32_t> line_starts(llvm::StringRef text) {
  std::vector<uint32_t> starts{0};
  for (size_t n = 0; n < text.size(); ++n) {
    const bool ends = text[n] == '\n' || (text[n] == '\r' && (n + 1 == text.size() || text[n + 1] != '\n'));
    if (ends) starts.push_back(static_cast<uint32_t>(n + 1));
  }
  return starts;
}

class UnitReader : public Definitions {
 public:
  UnitReader(CompilerInstance& compiler, const Project& project)
      : context_(compiler.getASTContext()), names_(context_, project) {}

  UnitFacts read();

  Names& names() override { return names_; }
  FunctionId add_lambda(const LambdaExpr& lambda, FileBuilder& file, FunctionId parent, BlockId block) override;
  void add_local_class(const CXXRecordDecl& record, FileBuilder& file, FunctionId parent, BlockId block) override;
  void add_declared(const ValueDecl& variable, FileBuilder& file, FunctionId function) override;

 private:
  void open_files();
  FileBuilder* file_of(SourceLocation at);
  void find_instantiations_in(const DeclContext* context);
  void find_instantiations(const Decl* decl);
  void note_instantiation(const FunctionDecl* function);
  const FunctionDecl& readable(const FunctionDecl& function) const;
  void read_context(const DeclContext* context, FunctionId parent, BlockId block);
  void read_decl(const Decl* decl, FunctionId parent, BlockId block);
  facts::Class class_of(const TagDecl& tag, FileBuilder& file, FunctionId parent, BlockId block);
  facts::ClassIdentity identity_of(const TagDecl& tag, FileBuilder& file);
  void read_enumeration(const EnumDecl& enumeration, FileBuilder& file, FunctionId parent, BlockId block);
  void read_class(const CXXRecordDecl& record, FileBuilder& file, FunctionId parent, BlockId block);
  FunctionId read_function(const FunctionDecl& function, FileBuilder& file, FunctionId parent, BlockId block,
                           const LambdaExpr* lambda);
  void read_parameters(const FunctionDecl& function, FileBuilder& file, FunctionId id);
  void identify(const FunctionDecl& function, FileBuilder& file, Identity& identity);
  BodyReader& module(FileBuilder& file);
  Span span(SourceRange range, const FileBuilder& file);
  ExprId outline_name(FileBuilder& file, std::string_view text, Span at);
  void outline_meaning(FileBuilder& file, ExprId expr, const std::string& symbol, const std::string& name,
                       const std::string& type);

  ASTContext& context_;
  Names names_;
  std::map<std::string, FileBuilder> files_;
  std::unordered_map<const FunctionDecl*, const FunctionDecl*> instantiations_;  // by pattern: the first with a body
  std::unordered_map<std::string, FunctionId> lambdas_;                          // by symbol
  std::unordered_set<const Decl*> declared_;
};

// --- Files -----------------------------------------------------------------------------------------------------------

void UnitReader::open_files() {
  const SourceManager& sources = context_.getSourceManager();
  for (unsigned n = 0; n < sources.local_sloc_entry_size(); ++n) {
    const SrcMgr::SLocEntry& entry = sources.getLocalSLocEntry(n);
    if (!entry.isFile()) continue;
    const FileID file = sources.getFileID(SourceLocation::getFromRawEncoding(entry.getOffset()));
    const std::string& path = names_.project_path(file);
    if (path.empty()) continue;
    const auto [at, fresh] = files_.try_emplace(path, path, file);
    if (!fresh) continue;
    facts::FileFacts& facts = at->second.facts;
    const llvm::StringRef text = sources.getBufferData(file);
    facts.language = facts::Language::kCpp;
    facts.line_starts = line_starts(text);
    facts::Function whole;
    whole.kind = FunctionKind::kModule;
    whole.name = at->second.strings.id("<module>");
    whole.extent = {0, static_cast<uint32_t>(text.size())};
    facts.functions.push_back(whole);
    facts.bodies.emplace_back();
    facts.identities.emplace_back();
  }
  for (auto& [path, file] : files_) {
    file.module = std::make_unique<BodyReader>(*this, file, FunctionId::kModule, file.facts.functions[0].extent,
                                               file.module_body);
  }
}

FileBuilder* UnitReader::file_of(SourceLocation at) {
  const std::string& path = names_.project_path(at);
  if (path.empty()) return nullptr;
  const auto file = files_.find(path);
  return file == files_.end() ? nullptr : &file->second;
}

Span UnitReader::span(SourceRange range, const FileBuilder& file) {
  const SourceManager& sources = context_.getSourceManager();
  const Span whole = file.facts.functions[0].extent;
  const SourceLocation begin = sources.getFileLoc(range.getBegin());
  SourceLocation end = range.getEnd();
  while (end.isMacroID()) {
    end = sources.isMacroArgExpansion(end) ? sources.getImmediateSpellingLoc(end)
                                           : sources.getImmediateExpansionRange(end).getEnd();
  }
  if (begin.isInvalid()) return {0, 0};
  Span at{sources.getFileOffset(begin), 0};
  at.begin = std::min(at.begin, whole.end);
  at.end = at.begin;
  if (end.isValid() && names_.project_path(end) == file.path) {
    const uint32_t size = Lexer::MeasureTokenLength(end, sources, context_.getLangOpts());
    at.end = std::clamp(sources.getFileOffset(end) + size, at.begin, whole.end);
  }
  return at;
}

// --- Templates -------------------------------------------------------------------------------------------------------

// In the body of a template little is resolved. Where the unit instantiates it, the body of the first instantiation
// says the same at the same places, and what everything is.
void UnitReader::find_instantiations_in(const DeclContext* context) {
  for (const Decl* decl : context->decls()) find_instantiations(decl);
}

void UnitReader::note_instantiation(const FunctionDecl* function) {
  const FunctionDecl* pattern = function->getTemplateInstantiationPattern();
  if (pattern == nullptr || pattern == function || function->isInvalidDecl()) return;
  const FunctionDecl* definition = nullptr;
  if (function->hasBody(definition) && definition->getBody() != nullptr) {
    instantiations_.try_emplace(pattern->getCanonicalDecl(), definition);
  }
}

void UnitReader::find_instantiations(const Decl* decl) {
  if (llvm::isa<NamespaceDecl>(decl) || llvm::isa<LinkageSpecDecl>(decl)) {
    if (names_.project_path(decl->getLocation()).empty()) return;
    find_instantiations_in(llvm::cast<DeclContext>(decl));
  } else if (const auto* tmpl = llvm::dyn_cast<ClassTemplateDecl>(decl)) {
    if (!tmpl->isCanonicalDecl() || !names_.in_project(tmpl)) return;
    for (const ClassTemplateSpecializationDecl* special : tmpl->specializations()) {
      if (special->getDefinition() == special) find_instantiations_in(special);
    }
  } else if (const auto* tmpl = llvm::dyn_cast<FunctionTemplateDecl>(decl)) {
    if (!tmpl->isCanonicalDecl() || !names_.in_project(tmpl)) return;
    for (const FunctionDecl* special : tmpl->specializations()) note_instantiation(special);
  } else if (const auto* record = llvm::dyn_cast<CXXRecordDecl>(decl)) {
    if (!names_.project_path(record->getLocation()).empty()) {
      find_instantiations_in(record);
    }
  } else if (const auto* function = llvm::dyn_cast<FunctionDecl>(decl)) {
    if (function->isTemplateInstantiation()) note_instantiation(function);
  }
}

const FunctionDecl& UnitReader::readable(const FunctionDecl& function) const {
  if (!function.isDependentContext()) return function;
  const auto at = instantiations_.find(function.getCanonicalDecl());
  return at == instantiations_.end() ? function : *at->second;
}

// --- Outline ---------------------------------------------------------------------------------------------------------

UnitFacts UnitReader::read() {
  open_files();
  find_instantiations_in(context_.getTranslationUnitDecl());
  read_context(context_.getTranslationUnitDecl(), FunctionId::kModule, BlockId::kBody);
  UnitFacts unit;
  for (auto& [path, file] : files_) {
    file.module->finish(nullptr);
    file.facts.identities[0].lost = file.module->lost();
    file.facts.functions[0].trivial = file.module_body.writes.empty() && file.module_body.calls.empty();
    file.facts.bodies[0] = std::move(file.module_body);
    std::sort(file.facts.meanings.begin(), file.facts.meanings.end(),
              [](const facts::Meaning& a, const facts::Meaning& b) { return a.expr < b.expr; });
    unit.files.emplace(path, std::move(file.facts));
  }
  return unit;
}

void UnitReader::read_context(const DeclContext* context, FunctionId parent, BlockId block) {
  for (const Decl* decl : context->decls()) read_decl(decl, parent, block);
}

void UnitReader::read_decl(const Decl* decl, FunctionId parent, BlockId block) {
  if (decl->isImplicit()) return;
  if (const auto* tmpl = llvm::dyn_cast<ClassTemplateDecl>(decl)) {
    decl = tmpl->getTemplatedDecl();
  } else if (const auto* tmpl = llvm::dyn_cast<FunctionTemplateDecl>(decl)) {
    decl = tmpl->getTemplatedDecl();
  } else if (const auto* tmpl = llvm::dyn_cast<VarTemplateDecl>(decl)) {
    decl = tmpl->getTemplatedDecl();
  } else if (const auto* befriended = llvm::dyn_cast<FriendDecl>(decl)) {
    if (befriended->getFriendDecl() != nullptr) read_decl(befriended->getFriendDecl(), parent, block);
    return;
  }
  FileBuilder* file = file_of(decl->getLocation());
  if (file == nullptr) {
    // `extern "C" { #include "ours.h" }` elsewhere is not looked into.
    return;
  }
  if (llvm::isa<NamespaceDecl>(decl) || llvm::isa<LinkageSpecDecl>(decl) || llvm::isa<ExportDecl>(decl)) {
    read_context(llvm::cast<DeclContext>(decl), parent, block);
  } else if (const auto* record = llvm::dyn_cast<CXXRecordDecl>(decl)) {
    if (record->isThisDeclarationADefinition() && !record->isLambda()) read_class(*record, *file, parent, block);
  } else if (const auto* enumeration = llvm::dyn_cast<EnumDecl>(decl)) {
    if (enumeration->isThisDeclarationADefinition()) read_enumeration(*enumeration, *file, parent, block);
  } else if (const auto* function = llvm::dyn_cast<FunctionDecl>(decl)) {
    if (function->isThisDeclarationADefinition() && !function->isDefaulted() && !function->isDeleted() &&
        function->getTemplateSpecializationKind() != TSK_ImplicitInstantiation) {
      read_function(*function, *file, parent, block, nullptr);
    }
  } else if (const auto* variable = llvm::dyn_cast<VarDecl>(decl)) {
    if (variable->getTemplateSpecializationKind() == TSK_ImplicitInstantiation ||
        llvm::isa<VarTemplateSpecializationDecl>(variable) || variable->getDescribedVarTemplate() != nullptr)
      return;
    module(*file).read_variable(*variable);
  } else if (const auto* field = llvm::dyn_cast<FieldDecl>(decl)) {
    add_declared(*field, *file, FunctionId::kModule);
  }
}

BodyReader& UnitReader::module(FileBuilder& file) { return *file.module; }

ExprId UnitReader::outline_name(FileBuilder& file, std::string_view text, Span at) {
  facts::Expr expr;
  expr.kind = ExprKind::kName;
  expr.text = file.strings.id(text);
  expr.first_child = static_cast<uint32_t>(file.facts.outline.children.size());
  expr.at = at;
  file.facts.outline.exprs.push_back(expr);
  return ExprId{static_cast<uint32_t>(file.facts.outline.exprs.size() - 1)};
}

void UnitReader::outline_meaning(FileBuilder& file, ExprId expr, const std::string& symbol, const std::string& name,
                                 const std::string& type) {
  facts::Meaning told;
  told.expr = expr;
  told.symbol = file.strings.id(symbol);
  told.name = file.strings.id(name);
  told.type = file.strings.id(type);
  file.facts.meanings.push_back(told);
}

facts::Class UnitReader::class_of(const TagDecl& tag, FileBuilder& file, FunctionId parent, BlockId block) {
  facts::Class one;
  one.name = file.strings.id(plain_name(&tag));
  one.scope = parent;
  one.block = block;
  one.name_at = span(SourceRange(tag.getLocation()), file);
  one.extent = span(tag.getSourceRange(), file);
  return one;
}

facts::ClassIdentity UnitReader::identity_of(const TagDecl& tag, FileBuilder& file) {
  facts::ClassIdentity identity;
  identity.symbol = file.strings.id(names_.symbol(&tag));
  identity.name = file.strings.id(names_.name(&tag));
  return identity;
}

// A class whose ancestor is `enum`, which is how models speak of all enumerations.
void UnitReader::read_enumeration(const EnumDecl& enumeration, FileBuilder& file, FunctionId parent, BlockId block) {
  if (plain_name(&enumeration).empty()) return;
  const facts::Class one = class_of(enumeration, file, parent, block);
  facts::ClassIdentity identity = identity_of(enumeration, file);
  identity.ancestors.push_back(file.strings.id("enum"));
  file.facts.classes.push_back(one);
  file.facts.class_identities.push_back(std::move(identity));
}

void UnitReader::read_class(const CXXRecordDecl& record, FileBuilder& file, FunctionId parent, BlockId block) {
  const ClassId id{static_cast<uint32_t>(file.facts.classes.size())};
  const auto* pattern = llvm::dyn_cast<CXXRecordDecl>(pattern_of(static_cast<const Decl*>(&record)));
  if (!file.classes.try_emplace(pattern->getCanonicalDecl(), id).second) return;
  facts::Class one = class_of(record, file, parent, block);
  facts::ClassIdentity identity = identity_of(record, file);
  for (const CXXBaseSpecifier& base : record.bases()) {
    const CXXRecordDecl* above = record_of(base.getType());
    if (above == nullptr) continue;
    const ExprId expr = outline_name(file, plain_name(above), span(base.getSourceRange(), file));
    outline_meaning(file, expr, names_.symbol(above), names_.name(above), "");
    one.bases.push_back(expr);
    if (!names_.symbol(above).empty()) identity.bases.push_back(file.strings.id(names_.symbol(above)));
  }
  std::vector<const CXXRecordDecl*> open{&record};
  for (size_t n = 0; n < open.size(); ++n) {
    if (!open[n]->hasDefinition()) continue;
    for (const CXXBaseSpecifier& base : open[n]->getDefinition()->bases()) {
      const CXXRecordDecl* above = record_of(base.getType());
      if (above == nullptr || std::find(open.begin(), open.end(), above) != open.end()) continue;
      open.push_back(above);
      const uint32_t name = file.strings.id(names_.name(above));
      if (std::find(identity.ancestors.begin(), identity.ancestors.end(), name) == identity.ancestors.end()) {
        identity.ancestors.push_back(name);
      }
    }
  }
  file.facts.classes.push_back(one);
  file.facts.class_identities.push_back(std::move(identity));
  read_context(&record, parent, block);
}

void UnitReader::add_local_class(const CXXRecordDecl& record, FileBuilder& file, FunctionId parent, BlockId block) {
  if (!record.isLambda()) read_class(record, file, parent, block);
}

// --- Functions -------------------------------------------------------------------------------------------------------

FunctionId UnitReader::add_lambda(const LambdaExpr& lambda, FileBuilder& file, FunctionId parent, BlockId block) {
  FileBuilder* const own = file_of(lambda.getBeginLoc());
  if (own == nullptr) return FunctionId::kNone;
  const FunctionDecl* function = lambda.getCallOperator();
  if (function == nullptr) return FunctionId::kNone;
  const std::string symbol = names_.symbol(function);
  auto at = lambdas_.find(symbol);
  if (at == lambdas_.end()) {
    const FunctionDecl* body = function;
    if (const FunctionTemplateDecl* tmpl = function->getDescribedFunctionTemplate()) {
      for (const FunctionDecl* special : tmpl->specializations()) {
        const FunctionDecl* definition = nullptr;
        if (special->hasBody(definition) && !special->isInvalidDecl()) {
          body = definition;
          break;
        }
      }
    }
    if (own != &file) parent = FunctionId::kModule;
    const FunctionId id = read_function(*body, *own, parent, own == &file ? block : BlockId::kBody, &lambda);
    at = lambdas_.emplace(symbol, id).first;
  }
  return own == &file ? at->second : FunctionId::kNone;
}

FunctionId UnitReader::read_function(const FunctionDecl& function, FileBuilder& file, FunctionId parent, BlockId block,
                                     const LambdaExpr* lambda) {
  const FunctionId id{static_cast<uint32_t>(file.facts.functions.size())};
  file.facts.functions.emplace_back();
  file.facts.bodies.emplace_back();
  file.facts.identities.emplace_back();
  const FunctionDecl& body_from = readable(function);
  {
    facts::Function& one = file.facts.functions.back();
    one.kind = lambda != nullptr ? FunctionKind::kLambda : FunctionKind::kFunction;
    one.name = file.strings.id(lambda != nullptr ? "<lambda>" : plain_name(&function));
    one.parent = parent;
    one.block = block;
    one.extent = span(lambda != nullptr ? lambda->getSourceRange() : function.getSourceRange(), file);
    one.name_at = span(lambda != nullptr ? lambda->getIntroducerRange() : SourceRange(function.getLocation()), file);
    one.name_at.begin = std::clamp(one.name_at.begin, one.extent.begin, one.extent.end);
    one.name_at.end = std::clamp(one.name_at.end, one.name_at.begin, one.extent.end);
    if (const auto* method = llvm::dyn_cast<CXXMethodDecl>(&function); method != nullptr && lambda == nullptr) {
      const auto* record = llvm::dyn_cast<CXXRecordDecl>(pattern_of(static_cast<const Decl*>(method->getParent())));
      const auto owner = file.classes.find(record->getCanonicalDecl());
      if (owner != file.classes.end()) one.owner = owner->second;
    }
    const Stmt* stmt = body_from.getBody();
    if (const auto* coroutine = llvm::dyn_cast_or_null<CoroutineBodyStmt>(stmt)) stmt = coroutine->getBody();
    const auto* compound = llvm::dyn_cast_or_null<CompoundStmt>(stmt);
    one.trivial = compound != nullptr && compound->body_empty();
  }
  read_parameters(function, file, id);
  Identity identity;
  identify(function, file, identity);

  facts::Body body;
  BodyReader reader(*this, file, id, file.facts.functions[index(id)].extent, body);
  reader.read_function(body_from);
  reader.finish(&body_from);

  bool awaits = false;
  bool yields = false;
  for (const facts::Expr& expr : body.tree.exprs) {
    awaits = awaits || expr.kind == ExprKind::kAwait;
    yields = yields || expr.kind == ExprKind::kYield;
  }
  const Stmt* stmt = body_from.getBody();
  const bool coroutine = llvm::isa_and_nonnull<CoroutineBodyStmt>(stmt);
  facts::Function& one = file.facts.functions[index(id)];
  one.generator = yields;
  one.async = awaits || (coroutine && !yields);
  identity.lost = reader.lost() || function.isInvalidDecl() || stmt == nullptr;
  file.facts.bodies[index(id)] = std::move(body);
  file.facts.identities[index(id)] = std::move(identity);
  return id;
}

void UnitReader::read_parameters(const FunctionDecl& function, FileBuilder& file, FunctionId id) {
  for (const ParmVarDecl* parameter : function.parameters()) {
    facts::Parameter one;
    one.name = file.strings.id(plain_name(parameter));
    one.at = span(parameter->getSourceRange(), file);
    if (parameter->isParameterPack()) one.kind = facts::ParameterKind::kStar;
    const std::string type = names_.type(parameter->getType());
    if (!type.empty()) {
      one.annotation = outline_name(file, type, one.at);
      outline_meaning(file, one.annotation, names_.symbol(names_.record(parameter->getType())), type, type);
    }
    if (parameter->hasDefaultArg() && !parameter->hasUnparsedDefaultArg() &&
        !parameter->hasUninstantiatedDefaultArg()) {
      const Expr* value = parameter->getDefaultArg()->IgnoreParenImpCasts();
      facts::Literal literal = facts::Literal::kEllipsis;
      std::string text;
      if (const auto* boolean = llvm::dyn_cast<CXXBoolLiteralExpr>(value)) {
        literal = boolean->getValue() ? facts::Literal::kTrue : facts::Literal::kFalse;
        text = boolean->getValue() ? "true" : "false";
      } else if (const auto* number = llvm::dyn_cast<IntegerLiteral>(value)) {
        literal = facts::Literal::kInteger;
        llvm::SmallString<24> digits;
        number->getValue().toString(digits, 10, number->getType()->isSignedIntegerType());
        text = digits.str().str();
      } else if (llvm::isa<CXXNullPtrLiteralExpr>(value) || llvm::isa<GNUNullExpr>(value)) {
        literal = facts::Literal::kNone;
        text = "nullptr";
      }
      if (literal != facts::Literal::kEllipsis) {
        one.default_value = outline_name(file, text, span(value->getSourceRange(), file));
        facts::Expr& expr = file.facts.outline.exprs[index(one.default_value)];
        expr.kind = ExprKind::kLiteral;
        expr.detail = static_cast<uint8_t>(literal);
      }
    }
    file.facts.functions[index(id)].parameters.push_back(one);
    add_declared(*parameter, file, id);
  }
}

void UnitReader::identify(const FunctionDecl& function, FileBuilder& file, Identity& identity) {
  const auto attribute = [&](std::string_view name) { identity.attributes.push_back(file.strings.id(name)); };
  identity.symbol = file.strings.id(names_.symbol(&function));
  identity.name = file.strings.id(names_.name(&function));
  identity.returns = file.strings.id(names_.type(function.getReturnType()));
  if (function.isMain()) attribute("main");
  for (const FunctionEffectWithCondition& effect : function.getFunctionEffects()) {
    if (effect.Effect.kind() == FunctionEffect::Kind::NonBlocking) attribute("nonblocking");
    if (effect.Effect.kind() == FunctionEffect::Kind::Blocking) attribute("blocking");
  }
  const auto* method = llvm::dyn_cast<CXXMethodDecl>(&function);
  if (method == nullptr) {
    identity.is_static = function.getStorageClass() == SC_Static;
    return;
  }
  identity.owner = file.strings.id(names_.symbol(method->getParent()));
  identity.is_static = method->isStatic();
  identity.is_virtual = method->isVirtual();
  if (method->isPureVirtual()) attribute("pure");
  if (llvm::isa<CXXConstructorDecl>(method)) attribute("constructor");
  if (llvm::isa<CXXDestructorDecl>(method)) attribute("destructor");
  std::vector<const CXXMethodDecl*> open(method->begin_overridden_methods(), method->end_overridden_methods());
  for (size_t n = 0; n < open.size(); ++n) {
    identity.overrides.push_back(file.strings.id(names_.symbol(open[n])));
    identity.overridden_names.push_back(file.strings.id(names_.name(open[n])));
    for (const CXXMethodDecl* above : open[n]->overridden_methods()) {
      if (std::find(open.begin(), open.end(), above) == open.end()) open.push_back(above);
    }
  }
}

// --- Variables -------------------------------------------------------------------------------------------------------

void UnitReader::add_declared(const ValueDecl& variable, FileBuilder& file, FunctionId function) {
  using Storage = facts::Declared::Storage;
  if (!declared_.insert(variable.getCanonicalDecl()).second || variable.getDeclName().isEmpty()) return;
  if (file_of(variable.getLocation()) != &file) return;
  facts::Declared one;
  const auto* var = llvm::dyn_cast<VarDecl>(&variable);
  if (llvm::isa<ParmVarDecl>(variable)) {
    one.storage = Storage::kParameter;
  } else if (llvm::isa<FieldDecl>(variable)) {
    one.storage = Storage::kInstance;
  } else if (var != nullptr && var->isStaticDataMember()) {
    one.storage = Storage::kClass;
  } else if (var != nullptr && (var->hasGlobalStorage() || var->isFileVarDecl())) {
    one.storage = Storage::kProcess;
  }
  one.symbol = file.strings.id(names_.symbol(&variable));
  one.name = file.strings.id(plain_name(&variable));
  one.type = file.strings.id(names_.type(variable.getType()));
  if (const auto* record = llvm::dyn_cast<CXXRecordDecl>(variable.getDeclContext())) {
    if (one.storage == Storage::kClass || one.storage == Storage::kInstance) {
      one.owner = file.strings.id(names_.symbol(record));
    }
  }
  if (const ValueDecl* const guard = guard_of(variable)) one.guard = file.strings.id(names_.symbol(guard));
  one.function = function;
  const QualType type = variable.getType();
  one.constant = type.isConstQualified() || (var != nullptr && var->isConstexpr());
  one.per_thread = var != nullptr && var->getTLSKind() != VarDecl::TLS_None;
  one.at = span(SourceRange(variable.getLocation()), file);
  file.facts.declared.push_back(one);
}

}  // namespace

UnitFacts read_facts(CompilerInstance& compiler, const Project& project) {
  return UnitReader(compiler, project).read();
}

}  // namespace stallint::cxx
