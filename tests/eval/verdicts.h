// What the tests of the verdict table share: the values to sweep over, what one supply can make of them, and what the
// law of language semantics §3 allows of one supply.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/eval/verdict.h"

namespace writ::eval::table {

inline const Truth T = Truth::yes(), F = Truth::no(), U = Truth::maybe(), V = Truth::maybe(true), E = Truth::failed();
inline const std::array<Truth, 5> kTruths{T, F, U, V, E};
// Pending, and unknowns that could be.
inline const Truth P = Truth::in_time(), W = Truth::maybe(false, true), X = Truth::maybe(true, true);
inline const std::array<Truth, 8> kRequired{T, F, U, V, E, P, W, X};

// What one supply can make of a value: an unknown becomes anything definite, and an error only if it may.
inline std::vector<Truth> supplied(Truth t) {
  if (t.is_pending()) return {P, T};  // done in time
  if (!t.is_unknown()) return {t};
  if (t == X) return {T, F, U, V, E, P, W, X};
  if (t == W) return {T, F, U, P, W};
  if (t.may_error) return {T, F, U, V, E};
  return {T, F, U};
}

inline Effectiveness force(Truth t) {
  Effectiveness e;
  e.can_be_effective = t.is_true() || t.is_unknown();
  e.can_be_not_effective = t.is_false() || t.is_unknown();
  e.can_be_error = t.may_error;
  e.error = t.is_error();
  return e;
}

// Every set of possibilities that effectiveness can have, not_yet_due included.
inline std::vector<Effectiveness> all_forces() {
  std::vector<Effectiveness> out;
  for (int bits = 1; bits < 16; ++bits) {
    Effectiveness e;
    e.can_be_effective = bits & 1;
    e.can_be_not_effective = bits & 2;
    e.can_be_not_yet_due = bits & 4;
    e.can_be_error = (bits & 8) && bits != 8;
    e.error = bits == 8;
    out.push_back(e);
  }
  return out;
}

inline int bits_of(const Effectiveness& e) {
  return int{e.can_be_effective} | int{e.can_be_not_effective} << 1 | int{e.can_be_not_yet_due} << 2 |
         int{e.can_be_error || e.error} << 3;
}

enum class Side { favour, against, open };
inline Side side(Verdict v) {
  if (in_favour(v)) return Side::favour;
  return v == Verdict::undetermined ? Side::open : Side::against;
}

// What the law of language semantics §3 allows of one supply.
inline bool allowed(Verdict before, Verdict after) {
  if (before == after || before == Verdict::undetermined) return true;
  if (side(before) == Side::against)
    return side(after) == Side::against && before == Verdict::error && after == Verdict::error;
  switch (before) {
    case Verdict::not_applicable: return after == Verdict::not_effective || after == Verdict::not_yet_due;
    case Verdict::pending: return after == Verdict::compliant || after == Verdict::exempt;
    case Verdict::compliant: return after == Verdict::exempt;
    default: return false;
  }
}

inline std::string name(Truth t) {
  if (t.pending) return t.is_pending() ? "P" : t.may_error ? "?ep" : "?p";
  return t.is_true() ? "T" : t.is_false() ? "F" : t.is_error() ? "E" : t.may_error ? "?e" : "?";
}

}  // namespace writ::eval::table
