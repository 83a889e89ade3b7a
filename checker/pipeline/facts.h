#pragma once
// Texts to facts: every file by its own language, C++ by its units too.

#include "checker/base/result.h"
#include "checker/cache/store.h"
#include "checker/finding/finding.h"
#include "checker/link/program.h"
#include "checker/options.h"
#include "checker/pipeline/texts.h"
#include "checker/rule/rule.h"
#include "checker/source/islands.h"
#include "checker/source/sources.h"
#include "checker/timings.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stallint::pipeline {

struct ReadFiles {
  std::vector<link::InputFile> files;
  std::vector<source::LowestPython> pythons;  // one for each file
  std::vector<Note> notes;
  std::vector<std::string> queries;  // what the compiler was asked, by number
  uint64_t lines = 0;
};

// Takes the texts of these files. `matchers` are what rules ask the compiler of C++; one it does not take is a Problem.
Result<ReadFiles> read_facts(const source::Sources& sources, Texts& texts, const source::Island& island,
                             const Options& options, cache::Store& store, Timings& timings,
                             const std::vector<rule::Matcher>& matchers = {});

}  // namespace stallint::pipeline
