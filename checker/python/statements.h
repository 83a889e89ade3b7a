#pragma once
// The statements of one function: its blocks, writes, exits and imports, and the expressions in them.
//
//     if not wait:
//         return          # the arm exits,
//     time.sleep(1)       # so this is the rest: an arm of `not wait`, when false

#include "checker/facts/facts.h"
#include "checker/python/expressions.h"
#include "checker/python/file_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::python {

class Statements {
 public:
  // Fills `body`, which is empty.
  Statements(FileReader& file, facts::FunctionId function, facts::Body& body);

  // The body of a function, class or module. `definition` may hold broken parts of it besides; kNoNode for the module.
  void read_body(NodeId definition, NodeId block);

  // The body of a lambda: one value, which is returned.
  void read_lambda(NodeId value);

 private:
  // A condition that is known to hold after a statement, because the other arm has left.
  struct Rest {
    facts::ExprId condition = facts::ExprId::kNone;
    bool when = true;
    uint32_t group = 0;
    bool type_checking = false;  // that is, only for type checkers
  };

  // How control leaves a statement: not at all, or with some conditions known.
  struct Outcome {
    bool exits = false;
    std::vector<Rest> rest;
  };

  // Whether a condition is TYPE_CHECKING, or its contrary.
  enum class Checking { kUnknown, kTrue, kFalse };

  // One step of an if-elif chain.
  struct Step;

  bool read_suite(NodeId block);
  bool read_statements(Children statements, uint32_t end);
  Outcome read_statement(NodeId node);
  Outcome read_compound(NodeId node);
  Outcome read_simple(NodeId node);
  void read_errors_in(NodeId node);
  void read_unknown(NodeId node);
  void read_unknown_children(NodeId node);

  // simple.cc
  void read_expression_statement(NodeId node);
  void read_assignment(NodeId node);
  void read_update(NodeId node);
  void read_return(NodeId node);
  void read_raise(NodeId node);
  void read_delete(NodeId node);
  void read_assert(NodeId node);
  void read_alias(NodeId node);
  void read_import(NodeId node);
  void read_import_from(NodeId node);
  void read_names(NodeId node, std::vector<uint32_t>& names);
  std::string dotted(NodeId name) const;
  void read_python2(NodeId node);

  // branches.cc
  Outcome read_if(NodeId node);
  Outcome outcome_of(const std::vector<Step>& steps, bool else_exits);
  Checking checking_of(NodeId condition) const;
  Outcome read_for(NodeId node);
  Outcome read_while(NodeId node);
  Outcome read_with(NodeId node);
  Outcome read_try(NodeId node);
  bool read_handler(NodeId clause, uint32_t group, uint32_t arm);
  void read_loop_else(NodeId node, uint32_t group);
  void read_items(NodeId value, bool async, uint32_t end);
  void read_item(NodeId node, bool async, uint32_t end);
  bool is_always_true(NodeId condition) const;
  bool is_expression_or_as(NodeId node) const;
  bool read_block(facts::Block block, NodeId suite);
  facts::BlockId enter_arm(const Rest& rest, facts::Span at);

  // patterns.cc
  Outcome read_match(NodeId node);
  bool read_case(NodeId clause, facts::ExprId subject, uint32_t group, uint32_t arm);
  void read_pattern(NodeId pattern, facts::ExprId subject, int16_t element);
  void read_elements(NodeId pattern, facts::ExprId subject, bool whole);
  void capture(NodeId name, facts::ExprId subject, int16_t element, facts::Span at);
  bool is_irrefutable(NodeId clause) const;

  // definitions.cc
  void read_decorated(NodeId node);
  void read_function(NodeId node);
  void read_calls_of_type(NodeId type);
  void read_class(NodeId node);
  void read_decorators(NodeId decorated, const Definition& definition);

  const Syntax& syntax() const { return file_.syntax; }
  facts::Span span(NodeId node) const { return file_.source.span(node); }
  std::string_view slice(NodeId node) const { return file_.source.slice(node); }
  uint32_t intern(std::string_view text) { return file_.strings.id(text); }
  facts::Block& at(facts::BlockId block) { return body_.blocks[facts::index(block)]; }

  FileReader& file_;
  facts::FunctionId function_;
  facts::Body& body_;
  Expressions expressions_;
  int depth_ = 0;
  int type_checking_ = 0;          // arms of TYPE_CHECKING around this place
  std::vector<bool> loop_breaks_;  // for each loop around this place, whether a break was seen
};

}  // namespace stallint::python
