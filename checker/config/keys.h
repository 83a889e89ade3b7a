#pragma once
// The keys of a configuration file. The reader takes these and no others; the JSON schema, `stallint config show` and
// docs/configuration-keys.md are printed from the same table.
//
//     info_of(Key::kFailOn).name    // "fail-on"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace stallint::config {

enum class Key : uint8_t {
  kExtend,
  kSelect,
  kExtendSelect,
  kIgnore,
  kSeverity,
  kPerFile,
  kFailOn,
  kConfidence,
  kExclude,
  kExtendExclude,
  kIncludeTests,
  kRespectGitignore,
  kRules,
  kOffloads,
  kBlocks,
  kHarmless,
  kDatabase,
  kCacheDir,
};

enum class Kind : uint8_t {
  kFlag,        // true or false
  kLevel,       // low, medium, high, critical or never
  kGrade,       // likely or exact
  kPath,        // a path relative to the file
  kPaths,       // a list of such
  kExtends,     // a list of such, or of presets
  kWords,       // a list of rules: ids, tags, severities, `all`, `default`
  kGlobs,       // a list of globs
  kNames,       // a list of names of functions
  kSeverities,  // a table: id of a rule -> severity
  kWordsOf,     // a table: glob -> list of rules
};

// What a file of some folder is told, or the whole run.
enum class Reach : uint8_t { kFile, kRun };

struct KeyInfo {
  Key key;
  std::string_view name;  // "fail-on", "project.blocks"
  Kind kind;
  Reach reach;
  std::string_view initial;  // what holds if nobody says anything, as TOML
  std::string_view help;     // for people, in Markdown
  std::string_view example;  // TOML
};

// In the order in which they are printed; that of Key.
std::span<const KeyInfo> keys();
const KeyInfo& info_of(Key key);

// What a value looks like, for people: "a list of globs".
std::string_view described(Kind kind);

// A table of its own: `[severity]`.
bool is_table(Kind kind);

// docs/configuration-keys.md.
std::string print_keys();

// The JSON schema (draft-07) of stallint.toml, for editors.
std::string print_schema();

}  // namespace stallint::config
