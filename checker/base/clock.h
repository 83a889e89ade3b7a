#pragma once
// How long work takes, for people who ask.
//
//     std::atomic<uint64_t> parsing = 0;
//     {
//       const Stopwatch watch(parsing);     // adds what passes until it goes; from any thread
//       parse(text);
//     }

#include <atomic>
#include <chrono>
#include <cstdint>

namespace stallint {

inline uint64_t nanoseconds_now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

class Stopwatch {
 public:
  explicit Stopwatch(std::atomic<uint64_t>& sum) : sum_(sum), begun_(nanoseconds_now()) {}
  ~Stopwatch() { sum_.fetch_add(nanoseconds_now() - begun_, std::memory_order_relaxed); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  std::atomic<uint64_t>& sum_;
  const uint64_t begun_;
};

}  // namespace stallint
