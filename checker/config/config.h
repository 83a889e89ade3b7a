#pragma once
// What a project says about how it is to be checked: stallint.toml, .stallint.toml, or [tool.stallint] of
// pyproject.toml.
//
//     Configs configs({.here = here});                       // or {.here = here, .file = "ci.toml"}
//     const Config& config = configs.of_folder("/repo/server/api");     // the closest file, with all that it extends
//     if (!configs.problems().empty()) ...                   // server/stallint.toml:3:1: unknown key `selct`, ...
//     config.last(Key::kFailOn)                              // "medium", server/stallint.toml:4:11; or null
//
// The closest file from a folder upwards holds, as far up as the repository (`.git`) or the file system goes. Nothing
// is merged with it but what it extends. Which rules there are is not known here: words are judged by whoever knows
// them.

#include "checker/base/result.h"
#include "checker/config/keys.h"

#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stallint::config {

// One value, and where it stands.
struct Value {
  std::string text;  // as written; "true" or "false" for a flag; a path is absolute
  Place place;
};

// One line of a table.
struct Entry {
  Value name;  // a glob, or the id of a rule
  std::vector<Value> values;
};

// What one file says under one key.
struct Setting {
  Place place;                 // of the key
  std::vector<Value> values;   // of what is no table
  std::vector<Entry> entries;  // of a table, in the order of the file
};

// One file, without what it extends.
struct Layer {
  std::string file;  // as printed: "server/stallint.toml", "stallint:strict"
  std::string base;  // the folder that its globs are relative to, absolute, without a slash at its end
  std::map<Key, Setting> settings;

  const Setting* find(Key key) const;
};

// A file with all that it extends. Without layers: nobody has said anything.
struct Config {
  std::string file;           // as printed; empty: there is none
  std::string folder;         // absolute
  std::vector<Layer> layers;  // what is extended comes before who extends it

  // What the last layer that has the key says.
  const Setting* last(Key key) const;
  const Value* last_value(Key key) const;  // likewise, for keys with one value

  // What all layers say, in their order.
  std::vector<const Setting*> all(Key key) const;
};

// Where to look.
struct Search {
  std::string here;       // the working directory, absolute
  std::string file;       // --config: this one for all files
  bool isolated = false;  // --no-config: none
};

class Configs {
 public:
  explicit Configs(Search search);

  // The configuration of the files in a folder, given as an absolute path without dots. Lives as long as this object.
  const Config& of_folder(const std::string& folder);

  // The same, for whoever has just listed the folder and knows whether one of file_names() is there.
  const Config& of_folder(const std::string& folder, bool has_file);

  // All that was found so far, each once, in order of their files' paths.
  std::vector<const Config*> found() const;

  // Sorted; every mistake of every file read so far.
  std::vector<Problem> problems() const;

 private:
  const Config& up_from(const std::string& folder, bool look_here);
  const Config* in_folder(const std::string& folder);
  const Config& load(const std::string& path, const std::string& base, const Place& named);

  Search search_;
  Config none_;
  std::deque<Config> configs_;
  std::map<std::string, const Config*> by_file_;
  std::unordered_map<std::string, const Config*> by_folder_;
  std::vector<Problem> problems_;
};

// "stallint.toml", ".stallint.toml", "pyproject.toml": the first of a folder counts, the last only with
// [tool.stallint].
std::span<const std::string_view> file_names();

// Whether a glob of `base` covers a path (absolute): the path itself, or a folder that it lies in. A glob without a
// slash fits at any depth.
bool covers(const std::string& base, std::string_view glob, std::string_view path);

// The same of the path alone.
bool fits(const std::string& base, std::string_view glob, std::string_view path);

// What is wrong with a glob; empty if nothing is.
std::string wrong_glob(std::string_view glob);

}  // namespace stallint::config
