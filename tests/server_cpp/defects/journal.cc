#include "journal.h"

#include "offload.h"

namespace shelf {

Journal::Journal(const std::string& path, asio::thread_pool& writers) : file_(path, std::ios::app), writers_(writers) {}

asio::awaitable<void> Journal::append(const std::string& line) {
  std::lock_guard<std::mutex> guard(mutex_);
  co_await in_pool(writers_, [this, &line] { write(line); });  // finding: async-lock-across-await append
}

void Journal::write(const std::string& line) {
  file_ << line << '\n';
  file_.flush();
}

}  // namespace shelf
