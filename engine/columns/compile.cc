// Rules as masks: when they are in force, whether they apply, what excepts from them, what they require.
#include "engine/columns/compile.h"

#include <algorithm>

#include "engine/eval/plan.h"

namespace writ::columns {

using ir::NodeId;

Compiler::Compiler(const ir::Program& program, const eval::Options& options)
    : program_(program), fixed_(program, options), bound_(program.slots) {
  plan_.program = &program;
  plan_.options = options;
  plan_.layout = make_layout(*program.vocabulary, fixed_.document());
  plan_.masks.assign(plan_.layout.tables.size(), 0);
}

Plan Compiler::run(const std::vector<ir::RuleId>& rules) {
  for (ir::RuleId id : rules) plan_.rules.push_back(rule(id));
  return std::move(plan_);
}

RulePlan Compiler::rule(ir::RuleId id) {
  const ir::Rule& rule = program_.rules[id];
  RulePlan out;
  out.rule = id;
  all_reads(rule, out);
  std::optional<std::uint16_t> var;
  std::optional<Ref> element;
  bool listed = true;
  if (rule.for_each) {
    const std::optional<Ref> list = resolve(rule.for_each->list);
    const Slot* slot = list && list->kind == Ref::Kind::slot ? &plan_.layout.slots[list->table][list->slot] : nullptr;
    // Elements of lists within lists have no document of their own: their rows are not in the order of the report.
    listed = slot != nullptr && slot->cell == Cell::list && slot->below != kNone && list->table == 0;
    if (listed) {
      out.table = slot->below;
      out.list = list->slot;
      const Table& table = plan_.layout.tables[out.table];
      element = Ref{Ref::Kind::record, out.table, kNone, table.shape, table.element, {}};
      var = rule.for_each->var;
      bound_[*var] = element;
    }
  }
  if (!listed) {  // all of it is for the machine
    out.force.kind = ForcePlan::Kind::ask;
    out.applies = fixed(Say::ask).mask;
    for (std::size_t i = 0; i < rule.requirements.size(); ++i) out.requirements.push_back({kNone, out.applies});
    return out;
  }
  day_is_fixed_ = true;
  day_.reset();
  if (rule.judged_on.valid()) {
    // The day itself is read on the as-of date.
    std::optional<std::uint32_t> table = out.table;
    if (!day_moves(rule.judged_on)) day_ = day_term(rule.judged_on, table);
    day_table_ = out.table;
    day_is_fixed_ = false;
  }
  out.force = force(rule);
  std::vector<At> all;
  if (rule.for_each && rule.for_each->where.valid()) {
    const At where = condition(rule.for_each->where);
    out.where = wide(where, out.table).mask;
    all.push_back(where);
  }
  if (rule.scope.valid()) all.push_back(scope(rule.scope));
  if (rule.applies.valid()) all.push_back(condition(rule.applies));
  const At applies = all.empty() ? fixed(Say::yes) : junction(Do::all, all);
  const bool within = plan_.layout.lies_within(out.table, applies.table);
  out.applies = wide(within ? applies : fixed(Say::ask), out.table).mask;
  out.presumes = !rule.presumptions.empty();
  for (const ir::Requirement& r : rule.requirements) {
    out.presumes = out.presumes || !r.presumptions.empty();
    std::vector<std::pair<std::uint16_t, std::optional<Ref>>> aliases;
    for (ir::ExceptionId e : rule.exceptions) {
      const ir::Exception& exception = program_.exceptions[e];
      out.presumes = out.presumes || !exception.presumptions.empty();
      if (exception.var && element) {
        aliases.emplace_back(*exception.var, bound_[*exception.var]);
        bound_[*exception.var] = element;
      }
    }
    RequirementPlan plan;
    plan.excepted = excepted(rule, id, r);
    const At holds = condition(r.holds);
    plan.holds = wide(plan_.layout.lies_within(out.table, holds.table) ? holds : fixed(Say::ask), out.table).mask;
    restore(aliases);
    out.requirements.push_back(plan);
  }
  std::set<std::uint32_t> failing;
  const auto rests_on = [&](std::uint32_t mask) {
    if (const auto it = failing_.find({out.table, mask}); mask != kNone && it != failing_.end())
      failing.insert(it->second.begin(), it->second.end());
  };
  rests_on(out.applies);
  for (const RequirementPlan& r : out.requirements) {
    rests_on(r.excepted);
    rests_on(r.holds);
  }
  rests_on(out.force.own);
  for (const ForcePlan::Clause& c : out.force.clauses) {
    rests_on(c.applies);
    rests_on(c.runs);
  }
  out.may_fail.assign(failing.begin(), failing.end());
  // Without an element: in force as on any day that an element could bring.
  switch (out.force.kind) {
    case ForcePlan::Kind::same: out.nothing_listed = out.force.ways; break;
    case ForcePlan::Kind::day: out.nothing_listed = out.force.on.slot == kNone ? 0 : out.force.unknown_day; break;
    case ForcePlan::Kind::masks:
    case ForcePlan::Kind::ask: break;
  }
  if (var) bound_[*var].reset();
  day_is_fixed_ = true;
  return out;
}

namespace {

bool covers(const ir::Exception& exception, ir::RuleId rule, const std::string& label) {
  bool limited = false;
  for (const auto& [limit, only] : exception.only_labels) {
    if (limit != rule) continue;
    if (only == label) return true;
    limited = true;
  }
  return !limited;
}

}  // namespace

std::uint32_t Compiler::excepted(const ir::Rule& rule, ir::RuleId id, const ir::Requirement& requirement) {
  const std::uint32_t table = [&] {
    return rule.for_each ? plan_.layout.slots[0][resolve(rule.for_each->list)->slot].below : 0U;
  }();
  std::vector<At> all;
  bool simple = true;
  for (ir::ExceptionId e : rule.exceptions) {
    const ir::Exception& x = program_.exceptions[e];
    if (!covers(x, id, requirement.label)) continue;
    simple = simple && !x.instead.valid() && x.yields_to.empty();
    all.push_back(exception(x));
  }
  if (all.empty()) return kNone;
  const At any = simple ? junction(Do::any, all) : fixed(Say::ask);
  return wide(plan_.layout.lies_within(table, any.table) ? any : fixed(Say::ask), table).mask;
}

At Compiler::exception(const ir::Exception& x) {
  std::vector<At> all{condition(x.when)};
  for (const ir::Defeater& d : x.but_not) all.push_back(opposite(condition(d.when)));
  const ir::History& h = x.history;
  const bool touched = h.unpublished || h.never || h.repealed || !h.suspended.empty();
  if (h.unpublished || h.never) {
    all.push_back(fixed(Say::no));
  } else if (!day_is_fixed_ && (touched || !x.effective.empty())) {
    all.push_back(fixed(Say::ask));  // whether it is in force depends on the governing day
  } else if (touched || !x.effective.empty()) {
    const Date day = plan_.options.as_of;
    const auto suspended = [&](const DayInterval& days) { return days.contains(day); };
    const bool taken =
        (h.repealed && day >= *h.repealed) || std::any_of(h.suspended.begin(), h.suspended.end(), suspended);
    all.push_back(taken ? fixed(Say::no) : x.effective.empty() ? fixed(Say::yes) : spans(x.effective));
  }
  return junction(Do::all, all);
}

// In force on the as-of date.
At Compiler::spans(const std::vector<ir::Effective>& effective) {
  std::vector<At> any;
  for (const ir::Effective& e : effective) {
    if (!e.days.contains(plan_.options.as_of)) continue;
    const At when = condition(e.when);
    any.push_back(e.uncertain.empty() ? when : junction(Do::all, {when, fixed(Say::unknown)}));
  }
  return any.empty() ? fixed(Say::no) : junction(Do::any, any);
}

ForcePlan Compiler::force(const ir::Rule& rule) {
  const ir::History& h = rule.history;
  ForcePlan out;
  if (h.unpublished || h.never) {
    out.ways = kNotEffective;
    return out;
  }
  if (rule.judged_on.valid()) return force_on_day(rule);
  const Date day = plan_.options.as_of;
  const auto suspended = [&](const DayInterval& days) { return days.contains(day); };
  if ((h.repealed && day >= *h.repealed) || std::any_of(h.suspended.begin(), h.suspended.end(), suspended)) {
    out.ways = kNotEffective;
    return out;
  }
  const auto plain = [](const ir::Effective& e) { return !e.when.valid() && e.uncertain.empty(); };
  if (rule.transitionals.empty() && std::all_of(rule.effective.begin(), rule.effective.end(), plain)) {
    const auto on = [&](const ir::Effective& e) { return e.days.contains(day); };
    out.ways = std::any_of(rule.effective.begin(), rule.effective.end(), on) ? kEffective : kNotEffective;
    return out;
  }
  out.kind = ForcePlan::Kind::masks;
  const std::uint32_t table = rule.for_each ? plan_.layout.slots[0][resolve(rule.for_each->list)->slot].below : 0U;
  const auto mask = [&](At at) {
    return wide(plan_.layout.lies_within(table, at.table) ? at : fixed(Say::ask), table).mask;
  };
  out.own = mask(spans(rule.effective));
  for (ir::TransitionalId id : rule.transitionals) {
    const ir::Transitional& t = program_.transitionals[id];
    std::optional<Ref> before;
    if (t.var) before = std::exchange(bound_[*t.var], rule.for_each ? bound_[rule.for_each->var] : std::nullopt);
    out.clauses.push_back({mask(condition(t.when)), mask(spans(t.effective))});
    if (t.var) bound_[*t.var] = before;
  }
  return out;
}

// Judged on a day that a document states: in force by days alone, or for the machine.
ForcePlan Compiler::force_on_day(const ir::Rule& rule) {
  ForcePlan out;
  out.kind = ForcePlan::Kind::ask;
  const auto plain = [](const ir::Effective& e) { return !e.when.valid() && e.uncertain.empty(); };
  if (!rule.transitionals.empty() || !std::all_of(rule.effective.begin(), rule.effective.end(), plain)) return out;
  if (!day_) return out;
  out.kind = ForcePlan::Kind::day;
  out.on = *day_;
  const ir::History& h = rule.history;
  std::vector<Date> days{Date::min()};
  const auto cut = [&](const DayInterval& i) {
    days.push_back(i.from);
    if (i.last < Date::max()) days.push_back(i.last.plus_days(1));
  };
  for (const ir::Effective& e : rule.effective) cut(e.days);
  for (const DayInterval& i : h.suspended) cut(i);
  if (h.repealed) days.push_back(*h.repealed);
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  for (Date day : days) {
    const auto on_day = [&](const DayInterval& i) { return i.contains(day); };
    const bool taken =
        (h.repealed && day >= *h.repealed) || std::any_of(h.suspended.begin(), h.suspended.end(), on_day);
    const bool running = std::any_of(rule.effective.begin(), rule.effective.end(),
                                     [&](const ir::Effective& e) { return e.days.contains(day); });
    out.from.emplace_back(day, !taken && running ? kEffective : kNotEffective);
    out.unknown_day |= out.from.back().second;
  }
  return out;
}

Plan compile(const ir::Program& program, const eval::Options& options, const std::vector<ir::RuleId>& rules) {
  return Compiler(program, options).run(rules);
}

}  // namespace writ::columns
