// Law that moves: amendments, what is published when, uncertain and never effective law, presumptions, readings, the
// order of exceptions, penalties, and what the user or an inventory brings.
#include <gtest/gtest.h>

#include "tests/syntax/parse_helper.h"

namespace {

using writ::testing::errors_of;
using writ::testing::tree_of;

TEST(Change, DerivedRole) {
  EXPECT_EQ(
      tree_of(R"(role provider of p: party_entry "P" cites AIA "25" means p.brand unless p.small cites AIA "26")"),
      "(role provider (of (p party_entry)) \"P\" (cites (AIA \"25\")) (means (. p brand)) (unless (. p small) "
      "(cites (AIA \"26\"))))\n");
  EXPECT_EQ(tree_of("role deployer \"D\" role provider means a"), "(role deployer \"D\")\n(role provider (means a))\n");
}

TEST(Change, Readings) {
  EXPECT_EQ(tree_of(R"(term transfer(x: flow) "T" cites GDPR "44"
    reading broad "Any" cites G "5" means x.a reading narrow means x.b unless x.c)"),
            "(term transfer (params (x flow)) \"T\" (cites (GDPR \"44\")) (reading broad \"Any\" (cites (G \"5\")) "
            "(means (. x a))) (reading narrow (means (. x b))) (unless (. x c)))\n");
  EXPECT_EQ(errors_of("term t reading only means a"),
            "WR0114 term `t` has only one reading | write the other reading, too, or `means` where nobody disputes "
            "it\n");
}

TEST(Change, PublishedSuppliedCalendar) {
  EXPECT_EQ(tree_of("set s of country { GB from 2025-12-28 until 2031-12-27 published 2025-12-19, JP published "
                    "2019-01-23 published }"),
            "(set s (of country) (entry GB (from 2025-12-28) (until 2031-12-27) (published 2025-12-19)) (entry JP "
            "(published 2019-01-23)) (entry published))\n");
  EXPECT_EQ(tree_of("table t(a: text): int { \"x\" gives 3 from 2025-01-01 published 2024-12-01 \"y\" gives -4 "
                    "published 2024-01-01 }"),
            "(table t (params (a text)) (result int) (row \"x\" (gives 3) (from 2025-01-01) (published 2024-12-01)) "
            "(row \"y\" (gives -4) (published 2024-01-01)))\n");
  EXPECT_EQ(
      tree_of(
          R"(supplied set listed of text "L" cites E "1" supplied table rates(from: text): decimal set a of text = b)"),
      "(supplied set listed (of text) \"L\" (cites (E \"1\")))\n(supplied table rates (params (from text)) "
      "(result decimal))\n(set a (of text) (= b))\n");
  EXPECT_EQ(tree_of(R"(calendar eu "EU" cites R "3" known from 2026-01-01 until 2026-12-31 {
    weekend saturday, sunday holiday 2026-12-25 "Christmas Day", 2026-12-26 holiday 2026-01-01 })"),
            "(calendar eu \"EU\" (cites (R \"3\")) (known-from 2026-01-01) (known-until 2026-12-31) (weekend saturday "
            "sunday) (holiday 2026-12-25 \"Christmas Day\") (holiday 2026-12-26) (holiday 2026-01-01))\n");
  EXPECT_EQ(errors_of("calendar eu { weekend saturday, sonntag }"),
            "WR0101 `sonntag` is no day of the week | the days are monday, tuesday, wednesday, thursday, friday, "
            "saturday and sunday\n");
}

TEST(Change, RuleClauses) {
  EXPECT_EQ(tree_of(R"(rule r { published 2026-01-01
    effective from 2026-01-01 until 2026-02-01 uncertain "stayed" when a, from 2027-01-01
    presume b.c = 50 % when d cites AIA "5" presume e = true
    requires x: f { presume g = 1 cites AIA "6" severity high }
    penalty AIA "99" "text" penalty AIA "101": higher of (15 million EUR, 3 % of turnover) when large penalty AIA "9": 5 EUR })"),
            "(rule r (effective (from 2026-01-01 (until 2026-02-01) (uncertain \"stayed\") (when a)) (from "
            "2027-01-01)) (published 2026-01-01) (presume (. b c) 50% (when d) (cites (AIA \"5\"))) (presume e true) "
            "(requires x: f (severity high) (presume g 1 (cites (AIA \"6\")))) (penalty (AIA \"99\") \"text\") "
            "(penalty (AIA \"101\") (higher 15000000EUR (of 3% turnover)) (when large)) (penalty (AIA \"9\") 5EUR))\n");
  EXPECT_EQ(tree_of("rule r { effective never requires a }"), "(rule r (effective never) (requires a))\n");
}

TEST(Change, Exceptions) {
  EXPECT_EQ(tree_of(R"(exception e to r { cites A "1" when c requires instead d and f yields to x, y prevails over z.w
    presume g = h published 2026-01-01 effective from 2026-01-01 uncertain "draft" })"),
            "(exception e (to r) (cites (A \"1\")) (when c) (requires-instead (and d f)) (yields-to x y) "
            "(prevails-over z.w) (presume g h) (effective (from 2026-01-01 (uncertain \"draft\"))) (published "
            "2026-01-01))\n");
  EXPECT_EQ(tree_of("exception e to r { when c exempts }"), "(exception e (to r) (when c))\n");
  EXPECT_EQ(tree_of("transitional t to r { when c effective from 2026-01-01 published 2025-01-01 }"),
            "(transitional t (to r) (when c) (effective (from 2026-01-01)) (published 2025-01-01))\n");
  EXPECT_EQ(errors_of("exception e to r { when c exempts requires instead d }"),
            "WR0113 an exception has one effect | keep `exempts` or one `requires instead`; for two duties join them "
            "with `and`\n");
  EXPECT_EQ(errors_of("transitional t to r { when c effective from 2026-01-01 yields to x }"),
            "WR0116 `yields` does not belong into a transitional provision | a transitional provision only says from "
            "when a rule holds; write an exception for the rest\n");
}

TEST(Change, Amendments) {
  EXPECT_EQ(tree_of(R"(amend AIA by OMNIBUS "Act" published 2026-07-24 sequence 2 cites OMNIBUS "1" {
    chapter_iii effective from 2027-12-02 when a, from 2028-08-02 when b cites OMNIBUS "2"
    x, y.z effective never
    replace requires of r from 2026-07-27 until 2026-12-31 with a.b cites OMNIBUS "3"
    replace requires all of r with a and b
    replace forbids some_label of r with c
    replace severity of r with low
    replace remedy of r with "Do it"
    repeal x, y from 2026-01-01
    suspend x from 2026-01-01 until 2026-02-01
    insert into adequate { CA from 2026-01-01, US including US-CA, US-NY from 2026-02-01 until 2026-03-01 BR, MX }
    insert into rates { "x", 3 gives 4 EUR from 2026-01-01 "y" gives -5 EUR } cites OMNIBUS "4"
    insert rule new { requires a }
    insert exception e to new { when c }
    insert term t means d
  })"),
            "(rule new (published 2026-07-24) (requires a))\n(exception e (to new) (when c) (published "
            "2026-07-24))\n(term t (means d))\n"
            "(amend AIA (by OMNIBUS) \"Act\" (published 2026-07-24) (sequence 2) (cites (OMNIBUS \"1\")) "
            "(effective (of chapter_iii) (from 2027-12-02 (when a)) (from 2028-08-02 (when b)) (cites (OMNIBUS "
            "\"2\"))) (effective (of x y.z) never) "
            "(replace requires (of r) (from 2026-07-27) (until 2026-12-31) (with (. a b)) (cites (OMNIBUS \"3\"))) "
            "(replace requires all: (of r) (with (and a b))) (replace forbids some_label: (of r) (with c)) (replace "
            "severity (of r) (with low)) (replace remedy (of "
            "r) (with \"Do it\")) (repeal (of x y) (from 2026-01-01)) (suspend (of x) (from 2026-01-01) (until "
            "2026-02-01)) "
            "(insert (of adequate) (entry CA (from 2026-01-01) (published 2026-07-24)) (entry US (including US-CA "
            "US-NY) (from 2026-02-01) (until 2026-03-01) (published 2026-07-24)) (entry BR (published 2026-07-24)) "
            "(entry MX (published 2026-07-24))) "
            "(insert (of rates) (row \"x\" 3 (gives 4EUR) (from 2026-01-01) (published 2026-07-24)) (row \"y\" (gives "
            "-5EUR) (published 2026-07-24)) (cites (OMNIBUS \"4\"))))\n");
}

TEST(Change, AmendmentsThatCannotBe) {
  const auto in = [](const std::string& operation) {
    return errors_of("amend A by B published 2026-01-01 { " + operation + " }");
  };
  EXPECT_EQ(in("repeal x from 2026-01-01 until 2026-02-01"),
            "WR0101 what is repealed does not come back | write `suspend … from … until …` for law that sleeps for a "
            "while\n");
  EXPECT_EQ(in("repeal x"), "WR0114 `repeal` does not say from when | add `from` and the first day\n");
  EXPECT_EQ(in("replace severity of x with \"high\""),
            "WR0101 a severity is one word | write critical, high, medium or low\n");
  EXPECT_EQ(in("replace remedy of x with high"), "WR0101 a remedy is a text in quotation marks | write `with \"…\"`\n");
  EXPECT_EQ(in("replace when all of x with a"),
            "WR0101 only requirements have labels, `when` has none | write `replace when of …`\n");
  EXPECT_EQ(in("insert rule r { published 2026-02-01 requires a }"),
            "WR0116 `r` is published with the amendment | leave `published` out of it\n");
  EXPECT_EQ(errors_of("amend A by B published 2026-01-01 sequence 1.5 { }"),
            "WR0110 `1.5` is no place in a sequence | the amendments of one day are counted 1, 2, 3 …\n");
}

TEST(Change, Portfolio) {
  EXPECT_EQ(tree_of(R"(portfolio rule dependence "D" over d in deployments { cites DORA "28" scope s binds entity
    effective from 2025-01-17 where d.critical group by d.provider weigh d.users
    requires few: top_share(1) < 50 % and groups() >= 2 { severity high } forbids herfindahl() > 0.25
    severity low penalty DORA "50" remedy "Spread" status binding sources "a", "b" author "x" reviewer "y" note "n" not waivable })"),
            "(portfolio-rule dependence \"D\" (over d deployments) (cites (DORA \"28\")) (scope s) (binds entity) "
            "(effective (from 2025-01-17)) (where (. d critical)) (group-by (. d provider)) (weigh (. d users)) "
            "(requires few: (and (< (call top_share 1) 50%) (>= (call groups) 2)) (severity high)) (forbids (> (call "
            "herfindahl) 0.25)) (severity low) (penalty (DORA \"50\")) (remedy \"Spread\") (status binding) (sources "
            "\"a\" \"b\") (author \"x\") (reviewer \"y\") (note \"n\") not-waivable)\n");
}

TEST(Change, Tests) {
  EXPECT_EQ(tree_of(R"(test "t" { given inventory "folder" known at 2026-07-01 reading transfer = broad on 2026-08-15
    expect pending notify due 2026-08-20 expect exactly gap r for "k" reading eu.gdpr.x = narrow })"),
            "(test \"t\" (inventory \"folder\") (on 2026-08-15) (known-at 2026-07-01) (reading transfer broad) "
            "(reading eu.gdpr.x narrow) (expect \"pending\" notify (due 2026-08-20)) (expect exactly \"gap\" r (for "
            "\"k\")))\n");
}

/// The new words are names wherever they cannot be mistaken.
TEST(Change, WordsStayFree) {
  EXPECT_EQ(tree_of("record x { amend: bool reading: text by: date of: int within: int higher: int repeal: date }"),
            "(record x (field amend bool) (field reading text) (field by date) (field of int) (field within int) "
            "(field higher int) (field repeal date))\n");
  EXPECT_EQ(tree_of("term never means a.never and over.amend and uncertain.by == independent"),
            "(term never (means (and (and (. a never) (. over amend)) (== (. uncertain by) independent))))\n");
  EXPECT_EQ(tree_of("enum e { higher lower supplied calendar insert }"),
            "(enum e (higher) (lower) (supplied) (calendar) (insert))\n");
  EXPECT_EQ(tree_of("rule weekend { requires reading: working.over }"),
            "(rule weekend (requires reading: (. working over)))\n");
}

}  // namespace
