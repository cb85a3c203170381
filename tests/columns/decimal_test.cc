#include "engine/columns/decimal.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace writ::columns {
namespace {

TEST(Decimal, TakesTheNumbersOfJsonAndNothingElse) {
  for (const char* good :
       {"0", "-0", "7", "-12", "0.5", "3.3e24", "1E+3", "1e-3", "36028797018963967", "1e25", "100000000000000000"})
    EXPECT_TRUE(read_decimal(good)) << good;
  for (const char* bad : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "1 ", " 1", "0x1", "1_000", "NaN", "1e2000",
                          "--1", "1234567890123456789012"})
    EXPECT_FALSE(read_decimal(bad)) << bad;
}

TEST(Decimal, SurvivesItsEightBytes) {
  for (const char* text : {"0", "-1", "36028797018963967", "-36028797018963967", "1e100", "25e-100", "0.85"}) {
    const Decimal d = *read_decimal(text);
    const Decimal again = Decimal::unpack(d.pack());
    EXPECT_EQ(again.mantissa, d.mantissa) << text;
    EXPECT_EQ(again.exponent, d.exponent) << text;
  }
}

// 10^25 is a threshold of the law, and no double holds it.
TEST(Decimal, ComparesExactly) {
  const auto order = [](const char* a, const char* b) { return compare(*read_decimal(a), *read_decimal(b)); };
  EXPECT_EQ(order("1e25", "10000000000000000000000000"), std::strong_ordering::equal);
  EXPECT_EQ(order("1e25", "1.000000000000001e25"), std::strong_ordering::less);
  EXPECT_EQ(order("0.80", "0.8"), std::strong_ordering::equal);
  EXPECT_EQ(order("-2", "1"), std::strong_ordering::less);
  EXPECT_EQ(order("0", "-1e-100"), std::strong_ordering::greater);
  EXPECT_EQ(order("1e100", "36028797018963967"), std::strong_ordering::greater);
  EXPECT_EQ(order("-1e100", "-36028797018963967"), std::strong_ordering::less);
}

TEST(Decimal, ComparesAsFractionsDo) {
  std::mt19937_64 engine(7);
  const auto number = [&] {
    std::string text = std::to_string(static_cast<std::int64_t>(engine() % 2000) - 1000);
    if (engine() % 2 == 0) text += "." + std::to_string(engine() % 1000);
    if (engine() % 3 == 0) text += "e" + std::to_string(static_cast<int>(engine() % 40) - 20);
    return text;
  };
  for (int i = 0; i < 20'000; ++i) {
    const std::string a = number(), b = number();
    EXPECT_EQ(compare(*read_decimal(a), *read_decimal(b)), Rational::parse(a)->compare(*Rational::parse(b)))
        << a << " " << b;
  }
}

}  // namespace
}  // namespace writ::columns
