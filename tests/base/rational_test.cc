#include "engine/base/rational.h"

#include <gmp.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace writ {
namespace {

Rational number(std::string_view text) {
  const auto parsed = Rational::parse(text);
  if (!parsed) throw std::runtime_error("not a number: " + std::string(text));
  return *parsed;
}

std::string exact(std::string_view text) { return number(text).exact(); }

/// "n/d" as GMP computes it: the oracle, apart from our code.
class Oracle {
 public:
  Oracle(std::int64_t n, std::int64_t d) {
    mpq_init(q_);
    mpz_set_si(mpq_numref(q_), n);
    mpz_set_si(mpq_denref(q_), d);
    mpq_canonicalize(q_);
  }
  Oracle() { mpq_init(q_); }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;
  ~Oracle() { mpq_clear(q_); }
  mpq_t& q() { return q_; }
  /// The same number by way of our parser and divider, which is how two representations are compared without our
  /// formatter.
  [[nodiscard]] bool equals(const Rational& ours) const {
    const auto text = [](mpz_srcptr z) {
      std::vector<char> out(mpz_sizeinbase(z, 10) + 2);
      return std::string(mpz_get_str(out.data(), 10, z));
    };
    const Rational n = wide(text(mpq_numref(q_)));
    const Rational d = wide(text(mpq_denref(q_)));
    return ours.mul(d).value() == n;
  }

 private:
  /// From any number of digits (the parser takes 34).
  static Rational wide(const std::string& text) {
    Rational out;
    const bool negative = text.front() == '-';
    for (const char c : text.substr(negative ? 1 : 0)) out = out.mul(10).value().add(c - '0').value();
    return negative ? out.neg() : out;
  }
  mpq_t q_;
};

TEST(Rational, KeepsDecimalsExact) {
  EXPECT_EQ(exact("0.8"), "0.8");
  EXPECT_EQ(exact("5.92"), "5.92");
  EXPECT_EQ(exact("0.1"), "0.1");
  EXPECT_EQ(number("0.1").add(number("0.2")).value(), number("0.3"));
  EXPECT_EQ(exact("3.3e24"), "3.3e24");
  EXPECT_EQ(exact("10000000000000000000000000"), "1e25");
  EXPECT_EQ(number("1e25"), Rational::power(10, 25).value());
  EXPECT_EQ(exact("4800"), "4800");
  EXPECT_EQ(exact("-0.000001"), "-0.000001");
  EXPECT_EQ(exact("0.0000001"), "1e-7");
  EXPECT_EQ(exact("100000000000000"), "100000000000000");
  EXPECT_EQ(exact("1000000000000000"), "1e15");
  EXPECT_EQ(exact("+007.50"), "7.5");
  EXPECT_EQ(exact("-0"), "0");
  EXPECT_EQ(exact("0e400"), "0");
  EXPECT_EQ(Rational::fraction(1, 3).value().exact(), "1/3");
  EXPECT_EQ(Rational::fraction(-6, 4).value().exact(), "-1.5");
  EXPECT_EQ(Rational::fraction(3, -9).value().exact(), "-1/3");
}

TEST(Rational, ComparesAcrossBothForms) {
  EXPECT_LT(number("5.91"), number("5.92"));
  EXPECT_LT(number("9.99e24"), number("1e25"));
  EXPECT_GT(number("1e25"), number("9999999999999999999999999"));
  EXPECT_LT(number("-1e30"), number("1"));
  EXPECT_GT(number("1e-30"), Rational());
  EXPECT_EQ(number("9223372036854775808").sub(1).value(), Rational(INT64_MAX)) << "leaves the wide form again";
  EXPECT_LT(Rational::fraction(INT64_MAX - 1, INT64_MAX).value(), Rational::fraction(INT64_MAX, INT64_MAX - 1).value());
}

TEST(Rational, RefusesWhatIsNoNumber) {
  for (const char* text : {"",     "+",  "-",  ".",   ".5",  "5.",    "1e",  "1e+", "e5",  "1.e5",
                           "0x10", " 1", "1 ", "1,5", "--1", "1e5.5", "inf", "nan", "1_0", "٣"}) {
    const auto parsed = Rational::parse(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error(), NumberError::malformed) << text;
  }
}

TEST(Rational, UnderscoresOnlyBetweenDigitsAndOnlyWhenAsked) {
  EXPECT_EQ(Rational::parse("1_000_000", true).value(), Rational(1'000'000));
  EXPECT_EQ(Rational::parse("0.000_1", true).value(), number("0.0001"));
  for (const char* text : {"_1", "1_", "1__0", "1_.5", "1._5", "1e1_0"})
    EXPECT_FALSE(Rational::parse(text, true).has_value()) << text;
}

TEST(Rational, LimitsAreErrorsNotRoundings) {
  EXPECT_TRUE(Rational::parse("1234567890123456789012345678901234").has_value());  // 34 digits
  EXPECT_EQ(Rational::parse("12345678901234567890123456789012345").error(), NumberError::too_many_digits);
  EXPECT_EQ(Rational::parse("0." + std::string(30, '0') + "123456789").value(), number("1.23456789e-31"))
      << "leading zeros are not significant";
  EXPECT_EQ(Rational::parse("1" + std::string(1'000'000, '0')).error(), NumberError::exponent_out_of_range);
  EXPECT_EQ(Rational::parse(std::string(1'000'000, '7')).error(), NumberError::too_many_digits);
  EXPECT_EQ(Rational::parse("1e401").error(), NumberError::exponent_out_of_range);
  EXPECT_EQ(Rational::parse("1e-401").error(), NumberError::exponent_out_of_range);
  EXPECT_EQ(Rational::parse("1e999999999999999999999").error(), NumberError::exponent_out_of_range);
  EXPECT_EQ(Rational::parse("1e400").error(), NumberError::overflow);  // 1,329 bits
  EXPECT_TRUE(Rational::parse("1e308").has_value());
  EXPECT_EQ(number("1e200").mul(number("1e200")).error(), NumberError::overflow);
  EXPECT_EQ(number("1e-200").mul(number("1e-200")).error(), NumberError::overflow);
  EXPECT_EQ(Rational::power(2, 401).error(), NumberError::exponent_out_of_range);
  EXPECT_EQ(Rational::power(10, 400).error(), NumberError::overflow);
  const Rational largest = Rational::power(2, 400)
                               .value()
                               .mul(Rational::power(2, 400).value())
                               .value()
                               .mul(Rational::power(2, 223).value())
                               .value();
  EXPECT_TRUE(largest.add(largest.sub(1).value()).has_value()) << "2^1024 - 1 needs 1,024 bits";
  EXPECT_EQ(largest.add(largest).error(), NumberError::overflow) << "2^1024 needs one more";
}

TEST(Rational, DivisionByZero) {
  EXPECT_EQ(Rational(1).div(0).error(), NumberError::division_by_zero);
  EXPECT_EQ(Rational::fraction(1, 0).error(), NumberError::division_by_zero);
  EXPECT_EQ(Rational::power(0, -1).error(), NumberError::division_by_zero);
  EXPECT_EQ(Rational::power(0, 0).value(), Rational(1));
  EXPECT_EQ(Rational(0).div(number("1e30")).value(), Rational());
}

TEST(Rational, EdgesOfTheFastForm) {
  const Rational lowest(INT64_MIN);
  EXPECT_EQ(lowest.neg().exact(), "9.223372036854775808e18");
  EXPECT_EQ(lowest.neg().neg(), lowest);
  EXPECT_EQ(lowest.div(-1).value(), lowest.neg());
  EXPECT_EQ(Rational::fraction(INT64_MIN, INT64_MIN).value(), Rational(1));
  EXPECT_EQ(Rational::fraction(1, INT64_MIN).value().mul(lowest).value(), Rational(1));
  EXPECT_EQ(Rational(1).div(lowest).value().mul(lowest).value(), Rational(1));
  EXPECT_EQ(lowest.sign(), -1);
  std::int64_t out = 0;
  EXPECT_TRUE(lowest.to_int64(out));
  EXPECT_EQ(out, INT64_MIN);
  EXPECT_FALSE(lowest.neg().to_int64(out));
  EXPECT_FALSE(number("0.5").to_int64(out));
  EXPECT_TRUE(number("1e30").is_integer());
  EXPECT_FALSE(number("1e-30").is_integer());
}

TEST(Rational, FastPathAgreesWithGmp) {
  std::mt19937_64 random(20'261'122);
  const auto operand = [&]() -> std::int64_t {
    switch (random() % 4) {
      case 0: return static_cast<std::int64_t>(random());                  // anything
      case 1: return static_cast<std::int64_t>(random() % 2'000) - 1'000;  // small
      case 2: return INT64_MAX - static_cast<std::int64_t>(random() % 3);  // edges
      default: return INT64_MIN + static_cast<std::int64_t>(random() % 3);
    }
  };
  const auto denominator = [&] {
    const std::int64_t d = operand();
    return d == 0 ? 1 : d;
  };
  for (int i = 0; i < 5'000; ++i) {
    const std::int64_t an = operand();
    const std::int64_t ad = denominator();
    const std::int64_t bn = operand();
    const std::int64_t bd = denominator();
    const Rational a = Rational::fraction(an, ad).value();
    const Rational b = Rational::fraction(bn, bd).value();
    Oracle x(an, ad);
    Oracle y(bn, bd);
    Oracle z;
    const std::string shown = a.exact() + " and " + b.exact();
    ASSERT_TRUE(x.equals(a)) << shown;
    mpq_add(z.q(), x.q(), y.q());
    ASSERT_TRUE(z.equals(a.add(b).value())) << shown;
    mpq_sub(z.q(), x.q(), y.q());
    ASSERT_TRUE(z.equals(a.sub(b).value())) << shown;
    mpq_mul(z.q(), x.q(), y.q());
    ASSERT_TRUE(z.equals(a.mul(b).value())) << shown;
    if (bn != 0) {
      mpq_div(z.q(), x.q(), y.q());
      ASSERT_TRUE(z.equals(a.div(b).value())) << shown;
    }
    const int order = mpq_cmp(x.q(), y.q());
    ASSERT_EQ(a.compare(b), order <=> 0) << shown;
    ASSERT_EQ(a == b, a.hash() == b.hash()) << shown;
  }
}

TEST(Rational, DecimalsRoundTrip) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 5'000; ++i) {
    std::string text = random() % 2 == 0 ? "-" : "";
    const auto digits = 1 + random() % 34;
    const auto point = random() % digits;
    for (std::size_t d = 0; d < digits; ++d) {
      if (d != 0 && d == point) text += '.';
      text += static_cast<char>('0' + random() % 10);
    }
    if (random() % 2 == 0) text += "e" + std::to_string(static_cast<int>(random() % 400) - 200);
    const Rational value = number(text);
    const std::string shown = value.exact();
    ASSERT_EQ(number(shown), value) << text << " as " << shown;
    ASSERT_EQ(number(shown).exact(), shown) << text;
    ASSERT_EQ(number(shown).hash(), value.hash()) << text;
  }
}

TEST(Rational, SurvivesCopiesAndMoves) {
  Rational wide = number("3.3e24");
  Rational copy = wide;
  EXPECT_EQ(copy, wide);
  const Rational moved = std::move(copy);
  EXPECT_EQ(moved, wide);
  copy = moved;
  EXPECT_EQ(copy, wide);
  const Rational& self = wide;
  wide = self;
  EXPECT_EQ(wide, number("3.3e24"));
  copy = Rational(1);
  EXPECT_EQ(copy, Rational(1));
}

TEST(Rational, DisplayRoundsAloud) {
  EXPECT_EQ(Rational::fraction(1, 3).value().display(), "≈0.333333");
  EXPECT_EQ(Rational::fraction(2, 3).value().display(3), "≈0.667");
  EXPECT_EQ(number("5.92").display(), "5.92");
  EXPECT_EQ(number("4799.5").display(4), "≈4800");
  EXPECT_EQ(number("999999.9").display(), "≈1000000");
  EXPECT_EQ(number("999999").display(), "999999");
  EXPECT_EQ(number("-1234567").display(), "≈-1234570");
  EXPECT_EQ(number("3.3e24").display(), "3.3e24");
  EXPECT_EQ(Rational().display(), "0");
  EXPECT_EQ(number("0.0005").display(1), "0.0005");
  EXPECT_EQ(Rational::fraction(200, 3).value().display(1), "≈70");
}

TEST(Rational, ErrorsAreNamed) {
  for (const auto error : {NumberError::malformed, NumberError::too_many_digits, NumberError::exponent_out_of_range,
                           NumberError::overflow, NumberError::division_by_zero}) {
    EXPECT_STRNE(to_string(error), "");
  }
}

}  // namespace
}  // namespace writ
