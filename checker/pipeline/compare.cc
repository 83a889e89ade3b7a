#include "checker/pipeline/compare.h"

#include "checker/base/text.h"
#include "checker/baseline/baseline.h"
#include "checker/git/repository.h"
#include "checker/pipeline/baseline.h"
#include "checker/pipeline/paths.h"

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

// The same run over the tree that the base had, with the rules of today, so that a rule that is new accuses nobody of
// what has always been so.
Result<std::vector<Finding>> findings_of(const git::Base& base, const Loaded& loaded, const Options& options) {
  const Scratch scratch;
  if (scratch.path().empty()) {
    return Problem{{}, std::string("no folder can be made for the tree of the base: ") + strerror(errno)};
  }
  if (Result<bool> written = git::check_out(base, scratch.path()); !written) return written.problems();

  const fs::path top = whole_path(base.top), then = whole_path(scratch.path());
  const auto moved = [&](const fs::path& path) { return (then / path.lexically_relative(top)).lexically_normal(); };
  Options wanted = options;
  wanted.paths.clear();
  for (const std::string& path : options.paths) {
    const fs::path now = whole_path(path);
    if (is_below(now, top) && fs::exists(moved(now))) wanted.paths.push_back(moved(now).string());
  }
  if (wanted.paths.empty()) return std::vector<Finding>{};  // all that was asked for is new
  if (!options.cache_folder.empty()) wanted.cache_folder = fs::absolute(options.cache_folder).string();
  if (!options.database.empty()) wanted.database = fs::absolute(options.database).string();

  const In there(then);
  Timings timings(options.jobs);
  Result<Checked> checked = check_paths(loaded, wanted, timings);
  if (!checked) {
    // Nothing to check is no mistake here: there was no server yet.
    return std::vector<Finding>{};
  }
  return std::move(checked->report.findings);
}

std::vector<Problem> compare_with_file(const Loaded& loaded, const Options& options, Checked& checked) {
  const Result<baseline::Baseline> known = read_baseline(options.baseline);
  if (!known) return known.problems();
  const size_t stale = compare_with(*known, options.baseline, loaded, checked).size();
  checked.report.comparison = "in " + options.baseline;
  if (stale > 0) {
    std::cerr << "stallint: note: " << counted(stale, "finding") << " of " << options.baseline
              << (stale == 1 ? " is" : " are") << " gone; `stallint baseline prune` takes "
              << (stale == 1 ? "it" : "them") << " out\n";
  }
  return {};
}

std::vector<Problem> compare_with_revision(const Loaded& loaded, const Options& options, Checked& checked) {
  const Result<git::Base> base =
      git::find_base(folder_around(options.paths.front()), options.baseline_revision, "--baseline-rev");
  if (!base) return base.problems();
  const Result<git::Changes> changes = git::changes_since(*base);
  if (!changes) return changes.problems();
  const Result<std::vector<Finding>> before = findings_of(*base, loaded, options);
  if (!before) return before.problems();
  baseline::Baseline known;
  const fs::path top = whole_path(base->top);
  known.entries = baseline::entries_of(*before, [](const std::string& file) { return file; });
  baseline::compare(known, {.renamed = changes->renamed, .functions = true}, paths_from(top), checked.report.findings);
  checked.report.comparison = "in " + base->name;
  return {};
}

std::vector<Problem> compare_with_lines(const Options& options, Checked& checked) {
  const Result<git::Base> base = git::find_base(folder_around(options.paths.front()), options.diff, "--diff");
  if (!base) return base.problems();
  const Result<git::Changes> changes = git::changes_since(*base);
  if (!changes) return changes.problems();
  const auto path_of = paths_from(whole_path(base->top));
  const auto changed = [&](const Region& at) {
    const auto lines = changes->lines.find(path_of(at.file));
    return lines != changes->lines.end() &&
           std::any_of(lines->second.begin(), lines->second.end(), [&](const std::pair<uint32_t, uint32_t>& range) {
             return range.first <= at.line && at.line <= range.second;
           });
  };
  for (Finding& finding : checked.report.findings) {
    const bool fresh = changed(finding.region) || std::any_of(finding.chain.begin(), finding.chain.end(),
                                                              [&](const Step& step) { return changed(step.region); });
    finding.known = !fresh;
  }
  checked.report.comparison = "outside of what has changed since " + base->name;
  return {};
}

}  // namespace

std::vector<Problem> compare(const Loaded& loaded, const Options& options, Checked& checked) {
  if (!options.baseline.empty()) return compare_with_file(loaded, options, checked);
  if (!options.baseline_revision.empty()) return compare_with_revision(loaded, options, checked);
  if (!options.diff.empty()) return compare_with_lines(options, checked);
  return {};
}

}  // namespace stallint::pipeline
