// One result: verdict, law, facts, exceptions, readings, what it may cost.
#include "engine/report/json.h"

#include <algorithm>

#include "engine/report/waivers.h"

namespace writ::report {

Json Writer::exceptions(const eval::Finding& f) const {
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

Json Writer::presumption(ir::PresumptionId id) const {
  const ir::Presumption& p = program_.presumptions[id];
  return {{"fact", source_text(result_, program_.spans[p.fact.index])},
          {"value", source_text(result_, program_.spans[p.value.index])},
          {"citation", p.cites.empty() ? Json(nullptr) : citation(program_, p.cites.front())}};
}

Json Writer::steps(const eval::Finding& f) {
  Json out = Json::array();
  if (!explainer_) return out;
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

Json Writer::effective(const ir::Rule& rule) const {
  Json out = Json::array();
  for (const ir::Effective& e : rule.effective) {
    out.push_back({{"from", e.days.from == Date::min() ? Json(nullptr) : Json(e.days.from.text())},
                   {"until", e.days.last == Date::max() ? Json(nullptr) : Json(e.days.last.text())}});
  }
  return out;
}

Json Writer::norms(const facts::Document& document, const eval::Finding& f) const {
  Json out = Json::array();
  for (const eval::NormTrace& n : f.norms) {
    out.push_back({{"criterion", program_.norms[n.norm].criterion},
                   {"state", eval::to_string(n.state)},
                   {"assessment", n.assessment ? Json(document[n.assessment].path) : Json(nullptr)}});
  }
  return out;
}

Json Writer::penalty(const facts::Document& document, const gate::Row& row) const {
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

Json Writer::result(const facts::Document& document, const gate::Row& row) {
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
  out["remedy"] = {{"text", text_or_null(requirement.remedy)},
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
  out["baseline"] = text_or_null(gate::to_string(row.standing));
  out["fingerprint"] = row.fingerprint;
  return out;
}

Json Writer::waiver(Verdict beneath, const gate::Waiver& w) {
  return {{"verdict", eval::to_string(beneath)}, {"reason", w.reason},    {"owner", w.owner},
          {"approved_by", w.approved_by},        {"from", w.from.text()}, {"expires", w.expires.text()}};
}

Json Writer::readings(const eval::Finding& f) const {
  Json out = Json::array();
  for (const eval::ReadingOutcome& o : f.readings) {
    const ir::Readings& law = program_.readings[o.readings];
    out.push_back({{"term", law.package + "." + law.name},
                   {"reading", law.readings[o.reading].name},
                   {"verdict", eval::to_string(o.judgement.verdict)}});
  }
  return out;
}

Json Writer::later(const eval::Finding& f) const {
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

}  // namespace writ::report
