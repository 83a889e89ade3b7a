#pragma once
// The orders of today, for the front page.

#include <mutex>
#include <string>
#include <vector>

namespace shelf {

class History {
 public:
  void note(const std::string& customer, const std::string& title);
  std::vector<std::string> newest() const;

 private:
  struct Entry {
    std::string customer;
    std::string title;
  };
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace shelf
