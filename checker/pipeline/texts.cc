#include "checker/pipeline/texts.h"

#include "checker/base/clock.h"
#include "checker/base/parallel.h"
#include "checker/cpp/cpp.h"
#include "checker/pipeline/paths.h"
#include "checker/python/python.h"
#include "checker/source/listing.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <numeric>
#include <string_view>
#include <utility>

namespace stallint::pipeline {

namespace {

// The text of standard input, as the file that it is said to be, on disk or not.
void put_in(const Options& options, const Settings& settings, source::Sources& sources) {
  const std::string path = settings.printed(options.stdin_filename);
  const std::filesystem::path whole = whole_path(path);
  const auto same = [&](const source::SourceFile& file) {
    return file.path == path ||
           (file.path.substr(file.path.rfind('/') + 1) == whole.filename() && whole_path(file.path) == whole);
  };
  const auto known = std::find_if(sources.files.begin(), sources.files.end(), same);
  if (known != sources.files.end()) {
    known->text = options.stdin_text;
  } else if (!options.force_exclude) {
    source::SourceFile file{path, source::Language::kPython, options.stdin_text};
    const auto behind = std::find_if(sources.files.begin(), sources.files.end(),
                                     [&](const source::SourceFile& one) { return path < one.path; });
    sources.files.insert(behind, std::move(file));
  }
}

// The repository, else the nearest folder that holds a project.
std::string project_around(const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path project;
  for (fs::path at = whole_path(file).parent_path();; at = at.parent_path()) {
    if (fs::exists(at / ".git", error)) return at.string();
    for (const char* mark : {"stallint.toml", ".stallint.toml", "pyproject.toml", "setup.py", "setup.cfg"}) {
      if (project.empty() && fs::exists(at / mark, error)) project = at;
    }
    if (!at.has_relative_path()) break;
  }
  return project.empty() ? folder_around(file) : project.string();
}

}  // namespace

Result<Options> with_standard_input(const Options& given) {
  Options options = given;
  if (given.stdin_filename.empty()) return options;
  const std::string what = "`--stdin-filename " + given.stdin_filename + "`: ";
  const std::optional<source::Language> language = source::language_of_name(given.stdin_filename);
  if (!language) return Problem{{}, what + "the name does not say which language it is; Python ends in .py"};
  if (language == source::Language::kCpp) {
    return Problem{{}, what + "C++ is read by a compiler, from disk: save the file, and name it as a path"};
  }
  std::error_code error;
  if (std::filesystem::is_directory(given.stdin_filename, error)) return Problem{{}, what + "this is a folder"};
  options.stdin_text =
      std::make_shared<const std::string>(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  const std::filesystem::path name = std::filesystem::path(given.stdin_filename).filename();
  options.paths = {(whole_path(folder_around(given.stdin_filename)) / name).string()};
  if (options.within.empty()) options.within = project_around(given.stdin_filename);
  return options;
}

Result<source::Sources> find(const Options& options, Settings& settings) {
  source::SourceOptions wanted;
  settings.guide(wanted);
  wanted.force_exclude = options.force_exclude;
  // With `--within` the paths say only where findings are wanted, and one that is left out by default stays so.
  const std::vector<std::string> paths = options.within.empty() ? options.paths : std::vector{options.within};
  Result<source::Sources> sources = source::find_sources(paths, wanted);
  if (sources && options.stdin_text) put_in(options, settings, *sources);
  // Files that were named have configurations too; those of folders are known by now.
  if (sources) {
    for (const std::string& root : sources->roots) settings.of_root(root);
    if (options.stdin_text) settings.of_file(options.stdin_filename);
  }
  if (std::vector<Problem> wrong = settings.problems(); !wrong.empty()) return wrong;
  if (!sources) return sources;
  for (const Problem& remark : sources->remarks) std::cerr << "stallint: note: " << remark.text() << '\n';
  if (!options.within.empty()) return sources;
  if (sources->files.empty() && sources->unreadable.empty()) {
    std::string message = "no Python or C++ file to check";
    if (sources->left_out > 0) {
      message +=
          ": all that is here is left out (tests, migrations, vendored or generated code, what git ignores or a "
          "configuration excludes); name a file outright, or ask for tests and migrations with --include-tests";
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
  Result<source::File> text = file.text ? source::decode(*file.text)
                              : cpp     ? source::read_cpp_file(file.path)
                                        : source::read_file(file.path);
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
