// Statements: what holds where, what a scope ends, and whether control comes out at the end.

#include "checker/clang/body.h"
#include "checker/clang/locks.h"

#include <clang/AST/DeclTemplate.h>
#include <clang/Basic/SourceManager.h>
#include <llvm/ADT/StringExtras.h>

#include <algorithm>
#include <tuple>

namespace stallint::cxx {

using namespace clang;  // NOLINT: these files speak of little else
using facts::Block;
using facts::BlockId;
using facts::BlockKind;
using facts::CallKind;
using facts::ExitKind;
using facts::ExprKind;
using facts::Fate;
using facts::FunctionId;
using facts::index;
using facts::LoopKind;
using facts::WriteOp;

namespace {

// A class of which only one can have what it holds: locks, threads, files, timers, connections.
bool can_be_copied(const CXXRecordDecl* record) {
  bool declared = false;
  for (const CXXConstructorDecl* constructor : record->ctors()) {
    if (!constructor->isCopyConstructor()) continue;
    declared = true;
    if (!constructor->isDeleted()) return true;
  }
  if (declared) return false;
  return !record->hasUserDeclaredMoveConstructor() && !record->hasUserDeclaredMoveAssignment() &&
         !(record->needsImplicitCopyConstructor() && record->defaultedCopyConstructorIsDeleted());
}

const CXXConstructExpr* construct_of(const Expr* init) {
  if (init == nullptr) return nullptr;
  const Expr* expr = init->IgnoreImplicit();
  return llvm::dyn_cast<CXXConstructExpr>(expr);
}

bool is_always_true(const Expr* condition, const ASTContext& context) {
  if (condition == nullptr) return true;
  bool value = false;
  return !condition->isValueDependent() && condition->EvaluateAsBooleanCondition(value, context) && value;
}

bool is_always_false(const Expr* condition, const ASTContext& context) {
  bool value = true;
  return !condition->isValueDependent() && condition->EvaluateAsBooleanCondition(value, context) && !value;
}

// `throw x;`, `abort();`
bool never_returns(const Expr* expr) {
  expr = expr->IgnoreParenImpCasts();
  if (const auto* full = llvm::dyn_cast<FullExpr>(expr)) expr = full->getSubExpr()->IgnoreParenImpCasts();
  if (llvm::isa<CXXThrowExpr>(expr)) return true;
  const auto* call = llvm::dyn_cast<CallExpr>(expr);
  const FunctionDecl* function = call == nullptr ? nullptr : call->getDirectCallee();
  return function != nullptr && function->isNoReturn();
}

// True if more than punctuation, comments and preprocessor directives stands in the text.
bool says_something(llvm::StringRef text) {
  while (!text.empty()) {
    if (text.consume_front("//") || text.starts_with("#")) {
      text = text.drop_until([](char c) { return c == '\n'; });
    } else if (text.consume_front("/*")) {
      text = text.substr(std::min(text.find("*/"), text.size()));
      text.consume_front("*/");
    } else if (llvm::isAlnum(text.front()) || text.front() == '_') {
      return true;
    } else {
      text = text.drop_front();
    }
  }
  return false;
}

}  // namespace

BodyReader::BodyReader(Definitions& unit, FileBuilder& file, FunctionId function, facts::Span extent, facts::Body& body)
    : unit_(unit),
      file_(file),
      names_(unit.names()),
      context_(unit.names().context()),
      function_(function),
      extent_(extent),
      body_(body) {
  Block whole;
  whole.at = extent;
  body_.blocks.push_back(whole);
  body_.present = true;
}

void BodyReader::read_function(const FunctionDecl& function) {
  bool instantiated = false;
  for (const DeclContext* around = &function; around != nullptr; around = around->getParent()) {
    if (const auto* one = llvm::dyn_cast<FunctionDecl>(around)) {
      instantiated = instantiated || one->isTemplateInstantiation();
      outermost_ = one;
    }
  }
  if (!instantiated) outermost_ = nullptr;
  if (const auto* constructor = llvm::dyn_cast<CXXConstructorDecl>(&function)) read_initialisers(*constructor);
  const Stmt* body = function.getBody();
  if (const auto* coroutine = llvm::dyn_cast_or_null<CoroutineBodyStmt>(body)) body = coroutine->getBody();
  if (body != nullptr) at(BlockId::kBody).exits = read_scope(body);
}

// --- Scopes and blocks -----------------------------------------------------------------------------------------------

BlockId BodyReader::enter(Block block) {
  block.parent = block_;
  body_.blocks.push_back(block);
  block_ = BlockId{static_cast<uint32_t>(body_.blocks.size() - 1)};
  return block_;
}

BlockId BodyReader::enter_arm(const Rest& rest, Span at) {
  Block arm;
  arm.kind = BlockKind::kArm;
  arm.subject = rest.condition;
  arm.when = rest.when;
  arm.group = rest.group;
  arm.arm = rest.when ? 0 : 1;
  arm.at = at;
  return enter(arm);
}

// Reads a statement in a block of its own; true if control never comes out at its end.
bool BodyReader::read_block(Block block, const Stmt* stmt) {
  const BlockId outside = block_;
  const BlockId inside = enter(block);
  const bool exits = stmt != nullptr && read_scope(stmt);
  at(inside).exits = exits;
  leave_to(outside);
  return exits;
}

// Of what does not parse, Clang keeps nothing at times: then there is text between the statements that it has.
void BodyReader::look_for_gaps(const CompoundStmt* stmt) {
  if (lost_ || !context_.getDiagnostics().hasErrorOccurred()) return;
  const llvm::StringRef text = names_.sources().getBufferData(file_.file);
  const Span whole = span(stmt);
  uint32_t at = whole.begin + 1;
  const auto look = [&](uint32_t end) {
    if (at < end && end <= text.size()) lost_ = lost_ || says_something(text.slice(at, end));
  };
  for (const Stmt* one : stmt->body()) {
    const Span here = span(one);
    look(here.begin);
    at = std::max(at, here.end);
  }
  look(whole.end == 0 ? 0 : whole.end - 1);
}

// A statement that is a scope, whether it has braces or not.
bool BodyReader::read_scope(const Stmt* stmt) {
  const BlockId outside = block_;
  scopes_.push_back({{}, span(stmt).end});
  if (const auto* compound = llvm::dyn_cast<CompoundStmt>(stmt)) look_for_gaps(compound);
  const Outcome outcome =
      llvm::isa<CompoundStmt>(stmt)
          ? read_statements({llvm::cast<CompoundStmt>(stmt)->body_begin(), llvm::cast<CompoundStmt>(stmt)->size()},
                            span(stmt).end)
          : read_statement(stmt);
  leave_to(outside);
  end_scope();
  return outcome.exits;
}

// Locals die in the opposite order of their declarations. Only what may wait there is worth a word: what cannot be
// copied holds a thread, a lock, a file; a destructor that the project wrote may do anything.
void BodyReader::end_scope() {
  const uint32_t end = scopes_.back().end;
  const std::vector<const VarDecl*> locals = std::move(scopes_.back().locals);
  scopes_.pop_back();
  for (size_t n = locals.size(); n-- > 0;) {
    const CXXRecordDecl* record = locals[n]->getType()->getAsCXXRecordDecl();
    const CXXDestructorDecl* destructor = record->getDestructor();
    if (destructor == nullptr) continue;
    Span at{end == 0 ? 0 : end - 1, end};
    if (pinned_) at = *pinned_;
    const ExprId id = add_name(plain_name(locals[n]), at);
    describe_function(id, destructor);
    meaning(id).type = text(names_.name(record));
    call(CallKind::kUnwind, id, {}, at, nullptr);
  }
}

BodyReader::Outcome BodyReader::read_compound(const CompoundStmt* stmt) {
  Outcome outcome;
  outcome.exits = read_scope(stmt);
  return outcome;
}

// After a statement of which one arm leaves, what follows up to `end` is put into the arm that stays.
BodyReader::Outcome BodyReader::read_statements(llvm::ArrayRef<const Stmt*> statements, uint32_t end) {
  std::vector<BlockId> rests;
  const size_t first = body_.blocks.size();
  Outcome whole;
  for (size_t n = 0; n < statements.size(); ++n) {
    const Outcome outcome = read_statement(statements[n]);
    if (outcome.exits) {
      whole.exits = true;
      for (const BlockId rest : rests) at(rest).exits = true;
    }
    const bool last = n + 1 == statements.size();
    if (whole.exits || last) {
      if (last) whole.rest = outcome.rest;
      continue;
    }
    for (const Rest& rest : outcome.rest) rests.push_back(enter_arm(rest, {span(statements[n + 1]).begin, end}));
  }
  // Regions that were entered here end here.
  if (whole.exits) {
    for (BlockId block = block_; block != BlockId::kNone && index(block) >= first; block = at(block).parent) {
      if (at(block).kind == BlockKind::kRegion) at(block).exits = true;
    }
  }
  return whole;
}

// --- Statements ------------------------------------------------------------------------------------------------------

BodyReader::Outcome BodyReader::read_statement(const Stmt* stmt) {
  Outcome outcome;
  if (stmt == nullptr) return outcome;
  if (const auto* expr = llvm::dyn_cast<Expr>(stmt)) {
    read(expr, {Fate::kDropped, ExprId::kNone, false});
    outcome.exits = never_returns(expr);
    return outcome;
  }
  switch (stmt->getStmtClass()) {
    case Stmt::CompoundStmtClass:
      return read_compound(llvm::cast<CompoundStmt>(stmt));
    case Stmt::DeclStmtClass:
      read_declarations(llvm::cast<DeclStmt>(stmt));
      return outcome;
    case Stmt::IfStmtClass:
      return read_if(llvm::cast<IfStmt>(stmt));
    case Stmt::SwitchStmtClass:
      return read_switch(llvm::cast<SwitchStmt>(stmt));
    case Stmt::ForStmtClass: {
      const auto* loop = llvm::cast<ForStmt>(stmt);
      return read_loop(stmt, loop->getInit(), loop->getConditionVariable(), loop->getCond(), loop->getBody(),
                       loop->getInc(), LoopKind::kFor);
    }
    case Stmt::WhileStmtClass: {
      const auto* loop = llvm::cast<WhileStmt>(stmt);
      return read_loop(stmt, nullptr, loop->getConditionVariable(), loop->getCond(), loop->getBody(), nullptr,
                       LoopKind::kWhile);
    }
    case Stmt::DoStmtClass: {
      const auto* loop = llvm::cast<DoStmt>(stmt);
      if (!is_always_false(loop->getCond(), context_)) {
        return read_loop(stmt, nullptr, nullptr, loop->getCond(), loop->getBody(), nullptr, LoopKind::kWhile);
      }
      // `do { ... } while (0)` is how macros write a block.
      breakables_.push_back({false, false});
      outcome.exits = read_scope(loop->getBody()) && !breakables_.back().broken;
      breakables_.pop_back();
      return outcome;
    }
    case Stmt::CXXForRangeStmtClass:
      return read_range_for(llvm::cast<CXXForRangeStmt>(stmt));
    case Stmt::CXXTryStmtClass:
      return read_try(llvm::cast<CXXTryStmt>(stmt));
    case Stmt::ReturnStmtClass: {
      const Expr* value = llvm::cast<ReturnStmt>(stmt)->getRetValue();
      const ExprId id = value == nullptr ? ExprId::kNone : read(value, {Fate::kReturned, ExprId::kNone, false});
      exit(ExitKind::kReturn, id, span(stmt));
      outcome.exits = true;
      return outcome;
    }
    case Stmt::CoreturnStmtClass: {
      const auto* leave = llvm::cast<CoreturnStmt>(stmt);
      const Expr* value = leave->getOperand();
      const ExprId id = value == nullptr ? ExprId::kNone : read(value, {Fate::kReturned, ExprId::kNone, false});
      exit(ExitKind::kReturn, id, span(stmt));
      outcome.exits = !leave->isImplicit();
      return outcome;
    }
    case Stmt::BreakStmtClass:
      if (!breakables_.empty()) breakables_.back().broken = true;
      if (!breakables_.empty() && breakables_.back().loop) {
        exit(ExitKind::kBreak, ExprId::kNone, span(stmt));
        outcome.exits = true;
      }
      return outcome;
    case Stmt::ContinueStmtClass:
      exit(ExitKind::kContinue, ExprId::kNone, span(stmt));
      outcome.exits = true;
      return outcome;
    case Stmt::AttributedStmtClass:
      return read_statement(llvm::cast<AttributedStmt>(stmt)->getSubStmt());
    case Stmt::LabelStmtClass:
      return read_statement(llvm::cast<LabelStmt>(stmt)->getSubStmt());
    case Stmt::CaseStmtClass:
    case Stmt::DefaultStmtClass:
      return read_statement(llvm::cast<SwitchCase>(stmt)->getSubStmt());
    case Stmt::CoroutineBodyStmtClass:
      return read_statement(llvm::cast<CoroutineBodyStmt>(stmt)->getBody());
    default:
      for (const Stmt* child : stmt->children()) read_statement(child);
      return outcome;
  }
}

BodyReader::Outcome BodyReader::read_if(const IfStmt* stmt) {
  scopes_.push_back({{}, span(stmt).end});
  const BlockId outside = block_;
  if (stmt->getInit() != nullptr) read_statement(stmt->getInit());
  if (stmt->getConditionVariable() != nullptr) read_variable(*stmt->getConditionVariable());
  Rest then;
  then.condition = stmt->getCond() == nullptr ? ExprId::kNone : read(stmt->getCond());
  then.group = new_group();
  Rest otherwise = then;
  otherwise.when = false;
  const BlockId before = block_;

  bool then_exits = false;
  if (stmt->getThen() != nullptr) {
    const BlockId arm = enter_arm(then, span(stmt->getThen()));
    then_exits = read_scope(stmt->getThen());
    at(arm).exits = then_exits;
    leave_to(before);
  }
  Outcome other;
  if (stmt->getElse() != nullptr) {
    const BlockId arm = enter_arm(otherwise, span(stmt->getElse()));
    if (const auto* next = llvm::dyn_cast<IfStmt>(stmt->getElse())) {
      other = read_if(next);
    } else {
      other.exits = read_scope(stmt->getElse());
    }
    at(arm).exits = other.exits;
  }
  leave_to(outside);
  end_scope();

  Outcome outcome;
  outcome.exits = then_exits && other.exits;
  if (then_exits && !other.exits) {
    outcome.rest.push_back(otherwise);
    outcome.rest.insert(outcome.rest.end(), other.rest.begin(), other.rest.end());
  } else if (other.exits && !then_exits) {
    outcome.rest.push_back(then);
  }
  return outcome;
}

// Every case is an arm, told apart by its number; one that runs on into the next has the number of that. The condition
// of a case that has one value, and that no other runs on into, is that the two are equal.
BodyReader::Outcome BodyReader::read_switch(const SwitchStmt* stmt) {
  scopes_.push_back({{}, span(stmt).end});
  const BlockId outside = block_;
  if (stmt->getInit() != nullptr) read_statement(stmt->getInit());
  if (stmt->getConditionVariable() != nullptr) read_variable(*stmt->getConditionVariable());
  const ExprId tested = stmt->getCond() != nullptr ? read(stmt->getCond()) : ExprId::kNone;
  const BlockId before = block_;
  const uint32_t group = new_group();
  breakables_.push_back({false, false});

  std::vector<const Stmt*> statements;
  if (const auto* body = llvm::dyn_cast_or_null<CompoundStmt>(stmt->getBody())) {
    statements.assign(body->body_begin(), body->body_end());
  } else if (stmt->getBody() != nullptr) {
    statements.push_back(stmt->getBody());
  }
  Outcome outcome;
  bool all_exit = true;
  bool has_default = false;
  uint32_t arm = 0;
  bool runs_on = false;  // from the case before
  const size_t count = statements.size();
  for (size_t n = 0; n < count;) {
    size_t next = n + 1;
    while (next < count && !llvm::isa<SwitchCase>(statements[next])) ++next;
    const Stmt* label = statements[n];
    size_t labels = 0;
    ExprId value = ExprId::kNone;
    while (const auto* one = llvm::dyn_cast<SwitchCase>(label)) {
      ++labels;
      has_default = has_default || llvm::isa<DefaultStmt>(one);
      const auto* given = llvm::dyn_cast<CaseStmt>(one);
      if (given != nullptr && given->getLHS() != nullptr) value = read(given->getLHS());
      if (given == nullptr || given->getRHS() != nullptr) ++labels;  // `default:`, `case 1 ... 5:`
      label = one->getSubStmt();
    }
    Block block;
    block.kind = BlockKind::kArm;
    if (labels == 1 && value != ExprId::kNone && tested != ExprId::kNone && !runs_on) {
      const size_t children = mark();
      push(tested);
      push(value);
      block.subject = add(ExprKind::kCompare, body_.tree[value].at, children, text("=="));
    }
    block.group = group;
    block.arm = arm;
    block.at = {span(statements[n]).begin, span(statements[next - 1]).end};
    breakables_.back().broken = false;
    scopes_.push_back({{}, block.at.end});
    const BlockId inside = enter(block);
    std::vector<const Stmt*> parts{label};
    parts.insert(parts.end(), statements.begin() + static_cast<ptrdiff_t>(n) + 1,
                 statements.begin() + static_cast<ptrdiff_t>(next));
    const Outcome one = read_statements(parts, block.at.end);
    at(inside).exits = one.exits;
    leave_to(before);
    end_scope();
    const bool breaks = breakables_.back().broken;
    if (one.exits || breaks) ++arm;
    runs_on = !one.exits && !breaks;
    if (breaks || (next == count && !one.exits)) all_exit = false;
    n = next;
  }
  breakables_.pop_back();
  leave_to(outside);
  end_scope();
  outcome.exits = has_default && all_exit && count > 0;
  return outcome;
}

BodyReader::Outcome BodyReader::read_loop(const Stmt* stmt, const Stmt* init, const VarDecl* variable,
                                          const Expr* condition, const Stmt* body, const Expr* step, LoopKind kind) {
  scopes_.push_back({{}, span(stmt).end});
  const BlockId outside = block_;
  if (init != nullptr) read_statement(init);
  Block block;
  block.kind = BlockKind::kLoop;
  block.loop = kind;
  block.group = new_group();
  block.at = span(stmt);
  const BlockId loop = enter(block);
  if (variable != nullptr) read_variable(*variable);
  const auto read_condition = [&] {
    if (condition != nullptr) {
      const ExprId subject = read(condition);
      at(loop).subject = subject;
    }
  };
  const bool after = llvm::isa<DoStmt>(stmt);
  if (!after) read_condition();
  breakables_.push_back({true, false});
  const bool exits = body != nullptr && read_scope(body);
  at(loop).exits = exits;
  const bool broken = breakables_.back().broken;
  breakables_.pop_back();
  leave_to(loop);
  if (after) read_condition();
  if (step != nullptr) read(step, {Fate::kDropped, ExprId::kNone, false});
  leave_to(outside);
  end_scope();
  Outcome outcome;
  outcome.exits = is_always_true(condition, context_) && !broken;
  return outcome;
}

BodyReader::Outcome BodyReader::read_range_for(const CXXForRangeStmt* stmt) {
  scopes_.push_back({{}, span(stmt).end});
  const BlockId outside = block_;
  if (stmt->getInit() != nullptr) read_statement(stmt->getInit());
  Block block;
  block.kind = BlockKind::kLoop;
  block.async = stmt->getCoawaitLoc().isValid();
  const Expr* range = stmt->getRangeInit();
  const ExprId subject = range == nullptr ? add(ExprKind::kOther, span(stmt), mark()) : read(range);
  block.subject = subject;
  block.group = new_group();
  block.at = span(stmt);
  const BlockId loop = enter(block);
  const Span at_range = range == nullptr ? span(stmt) : span(range);
  call(block.async ? CallKind::kAwait : CallKind::kIterate, subject, {}, at_range, stmt);
  if (const VarDecl* variable = stmt->getLoopVariable()) {
    const auto bind = [&](const ValueDecl* one, int element) {
      unit_.add_declared(*one, file_, function_);
      const ExprId target = as_target(add_name(plain_name(one), span(SourceRange(one->getLocation()))));
      describe_value(target, one);
      if (element <= 0) at(loop).target = target;
      write(WriteOp::kIterate, target, subject, {block.at.begin, at_range.end}, nullptr, 0, element);
    };
    if (const auto* several = llvm::dyn_cast<DecompositionDecl>(variable)) {
      int element = 0;
      for (const BindingDecl* binding : several->bindings()) bind(binding, element++);
    } else {
      bind(variable, -1);
    }
  }
  breakables_.push_back({true, false});
  const bool exits = stmt->getBody() != nullptr && read_scope(stmt->getBody());
  at(loop).exits = exits;
  breakables_.pop_back();
  leave_to(outside);
  end_scope();
  return {};
}

BodyReader::Outcome BodyReader::read_try(const CXXTryStmt* stmt) {
  const uint32_t group = new_group();
  Block block;
  block.kind = BlockKind::kTry;
  block.group = group;
  block.at = span(stmt->getTryBlock());
  block.at.begin = span(stmt).begin;
  Outcome outcome;
  outcome.exits = read_block(block, stmt->getTryBlock());
  for (unsigned n = 0; n < stmt->getNumHandlers(); ++n) {
    outcome.exits = read_handler(stmt->getHandler(n), group, n + 1) && outcome.exits;
  }
  return outcome;
}

bool BodyReader::read_handler(const CXXCatchStmt* stmt, uint32_t group, uint32_t arm) {
  const BlockId outside = block_;
  Block block;
  block.kind = BlockKind::kHandler;
  block.group = group;
  block.arm = arm;
  block.at = span(stmt);
  const BlockId handler = enter(block);
  if (const VarDecl* variable = stmt->getExceptionDecl()) {
    const Span at_variable = span(variable->getSourceRange());
    const CXXRecordDecl* record = names_.record(variable->getType());
    const std::string plain = record != nullptr ? plain_name(record) : names_.type(variable->getType());
    const ExprId subject = add_name(plain, at_variable);
    if (record != nullptr) {
      facts::Meaning& told = meaning(subject);
      told.symbol = text(names_.symbol(record));
      told.name = text(names_.name(record));
    }
    describe_type(subject, variable->getType());
    at(handler).subject = subject;
    if (!variable->getName().empty()) {
      unit_.add_declared(*variable, file_, function_);
      const ExprId target = as_target(add_name(plain_name(variable), span(SourceRange(variable->getLocation()))));
      describe_value(target, variable);
      at(handler).target = target;
      write(WriteOp::kCatch, target, subject, at_variable, nullptr);
    }
  }
  const bool exits = read_scope(stmt->getHandlerBlock());
  at(handler).exits = exits;
  leave_to(outside);
  return exits;
}

// --- Declarations ----------------------------------------------------------------------------------------------------

void BodyReader::read_declarations(const DeclStmt* stmt) {
  for (const Decl* decl : stmt->decls()) {
    if (const auto* several = llvm::dyn_cast<DecompositionDecl>(decl)) {
      read_decomposition(*several);
    } else if (const auto* variable = llvm::dyn_cast<VarDecl>(decl)) {
      read_variable(*variable);
    } else if (const auto* record = llvm::dyn_cast<CXXRecordDecl>(decl)) {
      if (record->isThisDeclarationADefinition()) unit_.add_local_class(*record, file_, function_, block_);
    }
  }
}

void BodyReader::read_variable(const VarDecl& variable) {
  if (variable.isInvalidDecl()) lost_ = true;
  unit_.add_declared(variable, file_, function_);
  if (variable.isThisDeclarationADefinition() == VarDecl::DeclarationOnly) return;
  const Span at = span(variable.getSourceRange());
  const ExprId target = as_target(add_name(plain_name(&variable), span(SourceRange(variable.getLocation()))));
  describe_value(target, &variable);
  const Expr* init = variable.getInit();
  const CXXConstructExpr* construct = construct_of(init);
  const bool empty = init == nullptr ||
                     (construct != nullptr && construct->getNumArgs() == 0 && construct->getConstructor()->isTrivial());
  if (empty) {
    write(WriteOp::kDeclare, target, ExprId::kNone, at, nullptr);
  } else {
    const ExprId value = read(init, use_of(variable, target));
    // `T& x = y;` is another name of y, and `T* x = &y;` leads to it.
    const QualType type = variable.getType();
    const bool reference = type->isLValueReferenceType() && !type->getPointeeType().isConstQualified();
    const auto* address = llvm::dyn_cast<UnaryOperator>(strip(init));
    const bool pointer = type->isPointerType() && !type->getPointeeType().isConstQualified() && address != nullptr &&
                         address->getOpcode() == UO_AddrOf;
    if (reference) mark_changeable(value);
    if (pointer && body_.tree[value].child_count == 1) mark_changeable(body_.tree.child(value, 0));
    write(WriteOp::kAssign, target, value, at, nullptr);
    enter_region(variable, target, value);
  }
}

// A guard holds something from its declaration to the end of the scope.
void BodyReader::enter_region(const VarDecl& variable, ExprId target, ExprId value) {
  if (!variable.hasLocalStorage() || scopes_.empty()) return;
  const CXXRecordDecl* record = variable.getType()->getAsCXXRecordDecl();
  if (record == nullptr || !record->hasDefinition() || record->hasTrivialDestructor()) return;
  const CXXDestructorDecl* destructor = record->getDestructor();
  const bool own = destructor != nullptr && destructor->isUserProvided() && names_.in_project(record);
  if (!own && can_be_copied(record)) return;
  scopes_.back().locals.push_back(&variable);
  const facts::Expr& made = body_.tree[value];
  if (made.kind != ExprKind::kCall || made.child_count < 2 || construct_of(variable.getInit()) == nullptr) return;
  Block region;
  region.kind = BlockKind::kRegion;
  region.subject = value;
  region.target = target;
  region.at = {span(variable.getSourceRange()).begin, scopes_.back().end};
  enter(region);
}

void BodyReader::read_decomposition(const DecompositionDecl& decl) {
  const Span at = span(decl.getSourceRange());
  std::vector<ExprId> targets;
  for (const BindingDecl* binding : decl.bindings()) {
    unit_.add_declared(*binding, file_, function_);
    targets.push_back(as_target(add_name(plain_name(binding), span(SourceRange(binding->getLocation())))));
    describe_value(targets.back(), binding);
  }
  if (decl.getInit() == nullptr) return;
  const ExprId value = read(decl.getInit(), {Fate::kLocal, targets.empty() ? ExprId::kNone : targets[0], false});
  for (size_t n = 0; n < targets.size(); ++n) {
    write(WriteOp::kAssign, targets[n], value, at, nullptr, 0, static_cast<int>(n));
  }
}

// `Store::Store() : path_(path), client_(connect()) {}`, and what the class says beside its fields.
void BodyReader::read_initialisers(const CXXConstructorDecl& constructor) {
  for (const CXXCtorInitializer* one : constructor.inits()) {
    const Expr* init = one->getInit();
    if (init == nullptr) continue;
    const auto* in_class = llvm::dyn_cast<CXXDefaultInitExpr>(init->IgnoreImplicit());
    if (!one->isWritten() && in_class == nullptr) continue;
    if (in_class != nullptr) pinned_ = span(SourceRange(constructor.getLocation()));
    const FieldDecl* field = one->getAnyMember();
    if (field == nullptr) {
      read(init);
    } else {
      const Span at = in_class != nullptr ? *pinned_ : span(one->getSourceRange());
      const Span at_name = in_class != nullptr ? at : span(SourceRange(one->getMemberLocation()));
      const size_t children = mark();
      push(add_name("this", {at_name.begin, at_name.begin}));
      const ExprId target = as_target(add(ExprKind::kAttribute, at_name, children, text(plain_name(field))));
      describe_value(target, field);
      const ExprId value = read(init, {Fate::kKept, target, false});
      const QualType type = field->getType();
      if (type->isLValueReferenceType() && !type->getPointeeType().isConstQualified()) mark_changeable(value);
      write(WriteOp::kAssign, target, value, at, nullptr);
    }
    pinned_.reset();
  }
}

// --- End -------------------------------------------------------------------------------------------------------------

void BodyReader::finish(const FunctionDecl* function) {
  if (function != nullptr) read_locks(*function);
  const auto by_end = [](const auto& a, const auto& b) { return a.at.end < b.at.end; };
  std::stable_sort(body_.calls.begin(), body_.calls.end(), by_end);
  std::stable_sort(body_.writes.begin(), body_.writes.end(), by_end);
  std::stable_sort(body_.exits.begin(), body_.exits.end(), by_end);
  body_.meanings.reserve(meanings_.size());
  for (const auto& [id, told] : meanings_) {
    if (told.symbol != 0 || told.name != 0 || told.type != 0 || told.receiver != 0 || told.changeable) {
      body_.meanings.push_back(told);
    }
  }
  std::sort(body_.meanings.begin(), body_.meanings.end(),
            [](const facts::Meaning& a, const facts::Meaning& b) { return a.expr < b.expr; });
  body_.tree.exprs.shrink_to_fit();
  body_.tree.children.shrink_to_fit();
  body_.calls.shrink_to_fit();
  body_.writes.shrink_to_fit();
}

void BodyReader::read_locks(const FunctionDecl& function) {
  const std::optional<LocksHeld> locks = locks_held(context_, function);
  body_.follows_locks = locks.has_value();
  if (!locks) return;
  for (const auto& [stmt, at] : events_) {
    const auto found = locks->find(stmt);
    if (found == locks->end()) continue;
    for (const HeldLock& lock : found->second) {
      facts::Held held;
      held.at = at;
      const std::string& symbol = lock.lock == nullptr ? lock.spelling : names_.symbol(lock.lock);
      held.lock = text(symbol.empty() ? lock.spelling : symbol);
      held.type = text(names_.type(lock.type));
      held.must = lock.must;
      held.shared = lock.shared;
      body_.held.push_back(held);
    }
  }
  const auto key = [](const facts::Held& held) { return std::tuple(held.at.end, held.at.begin, held.lock); };
  std::stable_sort(body_.held.begin(), body_.held.end(),
                   [&](const facts::Held& a, const facts::Held& b) { return key(a) < key(b); });
  body_.held.erase(std::unique(body_.held.begin(), body_.held.end(),
                               [&](const facts::Held& a, const facts::Held& b) { return key(a) == key(b); }),
                   body_.held.end());
}

}  // namespace stallint::cxx
