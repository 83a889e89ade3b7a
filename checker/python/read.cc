#include "checker/python/file_reader.h"
#include "checker/python/python.h"
#include "checker/python/respell.h"
#include "checker/python/statements.h"
#include "checker/python/syntax.h"

#include <algorithm>
#include <string>
#include <utility>

namespace stallint::python {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

constexpr size_t kMaxNotes = 20;
constexpr std::string_view kBroken = "this does not parse as Python and was read in part only";

std::vector<uint32_t> find_lines(std::string_view text) {
  std::vector<uint32_t> starts;
  starts.reserve(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  starts.push_back(0);
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts.push_back(static_cast<uint32_t>(at + 1));
  }
  return starts;
}

template <typename T>
void sort_by_end(std::vector<T>& events) {
  std::stable_sort(events.begin(), events.end(), [](const T& a, const T& b) { return a.at.end < b.at.end; });
}

template <typename T>
void sort_by_begin(std::vector<T>& events) {
  std::stable_sort(events.begin(), events.end(), [](const T& a, const T& b) { return a.at.begin < b.at.begin; });
}

void clear(Body& body) {
  body.tree.exprs.clear();
  body.tree.children.clear();
  body.blocks.clear();
  body.calls.clear();
  body.writes.clear();
  body.exits.clear();
  body.imports.clear();
  body.globals.clear();
  body.nonlocals.clear();
}

// A body that does nothing: a docstring, `pass`, `...`, `raise NotImplementedError`.
bool is_trivial(const FileReader& file, NodeId block) {
  const Syntax& syntax = file.syntax;
  for (NodeId statement : syntax.children(block)) {
    const NodeId inner = syntax.first_child(statement);
    switch (syntax.kind(statement)) {
      case Kind::kPassStatement:
        break;
      case Kind::kExpressionStatement:
        if (inner == kNoNode || syntax[inner].skip != syntax[statement].skip) return false;
        if (syntax.kind(inner) != Kind::kEllipsis && syntax.kind(inner) != Kind::kString) return false;
        if (syntax.child(inner, Kind::kInterpolation) != kNoNode) return false;
        break;
      case Kind::kRaiseStatement: {
        const NodeId raised = inner != kNoNode && syntax.kind(inner) == Kind::kCall ? syntax.first_child(inner) : inner;
        if (raised == kNoNode || file.source.slice(raised) != "NotImplementedError") return false;
        break;
      }
      default:
        return false;
    }
  }
  return true;
}

// Neighbours become one note, and beyond kMaxNotes they are only counted.
void settle_notes(FileFacts& facts) {
  std::vector<Note>& notes = facts.notes;
  std::stable_sort(notes.begin(), notes.end(), [](const Note& a, const Note& b) { return a.at.begin < b.at.begin; });
  std::vector<Note> merged;
  size_t beyond = 0;
  for (Note& note : notes) {
    const bool near = !merged.empty() && merged.back().message == note.message &&
                      locate(facts, note.at.begin).line <= locate(facts, merged.back().at.end).line + 1;
    if (near) {
      merged.back().at.end = std::max(merged.back().at.end, note.at.end);
    } else if (merged.size() < kMaxNotes) {
      merged.push_back(std::move(note));
    } else {
      ++beyond;
    }
  }
  if (beyond > 0) merged.push_back({merged.back().at, "and " + std::to_string(beyond) + " more places like these"});
  notes = std::move(merged);
  notes.shrink_to_fit();
}

}  // namespace

void read_bodies(FileReader& file) {
  FileFacts& facts = file.facts;
  facts.bodies.resize(facts.functions.size());
  Body scratch;
  const auto read_one = [&](FunctionId id, NodeId definition, NodeId block) {
    clear(scratch);
    scratch.present = true;
    Function& function = facts.functions[index(id)];
    Statements statements(file, id, scratch);
    if (function.kind == FunctionKind::kLambda) {
      if (block != kNoNode) statements.read_lambda(block);
    } else {
      statements.read_body(definition, block);
      function.trivial = block != kNoNode && is_trivial(file, block);
    }
    sort_by_end(scratch.calls);
    sort_by_end(scratch.writes);
    sort_by_begin(scratch.exits);
    sort_by_begin(scratch.imports);
    for (const Exit& exit : scratch.exits) {
      function.generator |= exit.kind == ExitKind::kYield || exit.kind == ExitKind::kYieldFrom;
    }
    facts.bodies[index(id)] = Body(std::as_const(scratch));  // a copy has no spare room
  };
  read_one(FunctionId::kModule, kNoNode, 0);
  for (const Definition& definition : file.definitions) {
    read_one(definition.function, definition.node, file.syntax.child(definition.node, Field::kBody));
  }
}

void read_errors(FileReader& file) {
  const Syntax& syntax = file.syntax;
  const uint32_t size = static_cast<uint32_t>(file.source.text.size());
  if (!syntax.complete) file.note({0, size}, "this is too intricate to parse, so nothing of it was read");
  if (syntax.read_to < size) file.note({syntax.read_to, size}, "indented too deeply: from here on nothing was read");
  for (NodeId error : syntax.errors) file.note(file.source.span(error), kBroken);
  for (const Span& gap : syntax.gaps) file.note(gap, kBroken);
}

FileFacts read(std::string_view text) {
  FileFacts facts;
  const std::string copy = without_lone_returns(text);
  if (!copy.empty()) text = copy;
  const Syntax syntax = parse(text);
  FileReader file(text, syntax, facts);
  facts.line_starts = find_lines(text);
  find_definitions(file);
  read_outline(file);
  read_bodies(file);
  read_ignores(file);
  read_errors(file);
  settle_notes(facts);
  facts.strings.shrink_to_fit();
  facts.functions.shrink_to_fit();
  facts.classes.shrink_to_fit();
  facts.outline.exprs.shrink_to_fit();
  facts.outline.children.shrink_to_fit();
  return facts;
}

}  // namespace stallint::python
