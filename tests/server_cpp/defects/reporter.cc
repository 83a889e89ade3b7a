#include "reporter.h"

namespace shelf {

Reporter::Reporter(Stats& stats, Log& log, std::chrono::milliseconds every)
    : stats_(stats), log_(log), every_(every), thread_([this](std::stop_token stop) { run(stop); }) {}

void Reporter::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock<std::mutex> guard(mutex_);
      stopped_.wait_for(guard, stop, every_, [] { return false; });
    }
    round();
  }
}

void Reporter::round() {
  const auto begin = std::chrono::steady_clock::now();
  log_.write(stats_.to_json());
  stats_.record_upkeep(std::chrono::steady_clock::now() - begin);
}

}  // namespace shelf
