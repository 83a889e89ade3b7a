#include "checker/python/statements.h"

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

// Python itself allows 100 levels of indentation.
constexpr int kMaxNesting = 450;

}  // namespace

Statements::Statements(FileReader& file, FunctionId function, Body& body)
    : file_(file),
      function_(function),
      body_(body),
      expressions_(file, body, file.facts.functions[index(function)].kind) {
  Block whole;
  whole.at = file.facts.functions[index(function)].extent;
  body_.blocks.push_back(whole);
}

void Statements::read_body(NodeId definition, NodeId block) {
  if (definition != kNoNode) read_errors_in(definition);
  const bool exits = block != kNoNode && read_suite(block);
  at(BlockId::kBody).exits = exits;
}

void Statements::read_lambda(NodeId value) {
  const ExprId expr = expressions_.read(value, {Fate::kReturned, ExprId::kNone, false});
  expressions_.exit(ExitKind::kReturn, expr, ExprId::kNone, span(value));
  at(BlockId::kBody).exits = true;
}

bool Statements::read_suite(NodeId block) {
  if (++depth_ > kMaxNesting) {
    file_.note(span(block), "nested too deeply: these statements were not read");
    --depth_;
    return false;
  }
  const bool exits = read_statements(syntax().children(block), span(block).end);
  --depth_;
  return exits;
}

// After a statement of which one arm leaves, what follows up to `end` is put into the arm that stays.
bool Statements::read_statements(Children statements, uint32_t end) {
  const BlockId outside = expressions_.block();
  std::vector<BlockId> rests;
  int checking = 0;
  bool exits = false;
  for (NodeId statement : statements) {
    const Outcome outcome = read_statement(statement);
    if (outcome.exits) {
      exits = true;
      for (BlockId rest : rests) at(rest).exits = true;
    }
    const uint32_t next = syntax()[statement].skip;
    const bool last = next >= syntax().nodes.size() || syntax()[next].begin >= end;
    if (exits || last) continue;
    for (const Rest& rest : outcome.rest) {
      rests.push_back(enter_arm(rest, {syntax()[next].begin, end}));
      checking += rest.type_checking ? 1 : 0;
      type_checking_ += rest.type_checking ? 1 : 0;
    }
  }
  type_checking_ -= checking;
  expressions_.leave_to(outside);
  return exits;
}

Statements::Outcome Statements::read_statement(NodeId node) {
  switch (syntax().kind(node)) {
    case Kind::kIfStatement:
    case Kind::kForStatement:
    case Kind::kWhileStatement:
    case Kind::kWithStatement:
    case Kind::kTryStatement:
    case Kind::kMatchStatement:
      read_errors_in(node);
      return read_compound(node);
    default:
      return read_simple(node);
  }
}

Statements::Outcome Statements::read_compound(NodeId node) {
  switch (syntax().kind(node)) {
    case Kind::kIfStatement:
      return read_if(node);
    case Kind::kForStatement:
      return read_for(node);
    case Kind::kWhileStatement:
      return read_while(node);
    case Kind::kWithStatement:
      return read_with(node);
    case Kind::kTryStatement:
      return read_try(node);
    default:
      return read_match(node);
  }
}

Statements::Outcome Statements::read_simple(NodeId node) {
  Outcome outcome;
  switch (syntax().kind(node)) {
    case Kind::kExpressionStatement:
      read_expression_statement(node);
      break;
    case Kind::kReturnStatement:
      read_return(node);
      outcome.exits = true;
      break;
    case Kind::kRaiseStatement:
      read_raise(node);
      outcome.exits = true;
      break;
    case Kind::kBreakStatement:
      if (!loop_breaks_.empty()) loop_breaks_.back() = true;
      expressions_.exit(ExitKind::kBreak, ExprId::kNone, ExprId::kNone, span(node));
      outcome.exits = true;
      break;
    case Kind::kContinueStatement:
      expressions_.exit(ExitKind::kContinue, ExprId::kNone, ExprId::kNone, span(node));
      outcome.exits = true;
      break;
    case Kind::kPassStatement:
      break;
    case Kind::kAssertStatement:
      read_assert(node);
      break;
    case Kind::kDeleteStatement:
      read_delete(node);
      break;
    case Kind::kImportStatement:
      read_import(node);
      break;
    case Kind::kImportFromStatement:
    case Kind::kFutureImportStatement:
      read_import_from(node);
      break;
    case Kind::kGlobalStatement:
      read_names(node, body_.globals);
      break;
    case Kind::kNonlocalStatement:
      read_names(node, body_.nonlocals);
      break;
    case Kind::kTypeAliasStatement:
      read_alias(node);
      break;
    case Kind::kDecoratedDefinition:
      read_decorated(node);
      break;
    case Kind::kFunctionDefinition:
      read_function(node);
      break;
    case Kind::kClassDefinition:
      read_class(node);
      break;
    case Kind::kPrintStatement:
    case Kind::kExecStatement:
      read_python2(node);
      break;
    default:
      read_unknown(node);
  }
  return outcome;
}

// What the parser did not understand often holds statements and expressions that it did.
void Statements::read_unknown(NodeId node) {
  const Kind kind = syntax().kind(node);
  if (is_expression(kind)) {
    expressions_.read(node);
    return;
  }
  if (kind == Kind::kType || kind == Kind::kParameters || kind == Kind::kTypeParameter) return;
  if (++depth_ <= kMaxNesting) {
    if (kind == Kind::kAssignment) {
      read_assignment(node);
    } else if (kind == Kind::kAugmentedAssignment) {
      read_update(node);
    } else {
      read_unknown_children(node);
    }
  }
  --depth_;
}

// Between a header and its suite, the parser puts what it could place in neither.
void Statements::read_errors_in(NodeId node) {
  for (NodeId child : syntax().children(node)) {
    if (syntax().kind(child) == Kind::kError) read_unknown(child);
  }
}

void Statements::read_unknown_children(NodeId node) {
  for (NodeId child : syntax().children(node)) read_statement(child);
}

}  // namespace stallint::python
