#include "engine/columns/decimal.h"

#include <array>
#include <string>

namespace writ::columns {

namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 55;
constexpr int kMostPower = 18;

constexpr auto kPowers = [] {
  std::array<std::int64_t, kMostPower + 1> out{};
  out[0] = 1;
  for (std::size_t i = 1; i < out.size(); ++i) out[i] = out[i - 1] * 10;
  return out;
}();

constexpr int sign(std::int64_t n) { return n > 0 ? 1 : n < 0 ? -1 : 0; }

bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::strong_ordering compare(Decimal a, Decimal b) {
  if (a.exponent == b.exponent) return a.mantissa <=> b.mantissa;
  if (sign(a.mantissa) != sign(b.mantissa) || a.mantissa == 0) return sign(a.mantissa) <=> sign(b.mantissa);
  const int apart = int{a.exponent} - int{b.exponent};
  if (apart < 0) return 0 <=> compare(b, a);
  // |a| is at least 10^19 times a unit of b: more than any mantissa.
  if (apart > kMostPower) return sign(a.mantissa) <=> 0;
  __extension__ using Wide = __int128;
  const Wide scaled = static_cast<Wide>(a.mantissa) * kPowers[static_cast<std::size_t>(apart)];
  const auto other = static_cast<Wide>(b.mantissa);
  return scaled < other   ? std::strong_ordering::less
         : scaled > other ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

std::optional<Decimal> read_decimal(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  if (at == end || !digit(*at)) return std::nullopt;
  if (*at == '0' && at + 1 != end && digit(at[1])) return std::nullopt;
  std::int64_t mantissa = 0;
  int exponent = 0;
  const auto take = [&] {
    constexpr std::int64_t kFull = INT64_MAX / 10 - 1;  // another digit would not fit, unless it is a zero
    for (; at != end && digit(*at); ++at) {
      if (mantissa < kFull) {
        mantissa = mantissa * 10 + (*at - '0');
      } else if (*at == '0') {
        ++exponent;
      } else {
        return false;
      }
    }
    return true;
  };
  if (!take()) return std::nullopt;
  if (at != end && *at == '.') {
    const char* const first = ++at;
    if (at == end || !digit(*at) || !take()) return std::nullopt;
    exponent -= static_cast<int>(at - first);
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    const bool down = at != end && *at == '-';
    if (at != end && (*at == '-' || *at == '+')) ++at;
    if (at == end) return std::nullopt;
    int power = 0;
    for (; at != end && digit(*at); ++at)
      if ((power = power * 10 + (*at - '0')) > 1000) return std::nullopt;
    if (!digit(end[-1])) return std::nullopt;
    exponent += down ? -power : power;
  }
  if (at != end) return std::nullopt;
  while (mantissa >= kLargest && mantissa % 10 == 0) {
    mantissa /= 10;
    ++exponent;
  }
  if (mantissa == 0) exponent = 0;
  if (mantissa >= kLargest || exponent < -100 || exponent > 100) return std::nullopt;
  return Decimal{negative ? -mantissa : mantissa, static_cast<std::int8_t>(exponent)};
}

std::optional<Decimal> as_decimal(const Rational& value) {
  const std::string text = value.exact();
  return read_decimal(text);
}

std::optional<Rational> Decimal::rational() const {
  const auto power = Rational::power(Rational(10), exponent);
  const auto out = power ? Rational(mantissa).mul(*power) : power;
  return out ? std::optional(*out) : std::nullopt;
}

}  // namespace writ::columns
