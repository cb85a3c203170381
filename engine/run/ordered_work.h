// Pieces of work done on several threads, whose results are taken in the order in which the pieces came. Few pieces are
// under way at once, so that memory is bounded however uneven they are. With one job everything is done where it is
// added.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace writ::run {

template <class In, class Out>
class OrderedWork {
 public:
  using Work = std::function<Out(const In&)>;
  /// `make` makes what one thread works with; `take` is called with the results in order, by one thread at a time.
  OrderedWork(unsigned jobs, const std::function<Work()>& make, std::function<void(const In&, Out)> take)
      : take_(std::move(take)), most_(4U * jobs) {
    if (jobs <= 1) {
      alone_ = make();
      return;
    }
    for (unsigned i = 0; i < jobs; ++i) threads_.emplace_back([this, work = make()] { run(work); });
  }
  ~OrderedWork() { finish(); }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;

  /// A piece that has been used, to be filled again.
  In spare() {
    const std::lock_guard lock(mutex_);
    if (spare_.empty()) return {};
    In out = std::move(spare_.back());
    spare_.pop_back();
    return out;
  }

  void add(In piece) {
    if (threads_.empty()) {
      take_(piece, alone_(piece));
      spare_.push_back(std::move(piece));
      return;
    }
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return under_way_ < most_; });
    ++under_way_;
    waiting_.emplace_back(next_in_++, std::move(piece));
    work_.notify_one();
  }

  /// Until everything that was added has been taken.
  void wait() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return under_way_ == 0; });
  }

  void finish() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  void run(const Work& work) {
    std::unique_lock lock(mutex_);
    for (;;) {
      work_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto [number, piece] = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      Out out = work(piece);
      lock.lock();
      done_.emplace(number, std::pair(std::move(piece), std::move(out)));
      if (taking_) continue;
      taking_ = true;
      while (!done_.empty() && done_.begin()->first == next_out_) {
        auto ready = std::move(done_.extract(done_.begin()).mapped());
        ++next_out_;
        lock.unlock();
        take_(ready.first, std::move(ready.second));
        lock.lock();
        --under_way_;
        spare_.push_back(std::move(ready.first));
        room_.notify_all();
      }
      taking_ = false;
    }
  }

  std::function<void(const In&, Out)> take_;
  Work alone_;
  const unsigned most_;
  std::mutex mutex_;
  std::condition_variable work_, room_;
  std::deque<std::pair<std::uint64_t, In>> waiting_;
  std::map<std::uint64_t, std::pair<In, Out>> done_;
  std::vector<In> spare_;
  std::uint64_t next_in_ = 0, next_out_ = 0;
  unsigned under_way_ = 0;
  bool ended_ = false, taking_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace writ::run
