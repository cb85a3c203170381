#include "engine/report/sheet.h"

#include <algorithm>

#include "engine/report/json.h"

namespace writ::report {

namespace {

std::string text(const Json& object, const char* key) {
  const auto it = object.find(key);
  if (it == object.end() || it->is_null()) return {};
  return it->is_string() ? it->get<std::string>() : it->dump();
}

std::vector<std::string> texts(const Json& array) {
  std::vector<std::string> out;
  for (const Json& item : array) out.push_back(item.is_string() ? item.get<std::string>() : item.dump());
  return out;
}

Place place_in(const Json& object) {
  Place out;
  out.file = text(object, "file");
  if (const auto it = object.find("line"); it != object.end() && it->is_number()) out.line = it->get<std::uint32_t>();
  if (const auto it = object.find("column"); it != object.end() && it->is_number())
    out.column = it->get<std::uint32_t>();
  return out;
}

/// A value as a person reads it.
std::string value_text(const Json& fact) {
  const std::string state = text(fact, "state");
  if (state == "absent") return "absent";
  if (state == "unknown") return "unknown";
  const Json& value = fact.at("value");
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return "stated";
  if (value.is_object() && value.contains("value") && value.contains("unit"))
    return text(value, "value") + " " + text(value, "unit");
  if (value.is_object() && value.contains("entries")) {
    const std::string n = value.at("entries").dump();
    return n + (n == "1" ? " entry" : " entries");
  }
  if (value.is_array()) {
    std::string out;
    for (const std::string& item : texts(value)) out += (out.empty() ? "" : ", ") + item;
    return "{" + out + "}";
  }
  return value.dump();
}

}  // namespace

SheetRow row_of(const Json& r) {
  SheetRow out;
  out.id = text(r, "id");
  out.fingerprint = text(r, "fingerprint");
  out.rule = text(r, "rule");
  out.requirement = text(r, "requirement");
  out.title = text(r, "title");
  out.document = text(r, "document");
  if (const Json& e = r.at("element"); e.is_object())
    out.element = text(e, "list") + "[" + (e.at("key").is_null() ? "?" : text(e, "key")) + "]";
  out.verdict = text(r, "verdict");
  out.severity = text(r, "severity");
  out.status = text(r, "status");
  out.basis = text(r, "basis");
  if (const Json& b = r.at("bearer"); b.is_object()) {
    out.role = text(b, "role");
    out.party = text(b, "party");
  }
  out.reason = text(r, "reason");
  out.undetermined_because = text(r, "undetermined_because");
  const Json& c = r.at("citation");
  out.instrument = text(c, "instrument");
  out.instrument_title = text(c, "title");
  out.provision = text(c, "provision");
  out.url = text(c, "url");
  out.remedy = text(r.at("remedy"), "text");
  out.closed_when = text(r.at("remedy"), "closed_when");
  out.due = text(r, "due");
  out.governing_day = text(r, "governing_day");
  if (!r.at("effective").empty()) out.effective_from = text(r.at("effective").front(), "from");
  if (const Json& p = r.at("penalty"); p.is_object()) {
    out.penalty = text(p, "text");
    if (out.penalty.empty()) out.penalty = text(p.at("citation"), "provision");
  }
  out.could_be = texts(r.at("could_be"));
  out.law = texts(r.at("missing").at("law"));
  out.errors = texts(r.at("errors"));
  out.counts = r.at("counts").get<bool>();
  out.at_risk = r.at("at_risk").get<bool>();
  for (const Json& f : r.at("facts")) {
    out.facts.push_back({text(f, "path"), value_text(f), place_in(f)});
    if (out.facts.back().place.line > 0) out.place = out.facts.back().place;
  }
  for (const Json& f : r.at("missing").at("facts"))
    out.missing.push_back({text(f, "path"), text(f, "question"), texts(f.at("answered_by"))});
  if (const Json& w = r.at("waiver"); w.is_object())
    out.waiver = SheetWaiver{text(w, "verdict"),     text(w, "reason"), text(w, "owner"),
                             text(w, "approved_by"), text(w, "from"),   text(w, "expires")};
  return out;
}

SheetRow portfolio_row(const Json& r) {
  SheetRow out;
  out.id = text(r, "id");
  out.fingerprint = text(r, "fingerprint");
  out.rule = text(r, "rule");
  out.requirement = text(r, "requirement");
  out.title = text(r, "title");
  out.document = "all documents of kind " + text(r, "kind");
  out.verdict = text(r, "verdict");
  out.severity = text(r, "severity");
  out.status = text(r, "status");
  const Json& c = r.at("citation");
  out.instrument = text(c, "instrument");
  out.instrument_title = text(c, "title");
  out.provision = text(c, "provision");
  out.url = text(c, "url");
  out.remedy = text(r, "remedy");
  out.could_be = texts(r.at("could_be"));
  out.law = texts(r.at("law"));
  out.errors = texts(r.at("errors"));
  out.counts = r.at("counts").get<bool>();
  out.at_risk = r.at("at_risk").get<bool>();
  return out;
}

/// All but its results.
Sheet sheet_of(const Json& report) {
  Sheet out;
  out.version = text(report, "version");
  out.as_of = text(report, "as_of");
  out.law_known_at = text(report, "law_known_at");
  const Json& rules = report.at("rules");
  out.digest = text(rules, "digest");
  out.judged = rules.at("judged").get<std::size_t>();
  for (const Json& p : rules.at("packs"))
    out.packs.push_back({text(p, "name"), text(p, "version"), text(p, "law_checked_until"),
                         p.at("rules").get<std::size_t>(), p.at("broken").get<bool>()});
  for (const Json& d : report.at("documents"))
    out.documents.push_back({text(d, "path"), text(d, "id"), text(d, "kind"), d.at("checked").get<bool>(),
                             d.at("id").is_null(), d.at("errors").get<std::size_t>()});
  out.code = report.at("exit").at("code").get<int>();
  out.causes = texts(report.at("exit").at("causes"));
  out.notes = texts(report.at("notes"));
  for (const auto& [name, number] : report.at("summary").items())
    out.summary.emplace_back(name, number.get<std::size_t>());
  for (const Json& d : report.at("diagnostics"))
    out.diagnostics.push_back({text(d, "code"), text(d, "level"), text(d, "message"), text(d, "help"), place_in(d)});
  return out;
}

std::string SheetRow::name() const {
  std::string out = rule;
  if (!requirement.empty()) out += "." + requirement;
  if (const std::size_t key = element.find('['); key != std::string::npos) out += element.substr(key);
  return out;
}

bool SheetRow::attention() const {
  if (verdict == "undetermined") return at_risk;
  return verdict == "gap" || verdict == "conflict" || verdict == "error" || verdict == "waived";
}

std::size_t Sheet::count(std::string_view name) const {
  const auto it = std::find_if(summary.begin(), summary.end(), [&](const auto& entry) { return entry.first == name; });
  return it == summary.end() ? 0 : it->second;
}

const SheetDocument* Sheet::document(std::string_view id) const {
  const auto it =
      std::find_if(documents.begin(), documents.end(), [&](const SheetDocument& d) { return !d.unread && d.id == id; });
  return it == documents.end() ? nullptr : &*it;
}

Place Sheet::place_of(const SheetRow& row) const {
  if (!row.place.file.empty()) return row.place;
  const SheetDocument* d = document(row.document);
  return d == nullptr ? Place{} : Place{d->path, 1, 1};
}

}  // namespace writ::report
