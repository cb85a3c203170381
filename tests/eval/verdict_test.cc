// The verdict table, exhaustively: over F, A, e, s, q in {true, false, unknown, unknown that may fail, error} the law
// of supply holds for every single supply of a fact, and the table says what the semantics say.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "tests/eval/verdicts.h"

namespace writ::eval::table {
namespace {

TEST(Truth, KleeneTables) {
  EXPECT_EQ(and_(F, U), F);
  EXPECT_EQ(and_(F, E), F);
  EXPECT_EQ(and_(T, U), U);
  EXPECT_EQ(and_(U, E), V) << "unknown beats error, and remembers it";
  EXPECT_EQ(and_(T, E), E);
  EXPECT_EQ(and_(V, T), V);
  EXPECT_EQ(or_(T, E), T);
  EXPECT_EQ(or_(T, U), T);
  EXPECT_EQ(or_(F, U), U);
  EXPECT_EQ(or_(U, E), V);
  EXPECT_EQ(or_(F, E), E);
  EXPECT_EQ(not_(U), U);
  EXPECT_EQ(not_(V), V);
  EXPECT_EQ(not_(E), E);
  EXPECT_EQ(or_(U, not_(U)), U) << "x or not x is unknown with x";
}

TEST(Truth, PendingLiesBetweenFalseAndTrue) {
  EXPECT_EQ(and_(P, T), P);
  EXPECT_EQ(and_(P, F), F);
  EXPECT_EQ(and_(P, P), P);
  EXPECT_EQ(and_(P, U), W) << "false, pending or true";
  EXPECT_EQ(and_(P, E), E);
  EXPECT_EQ(or_(P, T), T);
  EXPECT_EQ(or_(P, F), P);
  EXPECT_EQ(or_(P, U), P) << "pending or true: in time either way";
  EXPECT_EQ(or_(P, E), P) << "nothing is held against anybody before the day";
  EXPECT_EQ(or_(P, V), P);
  EXPECT_EQ(or_(W, U), W);
  EXPECT_EQ(and_(W, E), X);
  EXPECT_FALSE(P.is_false());
}

TEST(Truth, OrderAndGroupingNeverMatter) {
  for (Truth a : kTruths)
    for (Truth b : kTruths) {
      EXPECT_EQ(and_(a, b), and_(b, a)) << name(a) << name(b);
      EXPECT_EQ(or_(a, b), or_(b, a)) << name(a) << name(b);
      EXPECT_EQ(not_(and_(a, b)), or_(not_(a), not_(b)));
      for (Truth c : kTruths) {
        EXPECT_EQ(and_(and_(a, b), c), and_(a, and_(b, c))) << name(a) << name(b) << name(c);
        EXPECT_EQ(or_(or_(a, b), c), or_(a, or_(b, c))) << name(a) << name(b) << name(c);
      }
    }
  // With deadlines, too; that an error hides what could be pending is forgotten by no operand list.
  for (Truth a : kRequired)
    for (Truth b : kRequired)
      for (Truth c : kRequired) {
        const std::array<Truth, 3> abc{a, b, c}, cab{c, a, b}, bca{b, c, a}, cba{c, b, a};
        for (const auto& order : {cab, bca, cba}) {
          EXPECT_EQ(all_true(abc), all_true(order)) << name(a) << name(b) << name(c);
          EXPECT_EQ(any_true(abc), any_true(order)) << name(a) << name(b) << name(c);
        }
        EXPECT_EQ(any_true(abc), or_(a, or_(b, c))) << name(a) << name(b) << name(c);
        EXPECT_EQ(all_true(abc).kind, and_(a, and_(b, c)).kind) << name(a) << name(b) << name(c);
      }
}

TEST(Truth, SupplyOnlySharpens) {
  // A decided result stays; an unknown one becomes an error only if it said so.
  const auto sharpens = [](Truth before, Truth after) {
    if (before.is_pending()) return after.is_pending() || after.is_true();
    if (!before.is_unknown()) return before == after;
    if (after.pending && !before.pending) return false;
    return before.may_error || !(after.is_error() || after.may_error);
  };
  for (Truth a : kRequired)
    for (Truth b : kRequired)
      for (Truth s : supplied(a)) {
        EXPECT_TRUE(sharpens(and_(a, b), and_(s, b))) << name(a) << " and " << name(b) << ", then " << name(s);
        EXPECT_TRUE(sharpens(or_(a, b), or_(s, b))) << name(a) << " or " << name(b) << ", then " << name(s);
      }
}

TEST(Verdict, TheTableOfDefiniteValues) {
  const auto v = [](Truth f, Truth a, Truth x, Truth r) { return judge(force(f), a, x, {r, false}).verdict; };
  for (Truth a : {T, F, E})
    for (Truth x : {T, F, E})
      for (Truth r : {T, F, E}) {
        EXPECT_EQ(v(F, a, x, r), Verdict::not_effective);
        if (a.is_false()) {
          EXPECT_EQ(v(T, a, x, r), Verdict::not_applicable);
          EXPECT_EQ(v(E, a, x, r), Verdict::not_applicable);
        }
        if (a.is_error()) {
          EXPECT_EQ(v(T, a, x, r), Verdict::error);
        }
        if (!a.is_true()) continue;
        EXPECT_EQ(v(E, a, x, r), Verdict::error);
        const Verdict met = r.is_true() ? Verdict::compliant : r.is_false() ? Verdict::gap : Verdict::error;
        const Verdict expected = x.is_true()                    ? Verdict::exempt  // whatever R is
                                 : x.is_error() && !r.is_true() ? Verdict::error
                                                                : met;
        EXPECT_EQ(v(T, a, x, r), expected);
      }
  const Effectiveness later{false, false, true, false, false};
  EXPECT_EQ(judge(later, T, F, {F, false}).verdict, Verdict::not_yet_due);
  EXPECT_EQ(judge(later, E, F, {F, false}).verdict, Verdict::not_yet_due);
}

TEST(Verdict, CompletionsAndRisk) {
  const auto j = [](Truth a, Truth x, Truth r) { return judge(Effectiveness::effective(), a, x, {r, false}); };
  EXPECT_EQ(j(T, U, T).verdict, Verdict::compliant);  // G03
  EXPECT_EQ(j(U, F, T),
            (Judgement{Verdict::undetermined, {Verdict::compliant, Verdict::not_applicable}, false}));  // G04
  EXPECT_EQ(j(U, F, F), (Judgement{Verdict::undetermined, {Verdict::gap, Verdict::not_applicable}, true}));
  EXPECT_EQ(j(T, U, F), (Judgement{Verdict::undetermined, {Verdict::gap, Verdict::exempt}, true}));  // G05
  EXPECT_EQ(
      j(V, F, T),
      (Judgement{Verdict::undetermined, {Verdict::compliant, Verdict::not_applicable, Verdict::error}, true}));  // G08
  const Effectiveness either{true, false, true, false, false};
  EXPECT_EQ(judge(either, T, F, {T, false}),
            (Judgement{Verdict::undetermined, {Verdict::compliant, Verdict::not_yet_due}, false}));  // G09
  EXPECT_EQ(judge(either, F, U, {U, false}).verdict, Verdict::not_applicable);
  const Effectiveness never_due{false, true, true, false, false};
  EXPECT_EQ(judge(never_due, U, U, {U, false}), (Judgement{Verdict::not_applicable, {}, false}));
}

TEST(Verdict, PendingLiesBetween) {
  const Effectiveness f = Effectiveness::effective();
  EXPECT_EQ(judge(f, T, F, {F, true}).verdict, Verdict::pending);
  EXPECT_EQ(judge(f, T, U, {F, true}).verdict, Verdict::pending);  // pending or exempt
  EXPECT_EQ(judge(f, T, T, {F, true}).verdict, Verdict::exempt);
  EXPECT_EQ(judge(f, T, F, {U, true}),
            (Judgement{Verdict::undetermined, {Verdict::compliant, Verdict::gap, Verdict::pending}, true}));
}

// The complete sweep: F and A as sets of possibilities, X from an exception e and its defeater s, R = q.
TEST(Verdict, NoSingleSupplyMovesAVerdictAcrossSides) {
  long cases = 0;
  const auto check = [&](const Judgement& before, const Judgement& after, const std::string& what) {
    ++cases;
    EXPECT_TRUE(allowed(before.verdict, after.verdict))
        << what << ": " << to_string(before.verdict) << " -> " << to_string(after.verdict);
    // could_be is never too narrow: what comes out had been announced.
    if (before.verdict == Verdict::undetermined) {
      if (after.verdict == Verdict::undetermined) {
        EXPECT_TRUE(after.could_be.subset_of(before.could_be)) << what;
        EXPECT_TRUE(before.at_risk || !after.at_risk) << what;
      } else {
        const bool merged = in_favour(
            after.verdict);  // {exempt, compliant} is reported as compliant, {not yet due, …} as not applicable
        EXPECT_TRUE(before.could_be.contains(after.verdict) || merged) << what << to_string(after.verdict);
        EXPECT_TRUE(before.at_risk || in_favour(after.verdict)) << what;
      }
    }
  };
  for (const Effectiveness& f : all_forces())
    for (Truth a : kTruths)
      for (Truth e : kTruths)
        for (Truth s : kTruths)
          for (Truth q : kTruths) {
            const Judgement before = judge(f, a, operative(e, {s}), {q, false});
            const std::string what =
                "F" + std::to_string(bits_of(f)) + " A" + name(a) + " e" + name(e) + " s" + name(s) + " q" + name(q);
            for (const Effectiveness& g : all_forces())
              if ((bits_of(g) & ~bits_of(f)) == 0)
                check(before, judge(g, a, operative(e, {s}), {q, false}), what + " F:=" + std::to_string(bits_of(g)));
            for (Truth t : supplied(a))
              check(before, judge(f, t, operative(e, {s}), {q, false}), what + " A:=" + name(t));
            for (Truth t : supplied(e))
              check(before, judge(f, a, operative(t, {s}), {q, false}), what + " e:=" + name(t));
            for (Truth t : supplied(s))
              check(before, judge(f, a, operative(e, {t}), {q, false}), what + " s:=" + name(t));
            for (Truth t : supplied(q))
              check(before, judge(f, a, operative(e, {s}), {t, false}), what + " q:=" + name(t));
          }
  EXPECT_GT(cases, 100'000);
  RecordProperty("supplies", static_cast<int>(cases));
}

TEST(Verdict, PendingObeysTheLawToo) {
  // Pending may become met when the day is stated; what is unknown may become anything that was possible.
  for (const Effectiveness& f : all_forces())
    for (Truth a : kTruths)
      for (Truth x : kTruths)
        for (Truth r : kRequired)
          for (Truth next : supplied(r)) {
            const Judgement before = judge(f, a, x, Requirement::of(r)), now = judge(f, a, x, Requirement::of(next));
            EXPECT_TRUE(allowed(before.verdict, now.verdict))
                << name(a) << name(x) << to_string(before.verdict) << " -> " << to_string(now.verdict);
            // Done in time, what was pending is compliant: no news on that side.
            const bool narrow =
                now.verdict != Verdict::undetermined || r.is_pending() || now.could_be.subset_of(before.could_be);
            EXPECT_TRUE(narrow) << name(a) << name(x) << name(r) << name(next);
          }
}

TEST(Verdict, OnlyWhatMattersIsMissing) {
  const Effectiveness f = Effectiveness::effective();
  EXPECT_EQ(relevant(f, T, U, {F, false}), (Relevant{false, false, true, false}));
  EXPECT_EQ(relevant(f, U, U, {T, false}), (Relevant{false, true, false, false}))
      << "an exemption from a duty that is met is no question";
  EXPECT_EQ(relevant(f, U, T, {U, false}), (Relevant{false, true, false, false}));
  EXPECT_EQ(relevant(f, T, F, {U, false}), (Relevant{false, false, false, true}));
  EXPECT_EQ(relevant({true, false, true, false, false}, T, F, {F, false}), (Relevant{true, false, false, false}));
  EXPECT_EQ(relevant(f, F, U, {U, false}), Relevant{});
}

TEST(Verdict, GateOrder) {
  EXPECT_GT(badness(Verdict::error, false), badness(Verdict::conflict, false));
  EXPECT_GT(badness(Verdict::conflict, false), badness(Verdict::gap, false));
  EXPECT_GT(badness(Verdict::gap, false), badness(Verdict::undetermined, true));
  EXPECT_GT(badness(Verdict::undetermined, true), badness(Verdict::waived, false));
  EXPECT_GT(badness(Verdict::waived, false), badness(Verdict::undetermined, false));
  EXPECT_EQ(badness(Verdict::undetermined, false), badness(Verdict::compliant, false));
}

TEST(Verdict, NamesAreTheMachineNames) {
  EXPECT_STREQ(to_string(Verdict::not_applicable), "not_applicable");
  EXPECT_STREQ(words(Verdict::not_yet_due), "not yet due");
  EXPECT_STREQ(words(Verdict::gap), "gap");
  EXPECT_EQ((Outcomes{Verdict::gap, Verdict::compliant}).list(),
            (std::vector<Verdict>{Verdict::compliant, Verdict::gap}));
}

}  // namespace
}  // namespace writ::eval::table
