// The coverage statement: no provision of a listed instrument is passed over in silence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

using testing::HasSubstr;

constexpr const char* kFacts = R"(package facts
kinds deployment
enum assessment_finding "What was found" { met "Met" not_met "Not met" }
record assessment "What somebody found" key id {
  id: text "Key"
  finding: assessment_finding "What was found"
  by: text "By whom"
  on: date "When"
}
facts "All" {
  chats: bool "Chats" ask "Does it chat?"
  told: bool "Told" ask "Are users told?"
  review: assessment "A review"
}
)";

constexpr const char* kLaw = R"(instrument LAW "The law" {
  jurisdiction EU
  provision "Art. 1-4"
  provision "Art. 5" outside "Of the canteen"
  provision "Art. 6" judged "What is fair"
}
)";

std::string rule(const std::string& name, const std::string& provision, const std::string& requirement) {
  return "rule " + name + " \"" + name + "\" {\n  cites LAW \"" + provision +
         "\"\n  effective from 2026-01-01\n  applies when chats\n  requires " + requirement +
         "\n  severity low\n  remedy \"Do\"\n  status binding\n  sources \"A\", \"B\"\n}\n";
}

class Coverage : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string head = " { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n";
    for (const std::string name : {"facts", "demo", "other"})
      book.write("rules/" + name + "/pack.writ", "pack " + name + " \"" + name + "\"" + head);
    book.write("rules/facts/facts.writ", kFacts);
    book.write("rules/demo/demo.writ", std::string("package demo\nimport facts\n") + kLaw +
                                           rule("telling", "Art. 2(1)", "told") +
                                           rule("quality", "Art. 3", "judged \"good\" in review") +
                                           "term chatty \"Chatty\" cites LAW \"Art. 2(2)\" means chats\n");
    // Another package that cites the same act.
    book.write("rules/other/other.writ",
               "package other\nimport facts\ninstrument LAW \"The law\" { jurisdiction EU }\ninstrument CODE "
               "\"The code\" { jurisdiction EU }\n" +
                   rule("again", "Art. 4", "told"));
  }
  Ran rules(std::vector<std::string> more) {
    more.insert(more.begin(), "rules");
    Environment environment;
    environment.set = {{"WRIT_RULES", (book.path() / "rules").string()}};
    return writ(more, environment);
  }
  Folder book;
};

TEST_F(Coverage, SaysSomethingOfEachProvision) {
  const Ran ran = rules({"--coverage", "-f", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto json = ran.json();
  ASSERT_EQ(json.size(), 1u) << "one act, in two packages; the code is cited nowhere";
  EXPECT_EQ(json.at(0).at("listed"), true);
  std::map<std::string, std::string> states;
  for (const auto& p : json.at(0).at("provisions")) states[p.at("provision")] = p.at("covered");
  EXPECT_EQ(states, (std::map<std::string, std::string>{{"Art. 1", "not_encoded"},
                                                        {"Art. 2", "encoded"},
                                                        {"Art. 3", "open_norm"},
                                                        {"Art. 4", "encoded"},
                                                        {"Art. 5", "outside"},
                                                        {"Art. 6", "open_norm"}}));
  EXPECT_EQ(json.at(0).at("provisions").at(1).at("items").dump(), R"(["demo.chatty","demo.telling"])");
  EXPECT_EQ(json.at(0).at("provisions").at(4).at("reason"), "Of the canteen");
}

TEST_F(Coverage, OfAnActThatListsNothingOnlyWhatIsCited) {
  const Ran ran = rules({"--coverage", "-r", "other"});
  EXPECT_THAT(ran.out, HasSubstr("1 encoded; its provisions are not listed, so nothing is said of the others"));
}

TEST_F(Coverage, AsAPage) {
  const Ran ran = rules({"--coverage", "-f", "markdown"});
  EXPECT_THAT(ran.out, HasSubstr("| Art. 1 | not yet encoded |  |\n"));
  EXPECT_THAT(ran.out, HasSubstr("| Art. 5 | out of scope | Of the canteen |\n"));
  EXPECT_EQ(rules({"-f", "markdown"}).code, 2);
}

}  // namespace
}  // namespace writ::acceptance
