#pragma once
// Expressions of one tree: of the outline of a file, or of one body. In a body, what expressions do is recorded beside
// them (calls, writes of `:=` and of comprehensions, blocks of `and`, `or`, `if else` and comprehensions, yields).
//
//     client = await connect(url)
//
// read() of the right side, used as {kLocal, into `client`}, hands that use through the await to the call.

#include "checker/facts/facts.h"
#include "checker/python/file_reader.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::python {

// What is done with the value of an expression.
struct Use {
  facts::Fate fate = facts::Fate::kUsed;
  facts::ExprId into = facts::ExprId::kNone;
  bool awaited = false;
};

class Expressions {
 public:
  // Reads into the outline: nothing runs there, so nothing is recorded.
  explicit Expressions(FileReader& file);

  // Reads into a body. Names assigned at module or class level are kept, those of a function are local.
  Expressions(FileReader& file, facts::Body& body, facts::FunctionKind scope);

  facts::ExprId read(NodeId node, Use use = {});

  // An annotation: not run here, and strings in it are expressions.
  facts::ExprId read_type(NodeId node);

  // Whether a tuple of the grammar is but a name in parentheses.
  bool is_group(NodeId node) const;

  // What is assigned to, deleted, or bound by a loop.
  facts::ExprId read_target(NodeId node);

  // The value of an assignment. `a, b = f(), g()` hands each its own target.
  facts::ExprId read_value(NodeId node, facts::ExprId target);

  // A dotted name of a pattern: a use, not a binding.
  facts::ExprId read_dotted(NodeId node);

  // The bases and keyword arguments of a class header.
  std::vector<facts::ExprId> read_bases(NodeId arguments);

  // `left, right` without brackets.
  facts::ExprId read_tuple(const std::vector<NodeId>& elements, facts::Span at);

  facts::ExprId name(std::string_view text, facts::Span at);

  // One Write for every name, attribute or subscript of the target.
  void write(const facts::Write& shape, facts::ExprId target);

  void call(facts::CallKind kind, facts::ExprId expr, Use use, facts::Span at);
  void exit(facts::ExitKind kind, facts::ExprId value, facts::ExprId cause, facts::Span at);

  // How a value is used that is assigned to `target`.
  Use use_of(facts::ExprId target) const;

  // Blocks. enter() makes a block below the current one and makes it the current one.
  facts::BlockId enter(facts::Block block);
  void leave_to(facts::BlockId block) { block_ = block; }
  facts::BlockId block() const { return block_; }
  uint32_t new_group() { return ++groups_; }

  const Source& source() const { return source_; }
  const Syntax& syntax() const { return *source_.syntax; }
  facts::Tree& tree() { return tree_; }

  // Follows parentheses to what they hold.
  NodeId strip(NodeId node) const;

 private:
  // CPython's own parser gives up at two hundred nested brackets.
  static constexpr int kMaxDepth = 400;

  class Depth {
   public:
    explicit Depth(int& depth) : depth_(depth) { ++depth_; }
    ~Depth() { --depth_; }
    bool exceeded() const { return depth_ > kMaxDepth; }

   private:
    int& depth_;
  };

  // Children of the expression that is being built; nested expressions take theirs off before their parent goes on.
  size_t mark() const { return pending_.size(); }
  void push(facts::ExprId child) { pending_.push_back(child); }
  facts::ExprId add(facts::ExprKind kind, facts::Span at, size_t mark, uint32_t text = 0, uint8_t detail = 0);
  facts::ExprId add(facts::ExprKind kind, facts::Span at, std::string_view text) {
    return add(kind, at, mark(), file_.strings.id(text));
  }
  facts::ExprId literal(facts::Literal literal, facts::Span at, std::string_view text);
  bool recording() const { return body_ != nullptr && muted_ == 0; }

  facts::ExprId dispatch(NodeId node, Use use);
  facts::ExprId read_other(NodeId node);
  facts::ExprId read_shallow(NodeId node);
  facts::ExprId read_shallow_callee(NodeId node);
  void push_children(NodeId node, Use use = {});

  // chains.cc: what may be thousands long is read without recursion.
  facts::ExprId read_chain(NodeId node, Use use);
  facts::ExprId read_link(NodeId node, facts::ExprId base, Use use);
  void push_arguments(NodeId arguments);
  void push_indexes(NodeId subscript, facts::ExprId base);
  facts::ExprId read_slice(NodeId node);
  facts::ExprId read_binary(NodeId node);
  facts::ExprId read_unary(NodeId node);
  facts::ExprId read_boolean(NodeId node, Use use);
  facts::ExprId read_comparison(NodeId node);
  facts::ExprId read_conditional(NodeId node, Use use);
  facts::ExprId read_await(NodeId node, Use use);
  facts::ExprId read_yield(NodeId node);
  facts::ExprId read_named(NodeId node);

  // displays.cc
  facts::ExprId read_display(NodeId node, facts::ExprKind kind);
  facts::ExprId read_dictionary(NodeId node);
  facts::ExprId read_comprehension(NodeId node, facts::Comprehension kind);
  void read_clause(NodeId clause, bool generator);
  facts::ExprId read_lambda(NodeId node);
  facts::ExprId read_splat(NodeId node, facts::ExprKind kind, Use use);

  // strings.cc
  facts::ExprId read_string(NodeId node);
  facts::ExprId read_strings(NodeId node);
  bool is_plain(NodeId string) const;
  facts::Literal literal_of(NodeId string) const;
  void append_constant(NodeId string, std::string& text) const;
  void append_formatted(NodeId string, std::string& text);
  void push_holes(NodeId interpolation);
  facts::ExprId read_percent(NodeId binary);
  facts::ExprId read_number(NodeId node);

  // types.cc
  facts::ExprId read_type_inner(NodeId node);
  facts::ExprId read_quoted(NodeId string);
  facts::ExprId read_dotted_text(std::string_view text, uint32_t offset);

  FileReader& file_;
  Source source_;
  facts::Tree& tree_;
  facts::Body* body_ = nullptr;
  bool names_are_local_ = false;
  facts::BlockId block_ = facts::BlockId::kBody;
  uint32_t groups_ = 0;
  int depth_ = 0;
  int muted_ = 0;         // in annotations nothing runs
  int quotes_ = 0;        // quoted annotations around this one
  bool in_type_ = false;  // strings are quoted annotations
  std::vector<facts::ExprId> pending_;
};

// The value of a string literal's inside: escapes are resolved unless it is raw. At most kMaxText bytes.
constexpr size_t kMaxText = 200;
void append_unescaped(std::string_view inside, bool raw, std::string& text);

// Cuts to kMaxText bytes, never inside a character.
void cut(std::string& text);

}  // namespace stallint::python
