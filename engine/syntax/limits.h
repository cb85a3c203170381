// What a rule file may be at most. Real files stay far below; the limits bound what a hostile one can cost.
#pragma once

#include <cstddef>
#include <cstdint>

namespace writ::syntax {

inline constexpr std::uint32_t kMaxNesting = 1'000;      // brackets and operations inside each other
inline constexpr std::uint32_t kMaxShownErrors = 20;     // syntax errors per file; the others are counted
inline constexpr std::size_t kMaxTokens = 1'000'000;     // words and signs of a file, about 10,000 rules
inline constexpr std::uint32_t kMaxMends = 200;          // errors after which the rest of the file is not read

}  // namespace writ::syntax
