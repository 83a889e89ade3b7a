#pragma once
// Lines of the log. They are queued, and a thread of their own writes them to the file.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace shelf {

class Log {
 public:
  explicit Log(std::string path);

  void write(const std::string& line);

 private:
  void run(std::stop_token stop);

  const std::string path_;
  std::mutex mutex_;
  std::condition_variable_any filled_;
  std::deque<std::string> lines_;
  std::jthread writer_;
};

}  // namespace shelf
