#include "checker/base/parallel.h"

#include "checker/base/check.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <thread>

namespace stallint {

namespace {

using Body = std::function<void(size_t index, unsigned worker)>;

class Loop {
 public:
  Loop(size_t count, std::span<const uint32_t> order, const Body& body) : count_(count), order_(order), body_(body) {}

  bool has_more() const { return next_.load(std::memory_order_relaxed) < count_; }

  void work(unsigned worker) {
    for (size_t n = next_.fetch_add(1); n < count_; n = next_.fetch_add(1)) {
      body_(order_.empty() ? n : order_[n], worker);
    }
  }

  unsigned at_work = 0;  // of the team's members; guarded by its mutex

 private:
  const size_t count_;
  const std::span<const uint32_t> order_;
  const Body& body_;
  std::atomic<size_t> next_ = 0;
};

// The threads of one loop. Who finds nothing left of it helps with the loops that its bodies begin.
class Team {
 public:
  // All threads call it, once.
  void work(Loop& outer, unsigned worker) {
    team_of_this_thread = this;
    worker_of_this_thread = worker;
    outer.work(worker);
    std::unique_lock lock(mutex_);
    --busy_;
    changed_.notify_all();
    while (busy_ > 0) {
      const auto open = std::find_if(open_.begin(), open_.end(), [](const Loop* loop) { return loop->has_more(); });
      if (open == open_.end()) {
        changed_.wait(lock);
      } else {
        help(**open, worker, lock);
      }
    }
    team_of_this_thread = nullptr;
  }

  // A loop begun by a body of another.
  void work_within(Loop& inner) {
    std::unique_lock lock(mutex_);
    open_.push_back(&inner);
    changed_.notify_all();
    help(inner, worker_of_this_thread, lock);
    changed_.wait(lock, [&] { return inner.at_work == 0; });
    open_.erase(std::find(open_.begin(), open_.end(), &inner));
  }

  explicit Team(unsigned size) : busy_(size) {}

  static thread_local Team* team_of_this_thread;
  static thread_local unsigned worker_of_this_thread;

 private:
  void help(Loop& loop, unsigned worker, std::unique_lock<std::mutex>& lock) {
    ++loop.at_work;
    lock.unlock();
    loop.work(worker);
    lock.lock();
    --loop.at_work;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Loop*> open_;  // the oldest first
  unsigned busy_;            // with the outer loop
};

thread_local Team* Team::team_of_this_thread = nullptr;
thread_local unsigned Team::worker_of_this_thread = 0;

}  // namespace

unsigned default_jobs() { return std::max(1U, std::thread::hardware_concurrency()); }

void parallel_for(unsigned jobs, size_t count, std::span<const uint32_t> order, const Body& body) {
  STALLINT_CHECK(order.empty() || order.size() == count, "an order names every index once");
  Loop loop(count, order, body);
  if (count <= 1 || jobs <= 1) return loop.work(jobs <= 1 ? 0 : Team::worker_of_this_thread);
  if (Team* team = Team::team_of_this_thread) return team->work_within(loop);

  Team team(jobs);
  std::vector<std::jthread> threads;
  threads.reserve(jobs - 1);
  for (unsigned worker = 1; worker < jobs; ++worker) {
    threads.emplace_back([&team, &loop, worker] { team.work(loop, worker); });
  }
  team.work(loop, 0);
}

std::vector<uint32_t> largest_first(std::span<const uint64_t> sizes) {
  std::vector<uint32_t> order(sizes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return sizes[a] > sizes[b]; });
  return order;
}

}  // namespace stallint
