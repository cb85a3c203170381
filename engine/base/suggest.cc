#include "engine/base/suggest.h"

#include <algorithm>
#include <cstddef>

namespace writ {
namespace {

constexpr std::size_t kLongest = 128;  // names are short; a hostile one must not cost a quadratic table per candidate

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

// Optimal string alignment.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);  // row i - 2
  std::vector<std::size_t> last(b.size() + 1);    // row i - 1
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.empty() || name.size() > kLongest) return {};
  const std::size_t enough = std::max<std::size_t>(1, name.size() / 3);
  std::size_t best = enough + 1;
  const std::string* found = nullptr;
  for (const std::string& candidate : candidates) {
    if (candidate == name || candidate.size() > kLongest) continue;
    const std::size_t difference =
        candidate.size() > name.size() ? candidate.size() - name.size() : name.size() - candidate.size();
    if (difference > enough) continue;
    const std::size_t d = edit_distance(name, candidate);
    // Ties go to the first in the alphabet, so that the order of the candidates never shows.
    if (d < best || (d == best && found != nullptr && candidate < *found)) {
      best = d;
      found = &candidate;
    }
  }
  return found == nullptr ? std::string() : *found;
}

}  // namespace writ
