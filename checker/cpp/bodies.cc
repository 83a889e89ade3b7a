#include "checker/cpp/bodies.h"

#include <algorithm>
#include <utility>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

template <typename T>
void sort_by_end(std::vector<T>& events) {
  std::stable_sort(events.begin(), events.end(), [](const T& a, const T& b) { return a.at.end < b.at.end; });
}

}  // namespace

void Bodies::run() {
  file_.facts.bodies.resize(file_.facts.functions.size());
  read_.assign(file_.facts.functions.size(), false);
  read_module();
  for (const Definition& definition : file_.definitions) {
    if (syntax_.kind(definition.node) == Kind::kFunctionDefinition) read_function(definition);
  }
  // Lambdas of class members, and those nested so deeply that nobody came to them.
  for (const Definition& definition : file_.definitions) {
    if (!read_[index(definition.function)]) read_lambda_body(definition);
  }
}

void Bodies::open(Frame& frame, const Definition* definition) {
  static const std::string kNowhere;
  frame.function = definition == nullptr ? FunctionId::kModule : definition->function;
  frame.scope = definition == nullptr ? &kNowhere : &definition->scope;
  frame.owner = definition == nullptr ? &kNowhere : &definition->owner;
  frame.module = definition == nullptr;
  frame.first_local = locals_.size();
  const Function& function = file_.facts.functions[index(frame.function)];
  Block whole;
  whole.at = function.extent;
  frame.body.blocks.push_back(whole);
  frame.body.present = true;
  read_[index(frame.function)] = true;
  frame_ = &frame;
}

void Bodies::close(Frame& frame) {
  Function& function = file_.facts.functions[index(frame.function)];
  function.async = frame.awaits || (frame.returns_async && !frame.yields);
  function.generator = frame.yields;
  Body& body = frame.body;
  sort_by_end(body.calls);
  sort_by_end(body.writes);
  std::stable_sort(body.exits.begin(), body.exits.end(),
                   [](const Exit& a, const Exit& b) { return a.at.begin < b.at.begin; });
  std::sort(body.meanings.begin(), body.meanings.end(),
            [](const Meaning& a, const Meaning& b) { return a.expr < b.expr; });
  file_.facts.bodies[index(frame.function)] = Body(std::as_const(body));  // a copy has no spare room
}

// Initialisers of what stands in namespaces. Everything else there belongs to a function, or runs nothing.
void Bodies::read_module() {
  static const std::string kNowhere;
  Frame frame;
  open(frame, nullptr);
  std::vector<const FileReader::Namespace*> around;
  size_t next = 0;
  for (NodeId node = 1; node < syntax_.nodes.size();) {
    while (!around.empty() && syntax_[around.back()->node].skip <= node) around.pop_back();
    const Kind kind = syntax_.kind(node);
    switch (kind) {
      case Kind::kNamespaceDefinition:
        while (next < file_.namespaces.size() && file_.namespaces[next].node < node) ++next;
        if (next < file_.namespaces.size() && file_.namespaces[next].node == node) {
          around.push_back(&file_.namespaces[next]);
        }
        ++node;
        break;
      case Kind::kDeclarationList:
      case Kind::kLinkageSpecification:
      case Kind::kTemplateDeclaration:
        ++node;
        break;
      case Kind::kDeclaration:
      case Kind::kExpressionStatement:
        frame.scope = around.empty() ? &kNowhere : &around.back()->path;
        scope_end_ = span(node).end;
        read_statement(node);
        frame.block = BlockId::kBody;
        node = syntax_[node].skip;
        break;
      default:
        // What broke may have been the inside of a function, so errors are skipped too.
        node = syntax_[node].skip;
        break;
    }
  }
  close(frame);
  frame_ = nullptr;
}

void Bodies::read_function(const Definition& definition) {
  Frame frame;
  open(frame, &definition);
  const Declarator declarator = file_.declarator(child(definition.node, Field::kDeclarator));
  const NodeId list = child(declarator.function, Field::kParameters);
  if (list != kNoNode) declare_parameters(list);
  const NodeId initialisers = child(definition.node, Kind::kFieldInitializerList);
  if (initialisers != kNoNode) read_initialisers(initialisers);
  const NodeId body = child(definition.node, Field::kBody);
  Function& function = file_.facts.functions[index(definition.function)];
  function.trivial = !syntax_.has_children(body) && initialisers == kNoNode;
  bool exits = false;
  if (syntax_.kind(body) == Kind::kTryStatement) {
    const NodeId inits = child(body, Kind::kFieldInitializerList);
    if (inits != kNoNode) read_initialisers(inits);
    exits = read_try(body).exits;
  } else {
    exits = read_statements(syntax_.children(body), span(body).end);
  }
  at(BlockId::kBody).exits = exits;
  close_scope(0, span(body).end);
  close(frame);
  frame_ = nullptr;
}

// `: name_(name), Base(config)`
void Bodies::read_initialisers(NodeId list) {
  for (NodeId one : syntax_.children(list)) {
    if (syntax_.kind(one) != Kind::kFieldInitializer) continue;
    const NodeId what = syntax_.first_child(one);
    if (what == kNoNode) continue;
    NodeId values = child(one, Kind::kArgumentList);
    if (values == kNoNode) values = child(one, Kind::kInitializerList);
    if (values == kNoNode) continue;
    const Path path = file_.names.path_of(what);
    const Variable* field = file_.names.find_field(owner(), path.text, nullptr);
    const bool is_base = field == nullptr && (path.qualified() || path.arguments != kNoNode || is_base_name(path.text));
    if (is_base) {
      const TypeId type = file_.names.named_type(file_.names.resolve_type(scope(), path));
      construct(type, what, values, span(one), {});
      continue;
    }
    Write shape;
    shape.at = span(one);
    const ExprId target = member_of_this(path.text, span(what));
    tree().exprs[index(target)].stored = true;
    const TypeId type = field == nullptr ? TypeId::kNone : field->type;
    const NodeId first = syntax_.first_child(values);
    const bool several = first != kNoNode && syntax_[first].skip != syntax_[values].skip;
    const Use kept{Fate::kKept, target, false};
    if (is_guard(type) || several) {
      shape.value = construct(type, what, values, span(one), kept);
    } else if (first != kNoNode) {
      shape.value = read(first, kept);
    } else {
      shape.op = WriteOp::kDeclare;
    }
    write(shape, target);
  }
}

bool Bodies::is_base_name(const std::string& name) const {
  const ClassNames* one = file_.names.find_class(owner());
  if (one == nullptr) return false;
  return std::any_of(one->bases.begin(), one->bases.end(),
                     [&](const std::string& base) { return last_of(base) == name; }) ||
         last_of(owner()) == name;
}

void Bodies::read_lambda_body(const Definition& definition) {
  Frame frame;
  Frame* const outside = frame_;
  const size_t locals = open_scope();
  open(frame, &definition);
  const NodeId declarator = child(definition.node, Field::kDeclarator);
  const NodeId list = child(declarator, Field::kParameters);
  if (list != kNoNode) {
    read_parameters(file_, list, definition.scope, file_.facts.functions[index(definition.function)].parameters);
    declare_parameters(list);
  }
  const NodeId body = child(definition.node, Field::kBody);
  Function& function = file_.facts.functions[index(definition.function)];
  if (outside != nullptr) function.block = outside->block;
  const NodeId trailing = child(declarator, Kind::kTrailingReturnType);
  if (trailing != kNoNode) {
    const TypeId type = file_.names.type_of(syntax_.first_child(trailing), kNoNode, definition.scope);
    if (type != TypeId::kNone) file_.facts.identities[index(definition.function)].returns = intern(type_name(type));
  }
  if (body != kNoNode) {
    function.trivial = !syntax_.has_children(body);
    const bool exits = read_statements(syntax_.children(body), span(body).end);
    at(BlockId::kBody).exits = exits;
  }
  close_scope(locals, span(definition.node).end);
  close(frame);
  frame_ = outside;
}

void Bodies::declare_parameters(NodeId list) {
  for (NodeId parameter : syntax_.children(list)) {
    const NodeId outer = child(parameter, Field::kDeclarator);
    const Declarator declarator = file_.declarator(outer);
    if (declarator.name == kNoNode) continue;
    const TypeId type = file_.names.type_of(child(parameter, Field::kType), outer, scope());
    declare(slice(declarator.name), span(declarator.name), type, Declared::Storage::kParameter);
  }
}

Local& Bodies::declare(std::string_view name, Span at, TypeId type, Declared::Storage storage) {
  const std::string function =
      file_.facts.text(file_.facts.identities[index(frame_->function)].symbol);  // strings move
  Local local;
  local.name = intern(name);
  local.symbol = intern(function + "#" + std::string(name) + "@" + std::to_string(at.begin));
  local.type = type;
  local.kept = storage == Declared::Storage::kProcess;

  Declared declared;
  declared.storage = storage;
  declared.symbol = local.symbol;
  declared.name = local.name;
  declared.type = type == TypeId::kNone || file_.names[type].guess ? 0 : intern(type_name(type));
  declared.function = frame_->function;
  declared.at = at;
  file_.facts.declared.push_back(declared);

  locals_by_name_[local.name].push_back(locals_.size());
  locals_.push_back(local);
  return locals_.back();
}

Local* Bodies::find_local(uint32_t name) {
  const auto found = locals_by_name_.find(name);
  return found == locals_by_name_.end() || found->second.empty() ? nullptr : &locals_[found->second.back()];
}

// Objects end in the reverse order of their declarations.
void Bodies::close_scope(size_t mark, uint32_t end) {
  while (locals_.size() > mark) {
    const Local local = locals_.back();
    locals_by_name_[local.name].pop_back();
    locals_.pop_back();
    if (!local.owned || local.gone) continue;
    const Span at{end - 1, end};
    unwind(name(file_.facts.text(local.name), at), local.type, at);
  }
}

// The destructor of an object runs.
void Bodies::unwind(ExprId object, TypeId type, Span at) {
  const std::string type_name = file_.names[type].name;
  const std::string destructor = "~" + std::string(last_of(type_name));
  Meaning& told = meaning(object);
  told.name = intern(join(type_name, destructor));
  told.type = intern(type_name);
  const Callable* known = file_.names.find_method(type_name, destructor, nullptr);
  if (known != nullptr && !known->defined.empty()) {
    told.symbol = file_.facts.identities[index(known->defined.front())].symbol;
  }
  call(CallKind::kUnwind, object, {Fate::kDropped, ExprId::kNone, false}, at);
}

// --- Building --------------------------------------------------------------------------------------------------------

ExprId Bodies::add(ExprKind kind, Span at, size_t mark, std::string_view text, uint8_t detail) {
  Expr expr;
  expr.kind = kind;
  expr.detail = detail;
  expr.text = intern(text);
  expr.first_child = static_cast<uint32_t>(tree().children.size());
  expr.child_count = static_cast<uint32_t>(pending_.size() - mark);
  expr.block = frame_->block;
  expr.at = at;
  tree().children.insert(tree().children.end(), pending_.begin() + static_cast<std::ptrdiff_t>(mark), pending_.end());
  pending_.resize(mark);
  tree().exprs.push_back(expr);
  frame_->types.push_back(TypeId::kNone);
  frame_->meanings.push_back(0);
  return ExprId{static_cast<uint32_t>(tree().exprs.size() - 1)};
}

ExprId Bodies::attribute(ExprId base, std::string_view text, Span at) {
  const size_t children = mark();
  push(base);
  return add(ExprKind::kAttribute, at, children, text);
}

ExprId Bodies::literal(Literal literal, Span at, std::string_view text) {
  return add(ExprKind::kLiteral, at, mark(), text, static_cast<uint8_t>(literal));
}

Meaning& Bodies::meaning(ExprId expr) {
  uint32_t& slot = frame_->meanings[index(expr)];
  if (slot == 0) {
    Meaning made;
    made.expr = expr;
    made.likely = true;
    frame_->body.meanings.push_back(made);
    slot = static_cast<uint32_t>(frame_->body.meanings.size());
  }
  return frame_->body.meanings[slot - 1];
}

// The type as it is spelt, for what follows; its name, for whoever reads the facts.
void Bodies::set_type(ExprId expr, TypeId type) {
  if (type == TypeId::kNone) return;
  frame_->types[index(expr)] = type;
  if (file_.names[type].guess) return;
  meaning(expr).type = intern(type_name(type));
}

TypeId Bodies::type_of(ExprId expr) const { return expr == ExprId::kNone ? TypeId::kNone : frame_->types[index(expr)]; }

std::string Bodies::type_name(TypeId type) const {
  type = file_.names.behind(type);
  return type == TypeId::kNone ? std::string() : file_.names[type].name;
}

void Bodies::call(CallKind kind, ExprId expr, Use use, Span at) {
  Call call;
  call.kind = kind;
  call.fate = use.fate;
  call.awaited = use.awaited;
  call.expr = expr;
  call.into = use.into;
  call.block = frame_->block;
  call.at = at;
  frame_->body.calls.push_back(call);
}

void Bodies::write(Write write, ExprId target) {
  write.target = target;
  write.block = frame_->block;
  tree().exprs[index(target)].stored = true;
  frame_->body.writes.push_back(write);
}

void Bodies::exit(ExitKind kind, ExprId value, Span at) {
  frame_->body.exits.push_back({kind, value, ExprId::kNone, frame_->block, at});
}

BlockId Bodies::enter(Block block) {
  block.parent = frame_->block;
  frame_->body.blocks.push_back(block);
  frame_->block = BlockId{static_cast<uint32_t>(frame_->body.blocks.size() - 1)};
  return frame_->block;
}

void read_bodies(FileReader& file) { Bodies(file).run(); }

}  // namespace stallint::cpp
