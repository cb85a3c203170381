// What a rule file may be at most. Real files stay far below; the limits bound what a hostile one can cost.
#pragma once

#include <cstddef>
#include <cstdint>

namespace writ::syntax {

inline constexpr std::uint32_t kMaxNesting = 1'000;   // brackets and operations inside each other
inline constexpr std::uint32_t kMaxShownErrors = 20;  // syntax errors per file; the others are counted
inline constexpr std::size_t kMaxTokens = 500'000;    // words and signs of a file, about 7,000 rules
inline constexpr std::size_t kMaxErrors = 1'000;      // of single words and brackets, after which the file is not read
inline constexpr std::uint32_t kMaxMends =
    200;  // mistakes of clauses and expressions, after which the rest is not read
inline constexpr std::int64_t kMaxReread =
    300'000;  // words and signs that may be read again because of mistakes before them

}  // namespace writ::syntax
