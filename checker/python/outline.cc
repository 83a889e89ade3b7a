// The outline of a file: which functions and classes there are, and what their headers say.

#include "checker/python/expressions.h"
#include "checker/python/file_reader.h"

#include <algorithm>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

// Nodes that belong to the body of a function.
struct Scope {
  NodeId begin = 0;
  NodeId end = 0;
  FunctionId function = FunctionId::kModule;
  ClassId owner = ClassId::kNone;
};

class Finder {
 public:
  explicit Finder(FileReader& file) : file_(file), syntax_(file.syntax) {}

  void run() {
    FileFacts& facts = file_.facts;
    Function module;
    module.kind = FunctionKind::kModule;
    module.name = file_.strings.id("<module>");
    module.extent = {0, static_cast<uint32_t>(file_.source.text.size())};
    facts.functions.push_back(module);
    scopes_.push_back({0, syntax_[0].skip, FunctionId::kModule, ClassId::kNone});
    NodeId decorated = kNoNode;
    NodeId decorated_inner = kNoNode;
    for (NodeId node = 0; node < syntax_.nodes.size(); ++node) {
      while (scopes_.size() > 1 && scopes_.back().end <= node) scopes_.pop_back();
      switch (syntax_.kind(node)) {
        case Kind::kDecoratedDefinition:
          decorated = node;
          decorated_inner = syntax_.child(node, Field::kDefinition);
          // A decorator may hold a lambda, but no definition: nothing comes between.
          break;
        case Kind::kFunctionDefinition:
          add_function(node, decorated_inner == node ? decorated : kNoNode);
          break;
        case Kind::kClassDefinition:
          add_class(node, decorated_inner == node ? decorated : kNoNode);
          break;
        case Kind::kLambda:
          add_lambda(node);
          break;
        default:
          break;
      }
    }
  }

 private:
  // Scopes that begin later are those of headers around this node: `def f(x=lambda: 1)`.
  const Scope& scope_at(NodeId node) const {
    size_t n = scopes_.size() - 1;
    while (n > 0 && scopes_[n].begin > node) --n;
    return scopes_[n];
  }

  FunctionId add(FunctionKind kind, NodeId node, NodeId decorated, uint32_t name, Span name_at) {
    const Scope& scope = scope_at(node);
    Function function;
    function.kind = kind;
    function.name = name;
    function.parent = scope.function;
    function.owner = kind == FunctionKind::kFunction ? scope.owner : ClassId::kNone;
    function.name_at = name_at;
    function.extent = {file_.source.span(decorated == kNoNode ? node : decorated).begin, file_.source.span(node).end};
    file_.facts.functions.push_back(std::move(function));
    return FunctionId{static_cast<uint32_t>(file_.facts.functions.size() - 1)};
  }

  // The body, and broken parts of the definition before it.
  void open(NodeId node, FunctionId function, ClassId owner) {
    for (NodeId child : syntax_.children(node)) {
      if (syntax_[child].field != Field::kBody && syntax_.kind(child) != Kind::kError) continue;
      scopes_.push_back({child, syntax_[node].skip, function, owner});
      return;
    }
  }

  void add_function(NodeId node, NodeId decorated) {
    const NodeId name = syntax_.child(node, Field::kName);
    const uint32_t text = name == kNoNode ? 0 : file_.strings.id(file_.source.slice(name));
    const Span at = file_.source.span(name == kNoNode ? node : name);
    const FunctionId function = add(FunctionKind::kFunction, node, decorated, text, at);
    file_.facts.functions.back().async = syntax_.child(node, Kind::kAsync) != kNoNode;
    file_.definitions.push_back({node, decorated, function, ClassId::kNone});
    open(node, function, ClassId::kNone);
  }

  void add_lambda(NodeId node) {
    constexpr uint32_t kKeyword = 6;  // `lambda`
    const Span whole = file_.source.span(node);
    const Span at{whole.begin, std::min(whole.begin + kKeyword, whole.end)};
    const FunctionId function = add(FunctionKind::kLambda, node, kNoNode, file_.strings.id("<lambda>"), at);
    file_.facts.functions.back().owner = ClassId::kNone;
    file_.definitions.push_back({node, kNoNode, function, ClassId::kNone});
    open(node, function, ClassId::kNone);
  }

  void add_class(NodeId node, NodeId decorated) {
    const NodeId name = syntax_.child(node, Field::kName);
    Class made;
    made.name = name == kNoNode ? 0 : file_.strings.id(file_.source.slice(name));
    made.name_at = file_.source.span(name == kNoNode ? node : name);
    made.scope = scope_at(node).function;
    made.body = add(FunctionKind::kClassBody, node, decorated, made.name, made.name_at);
    made.extent = file_.facts.functions.back().extent;
    const ClassId owner{static_cast<uint32_t>(file_.facts.classes.size())};
    file_.facts.functions.back().owner = owner;
    file_.facts.classes.push_back(made);
    file_.definitions.push_back({node, decorated, made.body, owner});
    open(node, made.body, owner);
  }

  FileReader& file_;
  const Syntax& syntax_;
  std::vector<Scope> scopes_;
};

class Outline {
 public:
  explicit Outline(FileReader& file) : file_(file), syntax_(file.syntax), expressions_(file) {}

  void run() {
    for (const Definition& definition : file_.definitions) {
      if (definition.owner == ClassId::kNone) {
        read_function(definition);
      } else {
        read_class(definition);
      }
    }
  }

 private:
  void read_function(const Definition& definition) {
    Function& function = file_.facts.functions[index(definition.function)];
    if (definition.decorated != kNoNode) function.decorators = read_decorators(definition.decorated);
    const NodeId parameters = syntax_.child(definition.node, Field::kParameters);
    if (parameters != kNoNode) read_parameters(parameters, function.parameters);
    function.parameters.shrink_to_fit();
    const NodeId returns = syntax_.child(definition.node, Field::kReturnType);
    if (returns != kNoNode) function.returns = expressions_.read_type(returns);
  }

  void read_class(const Definition& definition) {
    Class& made = file_.facts.classes[index(definition.owner)];
    if (definition.decorated != kNoNode) made.decorators = read_decorators(definition.decorated);
    const NodeId bases = syntax_.child(definition.node, Field::kSuperclasses);
    if (bases != kNoNode) made.bases = expressions_.read_bases(bases);
  }

  std::vector<ExprId> read_decorators(NodeId decorated) {
    std::vector<ExprId> decorators;
    for (NodeId child : syntax_.children(decorated)) {
      if (syntax_.kind(child) != Kind::kDecorator) continue;
      const NodeId value = syntax_.first_child(child);
      if (value != kNoNode) decorators.push_back(expressions_.read(value));
    }
    decorators.shrink_to_fit();
    return decorators;
  }

  void read_parameters(NodeId list, std::vector<Parameter>& parameters) {
    bool keyword_only = false;
    for (NodeId child : syntax_.children(list)) {
      const Kind kind = syntax_.kind(child);
      if (kind == Kind::kPositionalSeparator) {
        for (Parameter& parameter : parameters) parameter.kind = ParameterKind::kPositionalOnly;
      } else if (kind == Kind::kKeywordSeparator) {
        keyword_only = true;
      } else if (kind != Kind::kError) {
        parameters.push_back(read_parameter(child));
        Parameter& parameter = parameters.back();
        if (parameter.kind == ParameterKind::kPositional && keyword_only) parameter.kind = ParameterKind::kKeywordOnly;
        if (parameter.kind == ParameterKind::kStar) keyword_only = true;
      }
    }
  }

  Parameter read_parameter(NodeId node) {
    Parameter parameter;
    parameter.at = file_.source.span(node);
    const NodeId type = syntax_.child(node, Field::kType);
    const NodeId value = syntax_.child(node, Field::kValue);
    if (type != kNoNode) parameter.annotation = expressions_.read_type(type);
    if (value != kNoNode) parameter.default_value = expressions_.read(value);
    NodeId name = node;
    const Kind kind = syntax_.kind(node);
    if (kind == Kind::kDefaultParameter || kind == Kind::kTypedDefaultParameter)
      name = syntax_.child(node, Field::kName);
    if (kind == Kind::kTypedParameter) name = syntax_.first_child(node);
    if (name == kNoNode) return parameter;
    const Kind shape = syntax_.kind(name);
    if (shape == Kind::kListSplatPattern || shape == Kind::kDictionarySplatPattern) {
      parameter.kind = shape == Kind::kListSplatPattern ? ParameterKind::kStar : ParameterKind::kDoubleStar;
      name = syntax_.first_child(name);
    }
    // `def f((a, b)):` of Python 2 has no name.
    if (name != kNoNode && syntax_.kind(name) == Kind::kIdentifier) {
      parameter.name = file_.strings.id(file_.source.slice(name));
    }
    return parameter;
  }

  FileReader& file_;
  const Syntax& syntax_;
  Expressions expressions_;
};

}  // namespace

const Definition& FileReader::definition(NodeId node) const {
  return *std::lower_bound(definitions.begin(), definitions.end(), node,
                           [](const Definition& at, NodeId wanted) { return at.node < wanted; });
}

void find_definitions(FileReader& file) { Finder(file).run(); }

void read_outline(FileReader& file) { Outline(file).run(); }

}  // namespace stallint::python
