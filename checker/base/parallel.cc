#include "checker/base/parallel.h"

#include "checker/base/check.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

namespace stallint {

unsigned default_jobs() { return std::max(1U, std::thread::hardware_concurrency()); }

void parallel_for(unsigned jobs, size_t count, std::span<const uint32_t> order,
                  const std::function<void(size_t index, unsigned worker)>& body) {
  STALLINT_CHECK(order.empty() || order.size() == count, "an order names every index once");
  std::atomic<size_t> next = 0;
  const auto work = [&](unsigned worker) {
    for (size_t n = next.fetch_add(1); n < count; n = next.fetch_add(1)) {
      body(order.empty() ? n : order[n], worker);
    }
  };

  const unsigned workers = static_cast<unsigned>(std::min<size_t>(std::max(1U, jobs), count));
  if (workers <= 1) return work(0);
  std::vector<std::jthread> threads;
  threads.reserve(workers - 1);
  for (unsigned worker = 1; worker < workers; ++worker) threads.emplace_back(work, worker);
  work(0);
}

std::vector<uint32_t> largest_first(std::span<const uint64_t> sizes) {
  std::vector<uint32_t> order(sizes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return sizes[a] > sizes[b]; });
  return order;
}

}  // namespace stallint
