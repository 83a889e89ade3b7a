#include "checker/pipeline.h"

#include "checker/base/suggest.h"
#include "checker/facts/facts.h"
#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/pipeline/baseline.h"
#include "checker/pipeline/cache.h"
#include "checker/pipeline/check.h"
#include "checker/pipeline/facts.h"
#include "checker/pipeline/fail.h"
#include "checker/pipeline/outcome.h"
#include "checker/pipeline/rules.h"
#include "checker/pipeline/settings.h"
#include "checker/pipeline/show.h"
#include "checker/pipeline/texts.h"
#include "checker/rule/rule.h"
#include "reporters/reporter.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <tuple>
#include <utility>

namespace stallint {

namespace pipeline {

namespace {

namespace fs = std::filesystem;

// The rules for a command that reads no source file: those of the working directory, and what its files are told.
struct Here {
  explicit Here(const Options& options) : settings(options) {}

  Settings settings;
  rule::Rules rules;
  const Choice* choice = nullptr;
};

std::vector<Problem> look_here(Here& here) {
  here.settings.of_folder(".");
  if (std::vector<Problem> wrong = here.settings.problems(); !wrong.empty()) return wrong;
  Result<rule::Rules> rules = load_all_rules(here.settings);
  if (!rules) return rules.problems();
  here.rules = std::move(*rules);
  source::Sources sources;
  sources.roots = {"."};
  if (std::vector<Problem> wrong = here.settings.choose(here.rules, sources); !wrong.empty()) return wrong;
  here.choice = &here.settings.choice_of(here.settings.of_folder("."));
  return {};
}

// One rule as an object, or all as a list.
void print_json(const Options& options, const Here& here) {
  const bool one = !options.rule.empty();
  std::string text;
  for (size_t r = 0; r < here.rules.rules.size(); ++r) {
    const rule::Rule& rule = here.rules.rules[r];
    if (one && rule.id != options.rule) continue;
    text += (text.empty() ? "" : ",\n") + reporters::json_of_rule(rule::info_of(rule), here.choice->on[r]);
  }
  std::cout << (one ? text + "\n" : "[\n" + text + "\n]\n");
}

int explain(const Options& options) {
  Here here(options);
  if (const std::vector<Problem> wrong = look_here(here); !wrong.empty()) return fail(wrong);
  const bool markdown = options.explain_format == "md";
  const auto page = [&](const rule::Rule& rule) { return markdown ? rule::print_page(rule) : rule::print_text(rule); };
  std::vector<std::string> ids;
  for (const rule::Rule& rule : here.rules.rules) ids.push_back(rule.id);
  if (!options.rule.empty() && std::find(ids.begin(), ids.end(), options.rule) == ids.end()) {
    return fail({Problem{{},
                         "no rule is called `" + options.rule + "`" + did_you_mean(options.rule, ids) +
                             " (`stallint rules` lists them)"}});
  }
  if (options.explain_format == "json") {
    print_json(options, here);
    return kExitClean;
  }
  for (const rule::Rule& rule : here.rules.rules) {
    if (!options.rule.empty() && rule.id != options.rule) continue;
    if (options.output_folder.empty()) {
      std::cout << page(rule);
      continue;
    }
    std::error_code error;
    fs::create_directories(options.output_folder, error);
    const std::string path = options.output_folder + "/" + rule.id + (markdown ? ".md" : ".txt");
    std::ofstream out(path, std::ios::binary);
    out << page(rule);
    if (!out.flush()) return fail({Problem{{path, 0, 0}, "the page cannot be written"}});
  }
  return kExitClean;
}

int list_rules(const Options& options) {
  Here here(options);
  if (const std::vector<Problem> wrong = look_here(here); !wrong.empty()) return fail(wrong);
  if (options.explain_format == "json") {
    print_json(options, here);
    return kExitClean;
  }
  size_t widest = 0;
  for (const rule::Rule& rule : here.rules.rules) widest = std::max(widest, rule.id.size());
  for (size_t r = 0; r < here.rules.rules.size(); ++r) {
    const rule::Rule& rule = here.rules.rules[r];
    const bool on = here.choice->on[r];
    std::string severity = name_of(here.choice->severities[r]);
    severity.resize(10, ' ');
    std::cout << severity << rule.id << std::string(widest + 2 - rule.id.size(), ' ') << (on ? "" : "(off) ")
              << rule.message << '\n';
  }
  return kExitClean;
}

int print_language(const Options& options) {
  Here here(options);
  if (const std::vector<Problem> wrong = look_here(here); !wrong.empty()) return fail(wrong);
  std::cout << rule::print_language(here.rules);
  return kExitClean;
}

int print(const Options& given) {
  Settings settings(given);
  const Result<source::Sources> sources = find(given, settings);
  if (!sources) return fail(sources.problems());
  const Result<rule::Rules> rules = load_all_rules(settings);
  if (!rules) return fail(rules.problems());
  if (const std::vector<Problem> wrong = settings.choose(*rules, *sources); !wrong.empty()) return fail(wrong);
  const Options options = settings.completed();
  Timings timings(options.jobs);
  cache::Store store(cache_folder(options));
  Texts texts = read_texts(*sources, options, store, timings);
  const std::vector<Problem> cannot_read = unreadable(*sources, texts);
  const bool facts = options.command == Command::kPrintFacts;
  const std::vector<source::Island> islands =
      facts ? std::vector<source::Island>{whole(*sources)} : split(*sources, texts, options.jobs);
  const Knowledge knowledge(*rules);
  for (const source::Island& island : islands) {
    Result<ReadFiles> read = read_facts(*sources, texts, island, options, store, timings);
    if (!read) return fail(read.problems());
    if (!facts) {
      std::cout << link::print(link_all(*read, knowledge, options.jobs, timings));
      continue;
    }
    for (const link::InputFile& file : read->files) {
      if (read->files.size() > 1) std::cout << "== " << file.path << '\n';
      std::cout << facts::print(file.facts);
    }
  }
  finish(store, timings);
  return cannot_read.empty() ? kExitClean : fail(cannot_read);
}

int why(const Options& given) {
  // The file itself belongs to the program, whatever folder was named.
  Options wanted = given;
  wanted.paths.push_back(given.file);
  Settings settings(given);
  const Result<source::Sources> sources = find(wanted, settings);
  if (!sources) return fail(sources.problems());
  const Result<rule::Rules> rules = load_all_rules(settings);
  if (!rules) return fail(rules.problems());
  if (const std::vector<Problem> wrong = settings.choose(*rules, *sources); !wrong.empty()) return fail(wrong);
  const Options options = settings.completed();
  std::vector<std::string> all;  // each rule is asked, whether enabled or not
  for (const rule::Rule& rule : rules->rules) all.push_back(rule.id);
  Timings timings(options.jobs);
  cache::Store store(cache_folder(options));
  Texts texts = read_texts(*sources, options, store, timings);
  const std::vector<Problem> cannot_read = unreadable(*sources, texts);
  const std::string asked = fs::weakly_canonical(options.file).string();
  source::Island around;  // the island of the file
  std::string path = options.file;
  for (const source::Island& island : split(*sources, texts, options.jobs)) {
    for (const uint32_t i : island) {
      if (fs::weakly_canonical(sources->files[i].path).string() != asked) continue;
      path = sources->files[i].path;
      around = island;
    }
  }
  Result<ReadFiles> read = read_facts(*sources, texts, around, options, store, timings, rule::matchers_of(*rules, all));
  finish(store, timings);
  if (!read) return fail(read.problems());
  const link::Program program = link_all(*read, Knowledge(*rules), options.jobs, timings);
  std::cout << match::why(program, *rules, path, options.line);
  return cannot_read.empty() ? kExitClean : fail(cannot_read);
}

}  // namespace

}  // namespace pipeline

int run(const Options& options) {
  switch (options.command) {
    case Command::kCheck:
      return pipeline::check(options);
    case Command::kExplain:
      return pipeline::explain(options);
    case Command::kRules:
      return pipeline::list_rules(options);
    case Command::kPrintFacts:
    case Command::kPrintProgram:
      return pipeline::print(options);
    case Command::kPrintLanguage:
      return pipeline::print_language(options);
    case Command::kPrintConfiguration:
      std::cout << config::print_keys();
      return kExitClean;
    case Command::kConfigShow:
      return pipeline::show_config(options);
    case Command::kConfigSchema:
      return pipeline::print_schema(options);
    case Command::kWhy:
      return pipeline::why(options);
    case Command::kBaselineWrite:
      return pipeline::baseline_write(options);
    case Command::kBaselinePrune:
      return pipeline::baseline_prune(options);
    case Command::kBaselineCheck:
      return pipeline::baseline_check(options);
    case Command::kCacheInfo:
      return pipeline::cache_info(options);
    case Command::kCacheClear:
      return pipeline::cache_clear(options);
  }
  return kExitFailed;
}

}  // namespace stallint
