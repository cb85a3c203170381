// OSCAL assessment results (NIST, model 1.2.1) in JSON. Dates are days of the assessment, identifiers follow from the
// fingerprints: the same input gives the same bytes.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kVersion = "1.2.1";

std::string text_of(std::string_view text) {
  const std::string line = one_line(text);
  const std::size_t from = line.find_first_not_of(' ');
  return from == std::string::npos ? "-" : line.substr(from, line.find_last_not_of(' ') - from + 1);
}

Json property(const char* name, const std::string& value) {
  return {{"name", name}, {"ns", "https://writ.invalid/ns/oscal"}, {"value", text_of(value)}};
}

Json status_of(const SheetRow& row) {
  if (row.verdict == "compliant") return {{"state", "satisfied"}, {"reason", "pass"}};
  if (row.verdict == "gap" || row.verdict == "waived") return {{"state", "not-satisfied"}, {"reason", "fail"}};
  Json out{{"state", "not-satisfied"}, {"reason", "other"}, {"remarks", text_of(message_of(row))}};
  if (row.verdict == "error" || row.verdict == "conflict") out["reason"] = "error";
  return out;
}

Json observation(const Sheet& sheet, const std::string& name, const std::string& title, const std::string& text) {
  return {{"uuid", uuid("observation " + name)},
          {"title", text_of(title)},
          {"description", text_of(text)},
          {"methods", {"TEST"}},
          {"collected", sheet.as_of + "T00:00:00Z"}};
}

}  // namespace

std::string oscal(const Sheet& sheet, const FormatOptions&) {
  Json observations = Json::array(), findings = Json::array(), risks = Json::array();
  for (const std::string& text : shortcomings(sheet))
    observations.push_back(observation(sheet, text, "The run is not complete", text));
  for (const SheetDiagnostic& d : sheet.diagnostics)
    observations.push_back(observation(
        sheet, d.code + d.message + d.place.file + std::to_string(d.place.line) + std::to_string(d.place.column),
        d.code + " " + d.level, d.message));
  for (const SheetRow& row : sheet.rows) {
    if (row.verdict == "not_applicable" || row.verdict == "not_effective") continue;
    Json seen = observation(sheet, row.fingerprint, row.name() + " [" + row.id + "]", message_of(row));
    seen["props"] = {property("id", row.id), property("verdict", row.verdict), property("severity", row.severity),
                     property("status", row.status), property("document", row.document)};
    if (!row.due.empty()) seen["expires"] = row.due + "T00:00:00Z";
    observations.push_back(seen);
    if (row.verdict == "pending" || row.verdict == "exempt" || row.verdict == "not_yet_due") continue;
    Json finding{{"uuid", uuid("finding " + row.fingerprint)},
                 {"title", text_of(row.title)},
                 {"description", text_of(message_of(row))},
                 {"props", {property("id", row.id), property("verdict", row.verdict)}},
                 {"target",
                  {{"type", "objective-id"},
                   {"target-id", row.rule + (row.requirement.empty() ? "" : "." + row.requirement)},
                   {"status", status_of(row)}}},
                 {"related-observations", {{{"observation-uuid", uuid("observation " + row.fingerprint)}}}}};
    if (row.waiver) {
      risks.push_back({{"uuid", uuid("risk " + row.fingerprint)},
                       {"title", text_of(row.title)},
                       {"description", text_of(message_of(row))},
                       {"statement", text_of(row.waiver->reason + " (owner " + row.waiver->owner + ", approved by " +
                                             row.waiver->approved_by + ")")},
                       {"status", "deviation-approved"},
                       {"deadline", row.waiver->expires + "T23:59:59Z"}});
      finding["related-risks"] = {{{"risk-uuid", uuid("risk " + row.fingerprint)}}};
    }
    findings.push_back(std::move(finding));
  }
  std::string name = sheet.digest + sheet.as_of + sheet.law_known_at;
  for (const SheetDocument& d : sheet.documents) name += "\n" + d.path + "\n" + d.id;
  Json result{{"uuid", uuid("result " + name)},
              {"title", "Writ " + sheet.version},
              {"description", text_of(exit_words(sheet))},
              {"start", sheet.as_of + "T00:00:00Z"},
              {"props", {property("law-known-at", sheet.law_known_at), property("rules-digest", sheet.digest)}},
              {"reviewed-controls", {{"control-selections", {{{"include-all", Json::object()}}}}}},
              {"remarks", kDisclaimer}};
  if (!observations.empty()) result["observations"] = std::move(observations);
  if (!risks.empty()) result["risks"] = std::move(risks);
  if (!findings.empty()) result["findings"] = std::move(findings);
  const Json out{{"assessment-results",
                  {{"uuid", uuid("assessment " + name)},
                   {"metadata",
                    {{"title", "AI compliance of " + std::to_string(sheet.documents.size()) + " documents"},
                     {"last-modified", sheet.as_of + "T00:00:00Z"},
                     {"version", sheet.as_of},
                     {"oscal-version", kVersion}}},
                   {"import-ap", {{"href", "#"}}},
                   {"results", {std::move(result)}}}}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::report
