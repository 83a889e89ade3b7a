#pragma once
// Once in a while, on a thread of its own: writes the statistics to the log.

#include "log.h"
#include "stats.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace shelf {

class Reporter {
 public:
  Reporter(Stats& stats, Log& log, std::chrono::milliseconds every);

 private:
  void run(std::stop_token stop);
  void round();

  Stats& stats_;
  Log& log_;
  const std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace shelf
