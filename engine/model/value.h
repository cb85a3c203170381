// Values, and what may be known about them. A Value is a set of possible values of one type that has a simple shape:
// exactly one, a range of numbers or days, a set of candidates. Today documents state exact values; ranges and
// candidates are in the shape from the start so that estimates need no second value type.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/rational.h"

namespace writ::model {

/// Why nobody has said. `law` is missing law (outside a set's known span), never asked of the user.
enum class Reason : std::uint8_t { none, not_provided, not_assessed, disputed, refused, placeholder, incomplete, law };
[[nodiscard]] const char* to_string(Reason reason);

/// Numbers between two ends; the exact number when both ends are equal and closed. Quantities are in base units of
/// their dimension.
struct NumberRange {
  std::optional<Rational> lo, hi;  // nothing: unbounded
  bool lo_open = false, hi_open = false;
  static NumberRange exactly(Rational value) { return {value, value, false, false}; }
  [[nodiscard]] bool exact() const { return lo && hi && !lo_open && !hi_open && *lo == *hi; }
  friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

/// Numbers with a currency.
struct Money {
  NumberRange amount;
  std::string currency;
  friend bool operator==(const Money&, const Money&) = default;
};

/// One or several members of an enumeration or classification, by index into Enum::members. Bit i: member i is
/// possible.
struct Candidates {
  std::vector<bool> possible;
  static Candidates one(std::size_t member, std::size_t count);
  [[nodiscard]] int single() const;  // the index when exactly one is possible, else -1
  friend bool operator==(const Candidates&, const Candidates&) = default;
};

struct Country {
  std::string code;  // "JP", "US-CA"
  friend bool operator==(const Country&, const Country&) = default;
  friend auto operator<=>(const Country&, const Country&) = default;
};

/// A scalar. Text is also the representation of party keys and references.
using Scalar =
    std::variant<std::monostate, bool, NumberRange, Money, Date, Instant, Duration, std::string, Country, Candidates>;

}  // namespace writ::model
