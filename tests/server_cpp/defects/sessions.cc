#include "sessions.h"

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
  sessions_[token] = {user, std::chrono::steady_clock::now()};  // finding: cache-unbounded sessions_
}

std::optional<std::string> Sessions::user_of(const std::string& token) const {
  std::lock_guard<std::mutex> guard(mutex_);
  const auto found = sessions_.find(token);
  if (found == sessions_.end() || std::chrono::steady_clock::now() - found->second.since > kLifetime) return {};
  return found->second.user;
}

}  // namespace shelf
