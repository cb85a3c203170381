// Rationals from and to text. Decimal text is exact in both directions.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "engine/base/rational.h"
#include "engine/base/rational_big.h"

namespace writ {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Reads digits (with `_` between two of them when allowed) and appends them to `out`. False: none here, or a stray
/// `_`.
bool read_digits(std::string_view text, std::size_t& at, bool underscores, std::string& out) {
  const std::size_t start = at;
  while (at < text.size()) {
    if (digit(text[at])) {
      out += text[at++];
    } else if (underscores && text[at] == '_' && at > start && at + 1 < text.size() && digit(text[at + 1])) {
      ++at;
    } else {
      break;
    }
  }
  return at > start;
}

/// The value of [+-]digits, held within ±10^6 however long the text is. False: malformed.
bool read_exponent(std::string_view text, std::size_t& at, long& out) {
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  std::string digits;
  if (!read_digits(text, at, false, digits)) return false;
  out = 0;
  for (const char c : digits) out = std::min(1'000'000L, out * 10 + (c - '0'));
  if (negative) out = -out;
  return true;
}

void power_of_ten(mpz_ptr out, unsigned long exponent) { mpz_ui_pow_ui(out, 10, exponent); }

std::string text_of(mpz_srcptr z) {
  std::string out(mpz_sizeinbase(z, 10) + 2, '\0');
  mpz_get_str(out.data(), 10, z);
  out.resize(out.find('\0'));
  return out;
}

/// digits * 10^exponent, where digits has neither sign nor superfluous zeros at its ends.
std::string decimal_text(bool negative, std::string_view digits, long exponent) {
  const auto count = static_cast<long>(digits.size());
  const long leading = exponent + count - 1;  // the exponent of the first digit
  std::string out = negative ? "-" : "";
  if (leading > 14 || leading < -6) {  // beyond this, zeros are harder to count than an exponent is to read
    out += digits.front();
    if (count > 1) fmt::format_to(std::back_inserter(out), ".{}", digits.substr(1));
    fmt::format_to(std::back_inserter(out), "e{}", leading);
  } else if (exponent >= 0) {
    out += digits;
    out.append(static_cast<std::size_t>(exponent), '0');
  } else if (leading >= 0) {
    const auto whole = static_cast<std::size_t>(leading + 1);
    fmt::format_to(std::back_inserter(out), "{}.{}", digits.substr(0, whole), digits.substr(whole));
  } else {
    out += "0.";
    out.append(static_cast<std::size_t>(-leading - 1), '0');
    out += digits;
  }
  return out;
}

/// Moves the zeros at the end of `digits` into the exponent.
void strip_zeros(std::string& digits, long& exponent) {
  const std::size_t last = digits.find_last_not_of('0');
  exponent += static_cast<long>(digits.size() - last - 1);
  digits.resize(last + 1);
}

}  // namespace

std::expected<Rational, NumberError> Rational::parse(std::string_view text, bool underscores) {
  std::size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  std::string digits;
  if (!read_digits(text, at, underscores, digits)) return std::unexpected(NumberError::malformed);
  long exponent = 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    const std::size_t whole = digits.size();
    if (!read_digits(text, at, underscores, digits)) return std::unexpected(NumberError::malformed);
    exponent = -static_cast<long>(digits.size() - whole);
  }
  long written = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (!read_exponent(text, at, written)) return std::unexpected(NumberError::malformed);
    if (written > kMaxExponent || written < -kMaxExponent) return std::unexpected(NumberError::exponent_out_of_range);
    exponent += written;
  }
  if (at != text.size()) return std::unexpected(NumberError::malformed);

  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return Rational();
  digits.erase(0, first);
  strip_zeros(digits, exponent);
  if (digits.size() > kMaxDigits) return std::unexpected(NumberError::too_many_digits);
  const long leading = exponent + static_cast<long>(digits.size()) - 1;
  if (leading > kMaxExponent || leading < -kMaxExponent) return std::unexpected(NumberError::exponent_out_of_range);

  Big out;
  mpz_set_str(mpq_numref(out.q), digits.c_str(), 10);
  if (negative) mpz_neg(mpq_numref(out.q), mpq_numref(out.q));
  BigInteger scale;
  power_of_ten(scale.z, static_cast<unsigned long>(exponent < 0 ? -exponent : exponent));
  if (exponent < 0) {
    mpz_set(mpq_denref(out.q), scale.z);
    mpq_canonicalize(out.q);
  } else {
    mpz_mul(mpq_numref(out.q), mpq_numref(out.q), scale.z);
  }
  return bounded(out);
}

std::string Rational::exact() const {
  const Big value = wide();
  // A finite decimal exists iff the denominator is made of twos and fives.
  BigInteger rest(mpq_denref(value.q));
  BigInteger factor;
  mpz_set_ui(factor.z, 2);
  const auto twos = mpz_remove(rest.z, rest.z, factor.z);
  mpz_set_ui(factor.z, 5);
  const auto fives = mpz_remove(rest.z, rest.z, factor.z);
  if (mpz_cmp_ui(rest.z, 1) != 0) return text_of(mpq_numref(value.q)) + "/" + text_of(mpq_denref(value.q));
  if (sign() == 0) return "0";

  const auto places = std::max(twos, fives);
  BigInteger scaled;
  power_of_ten(scaled.z, places);
  mpz_mul(scaled.z, scaled.z, mpq_numref(value.q));
  mpz_divexact(scaled.z, scaled.z, mpq_denref(value.q));
  mpz_abs(scaled.z, scaled.z);
  std::string digits = text_of(scaled.z);
  long exponent = -static_cast<long>(places);
  strip_zeros(digits, exponent);
  return decimal_text(sign() < 0, digits, exponent);
}

std::string Rational::display(int digits) const {
  digits = std::clamp(digits, 1, static_cast<int>(kMaxDigits));
  if (sign() == 0) return "0";
  const Big value = wide();
  BigInteger numerator(mpq_numref(value.q));
  BigInteger denominator(mpq_denref(value.q));
  mpz_abs(numerator.z, numerator.z);

  // Scale so that the integer part of numerator/denominator has at least one digit more than is shown, to round by.
  // GMP's sizes may be one too large each, hence the 2.
  long exponent = static_cast<long>(mpz_sizeinbase(numerator.z, 10)) -
                  static_cast<long>(mpz_sizeinbase(denominator.z, 10)) - digits - 2;
  BigInteger scale;
  power_of_ten(scale.z, static_cast<unsigned long>(exponent < 0 ? -exponent : exponent));
  if (exponent < 0) {
    mpz_mul(numerator.z, numerator.z, scale.z);
  } else {
    mpz_mul(denominator.z, denominator.z, scale.z);
  }
  BigInteger quotient;
  BigInteger remainder;
  mpz_tdiv_qr(quotient.z, remainder.z, numerator.z, denominator.z);
  bool rounded = mpz_sgn(remainder.z) != 0;
  std::string shown = text_of(quotient.z);
  if (shown.size() > static_cast<std::size_t>(digits)) {
    const std::size_t surplus = shown.size() - static_cast<std::size_t>(digits);
    rounded = rounded || shown.find_first_not_of('0', static_cast<std::size_t>(digits)) != std::string::npos;
    const bool up = shown[static_cast<std::size_t>(digits)] >= '5';  // half away from zero
    shown.resize(static_cast<std::size_t>(digits));
    exponent += static_cast<long>(surplus);
    if (up) {
      mpz_set_str(quotient.z, shown.c_str(), 10);
      mpz_add_ui(quotient.z, quotient.z, 1);
      shown = text_of(quotient.z);
    }
  }
  strip_zeros(shown, exponent);
  return (rounded ? "≈" : "") + decimal_text(sign() < 0, shown, exponent);
}

bool Rational::to_fraction(std::int64_t& numerator, std::int64_t& denominator) const {
  if (big_) return false;
  numerator = num_;
  denominator = den_;
  return true;
}

std::string Rational::fraction_text() const {
  const Big value = wide();
  return text_of(mpq_numref(value.q)) + "/" + text_of(mpq_denref(value.q));
}

std::expected<Rational, NumberError> Rational::parse_fraction(std::string_view text) {
  constexpr std::size_t kLongest = kMaxBits / 3 + 1;  // a decimal digit has more than three bits
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::unexpected(NumberError::malformed);
  const bool negative = text.starts_with('-');
  const std::string above(text.substr(negative ? 1 : 0, slash - (negative ? 1 : 0))), below(text.substr(slash + 1));
  Big out;
  for (const auto& [digits, to] : {std::pair(&above, mpq_numref(out.q)), std::pair(&below, mpq_denref(out.q))}) {
    if (digits->empty() || digits->size() > kLongest || !std::all_of(digits->begin(), digits->end(), digit))
      return std::unexpected(NumberError::malformed);
    mpz_set_str(to, digits->c_str(), 10);
  }
  if (mpz_sgn(mpq_denref(out.q)) == 0) return std::unexpected(NumberError::division_by_zero);
  if (negative) mpz_neg(mpq_numref(out.q), mpq_numref(out.q));
  mpq_canonicalize(out.q);
  return bounded(out);
}

}  // namespace writ
