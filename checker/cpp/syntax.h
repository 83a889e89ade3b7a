#pragma once
// The syntax tree of one text, flattened: an array of nodes in source order, each before its children.
//
//     a.b(1)     call_expression [0, 6)
//                  field_expression [0, 3) field=function
//                    identifier [0, 1) field=argument
//                    field_identifier [2, 3) field=field
//                  argument_list [3, 6) field=arguments
//                    number_literal [4, 5)
//
// A node is an index, its descendants are the indexes up to `skip`. Punctuation is left out, but for operators.

#include <cstdint>
#include <string_view>
#include <vector>

namespace stallint::cpp {

// Every kind of the grammar that a reader asks for. The names are those of tree-sitter-cpp: kForStatement is
// `for_statement`.
enum class Kind : uint8_t {
  kUnknown,
  kError,
  kOperator,  // what stands in the field operator
  kAbstractArrayDeclarator,
  kAbstractFunctionDeclarator,
  kAbstractParenthesizedDeclarator,
  kAbstractPointerDeclarator,
  kAbstractReferenceDeclarator,
  kAccessSpecifier,
  kAliasDeclaration,
  kAlignofExpression,
  kArgumentList,
  kArrayDeclarator,
  kAssignmentExpression,
  kAttribute,
  kAttributeDeclaration,
  kAttributeSpecifier,
  kAttributedDeclarator,
  kAttributedStatement,
  kAuto,
  kBaseClassClause,
  kBinaryExpression,
  kBreakStatement,
  kCallExpression,
  kCaseStatement,
  kCastExpression,
  kCatchClause,
  kCharLiteral,
  kClassSpecifier,
  kCoAwaitExpression,
  kCoReturnStatement,
  kCoYieldStatement,
  kCommaExpression,
  kCompoundLiteralExpression,
  kCompoundStatement,
  kConcatenatedString,
  kConditionClause,
  kConditionalExpression,
  kContinueStatement,
  kDeclaration,
  kDeclarationList,
  kDecltype,
  kDefaultMethodClause,
  kDeleteExpression,
  kDeleteMethodClause,
  kDependentName,
  kDependentType,
  kDestructorName,
  kDoStatement,
  kElseClause,
  kEnumSpecifier,
  kEnumerator,
  kExpressionStatement,
  kFalse,
  kFieldDeclaration,
  kFieldDeclarationList,
  kFieldExpression,
  kFieldIdentifier,
  kFieldInitializer,
  kFieldInitializerList,
  kFoldExpression,
  kForRangeLoop,
  kForStatement,
  kFriendDeclaration,
  kFunctionDeclarator,
  kFunctionDefinition,
  kGotoStatement,
  kIdentifier,
  kIfStatement,
  kInitDeclarator,
  kInitStatement,
  kInitializerList,
  kInitializerPair,
  kLabeledStatement,
  kLambdaCaptureInitializer,
  kLambdaCaptureSpecifier,
  kLambdaExpression,
  kLinkageSpecification,
  kNamespaceAliasDefinition,
  kNamespaceDefinition,
  kNamespaceIdentifier,
  kNestedNamespaceSpecifier,
  kNewExpression,
  kNull,
  kNumberLiteral,
  kOperatorCast,
  kOperatorName,
  kOptionalParameterDeclaration,
  kParameterDeclaration,
  kParameterList,
  kParameterPackExpansion,
  kParenthesizedDeclarator,
  kParenthesizedExpression,
  kPlaceholderTypeSpecifier,
  kPointerDeclarator,
  kPointerExpression,
  kPointerTypeDeclarator,
  kPrimitiveType,
  kPureVirtualClause,
  kQualifiedIdentifier,
  kRawStringLiteral,
  kReferenceDeclarator,
  kRequiresClause,
  kRequiresExpression,
  kReturnStatement,
  kSizedTypeSpecifier,
  kSizeofExpression,
  kStaticAssertDeclaration,
  kStorageClassSpecifier,
  kStringLiteral,
  kStructSpecifier,
  kStructuredBindingDeclarator,
  kSubscriptArgumentList,
  kSubscriptExpression,
  kSwitchStatement,
  kTemplateArgumentList,
  kTemplateDeclaration,
  kTemplateFunction,
  kTemplateMethod,
  kTemplateType,
  kThis,
  kThrowStatement,
  kTrailingReturnType,
  kTranslationUnit,
  kTrue,
  kTryStatement,
  kTypeDefinition,
  kTypeDescriptor,
  kTypeIdentifier,
  kTypeQualifier,
  kUnaryExpression,
  kUnionSpecifier,
  kUpdateExpression,
  kUserDefinedLiteral,
  kUsingDeclaration,
  kVariadicDeclarator,
  kVariadicParameterDeclaration,
  kVirtualSpecifier,
  kWhileStatement,
};

enum class Field : uint8_t {
  kNone,
  kAlternative,
  kArgument,
  kArguments,
  kBody,
  kCaptures,
  kCondition,
  kConsequence,
  kDeclarator,
  kDefaultValue,
  kField,
  kFunction,
  kIndices,
  kInitializer,
  kLeft,
  kName,
  kOperator,
  kParameters,
  kPlacement,
  kPrefix,
  kRight,
  kScope,
  kSize,
  kType,
  kUpdate,
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
  std::vector<Node> nodes;  // [0] is the translation unit
  bool complete = true;     // false: the parser gave up; the tree is empty

  const Node& operator[](NodeId node) const { return nodes[node]; }
  Kind kind(NodeId node) const { return node == kNoNode ? Kind::kUnknown : nodes[node].kind; }
  Children children(NodeId node) const { return {nodes, node + 1, nodes[node].skip}; }
  bool has_children(NodeId node) const { return nodes[node].skip > node + 1; }

  // The first child with that field or of that kind, or kNoNode.
  NodeId child(NodeId node, Field field) const;
  NodeId child(NodeId node, Kind kind) const;
  NodeId first_child(NodeId node) const { return has_children(node) ? node + 1 : kNoNode; }
};

// Any text has a syntax. Parsers are kept per thread.
Syntax parse(std::string_view text);

bool is_statement(Kind kind);
bool is_expression(Kind kind);
bool is_class(Kind kind);

}  // namespace stallint::cpp
