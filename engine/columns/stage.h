// States to a `Fixed` what a leaf reads of one row, so that the machine can be asked about that row alone. Private to
// this room.
#pragma once

#include <span>
#include <vector>

#include "engine/columns/block.h"
#include "engine/columns/key.h"
#include "engine/columns/plan.h"
#include "engine/eval/fixed.h"

namespace writ::columns {

class Stage {
 public:
  Stage(const Plan& plan, eval::Fixed& fixed) : plan_(plan), fixed_(fixed), rows_(plan) {}

  /// Of another block, or of this one again.
  void begin(Block& block);
  /// What a leaf reads of one row. False: something of it has no form that can be stated.
  [[nodiscard]] bool set(const Leaf& leaf, std::uint32_t table, std::uint32_t row);
  /// What a rule, which is stageable, reads of a document.
  [[nodiscard]] bool set(const RulePlan& rule, std::uint32_t document);
  /// Of the row that is set: one of the facts is stated to be absent.
  [[nodiscard]] bool absent() const { return absent_; }
  [[nodiscard]] std::span<const eval::Binding> bindings() const { return bindings_; }
  [[nodiscard]] std::span<const facts::FactId> guarded() const { return guarded_; }
  /// The row of a table above that holds the row.
  [[nodiscard]] std::uint32_t above(std::uint32_t table, std::uint32_t row, std::uint32_t wanted) const;

 private:
  struct Element {
    std::uint32_t row = 0;
    facts::FactId fact;  // a copy of the unknown element; invalid: that itself
  };
  [[nodiscard]] bool set(std::span<const Place> places, std::span<const std::uint32_t> lists, std::uint32_t table,
                         std::uint32_t row);
  [[nodiscard]] bool state(Place place, const Element& element);
  void state_list(const Slot& slot, facts::FactId list, std::uint32_t row);
  [[nodiscard]] bool value(const Slot& slot, std::uint64_t cell, bool yes, eval::Supposed& s) const;
  /// What stands for a fact of an unknown element in the row that is set.
  [[nodiscard]] facts::FactId own(facts::FactId fact) const;

  const Plan& plan_;
  eval::Fixed& fixed_;
  Block* block_ = nullptr;
  RowsOf rows_;
  std::vector<std::vector<Element>> elements_;  // by table
  std::vector<facts::FactId> own_;              // copies that stand for the row and for those that hold it
  std::vector<eval::Binding> bindings_;
  std::vector<facts::FactId> guarded_;
  std::uint32_t document_ = 0;
  bool absent_ = false;
};

}  // namespace writ::columns
