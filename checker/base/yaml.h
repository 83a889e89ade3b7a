#pragma once
// YAML as a strict tree that knows where everything stands.
//
//     Result<YamlNode> tree = parse_yaml("rules/http/x.yaml", text);
//     if (!tree) return tree.problems();               // rules/http/x.yaml:4:7: the key `is` is already given in line
//     3 const YamlEntry* find = tree->find("find");      // find->line, find->column, find->value
//
// Only what a reader of the file sees is there: scalars are texts as written, nothing is turned into a number or a
// boolean
// (`quoted` says whether a scalar could be anything but text). What YAML allows and readers trip over is an error: keys
// given twice, keys that YAML 1.1 takes for booleans (`on:`), keys that are no scalars, tags, merge keys, a second
// document. Aliases are replaced by copies, up to a limit. Nothing is thrown.

#include "checker/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stallint {

struct YamlEntry;

struct YamlNode {
  enum class Kind : uint8_t { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  bool quoted = false;             // a scalar in quotes or a block (`|`, `>`): text, whatever it looks like
  std::string text;                // of a scalar
  std::vector<YamlNode> items;     // of a list
  std::vector<YamlEntry> entries;  // of a map, in the order of the file
  uint32_t line = 0;               // from 1; a value that is missing stands where its key does
  uint32_t column = 0;             // from 1, in bytes
  uint32_t text_line = 0;          // of a `|` block: the line of the file where its text begins; 0 for all others

  bool is_null() const { return kind == Kind::kNull; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_map() const { return kind == Kind::kMap; }

  // The entry of that key, or none; null if this is no map.
  const YamlEntry* find(std::string_view key) const;
};

struct YamlEntry {
  std::string key;
  uint32_t line = 0;  // of the key
  uint32_t column = 0;
  YamlNode value;
};

// All problems found are given; `file` is how they name the file. An empty file is a null node.
Result<YamlNode> parse_yaml(const std::string& file, std::string_view text);

// A tree as bytes, and back. The rules inside the binary are kept so: reading YAML takes ten times as long.
std::string pack(const YamlNode& tree);
YamlNode unpack(std::string_view packed);  // of bytes that pack() gave

// A scalar without quotes that YAML 1.1 reads as a boolean, whatever was meant: yes, no, on, off, true, false.
bool is_yaml_boolean(std::string_view text);

}  // namespace stallint
