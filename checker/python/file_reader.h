#pragma once
// What the readers of one file share: its text and syntax, the facts under construction, and the number that each
// function and class has got.

#include "checker/facts/facts.h"
#include "checker/python/syntax.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::python {

// A place of the syntax that begins a function of its own.
struct Definition {
  NodeId node = kNoNode;                                  // function_definition, class_definition or lambda
  NodeId decorated = kNoNode;                             // the decorated_definition around it, if any
  facts::FunctionId function = facts::FunctionId::kNone;  // for a class: its body
  facts::ClassId owner = facts::ClassId::kNone;           // for a class: itself
};

// Text and its tree. A quoted annotation is a source of its own, which lies `offset` bytes into the file.
struct Source {
  std::string_view text;
  const Syntax* syntax = nullptr;
  uint32_t offset = 0;
  bool is_file = true;

  facts::Span span(NodeId node) const {
    const Node& at = (*syntax)[node];
    return {at.begin + offset, at.end + offset};
  }
  std::string_view slice(uint32_t begin, uint32_t end) const { return text.substr(begin, end - begin); }
  std::string_view slice(NodeId node) const { return slice((*syntax)[node].begin, (*syntax)[node].end); }
};

class FileReader {
 public:
  FileReader(std::string_view text, const Syntax& syntax, facts::FileFacts& facts)
      : source{text, &syntax, 0, true}, syntax(syntax), facts(facts), strings(facts.strings) {}

  // The definition at a node, which must be one that begins a function.
  const Definition& definition(NodeId node) const;

  // A quoted annotation that holds a quoted annotation is as deep as people go.
  static constexpr int kMaxQuotes = 3;

  void note(facts::Span at, std::string_view message) { facts.notes.push_back({at, std::string(message)}); }

  const Source source;
  const Syntax& syntax;
  facts::FileFacts& facts;
  facts::Strings strings;
  std::vector<Definition> definitions;  // in source order; the module is not one
};

// Numbers the functions and classes of the file and says how they nest. (outline.cc)
void find_definitions(FileReader& file);

// Names, parameters, decorators, bases and annotations of all of them. Needs find_definitions.
void read_outline(FileReader& file);

// All bodies. Needs find_definitions; completes `block` of functions and classes.
void read_bodies(FileReader& file);

// `# stallint: ignore[...]`. Needs the outline.
void read_ignores(FileReader& file);

// Notes for what the parser did not understand.
void read_errors(FileReader& file);

}  // namespace stallint::python
