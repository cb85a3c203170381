// count, sum, min, max, share and size: ranges over what is possible, exact when everything is known.
#include <algorithm>

#include "engine/eval/machine.h"
#include "engine/eval/numbers.h"

namespace writ::eval {

using ir::NodeId;
using ir::Op;
using model::Money;
using model::NumberRange;
using model::Scalar;
using model::TypeKind;

namespace {

// One member that counts, or may count.
struct Share {
  bool certain = false;  // it is there and satisfies the condition
  Value value;           // what is summed or compared
};

struct Pool {
  std::vector<Share> shares;
  bool open_ended = false;  // any number of further members
  bool unknown = false, error = false, may_error = false;
  std::uint64_t stated = 0;  // members that are certainly in the list, satisfying or not
  BlameSum blame;
};

bool same_currency(const std::vector<Share>& shares) {
  const std::string* currency = nullptr;
  for (const Share& s : shares) {
    const auto* m = std::get_if<Money>(&s.value.scalar);
    if (m == nullptr) return false;
    if (currency != nullptr && *currency != m->currency) return false;
    currency = &m->currency;
  }
  return true;
}

NumberRange range_of(const Value& v) {
  if (const auto* n = std::get_if<NumberRange>(&v.scalar)) return *n;
  if (const auto* m = std::get_if<Money>(&v.scalar)) return m->amount;
  return {};
}

struct Total {
  NumberRange range;
  bool may_error = false;
  bool error = false;
};

Total total(const Pool& pool) {
  Total out{NumberRange::exactly(0), false, false};
  const auto add = [&](const NumberRange& r) {
    const Calculated c = calculate(Op::add, out.range, r);
    out.error = out.error || c.error.has_value();
    out.may_error = out.may_error || c.may_error;
    out.range = c.range;
  };
  for (const Share& s : pool.shares) {
    NumberRange r = range_of(s.value);
    if (!s.certain) r = std::get<NumberRange>(hull(Scalar(r), Scalar(NumberRange::exactly(0))));
    add(r);
  }
  return out;
}

// The least (sign 1) or greatest (sign -1) of the members, as the least of their negatives.
NumberRange least(const Pool& pool, int sign, bool& empty_possible) {
  NumberRange out;
  bool bounded = true, first = true, certain = false;
  for (const Share& s : pool.shares) {
    const NumberRange r = sign > 0 ? range_of(s.value) : negate(range_of(s.value));
    if (!r.lo) bounded = false;
    if (r.lo && bounded && (first || *r.lo < *out.lo)) out.lo = r.lo;
    first = false;
    if (!s.certain) continue;
    if (r.hi && (!out.hi || *r.hi < *out.hi)) out.hi = r.hi;
    certain = true;
  }
  empty_possible = !certain;
  if (!certain) out.hi.reset();
  if (!certain && bounded) {  // whichever exist: no more than the greatest of them
    bool all = !pool.shares.empty();
    std::optional<Rational> most;
    for (const Share& s : pool.shares) {
      const NumberRange r = sign > 0 ? range_of(s.value) : negate(range_of(s.value));
      if (!r.hi) all = false;
      if (all && (!most || *r.hi > *most)) most = r.hi;
    }
    if (all) out.hi = most;
  }
  if (!bounded) out.lo.reset();
  return sign > 0 ? out : negate(out);
}

}  // namespace

Value Machine::aggregate(ir::NodeId id, const ir::Node& node) {
  const NodeId where(node.b), body(node.c);
  const Elements members = elements(NodeId(node.a));
  if (members.list.error()) return Value::failed(members.list.blame);
  const bool counts = node.op == Op::count || node.op == Op::share;
  Pool pool;
  pool.blame.because(members.list.blame);

  for (const Element& member : members.all) {
    if (member.repeated && !member.repeated_perhaps) continue;
    Guards held;
    Value filter, value;
    with(node.var, member, [&] {
      guards(where, true, held);
      filter = condition(where);
      if (!counts) value = guarded(held, [&] { return strict(body); });
      return Value{};
    });
    if (!member.phantom && !member.repeated_perhaps) ++pool.stated;
    if (filter.known() && !std::get<bool>(filter.scalar)) {
      pool.blame.because(filter.blame);
      continue;
    }
    if (member.phantom) {
      pool.open_ended = pool.unknown = true;
      pool.may_error = pool.may_error || filter.may_error || filter.error() || value.may_error || value.error();
      pool.blame.missing(members.list.blame);
    } else {
      pool.unknown = pool.unknown || member.repeated_perhaps || filter.unknown() || (!counts && value.unknown());
      pool.error = pool.error || filter.error() || (!counts && value.error());
      pool.may_error = pool.may_error || filter.may_error || (!counts && value.may_error);
      pool.blame.add(filter.blame);
      if (!counts) pool.blame.add(value.blame);
    }
    pool.shares.push_back({filter.known() && !member.phantom && !member.repeated_perhaps, std::move(value)});
  }

  // Unknown beats error; an error among unknowns stays possible.
  if (pool.error && !pool.unknown) return Value::failed(pool.blame.take());
  bool may_error = pool.may_error || pool.error;
  const auto certain = static_cast<std::int64_t>(
      std::count_if(pool.shares.begin(), pool.shares.end(), [](const Share& s) { return s.certain; }));
  const auto possible = static_cast<std::int64_t>(pool.shares.size());
  const auto fail = [&](std::string why) {
    report(std::move(why), span_of(id));
    return Value::failed(pool.blame.take());
  };

  if (counts) {
    NumberRange n{Rational(certain), Rational(possible), false, false};
    if (node.op == Op::count) {
      if (pool.open_ended) n.hi.reset();
      return shaped(n, pool.blame.take(), may_error);
    }
    const auto all = static_cast<std::int64_t>(pool.stated);
    // INVARIANT: a phantom that can satisfy nothing still makes the whole larger.
    if (!members.complete) {
      pool.blame.missing(members.list.blame);
      return Value::maybe(NumberRange{Rational(0), Rational(1), false, false}, pool.blame.take(),
                          may_error || all == 0);
    }
    if (all == 0) return fail("the share of an empty list");
    return shaped(NumberRange{*Rational::fraction(certain, all), *Rational::fraction(possible, all), false, false},
                  pool.blame.take(), may_error);
  }

  const TypeKind kind = kind_of(body);
  if (kind == TypeKind::date || kind == TypeKind::instant || kind == TypeKind::duration) {
    if (possible == 0) return fail("the least or greatest of an empty list");
    if (pool.unknown) return Value::maybe({}, pool.blame.take(), may_error || certain == 0);
    Value best = pool.shares.front().value;
    for (const Share& s : pool.shares) {
      const Value less = compare_values(node.op == Op::min ? Op::lt : Op::gt, s.value, best, false, false);
      if (less.error()) return fail("these durations do not compare: months and days have no fixed ratio");
      if (less.known() && std::get<bool>(less.scalar)) best = s.value;
    }
    return Value::of(best.scalar, pool.blame.take());
  }

  const bool money = kind == TypeKind::money;
  if (money && !same_currency(pool.shares)) {
    Blame blame = pool.blame.take();
    // Amounts that are merely unknown may well be in one currency; known ones in several need a table.
    if (blame.missing.empty())
      blame.law.push_back({"no table of exchange rates between the currencies that are summed", span_of(id)});
    return Value::maybe({}, std::move(blame), may_error);
  }
  NumberRange range;
  bool open_error = may_error;
  if (node.op == Op::sum) {
    const Total t = total(pool);
    if (t.error && !pool.unknown) return fail("the number is too large");
    open_error = open_error || t.error || t.may_error;
    range = t.error ? NumberRange{} : t.range;
    // Further members add what one of them may be, any number of times.
    if (pool.open_ended) {
      const NumberRange more = range_of(pool.shares.back().value);
      if (!more.lo || more.lo->sign() < 0) range.lo.reset();
      if (!more.hi || more.hi->sign() > 0) range.hi.reset();
    }
  } else {
    if (possible == 0) return fail("the least or greatest of an empty list");
    bool empty_possible = false;
    range = least(pool, node.op == Op::min ? 1 : -1, empty_possible);
    open_error = open_error || empty_possible;
  }
  Scalar scalar = range;
  if (money) {
    const auto* m = pool.shares.empty() ? nullptr : std::get_if<Money>(&pool.shares.front().value.scalar);
    scalar = Money{range, m != nullptr ? m->currency : std::string{}};
  }
  return shaped(std::move(scalar), pool.blame.take(), open_error);
}

Value Machine::size(const ir::Node& node) {
  const Value raw = eval(NodeId(node.a));
  if (raw.error()) return Value::failed(raw.blame);
  if (program.nodes[NodeId(node.a)].op == Op::ancestors) {
    const Elements members = elements(NodeId(node.a));
    const auto once = static_cast<std::int64_t>(std::count_if(
        members.all.begin(), members.all.end(), [](const Element& e) { return !e.phantom && !e.repeated; }));
    if (members.complete) return shaped(NumberRange::exactly(Rational(once)), members.list.blame, false);
    // Those that are not named may all be one.
    return shaped(NumberRange{Rational(std::min<std::int64_t>(once, 1)), {}, false, false}, members.list.blame, false);
  }
  if (raw.set) {
    NumberRange n{Rational(0), Rational(0), false, false};
    std::int64_t lo = 0, hi = 0;
    bool may_error = raw.set->others.may_error || raw.set->others.is_error();
    for (const Listed& m : raw.set->listed) {
      if (m.implied) continue;
      if (m.in.is_true()) ++lo;
      if (!m.in.is_false()) ++hi;
      may_error = may_error || m.in.is_error() || m.in.may_error;
    }
    n.lo = Rational(lo);
    n.hi = Rational(hi);
    if (!raw.set->others.is_false()) n.hi.reset();
    return shaped(n, raw.blame, may_error);
  }
  const Elements members = elements(NodeId(node.a));
  const auto certain = static_cast<std::int64_t>(
      std::count_if(members.all.begin(), members.all.end(), [](const Element& e) { return !e.phantom; }));
  NumberRange n{Rational(certain), Rational(certain), false, false};
  if (!members.complete) n.hi.reset();
  return shaped(n, members.list.blame, raw.may_error);
}

}  // namespace writ::eval
