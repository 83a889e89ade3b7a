#include "checker/pipeline/texts.h"

#include "checker/base/clock.h"
#include "checker/base/parallel.h"
#include "checker/cpp/cpp.h"
#include "checker/python/python.h"
#include "checker/source/listing.h"

#include <numeric>
#include <string_view>
#include <utility>

namespace stallint::pipeline {

Result<source::Sources> find(const Options& options) {
  source::SourceOptions wanted;
  wanted.scope = options.include_tests ? source::Scope::kAllCode : source::Scope::kServer;
  // With `--within` the paths say only where findings are wanted, and one that is left out by default stays so.
  const std::vector<std::string> paths = options.within.empty() ? options.paths : std::vector{options.within};
  Result<source::Sources> sources = source::find_sources(paths, wanted);
  if (!sources || !options.within.empty()) return sources;
  if (sources->files.empty() && sources->unreadable.empty()) {
    std::string message = "no Python or C++ file to check";
    if (sources->left_out > 0) {
      message +=
          ": all that is here is left out by default (tests, migrations, vendored or generated code); name a "
          "file outright, or ask for tests and migrations with --include-tests";
    }
    return Problem{{options.paths.front(), 0, 0}, message};
  }
  return sources;
}

std::string cache_folder(const Options& options) {
  if (!options.cache) return "";
  return options.cache_folder.empty() ? cache::default_folder() : options.cache_folder;
}

const cache::Reader& reader_of(const source::SourceFile& file) {
  static const cache::Reader kPython{cache::Kind::kPython, python::reader(), python::read};
  static const cache::Reader kCpp{cache::Kind::kCpp, cpp::reader(), cpp::read};
  return file.language == source::Language::kCpp ? kCpp : kPython;
}

namespace {

FileText read_text(const source::SourceFile& file, const cache::Store& store, Timings& timings) {
  FileText read;
  const uint64_t begun = nanoseconds_now();
  const bool cpp = file.language == source::Language::kCpp;
  Result<source::File> text = cpp ? source::read_cpp_file(file.path) : source::read_file(file.path);
  if (!text) {
    read.problems = text.problems();
    return read;
  }
  read.text = std::move(text->text);
  read.decoding = std::move(text->notes);
  if (store.keeps()) read.key = cache::key_of(reader_of(file), read.text);
  timings.read.add(nanoseconds_now() - begun, read.text.size());
  return read;
}

}  // namespace

Texts read_texts(const source::Sources& sources, const Options& options, const cache::Store& store, Timings& timings) {
  timings.phase("text of files");
  Texts texts;
  texts.files.resize(sources.files.size());
  // Which names the files have is asked of their folders, by one worker while the others read.
  parallel_for(options.jobs, texts.files.size() + 1, {}, [&](size_t i, unsigned) {
    if (i > 0) {
      texts.files[i - 1] = read_text(sources.files[i - 1], store, timings);
      return;
    }
    const uint64_t begun = nanoseconds_now();
    source::Listing listing;
    texts.modules = source::find_modules(sources, listing);
    texts.pythons = source::lowest_pythons(sources, listing);
    timings.names.add(nanoseconds_now() - begun, 0);
  });
  return texts;
}

std::vector<Problem> unreadable(const source::Sources& sources, const Texts& texts) {
  std::vector<Problem> problems = sources.unreadable;
  for (const FileText& file : texts.files) problems.insert(problems.end(), file.problems.begin(), file.problems.end());
  return problems;
}

std::vector<source::Island> split(const source::Sources& sources, const Texts& texts, unsigned jobs) {
  std::vector<std::string_view> views;
  for (const FileText& file : texts.files) views.emplace_back(file.text);
  return source::find_islands(sources.files, texts.modules, views, jobs);
}

source::Island whole(const source::Sources& sources) {
  source::Island all(sources.files.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}
}  // namespace stallint::pipeline
