// Facts that nobody stated: unknown or absent, with everything that the vocabulary declares below them, so that a
// rule's read never misses and blame has a path and a question.
#include <algorithm>
#include <utility>

#include "engine/facts/binder.h"

namespace writ::facts {
namespace {
// About 450 bytes each: what a hostile list of empty elements may cost in memory.
constexpr std::uint32_t kMostFacts = 250'000;
}  // namespace

FactId Binder::add(const Place& place, State state, model::Reason reason) {
  Fact fact;
  fact.state = state;
  fact.reason = state == State::unknown ? reason : model::Reason::none;
  fact.type = place.type;
  fact.record = place.record;
  fact.field = place.field;
  fact.parent = place.parent;
  fact.path = place.path;
  fact.pointer = place.pointer;
  if (document_.facts.size() >= kMostFacts && !std::exchange(too_many_facts_, true)) {
    error(Code::too_many_values, raw_.span, "the document states more facts than the limit", "split the document");
  }
  return document_.facts.add(std::move(fact));
}

Binder::Place Binder::child(const Place& parent, FactId parent_fact, model::RecordId record, std::uint32_t field,
                            bool named) const {
  const model::Field& declared = vocabulary_.records[record].fields[field];
  Place place;
  place.type = declared.type;
  place.record = record;
  place.field = field;
  place.parent = parent_fact;
  if (!named) return place;
  place.path.reserve(parent.path.size() + declared.name.size() + 1);
  place.path = parent.path;
  if (!place.path.empty()) place.path += '.';
  place.path += declared.name;
  place.pointer.reserve(parent.pointer.size() + declared.name.size() + 1);
  place.pointer = parent.pointer;
  place.pointer += '/';
  place.pointer += declared.name;
  return place;
}

FactId Binder::phantom(const Place& list, FactId fact, model::Reason reason) {
  Place element;
  element.type = vocabulary_.types.find(model::TypePool::record_type(vocabulary_.types[list.type].record));
  element.parent = fact;
  if (options_.name_unstated) {
    element.path = list.path + "[?]";
    element.pointer = list.pointer + "/-";
  }
  return unstated(std::move(element), State::unknown, reason);
}

FactId Binder::unstated(Place place, State state, model::Reason reason) {
  const FactId fact = add(place, state, reason);
  if (!place.type.valid() || too_many_facts_) return fact;
  const model::Type& type = vocabulary_.types[place.type];
  const auto above = std::find_if(unstated_records_.begin(), unstated_records_.end(),
                                  [&](const auto& row) { return row.first == type.record; });
  const bool spelled_out = above != unstated_records_.end();
  if (type.kind == model::TypeKind::record && !spelled_out) {
    unstated_records_.emplace_back(type.record, fact);
    const auto count = static_cast<std::uint32_t>(vocabulary_.records[type.record].fields.size());
    std::vector<FactId> children;
    children.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i)
      children.push_back(unstated(child(place, fact, type.record, i, options_.name_unstated), state, reason));
    (*this)[fact].children = std::move(children);
    unstated_records_.pop_back();
  } else if (type.kind == model::TypeKind::list && state == State::unknown && !spelled_out) {
    const FactId more = phantom(place, fact, reason);
    (*this)[fact].phantom = more;
  } else if (type.kind == model::TypeKind::list && state == State::unknown) {
    // A list of the record that holds it: its unknown element is the one being spelled out, of which as little is
    // known.
    (*this)[fact].phantom = above->second;
  }
  return fact;
}

}  // namespace writ::facts
