// The exit codes are a contract: a test for each row and for each pair that this version can reach, and for the ways to
// check nothing.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

// A rule book of one pack, small enough to see through.
class ExitCodes : public ::testing::Test {
 protected:
  void SetUp() override {
    rule("demo/demo.writ", "told");
    book.write(
        "rules/facts/pack.writ",
        "pack facts \"Facts\" { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n");
    book.write("rules/facts/facts.writ",
               "package facts\nkinds deployment\nfacts \"All\" {\n  chats: bool \"Chats\" ask \"Does it chat?\"\n  "
               "told: bool \"Told\" ask \"Are users told?\"\n"
               "  users: int \"Users\"\n  groups: int \"Groups\"\n}\n");
    book.write("rules/demo/pack.writ",
               "pack demo \"Demo\" { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n");
  }
  void rule(const std::string& file, const std::string& requires_, const std::string& status = "binding",
            const std::string& from = "2026-01-01") {
    book.write("rules/" + file,
               "package demo\nimport facts\ninstrument LAW \"Law\" { jurisdiction EU published 2026-01-01 }\nrule "
               "telling \"Tell users\" {\n  cites LAW \"1\"\n"
               "  effective from " +
                   from + "\n  applies when chats\n  requires " + requires_ +
                   "\n  severity medium\n  remedy \"Tell them\"\n  status " + status + "\n  sources \"A\", \"B\"\n}\n");
  }
  std::string document(const std::string& name, const std::string& facts) {
    return book.write("docs/" + name, "writ: deployment/1\nid: " + name + "\n" + facts);
  }
  Ran check(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), "check");
    arguments.insert(arguments.end(), {"--as-of", "2026-06-01"});
    Environment environment;
    environment.set = {{"WRIT_RULES", (book.path() / "rules").string()}};
    environment.input = input;
    const Ran ran = writ(arguments, environment);
    // One line, always, with the code and its causes.
    if (ran.code != 0 || !ran.err.empty()) {
      EXPECT_TRUE(ran.last_error_line().starts_with("exit " + std::to_string(ran.code)) || ran.code == 2) << ran.err;
    }
    return ran;
  }
  std::string docs() const { return (book.path() / "docs").string(); }
  Folder book;
};

constexpr const char* kGood = "chats: true\ntold: true\n";
constexpr const char* kGap = "chats: true\ntold: false\n";
constexpr const char* kOpen = "chats: true\n";

TEST_F(ExitCodes, ZeroOnlyWhenSomethingWasChecked) {
  EXPECT_EQ(check({document("a.writ.yaml", kGood)}).code, 0);
  EXPECT_EQ(check({document("b.writ.yaml", "chats: false\n")}).code, 0);
}

TEST_F(ExitCodes, OneForAGap) {
  const Ran ran = check({document("a.writ.yaml", kGap)});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.last_error_line(), "exit 1: 1 gap");
}

TEST_F(ExitCodes, TwoForUsage) {
  const std::string good = document("a.writ.yaml", kGood);
  const std::vector<std::vector<std::string>> wrong{{"/no/such/file.yaml"},
                                                    {good, "/no/such/file.yaml"},
                                                    {good, "--no-such-flag"},
                                                    {good, "--fail-on", "sometimes"},
                                                    {good, "--rule", "demo.teling"},
                                                    {good, "-r", "dmeo"},
                                                    {good, "-r", "./no/such/rules"},
                                                    {good, "--jurisdiction", "EUU"},
                                                    {good, "-f", "xml"},
                                                    {good, "-o", "json"},
                                                    {good, "-o", "srif=x"},
                                                    {good, "--undetermined", "maybe"},
                                                    {good, "--min-rules", "many"},
                                                    {good, "--skip-rule", "no.such.rule"},
                                                    {}};
  for (const auto& arguments : wrong) {
    const Ran ran = check(arguments);
    EXPECT_EQ(ran.code, 2) << (arguments.empty() ? "no arguments" : arguments.back()) << "\n" << ran.err;
    EXPECT_TRUE(ran.out.empty()) << "nothing is evaluated: " << ran.out;
  }
  EXPECT_NE(check({good, "--rule", "demo.teling"}).err.find("did you mean `demo.telling`"), std::string::npos);
  Environment environment;
  environment.set = {{"WRIT_RULES", (book.path() / "rules").string()}};
  for (const char* day : {"2026-13-01", "yesterday", "2026-6-1", "2026-02-30", ""}) {
    const Ran ran = writ({"check", good, "--as-of", day}, environment);
    EXPECT_EQ(ran.code, 2) << "--as-of " << day << "\n" << ran.err;
  }
}

TEST_F(ExitCodes, TwoForARuleBookThatIsNotThere) {
  Environment environment;
  environment.set = {{"WRIT_RULES", (book.path() / "none").string()}};
  const Ran ran = writ({"check", document("a.writ.yaml", "chat: true\n")}, environment);
  EXPECT_EQ(ran.code, 2) << "another rule book is other law";
  EXPECT_TRUE(ran.out.empty());
  EXPECT_NE(ran.err.find("WRIT_RULES names no rule book"), std::string::npos) << ran.err;
}

TEST_F(ExitCodes, ThreeForDocumentsThatCannotBeRead) {
  for (const std::string facts :
       {"chat: true\n", "chats: yes\n", "chats: null\n", "chats: true\nchats: true\n", "chats: [\n", "users: many\n"}) {
    const Ran ran = check({document("a.writ.yaml", facts)});
    EXPECT_EQ(ran.code, 3) << facts << ran.out;
  }
}

TEST_F(ExitCodes, ThreeForRulesThatAreWrong) {
  const std::string good = document("a.writ.yaml", kGood);
  rule("demo/demo.writ", "told and");
  EXPECT_EQ(check({good}).code, 3);
  rule("demo/demo.writ", "tolt");
  EXPECT_EQ(check({good}).code, 3);
}

TEST_F(ExitCodes, ThreeForAnErrorInEvaluation) {
  rule("demo/demo.writ", "users / groups > 2");
  EXPECT_EQ(check({document("a.writ.yaml", "chats: true\nusers: 4\ngroups: 0\n")}).code, 3);
}

TEST_F(ExitCodes, FourForWhatIsOpenOrUnchecked) {
  EXPECT_EQ(check({document("a.writ.yaml", kOpen)}).code, 4);  // at risk
  EXPECT_EQ(check({document("b.writ.yaml", "users: 1\n")}).code, 4);
  const Ran ran = check({document("c.writ.yaml", "users: 1\n"), "--undetermined", "allow"});
  EXPECT_EQ(ran.code, 4) << "tolerating what is open does not make a document checked";
  EXPECT_NE(ran.out.find("UNCHECKED"), std::string::npos);
}

TEST_F(ExitCodes, FourForFoldersWithoutDocuments) {
  const Folder empty;
  EXPECT_EQ(check({empty.path().string()}).code, 4);
  empty.write("values.yaml", "replicas: 3\n");
  const Ran ran = check({empty.path().string()});
  EXPECT_EQ(ran.code, 4);
  EXPECT_NE(ran.out.find("1 file is no document"), std::string::npos) << ran.out;
}

TEST_F(ExitCodes, FourForTooFewOrTooOldRules) {
  const std::string good = document("a.writ.yaml", kGood);
  EXPECT_EQ(check({good, "--min-rules", "2"}).code, 4);
  EXPECT_EQ(check({good, "--min-rules", "1"}).code, 0);
  EXPECT_EQ(check({good, "--skip-rule", "demo.telling"}).code, 4);
  Environment environment;
  environment.set = {{"WRIT_RULES", (book.path() / "rules").string()}};
  EXPECT_EQ(writ({"check", good, "--as-of", "2027-05-21"}, environment).code, 0);  // 180 days after 2026-11-22
  EXPECT_EQ(writ({"check", good, "--as-of", "2027-05-22"}, environment).code, 4);
  EXPECT_EQ(writ({"check", good, "--as-of", "2027-05-22", "--max-rule-age", "181"}, environment).code, 0);
}

TEST_F(ExitCodes, FourForANamedPackWithNothingInForce) {
  rule("demo/demo.writ", "told", "binding", "2026-07-01");
  const Ran ran = check({document("a.writ.yaml", kGood), "-r", "demo", "--allow-unchecked"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_NE(ran.err.find("demo has no rule in force on 2026-06-01"), std::string::npos) << ran.err;
}

TEST_F(ExitCodes, SixForALimit) {
  const Ran ran = check({document("a.writ.yaml", kGood), "--max-steps", "1"});
  EXPECT_EQ(ran.code, 6) << ran.err;
  EXPECT_NE(ran.err.find("--max-steps"), std::string::npos);
}

TEST_F(ExitCodes, SeventyFourWhenOutputIsLost) {
  const std::string good = document("a.writ.yaml", kGood);
  EXPECT_EQ(check({good, "-o", "json=/no/such/folder/report.json"}).code, 74);
  const Ran full = run({"bash", "-c",
                        "WRIT_RULES=" + (book.path() / "rules").string() + " " + WRIT_PROGRAM + " check " + good +
                            " --as-of 2026-06-01 > /dev/full"});
  EXPECT_EQ(full.code, 74) << full.err;
}

TEST_F(ExitCodes, SeveralAtOnce) {
  const std::string gap = document("gap.writ.yaml", kGap), open = document("open.writ.yaml", kOpen),
                    bad = document("bad.writ.yaml", "chat: true\n");
  EXPECT_EQ(check({gap, open}).code, 1);                     // 1 > 4
  EXPECT_EQ(check({bad, open}).code, 3);                     // 3 > 4
  EXPECT_EQ(check({bad, gap}).code, 3);                      // 3 > 1
  EXPECT_EQ(check({gap, "--max-steps", "1"}).code, 6);       // 6 > 4: it was not judged
  EXPECT_EQ(check({bad, gap, "--max-steps", "1"}).code, 3);  // 3 > 6
  EXPECT_EQ(check({bad, "/no/such"}).code, 2);               // 2 > 3
  EXPECT_EQ(check({gap, "-o", "json=/no/such/folder/x"}).code, 74);
  const Ran both = check({bad, gap});
  EXPECT_NE(both.out.find("GAP"), std::string::npos) << "the other file is still judged";
  EXPECT_NE(both.out.find("NOT CHECKED"), std::string::npos);
}

TEST_F(ExitCodes, OneEmptyFileDoesNotHideAmongOthers) {
  for (int i = 0; i < 20; ++i) document("good" + std::to_string(i) + ".writ.yaml", kGood);
  EXPECT_EQ(check({docs()}).code, 0);
  book.write("docs/empty.writ.yaml", "");
  EXPECT_EQ(check({docs()}).code, 3);
  book.write("docs/empty.writ.yaml", "writ: deployment/1\nid: empty\n");
  EXPECT_EQ(check({docs(), "--undetermined", "allow"}).code, 4);
}

TEST_F(ExitCodes, WhatGates) {
  const std::string gap = document("a.writ.yaml", kGap);
  EXPECT_EQ(check({gap, "--fail-on", "medium"}).code, 1);
  EXPECT_EQ(check({gap, "--fail-on", "high"}).code, 0);
  EXPECT_EQ(check({gap, "--fail-on", "never"}).code, 0);
  const Ran tolerated = check({gap, "--exit-zero"});
  EXPECT_EQ(tolerated.code, 0);
  EXPECT_NE(tolerated.err.find("turned into 0 by --exit-zero"), std::string::npos);
  for (const char* status : {"draft", "soft", "project", "unenforced"}) {
    rule("demo/demo.writ", "told", status);
    EXPECT_EQ(check({gap}).code, 0) << status;
  }
  rule("demo/demo.writ", "told", "draft");
  EXPECT_EQ(check({gap, "--gate-draft"}).code, 1);
}

TEST_F(ExitCodes, TheFormatChangesNothing) {
  for (const char* facts : {kGood, kGap, kOpen}) {
    const std::string path = document("a.writ.yaml", facts);
    const Ran pretty = check({path}), json = check({path, "-f", "json"});
    EXPECT_EQ(pretty.code, json.code);
    EXPECT_EQ(json.json().at("exit").at("code"), json.code);
  }
}

TEST_F(ExitCodes, StandardInputAndStreams) {
  EXPECT_EQ(check({"-"}, "writ: deployment/1\nid: a\nchats: true\ntold: true\n").code, 0);
  EXPECT_EQ(check({"-"}, "{\"writ\": \"deployment/1\", \"id\": \"a\", \"chats\": true, \"told\": false}").code, 1);
  EXPECT_EQ(check({"-"}, "").code, 3);
  const Ran stream = check({"-"},
                           "{\"writ\": \"deployment/1\", \"id\": \"a\", \"chats\": true, \"told\": true}\n{broken\n"
                           "{\"writ\": \"deployment/1\", \"id\": \"b\", \"chats\": true, \"told\": false}\n");
  EXPECT_EQ(stream.code, 3) << stream.out;
  EXPECT_NE(stream.out.find("GAP"), std::string::npos) << "the lines after a broken one are judged";
  const Ran many = check(
      {"-"},
      "writ: deployment/1\nid: a\nchats: true\ntold: true\n---\nwrit: deployment/1\nid: b\nchats: true\ntold: false\n");
  EXPECT_EQ(many.code, 1);
}

TEST_F(ExitCodes, TwoDocumentsWithOneId) {
  book.write("docs/a.writ.yaml", "writ: deployment/1\nid: same\nchats: true\ntold: true\n");
  book.write("docs/b.writ.yaml", "writ: deployment/1\nid: same\nchats: true\ntold: true\n");
  const Ran ran = check({docs()});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.out.find("a.writ.yaml"), std::string::npos);
  EXPECT_NE(ran.out.find("b.writ.yaml"), std::string::npos);
}

TEST_F(ExitCodes, ABadPackDoesNotHideAGoodOne) {
  book.write(
      "rules/broken/pack.writ",
      "pack broken \"Broken\" { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n");
  book.write("rules/broken/rules.writ", "package broken\nimport facts\nrule x \"X\" { requires nonsense }\n");
  const Ran ran = check({document("a.writ.yaml", kGap)});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.out.find("GAP  medium  demo.telling"), std::string::npos) << ran.out;
}

TEST_F(ExitCodes, FifosAndLinksDoNotBlockOrEscape) {
  document("a.writ.yaml", kGood);
  const Folder outside;
  const std::string target = outside.write("secret.writ.yaml", "writ: deployment/1\nid: x\n");
  std::filesystem::create_symlink(target, book.path() / "docs/link.writ.yaml");
  const Ran ran = check({docs()});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.out.find("link leads out"), std::string::npos) << ran.out;
  std::filesystem::remove(book.path() / "docs/link.writ.yaml");
  ASSERT_EQ(run({"mkfifo", (book.path() / "docs/pipe.writ.yaml").string()}).code, 0);
  EXPECT_EQ(check({docs()}).code, 3);
}

TEST(ProgramExit, HelpAndVersion) {
  EXPECT_EQ(writ({"--help"}).code, 0);
  EXPECT_EQ(writ({"check", "--help"}).code, 0);
  EXPECT_EQ(writ({"version"}).code, 0);
  EXPECT_EQ(writ({}).code, 2);
  EXPECT_EQ(writ({"chek"}).code, 2);
  EXPECT_NE(writ({"help", "exit-codes"}).out.find("nothing counts"), std::string::npos);
  EXPECT_EQ(writ({"explain", "WR0101"}).code, 0);
  EXPECT_EQ(writ({"explain", "WR9999"}).code, 2);
}

}  // namespace
}  // namespace writ::acceptance
