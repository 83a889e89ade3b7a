#include "checker/units/units.h"

#include "checker/base/parallel.h"
#include "checker/base/text.h"
#include "checker/cache/digest.h"
#include "checker/cpp/cpp.h"
#include "checker/facts/pack.h"
#include "checker/source/sources.h"
#include "checker/units/cache.h"
#include "checker/units/database.h"
#include "checker/units/helper.h"
#include "checker/units/merge.h"
#include "checker/units/plan.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

namespace stallint::units {

namespace fs = std::filesystem;

namespace {

constexpr size_t kNamedHeaders = 5;
constexpr size_t kFewestGuesses = 50;  // translation units

// Below the working directory relative to it, as all paths are printed.
std::string shown(const std::string& path) {
  std::error_code error;
  const fs::path relative = fs::path(path).lexically_relative(fs::current_path(error));
  return relative.empty() || *relative.begin() == ".." ? path : relative.generic_string();
}

// How much of a unit was lost; 0: nothing.
uint32_t lacks(const exchange::Done& done) { return done.errors + static_cast<uint32_t>(done.missing.size()); }

// A unit and what became of it.
struct Reading {
  Unit unit;
  std::optional<exchange::Done> done;  // none: it was not read
  std::vector<Digest> facts;           // parallel to done->files
  bool kept = false;
};

// One run over the C++ files of a project.
class Run {
 public:
  Run(std::vector<File>& files, const Options& options, std::string helper, std::vector<Entry> entries)
      : files_(files),
        options_(options),
        entries_(std::move(entries)),
        nothing_(""),
        store_(options.store == nullptr ? nothing_ : *options.store),
        cache_(store_, project_, contents_) {
    for (size_t i = 0; i < files.size(); ++i) {
      std::error_code error;
      const fs::path real = fs::canonical(files[i].path, error);
      by_path_.emplace(error ? files[i].path : real.native(), i);
    }
    for (const auto& [path, number] : by_path_) project_.insert(path);
    errand_ = {std::move(helper),
               {project_.begin(), project_.end()},
               options.queries,
               options.full_templates,
               {options.jobs, options.unit_time, options.unit_memory}};
    identity_ = identity();
  }

  Outcome read() {
    read_all(units_of(entries_, project_));
    guesses_ = std::max(kFewestGuesses, readings_.size());
    const Inference inference(entries_);
    read_all(inferred(inference, false));
    read_all(inferred(inference, true));
    gather();
    merge();
    report();
    return std::move(outcome_);
  }

 private:
  // --- Units ---

  // Files that no unit has read: a header is asked about when the sources that might include it are done. A guess costs
  // as much as a unit that is known, so there are no more of them: who builds a part of a repository does not wait for
  // all of it. The nearest go first.
  std::vector<Unit> inferred(const Inference& inference, bool headers) {
    std::vector<Unit> units;
    for (const auto& [path, number] : by_path_) {
      if (covered_.contains(path) || source::is_cpp_header(path) != headers) continue;
      if (std::optional<Unit> unit = inference.unit_for(path)) units.push_back(*std::move(unit));
    }
    std::stable_sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) { return a.distance < b.distance; });
    if (units.size() > guesses_) {
      unread_ += units.size() - guesses_;
      units.resize(guesses_);
    }
    guesses_ -= units.size();
    guessed_ += units.size();
    return units;
  }

  void read_all(std::vector<Unit> units) {
    const size_t first = readings_.size();
    for (Unit& unit : units) {
      covered_.insert(unit.source);
      readings_.push_back({std::move(unit), {}, {}, false});
    }
    const size_t count = readings_.size() - first;
    parallel_for(options_.jobs, count, {}, [&](size_t i, unsigned) { recall(readings_[first + i]); });
    ask(first);
    keep(first);
    for (size_t i = first; i < readings_.size(); ++i) cover(readings_[i]);
  }

  void cover(const Reading& reading) {
    if (!reading.done) return;
    for (const std::string& path : reading.done->dependencies) covered_.insert(path);
    for (const exchange::Done::File& file : reading.done->files) covered_.insert(file.path);
  }

  // --- What earlier runs know ---

  // Whose facts these are: another compiler may read the same otherwise.
  Digest identity() const {
    struct stat info {};
    stat(errand_.helper.c_str(), &info);
    std::string text = errand_.helper + '\0' + std::to_string(info.st_size) + '\0' +
                       std::to_string(info.st_mtim.tv_sec) + '.' + std::to_string(info.st_mtim.tv_nsec) + '\0' +
                       std::to_string(facts::kPackVersion) + (errand_.full_templates ? "full" : "");
    for (const std::string& query : errand_.queries) text += '\0' + query;
    return cache::digest_of(text);
  }

  Digest key_of(const Unit& unit) {
    std::string text = identity_.text() + unit.command.file + '\0' + unit.command.directory;
    for (const std::string& argument : unit.command.arguments) {
      text += '\0' + argument;
      if (!argument.starts_with('@')) continue;
      const auto content = contents_.of((fs::path(unit.command.directory) / argument.substr(1)).native());
      if (content) text += content->text();
    }
    return cache::digest_of(text);
  }

  void recall(Reading& reading) {
    std::optional<Kept> kept = cache_.find(key_of(reading.unit));
    if (!kept) return;
    for (const Digest& digest : kept->facts) {
      if (!recall_facts(digest)) return;
    }
    for (const Kept::Dependency& one : kept->dependencies) kept->done.dependencies.push_back(one.path);
    reading.done = std::move(kept->done);
    reading.facts = std::move(kept->facts);
    reading.kept = true;
  }

  bool recall_facts(const Digest& digest) {
    {
      const std::lock_guard lock(mutex_);
      if (facts_.contains(digest)) return true;
    }
    std::optional<std::string> bytes = cache_.facts(digest);
    if (!bytes) return false;
    const std::lock_guard lock(mutex_);
    facts_.emplace(digest, *std::move(bytes));
    return true;
  }

  void keep(size_t first) {
    if (!store_.keeps() || !outcome_.bad_queries.empty()) return;
    std::set<std::string> paths;
    std::set<Digest> fresh;
    std::vector<size_t> read;
    for (size_t i = first; i < readings_.size(); ++i) {
      const Reading& reading = readings_[i];
      if (!reading.done || reading.kept) continue;
      read.push_back(i);
      paths.insert(reading.done->dependencies.begin(), reading.done->dependencies.end());
      fresh.insert(reading.facts.begin(), reading.facts.end());
    }
    const std::vector<std::string> all(paths.begin(), paths.end());
    parallel_for(options_.jobs, all.size(), {}, [&](size_t i, unsigned) { contents_.of(all[i]); });
    const std::vector<Digest> blobs(fresh.begin(), fresh.end());
    parallel_for(options_.jobs, blobs.size(), {},
                 [&](size_t i, unsigned) { cache_.keep_facts(blobs[i], facts_.at(blobs[i])); });
    parallel_for(options_.jobs, read.size(), {}, [&](size_t i, unsigned) { keep(readings_[read[i]]); });
  }

  void keep(const Reading& reading) {
    Kept kept{*reading.done, reading.facts, {}};
    for (const std::string& path : kept.done.dependencies) {
      const std::optional<Digest> content = contents_.of(path);
      if (!content) return;  // it is gone again
      kept.dependencies.push_back({path, *content, project_.contains(path)});
    }
    kept.done.dependencies.clear();
    cache_.keep(key_of(reading.unit), kept);
  }

  // --- What a compiler says ---

  void ask(size_t first) {
    std::vector<size_t> asked;
    std::vector<const exchange::Unit*> units;
    std::vector<uint64_t> sizes;
    for (size_t i = first; i < readings_.size(); ++i) {
      if (readings_[i].done) continue;
      std::error_code error;
      const auto size = fs::file_size(readings_[i].unit.source, error);
      asked.push_back(i);
      units.push_back(&readings_[i].unit.command);
      sizes.push_back(error ? 0 : size);
    }
    if (units.empty()) return;
    if (!broken_.empty() || !bad_queries_.empty()) return;

    // The hash that the helper gives to facts is its own affair; two of them may disagree on it.
    std::map<uint64_t, Digest> digests;
    Listener listener;
    listener.facts = [&](size_t, exchange::Facts facts) {
      const Digest digest = cache::digest_of(facts.bytes);
      digests[facts.hash] = digest;
      facts_.emplace(digest, std::move(facts.bytes));
    };
    listener.done = [&](size_t unit, exchange::Done done) {
      Reading& reading = readings_[asked[unit]];
      for (const exchange::Done::File& file : done.files) {
        const auto at = digests.find(file.facts);
        if (at == digests.end()) {  // it named what it never sent
          reading.facts.clear();
          return fail(reading, {"the compiler's answer makes no sense", true});
        }
        reading.facts.push_back(at->second);
      }
      reading.done = std::move(done);
    };
    listener.failed = [&](size_t unit, const Failure& failure) { fail(readings_[asked[unit]], failure); };
    listener.bad_query = [&](const exchange::BadQuery& bad) { bad_queries_.emplace(bad.query, bad); };
    broken_ = read_units(errand_, units, sizes, listener);
    outcome_.bad_queries.clear();
    for (const auto& [number, bad] : bad_queries_) outcome_.bad_queries.push_back(bad);
  }

  void fail(const Reading& reading, const Failure& failure) {
    const std::string path = files_[by_path_.at(reading.unit.source)].path;
    failures_.insert_or_assign({path, reading.unit.command.arguments}, failure);
  }

  // --- All together ---

  // For each file, who has read it.
  void gather() {
    std::set<std::string> names;
    for (const Reading& reading : readings_) names.insert(reading.unit.targets.begin(), reading.unit.targets.end());
    std::map<std::string, uint32_t> numbers;
    for (const std::string& name : names) numbers.emplace(name, static_cast<uint32_t>(numbers.size()));

    seen_.resize(files_.size());
    for (uint32_t u = 0; u < readings_.size(); ++u) {
      const Reading& reading = readings_[u];
      if (!reading.done) continue;
      std::set<size_t> reads;
      const auto add = [&](const std::string& path) {
        const auto at = by_path_.find(path);
        if (at != by_path_.end()) reads.insert(at->second);
      };
      for (const std::string& path : reading.done->dependencies) add(path);
      for (size_t i = 0; i < reading.done->files.size(); ++i) {
        const std::string& path = reading.done->files[i].path;
        add(path);
        const auto at = by_path_.find(path);
        if (at != by_path_.end()) seen_[at->second].emplace_back(lacks(*reading.done), u, reading.facts[i]);
      }
      for (const size_t file : reads) {
        files_[file].units.push_back(u);
        for (const std::string& target : reading.unit.targets) files_[file].targets.push_back(numbers.at(target));
      }
    }
    for (File& file : files_) {
      std::sort(file.targets.begin(), file.targets.end());
      file.targets.erase(std::unique(file.targets.begin(), file.targets.end()), file.targets.end());
    }
  }

  void merge() {
    std::vector<char> misread(files_.size());
    parallel_for(options_.jobs, files_.size(), {},
                 [&](size_t i, unsigned) { misread[i] = !merge(files_[i], seen_[i]); });
    if (std::find(misread.begin(), misread.end(), 1) == misread.end()) return;
    outcome_.remarks.push_back({{shown(errand_.helper), 0, 0},
                                "this stallint-clang is of another version than stallint, which cannot read its facts; "
                                "install both from one build",
                                true});
  }

  using Seen = std::vector<std::tuple<uint32_t, uint32_t, Digest>>;  // errors of the unit, its number, the facts

  // False if facts cannot be read.
  bool merge(File& file, Seen& seen) {
    if (seen.empty()) return true;
    std::sort(seen.begin(), seen.end());
    std::vector<facts::FileFacts> readings;
    std::set<Digest> taken;
    for (const auto& [errors, unit, digest] : seen) {
      if (!taken.insert(digest).second) continue;
      std::optional<facts::FileFacts> facts = facts::unpack(facts_.at(digest));
      if (!facts) return false;
      readings.push_back(*std::move(facts));
    }
    facts::FileFacts facts = merged(std::move(readings));
    const bool complete = std::get<0>(seen.front()) == 0;
    if (!complete) cpp::overlay(facts, file.facts);
    take_ignores(facts, file.facts);
    file.facts = std::move(facts);
    return true;
  }

  // --- What the user must know ---

  void report() {
    for (const auto& [unit, failure] : failures_) {
      const bool told = !outcome_.remarks.empty() && outcome_.remarks.back().place.file == unit.first;
      if (!broken_.empty() || told) continue;
      outcome_.remarks.push_back({{unit.first, 0, 0},
                                  failure.final ? "read by its spelling alone: " + failure.reason
                                                : failure.reason + "; a second attempt read it",
                                  false});
    }
    if (!broken_.empty()) {
      outcome_.remarks.push_back({{shown(errand_.helper), 0, 0},
                                  "C++ was read by its spelling alone, as stallint-clang does not work: " + broken_,
                                  true});
    }
    std::map<std::string, size_t> missing;
    const exchange::Done::Error* first_error = nullptr;
    for (const Reading& reading : readings_) {
      if (!reading.done) continue;
      ++outcome_.read;
      if (reading.kept) ++outcome_.kept;
      if (lacks(*reading.done) == 0) continue;
      ++outcome_.degraded;
      for (const std::string& header : reading.done->missing) ++missing[header];
      if (first_error == nullptr && !reading.done->first_errors.empty()) first_error = &reading.done->first_errors[0];
    }
    if (outcome_.degraded > 0) outcome_.remarks.push_back(degraded(missing, first_error));
    if (unread_ > 0) {
      outcome_.remarks.push_back({{"", 0, 0},
                                  counted(guessed_ + unread_, "file") +
                                      " of C++ have no compile command: " + std::to_string(guessed_) +
                                      " were read with the flags of a neighbour, " + std::to_string(unread_) +
                                      " by their spelling alone; a compile_commands.json of the whole project, or the "
                                      "path of the part that is built, would help",
                                  false});
    }
  }

  Remark degraded(const std::map<std::string, size_t>& missing, const exchange::Done::Error* first_error) const {
    std::string text = std::to_string(outcome_.degraded) + " of " + counted(outcome_.read, "translation unit") +
                       (outcome_.degraded == 1 ? " is" : " are") +
                       " read in part, so what is found there is less sure and something may be missed";
    if (!missing.empty()) {
      std::vector<std::pair<std::string, size_t>> headers(missing.begin(), missing.end());
      std::stable_sort(headers.begin(), headers.end(),
                       [](const auto& a, const auto& b) { return a.second > b.second; });
      std::vector<std::string> names;
      for (size_t i = 0; i < std::min(headers.size(), kNamedHeaders); ++i) {
        names.push_back(headers[i].first + " (" + counted(headers[i].second, "unit") + ")");
      }
      text += "; missing headers: " + join(names, ", ");
      if (headers.size() > kNamedHeaders) text += " and " + std::to_string(headers.size() - kNamedHeaders) + " more";
      text += "; install or generate them";
    } else if (first_error != nullptr) {
      text += "; the first error is " + shown(first_error->path) + ":" + std::to_string(first_error->line) + ": " +
              first_error->message;
    }
    return {{"", 0, 0}, text, false};
  }

  std::vector<File>& files_;
  const Options& options_;
  std::vector<Entry> entries_;
  std::map<std::string, size_t> by_path_;  // real path to number of the file
  std::set<std::string> project_;          // real paths
  Contents contents_;
  cache::Store nothing_;
  cache::Store& store_;
  Cache cache_;
  Errand errand_;
  Digest identity_;
  std::vector<Reading> readings_;
  std::set<std::string> covered_;  // real paths of files that units have read, or failed to
  std::mutex mutex_;               // of facts_, while several threads recall
  std::map<Digest, std::string> facts_;
  std::map<std::pair<std::string, std::vector<std::string>>, Failure> failures_;
  std::map<uint32_t, exchange::BadQuery> bad_queries_;
  std::vector<Seen> seen_;  // by file
  Reason broken_;
  size_t guesses_ = 0;  // units that may still be inferred
  size_t guessed_ = 0;
  size_t unread_ = 0;  // files that would have been a guess too many
  Outcome outcome_;
};

// How the files are compiled, by all databases that speak of them. A database that was looked for and cannot be read is
// a remark, one that the user named a Problem.
Result<std::vector<Entry>> find_entries(const std::vector<File>& files, const Options& options, Outcome& outcome) {
  std::vector<std::string> paths;
  if (!options.database.empty()) {
    const Result<std::string> path = database_at(options.database);
    if (!path) return path.problems();
    paths.push_back(*path);
  } else {
    std::vector<std::string> absolute;
    std::error_code error;
    const fs::path here = fs::current_path(error);
    for (const File& file : files) absolute.push_back((here / file.path).lexically_normal().native());
    Found found = find_databases(absolute);
    paths = std::move(found.paths);
    for (std::string& remark : found.remarks) outcome.remarks.push_back({{"", 0, 0}, std::move(remark), false});
  }
  std::vector<Entry> entries;
  bool damaged = false;
  for (const std::string& path : paths) {
    Result<Database> database = read_database(path);
    if (!database) {
      std::vector<Problem> problems = database.problems();
      for (Problem& problem : problems) problem.place.file = shown(problem.place.file);
      if (!options.database.empty()) return problems;
      for (Problem& problem : problems) outcome.remarks.push_back({problem.place, problem.message, true});
      damaged = true;
      continue;
    }
    for (const Problem& skipped : database->skipped) {
      outcome.remarks.push_back({{shown(skipped.place.file), 0, 0}, skipped.message + " and was skipped", false});
    }
    entries.insert(entries.end(), std::make_move_iterator(database->entries.begin()),
                   std::make_move_iterator(database->entries.end()));
  }
  if (entries.empty() && !damaged) {
    outcome.remarks.push_back({{paths.empty() ? "" : shown(paths.front()), 0, 0},
                               paths.empty()
                                   ? "C++ was read by its spelling alone, as no compile_commands.json says how "
                                     "it is compiled; CMake writes one with "
                                     "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, and `-p DIR` says where it is"
                                   : "C++ was read by its spelling alone, as this names no file",
                               true});
  }
  return entries;
}

}  // namespace

Result<Outcome> read(std::vector<File>& files, const Options& options) {
  Outcome outcome;
  if (files.empty()) return outcome;
  const Result<std::string> helper = find_helper(options.clang);
  if (!helper) return helper.problems();
  Result<std::vector<Entry>> entries = find_entries(files, options, outcome);
  if (!entries) return entries.problems();
  if (entries->empty()) return outcome;
  if (helper->empty()) {
    outcome.remarks.push_back(
        {{"", 0, 0},
         "C++ was read by its spelling alone, as stallint-clang is neither beside stallint nor on "
         "PATH; install it, or name it by `--clang PATH`",
         true});
    return outcome;
  }
  Outcome read = Run(files, options, *helper, *std::move(entries)).read();
  read.remarks.insert(read.remarks.begin(), outcome.remarks.begin(), outcome.remarks.end());
  return read;
}

}  // namespace stallint::units
