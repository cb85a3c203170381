// Documents on disk: what is found in folders, what is refused, and that the others are still judged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/run/documents.h"
#include "engine/run/rule_tests.h"
#include "engine/run/run.h"

namespace writ::run {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class Documents : public testing::Test {
 protected:
  Documents() : root_(fs::temp_directory_path() / ("writ-documents-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    const std::string tail = R"( "P" { version "0.1.0" language 1 law checked until 2026-11-22 licence "Apache-2.0" })";
    write("rules/facts/pack.writ", "pack facts" + tail);
    write("rules/facts/facts.writ", "package facts\nkinds deployment\nfacts \"Facts\" { known: bool \"A fact\" }\n");
    write("rules/a/pack.writ", "pack a" + tail);
    write("rules/a/a.writ",
          "package a\nimport facts\ninstrument I \"I\" { jurisdiction EU }\n"
          "rule r \"R\" { cites I \"1\" effective from 2020-01-01 requires known severity low status binding\n"
          "  sources \"https://example.org/1\", \"https://example.org/2\" }\n");
  }
  ~Documents() override { fs::remove_all(root_); }

  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
    return (root_ / name).string();
  }
  [[nodiscard]] Outcome judge(std::vector<std::string> paths, std::uint64_t max_bytes = 1 << 20) const {
    Request request;
    request.rules.search = {root_ / "rules"};
    request.paths = std::move(paths);
    request.as_of = Date::from_civil(2026, 11, 22);
    request.limits.max_bytes = max_bytes;
    return check(request);
  }
  static std::vector<std::string> problems(const Diagnostics& diagnostics) {
    std::vector<std::string> out;
    for (const Diagnostic& d : diagnostics.items()) out.push_back(code_text(d.code) + " " + d.message);
    return out;
  }

  fs::path root_;
};

constexpr const char* kMet = "writ: deployment/1\nid: met\nknown: true\n";

TEST_F(Documents, TheRuleBookOfTheseTestsIsSound) {
  const Outcome outcome = judge({write("met.writ.yaml", kMet)});
  EXPECT_THAT(problems(outcome.result.diagnostics), IsEmpty());
  EXPECT_EQ(outcome.result.exit.code, 0);
  EXPECT_EQ(judge({write("gap.writ.yaml", "writ: deployment/1\nid: gap\nknown: false\n")}).result.exit.code, 1);
}

TEST_F(Documents, AnEmptyFileIsNamedAndTheOthersAreJudged) {
  write("docs/empty.writ.yaml", "# nothing\n");
  write("docs/met.writ.yaml", kMet);
  const Outcome outcome = judge({(root_ / "docs").string()});
  EXPECT_THAT(problems(outcome.result.diagnostics), Contains(HasSubstr("WR0590")));
  EXPECT_EQ(outcome.result.documents.size(), 1U);
  EXPECT_EQ(outcome.result.unread.size(), 1U);
  EXPECT_EQ(outcome.result.exit.code, 3);
}

TEST_F(Documents, OneIdForTwoDocuments) {
  write("docs/a.writ.yaml", kMet);
  write("docs/b.writ.yaml", kMet);
  const Outcome outcome = judge({(root_ / "docs").string()});
  ASSERT_THAT(problems(outcome.result.diagnostics), Contains("WR0591 document id `met` is taken"));
  EXPECT_THAT(outcome.result.diagnostics.items().front().labels.front().text, HasSubstr("a.writ.yaml"));
  EXPECT_EQ(outcome.result.exit.code, 3);
}

TEST_F(Documents, LinksOutOfTheFolder) {
  write("secret.writ.yaml", kMet);
  write("docs/met.writ.yaml", kMet);
  fs::create_symlink(root_ / "secret.writ.yaml", root_ / "docs/link.writ.yaml");
  EXPECT_THAT(problems(judge({(root_ / "docs").string()}).result.diagnostics),
              Contains(HasSubstr("WR0022 link leads out of the folder")));
}

TEST_F(Documents, LargerThanTheLimit) {
  const std::string path = write("large.writ.yaml", std::string(kMet) + "# " + std::string(5000, 'x') + "\n");
  const Outcome outcome = judge({path}, 4096);
  EXPECT_THAT(problems(outcome.result.diagnostics), Contains(HasSubstr("WR0851")));
  EXPECT_EQ(outcome.result.exit.code, 6) << "a limit that the user can raise";
}

TEST_F(Documents, OtherYamlInAFolderIsCountedAloud) {
  write("docs/met.writ.yaml", kMet);
  write("docs/compose.yaml", "services: {}\n");
  const Outcome outcome = judge({(root_ / "docs").string()});
  EXPECT_EQ(outcome.result.not_documents, 1U);
  EXPECT_EQ(outcome.result.documents.size(), 1U);
}

TEST_F(Documents, TestsWhosePathsLeadNowhere) {
  write("rules/a/case.writ.yaml", kMet);
  write("rules/a/r.test.writ",
        "package a\ntest \"t\" { given \"case.writ.yaml\" without known on 2026-01-01 expect undetermined r }\n");
  session::LoadOptions options;
  options.search = {root_ / "rules"};
  options.with_tests = true;
  auto session = session::load(options);
  ASSERT_TRUE(session->ok());
  EXPECT_TRUE(run_tests(*session, {}).outcomes.at(0).passed());
  write("rules/a/case.writ.yaml", "writ: deployment/1\nid: met\n");
  session = session::load(options);
  const TestRun run = run_tests(*session, {});
  EXPECT_FALSE(run.outcomes.at(0).passed());
  EXPECT_THAT(problems(run.outcomes.at(0).diagnostics), Contains("WR0990 the document has no `known` to leave out"));
}

TEST(Globs, StarsAndFolders) {
  EXPECT_TRUE(glob_matches("*.yaml", "a.yaml"));
  EXPECT_FALSE(glob_matches("*.yaml", "b/a.yaml"));
  EXPECT_TRUE(glob_matches("**/*.yaml", "b/c/a.yaml"));
  EXPECT_TRUE(glob_matches("**/*.yaml", "a.yaml"));
  EXPECT_TRUE(glob_matches("a?c", "abc"));
  EXPECT_FALSE(glob_matches("a?c", "a/c"));
  EXPECT_FALSE(glob_matches("**/a.yaml", "b/ca.yaml"));
  EXPECT_TRUE(glob_matches("**/d*/x?.yaml", "a/b/data/c/d/x1.yaml"));
  EXPECT_TRUE(glob_matches("eu/**", "eu/ai_act/gpai"));
  EXPECT_TRUE(glob_matches("*a*b", "aabab"));
  EXPECT_FALSE(glob_matches("", "a"));
  EXPECT_TRUE(glob_matches("**", ""));
  EXPECT_TRUE(glob_matches("eu.*", "eu.gdpr.transfer_safeguard"));
}

}  // namespace
}  // namespace writ::run
