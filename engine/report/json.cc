#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "engine/eval/evaluate.h"
#include "engine/report/facts.h"
#include "engine/report/report.h"
#include "engine/report/waivers.h"

namespace writ::report {

namespace {

using Json = nlohmann::ordered_json;
using eval::Verdict;

Json date_or_null(const std::optional<Date>& date) { return date ? Json(date->text()) : Json(nullptr); }
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json citation(const ir::Program& program, const ir::Citation& c) {
  const ir::Instrument& i = program.instruments[c.instrument];
  return {{"instrument", i.name}, {"title", i.title}, {"provision", c.provision}, {"url", text_or_null(i.url)}};
}

const char* truth_text(eval::Truth t) {
  if (t.is_pending()) return "pending";
  switch (t.kind) {
    case eval::Truth::Kind::true_: return "true";
    case eval::Truth::Kind::false_: return "false";
    case eval::Truth::Kind::unknown: return "unknown";
    case eval::Truth::Kind::error: return "error";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const gate::Result& result) : result_(result), program_(*result.program) {}

  std::string write() {
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
    std::string text = opened(dumped(out));
    results(text);
    out = Json::object();
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
    out["notes"] = result_.notes;
    text += dumped(out).substr(1);
    return text + "\n";
  }

 private:
  static std::string dumped(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }
  /// An object to which something is added: without its end.
  static std::string opened(std::string object) {
    object.resize(object.size() - std::string_view("\n}").size());
    return object + ",";
  }

  /// One by one, for they are many and their trees are large.
  void results(std::string& text) {
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

  Json rules() const {
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

  /// What was asked for of all that was judged, and how much it hides.
  Json selection() const {
    if (result_.selected_roles.empty() && result_.selected_party.empty()) return nullptr;
    return {
        {"roles", result_.selected_roles}, {"party", text_or_null(result_.selected_party)}, {"hidden", result_.hidden}};
  }

  Json documents() const {
    Json out = Json::array();
    for (const gate::CheckedDocument& d : result_.documents) {
      out.push_back({{"path", d.document.path},
                     {"index", d.document.index},
                     {"id", d.document.id},
                     {"kind", d.document.kind},
                     {"digest", d.document.digest},
                     {"checked", d.checked},
                     {"errors", 0},
                     {"hidden", d.hidden},
                     {"party_missing", d.party_missing}});
    }
    for (const gate::UnreadDocument& d : result_.unread) {
      out.push_back({{"path", d.path},
                     {"index", nullptr},
                     {"id", nullptr},
                     {"kind", nullptr},
                     {"digest", nullptr},
                     {"checked", false},
                     {"errors", d.errors},
                     {"hidden", 0},
                     {"party_missing", false}});
    }
    return out;
  }

  Json summary() const {
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

  /// An estimate: its bounds as exact texts in the unit of the fact, or the members that are possible.
  Json estimate(const model::Scalar& value, model::TypeId type_id) const {
    const model::Type& type = program_.vocabulary->types[type_id];
    Json out = Json::object();
    if (const auto* members = std::get_if<model::Candidates>(&value)) {
      out["one_of"] = Json::array();
      for (std::size_t i = 0; i < members->possible.size(); ++i)
        if (members->possible[i]) out["one_of"].push_back(program_.vocabulary->enums[type.enumeration].members[i].name);
      return out;
    }
    const auto* money = std::get_if<model::Money>(&value);
    const model::NumberRange& range = money != nullptr ? money->amount : std::get<model::NumberRange>(value);
    const auto text = [&](const Rational& number) {
      const model::NumberRange one = model::NumberRange::exactly(number);
      const Json shown = money != nullptr ? scalar(model::Money{one, money->currency}, type_id) : scalar(one, type_id);
      return shown.is_object() ? shown["value"] : shown;
    };
    if (range.lo) out[range.lo_open ? "more_than" : "at_least"] = text(*range.lo);
    if (range.hi) out[range.hi_open ? "less_than" : "at_most"] = text(*range.hi);
    out["unit"] = nullptr;
    if (money != nullptr) out["unit"] = money->currency;
    if (type.kind == model::TypeKind::quantity) out["unit"] = type.name;
    return out;
  }

  Json scalar(const model::Scalar& value, model::TypeId type_id) const {
    const model::Type& type = program_.vocabulary->types[type_id];
    if (const auto* b = std::get_if<bool>(&value)) return *b;
    const std::string shown = eval::display(program_, value, type_id);
    if (type.kind == model::TypeKind::quantity) {
      // "3.3e24 FLOP": exact number and unit apart, the number as text so that no reader rounds it.
      const std::size_t space = shown.find(' ');
      return {{"value", shown.substr(0, space)},
              {"unit", space == std::string::npos ? type.name : shown.substr(space + 1)}};
    }
    if (const auto* money = std::get_if<model::Money>(&value)) {
      return {{"value", money->amount.lo ? money->amount.lo->exact() : std::string()}, {"unit", money->currency}};
    }
    return shown;
  }

  Json value(const facts::Document& document, facts::FactId id) const {
    const facts::Fact& fact = document[id];
    if (fact.state != facts::State::known) return nullptr;
    if (!fact.dated.empty()) return fact_value(result_, document, id);
    switch (program_.vocabulary->types[fact.type].kind) {
      case model::TypeKind::set: {
        Json members = Json::array();
        for (facts::FactId c : fact.children) members.push_back(value(document, c));
        return fact.incomplete ? Json{{"members", members}, {"incomplete", true}} : members;
      }
      case model::TypeKind::list: {
        Json list = {{"entries", fact.children.size()}};
        if (fact.incomplete) list["incomplete"] = true;
        return list;
      }
      case model::TypeKind::record:
      case model::TypeKind::map: return nullptr;
      default: return is_estimate(fact) ? estimate(fact.scalar, fact.type) : scalar(fact.scalar, fact.type);
    }
  }

  static const char* state(facts::State s) {
    return s == facts::State::known ? "known" : s == facts::State::absent ? "absent" : "unknown";
  }

  Json fact(const facts::Document& document, facts::FactId id) const {
    const facts::Fact& f = document[id];
    Json out{{"path", f.path}, {"state", state(f.state)}, {"value", value(document, id)}};
    if (f.state == facts::State::unknown) out["reason"] = model::to_string(f.reason);
    out["file"] = nullptr;
    out["line"] = nullptr;
    out["column"] = nullptr;
    if (f.span.valid()) {
      const Position p = result_.sources->position(f.span.file, f.span.begin);
      out["file"] = result_.sources->path(f.span.file);
      out["line"] = p.line;
      out["column"] = p.column;
    }
    out["pointer"] = f.pointer;
    if (f.evidence != UINT32_MAX) {
      const facts::Evidence& e = document.evidence[f.evidence];
      out["evidence"] = {{"text", e.text}, {"as_of", date_or_null(e.as_of)}, {"by", text_or_null(e.by)}};
    }
    return out;
  }

  Json missing_fact(const facts::Document& document, facts::FactId id) const {
    Json out = fact(document, id);
    const model::Field* field = facts::field_of(document, id, *program_.vocabulary);
    // Who refused has answered: there is nothing left to ask.
    const bool refused = document[id].state == facts::State::unknown && document[id].reason == model::Reason::refused;
    const std::string near = near_listed(program_, document[id]);
    out["question"] = !near.empty()                  ? Json(near)
                      : field != nullptr && !refused ? text_or_null(field->ask)
                                                     : Json(nullptr);
    out["answered_by"] = field != nullptr ? Json(field->from) : Json::array();
    return out;
  }

  Json exceptions(const eval::Finding& f) const {
    Json out = Json::array();
    for (const eval::ExceptionTrace& e : f.exceptions) {
      const ir::Exception& exception = program_.exceptions[e.exception];
      out.push_back(
          {{"name", exception.name},
           {"title", text_or_null(exception.title)},
           {"state", truth_text(e.operative)},
           {"effect", exception.instead ? "requires_instead" : "exempts"},
           {"instead", exception.instead ? truth_text(e.instead) : Json(nullptr)},
           {"citation", exception.cites.empty() ? Json(nullptr) : citation(program_, exception.cites.front())}});
    }
    return out;
  }

  Json presumption(ir::PresumptionId id) const {
    const ir::Presumption& p = program_.presumptions[id];
    return {{"fact", source_text(result_, program_.spans[p.fact.index])},
            {"value", source_text(result_, program_.spans[p.value.index])},
            {"citation", p.cites.empty() ? Json(nullptr) : citation(program_, p.cites.front())}};
  }

  /// The deciding path through the rule, outermost first, with the rule's own places.
  Json steps(const eval::Finding& f) {
    Json out = Json::array();
    for (const eval::Step& step : explainer_->trace(f)) {
      Json entry{{"text", step.text},
                 {"truth", truth_text(step.truth)},
                 {"depth", step.depth},
                 {"file", nullptr},
                 {"line", nullptr}};
      if (step.span.valid()) {
        entry["file"] = result_.sources->path(step.span.file);
        entry["line"] = result_.sources->position(step.span.file, step.span.begin).line;
      }
      out.push_back(std::move(entry));
    }
    return out;
  }

  Json effective(const ir::Rule& rule) const {
    Json out = Json::array();
    for (const ir::Effective& e : rule.effective) {
      out.push_back({{"from", e.days.from == Date::min() ? Json(nullptr) : Json(e.days.from.text())},
                     {"until", e.days.last == Date::max() ? Json(nullptr) : Json(e.days.last.text())}});
    }
    return out;
  }

  /// Open norms on the way to the verdict, and what their assessments come to.
  Json norms(const facts::Document& document, const eval::Finding& f) const {
    Json out = Json::array();
    for (const eval::NormTrace& n : f.norms) {
      out.push_back({{"criterion", program_.norms[n.norm].criterion},
                     {"state", eval::to_string(n.state)},
                     {"assessment", n.assessment ? Json(document[n.assessment].path) : Json(nullptr)}});
    }
    return out;
  }

  /// The first penalty of the rule as text, and of a gap the amounts that follow from the facts.
  Json penalty(const facts::Document& document, const gate::Row& row) const {
    const ir::Rule& rule = program_.rules[row.finding.rule];
    if (rule.penalties.empty()) return nullptr;
    const auto code = [&](ir::NodeId node) {
      return node.valid() ? Json(source_text(result_, program_.spans[node.index])) : Json(nullptr);
    };
    Json amounts = Json::array();
    for (const eval::PenaltyAmount& p : row.finding.penalties) {
      const ir::Penalty& penalty = rule.penalties[p.penalty];
      const auto* money = std::get_if<model::Money>(&p.amount);
      const auto end = [](const std::optional<Rational>& n) { return n ? Json(n->exact()) : Json(nullptr); };
      Json missing = Json::array(), law = Json::array();
      for (facts::FactId f : p.missing) missing.push_back(missing_fact(document, f));
      for (const eval::MissingLaw& m : p.law) law.push_back(m.text);
      amounts.push_back({{"citation", citation(program_, penalty.citation)},
                         {"text", text_or_null(penalty.text)},
                         {"amount", code(penalty.amount)},
                         {"when", code(penalty.when)},
                         {"applies", truth_text(p.applies)},
                         {"currency", money != nullptr ? Json(money->currency) : Json(nullptr)},
                         {"at_least", money != nullptr ? end(money->amount.lo) : Json(nullptr)},
                         {"at_most", money != nullptr ? end(money->amount.hi) : Json(nullptr)},
                         {"missing", {{"facts", missing}, {"law", law}}}});
    }
    const ir::Penalty& first = rule.penalties.front();
    return {{"citation", citation(program_, first.citation)}, {"text", text_or_null(first.text)}, {"amounts", amounts}};
  }

  Json result(const facts::Document& document, const gate::Row& row) {
    const eval::Finding& f = row.finding;
    const ir::Rule& rule = program_.rules[f.rule];
    const ir::Requirement& requirement = rule.requirements[f.requirement];
    Json out;
    out["id"] = row.id;
    out["rule"] = rule.id();
    out["requirement"] = text_or_null(requirement.label);
    out["title"] = rule.title;
    out["document"] = document.id;
    out["bearer"] = row.role.empty()
                        ? Json(nullptr)
                        : Json{{"role", row.role}, {"party", text_or_null(row.party)}, {"certain", row.bearer_certain}};
    out["element"] = rule.for_each && (f.phantom || f.element)
                         ? Json{{"list", rule.for_each->path}, {"key", f.phantom ? Json(nullptr) : Json(f.element_key)}}
                         : Json(nullptr);
    out["verdict"] = eval::to_string(row.verdict());
    out["basis"] = eval::to_string(f.basis);
    out["severity"] = ir::to_string(requirement.severity);
    out["status"] = ir::to_string(rule.status);
    out["counts"] = row.counts;
    out["effective"] = effective(rule);
    out["governing_day"] = date_or_null(f.governing_day);
    out["due"] = f.judgement.verdict == Verdict::not_yet_due ? date_or_null(f.effective_date) : date_or_null(f.due);
    out["at_risk"] = f.judgement.at_risk;
    out["reason"] = text_or_null(reason_text(result_, row));
    out["citation"] = citation(program_, requirement.cites.front());
    out["penalty"] = penalty(document, row);
    out["remedy"] = {
        {"text", text_or_null(requirement.remedy)},
        {"closed_when", (requirement.forbids ? "not " : "") +
                            source_text(result_, requirement_span(program_, requirement, f.governing_day))}};
    out["facts"] = Json::array();
    for (facts::FactId id : f.because) out["facts"].push_back(fact(document, id));
    out["steps"] = steps(f);
    Json missing = Json::array(), law = Json::array(), could_be = Json::array();
    for (facts::FactId id : f.missing) missing.push_back(missing_fact(document, id));
    for (const eval::MissingLaw& m : f.law) law.push_back(m.text);
    for (Verdict v : f.judgement.could_be.list()) could_be.push_back(eval::to_string(v));
    out["missing"] = {{"facts", missing}, {"law", law}};
    out["could_be"] = could_be;
    out["undetermined_because"] =
        f.judgement.verdict == Verdict::undetermined ? Json(eval::to_string(f.reason)) : Json(nullptr);
    out["readings"] = readings(f);
    out["later_text"] = later(f);
    out["exceptions"] = exceptions(f);
    out["presumptions"] = Json::array();
    for (ir::PresumptionId p : f.presumptions) out["presumptions"].push_back(presumption(p));
    out["errors"] = Json::array();
    for (const eval::DomainError& e : f.errors) out["errors"].push_back(e.text);
    out["norms"] = norms(document, f);
    out["waiver"] = row.waiver ? waiver(f.judgement.verdict, result_.waivers[*row.waiver]) : Json(nullptr);
    out["fingerprint"] = row.fingerprint;
    return out;
  }

  static Json waiver(Verdict beneath, const gate::Waiver& w) {
    return {{"verdict", eval::to_string(beneath)}, {"reason", w.reason},    {"owner", w.owner},
            {"approved_by", w.approved_by},        {"from", w.from.text()}, {"expires", w.expires.text()}};
  }

  Json waivers() const {
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

  Json readings(const eval::Finding& f) const {
    Json out = Json::array();
    for (const eval::ReadingOutcome& o : f.readings) {
      const ir::Readings& law = program_.readings[o.readings];
      out.push_back({{"term", law.package + "." + law.name},
                     {"reading", law.readings[o.reading].name},
                     {"verdict", eval::to_string(o.judgement.verdict)}});
    }
    return out;
  }

  Json later(const eval::Finding& f) const {
    if (!f.later) return nullptr;
    Json amendments = Json::array();
    for (ir::AmendmentId id : f.later->amendments) {
      const ir::Amendment& a = program_.amendments[id];
      amendments.push_back({{"instrument", program_.instruments[a.target].name},
                            {"by", program_.instruments[a.by].name},
                            {"title", text_or_null(a.title)},
                            {"published", a.published.text()}});
    }
    return {{"verdict", eval::to_string(f.later->judgement.verdict)},
            {"published", f.later->published.text()},
            {"amendments", amendments}};
  }

  Json classification(const facts::Document& document, const eval::ClassValue& c) const {
    const ir::Class& cls = program_.classes[c.classification];
    const model::Enum& members = program_.vocabulary->enums[cls.enumeration];
    Json candidates = Json::array();
    for (std::size_t i = 0; i < c.candidates.possible.size(); ++i) {
      if (c.candidates.possible[i]) candidates.push_back(members.members[i].name);
    }
    const int single = c.candidates.single();
    Json missing = Json::array();
    for (facts::FactId id : c.missing) missing.push_back(document[id].path);
    return {{"name", cls.package + "." + cls.name},
            {"document", document.id},
            {"element", nullptr},
            {"value", single < 0 ? Json(nullptr) : Json(members.members[static_cast<std::size_t>(single)].name)},
            {"candidates", candidates},
            {"missing", missing}};
  }

  Json scope(const facts::Document& document, const eval::ScopeValue& s) const {
    const ir::Scope& sc = program_.scopes[s.scope];
    Json missing = Json::array();
    for (facts::FactId id : s.missing) missing.push_back(document[id].path);
    return {{"name", sc.package + "." + sc.name},
            {"title", text_or_null(sc.title)},
            {"document", document.id},
            {"holds", truth_text(s.holds)},
            {"missing", missing}};
  }

  Json range(const model::Scalar& value) const {
    const auto* n = std::get_if<model::NumberRange>(&value);
    const auto* money = std::get_if<model::Money>(&value);
    if (money != nullptr) n = &money->amount;
    const auto end = [](const std::optional<Rational>& r) { return r ? Json(r->exact()) : Json(nullptr); };
    return {{"from", n != nullptr ? end(n->lo) : Json(nullptr)},
            {"to", n != nullptr ? end(n->hi) : Json(nullptr)},
            {"unit", money != nullptr ? Json(money->currency) : Json(nullptr)}};
  }

  /// Numbers are exact and text, so that no reader rounds them; null: not bounded.
  Json portfolio(const gate::PortfolioRow& row, std::size_t index) const {
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
    out["fingerprint"] = row.names[index].fingerprint;
    return out;
  }

  Json diagnostic(const Diagnostic& d) const {
    Json out{{"code", code_text(d.code)},
             {"level", d.level == Level::error     ? "error"
                       : d.level == Level::warning ? "warning"
                                                   : "note"},
             {"message", d.message}};
    out["file"] = text_or_null(d.path);
    out["line"] = nullptr;
    out["column"] = nullptr;
    if (d.span.valid()) {
      const Position p = result_.sources->position(d.span.file, d.span.begin);
      out["file"] = result_.sources->path(d.span.file);
      out["line"] = p.line;
      out["column"] = p.column;
    }
    out["help"] = text_or_null(d.help);
    return out;
  }

  const gate::Result& result_;
  std::unique_ptr<eval::Explainer> explainer_;  // of the document that is written
  const ir::Program& program_;
};

}  // namespace

std::string json(const gate::Result& result) { return Writer(result).write(); }

}  // namespace writ::report
