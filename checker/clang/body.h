#pragma once
// The body of one function, read from its first statement to its last: what stands where is kept by the reader itself
// (which branch, which loop, which scope), as Clang's visitors do not say it, and walk parts of coroutines and of
// range-based loops twice.

#include "checker/clang/names.h"
#include "checker/facts/facts.h"

#include <clang/AST/Expr.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/Stmt.h>
#include <clang/AST/StmtCXX.h>
#include <llvm/ADT/DenseSet.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stallint::cxx {

class BodyReader;

// The facts of one file while they are put together.
struct FileBuilder {
  FileBuilder(std::string path, clang::FileID file) : path(std::move(path)), file(file), strings(facts.strings) {}

  std::string path;
  clang::FileID file;
  facts::FileFacts facts;
  facts::Strings strings;
  facts::Body module_body;
  std::unique_ptr<BodyReader> module;  // reads initialisers of namespaces, here and there between definitions
  std::unordered_map<const clang::CXXRecordDecl*, facts::ClassId> classes;
};

// What the reader of a body asks of the reader of the unit.
class Definitions {
 public:
  virtual ~Definitions() = default;
  virtual Names& names() = 0;

  // The lambda as a function of `file`; kNone if it stands in another one.
  virtual facts::FunctionId add_lambda(const clang::LambdaExpr& lambda, FileBuilder& file, facts::FunctionId parent,
                                       facts::BlockId block) = 0;
  virtual void add_local_class(const clang::CXXRecordDecl& record, FileBuilder& file, facts::FunctionId parent,
                               facts::BlockId block) = 0;
  virtual void add_declared(const clang::ValueDecl& variable, FileBuilder& file, facts::FunctionId function) = 0;
};

// What becomes of the value of an expression.
struct Use {
  facts::Fate fate = facts::Fate::kUsed;
  facts::ExprId into = facts::ExprId::kNone;
  bool awaited = false;
};

class BodyReader {
 public:
  BodyReader(Definitions& unit, FileBuilder& file, facts::FunctionId function, facts::Span extent, facts::Body& body);

  void read_function(const clang::FunctionDecl& function);
  void read_variable(const clang::VarDecl& variable);  // a declaration with its initialiser
  void finish(const clang::FunctionDecl* function);

  bool lost() const { return lost_; }  // some of it could not be parsed

 private:
  using ExprId = facts::ExprId;
  using Span = facts::Span;

  // The arm in which what follows a statement runs.
  struct Rest {
    ExprId condition = ExprId::kNone;
    bool when = true;
    uint32_t group = 0;
  };
  struct Outcome {
    bool exits = false;
    std::vector<Rest> rest;
  };
  // What a `break` leaves.
  struct Breakable {
    bool loop = true;
    bool broken = false;
  };
  // Locals of a scope, which end with it.
  struct Scope {
    std::vector<const clang::VarDecl*> locals;
    uint32_t end = 0;
  };
  // A function that is handed over.
  struct Handed {
    const clang::FunctionDecl* function = nullptr;
    explicit operator bool() const { return function != nullptr; }
  };

  // --- Building (expressions.cc)
  ExprId add(facts::ExprKind kind, Span at, size_t mark, uint32_t text = 0, uint8_t detail = 0);
  ExprId add_name(std::string_view text, Span at);
  ExprId add_literal(facts::Literal literal, Span at, std::string_view text);
  size_t mark() const { return pending_.size(); }
  void push(ExprId expr) { pending_.push_back(expr); }
  uint32_t text(std::string_view text) { return file_.strings.id(text); }
  facts::Meaning& meaning(ExprId expr);
  void call(facts::CallKind kind, ExprId expr, Use use, Span at, const clang::Stmt* stmt);
  void write(facts::WriteOp op, ExprId target, ExprId value, Span at, const clang::Stmt* stmt, uint32_t op_text = 0,
             int element = -1);
  void exit(facts::ExitKind kind, ExprId value, Span at);
  ExprId as_target(ExprId expr);
  ExprId target_of(ExprId expr);
  Use use_of(const clang::Expr* target, ExprId into);
  Use use_of(const clang::VarDecl& variable, ExprId into) const;
  Span span(clang::SourceRange range);
  Span span(const clang::Stmt* stmt) { return span(stmt->getSourceRange()); }
  uint32_t offset(clang::SourceLocation at, bool end);

  // --- Expressions (expressions.cc)
  ExprId read(const clang::Expr* expr, Use use = {});
  ExprId read_children(const clang::Expr* expr);
  const clang::Expr* strip(const clang::Expr* expr, bool* moved = nullptr) const;
  ExprId read_reference(const clang::DeclRefExpr* expr);
  ExprId read_member(const clang::MemberExpr* expr);
  ExprId read_size(const clang::UnaryExprOrTypeTraitExpr* expr);
  ExprId read_dependent_member(const clang::CXXDependentScopeMemberExpr* expr);
  ExprId read_overloads(const clang::OverloadExpr* expr, const clang::CallExpr* called = nullptr);
  ExprId read_this(const clang::CXXThisExpr* expr, Span at);
  ExprId read_literal(const clang::Expr* expr);
  std::string macro_of(clang::SourceLocation at) const;
  ExprId read_unary(const clang::UnaryOperator* expr, Use use);
  ExprId read_binary(const clang::BinaryOperator* expr, Use use);
  ExprId read_choice(const clang::BinaryOperator* expr, Use use);
  ExprId read_conditional(const clang::AbstractConditionalOperator* expr, Use use);
  ExprId read_assignment(const clang::Expr* whole, const clang::Expr* left, const clang::Expr* right,
                         std::string_view update, Use use);
  ExprId read_step(const clang::Expr* whole, const clang::Expr* operand, bool up, Use use);
  ExprId read_await(const clang::Expr* whole, const clang::Expr* operand, Use use);
  ExprId read_yield(const clang::CoyieldExpr* expr);
  ExprId read_lambda(const clang::LambdaExpr* expr);
  ExprId read_new(const clang::CXXNewExpr* expr, Use use);
  ExprId read_delete(const clang::CXXDeleteExpr* expr);
  ExprId read_list(const clang::InitListExpr* expr);
  ExprId read_throw(const clang::CXXThrowExpr* expr);

  // --- Calls (calls.cc)
  ExprId read_call(const clang::CallExpr* expr, Use use);
  ExprId read_operator(const clang::CXXOperatorCallExpr* expr, Use use);
  ExprId read_construct(const clang::CXXConstructExpr* expr, Use use);
  ExprId read_unresolved_construct(const clang::CXXUnresolvedConstructExpr* expr, Use use);
  ExprId read_callee(const clang::CallExpr* expr);
  void push_arguments(llvm::ArrayRef<const clang::Expr*> arguments, const clang::FunctionDecl* function);
  void note_handed(ExprId id, const clang::Expr* argument, clang::QualType parameter);
  Handed handed(const clang::Expr* expr, int depth = 0) const;
  void describe_function(ExprId id, const clang::FunctionDecl* function);
  void describe_value(ExprId id, const clang::ValueDecl* value);
  void describe_type(ExprId id, clang::QualType type);
  bool known_here(const clang::FunctionDecl* function) const;
  bool depends_on_template(clang::SourceLocation name);
  void mark_changeable(ExprId id);

  // --- Statements (statements.cc)
  Outcome read_statement(const clang::Stmt* stmt);
  Outcome read_compound(const clang::CompoundStmt* stmt);
  Outcome read_statements(llvm::ArrayRef<const clang::Stmt*> statements, uint32_t end);
  bool read_block(facts::Block block, const clang::Stmt* stmt);
  bool read_scope(const clang::Stmt* stmt);
  void look_for_gaps(const clang::CompoundStmt* stmt);
  Outcome read_if(const clang::IfStmt* stmt);
  Outcome read_switch(const clang::SwitchStmt* stmt);
  Outcome read_loop(const clang::Stmt* stmt, const clang::Stmt* init, const clang::VarDecl* variable,
                    const clang::Expr* condition, const clang::Stmt* body, const clang::Expr* step,
                    facts::LoopKind kind);
  Outcome read_range_for(const clang::CXXForRangeStmt* stmt);
  Outcome read_try(const clang::CXXTryStmt* stmt);
  bool read_handler(const clang::CXXCatchStmt* stmt, uint32_t group, uint32_t arm);
  void read_declarations(const clang::DeclStmt* stmt);
  void read_decomposition(const clang::DecompositionDecl& decl);
  void read_initialisers(const clang::CXXConstructorDecl& constructor);
  void end_scope();
  void enter_region(const clang::VarDecl& variable, ExprId target, ExprId value);
  void read_locks(const clang::FunctionDecl& function);
  facts::BlockId enter(facts::Block block);
  facts::BlockId enter_arm(const Rest& rest, Span at);
  void leave_to(facts::BlockId block) { block_ = block; }
  facts::Block& at(facts::BlockId block) { return body_.blocks[facts::index(block)]; }
  uint32_t new_group() { return ++groups_; }

  Definitions& unit_;
  FileBuilder& file_;
  Names& names_;
  clang::ASTContext& context_;
  const facts::FunctionId function_;
  const Span extent_;
  facts::Body& body_;
  std::vector<ExprId> pending_;
  std::unordered_map<uint32_t, facts::Meaning> meanings_;
  std::vector<std::pair<const clang::Stmt*, Span>> events_;  // for the locks held during them
  std::vector<Breakable> breakables_;
  std::vector<Scope> scopes_;
  const clang::FunctionDecl* outermost_ = nullptr;  // around an instantiation of a template, or it; else null
  std::optional<llvm::DenseSet<clang::SourceLocation>> dependent_;  // places of names in its pattern
  std::optional<Span> pinned_;                                      // where all that is read now is said to be
  facts::BlockId block_ = facts::BlockId::kBody;
  uint32_t groups_ = 0;
  bool lost_ = false;
};

}  // namespace stallint::cxx
