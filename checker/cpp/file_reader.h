#pragma once
// What the readers of one file share: its text and syntax, its names, the facts under construction, and the number that
// each function and class has got.

#include "checker/cpp/names.h"
#include "checker/cpp/respell.h"
#include "checker/cpp/syntax.h"
#include "checker/facts/facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::cpp {

// A place of the syntax that begins a function of its own.
struct Definition {
  NodeId node = kNoNode;  // function_definition or lambda_expression
  facts::FunctionId function = facts::FunctionId::kNone;
  std::string scope;  // its canonical path, from which names in it are looked up
  std::string owner;  // path of the class whose member it is, or empty
};

// A declarator in parts: `*Store::load(int key) const` declares a function.
struct Declarator {
  NodeId name = kNoNode;
  NodeId function = kNoNode;  // kFunctionDeclarator, if it is one
  bool pointer = false;       // `*x`, `&x`, `(*x)(int)`
};

struct FileReader {
  FileReader(std::string_view text, const Spelling& spelling, const Syntax& syntax, facts::FileFacts& facts)
      : text(text), spelling(spelling), syntax(syntax), facts(facts), strings(facts.strings), names(text, syntax) {}

  facts::Span span(NodeId node) const { return {syntax[node].begin, syntax[node].end}; }
  std::string_view slice(facts::Span at) const { return text.substr(at.begin, at.end - at.begin); }
  std::string_view slice(NodeId node) const { return slice(span(node)); }

  // The definition at a node, or null.
  const Definition* definition(NodeId node) const;

  Declarator declarator(NodeId node) const;

  // Whether a declaration has that specifier: "static", "const".
  bool has_specifier(NodeId declaration, std::string_view word) const;

  // The symbol of something outside of functions. What only this file can see carries its mark.
  uint32_t symbol(std::string_view path, bool internal);

  void note(facts::Span at, std::string_view message) { facts.notes.push_back({at, std::string(message)}); }

  struct Namespace {
    NodeId node = kNoNode;
    std::string path;
  };

  std::string_view text;
  const Spelling& spelling;
  const Syntax& syntax;
  facts::FileFacts& facts;
  facts::Strings strings;
  Names names;
  std::string mark;                     // tells this file from others
  std::vector<Namespace> namespaces;    // in source order
  std::vector<Definition> definitions;  // in source order; the module is not one
};

// Finds namespaces, classes, functions, variables and what `using` says; numbers functions and classes. (outline.cc)
void read_outline(FileReader& file);

// The parameters of a function, whose types are looked up from `scope`. (outline.cc)
void read_parameters(FileReader& file, NodeId list, std::string_view scope, std::vector<facts::Parameter>& parameters);

// All bodies. (bodies.cc)
void read_bodies(FileReader& file);

}  // namespace stallint::cpp
