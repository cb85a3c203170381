// A fixed list of names, found without comparing more than one of them: keys of a record, members of an enumeration.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace writ::columns {

class Names {
 public:
  explicit Names(const std::vector<std::string_view>& names);
  /// Its place in the list, or UINT32_MAX. `name` must have eight readable bytes behind its first.
  [[nodiscard]] std::uint32_t find(std::string_view name) const {
    const Entry& e = entries_[hash(name, seed_) >> shift_];
    return e.name.size() == name.size() && std::memcmp(e.name.data(), name.data(), name.size()) == 0 ? e.index
                                                                                                     : UINT32_MAX;
  }

 private:
  struct Entry {
    std::string_view name = "";  // empty: none; never a null pointer, which memcmp may not be given
    std::uint32_t index = UINT32_MAX;
  };
  static std::uint64_t hash(std::string_view name, std::uint64_t seed) {
    std::uint64_t first = 0, last = 0;
    const std::size_t n = name.size();
    if (n >= 8) {
      std::memcpy(&first, name.data(), 8);
      std::memcpy(&last, name.data() + n - 8, 8);
    } else {
      std::memcpy(&first, name.data(), n);
    }
    std::uint64_t h = (first ^ seed) * 0x9E3779B97F4A7C15U;
    h ^= h >> 32;
    h = (h ^ last ^ (std::uint64_t{n} << 56)) * 0xD6E8FEB86659FD93U;
    h ^= h >> 32;
    return h * 0x9E3779B97F4A7C15U;
  }

  std::vector<Entry> entries_;
  std::uint64_t seed_ = 0;
  unsigned shift_ = 63;
};

}  // namespace writ::columns
