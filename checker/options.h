#pragma once
// The command line.
//
//     stallint check server --format sarif=out.sarif --fail-on medium
//     stallint server                       `check` is the default command
//     stallint explain async-blocking-call
//
// Only what can be judged without looking at files or rules is judged here.

#include "checker/finding/finding.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stallint {

enum class Command : uint8_t {
  kCheck,
  kExplain,
  kRules,
  kPrintFacts,
  kPrintProgram,
  kPrintLanguage,
  kPrintConfiguration,
  kWhy,
  kConfigShow,
  kConfigSchema,
  kCacheInfo,
  kCacheClear,
  kBaselineWrite,
  kBaselinePrune,
  kBaselineCheck,
};

enum class Color : uint8_t { kAuto, kAlways, kNever };

// One `--format NAME[=FILE]`.
struct Output {
  std::string format;  // a name that reporters::format_from() knows
  std::string file;    // empty: standard output
  bool operator==(const Output&) const = default;
};

// From which severity on a finding fails the run.
enum class Threshold : uint8_t { kLow, kMedium, kHigh, kCritical, kNever };

struct Options {
  Command command = Command::kCheck;

  // Where configuration comes from: every command. What is optional below holds in place of it.
  std::string config;     // --config: this file for all files; empty: the closest file of each
  bool isolated = false;  // --no-config: none

  // What is read: check, print, why.
  std::vector<std::string> paths;                 // at least one; "." if the user gave none
  std::string within;                             // read all below this folder, and report only what stands in `paths`
  bool include_tests = false;                     // tests and migrations too
  bool gitignore = true;                          // false: what git ignores too
  std::vector<std::string> exclude;               // globs, relative to the working directory
  bool force_exclude = false;                     // leave out what is to be left out even if its path was given
  bool show_files = false;                        // say what would be checked, and do no more
  std::string stdin_filename;                     // standard input is checked as this file
  std::shared_ptr<const std::string> stdin_text;  // its text, once it is read
  unsigned jobs = 1;
  bool cache = true;         // what has not changed is not read again
  std::string cache_folder;  // empty: that of the user

  // How C++ is read: likewise.
  std::string database;        // folder of compile_commands.json, or the file; empty: looked for
  std::string clang;           // path of stallint-clang; empty: looked for
  uint32_t unit_seconds = 60;  // limits of one translation unit
  uint32_t unit_megabytes = 4096;

  // Which rules: every command.
  std::vector<std::string> rules;   // folders with rules and models of the project
  std::vector<std::string> select;  // ids, tags or severities; empty: as configured
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;

  // What is reported: check.
  std::vector<Output> outputs;  // none: text, and what the build server around us shows of it
  Color color = Color::kAuto;
  bool show_low = false;
  bool timings = false;                  // say where the time went
  std::optional<Confidence> confidence;  // the weakest that is reported; none: as configured
  std::optional<Threshold> fail_on;      // exit code 1 from here on; none: as configured

  // With what it is compared, so that only new findings count; at most one. `baseline` commands are about the first.
  std::string baseline;           // file
  std::string baseline_revision;  // of git
  std::string diff;               // likewise: only what touches a line changed since

  // explain, rules
  std::string rule;            // empty: all
  std::string explain_format;  // "text", "md" or "json"
  std::string output_folder;   // with all rules: a page per rule goes there; empty: standard output

  // config
  std::string thing;        // show: a path; schema: "config", "rule" or "model"
  std::string show_format;  // "text" or "json"

  // why
  std::string file;
  uint32_t line = 0;
};

// What the command line says: options, or a text to print and the code to exit with.
struct CommandLine {
  std::optional<Options> options;
  std::string text;  // help or version for standard output (exit code 0), or a sentence for standard error (2)
  int exit_code = 0;
};

CommandLine read_command_line(int argc, const char* const* argv);

// "0.1.0"
std::string_view version();

constexpr int kExitClean = 0;     // nothing at or above --fail-on
constexpr int kExitFindings = 1;  // something
constexpr int kExitFailed = 2;    // could not run: options, rules, or input that cannot be read

}  // namespace stallint
