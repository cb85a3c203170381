// Waivers (golden case G20): a person answers for a gap or an open question, for a time; it is evaluated all the same,
// listed, and counts again as soon as the waiver does not cover it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kFacts = R"(package facts
kinds deployment
record transfer "A transfer" key id {
  id: text "Its name" ask "Which?"
  safe: bool "Safeguarded" ask "Is it safeguarded?"
}
facts "All" {
  chats: bool "Chats" ask "Does it chat?"
  told: bool "Told" ask "Are users told?"
  transfers: list of transfer "Transfers" ask "Which transfers are there?"
}
)";

std::string rule(const std::string& name, const std::string& body) {
  return "rule " + name + " \"" + name +
         "\" {\n  cites LAW \"1\"\n  effective from 2026-01-01\n  severity medium\n  remedy \"Do\"\n"
         "  status binding\n  sources \"A\", \"B\"\n  " +
         body + "\n}\n";
}

class Waivers : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string head = " { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n";
    book.write("rules/facts/pack.writ", "pack facts \"Facts\"" + head);
    book.write("rules/facts/facts.writ", kFacts);
    book.write("rules/demo/pack.writ", "pack demo \"Demo\"" + head);
    book.write("rules/demo/demo.writ",
               "package demo\nimport facts\ninstrument LAW \"Law\" { jurisdiction EU published 2026-01-01 }\n" +
                   rule("safeguard", "for each t in transfers\n  requires ground: t.safe") +
                   rule("telling", "applies when chats\n  requires told") +
                   rule("strict", "not waivable\n  applies when chats\n  requires told") +
                   rule("torn", "applies when chats\n  requires told") +
                   "exception a \"A\" to torn {\n  cites LAW \"2\"\n  when chats\n  requires instead told\n}\n"
                   "exception b \"B\" to torn {\n  cites LAW \"3\"\n  when chats\n  requires instead not told\n}\n");
    book.write("docs/app.writ.yaml", document("chats: true\ntold: false\n"));
  }
  static std::string document(const std::string& facts,
                              const std::string& transfers = "[{id: t0, safe: false}, {id: t1, safe: false}]") {
    return "writ: deployment/1\nid: app\n" + facts + "transfers: " + transfers + "\n";
  }
  /// One waiver; `more` are further lines.
  static std::string waiver(const std::string& rule, const std::vector<std::string>& more = {},
                            const std::string& expires = "2026-12-31") {
    std::string out = "- rule: demo." + rule +
                      "\n  document: app\n  reason: audit is booked\n  owner: Ada\n"
                      "  approved_by: Bob\n  from: 2026-06-01\n  expires: " +
                      expires + "\n";
    for (const std::string& line : more) out += "  " + line + "\n";
    return out;
  }
  Ran check(const std::string& waivers, std::vector<std::string> more = {}, const std::string& name = "waivers.yaml") {
    more.insert(more.begin(), {"check", (book.path() / "docs").string(), "--as-of", "2026-11-26", "--waivers",
                               book.write(name, waivers)});
    Environment environment;
    environment.set = {{"WRIT_RULES", (book.path() / "rules").string()}};
    return writ(more, environment);
  }
  nlohmann::json report(const std::string& waivers) { return check(waivers, {"-f", "json"}).json(); }
  Folder book;
};

TEST_F(Waivers, OneElementIsNamedByItsKeyWhereverItStands) {
  const std::string t1 = waiver("safeguard", {"where: {transfers: t1}"});
  auto json = report(t1);
  EXPECT_EQ(verdict_of(json, "demo.safeguard", "t0"), "gap");
  EXPECT_EQ(verdict_of(json, "demo.safeguard", "t1"), "waived");
  const auto row = result_of(json, "demo.safeguard", "t1").at("waiver");
  EXPECT_EQ(row.at("verdict"), "gap");
  EXPECT_EQ(row.at("owner"), "Ada");
  EXPECT_EQ(row.at("expires"), "2026-12-31");
  EXPECT_EQ(json.at("waivers").at(0).at("state"), "covers");
  EXPECT_EQ(json.at("waivers").at(0).at("covered"), 1);

  book.write("docs/app.writ.yaml",
             document("chats: true\ntold: true\n", "[{id: t9, safe: false}, {id: t1, safe: false}]"));
  json = report(t1);
  EXPECT_EQ(verdict_of(json, "demo.safeguard", "t9"), "gap");
  EXPECT_EQ(verdict_of(json, "demo.safeguard", "t1"), "waived");
}

TEST_F(Waivers, WhatIsWaivedIsListedAndCountedApart) {
  book.write("docs/app.writ.yaml", document("chats: false\n", "[{id: t1, safe: false}]"));
  const Ran ran = check(waiver("safeguard", {"requirement: ground"}));
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("demo.safeguard"));
  EXPECT_THAT(ran.out, HasSubstr("audit is booked (owner Ada, approved by Bob, until 2026-12-31)"));
  EXPECT_THAT(ran.out, HasSubstr("1 waived"));
}

TEST_F(Waivers, CoversOnlyTheVerdictItNames) {
  const std::string open = waiver("telling", {"covers: undetermined"});
  auto json = report(open);
  EXPECT_EQ(verdict_of(json, "demo.telling"), "gap");
  EXPECT_EQ(json.at("waivers").at(0).at("state"), "other");
  EXPECT_THAT(check(open).out, HasSubstr("covers undetermined results, and the verdict is gap: it counts"));
  book.write("docs/app.writ.yaml", document("chats: true\n", "[]"));
  EXPECT_EQ(verdict_of(report(open), "demo.telling"), "waived");
  EXPECT_EQ(verdict_of(report(waiver("telling")), "demo.telling"), "undetermined");
}

TEST_F(Waivers, ALapsedOneCoversNothing) {
  const std::string yesterday = waiver("telling", {}, "2026-11-25"), today = waiver("telling", {}, "2026-11-26");
  auto json = report(yesterday);
  EXPECT_EQ(verdict_of(json, "demo.telling"), "gap");
  EXPECT_EQ(json.at("waivers").at(0).at("state"), "lapsed");
  EXPECT_THAT(check(yesterday).out, HasSubstr("lapsed on 2026-11-25: the result counts"));
  EXPECT_EQ(verdict_of(report(today), "demo.telling"), "waived");
  EXPECT_THAT(check(today).out, HasSubstr("lapses on 2026-11-26"));
}

TEST_F(Waivers, ConflictsAreNotWaived) {
  auto json = report(waiver("torn"));
  EXPECT_EQ(verdict_of(json, "demo.torn"), "conflict");
  EXPECT_EQ(json.at("waivers").at(0).at("state"), "other");
}

TEST_F(Waivers, StrictWantsNoneThatIsOver) {
  book.write("docs/app.writ.yaml", document("chats: true\ntold: true\n", "[]"));
  const std::string needless = waiver("telling");
  EXPECT_EQ(check(needless).code, 1) << "torn is a conflict";
  book.write("docs/app.writ.yaml", document("chats: false\n", "[]"));
  EXPECT_EQ(check(needless).code, 0);
  const Ran strict = check(needless, {"--strict-waivers"});
  EXPECT_EQ(strict.code, 4);
  EXPECT_THAT(strict.err, HasSubstr("waiver"));
  EXPECT_EQ(check("", {"--strict-waivers"}).code, 0) << "a file of none";
}

TEST_F(Waivers, JsonFilesAreReadAlike) {
  const std::string text =
      R"([{"rule": "demo.telling", "document": "app", "reason": "r", "owner": "Ada", "approved_by": "Bob",)"
      R"( "from": "2026-06-01", "expires": "2026-12-31"}])";
  const Ran ran = check(text, {"-f", "json"}, "waivers.json");
  EXPECT_EQ(verdict_of(ran.json(), "demo.telling"), "waived");
}

// Each is refused before anything is evaluated, with its place; nothing of the file is used.
TEST_F(Waivers, WhatIsWrongIsUsage) {
  struct Wrong {
    const char* what;
    std::string text, expected, line;
    bool ours = true;  // false: found by the reader of all documents, with a code of its own
  };
  const std::string good = waiver("telling");
  const std::vector<Wrong> all{
      {"unknown key", waiver("telling", {"expiers: 2026-12-31"}), "did you mean `expires`?", ":8:"},
      {"missing keys", "- rule: demo.telling\n  document: app\n", "`reason`, `owner`, `approved_by`, `from`, `expires`",
       ":1:"},
      {"one person", waiver("telling").replace(good.find("Bob"), 3, "Ada"), "`Ada` approves their own waiver", ":5:"},
      {"unknown rule", waiver("teling"), "did you mean `demo.telling`?", ":1:"},
      {"unknown requirement", waiver("safeguard", {"requirement: groud"}), "did you mean `ground`?", ":8:"},
      {"not waivable", waiver("strict"), "marked `not waivable`", ":1:"},
      {"no day", waiver("telling", {}, "2026-02-30"), "`expires` is a day", ":7:"},
      {"ends before it begins", waiver("telling", {}, "2026-05-31"), "ends before it begins", ":7:"},
      {"longer than a year", waiver("telling", {}, "2027-06-02"), "until 2027-06-01", ":7:"},
      {"another list", waiver("safeguard", {"where: {transfer: t1}"}), "walks `transfers`, not `transfer`", ":8:"},
      {"no list", waiver("telling", {"where: {transfers: t1}"}), "walks no list", ":8:"},
      {"errors", waiver("telling", {"covers: error"}), "mended, not waived", ":8:"},
      {"no list of waivers", "rule: demo.telling\n", "a file of waivers is a list", ":1:"},
      {"a key twice", waiver("telling", {"rule: demo.safeguard"}), "rule", ":8:", false},
      {"unreadable", "- rule: [\n", "", "", false},
  };
  for (const Wrong& wrong : all) {
    const Ran ran = check(good + wrong.text);
    const Ran alone = check(wrong.text);
    EXPECT_EQ(alone.code, 2) << wrong.what << "\n" << alone.err;
    EXPECT_THAT(alone.err, HasSubstr(wrong.expected)) << wrong.what;
    EXPECT_THAT(alone.err, HasSubstr("waivers.yaml" + wrong.line)) << wrong.what;
    if (wrong.ours) {
      EXPECT_THAT(alone.err, HasSubstr("WR0720")) << wrong.what;
    }
    EXPECT_EQ(alone.out, "") << wrong.what;
    EXPECT_EQ(ran.code, 2) << wrong.what;
  }
  EXPECT_EQ(check("", {"--waivers", "/nowhere.yaml"}).code, 2);
}

}  // namespace
}  // namespace writ::acceptance
