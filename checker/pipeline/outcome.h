#pragma once
// Facts to findings, and what earlier runs came to.
//
//     const Task task{*sources, *rules, rule_texts, *enabled, options};
//     Result<cache::Outcome> outcome = recall_or_work_out(task, texts, store, timings);

#include "checker/base/result.h"
#include "checker/cache/digest.h"
#include "checker/cache/outcome.h"
#include "checker/cache/store.h"
#include "checker/link/models.h"
#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/options.h"
#include "checker/pipeline/facts.h"
#include "checker/pipeline/texts.h"
#include "checker/rule/rule.h"
#include "checker/timings.h"

#include <memory>
#include <string>
#include <vector>

namespace stallint::pipeline {

// What follows from the rules, made once for all islands.
struct Knowledge {
  explicit Knowledge(const rule::Rules& all)
      : rules(all), models(all), prepared(match::prepare(all, models.label_names())) {}

  const rule::Rules& rules;
  const link::Models models;
  const std::shared_ptr<const match::Prepared> prepared;
};

// Takes the files; what else was read stays.
link::Program link_all(ReadFiles& read, const Knowledge& knowledge, unsigned jobs, Timings& timings);

// All that checking needs and does not change.
struct Task {
  const source::Sources& sources;
  const rule::Rules& rules;
  const cache::Digest& rule_texts;
  const std::vector<std::string>& enabled;
  const Options& options;
};

// Every island by itself, the largest first, if no earlier run has come to it.
Result<cache::Outcome> recall_or_work_out(const Task& task, Texts& texts, cache::Store& store, Timings& timings);

// Writes what is kept for the next run; that it cannot be is only said.
void finish(cache::Store& store, Timings& timings);

}  // namespace stallint::pipeline
