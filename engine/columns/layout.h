// Where the facts of many documents stand side by side: the vocabulary flattened into tables of slots. The first table
// has a row for each document; every list of records has a table of its own, with a row for each element. The slots of
// one record, with everything below it in the same table, are numbered without a gap. A list within an element of a
// record that holds it (a record of itself) is not spelled out: a document that states one is not for columns.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/id.h"
#include "engine/facts/document.h"
#include "engine/model/vocabulary.h"

namespace writ::columns {

inline constexpr std::uint32_t kNone = UINT32_MAX;

/// How the value of a known fact is kept.
enum class Cell : std::uint8_t {
  flag,       // a bit
  number,     // a decimal as written, see Decimal
  day,        // days since 1970-01-01
  member,     // index into the enumeration
  country,    // (first letter * 26 + second letter)
  text,       // place in the text that was read
  members,    // a bit for each member of an enumeration of at most 64
  countries,  // places in a list of countries
  record,     // no value: what is below it
  list,       // no value: the rows of its table
  other       // any scalar or set: kept aside, or not at all
};

struct Slot {
  model::TypeId type;
  const model::Field* field = nullptr;
  Cell cell = Cell::other;
  std::uint32_t end = 0;         // one past the last slot below it, in the same table
  std::uint32_t below = kNone;   // record: its Shape; list: its Table, kNone where it is not spelled out
  std::uint32_t column = kNone;  // of those with a value other than a bit: its place among the values of the table
  facts::FactId fact;            // in the document without facts
};

/// A record somewhere: its type, and the slots of its fields.
struct Shape {
  model::RecordId record;
  std::uint32_t table = 0;
  std::vector<std::uint32_t> slots;  // by field
};

struct Table {
  std::uint32_t parent = kNone;         // table of the list; kNone: the documents
  std::uint32_t list = kNone;           // slot of the list, of the parent
  std::uint32_t shape = 0;              // of its rows
  std::uint32_t slots = 0;              // number of slots, from 0 in each table
  std::uint32_t columns = 0;            // number of those with values
  facts::FactId element;                // the unknown element in the document without facts; of documents: the root
  std::vector<std::uint32_t> children;  // tables of lists within its rows
};

/// A slot of a table.
struct Place {
  std::uint32_t table = 0, slot = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Layout {
  const model::Vocabulary* vocabulary = nullptr;
  std::vector<Table> tables;             // the parent before its children
  std::vector<std::vector<Slot>> slots;  // by table
  std::vector<Shape> shapes;
  [[nodiscard]] const Slot& operator[](Place p) const { return slots[p.table][p.slot]; }
  /// `table` is `above` or lies within one of its lists.
  [[nodiscard]] bool lies_within(std::uint32_t table, std::uint32_t above) const;
};

/// `nothing`: the document without facts, of the same vocabulary.
[[nodiscard]] Layout make_layout(const model::Vocabulary& vocabulary, const facts::Document& nothing);

}  // namespace writ::columns
