// Conditions as masks: junctions, terms, quantifiers, presence. What none of them is, tests.cc looks at.
#include <algorithm>

#include "engine/columns/compile.h"

namespace writ::columns {

using ir::NodeId;
using ir::Op;

At Compiler::emit(Step step, const std::vector<std::uint32_t>& args) {
  step.args = static_cast<std::uint32_t>(plan_.args.size());
  step.count = static_cast<std::uint32_t>(args.size());
  step.out = plan_.masks[step.table]++;
  plan_.args.insert(plan_.args.end(), args.begin(), args.end());
  plan_.steps.push_back(step);
  const At out{step.table, step.out};
  std::uint32_t table = step.table;
  if (step.op == Do::wide) table = plan_.layout.tables[table].parent;
  if (step.op == Do::some || step.op == Do::every) table = plan_.layout.slots[table][step.slot].below;
  std::set<std::uint32_t> failing;
  for (std::uint32_t arg : args)
    if (const auto it = failing_.find({table, arg}); it != failing_.end())
      failing.insert(it->second.begin(), it->second.end());
  if (!failing.empty()) failing_[out] = std::move(failing);
  const auto apart = [&](std::uint32_t arg) { return side_by_side_.contains({table, arg}); };
  if (std::any_of(args.begin(), args.end(), apart)) side_by_side_.insert(out);
  return out;
}

At Compiler::fixed(Say say) {
  const Key key{kNone, static_cast<std::uint32_t>(say)};
  const auto it = known_.find(key);
  if (it != known_.end()) return it->second;
  Step step;
  step.say = say;
  return known_[key] = emit(step);
}

At Compiler::side_by_side() {
  Step step;
  step.say = Say::ask;
  const At out = emit(step);
  side_by_side_.insert(out);
  return out;
}

At Compiler::wide(At mask, std::uint32_t table) {
  if (mask.table == table) return mask;
  const auto it = widened_.find({mask, table});
  if (it != widened_.end()) return it->second;
  const At above = wide(mask, plan_.layout.tables[table].parent);
  Step step;
  step.op = Do::wide;
  step.table = table;
  return widened_[{mask, table}] = emit(step, {above.mask});
}

At Compiler::opposite(At mask) {
  const Key key{kNone - 1, mask.table, mask.mask};
  const auto it = known_.find(key);
  if (it != known_.end()) return it->second;
  Step step;
  step.op = Do::opposite;
  step.table = mask.table;
  return known_[key] = emit(step, {mask.mask});
}

At Compiler::junction(Do op, const std::vector<At>& operands) {
  std::uint32_t table = 0;
  for (const At& o : operands)
    if (plan_.layout.lies_within(o.table, table)) table = o.table;
  for (const At& o : operands)
    if (!plan_.layout.lies_within(table, o.table)) return side_by_side();
  Key key{kNone - 2 - static_cast<std::uint32_t>(op), table};
  std::vector<std::uint32_t> args;
  for (const At& o : operands) args.push_back(wide(o, table).mask);
  std::sort(args.begin(), args.end());
  args.erase(std::unique(args.begin(), args.end()), args.end());
  if (args.size() == 1 && op != Do::agreed) return {table, args.front()};
  key.insert(key.end(), args.begin(), args.end());
  const auto it = known_.find(key);
  if (it != known_.end()) return it->second;
  Step step;
  step.op = op;
  step.table = table;
  return known_[key] = emit(step, args);
}

At Compiler::condition(NodeId id) {
  if (!id.valid()) return fixed(Say::yes);
  const std::optional<Key> key = key_of(id);
  if (key) {
    const auto it = known_.find(*key);
    if (it != known_.end()) return it->second;
  }
  const At out = compute(id, program_.nodes[id]);
  if (key) known_[*key] = out;
  return out;
}

At Compiler::compute(NodeId id, const ir::Node& n) {
  const auto all = [&](const std::vector<NodeId>& nodes) {
    std::vector<At> out;
    for (NodeId node : nodes) out.push_back(condition(node));
    return out;
  };
  switch (n.op) {
    case Op::and_: return junction(Do::all, all(list(n.a, n.b)));
    case Op::or_: return junction(Do::any, all(list(n.a, n.b)));
    case Op::not_: return opposite(condition(NodeId(n.a)));
    case Op::call: return call(id, n);
    case Op::edition: return day_is_fixed_ ? condition(text(n)) : test(id);
    case Op::contested: {
      for (const eval::Readings* given : {&chosen_, &plan_.options.readings})
        for (const auto& [readings, chosen] : *given)
          if (readings.index == n.a && chosen < n.c) return condition(NodeId(program_.lists[n.b + chosen]));
      return junction(Do::agreed, all(list(n.b, n.c)));
    }
    case Op::present:
    case Op::answered: return presence(id, n);
    case Op::some:
    case Op::every:
    case Op::no: return quantifier(id, n);
    case Op::constant: {
      const auto* value = std::get_if<bool>(&program_.constants[n.a]);
      return value != nullptr ? fixed(*value ? Say::yes : Say::no) : test(id);
    }
    case Op::field:
    case Op::var: {
      const std::optional<Ref> ref = resolve(id);
      if (!ref) return test(id);
      if (ref->kind == Ref::Kind::value) {
        const auto* value = std::get_if<bool>(&ref->value);
        return value != nullptr ? fixed(*value ? Say::yes : Say::no) : test(id);
      }
      if (ref->kind != Ref::Kind::slot || plan_.layout.slots[ref->table][ref->slot].cell != Cell::flag) return test(id);
      Step step;
      step.op = Do::flag;
      step.table = ref->table;
      step.slot = ref->slot;
      step.say = Say::ask;
      return emit(step);
    }
    default: return test(id);
  }
}

At Compiler::call(NodeId id, const ir::Node& n) {
  const ir::Term& term = program_.terms[ir::TermId(n.a)];
  const auto before = bind(term.params, list(n.b, n.c));
  if (!before) return test(id);
  const At out = defeasible(term.means, term.unless);
  restore(*before);
  return out;
}

At Compiler::scope(ir::ScopeId id) { return defeasible(program_.scopes[id].means, program_.scopes[id].unless); }

At Compiler::defeasible(NodeId means, const std::vector<ir::Unless>& unless) {
  std::vector<At> all{condition(means)};
  for (const ir::Unless& u : unless) all.push_back(opposite(defeated(u.when, u.but_not)));
  return junction(Do::all, all);
}

At Compiler::defeated(NodeId when, const std::vector<ir::Defeater>& but_not) {
  std::vector<At> all{condition(when)};
  for (const ir::Defeater& d : but_not) all.push_back(opposite(condition(d.when)));
  return junction(Do::all, all);
}

At Compiler::presence(NodeId id, const ir::Node& n) {
  const std::optional<Ref> ref = resolve(NodeId(n.a));
  if (ref && ref->kind == Ref::Kind::value) return fixed(Say::yes);
  if (!ref || ref->slot == kNone) return test(id);
  Step step;
  step.op = n.op == Op::present ? Do::present : Do::answered;
  step.table = ref->table;
  step.slot = ref->slot;
  return emit(step);
}

At Compiler::quantifier(NodeId id, const ir::Node& n) {
  const std::optional<Ref> members = resolve(NodeId(n.a));
  if (!members || members->kind != Ref::Kind::slot) return test(id);
  const Slot& slot = plan_.layout.slots[members->table][members->slot];
  if (slot.cell != Cell::list || slot.below == kNone) return test(id);
  const std::uint32_t table = slot.below;
  const Table& rows = plan_.layout.tables[table];
  // Two elements of one list side by side have no common row.
  for (std::uint16_t var : variables(id))
    if (bound_[var] && bound_[var]->kind != Ref::Kind::value && plan_.layout.lies_within(bound_[var]->table, table))
      return test(id);
  const std::optional<Ref> before =
      std::exchange(bound_[n.var], Ref{Ref::Kind::record, table, kNone, rows.shape, rows.element, {}});
  const bool every = n.op == Op::every;
  const At filter = condition(NodeId(n.b));
  const At holds = condition(NodeId(n.c));
  const At one = every ? junction(Do::any, {opposite(filter), holds}) : junction(Do::all, {filter, holds});
  bound_[n.var] = before;
  // What is said of an element may look above it, and never into another list.
  if (!plan_.layout.lies_within(table, one.table) || side_by_side_.contains(one)) return test(id);
  Step step;
  step.op = every ? Do::every : Do::some;
  step.table = members->table;
  step.slot = members->slot;
  const At found = emit(step, {wide(one, table).mask});
  return n.op == Op::no ? opposite(found) : found;
}

bool Compiler::moves(const ir::Set& set) {
  if (set.algebra.valid()) return day_moves(set.algebra);
  const auto always = [](const ir::SetEntry& e) { return e.days == DayInterval{}; };
  return set.known != DayInterval{} || !std::all_of(set.entries.begin(), set.entries.end(), always);
}

bool Compiler::may_fail(NodeId id) {
  if (!id.valid()) return false;
  const auto it = may_fail_.find(id.index);
  if (it != may_fail_.end()) return it->second;
  const ir::Node& n = program_.nodes[id];
  const auto unless = [&](const std::vector<ir::Unless>& all) {
    return std::any_of(all.begin(), all.end(), [&](const ir::Unless& u) {
      return may_fail(u.when) ||
             std::any_of(u.but_not.begin(), u.but_not.end(), [&](const ir::Defeater& d) { return may_fail(d.when); });
    });
  };
  bool out = false;
  switch (n.op) {
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::div:
    case Op::sum:
    case Op::min:
    case Op::max:
    case Op::share:
    case Op::working_days:
    case Op::classify: out = true; break;
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: out = program_.vocabulary->types[program_.types[n.a]].kind == model::TypeKind::duration; break;
    case Op::call: {
      const ir::Term& term = program_.terms[ir::TermId(n.a)];
      out = may_fail(term.means) || unless(term.unless);
      break;
    }
    default: break;
  }
  for (NodeId operand : operands(id)) out = may_fail(operand) || out;
  may_fail_[id.index] = out;
  return out;
}

// Whether the value may depend on the governing day.
bool Compiler::day_moves(NodeId id) {
  if (!id.valid()) return false;
  const auto it = day_moves_.find(id.index);
  if (it != day_moves_.end()) return it->second;
  const ir::Node& n = program_.nodes[id];
  const auto unless = [&](const std::vector<ir::Unless>& all) {
    return std::any_of(all.begin(), all.end(), [&](const ir::Unless& u) {
      return day_moves(u.when) ||
             std::any_of(u.but_not.begin(), u.but_not.end(), [&](const ir::Defeater& d) { return day_moves(d.when); });
    });
  };
  bool out = false;
  switch (n.op) {
    case Op::edition:
    case Op::year_start: out = true; break;
    case Op::named_set: out = moves(program_.sets[ir::SetId(n.a)]); break;
    case Op::lookup: {
      const ir::Table& table = program_.tables[ir::TableId(n.a)];
      out = table.known != DayInterval{} || std::any_of(table.rows.begin(), table.rows.end(),
                                                        [](const ir::TableRow& r) { return r.days != DayInterval{}; });
      break;
    }
    case Op::field: {
      const model::Type& type = program_.vocabulary->types[program_.types[n.a]];
      const model::RecordId record = type.record.valid() ? type.record : program_.vocabulary->root;
      const auto& fields = program_.vocabulary->records[record].fields;
      out = n.b >= fields.size() || fields[n.b].dated;
      break;
    }
    case Op::call: {
      const ir::Term& term = program_.terms[ir::TermId(n.a)];
      out = day_moves(term.means) || unless(term.unless);
      break;
    }
    case Op::classify: {
      const ir::Class& c = program_.classes[ir::ClassId(n.a)];
      out = std::any_of(c.branches.begin(), c.branches.end(), [&](const ir::Branch& b) { return day_moves(b.when); });
      if (c.within.valid())
        out = out || day_moves(program_.scopes[c.within].means) || unless(program_.scopes[c.within].unless);
      break;
    }
    default: break;
  }
  for (NodeId operand : operands(id)) out = day_moves(operand) || out;
  day_moves_[id.index] = out;
  return out;
}

}  // namespace writ::columns
