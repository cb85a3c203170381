// Reports that were stored as JSON, read again; the shards of a run become one.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/base/utf8.h"
#include "engine/gate/gate.h"
#include "engine/report/json.h"
#include "engine/report/sheet.h"

namespace writ::report {

namespace {

constexpr auto kKeys = std::to_array<const char*>(
    {"schema",    "tool",      "version",     "as_of",   "law_known_at", "readings", "rules",
     "selection", "tables",    "documents",   "summary", "exit",         "results",  "classifications",
     "scopes",    "portfolio", "diagnostics", "waivers", "baseline",     "notes"});

std::string line_of(const std::string& text, std::size_t byte) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

/// Nothing and a problem where it is no report of this form.
std::optional<Json> parsed(const std::string& path, const std::string& text, std::vector<std::string>& problems) {
  Json report;
  try {
    report = Json::parse(text);
  } catch (const Json::parse_error& e) {
    problems.push_back(fmt::format("{}:{}: this is no JSON", path, line_of(text, e.byte)));
    return std::nullopt;
  }
  if (!report.is_object() || report.value("schema", Json()) != "writ-report/1") {
    problems.push_back(path + ": this is no `writ-report/1`; write one with `writ check -f json`");
    return std::nullopt;
  }
  const std::set<std::string> known(kKeys.begin(), kKeys.end());
  for (const auto& [key, value] : report.items())
    if (!known.contains(key)) problems.push_back(fmt::format("{}: `{}` is no part of a `writ-report/1`", path, key));
  for (const std::string& key : known)
    if (!report.contains(key)) problems.push_back(fmt::format("{}: `{}` is missing", path, key));
  return problems.empty() ? std::optional(std::move(report)) : std::nullopt;
}

void merge(Json& into, const Json& more, const std::string& path, std::vector<std::string>& problems) {
  for (const char* key : {"as_of", "law_known_at", "readings", "selection", "tables"})
    if (into.at(key) != more.at(key))
      problems.push_back(
          fmt::format("{}: `{}` is not that of the other reports: they do not belong together", path, key));
  if (into.at("rules").at("digest") != more.at("rules").at("digest"))
    problems.push_back(path + ": it was made with other rules: reports of different rule books do not belong together");
  std::set<std::string> ids;
  for (const Json& d : into.at("documents"))
    if (d.at("id").is_string()) ids.insert(d.at("id").get<std::string>());
  for (const Json& d : more.at("documents"))
    if (d.at("id").is_string() && ids.contains(d.at("id").get<std::string>()))
      problems.push_back(fmt::format("{}: `{}` is in another report, too", path, d.at("id").get<std::string>()));
  if (!into.at("baseline").is_null() || !more.at("baseline").is_null())
    problems.push_back(path + ": parts of a run against a baseline cannot be put together: hold the whole against it");
  if (!into.at("portfolio").empty() || !more.at("portfolio").empty())
    problems.push_back(path + ": rules over all documents cannot be put together from parts");
  if (!problems.empty()) return;
  for (const char* key : {"documents", "results", "classifications", "scopes", "diagnostics", "waivers", "notes"})
    for (const Json& item : more.at(key))
      if (std::string_view(key) != "notes" ||
          std::find(into.at(key).begin(), into.at(key).end(), item) == into.at(key).end())
        into.at(key).push_back(item);
  for (auto& [name, number] : into.at("summary").items())
    number = number.get<std::size_t>() + more.at("summary").value(name, std::size_t{0});
  into.at("exit").at("code") =
      gate::worst({into.at("exit").at("code").get<int>(), more.at("exit").at("code").get<int>()});
  for (const Json& cause : more.at("exit").at("causes")) into.at("exit").at("causes").push_back(cause);
}

}  // namespace

Stored read_reports(const std::vector<std::pair<std::string, std::string>>& files) {
  Stored out;
  Json merged;
  bool first = true;
  for (const auto& [path, text] : files) {
    std::vector<std::string> problems;
    std::optional<Json> report = parsed(path, text, problems);
    if (report) {
      try {  // every part of it is there, and of the right kind
        (void)sheet_of(*report);
        for (const Json& r : report->at("results")) (void)row_of(r);
        for (const Json& r : report->at("portfolio")) (void)portfolio_row(r);
        if (!first) merge(merged, *report, path, problems);
      } catch (const Json::exception& e) {
        problems.push_back(path + ": it is not as `writ check -f json` writes it: " + e.what());
      }
    }
    if (report && problems.empty() && first) merged = std::move(*report);
    first = first && !problems.empty();
    out.problems.insert(out.problems.end(), problems.begin(), problems.end());
  }
  if (!out.problems.empty() || files.empty()) return out;
  out.sheet = sheet_of(merged);
  for (const Json& r : merged.at("results")) out.sheet.rows.push_back(row_of(r));
  for (const Json& r : merged.at("portfolio")) out.sheet.rows.push_back(portfolio_row(r));
  out.json = printable_json(merged.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
  return out;
}

}  // namespace writ::report
