#include "checker/clang/locks.h"

#include <clang/AST/Attr.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/PrettyPrinter.h>
#include <clang/AST/StmtCXX.h>
#include <clang/Analysis/CFG.h>
#include <clang/Basic/Builtins.h>
#include <clang/Basic/SourceManager.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <tuple>

namespace stallint::cxx {
namespace {

using llvm::StringRef;

// ------------------------------------------------------------------------------------------------------ what is what
// --

// The words of the standard's named requirements for locks. Other styles write them with capitals.
enum class Verb { kNone, kLock, kTry, kUnlock, kRelease };

struct Said {
  Verb verb = Verb::kNone;
  bool shared = false;
};

Said verb_of(const clang::FunctionDecl& function) {
  if (!function.getIdentifier()) return {};
  std::string name = function.getName().lower();
  Said said;
  for (const char* const ending : {"_shared", "shared"}) {
    if (!StringRef(name).ends_with(ending)) continue;
    said.shared = true;
    name.resize(name.size() - StringRef(ending).size());
    break;
  }
  if (name == "lock") said.verb = Verb::kLock;
  if (name == "unlock") said.verb = Verb::kUnlock;
  if (StringRef(name).starts_with("try_lock") || name == "trylock") {
    said.verb = Verb::kTry;
    said.shared = said.shared || StringRef(name).contains("shared");
  }
  if (name == "release") said.verb = Verb::kRelease;
  return said;
}

// The class of an object, of what it points to, or the pattern of its template.
const clang::CXXRecordDecl* record_behind(clang::QualType type) {
  if (type.isNull()) return nullptr;
  type = type.getNonReferenceType();
  if (type->isPointerType()) type = type->getPointeeType();
  if (const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl()) {
    return record->hasDefinition() ? record->getDefinition() : nullptr;
  }
  const auto* const special = type->getAs<clang::TemplateSpecializationType>();
  if (!special) return nullptr;
  const auto* const made =
      llvm::dyn_cast_or_null<clang::ClassTemplateDecl>(special->getTemplateName().getAsTemplateDecl());
  return made ? made->getTemplatedDecl()->getDefinition() : nullptr;
}

// True if the class or a base has a member function for which `wanted` is true.
template <typename Wanted>
bool has_method(const clang::CXXRecordDecl& record, Wanted wanted) {
  for (const clang::Decl* const member : record.decls()) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(member);
    if (const auto* made = llvm::dyn_cast<clang::FunctionTemplateDecl>(member)) function = made->getTemplatedDecl();
    if (const auto* shadow = llvm::dyn_cast<clang::UsingShadowDecl>(member)) {
      function = llvm::dyn_cast<clang::FunctionDecl>(shadow->getTargetDecl());
    }
    if (function && wanted(*function)) return true;
  }
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* const parent = record_behind(base.getType());
    if (parent && has_method(*parent, wanted)) return true;
  }
  return false;
}

bool is_lock(const clang::CXXRecordDecl* record) {
  if (!record) return false;
  if (record->hasAttr<clang::CapabilityAttr>()) return true;
  const auto says = [&](Verb verb) {
    return has_method(*record, [&](const clang::FunctionDecl& method) { return verb_of(method).verb == verb; });
  };
  return says(Verb::kUnlock) && says(Verb::kLock);
}

// The statement and all below it, without the bodies of lambdas, which run at another time.
template <typename Visit>
void each_statement(const clang::Stmt* root, Visit visit) {
  llvm::SmallVector<const clang::Stmt*, 32> left = {root};
  while (!left.empty()) {
    const clang::Stmt* const statement = left.pop_back_val();
    if (!statement) continue;
    visit(*statement);
    if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(statement)) {
      left.append(lambda->capture_init_begin(), lambda->capture_init_end());
    } else {
      left.append(statement->child_begin(), statement->child_end());
    }
  }
}

const clang::Stmt* known_body(const clang::FunctionDecl* function) {
  if (!function) return nullptr;
  if (const clang::FunctionDecl* pattern = function->getTemplateInstantiationPattern()) function = pattern;
  const clang::FunctionDecl* definition = nullptr;
  if (!function->hasBody(definition) || definition->hasSkippedBody()) return nullptr;
  return definition->getBody();
}

bool names_unlock(const clang::Stmt* body) {
  bool found = false;
  each_statement(body, [&](const clang::Stmt& statement) {
    clang::DeclarationName name;
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&statement)) {
      name = member->getMemberDecl()->getDeclName();
    } else if (const auto* dependent = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(&statement)) {
      name = dependent->getMember();
    } else if (const auto* overloaded = llvm::dyn_cast<clang::OverloadExpr>(&statement)) {
      name = overloaded->getName();
    } else if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&statement)) {
      name = reference->getDecl()->getDeclName();
    }
    found = found || StringRef(name.getAsString()).contains_insensitive("unlock");
  });
  return found;
}

bool points_to_lock(clang::QualType type) {
  return (type->isReferenceType() || type->isPointerType()) && is_lock(record_behind(type));
}

// A few locks and flags, and nothing else: how a guard looks whose destructor is not seen.
bool holds_only_locks(const clang::CXXRecordDecl& record) {
  bool some = false;
  for (const clang::FieldDecl* const field : record.fields()) {
    const clang::QualType type = field->getType();
    if (points_to_lock(type)) {
      some = true;
    } else if (const auto* several = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
                   type->getAsCXXRecordDecl())) {  // std::tuple<A&, B&>
      for (const clang::TemplateArgument& argument : several->getTemplateArgs().asArray()) {
        for (const clang::TemplateArgument& one : argument.getKind() == clang::TemplateArgument::Pack
                                                      ? argument.pack_elements()
                                                      : llvm::ArrayRef(argument)) {
          if (one.getKind() != clang::TemplateArgument::Type || !points_to_lock(one.getAsType())) return false;
          some = true;
        }
      }
    } else if (!type->isIntegralOrEnumerationType()) {
      return false;
    }
  }
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* const parent = record_behind(base.getType());
    if (!parent || parent->isEmpty()) continue;
    if (!holds_only_locks(*parent)) return false;
    some = true;
  }
  return some;
}

bool has_own_destructor(const clang::CXXRecordDecl& record) {
  const clang::CXXDestructorDecl* const destructor = record.getDestructor();
  if (destructor && destructor->isUserProvided()) return true;
  return llvm::any_of(record.bases(), [](const clang::CXXBaseSpecifier& base) {
    const clang::CXXRecordDecl* const parent = record_behind(base.getType());
    return parent && has_own_destructor(*parent);
  });
}

// A class whose objects hold a lock while they live.
bool is_guard(const clang::CXXRecordDecl* record) {
  if (!record) return false;
  if (record->hasAttr<clang::ScopedLockableAttr>()) return true;
  if (!has_own_destructor(*record)) return false;
  if (const clang::Stmt* const body = known_body(record->getDestructor())) return names_unlock(body);
  const bool unlocks =
      has_method(*record, [](const clang::FunctionDecl& method) { return verb_of(method).verb == Verb::kUnlock; });
  const bool is_pointer = has_method(
      *record, [](const clang::FunctionDecl& method) { return method.getOverloadedOperator() == clang::OO_Arrow; });
  return holds_only_locks(*record) && (unlocks || !is_pointer);
}

// The same for what a function gives: `auto table = tables.lock()` may give a pointer that holds a lock.
bool is_given_guard(const clang::CXXRecordDecl* record) {
  return is_guard(record) ||
         (record && has_own_destructor(*record) &&
          has_method(*record, [](const clang::FunctionDecl& method) { return verb_of(method).verb == Verb::kUnlock; }));
}

// Whether a guard takes its lock for readers. The body of its constructor, which would show it, is not read.
bool is_shared_guard(const clang::CXXRecordDecl& record) {
  return record.getName().contains_insensitive("shared") || record.getName().contains_insensitive("read");
}

// std::defer_lock and its like: classes without content that say how to begin. Every library of locks has them by these
// names, as its guards would not fit the standard's locks without.
enum class Start { kHeld, kDeferred, kAdopted, kTried };

std::optional<Start> start_of(clang::QualType type) {
  const clang::CXXRecordDecl* const record = type->getAsCXXRecordDecl();
  if (!record) return std::nullopt;
  const StringRef name = record->getName();
  if (name == "defer_lock_t") return Start::kDeferred;
  if (name == "adopt_lock_t") return Start::kAdopted;
  return Start::kTried;  // std::try_to_lock, or a time after which it gives up
}

// ------------------------------------------------------------------------------------------------------- expressions
// --

const clang::Expr* bare(const clang::Expr* expression) {
  while (expression) {
    const clang::Expr* const before = expression;
    expression = expression->IgnoreParenImpCasts();
    if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(expression)) {
      expression = cleanups->getSubExpr();
    } else if (const auto* temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(expression)) {
      expression = temporary->getSubExpr();
    } else if (const auto* bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(expression)) {
      expression = bound->getSubExpr();
    } else if (const auto* cast = llvm::dyn_cast<clang::ExplicitCastExpr>(expression)) {
      expression = cast->getSubExpr();
    } else if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(expression); list && list->getNumInits() == 1) {
      expression = list->getInit(0);
    }
    if (expression == before) break;
  }
  return expression;
}

// `*p`, `&m`, `std::move(m)`, `p.operator*()`: what they are about.
const clang::Expr* object_of(const clang::Expr* expression) {
  while ((expression = bare(expression))) {
    const clang::Expr* inner = nullptr;
    if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expression)) {
      if (unary->getOpcode() == clang::UO_AddrOf || unary->getOpcode() == clang::UO_Deref) inner = unary->getSubExpr();
    } else if (const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(expression)) {
      if ((operation->getOperator() == clang::OO_Star && operation->getNumArgs() == 1) ||
          operation->getOperator() == clang::OO_Arrow) {
        inner = operation->getArg(0);
      }
    } else if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expression)) {
      if (llvm::is_contained({clang::Builtin::BImove, clang::Builtin::BIforward, clang::Builtin::BIas_const,
                              clang::Builtin::BIaddressof, clang::Builtin::BI__addressof},
                             call->getBuiltinCallee()) &&
          call->getNumArgs() == 1) {
        inner = call->getArg(0);
      }
    }
    if (!inner) break;
    expression = inner;
  }
  return expression;
}

const clang::ValueDecl* declared_by(const clang::Expr* expression) {
  if (const auto* reference = llvm::dyn_cast_or_null<clang::DeclRefExpr>(expression)) return reference->getDecl();
  if (const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(expression)) return member->getMemberDecl();
  return nullptr;
}

const clang::VarDecl* variable_of(const clang::Expr* expression) {
  return llvm::dyn_cast_or_null<clang::VarDecl>(declared_by(object_of(expression)));
}

// `auto& mutex = store.mutex_;` is another name for the same lock.
const clang::Expr* original(const clang::Expr* expression, int depth = 4) {
  const clang::Expr* const object = object_of(expression);
  const auto* const variable = llvm::dyn_cast_or_null<clang::VarDecl>(declared_by(object));
  if (!variable || depth == 0 || !variable->getType()->isReferenceType() || !variable->getInit()) return object;
  return original(variable->getInit(), depth - 1);
}

// ---------------------------------------------------------------------------------------------------------- analysis
// --

using Bits = uint64_t;
constexpr size_t kMostHolds = 64;  // of one function; more are not followed

// What is held at a place: bits of Hold. `must` is part of `may`.
struct State {
  Bits may = 0;
  Bits must = 0;

  void add(Bits bits) { may |= bits, must |= bits; }
  void remove(Bits bits) { may &= ~bits, must &= ~bits; }
  bool operator==(const State&) const = default;
};

// What a statement does to the locks, in this order.
struct Effect {
  llvm::SmallVector<std::pair<Bits, Bits>, 1> moves;  // what is held as the first is held as the second
  Bits taken_back = 0;                                // released, or given away
  Bits given = 0;                                     // held afterwards
  Bits perhaps = 0;                                   // held afterwards if it went well
  Bits owed = 0;                                      // released, so that somebody has taken it before
};

class LockFlow {
 public:
  LockFlow(clang::ASTContext& context, const clang::FunctionDecl& function) : context_(context), function_(function) {}

  std::optional<LocksHeld> run() {
    const clang::Stmt* body = function_.getBody();
    if (const auto* coroutine = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(body)) body = coroutine->getBody();
    if (!body) return LocksHeld();
    enter();
    // Variables first: what is done to a guard is known by its variable. A body is walked from its end to its begin.
    each_statement(body, [&](const clang::Stmt& statement) {
      const auto* const declaration = llvm::dyn_cast<clang::DeclStmt>(&statement);
      if (!declaration) return;
      for (const clang::Decl* const one : declaration->decls()) {
        const auto* const variable = llvm::dyn_cast<clang::VarDecl>(one);
        if (variable && !variable->hasGlobalStorage()) candidates_.push_back(variable);
      }
    });
    for (auto at = candidates_.rbegin(); at != candidates_.rend(); ++at) read_guard(**at);
    each_statement(body, [&](const clang::Stmt& statement) { read_effect(statement); });
    if (unclear_) return std::nullopt;
    if (holds_.empty() && guards_.empty()) return LocksHeld();

    clang::CFG::BuildOptions options;
    options.setAllAlwaysAdd();
    options.AddImplicitDtors = true;
    options.AddInitializers = true;
    options.AddEHEdges = true;  // without, handlers would be reached from nowhere
    const std::unique_ptr<clang::CFG> graph =
        clang::CFG::buildCFG(&function_, const_cast<clang::Stmt*>(body), &context_, options);
    if (!graph) return std::nullopt;
    follow(*graph);
    return std::move(held_);
  }

 private:
  struct Lock {
    const clang::ValueDecl* declared;
    std::string spelling;
    clang::QualType type;
  };

  // A lock that something holds: a guard, or nobody after a plain lock().
  struct Hold {
    size_t lock;
    const clang::VarDecl* holder;
    bool shared;
    bool operator<(const Hold& other) const {
      return std::tie(lock, holder, shared) < std::tie(other.lock, other.holder, other.shared);
    }
  };

  struct Guard {
    llvm::SmallVector<size_t, 2> locks;
    bool shared = false;
    Start start = Start::kHeld;
    const clang::VarDecl* moved_from = nullptr;
  };

  // --- Names of locks ---

  std::string spelling(const clang::Expr& expression) {
    std::string text;
    llvm::raw_string_ostream out(text);
    clang::PrintingPolicy policy(context_.getLangOpts());
    policy.TerseOutput = true;
    expression.printPretty(out, nullptr, policy);
    return text;
  }

  size_t lock(const clang::ValueDecl* declared, std::string spelled, clang::QualType type) {
    if (!type.isNull()) {
      type = type.getNonReferenceType();
      if (type->isPointerType()) type = type->getPointeeType();
      type = type.getUnqualifiedType();
    }
    for (size_t n = 0; n < locks_.size(); ++n) {
      if (locks_[n].declared == declared && locks_[n].spelling == spelled) return n;
    }
    locks_.push_back({declared, std::move(spelled), type});
    return locks_.size() - 1;
  }

  size_t lock(const clang::Expr* expression) {
    const clang::Expr* const object = original(expression);
    return lock(declared_by(object), spelling(*object), bare(expression)->getType());
  }

  // The expression in an attribute speaks of the callee's parameters and its `this`.
  std::optional<size_t> lock_of_attribute(const clang::Expr* expression, const clang::FunctionDecl& callee,
                                          llvm::ArrayRef<const clang::Expr*> arguments, const clang::Expr* object) {
    const clang::Expr* const named = object_of(expression);
    if (!named || llvm::isa<clang::UnaryOperator>(named)) return std::nullopt;  // `!mutex`: is not held
    if (const auto* parameter = llvm::dyn_cast_or_null<clang::ParmVarDecl>(declared_by(named))) {
      const unsigned index = parameter->getFunctionScopeIndex();
      if (index < arguments.size()) return lock(arguments[index]);
      if (index < callee.getNumParams()) parameter = callee.getParamDecl(index);  // of this declaration of it
      return lock(parameter, parameter->getNameAsString(), parameter->getType());
    }
    const auto* const member = llvm::dyn_cast<clang::MemberExpr>(named);
    if (member && object && llvm::isa<clang::CXXThisExpr>(bare(member->getBase()))) {
      const clang::Expr* const base = object_of(object);
      if (!llvm::isa<clang::CXXThisExpr>(base)) {
        const char* const joint = base->getType()->isPointerType() ? "->" : ".";
        return lock(member->getMemberDecl(), spelling(*base) + joint + member->getMemberDecl()->getNameAsString(),
                    member->getType());
      }
    }
    return lock(named);
  }

  Bits bit(size_t lock, const clang::VarDecl* holder, bool shared) {
    const auto [at, is_new] = holds_.try_emplace(Hold{lock, holder, shared}, holds_.size());
    return at->second < kMostHolds ? Bits{1} << at->second : 0;
  }

  Bits bits_of(const clang::VarDecl* guard) {
    Bits bits = 0;
    const auto at = guards_.find(guard);
    if (at == guards_.end()) return 0;
    for (const size_t one : at->second.locks) bits |= bit(one, guard, at->second.shared);
    return bits;
  }

  // Every hold of a lock, those too that are not met yet.
  Bits bits_of_all(size_t lock) {
    Bits bits = bit(lock, nullptr, false) | bit(lock, nullptr, true);
    for (const auto& [variable, guard] : guards_) {
      if (llvm::is_contained(guard.locks, lock)) bits |= bit(lock, variable, guard.shared);
    }
    return bits;
  }

  // --- Entry ---

  // An attribute says what the caller holds, and so does a guard that it hands over.
  void enter() {
    for (const auto* const attribute : function_.specific_attrs<clang::RequiresCapabilityAttr>()) {
      for (const clang::Expr* const expression : attribute->args()) {
        const std::optional<size_t> named = lock_of_attribute(expression, function_, {}, nullptr);
        if (named) entry_.add(bit(*named, nullptr, attribute->isShared()));
      }
    }
    for (const clang::ParmVarDecl* const parameter : function_.parameters()) {
      const clang::CXXRecordDecl* const record = record_behind(parameter->getType());
      if (!is_guard(record)) continue;
      Guard guard;
      guard.shared = is_shared_guard(*record);
      guard.locks.push_back(lock(parameter, parameter->getNameAsString(), guarded_type(*record)));
      guards_[parameter] = guard;
      entry_.add(bits_of(parameter));
    }
  }

  // What a guard locks whose lock is not known: the type of the lock in it.
  static clang::QualType guarded_type(const clang::CXXRecordDecl& record) {
    for (const clang::FieldDecl* const field : record.fields()) {
      if (points_to_lock(field->getType())) return field->getType();
    }
    if (const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record)) {
      for (const clang::TemplateArgument& argument : special->getTemplateArgs().asArray()) {
        if (argument.getKind() == clang::TemplateArgument::Type && is_lock(record_behind(argument.getAsType()))) {
          return argument.getAsType();
        }
      }
    }
    return {};
  }

  // --- Guards ---

  void read_guard(const clang::VarDecl& variable) {
    const clang::CXXRecordDecl* const record =
        variable.getType()->isReferenceType() ? nullptr : record_behind(variable.getType());
    if (!record || variable.getType()->isPointerType()) return;
    if (variable.getType()->isDependentType()) {
      unclear_ = unclear_ || has_own_destructor(*record);
      return;
    }
    if (!is_given_guard(record)) return;
    const clang::Expr* const init = bare(variable.getInit());
    const std::optional<Guard> guard = made_guard(init, *record);
    if (!guard) return;
    guards_[&variable] = *guard;
    bits_of(&variable);
  }

  // A guard as an expression makes it, or nothing if this is none.
  std::optional<Guard> made_guard(const clang::Expr* init, const clang::CXXRecordDecl& record) {
    Guard guard;
    guard.shared = is_shared_guard(record);
    if (!init) return std::nullopt;
    if (const clang::VarDecl* const other = variable_of(init); other && guards_.contains(other)) return moved(other);
    if (const auto* await = llvm::dyn_cast<clang::CoawaitExpr>(init)) init = bare(await->getOperand());
    if (const auto* construction = llvm::dyn_cast<clang::CXXConstructExpr>(init)) {
      const llvm::ArrayRef<const clang::Expr*> arguments(construction->getArgs(), construction->getNumArgs());
      if (arguments.size() == 1) {  // moved, or a copy that is not made
        const clang::VarDecl* const other = variable_of(arguments[0]);
        if (other && guards_.contains(other)) return moved(other);
        if (record_behind(arguments[0]->getType()) == &record) return made_guard(bare(arguments[0]), record);
      }
      if (!is_guard(&record)) return std::nullopt;
      return constructed(*construction->getConstructor(), arguments, record);
    }
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(init)) {
      effects_[call] = Effect();  // what a guard has taken, the guard gives back
      const auto* const member_call = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
      const clang::Expr* const object = member_call ? member_call->getImplicitObjectArgument() : nullptr;
      if (object && is_lock(record_behind(object->getType()))) guard.locks.push_back(lock(object));
      for (const clang::Expr* const argument : call->arguments()) {
        if (is_lock(record_behind(argument->getType()))) guard.locks.push_back(lock(argument));
      }
      if (guard.locks.empty()) guard.locks.push_back(lock(nullptr, spelling(*call), guarded_type(record)));
      return guard;
    }
    return std::nullopt;
  }

  std::optional<Guard> constructed(const clang::CXXConstructorDecl& constructor,
                                   llvm::ArrayRef<const clang::Expr*> arguments, const clang::CXXRecordDecl& record) {
    Guard guard;
    guard.shared = is_shared_guard(record);
    for (const auto* const attribute : constructor.specific_attrs<clang::AcquireCapabilityAttr>()) {
      guard.shared = attribute->isShared();
      for (const clang::Expr* const expression : attribute->args()) {
        if (const auto named = lock_of_attribute(expression, constructor, arguments, nullptr)) {
          guard.locks.push_back(*named);
        }
      }
    }
    if (!guard.locks.empty()) return guard;
    // A guard of the project's own, whose destructor was seen to unlock, may lock something of C, or an owner of locks.
    const bool is_own = known_body(record.getDestructor()) != nullptr;
    llvm::SmallVector<size_t, 2> others;
    for (const clang::Expr* const argument : arguments) {
      const clang::QualType type = argument->getType();
      if (llvm::isa<clang::CXXDefaultArgExpr>(argument)) continue;
      if (is_lock(record_behind(type)) && !llvm::isa<clang::CXXNewExpr>(bare(argument))) {
        guard.locks.push_back(lock(argument));
      } else if (is_own && (type->isPointerType() || (type->isRecordType() && argument->isLValue()))) {
        others.push_back(lock(argument));
      } else if (const std::optional<Start> start = start_of(type)) {
        guard.start = *start;
      }
    }
    if (guard.locks.empty()) guard.locks = others;
    return guard;  // one without locks may be given some by an assignment
  }

  std::optional<Guard> moved(const clang::VarDecl* other) {
    Guard guard = guards_.at(other);
    guard.start = Start::kHeld;
    guard.moved_from = other;
    return guard;
  }

  // What happens where a guard begins to live.
  Effect beginning(const clang::VarDecl* variable, const Guard& guard) {
    Effect effect;
    const Bits own = bits_of(variable);
    if (guard.moved_from) {
      for (const size_t one : guard.locks) {
        effect.moves.emplace_back(bit(one, guard.moved_from, guard.shared), bit(one, variable, guard.shared));
      }
    } else if (guard.start == Start::kHeld) {
      effect.given = own;
    } else if (guard.start == Start::kTried) {
      effect.perhaps = own;
    } else if (guard.start == Start::kAdopted) {
      effect.given = own;
      for (const size_t one : guard.locks) effect.taken_back |= bits_of_all(one) & ~own;
    }
    return effect;
  }

  // --- Effects of statements ---

  void read_effect(const clang::Stmt& statement) {
    if (const auto* const await = llvm::dyn_cast<clang::CoawaitExpr>(&statement)) {
      // `co_await mutex.lock()`: the lock is held when the wait is over, not during it.
      if (const auto* call = llvm::dyn_cast_or_null<clang::CallExpr>(bare(await->getOperand()))) {
        if (const std::optional<Effect> effect = effect_of(*call)) {
          effects_[&statement] = *effect;
          effects_[call] = Effect();
        }
      }
      return;
    }
    if (const auto* const attempt = llvm::dyn_cast<clang::CXXTryStmt>(&statement)) {
      for (unsigned n = 0; n < attempt->getNumHandlers(); ++n) tries_[attempt->getHandler(n)] = attempt->getTryBlock();
      return;
    }
    if (const auto* const call = llvm::dyn_cast<clang::CallExpr>(&statement)) {
      if (effects_.contains(call)) return;
      if (const std::optional<Effect> effect = effect_of(*call)) effects_[call] = *effect;
      return;
    }
    if (const auto* const construction = llvm::dyn_cast<clang::CXXConstructExpr>(&statement)) {
      // A guard that is moved into something else than a guard variable is out of sight.
      if (construction->getNumArgs() != 1 || !construction->getConstructor()->isMoveConstructor()) return;
      const clang::VarDecl* const guard = variable_of(construction->getArg(0));
      if (!guard || !guards_.contains(guard)) return;
      for (const auto& [variable, one] : guards_) {
        if (one.moved_from == guard && bare(variable->getInit()) == construction) return;
      }
      effects_[construction].taken_back = bits_of(guard);
    }
  }

  std::optional<Effect> effect_of(const clang::CallExpr& call) {
    const clang::FunctionDecl* const callee = call.getDirectCallee();
    if (!callee) return std::nullopt;
    const auto* const member_call = llvm::dyn_cast<clang::CXXMemberCallExpr>(&call);
    const clang::Expr* const object = member_call ? member_call->getImplicitObjectArgument() : nullptr;
    if (const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&call)) return effect_of(*operation);
    if (object) {
      const Said said = verb_of(*callee);
      if (const clang::VarDecl* const guard = variable_of(object); guard && guards_.contains(guard)) {
        return effect_of_guard(*guard, said.verb);
      }
      if (said.verb != Verb::kNone && is_lock(record_behind(object->getType()))) {
        if (said.verb == Verb::kRelease) return std::nullopt;
        return effect_of_lock(lock(object), said);
      }
    }
    if (const std::optional<Effect> effect = effect_of_attributes(call, *callee, object)) return effect;
    return object ? std::nullopt : effect_of_free(call, *callee);
  }

  std::optional<Effect> effect_of_lock(size_t which, Said said) {
    Effect effect;
    if (said.verb == Verb::kLock) effect.given = bit(which, nullptr, said.shared);
    if (said.verb == Verb::kTry) effect.perhaps = bit(which, nullptr, said.shared);
    if (said.verb == Verb::kUnlock) {
      effect.taken_back = bits_of_all(which);
      effect.owed = bit(which, nullptr, said.shared);
    }
    return effect;
  }

  std::optional<Effect> effect_of_guard(const clang::VarDecl& guard, Verb verb) {
    const Bits own = bits_of(&guard);
    Effect effect;
    if (verb == Verb::kNone) return std::nullopt;
    if (verb == Verb::kLock) effect.given = own;
    if (verb == Verb::kTry) effect.perhaps = own;
    if (verb == Verb::kUnlock) effect.taken_back = own;
    if (verb == Verb::kRelease) {
      const Guard& known = guards_.at(&guard);
      for (const size_t one : known.locks) {
        effect.moves.emplace_back(bit(one, &guard, known.shared), bit(one, nullptr, known.shared));
      }
    }
    return effect;
  }

  // `lock = std::unique_lock(mutex)`, `lock = std::move(other)`
  std::optional<Effect> effect_of(const clang::CXXOperatorCallExpr& call) {
    if (call.getOperator() != clang::OO_Equal || call.getNumArgs() != 2) return std::nullopt;
    const clang::VarDecl* const guard = variable_of(call.getArg(0));
    const auto at = guards_.find(guard);
    const clang::CXXRecordDecl* const record = guard ? record_behind(guard->getType()) : nullptr;
    if (at == guards_.end() || !record) return std::nullopt;
    const std::optional<Guard> made = made_guard(bare(call.getArg(1)), *record);
    if (!made) return std::nullopt;
    for (const size_t one : made->locks) {
      if (!llvm::is_contained(at->second.locks, one)) at->second.locks.push_back(one);
    }
    Effect effect = beginning(guard, *made);
    effect.given &= bits_of(guard);
    return effect;
  }

  std::optional<Effect> effect_of_attributes(const clang::CallExpr& call, const clang::FunctionDecl& callee,
                                             const clang::Expr* object) {
    if (!callee.hasAttrs()) return std::nullopt;
    const llvm::ArrayRef<const clang::Expr*> arguments(call.getArgs(), call.getNumArgs());
    Effect effect;
    bool found = false;
    const auto each_lock = [&](const auto& attribute, auto use) {
      found = true;
      if (attribute->args_size() == 0 && object) return use(lock(object));
      for (const clang::Expr* const expression : attribute->args()) {
        if (const auto named = lock_of_attribute(expression, callee, arguments, object)) use(*named);
      }
    };
    for (const auto* const attribute : callee.specific_attrs<clang::AcquireCapabilityAttr>()) {
      each_lock(attribute, [&](size_t one) { effect.given |= bit(one, nullptr, attribute->isShared()); });
    }
    for (const auto* const attribute : callee.specific_attrs<clang::AssertCapabilityAttr>()) {
      each_lock(attribute, [&](size_t one) { effect.given |= bit(one, nullptr, attribute->isShared()); });
    }
    for (const auto* const attribute : callee.specific_attrs<clang::TryAcquireCapabilityAttr>()) {
      each_lock(attribute, [&](size_t one) { effect.perhaps |= bit(one, nullptr, attribute->isShared()); });
    }
    for (const auto* const attribute : callee.specific_attrs<clang::ReleaseCapabilityAttr>()) {
      each_lock(attribute, [&](size_t one) { effect.taken_back |= bits_of_all(one); });
    }
    return found ? std::optional(effect) : std::nullopt;
  }

  // std::lock(a, b), pthread_mutex_lock(&m), uv_rwlock_rdlock(&m)
  std::optional<Effect> effect_of_free(const clang::CallExpr& call, const clang::FunctionDecl& callee) {
    if (!callee.getIdentifier() || call.getNumArgs() == 0) return std::nullopt;
    const StringRef name = callee.getName();
    if (!name.ends_with("lock")) return std::nullopt;
    Effect effect;
    bool found = false;
    if (name == "lock" || name == "try_lock") {
      for (const clang::Expr* const argument : call.arguments()) {
        if (!is_lock(record_behind(argument->getType()))) continue;
        const clang::VarDecl* const guard = variable_of(argument);
        const Bits bits = guards_.contains(guard) ? bits_of(guard) : bit(lock(argument), nullptr, false);
        (name == "lock" ? effect.given : effect.perhaps) |= bits;
        found = true;
      }
      return found ? std::optional(effect) : std::nullopt;
    }
    const clang::QualType type = call.getArg(0)->getType();
    if (!type->isPointerType() || type->getPointeeType()->isVoidType() ||
        type->getPointeeType()->isAnyCharacterType()) {
      return std::nullopt;
    }
    if (name.ends_with("unlock")) return effect_of_lock(lock(call.getArg(0)), {Verb::kUnlock, false});
    StringRef stem = name;
    const bool tried = name.contains("try") || name.contains("timed") || name.contains("clocklock");
    const bool shared = name.ends_with("rdlock");
    for (const char* const ending : {"timedlock", "clocklock", "trylock", "lock"}) {
      if (stem.consume_back(ending)) break;
    }
    for (const char* const ending : {"timed", "clock", "try"}) stem.consume_back(ending);
    const StringRef kind = stem.ends_with("rd") || stem.ends_with("wr") ? stem.take_back(2) : "";
    stem = stem.drop_back(kind.size());
    for (const char* const ending : {"timed", "clock", "try"}) stem.consume_back(ending);
    if (!is_declared(stem.str() + "unlock", callee) && !is_declared((stem + kind + "unlock").str(), callee)) {
      return std::nullopt;
    }
    return effect_of_lock(lock(call.getArg(0)), {tried ? Verb::kTry : Verb::kLock, shared});
  }

  bool is_declared(const std::string& name, const clang::FunctionDecl& beside) {
    const auto known = context_.Idents.find(name);
    if (known == context_.Idents.end()) return false;
    return !beside.getDeclContext()->getRedeclContext()->lookup(known->second).empty();
  }

  // --- Data flow ---

  void follow(const clang::CFG& graph) {
    std::vector<std::optional<State>> before(graph.getNumBlockIDs());
    std::deque<const clang::CFGBlock*> left = {&graph.getEntry()};
    before[graph.getEntry().getBlockID()] = entry_;
    while (!left.empty()) {
      const clang::CFGBlock* const block = left.front();
      left.pop_front();
      State state = *before[block->getBlockID()];
      pass(*block, state, /*record=*/false);
      unsigned number = 0;
      for (const clang::CFGBlock::AdjacentBlock& next : block->succs()) {
        const unsigned branch = number++;
        if (!next.isReachable()) continue;
        const State along = refined(*block, branch, state);
        std::optional<State>& known = before[next->getBlockID()];
        const State joined = known ? State{known->may | along.may, known->must & along.must} : along;
        if (known == joined) continue;
        known = joined;
        left.push_back(next.getReachableBlock());
      }
    }
    for (const clang::CFGBlock* const block : graph) {
      if (!before[block->getBlockID()]) continue;
      State state = *before[block->getBlockID()];
      pass(*block, state, /*record=*/true);
    }
    // `begin() { mutex_.lock(); } commit() { ...; mutex_.unlock(); }`: who unlocks what he never locked was handed it.
    if (const Bits handed = owed_ & ~entry_.must) {
      entry_.add(handed);
      held_.clear();
      follow(graph);
    }
  }

  void pass(const clang::CFGBlock& block, State& state, bool record) {
    // An exception has ended the lives of all guards of the statements that were tried.
    if (const auto* handler = llvm::dyn_cast_or_null<clang::CXXCatchStmt>(block.getLabel())) leave(*handler, state);
    for (const clang::CFGElement& element : block) {
      if (const auto end = element.getAs<clang::CFGAutomaticObjDtor>()) {
        state.remove(bits_of(end->getVarDecl()));
        continue;
      }
      const auto of_statement = element.getAs<clang::CFGStmt>();
      if (!of_statement) continue;
      const clang::Stmt* const statement = of_statement->getStmt();
      if (record && state.may != 0 && llvm::isa<clang::Expr>(statement)) note(statement, state);
      if (const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(statement)) {
        for (const clang::Decl* const one : declaration->decls()) {
          const auto* const variable = llvm::dyn_cast<clang::VarDecl>(one);
          const auto at = guards_.find(variable);
          if (at != guards_.end()) apply(beginning(variable, at->second), state);
        }
      } else if (const auto at = effects_.find(statement); at != effects_.end()) {
        if (record && (state.may & at->second.taken_back) == 0) owed_ |= at->second.owed;
        apply(at->second, state);
      }
    }
  }

  void apply(const Effect& effect, State& state) {
    for (const auto& [from, to] : effect.moves) {
      if (state.may & from) state.may |= to;
      if (state.must & from) state.must |= to;
      state.remove(from);
    }
    state.remove(effect.taken_back);
    state.add(effect.given);
    state.may |= effect.perhaps;
  }

  void leave(const clang::CXXCatchStmt& handler, State& state) {
    const auto at = tries_.find(&handler);
    if (at == tries_.end()) return;
    each_statement(at->second, [&](const clang::Stmt& statement) {
      const auto* const declaration = llvm::dyn_cast<clang::DeclStmt>(&statement);
      if (!declaration) return;
      for (const clang::Decl* const one : declaration->decls()) {
        state.remove(bits_of(llvm::dyn_cast<clang::VarDecl>(one)));
      }
    });
  }

  // `if (mutex.try_lock())`, `if (lock)`, `if (!lock.owns_lock())`: which branch has the lock.
  State refined(const clang::CFGBlock& block, unsigned branch, State state) {
    if (block.succ_size() != 2 || branch > 1) return state;
    const clang::Expr* condition = llvm::dyn_cast_or_null<clang::Expr>(block.getTerminatorCondition());
    if (!condition || llvm::isa_and_nonnull<clang::SwitchStmt>(block.getTerminatorStmt())) return state;
    bool holds = branch == 0;
    while (condition) {
      condition = condition->IgnoreParenImpCasts();
      const auto* const unary = llvm::dyn_cast<clang::UnaryOperator>(condition);
      const auto* const binary = llvm::dyn_cast<clang::BinaryOperator>(condition);
      if (unary && unary->getOpcode() == clang::UO_LNot) {
        holds = !holds;
        condition = unary->getSubExpr();
      } else if (binary && binary->isEqualityOp() && is_zero(binary->getRHS())) {
        if (binary->getOpcode() == clang::BO_EQ) holds = !holds;
        condition = binary->getLHS();
      } else {
        break;
      }
    }
    const auto* const call = llvm::dyn_cast_or_null<clang::CallExpr>(condition);
    if (!call) return state;
    Bits tested = 0;
    const auto* const member_call = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
    const clang::VarDecl* const guard = member_call ? variable_of(member_call->getImplicitObjectArgument()) : nullptr;
    if (const auto at = effects_.find(call); at != effects_.end() && at->second.perhaps != 0) {
      tested = at->second.perhaps;
      // C has no bool: 0 is success.
      if (call->getType()->isIntegerType() && !call->getType()->isBooleanType()) holds = !holds;
    } else if (guard && guards_.contains(guard) && member_call->getType()->isBooleanType()) {
      tested = bits_of(guard);
    }
    if (holds) {
      state.add(tested);
    } else {
      state.remove(tested);
    }
    return state;
  }

  static bool is_zero(const clang::Expr* expression) {
    expression = expression->IgnoreParenImpCasts();
    if (const auto* number = llvm::dyn_cast<clang::IntegerLiteral>(expression)) return number->getValue() == 0;
    const auto* const truth = llvm::dyn_cast<clang::CXXBoolLiteralExpr>(expression);
    return truth && !truth->getValue();
  }

  // --- What is found ---

  // Guards that are handed to a function whose body is not here; it may wait without their locks.
  Bits handed_over(const clang::Stmt* statement) {
    const auto* const call = llvm::dyn_cast<clang::CallExpr>(statement);
    if (!call || llvm::isa<clang::CXXOperatorCallExpr>(call)) return 0;
    const clang::FunctionDecl* const callee = call->getDirectCallee();
    if (callee && known_body(callee) && !context_.getSourceManager().isInSystemHeader(callee->getLocation())) return 0;
    Bits bits = 0;
    for (const clang::Expr* const argument : call->arguments()) bits |= bits_of(variable_of(argument));
    return bits;
  }

  void note(const clang::Stmt* statement, State state) {
    state.remove(handed_over(statement));
    std::vector<HeldLock> held;
    for (const auto& [hold, index] : holds_) {
      const Bits one = index < kMostHolds ? Bits{1} << index : 0;
      if ((state.may & one) == 0) continue;
      const Lock& lock = locks_[hold.lock];
      const bool must = (state.must & one) != 0;
      if (!held.empty() && held.back().lock == lock.declared && held.back().spelling == lock.spelling) {
        held.back().must |= must;
        held.back().shared &= hold.shared;
      } else {
        held.push_back({lock.declared, lock.spelling, lock.type, must, hold.shared});
      }
    }
    if (held.empty()) return;
    const auto [at, is_new] = held_.try_emplace(statement, held);
    if (is_new) return;
    for (HeldLock& known : at->second) {  // a statement may stand in several blocks
      known.must = known.must && llvm::any_of(held, [&](const HeldLock& other) {
                     return other.lock == known.lock && other.spelling == known.spelling && other.must;
                   });
    }
  }

  clang::ASTContext& context_;
  const clang::FunctionDecl& function_;
  std::vector<const clang::VarDecl*> candidates_;
  std::vector<Lock> locks_;
  std::map<Hold, size_t> holds_;  // to its number
  std::map<const clang::VarDecl*, Guard> guards_;
  llvm::DenseMap<const clang::Stmt*, Effect> effects_;
  llvm::DenseMap<const clang::Stmt*, const clang::Stmt*> tries_;  // by handler: what is tried
  State entry_;
  Bits owed_ = 0;  // released here, and taken nowhere here
  LocksHeld held_;
  bool unclear_ = false;  // there are guards whose class depends on a template
};

}  // namespace

std::optional<LocksHeld> locks_held(clang::ASTContext& context, const clang::FunctionDecl& function) {
  return LockFlow(context, function).run();
}

const clang::ValueDecl* guard_of(const clang::ValueDecl& variable) {
  if (const auto* attribute = variable.getAttr<clang::GuardedByAttr>())
    return declared_by(object_of(attribute->getArg()));
  if (const auto* attribute = variable.getAttr<clang::PtGuardedByAttr>()) {
    return declared_by(object_of(attribute->getArg()));
  }
  return nullptr;
}

}  // namespace stallint::cxx
