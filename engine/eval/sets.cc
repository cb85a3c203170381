// Sets: fact sets, literals, dated named sets, algebra, membership. Membership of a country's part follows the country
// unless the part is named itself; a country tested against a set that names only a part of it is unknown.
#include <algorithm>
#include <map>

#include "engine/base/names.h"
#include "engine/eval/machine.h"
#include "engine/eval/numbers.h"

namespace writ::eval {

using ir::NodeId;
using ir::Op;
using model::Scalar;

namespace {

const Listed* find(const SetValue& set, const Scalar& scalar) {
  if (!set.places.empty()) {
    const auto* country = std::get_if<model::Country>(&scalar);
    const auto place = country != nullptr ? set.places.find(country->code) : set.places.end();
    return place != set.places.end() ? &set.listed[place->second] : nullptr;
  }
  const auto it =
      std::find_if(set.listed.begin(), set.listed.end(), [&](const Listed& m) { return m.scalar == scalar; });
  return it == set.listed.end() ? nullptr : &*it;
}

// From this size on, looking up is faster than looking through.
constexpr std::size_t kIndexed = 12;

void index(SetValue& set) {
  const auto is_country = [](const Listed& m) { return std::holds_alternative<model::Country>(m.scalar); };
  if (set.listed.size() < kIndexed || !std::all_of(set.listed.begin(), set.listed.end(), is_country)) return;
  for (std::uint32_t i = 0; i < set.listed.size(); ++i)
    set.places.emplace(std::get<model::Country>(set.listed[i].scalar).code, i);
}

Value set_value(SetValue set, Blame blame) {
  index(set);
  Value v = Value::of(Scalar{}, std::move(blame));
  v.set = std::make_shared<const SetValue>(std::move(set));
  return v;
}

// Membership of what is only partly known: true when every possible value is a member, false when none can be.
Truth contains_any_of(const SetValue& set, const Value& element) {
  if (const auto* members = std::get_if<model::Candidates>(&element.scalar)) {
    std::optional<Truth> all;
    for (std::size_t i = 0; i < members->possible.size(); ++i) {
      if (!members->possible[i]) continue;
      const Truth t = contains(set, model::Candidates::one(i, members->possible.size()));
      if (all && *all != t) return Truth::maybe(all->is_error() || t.is_error() || all->may_error || t.may_error);
      all = t;
    }
    return all.value_or(Truth::maybe());
  }
  const auto* range = std::get_if<model::NumberRange>(&element.scalar);
  Truth out = set.others.is_false() ? Truth::no() : Truth::maybe(set.others.is_error() || set.others.may_error);
  for (const Listed& m : set.listed) {
    const auto* number = std::get_if<model::NumberRange>(&m.scalar);
    const Truth equal = range != nullptr && number != nullptr ? compare(Op::eq, *range, *number) : Truth::maybe();
    out = or_(out, and_(m.in, equal));
  }
  return out;
}

}  // namespace

namespace {

Truth combined(Op op, Truth x, Truth y) {
  if (op == Op::set_union) return or_(x, y);
  return and_(x, op == Op::set_minus ? not_(y) : y);
}

}  // namespace

namespace {

/// A name on a list: listed under this spelling, perhaps listed under one that is near, or not listed.
Truth contains_name(const SetValue& set, const Scalar& scalar) {
  const auto* name = std::get_if<std::string>(&scalar);
  if (name == nullptr) return set.others;
  const std::string folded = folded_name(*name);
  Truth out = set.others;
  for (const Listed& m : set.listed) {
    const auto* listed = std::get_if<std::string>(&m.scalar);
    if (listed == nullptr) continue;
    if (folded_name(*listed) == folded) return m.in;
    if (!m.in.is_false() && near_names(*listed, *name)) out = or_(out, Truth::maybe());
  }
  return out;
}

}  // namespace

Truth contains(const SetValue& set, const Scalar& scalar) {
  if (set.names) return contains_name(set, scalar);
  if (set.left) return combined(set.op, contains(*set.left, scalar), contains(*set.right, scalar));
  if (const Listed* m = find(set, scalar)) return m->in;
  const auto* country = std::get_if<model::Country>(&scalar);
  if (country == nullptr) return set.others;
  if (country->code.find('-') != std::string::npos) {
    const Listed* whole = find(set, model::Country{country_of(country->code)});
    return whole != nullptr ? whole->in : set.others;
  }
  Truth out = set.others;
  for (const Listed& m : set.listed) {
    const auto* part = std::get_if<model::Country>(&m.scalar);
    if (part != nullptr && country_of(part->code) == country->code && !m.in.is_false())
      out = or_(out, Truth::maybe(m.in.is_error() || m.in.may_error));
  }
  return out;
}

Value Machine::set_operand(NodeId node) {
  Value v = eval(node);
  if (v.absent()) return set_value({}, std::move(v.blame));  // stated that there are none
  if (v.unknown()) {
    // Nothing is known of it: any scalar may be a member.
    SetValue set;
    set.others = Truth::maybe(v.may_error);
    return set_value(std::move(set), std::move(v.blame));
  }
  return v;
}

Value Machine::set_of(const facts::Fact& fact, facts::FactId id) {
  SetValue set;
  if (fact.incomplete) set.others = Truth::maybe();
  Blame blame;
  blame.because = {id};
  if (fact.incomplete) blame.missing = {id};
  for (facts::FactId child : fact.children) {
    const facts::Fact& member = document[child];
    if (member.state == facts::State::known && is_exact(member.scalar)) {
      if (find(set, member.scalar) == nullptr) set.listed.push_back({member.scalar, Truth::yes()});
    } else {
      set.others = Truth::maybe();
      blame.missing.push_back(child);
    }
  }
  Value v = set_value(std::move(set), std::move(blame));
  v.fact = id;
  return v;
}

Value Machine::set_literal(const ir::Node& node) {
  SetValue set;
  BlameSum sum;
  for (NodeId n : list(node.a, node.b)) {
    const Value v = strict(n);
    sum.add(v.blame);
    if (v.known()) {
      if (find(set, v.scalar) == nullptr) set.listed.push_back({v.scalar, Truth::yes()});
    } else {
      set.others = Truth::maybe(set.others.may_error || v.may_error || v.error());
    }
  }
  return set_value(std::move(set), sum.take());
}

bool Machine::factless(NodeId id) const {
  const ir::Node& node = program.nodes[id];
  switch (node.op) {
    case Op::constant: return true;
    case Op::named_set: {
      const ir::Set& set = program.sets[ir::SetId(node.a)];
      return !set.algebra.valid() || factless(set.algebra);
    }
    case Op::set_union:
    case Op::set_minus:
    case Op::set_intersect: return factless(NodeId(node.a)) && factless(NodeId(node.b));
    case Op::set_literal: {
      const std::vector<NodeId> all = list(node.a, node.b);
      return std::all_of(all.begin(), all.end(), [&](NodeId n) { return factless(n); });
    }
    default: return false;
  }
}

bool Machine::varies(const ir::Set& set) const {
  if (set.algebra.valid()) {
    // INVARIANT: asked only of algebra over named sets and constants.
    std::vector<NodeId> open{set.algebra};
    while (!open.empty()) {
      const ir::Node node = program.nodes[open.back()];
      open.pop_back();
      if (node.op == Op::named_set && varies(program.sets[ir::SetId(node.a)])) return true;
      if (node.op == Op::set_union || node.op == Op::set_minus || node.op == Op::set_intersect)
        open.insert(open.end(), {NodeId(node.a), NodeId(node.b)});
    }
    return false;
  }
  const auto always = [](const ir::SetEntry& e) { return e.days == DayInterval{}; };
  return set.known != DayInterval{} || !std::all_of(set.entries.begin(), set.entries.end(), always);
}

Value Machine::named_set(ir::SetId id) {
  const ir::Set& named = program.sets[id];
  if (named.algebra.valid() && !factless(named.algebra)) return members(named);
  if (!day_.known()) {
    // Of a day that nobody knows only the blame differs.
    if (options.plan == nullptr || day_.error()) return members(named);
    const Plan::Day day = day_.may_error ? Plan::Day::failing : Plan::Day::unknown;
    const Value* kept = options.plan->members(id, day);
    Value out = kept != nullptr
                    ? *kept
                    : options.plan->keep_members(
                          id, day, on(Value::maybe({}, {}, day_.may_error), [&] { return members(named); }));
    if (!varies(named)) return out;
    BlameSum sum;
    sum.add(day_.blame);
    sum.add(out.blame);
    out.blame = sum.take();
    return out;
  }
  const Date day = std::get<Date>(day_.scalar);
  const auto compute = [&] { return on(Value::of(model::Scalar(day)), [&] { return members(named); }); };
  Value out;
  if (options.plan != nullptr) {
    const Plan::Stretch stretch = options.plan->stretch(id, day);
    const Value* kept = options.plan->members(id, stretch.first);
    out = kept != nullptr ? *kept : options.plan->keep_members(id, stretch.first, compute());
    if (!stretch.known) out.blame = missing_law(id, day);  // it names the day
  } else {
    const auto cached = set_cache_.find({id, day});
    out = cached != set_cache_.end() ? cached->second : compute();
    if (cached == set_cache_.end()) set_cache_.emplace(std::pair(id, day), out);
  }
  if (!day_.blame.because.empty() && varies(named)) {
    BlameSum sum;
    sum.because(day_.blame);
    sum.add(out.blame);
    out.blame = sum.take();
  }
  return out;
}

std::string not_supplied(const std::string& name, const ir::Supplied& supplied) {
  if (!supplied.file.empty()) return "`" + name + "` could not be read from " + supplied.file;
  return "`" + name + "` is not supplied: --table " + name + "=FILE.csv";
}

namespace {

MissingLaw not_known_on(const ir::Set& named, Date day) {
  const bool before = day < named.known.from;
  return {"`" + named.name + "` is known " +
              (before ? "from " + named.known.from.text() : "until " + named.known.last.text()) + ", not on " +
              day.text(),
          named.span};
}

}  // namespace

Blame Machine::missing_law(ir::SetId id, Date day) const {
  BlameSum sum;
  std::vector<NodeId> open;
  const auto add = [&](ir::SetId set_id) {
    const ir::Set& set = program.sets[set_id];
    Blame one;
    if (set.algebra.valid()) {
      open.push_back(set.algebra);
    } else if (set.supplied.declared && set.supplied.digest.empty()) {
      one.law.push_back({not_supplied(set.name, set.supplied), set.span});
    } else if (!set.known.contains(day)) {
      one.law.push_back(not_known_on(set, day));
    }
    sum.add(one);
  };
  add(id);
  while (!open.empty()) {
    const ir::Node node = program.nodes[open.back()];
    open.pop_back();
    if (node.op == Op::named_set) add(ir::SetId(node.a));
    if (node.op == Op::set_union || node.op == Op::set_minus || node.op == Op::set_intersect)
      open.insert(open.end(), {NodeId(node.b), NodeId(node.a)});  // the left one first
  }
  return sum.take();
}

Value Machine::members(const ir::Set& named) {
  if (named.algebra.valid()) return set_operand(named.algebra);
  if (named.supplied.declared && named.supplied.digest.empty()) {
    SetValue anything;
    anything.others = Truth::maybe();
    Blame blame;
    blame.law.push_back({not_supplied(named.name, named.supplied), named.span});
    return set_value(std::move(anything), std::move(blame));
  }
  std::vector<DayInterval> intervals{named.known};
  for (const ir::SetEntry& e : named.entries) intervals.push_back(e.days);
  const bool by_days = varies(named);

  // Membership on one day; on several only where it is the same on each of them.
  const auto on_days = [&](const auto& on_day) {
    if (!by_days) return on_day(options.as_of);
    if (day_.known()) return on_day(std::get<Date>(day_.scalar));
    std::optional<Truth> all;
    for (Date d : representative_days(intervals)) {
      const Truth t = on_day(d);
      if (all && *all != t) return day_.error() ? Truth::failed() : Truth::maybe(day_.may_error);
      all = t;
    }
    return *all;
  };
  const auto known_on = [&](Date d) { return named.known.contains(d); };

  SetValue set;
  set.names = named.supplied.declared && program.vocabulary->types[named.element].kind == model::TypeKind::text;
  set.others = on_days([&](Date d) { return known_on(d) ? Truth::no() : Truth::maybe(); });
  // The days of each member; supplied lists are long, and hold names in several spellings of upper and lower case.
  std::vector<const Scalar*> order;
  std::vector<std::vector<DayInterval>> days;
  std::map<std::string, std::size_t> by_name;
  for (const ir::SetEntry& entry : named.entries) {
    std::size_t at = order.size();
    if (const auto* name = std::get_if<std::string>(&entry.member); name != nullptr) {
      at = by_name.emplace(set.names ? folded_name(*name) : *name, at).first->second;
    } else {
      const auto same = [&](const Scalar* other) { return *other == entry.member; };
      at = static_cast<std::size_t>(std::find_if(order.begin(), order.end(), same) - order.begin());
    }
    if (at == order.size()) {
      order.push_back(&entry.member);
      days.emplace_back();
    }
    days[at].push_back(entry.days);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Truth in = on_days([&](Date d) {
      if (!known_on(d)) return Truth::maybe();
      return Truth::of(
          std::any_of(days[i].begin(), days[i].end(), [&](const DayInterval& e) { return e.contains(d); }));
    });
    set.listed.push_back({*order[i], in});
  }

  Blame blame;
  if (by_days) blame = day_.blame;
  if (day_.known() && !known_on(std::get<Date>(day_.scalar)) && named.known != DayInterval{}) {
    blame.law.push_back(not_known_on(named, std::get<Date>(day_.scalar)));
  }
  return set_value(std::move(set), std::move(blame));
}

Value Machine::set_algebra(const ir::Node& node) {
  const Value a = set_operand(NodeId(node.a)), b = set_operand(NodeId(node.b));
  if (a.error() || b.error()) return Value::failed(together(a, b));
  SetValue out;
  out.op = node.op;
  out.left = a.set;
  out.right = b.set;
  out.others = combined(node.op, a.set->others, b.set->others);
  for (const SetValue* set : {a.set.get(), b.set.get()})
    for (const Listed& m : set->listed)
      if (find(out, m.scalar) == nullptr) out.listed.push_back({m.scalar, contains(out, m.scalar), m.implied});
  // An element may be the whole country of a part: what is said of it follows from both sides, and not from the part.
  for (std::size_t i = 0, named = out.listed.size(); i < named; ++i) {
    const auto* part = std::get_if<model::Country>(&out.listed[i].scalar);
    if (part == nullptr) continue;
    const Scalar whole = model::Country{country_of(part->code)};
    if (find(out, whole) == nullptr) out.listed.push_back({whole, contains(out, whole), true});
  }
  return set_value(std::move(out), together(a, b));
}

Value Machine::membership(const ir::Node& node) {
  const Value element = strict(NodeId(node.a));
  const Value set = set_operand(NodeId(node.b));
  Truth t = Truth::maybe();
  if (set.known() && element.known()) t = contains(*set.set, element.scalar);
  if (set.known() && element.unknown()) t = contains_any_of(*set.set, element);
  Value out = strictly(t, {}, element, set);
  // A country is too coarse for a set that names only a part of it: asked again, more finely.
  if (out.unknown() && element.known() && out.blame.missing.empty() && out.blame.law.empty())
    out.blame.missing = element.blame.because;
  return out;
}

Value Machine::includes(const ir::Node& node) {
  const Value a = set_operand(NodeId(node.a)), b = set_operand(NodeId(node.b));
  if (!a.known() || !b.known()) return strictly(Truth::maybe(), {}, a, b);
  // Members that are not listed, where there may be any.
  const auto unlisted = [](const SetValue& set) {
    return set.others.is_false() ? Truth::no() : Truth::maybe(set.others.may_error || set.others.is_error());
  };
  Truth t;
  if (node.op == Op::includes_all) {
    t = not_(and_(unlisted(*b.set), Truth::maybe()));
    for (const Listed& m : b.set->listed)
      if (!m.implied) t = and_(t, or_(not_(m.in), contains(*a.set, m.scalar)));
  } else {
    t = and_(unlisted(*a.set), unlisted(*b.set));
    for (const SetValue* set : {a.set.get(), b.set.get()})
      for (const Listed& m : set->listed) t = or_(t, and_(contains(*a.set, m.scalar), contains(*b.set, m.scalar)));
  }
  return strictly(t, {}, a, b);
}

}  // namespace writ::eval
