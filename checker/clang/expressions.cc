#include "checker/clang/body.h"

#include <clang/AST/ExprConcepts.h>
#include <clang/Basic/Builtins.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Lex/Lexer.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/Support/ConvertUTF.h>

#include <algorithm>

namespace stallint::cxx {

using namespace clang;  // NOLINT: these files speak of little else
using facts::Block;
using facts::BlockKind;
using facts::CallKind;
using facts::Either;
using facts::ExprKind;
using facts::Fate;
using facts::index;
using facts::Literal;
using facts::Meaning;
using facts::WriteOp;

namespace {

constexpr size_t kMaxText = 200;

// Text of a literal as the other front ends give it: cut short, and valid UTF-8 whatever the bytes are.
std::string shown(llvm::StringRef bytes) {
  std::string text;
  const auto* at = reinterpret_cast<const llvm::UTF8*>(bytes.begin());
  const auto* end = reinterpret_cast<const llvm::UTF8*>(bytes.end());
  while (at < end && text.size() < kMaxText) {
    const unsigned size = llvm::getNumBytesForUTF8(*at);
    if (size > static_cast<size_t>(end - at) || !llvm::isLegalUTF8Sequence(at, at + size)) {
      text += '?';
      ++at;
      continue;
    }
    text.append(reinterpret_cast<const char*>(at), size);
    at += size;
  }
  return text;
}

bool is_copy(const CXXConstructExpr* construct) {
  return construct->getNumArgs() >= 1 && construct->getConstructor()->isCopyOrMoveConstructor();
}

// A conversion that nobody wrote begins where its operand does.
bool is_unwritten(const CXXConstructExpr* construct) {
  return !llvm::isa<CXXTemporaryObjectExpr>(construct) && construct->getParenOrBraceRange().isInvalid() &&
         construct->getBeginLoc() == construct->getArg(0)->getBeginLoc();
}

bool has_one_argument(const CXXConstructExpr* construct) {
  return construct->getNumArgs() == 1 || (construct->getNumArgs() > 1 && construct->getArg(1)->isDefaultArgument());
}

// std::move and its like, which Clang itself takes for casts.
bool is_cast(const CallExpr* call) {
  switch (call->getBuiltinCallee()) {
    case Builtin::BImove:
    case Builtin::BIforward:
    case Builtin::BIforward_like:
    case Builtin::BImove_if_noexcept:
    case Builtin::BIas_const:
      return call->getNumArgs() == 1;
    default:
      return false;
  }
}

}  // namespace

// --- Building --------------------------------------------------------------------------------------------------------

facts::ExprId BodyReader::add(ExprKind kind, Span at, size_t mark, uint32_t text, uint8_t detail) {
  facts::Expr expr;
  expr.kind = kind;
  expr.detail = detail;
  expr.text = text;
  expr.first_child = static_cast<uint32_t>(body_.tree.children.size());
  expr.child_count = static_cast<uint32_t>(pending_.size() - mark);
  expr.block = block_;
  expr.at = at;
  body_.tree.children.insert(body_.tree.children.end(), pending_.begin() + static_cast<ptrdiff_t>(mark),
                             pending_.end());
  pending_.resize(mark);
  body_.tree.exprs.push_back(expr);
  return ExprId{static_cast<uint32_t>(body_.tree.exprs.size() - 1)};
}

facts::ExprId BodyReader::add_name(std::string_view name, Span at) {
  return add(ExprKind::kName, at, mark(), text(name));
}

facts::ExprId BodyReader::add_literal(Literal literal, Span at, std::string_view value) {
  return add(ExprKind::kLiteral, at, mark(), text(value), static_cast<uint8_t>(literal));
}

Meaning& BodyReader::meaning(ExprId expr) {
  Meaning& meaning = meanings_[index(expr)];
  meaning.expr = expr;
  return meaning;
}

void BodyReader::call(CallKind kind, ExprId expr, Use use, Span at, const Stmt* stmt) {
  facts::Call call;
  call.kind = kind;
  call.fate = use.fate;
  call.awaited = use.awaited;
  call.expr = expr;
  call.into = use.into;
  call.block = block_;
  call.at = at;
  body_.calls.push_back(call);
  if (stmt != nullptr) events_.emplace_back(stmt, at);
}

void BodyReader::write(WriteOp op, ExprId target, ExprId value, Span at, const Stmt* stmt, uint32_t op_text,
                       int element) {
  facts::Write write;
  write.op = op;
  write.element = static_cast<int16_t>(element);
  write.op_text = op_text;
  write.target = target;
  write.value = value;
  write.block = block_;
  write.at = at;
  body_.writes.push_back(write);
  if (stmt != nullptr) events_.emplace_back(stmt, at);
}

void BodyReader::exit(facts::ExitKind kind, ExprId value, Span at) {
  facts::Exit exit;
  exit.kind = kind;
  exit.value = value;
  exit.block = block_;
  exit.at = at;
  body_.exits.push_back(exit);
}

facts::ExprId BodyReader::as_target(ExprId expr) {
  body_.tree.exprs[index(expr)].stored = true;
  return expr;
}

// What an assignment writes to: a name, a member or an element. `*p = x`, `list.front() = x` and `table.at(k) = x`
// write an element of p, list and table. Nothing for what is none of these.
facts::ExprId BodyReader::target_of(ExprId expr) {
  const facts::Expr read = body_.tree[expr];
  const size_t children = mark();
  switch (read.kind) {
    case ExprKind::kName:
    case ExprKind::kAttribute:
    case ExprKind::kSubscript:
      return as_target(expr);
    case ExprKind::kUnary:
      if (file_.facts.text(read.text) != "*") return ExprId::kNone;
      push(body_.tree.child(read, 0));
      break;
    case ExprKind::kCall: {
      const facts::Expr& callee = body_.tree[body_.tree.child(read, 0)];
      push(callee.kind == ExprKind::kAttribute ? body_.tree.child(callee, 0) : expr);
      for (uint32_t n = 1; n < read.child_count && callee.kind == ExprKind::kAttribute; ++n) {
        push(body_.tree.child(read, n));
      }
      break;
    }
    default:
      return ExprId::kNone;
  }
  const ExprId element = as_target(add(ExprKind::kSubscript, read.at, children));
  if (const auto told = meanings_.find(index(expr)); told != meanings_.end()) meaning(element).type = told->second.type;
  return element;
}

Use BodyReader::use_of(const VarDecl& variable, ExprId into) const {
  const bool lent = llvm::isa<ParmVarDecl>(variable) && variable.getType()->isLValueReferenceType();  // the caller's
  const bool local = variable.isLocalVarDeclOrParm() && !variable.isStaticLocal() && !lent;
  return {local ? Fate::kLocal : Fate::kKept, into, false};
}

Use BodyReader::use_of(const Expr* target, ExprId into) {
  const auto* name = llvm::dyn_cast<DeclRefExpr>(strip(target));
  if (name != nullptr) {
    if (const auto* variable = llvm::dyn_cast<VarDecl>(name->getDecl())) return use_of(*variable, into);
    if (llvm::isa<BindingDecl>(name->getDecl())) return {Fate::kLocal, into, false};
  }
  return {Fate::kKept, into, false};
}

// Inside a macro, the place is that of its use; what is handed to a macro stands where it is spelt.
uint32_t BodyReader::offset(SourceLocation at, bool end) {
  const SourceManager& sources = names_.sources();
  if (at.isInvalid()) return extent_.begin;
  if (!end) {
    at = sources.getFileLoc(at);
  } else {
    while (at.isMacroID()) {
      at = sources.isMacroArgExpansion(at) ? sources.getImmediateSpellingLoc(at)
                                           : sources.getImmediateExpansionRange(at).getEnd();
    }
  }
  const auto [file, offset] = sources.getDecomposedLoc(at);
  if (file != file_.file && names_.project_path(file) != file_.path) return extent_.begin;
  return offset + (end ? Lexer::MeasureTokenLength(at, sources, context_.getLangOpts()) : 0);
}

facts::Span BodyReader::span(SourceRange range) {
  if (pinned_) return *pinned_;
  Span at{offset(range.getBegin(), false), offset(range.getEnd(), true)};
  at.begin = std::clamp(at.begin, extent_.begin, extent_.end);
  at.end = std::clamp(at.end, at.begin, extent_.end);
  return at;
}

// --- Reading ---------------------------------------------------------------------------------------------------------

// What stands below the things that a reader of the source does not see, or sees as spelling: parentheses, casts,
// temporaries, conversions, copies, moves, operator->.
const Expr* BodyReader::strip(const Expr* expr, bool* moved) const {
  bool implicit = false;  // below an implicit conversion
  while (true) {
    if (const auto* cast = llvm::dyn_cast<ImplicitCastExpr>(expr)) {
      implicit = implicit || cast->getCastKind() == CK_UserDefinedConversion;
      expr = cast->getSubExpr();
    } else if (const auto* cast = llvm::dyn_cast<ExplicitCastExpr>(expr)) {
      expr = cast->getSubExpr();
    } else if (const auto* full = llvm::dyn_cast<FullExpr>(expr)) {
      expr = full->getSubExpr();
    } else if (const auto* paren = llvm::dyn_cast<ParenExpr>(expr)) {
      expr = paren->getSubExpr();
    } else if (const auto* temporary = llvm::dyn_cast<MaterializeTemporaryExpr>(expr)) {
      expr = temporary->getSubExpr();
    } else if (const auto* bound = llvm::dyn_cast<CXXBindTemporaryExpr>(expr)) {
      expr = bound->getSubExpr();
    } else if (const auto* substituted = llvm::dyn_cast<SubstNonTypeTemplateParmExpr>(expr)) {
      expr = substituted->getReplacement();
    } else if (const auto* value = llvm::dyn_cast<OpaqueValueExpr>(expr); value && value->getSourceExpr()) {
      expr = value->getSourceExpr();
    } else if (const auto* list = llvm::dyn_cast<CXXStdInitializerListExpr>(expr)) {
      expr = list->getSubExpr();
    } else if (const auto* pack = llvm::dyn_cast<PackExpansionExpr>(expr)) {
      expr = pack->getPattern();
    } else if (const auto* init = llvm::dyn_cast<CXXDefaultInitExpr>(expr)) {
      expr = init->getExpr();
    } else if (const auto* list = llvm::dyn_cast<InitListExpr>(expr);
               list != nullptr && list->getNumInits() == 1 && list->getType()->isScalarType()) {
      expr = list->getInit(0);  // `int n{3}`
    } else if (const auto* one = llvm::dyn_cast<UnaryOperator>(expr); one && one->getOpcode() == UO_Extension) {
      expr = one->getSubExpr();
    } else if (const auto* construct = llvm::dyn_cast<CXXConstructExpr>(expr);
               construct != nullptr && construct->getNumArgs() > 0 && has_one_argument(construct) &&
               (is_copy(construct) || is_unwritten(construct))) {
      expr = construct->getArg(0);
    } else if (const auto* member = llvm::dyn_cast<CXXMemberCallExpr>(expr);
               member != nullptr && implicit && llvm::isa_and_nonnull<CXXConversionDecl>(member->getMethodDecl())) {
      expr = member->getImplicitObjectArgument();
    } else if (const auto* arrow = llvm::dyn_cast<CXXOperatorCallExpr>(expr);
               arrow != nullptr && arrow->getOperator() == OO_Arrow) {
      expr = arrow->getArg(0);
    } else if (const auto* call = llvm::dyn_cast<CallExpr>(expr); call != nullptr && is_cast(call)) {
      if (moved != nullptr && call->getBuiltinCallee() == Builtin::BImove) *moved = true;
      expr = call->getArg(0);
    } else {
      return expr;
    }
  }
}

facts::ExprId BodyReader::read(const Expr* whole, Use use) {
  bool moved = false;
  const Expr* expr = strip(whole, &moved);
  ExprId id = ExprId::kNone;
  switch (expr->getStmtClass()) {
    case Stmt::DeclRefExprClass:
      id = read_reference(llvm::cast<DeclRefExpr>(expr));
      break;
    case Stmt::MemberExprClass:
      id = read_member(llvm::cast<MemberExpr>(expr));
      break;
    case Stmt::CXXDependentScopeMemberExprClass:
      id = read_dependent_member(llvm::cast<CXXDependentScopeMemberExpr>(expr));
      break;
    case Stmt::UnresolvedLookupExprClass:
    case Stmt::UnresolvedMemberExprClass:
      id = read_overloads(llvm::cast<OverloadExpr>(expr));
      break;
    case Stmt::DependentScopeDeclRefExprClass: {
      const auto* name = llvm::cast<DependentScopeDeclRefExpr>(expr);
      id = add_name(name->getDeclName().getAsString(), span(expr));
      break;
    }
    case Stmt::CXXThisExprClass:
      id = read_this(llvm::cast<CXXThisExpr>(expr), span(expr));
      break;
    case Stmt::CallExprClass:
    case Stmt::CXXMemberCallExprClass:
    case Stmt::CUDAKernelCallExprClass:
      id = read_call(llvm::cast<CallExpr>(expr), use);
      break;
    case Stmt::CXXOperatorCallExprClass:
      id = read_operator(llvm::cast<CXXOperatorCallExpr>(expr), use);
      break;
    case Stmt::CXXConstructExprClass:
    case Stmt::CXXTemporaryObjectExprClass:
      id = read_construct(llvm::cast<CXXConstructExpr>(expr), use);
      break;
    case Stmt::CXXUnresolvedConstructExprClass:
      id = read_unresolved_construct(llvm::cast<CXXUnresolvedConstructExpr>(expr), use);
      break;
    case Stmt::UnaryOperatorClass:
      id = read_unary(llvm::cast<UnaryOperator>(expr), use);
      break;
    case Stmt::BinaryOperatorClass:
    case Stmt::CompoundAssignOperatorClass:
      id = read_binary(llvm::cast<BinaryOperator>(expr), use);
      break;
    case Stmt::CXXRewrittenBinaryOperatorClass: {
      const auto parts = llvm::cast<CXXRewrittenBinaryOperator>(expr)->getDecomposedForm();
      const size_t children = mark();
      push(read(parts.LHS));
      push(read(parts.RHS));
      id = add(ExprKind::kCompare, span(expr), children, text(BinaryOperator::getOpcodeStr(parts.Opcode)));
      break;
    }
    case Stmt::ConditionalOperatorClass:
    case Stmt::BinaryConditionalOperatorClass:
      id = read_conditional(llvm::cast<AbstractConditionalOperator>(expr), use);
      break;
    case Stmt::ArraySubscriptExprClass: {
      const auto* subscript = llvm::cast<ArraySubscriptExpr>(expr);
      const size_t children = mark();
      push(read(subscript->getBase()));
      push(read(subscript->getIdx()));
      id = add(ExprKind::kSubscript, span(expr), children);
      describe_type(id, expr->getType());
      break;
    }
    case Stmt::CoawaitExprClass:
      id = read_await(expr, llvm::cast<CoawaitExpr>(expr)->getOperand(), use);
      break;
    case Stmt::DependentCoawaitExprClass:
      id = read_await(expr, llvm::cast<DependentCoawaitExpr>(expr)->getOperand(), use);
      break;
    case Stmt::CoyieldExprClass:
      id = read_yield(llvm::cast<CoyieldExpr>(expr));
      break;
    case Stmt::LambdaExprClass:
      id = read_lambda(llvm::cast<LambdaExpr>(expr));
      break;
    case Stmt::CXXNewExprClass:
      id = read_new(llvm::cast<CXXNewExpr>(expr), use);
      break;
    case Stmt::CXXDeleteExprClass:
      id = read_delete(llvm::cast<CXXDeleteExpr>(expr));
      break;
    case Stmt::CXXThrowExprClass:
      id = read_throw(llvm::cast<CXXThrowExpr>(expr));
      break;
    case Stmt::InitListExprClass:
      id = read_list(llvm::cast<InitListExpr>(expr));
      break;
    case Stmt::StmtExprClass:
      read_scope(llvm::cast<StmtExpr>(expr)->getSubStmt());
      id = add(ExprKind::kOther, span(expr), mark());
      break;
    case Stmt::UnaryExprOrTypeTraitExprClass:
      id = read_size(llvm::cast<UnaryExprOrTypeTraitExpr>(expr));
      break;
    case Stmt::CXXTypeidExprClass:  // nothing of these runs
    case Stmt::CXXNoexceptExprClass:
    case Stmt::RequiresExprClass:
    case Stmt::ConceptSpecializationExprClass:
    case Stmt::TypeTraitExprClass:
    case Stmt::ImplicitValueInitExprClass:
      id = add(ExprKind::kOther, span(expr), mark());
      break;
    case Stmt::RecoveryExprClass:
      lost_ = true;
      id = read_children(expr);
      break;
    case Stmt::IntegerLiteralClass:
    case Stmt::FloatingLiteralClass:
    case Stmt::StringLiteralClass:
    case Stmt::CharacterLiteralClass:
    case Stmt::CXXBoolLiteralExprClass:
    case Stmt::CXXNullPtrLiteralExprClass:
    case Stmt::GNUNullExprClass:
    case Stmt::UserDefinedLiteralClass:
    case Stmt::PredefinedExprClass:
      id = read_literal(expr);
      break;
    default:
      id = read_children(expr);
  }
  if (moved) mark_changeable(id);
  return id;
}

facts::ExprId BodyReader::read_children(const Expr* expr) {
  const size_t children = mark();
  for (const Stmt* child : expr->children()) {
    if (const auto* one = llvm::dyn_cast_or_null<Expr>(child)) push(read(one));
  }
  return add(ExprKind::kOther, span(expr), children);
}

facts::ExprId BodyReader::read_reference(const DeclRefExpr* expr) {
  const ValueDecl* decl = expr->getDecl();
  std::string spelt;
  // A qualifier belongs to the name of what cannot be told without it.
  if (!llvm::isa<VarDecl>(decl) || !llvm::cast<VarDecl>(decl)->isLocalVarDeclOrParm()) {
    for (const NestedNameSpecifier* part = expr->getQualifier(); part != nullptr; part = part->getPrefix()) {
      std::string one;
      if (part->getKind() == NestedNameSpecifier::Namespace) {
        one = part->getAsNamespace()->getName().str();
      } else if (part->getKind() == NestedNameSpecifier::NamespaceAlias) {
        one = part->getAsNamespaceAlias()->getName().str();
      } else if (part->getAsType() != nullptr) {
        const CXXRecordDecl* record = record_of(QualType(part->getAsType(), 0));
        const TagDecl* tag = record != nullptr ? record : part->getAsType()->getAsTagDecl();
        if (tag != nullptr) one = tag->getName().str();
      }
      spelt.insert(0, one + "::");
    }
  }
  const ExprId id = add_name(spelt + plain_name(decl), span(expr));
  describe_value(id, decl);
  if (llvm::isa<FunctionDecl>(decl) && depends_on_template(expr->getLocation())) meaning(id).likely = true;
  return id;
}

facts::ExprId BodyReader::read_this(const CXXThisExpr* expr, Span at) {
  if (expr->isImplicit()) at.end = at.begin;
  const ExprId id = add_name("this", at);
  describe_type(id, expr->getType());
  return id;
}

facts::ExprId BodyReader::read_member(const MemberExpr* expr) {
  const size_t children = mark();
  push(read(expr->getBase()));
  const ExprId id = add(ExprKind::kAttribute, span(expr), children, text(plain_name(expr->getMemberDecl())));
  describe_value(id, expr->getMemberDecl());
  return id;
}

// `sizeof names`: a number, and nothing of it runs.
facts::ExprId BodyReader::read_size(const UnaryExprOrTypeTraitExpr* expr) {
  Expr::EvalResult size;
  const bool known = !expr->isValueDependent() && expr->EvaluateAsInt(size, context_);
  if (!known) return add(ExprKind::kOther, span(expr), mark());
  llvm::SmallString<24> digits;
  size.Val.getInt().toString(digits, 10);
  return add_literal(Literal::kInteger, span(expr), digits.str().str());
}

// `x.wait()` where nothing is known of x: never to be taken for a function of that name.
facts::ExprId BodyReader::read_dependent_member(const CXXDependentScopeMemberExpr* expr) {
  const std::string name = expr->getMember().getAsString();
  const size_t children = mark();
  if (expr->isImplicitAccess()) {
    const Span at = span(expr);
    push(add_name("this", {at.begin, at.begin}));
  } else {
    push(read(expr->getBase()));
  }
  const ExprId id = add(ExprKind::kAttribute, span(expr), children, text(name));
  const CXXRecordDecl* record = names_.record(expr->getBaseType());
  if (record != nullptr) {
    const std::string& owner = names_.name(record);
    Meaning& told = meaning(id);
    told.receiver = text(owner);
    told.name = text(owner + "::" + name);
    told.likely = true;
  }
  return id;
}

namespace {

// Whether a function can be called with the arguments, by their number.
bool takes(const NamedDecl* decl, const CallExpr* call) {
  if (const auto* tmpl = llvm::dyn_cast<FunctionTemplateDecl>(decl)) decl = tmpl->getTemplatedDecl();
  const auto* function = llvm::dyn_cast<FunctionDecl>(decl);
  if (function == nullptr || call == nullptr) return true;
  const auto expands = [](const Expr* argument) { return llvm::isa<PackExpansionExpr>(argument); };
  const auto collects = [](const ParmVarDecl* parameter) { return parameter->isParameterPack(); };
  const bool open = function->isVariadic() || llvm::any_of(function->parameters(), collects);
  if (llvm::any_of(call->arguments(), expands)) return true;
  return call->getNumArgs() >= function->getMinRequiredArguments() &&
         (open || call->getNumArgs() <= function->getNumParams());
}

}  // namespace

// A name of which the arguments decide what is meant, where they depend on a template. It is what those of its
// overloads have in common that take so many.
facts::ExprId BodyReader::read_overloads(const OverloadExpr* expr, const CallExpr* called) {
  const std::string name = expr->getName().getAsString();
  const auto* member = llvm::dyn_cast<UnresolvedMemberExpr>(expr);
  const size_t children = mark();
  if (member != nullptr) {
    if (member->isImplicitAccess()) {
      const Span at = span(expr);
      push(add_name("this", {at.begin, at.begin}));
    } else {
      push(read(member->getBase()));
    }
  }
  const ExprId id = add(member != nullptr ? ExprKind::kAttribute : ExprKind::kName, span(expr), children, text(name));
  const NamedDecl* first = nullptr;
  bool same = true;
  for (const NamedDecl* decl : expr->decls()) {
    decl = decl->getUnderlyingDecl();
    if (!takes(decl, called)) continue;
    if (first == nullptr) first = decl;
    same = same && names_.name(decl) == names_.name(first);
  }
  if (first == nullptr || !same) return id;
  if (const auto* tmpl = llvm::dyn_cast<FunctionTemplateDecl>(first)) first = tmpl->getTemplatedDecl();
  const auto* function = llvm::dyn_cast<FunctionDecl>(first);
  if (function == nullptr) return id;
  describe_function(id, function);
  Meaning& told = meaning(id);
  told.likely = true;  // more may be found where the template is used
  if (member != nullptr) told.receiver = text(names_.type(member->getBaseType()));
  return id;
}

namespace {

// Whether the token is all that a macro stands for: `#define O_NONBLOCK 04000`, `(1)`.
bool is_whole_macro(const SourceManager& sources, SourceLocation spelt, llvm::StringRef macro, unsigned length) {
  bool invalid = false;
  const auto [file, offset] = sources.getDecomposedLoc(spelt);
  const llvm::StringRef text = sources.getBufferData(file, &invalid);
  if (invalid || offset + length > text.size()) return false;
  const llvm::StringRef before = text.take_front(offset).rtrim("( \t");
  llvm::StringRef after = text.drop_front(offset + length).ltrim(") \t");
  if (after.starts_with("\r")) after = after.drop_front();
  return before.ends_with(macro) && (after.empty() || after.starts_with("\n") || after.starts_with("/"));
}

}  // namespace

// The macro whose value stands there, as it was spelt: `O_PATH`, though that is `__O_PATH` in turn.
std::string BodyReader::macro_of(SourceLocation at) const {
  const SourceManager& sources = names_.sources();
  std::string macro;
  while (at.isMacroID()) {
    if (sources.isMacroArgExpansion(at)) {
      if (!macro.empty()) break;
      at = sources.getImmediateSpellingLoc(at);
      continue;
    }
    const CharSourceRange use = sources.getImmediateExpansionRange(at);
    if (use.getBegin() != use.getEnd()) break;  // one that takes arguments
    const llvm::StringRef name = Lexer::getImmediateMacroName(at, sources, context_.getLangOpts());
    const SourceLocation spelt = sources.getSpellingLoc(at);
    const unsigned length = Lexer::MeasureTokenLength(spelt, sources, context_.getLangOpts());
    if (!is_whole_macro(sources, spelt, name, length)) break;
    macro = name.str();
    at = use.getBegin();
  }
  return macro;
}

facts::ExprId BodyReader::read_literal(const Expr* expr) {
  const Span at = span(expr);
  if (const auto* number = llvm::dyn_cast<IntegerLiteral>(expr)) {
    llvm::SmallString<24> digits;
    number->getValue().toString(digits, 10, number->getType()->isSignedIntegerType());
    const ExprId id = add_literal(Literal::kInteger, at, digits.str().str());
    if (const std::string macro = macro_of(number->getLocation()); !macro.empty()) {
      meaning(id).name = text("::" + macro);
    }
    return id;
  }
  if (const auto* number = llvm::dyn_cast<FloatingLiteral>(expr)) {
    llvm::SmallString<24> digits;
    number->getValue().toString(digits);
    return add_literal(Literal::kFloat, at, digits.str().str());
  }
  if (const auto* string = llvm::dyn_cast<StringLiteral>(expr)) {
    return add_literal(Literal::kString, at, string->getCharByteWidth() == 1 ? shown(string->getString()) : "");
  }
  if (const auto* character = llvm::dyn_cast<CharacterLiteral>(expr)) {
    const unsigned value = character->getValue();
    return add_literal(Literal::kString, at, value < 0x80 ? std::string(1, static_cast<char>(value)) : "");
  }
  if (const auto* boolean = llvm::dyn_cast<CXXBoolLiteralExpr>(expr)) {
    return boolean->getValue() ? add_literal(Literal::kTrue, at, "true") : add_literal(Literal::kFalse, at, "false");
  }
  if (const auto* suffixed = llvm::dyn_cast<UserDefinedLiteral>(expr)) {
    // `5s`: the number, whose name says what it is of.
    ExprId id = ExprId::kNone;
    const UserDefinedLiteral::LiteralOperatorKind kind = suffixed->getLiteralOperatorKind();
    if (kind == UserDefinedLiteral::LOK_Template || kind == UserDefinedLiteral::LOK_Raw) {
      const SourceLocation begin = names_.sources().getFileLoc(suffixed->getBeginLoc());
      llvm::StringRef spelt =
          Lexer::getSourceText(CharSourceRange::getTokenRange(begin, begin), names_.sources(), context_.getLangOpts());
      spelt = spelt.take_while([](char c) { return c == '.' || c == '\'' || (c >= '0' && c <= '9'); });
      id = add_literal(spelt.contains('.') ? Literal::kFloat : Literal::kInteger, at, spelt.str());
    } else {
      id = read_literal(suffixed->getCookedLiteral());
    }
    if (const FunctionDecl* function = suffixed->getDirectCallee()) meaning(id).name = text(names_.name(function));
    describe_type(id, expr->getType());
    return id;
  }
  if (const auto* predefined = llvm::dyn_cast<PredefinedExpr>(expr)) {
    const StringLiteral* name = predefined->getFunctionName();
    return add_literal(Literal::kString, at, name == nullptr ? "" : shown(name->getString()));
  }
  return add_literal(Literal::kNone, at, "nullptr");
}

// --- Operators -------------------------------------------------------------------------------------------------------

facts::ExprId BodyReader::read_unary(const UnaryOperator* expr, Use use) {
  if (expr->isIncrementDecrementOp()) return read_step(expr, expr->getSubExpr(), expr->isIncrementOp(), use);
  const size_t children = mark();
  push(read(expr->getSubExpr()));
  if (expr->getOpcode() == UO_LNot) return add(ExprKind::kNot, span(expr), children);
  return add(ExprKind::kUnary, span(expr), children, text(UnaryOperator::getOpcodeStr(expr->getOpcode())));
}

facts::ExprId BodyReader::read_step(const Expr* whole, const Expr* operand, bool up, Use use) {
  const Span at = span(whole);
  const ExprId target = target_of(read(operand));
  if (target == ExprId::kNone) return add(ExprKind::kOther, at, mark());
  const ExprId one = add_literal(Literal::kInteger, at, "1");
  write(WriteOp::kUpdate, target, one, at, whole, text(up ? "+" : "-"));
  // Where its value is used too, the name stands there once more.
  const bool plain = body_.tree[target].kind == ExprKind::kName;
  return use.fate == Fate::kDropped || !plain ? target : read(operand);
}

facts::ExprId BodyReader::read_binary(const BinaryOperator* expr, Use use) {
  const BinaryOperatorKind op = expr->getOpcode();
  if (op == BO_LAnd || op == BO_LOr) return read_choice(expr, use);
  if (op == BO_Comma) {
    read(expr->getLHS(), {Fate::kDropped, ExprId::kNone, false});
    return read(expr->getRHS(), use);
  }
  if (expr->isAssignmentOp()) {
    llvm::StringRef sign = expr->getOpcodeStr();
    sign.consume_back("=");
    return read_assignment(expr, expr->getLHS(), expr->getRHS(), sign, use);
  }
  // `a + b + c` leans to the left.
  std::vector<const BinaryOperator*> chain{expr};
  const Expr* bottom = strip(expr->getLHS());
  while (const auto* next = llvm::dyn_cast<BinaryOperator>(bottom)) {
    if (next->isAssignmentOp() || next->isLogicalOp() || next->isComparisonOp() || next->isCommaOp()) break;
    chain.push_back(next);
    bottom = strip(next->getLHS());
  }
  ExprId value = read(bottom);
  // Asked of each, Clang would walk the whole chain to its left end.
  clang::SourceLocation begin = chain.back()->getBeginLoc();
  for (size_t n = chain.size(); n-- > 0;) {
    const Expr* left = chain[n]->getLHS();
    if (n + 1 < chain.size() && left->IgnoreImpCasts() != chain[n + 1]) begin = left->getBeginLoc();
    const size_t children = mark();
    push(value);
    push(read(chain[n]->getRHS()));
    const bool compares = chain[n]->isComparisonOp() || chain[n]->getOpcode() == BO_Cmp;
    value = add(compares ? ExprKind::kCompare : ExprKind::kBinary, span({begin, chain[n]->getEndLoc()}), children,
                text(chain[n]->getOpcodeStr()));
  }
  return value;
}

// `a && b && c` is one choice of three. Each operand but the first stands in an arm of the one before it.
facts::ExprId BodyReader::read_choice(const BinaryOperator* expr, Use use) {
  const bool is_and = expr->getOpcode() == BO_LAnd;
  std::vector<const Expr*> operands;  // last to first
  const Expr* bottom = expr;
  while (const auto* next = llvm::dyn_cast<BinaryOperator>(bottom)) {
    if (next->getOpcode() != expr->getOpcode()) break;
    operands.push_back(next->getRHS());
    bottom = strip(next->getLHS());
  }
  operands.push_back(bottom);
  const facts::BlockId outside = block_;
  const size_t children = mark();
  if (use.fate == Fate::kDropped) use = {Fate::kDropped, ExprId::kNone, false};
  ExprId before = ExprId::kNone;
  for (size_t n = operands.size(); n-- > 0;) {
    if (before != ExprId::kNone) enter_arm({before, is_and, new_group()}, span(operands[n]));
    before = read(operands[n], n == 0 ? use : Use{});
    push(before);
  }
  leave_to(outside);
  return add(ExprKind::kEither, span(expr), children, 0, static_cast<uint8_t>(is_and ? Either::kAnd : Either::kOr));
}

facts::ExprId BodyReader::read_conditional(const AbstractConditionalOperator* expr, Use use) {
  const facts::BlockId outside = block_;
  const ExprId condition = read(expr->getCond());
  const uint32_t group = new_group();
  const size_t children = mark();
  enter_arm({condition, true, group}, span(expr->getTrueExpr()));
  push(llvm::isa<BinaryConditionalOperator>(expr) ? condition : read(expr->getTrueExpr(), use));
  leave_to(outside);
  enter_arm({condition, false, group}, span(expr->getFalseExpr()));
  push(read(expr->getFalseExpr(), use));
  leave_to(outside);
  return add(ExprKind::kEither, span(expr), children, 0, static_cast<uint8_t>(Either::kConditional));
}

facts::ExprId BodyReader::read_assignment(const Expr* whole, const Expr* left, const Expr* right,
                                          std::string_view update, Use use) {
  const ExprId target = target_of(read(left));
  const ExprId value = read(right, update.empty() ? use_of(left, target) : Use{});
  const Span at = span(whole);
  if (target == ExprId::kNone) return value;
  write(update.empty() ? WriteOp::kAssign : WriteOp::kUpdate, target, value, at, whole, text(update));
  if (use.fate == Fate::kDropped) return value;
  const size_t children = mark();
  push(value);
  return add(ExprKind::kAssigned, at, children, body_.tree[target].text);
}

// --- Coroutines, lambdas, new and delete -----------------------------------------------------------------------------

facts::ExprId BodyReader::read_await(const Expr* whole, const Expr* operand, Use use) {
  const Span at = span(whole);
  const ExprId value = read(operand, {use.fate, use.into, true});
  if (body_.tree[value].kind == ExprKind::kCall) {
    events_.emplace_back(whole, body_.tree[value].at);
  } else {
    call(CallKind::kAwait, value, {use.fate, use.into, true}, at, whole);
  }
  const size_t children = mark();
  push(value);
  const ExprId id = add(ExprKind::kAwait, at, children);
  describe_type(id, whole->getType());
  return id;
}

facts::ExprId BodyReader::read_yield(const CoyieldExpr* expr) {
  const Span at = span(expr);
  const size_t children = mark();
  // What is written stands in a call of the promise's yield_value().
  const Expr* operand = strip(expr->getOperand());
  const auto* given = llvm::dyn_cast<CXXMemberCallExpr>(operand);
  const auto* promise = given == nullptr
                            ? nullptr
                            : llvm::dyn_cast<DeclRefExpr>(given->getImplicitObjectArgument()->IgnoreParenImpCasts());
  if (promise != nullptr && promise->getDecl()->isImplicit() && given->getNumArgs() == 1) operand = given->getArg(0);
  const ExprId value = read(operand, {Fate::kReturned, ExprId::kNone, false});
  push(value);
  exit(facts::ExitKind::kYield, value, at);
  return add(ExprKind::kYield, at, children);
}

facts::ExprId BodyReader::read_lambda(const LambdaExpr* expr) {
  const Span at = span(expr);
  // What a capture computes, the function around it computes.
  for (const LambdaCapture& capture : expr->captures()) {
    if (expr->isInitCapture(&capture)) {
      const auto* variable = llvm::cast<VarDecl>(capture.getCapturedVar());
      unit_.add_declared(*variable, file_, function_);
      const ExprId target = as_target(add_name(plain_name(variable), span(SourceRange(variable->getLocation()))));
      describe_value(target, variable);
      const ExprId value = read(variable->getInit(), {Fate::kLocal, target, false});
      write(WriteOp::kAssign, target, value, span(variable->getSourceRange()), nullptr);
    }
  }
  const facts::FunctionId id = unit_.add_lambda(*expr, file_, pinned_ ? facts::FunctionId::kModule : function_, block_);
  if (id == facts::FunctionId::kNone) return add_name("<lambda>", at);
  const ExprId function = add(ExprKind::kFunction, at, mark());
  body_.tree.exprs[index(function)].first_child = index(id);
  return function;
}

facts::ExprId BodyReader::read_new(const CXXNewExpr* expr, Use use) {
  for (unsigned n = 0; n < expr->getNumPlacementArgs(); ++n) read(expr->getPlacementArg(n));
  const Expr* init = expr->getInitializer();
  if (const CXXConstructExpr* construct = expr->getConstructExpr()) {
    if (!expr->isArray()) return read_construct(construct, use);
    init = nullptr;
  }
  const size_t children = mark();
  if (expr->isArray() && expr->getArraySize() && *expr->getArraySize() != nullptr) push(read(*expr->getArraySize()));
  if (init != nullptr) push(read(init));
  const ExprId id = add(ExprKind::kOther, span(expr), children);
  describe_type(id, expr->getAllocatedType());
  return id;
}

facts::ExprId BodyReader::read_delete(const CXXDeleteExpr* expr) {
  const Span at = span(expr);
  const ExprId object = read(expr->getArgument());
  const QualType type = expr->getDestroyedType();
  const CXXRecordDecl* record = type.isNull() ? nullptr : type->getAsCXXRecordDecl();
  if (record != nullptr && record->hasDefinition() && !record->hasTrivialDestructor()) {
    if (const CXXDestructorDecl* destructor = record->getDestructor()) {
      const ExprId end = add_name(plain_name(record), at);
      describe_function(end, destructor);
      meaning(end).type = text(names_.name(record));
      meaning(end).dispatched = destructor->isVirtual();
      call(CallKind::kUnwind, end, {}, at, nullptr);
    }
  }
  const ExprKind kind = body_.tree[object].kind;
  if (kind == ExprKind::kName || kind == ExprKind::kAttribute || kind == ExprKind::kSubscript) {
    write(WriteOp::kDelete, as_target(object), ExprId::kNone, at, expr);
  }
  return object;
}

facts::ExprId BodyReader::read_throw(const CXXThrowExpr* expr) {
  const Span at = span(expr);
  const Expr* what = expr->getSubExpr();
  const size_t children = mark();
  const ExprId value = what == nullptr ? ExprId::kNone : read(what);
  exit(facts::ExitKind::kRaise, value, at);
  if (value != ExprId::kNone) push(value);
  return add(ExprKind::kOther, at, children);
}

facts::ExprId BodyReader::read_list(const InitListExpr* expr) {
  const size_t children = mark();
  for (unsigned n = 0; n < expr->getNumInits(); ++n) {
    const Expr* element = expr->getInit(n);
    if (element == nullptr || llvm::isa<ImplicitValueInitExpr>(element) || llvm::isa<CXXDefaultInitExpr>(element)) {
      continue;
    }
    push(read(element));
  }
  const ExprId id = add(ExprKind::kList, span(expr), children);
  describe_type(id, expr->getType());
  return id;
}

}  // namespace stallint::cxx
