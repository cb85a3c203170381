// Which document ids have been met, as hashes of 64 bits: eight to sixteen bytes for each. Among a million documents
// two different ids share one with a chance of 1 in 37 million.
#pragma once

#include <cstdint>
#include <vector>

namespace writ::run {

class SeenIds {
 public:
  /// False: it was there already.
  bool add(std::uint64_t hash) {
    if (hash == 0) hash = 1;  // 0 marks a free place
    if (2 * (count_ + 1) > places_.size()) grow();
    const bool fresh = put(places_, hash);
    count_ += fresh ? 1 : 0;
    return fresh;
  }

 private:
  static bool put(std::vector<std::uint64_t>& places, std::uint64_t hash) {
    const std::size_t mask = places.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      if (places[i] == hash) return false;
      if (places[i] != 0) continue;
      places[i] = hash;
      return true;
    }
  }
  void grow() {
    std::vector<std::uint64_t> more(places_.empty() ? 1024 : places_.size() * 2, 0);
    for (std::uint64_t hash : places_)
      if (hash != 0) put(more, hash);
    places_ = std::move(more);
  }

  std::vector<std::uint64_t> places_;
  std::size_t count_ = 0;
};

}  // namespace writ::run
