// Arithmetic on numbers, money, days and durations. What cannot be computed is an error value, never rounded and never
// zero.
#include <limits>

#include "engine/eval/machine.h"
#include "engine/eval/numbers.h"

namespace writ::eval {

using ir::Op;
using model::Money;
using model::NumberRange;
using model::TypeKind;

namespace {

const char* text_of(NumberError error) {
  return error == NumberError::division_by_zero ? "division by zero" : "the number is too large";
}

NumberRange range_of(const Value& v) {
  if (const auto* n = std::get_if<NumberRange>(&v.scalar)) return *n;
  if (const auto* m = std::get_if<Money>(&v.scalar)) return m->amount;
  return {};
}

bool calendar_kind(TypeKind kind) {
  return kind == TypeKind::date || kind == TypeKind::instant || kind == TypeKind::duration;
}

constexpr std::int64_t kDay = 86'400;

std::optional<Duration> scaled(const Duration& d, int sign) {
  if (d.months == std::numeric_limits<std::int32_t>::min() || d.seconds == std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return Duration{sign * d.months, sign * d.seconds};
}

std::optional<Duration> plus(const Duration& a, const Duration& b) {
  Duration out;
  if (__builtin_add_overflow(a.months, b.months, &out.months) ||
      __builtin_add_overflow(a.seconds, b.seconds, &out.seconds))
    return std::nullopt;
  return out;
}

}  // namespace

Value Machine::calendar(ir::NodeId id, Op op, const Value& a, const Value& b) {
  if (a.unknown() || b.unknown())
    return Value::maybe({}, together(a, b), a.may_error || b.may_error || a.error() || b.error());
  if (a.error() || b.error()) return Value::failed(together(a, b));
  const auto fail = [&](const char* why) {
    report(why, span_of(id));
    return Value::failed(together(a, b));
  };
  const int sign = op == Op::sub ? -1 : 1;
  const auto *da = std::get_if<Duration>(&a.scalar), *db = std::get_if<Duration>(&b.scalar);
  if (da != nullptr && db == nullptr) return calendar(id, op, b, a);  // duration + date
  WRIT_CHECK(db != nullptr);
  const std::optional<Duration> d = scaled(*db, sign);
  if (!d) return fail("the duration is too long");
  if (da != nullptr) {
    const std::optional<Duration> s = plus(*da, *d);
    return s ? Value::of(model::Scalar(*s), together(a, b)) : fail("the duration is too long");
  }
  if (const auto* date = std::get_if<Date>(&a.scalar)) {
    if (d->seconds % kDay != 0) return fail("hours are not added to a day: a date and a time are needed");
    const std::int64_t days = d->seconds / kDay;
    if (days > 4'000'000 || days < -4'000'000 || d->months > 120'000 || d->months < -120'000)
      return fail("the day is beyond the calendar");
    const Date moved = d->months == 0 ? *date : date->plus_months(d->months);
    return Value::of(model::Scalar(moved.plus_days(static_cast<int>(days))), together(a, b));
  }
  const auto* instant = std::get_if<Instant>(&a.scalar);
  WRIT_CHECK(instant != nullptr);
  std::int64_t start = instant->seconds, sum = 0;
  if (d->months != 0) {
    if (d->months > 120'000 || d->months < -120'000) return fail("the instant is beyond the calendar");
    const Date day = instant->date();
    start += std::int64_t{day.plus_months(d->months).days - day.days} * kDay;
  }
  if (__builtin_add_overflow(start, d->seconds, &sum)) return fail("the instant is beyond the calendar");
  return Value::of(model::Scalar(Instant{sum}), together(a, b));
}

Value Machine::arithmetic(ir::NodeId id, const ir::Node& node) {
  const ir::NodeId left(node.a), right(node.b);
  const Value a = strict(left), b = strict(right);
  if (calendar_kind(kind_of(left)) || calendar_kind(kind_of(right))) {
    // duration * number: repeated, exact numbers only.
    if (node.op == Op::mul || node.op == Op::div) {
      const bool first = kind_of(left) == TypeKind::duration;
      const Value &length = first ? a : b, &factor = first ? b : a;
      if (a.unknown() || b.unknown()) return Value::maybe({}, together(a, b), true);
      if (a.error() || b.error()) return Value::failed(together(a, b));
      const Duration d = std::get<Duration>(length.scalar);
      const NumberRange n = range_of(factor);
      const auto months = calculate(node.op, NumberRange::exactly(d.months), n),
                 seconds = calculate(node.op, NumberRange::exactly(d.seconds), n);
      std::int64_t m = 0, s = 0;
      if (months.error || seconds.error || !months.range.lo->to_int64(m) || !seconds.range.lo->to_int64(s) ||
          m != static_cast<std::int32_t>(m)) {
        report("the duration is not a whole number of months and seconds", span_of(id));
        return Value::failed(together(a, b));
      }
      return Value::of(model::Scalar(Duration{static_cast<std::int32_t>(m), s}), together(a, b));
    }
    return calendar(id, node.op, a, b);
  }

  const bool unknown = a.unknown() || b.unknown();
  if (!unknown && (a.error() || b.error())) return Value::failed(together(a, b));
  const auto *ma = std::get_if<Money>(&a.scalar), *mb = std::get_if<Money>(&b.scalar);
  const bool money_a = kind_of(left) == TypeKind::money, money_b = kind_of(right) == TypeKind::money;
  // An unknown amount may be in any currency.
  if ((money_a && ma == nullptr) || (money_b && mb == nullptr))
    return Value::maybe({}, together(a, b), a.may_error || b.may_error || a.error() || b.error() || node.op == Op::div);
  if (ma != nullptr && mb != nullptr && ma->currency != mb->currency) {
    Blame blame = together(a, b);
    blame.law.push_back({"no table of exchange rates between " + std::min(ma->currency, mb->currency) + " and " +
                             std::max(ma->currency, mb->currency),
                         span_of(id)});
    return Value::maybe({}, std::move(blame), a.may_error || b.may_error);
  }

  const Calculated c = calculate(node.op, range_of(a), range_of(b));
  if (c.error) {
    if (unknown) return Value::maybe({}, together(a, b), true);
    report(text_of(*c.error), span_of(id));
    return Value::failed(together(a, b));
  }
  model::Scalar scalar = c.range;
  const bool ratio = ma != nullptr && mb != nullptr && node.op == Op::div;
  if ((ma != nullptr || mb != nullptr) && !ratio) scalar = Money{c.range, ma != nullptr ? ma->currency : mb->currency};
  if (!unknown) return Value::of(std::move(scalar), together(a, b));
  return shaped(std::move(scalar), together(a, b), a.may_error || b.may_error || a.error() || b.error() || c.may_error);
}

Value Machine::negative(ir::NodeId id, const ir::Node& node) {
  Value v = strict(ir::NodeId(node.a));
  if (auto* n = std::get_if<NumberRange>(&v.scalar)) {
    v.scalar = negate(*n);
  } else if (auto* m = std::get_if<Money>(&v.scalar)) {
    m->amount = negate(m->amount);
  } else if (auto* d = std::get_if<Duration>(&v.scalar)) {
    const std::optional<Duration> s = scaled(*d, -1);
    if (!s) {
      report("the duration is too long", span_of(id));
      return Value::failed(std::move(v.blame));
    }
    v.scalar = *s;
  }
  v.fact = {};
  return v;
}

}  // namespace writ::eval
