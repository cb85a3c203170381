// A decimal of at most 16 digits as it is written in a document: mantissa * 10^exponent, in eight bytes. It compares
// exactly; what does not fit is kept aside as a Rational.
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/base/rational.h"

namespace writ::columns {

struct Decimal {
  std::int64_t mantissa = 0;  // |mantissa| < 2^55
  std::int8_t exponent = 0;

  [[nodiscard]] std::uint64_t pack() const {
    return (static_cast<std::uint64_t>(mantissa) << 8) | static_cast<std::uint8_t>(exponent);
  }
  [[nodiscard]] static Decimal unpack(std::uint64_t cell) {
    return {static_cast<std::int64_t>(cell) >> 8, static_cast<std::int8_t>(cell & 0xFFU)};
  }
  [[nodiscard]] std::optional<Rational> rational() const;
};

[[nodiscard]] std::strong_ordering compare(Decimal a, Decimal b);
/// A JSON number: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?, all of `text`. Nothing where it is none or does not
/// fit.
[[nodiscard]] std::optional<Decimal> read_decimal(std::string_view text);
/// Nothing where it has no finite decimal or does not fit.
[[nodiscard]] std::optional<Decimal> as_decimal(const Rational& value);

}  // namespace writ::columns
