// RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.
#include <fmt/format.h>

#include <initializer_list>

#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

std::string cell(std::string_view text) {
  std::string plain = one_line(text);
  if (!plain.empty() && std::string_view("=+-@|%").find(plain.front()) != std::string_view::npos)
    plain.insert(plain.begin(), '\'');
  std::string out = "\"";
  for (const char c : plain) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string line(std::initializer_list<std::string> cells) {
  std::string out;
  for (const std::string& c : cells) out += (out.empty() ? "" : ",") + cell(c);
  return out + "\r\n";
}

}  // namespace

std::string csv(const Sheet& sheet, const FormatOptions&) {
  std::string out = line({"id",   "verdict",     "counts",  "at risk",      "severity",   "status",    "document",
                          "rule", "requirement", "element", "title",        "instrument", "provision", "url",
                          "role", "party",       "reason",  "missing",      "remedy",     "due",       "waiver",
                          "file", "line",        "as of",   "law known at", "fingerprint"});
  const auto own = [&](const std::string& verdict, const std::string& document, const std::string& title,
                       const Place& place) {
    out += line({"",
                 verdict,
                 "yes",
                 "",
                 "",
                 "",
                 document,
                 "",
                 "",
                 "",
                 title,
                 "",
                 "",
                 "",
                 "",
                 "",
                 "",
                 "",
                 "",
                 "",
                 "",
                 place.file,
                 place.line == 0 ? "" : std::to_string(place.line),
                 sheet.as_of,
                 sheet.law_known_at,
                 ""});
  };
  if (!complete(sheet) || sheet.documents.empty()) own("incomplete", "", exit_words(sheet), {});
  for (const SheetDocument& d : sheet.documents) {
    if (d.unread) own("unread", d.path, "could not be read", {d.path, 1, 1});
    if (!d.unread && !d.checked) own("unchecked", d.id, "no rule could check it", {d.path, 1, 1});
  }
  for (const SheetDiagnostic& d : sheet.diagnostics) own(d.level, "", d.code + ": " + d.message, d.place);
  for (const SheetRow& r : sheet.rows) {
    std::string missing;
    for (const SheetQuestion& q : r.missing) missing += (missing.empty() ? "" : "; ") + q.path;
    const Place place = sheet.place_of(r);
    out += line({r.id,
                 r.verdict,
                 r.counts ? "yes" : "no",
                 r.at_risk ? "yes" : "no",
                 r.severity,
                 r.status,
                 r.document,
                 r.rule,
                 r.requirement,
                 r.element,
                 r.title,
                 r.instrument_title,
                 r.provision,
                 r.url,
                 r.role,
                 r.party,
                 r.reason,
                 missing,
                 r.remedy,
                 r.due,
                 r.waiver ? r.waiver->reason + " (until " + r.waiver->expires + ")" : "",
                 place.file,
                 place.line == 0 ? "" : std::to_string(place.line),
                 sheet.as_of,
                 sheet.law_known_at,
                 r.fingerprint});
  }
  return out;
}

}  // namespace writ::report
