#pragma once
// What the functions of a file do: blocks, calls, writes, exits, and the expressions in them, with what their names
// mean as far as the spelling tells.
//
//     Store store(path);          a call of Store, and a write of `store`, whose type is Store
//     store.load();               a call of Store::load, as `store` is one
//
// A lambda is read where it stands, for it sees the variables around it, into a body of its own.

#include "checker/cpp/file_reader.h"
#include "checker/facts/facts.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stallint::cpp {

// What is done with the value of an expression.
struct Use {
  facts::Fate fate = facts::Fate::kUsed;
  facts::ExprId into = facts::ExprId::kNone;
  bool awaited = false;
};

// A variable of a function.
struct Local {
  uint32_t name = 0;    // StringId
  uint32_t symbol = 0;  // StringId
  TypeId type = TypeId::kNone;
  facts::FunctionId lambda = facts::FunctionId::kNone;  // the lambda that it holds
  bool kept = false;                                    // static or thread_local
  bool owned = false;                                   // an object that ends with its scope
  bool gone = false;                                    // returned or moved from: it ends elsewhere
};

class Bodies {
 public:
  explicit Bodies(FileReader& file) : file_(file), syntax_(file.syntax) {}

  void run();

 private:
  // The body that is being read, and what its parts need of each other.
  struct Frame {
    facts::FunctionId function = facts::FunctionId::kModule;
    facts::Body body;
    std::vector<TypeId> types;       // of each expression
    std::vector<uint32_t> meanings;  // of each expression: one more than its index in the body's, or 0
    facts::BlockId block = facts::BlockId::kBody;
    uint32_t groups = 0;
    size_t first_local = 0;
    const std::string* scope = nullptr;
    const std::string* owner = nullptr;
    bool module = false;
    bool awaits = false;
    bool returns_async = false;
    bool yields = false;
  };

  // A condition that is known to hold after a statement, because the other arm has left.
  struct Rest {
    facts::ExprId condition = facts::ExprId::kNone;
    bool when = true;
    uint32_t group = 0;
  };

  // How control leaves a statement: not at all, or with some conditions known.
  struct Outcome {
    bool exits = false;
    std::vector<Rest> rest;
  };

  // What is called: its expression, the type of what it gives, and the function, if the file shows it.
  struct Callee {
    facts::ExprId expr = facts::ExprId::kNone;
    TypeId result = TypeId::kNone;
    const Callable* callable = nullptr;
  };

  static constexpr int kMaxDepth = 400;

  class Depth {
   public:
    explicit Depth(int& depth) : depth_(depth) { ++depth_; }
    ~Depth() { --depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    bool exceeded() const { return depth_ > kMaxDepth; }

   private:
    int& depth_;
  };

  // bodies.cc: functions and scopes.
  void read_module();
  void read_function(const Definition& definition);
  void read_initialisers(NodeId list);
  bool is_base_name(const std::string& name) const;
  void read_lambda_body(const Definition& definition);
  void open(Frame& frame, const Definition* definition);
  void close(Frame& frame);
  void declare_parameters(NodeId list);
  Local& declare(std::string_view name, facts::Span at, TypeId type, facts::Declared::Storage storage);
  Local* find_local(uint32_t name);
  size_t open_scope() const { return locals_.size(); }
  void close_scope(size_t mark, uint32_t end);
  void unwind(facts::ExprId object, TypeId type, facts::Span at);

  // statements.cc
  bool read_statements(Children statements, uint32_t end, NodeId except = kNoNode);
  bool read_block(facts::Block block, NodeId statement);
  bool is_always_true(facts::ExprId condition);
  bool read_compound(NodeId node);
  Outcome read_statement(NodeId node);
  Outcome dispatch_statement(NodeId node);
  Outcome read_if(NodeId node);
  facts::ExprId read_condition(NodeId clause);
  Outcome read_while(NodeId node);
  Outcome read_for(NodeId node);
  Outcome read_range_for(NodeId node);
  Outcome read_switch(NodeId node);
  Outcome read_try(NodeId node);
  bool read_handler(NodeId clause, uint32_t group, uint32_t arm);
  Outcome read_macro_block(NodeId node);
  void read_unknown(NodeId node);
  void read_exit(NodeId node, facts::ExitKind kind);
  facts::BlockId enter(facts::Block block);
  facts::BlockId enter_arm(const Rest& rest, facts::Span at);
  facts::Block& at(facts::BlockId block) { return frame_->body.blocks[facts::index(block)]; }

  // declarations.cc
  void read_declaration(NodeId node);
  void read_declarator(NodeId declaration, NodeId declarator, NodeId value);
  bool is_array(NodeId declarator) const;
  bool are_arguments(NodeId list) const;
  void mean_variable(facts::ExprId target, const Path& path, TypeId type);
  uint32_t declare_variable(NodeId name, TypeId type, bool kept);
  void read_bindings(NodeId list, facts::ExprId value, facts::Span at, facts::WriteOp op, TypeId type);
  size_t begin_construction(TypeId type, NodeId spelt, facts::Span at);
  facts::ExprId end_construction(TypeId type, size_t children, const Callable* constructor, facts::Span at, Use use);
  const Callable* constructor_of(TypeId type) const;
  facts::ExprId construct(TypeId type, NodeId spelt, NodeId arguments, facts::Span at, Use use);
  void push_parameters_as_arguments(NodeId list);
  facts::ExprId read_parameter_as_argument(NodeId parameter);
  void enter_region(facts::ExprId subject, facts::ExprId target, facts::Span at);
  bool is_guard(TypeId type) const;
  bool ends_with_work(TypeId type) const;

  // expressions.cc
  facts::ExprId read(NodeId node, Use use = {});
  facts::ExprId dispatch(NodeId node, Use use);
  facts::ExprId read_other(NodeId node);
  facts::ExprId read_shallow(NodeId node);
  facts::ExprId read_literal(NodeId node);
  facts::ExprId read_strings(NodeId node);
  facts::ExprId read_binary(NodeId node, Use use);
  facts::ExprId read_logical(NodeId node, Use use);
  facts::ExprId read_conditional(NodeId node, Use use);
  facts::ExprId read_unary(NodeId node, Use use);
  facts::ExprId read_pointer(NodeId node);
  facts::ExprId read_assignment(NodeId node, Use use);
  facts::ExprId read_update(NodeId node, Use use);
  facts::ExprId read_await(NodeId node, Use use);
  facts::ExprId read_lambda(NodeId node);
  facts::ExprId read_list(NodeId node);
  facts::ExprId read_new(NodeId node, Use use);
  facts::ExprId read_delete(NodeId node);
  facts::ExprId read_target(NodeId node);
  NodeId strip(NodeId node) const;
  bool is_kept(facts::ExprId target);
  Use use_of(facts::ExprId target) {
    return {is_kept(target) ? facts::Fate::kKept : facts::Fate::kLocal, target, false};
  }

  // calls.cc: names of values, members and calls.
  facts::ExprId read_name(NodeId node);
  facts::ExprId member_of_this(std::string_view text, facts::Span at);
  facts::ExprId read_chain(NodeId node, Use use);
  size_t count_arguments(NodeId call) const;
  bool is_transparent(NodeId callee) const;
  TypeId cast_type(NodeId callee);
  facts::ExprId read_call(NodeId node, const Callee& callee, Use use);
  bool hands_through(facts::ExprId callee);
  void mark_moved(facts::ExprId value);
  void push_arguments(NodeId arguments, const Callable* callable);
  void hand_over(facts::ExprId argument);
  bool is_a_function(facts::ExprId expr);
  void mean_function(facts::ExprId callee, const Callable& callable, const std::string& path, size_t arguments);
  facts::ExprId called_value(facts::ExprId value, facts::FunctionId lambda);
  Callee read_callee(NodeId node, size_t arguments);
  Callee method_of_this(const Callable& method, const std::string& found_in, const std::string& text, facts::Span at,
                        size_t arguments);
  TypeId mean_stranger(facts::ExprId callee, const Path& path, const std::string& resolved, NodeId node);
  Callee read_member(NodeId node, facts::ExprId base, bool called, size_t arguments);
  TypeId result_of_member(TypeId type, const std::string& member) const;
  facts::ExprId read_subscript(NodeId node, facts::ExprId base);
  std::string type_name(TypeId type) const;

  // Building. Children of the expression that is being built wait in `pending_`; nested expressions take theirs off
  // before their parent goes on.
  size_t mark() const { return pending_.size(); }
  void push(facts::ExprId child) { pending_.push_back(child); }
  facts::ExprId add(facts::ExprKind kind, facts::Span at, size_t mark, std::string_view text = {}, uint8_t detail = 0);
  facts::ExprId name(std::string_view text, facts::Span at) { return add(facts::ExprKind::kName, at, mark(), text); }
  facts::ExprId attribute(facts::ExprId base, std::string_view text, facts::Span at);
  facts::ExprId literal(facts::Literal literal, facts::Span at, std::string_view text);
  facts::Meaning& meaning(facts::ExprId expr);
  void set_type(facts::ExprId expr, TypeId type);
  TypeId type_of(facts::ExprId expr) const;
  facts::Tree& tree() { return frame_->body.tree; }
  void call(facts::CallKind kind, facts::ExprId expr, Use use, facts::Span at);
  void write(facts::Write write, facts::ExprId target);
  void write_to(const facts::Write& shape, facts::ExprId target);
  void exit(facts::ExitKind kind, facts::ExprId value, facts::Span at);
  uint32_t new_group() { return ++frame_->groups; }

  facts::Span span(NodeId node) const { return file_.span(node); }
  std::string_view slice(NodeId node) const { return file_.slice(node); }
  NodeId child(NodeId node, Field field) const { return syntax_.child(node, field); }
  NodeId child(NodeId node, Kind kind) const { return syntax_.child(node, kind); }
  uint32_t intern(std::string_view text) { return file_.strings.id(text); }
  const std::string& scope() const { return *frame_->scope; }
  const std::string& owner() const { return *frame_->owner; }

  FileReader& file_;
  const Syntax& syntax_;
  Frame* frame_ = nullptr;
  std::vector<Local> locals_;
  std::unordered_map<uint32_t, std::vector<size_t>> locals_by_name_;
  std::vector<facts::ExprId> pending_;
  std::vector<bool> read_;         // for each function, whether its body was read
  std::vector<bool> loop_breaks_;  // for each loop or switch around this place, whether a break was seen
  uint32_t scope_end_ = 0;         // of the innermost scope
  int depth_ = 0;
};

}  // namespace stallint::cpp
