#include "engine/base/provisions.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

using Units = std::vector<std::string>;

TEST(Provisions, ParagraphsAreNotToldApart) {
  EXPECT_EQ(provision_units("Art. 50(1)-(4)"), Units({"Art. 50"}));
  EXPECT_EQ(provision_units("Art. 99(4)(g), 99(6)-(6a)"), Units({"Art. 99"}));
  EXPECT_EQ(provision_units("Art. 50(5), first sentence"), Units({"Art. 50"}));
}
TEST(Provisions, ListsAndRanges) {
  EXPECT_EQ(provision_units("Art. 8-11"), Units({"Art. 8", "Art. 9", "Art. 10", "Art. 11"}));
  EXPECT_EQ(provision_units("Arts 8 to 10 and 12"), Units({"Art. 8", "Art. 9", "Art. 10", "Art. 12"}));
  EXPECT_EQ(provision_units("Art. 4a, 5"), Units({"Art. 4a", "Art. 5"}));
  EXPECT_EQ(provision_units("Art. 6(1), Annex I, III"), Units({"Art. 6", "Annex I", "Annex III"}));
  EXPECT_EQ(provision_units("Recital 27, Art. 3(39)-(40)"), Units({"Recital 27", "Art. 3"}));
}
TEST(Provisions, NumbersWithoutAWord) {
  EXPECT_EQ(provision_units("742.6(a)(6)(iii)"), Units({"742.6"}));
  EXPECT_EQ(provision_units("6-1-1704(1)-(2)"), Units({"6-1-1704"}));
  EXPECT_EQ(provision_units("740.8, 740.2"), Units({"740.8", "740.2"}));
}
TEST(Provisions, NothingIsInvented) {
  EXPECT_EQ(provision_units(""), Units());
  EXPECT_EQ(provision_units("preamble"), Units());
  EXPECT_EQ(provision_units("((("), Units());
  EXPECT_EQ(provision_units("No. 2 to part 742"), Units({"2", "Part 742"}));
  EXPECT_EQ(provision_units("Art. 5 to Annex 7 to"), Units({"Art. 5", "Annex 7"}));
  EXPECT_EQ(provision_units("Art. 8 to 100000"), Units({"Art. 8", "Art. 100000"}));
  EXPECT_EQ(provision_units("Art. 1-100000").size(), 501U);
}

}  // namespace
}  // namespace writ
