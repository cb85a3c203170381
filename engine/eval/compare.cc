// Comparisons of values: by ranges and candidates, money only within one currency, countries with their parts.
#include <algorithm>
#include <array>

#include "engine/eval/machine.h"
#include "engine/eval/numbers.h"

namespace writ::eval {

using ir::Op;
using model::Candidates;
using model::Money;
using model::NumberRange;
using model::TypeKind;

Value strictly(Truth decided, Blame law, const Value& a, const Value& b) {
  Blame blame = together(a, b);
  blame.law.insert(blame.law.end(), law.law.begin(), law.law.end());
  if (a.unknown() || b.unknown()) {
    if (a.may_error || b.may_error || a.error() || b.error()) decided = Truth::maybe(true);
  } else if (a.error() || b.error()) {
    decided = Truth::failed();
  }
  if (!decided.is_unknown()) {
    blame.missing.clear();
    blame.law.clear();
  }
  return Value::of(decided, std::move(blame));
}

std::string country_of(const std::string& code) { return code.substr(0, code.find('-')); }

Truth country_equal(const std::string& a, const std::string& b) {
  if (a == b) return Truth::yes();
  if (country_of(a) != country_of(b)) return Truth::no();
  const bool both_parts = a.find('-') != std::string::npos && b.find('-') != std::string::npos;
  return both_parts ? Truth::no() : Truth::maybe();
}

namespace {

Truth compare_members(const Candidates& a, const Candidates& b) {
  bool overlap = false;
  for (std::size_t i = 0; i < std::min(a.possible.size(), b.possible.size()); ++i)
    overlap = overlap || (a.possible[i] && b.possible[i]);
  if (!overlap) return Truth::no();
  return a.single() >= 0 && b.single() >= 0 ? Truth::yes() : Truth::maybe();
}

// Months have 28 to 31 days: a duration is a range of seconds, exact when it has no months.
NumberRange seconds(const Duration& d) {
  const std::int64_t day = 86'400;
  const Rational lo = Rational(d.seconds + std::int64_t{d.months} * 28 * day),
                 hi = Rational(d.seconds + std::int64_t{d.months} * 31 * day);
  return {std::min(lo, hi), std::max(lo, hi), false, false};
}

Truth compare_durations(Op op, const Duration& a, const Duration& b) {
  if (a.seconds == b.seconds) return compare(op, NumberRange::exactly(a.months), NumberRange::exactly(b.months));
  if (a.months == b.months) return compare(op, NumberRange::exactly(a.seconds), NumberRange::exactly(b.seconds));
  const Truth t = compare(op, seconds(a), seconds(b));
  return t.is_unknown() ? Truth::failed() : t;
}

// Two known or partly known scalars of one type. `law`: what is missing for an answer.
Truth compare_scalars(Op op, const model::Scalar& a, const model::Scalar& b, Blame& law) {
  if (std::holds_alternative<std::monostate>(a) || std::holds_alternative<std::monostate>(b)) return Truth::maybe();
  if (const auto *x = std::get_if<NumberRange>(&a), *y = std::get_if<NumberRange>(&b); x && y)
    return compare(op, *x, *y);
  if (const auto *x = std::get_if<Money>(&a), *y = std::get_if<Money>(&b); x && y) {
    const auto zero = [](const Money& m) { return m.amount.exact() && m.amount.lo->is_zero(); };
    if (x->currency == y->currency || zero(*x) || zero(*y)) return compare(op, x->amount, y->amount);
    law.law.push_back({"no table of exchange rates between " + std::min(x->currency, y->currency) + " and " +
                           std::max(x->currency, y->currency),
                       {}});
    return Truth::maybe();
  }
  if (const auto *x = std::get_if<Candidates>(&a), *y = std::get_if<Candidates>(&b); x && y)
    return op == Op::ne ? not_(compare_members(*x, *y)) : compare_members(*x, *y);
  if (const auto *x = std::get_if<model::Country>(&a), *y = std::get_if<model::Country>(&b); x && y) {
    const Truth t = country_equal(x->code, y->code);
    return op == Op::ne ? not_(t) : t;
  }
  if (const auto *x = std::get_if<bool>(&a), *y = std::get_if<bool>(&b); x && y) return compare_exact(op, *x, *y);
  if (const auto *x = std::get_if<Date>(&a), *y = std::get_if<Date>(&b); x && y) return compare_exact(op, *x, *y);
  if (const auto *x = std::get_if<Instant>(&a), *y = std::get_if<Instant>(&b); x && y) return compare_exact(op, *x, *y);
  if (const auto *x = std::get_if<Duration>(&a), *y = std::get_if<Duration>(&b); x && y)
    return compare_durations(op, *x, *y);
  if (const auto *x = std::get_if<std::string>(&a), *y = std::get_if<std::string>(&b); x && y)
    return compare_exact(op, *x, *y);
  // INVARIANT: the checker compares like with like.
  WRIT_CHECK(a.index() == b.index());
  return Truth::failed();
}

bool part_of_constant(const Value& part, const Value& whole, bool constant) {
  if (!constant || !part.known() || !whole.known()) return false;
  const auto *p = std::get_if<model::Country>(&part.scalar), *w = std::get_if<model::Country>(&whole.scalar);
  return p && w && country_of(p->code) == w->code;
}

}  // namespace

Value compare_values(Op op, const Value& a, const Value& b, bool a_constant, bool b_constant) {
  // `e.destination == US` holds for US-CA, as `e.destination in {US}` does.
  if (part_of_constant(a, b, b_constant) || part_of_constant(b, a, a_constant))
    return strictly(Truth::of(op != Op::ne), {}, a, b);
  Blame law;
  const bool usable = !a.error() && !b.error();
  const Truth t = usable ? compare_scalars(op, a.scalar, b.scalar, law) : Truth::maybe();
  Value out = strictly(t, std::move(law), a, b);
  // Too coarse: both are known, and still nobody can say (a country against one of its parts).
  if (out.unknown() && a.known() && b.known() && out.blame.law.empty()) out.blame.missing = out.blame.because;
  return out;
}

Value Machine::comparison(ir::NodeId id, const ir::Node& node) {
  const ir::NodeId left(node.a), right(node.b);
  if (kind_of(left) == TypeKind::set) {
    const Value a = set_operand(left), b = set_operand(right);
    if (!a.known() || !b.known()) return strictly(Truth::maybe(), {}, a, b);
    // Equal sets have the same members, listed or not.
    Truth same = and_(not_(or_(a.set->others, b.set->others)), Truth::yes());
    if (same.is_false()) same = Truth::maybe();
    for (const SetValue* set : {a.set.get(), b.set.get()})
      for (const Listed& m : set->listed) {
        if (m.implied) continue;
        const Truth x = contains(*a.set, m.scalar), y = contains(*b.set, m.scalar);
        same = and_(same, or_(and_(x, y), and_(not_(x), not_(y))));
      }
    return strictly(node.op == Op::ne ? not_(same) : same, {}, a, b);
  }
  const Value a = strict(left), b = strict(right);
  const auto is_constant = [&](ir::NodeId n) { return program.nodes[n].op == Op::constant; };
  Value out = compare_values(node.op, a, b, is_constant(left), is_constant(right));
  if (out.error() && !a.error() && !b.error())
    report("these durations do not compare: months and days have no fixed ratio", span_of(id));
  return out;
}

Value Machine::at_least(const ir::Node& node) {
  const Value v = strict(ir::NodeId(node.a));
  const auto* members = std::get_if<Candidates>(&v.scalar);
  Truth t = Truth::maybe();
  if (members != nullptr) {
    bool in = false, out = false;
    for (std::size_t i = 0; i < members->possible.size(); ++i) {
      if (!members->possible[i]) continue;
      const std::size_t word = i / 32;
      const bool satisfies = word < node.c && ((program.lists[node.b + word] >> (i % 32)) & 1u) != 0;
      (satisfies ? in : out) = true;
    }
    if (in != out) t = Truth::of(in);
  }
  return strictly(t, {}, v, v);
}

}  // namespace writ::eval
