#include "checker/cpp/syntax.h"

#include <tree_sitter/api.h>

#include <cstring>
#include <memory>

extern "C" const TSLanguage* tree_sitter_cpp();

namespace stallint::cpp {

namespace {

// tree-sitter calls back every hundred operations. Ordinary text needs less than one operation per byte; text that
// needs so many more than that is no program, and the same text must be given up on every machine.
constexpr uint64_t kCallbacksPerByte = 8;
constexpr uint64_t kFreeCallbacks = 1'000'000;

struct KindName {
  const char* name;
  Kind kind;
};

constexpr KindName kKindNames[] = {
    {"abstract_array_declarator", Kind::kAbstractArrayDeclarator},
    {"abstract_function_declarator", Kind::kAbstractFunctionDeclarator},
    {"abstract_parenthesized_declarator", Kind::kAbstractParenthesizedDeclarator},
    {"abstract_pointer_declarator", Kind::kAbstractPointerDeclarator},
    {"abstract_reference_declarator", Kind::kAbstractReferenceDeclarator},
    {"access_specifier", Kind::kAccessSpecifier},
    {"alias_declaration", Kind::kAliasDeclaration},
    {"alignof_expression", Kind::kAlignofExpression},
    {"argument_list", Kind::kArgumentList},
    {"array_declarator", Kind::kArrayDeclarator},
    {"assignment_expression", Kind::kAssignmentExpression},
    {"attribute", Kind::kAttribute},
    {"attribute_declaration", Kind::kAttributeDeclaration},
    {"attribute_specifier", Kind::kAttributeSpecifier},
    {"attributed_declarator", Kind::kAttributedDeclarator},
    {"attributed_statement", Kind::kAttributedStatement},
    {"auto", Kind::kAuto},
    {"base_class_clause", Kind::kBaseClassClause},
    {"binary_expression", Kind::kBinaryExpression},
    {"break_statement", Kind::kBreakStatement},
    {"call_expression", Kind::kCallExpression},
    {"case_statement", Kind::kCaseStatement},
    {"cast_expression", Kind::kCastExpression},
    {"catch_clause", Kind::kCatchClause},
    {"char_literal", Kind::kCharLiteral},
    {"class_specifier", Kind::kClassSpecifier},
    {"co_await_expression", Kind::kCoAwaitExpression},
    {"co_return_statement", Kind::kCoReturnStatement},
    {"co_yield_statement", Kind::kCoYieldStatement},
    {"comma_expression", Kind::kCommaExpression},
    {"compound_literal_expression", Kind::kCompoundLiteralExpression},
    {"compound_statement", Kind::kCompoundStatement},
    {"concatenated_string", Kind::kConcatenatedString},
    {"condition_clause", Kind::kConditionClause},
    {"conditional_expression", Kind::kConditionalExpression},
    {"continue_statement", Kind::kContinueStatement},
    {"declaration", Kind::kDeclaration},
    {"declaration_list", Kind::kDeclarationList},
    {"decltype", Kind::kDecltype},
    {"default_method_clause", Kind::kDefaultMethodClause},
    {"delete_expression", Kind::kDeleteExpression},
    {"delete_method_clause", Kind::kDeleteMethodClause},
    {"dependent_name", Kind::kDependentName},
    {"dependent_type", Kind::kDependentType},
    {"destructor_name", Kind::kDestructorName},
    {"do_statement", Kind::kDoStatement},
    {"else_clause", Kind::kElseClause},
    {"enum_specifier", Kind::kEnumSpecifier},
    {"enumerator", Kind::kEnumerator},
    {"expression_statement", Kind::kExpressionStatement},
    {"false", Kind::kFalse},
    {"field_declaration", Kind::kFieldDeclaration},
    {"field_declaration_list", Kind::kFieldDeclarationList},
    {"field_expression", Kind::kFieldExpression},
    {"field_identifier", Kind::kFieldIdentifier},
    {"field_initializer", Kind::kFieldInitializer},
    {"field_initializer_list", Kind::kFieldInitializerList},
    {"fold_expression", Kind::kFoldExpression},
    {"for_range_loop", Kind::kForRangeLoop},
    {"for_statement", Kind::kForStatement},
    {"friend_declaration", Kind::kFriendDeclaration},
    {"function_declarator", Kind::kFunctionDeclarator},
    {"function_definition", Kind::kFunctionDefinition},
    {"goto_statement", Kind::kGotoStatement},
    {"identifier", Kind::kIdentifier},
    {"if_statement", Kind::kIfStatement},
    {"init_declarator", Kind::kInitDeclarator},
    {"init_statement", Kind::kInitStatement},
    {"initializer_list", Kind::kInitializerList},
    {"initializer_pair", Kind::kInitializerPair},
    {"labeled_statement", Kind::kLabeledStatement},
    {"lambda_capture_initializer", Kind::kLambdaCaptureInitializer},
    {"lambda_capture_specifier", Kind::kLambdaCaptureSpecifier},
    {"lambda_expression", Kind::kLambdaExpression},
    {"linkage_specification", Kind::kLinkageSpecification},
    {"namespace_alias_definition", Kind::kNamespaceAliasDefinition},
    {"namespace_definition", Kind::kNamespaceDefinition},
    {"namespace_identifier", Kind::kNamespaceIdentifier},
    {"nested_namespace_specifier", Kind::kNestedNamespaceSpecifier},
    {"new_expression", Kind::kNewExpression},
    {"null", Kind::kNull},
    {"number_literal", Kind::kNumberLiteral},
    {"operator_cast", Kind::kOperatorCast},
    {"operator_name", Kind::kOperatorName},
    {"optional_parameter_declaration", Kind::kOptionalParameterDeclaration},
    {"parameter_declaration", Kind::kParameterDeclaration},
    {"parameter_list", Kind::kParameterList},
    {"parameter_pack_expansion", Kind::kParameterPackExpansion},
    {"parenthesized_declarator", Kind::kParenthesizedDeclarator},
    {"parenthesized_expression", Kind::kParenthesizedExpression},
    {"placeholder_type_specifier", Kind::kPlaceholderTypeSpecifier},
    {"pointer_declarator", Kind::kPointerDeclarator},
    {"pointer_expression", Kind::kPointerExpression},
    {"pointer_type_declarator", Kind::kPointerTypeDeclarator},
    {"primitive_type", Kind::kPrimitiveType},
    {"pure_virtual_clause", Kind::kPureVirtualClause},
    {"qualified_identifier", Kind::kQualifiedIdentifier},
    {"raw_string_literal", Kind::kRawStringLiteral},
    {"reference_declarator", Kind::kReferenceDeclarator},
    {"requires_clause", Kind::kRequiresClause},
    {"requires_expression", Kind::kRequiresExpression},
    {"return_statement", Kind::kReturnStatement},
    {"sized_type_specifier", Kind::kSizedTypeSpecifier},
    {"sizeof_expression", Kind::kSizeofExpression},
    {"static_assert_declaration", Kind::kStaticAssertDeclaration},
    {"storage_class_specifier", Kind::kStorageClassSpecifier},
    {"string_literal", Kind::kStringLiteral},
    {"struct_specifier", Kind::kStructSpecifier},
    {"structured_binding_declarator", Kind::kStructuredBindingDeclarator},
    {"subscript_argument_list", Kind::kSubscriptArgumentList},
    {"subscript_expression", Kind::kSubscriptExpression},
    {"switch_statement", Kind::kSwitchStatement},
    {"template_argument_list", Kind::kTemplateArgumentList},
    {"template_declaration", Kind::kTemplateDeclaration},
    {"template_function", Kind::kTemplateFunction},
    {"template_method", Kind::kTemplateMethod},
    {"template_type", Kind::kTemplateType},
    {"this", Kind::kThis},
    {"throw_statement", Kind::kThrowStatement},
    {"trailing_return_type", Kind::kTrailingReturnType},
    {"translation_unit", Kind::kTranslationUnit},
    {"true", Kind::kTrue},
    {"try_statement", Kind::kTryStatement},
    {"type_definition", Kind::kTypeDefinition},
    {"type_descriptor", Kind::kTypeDescriptor},
    {"type_identifier", Kind::kTypeIdentifier},
    {"type_qualifier", Kind::kTypeQualifier},
    {"unary_expression", Kind::kUnaryExpression},
    {"union_specifier", Kind::kUnionSpecifier},
    {"update_expression", Kind::kUpdateExpression},
    {"user_defined_literal", Kind::kUserDefinedLiteral},
    {"using_declaration", Kind::kUsingDeclaration},
    {"variadic_declarator", Kind::kVariadicDeclarator},
    {"variadic_parameter_declaration", Kind::kVariadicParameterDeclaration},
    {"virtual_specifier", Kind::kVirtualSpecifier},
    {"while_statement", Kind::kWhileStatement},
};

struct FieldName {
  const char* name;
  Field field;
};

constexpr FieldName kFieldNames[] = {
    {"alternative", Field::kAlternative},
    {"argument", Field::kArgument},
    {"arguments", Field::kArguments},
    {"body", Field::kBody},
    {"captures", Field::kCaptures},
    {"condition", Field::kCondition},
    {"consequence", Field::kConsequence},
    {"declarator", Field::kDeclarator},
    {"default_value", Field::kDefaultValue},
    {"field", Field::kField},
    {"function", Field::kFunction},
    {"indices", Field::kIndices},
    {"initializer", Field::kInitializer},
    {"left", Field::kLeft},
    {"name", Field::kName},
    {"operator", Field::kOperator},
    {"parameters", Field::kParameters},
    {"placement", Field::kPlacement},
    {"prefix", Field::kPrefix},
    {"right", Field::kRight},
    {"scope", Field::kScope},
    {"size", Field::kSize},
    {"type", Field::kType},
    {"update", Field::kUpdate},
    {"value", Field::kValue},
};

// Names of the grammar to our kinds, looked up once.
struct Grammar {
  struct Symbol {
    Kind kind = Kind::kUnknown;
    bool named = false;
  };
  std::vector<Symbol> symbols;
  std::vector<Field> fields;

  Grammar() {
    const TSLanguage* language = tree_sitter_cpp();
    symbols.resize(ts_language_symbol_count(language));
    for (uint32_t id = 0; id < symbols.size(); ++id) {
      const TSSymbol symbol = static_cast<TSSymbol>(id);
      const char* name = ts_language_symbol_name(language, symbol);
      symbols[id].named = ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular;
      if (!symbols[id].named) continue;
      for (const KindName& known : kKindNames) {
        if (std::strcmp(known.name, name) == 0) symbols[id].kind = known.kind;
      }
    }
    fields.resize(ts_language_field_count(language) + 1);
    for (uint32_t id = 1; id < fields.size(); ++id) {
      const char* name = ts_language_field_name_for_id(language, static_cast<TSFieldId>(id));
      for (const FieldName& known : kFieldNames) {
        if (std::strcmp(known.name, name) == 0) fields[id] = known.field;
      }
    }
  }
};

const Grammar& grammar() {
  static const Grammar instance;
  return instance;
}

struct DeleteParser {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
struct DeleteTree {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using Tree = std::unique_ptr<TSTree, DeleteTree>;

TSParser* parser_of_thread() {
  thread_local const std::unique_ptr<TSParser, DeleteParser> parser = [] {
    std::unique_ptr<TSParser, DeleteParser> made(ts_parser_new());
    ts_parser_set_language(made.get(), tree_sitter_cpp());
    return made;
  }();
  return parser.get();
}

const char* read_text(void* payload, uint32_t offset, TSPoint, uint32_t* length) {
  const auto& text = *static_cast<const std::string_view*>(payload);
  if (offset >= text.size()) {
    *length = 0;
    return "";
  }
  *length = static_cast<uint32_t>(text.size() - offset);
  return text.data() + offset;
}

bool spend(TSParseState* state) {
  uint64_t& left = *static_cast<uint64_t*>(state->payload);
  if (left == 0) return true;
  --left;
  return false;
}

Tree parse_tree(std::string_view text) {
  TSParser* parser = parser_of_thread();
  uint64_t left = kFreeCallbacks + kCallbacksPerByte * text.size();
  TSParseOptions options;
  options.payload = &left;
  options.progress_callback = spend;
  TSInput input;
  input.payload = &text;
  input.read = read_text;
  input.encoding = TSInputEncodingUTF8;
  input.decode = nullptr;
  Tree tree(ts_parser_parse_with_options(parser, nullptr, input, options));
  ts_parser_reset(parser);
  return tree;
}

// What these hold is told by its kind. They may hold a million children, and tree-sitter climbs to tell the field of
// each.
bool has_fields(Kind parent) {
  switch (parent) {
    case Kind::kTranslationUnit:
    case Kind::kArgumentList:
    case Kind::kCompoundStatement:
    case Kind::kConcatenatedString:
    case Kind::kDeclarationList:
    case Kind::kError:
    case Kind::kFieldDeclarationList:
    case Kind::kInitializerList:
    case Kind::kParameterList:
    case Kind::kTemplateArgumentList:
      return false;
    default:
      return true;
  }
}

class Flattener {
 public:
  explicit Flattener(Syntax& syntax) : syntax_(syntax), grammar_(grammar()) {}

  void run(const TSTree* tree) {
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
    bool done = false;
    while (!done) {
      if (enter(cursor) && ts_tree_cursor_goto_first_child(&cursor)) {
        open_.push_back(static_cast<NodeId>(syntax_.nodes.size() - 1));
        continue;
      }
      while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
        if (open_.empty() || !ts_tree_cursor_goto_parent(&cursor)) {
          done = true;
          break;
        }
        syntax_.nodes[open_.back()].skip = static_cast<NodeId>(syntax_.nodes.size());
        open_.pop_back();
      }
    }
    ts_tree_cursor_delete(&cursor);
    syntax_.nodes.shrink_to_fit();
  }

 private:
  // Stores the node if it is wanted; true if its children are wanted too.
  bool enter(const TSTreeCursor& cursor) {
    const TSNode from = ts_tree_cursor_current_node(&cursor);
    const TSSymbol symbol = ts_node_symbol(from);
    const bool error = symbol >= grammar_.symbols.size();
    const bool named = error || grammar_.symbols[symbol].named;
    const Kind parent = open_.empty() ? Kind::kUnknown : syntax_.nodes[open_.back()].kind;

    Node node;
    node.kind = error ? Kind::kError : grammar_.symbols[symbol].kind;
    node.begin = ts_node_start_byte(from);
    node.end = ts_node_end_byte(from);
    if (open_.empty()) node.kind = Kind::kTranslationUnit;
    if (has_fields(parent)) node.field = grammar_.fields[ts_tree_cursor_current_field_id(&cursor)];
    if (!named) {
      if (node.field != Field::kOperator) return false;
      node.kind = Kind::kOperator;
    }
    const NodeId id = static_cast<NodeId>(syntax_.nodes.size());
    node.skip = id + 1;
    syntax_.nodes.push_back(node);
    return named && node.kind != Kind::kStringLiteral && node.kind != Kind::kRawStringLiteral;
  }

  Syntax& syntax_;
  const Grammar& grammar_;
  std::vector<NodeId> open_;
};

}  // namespace

NodeId Syntax::child(NodeId node, Field field) const {
  if (node == kNoNode) return kNoNode;
  for (NodeId child : children(node)) {
    if (nodes[child].field == field) return child;
  }
  return kNoNode;
}

NodeId Syntax::child(NodeId node, Kind kind) const {
  if (node == kNoNode) return kNoNode;
  for (NodeId child : children(node)) {
    if (nodes[child].kind == kind) return child;
  }
  return kNoNode;
}

Syntax parse(std::string_view text) {
  Syntax syntax;
  const Tree tree = parse_tree(text);
  if (tree == nullptr) {
    syntax.complete = false;
    syntax.nodes.push_back({0, static_cast<uint32_t>(text.size()), 1, Kind::kTranslationUnit, Field::kNone});
    return syntax;
  }
  Flattener(syntax).run(tree.get());
  return syntax;
}

bool is_statement(Kind kind) {
  switch (kind) {
    case Kind::kAliasDeclaration:
    case Kind::kAttributedStatement:
    case Kind::kBreakStatement:
    case Kind::kCaseStatement:
    case Kind::kCoReturnStatement:
    case Kind::kCoYieldStatement:
    case Kind::kCompoundStatement:
    case Kind::kContinueStatement:
    case Kind::kDeclaration:
    case Kind::kDoStatement:
    case Kind::kExpressionStatement:
    case Kind::kForRangeLoop:
    case Kind::kForStatement:
    case Kind::kGotoStatement:
    case Kind::kIfStatement:
    case Kind::kLabeledStatement:
    case Kind::kReturnStatement:
    case Kind::kSwitchStatement:
    case Kind::kThrowStatement:
    case Kind::kTryStatement:
    case Kind::kWhileStatement:
    case Kind::kTypeDefinition:
    case Kind::kUsingDeclaration:
      return true;
    default:
      return false;
  }
}

bool is_expression(Kind kind) {
  switch (kind) {
    case Kind::kAssignmentExpression:
    case Kind::kBinaryExpression:
    case Kind::kCallExpression:
    case Kind::kCastExpression:
    case Kind::kCharLiteral:
    case Kind::kCoAwaitExpression:
    case Kind::kCommaExpression:
    case Kind::kCompoundLiteralExpression:
    case Kind::kConcatenatedString:
    case Kind::kConditionalExpression:
    case Kind::kDeleteExpression:
    case Kind::kFalse:
    case Kind::kFieldExpression:
    case Kind::kFoldExpression:
    case Kind::kIdentifier:
    case Kind::kInitializerList:
    case Kind::kLambdaExpression:
    case Kind::kNewExpression:
    case Kind::kNull:
    case Kind::kNumberLiteral:
    case Kind::kParameterPackExpansion:
    case Kind::kParenthesizedExpression:
    case Kind::kPointerExpression:
    case Kind::kQualifiedIdentifier:
    case Kind::kRawStringLiteral:
    case Kind::kSizeofExpression:
    case Kind::kAlignofExpression:
    case Kind::kRequiresExpression:
    case Kind::kStringLiteral:
    case Kind::kSubscriptExpression:
    case Kind::kTemplateFunction:
    case Kind::kThis:
    case Kind::kTrue:
    case Kind::kUnaryExpression:
    case Kind::kUpdateExpression:
    case Kind::kUserDefinedLiteral:
      return true;
    default:
      return false;
  }
}

bool is_class(Kind kind) {
  return kind == Kind::kClassSpecifier || kind == Kind::kStructSpecifier || kind == Kind::kUnionSpecifier;
}

}  // namespace stallint::cpp
