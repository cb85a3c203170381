// After a mistake the rest of the file is still read, and one mistake is one diagnostic.
#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>

#include "tests/syntax/parse_helper.h"

namespace {

using writ::testing::parse_text;
using writ::testing::Parsed;

TEST(Recovery, ABrokenExpressionBecomesAHole) {
  const Parsed p =
      parse_text("rule a { cites AIA \"1\" applies when x and and y requires z severity high }\nterm t means u\n");
  EXPECT_EQ(p.diagnostics.items().size(), 1U) << p.messages();
  EXPECT_EQ(p.tree(),
            "(rule a (cites (AIA \"1\")) (applies <hole>) (requires z) (severity high))\n(term t (means u))\n");
}

TEST(Recovery, ABrokenClauseIsLeftOut) {
  const Parsed p = parse_text(
      "rule a {\n  cites AIA \"1\"\n  effective until 2025-01-01\n  requires z\n  severity 3\n  remedy \"r\"\n}\n");
  EXPECT_EQ(p.diagnostics.items().size(), 2U) << p.messages();
  EXPECT_EQ(p.tree(), "(rule a (cites (AIA \"1\")) (requires z) (remedy \"r\"))\n");
}

TEST(Recovery, AMissingBraceDoesNotSwallowTheNextItem) {
  const Parsed p =
      parse_text("rule a {\n  cites AIA \"1\"\n  requires z\n\nrule b {\n  cites AIA \"2\"\n  requires y\n}\n");
  ASSERT_EQ(p.diagnostics.items().size(), 1U) << p.messages();
  EXPECT_EQ(p.diagnostics.items()[0].labels.at(0).text, "opened here");
  EXPECT_EQ(p.tree(), "(rule a (cites (AIA \"1\")) (requires z))\n(rule b (cites (AIA \"2\")) (requires y))\n");
}

TEST(Recovery, OneMistakeInEachOfManyItems) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "term t" + std::to_string(i) + " means a = b\n";
  const Parsed p = parse_text(text);
  EXPECT_EQ(p.diagnostics.items().size(), 10U) << p.messages();
  EXPECT_EQ(p.file.items.size(), 10U);
  EXPECT_EQ(writ::ast::print(p.file, p.file.items[9]), "(term t9 (means (== a b)))");
}

TEST(Recovery, LexicalMistakesAreMended) {
  const Parsed p = parse_text("term t means a && b || !c and d => 1,000 and e < 02.08.2025\n");
  EXPECT_EQ(p.diagnostics.items().size(), 6U) << p.messages();
  EXPECT_EQ(p.tree(), "(term t (means (or (and a b) (and (and (not c) (>= d 1000)) (< e <hole>)))))\n");
}

TEST(Recovery, AtMostTwentyAreShownAndTheOthersCounted) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "term t" + std::to_string(i) + " means\n";
  const Parsed p = parse_text(text);
  ASSERT_EQ(p.diagnostics.items().size(), 21U);
  EXPECT_EQ(p.diagnostics.items().back().message, "30 more syntax errors in this file");
  EXPECT_EQ(p.file.items.size(), 50U);
}

TEST(Recovery, WhatIsLeftOutNeverTurnsIntoSomethingElse) {
  // A clause that was dropped must not leave a rule that applies always without a diagnostic.
  for (const char* text :
       {"rule a { cites AIA \"1\" applies x requires z }", "rule a { cites AIA \"1\" aplies when x requires z }",
        "rule a { cites AIA \"1\" effective to 2025-01-01 requires z }", "exception e to a { when }"}) {
    EXPECT_TRUE(parse_text(text).diagnostics.has_errors()) << text;
  }
}

// Of processor time. Sanitizers and assertions cost their part.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr double kSecond = 60.0;
#else
constexpr double kSecond = 1.0;
#endif

struct Hostile {
  const char* name;
  std::string text;
  const char* code;
};

std::string repeat(const std::string& part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(Limits, HostileFilesAreRefusedQuickly) {
  const std::vector<Hostile> cases = {
      {"parentheses", "term a means " + repeat("(", 1'000'000), "WR0801"},
      {"closed parentheses", "term a means " + repeat("(", 200'000) + "x" + repeat(")", 200'000), "WR0801"},
      {"braces", "term a means " + repeat("{", 500'000), "WR0801"},
      {"brackets", "test \"t\" { given { a = " + repeat("[", 500'000), "WR0801"},
      {"negations", "term a means " + repeat("not ", 400'000) + "x", "WR0801"},
      {"minus", "term a means " + repeat("- ", 400'000) + "x", "WR0801"},
      {"quantifiers", "term a means " + repeat("some x in y where ", 50'000) + "z", "WR0801"},
      {"quantifiers on lines", "term a means " + repeat("some x in y\nwhere ", 50'000) + "z", "WR0801"},
      {"calls", "term a means " + repeat("f(", 300'000), "WR0801"},
      {"chain of or", "term a means x" + repeat(" or x", 200'000), "WR0801"},
      {"chain of plus", "term a means x" + repeat(" + x", 200'000), "WR0801"},
      {"chain of dots", "term a means x" + repeat(".x", 200'000), "WR0801"},
      {"lineages", "term a means " + repeat("ancestors of ", 200'000) + "x", "WR0801"},
      {"judgements", "term a means " + repeat("judged \"c\" in ", 100'000) + "x", "WR0801"},
      {"amounts", "term a means " + repeat("higher of (", 100'000) + "x", "WR0801"},
      {"chain of deadlines", "term a means x" + repeat(" within 1 day of x", 50'000), "WR0801"},
      {"chain of evidence", "term a means x" + repeat(" is evidenced", 150'000), "WR0801"},
      {"broken amendments", "amend A by B published 2026-01-01 {\n" + repeat("repeal x y\n", 100'000) + "}\n",
       "WR0119"},
      {"broken items", repeat("rule {\n", 100'000), "WR0801"},
      {"closed broken items", repeat("rule { }\n", 100'000), "WR0119"},
      {"broken terms", repeat("term t means and\n", 100'000), "WR0119"},
      {"broken clauses", "rule a {\n" + repeat("severity \"high\" =\n", 100'000) + "}\n", "WR0119"},
      {"broken fields", "record a {\n" + repeat("x y z\n", 100'000) + "}\n", "WR0119"},
      {"stray characters", repeat("@", 400'000), "WR0119"},
      {"closing braces", repeat("}", 400'000), "WR0119"},
      {"open texts", repeat("\"\n", 400'000), "WR0119"},
      {"deep expressions", "term a means " + repeat("(x or ", 600) + "x" + repeat(")", 600), ""},
      {"too many words", repeat("a ", 1'100'000), "WR0021"},
      {"digits", "term a means " + repeat("9", 2'000'000), "WR0806"},
      {"exponent", "term a means 1e" + repeat("9", 1'000'000), "WR0806"},
      {"one long line", "term a means \"" + repeat("x", 8'000'000) + "\" = y", "WR0108"},
  };
  for (const Hostile& c : cases) {
    const std::clock_t start = std::clock();
    const Parsed p = parse_text(c.text);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    bool found = c.code[0] == '\0';
    for (const writ::Diagnostic& d : p.diagnostics.items()) found = found || writ::code_text(d.code) == c.code;
    EXPECT_TRUE(found) << c.name << "\n" << p.messages().substr(0, 500);
    EXPECT_LE(p.diagnostics.items().size(), 21U) << c.name;
    EXPECT_LT(seconds, kSecond) << c.name;
    std::printf("  %-24s %.3f s\n", c.name, seconds);
  }
}

TEST(Limits, ThousandLevelsAreRead) {
  const std::string text = "term a means " + repeat("(", 990) + "x" + repeat(")", 990);
  EXPECT_EQ(parse_text(text).messages(), "");
  EXPECT_EQ(parse_text("term a means " + repeat("f(", 990) + "x" + repeat(")", 990)).messages(), "");
  EXPECT_EQ(parse_text("term a means " + repeat("not ", 990) + "x").messages(), "");
}

}  // namespace
