#include "engine/columns/key.h"

#include <cstring>

namespace writ::columns {

namespace {

void append(std::string& out, std::uint64_t value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof bytes);
}

void append(std::string& out, std::string_view text) {
  append(out, text.size());
  out += text;
}

}  // namespace

bool append_cell(const Plan& plan, Block& block, Place place, std::uint32_t row, std::string& out) {
  Rows& rows = block.tables[place.table];
  const Bits& b = rows.bits(row / kRows, place.slot);
  const std::uint32_t i = row % kRows;
  const auto bit = [&](std::uint64_t of) { return static_cast<unsigned>(of >> i & 1U); };
  const unsigned known = bit(b.known), aside = bit(b.aside);
  out += static_cast<char>(bit(b.stated) | known << 1U | bit(b.absent) << 2U | bit(b.yes) << 3U | aside << 4U);
  const Slot& slot = plan.layout[place];
  if (known == 0 || slot.column == kNone) return true;
  const std::uint64_t cell = rows.values(row / kRows, slot.column)[i];
  if (aside != 0) {
    const Aside& kept = block.aside[cell];
    if (kept.written.empty()) return false;
    append(out, kept.written);
    return true;
  }
  switch (slot.cell) {
    case Cell::text: append(out, std::string_view(block.text + (cell >> 24U), cell & 0xFFFFFFU)); return true;
    case Cell::countries: {
      const std::uint64_t begin = cell >> 16U, count = cell & 0xFFFFU;
      append(out, count);
      for (std::uint64_t k = begin; k < begin + count; ++k) {
        out += static_cast<char>(block.countries[k] & 0xFFU);
        out += static_cast<char>(block.countries[k] >> 8U);
      }
      return true;
    }
    case Cell::number:
    case Cell::day:
    case Cell::member:
    case Cell::country:
    case Cell::members: append(out, cell); return true;
    case Cell::flag:
    case Cell::record:
    case Cell::list:
    case Cell::other: return false;
  }
  return false;
}

void RowsOf::forget() {
  for (Table& table : tables_) table.known = false;
}

const RowsOf::Table& RowsOf::of(const Block& block, std::uint32_t id) {
  Table& table = tables_[id];
  if (table.known) return table;
  table.known = true;
  const Rows& rows = block.tables[id];
  table.begin.assign(kRows + 1, 0);
  for (std::uint32_t i = 0; i < rows.size(); ++i) ++table.begin[rows.document(i) + 1];
  for (std::uint32_t d = 0; d < kRows; ++d) table.begin[d + 1] += table.begin[d];
  table.rows.resize(rows.size());
  table.place.resize(rows.size());
  std::vector<std::uint32_t> next(table.begin.begin(), table.begin.end() - 1);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t d = rows.document(i);
    table.place[i] = next[d] - table.begin[d];
    table.rows[next[d]++] = i;
  }
  return table;
}

bool RowsOf::key(Block& block, std::span<const Place> places, std::uint32_t document, std::string& out) {
  for (std::size_t first = 0; first < places.size();) {
    const std::uint32_t id = places[first].table;
    std::size_t last = first;
    while (last < places.size() && places[last].table == id) ++last;
    const auto cells = [&](std::uint32_t row) {
      for (std::size_t i = first; i < last; ++i) {
        if (!append_cell(plan_, block, places[i], row, out)) return false;
        // How many there are, where nobody looks into them.
        const Slot& slot = plan_.layout[places[i]];
        if (slot.cell != Cell::list || slot.below == kNone) continue;
        const Table& below = of(block, slot.below);
        std::uint64_t count = 0;
        for (std::uint32_t k = below.begin[document]; k < below.begin[document + 1]; ++k)
          count += block.tables[slot.below].parent(below.rows[k]) == row ? 1U : 0U;
        append(out, count);
      }
      return true;
    };
    if (id == 0) {
      if (!cells(document)) return false;
    } else {
      const Table& table = of(block, id);
      const Rows& rows = block.tables[id];
      const std::uint32_t above = plan_.layout.tables[id].parent;
      append(out, table.begin[document + 1] - table.begin[document]);
      for (std::uint32_t k = table.begin[document]; k < table.begin[document + 1]; ++k) {
        const std::uint32_t row = table.rows[k];
        append(out, above == 0 ? 0 : of(block, above).place[rows.parent(row)]);
        out += (rows.unstated(row / kRows) >> (row % kRows) & 1U) != 0 ? '?' : '.';
        if (!cells(row)) return false;
      }
    }
    first = last;
  }
  return true;
}

}  // namespace writ::columns
