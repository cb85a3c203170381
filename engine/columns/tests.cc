// Comparisons and whatever else looks at values. What has no column form is left to the machine: where a document
// states nothing that it reads, it comes to what it comes to without facts; any other document is the machine's.
#include <algorithm>

#include "engine/columns/compile.h"

namespace writ::columns {

using ir::NodeId;
using ir::Op;
using model::TypeKind;

namespace {

Say of(eval::Truth t) {
  if (t.is_true()) return Say::yes;
  if (t.is_false()) return Say::no;
  // That it could be pending changes no verdict: where it could, it could be missed as well.
  if (t.is_unknown()) return t.may_error ? Say::risky : Say::unknown;
  return Say::ask;
}

Op flipped(Op op) {
  switch (op) {
    case Op::lt: return Op::gt;
    case Op::le: return Op::ge;
    case Op::gt: return Op::lt;
    case Op::ge: return Op::le;
    default: return op;
  }
}

bool compares(Op op) {
  return op == Op::eq || op == Op::ne || op == Op::lt || op == Op::le || op == Op::gt || op == Op::ge;
}

}  // namespace

Say Compiler::say(NodeId id, const std::optional<eval::Supposed>& supposed) {
  eval::Given given;
  if (supposed) given.supposed = std::span(&*supposed, 1);
  given.no_day = !day_is_fixed_ && day_moves(id);
  // Absence is for a guard beside it: the checker has seen that there is one.
  const std::vector<facts::FactId> guarded = facts_of(id);
  given.guarded = guarded;
  given.readings = &chosen_;
  return of(fixed_.truth(id, bindings(), given));
}

std::vector<facts::FactId> Compiler::facts_of(NodeId id) {
  std::set<Place> read;
  (void)reads(id, read);
  std::vector<facts::FactId> out;
  for (const Place& p : read)
    if (plan_.layout[p].fact.valid()) out.push_back(plan_.layout[p].fact);
  return out;
}

// All that the condition reads, if it can be stated.
void Compiler::read_whole(NodeId id, Leaf& leaf) {
  const Layout& layout = plan_.layout;
  std::set<Place> all;
  const bool anything = std::exchange(anything_, false), deep = std::exchange(deep_, true);
  bool known = reads(id, all) && !anything_;
  anything_ = anything;
  deep_ = deep;
  insert_around(all);
  for (const Place& p : all) {
    const Slot& slot = layout[p];
    known = known && slot.fact.valid() && !slot.field->dated;
    if (slot.cell == Cell::list && slot.below != kNone) leaf.lists.push_back(slot.below);
  }
  const auto listed = [&](std::uint32_t table) {
    return std::find(leaf.lists.begin(), leaf.lists.end(), table) != leaf.lists.end();
  };
  for (const Place& p : all) {
    // Of a list in elements of a list there are as many as there are elements.
    if (layout[p].cell == Cell::list && layout[p].below == kNone) known = known && listed(p.table);
  }
  leaf.deep.assign(all.begin(), all.end());
  leaf.whole = known;
}

At Compiler::leaf(std::uint32_t table, Leaf leaf, NodeId id, bool whole) {
  leaf.node = id;
  if (!contested(id).empty()) leaf.readings = chosen_;
  leaf.bindings = static_cast<std::uint32_t>(plan_.bindings.size());
  plan_.bindings.push_back(bindings());
  leaf.guarded = facts_of(id);
  if (leaf.reads.empty() && leaf.test != Test::machine) {
    if (leaf.test == Test::days || leaf.test == Test::in_time) {
      for (const DayTerm* t : {&leaf.left, &leaf.right})
        if (t->slot != kNone) leaf.reads.push_back({table, t->slot});
    } else {
      leaf.reads.push_back({table, leaf.slot});
    }
  }
  if (whole) read_whole(id, leaf);
  // A list that is not the row's own, and not read as a whole, is not there to be stated.
  for (const Place& p : leaf.deep)
    leaf.whole = leaf.whole && (plan_.layout.lies_within(table, p.table) ||
                                std::find(leaf.lists.begin(), leaf.lists.end(), p.table) != leaf.lists.end());
  leaf.may_fail = (leaf.test == Test::machine || !leaf.whole) && may_fail(id);
  Step step;
  step.op = Do::test;
  step.table = table;
  step.slot = static_cast<std::uint32_t>(plan_.leaves.size());
  const bool failing = leaf.may_fail;
  plan_.leaves.push_back(std::move(leaf));
  const At out = emit(step);
  if (failing) failing_[out] = {step.slot};
  return out;
}

// Of every row.
At Compiler::ask_always(NodeId id) {
  if (!may_fail(id)) return fixed(Say::ask);
  Leaf leaf;
  leaf.always = true;
  return this->leaf(0, std::move(leaf), id, false);
}

At Compiler::test(NodeId id) {
  const ir::Node& n = program_.nodes[id];
  std::set<Place> read;
  const bool before = std::exchange(anything_, false);
  const bool known = reads(id, read);
  const bool anything = std::exchange(anything_, before);
  if (anything) return ask_always(id);
  const bool moves = !day_is_fixed_ && day_moves(id);
  if (known && read.empty() && !moves) return fixed(say(id));
  if (moves) return for_machine(id, read);
  if (std::optional<At> out = of_class(n)) return *out;
  if (known) {
    if (std::optional<At> out = by_value(id, read)) return *out;
    if (std::optional<At> out = of_set(id, n, read)) return *out;
  }
  if (std::optional<At> out = of_number(id, n)) return *out;
  if (std::optional<At> out = of_days(id, n)) return *out;
  if (std::optional<At> out = of_size(id, n)) return *out;
  return for_machine(id, read);
}

At Compiler::for_machine(NodeId id, const std::set<Place>& reads) {
  Leaf leaf;
  leaf.unknown = say(id);
  leaf.always = leaf.unknown == Say::ask;
  // Of the rows that it reads, and of those that its variables stand for.
  std::vector<std::uint32_t> tables;
  for (const Place& p : reads) tables.push_back(p.table);
  for (std::uint16_t var : variables(id))
    if (bound_[var] && bound_[var]->kind != Ref::Kind::value) tables.push_back(bound_[var]->table);
  std::uint32_t table = 0;
  for (std::uint32_t t : tables)
    if (plan_.layout.lies_within(t, table)) table = t;
  for (std::uint32_t t : tables)
    if (!plan_.layout.lies_within(table, t)) return side_by_side();
  leaf.reads.assign(reads.begin(), reads.end());
  if (!day_is_fixed_ && day_moves(id)) {
    if (!day_ || (day_->slot != kNone && !plan_.layout.lies_within(table, day_table_))) return ask_always(id);
    leaf.on_day = true;
    leaf.day_term = *day_;
    if (day_->slot != kNone) leaf.reads.push_back({day_table_, day_->slot});
    leaf.always = leaf.always || day_->slot == kNone;  // `say` did not know the day
  }
  return this->leaf(table, std::move(leaf), id);
}

// One fact of few values: what each of them comes to is known beforehand.
std::optional<At> Compiler::by_value(NodeId id, const std::set<Place>& reads) {
  if (reads.size() != 1) return std::nullopt;
  const Place place = *reads.begin();
  const Slot& slot = plan_.layout[place];
  if (!slot.fact.valid()) return std::nullopt;
  const auto with = [&](facts::State state, model::Scalar scalar) {
    return say(id, eval::Supposed{slot.fact, state, std::move(scalar), std::nullopt});
  };
  if (slot.cell == Cell::flag) {
    const Say yes = with(facts::State::known, true), no = with(facts::State::known, false);
    if (say(id) != Say::unknown || (yes != Say::yes && yes != Say::no) || (no != Say::yes && no != Say::no) ||
        yes == no)
      return std::nullopt;
    Step step;
    step.op = Do::flag;
    step.table = place.table;
    step.slot = place.slot;
    step.say = with(facts::State::absent, {});
    if (yes == Say::yes) return emit(step);
    if (step.say == Say::yes || step.say == Say::no) step.say = step.say == Say::yes ? Say::no : Say::yes;
    return opposite(emit(step));
  }
  Leaf leaf;
  leaf.test = Test::by_value;
  leaf.slot = place.slot;
  if (slot.cell == Cell::member) {
    const std::size_t n = program_.vocabulary->enums[program_.vocabulary->types[slot.type].enumeration].members.size();
    for (std::size_t i = 0; i < n; ++i) leaf.says.push_back(with(facts::State::known, model::Candidates::one(i, n)));
  } else if (slot.cell == Cell::country) {
    leaf.says.assign(26 * 26, Say::ask);
    const std::string_view all = model::assigned_countries();
    for (std::size_t i = 0; i + 1 < all.size(); i += 2)
      leaf.says[static_cast<std::size_t>((all[i] - 'A') * 26 + (all[i + 1] - 'A'))] =
          with(facts::State::known, model::Country{std::string(all.substr(i, 2))});
  } else {
    return std::nullopt;
  }
  leaf.unknown = say(id);
  leaf.absent = with(facts::State::absent, {});
  return this->leaf(place.table, std::move(leaf), id);
}

// A set and something fixed: what each member alone comes to is known beforehand.
std::optional<At> Compiler::of_set(NodeId id, const ir::Node& n, const std::set<Place>& reads) {
  if (reads.size() != 1 || (n.op != Op::in && n.op != Op::includes_any && n.op != Op::includes_all))
    return std::nullopt;
  const Place place = *reads.begin();
  const Slot& slot = plan_.layout[place];
  if (!slot.fact.valid() || (slot.cell != Cell::members && slot.cell != Cell::countries)) return std::nullopt;
  const auto stands_for_slot = [&](std::uint32_t node) {
    const std::optional<Ref> ref = resolve(NodeId(node));
    return ref && ref->kind == Ref::Kind::slot && Place{ref->table, ref->slot} == place;
  };
  Leaf leaf;
  leaf.slot = place.slot;
  // Whatever one member satisfies, all do; and what each of them satisfies.
  if (n.op == Op::in ? stands_for_slot(n.b)
                     : n.op == Op::includes_any && (stands_for_slot(n.a) || stands_for_slot(n.b))) {
    leaf.test = Test::any_of;
  } else if (n.op == Op::includes_all && stands_for_slot(n.b)) {
    leaf.test = Test::all_of;
  } else {
    return std::nullopt;
  }
  const auto with = [&](std::vector<model::Scalar> members) {
    return say(id, eval::Supposed{slot.fact, facts::State::known, {}, std::move(members)});
  };
  const model::Type& element = program_.vocabulary->types[program_.vocabulary->types[slot.type].element];
  if (slot.cell == Cell::members) {
    const std::size_t count = program_.vocabulary->enums[element.enumeration].members.size();
    for (std::size_t i = 0; i < count; ++i) leaf.says.push_back(with({model::Candidates::one(i, count)}));
  } else {
    leaf.says.assign(26 * 26, Say::ask);
    const std::string_view all = model::assigned_countries();
    for (std::size_t i = 0; i + 1 < all.size(); i += 2)
      leaf.says[static_cast<std::size_t>((all[i] - 'A') * 26 + (all[i + 1] - 'A'))] =
          with({model::Country{std::string(all.substr(i, 2))}});
  }
  leaf.unknown = say(id);
  leaf.absent = with({});
  if (leaf.absent != (leaf.test == Test::any_of ? Say::no : Say::yes)) return std::nullopt;
  return this->leaf(place.table, std::move(leaf), id);
}

std::optional<At> Compiler::of_number(NodeId id, const ir::Node& n) {
  if (!compares(n.op)) return std::nullopt;
  for (const bool first : {true, false}) {
    const std::optional<Ref> ref = resolve(NodeId(first ? n.a : n.b));
    if (!ref || ref->kind != Ref::Kind::slot) continue;
    const Slot& slot = plan_.layout.slots[ref->table][ref->slot];
    if (slot.cell != Cell::number) continue;
    const std::optional<model::Scalar> other = value(NodeId(first ? n.b : n.a));
    if (!other) return std::nullopt;
    const auto* range = std::get_if<model::NumberRange>(&*other);
    if (range == nullptr || !range->exact()) return std::nullopt;
    Rational bound = *range->lo;
    const model::Type& type = program_.vocabulary->types[slot.type];
    if (type.kind == TypeKind::quantity) {
      const auto unit = program_.vocabulary->units.parse(type.name);
      const auto scaled = unit && unit->factor.sign() > 0 ? bound.div(unit->factor) : bound.div(Rational(0));
      if (!scaled) return std::nullopt;
      bound = *scaled;
    }
    Leaf leaf;
    leaf.slot = ref->slot;
    leaf.op = first ? n.op : flipped(n.op);
    const std::optional<Decimal> decimal = as_decimal(bound);
    leaf.test = decimal ? Test::number : Test::exact;
    if (decimal) leaf.decimal = *decimal;
    leaf.rational = bound;
    leaf.unknown = say(id);
    return this->leaf(ref->table, std::move(leaf), id);
  }
  return std::nullopt;
}

std::optional<DayTerm> Compiler::day_term(NodeId id, std::optional<std::uint32_t>& table) {
  const ir::Node& n = program_.nodes[id];
  if (const std::optional<Ref> ref = resolve(id)) {
    DayTerm out;
    if (ref->kind == Ref::Kind::value) {
      const auto* day = std::get_if<Date>(&ref->value);
      if (day == nullptr) return std::nullopt;
      out.day = *day;
      return out;
    }
    if (ref->kind != Ref::Kind::slot || plan_.layout.slots[ref->table][ref->slot].cell != Cell::day)
      return std::nullopt;
    if (table && *table != ref->table) return std::nullopt;
    table = ref->table;
    out.slot = ref->slot;
    return out;
  }
  if (n.op != Op::add && n.op != Op::sub) return std::nullopt;
  NodeId date(n.a), by(n.b);
  std::optional<model::Scalar> moved = value(by);
  if (n.op == Op::add && !(moved && std::holds_alternative<Duration>(*moved))) {
    std::swap(date, by);
    moved = value(by);
  }
  const auto* duration = moved ? std::get_if<Duration>(&*moved) : nullptr;
  constexpr std::int64_t kDay = 86'400, kMostDays = 1'000'000;
  constexpr std::int32_t kMostMonths = 12'000;
  if (duration == nullptr || duration->seconds % kDay != 0) return std::nullopt;
  const std::int64_t days = duration->seconds / kDay;
  if (days > kMostDays || days < -kMostDays || duration->months > kMostMonths || duration->months < -kMostMonths)
    return std::nullopt;
  std::optional<DayTerm> out = day_term(date, table);
  if (!out || out->months != 0 || out->days != 0) return std::nullopt;
  const int sign = n.op == Op::sub ? -1 : 1;
  out->months = sign * duration->months;
  out->days = sign * static_cast<std::int32_t>(days);
  return out;
}

std::optional<At> Compiler::of_days(NodeId id, const ir::Node& n) {
  if (!compares(n.op) && n.op != Op::within) return std::nullopt;
  std::optional<std::uint32_t> table;
  const std::optional<DayTerm> left = day_term(NodeId(n.a), table);
  if (!left) return std::nullopt;
  const std::optional<DayTerm> right = day_term(NodeId(n.b), table);
  if (!right || !table) return std::nullopt;
  Leaf leaf;
  leaf.test = n.op == Op::within ? Test::in_time : Test::days;
  leaf.op = n.op;
  leaf.left = *left;
  leaf.right = *right;
  leaf.day = plan_.options.as_of;
  leaf.unknown = say(id);
  if (leaf.unknown != Say::unknown && leaf.unknown != Say::risky) return std::nullopt;
  return this->leaf(*table, std::move(leaf), id);
}

std::optional<At> Compiler::of_size(NodeId id, const ir::Node& n) {
  if (!compares(n.op)) return std::nullopt;
  for (const bool first : {true, false}) {
    const ir::Node& side = program_.nodes[NodeId(first ? n.a : n.b)];
    if (side.op != Op::size) continue;
    const std::optional<Ref> ref = resolve(NodeId(side.a));
    const std::optional<model::Scalar> other = value(NodeId(first ? n.b : n.a));
    const auto* range = other ? std::get_if<model::NumberRange>(&*other) : nullptr;
    if (!ref || ref->kind != Ref::Kind::slot || range == nullptr || !range->exact()) return std::nullopt;
    const Slot& slot = plan_.layout.slots[ref->table][ref->slot];
    const bool listed = slot.cell == Cell::list && slot.below != kNone;
    const std::optional<Decimal> bound = as_decimal(*range->lo);
    if (!bound || (!listed && slot.cell != Cell::members && slot.cell != Cell::countries)) return std::nullopt;
    Leaf leaf;
    leaf.test = Test::size;
    leaf.slot = ref->slot;
    leaf.op = first ? n.op : flipped(n.op);
    leaf.decimal = *bound;
    leaf.unknown = say(id);
    return this->leaf(ref->table, std::move(leaf), id);
  }
  return std::nullopt;
}

// A classification against some of its members: the first branch that holds says which member it is.
std::optional<At> Compiler::of_class(const ir::Node& n) {
  if (n.op != Op::at_least && n.op != Op::eq && n.op != Op::ne) return std::nullopt;
  const ir::Node& side = program_.nodes[NodeId(n.a)];
  if (side.op != Op::classify) return std::nullopt;
  const ir::Class& c = program_.classes[ir::ClassId(side.a)];
  const std::size_t members = program_.vocabulary->enums[c.enumeration].members.size();
  std::vector<bool> wanted(members, false);
  if (n.op == Op::at_least) {
    for (std::size_t i = 0; i < members; ++i)
      wanted[i] = i / 32 < n.c && ((program_.lists[n.b + i / 32] >> (i % 32)) & 1U) != 0;
  } else {
    const std::optional<model::Scalar> other = value(NodeId(n.b));
    const auto* one = other ? std::get_if<model::Candidates>(&*other) : nullptr;
    if (one == nullptr || one->single() < 0 || one->possible.size() != members) return std::nullopt;
    wanted[static_cast<std::size_t>(one->single())] = true;
  }
  constexpr std::size_t kMostBranches = 63;
  if (c.branches.size() > kMostBranches) return std::nullopt;
  const auto before = bind(c.params, list(side.b, side.c));
  if (!before) return std::nullopt;
  std::vector<At> conditions;
  std::uint64_t bits = 0;
  const auto add = [&](At when, std::size_t member) {
    if (wanted[member]) bits |= std::uint64_t{1} << conditions.size();
    conditions.push_back(when);
  };
  if (c.within.valid()) add(opposite(scope(c.within)), members - 1);
  for (const ir::Branch& b : c.branches) add(condition(b.when), b.member);
  restore(*before);
  std::uint32_t table = 0;
  for (const At& a : conditions)
    if (plan_.layout.lies_within(a.table, table)) table = a.table;
  for (const At& a : conditions)
    if (!plan_.layout.lies_within(table, a.table)) return fixed(Say::ask);
  std::vector<std::uint32_t> args;
  for (const At& a : conditions) args.push_back(wide(a, table).mask);
  Step step;
  step.op = Do::first_match;
  step.table = table;
  step.bits = bits;
  const At out = emit(step, args);
  return n.op == Op::ne ? opposite(out) : out;
}

}  // namespace writ::columns
