// At most 64 documents side by side: for every table of the layout the bits and values of its slots, 64 rows a word.
// Filled by a Filler, judged by a Judge, and used again for the next documents.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/columns/layout.h"
#include "engine/columns/plan.h"

namespace writ::columns {

inline constexpr std::uint32_t kRows = 64;

/// Of one slot in 64 rows. Known and absent are stated too; stated alone: a fact that is said to be unknown.
struct Bits {
  std::uint64_t stated = 0, known = 0, absent = 0;
  std::uint64_t yes = 0;    // of a known boolean; of an unknown fact: refused
  std::uint64_t aside = 0;  // known, and its value has no column form: the cell is its place in Block::aside
};

/// A value that was kept aside: any scalar, also one that is not known exactly, or the members of a set.
struct Aside {
  model::Scalar scalar;
  std::optional<std::vector<model::Scalar>> members;
  std::string_view written = {};  // the same for the same value of the same slot; empty: not known
};

/// A fact in some documents of which columns say nothing: dated, incomplete, a map, a reference …
struct Odd {
  Place place;
  std::uint64_t documents = 0;
};

/// The rows of one table.
class Rows {
 public:
  Rows(std::uint32_t slots, std::uint32_t columns, std::uint32_t masks)
      : slots_(slots), columns_(columns), masks_(masks) {}

  void clear();
  std::uint32_t add(std::uint32_t parent_row, std::uint32_t document, bool unstated);

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::uint32_t words() const { return (size_ + kRows - 1) / kRows; }
  /// Of a word: the rows that there are.
  [[nodiscard]] std::uint64_t live(std::uint32_t word) const {
    const std::uint32_t rows = size_ - word * kRows;
    return rows >= kRows ? ~std::uint64_t{0} : (std::uint64_t{1} << rows) - 1;
  }
  [[nodiscard]] Bits& bits(std::uint32_t word, std::uint32_t slot) { return bits_[word * std::size_t{slots_} + slot]; }
  [[nodiscard]] const Bits& bits(std::uint32_t word, std::uint32_t slot) const {
    return bits_[word * std::size_t{slots_} + slot];
  }
  [[nodiscard]] std::uint64_t* values(std::uint32_t word, std::uint32_t column) {
    return values_.data() + (word * std::size_t{columns_} + column) * kRows;
  }
  [[nodiscard]] Mask* masks(std::uint32_t word) { return at_.data() + word * std::size_t{masks_}; }

  [[nodiscard]] std::uint32_t parent(std::uint32_t row) const { return parents_[row]; }
  [[nodiscard]] std::uint32_t document(std::uint32_t row) const { return documents_[row]; }
  [[nodiscard]] const std::uint32_t* parents(std::uint32_t word) const {
    return parents_.data() + word * std::size_t{kRows};
  }
  /// Rows that stand for elements that nobody has stated.
  [[nodiscard]] std::uint64_t unstated(std::uint32_t word) const { return unstated_[word]; }
  [[nodiscard]] std::string_view& key(std::uint32_t row) { return keys_[row]; }

 private:
  std::uint32_t slots_, columns_, masks_, size_ = 0;
  std::vector<Bits> bits_;
  std::vector<std::uint64_t> values_;
  std::vector<Mask> at_;
  std::vector<std::uint32_t> parents_, documents_;
  std::vector<std::uint64_t> unstated_;
  std::vector<std::string_view> keys_;
};

struct Block {
  explicit Block(const Plan& plan);
  void clear();

  std::vector<Rows> tables;
  std::vector<std::uint16_t> countries;  // members of sets of countries
  std::vector<Aside> aside;
  std::vector<Odd> odd;
  std::uint64_t evidenced = 0;         // documents with evidence
  std::uint64_t referring = 0;         // documents that refer to others
  const char* text = nullptr;          // that cells of texts have their places in
  std::uint64_t sound = 0;             // documents that were read whole; the rows of others hold rubbish
  std::uint64_t troubled = 0;          // documents in which an error was met: for the machine as a whole
  std::vector<std::uint64_t> failing;  // by leaf: documents in which the machine would have to look for errors
  std::array<std::string_view, kRows> ids, kinds;  // as written, of sound documents
};

}  // namespace writ::columns
