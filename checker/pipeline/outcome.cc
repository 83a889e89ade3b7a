#include "checker/pipeline/outcome.h"

#include "checker/base/clock.h"
#include "checker/base/parallel.h"
#include "checker/flow/flow.h"

#include <cstdint>
#include <iostream>
#include <iterator>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

namespace stallint::pipeline {

std::string_view reader();  // stands for the sources of all rooms that have a part in findings; made by the build

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

namespace {

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
    static std::mutex guard;
    static auto& left = *new std::vector<const link::Program*>;  // where leak checkers find it
    const std::lock_guard lock(guard);
    left.push_back(program.release());
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

}  // namespace

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

void finish(cache::Store& store, Timings& timings) {
  timings.phase("cache, at its end");
  store.finish();
  if (store.trouble().empty()) return;
  std::cerr << "stallint: note: what was read is not kept for the next run: " << store.trouble() << '\n';
}
}  // namespace stallint::pipeline
