// The run as a whole: what was judged, documents, summary, waivers, portfolios, diagnostics.
#include "engine/report/json.h"

#include <algorithm>

#include "engine/base/utf8.h"
#include "engine/report/waivers.h"

namespace writ::report {

Writer::Writer(const gate::Result& result) : result_(result), program_(*result.program) {}

Json Writer::head() const {
  Json out;
  out["schema"] = "writ-report/1";
  out["tool"] = "writ";
  out["version"] = WRIT_VERSION;
  out["as_of"] = result_.as_of.text();
  out["law_known_at"] = result_.law_known_at.text();
  out["readings"] = Json::object();
  for (const auto& [term, reading] : result_.readings) out["readings"][term] = reading;
  out["rules"] = rules();
  out["selection"] = selection();
  out["tables"] = Json::array();
  for (const Supplied& s : supplied_lists(program_))
    out["tables"].push_back({{"name", s.name},
                             {"file", s.supplied->file},
                             {"digest", s.supplied->digest},
                             {"known_until", date_or_null(s.supplied->known_until)},
                             {"rows", s.supplied->rows}});
  out["documents"] = documents();
  out["summary"] = summary();
  out["exit"] = {{"code", result_.exit.code}, {"causes", result_.exit.causes}};
  return out;
}

Json Writer::tail() const {
  Json out = Json::object();
  out["classifications"] = Json::array();
  out["scopes"] = Json::array();
  for (const gate::CheckedDocument& d : result_.documents) {
    for (const eval::ClassValue& c : d.classes) out["classifications"].push_back(classification(d.document, c));
    for (const eval::ScopeValue& s : d.scopes) out["scopes"].push_back(scope(d.document, s));
  }
  out["portfolio"] = Json::array();
  for (const gate::PortfolioRow& p : result_.portfolios) {
    for (std::size_t i = 0; i < p.result.findings.size(); ++i) out["portfolio"].push_back(portfolio(p, i));
  }
  out["diagnostics"] = Json::array();
  for (const Diagnostic& d : result_.diagnostics.items()) out["diagnostics"].push_back(diagnostic(d));
  out["waivers"] = waivers();
  out["baseline"] = baseline();
  out["notes"] = result_.notes;
  return out;
}

std::string Writer::write() {
  std::string text = opened(dumped(head()));
  results(text);
  text += dumped(tail()).substr(1);
  return text + "\n";
}

Sheet Writer::sheet() {
  Json all = head();
  all.update(tail());
  Sheet out = sheet_of(all);
  for (const gate::CheckedDocument& d : result_.documents)
    for (const gate::Row& row : d.rows) out.rows.push_back(row_of(result(d.document, row)));
  for (const Json& r : all.at("portfolio")) out.rows.push_back(portfolio_row(r));
  return out;
}

std::string Writer::dumped(const Json& json) {
  return printable_json(json.dump(2, ' ', false, Json::error_handler_t::replace));
}

std::string Writer::opened(std::string object) {
  object.resize(object.size() - std::string_view("\n}").size());
  return object + ",";
}

void Writer::results(std::string& text) {
  constexpr std::string_view kIndent = "\n    ";
  text += "\n  \"results\": [";
  bool any = false;
  for (const gate::CheckedDocument& d : result_.documents) {
    explainer_ = std::make_unique<eval::Explainer>(program_, d.document, result_.options);
    for (const gate::Row& row : d.rows) {
      text += any ? "," : "";
      text += kIndent;
      any = true;
      for (const char c : dumped(result(d.document, row))) {  // no line breaks but between its parts
        if (c == '\n') {
          text += kIndent;
        } else {
          text += c;
        }
      }
    }
  }
  text += any ? "\n  ]," : "],";
}

Json Writer::rules() const {
  Json packs = Json::array();
  for (const gate::PackInfo& p : result_.packs) {
    packs.push_back({{"name", p.name},
                     {"version", text_or_null(p.version)},
                     {"rules", p.rules},
                     {"law_checked_until", date_or_null(p.law_checked_until)},
                     {"broken", p.broken}});
  }
  return {{"digest", result_.rules_digest}, {"judged", result_.rules_judged}, {"packs", packs}};
}

Json Writer::selection() const {
  if (result_.selected_roles.empty() && result_.selected_party.empty()) return nullptr;
  return {
      {"roles", result_.selected_roles}, {"party", text_or_null(result_.selected_party)}, {"hidden", result_.hidden}};
}

Json Writer::document(const gate::CheckedDocument& d) {
  return {
      {"path", d.document.path},         {"index", d.document.index}, {"id", d.document.id}, {"kind", d.document.kind},
      {"digest", d.document.digest},     {"checked", d.checked},      {"errors", 0},         {"hidden", d.hidden},
      {"party_missing", d.party_missing}};
}

Json Writer::document(const gate::UnreadDocument& d) {
  return {{"path", d.path},   {"index", nullptr},   {"id", nullptr}, {"kind", nullptr},       {"digest", nullptr},
          {"checked", false}, {"errors", d.errors}, {"hidden", 0},   {"party_missing", false}};
}

Json Writer::documents() const {
  Json out = Json::array();
  for (const gate::CheckedDocument& d : result_.documents) out.push_back(document(d));
  for (const gate::UnreadDocument& d : result_.unread) out.push_back(document(d));
  return out;
}

Json Writer::summary() const {
  const gate::Summary& s = result_.summary;
  return {{"obligations", s.obligations},
          {"decided", s.decided},
          {"compliant", s[Verdict::compliant]},
          {"gap", s[Verdict::gap]},
          {"undetermined", s[Verdict::undetermined]},
          {"at_risk", s.at_risk},
          {"waived", s[Verdict::waived]},
          {"pending", s[Verdict::pending]},
          {"exempt", s[Verdict::exempt]},
          {"not_yet_due", s[Verdict::not_yet_due]},
          {"not_applicable", s[Verdict::not_applicable]},
          {"not_effective", s[Verdict::not_effective]},
          {"conflict", s[Verdict::conflict]},
          {"error", s[Verdict::error]},
          {"informational", s.informational},
          {"hidden", result_.hidden}};
}

Json Writer::waivers() const {
  Json out = Json::array();
  for (std::size_t i = 0; i < result_.waiver_uses.size(); ++i) {
    const gate::Waiver& w = result_.waivers[i];
    const gate::WaiverUse& use = result_.waiver_uses[i];
    out.push_back({{"rule", w.rule},
                   {"requirement", text_or_null(w.requirement)},
                   {"document", w.document},
                   {"where", w.key.empty() ? Json(nullptr) : Json{{"list", w.list}, {"key", w.key}}},
                   {"covers", eval::to_string(w.covers)},
                   {"reason", w.reason},
                   {"owner", w.owner},
                   {"approved_by", w.approved_by},
                   {"from", w.from.text()},
                   {"expires", w.expires.text()},
                   {"state", to_string(use.state)},
                   {"covered", use.covered},
                   {"lapses_soon", use.lapses_soon},
                   {"file", result_.waivers_from},
                   {"line", result_.sources->position(w.span.file, w.span.begin).line}});
  }
  return out;
}

Json Writer::baseline() const {
  if (result_.baseline_from.empty()) return nullptr;
  const gate::BaselineUse& use = result_.baseline_use;
  return {{"file", result_.baseline_from},
          {"as_of", result_.baseline.as_of.text()},
          {"expires", result_.baseline.expires.text()},
          {"rules_digest", result_.baseline.digest},
          {"lapsed", use.lapsed},
          {"held", use.held},
          {"new", use.fresh},
          {"new_rule", use.new_rule},
          {"fixed", use.fixed}};
}

Json Writer::range(const model::Scalar& value) const {
  const auto* n = std::get_if<model::NumberRange>(&value);
  const auto* money = std::get_if<model::Money>(&value);
  if (money != nullptr) n = &money->amount;
  const auto end = [](const std::optional<Rational>& r) { return r ? Json(r->exact()) : Json(nullptr); };
  return {{"from", n != nullptr ? end(n->lo) : Json(nullptr)},
          {"to", n != nullptr ? end(n->hi) : Json(nullptr)},
          {"unit", money != nullptr ? Json(money->currency) : Json(nullptr)}};
}

Json Writer::portfolio(const gate::PortfolioRow& row, std::size_t index) const {
  const eval::PortfolioResult& r = row.result;
  const eval::PortfolioFinding& f = r.findings[index];
  const ir::Portfolio& rule = program_.portfolios[r.portfolio];
  const ir::Requirement& requirement = rule.requirements[f.requirement];
  Json out;
  out["id"] = row.names[index].id;
  out["rule"] = rule.id();
  out["requirement"] = text_or_null(requirement.label);
  out["title"] = rule.title;
  out["kind"] = rule.kind;
  out["verdict"] = eval::to_string(f.judgement.verdict);
  out["severity"] = ir::to_string(requirement.severity);
  out["status"] = ir::to_string(rule.status);
  out["counts"] = row.names[index].counts;
  out["at_risk"] = f.judgement.at_risk;
  out["could_be"] = Json::array();
  for (Verdict v : f.judgement.could_be.list()) out["could_be"].push_back(eval::to_string(v));
  out["citation"] = citation(program_, requirement.cites.front());
  out["remedy"] = text_or_null(requirement.remedy);
  out["documents"] = {{"members", r.members}, {"perhaps", r.perhaps},       {"left_out", r.left_out},
                      {"unread", r.unread},   {"open_count", r.open_count}, {"open", r.open}};
  out["groups"] = {{"count", r.group_count}, {"largest", Json::array()}};
  for (const eval::PortfolioGroup& g : r.groups)
    out["groups"]["largest"].push_back(
        {{"key", g.key}, {"members", g.members}, {"perhaps", g.perhaps}, {"weight", range(g.weight)}});
  out["measures"] = Json::array();
  for (const eval::MeasureValue& m : f.measures) {
    Json entry = range(m.value);
    entry["text"] = source_text(result_, program_.spans[m.node.index]);
    out["measures"].push_back(std::move(entry));
  }
  out["law"] = Json::array();
  for (const eval::MissingLaw& m : r.law) out["law"].push_back(m.text);
  out["errors"] = Json::array();
  for (const eval::DomainError& e : r.errors) out["errors"].push_back(e.text);
  out["baseline"] = text_or_null(gate::to_string(row.names[index].standing));
  out["fingerprint"] = row.names[index].fingerprint;
  return out;
}

Json Writer::diagnostic(const Diagnostic& d) const {
  Json out{{"code", code_text(d.code)},
           {"level", d.level == Level::error     ? "error"
                     : d.level == Level::warning ? "warning"
                                                 : "note"},
           {"message", d.message}};
  place(out, d.span);
  if (!d.span.valid()) out["file"] = text_or_null(d.path);
  out["help"] = text_or_null(d.help);
  return out;
}

void Writer::place(Json& out, Span span) const {
  const bool known = span.valid();
  const Position p = known ? result_.sources->position(span.file, span.begin) : Position{};
  out["file"] = known ? Json(result_.sources->path(span.file)) : Json(nullptr);
  out["line"] = known ? Json(p.line) : Json(nullptr);
  out["column"] = known ? Json(p.column) : Json(nullptr);
}

std::string json(const gate::Result& result) { return Writer(result).write(); }

Sheet sheet(const gate::Result& result) { return Writer(result).sheet(); }

}  // namespace writ::report
