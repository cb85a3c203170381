// Reading facts: their state, their value, dated facts on the current day, elements of lists and maps.
#include <algorithm>

#include "engine/eval/machine.h"

namespace writ::eval {

using facts::Fact;
using facts::FactId;
using facts::State;
using model::TypeKind;

namespace {

model::Scalar everything(const model::Vocabulary& vocabulary, const model::Type& type) {
  switch (type.kind) {
    case TypeKind::integer:
    case TypeKind::decimal:
    case TypeKind::ratio:
    case TypeKind::quantity: return model::NumberRange{};
    case TypeKind::enumeration: {
      model::Candidates all;
      all.possible.assign(vocabulary.enums[type.enumeration].members.size(), true);
      return all;
    }
    default: return {};
  }
}

}  // namespace

Value Machine::read(FactId id, bool maybe_absent) {
  const Fact& fact = document[id];
  const model::Field* field = facts::field_of(document, id, *program.vocabulary);
  Value v;
  v.fact = id;
  if (fact.state == State::absent) {
    v.state = Value::State::absent;
    v.blame.because = {id};
    return v;
  }
  if (fact.state == State::unknown) {
    if (const Presumed* p = presumed(id)) {
      v = p->value;
      v.fact = id;
      v.blame = {};
      v.blame.presumptions = {p->by};
      return v;
    }
    // Even where the type forbids absence an enclosing optional record may turn out not to be there.
    v.may_absent = (maybe_absent || (field != nullptr && field->optional)) && !is_guarded(id, {});
    if (fact.type.valid()) v.scalar = everything(*program.vocabulary, program.vocabulary->types[fact.type]);
    v.blame.missing = {id};
    return v;
  }
  // The value of one period is bound to the same field as the dated fact that holds it.
  const bool period =
      fact.parent.valid() && document[fact.parent].record == fact.record && document[fact.parent].field == fact.field;
  if (field != nullptr && field->dated && !(period && fact.record.valid())) return dated(fact, id, maybe_absent);
  const TypeKind kind =
      fact.type.valid() ? program.vocabulary->types[fact.type].kind : TypeKind::record;  // the root has no type
  switch (kind) {
    case TypeKind::record:
    case TypeKind::list:
    case TypeKind::map:
      v.state = Value::State::known;
      v.blame.because = {id};
      return v;
    case TypeKind::set: return set_of(fact, id);
    default: break;
  }
  v.blame.because = {id};
  v.scalar = fact.scalar;
  if (is_exact(fact.scalar)) {
    v.state = Value::State::known;
  } else {  // an estimate
    v.exists = true;
    v.blame.missing = {id};
  }
  return v;
}

Value Machine::dated(const Fact& fact, FactId id, bool maybe_absent) {
  std::vector<DayInterval> periods;
  for (const facts::DatedValue& d : fact.dated) periods.push_back(d.days);
  Value out = by_day(periods, [&](Date day) {
    for (const facts::DatedValue& d : fact.dated) {
      if (!d.days.contains(day)) continue;
      Value v = read(d.value, maybe_absent);
      for (auto* facts :
           {&v.blame.because, &v.blame.missing})  // the fact is the one the vocabulary declares, not its period
        std::replace(facts->begin(), facts->end(), d.value, id);
      v.fact = id;
      return v;
    }
    Value none;  // nobody has said what it was on that day
    none.fact = id;
    none.may_absent = maybe_absent;
    none.blame.missing = {id};
    return none;
  });
  out.fact = id;
  return out;
}

Value Machine::field(const ir::Node& node) {
  Value base = eval(ir::NodeId(node.a));
  if (base.absent() || base.error() || !base.fact.valid()) return base;
  const Fact& record = document[base.fact];
  if (record.children.empty()) {  // nothing below it was stated: the record itself is what is missing
    base.scalar = {};
    return base;
  }
  WRIT_CHECK(node.b < record.children.size());
  return read(record.children[node.b], base.unknown() && base.may_absent);
}

Value Machine::index(const ir::Node& node) {
  Value map = eval(ir::NodeId(node.a));
  const Value key = strict(ir::NodeId(node.b));
  if (map.absent() || map.error()) return map;
  if (key.error()) return Value::failed(key.blame);
  if (!map.fact.valid() || map.unknown()) return Value::maybe({}, together(map, key), map.may_error || key.may_error);
  const Fact& fact = document[map.fact];
  if (!key.known()) return Value::maybe({}, key.blame, key.may_error);
  for (std::size_t i = 0; i < fact.keys.size(); ++i)
    if (fact.keys[i] == key.scalar) {
      Value v = read(fact.children[i]);
      BlameSum sum;
      sum.because(key.blame);
      sum.add(v.blame);
      v.blame = sum.take();
      return v;
    }
  // A key that the document omits is unknown, not 0.
  Value v;
  v.blame.because = key.blame.because;
  v.blame.missing = {map.fact};
  return v;
}

std::vector<Date> representative_days(const std::vector<DayInterval>& intervals) {
  std::vector<Date> days{Date::min()};
  for (const DayInterval& i : intervals) {
    days.push_back(i.from);
    if (i.last < Date::max()) days.push_back(i.last.plus_days(1));
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

Value Machine::by_day(const std::vector<DayInterval>& intervals, const std::function<Value(Date)>& value) {
  const bool varies =
      std::any_of(intervals.begin(), intervals.end(), [](const DayInterval& i) { return i != DayInterval{}; });
  if (!varies) return value(options.as_of);
  if (day_.known()) {
    Value v = value(std::get<Date>(day_.scalar));
    BlameSum sum;
    sum.because(day_.blame);
    sum.add(v.blame);
    v.blame = sum.take();
    return v;
  }
  std::optional<Value> all;
  bool same = true, absent = false, exists = true, may_error = day_.may_error;
  for (Date day : representative_days(intervals)) {
    Value v = value(day);
    absent = absent || v.absent() || (v.unknown() && v.may_absent);
    exists = exists && (v.known() || v.exists);
    may_error = may_error || v.may_error || v.error();
    if (!all) {
      all = std::move(v);
      continue;
    }
    same = same && same_value(v, *all);
    if (v.fact != all->fact) all->fact = {};
    if (v.pending && (!all->due || (v.due && *v.due < *all->due))) all->due = v.due;
    all->pending = all->pending || v.pending;
    all->scalar =
        all->absent() || v.absent() || all->error() || v.error() ? model::Scalar{} : hull(all->scalar, v.scalar);
    all->blame = together(*all, v);
  }
  if (same && !all->unknown()) {
    all->blame.missing.clear();
    return *all;
  }
  if (day_.error()) return Value::failed(day_.blame);
  if (same) {  // unknown on every day for a reason of its own: the day would not help
    all->may_error = may_error;
    all->may_absent = absent;
    return *all;
  }
  BlameSum sum;
  sum.add(day_.blame);
  sum.because(all->blame);
  Value out = Value::maybe(all->scalar, sum.take(), may_error);
  out.may_absent = absent;
  out.exists = exists;
  out.pending = all->pending;
  out.due = all->due;
  return out;
}

}  // namespace writ::eval
