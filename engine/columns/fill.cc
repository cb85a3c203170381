#include "engine/columns/fill.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "engine/columns/decimal.h"
#include "engine/columns/names.h"
#include "engine/facts/scalars.h"

namespace writ::columns {

using model::TypeKind;

namespace {

constexpr std::size_t kLongestLine = 1U << 20;  // so that no count of values comes near a limit of the ordinary reader

bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// What the ordinary reader refuses in any text, apart from what is no UTF-8.
bool refused_characters(std::string_view text) {
  // Eight bytes at a time: 0x7F and everything above it sets the highest bit of its byte in one of the two.
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHigh = 0x8080808080808080U;
  std::uint64_t found = 0;
  std::size_t k = 0;
  for (; k + 8 <= text.size(); k += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + k, 8);
    found |= eight | (eight + kOnes);
  }
  for (; k < text.size(); ++k) found |= static_cast<unsigned char>(text[k]) >= 0x7F ? kHigh : 0;
  if ((found & kHigh) == 0) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto at = [&](std::size_t j) { return i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0U; };
    const auto c = at(0);
    if (c == 0x7F || (c == 0xC2 && at(1) < 0xA0 && at(1) != 0x85)) return true;
    if (c == 0xE2 &&
        ((at(1) == 0x80 && at(2) >= 0xAA && at(2) <= 0xAE) || (at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9)))
      return true;
    if (c == 0xEF && at(1) == 0xBB && at(2) == 0xBF) return true;
  }
  return false;
}

/// YYYY-MM-DD, a day that exists, in days since 1970-01-01.
bool read_day(std::string_view text, std::int32_t& out) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto digits = [&](std::size_t from, std::size_t count, int& value) {
    value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return false;
      value = value * 10 + (text[i] - '0');
    }
    return true;
  };
  int year = 0, month = 0, day = 0;
  if (!digits(0, 4, year) || !digits(5, 2, month) || !digits(8, 2, day)) return false;
  constexpr std::array<int, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  if (day > kDays[static_cast<std::size_t>(month)] + (month == 2 && leap ? 1 : 0)) return false;
  const int y = year - (month <= 2 ? 1 : 0);
  const int era = y / 400, in_era = y - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int of_era = in_era * 365 + in_era / 4 - in_era / 100 + of_year;
  out = era * 146'097 + of_era - 719'468;
  return true;
}

constexpr auto kAssigned = 26 * 26;

}  // namespace

struct Filler::State {
  explicit State(const Layout& l) : layout(l) {
    for (const Shape& shape : layout.shapes) {
      std::vector<std::string_view> names;
      for (const model::Field& f : layout.vocabulary->records[shape.record].fields) names.push_back(f.name);
      keys.emplace_back(names);
    }
    for (const model::Enum& e : layout.vocabulary->enums) {
      std::vector<std::string_view> names;
      for (const model::EnumMember& m : e.members) names.push_back(m.name);
      members.emplace_back(names);
    }
    const std::string_view all = model::assigned_countries();
    for (std::size_t i = 0; i + 1 < all.size(); i += 2)
      assigned[static_cast<std::size_t>((all[i] - 'A') * 26 + (all[i + 1] - 'A'))] = true;
    const model::Record& root = layout.vocabulary->records[layout.vocabulary->root];
    plain_root = root.find("writ") < 0 && root.find("id") < 0;
    if (const int field = root.find("parties"); field >= 0) {
      const std::uint32_t slot = layout.shapes[layout.tables[0].shape].slots[static_cast<std::size_t>(field)];
      const Slot& s = layout.slots[0][slot];
      if (s.cell == Cell::list && s.below != kNone &&
          layout.vocabulary->records[layout.shapes[layout.tables[s.below].shape].record].key)
        parties = s.below;
    }
    assessment = layout.vocabulary->find_record("assessment");
  }

  // -- tokens
  [[nodiscard]] char peek() const { return text[tokens[at]]; }
  [[nodiscard]] bool ended() const { return at >= token_end; }
  bool take(char c) {
    if (ended() || peek() != c) return false;
    ++at;
    return true;
  }
  /// The text between the quotes of the string that begins at the current token; escapes are left as they are.
  bool string(std::string_view& out) {
    if (ended() || peek() != '"') return false;
    const std::size_t from = tokens[at] + std::size_t{1};
    ++at;
    std::size_t to = at < token_count ? tokens[at] : text_size;
    while (to > from && space(text[to - 1])) --to;
    if (to <= from || text[to - 1] != '"') return false;
    out = {text + from, to - 1 - from};
    return true;
  }
  bool plain_string(std::string_view& out) { return string(out) && out.find('\\') == std::string_view::npos; }
  /// A number or a word.
  std::string_view word() {
    const std::size_t from = tokens[at];
    ++at;
    std::size_t to = at < token_count ? tokens[at] : text_size;
    while (to > from && space(text[to - 1])) --to;
    return {text + from, to - from};
  }

  bool document(const Line& line, Block& block, std::uint32_t row);
  bool record(std::uint32_t shape, std::uint32_t row, bool root);
  bool value(std::uint32_t table, std::uint32_t slot, std::uint32_t row);
  bool list(const Slot& slot, std::uint32_t row, std::uint32_t table);
  bool set(const Slot& slot, std::uint64_t& cell);
  bool scalar(const Slot& slot, std::uint64_t& cell, bool& unknown);
  bool set_aside(const Slot& slot, std::uint64_t& cell);
  [[nodiscard]] std::optional<model::Scalar> ordinary(std::string_view s, bool quoted, model::TypeId type) const;
  bool form(std::uint32_t table, std::uint32_t slot, std::uint32_t row);
  bool evidenced(std::uint32_t table, std::uint32_t slot, std::uint32_t row);
  [[nodiscard]] static std::optional<std::string> without_escapes(std::string_view s);
  bool placeholder(std::string_view s, const model::Type& type);
  [[nodiscard]] static bool may_be_placeholder(std::string_view s);
  void absent(std::uint32_t table, std::uint32_t slot, std::uint32_t row);

  const Layout& layout;
  std::vector<Names> keys;     // by shape
  std::vector<Names> members;  // by enumeration
  std::array<bool, kAssigned> assigned{};
  bool plain_root = false;
  std::uint32_t parties = kNone;  // table
  model::RecordId assessment;

  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  const char* text = nullptr;
  std::size_t text_size = 0;
  const std::uint32_t* tokens = nullptr;
  std::size_t token_count = 0, at = 0, token_end = 0;
  Block* block = nullptr;
  std::uint32_t document_row = 0;
  bool aside = false;                           // the last scalar that was read was kept aside
  std::vector<std::string_view> named_parties;  // values of facts that are parties
};

Filler::Filler(const Layout& layout) : state_(std::make_unique<State>(layout)) {}
Filler::~Filler() = default;

std::size_t Filler::padding() { return simdjson::SIMDJSON_PADDING; }

bool Filler::begin(std::string_view text) {
  State& s = *state_;
  if (!s.parser || s.parser->capacity() < text.size()) {
    const std::size_t capacity = std::max(text.size(), std::size_t{1} << 16);
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 8, s.parser) !=
        simdjson::SUCCESS)
      return false;
  }
  const auto error =
      s.parser->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), simdjson::stage1_mode::regular);
  if (error != simdjson::SUCCESS) return false;
  s.text = text.data();
  s.text_size = text.size();
  s.tokens = s.parser->structural_indexes.get();
  s.token_count = s.parser->n_structural_indexes;
  s.at = 0;
  return true;
}

bool Filler::add(const Line& line, Block& block) {
  State& s = *state_;
  const std::uint32_t row = block.tables[0].add(0, block.tables[0].size(), false);
  while (s.at < s.token_count && s.tokens[s.at] < line.begin) ++s.at;
  s.token_end = s.at;
  const bool good = s.document(line, block, row);
  if (good) block.sound |= std::uint64_t{1} << row;
  return good;
}

bool Filler::State::document(const Line& line, Block& b, std::uint32_t row) {
  if (!plain_root || line.end - line.begin > kLongestLine) return false;
  if (refused_characters({text + line.begin, line.end - line.begin})) return false;
  // The line's tokens end where the next line's begin: found while walking.
  const auto* last = std::lower_bound(tokens + at, tokens + token_count, static_cast<std::uint32_t>(line.end));
  token_end = static_cast<std::size_t>(last - tokens);
  block = &b;
  b.text = text;
  document_row = row;
  named_parties.clear();
  std::string_view name, form, id;
  if (!take('{') || !plain_string(name) || name != "writ" || !take(':') || !plain_string(form)) return false;
  const std::size_t slash = form.find('/');
  if (slash == std::string_view::npos || form.substr(slash) != "/1") return false;
  const auto& kinds = layout.vocabulary->kinds;
  if (std::find(kinds.begin(), kinds.end(), form.substr(0, slash)) == kinds.end()) return false;
  b.kinds[row] = form.substr(0, slash);
  b.ids[row] = {};
  if (!record(layout.tables[0].shape, row, true)) return false;
  if (at != token_end || b.ids[row].empty()) return false;
  if (parties != kNone && !named_parties.empty()) {
    Rows& rows = b.tables[parties];
    for (std::string_view party : named_parties) {
      bool found = false;
      for (std::uint32_t i = rows.size(); i-- > 0 && rows.document(i) == row;) found = found || rows.key(i) == party;
      if (!found) return false;
    }
  }
  return true;
}

/// The fields of a record, behind its opening bracket (or, of a document, its first key).
bool Filler::State::record(std::uint32_t shape_id, std::uint32_t row, bool root) {
  const Shape& shape = layout.shapes[shape_id];
  const Names& names = keys[shape_id];
  if (!root && take('}')) return true;
  for (bool first = !root;; first = false) {
    if (!first) {
      if (take('}')) return true;
      if (!take(',')) return false;
    }
    std::string_view name;
    if (!string(name) || !take(':')) return false;
    const std::uint32_t field = names.find(name);
    if (field == kNone) {
      if (!root || name != "id" || !block->ids[row].empty()) return false;
      std::string_view id;
      if (!plain_string(id) || id.find_first_not_of(" \t\n") == std::string_view::npos) return false;
      block->ids[row] = id;
      continue;
    }
    if (!value(shape.table, shape.slots[field], row)) return false;
  }
}

void Filler::State::absent(std::uint32_t table, std::uint32_t slot, std::uint32_t row) {
  const std::uint64_t bit = std::uint64_t{1} << (row % kRows);
  for (std::uint32_t i = slot; i < layout.slots[table][slot].end; ++i) {
    Bits& bits = block->tables[table].bits(row / kRows, i);
    bits.stated |= bit;
    bits.absent |= bit;
  }
}

bool Filler::State::value(std::uint32_t table, std::uint32_t slot_id, std::uint32_t row) {
  if (ended()) return false;
  const Slot& slot = layout.slots[table][slot_id];
  const std::uint64_t bit = std::uint64_t{1} << (row % kRows);
  Bits& bits = block->tables[table].bits(row / kRows, slot_id);
  if ((bits.stated & bit) != 0 || slot.field->dated) return false;
  const char c = peek();
  if (c == 'n') {
    if (word() != "null" || !slot.field->optional) return false;
    absent(table, slot_id, row);
    return true;
  }
  switch (slot.cell) {
    case Cell::flag: {
      if (c == '{') return form(table, slot_id, row);
      if (c == '"') {
        std::string_view s;
        if (!plain_string(s) || !placeholder(s, layout.vocabulary->types[slot.type])) return false;
        bits.stated |= bit;
        return true;
      }
      const std::string_view w = word();
      if (w == "true") {
        bits.yes |= bit;
      } else if (w != "false") {
        return false;
      }
      bits.stated |= bit;
      bits.known |= bit;
      return true;
    }
    case Cell::record: {
      if (slot.below == kNone || c != '{') return false;
      ++at;
      bits.stated |= bit;
      bits.known |= bit;
      return record(slot.below, row, false);
    }
    case Cell::list:
      if (c == '{') return form(table, slot_id, row);
      if (slot.below == kNone || c != '[') return false;
      ++at;
      bits.stated |= bit;
      bits.known |= bit;
      return list(slot, row, table);
    case Cell::members:
    case Cell::countries: {
      if (c == '{') return form(table, slot_id, row);
      if (c != '[') return false;
      const std::size_t opening = at++;
      std::uint64_t cell = 0;
      if (!set(slot, cell)) {
        at = opening + 1;
        if (!set_aside(slot, cell)) return false;
        bits.aside |= bit;
      }
      bits.stated |= bit;
      bits.known |= bit;
      block->tables[table].values(row / kRows, slot.column)[row % kRows] = cell;
      return true;
    }
    case Cell::number:
    case Cell::day:
    case Cell::member:
    case Cell::country:
    case Cell::text:
    case Cell::other: {
      if (c == '{') return form(table, slot_id, row);
      std::uint64_t cell = 0;
      if (c == '[') {
        if (slot.cell != Cell::other || layout.vocabulary->types[slot.type].kind != TypeKind::set) return false;
        ++at;
        if (!set_aside(slot, cell)) return false;
        bits.stated |= bit;
        bits.known |= bit;
        bits.aside |= bit;
        block->tables[table].values(row / kRows, slot.column)[row % kRows] = cell;
        return true;
      }
      bool unknown = false;
      if (!scalar(slot, cell, unknown)) return false;
      bits.stated |= bit;
      if (unknown) return true;
      bits.known |= bit;
      if (aside) bits.aside |= bit;
      block->tables[table].values(row / kRows, slot.column)[row % kRows] = cell;
      return true;
    }
  }
  return false;
}

bool Filler::State::list(const Slot& slot, std::uint32_t row, std::uint32_t table) {
  (void)table;
  const Table& rows = layout.tables[slot.below];
  const model::Record& type = layout.vocabulary->records[layout.shapes[rows.shape].record];
  Rows& into = block->tables[slot.below];
  if (take(']')) return true;
  const std::uint32_t first = into.size();
  for (;;) {
    if (!take('{')) return false;
    const std::uint32_t element = into.add(row, document_row, false);
    if (!record(rows.shape, element, false)) return false;
    if (type.key) {
      const std::uint32_t key_slot = layout.shapes[rows.shape].slots[*type.key];
      const Slot& key = layout.slots[slot.below][key_slot];
      const bool stated = (into.bits(element / kRows, key_slot).known >> (element % kRows) & 1U) != 0;
      if (!stated || key.cell != Cell::text) return false;
      const std::uint64_t cell = into.values(element / kRows, key.column)[element % kRows];
      into.key(element) = {text + (cell >> 24U), cell & 0xFFFFFFU};
      constexpr std::uint32_t kFew = 64;
      if (element - first > kFew) return false;
      for (std::uint32_t other = first; other < element; ++other)
        if (into.parent(other) == row && into.key(other) == into.key(element)) return false;
    }
    // Two assessments may contradict one another: the ordinary reader looks at them.
    if (layout.shapes[rows.shape].record == assessment && element != first) return false;
    if (take(']')) return true;
    if (!take(',')) return false;
  }
}

bool Filler::State::set(const Slot& slot, std::uint64_t& cell) {
  const model::Type& element = layout.vocabulary->types[layout.vocabulary->types[slot.type].element];
  const std::uint64_t begin = block->countries.size();
  std::uint64_t count = 0;
  cell = 0;
  if (!take(']')) {
    for (;;) {
      std::string_view s;
      if (!plain_string(s)) return false;
      if (slot.cell == Cell::members) {
        const std::uint32_t member = members[element.enumeration.index].find(s);
        if (member == kNone || (cell >> member & 1U) != 0) return false;
        cell |= std::uint64_t{1} << member;
      } else {
        if (s.size() != 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z') return false;
        const auto code = static_cast<std::uint16_t>((s[0] - 'A') * 26 + (s[1] - 'A'));
        if (!assigned[code]) return false;
        for (std::uint64_t i = begin; i < begin + count; ++i)
          if (block->countries[i] == code) return false;
        block->countries.push_back(code);
        if (++count >= 1024) return false;
      }
      if (take(']')) break;
      if (!take(',')) return false;
    }
  }
  if (slot.cell == Cell::countries) cell = begin << 16 | count;
  return true;
}

bool Filler::State::may_be_placeholder(std::string_view s) {
  if (s.empty()) return true;
  constexpr std::size_t kLongestWord = 30, kLongest = 200;
  const auto c = static_cast<unsigned char>(s.front());
  if (s.size() > kLongest) return space(s.front()) || space(s.back());  // trimmed it may be shorter
  if (c == '<' || space(s.front()) || space(s.back())) return true;
  if (s.size() <= kLongestWord) return true;
  const auto lower = [&](std::size_t i) { return static_cast<char>(s[i] | 0x20); };
  if (lower(0) == 't' && (lower(1) == 'b' || lower(1) == 'o')) return true;
  if (lower(0) == 'l' && lower(1) == 'o' && lower(2) == 'r') return true;
  return lower(s.size() - 1) == 'e' && lower(s.size() - 2) == 'r' && lower(s.size() - 3) == 'e';
}

bool Filler::State::placeholder(std::string_view s, const model::Type& type) {
  if (type.kind == TypeKind::enumeration && members[type.enumeration.index].find(s) != kNone) return false;
  return may_be_placeholder(s) && facts::is_placeholder_text(s);
}

/// A scalar as the ordinary reader takes it, or false. `unknown`: nobody has filled it in.
bool Filler::State::scalar(const Slot& slot, std::uint64_t& cell, bool& unknown) {
  const model::Type& type = layout.vocabulary->types[slot.type];
  aside = false;
  if (peek() == '[') return false;
  const bool quoted = peek() == '"';
  std::string_view s;
  if (quoted) {
    if (!string(s)) return false;
  } else {
    s = word();
  }
  switch (slot.cell) {
    case Cell::member: {
      if (!quoted) return false;
      const std::uint32_t member = members[type.enumeration.index].find(s);
      if (member != kNone) {
        cell = member;
        return true;
      }
      break;
    }
    case Cell::day: {
      std::int32_t day = 0;
      if (quoted && read_day(s, day)) {
        cell = static_cast<std::uint32_t>(day);
        return true;
      }
      break;
    }
    case Cell::country:
      if (quoted && s.size() == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z') {
        const auto code = static_cast<std::size_t>((s[0] - 'A') * 26 + (s[1] - 'A'));
        if (!assigned[code]) return false;
        cell = code;
        return true;
      }
      break;
    case Cell::number: {
      std::string_view number = s;
      if (quoted) {
        // A number and the unit in which the fact is declared. Anything else is for the ordinary reader.
        const std::string_view unit =
            type.kind == TypeKind::ratio ? std::string_view("%") : std::string_view(type.name);
        const bool measured = type.kind == TypeKind::quantity || type.kind == TypeKind::ratio;
        if (!measured || s.size() <= unit.size() + 1 || !s.ends_with(unit)) break;
        number = s.substr(0, s.size() - unit.size());
        if (number.back() == ' ') {
          number.remove_suffix(1);
        } else if (unit != "%") {
          break;
        }
      } else if (type.kind == TypeKind::quantity && type.name == "%") {
        return false;
      }
      std::optional<Decimal> decimal = read_decimal(number);
      if (!decimal) break;
      if (type.kind == TypeKind::integer && decimal->exponent < 0) return false;
      if (type.kind == TypeKind::ratio && quoted) {
        decimal->exponent = static_cast<std::int8_t>(decimal->exponent - 2);
      } else if (type.kind == TypeKind::ratio && compare(*decimal, Decimal{1, 0}) > 0) {
        return false;
      }
      cell = decimal->pack();
      return true;
    }
    case Cell::text: {
      if (!quoted) return false;
      if (s.find('\\') != std::string_view::npos) {
        const std::optional<std::string> plain = without_escapes(s);
        if (!plain || type.kind == TypeKind::party || placeholder(*plain, type)) return false;
        std::optional<model::Scalar> read = ordinary(*plain, true, slot.type);
        if (!read) return false;
        aside = true;
        cell = block->aside.size();
        block->aside.push_back({std::move(*read), std::nullopt, s});
        return true;
      }
      if (placeholder(s, type)) {
        unknown = true;
        return true;
      }
      if (type.kind == TypeKind::party && parties != kNone) named_parties.push_back(s);
      cell = static_cast<std::uint64_t>(s.data() - text) << 24U | s.size();  // a line has less than 2^24 bytes
      return true;
    }
    case Cell::other:
    case Cell::flag:
    case Cell::members:
    case Cell::countries:
    case Cell::record:
    case Cell::list: break;
  }
  if (s.find('\\') != std::string_view::npos) return false;
  if (placeholder(s, type)) {
    unknown = true;
    return quoted;
  }
  std::optional<model::Scalar> read = ordinary(s, quoted, slot.type);
  if (!read) return false;
  if (type.kind == TypeKind::reference) block->referring |= std::uint64_t{1} << document_row;
  aside = true;
  cell = block->aside.size();
  block->aside.push_back({std::move(*read), std::nullopt, s});
  return true;
}

/// As the ordinary reader reads it.
std::optional<model::Scalar> Filler::State::ordinary(std::string_view s, bool quoted, model::TypeId type) const {
  if (!facts::is_scalar(layout.vocabulary->types[type].kind)) return std::nullopt;
  if (!quoted && s != "true" && s != "false" && !read_decimal(s)) return std::nullopt;
  facts::RawNode node;
  node.kind = facts::RawNode::Kind::scalar;
  node.quoted = quoted;
  node.text = s;
  facts::ScalarReading reading = facts::read_scalar(node, type, *layout.vocabulary);
  if (!reading) return std::nullopt;
  return std::move(*reading);
}

/// The members of a set that has no column form.
bool Filler::State::set_aside(const Slot& slot, std::uint64_t& cell) {
  const model::TypeId element = layout.vocabulary->types[slot.type].element;
  const char* begin = text + tokens[at - 1];
  std::vector<model::Scalar> all;
  if (!take(']')) {
    for (;;) {
      if (ended()) return false;
      const bool quoted = peek() == '"';
      std::string_view s;
      if (quoted ? !plain_string(s) : (peek() == '{' || peek() == '[')) return false;
      if (!quoted) s = word();
      if (placeholder(s, layout.vocabulary->types[element])) return false;
      if (layout.vocabulary->types[element].kind == TypeKind::party) return false;
      std::optional<model::Scalar> member = ordinary(s, quoted, element);
      constexpr std::size_t kFew = 64;
      if (!member || all.size() > kFew || std::find(all.begin(), all.end(), *member) != all.end()) return false;
      all.push_back(std::move(*member));
      if (take(']')) break;
      if (!take(',')) return false;
    }
  }
  cell = block->aside.size();
  const char* end = text + tokens[at - 1];
  block->aside.push_back({{}, std::move(all), {begin, static_cast<std::size_t>(end - begin)}});
  return true;
}

/// Nothing: it has more than the plainest escapes.
std::optional<std::string> Filler::State::without_escapes(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\\') {
      out += s[i];
      continue;
    }
    switch (++i < s.size() ? s[i] : 'u') {
      case '"':
      case '\\':
      case '/': out += s[i]; break;
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      default: return std::nullopt;
    }
  }
  return out;
}

bool Filler::State::form(std::uint32_t table, std::uint32_t slot, std::uint32_t row) {
  std::string_view key, reason;
  if (!take('{') || !string(key)) return false;
  if (key == "value") return evidenced(table, slot, row);
  // {"unknown": "not_assessed"}
  if (key != "unknown" || !take(':') || !string(reason) || !take('}')) return false;
  if (reason != "not_assessed" && reason != "disputed" && reason != "refused") return false;
  const std::uint64_t bit = std::uint64_t{1} << (row % kRows);
  Bits& bits = block->tables[table].bits(row / kRows, slot);
  bits.stated |= bit;
  if (reason != "refused") return true;
  bits.yes |= bit;
  return layout.slots[table][slot].cell != Cell::list;  // what is refused of a list is refused of its elements
}

/// {"value": 3, "evidence": "audit 12", "as_of": "2026-01-31", "by": "an auditor"}, behind its first key. What stands
/// behind a fact decides no condition but those that ask for it.
bool Filler::State::evidenced(std::uint32_t table, std::uint32_t slot, std::uint32_t row) {
  const TypeKind kind = layout.vocabulary->types[layout.slots[table][slot].type].kind;
  if (kind == TypeKind::map || !take(':') || ended() || peek() == '{' || !value(table, slot, row)) return false;
  if ((block->tables[table].bits(row / kRows, slot).known >> (row % kRows) & 1U) == 0) return false;
  bool evidence = false, by = false, as_of = false;
  while (!take('}')) {
    std::string_view key, text_of;
    if (!take(',') || !plain_string(key) || !take(':') || ended() || peek() != '"' || !plain_string(text_of))
      return false;
    std::int32_t day = 0;
    bool& seen = key == "evidence" ? evidence : key == "by" ? by : as_of;
    if (seen || (key != "evidence" && key != "by" && (key != "as_of" || !read_day(text_of, day)))) return false;
    seen = true;
  }
  block->evidenced |= std::uint64_t{1} << document_row;
  return evidence;
}

void Filler::finish(Block& block) const {
  const Layout& layout = state_->layout;
  // The parent before its children: rows that are added here have lists that nobody has stated either.
  for (std::uint32_t t = 1; t < layout.tables.size(); ++t) {
    const Table& table = layout.tables[t];
    Rows& above = block.tables[table.parent];
    Rows& into = block.tables[t];
    for (std::uint32_t word = 0; word < above.words(); ++word) {
      const Bits& bits = above.bits(word, table.list);
      std::uint64_t open = above.live(word) & ~(bits.known | bits.absent);
      for (; open != 0; open &= open - 1) {
        const std::uint32_t row = word * kRows + static_cast<std::uint32_t>(std::countr_zero(open));
        into.add(row, above.document(row), true);
      }
    }
  }
}

}  // namespace writ::columns
