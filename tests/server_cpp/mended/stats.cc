#include "stats.h"

#include <sstream>

namespace shelf {

void Stats::record(int status, Duration took) {
  std::lock_guard<std::mutex> guard(mutex_);
  ++by_class_[static_cast<std::size_t>(status / 100)];
  busy_ += took;
}

void Stats::record_upkeep(Duration took) {
  std::lock_guard<std::mutex> guard(mutex_);
  busy_ += took;
}

std::string Stats::to_json() const {
  std::lock_guard<std::mutex> guard(mutex_);
  std::ostringstream out;
  out << "{\"ok\": " << by_class_[2] << ", \"refused\": " << by_class_[4] << ", \"failed\": " << by_class_[5]
      << ", \"busy_ms\": " << std::chrono::duration_cast<std::chrono::milliseconds>(busy_).count() << "}";
  return out.str();
}

}  // namespace shelf
