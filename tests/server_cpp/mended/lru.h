#pragma once
// A map that keeps the entries used last. Not for several threads at once.

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace shelf {

template <typename Key, typename Value>
class Lru {
 public:
  explicit Lru(std::size_t most) : most_(most) {}

  const Value* find(const Key& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  void put(const Key& key, Value value) {
    if (const auto found = index_.find(key); found != index_.end()) {
      found->second->second = std::move(value);
      return;
    }
    if (entries_.size() >= most_) {
      index_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(key, std::move(value));
    index_[key] = entries_.begin();
  }

 private:
  const std::size_t most_;
  std::list<std::pair<Key, Value>> entries_;
  std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator> index_;
};

}  // namespace shelf
