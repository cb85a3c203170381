// Lists that the user supplies, on the command line: found, refused, reported.
#include <gtest/gtest.h>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

const std::string kList = "fixtures/tables/us.ear.entity_list.csv";

Ran check(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"check",   "fixtures/cases/end-use-exports.writ.yaml",
                                     "--as-of", "2025-12-01",
                                     "-r",      "us.ear",
                                     "--rule",  "us.ear.entity_list_names"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return writ(arguments);
}

TEST(SuppliedLists, AreNamedInTheReport) {
  const auto report = check({"--table", "entity_list=" + kList, "-f", "json"}).json();
  ASSERT_EQ(report.at("tables").size(), 1u);
  const auto& table = report.at("tables").at(0);
  EXPECT_EQ(table.at("name"), "us.ear.entity_list");
  EXPECT_EQ(table.at("file"), kList);
  EXPECT_EQ(table.at("rows"), 3);
  EXPECT_EQ(table.at("known_until"), "2026-12-31");
  EXPECT_EQ(table.at("digest").get<std::string>().substr(0, 7), "sha256:");
  EXPECT_EQ(verdict_of(report, "us.ear.entity_list_names", "iran"), "not_applicable");
}

TEST(SuppliedLists, NotSuppliedIsUnknownAndSaysWhichFlag) {
  const auto report = check({"-f", "json"}).json();
  EXPECT_TRUE(report.at("tables").empty());
  const auto result = result_of(report, "us.ear.entity_list_names", "iran");
  EXPECT_EQ(result.at("verdict"), "undetermined");
  EXPECT_TRUE(result.at("missing").at("facts").empty());
  EXPECT_NE(result.at("missing").at("law").dump().find("--table entity_list=FILE.csv"), std::string::npos);
}

TEST(SuppliedLists, WrongNamesAndMissingFilesAreUsage) {
  const Ran typo = check({"--table", "entity_lits=" + kList});
  EXPECT_EQ(typo.code, 2);
  EXPECT_NE(typo.err.find("did you mean `entity_list`?"), std::string::npos) << typo.err;
  EXPECT_EQ(check({"--table", "entity_list=/nowhere.csv"}).code, 2);
  EXPECT_EQ(check({"--table", "entity_list"}).code, 2);
  EXPECT_EQ(check({"--table", "entity_list=" + kList, "--table", "us.ear.entity_list=" + kList}).code, 2);
}

TEST(SuppliedLists, NothingOfAWrongFileIsUsed) {
  const Ran ran = check({"--table", "entity_list=fixtures/malformed/tables/column_typo.csv", "-f", "json"});
  EXPECT_EQ(ran.code, 3);
  const auto report = ran.json();
  EXPECT_EQ(verdict_of(report, "us.ear.entity_list_names", "iran"), "undetermined");
  EXPECT_NE(report.at("diagnostics").dump().find("WR0703"), std::string::npos);
  EXPECT_TRUE(report.at("tables").empty());
}

TEST(SuppliedLists, ANearNameIsAQuestionWithBothSpellings) {
  const Folder folder;
  const std::string list = folder.write("list.csv", "# known until 2026-11-01\nname\nRecipients Ltd.\n");
  const std::string empty = folder.write("empty.csv", "# known until 2026-11-01\nname\n");
  const auto report = check({"--table", "entity_list=" + list, "-f", "json"}).json();
  const auto result = result_of(report, "us.ear.entity_list_names", "iran");
  EXPECT_EQ(result.at("verdict"), "undetermined");
  ASSERT_EQ(result.at("missing").at("facts").size(), 1u);
  const auto& missing = result.at("missing").at("facts").at(0);
  EXPECT_EQ(missing.at("path"), "exports[iran].parties[recipient].name");
  EXPECT_EQ(missing.at("question"),
            "is `recipient` the `Recipients Ltd.` of `entity_list`? If it is, write the name as the list spells it");
  const auto none = check({"--table", "entity_list=" + empty, "-f", "json"}).json();
  EXPECT_EQ(verdict_of(none, "us.ear.entity_list_names", "iran"), "not_applicable");
}

}  // namespace
}  // namespace writ::acceptance
