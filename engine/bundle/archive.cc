#include "engine/bundle/archive.h"

namespace writ::bundle {

// Nearly all numbers fit 64 bits; the others are stored as the digits of their fraction.
void Writer::number(const Rational& value) {
  std::int64_t numerator = 0, denominator = 1;
  const bool fits = value.to_fraction(numerator, denominator);
  truth(fits);
  if (!fits) return text(value.fraction_text());
  plain(numerator);
  plain(denominator);
}

// A number has one form: what would be reduced, or would fit and is stored as wide, is refused.
void Reader::number(Rational& value) {
  bool fits = false;
  truth(fits);
  std::int64_t numerator = 0, denominator = 1;
  if (fits) {
    plain(numerator);
    plain(denominator);
    if (!ok_) return;
    std::int64_t n = 0, d = 0;
    auto made = Rational::fraction(numerator, denominator);
    if (!made || !made->to_fraction(n, d) || n != numerator || d != denominator) return fail();
    value = *std::move(made);
    return;
  }
  std::string digits;
  text(digits);
  if (!ok_) return;
  auto made = Rational::parse_fraction(digits);
  if (!made || made->to_fraction(numerator, denominator) || made->fraction_text() != digits) return fail();
  value = *std::move(made);
}

}  // namespace writ::bundle
