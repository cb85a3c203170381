// The corpus of broken rule files: codes and places are exactly those that stand in the files. WRIT_UPDATE=1 rewrites
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "tests/syntax/golden.h"

namespace {

namespace fs = std::filesystem;
using namespace writ::testing;

const fs::path kFolder = fs::path(WRIT_SOURCE_DIR) / "fixtures" / "malformed" / "rules";

std::vector<fs::path> cases() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("syntax_") && entry.path().extension() == ".writ") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

class Malformed : public ::testing::TestWithParam<fs::path> {};

TEST_P(Malformed, SaysWhatIsExpected) {
  const std::string text = read_file(GetParam());
  if (const char* update = std::getenv("WRIT_UPDATE"); update != nullptr && std::string_view(update) == "1") {
    const std::string fresh = rewritten(text);
    if (fresh != text) std::ofstream(GetParam(), std::ios::binary) << fresh;
    return;
  }
  const std::vector<std::string> expected = expectations(text);
  EXPECT_FALSE(expected.empty()) << "a malformed file without an expected diagnostic";
  EXPECT_EQ(diagnose(text), expected) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Rules, Malformed, ::testing::ValuesIn(cases()),
                         [](const auto& test) { return test.param.stem().string().substr(7); });

TEST(MalformedCorpus, IsThere) { EXPECT_GE(cases().size(), 70U); }

}  // namespace
