#include "engine/columns/bound.h"

#include <algorithm>

#include "engine/columns/decimal.h"

namespace writ::columns {

namespace {

using facts::Fact;
using facts::FactId;
using facts::State;
using model::TypeKind;

class Adder {
 public:
  Adder(const Layout& layout, const facts::Document& document, Block& block, std::uint32_t row)
      : layout_(layout), document_(document), block_(block), document_row_(row) {}

  void record(std::uint32_t shape_id, FactId fact, std::uint32_t row) {
    const Shape& shape = layout_.shapes[shape_id];
    const std::vector<FactId>& children = document_[fact].children;
    for (std::uint32_t i = 0; i < shape.slots.size(); ++i)
      value({shape.table, shape.slots[i]}, document_[children[i]], children[i], row);
  }

 private:
  void odd(Place place) {
    const std::uint64_t bit = std::uint64_t{1} << document_row_;
    const Slot& slot = layout_[place];
    for (std::uint32_t i = place.slot; i < slot.end; ++i) {
      const Place at{place.table, i};
      const auto found =
          std::find_if(block_.odd.begin(), block_.odd.end(), [&](const Odd& o) { return o.place == at; });
      if (found == block_.odd.end()) {
        block_.odd.push_back({at, bit});
      } else {
        found->documents |= bit;
      }
    }
  }

  void value(Place place, const Fact& fact, FactId id, std::uint32_t row) {
    const Slot& slot = layout_[place];
    Rows& rows = block_.tables[place.table];
    const std::uint64_t bit = std::uint64_t{1} << (row % kRows);
    Bits& bits = rows.bits(row / kRows, place.slot);
    if (!fact.span.valid() && fact.state == State::unknown) return;
    if (slot.field->dated) return odd(place);
    if (fact.state == State::absent) {
      for (std::uint32_t i = place.slot; i < slot.end; ++i) {
        Bits& below = rows.bits(row / kRows, i);
        below.stated |= bit;
        below.absent |= bit;
      }
      return;
    }
    if (fact.state == State::unknown) {
      if (slot.cell == Cell::record || slot.cell == Cell::list || fact.reason == model::Reason::incomplete)
        return odd(place);
      bits.stated |= bit;
      if (fact.reason == model::Reason::refused) bits.yes |= bit;
      return;
    }
    const auto known = [&] {
      bits.stated |= bit;
      bits.known |= bit;
    };
    switch (slot.cell) {
      case Cell::record:
        if (slot.below == kNone || fact.children.empty()) return odd(place);
        known();
        return record(slot.below, id, row);
      case Cell::list: {
        if (slot.below == kNone || fact.incomplete) return odd(place);
        known();
        const Table& table = layout_.tables[slot.below];
        Rows& into = block_.tables[slot.below];
        for (FactId child : fact.children) {
          const std::uint32_t element = into.add(row, document_row_, false);
          into.key(element) = document_[child].key;
          record(table.shape, child, element);
        }
        return;
      }
      case Cell::flag:
        if (!std::holds_alternative<bool>(fact.scalar)) return odd(place);
        known();
        if (std::get<bool>(fact.scalar)) bits.yes |= bit;
        return;
      case Cell::day:
      case Cell::member:
      case Cell::country:
      case Cell::number:
      case Cell::text:
      case Cell::other:
      case Cell::members:
      case Cell::countries: break;
    }
    const TypeKind kind = layout_.vocabulary->types[slot.type].kind;
    if (kind == TypeKind::reference) block_.referring |= std::uint64_t{1} << document_row_;
    std::uint64_t cell = 0;
    if (kind == TypeKind::set) {
      if (fact.incomplete) return odd(place);
      std::vector<model::Scalar> members;
      for (FactId child : fact.children) members.push_back(document_[child].scalar);
      if (!of_set(slot, members, cell)) {
        bits.aside |= bit;
        cell = block_.aside.size();
        block_.aside.push_back({{}, std::move(members), {}});
      }
    } else if (kind == TypeKind::map || fact.target.valid()) {
      return odd(place);
    } else if (!of_scalar(slot, fact.scalar, cell)) {
      bits.aside |= bit;
      cell = block_.aside.size();
      const auto* number = std::get_if<model::NumberRange>(&fact.scalar);
      const auto* several = std::get_if<model::Candidates>(&fact.scalar);
      const bool exact = several == nullptr && (number == nullptr || number->exact());
      block_.aside.push_back({fact.scalar, std::nullopt, exact ? std::string_view(fact.written) : std::string_view()});
    }
    known();
    rows.values(row / kRows, slot.column)[row % kRows] = cell;
  }

  [[nodiscard]] bool of_scalar(const Slot& slot, const model::Scalar& scalar, std::uint64_t& cell) const {
    switch (slot.cell) {
      case Cell::number: {
        const auto* range = std::get_if<model::NumberRange>(&scalar);
        if (range == nullptr || !range->exact()) return false;
        Rational number = *range->lo;
        const model::Type& type = layout_.vocabulary->types[slot.type];
        if (type.kind == TypeKind::quantity) {  // in the unit in which the fact is declared
          const auto unit = layout_.vocabulary->units.parse(type.name);
          if (!unit || unit->factor.sign() <= 0) return false;
          const auto scaled = number.div(unit->factor);
          if (!scaled) return false;
          number = *scaled;
        }
        const std::optional<Decimal> decimal = as_decimal(number);
        if (decimal) cell = decimal->pack();
        return decimal.has_value();
      }
      case Cell::day:
        if (const auto* day = std::get_if<Date>(&scalar)) {
          cell = static_cast<std::uint32_t>(day->days);
          return true;
        }
        return false;
      case Cell::member:
        if (const auto* one = std::get_if<model::Candidates>(&scalar); one != nullptr && one->single() >= 0) {
          cell = static_cast<std::uint64_t>(one->single());
          return true;
        }
        return false;
      case Cell::country:
        if (const auto* country = std::get_if<model::Country>(&scalar)) return code(*country, cell);
        return false;
      case Cell::flag:
      case Cell::text:
      case Cell::members:
      case Cell::countries:
      case Cell::record:
      case Cell::list:
      case Cell::other: return false;
    }
    return false;
  }

  [[nodiscard]] static bool code(const model::Country& country, std::uint64_t& cell) {
    if (country.code.size() != 2) return false;
    cell = static_cast<std::uint64_t>((country.code[0] - 'A') * 26 + (country.code[1] - 'A'));
    return true;
  }

  [[nodiscard]] bool of_set(const Slot& slot, const std::vector<model::Scalar>& members, std::uint64_t& cell) {
    if (slot.cell == Cell::members) {
      for (const model::Scalar& m : members) {
        const auto* one = std::get_if<model::Candidates>(&m);
        if (one == nullptr || one->single() < 0) return false;
        cell |= std::uint64_t{1} << one->single();
      }
      return true;
    }
    constexpr std::size_t kMost = 1024;
    if (slot.cell != Cell::countries || members.size() >= kMost) return false;
    const std::uint64_t begin = block_.countries.size();
    for (const model::Scalar& m : members) {
      const auto* country = std::get_if<model::Country>(&m);
      std::uint64_t one = 0;
      if (country == nullptr || !code(*country, one)) {
        block_.countries.resize(begin);
        return false;
      }
      block_.countries.push_back(static_cast<std::uint16_t>(one));
    }
    cell = begin << 16U | members.size();
    return true;
  }

  const Layout& layout_;
  const facts::Document& document_;
  Block& block_;
  std::uint32_t document_row_;
};

}  // namespace

void add(const Layout& layout, const facts::Document& document, Block& block) {
  const std::uint32_t row = block.tables[0].add(0, block.tables[0].size(), false);
  block.ids[row] = document.id;
  block.kinds[row] = document.kind;
  if (!document.evidence.empty()) block.evidenced |= std::uint64_t{1} << row;
  Adder(layout, document, block, row).record(layout.tables[0].shape, document.root, row);
  block.sound |= std::uint64_t{1} << row;
}

}  // namespace writ::columns
