#include "checker/pipeline.h"

#include "checker/base/clock.h"
#include "checker/base/parallel.h"
#include "checker/base/suggest.h"
#include "checker/base/text.h"
#include "checker/cache/digest.h"
#include "checker/cache/facts.h"
#include "checker/cache/outcome.h"
#include "checker/cache/store.h"
#include "checker/cpp/cpp.h"
#include "checker/finding/settle.h"
#include "checker/flow/flow.h"
#include "checker/link/models.h"
#include "checker/link/program.h"
#include "checker/match/match.h"
#include "checker/python/python.h"
#include "checker/rule/embedded.h"
#include "checker/rule/rule.h"
#include "checker/source/file.h"
#include "checker/source/islands.h"
#include "checker/source/lines.h"
#include "checker/source/project.h"
#include "checker/source/roots.h"
#include "checker/source/sources.h"
#include "checker/timings.h"
#include "checker/units/units.h"
#include "reporters/reporter.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <sstream>
#include <tuple>
#include <unistd.h>

namespace stallint {

namespace pipeline {
std::string_view reader();  // stands for the sources of all rooms that have a part in findings; made by the build
}

namespace {

namespace fs = std::filesystem;

int fail(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) std::cerr << "stallint: " << problem.text() << '\n';
  return kExitFailed;
}

// --- Rules
// ------------------------------------------------------------------------------------------------------------

// The YAML files of a project's folder, in order of path. One that cannot be read is a Problem, never skipped.
Result<std::vector<rule::SourceFile>> read_rule_folder(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  if (fs::is_regular_file(folder, error)) {
    paths.push_back(folder);
  } else {
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      const std::string extension = it->path().extension().string();
      if (it->is_regular_file() && (extension == ".yaml" || extension == ".yml")) paths.push_back(it->path().string());
    }
    if (error) return Problem{{folder, 0, 0}, "the folder of rules cannot be read: " + error.message()};
  }
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) return Problem{{folder, 0, 0}, "no rule here: --rules takes a folder with .yaml files"};
  std::vector<rule::SourceFile> files;
  for (const std::string& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return Problem{{path, 0, 0}, "the rule file cannot be read"};
    files.push_back({path, std::move(text).str(), false});
  }
  return files;
}

// `texts`, if given, becomes a digest of all that was loaded.
Result<rule::Rules> load_all_rules(const Options& options, cache::Digest* texts = nullptr) {
  std::vector<rule::SourceFile> files;
  for (const rule::EmbeddedFile& file : rule::embedded_rules()) {
    files.push_back({std::string(file.path), std::string(file.text), true, file.tree});
  }
  for (const std::string& folder : options.rules) {
    Result<std::vector<rule::SourceFile>> read = read_rule_folder(folder);
    if (!read) return read.problems();
    files.insert(files.end(), read->begin(), read->end());
  }
  if (texts != nullptr) {
    std::string all;
    for (const rule::SourceFile& file : files) all += cache::digest_of(file.text).text() + (file.shipped ? "+" : "-");
    *texts = cache::digest_of(all);
  }
  return rule::load_rules(files);
}

// Whether one of the words of `--select` or `--ignore` means the rule: its id, a tag, or its severity.
bool means(const std::vector<std::string>& words, const rule::Rule& rule) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word == rule.id || word == name_of(rule.severity) ||
           std::find(rule.tags.begin(), rule.tags.end(), word) != rule.tags.end();
  });
}

Result<std::vector<std::string>> enabled_rules(const Options& options, const rule::Rules& rules) {
  std::set<std::string> known{"critical", "high", "medium", "low"};
  for (const rule::Rule& rule : rules.rules) {
    known.insert(rule.id);
    known.insert(rule.tags.begin(), rule.tags.end());
  }
  const std::vector<std::string> words(known.begin(), known.end());
  for (const auto& [option, given] : {std::pair("--select", &options.select), {"--ignore", &options.ignore}}) {
    for (const std::string& word : *given) {
      if (known.count(word) > 0) continue;
      return Problem{{},
                     std::string(option) + " knows no rule, tag or severity `" + word + "`" +
                         did_you_mean(word, words) + " (`stallint rules` lists them)"};
    }
  }
  std::vector<std::string> enabled;
  for (const rule::Rule& rule : rules.rules) {
    // A rule that is off by default is switched on by its own name.
    const bool named = std::find(options.select.begin(), options.select.end(), rule.id) != options.select.end();
    const bool selected =
        options.select.empty() ? rule.enabled : named || (rule.enabled && means(options.select, rule));
    if (selected && !means(options.ignore, rule)) enabled.push_back(rule.id);
  }
  return enabled;
}

// --- Facts
// ------------------------------------------------------------------------------------------------------------

struct ReadFiles {
  std::vector<link::InputFile> files;
  std::vector<source::LowestPython> pythons;  // one for each file
  std::vector<Note> notes;
  std::vector<std::string> queries;  // what the compiler was asked, by number
  uint64_t lines = 0;
};

Result<source::Sources> find(const Options& options) {
  source::SourceOptions wanted;
  wanted.scope = options.include_tests ? source::Scope::kAllCode : source::Scope::kServer;
  Result<source::Sources> sources = source::find_sources(options.paths, wanted);
  if (!sources) return sources;
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

// Where facts are kept between runs.
std::string cache_folder(const Options& options) {
  if (!options.cache) return "";
  return options.cache_folder.empty() ? cache::default_folder() : options.cache_folder;
}

const cache::Reader& reader_of(const source::SourceFile& file) {
  static const cache::Reader kPython{cache::Kind::kPython, python::reader(), python::read};
  static const cache::Reader kCpp{cache::Kind::kCpp, cpp::reader(), cpp::read};
  return file.language == source::Language::kCpp ? kCpp : kPython;
}

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

std::vector<Problem> unreadable(const source::Sources& sources, const Texts& texts) {
  std::vector<Problem> problems = sources.unreadable;
  for (const FileText& file : texts.files) problems.insert(problems.end(), file.problems.begin(), file.problems.end());
  return problems;
}

// Takes the texts of these files.
Result<ReadFiles> read_facts(const source::Sources& sources, Texts& texts, const source::Island& island,
                             const Options& options, cache::Store& store, Timings& timings,
                             const std::vector<rule::Matcher>& matchers = {}) {
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

// What follows from the rules, made once for all islands.
struct Knowledge {
  explicit Knowledge(const rule::Rules& all)
      : rules(all), models(all), prepared(match::prepare(all, models.label_names())) {}

  const rule::Rules& rules;
  const link::Models models;
  const std::shared_ptr<const match::Prepared> prepared;
};

// Takes the files; what else was read stays.
link::Program link_all(ReadFiles& read, const Knowledge& knowledge, unsigned jobs, Timings& timings) {
  const uint64_t begun = nanoseconds_now();
  link::Program program = link::link(std::move(read.files), knowledge.models);
  program.queries = read.queries;
  const uint64_t linked = nanoseconds_now();
  flow::close(program, knowledge.rules, knowledge.prepared, jobs);
  timings.link.add(linked - begun, 0);
  timings.flow.add(nanoseconds_now() - linked, 0);
  return program;
}

std::vector<source::Island> split(const source::Sources& sources, const Texts& texts, unsigned jobs) {
  std::vector<std::string_view> views;
  for (const FileText& file : texts.files) views.emplace_back(file.text);
  return source::find_islands(sources.files, texts.modules, views, jobs);
}

// For what is asked of all files at once.
source::Island whole(const source::Sources& sources) {
  source::Island all(sources.files.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

// --- What a run came to
// -----------------------------------------------------------------------------------------------

// All that findings in these files depend on. None if something has a part in it that is not known before it is read:
// C++, whose headers are found by a compiler.
std::optional<cache::Digest> question_of(const source::Sources& sources, const Texts& texts,
                                         const source::Island& island, const cache::Digest& rules,
                                         const std::vector<std::string>& enabled) {
  std::string all(pipeline::reader());
  const auto add = [&](std::string_view text) {
    all += text;
    all += '\0';
  };
  add(rules.text());
  for (const std::string& rule : enabled) add(rule);
  for (const uint32_t i : island) {
    if (sources.files[i].language == source::Language::kCpp) return std::nullopt;
    const FileText& file = texts.files[i];
    if (!file.problems.empty()) continue;
    add("");
    add(sources.files[i].path);
    add(file.key.text());
    add(std::to_string(texts.pythons[i].value_or(0)) + (texts.modules[i].is_package ? "p" : "m"));
    for (const std::string& name : texts.modules[i].candidates()) add(name);
    add(texts.modules[i].home);
    for (const source::DecodingNote& note : file.decoding) add(std::to_string(note.offset) + note.message);
  }
  return cache::digest_of(all);
}

void finish(cache::Store& store, Timings& timings) {
  timings.phase("cache, at its end");
  store.finish();
  if (store.trouble().empty()) return;
  std::cerr << "stallint: note: what was read is not kept for the next run: " << store.trouble() << '\n';
}

// --- Commands
// ---------------------------------------------------------------------------------------------------------

// Texts of the files that a report shows, read when the first excerpt asks for them.
class Shown {
 public:
  const std::string* operator()(const std::string& path) {
    const auto [it, fresh] = texts_.try_emplace(path);
    if (fresh) {
      Result<source::File> file = source::read_file(path);
      if (file) it->second = std::make_unique<std::string>(std::move(file->text));
    }
    return it->second.get();
  }

 private:
  std::map<std::string, std::unique_ptr<std::string>> texts_;
};

bool wants_color(Color color) {
  if (color != Color::kAuto) return color == Color::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  return isatty(STDOUT_FILENO) != 0 && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

bool write_report(const Report& report, const Options& options) {
  Shown shown;
  const reporters::SourceText source = [&](const std::string& path) { return shown(path); };
  bool written = true;
  for (const Output& output : options.outputs) {
    std::ofstream file;
    if (!output.file.empty()) file.open(output.file, std::ios::binary);
    std::ostream& out = output.file.empty() ? std::cout : file;
    if (output.format == "sarif") {
      reporters::write_sarif(report, source, out);
    } else {
      const bool color = output.file.empty() && wants_color(options.color);
      reporters::write_text(report, source, {.color = color, .show_low = options.show_low}, out);
    }
    out.flush();
    if (!out) {
      std::cerr << "stallint: the report cannot be written to "
                << (output.file.empty() ? "standard output" : output.file) << '\n';
      written = false;
    }
  }
  return written;
}

// All that checking needs and does not change.
struct Task {
  const source::Sources& sources;
  const rule::Rules& rules;
  const cache::Digest& rule_texts;
  const std::vector<std::string>& enabled;
  const Options& options;
};

// Facts to findings: all that a run is about.
Result<cache::Outcome> work_out(const Task& task, const Knowledge& knowledge, Texts& texts,
                                const source::Island& island, cache::Store& store, Timings& timings) {
  const unsigned jobs = task.options.jobs;
  Result<ReadFiles> read = read_facts(task.sources, texts, island, task.options, store, timings,
                                      rule::matchers_of(task.rules, task.enabled));
  if (!read) return read.problems();
  auto program = std::make_unique<link::Program>(link_all(*read, knowledge, jobs, timings));
  cache::Outcome outcome;
  std::vector<std::pair<std::string, uint64_t>> took;
  const uint64_t begun = nanoseconds_now();
  outcome.findings = match::match(*program, knowledge.prepared,
                                  {.jobs = jobs, .enabled = task.enabled, .pythons = read->pythons, .took = &took});
  timings.match.add(nanoseconds_now() - begun, 0);
  timings.add_rules(took);
  outcome.notes = std::move(read->notes);
  outcome.lines = read->lines;
  if (island.size() == task.sources.files.size()) {
    // Not taken apart, as the process ends soon: millions of small vectors would be freed one by one.
    static std::atomic<const link::Program*> left;  // where leak checkers find it
    left = program.release();
  }
  return outcome;
}

std::optional<cache::Outcome> recall(const std::optional<cache::Digest>& question, cache::Store& store) {
  const std::optional<std::string> bytes = question ? store.get(cache::Kind::kOutcome, *question) : std::nullopt;
  return bytes ? cache::unpack_outcome(*bytes) : std::nullopt;
}

void join(cache::Outcome&& part, cache::Outcome& all) {
  std::move(part.findings.begin(), part.findings.end(), std::back_inserter(all.findings));
  std::move(part.notes.begin(), part.notes.end(), std::back_inserter(all.notes));
  all.lines += part.lines;
}

// What an earlier run over the same texts came to, island by island.
std::optional<cache::Outcome> recall_run(const cache::Digest& run, cache::Store& store) {
  const std::optional<std::string> bytes = store.get(cache::Kind::kRun, run);
  const std::optional<std::vector<cache::Digest>> questions = bytes ? cache::unpack_questions(*bytes) : std::nullopt;
  if (!questions) return std::nullopt;
  cache::Outcome all;
  for (const cache::Digest& question : *questions) {
    std::optional<cache::Outcome> part = recall(question, store);
    if (!part) return std::nullopt;
    join(*std::move(part), all);
  }
  return all;
}

// Every island by itself, the largest first, if no earlier run has come to it.
Result<cache::Outcome> recall_or_work_out(const Task& task, Texts& texts, cache::Store& store, Timings& timings) {
  const auto question_about = [&](const source::Island& island) {
    return store.keeps() ? question_of(task.sources, texts, island, task.rule_texts, task.enabled) : std::nullopt;
  };
  const std::optional<cache::Digest> run = question_about(whole(task.sources));
  if (run) {
    std::optional<cache::Outcome> known = recall_run(*run, store);
    timings.known_outcome = known.has_value();
    if (known) return *std::move(known);
  }

  timings.phase("islands");
  const std::vector<source::Island> islands = split(task.sources, texts, task.options.jobs);
  std::vector<std::optional<cache::Digest>> questions(islands.size());
  std::vector<std::optional<Result<cache::Outcome>>> outcomes(islands.size());
  std::vector<uint64_t> sizes(islands.size());
  for (size_t n = 0; n < islands.size(); ++n) {
    for (const uint32_t file : islands[n]) sizes[n] += texts.files[file].text.size();
    questions[n] = question_about(islands[n]);
  }

  timings.phase("checking");
  const Knowledge knowledge(task.rules);
  const auto check_island = [&](size_t n) {
    if (std::optional<cache::Outcome> known = recall(questions[n], store)) {
      outcomes[n] = *std::move(known);
      return;
    }
    outcomes[n] = work_out(task, knowledge, texts, islands[n], store, timings);
    if (questions[n] && *outcomes[n]) store.put(cache::Kind::kOutcome, *questions[n], cache::pack(**outcomes[n]));
  };
  // A compiler of C++ is several processes by itself.
  const auto is_cpp = [&](size_t n) {
    return task.sources.files[islands[n].front()].language == source::Language::kCpp;
  };
  for (size_t n = 0; n < islands.size(); ++n) {
    if (is_cpp(n)) check_island(n);
  }
  parallel_for(task.options.jobs, islands.size(), largest_first(sizes), [&](size_t n, unsigned) {
    if (!is_cpp(n)) check_island(n);
  });

  cache::Outcome all;
  std::vector<cache::Digest> asked;
  for (size_t n = 0; n < islands.size(); ++n) {
    if (!*outcomes[n]) return outcomes[n]->problems();
    join(std::move(**outcomes[n]), all);
    if (questions[n]) asked.push_back(*questions[n]);
  }
  if (run) store.put(cache::Kind::kRun, *run, cache::pack(asked));
  return all;
}

int check(const Options& options) {
  Timings timings(options.jobs);
  timings.phase("rules");
  cache::Digest rule_texts;
  // Never taken apart, as the process ends soon; static, so that leak checkers find it.
  static const auto& rules = *new Result<rule::Rules>(load_all_rules(options, &rule_texts));
  if (!rules) return fail(rules.problems());
  const Result<std::vector<std::string>> enabled = enabled_rules(options, *rules);
  if (!enabled) return fail(enabled.problems());
  timings.phase("names of files");
  const Result<source::Sources> sources = find(options);
  if (!sources) return fail(sources.problems());

  cache::Store store(cache_folder(options));
  Texts texts = read_texts(*sources, options, store, timings);
  const std::vector<Problem> cannot_read = unreadable(*sources, texts);
  const Task task{*sources, *rules, rule_texts, *enabled, options};
  Result<cache::Outcome> outcome = recall_or_work_out(task, texts, store, timings);
  finish(store, timings);
  if (!outcome) return fail(outcome.problems());
  timings.phase("report");
  Report report;
  report.findings = std::move(outcome->findings);
  report.notes = std::move(outcome->notes);
  std::stable_sort(report.notes.begin(), report.notes.end(), [](const Note& a, const Note& b) {
    return std::tie(a.region.file, a.region.line, a.region.column) <
           std::tie(b.region.file, b.region.line, b.region.column);
  });
  report.lines_checked = outcome->lines;
  report.files_checked = static_cast<uint32_t>(
      std::count_if(texts.files.begin(), texts.files.end(), [](const auto& file) { return file.problems.empty(); }));
  std::erase_if(report.findings, [&](const Finding& finding) { return finding.confidence < options.confidence; });
  settle(report.findings);

  std::error_code error;
  report.tool_version = version();
  report.working_directory = fs::current_path(error).string();
  for (const rule::Rule& rule : rules->rules) {
    if (std::binary_search(enabled->begin(), enabled->end(), rule.id)) report.rules.push_back(rule::info_of(rule));
  }
  const bool written = write_report(report, options);
  if (options.timings) timings.print(std::cerr);
  if (!cannot_read.empty()) return fail(cannot_read);
  if (!written) return kExitFailed;
  return options.fail_on && any_at_or_above(report.findings, *options.fail_on) ? kExitFindings : kExitClean;
}

int explain(const Options& options) {
  const Result<rule::Rules> rules = load_all_rules(options);
  if (!rules) return fail(rules.problems());
  const bool markdown = options.explain_format == "md";
  const auto page = [&](const rule::Rule& rule) { return markdown ? rule::print_page(rule) : rule::print_text(rule); };
  std::vector<std::string> ids;
  bool found = false;
  for (const rule::Rule& rule : rules->rules) {
    ids.push_back(rule.id);
    if (!options.rule.empty() && rule.id != options.rule) continue;
    found = true;
    if (options.output_folder.empty()) {
      std::cout << page(rule);
      continue;
    }
    std::error_code error;
    fs::create_directories(options.output_folder, error);
    const std::string path = options.output_folder + "/" + rule.id + (markdown ? ".md" : ".txt");
    std::ofstream out(path, std::ios::binary);
    out << page(rule);
    if (!out.flush()) return fail({Problem{{path, 0, 0}, "the page cannot be written"}});
  }
  if (found) return kExitClean;
  return fail({Problem{{},
                       "no rule is called `" + options.rule + "`" + did_you_mean(options.rule, ids) +
                           " (`stallint rules` lists them)"}});
}

int list_rules(const Options& options) {
  const Result<rule::Rules> rules = load_all_rules(options);
  if (!rules) return fail(rules.problems());
  const Result<std::vector<std::string>> enabled = enabled_rules(options, *rules);
  if (!enabled) return fail(enabled.problems());
  size_t widest = 0;
  for (const rule::Rule& rule : rules->rules) widest = std::max(widest, rule.id.size());
  for (const rule::Rule& rule : rules->rules) {
    const bool on = std::binary_search(enabled->begin(), enabled->end(), rule.id);
    std::string severity = name_of(rule.severity);
    severity.resize(10, ' ');
    std::cout << severity << rule.id << std::string(widest + 2 - rule.id.size(), ' ') << (on ? "" : "(off) ")
              << rule.message << '\n';
  }
  return kExitClean;
}

int print(const Options& options) {
  const Result<rule::Rules> rules = load_all_rules(options);
  if (!rules) return fail(rules.problems());
  if (options.command == Command::kPrintLanguage) {
    std::cout << rule::print_language(*rules);
    return kExitClean;
  }
  const Result<source::Sources> sources = find(options);
  if (!sources) return fail(sources.problems());
  Timings timings(options.jobs);
  cache::Store store(cache_folder(options));
  Texts texts = read_texts(*sources, options, store, timings);
  const std::vector<Problem> cannot_read = unreadable(*sources, texts);
  const bool facts = options.command == Command::kPrintFacts;
  const std::vector<source::Island> islands =
      facts ? std::vector<source::Island>{whole(*sources)} : split(*sources, texts, options.jobs);
  const Knowledge knowledge(*rules);
  for (const source::Island& island : islands) {
    Result<ReadFiles> read = read_facts(*sources, texts, island, options, store, timings);
    if (!read) return fail(read.problems());
    if (!facts) {
      std::cout << link::print(link_all(*read, knowledge, options.jobs, timings));
      continue;
    }
    for (const link::InputFile& file : read->files) {
      if (read->files.size() > 1) std::cout << "== " << file.path << '\n';
      std::cout << facts::print(file.facts);
    }
  }
  finish(store, timings);
  return cannot_read.empty() ? kExitClean : fail(cannot_read);
}

int why(const Options& options) {
  const Result<rule::Rules> rules = load_all_rules(options);
  if (!rules) return fail(rules.problems());
  // The file itself belongs to the program, whatever folder was named.
  Options wanted = options;
  wanted.paths.push_back(options.file);
  const Result<source::Sources> sources = find(wanted);
  if (!sources) return fail(sources.problems());
  std::vector<std::string> all;  // each rule is asked, whether enabled or not
  for (const rule::Rule& rule : rules->rules) all.push_back(rule.id);
  Timings timings(options.jobs);
  cache::Store store(cache_folder(options));
  Texts texts = read_texts(*sources, options, store, timings);
  const std::vector<Problem> cannot_read = unreadable(*sources, texts);
  const std::string asked = fs::weakly_canonical(options.file).string();
  source::Island around;  // the island of the file
  std::string path = options.file;
  for (const source::Island& island : split(*sources, texts, options.jobs)) {
    for (const uint32_t i : island) {
      if (fs::weakly_canonical(sources->files[i].path).string() != asked) continue;
      path = sources->files[i].path;
      around = island;
    }
  }
  Result<ReadFiles> read = read_facts(*sources, texts, around, options, store, timings, rule::matchers_of(*rules, all));
  finish(store, timings);
  if (!read) return fail(read.problems());
  const link::Program program = link_all(*read, Knowledge(*rules), options.jobs, timings);
  std::cout << match::why(program, *rules, path, options.line);
  return cannot_read.empty() ? kExitClean : fail(cannot_read);
}

// "1.2 MiB"
std::string bytes_in_words(uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits = {" bytes", " KiB", " MiB", " GiB"};
  auto value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
  std::array<char, 32> text{};
  snprintf(text.data(), text.size(), unit == 0 ? "%.0f" : "%.1f", value);
  return text.data() + std::string(kUnits[unit]);
}

int cache_info(const Options& options) {
  const std::string folder = cache_folder(options);
  const cache::Info info = cache::info(folder);
  std::cout << (folder.empty() ? "no folder: there is no home, and --cache-dir names none" : folder) << '\n';
  for (uint32_t kind = 0; kind < cache::kKinds; ++kind) {
    const cache::Info::Part& part = info.kinds[kind];
    if (part.entries == 0) continue;
    std::cout << "  " << cache::name_of(static_cast<cache::Kind>(kind)) << ": " << part.entries << ", "
              << bytes_in_words(part.bytes) << '\n';
  }
  std::cout << "  " << counted(info.packs, "pack") << ", " << bytes_in_words(info.bytes) << " of at most "
            << bytes_in_words(cache::kMostBytes) << '\n';
  if (info.foreign > 0) {
    std::cout << "  " << counted(info.foreign, "pack") << " of another version, or damaged\n";
  }
  return kExitClean;
}

int cache_clear(const Options& options) {
  const std::string folder = cache_folder(options);
  const cache::Cleared cleared = cache::clear(folder);
  if (!cleared.trouble.empty()) return fail({Problem{{}, "the cache cannot be removed: " + cleared.trouble}});
  if (cleared.packs == 0) {
    std::cout << "nothing is kept" << (folder.empty() ? "" : " in " + folder) << '\n';
  } else {
    std::cout << "removed " << counted(cleared.packs, "pack") << ", " << bytes_in_words(cleared.bytes) << ", from "
              << folder << '\n';
  }
  return kExitClean;
}

}  // namespace

int run(const Options& options) {
  switch (options.command) {
    case Command::kCheck:
      return check(options);
    case Command::kExplain:
      return explain(options);
    case Command::kRules:
      return list_rules(options);
    case Command::kPrintFacts:
    case Command::kPrintProgram:
    case Command::kPrintLanguage:
      return print(options);
    case Command::kWhy:
      return why(options);
    case Command::kCacheInfo:
      return cache_info(options);
    case Command::kCacheClear:
      return cache_clear(options);
  }
  return kExitFailed;
}

}  // namespace stallint
