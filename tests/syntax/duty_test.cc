// The expressions that only law needs: deadlines, evidence, open norms, lineage, amounts.
#include <gtest/gtest.h>

#include "tests/syntax/parse_helper.h"

namespace {

using writ::testing::expr_of;

TEST(Duties, Deadlines) {
  EXPECT_EQ(expr_of("notification.on within 14 days of model.since"),
            "(deadline (. notification on) (. model since) (within 14days))");
  EXPECT_EQ(expr_of("a within 10 working days of b in eu.calendar and c"),
            "(and (deadline a b (working-days 10) (in eu.calendar)) c)");
  EXPECT_EQ(expr_of("a within period of b in c"), "(deadline a b (within period) (in c))");
  EXPECT_EQ(expr_of("not a by 2026-08-02 or b by c.d"), "(or (not (deadline a 2026-08-02)) (deadline b (. c d)))");
  EXPECT_EQ(expr_of("a within 72 hours of (b otherwise c)"), "(deadline a (otherwise b c) (within 72hours))");
  EXPECT_EQ(expr_of("some x in l satisfies x.done within 1 month of x.begin"),
            "(some x l (body (deadline (. x done) (. x begin) (within 1month))))");
  EXPECT_EQ(expr_of("a within 10 working weeks of b"),
            "WR0101 `working weeks` is no period | only days are counted by a calendar: 10 working days\n");
  EXPECT_EQ(expr_of("a within 10 days working days of b"),
            "WR0101 working days are counted by a plain number | write it like 10 working days\n");
  EXPECT_TRUE(expr_of("a == b within 3 days of c").starts_with("WR0111"));
  EXPECT_TRUE(expr_of("a by b < c").starts_with("WR0111"));
}

TEST(Duties, Evidence) {
  EXPECT_EQ(expr_of("a.b is evidenced"), "(is-evidenced (. a b))");
  EXPECT_EQ(expr_of("a.b is evidenced no older than 12 months and c"), "(and (is-evidenced (. a b) (age 12months)) c)");
  EXPECT_EQ(expr_of("evidenced is evidenced"), "(is-evidenced evidenced)");
}

TEST(Duties, OpenNorms) {
  EXPECT_EQ(expr_of("judged \"state of the art\" in a.b"), "(judged \"state of the art\" (. a b))");
  EXPECT_EQ(expr_of("judged \"c\" in a.b no older than 12 months independent worded 2026-01-01 or d"),
            "(or (judged \"c\" (. a b) (age 12months) independent (worded 2026-01-01)) d)");
  EXPECT_EQ(expr_of("judged \"c\" in a worded 2026-01-01 no older than 1 year"),
            "(judged \"c\" a (age 1year) (worded 2026-01-01))");
  EXPECT_TRUE(expr_of("judged \"c\" in a independent independent").starts_with("WR0113"));
}

TEST(Duties, Lineage) {
  EXPECT_EQ(expr_of("no m in ancestors of model via base where m.open satisfies m.x"),
            "(no m (ancestors model base) (where (. m open)) (body (. m x)))");
  EXPECT_EQ(expr_of("count of ancestors of model.base via base"), "(count (ancestors (. model base) base))");
}

TEST(Duties, Amounts) {
  EXPECT_EQ(expr_of("higher of (15 million EUR, 3 % of t.turnover)"), "(higher 15000000EUR (of 3% (. t turnover)))");
  EXPECT_EQ(expr_of("lower of (a, higher of (b, c), d) + e"), "(+ (lower a (higher b c) d) e)");
  EXPECT_EQ(expr_of("a + 3 % of b * c"), "(+ a (* (of 3% b) c))");
}

/// What nests without brackets is counted as well.
TEST(Duties, NestingIsBounded) {
  std::string deep, judged, shares = "a";
  for (int i = 0; i < 2'000; ++i) {
    deep += "ancestors of ";
    judged += "judged \"c\" in ";
    shares += " of a";
  }
  EXPECT_TRUE(expr_of(deep + "a").starts_with("WR0801"));
  EXPECT_TRUE(expr_of(judged + "a").starts_with("WR0801"));
  EXPECT_TRUE(expr_of(shares).starts_with("WR0801"));
  std::string higher;
  for (int i = 0; i < 2'000; ++i) higher += "higher of (";
  EXPECT_TRUE(expr_of(higher + "a").starts_with("WR0801"));
}

}  // namespace
