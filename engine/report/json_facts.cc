// Facts and their values, classifications and scopes.
#include "engine/report/json.h"

#include <algorithm>

#include "engine/report/waivers.h"

namespace writ::report {

Json Writer::estimate(const model::Scalar& value, model::TypeId type_id) const {
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

Json Writer::scalar(const model::Scalar& value, model::TypeId type_id) const {
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

Json Writer::value(const facts::Document& document, facts::FactId id) const {
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

const char* Writer::state(facts::State s) {
  return s == facts::State::known ? "known" : s == facts::State::absent ? "absent" : "unknown";
}

Json Writer::fact(const facts::Document& document, facts::FactId id) const {
  const facts::Fact& f = document[id];
  Json out{{"path", f.path}, {"state", state(f.state)}, {"value", value(document, id)}};
  if (f.state == facts::State::unknown) out["reason"] = model::to_string(f.reason);
  place(out, f.span);
  out["pointer"] = f.pointer;
  if (f.evidence != UINT32_MAX) {
    const facts::Evidence& e = document.evidence[f.evidence];
    out["evidence"] = {{"text", e.text}, {"as_of", date_or_null(e.as_of)}, {"by", text_or_null(e.by)}};
  }
  return out;
}

Json Writer::missing_fact(const facts::Document& document, facts::FactId id) const {
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

Json Writer::classification(const facts::Document& document, const eval::ClassValue& c) const {
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

Json Writer::scope(const facts::Document& document, const eval::ScopeValue& s) const {
  const ir::Scope& sc = program_.scopes[s.scope];
  Json missing = Json::array();
  for (facts::FactId id : s.missing) missing.push_back(document[id].path);
  return {{"name", sc.package + "." + sc.name},
          {"title", text_or_null(sc.title)},
          {"document", document.id},
          {"holds", truth_text(s.holds)},
          {"missing", missing}};
}

}  // namespace writ::report
