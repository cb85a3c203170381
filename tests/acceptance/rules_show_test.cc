// `rules show` names the facts that a rule reads by the paths under which a document states them.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

TEST(RulesShow, FactsBearTheNamesOfTheVocabulary) {
  const auto declared = writ({"facts", "--schema"}).json().at("properties");
  std::size_t read = 0;
  const auto rules = writ({"rules", "list", "-r", "us.ear", "-f", "json"}).json();
  for (const auto& rule : rules) {
    const std::string id = rule.at("id");
    const Ran shown = writ({"rules", "show", id, "-r", "us.ear", "-f", "json"});
    ASSERT_EQ(shown.code, 0) << id << ": " << shown.err;
    const auto paths = shown.json().at("reads");
    for (const std::string path : paths) {
      EXPECT_TRUE(declared.contains(path.substr(0, path.find_first_of(".[")))) << id << " reads " << path;
      ++read;
    }
  }
  EXPECT_GT(read, 100U);
  const auto reads = writ({"rules", "show", "us.ear.records", "-f", "json"}).json().at("reads");
  EXPECT_NE(std::find(reads.begin(), reads.end(), "exports[].records.until"), reads.end()) << reads;
}

}  // namespace
}  // namespace writ::acceptance
