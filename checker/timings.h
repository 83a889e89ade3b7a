#pragma once
// Where the time of a run went: what `--timings` prints.
//
//     Timings timings(options.jobs);
//     timings.phase("link");          // ends the phase before it
//     ...
//     timings.print(std::cerr);
//
// Phases follow one another and are wall time. What workers do within a phase is summed over all threads.

#include <atomic>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace stallint {

// One kind of work on files. Times are nanoseconds.
struct Tally {
  std::atomic<uint64_t> time = 0;
  std::atomic<uint64_t> files = 0;
  std::atomic<uint64_t> bytes = 0;

  void add(uint64_t nanoseconds, uint64_t size);
};

class Timings {
 public:
  explicit Timings(unsigned jobs);

  void phase(const char* name);
  void print(std::ostream& out);

  Tally read;                  // from disk, as text
  Tally names;                 // of modules
  Tally known;                 // facts that the cache had
  Tally python, cpp;           // facts that were not kept, by parsing
  Tally put;                   // facts that were put into the cache
  Tally link, flow, match;     // of islands
  bool known_outcome = false;  // nothing has changed since an earlier run
  uint64_t units = 0;          // translation units of C++ that a compiler has read, now or in an earlier run
  uint64_t known_units = 0;

  // What each rule took, from any thread: id, nanoseconds.
  void add_rules(const std::vector<std::pair<std::string, uint64_t>>& took);

 private:
  struct Phase {
    const char* name = nullptr;
    uint64_t time = 0;
  };

  const unsigned jobs_;
  const uint64_t begun_;
  uint64_t phase_begun_ = 0;
  std::vector<Phase> phases_;
  std::mutex mutex_;
  std::map<std::string, uint64_t> rules_;
};

}  // namespace stallint
