#include "reporter.h"

namespace shelf {

Reporter::Reporter(Stats& stats, Sessions& sessions, Log& log, std::chrono::milliseconds every)
    : stats_(stats), sessions_(sessions), log_(log), every_(every), thread_([this](std::stop_token stop) {
        run(stop);
      }) {}

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
  const std::size_t forgotten = sessions_.forget_old();
  log_.write("sessions forgotten: " + std::to_string(forgotten) + ", " + stats_.to_json());
  stats_.record_upkeep(std::chrono::steady_clock::now() - begin);
}

}  // namespace shelf
