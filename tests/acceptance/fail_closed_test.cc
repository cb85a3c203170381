// The ways to check nothing, or to fail to check: none of them is exit 0, in any format, and every one says why.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <functional>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

namespace fs = std::filesystem;

class FailClosed : public ::testing::Test {
 protected:
  void SetUp() override {
    book.write(
        "rules/facts/pack.writ",
        "pack facts \"Facts\" { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n");
    book.write("rules/facts/facts.writ",
               "package facts\nkinds deployment\nfacts \"All\" {\n  chats: bool \"Chats\" ask \"Does it chat?\"\n  "
               "told: bool \"Told\" ask \"Are users told?\"\n  users: int \"Users\"\n  groups: int \"Groups\"\n}\n");
    book.write("rules/demo/pack.writ",
               "pack demo \"Demo\" { version \"1\" language 1 law checked until 2026-11-22 licence \"Apache-2.0\" }\n");
    book.write("rules/demo/demo.writ", demo("told"));
    good = document("good.writ.yaml", "chats: true\ntold: true\n");
  }
  static std::string demo(const std::string& requirement, const std::string& from = "2026-01-01") {
    return "package demo\nimport facts\ninstrument LAW \"Law\" { jurisdiction EU published 2026-01-01 }\nrule telling "
           "\"Tell users\" {\n  cites LAW \"1\"\n  effective from " +
           from + "\n  applies when chats\n  requires " + requirement +
           "\n  severity medium\n  remedy \"Tell them\"\n  status binding\n  sources \"A\", \"B\"\n}\n";
  }
  std::string document(const std::string& name, const std::string& facts) {
    return book.write("docs/" + name, "writ: deployment/1\nid: " + name + "\n" + facts);
  }
  std::string path(const std::string& name) { return (book.path() / name).string(); }
  Ran check(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), "check");
    if (std::find(arguments.begin(), arguments.end(), "--as-of") == arguments.end())
      arguments.insert(arguments.end(), {"--as-of", "2026-06-01"});
    return plain(arguments, input);
  }
  Ran plain(const std::vector<std::string>& arguments, const std::string& input = {}) {
    Environment environment;
    environment.set = {{"WRIT_RULES", path("rules")}};
    environment.input = input;
    return writ(arguments, environment);
  }
  /// Through a shell, for what a caller does to the program.
  Ran shell(const std::string& arguments, const std::string& behind) {
    return run(
        {"bash", "-o", "pipefail", "-c",
         "WRIT_RULES=" + path("rules") + " " + WRIT_PROGRAM + " check " + arguments + " --as-of 2026-06-01 " + behind});
  }
  Folder book;
  std::string good;
};

TEST_F(FailClosed, NoWayToCheckNothingIsGreen) {
  ASSERT_EQ(check({good}).code, 0) << "it is green when something was checked";
  struct Way {
    const char* name;
    int code;
    std::function<std::vector<std::string>()> arguments;
    std::string input = {};
  };
  const Folder empty, values, hidden;
  values.write("values.yaml", "replicas: 3\n");
  hidden.write("notes.txt", "writ: deployment/1\n");
  const auto written = [&](const char* name, const std::string& text) {
    return book.write(std::string("odd/") + name, text);
  };
  const std::string head = "writ: deployment/1\nid: a\n";
  const std::vector<Way> ways{
      {"no path", 2, [&] { return std::vector<std::string>{}; }},
      {"a file that is missing", 2, [&] { return std::vector{path("none.writ.yaml")}; }},
      {"a missing file beside a good one", 2,
       [&] {
         return std::vector{good, path("none.writ.yaml")};
       }},
      {"an empty folder", 4, [&] { return std::vector{empty.path().string()}; }},
      {"a folder without documents", 4, [&] { return std::vector{values.path().string()}; }},
      {"a folder of other files", 4, [&] { return std::vector{hidden.path().string()}; }},
      {"a file that is no document", 3, [&] { return std::vector{(values.path() / "values.yaml").string()}; }},
      {"an empty file", 3, [&] { return std::vector{written("empty.writ.yaml", "")}; }},
      {"spaces only", 3, [&] { return std::vector{written("blank.writ.yaml", "\n  \n")}; }},
      {"a comment only", 3, [&] { return std::vector{written("comment.writ.yaml", "# writ: deployment/1\n")}; }},
      {"broken YAML", 3, [&] { return std::vector{written("broken.writ.yaml", head + "chats: [\n")}; }},
      {"broken JSON", 3, [&] { return std::vector{written("broken.writ.json", "{\"writ\": \"deployment/1\"")}; }},
      {"bytes that are no text", 3, [&] { return std::vector{written("bytes.writ.yaml", head + "chats: \xff\n")}; }},
      {"an unknown fact", 3,
       [&] { return std::vector{written("unknown.writ.yaml", head + "chat: true\ntold: true\n")}; }},
      {"a wrong type", 3, [&] { return std::vector{written("type.writ.yaml", head + "chats: maybe\ntold: true\n")}; }},
      {"a fact twice", 3,
       [&] { return std::vector{written("twice.writ.yaml", head + "chats: true\nchats: true\ntold: true\n")}; }},
      {"no id", 3,
       [&] { return std::vector{written("noid.writ.yaml", "writ: deployment/1\nchats: true\ntold: true\n")}; }},
      {"another version", 3,
       [&] { return std::vector{written("v2.writ.yaml", "writ: deployment/2\nid: a\nchats: true\n")}; }},
      {"another kind", 3,
       [&] { return std::vector{written("kind.writ.yaml", "writ: deploy/1\nid: a\nchats: true\n")}; }},
      {"a document without facts", 4, [&] { return std::vector{written("bare.writ.yaml", head)}; }},
      {"only facts that no rule reads", 4,
       [&] { return std::vector{written("other.writ.yaml", head + "users: 3\n")}; }},
      {"placeholders", 4, [&] { return std::vector{written("todo.writ.yaml", head + "chats: TODO\ntold: TODO\n")}; }},
      {"one unchecked among good ones", 4,
       [&] {
         return std::vector{good, written("bare2.writ.yaml", "writ: deployment/1\nid: b\n")};
       }},
      {"one unreadable among good ones", 3,
       [&] {
         return std::vector{good, written("bad2.writ.yaml", "writ: deployment/1\nid: [\n")};
       }},
      {"everything excluded", 4,
       [&] {
         return std::vector<std::string>{path("docs"), "--exclude", "**"};
       }},
      {"nothing included", 4,
       [&] {
         return std::vector<std::string>{path("docs"), "--include", "*.none"};
       }},
      {"a typo in --rule", 2,
       [&] {
         return std::vector<std::string>{good, "--rule", "demo.teling"};
       }},
      {"a pattern that names no rule", 2,
       [&] {
         return std::vector<std::string>{good, "--rule", "demoo.*"};
       }},
      {"every rule skipped", 4,
       [&] {
         return std::vector<std::string>{good, "--skip-rule", "demo.*"};
       }},
      {"an unknown pack", 2,
       [&] {
         return std::vector<std::string>{good, "-r", "dmeo"};
       }},
      {"a path of rules that is missing", 2,
       [&] {
         return std::vector<std::string>{good, "-r", path("none")};
       }},
      {"a pack without rules", 4,
       [&] {
         return std::vector<std::string>{good, "-r", "facts"};
       }},
      {"an unknown jurisdiction", 2,
       [&] {
         return std::vector<std::string>{good, "--jurisdiction", "XX"};
       }},
      {"a jurisdiction without rules", 2,
       [&] {
         return std::vector<std::string>{good, "--jurisdiction", "US"};
       }},
      {"an unknown role", 2,
       [&] {
         return std::vector<std::string>{good, "--role", "king"};
       }},
      {"before the law", 4,
       [&] {
         return std::vector<std::string>{good, "--as-of", "2025-12-31"};
       }},
      {"law that nobody knew yet", 4,
       [&] {
         return std::vector<std::string>{good, "--law-known-at", "2025-12-31"};
       }},
      {"a rule book that is too old", 4,
       [&] {
         return std::vector<std::string>{good, "--as-of", "2028-01-01"};
       }},
      {"fewer rules than wanted", 4,
       [&] {
         return std::vector<std::string>{good, "--min-rules", "2"};
       }},
      {"a day that is none", 2,
       [&] {
         return std::vector<std::string>{good, "--as-of", "2026-02-30"};
       }},
      {"an unknown flag", 2,
       [&] {
         return std::vector<std::string>{good, "--fail-one", "low"};
       }},
      {"a wrong value", 2,
       [&] {
         return std::vector<std::string>{good, "--fail-on", "lo"};
       }},
      {"an unknown format", 2,
       [&] {
         return std::vector<std::string>{good, "-f", "sarf"};
       }},
      {"an unknown output", 2,
       [&] {
         return std::vector<std::string>{good, "-o", "sarf=x"};
       }},
      {"waivers that are missing", 2,
       [&] {
         return std::vector<std::string>{good, "--waivers", path("none.yaml")};
       }},
      {"waivers that are wrong", 2,
       [&] {
         return std::vector<std::string>{good, "--waivers", written("w.yaml", "- rule: demo.telling\n")};
       }},
      {"a baseline that is missing", 2,
       [&] {
         return std::vector<std::string>{good, "--baseline", path("none.json")};
       }},
      {"a baseline that is wrong", 2,
       [&] {
         return std::vector<std::string>{good, "--baseline", written("b.json", "{}")};
       }},
      {"a list that is missing", 2,
       [&] {
         return std::vector<std::string>{good, "--table", "x=none.csv"};
       }},
      {"too few steps", 6,
       [&] {
         return std::vector<std::string>{good, "--max-steps", "1"};
       }},
      {"a file over the limit", 6,
       [&] {
         return std::vector<std::string>{good, "--max-input-bytes", "8"};
       }},
      {"nesting over the limit", 3,
       [&] {
         return std::vector<std::string>{written("deep.writ.yaml", head + "chats: [[[[true]]]]\n"), "--max-depth", "2"};
       }},
      {"nothing on standard input", 3, [&] { return std::vector<std::string>{"-"}; }},
      {"no lines on standard input", 3,
       [&] {
         return std::vector<std::string>{"-", "-f", "jsonl"};
       },
       "\n\n"},
      {"a line that is broken", 3,
       [&] {
         return std::vector<std::string>{"-", "-f", "jsonl"};
       },
       "{\"writ\": \"deployment/1\"\n"},
      {"a line without facts", 4,
       [&] {
         return std::vector<std::string>{"-", "-f", "jsonl"};
       },
       "{\"writ\": \"deployment/1\", \"id\": \"a\"}\n"},
      {"output that cannot be written", 74,
       [&] {
         return std::vector<std::string>{good, "-o", "html=" + path("none/a.html")};
       }},
      {"output in place of a folder", 74,
       [&] {
         return std::vector<std::string>{good, "-o", "html=" + path("docs")};
       }},
  };
  EXPECT_GE(ways.size(), 40U);
  for (const Way& way : ways) {
    const Ran ran = check(way.arguments(), way.input);
    EXPECT_EQ(ran.code, way.code) << way.name << "\n" << ran.out << ran.err;
    EXPECT_FALSE(ran.err.empty()) << way.name << " says nothing";
    const std::vector<std::string> arguments = way.arguments();
    if (std::find(arguments.begin(), arguments.end(), "-f") != arguments.end()) continue;
    for (const char* format : {"json", "junit", "sarif", "html"}) {
      std::vector<std::string> other = arguments;
      other.insert(other.end(), {"-f", format});
      EXPECT_EQ(check(other, way.input).code, way.code) << way.name << " with -f " << format;
    }
  }
}

TEST_F(FailClosed, RulesThatCannotBeUsed) {
  struct Way {
    const char* name;
    std::string text;
  };
  const std::vector<Way> ways{{"no rules", "package demo\n"},
                              {"a syntax error", demo("told and")},
                              {"an unknown fact", demo("tolled")},
                              {"a wrong type", demo("users")},
                              {"a rule twice", demo("told") + "rule telling \"Again\" {}\n"},
                              {"an import that is missing", "package demo\nimport nothing\n"},
                              {"bytes that are no text", demo("told") + "# \xff\n"},
                              {"not yet in force", demo("told", "2027-01-01")}};
  for (const Way& way : ways) {
    book.write("rules/demo/demo.writ", way.text);
    const Ran ran = check({good});
    EXPECT_TRUE(ran.code == 3 || ran.code == 4) << way.name << ": " << ran.code << "\n" << ran.err;
  }
  fs::remove_all(book.path() / "rules");
  EXPECT_EQ(check({good}).code, 2) << "no rule book at all";
  fs::create_directory(book.path() / "rules");
  EXPECT_NE(check({good}).code, 0) << "an empty one";
}

TEST_F(FailClosed, WhoTakesTheOutputAway) {
  EXPECT_EQ(shell(good, "> /dev/full").code, 74);
  EXPECT_EQ(shell(good, ">&-").code, 74);
  const Ran gone = run({"bash", "-o", "pipefail", "-c",
                        "{ sleep 0.2; WRIT_RULES=" + path("rules") + " " + WRIT_PROGRAM + " check " + good +
                            " --as-of 2026-06-01; } | { exec 0<&-; sleep 0.6; }"});
  EXPECT_EQ(gone.code, 74) << "a reader that has gone away: " << gone.err;
  EXPECT_EQ(shell(good + " -f jsonl", "> /dev/full").code, 74);
  EXPECT_EQ(shell(good + " -o csv=/dev/full/x", "").code, 74);
}

// What stands before what, for every two causes that can be had at once.
TEST_F(FailClosed, TheWorseOfTwoCauses) {
  const std::string gap = document("gap.writ.yaml", "chats: true\ntold: false\n");
  const std::string open = document("open.writ.yaml", "chats: true\n");
  const std::string bad = document("bad.writ.yaml", "chat: true\n");
  const std::string lost = "csv=" + path("none/a.csv");
  using Arguments = std::vector<std::string>;
  const std::vector<std::pair<int, Arguments>> pairs{
      {1, {gap, open}},
      {3, {gap, bad}},
      {3, {open, bad}},
      {6, {open, "--max-steps", "1"}},
      {6, {gap, "--max-steps", "1"}},
      {3, {bad, good, "--max-steps", "1"}},
      {74, {gap, "-o", lost}},
      {74, {open, "-o", lost}},
      {74, {bad, "-o", lost}},
      {74, {good, "--max-steps", "1", "-o", lost}},
      {2, {bad, path("none.yaml")}},
      {2, {gap, "--baseline", path("none.json")}},
      {2, {good, "-o", lost, "--waivers", path("none.yaml")}},
      {1, {gap, "--min-rules", "9"}},
      {4, {open, "--min-rules", "9"}},
  };
  for (const auto& [code, arguments] : pairs) {
    const Ran ran = check(arguments);
    EXPECT_EQ(ran.code, code) << ran.err;
  }
  // A gap on top of what a baseline holds, beside what is open.
  EXPECT_EQ(plain({"baseline", "create", good, "-o", path("b.json"), "--as-of", "2026-06-01"}).code, 0);
  EXPECT_EQ(check({gap, open, "--baseline", path("b.json"), "--undetermined", "new"}).code, 1);
}

}  // namespace
}  // namespace writ::acceptance
