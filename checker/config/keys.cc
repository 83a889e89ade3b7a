#include "checker/config/keys.h"

#include <array>

namespace stallint::config {

namespace {

constexpr auto kKeys = std::to_array<KeyInfo>({
    {Key::kExtend, "extend", Kind::kExtends, Reach::kFile, "[]",
     "Configurations that this one builds on, the later before the earlier: files, relative to this one, and the "
     "presets "
     "`stallint:recommended` and `stallint:strict`. Without it a file stands alone: what lies in folders above is not "
     "looked at.",
     "extend = \"../stallint.toml\""},
    {Key::kSelect, "select", Kind::kWords, Reach::kFile, "[\"default\"]",
     "The rules that are asked, by id, tag or severity; `default` means those that are on by default, `all` every one. "
     "A "
     "tag or a severity means those of its rules that are on by default. What extended files select and ignore is "
     "forgotten.",
     "select = [\"event-loop\", \"critical\"]"},
    {Key::kExtendSelect, "extend-select", Kind::kWords, Reach::kFile, "[]", "Rules that are asked too.",
     "extend-select = [\"import-time-work\"]"},
    {Key::kIgnore, "ignore", Kind::kWords, Reach::kFile, "[]",
     "Rules that are not asked. Within one file it beats `select`; a file that extends this one may select them again.",
     "ignore = [\"logging-eager-format\"]"},
    {Key::kSeverity, "severity", Kind::kSeverities, Reach::kFile, "{}",
     "How bad the findings of a rule are here: `low`, `medium`, `high` or `critical`, in place of what the rule says. "
     "Findings in code that runs only at start-up stay one level below.",
     "[severity]\nhttp-missing-timeout = \"critical\""},
    {Key::kPerFile, "per-file", Kind::kWordsOf, Reach::kFile, "{}",
     "Rules that are ignored in some files, by glob. The globs of extended files hold too.",
     "[per-file]\n\"scripts/**\" = [\"all\"]\n\"legacy\" = [\"memory\", \"low\"]"},
    {Key::kFailOn, "fail-on", Kind::kLevel, Reach::kFile, "\"high\"",
     "The severity from which on a finding makes the exit code 1: `low`, `medium`, `high`, `critical` or `never`.",
     "fail-on = \"medium\""},
    {Key::kConfidence, "confidence", Kind::kGrade, Reach::kFile, "\"likely\"",
     "The weakest findings that are reported: `likely` or `exact`.", "confidence = \"exact\""},
    {Key::kExclude, "exclude", Kind::kGlobs, Reach::kFile, "[]",
     "Files and folders that are not read, besides those that are left out by default. What extended files exclude is "
     "forgotten. A path that is named on the command line is read nevertheless, unless `--force-exclude` is given.",
     "exclude = [\"generated\", \"server/legacy/**\"]"},
    {Key::kExtendExclude, "extend-exclude", Kind::kGlobs, Reach::kFile, "[]", "Likewise, and nothing is forgotten.",
     "extend-exclude = [\"*_gen.py\"]"},
    {Key::kIncludeTests, "include-tests", Kind::kFlag, Reach::kFile, "false",
     "Whether tests, benchmarks and migrations are read too.", "include-tests = true"},
    {Key::kRespectGitignore, "respect-gitignore", Kind::kFlag, Reach::kFile, "true",
     "Whether files that git ignores are left out. Those that git tracks are read, ignored or not.",
     "respect-gitignore = false"},
    {Key::kRules, "rules", Kind::kPaths, Reach::kFile, "[]",
     "Folders with rules and models of your own. Their models hold for the whole run, their rules for the files of "
     "this "
     "configuration.",
     "rules = [\"stallint-rules\"]"},
    {Key::kOffloads, "project.offloads", Kind::kNames, Reach::kRun, "[]",
     "Functions, your own or of a library, that run what they are given in a thread or process of its own.",
     "[project]\noffloads = [\"app.pool.run_in_thread\"]"},
    {Key::kBlocks, "project.blocks", Kind::kNames, Reach::kRun, "[]",
     "Functions that wait: called on an event loop, they stall it.",
     "[project]\nblocks = [\"app.legacy.fetch\", \"acme_crm.Client.{get,save}\"]"},
    {Key::kHarmless, "project.harmless", Kind::kNames, Reach::kRun, "[]",
     "Functions that do not wait, whatever their code looks like.", "[project]\nharmless = [\"app.config.load\"]"},
    {Key::kDatabase, "database", Kind::kPath, Reach::kRun, "\"\"",
     "C++: the folder of compile_commands.json, or the file. Looked for if nobody says.",
     "database = \"build/release\""},
    {Key::kCacheDir, "cache-dir", Kind::kPath, Reach::kRun, "\"\"",
     "Where to keep what was read. `~/.cache/stallint` if nobody says.", "cache-dir = \".cache/stallint\""},
});

std::string in_code(std::string_view text) { return "`" + std::string(text) + "`"; }

}  // namespace

std::span<const KeyInfo> keys() { return kKeys; }

const KeyInfo& info_of(Key key) { return kKeys[static_cast<size_t>(key)]; }

bool is_table(Kind kind) { return kind == Kind::kSeverities || kind == Kind::kWordsOf; }

std::string_view described(Kind kind) {
  switch (kind) {
    case Kind::kFlag:
      return "`true` or `false`";
    case Kind::kLevel:
      return "`low`, `medium`, `high`, `critical` or `never`";
    case Kind::kGrade:
      return "`likely` or `exact`";
    case Kind::kPath:
      return "a path";
    case Kind::kPaths:
      return "a path, or a list of paths";
    case Kind::kExtends:
      return "a path or preset, or a list of such";
    case Kind::kWords:
      return "a list of rules, tags and severities";
    case Kind::kGlobs:
      return "a list of globs";
    case Kind::kNames:
      return "a list of names of functions";
    case Kind::kSeverities:
      return "a table from rules to severities";
    case Kind::kWordsOf:
      return "a table from globs to lists of rules, tags and severities";
  }
  return "";
}

std::string print_keys() {
  std::string page =
      "# The keys of a configuration\n\n"
      "Printed by `stallint print configuration`; a test compares. [configuration.md](configuration.md) says where "
      "files "
      "lie, how they build on one another, and what globs look like.\n\n"
      "| key | takes | by default |\n|---|---|---|\n";
  for (const KeyInfo& info : kKeys) {
    page += "| " + in_code(info.name) + " | " + std::string(described(info.kind)) + " | " +
            (info.initial == "\"\"" ? "" : in_code(info.initial)) + " |\n";
  }
  for (const KeyInfo& info : kKeys) {
    page += "\n## " + in_code(info.name) + "\n\n" + std::string(info.help) + "\n";
    if (info.reach == Reach::kRun) {
      page += info.kind == Kind::kNames ? "\nHolds for the whole run.\n"
                                        : "\nHolds for the whole run; asked of the configuration of the first path.\n";
    }
    page += "\n```toml\n" + std::string(info.example) + "\n```\n";
  }
  return page;
}

}  // namespace stallint::config
