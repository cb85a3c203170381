// A supplied file as text: RFC 4180 (commas, quotes, a line of column names), before it the comments that say until
// which day it is known. No meaning yet: every cell is text with its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/diagnostic.h"
#include "engine/base/source.h"

namespace writ::tables {

struct Limits {
  std::uint64_t max_bytes = 16ull << 20;
  std::uint32_t max_rows = 50'000;
  std::uint32_t max_columns = 64;
};

struct Cell {
  std::string text;
  Span span;
};
struct Row {
  std::vector<Cell> cells;  // as many as the header has
  Span span;
};
struct Csv {
  Date known_until;
  std::vector<Cell> header;
  std::vector<Row> rows;
};

/// Nothing when anything is wrong: a file with errors is not used at all.
[[nodiscard]] std::optional<Csv> read_csv(FileId file, const SourceMap& sources, const Limits& limits,
                                          Diagnostics& out);

}  // namespace writ::tables
