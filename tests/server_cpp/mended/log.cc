#include "log.h"

#include <fstream>
#include <utility>

namespace shelf {
namespace {
constexpr std::size_t kMostLines = 10000;
}

Log::Log(std::string path) : path_(std::move(path)), writer_([this](std::stop_token stop) { run(stop); }) {}

void Log::write(const std::string& line) {
  {
    std::lock_guard<std::mutex> guard(mutex_);
    if (lines_.size() >= kMostLines) lines_.pop_front();
    lines_.push_back(line);
  }
  filled_.notify_one();
}

void Log::run(std::stop_token stop) {
  std::ofstream file(path_, std::ios::app);
  while (!stop.stop_requested()) {
    std::deque<std::string> batch;
    {
      std::unique_lock<std::mutex> guard(mutex_);
      filled_.wait(guard, stop, [this] { return !lines_.empty(); });
      batch.swap(lines_);
    }
    for (const std::string& line : batch) file << line << '\n';
    file.flush();
  }
}

}  // namespace shelf
