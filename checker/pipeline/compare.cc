#include "checker/pipeline/compare.h"

#include "checker/base/text.h"
#include "checker/baseline/baseline.h"
#include "checker/git/repository.h"
#include "checker/pipeline/baseline.h"
#include "checker/pipeline/paths.h"
#include "checker/pipeline/texts.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <utility>

namespace stallint::pipeline {

namespace {

namespace fs = std::filesystem;

// A folder that is gone with everything in it when this is.
class Scratch {
 public:
  Scratch() {
    std::error_code error;
    const fs::path parent = fs::temp_directory_path(error);
    path_ = ((error ? fs::path("/tmp") : parent) / "stallint-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~Scratch() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Where stallint works while this is there.
class In {
 public:
  explicit In(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder, error_); }
  ~In() {
    std::error_code error;
    fs::current_path(before_, error);
  }
  In(const In&) = delete;
  In& operator=(const In&) = delete;

 private:
  fs::path before_;
  std::error_code error_;
};

// The same run over the tree that the base had, with the rules and the configuration of today, so that a rule that is
// new accuses nobody of what has always been so.
Result<std::vector<Finding>> findings_of(const git::Base& base, const Loaded& loaded, const Options& options) {
  const Scratch scratch;
  if (scratch.path().empty()) {
    return Problem{{}, std::string("no folder can be made for the tree of the base: ") + strerror(errno)};
  }
  if (Result<bool> written = git::check_out(base, scratch.path()); !written) return written.problems();

  const fs::path top = whole_path(base.top), then = whole_path(scratch.path());
  const auto moved = [&](const fs::path& path) { return (then / path.lexically_relative(top)).lexically_normal(); };
  Options wanted = options;
  // Everything in the part of the repository that is asked about: a file may have had another name.
  std::vector<std::string> asked = options.within.empty() ? options.paths : std::vector{options.within};
  wanted.within.clear();
  wanted.paths.clear();
  for (const std::string& path : asked) {
    const fs::path now = whole_path(path);
    if (is_below(now, top) && fs::exists(moved(now))) wanted.paths.push_back(moved(now).string());
  }
  if (wanted.paths.empty()) return std::vector<Finding>{};  // all that was asked for is new
  if (!options.cache_folder.empty()) wanted.cache_folder = fs::absolute(options.cache_folder).string();
  if (!options.database.empty()) wanted.database = fs::absolute(options.database).string();

  const In there(then);
  Timings timings(options.jobs);
  loaded.settings.stand_in(then.generic_string(), top.generic_string());
  const Result<source::Sources> sources = find(wanted, loaded.settings);
  // Nothing to check is no mistake here: there was no server yet.
  if (!sources) return std::vector<Finding>{};
  Result<Checked> checked = check_sources(loaded, *sources, wanted, timings);
  loaded.settings.stand_in("", "");
  if (!checked) return checked.problems();
  return std::move(checked->report.findings);
}

void compare_with_file(const baseline::Baseline& known, const Loaded& loaded, const Options& options,
                       Checked& checked) {
  const size_t stale = compare_with(known, options.baseline, loaded, checked).size();
  checked.report.comparison = "in " + options.baseline;
  if (stale == 0) return;
  std::cerr << "stallint: note: " << counted(stale, "finding") << " of " << options.baseline
            << (stale == 1 ? " is" : " are") << " gone; `stallint baseline prune` takes "
            << (stale == 1 ? "it" : "them") << " out\n";
}

std::vector<Problem> compare_with_revision(const git::Base& base, const git::Changes& changes, const Loaded& loaded,
                                           const Options& options, Checked& checked) {
  const Result<std::vector<Finding>> before = findings_of(base, loaded, options);
  if (!before) return before.problems();
  baseline::Baseline known;
  known.entries = baseline::entries_of(*before, [](const std::string& file) { return file; });
  baseline::compare(known, {.renamed = changes.renamed, .functions = true}, paths_from(whole_path(base.top)),
                    checked.report.findings);
  checked.report.comparison = "in " + base.name;
  return {};
}

void compare_with_lines(const git::Base& base, const git::Changes& changes, Checked& checked) {
  const auto path_of = paths_from(whole_path(base.top));
  const auto changed = [&](const Region& at) {
    const auto lines = changes.lines.find(path_of(at.file));
    return lines != changes.lines.end() &&
           std::any_of(lines->second.begin(), lines->second.end(), [&](const std::pair<uint32_t, uint32_t>& range) {
             return range.first <= at.line && at.line <= range.second;
           });
  };
  for (Finding& finding : checked.report.findings) {
    finding.known = !changed(finding.region) && std::none_of(finding.chain.begin(), finding.chain.end(),
                                                             [&](const Step& step) { return changed(step.region); });
  }
  checked.report.comparison = "outside of what has changed since " + base.name;
}

}  // namespace

Result<Known> find_known(const Options& options) {
  Known known;
  if (!options.baseline.empty()) {
    Result<baseline::Baseline> file = read_baseline(options.baseline);
    if (!file) return file.problems();
    known.file = *std::move(file);
  }
  for (const auto& [option, revision] :
       {std::pair("--baseline-rev", &options.baseline_revision), {"--diff", &options.diff}}) {
    if (revision->empty()) continue;
    const std::string& path = options.within.empty() ? options.paths.front() : options.within;
    Result<git::Base> base = git::find_base(folder_around(path), *revision, option);
    if (!base) return base.problems();
    known.revision = *std::move(base);
  }
  return known;
}

std::vector<Problem> compare(const Known& known, const Loaded& loaded, const Options& options, Checked& checked) {
  if (known.file) compare_with_file(*known.file, loaded, options, checked);
  if (!known.revision) return {};
  const Result<git::Changes> changes = git::changes_since(*known.revision);
  if (!changes) return changes.problems();
  if (options.diff.empty()) return compare_with_revision(*known.revision, *changes, loaded, options, checked);
  compare_with_lines(*known.revision, *changes, checked);
  return {};
}

}  // namespace stallint::pipeline
