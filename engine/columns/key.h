// The facts that something rests on, as bytes: the same bytes, the same answer. What was worked out once for some facts
// need not be worked out again where the next document states them, too.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/columns/block.h"
#include "engine/columns/plan.h"

namespace writ::columns {

/// Appends one cell: its state and its value. False where the value has no bytes of its own.
[[nodiscard]] bool append_cell(const Plan& plan, Block& block, Place place, std::uint32_t row, std::string& out);

/// The rows of a document in each table of a block.
class RowsOf {
 public:
  explicit RowsOf(const Plan& plan) : plan_(plan), tables_(plan.layout.tables.size()) {}
  /// Of another block, or of this one again.
  void forget();
  [[nodiscard]] std::span<const std::uint32_t> of_document(const Block& block, std::uint32_t table,
                                                           std::uint32_t document) {
    const Table& t = of(block, table);
    return std::span(t.rows).subspan(t.begin[document], t.begin[document + 1] - t.begin[document]);
  }
  /// The facts of a document at `places`, which stand by table. False: they have no key.
  [[nodiscard]] bool key(Block& block, std::span<const Place> places, std::uint32_t document, std::string& out);

 private:
  struct Table {
    bool known = false;
    std::vector<std::uint32_t> rows;   // by document
    std::vector<std::uint32_t> begin;  // by document: where its rows begin
    std::vector<std::uint32_t> place;  // by row: its place among those of its document
  };
  const Table& of(const Block& block, std::uint32_t table);

  const Plan& plan_;
  std::vector<Table> tables_;
};

}  // namespace writ::columns
