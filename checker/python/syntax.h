#pragma once
// The syntax tree of one text, flattened: an array of nodes in source order, each before its children.
//
//     a.b(1)     call [0, 6)
//                  attribute [0, 3) field=function
//                    identifier [0, 1) field=object
//                    identifier [2, 3) field=attribute
//                  argument_list [3, 6) field=arguments
//                    integer [4, 5)
//
// A node is an index, its descendants are the indexes up to `skip`. So readers may walk it in any direction, without
// recursion and without asking tree-sitter, whose own tree is gone when parse() returns. Punctuation is left out;
// comments are apart.

#include "checker/facts/facts.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace stallint::python {

// Every kind of the grammar that a reader asks for. The names are those of tree-sitter-python: kForStatement is
// `for_statement`.
enum class Kind : uint8_t {
  kUnknown,
  kError,
  kModule,
  kBlock,
  kComment,           // never in the tree
  kLineContinuation,  // never in the tree
  // Statements.
  kAssertStatement,
  kBreakStatement,
  kClassDefinition,
  kContinueStatement,
  kDecoratedDefinition,
  kDeleteStatement,
  kExecStatement,
  kExpressionStatement,
  kForStatement,
  kFunctionDefinition,
  kFutureImportStatement,
  kGlobalStatement,
  kIfStatement,
  kImportFromStatement,
  kImportStatement,
  kMatchStatement,
  kNonlocalStatement,
  kPassStatement,
  kPrintStatement,
  kRaiseStatement,
  kReturnStatement,
  kTryStatement,
  kTypeAliasStatement,
  kWhileStatement,
  kWithStatement,
  // Parts of statements.
  kAliasedImport,
  kAssignment,
  kAugmentedAssignment,
  kCaseClause,
  kChevron,
  kDecorator,
  kDefaultParameter,
  kDictionarySplatPattern,
  kElifClause,
  kElseClause,
  kExceptClause,
  kFinallyClause,
  kImportPrefix,
  kKeywordSeparator,
  kLambdaParameters,
  kParameters,
  kPositionalSeparator,
  kRelativeImport,
  kTypedDefaultParameter,
  kTypedParameter,
  kWildcardImport,
  kWithClause,
  kWithItem,
  // Expressions.
  kArgumentList,
  kAsPattern,
  kAsPatternTarget,
  kAttribute,
  kAwait,
  kBinaryOperator,
  kBooleanOperator,
  kCall,
  kComparisonOperator,
  kConcatenatedString,
  kConditionalExpression,
  kDictionary,
  kDictionaryComprehension,
  kDictionarySplat,
  kDottedName,
  kEllipsis,
  kExpressionList,
  kFalse,
  kFloat,
  kForInClause,
  kFormatExpression,
  kFormatSpecifier,
  kGeneratorExpression,
  kIdentifier,
  kIfClause,
  kInteger,
  kInterpolation,
  kKeywordArgument,
  kLambda,
  kList,
  kListComprehension,
  kListPattern,
  kListSplat,
  kListSplatPattern,
  kNamedExpression,
  kNone,
  kNotOperator,
  kPair,
  kParenthesizedExpression,
  kPatternList,
  kSet,
  kSetComprehension,
  kSlice,
  kString,
  kStringContent,
  kStringEnd,
  kStringStart,
  kSubscript,
  kTrue,
  kTuple,
  kTuplePattern,
  kUnaryOperator,
  kYield,
  // Types.
  kConstrainedType,
  kGenericType,
  kMemberType,
  kSplatType,
  kType,
  kTypeParameter,
  kUnionType,
  // Patterns of `case`.
  kCasePattern,
  kClassPattern,
  kComplexPattern,
  kDictPattern,
  kKeywordPattern,
  kSplatPattern,
  kUnionPattern,
  // Tokens that mean something beyond the kind of their parent.
  kAsync,
  kColon,     // in slices
  kFrom,      // in yield
  kOperator,  // what stands in the fields operator and operators
  kStar,      // in except and in patterns
  kStarStar,
};

enum class Field : uint8_t {
  kNone,
  kAlias,
  kAlternative,
  kArgument,
  kArguments,
  kAttribute,
  kBody,
  kCause,
  kCondition,
  kConsequence,
  kDefinition,
  kExpression,
  kFormatSpecifier,
  kFunction,
  kGuard,
  kKey,
  kLeft,
  kModuleName,
  kName,
  kObject,
  kOperator,
  kOperators,
  kParameters,
  kReturnType,
  kRight,
  kSubject,
  kSubscript,
  kSuperclasses,
  kType,
  kTypeParameters,
  kValue,
};

using NodeId = uint32_t;
constexpr NodeId kNoNode = UINT32_MAX;

struct Node {
  uint32_t begin = 0;
  uint32_t end = 0;
  NodeId skip = 0;  // one past the last descendant
  Kind kind = Kind::kUnknown;
  Field field = Field::kNone;
  bool missing = false;  // put in by the parser where the text lacks it
};

// The children of a node: `for (NodeId child : syntax.children(node))`.
class Children {
 public:
  class Iterator {
   public:
    Iterator(const std::vector<Node>& nodes, NodeId at) : nodes_(&nodes), at_(at) {}
    NodeId operator*() const { return at_; }
    Iterator& operator++() {
      at_ = (*nodes_)[at_].skip;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const std::vector<Node>* nodes_;
    NodeId at_;
  };

  Children(const std::vector<Node>& nodes, NodeId first, NodeId last) : nodes_(nodes), first_(first), last_(last) {}
  Iterator begin() const { return {nodes_, first_}; }
  Iterator end() const { return {nodes_, last_}; }

 private:
  const std::vector<Node>& nodes_;
  NodeId first_;
  NodeId last_;
};

struct Syntax {
  std::vector<Node> nodes;            // [0] is the module
  std::vector<facts::Span> comments;  // in source order
  std::vector<NodeId> errors;         // of kind kError, or missing; in source order
  std::vector<facts::Span> gaps;      // what was left out so that the rest could be parsed
  uint32_t read_to = 0;               // what follows was not read at all
  bool complete = true;               // false: the parser gave up; the tree is empty

  const Node& operator[](NodeId node) const { return nodes[node]; }
  Kind kind(NodeId node) const { return nodes[node].kind; }
  Children children(NodeId node) const { return {nodes, node + 1, nodes[node].skip}; }
  bool has_children(NodeId node) const { return nodes[node].skip > node + 1; }

  // The first child with that field or of that kind, or kNoNode.
  NodeId child(NodeId node, Field field) const;
  NodeId child(NodeId node, Kind kind) const;
  NodeId first_child(NodeId node) const { return has_children(node) ? node + 1 : kNoNode; }
};

// Any text has a syntax. Parsers are kept per thread.
Syntax parse(std::string_view text);

// The same by tree-sitter, whatever the text; see quick.h.
Syntax parse_slowly(std::string_view text);

bool is_statement(Kind kind);
bool is_expression(Kind kind);

}  // namespace stallint::python
