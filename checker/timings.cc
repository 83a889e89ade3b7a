#include "checker/timings.h"

#include "checker/base/clock.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstring>
#include <ostream>

namespace stallint {

namespace {

constexpr double kSecond = 1e9;
constexpr double kMegabyte = 1e6;

double seconds(uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / kSecond; }

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string line(uint64_t time, const std::string& share, const std::string& what) {
  return fmt::format("{:9.3f} s {:>5}  {}\n", seconds(time), share, what);
}

// "parsing Python: 5331 files, 45.2 MB, 13.3 MB/s"
std::string line(const char* what, const Tally& tally) {
  if (tally.files == 0) return "";
  const double megabytes = static_cast<double>(tally.bytes) / kMegabyte;
  const double time = std::max(seconds(tally.time), 1e-9);
  return line(
      tally.time, "",
      fmt::format("  {}: {} files, {:.1f} MB, {:.1f} MB/s", what, tally.files.load(), megabytes, megabytes / time));
}

}  // namespace

void Tally::add(uint64_t nanoseconds, uint64_t size) {
  time.fetch_add(nanoseconds, std::memory_order_relaxed);
  files.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(size, std::memory_order_relaxed);
}

Timings::Timings(unsigned jobs) : jobs_(jobs), begun_(nanoseconds_now()) {}

void Timings::phase(const char* name) {
  const uint64_t now = nanoseconds_now();
  if (!phases_.empty()) phases_.back().time = now - phase_begun_;
  phases_.push_back({name, 0});
  phase_begun_ = now;
}

void Timings::add_rules(const std::vector<std::pair<std::string, uint64_t>>& took) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, time] : took) rules_[id] += time;
}

void Timings::print(std::ostream& out) {
  phase("end");
  const uint64_t all = std::max<uint64_t>(nanoseconds_now() - begun_, 1);
  rusage own{}, children{};
  getrusage(RUSAGE_SELF, &own);
  getrusage(RUSAGE_CHILDREN, &children);
  const double busy =
      seconds(own.ru_utime) + seconds(own.ru_stime) + seconds(children.ru_utime) + seconds(children.ru_stime);
  out << line(all, "",
              fmt::format("all; {:.3f} s of processors, {} jobs, {:.0f} MB of memory at most", busy, jobs_,
                          static_cast<double>(own.ru_maxrss) * 1024 / kMegabyte));
  for (const Phase& each : phases_) {
    if (&each == &phases_.back()) continue;
    const double share = 100 * static_cast<double>(each.time) / static_cast<double>(all);
    out << line(each.time, fmt::format("{:.0f} %", share), each.name);
    if (std::strcmp(each.name, "text of files") == 0)
      out << line("reading files", read) << line(names.time, "", "  names of modules");
    if (std::strcmp(each.name, "checking") != 0) continue;
    out << line("from the cache", known) << line("parsing Python", python) << line("parsing C++", cpp)
        << line("into the cache", put);
    for (const auto& [what, tally] : {std::pair("linking", &link), {"flow", &flow}, {"matching", &match}}) {
      if (tally->files > 0) out << line(tally->time, "", fmt::format("  {}: {} islands", what, tally->files.load()));
    }
  }
  if (known_outcome) out << fmt::format("{:>11} {:>5}  nothing has changed since an earlier run\n", "", "");
  if (units > 0) out << fmt::format("{:>11} {:>5}  units of C++, {} of them from the cache\n", units, "", known_units);
  std::vector<std::pair<std::string, uint64_t>> rules(rules_.begin(), rules_.end());
  std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [id, time] : rules) out << line(time, "", id);
}

}  // namespace stallint
