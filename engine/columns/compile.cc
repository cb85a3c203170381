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
    out.inputs.force.kind = ForcePlan::Kind::ask;
    out.inputs.applies = fixed(Say::ask).mask;
    for (std::size_t i = 0; i < rule.requirements.size(); ++i)
      out.inputs.requirements.push_back({kNone, out.inputs.applies, {}});
    return out;
  }
  day_is_fixed_ = true;
  day_.reset();
  const std::set<ir::ReadingsId> quarrels = contested(rule);
  if (rule.judged_on.valid()) {
    // The day itself is read on the as-of date.
    std::optional<std::uint32_t> table = out.table;
    if (!day_moves(rule.judged_on) && contested(rule.judged_on).empty()) day_ = day_term(rule.judged_on, table);
    day_table_ = out.table;
    day_is_fixed_ = false;
  }
  if (rule.for_each && rule.for_each->where.valid()) out.where = wide(condition(rule.for_each->where), out.table).mask;
  out.inputs = inputs(rule, id, out);
  if (!quarrels.empty()) {
    for (eval::Readings& readings : combinations(quarrels)) {
      chosen_ = std::move(readings);
      out.readings.push_back(inputs(rule, id, out));
      chosen_.clear();
    }
    if (out.readings.empty()) out.presumes = true;
  }
  out.presumes = out.presumes || !rule.presumptions.empty();
  for (const ir::Requirement& r : rule.requirements) out.presumes = out.presumes || !r.presumptions.empty();
  for (ir::ExceptionId e : rule.exceptions) out.presumes = out.presumes || !program_.exceptions[e].presumptions.empty();
  std::set<std::uint32_t> failing;
  const auto rests_on = [&](std::uint32_t mask) {
    if (const auto it = failing_.find({out.table, mask}); mask != kNone && it != failing_.end())
      failing.insert(it->second.begin(), it->second.end());
  };
  const auto rests_on_all = [&](const Inputs& inputs) {
    rests_on(inputs.applies);
    for (const RequirementPlan& r : inputs.requirements) {
      rests_on(r.excepted);
      rests_on(r.holds);
      for (const ExceptionPlan& e : r.exceptions) {
        rests_on(e.condition);
        rests_on(e.instead);
      }
    }
    for (const ForcePlan::Piece& piece : inputs.force.pieces) {
      for (std::uint32_t mask : piece.own) rests_on(mask);
      for (const ForcePlan::Clause& c : piece.clauses) {
        rests_on(c.applies);
        for (std::uint32_t mask : c.runs) rests_on(mask);
      }
    }
  };
  rests_on_all(out.inputs);
  for (const Inputs& inputs : out.readings) rests_on_all(inputs);
  out.may_fail.assign(failing.begin(), failing.end());
  // Without an element: in force as on any day that an element could bring.
  const ForcePlan& force = out.inputs.force;
  const auto plain = [](const ir::Effective& e) { return !e.when.valid() && e.uncertain.empty(); };
  if (force.kind == ForcePlan::Kind::same) {
    out.nothing_listed = force.ways;
  } else if (force.kind == ForcePlan::Kind::spans && force.on.slot != kNone && rule.transitionals.empty() &&
             std::all_of(rule.effective.begin(), rule.effective.end(), plain)) {
    for (const ForcePlan::Piece& piece : force.pieces)
      out.nothing_listed |= piece.taken || piece.own.empty() ? kNotEffective : kEffective;
  }
  if (var) bound_[*var].reset();
  day_is_fixed_ = true;
  return out;
}

std::uint32_t Compiler::within(At mask, std::uint32_t table) {
  return wide(plan_.layout.lies_within(table, mask.table) ? mask : fixed(Say::ask), table).mask;
}

Inputs Compiler::inputs(const ir::Rule& rule, ir::RuleId id, const RulePlan& plan) {
  Inputs out;
  out.force = force(rule, plan.table);
  std::vector<At> all;
  if (rule.for_each && rule.for_each->where.valid()) all.push_back(condition(rule.for_each->where));
  if (rule.scope.valid()) all.push_back(scope(rule.scope));
  if (rule.applies.valid()) all.push_back(condition(rule.applies));
  out.applies = within(all.empty() ? fixed(Say::yes) : junction(Do::all, all), plan.table);
  for (const ir::Requirement& r : rule.requirements) out.requirements.push_back(requirement(rule, id, r, plan.table));
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

RequirementPlan Compiler::requirement(const ir::Rule& rule, ir::RuleId id, const ir::Requirement& requirement,
                                      std::uint32_t table) {
  std::vector<std::pair<std::uint16_t, std::optional<Ref>>> aliases;
  std::vector<ir::ExceptionId> ids;
  bool simple = true;
  for (ir::ExceptionId e : rule.exceptions) {
    const ir::Exception& x = program_.exceptions[e];
    if (x.var && rule.for_each) {
      aliases.emplace_back(*x.var, bound_[*x.var]);
      bound_[*x.var] = bound_[rule.for_each->var];
    }
    if (!covers(x, id, requirement.label)) continue;
    simple = simple && !x.instead.valid() && x.yields_to.empty();
    ids.push_back(e);
  }
  RequirementPlan out;
  std::vector<At> any;
  for (ir::ExceptionId e : ids) {
    const ir::Exception& x = program_.exceptions[e];
    const At when = exception(x);
    any.push_back(when);
    if (simple) continue;
    ExceptionPlan plan;
    plan.condition = within(when, table);
    if (x.instead.valid()) plan.instead = within(condition(x.instead), table);
    for (std::uint32_t i = 0; i < ids.size(); ++i)
      if (std::find(x.yields_to.begin(), x.yields_to.end(), ids[i]) != x.yields_to.end()) plan.yields_to.push_back(i);
    out.exceptions.push_back(std::move(plan));
  }
  if (simple && !any.empty()) out.excepted = within(junction(Do::any, any), table);
  out.holds = within(condition(requirement.holds), table);
  restore(aliases);
  return out;
}

At Compiler::exception(const ir::Exception& x) {
  std::vector<At> all{condition(x.when)};
  for (const ir::Defeater& d : x.but_not) all.push_back(opposite(condition(d.when)));
  all.push_back(in_force(x));
  return junction(Do::all, all);
}

Plan compile(const ir::Program& program, const eval::Options& options, const std::vector<ir::RuleId>& rules) {
  return Compiler(program, options).run(rules);
}

}  // namespace writ::columns
