#include "engine/eval/value.h"

#include <algorithm>

namespace writ::eval {

using model::Candidates;
using model::Money;
using model::NumberRange;
using model::Scalar;

Truth Value::truth() const {
  switch (state) {
    case State::known: {
      const bool* b = std::get_if<bool>(&scalar);
      WRIT_CHECK(b != nullptr);
      return !*b && pending ? Truth::in_time() : Truth::of(*b);
    }
    case State::unknown: return Truth::maybe(may_error, pending);
    case State::error: return Truth::failed();
    case State::absent: break;
  }
  WRIT_CHECK(state != State::absent);
  return Truth::failed();
}

Value Value::of(Scalar exact, Blame blame) {
  Value v;
  v.state = State::known;
  v.scalar = std::move(exact);
  v.blame = std::move(blame);
  return v;
}

Value Value::of(Truth truth, Blame blame) {
  Value v = truth.is_error()     ? failed(std::move(blame))
            : truth.is_unknown() ? maybe({}, std::move(blame), truth.may_error)
                                 : of(Scalar(truth.is_true()), std::move(blame));
  v.pending = truth.pending;
  return v;
}

Value Value::maybe(Scalar shape, Blame blame, bool may_error) {
  Value v;
  v.may_error = may_error;
  v.scalar = std::move(shape);
  v.blame = std::move(blame);
  return v;
}

Value Value::failed(Blame blame) {
  Value v;
  v.state = State::error;
  v.blame = std::move(blame);
  return v;
}

bool is_exact(const Scalar& scalar) {
  if (std::holds_alternative<std::monostate>(scalar)) return false;
  if (const auto* n = std::get_if<NumberRange>(&scalar)) return n->exact();
  if (const auto* m = std::get_if<Money>(&scalar)) return m->amount.exact();
  if (const auto* c = std::get_if<Candidates>(&scalar)) return c->single() >= 0;
  return true;
}

bool same_value(const Value& a, const Value& b) {
  const bool scalars = a.known() && !std::holds_alternative<std::monostate>(a.scalar);
  return a.state == b.state && a.scalar == b.scalar && (scalars || a.fact == b.fact) && a.set == b.set &&
         a.pending == b.pending;
}

Value shaped(Scalar scalar, Blame blame, bool may_error) {
  if (!may_error && is_exact(scalar)) return Value::of(std::move(scalar), std::move(blame));
  return Value::maybe(std::move(scalar), std::move(blame), may_error);
}

namespace {

NumberRange hull(const NumberRange& a, const NumberRange& b) {
  NumberRange out;
  if (a.lo && b.lo) {
    out.lo = std::min(*a.lo, *b.lo);
    out.lo_open = (*a.lo > *out.lo || a.lo_open) && (*b.lo > *out.lo || b.lo_open);
  }
  if (a.hi && b.hi) {
    out.hi = std::max(*a.hi, *b.hi);
    out.hi_open = (*a.hi < *out.hi || a.hi_open) && (*b.hi < *out.hi || b.hi_open);
  }
  return out;
}

}  // namespace

Scalar hull(const Scalar& a, const Scalar& b) {
  if (a == b) return a;
  if (const auto *x = std::get_if<NumberRange>(&a), *y = std::get_if<NumberRange>(&b); x && y) return hull(*x, *y);
  if (const auto *x = std::get_if<Money>(&a), *y = std::get_if<Money>(&b); x && y && x->currency == y->currency)
    return Money{hull(x->amount, y->amount), x->currency};
  if (const auto *x = std::get_if<Candidates>(&a), *y = std::get_if<Candidates>(&b); x && y) {
    Candidates out = *x;
    out.possible.resize(std::max(x->possible.size(), y->possible.size()));
    for (std::size_t i = 0; i < y->possible.size(); ++i)
      if (y->possible[i]) out.possible[i] = true;
    return out;
  }
  return {};  // anything
}

}  // namespace writ::eval
