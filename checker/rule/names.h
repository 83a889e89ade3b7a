#pragma once
// How names are spelt in models and rules: labels, dotted names of libraries, globs, types, variables.
//
//     is_label("blocks.file.content")                 // lower case, digits, `-`; parts joined by dots
//     dotted_names(reader, node, "`call`")            // "requests.{get,post}" -> requests.get, requests.post

#include "checker/rule/reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

bool is_label(std::string_view text);
bool is_word(std::string_view text);      // one part of a label: ids, tags, contexts, facets
bool is_variable(std::string_view text);  // "$root"
bool is_identifier(std::string_view text);

// A dotted name in which `*` may stand for a whole part: "redis.Redis.*", "*.rglob". C++ names hold `::` as well.
bool is_dotted(std::string_view text);

// The texts of a node with their braces expanded.
std::vector<Text> expanded(Reader& reader, const YamlNode& node, std::string_view what);

// The same, and each is a dotted name.
std::vector<Text> dotted_names(Reader& reader, const YamlNode& node, std::string_view what);

// Globs: letters, digits, `_`, `.`, `*`, `?` and braces (which stay as they are).
std::vector<Text> globs(Reader& reader, const YamlNode& node, std::string_view what);

std::vector<Text> labels(Reader& reader, const YamlNode& node, std::string_view what);

// What is wrong with the type of a result ("iter[pathlib.Path]", "dict[str, redis.Redis]"), or "".
std::string wrong_type(std::string_view text);

}  // namespace stallint::rule
