#include "checker/match/match.h"

#include "checker/base/clock.h"
#include "checker/base/parallel.h"
#include "checker/match/accuse.h"
#include "checker/match/candidates.h"
#include "checker/match/evaluator.h"
#include "checker/match/ignore.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace stallint::match {
namespace {

constexpr size_t kShare = 256;  // things that a worker takes at once

// One pattern of one rule, and some of the things that it may hold of.
struct Work {
  const rule::Rule* rule = nullptr;
  const rule::Find* find = nullptr;
  std::vector<Thing> things;
};

std::vector<Work> plan(const Evaluator& evaluator, const Options& options) {
  Candidates candidates(evaluator);
  std::vector<Work> work;
  for (const rule::Rule& rule : evaluator.rules().rules) {
    if (!std::binary_search(options.enabled.begin(), options.enabled.end(), rule.id)) continue;
    for (const rule::Find& find : rule.find) {
      const std::vector<Thing> things = candidates.of(find);
      for (size_t first = 0; first < things.size(); first += kShare) {
        const size_t last = std::min(first + kShare, things.size());
        work.push_back({&rule, &find, {things.begin() + first, things.begin() + last}});
      }
    }
  }
  return work;
}

// Paths of files that may run on an older Python than the rule requires, or on nobody knows which.
std::set<std::string> too_old_for(const rule::Rule& rule, const link::Program& program, const Options& options) {
  std::set<std::string> paths;
  if (!rule.requires_python) return paths;
  const unsigned long wanted = std::stoul(rule.requires_python->substr(2));  // "3.11": the loader lets in no other
  for (size_t n = 0; n < options.pythons.size() && n < program.files.size(); ++n) {
    if (options.pythons[n].value_or(0) < wanted) paths.insert(program.files[n].path);
  }
  return paths;
}

void drop_too_new(const link::Program& program, const rule::Rules& rules, const Options& options,
                  std::vector<Finding>& findings) {
  for (const rule::Rule& rule : rules.rules) {
    const std::set<std::string> paths = too_old_for(rule, program, options);
    if (paths.empty()) continue;
    std::erase_if(findings, [&](const Finding& finding) {
      return finding.rule == rule.id && paths.count(finding.region.file) > 0;
    });
  }
}

void run(const Evaluator& evaluator, const Work& work, std::vector<Finding>& findings) {
  for (const Thing& thing : work.things) {
    Match match;
    if (!evaluator.holds(work.find->pattern, thing, match)) continue;
    for (Finding& finding : accuse(evaluator, Hit{*work.rule, *work.find, thing, std::move(match)})) {
      findings.push_back(std::move(finding));
    }
  }
}

// A rule speaks once about a place; of its several patterns the first does. What it says of several kinds of sinks is
// said once if the words are the same, as in a message that names no chain.
void keep_first(std::vector<Finding>& findings) {
  using Key = std::tuple<std::string, std::string, uint32_t, uint32_t, uint32_t, std::string, std::string>;
  std::set<Key> seen, said;
  std::erase_if(findings, [&](const Finding& finding) {
    const Region& at = finding.region;
    const auto key = [&](const std::string& what, const std::string& about) {
      return Key(finding.rule, at.file, at.line, at.column, at.end_column, what, about);
    };
    return !seen.insert(key(finding.leaf_label, finding.subject)).second ||
           !said.insert(key(finding.message, finding.fix)).second;
  });
}

// `took` is parallel to `work`.
std::vector<std::pair<std::string, uint64_t>> by_rule(const std::vector<Work>& work,
                                                      const std::vector<uint64_t>& took) {
  std::vector<std::pair<std::string, uint64_t>> sums;
  for (size_t n = 0; n < work.size(); ++n) {
    if (sums.empty() || sums.back().first != work[n].rule->id) sums.emplace_back(work[n].rule->id, 0);
    sums.back().second += took[n];
  }
  return sums;
}

}  // namespace

std::vector<Finding> match(const link::Program& program, const rule::Rules& rules, const Options& options) {
  return match(program, prepare(rules, program.label_names), options);
}

std::vector<Finding> match(const link::Program& program, std::shared_ptr<const Prepared> prepared,
                           const Options& options) {
  const Evaluator evaluator(program, std::move(prepared));
  const std::vector<Work> work = plan(evaluator, options);
  std::vector<std::vector<Finding>> found(work.size());
  std::vector<uint64_t> took(work.size());
  parallel_for(options.jobs, work.size(), {}, [&](size_t n, unsigned) {
    const uint64_t begun = nanoseconds_now();
    run(evaluator, work[n], found[n]);
    took[n] = nanoseconds_now() - begun;
  });
  if (options.took != nullptr) *options.took = by_rule(work, took);

  std::vector<Finding> findings;
  for (std::vector<Finding>& some : found) {
    std::move(some.begin(), some.end(), std::back_inserter(findings));
  }
  drop_too_new(program, evaluator.rules(), options, findings);
  keep_first(findings);
  apply_ignores(evaluator, options, findings);
  return findings;
}

}  // namespace stallint::match
