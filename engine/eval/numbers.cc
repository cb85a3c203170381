#include "engine/eval/numbers.h"

#include <algorithm>
#include <array>
#include <expected>

namespace writ::eval {

using ir::Op;
using model::NumberRange;

namespace {

using Number = std::expected<Rational, NumberError>;

Number apply(Op op, const Rational& a, const Rational& b) {
  switch (op) {
    case Op::add: return a.add(b);
    case Op::sub: return a.sub(b);
    case Op::mul: return a.mul(b);
    case Op::div: return a.div(b);
    default: break;
  }
  WRIT_CHECK(op == Op::add);
  return a.add(b);
}

bool bounded(const NumberRange& r) { return r.lo.has_value() && r.hi.has_value(); }
bool may_be_zero(const NumberRange& r) { return (!r.lo || r.lo->sign() <= 0) && (!r.hi || r.hi->sign() >= 0); }

// Numbers so large that a further factor, itself unbounded, could leave the 1,024 bits.
bool huge(const NumberRange& r) {
  static const Rational limit = *Rational::power(Rational(10), 150);
  return (r.lo && (*r.lo > limit || *r.lo < limit.neg())) || (r.hi && (*r.hi > limit || *r.hi < limit.neg()));
}

NumberRange anything() { return {}; }

// One end of a sum: open if either end is; unbounded if either is.
void end_of_sum(const std::optional<Rational>& a, bool a_open, const std::optional<Rational>& b, bool b_open,
                std::optional<Rational>& end, bool& open, bool& failed) {
  if (!a || !b) return;
  const Number n = a->add(*b);
  if (!n) {
    failed = true;
    return;
  }
  end = *n;
  open = a_open || b_open;
}

Calculated sum(const NumberRange& a, const NumberRange& b) {
  Calculated out;
  end_of_sum(a.lo, a.lo_open, b.lo, b.lo_open, out.range.lo, out.range.lo_open, out.may_error);
  end_of_sum(a.hi, a.hi_open, b.hi, b.hi_open, out.range.hi, out.range.hi_open, out.may_error);
  return out;
}

// Products and quotients of bounded ranges lie between those of their ends; whether an end itself is reached is not
// followed.
Calculated between_corners(Op op, const NumberRange& a, const NumberRange& b) {
  const std::array<Number, 4> corners{apply(op, *a.lo, *b.lo), apply(op, *a.lo, *b.hi), apply(op, *a.hi, *b.lo),
                                      apply(op, *a.hi, *b.hi)};
  Calculated out;
  for (const Number& n : corners)
    if (!n) return {anything(), std::nullopt, true};
  out.range.lo = *corners[0];
  out.range.hi = *corners[0];
  for (const Number& n : corners) {
    out.range.lo = std::min(*out.range.lo, *n);
    out.range.hi = std::max(*out.range.hi, *n);
  }
  return out;
}

bool is_zero(const NumberRange& r) { return r.exact() && r.lo->is_zero(); }

// Both ends on one side of zero (or unbounded beyond): the sign of all of it, else 0.
int sign_of(const NumberRange& r) {
  if (r.lo && r.lo->sign() >= 0) return 1;
  if (r.hi && r.hi->sign() <= 0) return -1;
  return 0;
}

Calculated product(const NumberRange& a, const NumberRange& b) {
  if (bounded(a) && bounded(b)) return between_corners(Op::mul, a, b);
  if (is_zero(a) || is_zero(b)) return {NumberRange::exactly(0), std::nullopt, false};
  Calculated out{anything(), std::nullopt, huge(a) || huge(b)};
  // At least the sign is known; an unbounded range times a positive one that keeps away from zero keeps no bound
  // otherwise.
  if (const int s = sign_of(a) * sign_of(b); s > 0) {
    out.range.lo = 0;
  } else if (s < 0) {
    out.range.hi = 0;
  }
  return out;
}

Calculated quotient(const NumberRange& a, const NumberRange& b) {
  if (may_be_zero(b)) return {anything(), std::nullopt, true};
  if (bounded(a) && bounded(b)) return between_corners(Op::div, a, b);
  Calculated out{anything(), std::nullopt, huge(a) || huge(b)};
  if (const int s = sign_of(a) * sign_of(b); s > 0) {
    out.range.lo = 0;
  } else if (s < 0) {
    out.range.hi = 0;
  }
  return out;
}

// Every value of a is below every value of b (or at most equal when `or_equal`).
bool all_below(const NumberRange& a, const NumberRange& b, bool or_equal) {
  if (!a.hi || !b.lo) return false;
  if (*a.hi < *b.lo) return true;
  return *a.hi == *b.lo && (or_equal || a.hi_open || b.lo_open);
}

Truth less(const NumberRange& a, const NumberRange& b, bool or_equal) {
  if (all_below(a, b, or_equal)) return Truth::yes();
  if (all_below(b, a, !or_equal)) return Truth::no();
  return Truth::maybe();
}

Truth equal(const NumberRange& a, const NumberRange& b) {
  if (a.exact() && b.exact()) return Truth::of(*a.lo == *b.lo);
  if (all_below(a, b, false) || all_below(b, a, false)) return Truth::no();
  return Truth::maybe();
}

}  // namespace

NumberRange negate(const NumberRange& a) {
  NumberRange out;
  if (a.hi) out.lo = a.hi->neg();
  if (a.lo) out.hi = a.lo->neg();
  out.lo_open = a.hi_open;
  out.hi_open = a.lo_open;
  return out;
}

Calculated calculate(Op op, const NumberRange& a, const NumberRange& b) {
  if (a.exact() && b.exact()) {
    const Number n = apply(op, *a.lo, *b.lo);
    if (!n) return {anything(), n.error(), false};
    return {NumberRange::exactly(*n), std::nullopt, false};
  }
  if (op == Op::div && is_zero(b)) return {anything(), std::nullopt, true};
  switch (op) {
    case Op::sub: return sum(a, negate(b));
    case Op::mul: return product(a, b);
    case Op::div: return quotient(a, b);
    default: return sum(a, b);
  }
}

Truth compare(Op op, const NumberRange& a, const NumberRange& b) {
  switch (op) {
    case Op::lt: return less(a, b, false);
    case Op::le: return less(a, b, true);
    case Op::gt: return less(b, a, false);
    case Op::ge: return less(b, a, true);
    case Op::ne: return not_(equal(a, b));
    default: return equal(a, b);
  }
}

}  // namespace writ::eval
