#include "checker/cpp/bodies.h"
#include "checker/cpp/cpp.h"
#include "checker/cpp/file_reader.h"
#include "checker/cpp/respell.h"
#include "checker/cpp/syntax.h"
#include "checker/facts/ignores.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

namespace stallint::cpp {

using namespace facts;  // NOLINT: this room speaks of little else

namespace {

std::vector<uint32_t> find_lines(std::string_view text) {
  std::vector<uint32_t> starts;
  starts.reserve(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  starts.push_back(0);
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts.push_back(static_cast<uint32_t>(at + 1));
  }
  return starts;
}

void read_ignores(FileReader& file) {
  Comments comments;
  comments.at = file.spelling.comments;
  comments.leads = {"//", "/*"};
  comments.has_code = [&file](Span line) {
    const std::string_view code = std::string_view(file.spelling.text).substr(line.begin, line.end - line.begin);
    return code.find_first_not_of(" \t\r\n\f\v") != std::string_view::npos;
  };
  facts::read_ignores(file.text, comments, file.facts, file.strings);
}

// What breaks for the sake of a macro is no loss; that much of a file was not understood, is.
void note_losses(FileReader& file) {
  constexpr size_t kMuch = 10;  // one part in so many
  constexpr size_t kFew = 300;  // bytes
  const uint32_t size = static_cast<uint32_t>(file.text.size());
  if (!file.syntax.complete) {
    file.note({0, size}, "this is too intricate to parse, so nothing of it was read");
    return;
  }
  if (file.spelling.too_deep.end > 0)
    file.note(file.spelling.too_deep, "nested too deeply: what is inside was not read");
  const Syntax& syntax = file.syntax;
  size_t lost = 0;
  NodeId first = kNoNode;
  for (NodeId node = 0; node < syntax.nodes.size(); ++node) {
    if (syntax.kind(node) != Kind::kError) continue;
    // What stands in an error was read if it is whole: a function, a declaration, a statement.
    size_t inside = 0;
    for (NodeId child : syntax.children(node)) {
      const Kind kind = syntax.kind(child);
      const bool whole = is_statement(kind) || is_class(kind) || kind == Kind::kFunctionDefinition ||
                         kind == Kind::kNamespaceDefinition || kind == Kind::kFieldDeclaration || kind == Kind::kError;
      if (whole) inside += syntax[child].end - syntax[child].begin;
    }
    lost += syntax[node].end - syntax[node].begin - inside;
    if (first == kNoNode) first = node;
  }
  if (lost < kFew || lost * kMuch < size) return;
  file.note(file.span(first), "much of this does not parse as C++, and was read in part only");
}

}  // namespace

FileFacts read(std::string_view text) {
  FileFacts facts;
  facts.language = Language::kCpp;
  const Spelling spelling = respell(text);
  const Syntax syntax = parse(spelling.text);
  FileReader file(text, spelling, syntax, facts);
  file.mark = fmt::format("spelt@{:016x}:", XXH3_64bits(text.data(), text.size()));
  facts.line_starts = find_lines(text);
  read_outline(file);
  read_bodies(file);
  read_ignores(file);
  note_losses(file);
  facts.strings.shrink_to_fit();
  facts.functions.shrink_to_fit();
  facts.classes.shrink_to_fit();
  facts.outline.exprs.shrink_to_fit();
  facts.outline.children.shrink_to_fit();
  return facts;
}

}  // namespace stallint::cpp
