// Law that changes, in memory: editions, suspension, annulment, a text not published yet, uncertain days, contested
// readings (golden cases G10, G11, G13 and the readings of G19).
#include <gtest/gtest.h>

#include "tests/eval/build.h"

namespace writ::eval::testing {
namespace {

struct Law {
  Book book;
  ir::NodeId a, b;
  ir::RuleId rule;
  Given given;

  Law() {
    book.root("a", book.boolean);
    book.root("b", book.boolean);
    book.root("day", book.date_type);
    a = book.fact("a");
    b = book.fact("b");
    rule = book.rule("r", a, {b});
    given = book.blank();
  }
  ir::Rule& law() { return book.program.rules[rule]; }
  void state(const char* fact, bool value) { book.state(given, fact, Given::of(value)); }
  Finding judged(const char* as_of) const { return book.run(given, as_of).findings.at(0); }
  std::string verdict(const char* as_of) const { return text(judged(as_of)); }

  ir::NodeId edition(std::vector<std::pair<DayInterval, ir::NodeId>> texts) {
    const auto first = static_cast<std::uint32_t>(book.program.lists.size());
    for (const auto& [days, node] : texts) {
      book.program.lists.push_back(static_cast<std::uint32_t>(days.from.days));
      book.program.lists.push_back(static_cast<std::uint32_t>(days.last.days));
      book.program.lists.push_back(node.index);
    }
    return book.node(ir::Op::edition, book.boolean, first, static_cast<std::uint32_t>(texts.size()));
  }
  ir::NodeId contested(std::vector<std::pair<std::string, ir::NodeId>> readings) {
    ir::Readings item;
    item.name = "t";
    std::vector<ir::NodeId> nodes;
    for (auto& [name, node] : readings) {
      item.readings.push_back({name, "", {}, {}});
      nodes.push_back(node);
    }
    const ir::ReadingsId id = book.program.readings.add(std::move(item));
    const auto [first, count] = book.list(nodes);
    return book.node(ir::Op::contested, book.boolean, id.index, first, count);
  }
};

TEST(Amended, SuspendedThenUncertain) {  // G13
  Law l;
  l.law().effective = {{days("2025-09-29", "2025-11-09"), {}, {}, ""},
                       {days("2026-11-10"), {}, {}, "no source after 9 November 2026"}};
  l.law().history.suspended = {days("2025-11-10", "2026-11-09")};
  l.state("a", true);
  l.state("b", false);
  EXPECT_EQ(l.judged("2025-11-09").judgement.verdict, Verdict::gap);
  const Finding suspended = l.judged("2025-11-10");
  EXPECT_EQ(suspended.judgement.verdict, Verdict::not_effective);
  EXPECT_EQ(suspended.not_effective, NotEffective::suspended);
  EXPECT_EQ(suspended.effective_date, date("2025-11-10"));
  EXPECT_EQ(suspended.until_date, date("2026-11-09"));
  const Finding open = l.judged("2026-11-22");
  EXPECT_EQ(open.judgement.verdict, Verdict::undetermined);
  EXPECT_EQ(open.reason, Reason::law);
  EXPECT_EQ(open.uncertain, "no source after 9 November 2026");
  EXPECT_TRUE(open.missing.empty());
  ASSERT_EQ(open.law.size(), 1u);
  EXPECT_NE(open.law.front().text.find("uncertain"), std::string::npos);
}

TEST(Amended, UncertainLawThatDoesNotMatter) {
  Law l;
  l.law().effective = {{days("2026-11-10"), {}, {}, "why"}};
  l.state("a", true);
  l.state("b", true);
  EXPECT_EQ(l.judged("2026-11-22").judgement.could_be, (Outcomes{Verdict::compliant, Verdict::not_effective}));
  l.state("a", false);
  EXPECT_EQ(l.judged("2026-11-22").judgement.verdict, Verdict::not_applicable);
}

TEST(Amended, NeverAndUnpublished) {  // G11
  Law l;
  l.state("a", true);
  l.state("b", false);
  l.law().history.never = true;
  l.law().effective.clear();
  EXPECT_EQ(l.judged("2026-07-01").not_effective, NotEffective::never);
  l.law().history.unpublished = true;
  l.law().history.published = date("2026-07-24");
  EXPECT_EQ(l.judged("2026-07-01").not_effective, NotEffective::unpublished);
  EXPECT_EQ(l.judged("2026-07-01").effective_date, date("2026-07-24"));
}

TEST(Amended, ATransitionalDoesNotBringASuspendedRuleBack) {
  Law l;
  l.state("a", true);
  l.state("b", false);
  l.law().history.suspended = {days("2026-01-01", "2026-06-30")};
  l.book.transitional("t", {l.rule}, l.book.truth(true), {{days("2025-01-01"), {}, {}, ""}});
  EXPECT_EQ(l.judged("2026-03-01").not_effective, NotEffective::suspended);
  EXPECT_EQ(l.judged("2026-07-01").judgement.verdict, Verdict::gap);
}

TEST(Amended, TheGoverningDaySelectsTheText) {
  Law l;
  l.law().requirements.front().holds =
      l.edition({{days("", "2026-07-26"), l.b}, {days("2026-07-27"), l.book.negate(l.b)}});
  l.state("a", true);
  l.state("b", true);
  EXPECT_EQ(l.judged("2026-07-26").judgement.verdict, Verdict::compliant);
  EXPECT_EQ(l.judged("2026-07-27").judgement.verdict, Verdict::gap);
  // An unknown day leaves open which text it is, and asks for the day.
  l.law().judged_on = l.book.fact("day");
  const Finding f = l.judged("2026-07-27");
  EXPECT_EQ(f.judgement.could_be, (Outcomes{Verdict::compliant, Verdict::gap}));
  EXPECT_EQ(f.missing.size(), 1u);
  EXPECT_EQ(f.reason, Reason::facts);
}

TEST(Amended, ReadingsThatDisagree) {  // G19
  Law l;
  const ir::NodeId t = l.contested({{"broad", l.a}, {"narrow", l.book.truth(false)}});
  l.law().applies = t;
  l.state("a", true);
  l.state("b", false);
  const Finding f = l.judged("2026-11-22");
  EXPECT_EQ(f.judgement.verdict, Verdict::undetermined);
  EXPECT_EQ(f.reason, Reason::contested);
  EXPECT_TRUE(f.missing.empty());
  ASSERT_EQ(f.readings.size(), 2u);
  EXPECT_EQ(f.readings[0].judgement.verdict, Verdict::gap);
  EXPECT_EQ(f.readings[1].judgement.verdict, Verdict::not_applicable);
  ASSERT_EQ(f.law.size(), 1u);
  EXPECT_EQ(f.law.front().text, "`t` is contested: `broad` or `narrow`");
}

// One reads a fact, the other is computed from facts: where both are true there is nothing to quarrel about.
TEST(Amended, ReadingsThatComeToTheSameValue) {
  Law l;
  l.law().applies = l.contested({{"broad", l.a}, {"narrow", l.book.all({l.a, l.book.truth(true)})}});
  l.state("a", true);
  l.state("b", false);
  const Finding f = l.judged("2026-11-22");
  EXPECT_EQ(f.judgement.verdict, Verdict::gap);
  EXPECT_TRUE(f.readings.empty());
  EXPECT_TRUE(f.law.empty());
}

TEST(Amended, ReadingsThatAgreeOnTheVerdict) {  // G19: gap and gap
  Law l;
  const ir::NodeId t = l.contested({{"broad", l.a}, {"narrow", l.book.truth(false)}});
  l.law().applies = l.book.any({t, l.book.negate(t)});
  l.state("a", true);
  l.state("b", false);
  const Finding f = l.judged("2026-11-22");
  EXPECT_EQ(f.judgement.verdict, Verdict::gap);
  EXPECT_EQ(f.readings.size(), 2u);
  EXPECT_EQ(f.reason, Reason::none);
}

TEST(Amended, WhereFactsAreMissingTheQuarrelIsNotBlamed) {
  Law l;
  const ir::NodeId t = l.contested({{"broad", l.a}, {"narrow", l.a}});
  l.law().applies = t;
  l.state("b", false);
  const Finding f = l.judged("2026-11-22");
  EXPECT_EQ(f.judgement.could_be, (Outcomes{Verdict::gap, Verdict::not_applicable}));
  EXPECT_EQ(f.reason, Reason::facts);
  EXPECT_TRUE(f.law.empty());
  EXPECT_EQ(f.missing.size(), 1u);
}

TEST(Amended, AChosenReadingIsTheLaw) {
  Law l;
  l.law().applies = l.contested({{"broad", l.a}, {"narrow", l.book.truth(false)}});
  l.state("a", true);
  l.state("b", false);
  const facts::Document document = l.book.bind(l.given);
  for (std::uint32_t reading : {0u, 1u}) {
    Options options;
    options.as_of = date("2026-11-22");
    options.readings = {{ir::ReadingsId(0), reading}};
    const Finding f = evaluate(l.book.program, document, options).findings.at(0);
    EXPECT_EQ(f.judgement.verdict, reading == 0 ? Verdict::gap : Verdict::not_applicable);
    EXPECT_TRUE(f.readings.empty());
  }
}

TEST(Amended, ASuspendedExceptionExemptsNobody) {
  Law l;
  l.state("a", true);
  l.state("b", false);
  const ir::ExceptionId e = l.book.exception("e", {l.rule}, l.a);
  EXPECT_EQ(l.judged("2026-03-01").judgement.verdict, Verdict::exempt);
  l.book.program.exceptions[e].history.suspended = {days("2026-01-01", "2026-06-30")};
  EXPECT_EQ(l.judged("2026-03-01").judgement.verdict, Verdict::gap);
  EXPECT_EQ(l.judged("2026-07-01").judgement.verdict, Verdict::exempt);
  l.book.program.exceptions[e].history.repealed = date("2026-07-01");
  EXPECT_EQ(l.judged("2026-07-01").judgement.verdict, Verdict::gap);
}

}  // namespace
}  // namespace writ::eval::testing
