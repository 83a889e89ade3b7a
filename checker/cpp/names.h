#pragma once
// What the names of one file stand for, as far as the file itself says so.
//
//     namespace shop {
//     using std::mutex;
//     class Store { void load(); mutex lock_; };
//     void Store::load() { lock_.lock(); }          // the type of lock_: "std::mutex"
//     }
//
// A scope is the canonical path of what stands around: "shop", "shop::Store", "shop::Store::load". Anonymous and inline
// namespaces are in no path. Names that the file does not define are taken as they are spelt; a type without any `::`
// is then one of a namespace that is used, or of the one around.

#include "checker/cpp/syntax.h"
#include "checker/facts/facts.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace stallint::cpp {

enum class TypeId : uint32_t { kNone = UINT32_MAX };

// A type as it is spelt.
struct Type {
  std::string name;               // canonical, "std::vector"; "int"
  std::vector<TypeId> arguments;  // of a template, as far as they are types
  bool pointer = false;           // or a reference: nothing ends with it
  bool builtin = false;
  bool guess = false;  // what is called may be a function, and not this type
};

// `a::b<int>::c<T>` in parts.
struct Path {
  std::string text;            // "a::b::c"
  bool absolute = false;       // `::a`
  NodeId arguments = kNoNode;  // of the last part, kTemplateArgumentList
  facts::Span last;            // the last part without its arguments
  bool qualified() const { return absolute || text.find("::") != std::string::npos; }
  std::string spelt() const { return absolute ? "::" + text : text; }
};

// A function that the file defines or declares. Overloads share one.
struct Callable {
  std::vector<facts::FunctionId> defined;
  TypeId returns = TypeId::kNone;
  std::vector<bool> changes;  // for each parameter, whether it is a reference or pointer to something not const
  bool is_static = false;
  bool is_virtual = false;
};

struct Variable {
  TypeId type = TypeId::kNone;
  uint32_t symbol = 0;  // StringId
  bool is_static = false;
};

struct ClassNames {
  facts::ClassId id = facts::ClassId::kNone;
  std::vector<std::string> bases;  // canonical
  std::unordered_map<std::string, Variable> fields;
  std::unordered_map<std::string, Callable> methods;
  bool virtual_destructor = false;
};

class Names {
 public:
  Names(std::string_view source, const Syntax& syntax) : source_(source), syntax_(syntax) {}

  // --- What the file says ---------------------------------------------------------------------------------------

  void add_namespace(std::string_view path);
  ClassNames& add_class(const std::string& path) { return classes_[path]; }
  void add_alias(const std::string& path, NodeId type, NodeId declarator, std::string_view scope);
  void add_using(std::string_view scope, std::string_view name, std::string target);  // a name for another one
  void add_directive(std::string_view scope, std::string_view target);                // using namespace
  Callable& add_function(const std::string& path) { return functions_[path]; }
  Variable& add_variable(const std::string& path) { return variables_[path]; }

  // --- Questions ------------------------------------------------------------------------------------------------

  Path path_of(NodeId node) const;

  // The canonical name of a path, seen from a scope, if the file says what its first part is; else as it is spelt.
  std::string resolve(std::string_view scope, const Path& path);

  // The same while names are still being found: nothing is remembered.
  std::string resolve_now(std::string_view scope, const Path& path) const;

  // The same for a type: names that nobody explains belong to a namespace in use, or to the one around.
  std::string resolve_type(std::string_view scope, const Path& path);

  // Where a class of that name would be that the file does not explain.
  std::string placed(std::string_view scope, const std::string& path) const;

  TypeId type_of(NodeId type, NodeId declarator, std::string_view scope);
  TypeId named_type(std::string name);
  TypeId guessed(TypeId type);

  const Type& operator[](TypeId type) const { return types_[static_cast<uint32_t>(type)]; }

  // What stands behind smart pointers and optionals.
  TypeId behind(TypeId type) const;
  // What `->` and `*` lead to.
  TypeId pointee(TypeId type);
  // What a container holds, `n` of its arguments.
  TypeId element(TypeId type, size_t n) const;

  const ClassNames* find_class(const std::string& path) const;
  // Whether the class and all its bases stand in this file.
  bool is_whole(const std::string& path) const;
  bool is_namespace(const std::string& path) const { return namespaces_.contains(path); }

  // Members of a class or of its bases, as far as they stand in this file. `owner` becomes the path of the class.
  const Variable* find_field(const std::string& owner, const std::string& name, std::string* found_in) const;
  const Callable* find_method(const std::string& owner, const std::string& name, std::string* found_in) const;

  // Functions and variables of namespaces, looked up from a scope outwards. `path` becomes the canonical one.
  const Callable* find_function(std::string_view scope, const Path& name, std::string* path);
  const Variable* find_variable(std::string_view scope, const Path& name, std::string* path);

 private:
  struct Alias {
    NodeId type = kNoNode;
    NodeId declarator = kNoNode;
    std::string scope;
    TypeId resolved = TypeId::kNone;
    bool open = false;  // being resolved
  };

  std::string_view slice(NodeId node) const {
    return source_.substr(syntax_[node].begin, syntax_[node].end - syntax_[node].begin);
  }
  bool expand(std::string_view prefix, std::string_view first, std::string& target) const;
  std::string lookup(std::string_view scope, const Path& path, bool& known) const;
  const std::pair<std::string, bool>& remember(std::string_view scope, const Path& path);
  TypeId type_at(NodeId node, std::string_view scope, int depth);
  TypeId add(Type type);
  TypeId through_alias(const std::string& path);

  template <typename Map>
  const typename Map::mapped_type* find_in(const Map& map, std::string_view scope, const Path& name, std::string* path);

  std::string_view source_;
  const Syntax& syntax_;
  std::vector<Type> types_;
  std::unordered_set<std::string> namespaces_;
  std::unordered_map<std::string, ClassNames> classes_;
  std::unordered_map<std::string, Callable> functions_;
  std::unordered_map<std::string, Variable> variables_;
  std::unordered_map<std::string, Alias> aliases_;
  std::unordered_map<std::string, std::string> usings_;
  std::unordered_map<std::string, std::vector<std::string>> directives_;
  std::unordered_map<std::string, std::pair<std::string, bool>> looked_up_;
};

// "a::b" and "c" to "a::b::c".
std::string join(std::string_view scope, std::string_view name);
// "a::b::c" to "a::b".
std::string_view parent_of(std::string_view path);
// "a::b::c" to "c".
std::string_view last_of(std::string_view path);

}  // namespace stallint::cpp
