#include "sessions.h"

#include <iterator>

namespace shelf {
namespace {
constexpr auto kLifetime = std::chrono::hours(1);
}

std::string Sessions::open(const std::string& user) {
  std::lock_guard<std::mutex> guard(mutex_);
  const std::string token = std::to_string(random_()) + std::to_string(random_());
  remember(token, user);
  return token;
}

void Sessions::remember(const std::string& token, const std::string& user) {
  sessions_[token] = {user, std::chrono::steady_clock::now()};
}

std::optional<std::string> Sessions::user_of(const std::string& token) const {
  std::lock_guard<std::mutex> guard(mutex_);
  const auto found = sessions_.find(token);
  if (found == sessions_.end() || std::chrono::steady_clock::now() - found->second.since > kLifetime) return {};
  return found->second.user;
}

std::size_t Sessions::forget_old() {
  const auto oldest = std::chrono::steady_clock::now() - kLifetime;
  std::lock_guard<std::mutex> guard(mutex_);
  return std::erase_if(sessions_, [oldest](const auto& entry) { return entry.second.since < oldest; });
}

}  // namespace shelf
