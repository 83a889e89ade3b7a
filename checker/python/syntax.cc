#include "checker/python/syntax.h"

#include "checker/python/quick.h"
#include "checker/python/respell.h"

#include <tree_sitter/api.h>

#include <cstring>
#include <memory>
#include <string>
#include <utility>

extern "C" const TSLanguage* tree_sitter_python();

namespace stallint::python {

namespace {

// The scanner of the grammar writes its stack of indentations into a buffer of 1,024 bytes, two for each. Python itself
// allows 100 levels.
constexpr size_t kMaxIndentations = 400;

// tree-sitter calls back every hundred operations. Ordinary text needs less than one operation per byte; text that
// needs so many more than that is no program, and the same text must be given up on every machine.
constexpr uint64_t kCallbacksPerByte = 8;
constexpr uint64_t kFreeCallbacks = 1'000'000;

struct KindName {
  const char* name;
  bool named;
  Kind kind;
};

constexpr KindName kKindNames[] = {
    {"module", true, Kind::kModule},
    {"block", true, Kind::kBlock},
    {"comment", true, Kind::kComment},
    {"line_continuation", true, Kind::kLineContinuation},
    {"assert_statement", true, Kind::kAssertStatement},
    {"break_statement", true, Kind::kBreakStatement},
    {"class_definition", true, Kind::kClassDefinition},
    {"continue_statement", true, Kind::kContinueStatement},
    {"decorated_definition", true, Kind::kDecoratedDefinition},
    {"delete_statement", true, Kind::kDeleteStatement},
    {"exec_statement", true, Kind::kExecStatement},
    {"expression_statement", true, Kind::kExpressionStatement},
    {"for_statement", true, Kind::kForStatement},
    {"function_definition", true, Kind::kFunctionDefinition},
    {"future_import_statement", true, Kind::kFutureImportStatement},
    {"global_statement", true, Kind::kGlobalStatement},
    {"if_statement", true, Kind::kIfStatement},
    {"import_from_statement", true, Kind::kImportFromStatement},
    {"import_statement", true, Kind::kImportStatement},
    {"match_statement", true, Kind::kMatchStatement},
    {"nonlocal_statement", true, Kind::kNonlocalStatement},
    {"pass_statement", true, Kind::kPassStatement},
    {"print_statement", true, Kind::kPrintStatement},
    {"raise_statement", true, Kind::kRaiseStatement},
    {"return_statement", true, Kind::kReturnStatement},
    {"try_statement", true, Kind::kTryStatement},
    {"type_alias_statement", true, Kind::kTypeAliasStatement},
    {"while_statement", true, Kind::kWhileStatement},
    {"with_statement", true, Kind::kWithStatement},
    {"aliased_import", true, Kind::kAliasedImport},
    {"assignment", true, Kind::kAssignment},
    {"augmented_assignment", true, Kind::kAugmentedAssignment},
    {"case_clause", true, Kind::kCaseClause},
    {"chevron", true, Kind::kChevron},
    {"decorator", true, Kind::kDecorator},
    {"default_parameter", true, Kind::kDefaultParameter},
    {"dictionary_splat_pattern", true, Kind::kDictionarySplatPattern},
    {"elif_clause", true, Kind::kElifClause},
    {"else_clause", true, Kind::kElseClause},
    {"except_clause", true, Kind::kExceptClause},
    {"finally_clause", true, Kind::kFinallyClause},
    {"import_prefix", true, Kind::kImportPrefix},
    {"keyword_separator", true, Kind::kKeywordSeparator},
    {"lambda_parameters", true, Kind::kLambdaParameters},
    {"parameters", true, Kind::kParameters},
    {"positional_separator", true, Kind::kPositionalSeparator},
    {"relative_import", true, Kind::kRelativeImport},
    {"typed_default_parameter", true, Kind::kTypedDefaultParameter},
    {"typed_parameter", true, Kind::kTypedParameter},
    {"wildcard_import", true, Kind::kWildcardImport},
    {"with_clause", true, Kind::kWithClause},
    {"with_item", true, Kind::kWithItem},
    {"argument_list", true, Kind::kArgumentList},
    {"as_pattern", true, Kind::kAsPattern},
    {"as_pattern_target", true, Kind::kAsPatternTarget},
    {"attribute", true, Kind::kAttribute},
    {"await", true, Kind::kAwait},
    {"binary_operator", true, Kind::kBinaryOperator},
    {"boolean_operator", true, Kind::kBooleanOperator},
    {"call", true, Kind::kCall},
    {"comparison_operator", true, Kind::kComparisonOperator},
    {"concatenated_string", true, Kind::kConcatenatedString},
    {"conditional_expression", true, Kind::kConditionalExpression},
    {"dictionary", true, Kind::kDictionary},
    {"dictionary_comprehension", true, Kind::kDictionaryComprehension},
    {"dictionary_splat", true, Kind::kDictionarySplat},
    {"dotted_name", true, Kind::kDottedName},
    {"ellipsis", true, Kind::kEllipsis},
    {"expression_list", true, Kind::kExpressionList},
    {"false", true, Kind::kFalse},
    {"float", true, Kind::kFloat},
    {"for_in_clause", true, Kind::kForInClause},
    {"format_expression", true, Kind::kFormatExpression},
    {"format_specifier", true, Kind::kFormatSpecifier},
    {"generator_expression", true, Kind::kGeneratorExpression},
    {"identifier", true, Kind::kIdentifier},
    {"if_clause", true, Kind::kIfClause},
    {"integer", true, Kind::kInteger},
    {"interpolation", true, Kind::kInterpolation},
    {"keyword_argument", true, Kind::kKeywordArgument},
    {"lambda", true, Kind::kLambda},
    {"list", true, Kind::kList},
    {"list_comprehension", true, Kind::kListComprehension},
    {"list_pattern", true, Kind::kListPattern},
    {"list_splat", true, Kind::kListSplat},
    {"list_splat_pattern", true, Kind::kListSplatPattern},
    {"named_expression", true, Kind::kNamedExpression},
    {"none", true, Kind::kNone},
    {"not_operator", true, Kind::kNotOperator},
    {"pair", true, Kind::kPair},
    {"parenthesized_expression", true, Kind::kParenthesizedExpression},
    {"pattern_list", true, Kind::kPatternList},
    {"set", true, Kind::kSet},
    {"set_comprehension", true, Kind::kSetComprehension},
    {"slice", true, Kind::kSlice},
    {"string", true, Kind::kString},
    {"string_content", true, Kind::kStringContent},
    {"string_end", true, Kind::kStringEnd},
    {"string_start", true, Kind::kStringStart},
    {"subscript", true, Kind::kSubscript},
    {"true", true, Kind::kTrue},
    {"tuple", true, Kind::kTuple},
    {"tuple_pattern", true, Kind::kTuplePattern},
    {"unary_operator", true, Kind::kUnaryOperator},
    {"yield", true, Kind::kYield},
    {"constrained_type", true, Kind::kConstrainedType},
    {"generic_type", true, Kind::kGenericType},
    {"member_type", true, Kind::kMemberType},
    {"splat_type", true, Kind::kSplatType},
    {"type", true, Kind::kType},
    {"type_parameter", true, Kind::kTypeParameter},
    {"union_type", true, Kind::kUnionType},
    {"case_pattern", true, Kind::kCasePattern},
    {"class_pattern", true, Kind::kClassPattern},
    {"complex_pattern", true, Kind::kComplexPattern},
    {"dict_pattern", true, Kind::kDictPattern},
    {"keyword_pattern", true, Kind::kKeywordPattern},
    {"splat_pattern", true, Kind::kSplatPattern},
    {"union_pattern", true, Kind::kUnionPattern},
    {"async", false, Kind::kAsync},
    {":", false, Kind::kColon},
    {"from", false, Kind::kFrom},
    {"*", false, Kind::kStar},
    {"**", false, Kind::kStarStar},
};

struct FieldName {
  const char* name;
  Field field;
};

constexpr FieldName kFieldNames[] = {
    {"alias", Field::kAlias},
    {"alternative", Field::kAlternative},
    {"argument", Field::kArgument},
    {"arguments", Field::kArguments},
    {"attribute", Field::kAttribute},
    {"body", Field::kBody},
    {"cause", Field::kCause},
    {"condition", Field::kCondition},
    {"consequence", Field::kConsequence},
    {"definition", Field::kDefinition},
    {"expression", Field::kExpression},
    {"format_specifier", Field::kFormatSpecifier},
    {"function", Field::kFunction},
    {"guard", Field::kGuard},
    {"key", Field::kKey},
    {"left", Field::kLeft},
    {"module_name", Field::kModuleName},
    {"name", Field::kName},
    {"object", Field::kObject},
    {"operator", Field::kOperator},
    {"operators", Field::kOperators},
    {"parameters", Field::kParameters},
    {"return_type", Field::kReturnType},
    {"right", Field::kRight},
    {"subject", Field::kSubject},
    {"subscript", Field::kSubscript},
    {"superclasses", Field::kSuperclasses},
    {"type", Field::kType},
    {"type_parameters", Field::kTypeParameters},
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
    const TSLanguage* language = tree_sitter_python();
    symbols.resize(ts_language_symbol_count(language));
    for (uint32_t id = 0; id < symbols.size(); ++id) {
      const TSSymbol symbol = static_cast<TSSymbol>(id);
      const char* name = ts_language_symbol_name(language, symbol);
      const bool named = ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular;
      symbols[id].named = named;
      for (const KindName& known : kKindNames) {
        if (known.named == named && std::strcmp(known.name, name) == 0) symbols[id].kind = known.kind;
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
    ts_parser_set_language(made.get(), tree_sitter_python());
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

// Tokens carry their meaning in the kind of the parent, but for these.
bool is_wanted_token(Kind kind, Kind parent) {
  switch (kind) {
    case Kind::kAsync:
      return true;
    case Kind::kColon:
      return parent == Kind::kSlice;
    case Kind::kFrom:
      return parent == Kind::kYield;
    case Kind::kStar:
    case Kind::kStarStar:
      return parent == Kind::kExceptClause || parent == Kind::kSplatPattern || parent == Kind::kSplatType;
    default:
      return false;
  }
}

// What these hold is told by its kind. They may hold a million children, and tree-sitter climbs to tell the field of
// each.
bool has_fields(Kind parent) {
  switch (parent) {
    case Kind::kModule:
    case Kind::kBlock:
    case Kind::kArgumentList:
    case Kind::kConcatenatedString:
    case Kind::kDictionary:
    case Kind::kDottedName:
    case Kind::kError:
    case Kind::kExpressionList:
    case Kind::kExpressionStatement:
    case Kind::kList:
    case Kind::kListPattern:
    case Kind::kParameters:
    case Kind::kPatternList:
    case Kind::kSet:
    case Kind::kString:
    case Kind::kTuple:
    case Kind::kTuplePattern:
    case Kind::kUnionPattern:
    case Kind::kWithClause:
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
    const bool missing = ts_node_is_missing(from);

    Node node;
    node.kind = error ? Kind::kError : grammar_.symbols[symbol].kind;
    node.begin = ts_node_start_byte(from);
    node.end = ts_node_end_byte(from);
    if (node.kind == Kind::kComment) syntax_.comments.push_back({node.begin, node.end});
    if (node.kind == Kind::kComment || node.kind == Kind::kLineContinuation) return false;
    if (open_.empty()) node.kind = Kind::kModule;
    if (has_fields(parent)) node.field = grammar_.fields[ts_tree_cursor_current_field_id(&cursor)];
    node.missing = missing;
    if (!named) {
      const bool is_operator = node.field == Field::kOperator || node.field == Field::kOperators;
      if (is_operator) node.kind = Kind::kOperator;
      if (!is_operator && !missing && !is_wanted_token(node.kind, parent)) return false;
    }
    const NodeId id = static_cast<NodeId>(syntax_.nodes.size());
    node.skip = id + 1;
    syntax_.nodes.push_back(node);
    if (error || missing) syntax_.errors.push_back(id);
    return named && node.kind != Kind::kStringContent;
  }

  Syntax& syntax_;
  const Grammar& grammar_;
  std::vector<NodeId> open_;
};

// The offset of the first line that is indented deeper than the scanner can remember, or the size of the text.
size_t end_of_sane_indentation(std::string_view text) {
  std::vector<size_t> levels;
  size_t line = 0;
  while (line < text.size()) {
    size_t code = line;
    while (code < text.size() && (text[code] == ' ' || text[code] == '\t')) ++code;
    const size_t width = code - line;
    while (!levels.empty() && levels.back() >= width) levels.pop_back();
    levels.push_back(width);
    if (levels.size() > kMaxIndentations) return line;
    const void* end = std::memchr(text.data() + code, '\n', text.size() - code);
    if (end == nullptr) break;
    line = static_cast<size_t>(static_cast<const char*>(end) - text.data()) + 1;
  }
  return text.size();
}

Syntax parse_sane(std::string_view text) {
  Syntax syntax;
  const Tree tree = parse_tree(text);
  if (tree == nullptr) {
    syntax.complete = false;
    syntax.nodes.push_back({0, static_cast<uint32_t>(text.size()), 1, Kind::kModule, Field::kNone, false});
    return syntax;
  }
  Flattener(syntax).run(tree.get());
  return syntax;
}

// How many bytes lie in errors.
size_t error_size(const Syntax& syntax) {
  size_t size = 0;
  NodeId end = 0;
  for (const NodeId error : syntax.errors) {
    if (error < end) continue;
    size += syntax[error].end - syntax[error].begin;
    end = syntax[error].skip;
  }
  return syntax.complete ? size : SIZE_MAX;
}

// Takes the text with its brackets put in order, if more of that parses.
void mend_brackets(Syntax& syntax, std::string_view text) {
  std::vector<facts::Span> gaps;
  const std::string sound = with_sound_brackets(text, gaps);
  if (sound.empty()) return;
  Syntax mended = parse_sane(sound);
  const std::string respelled = without_misread(mended, sound);
  if (!respelled.empty()) mended = parse_sane(respelled);
  if (error_size(mended) >= error_size(syntax)) return;
  mended.comments = std::move(syntax.comments);
  mended.gaps = std::move(gaps);
  syntax = std::move(mended);
}

}  // namespace

NodeId Syntax::child(NodeId node, Field field) const {
  for (NodeId child : children(node)) {
    if (nodes[child].field == field) return child;
  }
  return kNoNode;
}

NodeId Syntax::child(NodeId node, Kind kind) const {
  for (NodeId child : children(node)) {
    if (nodes[child].kind == kind) return child;
  }
  return kNoNode;
}

Syntax parse_slowly(std::string_view text) {
  const std::string_view sane = text.substr(0, end_of_sane_indentation(text));
  Syntax syntax = parse_sane(sane);
  std::string respelled = without_misread(syntax, sane);
  if (!respelled.empty()) syntax = parse_sane(respelled);
  if (!syntax.errors.empty()) mend_brackets(syntax, respelled.empty() ? sane : respelled);
  syntax.read_to = static_cast<uint32_t>(sane.size());
  return syntax;
}

Syntax parse(std::string_view text) {
  std::optional<Syntax> quick = parse_quickly(text);
  return quick ? *std::move(quick) : parse_slowly(text);
}

bool is_statement(Kind kind) { return kind >= Kind::kAssertStatement && kind <= Kind::kWithStatement; }

bool is_expression(Kind kind) {
  switch (kind) {
    case Kind::kAttribute:
    case Kind::kAwait:
    case Kind::kBinaryOperator:
    case Kind::kBooleanOperator:
    case Kind::kCall:
    case Kind::kComparisonOperator:
    case Kind::kConcatenatedString:
    case Kind::kConditionalExpression:
    case Kind::kDictionary:
    case Kind::kDictionaryComprehension:
    case Kind::kEllipsis:
    case Kind::kExpressionList:
    case Kind::kFalse:
    case Kind::kFloat:
    case Kind::kGeneratorExpression:
    case Kind::kIdentifier:
    case Kind::kInteger:
    case Kind::kLambda:
    case Kind::kList:
    case Kind::kListComprehension:
    case Kind::kListSplat:
    case Kind::kNamedExpression:
    case Kind::kNone:
    case Kind::kNotOperator:
    case Kind::kParenthesizedExpression:
    case Kind::kSet:
    case Kind::kSetComprehension:
    case Kind::kString:
    case Kind::kSubscript:
    case Kind::kTrue:
    case Kind::kTuple:
    case Kind::kUnaryOperator:
    case Kind::kYield:
      return true;
    default:
      return false;
  }
}

}  // namespace stallint::python
