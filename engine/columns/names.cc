#include "engine/columns/names.h"

#include <algorithm>
#include <bit>

#include "engine/base/check.h"

namespace writ::columns {

Names::Names(const std::vector<std::string_view>& names) {
  // The first seed without a collision; the table grows where there is none among a few.
  for (unsigned bits = static_cast<unsigned>(std::bit_width(names.size() * 2)); bits < 40; ++bits) {
    shift_ = 64 - std::max(bits, 1U);
    for (std::uint64_t seed = 0; seed < 64; ++seed) {
      seed_ = seed * 0xA24BAED4963EE407U;
      entries_.assign(std::size_t{1} << (64 - shift_), {});
      bool good = true;
      for (std::uint32_t i = 0; good && i < names.size(); ++i) {
        Entry& e = entries_[hash(names[i], seed_) >> shift_];
        good = e.index == UINT32_MAX;
        e = {names[i], i};
      }
      if (good) return;
    }
  }
  WRIT_CHECK(!"names are different");
}

}  // namespace writ::columns
