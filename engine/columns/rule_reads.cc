// What a rule's findings may rest on: every fact that it reads. Two documents in which all of them are the same get the
// same findings; a document in which one of them has no column form is the machine's, as far as this rule goes.
#include <algorithm>

#include "engine/columns/compile.h"

namespace writ::columns {

void Compiler::insert_below(Place place, std::set<Place>& out) const {
  const Layout& layout = plan_.layout;
  if (place.slot == kNone) {  // a row
    for (std::uint32_t i = 0; i < layout.tables[place.table].slots; ++i) {
      if (!out.insert({place.table, i}).second) continue;
      insert_below({place.table, i}, out);
    }
    return;
  }
  const Slot& slot = layout[place];
  for (std::uint32_t i = place.slot + 1; i < slot.end; ++i)
    if (out.insert({place.table, i}).second) insert_below({place.table, i}, out);
  if (slot.cell == Cell::list && slot.below != kNone) insert_below({slot.below, kNone}, out);
}

void Compiler::insert_around(std::set<Place>& out) const {
  for (const Place& p : std::set<Place>(out))
    for (std::uint32_t i = 0; i < p.slot; ++i)
      if (const Slot& s = plan_.layout.slots[p.table][i]; s.cell == Cell::record && s.end > p.slot)
        out.insert({p.table, i});
}

void Compiler::all_reads(const ir::Rule& rule, RulePlan& out) {
  std::set<Place> places;
  deep_ = true;
  evidence_ = false;
  bool known = true;
  const auto read = [&](ir::NodeId node) {
    if (node.valid()) known = reads(node, places) && known;
  };
  const auto effective = [&](const std::vector<ir::Effective>& all) {
    for (const ir::Effective& e : all) read(e.when);
  };
  const auto presumptions = [&](const std::vector<ir::PresumptionId>& all) {
    for (ir::PresumptionId id : all) {
      read(program_.presumptions[id].fact);
      read(program_.presumptions[id].value);
      read(program_.presumptions[id].when);
    }
  };
  std::optional<Ref> element;
  if (rule.for_each) {
    read(rule.for_each->list);
    const std::optional<Ref> list = resolve(rule.for_each->list);
    // The key of an element stands in what is reported of it.
    const Slot* slot = list && list->kind == Ref::Kind::slot ? &plan_.layout.slots[list->table][list->slot] : nullptr;
    if (slot != nullptr && slot->cell == Cell::list && slot->below != kNone) {
      const Table& table = plan_.layout.tables[slot->below];
      element = Ref{Ref::Kind::record, slot->below, kNone, table.shape, table.element, {}};
      const Shape& shape = plan_.layout.shapes[table.shape];
      const std::optional<std::uint32_t>& key = plan_.layout.vocabulary->records[shape.record].key;
      if (key) places.insert({slot->below, shape.slots[*key]});
    } else {
      known = false;
    }
  }
  std::vector<std::pair<std::uint16_t, std::optional<Ref>>> before;
  const auto stands_for_element = [&](std::optional<std::uint16_t> var) {
    if (var) before.emplace_back(*var, std::exchange(bound_[*var], element));
  };
  if (rule.for_each) {
    stands_for_element(rule.for_each->var);
    read(rule.for_each->where);
  }
  if (rule.scope.valid()) {
    const ir::Scope& scope = program_.scopes[rule.scope];
    read(scope.means);
    for (const ir::Unless& u : scope.unless) {
      read(u.when);
      for (const ir::Defeater& d : u.but_not) read(d.when);
    }
  }
  read(rule.judged_on);
  read(rule.applies);
  effective(rule.effective);
  presumptions(rule.presumptions);
  for (const ir::Requirement& r : rule.requirements) {
    read(r.holds);
    presumptions(r.presumptions);
  }
  std::vector<ir::ExceptionId> exceptions = rule.exceptions;
  for (std::size_t i = 0; i < exceptions.size(); ++i) {
    const ir::Exception& x = program_.exceptions[exceptions[i]];
    stands_for_element(x.var);
    read(x.when);
    for (const ir::Defeater& d : x.but_not) read(d.when);
    effective(x.effective);
    read(x.instead);
    presumptions(x.presumptions);
    for (ir::ExceptionId other : x.yields_to)
      if (std::find(exceptions.begin(), exceptions.end(), other) == exceptions.end()) exceptions.push_back(other);
  }
  for (ir::TransitionalId id : rule.transitionals) {
    const ir::Transitional& t = program_.transitionals[id];
    stands_for_element(t.var);
    read(t.when);
    effective(t.effective);
  }
  restore(before);
  deep_ = false;
  insert_around(places);
  out.reads.assign(places.begin(), places.end());
  out.opaque = !known || anything_;
  out.stageable = !out.opaque;
  for (const Place& p : out.reads)
    if (const Slot& slot = plan_.layout[p]; slot.cell == Cell::list && slot.below != kNone)
      out.lists.push_back(slot.below);
  const auto listed = [&](std::uint32_t t) {
    return t == 0 || std::find(out.lists.begin(), out.lists.end(), t) != out.lists.end();
  };
  for (const Place& p : out.reads) {
    const Slot& slot = plan_.layout[p];
    const bool spelled = slot.cell != Cell::list || slot.below != kNone || p.table != 0;
    out.stageable = out.stageable && slot.fact.valid() && !slot.field->dated && listed(p.table) && spelled;
  }
  out.evidence = evidence_;
  anything_ = false;
}

}  // namespace writ::columns
