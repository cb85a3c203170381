// Baselines: a gate that is put in front of an estate counts what comes on top of what it owes already, and nothing
// else; and a baseline that is wrong, over, or of other documents holds nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

using testing::HasSubstr;

constexpr const char* kFacts = R"(package facts
kinds deployment
record transfer "A transfer" key id {
  id: text "Its name" ask "Which?"
  safe: bool "Safeguarded" ask "Is it safeguarded?"
}
facts "All" {
  chats: bool "Chats" ask "Does it chat?"
  told: bool "Told" ask "Are users told?"
  logged: bool "Logged" ask "Is it logged?"
  transfers: list of transfer "Transfers" ask "Which transfers are there?"
}
)";

std::string rule(const std::string& name, const std::string& body) {
  return "rule " + name + " \"" + name +
         "\" {\n  cites LAW \"1\"\n  effective from 2026-01-01\n  severity medium\n  remedy \"Do\"\n"
         "  status binding\n  sources \"A\", \"B\"\n  " +
         body + "\n}\n";
}

class Baselines : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string head = " { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n";
    book.write("rules/facts/pack.writ", "pack facts \"Facts\"" + head);
    book.write("rules/facts/facts.writ", kFacts);
    book.write("rules/demo/pack.writ", "pack demo \"Demo\"" + head);
    rules("");
    document("app", "chats: true\ntold: false\nlogged: true\n");
  }
  void rules(const std::string& more) {
    book.write("rules/demo/demo.writ",
               "package demo\nimport facts\ninstrument LAW \"Law\" { jurisdiction EU published 2026-01-01 }\n" +
                   rule("safeguard", "for each t in transfers\n  requires ground: t.safe") +
                   rule("telling", "applies when chats\n  requires told") +
                   rule("logging", "applies when chats\n  requires logged") + more);
  }
  void document(const std::string& id, const std::string& facts,
                const std::string& transfers = "[{id: t0, safe: false}, {id: t1}]") {
    book.write("docs/" + id + ".writ.yaml",
               "writ: deployment/1\nid: " + id + "\n" + facts + "transfers: " + transfers + "\n");
  }
  Ran run_writ(std::vector<std::string> command) {
    Environment environment;
    environment.set = {{"WRIT_RULES", (book.path() / "rules").string()}};
    return writ(command, environment);
  }
  Ran create(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"baseline", "create", docs(), "--as-of", "2026-11-26", "-o", file()});
    return run_writ(more);
  }
  Ran check(std::vector<std::string> more = {}, const std::string& as_of = "2026-11-26") {
    more.insert(more.begin(), {"check", docs(), "--as-of", as_of, "--baseline", file(), "--undetermined", "new"});
    return run_writ(more);
  }
  std::string docs() { return (book.path() / "docs").string(); }
  std::string file() { return (book.path() / "baseline.json").string(); }
  Folder book;
};

// The story of a pipeline: green from its first day, and then red for what is new.
TEST_F(Baselines, APipelineFromItsFirstDay) {
  EXPECT_EQ(run_writ({"check", docs(), "--as-of", "2026-11-26"}).code, 1) << "the estate has gaps";
  ASSERT_EQ(create().code, 0);
  EXPECT_EQ(check().code, 0);
  // A new gap.
  document("app", "chats: true\ntold: false\nlogged: false\n");
  Ran ran = check();
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("exit 1: 1 gap"));
  // A fact that is missing now.
  document("app", "chats: true\ntold: false\n");
  ran = check();
  EXPECT_EQ(ran.code, 4);
  EXPECT_THAT(ran.err, HasSubstr("1 undetermined at risk"));
  // Somebody answers for it, for a time.
  const std::string waivers = book.write(
      "waivers.yaml",
      "- {rule: demo.logging, document: app, covers: undetermined, reason: booked, owner: Ada, approved_by: Bob, from: "
      "2026-11-01, expires: 2026-12-31}\n");
  EXPECT_EQ(check({"--waivers", waivers}).code, 0);
  EXPECT_EQ(check({"--waivers", waivers}, "2027-01-01").code, 4) << "the waiver has lapsed";
  // The rule book asks for something that it did not ask then.
  document("app", "chats: true\ntold: false\nlogged: true\n");
  EXPECT_EQ(check().code, 0);
  rules(rule("fresh", "applies when chats\n  requires told"));
  ran = check({"-f", "json"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(result_of(ran.json(), "demo.fresh").at("baseline"), "new_rule");
  EXPECT_EQ(ran.json().at("baseline").at("new_rule"), 1);
  ran = check({"--new-rules", "warn"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("1 by rules that are new tolerated by --new-rules warn"));
}

TEST_F(Baselines, OnlyTheSameOrLessIsHeld) {
  document("app", "chats: true\nlogged: true\n");  // told is open
  ASSERT_EQ(create().code, 0);
  EXPECT_EQ(check().code, 0);
  EXPECT_EQ(run_writ({"check", docs(), "--as-of", "2026-11-26", "--baseline", file()}).code, 4)
      << "without --undetermined new what is open counts";
  document("app", "chats: true\ntold: false\nlogged: true\n");
  EXPECT_EQ(check().code, 1) << "a gap is worse than an open question";
  document("app", "chats: true\ntold: true\nlogged: true\n");
  const Ran ran = check({"-f", "json"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.json().at("baseline").at("fixed").size(), 1U);
}

TEST_F(Baselines, PruningTakesOutAndNeverAdds) {
  ASSERT_EQ(create().code, 0);
  document("app", "chats: true\ntold: true\nlogged: false\n");
  const Ran pruned = run_writ({"baseline", "prune", "--file", file(), docs(), "--as-of", "2026-11-26"});
  EXPECT_EQ(pruned.code, 0) << pruned.err;
  EXPECT_EQ(check().code, 1) << "the gap of logging was not there, and is not held";
  document("app", "chats: true\ntold: false\nlogged: true\n");
  EXPECT_EQ(check().code, 1) << "the gap of telling was fixed, and is held no more";
}

TEST_F(Baselines, AnOldOneHoldsNothing) {
  ASSERT_EQ(create({"--expires", "2026-12-31"}).code, 0);
  EXPECT_EQ(check({}, "2026-12-31").code, 0);
  const Ran ran = check({}, "2027-01-01");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("ended on 2026-12-31: it holds nothing"));
  EXPECT_EQ(create({"--expires", "2027-11-27"}).code, 2) << "a year at most";
  EXPECT_EQ(create({"--expires", "2026-11-25"}).code, 2);
}

TEST_F(Baselines, AWrongOneIsRefusedBeforeAnythingIsEvaluated) {
  ASSERT_EQ(create().code, 0);
  const nlohmann::json good = nlohmann::json::parse(read_file(file()));
  const auto refused = [&](const nlohmann::json& json, const std::string& why) {
    book.write("baseline.json", json.dump());
    const Ran ran = check();
    EXPECT_EQ(ran.code, 2) << why << "\n" << ran.err;
    EXPECT_TRUE(ran.out.empty()) << why;
    EXPECT_THAT(ran.err, HasSubstr("WR0721")) << why;
  };
  nlohmann::json bad = good;
  bad["schema"] = "writ-baseline/2";
  refused(bad, "another form");
  bad = good;
  bad["extra"] = 1;
  refused(bad, "an unknown key");
  for (const char* key : {"schema", "as_of", "expires", "rules", "entries"}) {
    bad = good;
    bad.erase(key);
    refused(bad, key);
  }
  bad = good;
  bad["expires"] = "2028-11-26";
  refused(bad, "longer than a year");
  bad = good;
  bad["entries"][0]["verdict"] = "error";
  refused(bad, "errors are not held");
  bad = good;
  bad["entries"][0]["verdict"] = "gapp";
  refused(bad, "no verdict");
  bad = good;
  bad["entries"].push_back(good["entries"][0]);
  refused(bad, "twice");
  bad = good;
  bad["entries"][0]["fingerprint"] = "12";
  refused(bad, "no fingerprint");
  refused(nlohmann::json::array(), "no map");
  book.write("baseline.json", "{");
  EXPECT_EQ(check().code, 2);
  EXPECT_EQ(run_writ({"check", docs(), "--baseline", (book.path() / "none.json").string()}).code, 2);
  EXPECT_EQ(run_writ({"check", docs(), "--undetermined", "new"}).code, 2) << "new compared with what?";
}

TEST_F(Baselines, FollowTheirSchema) {
  if (run({"python3", "-c", "import jsonschema"}).code != 0) GTEST_SKIP() << "python3-jsonschema is not installed";
  ASSERT_EQ(create().code, 0);
  const Ran ran = run({"python3", "-c",
                       "import json, sys\nfrom jsonschema import Draft202012Validator as V\n"
                       "schema, baseline = [json.load(open(f)) for f in sys.argv[1:]]\nV.check_schema(schema)\n"
                       "for e in V(schema).iter_errors(baseline): print(e.message)\nprint(len(baseline['entries']))\n",
                       "docs/schemas/writ-baseline-1.schema.json", file()});
  EXPECT_EQ(ran.out, "3\n") << ran.err;
}

TEST_F(Baselines, WhatCannotBeReadOrCheckedMakesNone) {
  book.write("docs/broken.writ.yaml", "writ: deployment/1\nid: [\n");
  EXPECT_EQ(create().code, 3);
  const Folder empty;
  EXPECT_EQ(run_writ({"baseline", "create", empty.path().string(), "-o", file()}).code, 4);
  EXPECT_EQ(run_writ({"baseline", "create", (empty.path() / "none").string(), "-o", file()}).code, 2);
}

// Fingerprints hold lines and positions off; other documents change nothing.
TEST_F(Baselines, NeitherLinesNorPositionsNorOtherDocumentsMoveIt) {
  ASSERT_EQ(create().code, 0);
  std::mt19937 random(7);
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<std::string> elements{"{id: t0, safe: false}", "{id: t1}",
                                      "{id: ok" + std::to_string(trial) + ", safe: true}"};
    std::shuffle(elements.begin(), elements.end(), random);
    std::string list = "\n";
    for (const std::string& e : elements) list += std::string(random() % 3, '\n') + "  - " + e + "\n";
    document("app", std::string(random() % 5, '\n') + "logged: true\n# a comment\ntold: false\nchats: true\n", list);
    document("other", "chats: false\ntold: false\nlogged: false\n", "[]");
    const Ran ran = check({"-f", "json"});
    EXPECT_EQ(ran.code, 0) << list << ran.err;
    EXPECT_EQ(ran.json().at("baseline").at("held"), 3) << list;
  }
  document("other", "chats: true\ntold: false\nlogged: true\n", "[]");
  const Ran ran = check({"-f", "json"});
  EXPECT_EQ(ran.code, 1) << "a gap of another document";
  EXPECT_EQ(ran.json().at("baseline").at("held"), 3);
  EXPECT_EQ(ran.json().at("baseline").at("new"), 1);
}

}  // namespace
}  // namespace writ::acceptance
