#include "engine/columns/layout.h"

#include <algorithm>

namespace writ::columns {

using model::TypeKind;

namespace {

Cell cell_of(const model::Vocabulary& vocabulary, const model::Field& field) {
  if (field.dated) return Cell::other;
  const model::Type& type = vocabulary.types[field.type];
  switch (type.kind) {
    case TypeKind::boolean: return Cell::flag;
    case TypeKind::integer:
    case TypeKind::decimal:
    case TypeKind::ratio:
    case TypeKind::quantity: return Cell::number;
    case TypeKind::date: return Cell::day;
    case TypeKind::enumeration: return Cell::member;
    case TypeKind::country: return Cell::country;
    case TypeKind::text:
    case TypeKind::party: return Cell::text;
    case TypeKind::record: return Cell::record;
    case TypeKind::list: return Cell::list;
    case TypeKind::set: {
      constexpr std::size_t kBits = 64;
      const model::Type& element = vocabulary.types[type.element];
      if (element.kind == TypeKind::country) return Cell::countries;
      if (element.kind == TypeKind::enumeration && vocabulary.enums[element.enumeration].members.size() <= kBits)
        return Cell::members;
      return Cell::other;
    }
    case TypeKind::money:
    case TypeKind::instant:
    case TypeKind::duration:
    case TypeKind::reference:
    case TypeKind::map:
    case TypeKind::error: return Cell::other;
  }
  return Cell::other;
}

bool has_value(Cell cell) { return cell != Cell::flag && cell != Cell::record && cell != Cell::list; }

class Maker {
 public:
  Maker(const model::Vocabulary& vocabulary, const facts::Document& nothing) : nothing_(nothing) {
    layout_.vocabulary = &vocabulary;
  }

  Layout run() {
    add_table(kNone, kNone, layout_.vocabulary->root, nothing_.root, {});
    return std::move(layout_);
  }

 private:
  using Records = std::vector<model::RecordId>;

  std::uint32_t add_table(std::uint32_t parent, std::uint32_t list, model::RecordId record, facts::FactId element,
                          Records above) {
    const auto id = static_cast<std::uint32_t>(layout_.tables.size());
    layout_.tables.push_back({parent, list, 0, 0, 0, element, {}});
    layout_.slots.emplace_back();
    above.push_back(record);
    const std::uint32_t shape = add_shape(id, record, element, above);
    layout_.tables[id].shape = shape;
    layout_.tables[id].slots = static_cast<std::uint32_t>(layout_.slots[id].size());
    return id;
  }

  std::uint32_t add_shape(std::uint32_t table, model::RecordId record, facts::FactId fact, const Records& above) {
    const auto id = static_cast<std::uint32_t>(layout_.shapes.size());
    layout_.shapes.push_back({record, table, {}});
    const model::Record& declared = layout_.vocabulary->records[record];
    const std::vector<facts::FactId>& children = nothing_[fact].children;
    for (std::uint32_t i = 0; i < declared.fields.size(); ++i) {
      const std::uint32_t slot =
          add_slot(table, declared.fields[i], children.empty() ? facts::FactId{} : children[i], above);
      layout_.shapes[id].slots.push_back(slot);
    }
    return id;
  }

  std::uint32_t add_slot(std::uint32_t table, const model::Field& field, facts::FactId fact, const Records& above) {
    const auto id = static_cast<std::uint32_t>(layout_.slots[table].size());
    const Cell cell = cell_of(*layout_.vocabulary, field);
    Slot slot{field.type, &field, cell, id + 1, kNone, kNone, fact};
    if (has_value(cell)) slot.column = layout_.tables[table].columns++;
    layout_.slots[table].push_back(slot);
    const model::RecordId record = layout_.vocabulary->types[field.type].record;
    const bool spelled_out = std::find(above.begin(), above.end(), record) == above.end();
    std::uint32_t below = kNone;
    if (cell == Cell::record && spelled_out) {
      Records inner = above;
      inner.push_back(record);
      below = add_shape(table, record, fact, inner);
    } else if (cell == Cell::list && spelled_out) {
      below = add_table(table, id, record, nothing_[fact].phantom, above);
      layout_.tables[table].children.push_back(below);
    }
    layout_.slots[table][id].below = below;
    layout_.slots[table][id].end = static_cast<std::uint32_t>(layout_.slots[table].size());
    return id;
  }

  const facts::Document& nothing_;
  Layout layout_;
};

}  // namespace

bool Layout::lies_within(std::uint32_t table, std::uint32_t above) const {
  while (table != above && table != kNone) table = tables[table].parent;
  return table == above;
}

Layout make_layout(const model::Vocabulary& vocabulary, const facts::Document& nothing) {
  return Maker(vocabulary, nothing).run();
}

}  // namespace writ::columns
