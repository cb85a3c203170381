// When a rule is in force: a union of spans of days, each under a condition, which transitional clauses replace; and
// what takes days away: suspension, repeal, annulment, a text that is not published yet.
#include <algorithm>
#include <array>

#include "engine/eval/rule.h"

namespace writ::eval {
namespace {

// One set of spans with the truth of their conditions.
struct Spans {
  const std::vector<ir::Effective>* spans = nullptr;
  std::vector<Value> conditions;

  [[nodiscard]] Truth on(Date day) const {
    Truth out = Truth::no();
    for (std::size_t i = 0; i < spans->size(); ++i)
      out = or_(out, and_(Truth::of((*spans)[i].days.contains(day)), conditions[i].truth()));
    return out;
  }
};

// Nobody can say whether it is in force on these days: law that is missing, not a fact.
Value uncertain(const ir::Effective& e) {
  std::string days = e.days.from == Date::min() ? std::string() : " from " + e.days.from.text();
  if (e.days.last != Date::max()) days += " until " + e.days.last.text();
  Blame blame;
  blame.law.push_back({"whether it is in force" + days + " is uncertain: " + e.uncertain, e.span});
  return Value::maybe({}, std::move(blame));
}

Spans spans_of(Machine& machine, const std::vector<ir::Effective>& effective) {
  Spans out{&effective, {}};
  for (const ir::Effective& e : effective) {
    Value when = machine.condition(e.when);
    if (!e.uncertain.empty()) {
      const Value both[] = {std::move(when), uncertain(e)};
      when = all_of(both);
    }
    out.conditions.push_back(std::move(when));
  }
  return out;
}

// Days that no span and no transitional clause brings back.
struct Taken {
  const ir::History* history = nullptr;
  [[nodiscard]] bool all() const { return history->unpublished || history->never; }
  [[nodiscard]] const DayInterval* suspended(Date day) const {
    for (const DayInterval& days : history->suspended)
      if (days.contains(day)) return &days;
    return nullptr;
  }
  [[nodiscard]] bool on(Date day) const {
    return all() || suspended(day) != nullptr || (history->repealed && day >= *history->repealed);
  }
  void intervals(std::vector<DayInterval>& out) const {
    out.insert(out.end(), history->suspended.begin(), history->suspended.end());
    if (history->repealed) out.push_back({*history->repealed, Date::max()});
  }
};

// What may come of the transitional clauses, in the order in which one outweighs another: a clause that defers the duty
// beats one that is already in force; none leaves the rule's own spans.
enum Outcome : std::uint8_t { none, running, failed, deferred };
using Outcomes4 = std::array<bool, 4>;

Outcomes4 outcomes(Truth applies, Truth runs) {
  Outcomes4 out{};
  if (applies.is_error() || applies.may_error) out[failed] = true;
  if (applies.is_false() || applies.is_unknown()) out[none] = true;
  if (applies.is_true() || applies.is_unknown()) {
    if (runs.is_true() || runs.is_unknown()) out[running] = true;
    if (runs.is_false() || runs.is_unknown()) out[deferred] = true;
    if (runs.is_error() || runs.may_error) out[failed] = true;
  }
  return out;
}

Outcomes4 outweigh(const Outcomes4& a, const Outcomes4& b) {
  Outcomes4 out{};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j)
      if (a[i] && b[j]) out[std::max(i, j)] = true;
  return out;
}

struct Bits {
  bool effective = false, not_effective = false, not_yet_due = false, error = false;
  friend bool operator==(const Bits&, const Bits&) = default;
  [[nodiscard]] int size() const { return int{effective} + int{not_effective} + int{not_yet_due} + int{error}; }
};

Effectiveness settle(const Bits& b) {
  Effectiveness out;
  out.can_be_effective = b.effective;
  out.can_be_not_effective = b.not_effective;
  out.can_be_not_yet_due = b.not_yet_due;
  out.error = b.error && b.size() == 1;
  out.can_be_error = b.error && b.size() > 1;
  return out;
}

struct Clause {
  ir::TransitionalId id;
  Value when;
  Spans spans;
};

Bits on_day(Date day, const Spans& own, const std::vector<Clause>& clauses, const Taken& taken) {
  if (taken.on(day)) return {false, true, false, false};
  Outcomes4 replaced{true, false, false, false};
  for (const Clause& c : clauses) replaced = outweigh(replaced, outcomes(c.when.truth(), c.spans.on(day)));
  Bits out{replaced[running], false, replaced[deferred], replaced[failed]};
  if (replaced[none]) {
    const Truth t = own.on(day);
    out.effective = out.effective || t.is_true() || t.is_unknown();
    out.not_effective = t.is_false() || t.is_unknown();
    out.error = out.error || t.is_error() || t.may_error;
  }
  return out;
}

std::vector<Date> possible_days(const Value& day, const Spans& own, const std::vector<Clause>& clauses,
                                const Taken& taken) {
  if (day.known()) return {std::get<Date>(day.scalar)};
  std::vector<DayInterval> intervals;
  taken.intervals(intervals);
  for (const ir::Effective& e : *own.spans) intervals.push_back(e.days);
  for (const Clause& c : clauses)
    for (const ir::Effective& e : *c.spans.spans) intervals.push_back(e.days);
  return representative_days(intervals);
}

// The same on all possible days, or whatever any of them brings; a day that is an error spoils only what depends on it.
Bits over_days(const Value& day, const Spans& own, const std::vector<Clause>& clauses, const Taken& taken,
               bool& depends_on_day) {
  std::optional<Bits> all;
  depends_on_day = false;
  for (Date d : possible_days(day, own, clauses, taken)) {
    const Bits b = on_day(d, own, clauses, taken);
    if (!all) {
      all = b;
      continue;
    }
    depends_on_day = depends_on_day || b != *all;
    all->effective = all->effective || b.effective;
    all->not_effective = all->not_effective || b.not_effective;
    all->not_yet_due = all->not_yet_due || b.not_yet_due;
    all->error = all->error || b.error;
  }
  if (depends_on_day && day.error()) return {false, false, false, true};
  if (depends_on_day && day.may_error) all->error = true;
  return *all;
}

// Whatever the day: the text is not known, or has never been law.
bool describe_whole(Force& out, const Taken& taken) {
  if (taken.history->unpublished) {
    out.kind = NotEffective::unpublished;
    out.date = taken.history->published;
  } else if (taken.history->never) {
    out.kind = NotEffective::never;
  }
  return taken.all();
}

// Suspended, not yet, ended, between or never, among the spans whose condition can hold.
void describe(Force& out, Date day, const Spans& own, const Taken& taken) {
  if (const DayInterval* days = taken.suspended(day)) {
    out.kind = NotEffective::suspended;
    out.date = days->from;
    if (days->last != Date::max()) out.until = days->last;
    return;
  }
  std::optional<Date> next, last;
  for (std::size_t i = 0; i < own.spans->size(); ++i) {
    if (own.conditions[i].truth().is_false()) continue;
    const DayInterval& days = (*own.spans)[i].days;
    if (days.from > day && (!next || days.from < *next)) next = days.from;
    if (days.last < day && (!last || days.last > *last)) last = days.last;
  }
  out.kind = next && last ? NotEffective::between
             : next       ? NotEffective::not_yet
             : last       ? NotEffective::ended
                          : NotEffective::never;
  out.date = next ? next : last;
}

// Whatever the day: a clause that defers the duty on all of them.
ir::TransitionalId deferring(const std::vector<Clause>& clauses) {
  for (const Clause& c : clauses)
    if (!c.when.truth().is_false()) return c.id;
  return {};
}

// The deferring clause with the latest first day.
void describe(Force& out, Date day, const std::vector<Clause>& clauses) {
  for (const Clause& c : clauses) {
    if (c.when.truth().is_false() || c.spans.on(day).is_true()) continue;
    std::optional<Date> first;
    for (const ir::Effective& e : *c.spans.spans)
      if (e.days.from > day && (!first || e.days.from < *first)) first = e.days.from;
    if (out.transitional.valid() && (!first || (out.date && *first <= *out.date))) continue;
    out.transitional = c.id;
    out.date = first;
  }
}

}  // namespace

Force force_of(Machine& machine, const InForce& item, const Value* element) {
  const std::vector<ir::Effective>& effective = item.effective;
  const Taken taken{&item.history};
  Force out;
  if (describe_whole(out, taken)) {
    out.state = settle({false, true, false, false});
    return out;
  }
  const Spans own = spans_of(machine, effective);
  std::vector<Clause> clauses;
  for (ir::TransitionalId id : item.transitionals) {
    const ir::Transitional& t = machine.program.transitionals[id];
    if (t.var && element != nullptr) machine.slot(*t.var) = *element;
    Guards held;
    machine.guards(t.when, true, held);
    Clause c{id, machine.condition(t.when), {}};
    machine.guarded(held, [&] {
      c.spans = spans_of(machine, t.effective);
      return Value{};
    });
    clauses.push_back(std::move(c));
  }

  const Value& day = machine.day();
  bool depends_on_day = false;
  const Bits bits = over_days(day, own, clauses, taken, depends_on_day);
  out.state = settle(bits);

  BlameSum sum;
  if (day.known() || depends_on_day) sum.add(day.blame);
  for (std::size_t i = 0; i < effective.size(); ++i)
    if (!day.known() || effective[i].days.contains(std::get<Date>(day.scalar))) {
      sum.add(own.conditions[i].blame);
      if (!effective[i].uncertain.empty() && own.conditions[i].unknown()) out.uncertain = effective[i].uncertain;
    }
  for (const Clause& c : clauses) {
    sum.add(c.when.blame);
    for (const Value& v : c.spans.conditions) sum.add(v.blame);
  }
  out.blame = sum.take();

  if (bits == Bits{false, true, false, false}) {
    if (day.known()) {
      describe(out, std::get<Date>(day.scalar), own, taken);
    } else if (effective.empty()) {
      out.kind = NotEffective::never;
    }
  }
  if (bits == Bits{false, false, true, false}) {
    if (day.known()) {
      describe(out, std::get<Date>(day.scalar), clauses);
    } else {
      out.transitional = deferring(clauses);
    }
  }
  return out;
}

Value in_force(Machine& machine, const std::vector<ir::Effective>& effective, const ir::History& history) {
  static const std::vector<ir::Effective> always{{}};
  const bool touched = history.unpublished || history.never || history.repealed || !history.suspended.empty();
  if (effective.empty() && !touched) return Value::of(Truth::yes());
  const Force f = force_of(machine, {effective.empty() ? always : effective, history, {}}, nullptr);
  const Effectiveness& e = f.state;
  Blame blame = f.blame;
  Truth t = Truth::maybe(e.can_be_error);
  if (e.error) t = Truth::failed();
  if (e == Effectiveness::effective()) t = Truth::yes();
  if (!e.can_be_effective && !e.can_be_error && !e.error) t = Truth::no();
  if (!t.is_unknown()) {
    blame.missing.clear();
    blame.law.clear();
  }
  return Value::of(t, std::move(blame));
}

}  // namespace writ::eval
