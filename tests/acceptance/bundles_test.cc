// Bundles on the command line: the same reports as from the rules, and what is wrong with a file is said.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

namespace fs = std::filesystem;

const std::string kRules = std::string(WRIT_SOURCE_DIR) + "/rules";

Environment with_rules(const std::string& book) {
  Environment environment;
  environment.set = {{"WRIT_RULES", book}};
  return environment;
}

/// Where the rules are from is the one thing in which reports may differ.
std::string without_from(std::string text) {
  const std::size_t at = text.find("\nfrom       ");
  if (at != std::string::npos) text.erase(at, text.find('\n', at + 1) - at);
  return text;
}

void expect_same(const std::string& rules, const std::vector<std::string>& arguments) {
  std::string said;
  for (const std::string& a : arguments) said += a + " ";
  const Ran a = writ(arguments, with_rules(rules)), b = writ(arguments, with_rules(rules + ".writb"));
  EXPECT_EQ(a.code, b.code) << said;
  EXPECT_EQ(a.err, b.err) << said;
  // Not as two values of an assertion: a report has megabytes, and the difference of two is more than memory holds.
  const std::string one = without_from(a.out), other = without_from(b.out);
  const auto [at, there] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  EXPECT_TRUE(at == one.end() && there == other.end())
      << said << "differs at " << at - one.begin() << ": "
      << std::string(at, at + std::min<std::ptrdiff_t>(200, one.end() - at));
  EXPECT_EQ(a.out.empty(), a.code == 2) << said;
}

TEST(Bundles, ReportsAreThoseOfTheRules) {
  const Folder folder;
  const std::string rules = (folder.path() / "rules").string(), book = rules + ".writb";
  fs::copy(kRules, rules, fs::copy_options::recursive);  // a bundle stands for the folder beside it
  const Ran built = writ({"bundle", "build", "-o", book}, with_rules(rules));
  ASSERT_EQ(built.code, 0) << built.err;
  const std::string one = "fixtures/cases/eu-hiring-tool.writ.yaml", day = "2026-11-22";
  for (const char* format : {"pretty", "json", "jsonl"}) {
    // The whole rule book on two fixtures; a report of all of them has half a gigabyte.
    std::vector<std::string> some{"check", "--as-of", day, "-f", format};
    for (const char* name : {"h800-exports", "deepseek-app-italy"})
      some.push_back("fixtures/cases/" + std::string(name) + ".writ.yaml");
    expect_same(rules, some);
    expect_same(rules, {"check", one, "--as-of", day, "-f", format, "-r", "eu.gdpr"});
    expect_same(rules, {"check", one, "--as-of", day, "-f", format, "-r", "eu.gdpr", "-r", "labour"});
  }
  expect_same(rules, {"check", "fixtures/cases", "--as-of", day, "-f", "jsonl", "-r", "openness"});
  expect_same(rules, {"check", one, "--as-of", day, "-v", "-r", "eu"});
  expect_same(rules, {"check", one, "--as-of", day, "--rule", "eu.ai_act.*", "--law-known-at", "2024-08-01"});
  expect_same(rules, {"check", "fixtures/cases/end-use-exports.writ.yaml", "--as-of", "2025-12-01", "-r", "us.ear",
                      "--table", "entity_list=fixtures/tables/us.ear.entity_list.csv", "-f", "json"});
  expect_same(rules, {"rules", "list"});
  expect_same(rules, {"facts", "-r", "eu.gdpr"});
  expect_same(rules, {"check", one, "--as-of", day, "-r", "eu.gpdr"});
  expect_same(rules, {"check", one, "--as-of", day, "--rule", "eu.gdpr.nothing"});
  const Ran again = writ({"bundle", "build", "-q", "-o", (folder.path() / "again.writb").string()}, with_rules(rules));
  EXPECT_EQ(again.code, 0);
  EXPECT_EQ(read_file(folder.path() / "again.writb"), read_file(book)) << "the same rules, the same bytes";
}

// A rule book of one pack, to change and to damage.
class BundleFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string head = "\" { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n";
    folder.write("share/writ/rules/facts/pack.writ", "pack facts \"Facts" + head);
    folder.write(
        "share/writ/rules/facts/facts.writ",
        "package facts\nkinds deployment\nfacts \"All\" {\n  chats: bool \"Chats\" ask \"Does it chat?\"\n  told: "
        "bool \"Told\" ask \"Are users told?\"\n}\n");
    folder.write("share/writ/rules/demo/pack.writ", "pack demo \"Demo" + head);
    write_rule("told");
    document = folder.write("a.writ.yaml", "writ: deployment/1\nid: a\nchats: true\ntold: false\n");
  }
  void write_rule(const std::string& condition) {
    folder.write(
        "share/writ/rules/demo/demo.writ",
        "package demo\nimport facts\ninstrument LAW \"Law\" { jurisdiction EU published 2026-01-01 }\nrule telling "
        "\"Tell users\" {\n  cites LAW \"1\"\n  effective from 2026-01-01\n  applies when chats\n  requires " +
            condition + "\n  severity medium\n  remedy \"Tell them\"\n  status binding\n  sources \"A\", \"B\"\n}\n");
  }
  void build() {
    const Ran built = writ({"bundle", "build", "-o", book()}, with_rules(rules()));
    ASSERT_EQ(built.code, 0) << built.err;
    EXPECT_NE(built.out.find("1 rules of 2 packs"), std::string::npos) << built.out;
  }
  [[nodiscard]] Ran check(const std::string& with, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"check", document, "--as-of", "2026-06-01"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return writ(arguments, with_rules(with));
  }
  [[nodiscard]] std::string rules() const { return (folder.path() / "share/writ/rules").string(); }
  [[nodiscard]] std::string book() const { return rules() + ".writb"; }
  void change(std::size_t at, char by) const {
    std::string bytes = read_file(book());
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ by);
    std::ofstream(book(), std::ios::binary) << bytes;
  }
  Folder folder;
  std::string document;
};

TEST_F(BundleFiles, AreReadInPlaceOfAFolder) {
  build();
  const Ran ran = check(book());
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_NE(ran.out.find("\nfrom       " + book() + "\n"), std::string::npos) << ran.out;
  EXPECT_EQ(check("/nowhere", {"-r", book()}).out, ran.out);
  EXPECT_EQ(check(book(), {"-r", "demo"}).code, 1);
  EXPECT_EQ(check(book(), {"-r", "dmeo"}).code, 2);
  const std::string other = (folder.path() / "no-name").string();
  fs::copy_file(book(), other);
  EXPECT_EQ(check("/nowhere", {"-r", other}).code, 1) << "known by how it begins";
}

TEST_F(BundleFiles, DamagedIsFive) {
  build();
  const auto size = static_cast<std::size_t>(fs::file_size(book()));
  for (const std::size_t at : {0U, 30U, 100U}) {
    change(at, 1);
    for (const Ran& ran : {check(book()), writ({"rules", "list"}, with_rules(book())),
                           writ({"bundle", "verify", book()}), check("/nowhere", {"-r", book()})}) {
      EXPECT_EQ(ran.code, 5) << at << ran.err;
      EXPECT_TRUE(ran.out.empty()) << ran.out;
      EXPECT_NE(ran.err.find("WR0730"), std::string::npos) << ran.err;
      EXPECT_EQ(ran.last_error_line(), "exit 5: the bundle is damaged");
    }
    change(at, 1);
  }
  // A section that a command does not read is nothing to it; whoever verifies reads them all.
  const std::string whole = check(book(), {"-r", "demo"}).out;
  change(size - 1, 1);
  const Ran ran = check(book(), {"-r", "demo"});
  EXPECT_TRUE(ran.code == 5 || ran.out == whole) << ran.code << ran.out;
  EXPECT_EQ(writ({"bundle", "verify", book()}).code, 5);
  change(size - 1, 1);
  EXPECT_EQ(writ({"bundle", "verify", book()}).code, 0);
  EXPECT_EQ(writ({"bundle", "verify", "--compile", book()}).code, 0);
}

TEST_F(BundleFiles, AnotherFormatIsThreeAndSaysHowToBuildIt) {
  build();
  change(8, 2);
  for (const Ran& ran : {check(book()), writ({"bundle", "inspect", book()}), writ({"bundle", "verify", book()})}) {
    EXPECT_EQ(ran.code, 3) << ran.err;
    EXPECT_NE(ran.err.find("WR0731"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("writ bundle build"), std::string::npos) << ran.err;
  }
}

TEST_F(BundleFiles, RulesWithErrorsAreNotBundled) {
  write_rule("tolt");
  EXPECT_EQ(writ({"bundle", "build", "-o", book()}, with_rules(rules())).code, 3);
  EXPECT_FALSE(fs::exists(book()));
  EXPECT_EQ(writ({"bundle", "build", "-r", "dmeo", "-o", book()}, with_rules(rules())).code, 2);
  EXPECT_EQ(writ({"bundle", "build"}, with_rules(rules())).code, 2);
  EXPECT_EQ(writ({"bundle", "verify", "/no/such.writb"}).code, 2);
  EXPECT_EQ(writ({"bundle", "inspect", document}).code, 5);
}

TEST_F(BundleFiles, AnInstalledProgramReadsItsBundleWhileItIsOfItsRules) {
  build();
  fs::create_directories(folder.path() / "bin");
  const std::string program = (folder.path() / "bin/writ").string();
  fs::copy_file(WRIT_PROGRAM, program);
  const auto from = [&](const std::string& book_) { return "\nfrom       " + book_ + "\n"; };
  const std::vector<std::string> command{program, "check", document, "--as-of", "2026-06-01"};
  Environment nothing;
  nothing.set = {{"WRIT_RULES", ""}};
  Ran ran = run(command, nothing);
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_NE(ran.out.find(from(book())), std::string::npos) << ran.out;
  write_rule("not told");  // somebody edits what is installed
  ran = run(command, nothing);
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_NE(ran.out.find(from(rules())), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace writ::acceptance
