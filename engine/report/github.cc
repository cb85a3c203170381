// Workflow commands of GitHub Actions: annotations at the lines of a pull request. What is foreign cannot begin a
// command of its own: there are no line breaks but ours, and the signs of the syntax are escaped.
#include <fmt/format.h>

#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : one_line(text)) {
    if (c == '%') {
      out += "%25";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string command(const char* level, const Place& place, const std::string& title, const std::string& message) {
  std::string out = fmt::format("::{} ", level);
  if (!place.file.empty())
    out += fmt::format("file={},line={},col={},", escaped(place.file, true), place.line == 0 ? 1 : place.line,
                       place.column == 0 ? 1 : place.column);
  return out + fmt::format("title={}::{}\n", escaped(title, true), escaped(message, false));
}

}  // namespace

std::string github(const Sheet& sheet, const FormatOptions&) {
  std::string out;
  for (const std::string& text : shortcomings(sheet)) out += command("error", {}, "writ", text);
  for (const SheetDiagnostic& d : sheet.diagnostics)
    out += command(d.level == "error"     ? "error"
                   : d.level == "warning" ? "warning"
                                          : "notice",
                   d.place, d.code, d.message + (d.help.empty() ? "" : " (" + d.help + ")"));
  for (const SheetRow& row : sheet.rows) {
    const char* level = nullptr;
    if (row.verdict == "conflict" || row.verdict == "error") level = "error";
    if (row.verdict == "gap") level = row.counts ? "error" : "warning";
    if (row.verdict == "undetermined" && row.at_risk) level = "warning";
    if (row.verdict == "undetermined" && !row.at_risk && row.undetermined_because == "judgement") level = "notice";
    if (row.verdict == "pending" || row.verdict == "waived") level = "notice";
    if (level == nullptr) continue;
    out += command(level, sheet.place_of(row), row.name() + " [" + row.id + "]", message_of(row));
  }
  for (const std::string& note : sheet.notes) out += command("notice", {}, "writ", note);
  return out;
}

}  // namespace writ::report
