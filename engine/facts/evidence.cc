// Evidence: {value: …, evidence: …, as_of: …, by: …} around any value. What stands behind a record or a list stands
// behind everything in it that names no evidence of its own.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/suggest.h"
#include "engine/facts/binder.h"
#include "engine/facts/raw_forms.h"

namespace writ::facts {

using model::Reason;
using model::TypeKind;

namespace {

constexpr std::string_view kForm = "write `{value: …, evidence: …, as_of: 2026-01-31, by: …}`";

bool nothing_yet(const RawNode& raw) { return raw.kind == RawNode::Kind::null && raw.text.empty(); }

}  // namespace

bool Binder::evidence_part(RawId key, RawId entry, Evidence& evidence) {
  const std::string& name = node(key).text;
  if (name != "evidence" && name != "as_of" && name != "by") return false;
  const RawNode& raw = node(entry);
  if (nothing_yet(raw)) return true;  // a template not filled in: no evidence
  if (raw.kind != RawNode::Kind::scalar) {
    error(Code::evidence_form, node(key).span, fmt::format("`{}` takes a single value", name),
          name == "as_of" ? "write a day: `2026-01-31`" : "write a text: what it is, or where it can be found");
    return true;
  }
  if (is_placeholder_text(raw.text)) return true;
  if (name == "evidence") {
    evidence.text = raw.text;
  } else if (name == "by") {
    evidence.by = raw.text;
  } else if (const auto day = Date::parse(raw.text)) {
    evidence.as_of = day;
  } else {
    error(Code::evidence_form, raw.span, fmt::format("`{}` is no day", shown(raw.text)),
          "write YYYY-MM-DD, the day on which the evidence was true");
  }
  return true;
}

void Binder::attach(FactId id, std::uint32_t evidence) {
  Fact& fact = (*this)[id];
  if (fact.state == State::unknown) return;
  if (fact.evidence == UINT32_MAX) fact.evidence = evidence;
  for (std::size_t i = 0; i < (*this)[id].children.size(); ++i) attach((*this)[id].children[i], evidence);
  for (std::size_t i = 0; i < (*this)[id].dated.size(); ++i) attach((*this)[id].dated[i].value, evidence);
}

void Binder::attach(FactId id, Evidence evidence) {
  if (evidence.text.empty()) return;  // nobody has filled it in
  document_.evidence.push_back(std::move(evidence));
  attach(id, static_cast<std::uint32_t>(document_.evidence.size() - 1));
}

FactId Binder::evidenced(RawId id, Place place, const std::function<FactId(RawId, Place)>& read) {
  const Span span = node(id).span;
  const Span begin{span.file, span.begin, span.begin + 1};
  Evidence evidence;
  evidence.span = span;
  RawId inner;
  bool has_evidence = false;
  for (const auto& [key, entry] : node(id).entries) {
    const std::string& name = node(key).text;
    has_evidence = has_evidence || name == "evidence";
    if (name == "value") {
      inner = entry;
    } else if (!name.starts_with("x-") && !evidence_part(key, entry, evidence)) {
      const std::string near = nearest(name, {kEvidenceKeys.begin(), kEvidenceKeys.end()});
      error(Code::evidence_form, node(key).span, fmt::format("`{}` is no part of a value with evidence", shown(name)),
            name == "incomplete" ? "evidence stands around the list: `{value: {incomplete: […]}, evidence: …}`"
            : near.empty()       ? std::string(kForm)
                                 : fmt::format("did you mean `{}`?", near));
    }
  }
  if (!inner.valid()) {
    error(Code::evidence_form, begin, fmt::format("{}: evidence stands here without a `value`", describe(place)),
          std::string(kForm));
    return unstated(std::move(place), State::unknown, Reason::not_provided);
  }
  const model::Type& type = vocabulary_.types[place.type];
  if (!has_evidence) {
    error(Code::evidence_form, begin, fmt::format("{}: `value` stands here without `evidence`", describe(place)),
          "write the value alone, or what it rests on: `{value: …, evidence: …}`");
  }
  if (is_evidence(raw_, inner, type, vocabulary_)) {
    error(Code::evidence_form, node(inner).span, "evidence stands within evidence",
          "name it once, with all it rests on");
    return unstated(std::move(place), State::unknown, Reason::not_provided);
  }
  if (is_form(inner, "unknown", type)) {
    error(Code::evidence_form, node(inner).span,
          fmt::format("{}: evidence stands beside what nobody has said", describe(place)),
          "write the form alone: `{unknown: …}`");
  }
  place.pointer += "/value";
  const FactId fact = read(inner, std::move(place));
  attach(fact, std::move(evidence));
  return fact;
}

}  // namespace writ::facts
