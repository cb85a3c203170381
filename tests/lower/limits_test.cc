#include <gtest/gtest.h>

#include "engine/lower/lower.h"

namespace writ {
namespace {

TEST(Lower, MoreVariablesThanAnInstructionCanName) {
  sema::Checked checked;
  checked.variables.resize(UINT16_MAX + std::size_t{1});
  Diagnostics out;
  const ir::Program program = lower::lower({}, checked, out);
  ASSERT_EQ(out.items().size(), 1U);
  EXPECT_EQ(code_text(out.items()[0].code), "WR0850");
  EXPECT_EQ(program.rules.size(), 0U);
}

}  // namespace
}  // namespace writ
