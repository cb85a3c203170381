// CycloneDX 1.6 (ECMA-424) attestations: each obligation is a requirement of the instrument it comes from, each
// document a target, each result a claim or a counter-claim about it.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kLow = 0.2;

}  // namespace

std::string cyclonedx(const Sheet& sheet, const FormatOptions&) {
  Json claims = Json::array(), map = Json::array(), evidence = Json::array(), components = Json::array(),
       standards = Json::array();
  std::map<std::string, std::size_t> instruments;
  std::set<std::string> requirements, targets;
  const auto target = [&](const std::string& name) {
    const std::string ref = "target:" + uuid("target " + name);
    if (targets.insert(ref).second)
      components.push_back({{"type", "application"}, {"bom-ref", ref}, {"name", one_line(name)}});
    return ref;
  };
  for (const SheetRow& row : sheet.rows) {
    if (row.verdict == "not_applicable" || row.verdict == "not_effective" || row.verdict == "exempt" ||
        row.verdict == "not_yet_due")
      continue;
    const auto [at, fresh] = instruments.emplace(row.instrument, standards.size());
    if (fresh)
      standards.push_back({{"bom-ref", "standard:" + one_line(row.instrument)},
                           {"name", one_line(row.instrument_title)},
                           {"requirements", Json::array()}});
    const std::string requirement = "requirement:" + row.rule + (row.requirement.empty() ? "" : "." + row.requirement);
    if (requirements.insert(requirement).second)
      standards[at->second]["requirements"].push_back(
          {{"bom-ref", requirement}, {"identifier", one_line(row.provision)}, {"title", one_line(row.title)}});
    const std::string ref = "claim:" + row.fingerprint;
    const bool against = row.verdict == "gap" || row.verdict == "waived";
    claims.push_back({{"bom-ref", ref},
                      {"target", target(row.document)},
                      {"predicate", fmt::format("{} [{}]: {}", one_line(row.name()), row.id, words_of(row.verdict))},
                      {"reasoning", message_of(row)}});
    Json entry{{"requirement", requirement}};
    entry[against ? "counterClaims" : "claims"] = {ref};
    if (row.verdict == "compliant") {
      entry["conformance"] = {{"score", 1}, {"rationale", message_of(row)}};
    } else if (against) {
      entry["conformance"] = {{"score", 0}, {"rationale", message_of(row)}};
    } else {
      entry["confidence"] = {{"score", kLow}, {"rationale", message_of(row)}};
    }
    if (row.waiver) {
      const std::string mitigation = "mitigation:" + row.fingerprint;
      evidence.push_back(
          {{"bom-ref", mitigation},
           {"description", one_line(row.waiver->reason + " (owner " + row.waiver->owner + ", approved by " +
                                    row.waiver->approved_by + ", until " + row.waiver->expires + ")")}});
      entry["conformance"]["mitigationStrategies"] = {mitigation};
    }
    map.push_back(std::move(entry));
  }
  std::string name = sheet.digest + sheet.as_of + sheet.law_known_at;
  for (const SheetDocument& d : sheet.documents) {
    name += "\n" + d.path + "\n" + d.id;
    if (!d.unread) (void)target(d.id);
  }
  Json properties = Json::array();
  const auto property = [&](const char* key, const std::string& value) {
    properties.push_back({{"name", key}, {"value", one_line(value)}});
  };
  property("writ:as_of", sheet.as_of);
  property("writ:law_known_at", sheet.law_known_at);
  property("writ:rules_digest", sheet.digest);
  property("writ:exit", exit_words(sheet));
  for (const std::string& text : shortcomings(sheet)) property("writ:incomplete", text);
  for (const SheetDiagnostic& d : sheet.diagnostics)
    property("writ:diagnostic", fmt::format("{} {} {} {}:{}", d.level, d.code, d.message, d.place.file, d.place.line));
  property("writ:note", std::string(kDisclaimer));
  Json declarations{
      {"assessors", {{{"bom-ref", "assessor:writ"}, {"thirdParty", false}}}},
      {"attestations", {{{"summary", exit_words(sheet)}, {"assessor", "assessor:writ"}, {"map", std::move(map)}}}},
      {"claims", std::move(claims)}};
  if (!evidence.empty()) declarations["evidence"] = std::move(evidence);
  declarations["targets"] = {{"components", std::move(components)}};
  const Json out{
      {"$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json"},
      {"bomFormat", "CycloneDX"},
      {"specVersion", "1.6"},
      {"serialNumber", "urn:uuid:" + uuid("bom " + name)},
      {"version", 1},
      {"metadata",
       {{"timestamp", sheet.as_of + "T00:00:00Z"},
        {"tools", {{"components", {{{"type", "application"}, {"name", "writ"}, {"version", sheet.version}}}}}}}},
      {"declarations", std::move(declarations)},
      {"definitions", {{"standards", std::move(standards)}}},
      {"properties", std::move(properties)}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::report
