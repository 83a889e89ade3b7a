// The outline of a file: which namespaces, classes, functions and variables there are, and what their headers say.

#include "checker/cpp/file_reader.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

constexpr int kMaxDeclarators = 64;

enum class ScopeKind : uint8_t { kNamespace, kClass, kCode };

// Nodes that belong to one namespace, class or function.
struct Scope {
  NodeId end = 0;
  ScopeKind kind = ScopeKind::kNamespace;
  std::string path;
  std::string owner;  // class around a function
  bool internal = false;
  ClassId class_id = ClassId::kNone;
  FunctionId function = FunctionId::kModule;
};

// A function_definition, or a declaration of functions, fields or variables, with the scope around it.
struct Pending {
  NodeId node = kNoNode;
  std::string scope;
  ScopeKind kind = ScopeKind::kNamespace;
  bool internal = false;
  FunctionId function = FunctionId::kNone;  // of a definition
};

// Parameters of functions and lambdas: the only expressions of the outline.
class Parameters {
 public:
  explicit Parameters(FileReader& file) : file_(file), syntax_(file.syntax) {}

  void read(NodeId list, std::string_view scope, std::vector<Parameter>& parameters) {
    for (NodeId child : syntax_.children(list)) {
      const Kind kind = syntax_.kind(child);
      const bool variadic = kind == Kind::kVariadicParameterDeclaration;
      if (kind != Kind::kParameterDeclaration && kind != Kind::kOptionalParameterDeclaration && !variadic) continue;
      const NodeId type = syntax_.child(child, Field::kType);
      const NodeId outer = syntax_.child(child, Field::kDeclarator);
      if (outer == kNoNode && type != kNoNode && file_.slice(type) == "void") continue;
      const Declarator declarator = file_.declarator(outer);
      Parameter parameter;
      parameter.at = file_.span(child);
      if (variadic) parameter.kind = ParameterKind::kStar;
      if (declarator.name != kNoNode) parameter.name = file_.strings.id(file_.slice(declarator.name));
      const TypeId spelt = file_.names.type_of(type, outer, scope);
      if (spelt != TypeId::kNone) {
        const uint32_t text = file_.strings.id(file_.names[file_.names.behind(spelt)].name);
        parameter.annotation = add_expr(ExprKind::kName, 0, text, file_.span(type));
        Meaning meaning;
        meaning.expr = parameter.annotation;
        meaning.type = text;
        meaning.likely = true;
        file_.facts.meanings.push_back(meaning);
      }
      parameter.default_value = read_literal(syntax_.child(child, Field::kDefaultValue));
      parameters.push_back(parameter);
    }
    parameters.shrink_to_fit();
  }

 private:
  ExprId add_expr(ExprKind kind, uint8_t detail, uint32_t text, Span at) {
    Expr expr;
    expr.kind = kind;
    expr.detail = detail;
    expr.text = text;
    expr.at = at;
    expr.first_child = static_cast<uint32_t>(file_.facts.outline.children.size());
    file_.facts.outline.exprs.push_back(expr);
    return ExprId{static_cast<uint32_t>(file_.facts.outline.exprs.size() - 1)};
  }

  ExprId read_literal(NodeId node) {
    if (node == kNoNode) return ExprId::kNone;
    std::string_view text = file_.slice(node);
    Literal literal = Literal::kNone;
    switch (syntax_.kind(node)) {
      case Kind::kTrue:
        literal = Literal::kTrue;
        text = "true";
        break;
      case Kind::kFalse:
        literal = Literal::kFalse;
        text = "false";
        break;
      case Kind::kNull:
        text = "nullptr";
        break;
      case Kind::kNumberLiteral:
        literal = text.find('.') == std::string_view::npos ? Literal::kInteger : Literal::kFloat;
        break;
      case Kind::kStringLiteral:
        literal = Literal::kString;
        if (text.size() >= 2) text = text.substr(1, text.size() - 2);
        break;
      default:
        return ExprId::kNone;
    }
    constexpr size_t kMaxText = 200;
    if (text.size() > kMaxText) text = text.substr(0, kMaxText);
    return add_expr(ExprKind::kLiteral, static_cast<uint8_t>(literal), file_.strings.id(text), file_.span(node));
  }

  FileReader& file_;
  const Syntax& syntax_;
};

class Outline {
 public:
  explicit Outline(FileReader& file) : file_(file), syntax_(file.syntax) {}

  void run() {
    Function module;
    module.kind = FunctionKind::kModule;
    module.name = file_.strings.id("<module>");
    module.extent = {0, static_cast<uint32_t>(file_.text.size())};
    file_.facts.functions.push_back(std::move(module));
    file_.facts.identities.emplace_back();
    scopes_.push_back({static_cast<NodeId>(syntax_.nodes.size()), ScopeKind::kNamespace, "", "", false, ClassId::kNone,
                       FunctionId::kModule});
    for (NodeId node = 1; node < syntax_.nodes.size(); ++node) {
      while (scopes_.size() > 1 && scopes_.back().end <= node) scopes_.pop_back();
      visit(node);
    }
    read_bases();
    for (const Pending& one : pending_) {
      if (one.function == FunctionId::kNone) read_declaration(one);
    }
    for (const Pending& one : pending_) {
      if (one.function != FunctionId::kNone) read_definition(one);
    }
    read_classes();
  }

 private:
  const Scope& scope() const { return scopes_.back(); }

  void visit(NodeId node) {
    switch (syntax_.kind(node)) {
      case Kind::kError:
        // Declarations of a function whose head broke are not what they seem.
        for (NodeId child : syntax_.children(node)) {
          if (syntax_.kind(child) == Kind::kDeclaration) stray_.insert(child);
        }
        break;
      case Kind::kTemplateDeclaration:
        if (template_ == kNoNode || syntax_[template_].skip <= node) template_ = node;
        break;
      case Kind::kFriendDeclaration:
        friend_ = node;
        break;
      case Kind::kNamespaceDefinition:
        enter_namespace(node);
        break;
      case Kind::kClassSpecifier:
      case Kind::kStructSpecifier:
      case Kind::kUnionSpecifier:
        if (syntax_.child(node, Field::kBody) != kNoNode) enter_class(node);
        break;
      case Kind::kFunctionDefinition:
        enter_function(node);
        break;
      case Kind::kLambdaExpression:
        enter_lambda(node);
        break;
      case Kind::kDeclaration:
      case Kind::kFieldDeclaration:
        if (scope().kind != ScopeKind::kCode && !stray_.contains(node)) add_pending(node, FunctionId::kNone);
        break;
      case Kind::kAliasDeclaration:
        add_alias(node, syntax_.child(node, Field::kName), kNoNode);
        break;
      case Kind::kTypeDefinition:
        for (NodeId child : syntax_.children(node)) {
          if (syntax_[child].field == Field::kDeclarator) add_alias(node, file_.declarator(child).name, child);
        }
        break;
      case Kind::kNamespaceAliasDefinition:
        add_namespace_alias(node);
        break;
      case Kind::kUsingDeclaration:
        add_using(node);
        break;
      default:
        break;
    }
  }

  void push(NodeId node, ScopeKind kind, std::string path) {
    Scope inner = scope();
    inner.end = syntax_[node].skip;
    inner.kind = kind;
    inner.path = std::move(path);
    scopes_.push_back(std::move(inner));
  }

  void add_pending(NodeId node, FunctionId function) {
    pending_.push_back({node, scope().path, scope().kind, scope().internal, function});
  }

  // --- Namespaces and names -----------------------------------------------------------------------------------------

  void enter_namespace(NodeId node) {
    const NodeId name = syntax_.child(node, Field::kName);
    const bool is_inline = file_.slice(node).starts_with("inline");
    std::string path = scope().path;
    if (name != kNoNode && !is_inline) {
      std::string text;
      for (const char c : file_.slice(name)) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') text += c;
      }
      path = join(path, text);
      file_.names.add_namespace(path);
    }
    file_.namespaces.push_back({node, path});
    push(node, ScopeKind::kNamespace, std::move(path));
    if (name == kNoNode) scopes_.back().internal = true;
  }

  void add_alias(NodeId node, NodeId name, NodeId declarator) {
    const NodeId type = syntax_.child(node, Field::kType);
    if (name == kNoNode || type == kNoNode) return;
    file_.names.add_alias(join(scope().path, file_.slice(name)), type, declarator, scope().path);
  }

  void add_namespace_alias(NodeId node) {
    const NodeId name = syntax_.child(node, Field::kName);
    NodeId target = kNoNode;
    for (NodeId child : syntax_.children(node)) {
      if (child != name) target = child;
    }
    if (name == kNoNode || target == kNoNode) return;
    file_.names.add_using(scope().path, file_.slice(name), spelled(file_.slice(target)));
  }

  void add_using(NodeId node) {
    const NodeId target = syntax_.first_child(node);
    if (target == kNoNode) return;
    const std::string path = spelled(file_.names.path_of(target).text);
    const std::string_view lead = file_.slice({syntax_[node].begin, syntax_[target].begin});
    if (lead.find("namespace") != std::string_view::npos) {
      file_.names.add_directive(scope().path, path);
    } else if (scope().kind != ScopeKind::kClass) {
      file_.names.add_using(scope().path, last_of(path), path);
    }
  }

  // A path after `using`, itself looked up.
  std::string spelled(std::string_view text) {
    Path path;
    for (const char c : text) {
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') path.text += c;
    }
    if (path.text.starts_with("::")) path.text.erase(0, 2);
    // Not remembered: names that follow may explain it otherwise, and compilers read from the top too.
    return file_.names.resolve_now(scope().path, path);
  }

  // --- Classes ------------------------------------------------------------------------------------------------------

  void enter_class(NodeId node) {
    const NodeId name = syntax_.child(node, Field::kName);
    if (name == kNoNode) {
      // Members of a nameless struct belong to what is around it.
      push(node, ScopeKind::kClass, scope().path);
      return;
    }
    const Path spelt = file_.names.path_of(name);
    const std::string path = join(scope().path, spelt.text);
    Class made;
    made.name = file_.strings.id(last_of(spelt.text));
    made.name_at = spelt.last;
    made.scope = scope().function;
    made.extent = file_.span(node);
    const ClassId id{static_cast<uint32_t>(file_.facts.classes.size())};
    file_.facts.classes.push_back(std::move(made));
    ClassIdentity identity;
    identity.symbol = file_.symbol(path, scope().internal);
    identity.name = file_.strings.id(path);
    file_.facts.class_identities.push_back(std::move(identity));
    ClassNames& names = file_.names.add_class(path);
    if (names.id == ClassId::kNone) names.id = id;
    const NodeId bases = syntax_.child(node, Kind::kBaseClassClause);
    if (bases != kNoNode) classes_.push_back({id, bases, scope().path, path});
    push(node, ScopeKind::kClass, path);
    scopes_.back().class_id = id;
  }

  struct Bases {
    ClassId id;
    NodeId clause;
    std::string scope;
    std::string path;
  };

  void read_bases() {
    for (const Bases& one : classes_) {
      ClassNames& names = file_.names.add_class(one.path);
      for (NodeId base : syntax_.children(one.clause)) {
        const Kind kind = syntax_.kind(base);
        if (kind != Kind::kTypeIdentifier && kind != Kind::kQualifiedIdentifier && kind != Kind::kTemplateType)
          continue;
        const TypeId type = file_.names.type_of(base, kNoNode, one.scope);
        if (type == TypeId::kNone) continue;
        const std::string& name = file_.names[type].name;
        names.bases.push_back(name);
        file_.facts.class_identities[index(one.id)].bases.push_back(file_.symbol(name, false));
      }
    }
  }

  // Ancestors need the bases of all classes.
  void read_classes() {
    constexpr size_t kMaxAncestors = 64;
    for (const Bases& one : classes_) {
      std::vector<std::string> all = file_.names.add_class(one.path).bases;
      for (size_t n = 0; n < all.size() && n < kMaxAncestors; ++n) {
        const ClassNames* base = file_.names.find_class(all[n]);
        if (base == nullptr) continue;
        for (const std::string& next : base->bases) {
          if (std::find(all.begin(), all.end(), next) == all.end()) all.push_back(next);
        }
      }
      for (const std::string& name : all) {
        file_.facts.class_identities[index(one.id)].ancestors.push_back(file_.strings.id(name));
      }
    }
  }

  // --- Functions ----------------------------------------------------------------------------------------------------

  FunctionId add_function(FunctionKind kind, NodeId node, std::string_view name, Span name_at) {
    Function function;
    function.kind = kind;
    function.name = file_.strings.id(name);
    function.parent = kind == FunctionKind::kLambda ? scope().function : FunctionId::kModule;
    function.name_at = name_at;
    function.extent = file_.span(node);
    const bool is_template = template_ != kNoNode && template_ < node && syntax_[template_].skip > node &&
                             syntax_[template_].end == syntax_[node].end;
    if (is_template) function.extent.begin = syntax_[template_].begin;
    file_.facts.functions.push_back(std::move(function));
    file_.facts.identities.emplace_back();
    return FunctionId{static_cast<uint32_t>(file_.facts.functions.size() - 1)};
  }

  // A definition inside of code is a macro with a block behind it: no function of its own.
  void enter_function(NodeId node) {
    const NodeId body = syntax_.child(node, Field::kBody);
    if (scope().kind == ScopeKind::kCode) return;
    const Declarator declarator = file_.declarator(syntax_.child(node, Field::kDeclarator));
    const bool is_friend = friend_ != kNoNode && syntax_[friend_].skip > node;
    if (is_friend) {
      push(node, ScopeKind::kNamespace, std::string(parent_of(scope().path)));
    }
    if (body == kNoNode || declarator.name == kNoNode) {
      add_pending(node, FunctionId::kNone);
      return;
    }
    const std::string name = name_of(declarator.name);
    const Path path = file_.names.path_of(declarator.name);
    const bool cast = syntax_.kind(declarator.name) == Kind::kOperatorCast;
    const Span at = cast || path.last.end == 0 ? file_.span(declarator.name) : path.last;
    const FunctionId function = add_function(FunctionKind::kFunction, node, name, at);
    add_pending(node, function);

    Definition definition;
    definition.node = node;
    definition.function = function;
    definition.scope = join(scope().path, name);
    if (scope().kind == ScopeKind::kClass) definition.owner = scope().path;
    if (path.qualified() && !cast) {
      const std::string around(parent_of(path.text));
      Path outer;
      outer.text = around;
      outer.absolute = path.absolute;
      const std::string owner = around.empty() ? "" : member_scope(outer);
      definition.scope = join(owner, name);
      definition.owner = file_.names.is_namespace(owner) ? "" : owner;
    }
    push(node, ScopeKind::kCode, definition.scope);
    scopes_.back().function = function;
    scopes_.back().owner = definition.owner;
    file_.definitions.push_back(std::move(definition));
  }

  // `Store` of `void Store::load()`: known to this file, or a class of the namespace around.
  std::string member_scope(const Path& path) {
    const std::string known = file_.names.resolve_now(scope().path, path);
    const bool found = file_.names.is_namespace(known) || file_.names.find_class(known) != nullptr;
    return known != path.text || path.absolute || found ? known : file_.names.placed(scope().path, known);
  }

  std::string name_of(NodeId name) const {
    if (syntax_.kind(name) == Kind::kOperatorCast) {
      const NodeId type = syntax_.child(name, Field::kType);
      return "operator " + std::string(type == kNoNode ? std::string_view() : file_.slice(type));
    }
    return std::string(last_of(file_.names.path_of(name).text));
  }

  void enter_lambda(NodeId node) {
    const NodeId captures = syntax_.child(node, Field::kCaptures);
    const FunctionId function = add_function(FunctionKind::kLambda, node, "<lambda>",
                                             captures == kNoNode ? file_.span(node) : file_.span(captures));
    Definition definition;
    definition.node = node;
    definition.function = function;
    definition.scope = scope().path;
    definition.owner = scope().kind == ScopeKind::kClass ? scope().path : scope().owner;
    Identity& identity = file_.facts.identities.back();
    identity.symbol = file_.strings.id(file_.mark + std::to_string(syntax_[node].begin));
    identity.name = file_.strings.id("<lambda>::operator()");
    file_.definitions.push_back(std::move(definition));
    push(node, ScopeKind::kCode, scope().path);
    scopes_.back().function = function;
  }

  // What the header of a definition says.
  void read_definition(const Pending& one) {
    const Definition& definition = *file_.definition(one.node);
    const NodeId outer = syntax_.child(one.node, Field::kDeclarator);
    const Declarator declarator = file_.declarator(outer);
    Function& function = file_.facts.functions[index(one.function)];
    Identity& identity = file_.facts.identities[index(one.function)];
    const bool internal = one.internal || (definition.owner.empty() && file_.has_specifier(one.node, "static"));
    identity.name = file_.strings.id(global_name(definition.scope));
    identity.symbol = unique_symbol(definition.scope, internal);
    if (!definition.owner.empty()) {
      identity.owner = file_.symbol(definition.owner, one.internal);
      const ClassNames* owner = file_.names.find_class(definition.owner);
      if (owner != nullptr) function.owner = owner->id;
    }
    const TypeId returns = return_type(one.node, outer, declarator, definition.scope);
    if (returns != TypeId::kNone) identity.returns = file_.strings.id(file_.names[file_.names.behind(returns)].name);
    read_attributes(one.node, identity);
    if (declarator.function != kNoNode) read_attributes(declarator.function, identity);
    const std::string_view plain = last_of(definition.scope);
    if (!definition.owner.empty() && plain == last_of(definition.owner)) {
      identity.attributes.push_back(file_.strings.id("constructor"));
    }
    if (plain.starts_with("~")) identity.attributes.push_back(file_.strings.id("destructor"));
    if (definition.scope == "main") identity.attributes.push_back(file_.strings.id("main"));
    const NodeId list = parameters_of(one.node);
    if (list != kNoNode) Parameters(file_).read(list, definition.scope, function.parameters);

    Callable& callable = callable_of(definition);
    callable.defined.push_back(one.function);
    callable.returns = callable.returns == TypeId::kNone ? returns : callable.returns;
    if (callable.changes.empty() && list != kNoNode) callable.changes = changes_of(list);
    if (one.kind == ScopeKind::kClass) read_method(one.node, declarator, callable);
    identity.is_static = callable.is_static || (definition.owner.empty() && file_.has_specifier(one.node, "static"));
    identity.is_virtual = callable.is_virtual;
    const std::string name = file_.facts.text(function.name);  // strings move
    read_overrides(definition, name, callable.is_virtual, identity);
  }

  static std::string global_name(const std::string& path) {
    return path.find("::") == std::string::npos ? "::" + path : path;
  }

  Callable& callable_of(const Definition& definition) {
    if (definition.owner.empty()) return file_.names.add_function(definition.scope);
    return file_.names.add_class(definition.owner).methods[std::string(last_of(definition.scope))];
  }

  // Overloads of one file are told apart by their number.
  uint32_t unique_symbol(const std::string& path, bool internal) {
    const uint32_t number = ++overloads_[path];
    return file_.symbol(number == 1 ? path : path + "#" + std::to_string(number), internal);
  }

  NodeId parameters_of(NodeId node) const {
    const Declarator declarator = file_.declarator(syntax_.child(node, Field::kDeclarator));
    return declarator.function == kNoNode ? kNoNode : syntax_.child(declarator.function, Field::kParameters);
  }

  TypeId return_type(NodeId node, NodeId outer, const Declarator& declarator, std::string_view scope) {
    const NodeId trailing = syntax_.child(declarator.function, Kind::kTrailingReturnType);
    if (trailing != kNoNode) return file_.names.type_of(syntax_.first_child(trailing), kNoNode, scope);
    return file_.names.type_of(syntax_.child(node, Field::kType), outer, scope);
  }

  // [[gnu::pure]], __attribute__((nonblocking))
  void read_attributes(NodeId node, Identity& identity) {
    for (NodeId child : syntax_.children(node)) {
      const Kind kind = syntax_.kind(child);
      if (kind != Kind::kAttributeDeclaration && kind != Kind::kAttributeSpecifier) continue;
      const NodeId list = kind == Kind::kAttributeSpecifier ? syntax_.child(child, Kind::kArgumentList) : child;
      if (list == kNoNode) continue;
      for (NodeId one : syntax_.children(list)) {
        const NodeId name = syntax_.kind(one) == Kind::kAttribute ? syntax_.child(one, Field::kName) : one;
        const std::string_view text = name == kNoNode ? std::string_view() : file_.slice(name);
        if (text == "nonblocking" || text == "blocking") identity.attributes.push_back(file_.strings.id(text));
      }
    }
  }

  void read_method(NodeId node, const Declarator& declarator, Callable& callable) {
    callable.is_static = callable.is_static || file_.has_specifier(node, "static");
    bool is_virtual = file_.has_specifier(node, "virtual");
    if (declarator.function != kNoNode) {
      is_virtual = is_virtual || syntax_.child(declarator.function, Kind::kVirtualSpecifier) != kNoNode;
    }
    callable.is_virtual = callable.is_virtual || is_virtual;
  }

  // Methods of that name in the ancestors; of those that the file does not show, if the method is said to override.
  void read_overrides(const Definition& definition, const std::string& name, bool is_virtual, Identity& identity) {
    constexpr size_t kMaxAncestors = 64;
    if (definition.owner.empty() || name.empty() || name.front() == '~') return;
    const ClassNames* owner = file_.names.find_class(definition.owner);
    if (owner == nullptr) return;
    std::vector<std::string> ancestors = owner->bases;
    for (size_t n = 0; n < ancestors.size() && n < kMaxAncestors; ++n) {
      const ClassNames* base = file_.names.find_class(ancestors[n]);
      if (base == nullptr) {
        if (is_virtual) identity.overridden_names.push_back(file_.strings.id(join(ancestors[n], name)));
        continue;
      }
      const auto method = base->methods.find(name);
      if (method != base->methods.end() && method->second.is_virtual) {
        const std::string path = join(ancestors[n], name);
        identity.is_virtual = true;
        identity.overrides.push_back(file_.symbol(path, false));
        identity.overridden_names.push_back(file_.strings.id(path));
      }
      ancestors.insert(ancestors.end(), base->bases.begin(), base->bases.end());
    }
  }

  // --- Parameters ---------------------------------------------------------------------------------------------------

  std::vector<bool> changes_of(NodeId list) const {
    std::vector<bool> changes;
    for (NodeId child : syntax_.children(list)) {
      const Kind kind = syntax_.kind(syntax_.child(child, Field::kDeclarator));
      const bool points = kind == Kind::kReferenceDeclarator || kind == Kind::kPointerDeclarator ||
                          kind == Kind::kAbstractReferenceDeclarator || kind == Kind::kAbstractPointerDeclarator;
      changes.push_back(points && !file_.has_specifier(child, "const"));
    }
    return changes;
  }

  // --- Declarations -------------------------------------------------------------------------------------------------

  // Fields, variables of namespaces, and functions that are defined elsewhere.
  void read_declaration(const Pending& one) {
    const NodeId type = syntax_.child(one.node, Field::kType);
    for (NodeId child : syntax_.children(one.node)) {
      if (syntax_[child].field != Field::kDeclarator) continue;
      const Declarator declarator = file_.declarator(child);
      if (declarator.name == kNoNode) continue;
      if (declarator.function != kNoNode && !is_object(one, declarator)) {
        declare_function(one, child, declarator);
      } else if (syntax_.kind(declarator.name) != Kind::kOperatorCast) {
        declare_variable(one, type, child, declarator);
      }
    }
  }

  // `Store store(config);` at namespace scope declares a function as far as spelling goes; with values it does not.
  bool is_object(const Pending& one, const Declarator& declarator) const {
    if (one.kind == ScopeKind::kClass) return false;
    const NodeId list = syntax_.child(declarator.function, Field::kParameters);
    return list != kNoNode && syntax_.child(list, Kind::kError) != kNoNode;
  }

  void declare_function(const Pending& one, NodeId outer, const Declarator& declarator) {
    const std::string name = name_of(declarator.name);
    Callable* callable = nullptr;
    if (one.kind == ScopeKind::kClass) {
      ClassNames& owner = file_.names.add_class(one.scope);
      if (!name.empty() && name.front() == '~') owner.virtual_destructor = true;
      callable = &owner.methods[name];
      read_method(one.node, declarator, *callable);
    } else {
      callable = &file_.names.add_function(join(one.scope, name));
    }
    const NodeId list = syntax_.child(declarator.function, Field::kParameters);
    if (callable->changes.empty() && list != kNoNode) callable->changes = changes_of(list);
    if (callable->returns == TypeId::kNone) callable->returns = return_type(one.node, outer, declarator, one.scope);
  }

  void declare_variable(const Pending& one, NodeId type, NodeId outer, const Declarator& declarator) {
    const Path path = file_.names.path_of(declarator.name);
    if (path.text.empty() || path.qualified()) return;  // `int Store::count = 0;` is declared in the class
    const bool is_static = file_.has_specifier(one.node, "static");
    const bool in_class = one.kind == ScopeKind::kClass;
    const bool is_field = in_class && !one.scope.empty() && file_.names.find_class(one.scope) != nullptr;
    const bool internal = one.internal || (!is_field && is_static);
    Variable variable;
    variable.type = file_.names.type_of(type, outer, one.scope);
    variable.symbol = file_.symbol(join(one.scope, path.text), internal);
    variable.is_static = is_static;

    Declared declared;
    declared.symbol = variable.symbol;
    declared.name = file_.strings.id(path.text);
    declared.storage = !is_field ? Declared::Storage::kProcess
                                 : (is_static ? Declared::Storage::kClass : Declared::Storage::kInstance);
    if (is_field) declared.owner = file_.symbol(one.scope, one.internal);
    const TypeId behind = file_.names.behind(variable.type);
    if (behind != TypeId::kNone) declared.type = file_.strings.id(file_.names[behind].name);
    declared.constant =
        file_.has_specifier(one.node, "constexpr") || (!declarator.pointer && file_.has_specifier(one.node, "const"));
    declared.per_thread = file_.has_specifier(one.node, "thread_local");
    declared.at = file_.span(declarator.name);
    declared.guard = guard_of(declared.at.begin, one.scope);
    if (!file_.has_specifier(one.node, "extern")) file_.facts.declared.push_back(declared);
    if (is_field) {
      file_.names.add_class(one.scope).fields.insert_or_assign(path.text, variable);
    } else {
      file_.names.add_variable(join(one.scope, path.text)) = variable;
    }
  }

  uint32_t guard_of(uint32_t name_begin, const std::string& scope) {
    const std::vector<Guard>& guards = file_.spelling.guards;
    const auto found = std::lower_bound(guards.begin(), guards.end(), name_begin,
                                        [](const Guard& guard, uint32_t at) { return guard.variable < at; });
    if (found == guards.end() || found->variable != name_begin) return 0;
    return file_.symbol(join(scope, file_.slice(found->lock)), false);
  }

  FileReader& file_;
  const Syntax& syntax_;
  std::vector<Scope> scopes_;
  std::vector<Pending> pending_;
  std::vector<Bases> classes_;
  std::unordered_map<std::string, uint32_t> overloads_;
  std::unordered_set<NodeId> stray_;
  NodeId template_ = kNoNode;
  NodeId friend_ = kNoNode;
};

}  // namespace

const Definition* FileReader::definition(NodeId node) const {
  const auto found = std::lower_bound(definitions.begin(), definitions.end(), node,
                                      [](const Definition& at, NodeId wanted) { return at.node < wanted; });
  return found != definitions.end() && found->node == node ? &*found : nullptr;
}

Declarator FileReader::declarator(NodeId node) const {
  Declarator result;
  for (int n = 0; node != kNoNode && n < kMaxDeclarators; ++n) {
    switch (syntax.kind(node)) {
      case Kind::kFunctionDeclarator:
        result.function = node;
        node = syntax.child(node, Field::kDeclarator);
        break;
      case Kind::kPointerDeclarator:
      case Kind::kReferenceDeclarator:
      case Kind::kPointerTypeDeclarator:
      case Kind::kVariadicDeclarator: {
        // `int (*hook)(int)` is a pointer, `int *load()` a function.
        result.function = kNoNode;
        result.pointer = true;
        const NodeId inner = syntax.child(node, Field::kDeclarator);
        node = inner != kNoNode ? inner : syntax.first_child(node);
        break;
      }
      case Kind::kInitDeclarator:
      case Kind::kArrayDeclarator:
        node = syntax.child(node, Field::kDeclarator);
        break;
      case Kind::kParenthesizedDeclarator:
      case Kind::kAttributedDeclarator: {
        const NodeId inner = syntax.first_child(node);
        node = inner;
        break;
      }
      case Kind::kOperatorCast:
        result.name = node;
        result.function = syntax.child(node, Field::kDeclarator);
        return result;
      case Kind::kIdentifier:
      case Kind::kFieldIdentifier:
      case Kind::kTypeIdentifier:
      case Kind::kQualifiedIdentifier:
      case Kind::kDestructorName:
      case Kind::kOperatorName:
      case Kind::kTemplateFunction:
      case Kind::kTemplateMethod:
      case Kind::kStructuredBindingDeclarator:
      case Kind::kPrimitiveType:
        result.name = node;
        return result;
      default:
        return result;
    }
  }
  return result;
}

bool FileReader::has_specifier(NodeId declaration, std::string_view word) const {
  for (NodeId child : syntax.children(declaration)) {
    const Kind kind = syntax.kind(child);
    if (syntax[child].field == Field::kDeclarator || kind == Kind::kCompoundStatement) break;
    const bool specifier = kind == Kind::kStorageClassSpecifier || kind == Kind::kTypeQualifier ||
                           kind == Kind::kUnknown || kind == Kind::kVirtualSpecifier;
    if (specifier && slice(child) == word) return true;
  }
  // `virtual` is a word that the grammar keeps to itself.
  if (word != "virtual") return false;
  const std::string_view head = slice(declaration).substr(0, slice(declaration).find('('));
  return head.find("virtual") != std::string_view::npos;
}

uint32_t FileReader::symbol(std::string_view path, bool internal) {
  std::string text = internal ? mark : std::string("spelt:");
  text += path;
  return strings.id(text);
}

void read_parameters(FileReader& file, NodeId list, std::string_view scope, std::vector<Parameter>& parameters) {
  Parameters(file).read(list, scope, parameters);
}

void read_outline(FileReader& file) { Outline(file).run(); }

}  // namespace stallint::cpp
