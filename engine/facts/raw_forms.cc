#include "engine/facts/raw_forms.h"

#include <algorithm>

#include "engine/facts/scalars.h"

namespace writ::facts {

using model::Type;
using model::TypeKind;

RawId entry_of(const RawDocument& raw, RawId map, std::string_view key) {
  for (const auto& [k, v] : raw.nodes[map].entries) {
    if (raw.nodes[k].text == key) return v;
  }
  return {};
}

namespace {

/// Any key of a map may be one of its own: only the complete form, with nothing else beside it, is meant.
bool whole_form(const RawDocument& raw, RawId id, const Type& type, const model::Vocabulary& vocabulary) {
  const Type& key = vocabulary.types[type.key];
  const Type& element = vocabulary.types[type.element];
  const RawId value = entry_of(raw, id, "value");
  if (!value.valid() || !entry_of(raw, id, "evidence").valid()) return false;
  if (key.kind == TypeKind::enumeration) return vocabulary.enums[key.enumeration].find("value") < 0;
  const auto& entries = raw.nodes[id].entries;
  const bool only = std::all_of(entries.begin(), entries.end(), [&](const auto& entry) {
    return std::find(kEvidenceKeys.begin(), kEvidenceKeys.end(), raw.nodes[entry.first].text) != kEvidenceKeys.end();
  });
  return only && is_scalar(element.kind) && raw.nodes[value].kind == RawNode::Kind::map;
}

}  // namespace

bool is_evidence(const RawDocument& raw, RawId id, const Type& type, const model::Vocabulary& vocabulary) {
  if (raw.nodes[id].kind != RawNode::Kind::map || id == raw.root) return false;
  const bool value = entry_of(raw, id, "value").valid();
  switch (type.kind) {
    case TypeKind::record: {
      const model::Record& record = vocabulary.records[type.record];
      const auto& entries = raw.nodes[id].entries;
      return value && record.find("value") < 0 && std::none_of(entries.begin(), entries.end(), [&](const auto& entry) {
               const std::string& name = raw.nodes[entry.first].text;
               return std::find(kEvidenceKeys.begin(), kEvidenceKeys.end(), name) == kEvidenceKeys.end() &&
                      record.find(name) >= 0;
             });
    }
    case TypeKind::map: return whole_form(raw, id, type, vocabulary);
    default: return value || entry_of(raw, id, "evidence").valid();
  }
}

bool is_incomplete(const RawDocument& raw, RawId id, const Type& type) {
  return (type.kind == TypeKind::list || type.kind == TypeKind::set) && raw.nodes[id].kind == RawNode::Kind::map &&
         entry_of(raw, id, "incomplete").valid();
}

RawId contents(const RawDocument& raw, RawId id, const Type& type, const model::Vocabulary& vocabulary) {
  if (is_evidence(raw, id, type, vocabulary)) {
    if (const RawId value = entry_of(raw, id, "value"); value.valid()) id = value;
  }
  return is_incomplete(raw, id, type) ? entry_of(raw, id, "incomplete") : id;
}

}  // namespace writ::facts
