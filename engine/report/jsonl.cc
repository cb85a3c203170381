// One line of JSON for each document: its summary, and those of its results that are not in its favour.
#include <algorithm>
#include <array>

#include "engine/report/json.h"

namespace writ::report {

namespace {

constexpr auto kVerdicts = std::to_array<Verdict>(
    {Verdict::compliant, Verdict::gap, Verdict::undetermined, Verdict::waived, Verdict::pending, Verdict::exempt,
     Verdict::not_yet_due, Verdict::not_applicable, Verdict::not_effective, Verdict::conflict, Verdict::error});

bool in_favour(const gate::Row& row) {
  const Verdict v = row.verdict();
  return v != Verdict::gap && v != Verdict::conflict && v != Verdict::error && v != Verdict::undetermined;
}

}  // namespace

Json Writer::line(Json document, const std::vector<gate::Row>& rows) const {
  Json summary = Json::object();
  for (Verdict verdict : kVerdicts) {
    const auto same = [&](const gate::Row& row) { return row.verdict() == verdict; };
    summary[eval::to_string(verdict)] = std::count_if(rows.begin(), rows.end(), same);
  }
  const auto at_risk = [](const gate::Row& row) { return !row.waiver && row.finding.judgement.at_risk; };
  summary["at_risk"] = std::count_if(rows.begin(), rows.end(), at_risk);
  summary["counts"] = std::count_if(rows.begin(), rows.end(), [](const gate::Row& row) { return row.counts; });
  return {{"schema", "writ-line/1"},         {"version", WRIT_VERSION},
          {"as_of", result_.as_of.text()},   {"law_known_at", result_.law_known_at.text()},
          {"rules", result_.rules_digest},   {"document", std::move(document)},
          {"summary", std::move(summary)},   {"results", Json::array()},
          {"classifications", Json::array()}};
}

std::string Writer::lines() {
  std::string out;
  const auto add = [&](const Json& line) { out += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; };
  for (const gate::CheckedDocument& d : result_.documents) {
    explainer_ = std::make_unique<eval::Explainer>(program_, d.document, result_.options);
    Json json = line(document(d), d.rows);
    for (const gate::Row& row : d.rows)
      if (!in_favour(row)) json["results"].push_back(result(d.document, row));
    for (const eval::ClassValue& c : d.classes) json["classifications"].push_back(classification(d.document, c));
    add(json);
  }
  for (const gate::UnreadDocument& d : result_.unread) add(line(document(d), {}));
  return out;
}

std::string jsonl(const gate::Result& result) { return Writer(result).lines(); }

}  // namespace writ::report
