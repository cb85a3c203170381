// GitLab's code quality report: a list of issues with a fingerprint, a severity and a place.
#include <nlohmann/json.hpp>

#include "engine/crypto/digest.h"
#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

using Json = nlohmann::ordered_json;

Json issue(const std::string& text, const std::string& check, const std::string& fingerprint, const char* severity,
           const Place& place) {
  return {{"description", one_line(text)},
          {"check_name", one_line(check)},
          {"fingerprint", fingerprint},
          {"severity", severity},
          {"location",
           {{"path", one_line(place.file.empty() ? "." : place.file)},
            {"lines", {{"begin", place.line == 0 ? 1 : place.line}}}}}};
}

const char* severity_of(const SheetRow& row) {
  if (row.verdict == "conflict" || row.verdict == "error") return "blocker";
  if (row.verdict == "gap")
    return row.severity == "critical" ? "blocker"
           : row.severity == "high"   ? "critical"
           : row.severity == "medium" ? "major"
                                      : "minor";
  if (row.verdict == "undetermined") return row.at_risk ? "major" : "info";
  return "info";
}

}  // namespace

std::string gitlab(const Sheet& sheet, const FormatOptions&) {
  Json out = Json::array();
  const auto own = [&](const std::string& text, const char* severity, const Place& place) {
    out.push_back(issue(text, "writ", crypto::sha256_hex(text + "\n" + place.file), severity, place));
  };
  for (const std::string& text : shortcomings(sheet)) own(text, "blocker", {});
  for (const SheetDiagnostic& d : sheet.diagnostics)
    own(d.code + ": " + d.message, d.level == "error" ? "blocker" : "info", d.place);
  for (const SheetRow& row : sheet.rows) {
    const bool open = row.verdict == "undetermined" && (row.at_risk || row.undetermined_because == "judgement");
    if (row.verdict != "gap" && row.verdict != "conflict" && row.verdict != "error" && row.verdict != "pending" &&
        !open)
      continue;
    out.push_back(issue(message_of(row) + " [" + row.id + "]", row.name(), row.fingerprint, severity_of(row),
                        sheet.place_of(row)));
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::report
