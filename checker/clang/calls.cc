// Calls, what they are handed, and what is meant by names.

#include "checker/clang/body.h"

#include <clang/AST/Attr.h>
#include <clang/Basic/OperatorKinds.h>
#include <clang/Basic/SourceManager.h>

namespace stallint::cxx {

using namespace clang;  // NOLINT: these files speak of little else
using facts::CallKind;
using facts::ExprKind;
using facts::Fate;
using facts::index;
using facts::Literal;
using facts::Meaning;
using facts::WriteOp;

namespace {

constexpr int kMaxHanded = 6;  // bind(wrap(f)), variables that hold variables...

bool awaits_its_operands(OverloadedOperatorKind kind) { return kind == OO_AmpAmp || kind == OO_PipePipe; }

std::string_view update_of(OverloadedOperatorKind kind) {
  switch (kind) {
    case OO_PlusEqual:
      return "+";
    case OO_MinusEqual:
      return "-";
    case OO_StarEqual:
      return "*";
    case OO_SlashEqual:
      return "/";
    case OO_PercentEqual:
      return "%";
    case OO_CaretEqual:
      return "^";
    case OO_AmpEqual:
      return "&";
    case OO_PipeEqual:
      return "|";
    case OO_LessLessEqual:
      return "<<";
    case OO_GreaterGreaterEqual:
      return ">>";
    default:
      return "";
  }
}

bool compares(OverloadedOperatorKind kind) {
  return kind == OO_EqualEqual || kind == OO_ExclaimEqual || kind == OO_Less || kind == OO_Greater ||
         kind == OO_LessEqual || kind == OO_GreaterEqual || kind == OO_Spaceship;
}

// The only function call operator of a class, or null.
const FunctionDecl* call_operator(const CXXRecordDecl* record, ASTContext& context) {
  if (record == nullptr || !record->hasDefinition()) return nullptr;
  const auto found = record->getDefinition()->lookup(context.DeclarationNames.getCXXOperatorName(OO_Call));
  if (!found.isSingleResult()) return nullptr;
  const NamedDecl* decl = found.front()->getUnderlyingDecl();
  if (const auto* tmpl = llvm::dyn_cast<FunctionTemplateDecl>(decl)) decl = tmpl->getTemplatedDecl();
  return llvm::dyn_cast<FunctionDecl>(decl);
}

// `std::string`, `tcp::acceptor`: a type as the source spells it, without template arguments.
std::string spelt(QualType type) {
  std::string qualifier;
  const Type* one = type.getTypePtr();
  if (const auto* elaborated = llvm::dyn_cast<ElaboratedType>(one)) {
    for (const NestedNameSpecifier* part = elaborated->getQualifier(); part != nullptr; part = part->getPrefix()) {
      std::string name;
      if (part->getAsNamespace() != nullptr) name = part->getAsNamespace()->getName().str();
      if (part->getAsNamespaceAlias() != nullptr) name = part->getAsNamespaceAlias()->getName().str();
      if (part->getAsType() != nullptr) name = spelt(QualType(part->getAsType(), 0));
      if (!name.empty()) qualifier.insert(0, name + "::");
    }
    one = elaborated->getNamedType().getTypePtr();
  }
  if (const auto* alias = llvm::dyn_cast<TypedefType>(one)) return qualifier + alias->getDecl()->getName().str();
  if (const auto* alias = llvm::dyn_cast<UsingType>(one)) return spelt(alias->getUnderlyingType());
  const CXXRecordDecl* record = record_of(QualType(one, 0));
  if (record == nullptr) return "";
  return qualifier + (record->isLambda() ? "<lambda>" : plain_name(record));
}

// True for classes that can be called: what binds, wraps or holds a function.
bool can_be_called(const CXXRecordDecl* record, ASTContext& context) {
  if (record == nullptr || !record->hasDefinition()) return false;
  llvm::SmallVector<const CXXRecordDecl*, 4> open{record->getDefinition()};
  const DeclarationName name = context.DeclarationNames.getCXXOperatorName(OO_Call);
  for (size_t n = 0; n < open.size(); ++n) {
    if (!open[n]->lookup(name).empty()) return true;
    for (const CXXBaseSpecifier& base : open[n]->bases()) {
      const CXXRecordDecl* one = base.getType()->getAsCXXRecordDecl();
      if (one != nullptr && one->hasDefinition()) open.push_back(one->getDefinition());
    }
  }
  return false;
}

// Whether something bound to a parameter of this type can be changed through it.
bool lets_change(QualType type) {
  if (type.isNull()) return false;
  if (const auto* reference = type->getAs<ReferenceType>()) return !reference->getPointeeType().isConstQualified();
  if (type->isFunctionPointerType()) return false;
  return type->isPointerType() && !type->getPointeeType().isConstQualified();
}

}  // namespace

// --- Meanings --------------------------------------------------------------------------------------------------------

void BodyReader::describe_type(ExprId id, QualType type) {
  const std::string name = names_.type(type);
  if (!name.empty()) meaning(id).type = text(name);
}

// Where the arguments of a template decide what is meant, in whichever instantiation it is read.
bool BodyReader::depends_on_template(SourceLocation name) {
  if (outermost_ == nullptr) return false;
  if (!dependent_) {
    dependent_.emplace();
    llvm::SmallVector<const Stmt*, 32> open{pattern_of(outermost_)->getBody()};
    while (!open.empty()) {
      const Stmt* stmt = open.pop_back_val();
      if (stmt == nullptr) continue;
      if (const auto* member = llvm::dyn_cast<CXXDependentScopeMemberExpr>(stmt)) {
        dependent_->insert(member->getMemberLoc());
      } else if (const auto* overloads = llvm::dyn_cast<OverloadExpr>(stmt)) {
        dependent_->insert(overloads->getNameLoc());
      } else if (const auto* lambda = llvm::dyn_cast<LambdaExpr>(stmt)) {
        open.push_back(lambda->getBody());
      }
      open.append(stmt->child_begin(), stmt->child_end());
    }
  }
  return dependent_->contains(name);
}

// A body of a template is read as one of its instantiations has it. Which lambda that one was given is no knowledge of
// the template.
bool BodyReader::known_here(const FunctionDecl* function) const {
  const auto* method = llvm::dyn_cast<CXXMethodDecl>(function);
  if (outermost_ == nullptr || method == nullptr || !method->getParent()->isLambda()) return true;
  for (const DeclContext* around = method->getParent(); around != nullptr; around = around->getParent()) {
    if (around == outermost_) return true;
  }
  return false;
}

void BodyReader::describe_function(ExprId id, const FunctionDecl* function) {
  if (!known_here(function)) return;
  Meaning& told = meaning(id);
  told.symbol = text(names_.symbol(function));
  told.name = text(names_.name(function));
}

void BodyReader::describe_value(ExprId id, const ValueDecl* value) {
  if (const auto* function = llvm::dyn_cast<FunctionDecl>(value)) {
    describe_function(id, function);
    return;
  }
  if (llvm::isa<EnumConstantDecl>(value)) meaning(id).name = text(names_.name(value));
  const auto* variable = llvm::dyn_cast<VarDecl>(value);
  const bool local = llvm::isa<BindingDecl>(value) || (variable != nullptr && variable->isLocalVarDeclOrParm());
  if (variable != nullptr || llvm::isa<FieldDecl>(value) || llvm::isa<BindingDecl>(value) ||
      llvm::isa<IndirectFieldDecl>(value)) {
    meaning(id).symbol = text(names_.symbol(value));
    if (!local) meaning(id).name = text(names_.name(value));
  }
  describe_type(id, value->getType());
}

void BodyReader::mark_changeable(ExprId id) { meaning(id).changeable = true; }

// --- What is handed over ---------------------------------------------------------------------------------------------

// The function that an argument stands for: a lambda, `f`, `&C::m`, a variable that holds one of these, an object of
// the project that can be called, or anything callable that is made of one of these (std::bind and all that is like
// it).
BodyReader::Handed BodyReader::handed(const Expr* whole, int depth) const {
  const Expr* expr = strip(whole);
  if (depth > kMaxHanded || expr->isTypeDependent()) return {};
  if (const auto* lambda = llvm::dyn_cast<LambdaExpr>(expr)) return {lambda->getCallOperator()};
  if (const auto* address = llvm::dyn_cast<UnaryOperator>(expr)) {
    if (address->getOpcode() != UO_AddrOf && address->getOpcode() != UO_Deref) return {};
    const Expr* inner = strip(address->getSubExpr());
    if (const auto* reference = llvm::dyn_cast<DeclRefExpr>(inner)) {
      if (const auto* function = llvm::dyn_cast<FunctionDecl>(reference->getDecl())) return {function};
    }
    return {};
  }
  const CXXRecordDecl* record = expr->getType()->getAsCXXRecordDecl();
  if (const auto* reference = llvm::dyn_cast<DeclRefExpr>(expr)) {
    if (const auto* function = llvm::dyn_cast<FunctionDecl>(reference->getDecl())) return {function};
    const auto* variable = llvm::dyn_cast<VarDecl>(reference->getDecl());
    // A parameter that is a lambda is so in one instantiation of a template.
    if (variable == nullptr || llvm::isa<ParmVarDecl>(variable)) return {};
    if (record != nullptr && record->isLambda()) {
      const FunctionDecl* function = record->getLambdaCallOperator();
      return known_here(function) ? Handed{function} : Handed{};
    }
    const bool callable = can_be_called(record, context_) || expr->getType()->isFunctionPointerType();
    if (callable && variable->isLocalVarDecl() && variable->getInit() != nullptr) {
      if (const Handed inner = handed(variable->getInit(), depth + 1)) return inner;
    }
  }
  if (const auto* member = llvm::dyn_cast<MemberExpr>(expr)) {
    if (const auto* function = llvm::dyn_cast<FunctionDecl>(member->getMemberDecl())) return {function};
  }
  if (record == nullptr) return {};
  if (const FunctionDecl* function = call_operator(record, context_)) {
    if (!record->isLambda() && names_.in_project(record)) return {function};
  }
  if (!can_be_called(record, context_)) return {};
  if (const auto* call = llvm::dyn_cast<CallExpr>(expr)) {
    for (const Expr* argument : call->arguments()) {
      if (const Handed inner = handed(argument, depth + 1)) return inner;
    }
    if (const auto* member = llvm::dyn_cast<CXXMemberCallExpr>(expr)) {
      return handed(member->getImplicitObjectArgument(), depth + 1);
    }
  } else if (const auto* construct = llvm::dyn_cast<CXXConstructExpr>(expr)) {
    for (const Expr* argument : construct->arguments()) {
      if (const Handed inner = handed(argument, depth + 1)) return inner;
    }
  }
  return {};
}

void BodyReader::note_handed(ExprId id, const Expr* argument, QualType parameter) {
  if (const Handed what = handed(argument)) {
    describe_function(id, what.function);
    meaning(id).callable = true;
    return;
  }
  const bool by_address = !parameter.isNull() && parameter->isPointerType();
  const Expr* bare = strip(argument);
  const auto* address = llvm::dyn_cast<UnaryOperator>(bare);
  const bool addressed = address != nullptr && address->getOpcode() == UO_AddrOf;
  // Without a prototype, or as one of any number of arguments, an address may be for anything.
  const bool changes = parameter.isNull() ? addressed : lets_change(parameter);
  if (!changes || (!by_address && !addressed && !bare->isLValue())) return;
  const bool named = llvm::isa<DeclRefExpr>(bare) || llvm::isa<MemberExpr>(bare);
  if (by_address && !addressed && !named) return;
  mark_changeable(id);
  if (addressed && body_.tree[id].child_count == 1) mark_changeable(body_.tree.child(id, 0));
}

void BodyReader::push_arguments(llvm::ArrayRef<const Expr*> arguments, const FunctionDecl* function) {
  for (size_t n = 0; n < arguments.size(); ++n) {
    if (llvm::isa<CXXDefaultArgExpr>(arguments[n])) continue;
    const ExprId id = read(arguments[n], {Fate::kPassed, ExprId::kNone, false});
    const bool declared = function != nullptr && n < function->getNumParams();
    note_handed(id, arguments[n], declared ? function->getParamDecl(n)->getType() : QualType());
    push(id);
  }
}

// --- Calls -----------------------------------------------------------------------------------------------------------

facts::ExprId BodyReader::read_callee(const CallExpr* expr) {
  const auto* member_call = llvm::dyn_cast<CXXMemberCallExpr>(expr);
  const auto* member = llvm::dyn_cast<MemberExpr>(expr->getCallee()->IgnoreParenImpCasts());
  if (const auto* overloads = llvm::dyn_cast<OverloadExpr>(expr->getCallee()->IgnoreParenImpCasts())) {
    return read_overloads(overloads, expr);
  }
  if (member_call == nullptr || member == nullptr) return read(expr->getCallee());
  const size_t children = mark();
  push(read(member->getBase()));
  const CXXMethodDecl* method = member_call->getMethodDecl();
  const ExprId id = add(ExprKind::kAttribute, span(member), children, text(plain_name(member->getMemberDecl())));
  if (method == nullptr) {
    describe_value(id, member->getMemberDecl());
    return id;
  }
  describe_function(id, method);
  Meaning& told = meaning(id);
  told.likely = depends_on_template(member->getMemberLoc());
  // As the source knows it: not the base class that declares the member.
  const QualType object = member->getBase()->IgnoreParenImpCasts()->getType();
  told.receiver = text(names_.object_type(member->isArrow() ? object->getPointeeType() : object));
  told.dispatched = method->isVirtual() && !member->hasQualifier() && !method->hasAttr<FinalAttr>() &&
                    !method->getParent()->isEffectivelyFinal();
  return id;
}

facts::ExprId BodyReader::read_call(const CallExpr* expr, Use use) {
  const Span at = span(expr);
  const size_t children = mark();
  push(read_callee(expr));
  const FunctionDecl* function = expr->getDirectCallee();
  push_arguments({expr->getArgs(), expr->getNumArgs()}, function);
  const ExprId id = add(ExprKind::kCall, at, children);
  describe_type(id, expr->getType());
  call(CallKind::kCall, id, use, at, expr);
  return id;
}

facts::ExprId BodyReader::read_operator(const CXXOperatorCallExpr* expr, Use use) {
  const OverloadedOperatorKind kind = expr->getOperator();
  const unsigned count = expr->getNumArgs();
  const FunctionDecl* function = expr->getDirectCallee();
  const Span at = span(expr);
  if (kind == OO_Call) {
    const size_t children = mark();
    const size_t base = mark();
    push(read(expr->getArg(0)));
    const ExprId callee = add(ExprKind::kAttribute, span(expr->getArg(0)), base, text("operator()"));
    if (function != nullptr) {
      describe_function(callee, function);
      if (known_here(function)) {
        meaning(callee).receiver = text(names_.object_type(strip(expr->getArg(0))->getType()));
      }
      const auto* method = llvm::dyn_cast<CXXMethodDecl>(function);
      meaning(callee).dispatched = method != nullptr && method->isVirtual();
    }
    push(callee);
    std::vector<const Expr*> arguments(expr->arguments().begin() + 1, expr->arguments().end());
    push_arguments(arguments, function);
    const ExprId id = add(ExprKind::kCall, at, children);
    describe_type(id, expr->getType());
    call(CallKind::kCall, id, use, at, expr);
    return id;
  }
  if (kind == OO_Equal && count == 2) return read_assignment(expr, expr->getArg(0), expr->getArg(1), "", use);
  if (const std::string_view update = update_of(kind); !update.empty() && count == 2) {
    return read_assignment(expr, expr->getArg(0), expr->getArg(1), update, use);
  }
  if (kind == OO_PlusPlus || kind == OO_MinusMinus) return read_step(expr, expr->getArg(0), kind == OO_PlusPlus, use);
  if (kind == OO_Comma && count == 2) {
    read(expr->getArg(0), {Fate::kDropped, ExprId::kNone, false});
    return read(expr->getArg(1), use);
  }
  // `co_await (a() || b())` awaits both.
  Use inner;
  inner.awaited = use.awaited && awaits_its_operands(kind);
  const size_t children = mark();
  std::vector<ExprId> operands;
  for (unsigned n = 0; n < count; ++n) {
    if (llvm::isa<CXXDefaultArgExpr>(expr->getArg(n))) continue;
    operands.push_back(read(expr->getArg(n), inner));
    push(operands.back());
  }
  if (kind == OO_Subscript) {
    const ExprId id = add(ExprKind::kSubscript, at, children);
    if (function != nullptr) {
      describe_function(id, function);
      Meaning& told = meaning(id);
      told.receiver = text(names_.object_type(strip(expr->getArg(0))->getType()));
      const auto* method = llvm::dyn_cast<CXXMethodDecl>(function);
      told.changeable = method != nullptr && !method->isConst();
    }
    describe_type(id, expr->getType());
    events_.emplace_back(expr, at);
    return id;
  }
  const llvm::StringRef sign = getOperatorSpelling(kind);
  const ExprKind shape = kind == OO_Exclaim && count == 1 ? ExprKind::kNot
                         : compares(kind)                 ? ExprKind::kCompare
                         : count == 1                     ? ExprKind::kUnary
                                                          : ExprKind::kBinary;
  const ExprId id = add(shape, at, children, shape == ExprKind::kNot ? 0 : text(sign));
  describe_type(id, expr->getType());
  if (function != nullptr && !names_.symbol(function).empty()) {
    // What the project does in an operator is a call, beside the expression that it looks like.
    const size_t parts = mark();
    const ExprId callee = add_name("operator" + sign.str(), {at.begin, at.begin});
    describe_function(callee, function);
    push(callee);
    for (const ExprId operand : operands) push(operand);
    call(CallKind::kCall, add(ExprKind::kCall, at, parts), {Fate::kUsed, ExprId::kNone, use.awaited}, at, expr);
  }
  return id;
}

facts::ExprId BodyReader::read_construct(const CXXConstructExpr* expr, Use use) {
  const CXXConstructorDecl* constructor = expr->getConstructor();
  const CXXRecordDecl* record = constructor->getParent();
  const Span at = span(expr);
  std::vector<const Expr*> arguments;
  for (const Expr* argument : expr->arguments()) {
    if (!llvm::isa<CXXDefaultArgExpr>(argument)) arguments.push_back(argument);
  }
  // `T{}` of a class that only holds something runs nothing.
  if (arguments.empty() && constructor->isTrivial()) {
    const ExprId id = add(ExprKind::kList, at, mark());
    describe_type(id, expr->getType());
    return id;
  }
  const size_t children = mark();
  std::string spelling = spelt(expr->getType());
  if (spelling.empty()) spelling = plain_name(record);
  const ExprId callee = add_name(spelling, {at.begin, at.begin});
  describe_function(callee, constructor);
  push(callee);
  push_arguments(arguments, constructor);
  const ExprId id = add(ExprKind::kCall, at, children);
  meaning(id).type = text(names_.object_type(expr->getType()));
  call(CallKind::kCall, id, use, at, expr);
  return id;
}

facts::ExprId BodyReader::read_unresolved_construct(const CXXUnresolvedConstructExpr* expr, Use use) {
  const Span at = span(expr);
  const size_t children = mark();
  const CXXRecordDecl* record = record_of(expr->getTypeAsWritten());
  const ExprId callee = add_name(record == nullptr ? "" : plain_name(record), {at.begin, at.begin});
  if (record != nullptr) {
    meaning(callee).name = text(names_.name(record));
    meaning(callee).likely = true;
  }
  push(callee);
  std::vector<const Expr*> arguments(expr->arg_begin(), expr->arg_end());
  push_arguments(arguments, nullptr);
  const ExprId id = add(ExprKind::kCall, at, children);
  describe_type(id, expr->getTypeAsWritten());
  call(CallKind::kCall, id, use, at, expr);
  return id;
}

}  // namespace stallint::cxx
