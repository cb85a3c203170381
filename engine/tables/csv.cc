#include "engine/tables/csv.h"

#include <fmt/format.h>

#include "engine/base/utf8.h"

namespace writ::tables {
namespace {

constexpr std::size_t kMostErrors = 50;
constexpr std::string_view kKnownUntil = "known until";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

class Reader {
 public:
  Reader(FileId file, const SourceMap& sources, const Limits& limits, Diagnostics& out)
      : file_(file), text_(sources.text(file)), limits_(limits), out_(out) {}

  std::optional<Csv> read() {
    if (!sound()) return std::nullopt;
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    comments();
    if (at_ >= text_.size()) {
      error(Code::table_text, at_, at_, "the file has no line of column names", "write one: `name,from,until`");
      return std::nullopt;
    }
    Row header = record();
    csv_.header = std::move(header.cells);
    if (csv_.header.size() > limits_.max_columns)
      error(Code::table_text, header.span.begin, header.span.end,
            fmt::format("{} columns, and at most {} are read", csv_.header.size(), limits_.max_columns));
    while (at_ < text_.size() && errors_ < kMostErrors) {
      const std::size_t begin = at_;
      Row row = record();
      if (row.cells.size() == 1 && row.cells[0].text.empty() && row.cells[0].span.begin == row.cells[0].span.end)
        continue;  // an empty line
      if (row.cells.size() != csv_.header.size())
        error(Code::table_text, begin, row.span.end,
              fmt::format("{} in this row, {} in the header", count(row.cells.size()), count(csv_.header.size())),
              "a text that holds a comma stands in quotes");
      if (csv_.rows.size() == limits_.max_rows) {
        error(Code::table_text, begin, row.span.end, fmt::format("more than {} rows", limits_.max_rows));
        break;
      }
      csv_.rows.push_back(std::move(row));
    }
    if (!known_ && errors_ == 0)
      error(Code::table_known_until, 0, std::min<std::size_t>(text_.size(), text_.find('\n')),
            "the file does not say until which day it is known", "begin it with `# known until 2026-11-01`");
    if (errors_ != 0) return std::nullopt;
    csv_.known_until = *known_;
    return std::move(csv_);
  }

 private:
  static std::string count(std::size_t n) { return fmt::format("{} {}", n, n == 1 ? "cell" : "cells"); }

  void error(Code code, std::size_t begin, std::size_t end, std::string message, std::string help = {}) {
    ++errors_;
    out_.report(code, {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, std::move(message))
        .help = std::move(help);
  }

  bool sound() {
    if (text_.size() > limits_.max_bytes) {
      error(Code::table_text, 0, 0, fmt::format("{} bytes, and at most {} are read", text_.size(), limits_.max_bytes));
      return false;
    }
    if (const auto bad = first_invalid_utf8(text_)) {
      error(Code::table_text, *bad, *bad + 1, "the file is not UTF-8", "save it as UTF-8");
      return false;
    }
    if (const std::size_t nul = text_.find('\0'); nul != std::string_view::npos) {
      error(Code::table_text, nul, nul + 1, "the file holds a zero byte: it is no text");
      return false;
    }
    return true;
  }

  /// Comments stand before the header only: a name may begin with `#`.
  void comments() {
    while (at_ < text_.size() && (text_[at_] == '#' || text_[at_] == '\n' || text_[at_] == '\r')) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      std::string_view line = trimmed(text_.substr(at_, end - at_));
      if (line.starts_with('#')) line = trimmed(line.substr(1));
      if (line.starts_with(kKnownUntil)) {
        const std::string_view day = trimmed(line.substr(kKnownUntil.size()));
        const auto begin = static_cast<std::size_t>(day.data() - text_.data());
        const auto parsed = Date::parse(day);
        if (!parsed)
          error(Code::table_known_until, begin, begin + day.size(), fmt::format("`{}` is no day", printable(day)),
                "write YYYY-MM-DD, a day that exists");
        if (known_) error(Code::table_known_until, at_, end, "`known until` stands twice", "leave one of them out");
        known_ = parsed ? parsed : Date::min();
      }
      at_ = std::min(end + 1, text_.size());
    }
  }

  Row record() {
    Row row;
    const std::size_t begin = at_;
    bool more = true;
    while (more) {
      row.cells.push_back(cell());
      more = at_ < text_.size() && text_[at_] == ',';
      if (more) ++at_;
    }
    row.span = {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    return row;
  }

  Cell cell() {
    Cell out;
    const std::size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      ++at_;
      while (true) {
        const std::size_t quote = text_.find('"', at_);
        if (quote == std::string_view::npos) {
          error(Code::table_text, begin, begin + 1, "the quotes are never closed", "a quote within quotes is doubled");
          at_ = text_.size();
          break;
        }
        out.text += text_.substr(at_, quote - at_);
        at_ = quote + 1;
        if (at_ >= text_.size() || text_[at_] != '"') break;
        out.text += '"';
        ++at_;
      }
      const std::size_t rest = std::min(text_.find_first_of(",\r\n", at_), text_.size());
      if (rest != at_)
        error(Code::table_text, at_, rest, "text stands behind closing quotes", "a quote within quotes is doubled");
      at_ = rest;
    } else {
      const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
      out.text = trimmed(text_.substr(at_, end - at_));
      if (const std::size_t quote = text_.substr(at_, end - at_).find('"'); quote != std::string_view::npos)
        error(Code::table_text, at_ + quote, at_ + quote + 1, "a quote stands within a cell that has none around it",
              "put the cell in quotes and double those within");
      at_ = end;
    }
    out.span = {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    return out;
  }

  FileId file_;
  std::string_view text_;
  const Limits& limits_;
  Diagnostics& out_;
  Csv csv_;
  std::optional<Date> known_;
  std::size_t at_ = 0, errors_ = 0;
};

}  // namespace

std::optional<Csv> read_csv(FileId file, const SourceMap& sources, const Limits& limits, Diagnostics& out) {
  return Reader(file, sources, limits, out).read();
}

}  // namespace writ::tables
