#include "engine/base/unit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace writ {
namespace {

class Units : public testing::Test {
 protected:
  Units() {
    EXPECT_TRUE(table.add_base("bit", "bit"));
    EXPECT_TRUE(table.add_base("s", "second"));
    EXPECT_TRUE(table.add_base("op", "operation"));
    EXPECT_TRUE(table.add_base("m", "metre"));
    derive("byte", "bit", 8);
    derive("GB", "byte", 1'000'000'000);
    derive("TOPS", "op/s", 1'000'000'000'000);
    derive("TPP", "TOPS*bit", 1);
    derive("mm", "m", Rational::fraction(1, 1000).value());
    derive("mm2", "mm^2", 1);
    EXPECT_TRUE(table.add_currency("EUR"));
    EXPECT_TRUE(table.add_currency("USD"));
  }
  void derive(const char* name, const char* of, const Rational& factor) {
    Unit unit = table.parse(of).value();
    unit.factor = unit.factor.mul(factor).value();
    EXPECT_TRUE(table.add_derived(name, name, unit));
  }
  UnitTable table;
};

TEST_F(Units, DifferentNamesOfOneDimensionMeetExactly) {
  const Unit a = table.parse("GB/s").value();
  const Unit b = table.parse("byte/s").value();
  EXPECT_EQ(a.dimension, b.dimension);
  EXPECT_EQ(a.factor.div(b.factor).value(), Rational(1'000'000'000));
  EXPECT_EQ(table.parse("TPP / mm2")->factor, table.parse("TPP*mm^-2")->factor);
  EXPECT_EQ(table.parse("TPP / mm2")->dimension, table.parse("TPP*mm^-2")->dimension);
  EXPECT_EQ(table.parse("mm2")->factor, Rational::fraction(1, 1'000'000).value());
}

TEST_F(Units, PercentHasNoDimension) {
  EXPECT_TRUE(table.find("%")->dimension.dimensionless());
  EXPECT_EQ(table.find("%")->factor, Rational::fraction(1, 100).value());
}

TEST_F(Units, DimensionsCancel) {
  EXPECT_TRUE(table.parse("GB/byte")->dimension.dimensionless());
  EXPECT_TRUE(table.parse("s*1/s")->dimension.dimensionless());
  EXPECT_TRUE(table.parse("m^0")->dimension.dimensionless());
  const Dimension bit = table.find("bit")->dimension;
  EXPECT_TRUE(bit.times(bit, -1).dimensionless());
  EXPECT_EQ(bit.times(bit), table.parse("bit^2")->dimension);
}

TEST_F(Units, CurrenciesDoNotMix) {
  EXPECT_TRUE(table.is_currency("EUR"));
  EXPECT_FALSE(table.is_currency("bit"));
  EXPECT_FALSE(table.is_currency("XXX"));
  EXPECT_NE(table.find("EUR")->dimension, table.find("USD")->dimension);
}

TEST_F(Units, ErrorsNameWhatIsNotDeclared) {
  EXPECT_EQ(table.parse("GB/furlong").error(), "furlong");
  EXPECT_EQ(table.parse("").error(), "");
  for (const char* text : {"GB/", "/s", "GB//s", "GB s", "m^", "m^x", "m^33", "m^-", "(m)", "m^999999999999"}) {
    EXPECT_FALSE(table.parse(text).has_value()) << text;
  }
  EXPECT_FALSE(table.parse("TOPS^32*TOPS^32*TOPS^32").has_value()) << "a factor beyond the exact numbers";
}

TEST_F(Units, NamesAreTakenOnce) {
  EXPECT_FALSE(table.add_base("bit", "again"));
  EXPECT_FALSE(table.add_derived("%", "again", {}));
  EXPECT_FALSE(table.add_currency("EUR"));
  EXPECT_FALSE(table.find("nothing").has_value());
  EXPECT_THAT(table.names(), testing::Contains("TPP"));
}

TEST_F(Units, DescribesInBaseUnits) {
  EXPECT_EQ(table.describe({}), "no unit");
  EXPECT_EQ(table.describe(table.parse("GB/s")->dimension), "bit/s");
  EXPECT_EQ(table.describe(table.parse("TPP/mm2")->dimension), "bit*op/s/m^2");
  EXPECT_EQ(table.describe(table.parse("1/s")->dimension), "1/s");
}

}  // namespace
}  // namespace writ
