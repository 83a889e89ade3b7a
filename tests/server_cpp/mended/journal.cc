#include "journal.h"

#include "offload.h"

namespace shelf {

Journal::Journal(const std::string& path) : file_(path, std::ios::app) {}

asio::awaitable<void> Journal::append(const std::string& line) {
  co_await in_pool(writer_, [this, &line] { write(line); });
}

void Journal::write(const std::string& line) {
  file_ << line << '\n';
  file_.flush();
}

}  // namespace shelf
