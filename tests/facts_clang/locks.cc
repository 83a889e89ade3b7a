// Which locks are held, by the flow of control.
#include <mutex>
#include <vector>

struct Table {
  void add(int x) {
    std::lock_guard<std::mutex> guard(mutex_);
    rows_.push_back(x);
    //- call this.rows_.push_back(x) held=std::mutex
    //! call maybe
  }
  void early(int x) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (x) lock.unlock();
    rows_.clear();
    //- call this.rows_.clear() held=std::mutex maybe
  }
  void before(int x) {
    rows_.push_back(x);
    //! call held=std::mutex
    mutex_.lock();
    count_ = x;
    //- write this.count_ assign held=std::mutex
    mutex_.unlock();
    count_ = 0;
    //! write held=std::mutex
  }
  std::mutex mutex_;
  std::vector<int> rows_;
  int count_ __attribute__((guarded_by(mutex_)));
  //- declared count_ instance type=int guarded
};
