#include "engine/columns/names.h"

#include <gtest/gtest.h>

#include <string>

namespace writ::columns {
namespace {

TEST(Names, FindsEachAndNoOther) {
  std::vector<std::string> all{"a",        "b",        "id", "training_compute", "training_compute2", "raining_compute",
                               "x2345678", "12345678y"};
  for (int i = 0; i < 500; ++i) all.push_back("field_" + std::to_string(i * i));
  const std::vector<std::string_view> views(all.begin(), all.end());
  const Names names(views);
  for (std::uint32_t i = 0; i < all.size(); ++i) EXPECT_EQ(names.find(all[i]), i) << all[i];
  for (const char* none : {"", "c", "ID", "field_2", "training_comput", "training_compute3", "field_0 "})
    EXPECT_EQ(names.find(none), UINT32_MAX) << none;
  EXPECT_EQ(Names({}).find("a"), UINT32_MAX);
}

}  // namespace
}  // namespace writ::columns
