#include "engine/base/names.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

TEST(Names, FoldingIsCaseAndWhiteSpace) {
  EXPECT_EQ(folded_name("  ACME\t Chips  Ltd. "), "acme chips ltd.");
  EXPECT_EQ(folded_name("MÜLLER Ōsaka ΣΊΓΜΑ ЁЖ ＡＢ"), "müller ōsaka σΊγμα ёж ａｂ");
  EXPECT_EQ(folded_name("\xC2\xA0"
                        "a\xE3\x80\x80"
                        "b"),
            "a b");
  EXPECT_NE(folded_name("Acme, Ltd"), folded_name("Acme Ltd"));
}

TEST(Names, NearIsForAHumanToSay) {
  EXPECT_TRUE(near_names("Acme Chips Co., Ltd.", "ACME CHIPS"));
  EXPECT_TRUE(near_names("Acme Chips", "Chips Acme"));
  EXPECT_TRUE(near_names("Acme Chips", "AcmeChips"));
  EXPECT_TRUE(near_names("Meridian Halcyon Compute", "Meridan Halcyon Compute"));
  EXPECT_TRUE(near_names("Meridian Halcyon Compute Technology", "Meridian"));
  EXPECT_TRUE(near_names("S.A. Acme", "Acme"));
  EXPECT_FALSE(near_names("Acme Chips", "Apex Chips"));
  EXPECT_FALSE(near_names("Acme", "Acne"));  // too short for a slip of the pen
  EXPECT_FALSE(near_names("Halcyon", "Meridian Halcyon"));
  EXPECT_FALSE(near_names("Borealis Lattice GmbH", "Aurora Lattice GmbH"));
  EXPECT_FALSE(near_names("", "Acme"));
}

TEST(Names, NearIsSymmetric) {
  for (const char* a : {"Acme", "Acme Chips Ltd", "Chips", "Acme Chps Limited", "The"})
    for (const char* b : {"Acme", "Acme Chips Ltd", "Chips", "Acme Chps Limited", "The"})
      EXPECT_EQ(near_names(a, b), near_names(b, a)) << a << " / " << b;
}

}  // namespace
}  // namespace writ
