// SARIF 2.1.0 (OASIS standard of 27 March 2020), as code scanning takes it: every result has a place, levels only on
// failures, suppressions for waivers, and our own fingerprints.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostResults = 25'000;  // GitHub code scanning: of one run

const char* level_of(const std::string& severity) {
  return severity == "critical" || severity == "high" ? "error" : severity == "medium" ? "warning" : "note";
}

const char* kind_of(const SheetRow& row) {
  if (row.verdict == "compliant") return "pass";
  if (row.verdict == "gap" || row.verdict == "conflict" || row.verdict == "error" || row.verdict == "waived")
    return "fail";
  if (row.verdict == "pending") return "informational";
  if (row.verdict == "undetermined") return row.undetermined_because == "judgement" ? "review" : "open";
  return "notApplicable";
}

Json location(const Place& place, const std::string& name) {
  Json physical{{"artifactLocation", {{"uri", uri(place.file.empty() ? "." : place.file)}}}};
  Json region{{"startLine", place.line == 0 ? 1 : place.line}};
  if (place.column > 0) region["startColumn"] = place.column;
  physical["region"] = region;
  return {{"physicalLocation", physical},
          {"logicalLocations", {{{"fullyQualifiedName", one_line(name)}, {"kind", "resource"}}}}};
}

Json notification(const char* level, const std::string& text, const Place& place = {}) {
  Json out{{"level", level}, {"message", {{"text", one_line(text)}}}};
  if (!place.file.empty())
    out["locations"] = {{{"physicalLocation",
                          {{"artifactLocation", {{"uri", uri(place.file)}}},
                           {"region", {{"startLine", place.line == 0 ? 1 : place.line}}}}}}};
  return out;
}

Json rule(const SheetRow& row) {
  Json out{{"id", row.rule},
           {"shortDescription", {{"text", one_line(row.title)}}},
           {"fullDescription", {{"text", citation_of(row)}}},
           {"help", {{"text", one_line(row.remedy.empty() ? citation_of(row) : row.remedy)}}},
           {"defaultConfiguration", {{"level", level_of(row.severity)}}},
           {"properties", {{"tags", {"compliance", row.status}}, {"severity", row.severity}}}};
  if (const std::string url = address(row.url); !url.empty()) out["helpUri"] = url;
  return out;
}

}  // namespace

std::string sarif(const Sheet& sheet, const FormatOptions& options) {
  std::map<std::string, std::size_t> places;
  Json rules = Json::array(), results = Json::array();
  std::size_t left_out = 0, too_many = 0;
  for (const SheetRow& row : sheet.rows) {
    if (!options.all && !row.attention()) {
      ++left_out;
      continue;
    }
    if (results.size() == kMostResults) {
      ++too_many;
      continue;
    }
    const auto [at, fresh] = places.emplace(row.rule, rules.size());
    if (fresh) rules.push_back(rule(row));
    const std::string kind = kind_of(row);
    const bool failed = kind == "fail";
    Json result{{"ruleId", row.rule},
                {"ruleIndex", at->second},
                {"kind", kind},
                {"level", !failed                                               ? "none"
                          : row.verdict == "error" || row.verdict == "conflict" ? "error"
                                                                                : level_of(row.severity)},
                {"message", {{"text", message_of(row)}}},
                {"locations", {location(sheet.place_of(row), row.document + "/" + row.name())}},
                {"partialFingerprints", {{"writ/v1", row.fingerprint}}},
                {"properties",
                 {{"id", row.id},
                  {"verdict", row.verdict},
                  {"severity", row.severity},
                  {"status", row.status},
                  {"counts", row.counts},
                  {"atRisk", row.at_risk},
                  {"document", one_line(row.document)}}}};
    if (row.waiver)
      result["suppressions"] = {
          {{"kind", "external"},
           {"status", "accepted"},
           {"justification", one_line(row.waiver->reason + " (owner " + row.waiver->owner + ", approved by " +
                                      row.waiver->approved_by + ", until " + row.waiver->expires + ")")}}};
    results.push_back(std::move(result));
  }
  Json notes = Json::array();
  for (const std::string& text : shortcomings(sheet)) notes.push_back(notification("error", text));
  for (const SheetDiagnostic& d : sheet.diagnostics)
    notes.push_back(notification(d.level == "error"     ? "error"
                                 : d.level == "warning" ? "warning"
                                                        : "note",
                                 d.code + ": " + d.message + (d.help.empty() ? "" : " (" + d.help + ")"), d.place));
  for (const std::string& text : sheet.notes) notes.push_back(notification("note", text));
  if (left_out > 0)
    notes.push_back(
        notification("note", fmt::format("{} results that need no attention are left out (--sarif-all)", left_out)));
  if (too_many > 0)
    notes.push_back(notification(
        "warning",
        fmt::format("{} results more than the {} that code scanning takes are left out", too_many, kMostResults)));
  Json run{{"tool", {{"driver", {{"name", "writ"}, {"version", sheet.version}, {"rules", std::move(rules)}}}}},
           {"columnKind", "unicodeCodePoints"},
           {"invocations",
            {{{"executionSuccessful", complete(sheet)},
              {"exitCode", sheet.code},
              {"exitCodeDescription", exit_words(sheet)},
              {"toolExecutionNotifications", std::move(notes)}}}},
           {"results", std::move(results)},
           {"properties",
            {{"asOf", sheet.as_of},
             {"lawKnownAt", sheet.law_known_at},
             {"rulesDigest", sheet.digest},
             {"note", kDisclaimer}}}};
  const Json out{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", {run}}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::report
