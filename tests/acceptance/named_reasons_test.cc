// A provision that takes something out of a rule is named where the rule does not apply.
#include <gtest/gtest.h>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

TEST(NamedReasons, TheRtx4090DIsOutsideByNote2) {
  const Ran ran =
      writ({"check", "-v", "-r", "us.ear", "--as-of", "2024-07-01", "fixtures/cases/rtx-4090d-exports.writ.yaml"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const std::string line = "us.ear.licence_2023.licence[january-2024]";
  const std::size_t at = ran.out.find(line);
  ASSERT_NE(at, std::string::npos) << ran.out;
  const std::string text = ran.out.substr(at, ran.out.find('\n', at) - at);
  EXPECT_NE(text.find("by Note 2"), std::string::npos) << text;
  EXPECT_NE(text.find("EAR ECCN 3A090, Note 2"), std::string::npos) << text;
}

}  // namespace
}  // namespace writ::acceptance
