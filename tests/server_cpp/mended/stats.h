#pragma once
// How many requests there were, and how long the service was busy with them.

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace shelf {

class Stats {
 public:
  using Duration = std::chrono::steady_clock::duration;

  void record(int status, Duration took);
  void record_upkeep(Duration took);
  std::string to_json() const;

 private:
  mutable std::mutex mutex_;
  std::array<std::uint64_t, 6> by_class_{};
  Duration busy_{};
};

}  // namespace shelf
