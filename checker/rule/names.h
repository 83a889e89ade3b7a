#pragma once
// How names are spelt in models and rules: labels, dotted names of libraries, globs, types, variables.
//
//     is_label("blocks.file.content")                 // lower case, digits, `-`; parts joined by dots
//     library_names(reader, node, "`call`", kPython)  // "requests.{get,post}" -> requests.get, requests.post
//     library_names(reader, node, "`call`", kCpp)     // "::{open,close}" -> ::open, ::close

#include "checker/facts/facts.h"
#include "checker/rule/reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

bool is_label(std::string_view text);
bool is_word(std::string_view text);      // one part of a label: ids, tags, contexts, facets
bool is_variable(std::string_view text);  // "$root"
bool is_identifier(std::string_view text);

// A name of a library. Python: parts joined by dots, of which `*` may be one: "redis.Redis.*", "*.rglob". C++: parts
// joined by `::`, in which `*` stands for any characters: "std::mutex::lock", "::uv_fs_*", "std::jthread::~jthread",
// "*::on_request". A function of the global namespace begins with `::`; a class, and `int`, may stand alone.
bool is_library_name(std::string_view text, facts::Language language);

// The texts of a node with their braces expanded.
std::vector<Text> expanded(Reader& reader, const YamlNode& node, std::string_view what);

// The same, and each is a name of a library.
std::vector<Text> library_names(Reader& reader, const YamlNode& node, std::string_view what, facts::Language language);

// What is wrong with a text that is no name of a library: "`a b` is no dotted name such as ...; it holds a blank".
std::string wrong_library_name(std::string_view text, facts::Language language);

// Globs: letters, digits, `_`, `.`, `*`, `?` and braces (which stay as they are).
std::vector<Text> globs(Reader& reader, const YamlNode& node, std::string_view what);

std::vector<Text> labels(Reader& reader, const YamlNode& node, std::string_view what);

// What is wrong with the type of a result ("iter[pathlib.Path]", "dict[str, redis.Redis]"), or "".
std::string wrong_type(std::string_view text, facts::Language language);

}  // namespace stallint::rule
