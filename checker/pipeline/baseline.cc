#include "checker/pipeline/baseline.h"

#include "checker/base/text.h"
#include "checker/pipeline/fail.h"
#include "checker/pipeline/paths.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

namespace stallint::pipeline {

namespace {

namespace fs = std::filesystem;

// Paths as the baseline has them: from its own folder on, so that it does not matter where stallint is started; those
// of a SARIF log as the run wrote them.
baseline::PathOf paths_of(const std::string& file, bool sarif) {
  if (!sarif) return paths_from(whole_path(folder_around(file)));
  return [](const std::string& path) { return path; };
}

// What `baseline` commands are about.
struct Compared {
  const Loaded& loaded;
  Checked checked;
  baseline::Baseline known;            // empty if there is no file yet
  std::vector<baseline::Entry> stale;  // entries of which nothing is left
};

enum class MayBeMissing : bool { kNo, kYes };

Result<Compared> run_and_compare(const Options& options, MayBeMissing missing) {
  Timings timings(options.jobs);
  const Result<const Loaded*> loaded = load(options, timings);
  if (!loaded) return loaded.problems();
  baseline::Baseline known;
  if (missing == MayBeMissing::kNo || fs::exists(options.baseline)) {
    Result<baseline::Baseline> read = read_baseline(options.baseline);
    // A damaged one is no reason not to write it anew.
    if (!read && missing == MayBeMissing::kNo) return read.problems();
    if (read) known = *std::move(read);
  }
  if (known.sarif) {
    return Problem{{options.baseline, 0, 0},
                   "this is a SARIF log: `--baseline` of `stallint check` takes it, but it is no file to be kept up"};
  }
  Result<Checked> checked = check_sources(**loaded, (*loaded)->sources, (*loaded)->options, timings);
  if (!checked) return checked.problems();
  // What could not be read would look as if it were mended.
  if (!checked->cannot_read.empty()) return checked->cannot_read;
  Compared compared{**loaded, *std::move(checked), std::move(known), {}};
  compared.stale = compare_with(compared.known, options.baseline, compared.loaded, compared.checked);
  return compared;
}

int write(const std::string& file, const std::vector<baseline::Entry>& entries) {
  // The whole file or nothing, whatever happens on the way.
  const std::string draft = file + ".draft";
  std::ofstream out(draft, std::ios::binary);
  out << baseline::print(entries);
  out.close();
  std::error_code error;
  if (out) fs::rename(draft, file, error);
  if (out && !error) return kExitClean;
  fs::remove(draft, error);
  return fail({Problem{{file, 0, 0}, "the baseline cannot be written"}});
}

// "812 findings"
std::string findings(size_t number) { return counted(number, "finding"); }

size_t count_new(const std::vector<Finding>& all) {
  return static_cast<size_t>(std::count_if(
      all.begin(), all.end(), [](const Finding& finding) { return !finding.known && !finding.suppressed; }));
}

// `all` without `some`; both sorted, equal ones one for one.
std::vector<baseline::Entry> without(const std::vector<baseline::Entry>& all,
                                     const std::vector<baseline::Entry>& some) {
  std::vector<baseline::Entry> rest;
  std::set_difference(all.begin(), all.end(), some.begin(), some.end(), std::back_inserter(rest));
  return rest;
}

}  // namespace

Result<baseline::Baseline> read_baseline(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  if (!in || fs::is_directory(file)) {
    return Problem{{file, 0, 0}, "the baseline cannot be read; `stallint baseline write` makes one"};
  }
  return baseline::read(std::move(text).str(), file);
}

std::vector<baseline::Entry> compare_with(const baseline::Baseline& known, const std::string& file,
                                          const Loaded& loaded, Checked& checked) {
  const baseline::PathOf path_of = paths_of(file, known.sarif);
  std::set<std::string> read;
  for (const std::string& path : checked.files) read.insert(path_of(path));
  const fs::path folder = known.sarif ? whole_path(".") : whole_path(folder_around(file));
  baseline::Baseline asked = known;
  std::erase_if(asked.entries, [&](const baseline::Entry& entry) {
    const bool ran = std::binary_search(loaded.enabled.begin(), loaded.enabled.end(), entry.rule);
    return !ran || (read.count(entry.path) == 0 && fs::exists(folder / entry.path));
  });
  return baseline::compare(asked, {}, path_of, checked.report.findings);
}

int baseline_write(const Options& options) {
  const Result<Compared> compared = run_and_compare(options, MayBeMissing::kYes);
  if (!compared) return fail(compared.problems());
  const std::vector<Finding>& all = compared->checked.report.findings;
  std::vector<baseline::Entry> entries = baseline::entries_of(all, paths_of(options.baseline, false));
  const int exit_code = write(options.baseline, entries);
  if (exit_code != kExitClean) return exit_code;
  std::cout << findings(entries.size()) << " in " << options.baseline;
  const size_t before = compared->known.entries.size();
  const size_t fresh = count_new(all);
  if (before > 0) std::cout << " (" << fresh << " new, " << before - (entries.size() - fresh) << " gone)";
  std::cout << '\n';
  return kExitClean;
}

int baseline_prune(const Options& options) {
  const Result<Compared> compared = run_and_compare(options, MayBeMissing::kNo);
  if (!compared) return fail(compared.problems());
  const std::vector<baseline::Entry> rest = without(compared->known.entries, compared->stale);
  if (!compared->stale.empty()) {
    const int exit_code = write(options.baseline, rest);
    if (exit_code != kExitClean) return exit_code;
  }
  std::cout << findings(compared->stale.size()) << " taken out of " << options.baseline << ", " << findings(rest.size())
            << " left\n";
  return kExitClean;
}

int baseline_check(const Options& options) {
  const Result<Compared> compared = run_and_compare(options, MayBeMissing::kNo);
  if (!compared) return fail(compared.problems());
  for (const baseline::Entry& entry : compared->stale) {
    std::cout << options.baseline << ": gone: " << entry.path << ": " << entry.rule;
    if (!entry.function.empty()) std::cout << " in `" << entry.function << "`";
    std::cout << '\n';
  }
  std::cout << findings(compared->known.entries.size()) << " in " << options.baseline << ", " << compared->stale.size()
            << " of them gone; " << findings(count_new(compared->checked.report.findings)) << " not in it\n";
  return compared->stale.empty() ? kExitClean : kExitFindings;
}

}  // namespace stallint::pipeline
