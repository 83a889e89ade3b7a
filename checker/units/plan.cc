#include "checker/units/plan.h"

#include "checker/base/text.h"
#include "checker/source/sources.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

namespace stallint::units {

namespace fs = std::filesystem;

namespace {

// What names outputs, asks for messages or describes them: nothing of it changes what the source means.
constexpr std::array<std::string_view, 4> kDropped = {"-c", "-pipe", "-save-temps", "-v"};
constexpr std::array<std::string_view, 8> kDroppedWithValue = {
    "-o", "-MF", "-MT", "-MQ", "-MJ", "-dumpbase", "-aux-info", "--serialize-diagnostics"};
constexpr std::array<std::string_view, 10> kDroppedPrefixes = {"-M",
                                                               "-o",
                                                               "-Wa,",
                                                               "-Wl,",
                                                               "-fdiagnostics-",
                                                               "-fdebug-prefix-map",
                                                               "-ffile-prefix-map",
                                                               "-frandom-seed",
                                                               "-fcolor-",
                                                               "-fno-diagnostics-"};
// Position independence is a macro, and nearly never asked for; a library built both ways is one unit.
constexpr std::array<std::string_view, 4> kIndependent = {"-fPIC", "-fpic", "-fPIE", "-fpie"};

// What makes the flags of an entry a worse guess, in steps from folder to folder.
constexpr size_t kOtherName = 5;
constexpr size_t kOtherLanguage = 1000;

template <typename Words>
bool is_one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_dropped(std::string_view argument) {
  if (is_one_of(kDropped, argument)) return true;
  if (argument.starts_with("-W") && !argument.starts_with("-Wp,")) return true;
  if (argument.starts_with("-g") && !argument.starts_with("-gcc")) return true;
  return std::any_of(kDroppedPrefixes.begin(), kDroppedPrefixes.end(),
                     [&](std::string_view prefix) { return argument.starts_with(prefix); });
}

bool names_file(const std::string& argument, const Entry& entry) {
  return !argument.starts_with('-') && !argument.starts_with('@') &&
         (fs::path(entry.directory) / argument).lexically_normal() == fs::path(entry.file);
}

// The compiler and its flags, without the file.
std::vector<std::string> flags_of(const Entry& entry) {
  std::vector<std::string> flags = {entry.arguments.front()};
  for (size_t i = 1; i < entry.arguments.size(); ++i) {
    const std::string& argument = entry.arguments[i];
    if (is_one_of(kDroppedWithValue, argument)) {
      ++i;
    } else if (!is_dropped(argument) && argument != "--" && !names_file(argument, entry)) {
      flags.push_back(argument);
    }
  }
  return flags;
}

bool speaks_c(const Entry& entry) {
  for (size_t i = 1; i < entry.arguments.size(); ++i) {
    std::string_view language = entry.arguments[i];
    if (!language.starts_with("-x")) continue;
    language = language.size() > 2              ? language.substr(2)
               : i + 1 < entry.arguments.size() ? std::string_view(entry.arguments[i + 1])
                                                : std::string_view();
    return language == "c" || language == "c-header";
  }
  const bool plain = entry.arguments.front().find("++") == std::string::npos;
  return plain && entry.file.ends_with(".c");
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return error ? path : real.native();
}

std::string stem_of(const std::string& path) { return lower(fs::path(path).stem().string()); }

size_t depth_of(std::string_view path) { return static_cast<size_t>(std::count(path.begin(), path.end(), '/')); }

size_t common_folders(std::string_view a, std::string_view b) {
  size_t folders = 0;
  for (size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; ++i) {
    if (a[i] == '/') ++folders;
  }
  return folders;
}

}  // namespace

std::string target_of(const std::string& output) {
  constexpr std::string_view kCMake = "/CMakeFiles/";
  const size_t home = output.find(kCMake);
  if (home != std::string::npos) {
    const size_t end = output.find(".dir/", home + kCMake.size());
    if (end != std::string::npos) return output.substr(0, end + 4);
  }
  const size_t meson = output.find(".p/");
  return meson == std::string::npos ? "" : output.substr(0, meson + 2);
}

std::vector<Unit> units_of(std::span<const Entry> entries, const std::set<std::string>& project) {
  std::map<std::tuple<std::string, std::string, std::vector<std::string>>, Unit> units;
  for (const Entry& entry : entries) {
    const std::string source = real_path(entry.file);
    if (!project.contains(source)) continue;
    std::vector<std::string> flags = flags_of(entry);
    std::vector<std::string> key = flags;
    std::erase_if(key, [](const std::string& flag) { return is_one_of(kIndependent, flag); });
    Unit& unit = units[{source, entry.directory, std::move(key)}];
    if (unit.source.empty()) {
      flags.push_back(entry.file);
      unit.command = {entry.file, entry.directory, std::move(flags)};
      unit.source = source;
    }
    if (std::string target = target_of(entry.output); !target.empty()) unit.targets.push_back(std::move(target));
  }
  std::vector<Unit> all;
  for (auto& [key, unit] : units) {
    std::sort(unit.targets.begin(), unit.targets.end());
    unit.targets.erase(std::unique(unit.targets.begin(), unit.targets.end()), unit.targets.end());
    all.push_back(std::move(unit));
  }
  return all;
}

Inference::Inference(std::span<const Entry> entries) {
  for (const Entry& entry : entries) donors_.push_back({&entry, stem_of(entry.file), speaks_c(entry)});
  // The best of equals is the first by path.
  std::stable_sort(donors_.begin(), donors_.end(),
                   [](const Donor& a, const Donor& b) { return a.entry->file < b.entry->file; });
}

std::optional<Unit> Inference::unit_for(const std::string& file) const {
  const bool header = source::is_cpp_header(file);
  const bool wants_c = file.ends_with(".c");
  const std::string stem = stem_of(file);
  const Donor* best = nullptr;
  size_t best_distance = SIZE_MAX;
  for (const Donor& donor : donors_) {
    // Steps from folder to folder. A file of the same name is a better guess than a neighbour, one of another language
    // hardly a guess.
    size_t distance = depth_of(file) + depth_of(donor.entry->file) - 2 * common_folders(file, donor.entry->file);
    if (donor.stem != stem) distance += kOtherName;
    if (!header && donor.is_c != wants_c) distance += kOtherLanguage;
    if (distance < best_distance) {
      best = &donor;
      best_distance = distance;
    }
  }
  if (best == nullptr) return std::nullopt;

  const bool as_c = header ? best->is_c : wants_c;
  std::vector<std::string> flags = flags_of(*best->entry);
  // The language of the lender is not that of the file, and neither is its standard.
  for (size_t i = 1; i < flags.size();) {
    const bool language = flags[i].starts_with("-x");
    const bool standard = flags[i].starts_with("-std=") && best->is_c != as_c;
    const size_t drop = language && flags[i] == "-x" && i + 1 < flags.size() ? 2 : language || standard ? 1 : 0;
    flags.erase(flags.begin() + static_cast<ptrdiff_t>(i), flags.begin() + static_cast<ptrdiff_t>(i + drop));
    if (drop == 0) ++i;
  }
  flags.insert(flags.end(), {"-x", as_c ? "c" : "c++", file});
  Unit unit;
  unit.command = {file, best->entry->directory, std::move(flags)};
  unit.source = file;
  unit.inferred = true;
  unit.distance = best_distance;
  return unit;
}

}  // namespace stallint::units
