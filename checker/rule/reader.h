#pragma once
// Reading values out of a YAML tree, strictly: a value that is not what was expected becomes a problem at its place,
// and reading goes on with the next one, so that one run tells everything.
//
//     Reader reader("rules/http/x.yaml", ledger);
//     reader.only_keys(node, kKeys, "a rule");                 // x.yaml:3:1: unknown key `severty` of a rule, did you
//     ... rule.enabled = reader.flag(entry.value, "`enabled`").value_or(true);
//
// The ledger is what all files share: problems, and the names that can be judged only when every file has been read.

#include "checker/base/result.h"
#include "checker/base/yaml.h"
#include "checker/rule/keys.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stallint::rule {

// A name somewhere, to be looked up once all files are read.
struct Use {
  std::string name;
  Place place;
};

struct Ledger {
  std::vector<Problem> problems;
  std::set<std::string> facets;        // names of all facets; known before the first pattern is read
  std::map<std::string, Place> given;  // labels that models give, and the first place where one does
  std::vector<Use> labels;             // labels that patterns and flow speak of
  std::vector<Use> facet_targets;      // `of:` of facets: a label, or a dotted name
  std::vector<Use> contexts;           // contexts that patterns speak of
  std::vector<Use> effects;            // effects and the labels that stop them, as flow.yaml names them
  bool models_unread = false;          // a model could not be parsed: labels and facets are not all known
  bool flow_unread = false;            // the same for contexts
};

struct Text {
  std::string text;
  Place place;
};

class Reader {
 public:
  Reader(std::string file, Ledger& ledger, std::string_view source = {})
      : file_(std::move(file)), ledger_(ledger), source_(source) {}

  Ledger& ledger() { return ledger_; }
  const std::string& file() const { return file_; }
  std::string_view source() const { return source_; }  // the text of the file
  Place place(const YamlNode& node) const { return {file_, node.line, node.column}; }
  Place place(const YamlEntry& entry) const { return {file_, entry.line, entry.column}; }

  void problem(const YamlNode& at, std::string message) { problem(place(at), std::move(message)); }
  void problem(const YamlEntry& at, std::string message) { problem(place(at), std::move(message)); }
  void problem(Place at, std::string message) { ledger_.problems.push_back({std::move(at), std::move(message)}); }

  // Every key of the map must be one of these. `whose` follows "unknown key `x` of ": "a rule".
  void only_keys(const YamlNode& map, std::span<const KeyInfo> keys, std::string_view whose);

  // True if the node is a map that is not empty; otherwise a problem. `what` begins a sentence: "`find`".
  bool is_map(const YamlNode& node, std::string_view what, std::string_view example);

  // The entries of the mapping that `map` has under `key`; none if there is no such key.
  std::span<const YamlEntry> entries(const YamlNode& map, std::string_view key, std::string_view example);

  // A text that is not empty. Plain scalars that YAML takes for something else need quotes.
  std::optional<std::string> text(const YamlNode& node, std::string_view what);

  // A text or a list of texts; an empty list is a problem.
  std::vector<Text> texts(const YamlNode& node, std::string_view what);

  // Texts out of a fixed list.
  std::vector<Text> choices(const YamlNode& node, std::string_view what, std::span<const std::string_view> known);

  std::optional<bool> flag(const YamlNode& node, std::string_view what);

  // The value as a list: its items, or itself.
  static std::vector<const YamlNode*> items(const YamlNode& node);

 private:
  std::string file_;
  Ledger& ledger_;
  std::string_view source_;
};

std::optional<double> number_in(std::string_view text);

// "a list", "a mapping", "nothing", "`text`": what stands there, for messages.
std::string described(const YamlNode& node);

// "`a`, `b` or `c`".
std::string alternatives(std::span<const std::string_view> words);

std::string alternatives(std::span<const KeyInfo> keys);

// ", did you mean `x`?", for the near, and for words that begin alike.
std::string meant(std::string_view word, std::span<const std::string> known);
std::string meant(std::string_view word, std::span<const std::string_view> known);

}  // namespace stallint::rule
