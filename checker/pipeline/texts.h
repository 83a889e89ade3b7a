#pragma once
// What is read before anything is parsed: which files there are, their texts and their names.
//
//     const Result<source::Sources> sources = find(options, settings);
//     Texts texts = read_texts(*sources, options, store, timings);
//     for (const source::Island& island : split(*sources, texts, options.jobs)) ...

#include "checker/base/result.h"
#include "checker/cache/digest.h"
#include "checker/cache/facts.h"
#include "checker/cache/store.h"
#include "checker/options.h"
#include "checker/pipeline/settings.h"
#include "checker/source/file.h"
#include "checker/source/islands.h"
#include "checker/source/project.h"
#include "checker/source/roots.h"
#include "checker/source/sources.h"
#include "checker/timings.h"

#include <string>
#include <vector>

namespace stallint::pipeline {

// The options for a run over the text of standard input; as they were given if they do not ask for that.
Result<Options> with_standard_input(const Options& given);

// The files that the options and the configurations ask for; a Problem if there is none, or if a configuration is
// wrong.
Result<source::Sources> find(const Options& options, Settings& settings);

// One file as text.
struct FileText {
  std::vector<Problem> problems;  // it cannot be read
  std::vector<source::DecodingNote> decoding;
  std::string text;
  cache::Digest key;  // of its facts; of nothing if nothing is kept
};

// All that is known before anything is parsed; one of each for every file.
struct Texts {
  std::vector<FileText> files;
  std::vector<source::Module> modules;
  std::vector<source::LowestPython> pythons;
};

// Where facts are kept between runs; empty if nothing is kept.
std::string cache_folder(const Options& options);

// Who reads the file: the front end of its language.
const cache::Reader& reader_of(const source::SourceFile& file);

Texts read_texts(const source::Sources& sources, const Options& options, const cache::Store& store, Timings& timings);

// What could not be read, for the end of a run: the rest is checked.
std::vector<Problem> unreadable(const source::Sources& sources, const Texts& texts);

// The files in groups that do not know one another.
std::vector<source::Island> split(const source::Sources& sources, const Texts& texts, unsigned jobs);

// For what is asked of all files at once.
source::Island whole(const source::Sources& sources);

}  // namespace stallint::pipeline
