#include "engine/columns/stage.h"

#include <algorithm>
#include <bit>

namespace writ::columns {

using facts::FactId;

void Stage::begin(Block& block) {
  block_ = &block;
  rows_.forget();
  elements_.resize(block.tables.size());
}

std::uint32_t Stage::above(std::uint32_t table, std::uint32_t row, std::uint32_t wanted) const {
  for (; table != wanted; table = plan_.layout.tables[table].parent) row = block_->tables[table].parent(row);
  return row;
}

FactId Stage::own(FactId fact) const {
  // The innermost copy first: what lies in it lies in those around it, too.
  for (FactId element : own_)
    if (const FactId same = fixed_.counterpart(element, fact); same.valid()) return same;
  return fact;
}

bool Stage::set(std::span<const Place> places, std::span<const std::uint32_t> lists, std::uint32_t table,
                std::uint32_t row) {
  fixed_.forget();
  own_.clear();
  absent_ = false;
  document_ = table == 0 ? row : block_->tables[table].document(row);
  const auto whole = [&](std::uint32_t t) { return std::find(lists.begin(), lists.end(), t) != lists.end(); };
  for (std::uint32_t t : lists) elements_[t].clear();
  for (std::size_t first = 0; first < places.size();) {
    const std::uint32_t t = places[first].table;
    std::size_t last = first;
    while (last < places.size() && places[last].table == t) ++last;
    if (!whole(t)) elements_[t].assign(1, {above(table, row, t), {}});
    for (std::size_t k = 0; k < elements_[t].size(); ++k)
      for (std::size_t i = first; i < last; ++i)
        if (!state(places[i], elements_[t][k])) return false;
    first = last;
  }
  for (std::uint32_t t = table; t != 0; t = plan_.layout.tables[t].parent) {
    if (!whole(t)) continue;
    const std::uint32_t mine = above(table, row, t);
    const auto is_mine = [&](const Element& e) { return e.row == mine; };
    const auto it = std::find_if(elements_[t].begin(), elements_[t].end(), is_mine);
    if (it != elements_[t].end()) own_.push_back(it->fact);
    // An element that nobody has stated stands for those that the list may hold.
  }
  return true;
}

bool Stage::set(const RulePlan& rule, std::uint32_t document) { return set(rule.reads, rule.lists, 0, document); }

bool Stage::set(const Leaf& leaf, std::uint32_t table, std::uint32_t row) {
  if (!set(leaf.deep, leaf.lists, table, row)) return false;
  bindings_ = plan_.bindings[leaf.bindings];
  guarded_ = leaf.guarded;
  if (own_.empty()) return true;
  for (eval::Binding& b : bindings_)
    if (auto* fact = std::get_if<FactId>(&b.second)) *fact = own(*fact);
  for (FactId& fact : guarded_) fact = own(fact);
  return true;
}

void Stage::state_list(const Slot& slot, FactId list, std::uint32_t row) {
  fixed_.state_list(list);
  Rows& below = block_->tables[slot.below];
  for (std::uint32_t r : rows_.of_document(*block_, slot.below, document_)) {
    if (below.parent(r) != row || (below.unstated(r / kRows) >> (r % kRows) & 1U) != 0) continue;
    elements_[slot.below].push_back({r, fixed_.add_element(list, below.key(r))});
  }
}

bool Stage::state(Place place, const Element& element) {
  Rows& rows = block_->tables[place.table];
  const std::uint32_t row = element.row;
  const Bits& b = rows.bits(row / kRows, place.slot);
  const std::uint64_t bit = std::uint64_t{1} << (row % kRows);
  if ((b.stated & bit) == 0) return true;
  const Slot& slot = plan_.layout[place];
  eval::Supposed s;
  s.fact = element.fact.valid() ? fixed_.counterpart(element.fact, slot.fact) : slot.fact;
  if ((b.absent & bit) != 0) {
    s.state = facts::State::absent;
    absent_ = true;
  } else if ((b.known & bit) == 0) {
    s.state = facts::State::unknown;
    s.reason = (b.yes & bit) != 0 ? model::Reason::refused : model::Reason::not_assessed;
  } else if (slot.cell == Cell::list) {
    if (slot.below == kNone) return false;
    state_list(slot, s.fact, row);
    return true;
  } else {
    const std::uint64_t cell = slot.column == kNone ? 0 : rows.values(row / kRows, slot.column)[row % kRows];
    if ((b.aside & bit) != 0) {
      s.scalar = block_->aside[cell].scalar;
      s.members = block_->aside[cell].members;
    } else if (!value(slot, cell, (b.yes & bit) != 0, s)) {
      return false;
    }
  }
  fixed_.state(s);
  return true;
}

bool Stage::value(const Slot& slot, std::uint64_t cell, bool yes, eval::Supposed& s) const {
  const model::Vocabulary& vocabulary = *plan_.layout.vocabulary;
  const model::Type& type = vocabulary.types[slot.type];
  const auto country = [](std::uint64_t code) {
    return model::Country{{static_cast<char>('A' + code / 26), static_cast<char>('A' + code % 26)}};
  };
  switch (slot.cell) {
    case Cell::flag: s.scalar = yes; return true;
    case Cell::record: return true;
    case Cell::number: {
      std::optional<Rational> number = Decimal::unpack(cell).rational();
      if (!number) return false;
      if (type.kind == model::TypeKind::quantity) {
        const auto unit = vocabulary.units.parse(type.name);
        const auto scaled = unit ? number->mul(unit->factor) : std::unexpected(NumberError::malformed);
        if (!scaled) return false;
        number = *scaled;
      }
      s.scalar = model::NumberRange::exactly(*number);
      return true;
    }
    case Cell::day: s.scalar = Date{static_cast<std::int32_t>(static_cast<std::uint32_t>(cell))}; return true;
    case Cell::member:
      s.scalar = model::Candidates::one(cell, vocabulary.enums[type.enumeration].members.size());
      return true;
    case Cell::country: s.scalar = country(cell); return true;
    case Cell::text: s.scalar = std::string(block_->text + (cell >> 24U), cell & 0xFFFFFFU); return true;
    case Cell::members: {
      const model::Type& element = vocabulary.types[type.element];
      const std::size_t count = vocabulary.enums[element.enumeration].members.size();
      s.members.emplace();
      for (std::uint64_t left = cell; left != 0; left &= left - 1)
        s.members->push_back(model::Candidates::one(static_cast<std::size_t>(std::countr_zero(left)), count));
      return true;
    }
    case Cell::countries:
      s.members.emplace();
      for (std::uint64_t k = cell >> 16U; k < (cell >> 16U) + (cell & 0xFFFFU); ++k)
        s.members->push_back(country(block_->countries[k]));
      return true;
    case Cell::list:
    case Cell::other: return false;
  }
  return false;
}

}  // namespace writ::columns
