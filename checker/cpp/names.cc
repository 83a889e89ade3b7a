#include "checker/cpp/names.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace stallint::cpp {

namespace {

// Nobody nests deeper; a text made by a program may.
constexpr int kMaxScopes = 64;
constexpr int kMaxTypeDepth = 32;
constexpr size_t kMaxBases = 16;
constexpr size_t kMaxDirectives = 16;
constexpr size_t kMaxPath = 1000;

std::string without_blanks(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) result += c;
  }
  return result;
}

bool has_upper(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string_view head_of(std::string_view path) { return path.substr(0, path.find("::")); }

bool ends_with_pointer(std::string_view name) { return name.ends_with("_ptr") || name.ends_with("Ptr"); }

// Types through which `->` leads to the first of their arguments.
bool is_wrapper(std::string_view name) {
  const std::string_view last = last_of(name);
  return ends_with_pointer(last) || last == "optional" || last == "reference_wrapper";
}

}  // namespace

std::string join(std::string_view scope, std::string_view name) {
  if (scope.empty()) return std::string(name);
  std::string path(scope);
  path += "::";
  path += name;
  return path;
}

std::string_view parent_of(std::string_view path) {
  const size_t cut = path.rfind("::");
  return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

std::string_view last_of(std::string_view path) {
  const size_t cut = path.rfind("::");
  return cut == std::string_view::npos ? path : path.substr(cut + 2);
}

// --- What the file says ----------------------------------------------------------------------------------------------

void Names::add_namespace(std::string_view path) {
  for (int n = 0; !path.empty() && n < kMaxScopes; ++n) {
    if (!namespaces_.insert(std::string(path)).second) return;
    path = parent_of(path);
  }
}

void Names::add_alias(const std::string& path, NodeId type, NodeId declarator, std::string_view scope) {
  aliases_.try_emplace(path, Alias{type, declarator, std::string(scope), TypeId::kNone, false});
}

void Names::add_using(std::string_view scope, std::string_view name, std::string target) {
  const std::string path = join(scope, name);
  if (path != target) usings_.insert_or_assign(path, std::move(target));
}

void Names::add_directive(std::string_view scope, std::string_view target) {
  std::vector<std::string>& list = directives_[std::string(scope)];
  if (list.size() < kMaxDirectives) list.emplace_back(target);
}

// --- Paths -----------------------------------------------------------------------------------------------------------

Path Names::path_of(NodeId node) const {
  Path path;
  const auto append = [&](std::string_view part) {
    if (!path.text.empty()) path.text += "::";
    path.text += part;
  };
  bool first = true;
  while (node != kNoNode) {
    const Kind kind = syntax_.kind(node);
    if (kind == Kind::kQualifiedIdentifier) {
      const NodeId scope = syntax_.child(node, Field::kScope);
      if (scope == kNoNode) {
        path.absolute = path.absolute || first;
      } else {
        const NodeId name = syntax_.child(scope, Field::kName);
        append(without_blanks(slice(syntax_.kind(scope) == Kind::kTemplateType && name != kNoNode ? name : scope)));
      }
      node = syntax_.child(node, Field::kName);
    } else if (kind == Kind::kTemplateFunction || kind == Kind::kTemplateMethod || kind == Kind::kTemplateType) {
      path.arguments = syntax_.child(node, Field::kArguments);
      node = syntax_.child(node, Field::kName);
    } else if (kind == Kind::kDependentName || kind == Kind::kDependentType) {
      node = syntax_.first_child(node);
    } else if (is_class(kind) || kind == Kind::kEnumSpecifier) {
      node = syntax_.child(node, Field::kName);
    } else {
      append(without_blanks(slice(node)));
      path.last = {syntax_[node].begin, syntax_[node].end};
      break;
    }
    first = false;
    if (path.text.size() > kMaxPath) break;
  }
  return path;
}

// What `first` is among the names of one scope.
bool Names::expand(std::string_view prefix, std::string_view first, std::string& target) const {
  const std::string path = join(prefix, first);
  const auto used = usings_.find(path);
  if (used != usings_.end()) {
    target = used->second;
    return true;
  }
  if (!namespaces_.contains(path) && !classes_.contains(path) && !aliases_.contains(path)) return false;
  target = path;
  return true;
}

std::string Names::lookup(std::string_view scope, const Path& path, bool& known) const {
  known = true;
  if (path.absolute) return path.text;
  const size_t cut = path.text.find("::");
  const std::string first = path.text.substr(0, cut);
  const std::string rest = cut == std::string::npos ? std::string() : path.text.substr(cut + 2);
  std::string target;
  known = false;
  for (int n = 0; n < kMaxScopes && !known; ++n) {
    known = expand(scope, first, target);
    const auto directives = directives_.find(std::string(scope));
    if (!known && directives != directives_.end()) {
      for (const std::string& used : directives->second) {
        known = expand(used, first, target);
        if (known) break;
      }
    }
    if (scope.empty()) break;
    scope = parent_of(scope);
  }
  if (!known) return path.text;
  return rest.empty() ? target : join(target, rest);
}

const std::pair<std::string, bool>& Names::remember(std::string_view scope, const Path& path) {
  std::string key(scope);
  key += path.absolute ? " ::" : " ";
  key += path.text;
  const auto [at, is_new] = looked_up_.try_emplace(std::move(key));
  if (is_new) at->second.first = lookup(scope, path, at->second.second);
  return at->second;
}

// `Store::open` is of a class; `Json::Value` may be anything of anything.
std::string Names::resolve(std::string_view scope, const Path& path) {
  const auto& [result, known] = remember(scope, path);
  const bool member = has_upper(head_of(result)) && !has_upper(last_of(result).substr(0, 1));
  return !known && path.qualified() && member ? placed(scope, result) : result;
}

std::string Names::resolve_now(std::string_view scope, const Path& path) const {
  bool known = false;
  return lookup(scope, path, known);
}

std::string Names::resolve_type(std::string_view scope, const Path& path) {
  const auto& [result, known] = remember(scope, path);
  return known || path.qualified() ? result : placed(scope, result);
}

// A class that nobody explains belongs to a namespace that is used, or to the one around. The standard library spells
// its names in lower case, so of several namespaces in use it has those.
std::string Names::placed(std::string_view scope, const std::string& path) const {
  const std::string_view head = head_of(path);
  if (head.size() < 2 || head.ends_with("_t")) return path;
  std::string_view around;
  std::string best;
  bool own = false;  // the best is a namespace to which the file adds something
  for (int n = 0; n < kMaxScopes; ++n) {
    if (around.empty() && namespaces_.contains(std::string(scope))) around = scope;
    const auto directives = directives_.find(std::string(scope));
    if (directives != directives_.end()) {
      for (const std::string& used : directives->second) {
        if (last_of(used).ends_with("literals") || used == "std::placeholders") continue;
        if ((used == "std") == has_upper(head) || (own && !namespaces_.contains(used))) continue;
        best = used;
        own = namespaces_.contains(used);
      }
    }
    if (scope.empty()) break;
    scope = parent_of(scope);
  }
  return join(best.empty() ? around : std::string_view(best), path);
}

// --- Types -----------------------------------------------------------------------------------------------------------

TypeId Names::add(Type type) {
  types_.push_back(std::move(type));
  return TypeId{static_cast<uint32_t>(types_.size() - 1)};
}

TypeId Names::named_type(std::string name) {
  Type type;
  type.name = std::move(name);
  return add(std::move(type));
}

TypeId Names::guessed(TypeId type) {
  if (type == TypeId::kNone) return type;
  Type guess = (*this)[type];
  guess.guess = true;
  return add(std::move(guess));
}

TypeId Names::type_of(NodeId type, NodeId declarator, std::string_view scope) {
  if (type == kNoNode) return TypeId::kNone;
  const TypeId result = type_at(type, scope, 0);
  if (result == TypeId::kNone || declarator == kNoNode) return result;
  for (int n = 0; declarator != kNoNode && n < kMaxTypeDepth; ++n) {
    switch (syntax_.kind(declarator)) {
      case Kind::kPointerDeclarator:
      case Kind::kReferenceDeclarator:
      case Kind::kPointerTypeDeclarator:
      case Kind::kAbstractPointerDeclarator:
      case Kind::kAbstractReferenceDeclarator: {
        Type pointer = (*this)[result];
        pointer.pointer = true;
        return add(std::move(pointer));
      }
      case Kind::kInitDeclarator:
      case Kind::kAttributedDeclarator:
      case Kind::kParenthesizedDeclarator:
      case Kind::kArrayDeclarator:
        declarator = syntax_.child(declarator, Field::kDeclarator);
        break;
      default:
        return result;
    }
  }
  return result;
}

TypeId Names::type_at(NodeId node, std::string_view scope, int depth) {
  if (node == kNoNode || depth > kMaxTypeDepth) return TypeId::kNone;
  Type type;
  switch (syntax_.kind(node)) {
    case Kind::kPrimitiveType:
    case Kind::kSizedTypeSpecifier:
      type.name = slice(node);
      type.builtin = true;
      return add(std::move(type));
    case Kind::kTypeDescriptor: {
      const TypeId inner = type_at(syntax_.child(node, Field::kType), scope, depth + 1);
      if (inner == TypeId::kNone || syntax_.child(node, Field::kDeclarator) == kNoNode) return inner;
      type = (*this)[inner];
      type.pointer = syntax_.kind(syntax_.child(node, Field::kDeclarator)) == Kind::kAbstractPointerDeclarator;
      return add(std::move(type));
    }
    case Kind::kDependentType:
      return type_at(syntax_.first_child(node), scope, depth + 1);
    case Kind::kClassSpecifier:
    case Kind::kStructSpecifier:
    case Kind::kUnionSpecifier:
    case Kind::kEnumSpecifier: {
      const NodeId name = syntax_.child(node, Field::kName);
      if (name == kNoNode) return TypeId::kNone;
      type.builtin = syntax_.kind(node) == Kind::kEnumSpecifier;
      type.name = resolve_type(scope, path_of(name));
      return add(std::move(type));
    }
    case Kind::kTypeIdentifier:
    case Kind::kIdentifier:
    case Kind::kQualifiedIdentifier:
    case Kind::kTemplateType:
    case Kind::kTemplateFunction:
      break;
    default:
      return TypeId::kNone;
  }
  const Path path = path_of(node);
  if (path.text.empty()) return TypeId::kNone;
  type.name = resolve_type(scope, path);
  const TypeId alias = through_alias(type.name);
  if (alias != TypeId::kNone) return alias;
  if (path.arguments != kNoNode) {
    for (NodeId argument : syntax_.children(path.arguments)) {
      const TypeId one = type_at(argument, scope, depth + 1);
      if (one != TypeId::kNone) type.arguments.push_back(one);
    }
  }
  return add(std::move(type));
}

TypeId Names::through_alias(const std::string& path) {
  const auto found = aliases_.find(path);
  if (found == aliases_.end() || found->second.open) return TypeId::kNone;
  Alias& alias = found->second;
  if (alias.resolved == TypeId::kNone) {
    alias.open = true;
    alias.resolved = type_of(alias.type, alias.declarator, alias.scope);
    alias.open = false;
  }
  return alias.resolved;
}

TypeId Names::behind(TypeId type) const {
  for (int n = 0; type != TypeId::kNone && n < kMaxTypeDepth; ++n) {
    const Type& outer = (*this)[type];
    if (outer.arguments.empty() || !is_wrapper(outer.name)) break;
    type = outer.arguments.front();
  }
  return type;
}

// `HttpRequestPtr` that nobody explains is a pointer to HttpRequest.
TypeId Names::pointee(TypeId type) {
  if (type == TypeId::kNone) return type;
  const Type& outer = (*this)[type];
  if (!outer.arguments.empty() && (!outer.pointer || is_wrapper(outer.name))) return behind(outer.arguments.front());
  if (ends_with_pointer(outer.name) && outer.arguments.empty() && last_of(outer.name).size() > 4) {
    std::string name = outer.name;
    name.resize(name.size() - (name.ends_with("_ptr") ? 4 : 3));
    return named_type(std::move(name));
  }
  return type;
}

TypeId Names::element(TypeId type, size_t n) const {
  type = behind(type);
  if (type == TypeId::kNone) return type;
  const std::vector<TypeId>& arguments = (*this)[type].arguments;
  return n < arguments.size() ? arguments[n] : TypeId::kNone;
}

// --- Members and functions -------------------------------------------------------------------------------------------

const ClassNames* Names::find_class(const std::string& path) const {
  const auto found = classes_.find(path);
  return found == classes_.end() ? nullptr : &found->second;
}

bool Names::is_whole(const std::string& path) const {
  std::vector<std::string> queue{path};
  for (size_t n = 0; n < queue.size() && n < kMaxBases; ++n) {
    const ClassNames* one = find_class(queue[n]);
    if (one == nullptr || one->id == facts::ClassId::kNone) return false;
    queue.insert(queue.end(), one->bases.begin(), one->bases.end());
  }
  return queue.size() < kMaxBases;
}

namespace {

// Walks a class and its bases, nearest first, and asks each.
template <typename Ask>
auto ask_bases(const Names& names, const std::string& owner, std::string* found_in, const Ask& ask)
    -> decltype(ask(std::declval<const ClassNames&>())) {
  std::vector<std::string> queue{owner};
  for (size_t n = 0; n < queue.size() && n < kMaxBases; ++n) {
    const ClassNames* one = names.find_class(queue[n]);
    if (one == nullptr) continue;
    if (const auto found = ask(*one)) {
      if (found_in != nullptr) *found_in = queue[n];
      return found;
    }
    queue.insert(queue.end(), one->bases.begin(), one->bases.end());
  }
  return nullptr;
}

}  // namespace

const Variable* Names::find_field(const std::string& owner, const std::string& name, std::string* found_in) const {
  return ask_bases(*this, owner, found_in, [&](const ClassNames& one) -> const Variable* {
    const auto found = one.fields.find(name);
    return found == one.fields.end() ? nullptr : &found->second;
  });
}

const Callable* Names::find_method(const std::string& owner, const std::string& name, std::string* found_in) const {
  return ask_bases(*this, owner, found_in, [&](const ClassNames& one) -> const Callable* {
    const auto found = one.methods.find(name);
    return found == one.methods.end() ? nullptr : &found->second;
  });
}

template <typename Map>
const typename Map::mapped_type* Names::find_in(const Map& map, std::string_view scope, const Path& name,
                                                std::string* path) {
  const auto look = [&](std::string candidate) -> const typename Map::mapped_type* {
    const auto found = map.find(candidate);
    if (found == map.end()) return nullptr;
    if (path != nullptr) *path = std::move(candidate);
    return &found->second;
  };
  if (name.absolute) return look(name.text);
  if (name.qualified()) {
    if (const auto* found = look(resolve(scope, name))) return found;
  }
  for (int n = 0; n < kMaxScopes; ++n) {
    if (const auto* found = look(join(scope, name.text))) return found;
    const auto directives = directives_.find(std::string(scope));
    if (directives != directives_.end()) {
      for (const std::string& used : directives->second) {
        if (const auto* found = look(join(used, name.text))) return found;
      }
    }
    if (scope.empty()) break;
    scope = parent_of(scope);
  }
  return nullptr;
}

const Callable* Names::find_function(std::string_view scope, const Path& name, std::string* path) {
  return find_in(functions_, scope, name, path);
}

const Variable* Names::find_variable(std::string_view scope, const Path& name, std::string* path) {
  return find_in(variables_, scope, name, path);
}

}  // namespace stallint::cpp
