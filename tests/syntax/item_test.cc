// Every item of docs/language.md §1 to §3 becomes the expected tree.
#include <gtest/gtest.h>

#include "tests/syntax/parse_helper.h"

namespace {

using writ::testing::tree_of;

TEST(Items, PackageImportsPack) {
  EXPECT_EQ(tree_of("package eu.ai_act import facts import eu.gdpr"),
            "(package eu.ai_act)\n(import facts)\n(import eu.gdpr)\n");
  EXPECT_EQ(
      tree_of(
          R"(pack eu.ai_act "EU AI Act" { version "0.1.0" language 1 law checked until 2026-11-22 licence "Apache-2.0" description "d" })"),
      R"((pack eu.ai_act "EU AI Act" (version "0.1.0") (language 1) (law-checked-until 2026-11-22) (licence "Apache-2.0") (description "d")))"
      "\n");
}

TEST(Items, Units) {
  EXPECT_EQ(tree_of("unit FLOP \"operation\" unit op = FLOP unit TOPS = 10^12 op/s unit TPP = TOPS * bit unit GB = "
                    "10^9 byte \"gigabyte\""),
            "(unit FLOP \"operation\")\n(unit op FLOP)\n(unit TOPS 1000000000000 op/s)\n(unit TPP TOPS*bit)\n(unit GB "
            "\"gigabyte\" 1000000000 byte)\n");
  EXPECT_EQ(tree_of("currency EUR, USD kinds deployment, model"), "(currency EUR USD)\n(kinds deployment model)\n");
}

TEST(Items, EnumAndRecord) {
  EXPECT_EQ(tree_of("enum modality \"What\" { text \"Text\" image rule \"any word\" of, and }"),
            "(enum modality \"What\" (text \"Text\") (image) (rule \"any word\") (of) (and))\n");
  EXPECT_EQ(
      tree_of(R"(record transfer "A flow" key id {
      id: text "Key"
      destination: country "Country" ask "Where?" from "dpo", "legal" provision "Art. 44"
      mechanism: optional transfer_mechanism formerly tool
      date: event date
      level: dated optional map[country] of set of modality
      from: date   until: optional date
      tags: set of country  items: list of chip  of: reference to model
      speed: quantity[GB/s] "Rate"  area: quantity[mm^2]  share: ratio
    })"),
      "(record transfer \"A flow\" (key id) (field id text \"Key\") (field destination country \"Country\" (ask "
      "\"Where?\") (from \"dpo\" \"legal\") "
      "(provision \"Art. 44\")) (field mechanism optional transfer_mechanism (formerly tool)) (field date event date) "
      "(field level optional dated (map country (set modality))) (field from date) (field until optional date) (field "
      "tags (set country)) "
      "(field items (list chip)) (field of (reference model)) (field speed (quantity GB/s) \"Rate\") (field area "
      "(quantity mm^2)) (field share ratio))\n");
  EXPECT_EQ(tree_of("facts \"What\" { model: model \"The model\" } facts { a: bool }"),
            "(facts \"What\" (field model model \"The model\"))\n(facts (field a bool))\n");
}

TEST(Items, InstrumentRoleGroup) {
  EXPECT_EQ(
      tree_of(
          R"(instrument AIA "AI Act" { jurisdiction EU published 2024-07-12 entered into force 2024-08-01 url "https://x" })"),
      R"((instrument AIA "AI Act" (jurisdiction EU) (published 2024-07-12) (in-force 2024-08-01) (url "https://x")))"
      "\n");
  EXPECT_EQ(tree_of("instrument A { provision \"Art. 1-3\" provision \"Art. 4\" outside \"Of courts\" provision \"Art. "
                    "5\" judged \"Fairness\" }"),
            "(instrument A (provision \"Art. 1-3\") (provision \"Art. 4\" (outside \"Of courts\")) (provision \"Art. "
            "5\" (judged \"Fairness\")))\n");
  EXPECT_EQ(tree_of("role provider \"Provider\" cites AIA \"Art. 3(3)\", GL \"§3.2\" group chapter_v \"V\" cites AIA "
                    "\"51\" group bare"),
            "(role provider \"Provider\" (cites (AIA \"Art. 3(3)\") (GL \"§3.2\")))\n(group chapter_v \"V\" (cites "
            "(AIA \"51\")))\n(group bare)\n");
}

TEST(Items, ScopeAndTerm) {
  EXPECT_EQ(tree_of(R"w(scope ai_act of AIA "Scope" cites AIA "2" means a or b
      unless "Military" c == military cites AIA "2(3)" but not when d cites AIA "2(4)" but not when e
      unless f)w"),
            "(scope ai_act (of AIA) \"Scope\" (cites (AIA \"2\")) (means (or a b)) (unless \"Military\" (== c "
            "military) (cites (AIA \"2(3)\")) "
            "(but-not d (cites (AIA \"2(4)\"))) (but-not e)) (unless f))\n");
  EXPECT_EQ(tree_of("term tpp(c: chip, d: quantity[bit]): quantity[TPP] \"T\" cites EAR \"3A090\" means c.tops * d"),
            "(term tpp (params (c chip) (d (quantity bit))) (result (quantity TPP)) \"T\" (cites (EAR \"3A090\")) "
            "(means (* (. c tops) d)))\n");
  EXPECT_EQ(tree_of("term a means b term c means d"), "(term a (means b))\n(term c (means d))\n");
  EXPECT_EQ(tree_of("term a means b unless \"x\" == c"), "(term a (means b) (unless (== \"x\" c)))\n");
}

TEST(Items, Sets) {
  EXPECT_EQ(tree_of(R"(set adequate of country "Adequate" cites GDPR "45" known from 2000-07-26 until 2026-11-22 {
      JP from 2019-01-23
      GB from 2021-06-28 until 2025-06-27
      CN including HK, MO from 2023-01-17
      AD, AR, US-CA
      XX before 2020-01-01  YY until 2021-01-01
    })"),
            "(set adequate (of country) \"Adequate\" (cites (GDPR \"45\")) (known-from 2000-07-26) (known-until "
            "2026-11-22) (entry JP (from 2019-01-23)) "
            "(entry GB (from 2021-06-28) (until 2025-06-27)) (entry CN (including HK MO) (from 2023-01-17)) (entry AD) "
            "(entry AR) (entry US-CA) "
            "(entry XX (before 2020-01-01)) (entry YY (until 2021-01-01)))\n");
  EXPECT_EQ(tree_of("set s of text { \"a\" \"b\", \"c\" from 2020-01-01 } set t of stage { draft, published }"),
            "(set s (of text) (entry \"a\") (entry \"b\") (entry \"c\" (from 2020-01-01)))\n(set t (of stage) (entry "
            "draft) (entry published))\n");
  EXPECT_EQ(tree_of("set r of country = (d1 union d4) minus a5"),
            "(set r (of country) (= (minus (union d1 d4) a5)))\n");
}

TEST(Items, Tables) {
  EXPECT_EQ(
      tree_of(R"(table release(version: text): date "Dates" cites LLAMA "2" known until 2026-11-22 {
      "llama-2" gives 2023-07-18
      "llama-3" gives 2024-04-18 from 2024-04-18
      otherwise none
    })"),
      "(table release (params (version text)) (result date) \"Dates\" (cites (LLAMA \"2\")) (known-until 2026-11-22) "
      "(row \"llama-2\" (gives 2023-07-18)) (row \"llama-3\" (gives 2024-04-18) (from 2024-04-18)) otherwise-none)\n");
  EXPECT_EQ(tree_of("table t(a: country, b: stage): money { JP, draft gives 5 EUR until 2025-01-01 US, b gives -3 EUR "
                    "otherwise (x otherwise 0 EUR) }"),
            "(table t (params (a country) (b stage)) (result money) (row JP draft (gives 5EUR) (until 2025-01-01)) "
            "(row US b (gives -3EUR)) "
            "(otherwise (otherwise x 0EUR)))\n");
  EXPECT_EQ(tree_of("table t(a: stage): int { a gives 5 b gives 6 otherwise 7 }"),
            "(table t (params (a stage)) (result int) (row a (gives 5)) (row b (gives 6)) (otherwise 7))\n");
}

TEST(Items, Classifications) {
  EXPECT_EQ(tree_of(R"(classify risk "Tier" within eu.ai_act.scope cites AIA "6" {
      order prohibited > high > minimal
      prohibited when a
      high when b >= 5 minimal otherwise
    })"),
            "(classify risk \"Tier\" (within eu.ai_act.scope) (cites (AIA \"6\")) (order prohibited high minimal) "
            "(prohibited a) (high (>= b 5)) (minimal otherwise))\n");
  EXPECT_EQ(tree_of("classify eccn(c: chip) { none when note_2(c) a3A090 when tpp(c) >= 4800 TPP b3A090 when pd(c) > 3 "
                    "none otherwise }"),
            "(classify eccn (params (c chip)) (none (call note_2 c)) (a3A090 (>= (call tpp c) 4800TPP)) (b3A090 (> "
            "(call pd c) 3)) (none otherwise))\n");
}

TEST(Items, Rules) {
  EXPECT_EQ(tree_of(R"(rule r "Title" {
      cites AIA "Art. 53", GL "3"  group chapter_v, eu.x.y  scope none  binds provider, deployer
      effective from 2022-10-07 before 2023-11-17, from 2024-01-01 until 2025-01-01 when e.kind == reexport, from 2026-01-01
      for each e in exports where e.kind != domestic   judged on e.date
      applies when a and not b
      requires licence: e.licence.held { remedy "Apply" cites EAR "762" severity low note "n" }
      forbids harm: e.harm
      severity critical  penalty AIA "Art. 101" "15 million"  remedy "Do"  status binding  sources "OJ", "C"
      author "A" reviewer "R" note "N" not waivable
    })"),
            "(rule r \"Title\" (cites (AIA \"Art. 53\") (GL \"3\")) (group chapter_v eu.x.y) (scope none) (binds "
            "provider deployer) "
            "(effective (from 2022-10-07 (before 2023-11-17)) (from 2024-01-01 (until 2025-01-01) (when (== (. e kind) "
            "reexport))) (from 2026-01-01)) "
            "(for-each e exports (where (!= (. e kind) domestic))) (judged-on (. e date)) (applies (and a (not b))) "
            "(requires licence: (. (. e licence) held) (cites (EAR \"762\")) (severity low) (remedy \"Apply\") (note "
            "\"n\")) (forbids harm: (. e harm)) "
            "(severity critical) (penalty (AIA \"Art. 101\") \"15 million\") (remedy \"Do\") (status binding) (sources "
            "\"OJ\" \"C\") (author \"A\") (reviewer \"R\") "
            "(note \"N\") not-waivable)\n");
  EXPECT_EQ(tree_of("rule r { cites AIA \"1\" requires x not waivable }"),
            "(rule r (cites (AIA \"1\")) (requires x) not-waivable)\n");
  EXPECT_EQ(tree_of("rule r { cites AIA \"1\" requires x not in s }"),
            "(rule r (cites (AIA \"1\")) (requires (not in x s)))\n");
  EXPECT_EQ(tree_of("rule r { requires remedy: x { remedy \"a\" } penalty AIA \"1\" }"),
            "(rule r (requires remedy: x (remedy \"a\")) (penalty (AIA \"1\")))\n");
  EXPECT_EQ(tree_of("rule r { requires x in {a, b} { remedy \"a\" } }"),
            "(rule r (requires (in x {a b}) (remedy \"a\")))\n");
}

TEST(Items, ExceptionsAndTransitions) {
  EXPECT_EQ(
      tree_of(
          R"(exception e "E" to us.ear.a.label, b for each x { cites AIA "2" effective from 2025-01-01 when x.free but not when y cites AIA "3" but not when z })"),
      "(exception e \"E\" (to us.ear.a.label b) (for-each x) (cites (AIA \"2\")) (when (. x free)) (but-not y (cites "
      "(AIA \"3\"))) (but-not z) "
      "(effective (from 2025-01-01)))\n");
  EXPECT_EQ(
      tree_of("transitional g \"G\" to chapter_v { cites AIA \"111\" when a < 2025-08-02 effective from 2027-08-02 }"),
      "(transitional g \"G\" (to chapter_v) (cites (AIA \"111\")) (when (< a 2025-08-02)) (effective (from "
      "2027-08-02)))\n");
}

TEST(Items, Tests) {
  EXPECT_EQ(
      tree_of(
          R"(test "t" { given "f.yaml" with transfers."eu-west".mechanism = scc, model.open = true without notices.languages, a.b on 2025-01-30
      expect gap a, b.c  expect not applicable d  expect not yet due e  expect not effective f for "k"  expect exactly gap g  expect risk_tier = high })"),
      "(test \"t\" (file \"f.yaml\") (= transfers.eu-west.mechanism scc) (= model.open true) (without "
      "notices.languages a.b) (on 2025-01-30) "
      "(expect \"gap\" a b.c) (expect \"not applicable\" d) (expect \"not yet due\" e) (expect \"not effective\" f "
      "(for \"k\")) (expect exactly \"gap\" g) "
      "(expect risk_tier (value high)))\n");
  EXPECT_EQ(
      tree_of(
          R"(test "t" { given { a = 3e25 FLOP, b = {text, image}, c = [{id: "a", destination: CN, mechanism: absent}], d = unknown, e = unknown(refused),
      f = -5 %, g = 2025-01-01, h = "x", i = {}, j = [], k = note, l = {JP: 5}, m = 10:1 } on 2026-01-01 expect gap r })")
          .substr(0, 6),
      "WR0101");
  EXPECT_EQ(
      tree_of(
          R"(test "t" { given { a = 3e25 FLOP, b = {text, image}, c = [{id: "a", destination: CN, mechanism: absent}], d = unknown, e = unknown(refused),
      f = -5 %, g = 2025-01-01, h = "x", i = {}, j = [], k = note, l = {JP: 5, "x y": 6} } on 2026-01-01 expect gap r })"),
      "(test \"t\" (= a 3e25FLOP) (= b (set text image)) (= c (list (record (id \"a\") (destination CN) (mechanism "
      "absent)))) (= d unknown) (= e (unknown refused)) "
      "(= f -5%) (= g 2025-01-01) (= h \"x\") (= i (set)) (= j (list)) (= k note) (= l (record (JP 5) (x y 6))) (on "
      "2026-01-01) (expect \"gap\" r))\n");
}

TEST(Items, LayoutHasNoMeaning) {
  const std::string spread = "rule r\n\"T\"\n{\ncites\nAIA\n\"1\"\nrequires\nx\n==\n3\n%\n}\n";
  const std::string tight = "rule r\"T\"{cites AIA\"1\"requires x==3%}";
  EXPECT_EQ(tree_of(spread), tree_of(tight));
  EXPECT_EQ(tree_of("# a comment\r\nterm a # another\r\nmeans b\r\n"), "(term a (means b))\n");
  EXPECT_EQ(tree_of("\xEF\xBB\xBF"
                    "term a means b"),
            "(term a (means b))\n");  // the mark of UTF-8
}

}  // namespace
