// A supplied file and the set or table that the rule book declares for it: the columns are named by the declaration,
// the cells read by its types. Nothing of a file with errors is used.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/ir/program.h"
#include "engine/tables/csv.h"

namespace writ::tables {

/// A list that the rule book declares as supplied.
struct Target {
  std::variant<ir::SetId, ir::TableId> id;
  std::string name;  // "us.ear.entity_list"
};
/// All of them, in order of name.
[[nodiscard]] std::vector<Target> declared(const ir::Program& program);
/// By qualified or bare name; nothing when there is none or several.
[[nodiscard]] std::vector<Target> named(const ir::Program& program, std::string_view name);

/// What a file says of its list. The same for the program of every day of knowledge.
struct Rows {
  Target target;
  ir::Supplied supplied;
  std::vector<ir::SetEntry> entries;
  std::vector<ir::TableRow> rows;
};

/// Reads the file by the declaration. With errors the rows are empty and the digest too: unknown, not empty.
[[nodiscard]] Rows read_rows(const ir::Program& program, const Target& target, FileId file, const SourceMap& sources,
                             const Limits& limits, Diagnostics& out);
/// Puts the rows into a program.
void fill(ir::Program& program, const Rows& rows);

}  // namespace writ::tables
