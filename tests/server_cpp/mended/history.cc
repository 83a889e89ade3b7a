#include "history.h"

namespace shelf {
namespace {
constexpr std::size_t kMostEntries = 100;
}

void History::note(const std::string& customer, const std::string& title) {
  std::lock_guard<std::mutex> guard(mutex_);
  entries_.push_back({customer, title});
  if (entries_.size() > kMostEntries) entries_.pop_front();
}

std::vector<std::string> History::newest() const {
  std::lock_guard<std::mutex> guard(mutex_);
  std::vector<std::string> titles;
  for (auto entry = entries_.rbegin(); entry != entries_.rend() && titles.size() < 10; ++entry) {
    titles.push_back(entry->title);
  }
  return titles;
}

}  // namespace shelf
