#include "engine/columns/block.h"

#include <algorithm>

namespace writ::columns {

void Rows::clear() {
  size_ = 0;
  // Values stay: only those of known facts are read.
  std::fill(bits_.begin(), bits_.end(), Bits{});
  unstated_.clear();
}

std::uint32_t Rows::add(std::uint32_t parent_row, std::uint32_t document, bool unstated) {
  const std::uint32_t row = size_++;
  const std::uint32_t word = row / kRows;
  if (row % kRows == 0) {
    const std::size_t words = word + std::size_t{1};
    if (bits_.size() < words * slots_) {
      bits_.resize(words * slots_);
      values_.resize(words * columns_ * kRows);
      at_.resize(words * masks_);
      parents_.resize(words * kRows);
      documents_.resize(words * kRows);
      keys_.resize(words * kRows);
    }
    unstated_.push_back(0);
  }
  parents_[row] = parent_row;
  documents_[row] = document;
  keys_[row] = {};
  if (unstated) unstated_[word] |= std::uint64_t{1} << (row % kRows);
  return row;
}

Block::Block(const Plan& plan) : failing(plan.leaves.size(), 0) {
  for (std::size_t i = 0; i < plan.layout.tables.size(); ++i)
    tables.emplace_back(plan.layout.tables[i].slots, plan.layout.tables[i].columns, plan.masks[i]);
}

void Block::clear() {
  for (Rows& rows : tables) rows.clear();
  countries.clear();
  aside.clear();
  odd.clear();
  sound = troubled = evidenced = referring = 0;
  std::fill(failing.begin(), failing.end(), 0);
}

}  // namespace writ::columns
