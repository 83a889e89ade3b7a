#include "checker/pipeline/check.h"

#include "checker/finding/settle.h"
#include "checker/pipeline/compare.h"
#include "checker/pipeline/fail.h"
#include "checker/pipeline/outcome.h"
#include "checker/pipeline/paths.h"
#include "checker/pipeline/report.h"
#include "checker/pipeline/rules.h"
#include "checker/pipeline/texts.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <tuple>
#include <utility>

namespace stallint::pipeline {

namespace fs = std::filesystem;

Result<const Loaded*> load(const Options& given, Timings& timings) {
  // Never taken apart, as the process ends soon; static, so that leak checkers find it.
  static auto& loaded = *new Loaded(given);
  timings.phase("names of files");
  Result<source::Sources> sources = find(given, loaded.settings);
  if (!sources) return sources.problems();
  loaded.sources = *std::move(sources);
  timings.phase("rules");
  Result<rule::Rules> rules = load_all_rules(loaded.settings, &loaded.texts);
  if (!rules) return rules.problems();
  loaded.rules = std::move(*rules);
  if (std::vector<Problem> wrong = loaded.settings.choose(loaded.rules, loaded.sources); !wrong.empty()) return wrong;
  loaded.enabled = loaded.settings.asked();
  loaded.options = loaded.settings.completed();
  for (const source::SourceFile& file : loaded.sources.files) {
    if (file.text) loaded.options.stdin_filename = file.path;
  }
  return &loaded;
}

namespace {

// What stands in these files and folders.
void keep_asked(const std::vector<std::string>& paths, Checked& checked) {
  std::vector<fs::path> asked;
  for (const std::string& path : paths) asked.push_back(whole_path(path));
  std::sort(asked.begin(), asked.end());
  const fs::path here = whole_path(".");
  std::map<std::string, bool> known;
  const auto is_asked = [&](const std::string& file) {
    const auto [at, fresh] = known.try_emplace(file);
    // Of sorted paths, those above a file are the file itself and its folders.
    for (fs::path path = (here / file).lexically_normal(); fresh && !at->second; path = path.parent_path()) {
      at->second = std::binary_search(asked.begin(), asked.end(), path);
      if (!path.has_relative_path()) break;
    }
    return at->second;
  };
  std::erase_if(checked.files, [&](const std::string& file) { return !is_asked(file); });
  checked.report.files_checked = static_cast<uint32_t>(checked.files.size());
  checked.report.lines_checked = 0;  // nobody has counted those of single files
  std::erase_if(checked.report.findings, [&](const Finding& finding) { return !is_asked(finding.region.file); });
  std::erase_if(checked.report.notes,
                [&](const Note& note) { return note.region.line > 0 && !is_asked(note.region.file); });
}

}  // namespace

Result<Checked> check_sources(const Loaded& loaded, const source::Sources& sources, const Options& options,
                              Timings& timings) {
  cache::Store store(cache_folder(options));
  Texts texts = read_texts(sources, options, store, timings);
  Checked checked;
  checked.cannot_read = unreadable(sources, texts);
  const Task task{sources, loaded.rules, loaded.texts, loaded.enabled, options};
  Result<cache::Outcome> outcome = recall_or_work_out(task, texts, store, timings);
  finish(store, timings);
  if (!outcome) return outcome.problems();

  Report& report = checked.report;
  report.findings = std::move(outcome->findings);
  report.notes = std::move(outcome->notes);
  std::stable_sort(report.notes.begin(), report.notes.end(), [](const Note& a, const Note& b) {
    return std::tie(a.region.file, a.region.line, a.region.column) <
           std::tie(b.region.file, b.region.line, b.region.column);
  });
  report.lines_checked = outcome->lines;
  for (size_t n = 0; n < texts.files.size(); ++n) {
    if (texts.files[n].problems.empty()) checked.files.push_back(sources.files[n].path);
  }
  report.files_checked = static_cast<uint32_t>(checked.files.size());
  loaded.settings.apply(report.findings);
  settle(report.findings);

  std::error_code error;
  report.tool_version = version();
  report.working_directory = fs::current_path(error).string();
  report.rules = loaded.settings.infos();
  return checked;
}

int check(const Options& typed) {
  Timings timings(typed.jobs);
  const Result<Options> complete = with_standard_input(typed);
  if (!complete) return fail(complete.problems());
  const Options& given = *complete;
  const Result<Known> known = find_known(given);
  if (!known) return fail(known.problems());
  const Result<const Loaded*> loaded = load(given, timings);
  if (!loaded) return fail(loaded.problems());
  const Options& options = (*loaded)->options;
  if (options.show_files) {
    for (const source::SourceFile& file : (*loaded)->sources.files) std::cout << file.path << '\n';
    return kExitClean;
  }
  Result<Checked> checked = check_sources(**loaded, (*loaded)->sources, options, timings);
  if (!checked) return fail(checked.problems());
  timings.phase("comparison");
  if (const std::vector<Problem> problems = compare(*known, **loaded, options, *checked); !problems.empty()) {
    return fail(problems);
  }
  // Only now: what is known may have come from a file that nobody asks about.
  if (!options.within.empty()) keep_asked(options.paths, *checked);
  timings.phase("report");
  const bool written = write_report(checked->report, options);
  if (options.timings) timings.print(std::cerr);
  if (!checked->cannot_read.empty()) return fail(checked->cannot_read);
  if (!written) return kExitFailed;
  const std::vector<Finding>& findings = checked->report.findings;
  const bool failed = std::any_of(findings.begin(), findings.end(),
                                  [&](const Finding& finding) { return (*loaded)->settings.fails(finding); });
  return failed ? kExitFindings : kExitClean;
}

}  // namespace stallint::pipeline
