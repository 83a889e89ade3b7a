#include "checker/cpp/bodies.h"
#include "checker/cpp/cpp.h"
#include "checker/cpp/file_reader.h"
#include "checker/cpp/respell.h"
#include "checker/cpp/syntax.h"

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
  facts.strings.shrink_to_fit();
  facts.functions.shrink_to_fit();
  facts.classes.shrink_to_fit();
  facts.outline.exprs.shrink_to_fit();
  facts.outline.children.shrink_to_fit();
  return facts;
}

void overlay(FileFacts&, const FileFacts&) {}

}  // namespace stallint::cpp
