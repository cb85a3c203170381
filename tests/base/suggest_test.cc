#include "engine/base/suggest.h"

#include <gtest/gtest.h>

namespace writ {
namespace {

TEST(Suggest, NearestOfTheNames) {
  const std::vector<std::string> names = {"transfers", "training_compute", "placed_on_eu_market", "tpp", "top"};
  EXPECT_EQ(nearest("tranfers", names), "transfers");
  EXPECT_EQ(nearest("trasnfers", names), "transfers");
  EXPECT_EQ(nearest("trainingcompute", names), "training_compute");
  EXPECT_EQ(nearest("TPP", names), "tpp") << "case alone is no distance";
  EXPECT_EQ(nearest("placed_on_market", names), "placed_on_eu_market");
  EXPECT_EQ(nearest("quite_another", names), "");
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest("tpp", {"tpp"}), "") << "the name itself is no suggestion";
}

TEST(Suggest, OrderOfTheCandidatesNeverShows) {
  EXPECT_EQ(nearest("ab", {"ac", "aa"}), "aa");
  EXPECT_EQ(nearest("ab", {"aa", "ac"}), "aa");
}

TEST(Suggest, HostileLengthsCostNothing) {
  const std::string huge(1'000'000, 'x');
  EXPECT_EQ(nearest(huge, {huge + "y"}), "");
  EXPECT_EQ(nearest("xxxx", {huge, "xxxy"}), "xxxy");
}

}  // namespace
}  // namespace writ
