#include "tests/support/cpp.h"

#include "checker/exchange/exchange.h"
#include "checker/facts/pack.h"
#include "checker/units/helper.h"
#include "checker/units/merge.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace stallint {

#ifdef STALLINT_CLANG
namespace {

namespace fs = std::filesystem;

// A folder that is gone when the reading is over.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "stallint-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = fs::canonical(name);
  }
  ~Scratch() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

bool is_header(const std::string& path) { return path.ends_with(".h") || path.ends_with(".hpp"); }

std::vector<std::string> with_stubs() {
  return {"clang++",     "-std=c++20", "-nostdinc",
          "-nostdinc++", "-include",   std::string(STALLINT_SOURCE_DIR) + "/tests/stubs/all.h"};
}

struct Known {
  size_t project = 0;
  std::string path;
};

}  // namespace
#endif

bool is_cpp(const std::string& path) {
  constexpr std::array<const char*, 5> kEndings = {".cc", ".cpp", ".cxx", ".h", ".hpp"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return path.ends_with(ending); });
}

bool reads_cpp() {
#ifdef STALLINT_CLANG
  return true;
#else
  return false;
#endif
}

std::vector<CppFacts> read_cpp(const std::vector<std::vector<SourceText>>& projects,
                               [[maybe_unused]] const std::vector<std::string>& command,
                               const std::vector<std::string>& queries) {
  std::vector<CppFacts> read(projects.size());
  for (CppFacts& project : read) project.queries = queries;
#ifdef STALLINT_CLANG
  const Scratch scratch;
  units::Errand errand;
  errand.helper = STALLINT_CLANG;
  errand.queries = queries;
  errand.limits.jobs = std::max(1U, std::thread::hardware_concurrency());
  std::map<std::string, Known> places;  // by the path of the file as the helper sees it
  std::vector<exchange::Unit> units;
  std::vector<size_t> project_of;  // per unit
  for (size_t n = 0; n < projects.size(); ++n) {
    for (const SourceText& file : projects[n]) {
      if (!is_cpp(file.path)) continue;
      const fs::path path = scratch.path() / std::to_string(n) / file.path;
      fs::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << file.text;
      places[path.string()] = {n, file.path};
      errand.project_files.push_back(path.string());
      if (is_header(file.path)) continue;
      std::vector<std::string> arguments = command.empty() ? with_stubs() : command;
      arguments.push_back(path.string());
      units.push_back({path.string(), path.parent_path().string(), std::move(arguments)});
      project_of.push_back(n);
    }
  }
  std::sort(errand.project_files.begin(), errand.project_files.end());

  std::map<uint64_t, std::string> packed;
  std::vector<exchange::Done> done(units.size());
  units::Listener listener;
  listener.facts = [&](size_t, exchange::Facts facts) { packed[facts.hash] = std::move(facts.bytes); };
  listener.done = [&](size_t unit, exchange::Done one) { done[unit] = std::move(one); };
  listener.failed = [&](size_t unit, const units::Failure& failure) {
    if (failure.final) read[project_of[unit]].problems.push_back(places[units[unit].file].path + ": " + failure.reason);
  };
  listener.bad_query = [&](const exchange::BadQuery& bad) {
    for (CppFacts& project : read) project.problems.push_back(queries[bad.query] + ": " + bad.message);
  };
  std::vector<const exchange::Unit*> wanted;
  for (const exchange::Unit& unit : units) wanted.push_back(&unit);
  const units::Reason reason = read_units(errand, wanted, std::vector<uint64_t>(units.size(), 1), listener);
  std::map<std::string, std::vector<facts::FileFacts>> seen;  // by the path of the file as the helper sees it
  for (size_t n = 0; n < units.size(); ++n) {
    CppFacts& project = read[project_of[n]];
    if (!reason.empty()) project.problems.push_back(reason);
    for (const exchange::Done::Error& error : done[n].first_errors) {
      const auto place = places.find(error.path);
      const std::string path = place == places.end() ? error.path : place->second.path;
      project.problems.push_back(path + ":" + std::to_string(error.line) + ": " + error.message);
    }
    for (const exchange::Done::File& file : done[n].files) {
      const auto place = places.find(file.path);
      if (place == places.end()) continue;
      project.files[place->second.path].units.push_back(static_cast<uint32_t>(n));
      std::optional<facts::FileFacts> facts = facts::unpack(packed[file.facts]);
      if (facts) seen[file.path].push_back(*std::move(facts));
      if (!facts) project.problems.push_back(place->second.path + ": no facts came back");
    }
  }
  for (auto& [path, readings] : seen) {
    const Known& place = places[path];
    read[place.project].files[place.path].facts = units::merged(std::move(readings));
  }
#endif
  return read;
}

}  // namespace stallint
