// Did-you-mean: the nearest of the candidates by Damerau-Levenshtein distance, or nothing when none is near enough to
// help.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace writ {

[[nodiscard]] std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace writ
