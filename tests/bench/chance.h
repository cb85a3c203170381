// Numbers by chance, the same on every machine: the distributions of <random> differ between libraries.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace writ::bench {

class Chance {  // SplitMix64
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  /// 0 … n-1.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  /// low … high.
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }
  bool percent(double p) { return static_cast<double>(next() >> 11) * 0x1p-53 * 100 < p; }
  template <class T>
  const T& one_of(const std::vector<T>& items) {
    return items[below(items.size())];
  }
  template <class T>
  const T& one_of(std::span<const T> items) {
    return items[below(items.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::uint64_t state_;
};

}  // namespace writ::bench
