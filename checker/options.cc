#include "checker/options.h"

#include "checker/base/parallel.h"
#include "checker/base/suggest.h"
#include "checker/base/text.h"
#include "checker/options/tree.h"
#include "reporters/reporter.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

namespace stallint {

namespace {

constexpr unsigned kMostJobs = 512;
constexpr uint32_t kMostSeconds = 24 * 60 * 60;
constexpr uint32_t kMostMegabytes = 1024 * 1024;

const std::vector<std::string> kCommands = {"check",  "explain",  "rules", "print",       "why",
                                            "config", "baseline", "cache", "completions", "man"};
const std::vector<std::string> kLevels = {"low", "medium", "high", "critical", "never"};
const std::vector<std::string> kCacheDeeds = {"info", "clear"};
const std::vector<std::string> kBaselineDeeds = {"write", "prune", "check"};
const std::vector<std::string> kThings = {"facts", "program", "language", "configuration"};
const std::vector<std::string> kConfigDeeds = {"show", "schema"};
const std::vector<std::string> kSchemas = {"config", "rule", "model"};
const std::vector<std::string> kShells = {"bash", "zsh", "fish"};

constexpr const char* kBaselineFile = "stallint-baseline.jsonl";

constexpr const char* kExitCodes =
    "Exit codes:\n"
    "  0  no finding at or above --fail-on\n"
    "  1  at least one\n"
    "  2  could not run: wrong options, wrong rules, or input that cannot be read\n";

constexpr const char* kOtherExitCodes =
    "Exit codes:\n"
    "  0  done\n"
    "  2  could not run: wrong options, wrong rules, or input that cannot be read\n";

// What the user typed, before it is judged.
struct Typed {
  std::vector<std::string> paths, formats, rules, select, extend_select, ignore, exclude;
  std::string jobs, fail_on, confidence, color;
  std::string rule, explain_format, output_folder, thing, place, deed;
  std::string database, clang, unit_timeout, unit_memory, cache_folder, config, show_format;
  std::string baseline, baseline_revision, diff, within, stdin_filename, shell;
  bool include_tests = false, show_low = false, timings = false, all = false, no_cache = false;
  bool no_config = false, no_gitignore = false, force_exclude = false, show_files = false;
};

std::string list_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += &word == &words.back() ? " or " : ", ";
    text += word;
  }
  return text;
}

// "`--color` knows auto, always or never, not `yes`". Empty if `value` is one of `words`.
std::string unless_one_of(const std::string& what, const std::string& value, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), value) != words.end()) return "";
  return "`" + what + "` takes " + list_of(words) + ", not `" + value + "`" + did_you_mean(value, words);
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const reporters::FormatInfo& info : reporters::formats()) names.emplace_back(info.name);
  return names;
}

// What a shell offers for a value: by name of the argument, or by command and name where two take different words.
std::map<std::string, std::vector<std::string>> offered_words() {
  return {
      {"check --format", format_names()},
      {"explain --format", {"text", "md", "json"}},
      {"--format", {"text", "json"}},
      {"--fail-on", kLevels},
      {"--confidence", {"likely", "exact"}},
      {"--color", {"auto", "always", "never"}},
      {"print THING", kThings},
      {"config DEED", kConfigDeeds},
      {"baseline DEED", kBaselineDeeds},
      {"cache DEED", kCacheDeeds},
      {"SHELL", kShells},
  };
}

// "Formats:\n  text        for people, ...\n"
std::string format_help() {
  std::string help = "Formats:\n";
  for (const reporters::FormatInfo& info : reporters::formats()) {
    std::string name(info.name);
    name.resize(12, ' ');
    help += "  " + name + std::string(info.meaning) + "\n";
  }
  return help;
}

// --- The commands
// -----------------------------------------------------------------------------------------------------

// CLI11 would let an option with several values swallow the paths that follow it.
void add_each(CLI::App* app, const std::string& name, std::vector<std::string>& values, const std::string& type,
              const std::string& help) {
  app->add_option(name, values, help)->type_name(type)->allow_extra_args(false);
}

void add_value(CLI::App* app, const std::string& name, std::string& value, const std::string& type,
               const std::string& help) {
  app->add_option(name, value, help)->type_name(type)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void add_config_source(CLI::App* app, Typed& typed) {
  add_value(app, "--config", typed.config, "FILE",
            "Configuration of all files (default: the closest stallint.toml of each)");
  app->add_flag("--no-config,--isolated", typed.no_config, "Read no configuration");
}

void add_rules(CLI::App* app, Typed& typed) {
  add_config_source(app, typed);
  add_each(app, "--rules", typed.rules, "DIR", "Folder with rules and models of your own (repeatable)");
}

void add_paths(CLI::App* app, Typed& typed) {
  app->add_option("PATH", typed.paths, "Files or folders (default: the current folder)")->type_name("");
}

void add_cache_folder(CLI::App* app, Typed& typed) {
  add_value(app, "--cache-dir", typed.cache_folder, "DIR", "Where to keep what was read (default: ~/.cache/stallint)");
}

void add_reading(CLI::App* app, Typed& typed) {
  add_value(app, "-j,--jobs", typed.jobs, "N", "Threads to work with (default: one per processor)");
  app->add_flag("--include-tests", typed.include_tests, "Read tests and migrations too");
  add_each(app, "--exclude", typed.exclude, "GLOB",
           "Leave these out, besides what the configuration excludes (repeatable)");
  app->add_flag("--no-gitignore", typed.no_gitignore, "Read what git ignores too");
  app->add_flag("--force-exclude", typed.force_exclude,
                "Leave out what is excluded even if PATH names it, as hooks do");
  add_cache_folder(app, typed);
  app->add_flag("--no-cache", typed.no_cache, "Keep nothing, and read everything anew");
  add_rules(app, typed);
  add_value(app, "-p,--database", typed.database, "DIR",
            "C++: where compile_commands.json is (default: looked for, in build folders too)");
  add_value(app, "--clang", typed.clang, "PATH", "C++: stallint-clang (default: beside stallint, or on PATH)");
  add_value(app, "--unit-timeout", typed.unit_timeout, "SECONDS", "C++: limit for one source file (default: 60)");
  add_value(app, "--unit-memory", typed.unit_memory, "MB", "C++: likewise (default: 4096)");
}

void add_selection(CLI::App* app, Typed& typed) {
  add_value(app, "--confidence", typed.confidence, "GRADE",
            "Report what is at least this sure: likely or exact (default: likely)");
  add_each(app, "--select", typed.select, "RULE,...", "Only these rules, by id, tag or severity (repeatable)");
  add_each(app, "--extend-select", typed.extend_select, "RULE,...", "These rules too (repeatable)");
  add_each(app, "--ignore", typed.ignore, "RULE,...", "Not these rules, by id, tag or severity (repeatable)");
}

void add_comparison(CLI::App* app, Typed& typed) {
  add_value(app, "--baseline", typed.baseline, "FILE",
            "Only findings that this file does not have: of `stallint baseline write`, or SARIF");
  add_value(app, "--baseline-rev", typed.baseline_revision, "REV",
            "Only findings that the code of this revision of git did not have");
  add_value(app, "--diff", typed.diff, "REV", "Only findings that touch a line changed since this revision of git");
}

void add_check(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("check", "Find what makes a server stall (the default command)");
  add_paths(app, typed);
  add_each(app, "--format", typed.formats, "NAME[=FILE]",
           "How to report, to standard output or to a file (repeatable; default: text, and what a build server "
           "shows of it)");
  add_value(app, "--fail-on", typed.fail_on, "LEVEL",
            "Exit with 1 from this severity on: low, medium, high, critical or never (default: high)");
  add_value(app, "--within", typed.within, "DIR",
            "Read all that is in DIR, so that calls can be followed, and report only what stands in PATH");
  add_selection(app, typed);
  add_comparison(app, typed);
  app->add_flag("--show-low", typed.show_low, "List findings of low severity one by one");
  add_value(
      app, "--stdin-filename", typed.stdin_filename, "FILE",
      "Check what comes on standard input as if it were the text of FILE, with the rest of its project around it");
  app->add_flag("--show-files", typed.show_files, "List the files that would be checked, and check none");
  app->add_flag("--timings", typed.timings, "Say on standard error where the time went, by phase and by rule");
  add_value(app, "--color", typed.color, "WHEN", "auto, always or never (default: auto; NO_COLOR is honoured)");
  add_reading(app, typed);
  app->footer(format_help() + "\n" + kExitCodes);
}

void add_explain(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("explain", "Say what a rule finds, why it matters and how to mend it");
  app->add_option("RULE", typed.rule, "Id of the rule, for example async-blocking-call")->type_name("");
  app->add_flag("--all", typed.all, "Every rule");
  add_value(app, "--format", typed.explain_format, "NAME", "text, md or json (default: text)");
  add_value(app, "--output", typed.output_folder, "DIR", "With --all: write one page per rule into this folder");
  add_rules(app, typed);
  app->footer(kOtherExitCodes);
}

void add_list(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("rules", "List all rules");
  add_value(app, "--format", typed.explain_format, "NAME", "text or json (default: text)");
  add_rules(app, typed);
  app->footer(kOtherExitCodes);
}

void add_print(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("print",
                                     "Show what stallint sees: the facts of files, the linked program, the "
                                     "language that rules are written in, or the keys of a configuration");
  app->add_option("THING", typed.thing, "facts, program, language or configuration")->type_name("")->required();
  add_paths(app, typed);
  add_reading(app, typed);
  app->footer(kOtherExitCodes);
}

void add_why(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("why", "Say what each rule thought of one line");
  app->add_option("FILE:LINE", typed.place, "The line, for example server/api.py:12")->type_name("")->required();
  add_paths(app, typed);
  add_reading(app, typed);
  app->footer(kOtherExitCodes);
}

void add_config(CLI::App& top, Typed& typed) {
  CLI::App* app =
      top.add_subcommand("config", "Say which configuration holds and where it comes from, or print a schema");
  app->add_option("DEED", typed.deed, "show or schema")->type_name("")->required();
  app->add_option("WHAT", typed.place,
                  "show: a path (default: the current folder); schema: config, rule or model (default: config)")
      ->type_name("");
  add_value(app, "--format", typed.show_format, "NAME", "show: text or json (default: text)");
  app->add_flag("--include-tests", typed.include_tests, "Read tests and migrations too");
  add_each(app, "--select", typed.select, "RULE,...", "As for check; so are the following");
  add_each(app, "--extend-select", typed.extend_select, "RULE,...", "");
  add_each(app, "--ignore", typed.ignore, "RULE,...", "");
  add_each(app, "--exclude", typed.exclude, "GLOB", "");
  add_value(app, "--fail-on", typed.fail_on, "LEVEL", "");
  add_value(app, "--confidence", typed.confidence, "GRADE", "");
  app->add_flag("--no-gitignore", typed.no_gitignore, "");
  add_rules(app, typed);
  app->footer(kOtherExitCodes);
}

void add_cache(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("cache", "Say what earlier runs have kept, or remove it");
  app->add_option("DEED", typed.deed, "info or clear")->type_name("")->required();
  add_cache_folder(app, typed);
  app->footer(kOtherExitCodes);
}

void add_baseline(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("baseline", "Keep a file of the findings that are known");
  app->add_option("DEED", typed.deed,
                  "write: all that is found now; prune: take out what is gone; check: say what is gone")
      ->type_name("")
      ->required();
  add_paths(app, typed);
  add_value(app, "--baseline", typed.baseline, "FILE", std::string("The file (default: ") + kBaselineFile + ")");
  add_selection(app, typed);
  add_reading(app, typed);
  app->footer(
      "Exit codes:\n"
      "  0  done; check: nothing in the file is gone\n"
      "  1  check: something is\n"
      "  2  could not run: wrong options, wrong rules, or input that cannot be read\n");
}

void add_completions(CLI::App& top, Typed& typed) {
  CLI::App* app = top.add_subcommand("completions", "Print what lets a shell complete commands and options");
  app->add_option("SHELL", typed.shell, "bash, zsh or fish")->type_name("")->required();
  app->footer(kOtherExitCodes);
}

void add_man(CLI::App& top) {
  top.add_subcommand("man", "Print the manual page, for example for `man -l -`")->footer(kOtherExitCodes);
}

std::unique_ptr<CLI::App> make_app(Typed& typed) {
  auto app = std::make_unique<CLI::App>(
      "stallint finds what makes servers stall: calls that block an event loop, "
      "clients made per request, caches without bounds, and the like.",
      "stallint");
  app->set_version_flag("-V,--version", "stallint " + std::string(version()));
  app->require_subcommand(1);
  app->get_formatter()->column_width(34);
  app->footer(std::string("`stallint COMMAND --help` says more about a command.\n\n") + kExitCodes);
  add_check(*app, typed);
  add_explain(*app, typed);
  add_list(*app, typed);
  add_print(*app, typed);
  add_why(*app, typed);
  add_config(*app, typed);
  add_baseline(*app, typed);
  add_cache(*app, typed);
  add_completions(*app, typed);
  add_man(*app);
  return app;
}

// --- What was typed, judged
// -------------------------------------------------------------------------------------------

// "a,b" "c" -> a b c
std::vector<std::string> words_of(const std::vector<std::string>& lists) {
  std::vector<std::string> words;
  for (const std::string& list : lists) {
    for (const std::string_view word : split(list, ',')) {
      if (!trimmed(word).empty()) words.emplace_back(trimmed(word));
    }
  }
  return words;
}

// Lines of a log may follow each other; of all else there is room for one.
std::string unless_they_share(const std::vector<Output>& outputs) {
  std::vector<std::string> shown;
  std::set<std::string> files;
  bool lines = true;
  for (const Output& output : outputs) {
    if (!output.file.empty()) {
      if (!files.insert(output.file).second)
        return "two formats go to " + output.file + "; give each a file of its own";
      continue;
    }
    shown.push_back(output.format);
    lines = lines && reporters::is_lines(*reporters::format_from(output.format));
  }
  if (shown.size() < 2 || lines) return "";
  const auto document = std::find_if(shown.begin(), shown.end(), [](const std::string& name) {
    return !reporters::is_lines(*reporters::format_from(name));
  });
  return "`" + *document + "` has to be alone on standard output; give it a file, for example `--format " + *document +
         "=report." + *document + "`";
}

std::string judge_formats(const Typed& typed, Options& options) {
  for (const std::string& typed_format : typed.formats) {
    const size_t equals = typed_format.find('=');
    Output output = {typed_format.substr(0, equals), ""};
    if (!reporters::format_from(output.format)) return unless_one_of("--format", output.format, format_names());
    if (equals != std::string::npos) output.file = typed_format.substr(equals + 1);
    if (equals != std::string::npos && output.file.empty()) return "`--format " + typed_format + "` names no file";
    options.outputs.push_back(std::move(output));
  }
  return unless_they_share(options.outputs);
}

std::string judge_levels(const Typed& typed, Options& options) {
  if (!typed.fail_on.empty()) {
    if (std::string wrong = unless_one_of("--fail-on", typed.fail_on, kLevels); !wrong.empty()) return wrong;
    options.fail_on =
        static_cast<Threshold>(std::find(kLevels.begin(), kLevels.end(), typed.fail_on) - kLevels.begin());
  }
  if (!typed.confidence.empty()) {
    if (std::string wrong = unless_one_of("--confidence", typed.confidence, {"likely", "exact"}); !wrong.empty()) {
      return wrong;
    }
    options.confidence = typed.confidence == "exact" ? Confidence::kExact : Confidence::kLikely;
  }
  if (!typed.color.empty()) {
    if (std::string wrong = unless_one_of("--color", typed.color, {"auto", "always", "never"}); !wrong.empty()) {
      return wrong;
    }
    options.color = typed.color == "auto" ? Color::kAuto : typed.color == "always" ? Color::kAlways : Color::kNever;
  }
  return "";
}

// A whole number from 1 to `most`, or 0.
uint32_t number_in(std::string_view text, uint32_t most) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number <= most ? number : 0;
}

std::string judge_jobs(const Typed& typed, Options& options) {
  options.jobs = typed.jobs.empty() ? default_jobs() : number_in(typed.jobs, kMostJobs);
  if (options.jobs != 0) return "";
  return "`--jobs` takes a number from 1 to " + std::to_string(kMostJobs) + ", not `" + typed.jobs + "`";
}

std::string judge_cache(const Typed& typed, Options& options) {
  options.cache = !typed.no_cache;
  options.cache_folder = typed.cache_folder;
  return typed.no_cache && !typed.cache_folder.empty() ? "`--no-cache` and `--cache-dir` do not go together" : "";
}

std::string judge_configuration(const Typed& typed, Options& options) {
  options.config = typed.config;
  options.isolated = typed.no_config;
  options.exclude = typed.exclude;
  options.gitignore = !typed.no_gitignore;
  options.force_exclude = typed.force_exclude;
  options.show_files = typed.show_files;
  options.stdin_filename = typed.stdin_filename;
  if (!typed.stdin_filename.empty() && !typed.paths.empty()) {
    return "`--stdin-filename` names the only file; leave out `" + typed.paths.front() +
           "`, or say by `--within DIR` what is read around it";
  }
  options.extend_select = words_of(typed.extend_select);
  return typed.no_config && !typed.config.empty() ? "`--config` and `--no-config` do not go together" : "";
}

std::string judge_config(const Typed& typed, Options& options) {
  if (std::string wrong = unless_one_of("stallint config", typed.deed, kConfigDeeds); !wrong.empty()) return wrong;
  const bool show = typed.deed == "show";
  options.command = show ? Command::kConfigShow : Command::kConfigSchema;
  options.thing = !typed.place.empty() ? typed.place : show ? "." : "config";
  options.show_format = typed.show_format.empty() ? "text" : typed.show_format;
  if (!show) return unless_one_of("stallint config schema", options.thing, kSchemas);
  return unless_one_of("--format", options.show_format, {"text", "json"});
}

std::string judge_cpp(const Typed& typed, Options& options) {
  options.database = typed.database;
  options.clang = typed.clang;
  if (!typed.unit_timeout.empty()) {
    options.unit_seconds = number_in(typed.unit_timeout, kMostSeconds);
    if (options.unit_seconds == 0) {
      return "`--unit-timeout` takes seconds, from 1 to " + std::to_string(kMostSeconds) + ", not `" +
             typed.unit_timeout + "`";
    }
  }
  if (!typed.unit_memory.empty()) {
    options.unit_megabytes = number_in(typed.unit_memory, kMostMegabytes);
    if (options.unit_megabytes == 0) {
      return "`--unit-memory` takes megabytes, from 1 to " + std::to_string(kMostMegabytes) + ", not `" +
             typed.unit_memory + "`";
    }
  }
  return "";
}

std::string judge_explain(const Typed& typed, Options& options) {
  options.rule = typed.rule;
  options.explain_format = typed.explain_format.empty() ? "text" : typed.explain_format;
  options.output_folder = typed.output_folder;
  if (typed.rule.empty() && !typed.all) {
    return "`stallint explain` takes the id of a rule, or --all; `stallint rules` lists them";
  }
  if (!typed.rule.empty() && typed.all) return "`--all` means every rule; leave out `" + typed.rule + "` or `--all`";
  if (!typed.output_folder.empty() && !typed.all) return "`--output` goes with `--all`";
  if (typed.explain_format == "json" && !typed.output_folder.empty()) {
    return "`--output` writes text or md; `--all --format json` is one list on standard output";
  }
  return unless_one_of("--format", options.explain_format, {"text", "md", "json"});
}

std::string judge_print(const Typed& typed, Options& options) {
  if (std::string wrong = unless_one_of("stallint print", typed.thing, kThings); !wrong.empty()) return wrong;
  if (typed.thing == "facts") options.command = Command::kPrintFacts;
  if (typed.thing == "program") options.command = Command::kPrintProgram;
  if (typed.thing == "language") options.command = Command::kPrintLanguage;
  if (typed.thing == "configuration") options.command = Command::kPrintConfiguration;
  const bool text = typed.thing == "language" || typed.thing == "configuration";
  if (text && !typed.paths.empty()) return "`stallint print " + typed.thing + "` takes no path";
  return "";
}

// "server/api.py:12", and "server/api.py:12:5" as compilers print it.
std::string judge_why(const Typed& typed, Options& options) {
  const auto place = [&](std::string_view text) {
    const size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    options.file = text.substr(0, colon);
    options.line = number_in(text.substr(colon + 1), UINT32_MAX);
    return options.line != 0;
  };
  if (!place(typed.place)) return "`" + typed.place + "` is no place; write FILE:LINE, for example server/api.py:12";
  const Options short_form = options;
  if (!place(short_form.file)) {
    options.file = short_form.file;
    options.line = short_form.line;
  }
  return "";
}

std::string judge_comparison(const Typed& typed, Options& options) {
  options.within = typed.within;
  options.baseline = typed.baseline;
  options.baseline_revision = typed.baseline_revision;
  options.diff = typed.diff;
  const int given = static_cast<int>(!typed.baseline.empty()) + static_cast<int>(!typed.baseline_revision.empty()) +
                    static_cast<int>(!typed.diff.empty());
  return given > 1 ? "of `--baseline`, `--baseline-rev` and `--diff` only one can be given" : "";
}

std::string judge_baseline(const Typed& typed, Options& options) {
  if (options.baseline.empty()) options.baseline = kBaselineFile;
  if (typed.deed == "write") options.command = Command::kBaselineWrite;
  if (typed.deed == "prune") options.command = Command::kBaselinePrune;
  if (typed.deed == "check") options.command = Command::kBaselineCheck;
  return unless_one_of("stallint baseline", typed.deed, kBaselineDeeds);
}

std::string judge(const std::string& command, const Typed& typed, Options& options) {
  options.paths = typed.paths;
  if (options.paths.empty()) options.paths = {"."};
  options.include_tests = typed.include_tests;
  options.show_low = typed.show_low;
  options.timings = typed.timings;
  options.rules = typed.rules;
  options.select = words_of(typed.select);
  options.ignore = words_of(typed.ignore);
  for (const auto& judge_part :
       {judge_jobs, judge_formats, judge_levels, judge_cache, judge_cpp, judge_configuration, judge_comparison}) {
    if (std::string wrong = judge_part(typed, options); !wrong.empty()) return wrong;
  }
  if (command == "explain") {
    options.command = Command::kExplain;
    return judge_explain(typed, options);
  }
  if (command == "print") return judge_print(typed, options);
  if (command == "why") {
    options.command = Command::kWhy;
    return judge_why(typed, options);
  }
  if (command == "config") return judge_config(typed, options);
  if (command == "baseline") return judge_baseline(typed, options);
  if (command == "rules") {
    options.command = Command::kRules;
    options.explain_format = typed.explain_format.empty() ? "text" : typed.explain_format;
    return unless_one_of("--format", options.explain_format, {"text", "json"});
  }
  if (command == "cache") {
    options.command = typed.deed == "clear" ? Command::kCacheClear : Command::kCacheInfo;
    return unless_one_of("stallint cache", typed.deed, kCacheDeeds);
  }
  return "";
}

// --- Errors
// -----------------------------------------------------------------------------------------------------------

CommandLine failed(const std::string& sentence) { return {std::nullopt, "stallint: " + sentence + "\n", kExitFailed}; }

// All long options of a command: "--format".
std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string unknown_argument(const CLI::App& app, const std::string& command) {
  for (const std::string& argument : app.remaining(true)) {
    if (argument.starts_with('-')) {
      const std::string name = argument.substr(0, argument.find('='));
      return "`stallint " + command + "` has no option `" + name + "`" +
             did_you_mean(name, options_of(*app.get_subcommand(command)));
    }
    return "`stallint " + command + "` has no use for `" + argument + "`";
  }
  return "these options cannot be understood";
}

// True for "chekc" in `stallint chekc server`: no path, but nearly a command.
bool looks_like_a_command(const std::string& word) {
  std::error_code error;
  if (word.starts_with('-')) return false;  // `--rules` is near to `rules`, and an option of `check`
  if (word.find_first_of("./\\") != std::string::npos || std::filesystem::exists(word, error)) return false;
  return !closest(word, kCommands).empty();
}

// --- The command line itself, printed
// ---------------------------------------------------------------------------------

CommandLine print_itself(const CLI::App& app, const std::string& command, const std::string& shell) {
  const std::map<std::string, std::vector<std::string>> words = offered_words();
  const options::Command tree = options::describe(app, [&](const std::string& of, const std::string& argument) {
    const auto own = words.find(of + " " + argument);
    const auto found = own != words.end() ? own : words.find(argument);
    return found != words.end() ? found->second : std::vector<std::string>();
  });
  if (command == "man") return {std::nullopt, options::manual(tree, std::string(version())), kExitClean};
  if (std::string wrong = unless_one_of("stallint completions", shell, kShells); !wrong.empty()) return failed(wrong);
  return {std::nullopt,
          shell == "bash"  ? options::bash(tree)
          : shell == "zsh" ? options::zsh(tree)
                           : options::fish(tree),
          kExitClean};
}

}  // namespace

std::string_view version() { return STALLINT_VERSION; }

CommandLine read_command_line(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const auto is = [&](std::initializer_list<const char*> words) {
    return !arguments.empty() && std::find(words.begin(), words.end(), arguments.front()) != words.end();
  };
  const bool has_command =
      !arguments.empty() && std::find(kCommands.begin(), kCommands.end(), arguments.front()) != kCommands.end();
  if (!has_command && !is({"-h", "--help", "-V", "--version"})) {
    if (!arguments.empty() && looks_like_a_command(arguments.front())) {
      return failed("there is no path and no command `" + arguments.front() + "`" +
                    did_you_mean(arguments.front(), kCommands));
    }
    arguments.insert(arguments.begin(), "check");
  }
  const std::string command = arguments.front();

  Typed typed;
  const std::unique_ptr<CLI::App> app = make_app(typed);
  try {
    app->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));  // CLI11 takes from the end
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, app->help(), kExitClean};
  } catch (const CLI::CallForVersion& call) {
    return {std::nullopt, std::string(call.what()) + "\n", kExitClean};
  } catch (const CLI::ExtrasError&) {
    return failed(unknown_argument(*app, command));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string what = error.what();  // "--jobs: 1 required N missing"
    return failed("`" + what.substr(0, what.find(':')) + "` takes one value; see `stallint " + command + " --help`");
  } catch (const CLI::RequiredError& error) {
    const std::string what = error.what();  // "THING is required"
    return failed("`stallint " + command + "` takes " + what.substr(0, what.find(' ')) + "; see `stallint " + command +
                  " --help`");
  } catch (const CLI::Error& error) {
    return failed(error.what());
  }

  if (command == "completions" || command == "man") return print_itself(*app, command, typed.shell);

  Options options;
  if (const std::string wrong = judge(command, typed, options); !wrong.empty()) return failed(wrong);
  return {std::move(options), "", kExitClean};
}

}  // namespace stallint
