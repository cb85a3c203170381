// When rules and exceptions are in force: on the as-of date, or on a day that a document states.
#include <algorithm>

#include "engine/columns/compile.h"

namespace writ::columns {

namespace {

bool is_plain(const ir::Effective& e) { return !e.when.valid() && e.uncertain.empty(); }

bool taken(const ir::History& h, Date day) {
  const auto suspended = [&](const DayInterval& days) { return days.contains(day); };
  return (h.repealed && day >= *h.repealed) || std::any_of(h.suspended.begin(), h.suspended.end(), suspended);
}

/// The first day of every stretch on which nothing begins or ends.
std::vector<Date> stretches(const ir::History& h, const std::vector<const std::vector<ir::Effective>*>& spans) {
  std::vector<Date> days{Date::min()};
  const auto cut = [&](const DayInterval& i) {
    days.push_back(i.from);
    if (i.last < Date::max()) days.push_back(i.last.plus_days(1));
  };
  for (const auto* all : spans)
    for (const ir::Effective& e : *all) cut(e.days);
  for (const DayInterval& i : h.suspended) cut(i);
  if (h.repealed) days.push_back(*h.repealed);
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace

ForcePlan Compiler::force(const ir::Rule& rule, std::uint32_t table) {
  const ir::History& h = rule.history;
  ForcePlan out;
  if (h.unpublished || h.never) {
    out.ways = kNotEffective;
    return out;
  }
  std::vector<Date> days{plan_.options.as_of};
  if (rule.judged_on.valid()) {
    if (!day_) {
      out.kind = ForcePlan::Kind::ask;
      return out;
    }
    std::vector<const std::vector<ir::Effective>*> spans{&rule.effective};
    for (ir::TransitionalId id : rule.transitionals) spans.push_back(&program_.transitionals[id].effective);
    days = stretches(h, spans);
    out.on = *day_;
  } else if (taken(h, days.front()) ||
             (rule.transitionals.empty() && std::all_of(rule.effective.begin(), rule.effective.end(), is_plain))) {
    const auto on = [&](const ir::Effective& e) { return e.days.contains(days.front()); };
    const bool running = !taken(h, days.front()) && std::any_of(rule.effective.begin(), rule.effective.end(), on);
    out.ways = running ? kEffective : kNotEffective;
    return out;
  } else {
    out.on.day = days.front();
  }
  out.kind = ForcePlan::Kind::spans;
  const auto running = [&](const std::vector<ir::Effective>& effective, Date day) {
    std::vector<std::uint32_t> any;
    for (const ir::Effective& e : effective) {
      if (!e.days.contains(day)) continue;
      const At when = condition(e.when);
      any.push_back(within(e.uncertain.empty() ? when : junction(Do::all, {when, fixed(Say::unknown)}), table));
    }
    return any;
  };
  for (Date day : days) {
    ForcePlan::Piece piece;
    piece.from = day;
    piece.taken = taken(h, day);
    if (!piece.taken) {
      piece.own = running(rule.effective, day);
      for (ir::TransitionalId id : rule.transitionals) {
        const ir::Transitional& t = program_.transitionals[id];
        std::optional<Ref> before;
        if (t.var) before = std::exchange(bound_[*t.var], rule.for_each ? bound_[rule.for_each->var] : std::nullopt);
        piece.clauses.push_back({within(condition(t.when), table), running(t.effective, day)});
        if (t.var) bound_[*t.var] = before;
      }
    }
    out.pieces.push_back(std::move(piece));
  }
  return out;
}

At Compiler::on_days(const std::vector<Date>& days, std::vector<Say> says, Say unknown) {
  WRIT_CHECK(day_.has_value());
  if (day_->slot == kNone) {
    const auto after = std::upper_bound(days.begin(), days.end(), day_->day);
    return fixed(says[static_cast<std::size_t>(after - days.begin()) - 1]);
  }
  Leaf leaf;
  leaf.test = Test::piece;
  leaf.left = *day_;
  leaf.days = days;
  leaf.says = std::move(says);
  leaf.unknown = unknown;
  Step step;
  step.op = Do::test;
  step.table = day_table_;
  step.slot = static_cast<std::uint32_t>(plan_.leaves.size());
  plan_.leaves.push_back(std::move(leaf));
  return emit(step);
}

At Compiler::in_force(const ir::Exception& x) {
  const ir::History& h = x.history;
  const bool touched = h.unpublished || h.never || h.repealed || !h.suspended.empty();
  if (h.unpublished || h.never) return fixed(Say::no);
  if (!touched && x.effective.empty()) return fixed(Say::yes);
  static const std::vector<ir::Effective> always{{}};
  const std::vector<ir::Effective>& spans = x.effective.empty() ? always : x.effective;
  const auto when = [&](const ir::Effective& e) {
    const At at = condition(e.when);
    return e.uncertain.empty() ? at : junction(Do::all, {at, fixed(Say::unknown)});
  };
  if (day_is_fixed_) {
    const Date day = plan_.options.as_of;
    std::vector<At> any;
    if (!taken(h, day))
      for (const ir::Effective& e : spans)
        if (e.days.contains(day)) any.push_back(when(e));
    return any.empty() ? fixed(Say::no) : junction(Do::any, any);
  }
  if (!day_) return fixed(Say::ask);
  const std::vector<Date> days = stretches(h, {&spans});
  const auto running = [&](const ir::Effective& e) {
    std::vector<Say> says;
    for (Date day : days) says.push_back(!taken(h, day) && e.days.contains(day) ? Say::yes : Say::no);
    return says;
  };
  if (std::all_of(spans.begin(), spans.end(), is_plain)) {
    std::vector<Say> any(days.size(), Say::no);
    for (const ir::Effective& e : spans) {
      const std::vector<Say> one = running(e);
      for (std::size_t i = 0; i < any.size(); ++i)
        if (one[i] == Say::yes) any[i] = Say::yes;
    }
    const bool same = std::all_of(any.begin(), any.end(), [&](Say s) { return s == any.front(); });
    return same ? fixed(any.front()) : on_days(days, any, Say::unknown);
  }
  // On a day that nobody knows, spans under conditions may together cover what none of them covers.
  std::vector<At> any;
  for (const ir::Effective& e : spans) any.push_back(junction(Do::all, {on_days(days, running(e), Say::ask), when(e)}));
  return junction(Do::any, any);
}

}  // namespace writ::columns
