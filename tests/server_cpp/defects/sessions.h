#pragma once
// Who is logged in: a token for each, good for an hour.

#include <chrono>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>

namespace shelf {

class Sessions {
 public:
  std::string open(const std::string& user);
  std::optional<std::string> user_of(const std::string& token) const;

 private:
  struct Session {
    std::string user;
    std::chrono::steady_clock::time_point since;
  };
  void remember(const std::string& token, const std::string& user);

  mutable std::mutex mutex_;
  std::mt19937_64 random_{std::random_device{}()};
  std::unordered_map<std::string, Session> sessions_;
};

}  // namespace shelf
