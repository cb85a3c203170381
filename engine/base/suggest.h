// Did-you-mean: the nearest of the candidates by Damerau-Levenshtein distance, or nothing when none is near enough to
// help.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Insertions, deletions, replacements and swaps of neighbours, each 1; case is free. Counted in bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

[[nodiscard]] std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace writ
