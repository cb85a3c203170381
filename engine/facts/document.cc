#include "engine/facts/document.h"

namespace writ::facts {
namespace {

using model::TypeKind;

FactId element(const Document& document, const Fact& list, std::string_view key) {
  if (key.starts_with('[') && key.ends_with(']')) key = key.substr(1, key.size() - 2);
  if (key == "?") return list.phantom;
  for (std::size_t i = 0; i < list.children.size(); ++i) {
    const Fact& child = document[list.children[i]];
    if (child.key.empty() ? std::to_string(i) == key : child.key == key) return list.children[i];
  }
  return {};
}

FactId step(const Document& document, const model::Vocabulary& vocabulary, FactId from, std::string_view name) {
  const Fact& fact = document[from];
  if (from == document.root) {
    const int field = vocabulary.records[vocabulary.root].find(name);
    return field < 0 ? FactId() : fact.children[static_cast<std::size_t>(field)];
  }
  if (!fact.type.valid()) return {};
  const model::Type& type = vocabulary.types[fact.type];
  if (type.kind == TypeKind::record) {
    const int field = vocabulary.records[type.record].find(name);
    return field < 0 || static_cast<std::size_t>(field) >= fact.children.size()
               ? FactId()
               : fact.children[static_cast<std::size_t>(field)];
  }
  if (type.kind == TypeKind::list) return element(document, fact, name);
  if (type.kind == TypeKind::set || type.kind == TypeKind::map) {
    if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
    for (std::size_t i = 0; i < fact.children.size(); ++i) {
      const Fact& child = document[fact.children[i]];
      if (child.path.size() > fact.path.size() + 2 &&
          std::string_view(child.path).substr(fact.path.size() + 1, child.path.size() - fact.path.size() - 2) == name)
        return fact.children[i];
    }
  }
  return {};
}

}  // namespace

const model::Field* field_of(const Document& document, FactId fact, const model::Vocabulary& vocabulary) {
  if (!fact.valid()) return nullptr;
  const Fact& f = document[fact];
  return f.record.valid() ? &vocabulary.records[f.record].fields[f.field] : nullptr;
}

FactId find(const Document& document, const model::Vocabulary& vocabulary, const std::vector<std::string>& segments) {
  FactId at = document.root;
  for (const std::string& segment : segments) {
    // "transfers[cn_servers]" is two steps.
    const std::size_t bracket = segment.ends_with(']') ? segment.find('[') : std::string::npos;
    if (bracket != std::string::npos && bracket > 0) {
      at = step(document, vocabulary, at, std::string_view(segment).substr(0, bracket));
      if (at.valid()) at = step(document, vocabulary, at, std::string_view(segment).substr(bracket));
    } else {
      at = step(document, vocabulary, at, segment);
    }
    if (!at.valid()) return {};
  }
  return at;
}

}  // namespace writ::facts
