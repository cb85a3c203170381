// Loading a rule book from disk: what is refused, with its code, and that the rest is still there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/session/session.h"

namespace writ::session {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kPack =
    R"( "A pack" { version "0.1.0" language 1 law checked until 2026-11-22 licence "Apache-2.0" })";

constexpr const char* kRule =
    "instrument I \"I\" { jurisdiction EU }\nrule r \"R\" { cites I \"1\" effective from 2020-01-01 requires known "
    "severity low }\n";

class Load : public testing::Test {
 protected:
  Load() : root_(fs::temp_directory_path() / ("writ-load-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    write("rules/facts/pack.writ", std::string("pack facts") + kPack);
    write("rules/facts/facts.writ", "package facts\nkinds deployment\nfacts \"Facts\" { known: bool \"A fact\" }\n");
  }
  ~Load() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  void pack(const std::string& name, const std::string& body) const {
    std::string folder = name;
    std::replace(folder.begin(), folder.end(), '.', '/');
    write("rules/" + folder + "/pack.writ", "pack " + name + kPack);
    write("rules/" + folder + "/body.writ", "package " + name + "\nimport facts\n" + body);
  }
  [[nodiscard]] std::unique_ptr<Session> load_rules(std::vector<std::string> rules = {}) const {
    LoadOptions options;
    options.search = {root_ / "rules"};
    options.rules = std::move(rules);
    options.with_tests = true;
    options.fixtures = root_ / "fixtures";
    return load(options);
  }
  /// "WR0290 no pack …", one of each diagnostic.
  static std::vector<std::string> problems(const Session& session) {
    std::vector<std::string> out;
    for (const Diagnostic& d : session.diagnostics.items()) out.push_back(code_text(d.code) + " " + d.message);
    return out;
  }

  fs::path root_;
};

TEST_F(Load, ASoundRuleBook) {
  pack("a", kRule);
  const auto session = load_rules();
  EXPECT_THAT(problems(*session), IsEmpty());
  EXPECT_TRUE(session->ok());
  EXPECT_TRUE(session->usable());
  EXPECT_THAT(session->packs, Contains("a"));
  EXPECT_THAT(session->digest, testing::StartsWith("sha256:"));
  EXPECT_EQ(session->digest, load_rules()->digest);
  write("rules/a/more.writ", "package a\n# a comment is a change of the text\n");
  EXPECT_NE(session->digest, load_rules()->digest);
}

TEST_F(Load, UnknownPackIsNamedWithTheNearest) {
  pack("licences", "");
  const auto session = load_rules({"licenses"});
  ASSERT_THAT(problems(*session), Contains("WR0290 no pack `licenses` in the rule book"));
  EXPECT_THAT(session->diagnostics.items().front().help, HasSubstr("licences"));
  EXPECT_THAT(problems(*load_rules({(root_ / "rules/nowhere").string()})), Contains("WR0001 no such file or folder"));
  fs::create_directories(root_ / "empty");
  EXPECT_THAT(problems(*load_rules({(root_ / "empty").string()})), Contains("WR0290 no rule files in this folder"));
}

TEST_F(Load, ImportOfAPackThatIsNotThere) {
  pack("a", "import nowhere\n");
  EXPECT_THAT(problems(*load_rules()), Contains("WR0290 no pack `nowhere` in the rule book"));
}

TEST_F(Load, ImportCyclesAreShownWhole) {
  pack("a", "import b\n");
  pack("b", "import c\n");
  pack("c", "import a\n");
  pack("d", "");
  const auto session = load_rules();
  EXPECT_THAT(problems(*session), Contains("WR0291 packages import each other in a circle: a → b → c → a"));
  EXPECT_THAT(session->packs, Contains("d"));
}

TEST_F(Load, AThousandPackagesInACircle) {
  constexpr int kCount = 1000;
  for (int i = 0; i < kCount; ++i) pack("p" + std::to_string(i), "import p" + std::to_string((i + 1) % kCount) + "\n");
  EXPECT_THAT(problems(*load_rules()), Contains(HasSubstr("WR0291 packages import each other in a circle")));
}

TEST_F(Load, PackageOfAnotherFolder) {
  pack("a", "");
  write("rules/a/stray.writ", "package b\n");
  EXPECT_THAT(problems(*load_rules()), Contains("WR0292 package `b` stands in the folder of `a`"));
}

TEST_F(Load, LinksOutOfTheRuleBook) {
  pack("a", "");
  write("outside.writ", "package a\n");
  fs::create_symlink(root_ / "outside.writ", root_ / "rules/a/link.writ");
  EXPECT_THAT(problems(*load_rules()), Contains("WR0022 link leads out of the rule book folder"));
  fs::create_symlink("/etc/passwd", root_ / "rules/a/secret.writ");
  for (const std::string& problem : problems(*load_rules())) EXPECT_THAT(problem, Not(HasSubstr("root:")));
}

TEST_F(Load, PipesAndFoldersAreNoRuleFiles) {
  pack("a", "");
  fs::create_directories(root_ / "rules/a/folder.writ");
  EXPECT_THAT(problems(*load_rules()), Contains("WR0001 not a regular file"));
}

TEST_F(Load, OnePackWithErrorsLeavesTheOthersUsable) {
  pack("bad", "term t \"T\" cites I \"1\" means no_such_fact\ninstrument I \"I\" { jurisdiction EU }\n");
  pack("good", kRule);
  const auto session = load_rules();
  EXPECT_FALSE(session->ok());
  EXPECT_THAT(session->broken, Contains("bad"));
  EXPECT_THAT(session->broken, Not(Contains("good")));
  EXPECT_TRUE(session->usable());
}

TEST_F(Load, InvalidUtf8IsRefusedWithItsPlace) {
  write("rules/a/pack.writ", std::string("pack a") + kPack);
  write("rules/a/body.writ", "package a\n# \xC0\xAF\n");
  EXPECT_THAT(problems(*load_rules()), Contains(HasSubstr("WR0002")));
}

TEST_F(Load, TestsNameDocumentsThatExist) {
  pack("a", kRule);
  write("rules/a/r.test.writ", "package a\ntest \"t\" { given \"nowhere.yaml\" on 2026-01-01 expect gap r }\n");
  EXPECT_THAT(problems(*load_rules()), Contains(HasSubstr("WR0001 no document `nowhere.yaml`")));
}

}  // namespace
}  // namespace writ::session
