#include "checker/pipeline/facts.h"

#include "checker/base/parallel.h"
#include "checker/cache/facts.h"
#include "checker/source/lines.h"
#include "checker/units/units.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <tuple>
#include <utility>

namespace stallint::pipeline {

namespace {

// What there is to say of one file when it has been read.
struct FileRead {
  std::vector<Note> notes;
  uint64_t lines = 0;
};

// A file of either language by its text alone, which is taken; see read_units for what a compiler adds.
FileRead read_file(const source::SourceFile& file, FileText& text, cache::Store& store, link::InputFile& input,
                   Timings& timings) {
  FileRead read;
  const std::string source = std::move(text.text);
  cache::Known known = cache::facts_of(store, reader_of(file), text.key, source);
  const bool cpp = file.language == source::Language::kCpp;
  if (known.kept) timings.known.add(known.asking, source.size());
  if (!known.kept) (cpp ? timings.cpp : timings.python).add(known.reading, source.size());
  if (!known.kept && store.keeps()) timings.put.add(known.asking + known.keeping, source.size());
  input.path = file.path;
  input.facts = std::move(known.facts);
  const std::vector<uint32_t>& starts = input.facts.line_starts;
  read.lines = source::line_count(source, starts);
  for (const source::DecodingNote& decoding : text.decoding) {
    const source::Position at = source::locate(starts, decoding.offset);
    read.notes.push_back({{file.path, at.line, at.column, at.line, at.column}, decoding.message});
  }
  return read;
}

// What a compiler knows of the C++ files takes the place of their spelling.
Result<units::Outcome> read_units(std::vector<link::InputFile>& files, const std::vector<size_t>& cpp,
                                  const Options& options, const std::vector<std::string>& queries,
                                  cache::Store& store) {
  std::vector<units::File> given;
  for (const size_t i : cpp) given.push_back({files[i].path, std::move(files[i].facts), {}, {}});
  Result<units::Outcome> outcome = units::read(given, {.database = options.database,
                                                       .clang = options.clang,
                                                       .jobs = options.jobs,
                                                       .unit_time = std::chrono::seconds(options.unit_seconds),
                                                       .unit_memory = uint64_t{options.unit_megabytes} << 20,
                                                       .store = &store,
                                                       .queries = queries});
  for (size_t n = 0; n < cpp.size(); ++n) {
    link::InputFile& file = files[cpp[n]];
    file.facts = std::move(given[n].facts);
    file.units = std::move(given[n].units);
    file.targets = std::move(given[n].targets);
  }
  return outcome;
}

// Matchers that the compiler does not take are mistakes of rules, though no other mistake is found so late.
std::vector<Problem> wrong_matchers(const std::vector<rule::Matcher>& matchers,
                                    const std::vector<exchange::BadQuery>& bad) {
  std::vector<Problem> problems;
  for (const exchange::BadQuery& query : bad) {
    if (query.query >= matchers.size()) continue;
    for (const rule::Predicate* word : matchers[query.query].words) {
      problems.push_back({word->matcher.place_of(query.line, query.column),
                          "clang-query does not take this matcher: " + query.message});
    }
  }
  std::sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  return problems;
}

}  // namespace

Result<ReadFiles> read_facts(const source::Sources& sources, Texts& texts, const source::Island& island,
                             const Options& options, cache::Store& store, Timings& timings,
                             const std::vector<rule::Matcher>& matchers) {
  const size_t count = island.size();
  std::vector<link::InputFile> files(count);
  std::vector<FileRead> reads(count);
  std::vector<uint64_t> sizes(count);
  for (size_t n = 0; n < count; ++n) sizes[n] = texts.files[island[n]].text.size();
  parallel_for(options.jobs, count, largest_first(sizes), [&](size_t n, unsigned) {
    FileText& text = texts.files[island[n]];
    if (text.problems.empty()) reads[n] = read_file(sources.files[island[n]], text, store, files[n], timings);
  });

  ReadFiles read;
  std::vector<size_t> cpp;
  for (size_t n = 0; n < count; ++n) {
    const bool is_cpp = sources.files[island[n]].language == source::Language::kCpp;
    if (is_cpp && texts.files[island[n]].problems.empty()) cpp.push_back(n);
  }
  for (const rule::Matcher& matcher : matchers) read.queries.push_back(matcher.text);
  if (!cpp.empty()) {
    Result<units::Outcome> outcome = read_units(files, cpp, options, read.queries, store);
    if (!outcome) return outcome.problems();
    timings.units = outcome->read;
    timings.known_units = outcome->kept;
    if (!outcome->bad_queries.empty()) return wrong_matchers(matchers, outcome->bad_queries);
    for (const units::Remark& remark : outcome->remarks) {
      // What is said of the whole run stands at the first path given.
      const std::string& path = remark.place.file.empty() ? sources.roots.front() : remark.place.file;
      const uint32_t line = remark.place.line, column = remark.place.column;
      read.notes.push_back({{path, line, column, line, column}, remark.message});
      if (remark.loud) std::cerr << "stallint: note: " << Problem{remark.place, remark.message}.text() << '\n';
    }
  }

  for (size_t n = 0; n < count; ++n) {
    const uint32_t i = island[n];
    if (!texts.files[i].problems.empty()) continue;
    for (const facts::Note& skipped : files[n].facts.notes) {
      const facts::LineColumn from = facts::locate(files[n].facts, skipped.at.begin);
      const facts::LineColumn to = facts::locate(files[n].facts, std::max(skipped.at.begin, skipped.at.end));
      reads[n].notes.push_back({{files[n].path, from.line, from.column, to.line, to.column}, skipped.message});
    }
    files[n].modules = texts.modules[i].candidates();
    files[n].is_package = texts.modules[i].is_package;
    read.files.push_back(std::move(files[n]));
    read.pythons.push_back(texts.pythons[i]);
    read.notes.insert(read.notes.end(), reads[n].notes.begin(), reads[n].notes.end());
    read.lines += reads[n].lines;
  }
  return read;
}
}  // namespace stallint::pipeline
