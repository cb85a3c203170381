#include "engine/tables/supply.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "engine/base/names.h"
#include "engine/base/suggest.h"
#include "engine/facts/scalars.h"

namespace writ::tables {

using model::TypeKind;

namespace {

constexpr std::size_t kMostErrors = 50;
constexpr std::string_view kName = "name";

/// The name of the type that a set holds: `party_role`, `country`, "text".
std::string element_name(const model::Vocabulary& vocabulary, model::TypeId type) { return vocabulary.describe(type); }

class Filler {
 public:
  Filler(const ir::Program& program, const Csv& csv, Rows& out, Diagnostics& diagnostics)
      : vocabulary_(*program.vocabulary), csv_(csv), out_(out), diagnostics_(diagnostics) {}

  void set(const ir::Set& set) {
    const std::string own = element_name(vocabulary_, set.element);
    columns({std::string(kName), own}, {"from", "until", "alias", "country"});
    const int name = column(kName) >= 0 ? column(kName) : column(own);
    if (name < 0) missing_column(own == "text" ? std::string(kName) : fmt::format("{}` or `{}", kName, own));
    if (column(kName) >= 0 && own != kName && column(own) >= 0)
      error(Code::table_column, csv_.header[static_cast<std::size_t>(column(own))].span,
            fmt::format("`{}` and `{}` name the same column", own, kName), "leave one of them out");
    if (errors_ > 0) return;
    std::map<std::string, std::vector<std::pair<DayInterval, Span>>> seen;
    for (const Row& row : csv_.rows) {
      if (errors_ >= kMostErrors) return;
      const DayInterval on = days(row);
      country(row);
      std::vector<Cell> spellings{row.cells[static_cast<std::size_t>(name)]};
      aliases(row, spellings);
      for (const Cell& spelling : spellings) {
        const std::optional<model::Scalar> member = read(spelling, set.element, "name");
        if (!member) continue;
        repeated(seen, key_of(*member, spelling), on, spelling.span);
        out_.entries.push_back({*member, on, set.span});
      }
    }
  }

  void table(const ir::Table& table) {
    std::vector<std::string> required = table.columns;
    required.emplace_back("value");
    columns(required, {"from", "until"});
    keys_ = table.columns;
    for (const std::string& name : required)
      if (column(name) < 0) missing_column(name);
    if (errors_ > 0) return;
    std::map<std::string, std::vector<std::pair<DayInterval, Span>>> seen;
    for (const Row& row : csv_.rows) {
      if (errors_ >= kMostErrors) return;
      ir::TableRow out;
      out.days = days(row);
      out.span = table.span;
      std::string key;
      bool good = true;
      for (std::size_t i = 0; i < table.keys.size(); ++i) {
        const Cell& cell = row.cells[static_cast<std::size_t>(column(table.columns[i]))];
        const std::optional<model::Scalar> value = read(cell, table.keys[i], table.columns[i]);
        good = good && value.has_value();
        if (!value) continue;
        key += key_of(*value, cell) + "\n";
        out.keys.push_back(*value);
      }
      const Cell& cell = row.cells[static_cast<std::size_t>(column("value"))];
      const std::optional<model::Scalar> value = read(cell, table.type, "value");
      if (!value || !good) continue;
      out.value = *value;
      repeated(seen, key, out.days, row.span);
      out_.rows.push_back(std::move(out));
    }
  }

  [[nodiscard]] bool failed() const { return errors_ > 0; }

 private:
  void error(Code code, Span span, std::string message, std::string help = {}) {
    ++errors_;
    diagnostics_.report(code, span, std::move(message)).help = std::move(help);
  }

  [[nodiscard]] int column(std::string_view name) const {
    for (std::size_t i = 0; i < csv_.header.size(); ++i)
      if (csv_.header[i].text == name) return static_cast<int>(i);
    return -1;
  }

  void columns(std::vector<std::string> known, const std::vector<std::string>& optional) {
    known.insert(known.end(), optional.begin(), optional.end());
    for (std::size_t i = 0; i < csv_.header.size(); ++i) {
      const Cell& cell = csv_.header[i];
      if (std::find(known.begin(), known.end(), cell.text) == known.end()) {
        const std::string near = nearest(cell.text, known);
        std::string list;
        for (const std::string& name : known)
          if (list.find(name) == std::string::npos) list += (list.empty() ? "" : ", ") + name;
        error(Code::table_column, cell.span,
              fmt::format("`{}` has no column `{}`", out_.target.name, facts::shown(cell.text)),
              near.empty() ? "its columns are " + list : fmt::format("did you mean `{}`?", near));
      } else if (column(cell.text) != static_cast<int>(i)) {
        error(Code::table_column, cell.span, fmt::format("column `{}` stands twice", cell.text),
              "leave one of them out");
      }
    }
  }

  void missing_column(const std::string& name) {
    const Span first = csv_.header.front().span, last = csv_.header.back().span;
    error(Code::table_column, {first.file, first.begin, last.end},
          fmt::format("`{}` needs a column `{}`", out_.target.name, name), "add it to the first line");
  }

  std::optional<model::Scalar> read(const Cell& cell, model::TypeId type, std::string_view what) {
    if (cell.text.find_first_not_of(" \t") == std::string::npos) {
      error(Code::table_value, cell.span, fmt::format("the cell `{}` is empty", what),
            "fill it in, or leave the row out");
      return std::nullopt;
    }
    facts::RawNode raw;
    raw.kind = facts::RawNode::Kind::scalar;
    raw.text = cell.text;
    raw.span = cell.span;
    if (!facts::is_scalar(vocabulary_.types[type].kind)) {
      error(Code::table_value, cell.span, fmt::format("no file can hold {}", vocabulary_.describe(type)));
      return std::nullopt;
    }
    facts::ScalarReading reading = facts::read_scalar(raw, type, vocabulary_);
    if (reading) return std::move(*reading);
    error(Code::table_value, cell.span, fmt::format("`{}`: {}", what, reading.error().message), reading.error().help);
    return std::nullopt;
  }

  std::optional<Date> day(const Row& row, std::string_view name) {
    const int at = column(name);
    const bool key = std::find(keys_.begin(), keys_.end(), name) != keys_.end();
    if (at < 0 || key) return std::nullopt;
    const Cell& cell = row.cells[static_cast<std::size_t>(at)];
    if (cell.text.empty()) return std::nullopt;
    const std::optional<Date> parsed = Date::parse(cell.text);
    if (!parsed)
      error(Code::table_value, cell.span, fmt::format("`{}` is no day", facts::shown(cell.text)),
            "write YYYY-MM-DD, a day that exists, or leave the cell empty");
    return parsed;
  }

  DayInterval days(const Row& row) {
    const std::optional<Date> from = day(row, "from"), until = day(row, "until");
    DayInterval out;
    if (from) out.from = *from;
    if (until) out.last = *until;
    if (out.last < out.from)
      error(Code::table_value, row.cells[static_cast<std::size_t>(column("until"))].span,
            "the row ends before it begins", "`until` includes its day");
    return out;
  }

  void country(const Row& row) {
    const int at = column("country");
    if (at < 0) return;
    const Cell& cell = row.cells[static_cast<std::size_t>(at)];
    if (cell.text.empty()) return;
    if (const model::CountryCheck check = model::check_country(cell.text); !check.ok)
      error(Code::table_value, cell.span, fmt::format("`{}` is no country code", facts::shown(cell.text)),
            check.suggestion.empty() ? "write the ISO 3166-1 code of two capital letters, as `DE`"
                                     : fmt::format("write `{}`", check.suggestion));
  }

  /// Other names, separated by semicolons.
  void aliases(const Row& row, std::vector<Cell>& spellings) const {
    const int at = column("alias");
    if (at < 0) return;
    const Cell& cell = row.cells[static_cast<std::size_t>(at)];
    for (std::size_t begin = 0; begin <= cell.text.size();) {
      const std::size_t end = std::min(cell.text.find(';', begin), cell.text.size());
      std::string text = cell.text.substr(begin, end - begin);
      const std::size_t first = text.find_first_not_of(" \t");
      if (first != std::string::npos) {
        text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
        const auto same = [&](const Cell& other) { return folded_name(other.text) == folded_name(text); };
        if (std::none_of(spellings.begin(), spellings.end(), same)) spellings.push_back({text, cell.span});
      }
      begin = end + 1;
    }
  }

  std::string key_of(const model::Scalar& scalar, const Cell& cell) const {
    if (const auto* text = std::get_if<std::string>(&scalar)) return folded_name(*text);
    if (const auto* number = std::get_if<model::NumberRange>(&scalar); number != nullptr && number->lo)
      return number->lo->exact();
    return cell.text;
  }

  void repeated(std::map<std::string, std::vector<std::pair<DayInterval, Span>>>& seen, const std::string& key,
                const DayInterval& on, Span span) {
    auto& same = seen[key];
    for (const auto& [other, first] : same) {
      if (other.last < on.from || on.last < other.from) continue;
      ++errors_;
      Diagnostic& d = diagnostics_.report(Code::table_row_repeated, span, "this stands twice for the same days");
      d.labels.push_back({first, "first here"});
      d.help = "leave one of them out, or end one before the other begins";
      break;
    }
    same.emplace_back(on, span);
  }

  const model::Vocabulary& vocabulary_;
  const Csv& csv_;
  Rows& out_;
  Diagnostics& diagnostics_;
  std::vector<std::string> keys_;  // of a table: a key named `from` leaves no column for the first day
  std::size_t errors_ = 0;
};

}  // namespace

std::vector<Target> declared(const ir::Program& program) {
  std::vector<Target> out;
  for (std::uint32_t i = 0; i < program.sets.size(); ++i) {
    const ir::Set& set = program.sets[ir::SetId(i)];
    if (set.supplied.declared) out.push_back({ir::SetId(i), set.package + "." + set.name});
  }
  for (std::uint32_t i = 0; i < program.tables.size(); ++i) {
    const ir::Table& table = program.tables[ir::TableId(i)];
    if (table.supplied.declared) out.push_back({ir::TableId(i), table.package + "." + table.name});
  }
  std::sort(out.begin(), out.end(), [](const Target& a, const Target& b) { return a.name < b.name; });
  return out;
}

std::vector<Target> named(const ir::Program& program, std::string_view name) {
  std::vector<Target> out = declared(program);
  std::erase_if(out, [&](const Target& t) { return t.name != name && t.name.substr(t.name.rfind('.') + 1) != name; });
  return out;
}

Rows read_rows(const ir::Program& program, const Target& target, FileId file, const SourceMap& sources,
               const Limits& limits, Diagnostics& out) {
  Rows rows;
  rows.target = target;
  rows.supplied.declared = true;
  rows.supplied.file = std::string(sources.path(file));
  const std::optional<Csv> csv = read_csv(file, sources, limits, out);
  if (!csv) return rows;
  Filler filler(program, *csv, rows, out);
  if (const auto* set = std::get_if<ir::SetId>(&target.id))
    filler.set(program.sets[*set]);
  else
    filler.table(program.tables[std::get<ir::TableId>(target.id)]);
  if (filler.failed()) {
    rows.entries.clear();
    rows.rows.clear();
    return rows;
  }
  rows.supplied.known_until = csv->known_until;
  rows.supplied.rows = csv->rows.size();
  return rows;
}

void fill(ir::Program& program, const Rows& rows) {
  const auto known = [&](DayInterval& days) {
    if (rows.supplied.known_until) days.last = std::min(days.last, *rows.supplied.known_until);
  };
  if (const auto* id = std::get_if<ir::SetId>(&rows.target.id)) {
    ir::Set& set = program.sets[*id];
    set.supplied = rows.supplied;
    set.entries = rows.entries;
    known(set.known);
  } else {
    ir::Table& table = program.tables[std::get<ir::TableId>(rows.target.id)];
    table.supplied = rows.supplied;
    table.rows = rows.rows;
    known(table.known);
  }
}

}  // namespace writ::tables
