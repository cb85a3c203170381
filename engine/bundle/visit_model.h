// The fields of values and of the vocabulary, in the order in which they are stored.
#pragma once

#include "engine/base/unit.h"
#include "engine/bundle/archive.h"
#include "engine/model/value.h"
#include "engine/model/vocabulary.h"

namespace writ::bundle {

template <>
struct LastOf<model::TypeKind> {
  static constexpr model::TypeKind value = model::TypeKind::reference;
};

template <class A>
void visit(A& ar, Duration& v) {
  ar(v.months, v.seconds);
}
template <class A>
void visit(A& ar, model::NumberRange& v) {
  ar(v.lo, v.hi, v.lo_open, v.hi_open);
}
template <class A>
void visit(A& ar, model::Money& v) {
  ar(v.amount, v.currency);
}
template <class A>
void visit(A& ar, model::Candidates& v) {
  ar(v.possible);
}
template <class A>
void visit(A& ar, model::Country& v) {
  ar(v.code);
}

template <class A>
void visit(A& ar, Dimension& v) {
  ar(v.powers);
}
template <class A>
void visit(A& ar, Unit& v) {
  ar(v.dimension, v.factor);
}
template <class A>
void visit(A& ar, UnitTable::Entry& v) {
  ar(v.description, v.unit, v.currency);
}
template <class A>
void visit(A& ar, UnitTable& v) {
  std::vector<std::pair<std::string, UnitTable::Entry>> entries(v.entries().begin(), v.entries().end());
  std::vector<std::string> bases = v.bases();
  ar(entries, bases);
  if constexpr (A::kReads) {
    std::map<std::string, UnitTable::Entry, std::less<>> sorted(entries.begin(), entries.end());
    if (sorted.size() != entries.size()) return ar.fail();
    auto made = UnitTable::of(std::move(sorted), std::move(bases));
    if (!made) return ar.fail();
    v = *std::move(made);
  }
}

template <class A>
void visit(A& ar, model::Type& v) {
  ar(v.kind, v.dimension, v.enumeration, v.record, v.element, v.key, v.name);
}
template <class A>
void visit(A& ar, model::TypePool& v) {
  std::vector<model::Type> types;
  for (std::uint32_t i = 0; i < v.size(); ++i) types.push_back(v[model::TypeId(i)]);
  ar(types);
  if constexpr (A::kReads) v = model::TypePool::of(std::move(types));
}

template <class A>
void visit(A& ar, model::EnumMember& v) {
  ar(v.name, v.description);
}
template <class A>
void visit(A& ar, model::Enum& v) {
  ar(v.name, v.description, v.members);
}
template <class A>
void visit(A& ar, model::Field& v) {
  ar(v.name, v.type, v.optional, v.dated, v.event, v.description, v.ask, v.from, v.provision, v.formerly, v.span);
}
template <class A>
void visit(A& ar, model::Record& v) {
  ar(v.name, v.description, v.key, v.fields, v.span);
}

/// What the rule books of all selections have in common: the facts.
struct Facts {
  model::Vocabulary& vocabulary;
};
template <class A>
void visit(A& ar, Facts& v) {
  ar(v.vocabulary.units, v.vocabulary.kinds, v.vocabulary.records, v.vocabulary.root);
}
/// And what packs add to them: the values of classifications, and names that are not facts.
struct Names {
  model::Vocabulary& vocabulary;
};
template <class A>
void visit(A& ar, Names& v) {
  ar(v.vocabulary.enums, v.vocabulary.types, v.vocabulary.term_names);
}

}  // namespace writ::bundle
