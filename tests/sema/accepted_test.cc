// What the language allows is accepted without a word: one requirement of a rule each, over the vocabulary of the
// malformed rules.
#include <gtest/gtest.h>

#include "tests/sema/checking.h"

namespace writ::test {
namespace {

const char* const kLaw = R"(package t
import facts
instrument A "An act" { jurisdiction EU }
set near of country { JP from 2019-01-23  CN including HK, MO }
set far of country = {US, CA} union near
table release(v: text): date known until 2026-11-22 { "x" gives 2025-01-01  otherwise none }
table limit(m: modality, n: int): quantity[FLOP] { text, 1 gives 10^23 FLOP  image, 1 gives 5 op }
term tpp(c: chip): quantity[TOPS*bit] means c.tops * c.bit_length
term found means model.finding is present
term papers(t: transfer) means t.paper is present and t.systematic
term lost means model.finding is absent
classify tier { order high > low > none  high when model.open  low when model.users > 3  none otherwise }
classify eccn(c: chip) { a3A090 when tpp(c) >= 4800 TOPS*bit  EAR99 otherwise }
)";

const char* const kUse = R"(
rule used "Uses what the others may not" {
  cites A "Art. 1"
  effective from 2025-01-01
  applies when found or lost or model.made_in in near or model.made_in in far or tier == none
  requires (release(model.name) otherwise 2025-01-01) < 2026-01-01 and limit(text, 1) > 3 op
    and (some t in transfers where eccn(t.item) == EAR99 and papers(t))
}
)";

class Accepted : public testing::TestWithParam<const char*> {};

TEST_P(Accepted, WithoutAWord) {
  const std::string rule =
      std::string("rule r \"A rule\" { cites A \"Art. 1\" effective from 2025-01-01 requires ") + GetParam() + " }\n";
  const auto checking =
      check_texts({{"vocabulary.writ", shared_vocabulary()}, {"law.writ", std::string(kLaw) + kUse + rule}});
  EXPECT_EQ(checking->lines(), std::vector<std::string>()) << GetParam();
}

const char* const kExpressions[] = {
    // names
    "model.open",
    "t.tier == high",
    "assessed_for == \"provider\"",
    "(count of transfers) < 3",
    "2 == count of model.generates",
    "tier == none",
    // numbers, units, money
    "model.compute > 10^25 FLOP",
    "model.compute >= 3.3e24 op",
    "model.users + 1 > 2.5",
    "model.users * model.share < 7",
    "model.accuracy >= 90 %",
    "model.accuracy > 0",
    "model.share >= 30 %",
    "model.share >= 0.3",
    "model.share < model.accuracy",
    "model.accuracy * model.users > 3",
    "model.turnover > 15 million EUR",
    "model.turnover * 3 % > 1 USD",
    "model.turnover / model.turnover < 0.3",
    "-model.turnover < 0 EUR",
    "model.reach > 45 million person",
    "some t in transfers where tpp(t.item) >= 4800 TOPS*bit",
    "some t in transfers where t.item.tops * 2 s > 3 op",
    "model.compute / model.reach > 3 FLOP/person",
    "(sum of t.weight for t in transfers where t.systematic) > 2",
    "(share of t in transfers where t.destination == CN) > 10 %",
    "(max of t.weight for t in transfers) <= 4 * (min of t.weight for t in transfers)",
    "limit(text, 1) <= model.compute",
    "(limit(image, 1) on model.released) > 3 FLOP",
    // dates
    "model.released < 2025-08-02",
    "model.released + 12 months > 2026-01-01",
    "14 days + model.released > 2026-01-01",
    "model.opened + 72 hours > 2025-01-01T10:00Z",
    "model.grace == 14 days",
    "model.released + model.grace + 3 months > 2025-01-01",
    "as of <= model.released + 12 months",
    "model.released < as of - 2 years",
    "as of >= 2026-01-01",
    "model.released + 2 * model.grace < 2026-01-01",
    // members, sets, countries
    "model.main == text",
    "text == model.main",
    "model.main != image",
    "model.main in {text, image}",
    "model.generates includes text",
    "model.generates includes any of {text, image}",
    "model.generates includes all of model.generates",
    "JP in near",
    "model.made_in not in near on 2024-01-01",
    "model.made_in in near union {DE, US-CA}",
    "model.made_in in (near union far) minus {US}",
    "model.made_in in {AT, DE} intersect far",
    "JP == model.made_in or model.open",
    // classifications
    "tier at least low",
    "tier in {high, low}",
    "low == tier",
    "some t in transfers where eccn(t.item) in {a3A090}",
    "some t in transfers where EAR99 != eccn(t.item)",
    // maps and quantifiers
    "model.rates[text] < 0.3",
    "every r in model.rates satisfies r < 0.5",
    "no t in transfers where t.destination == JP and not t.systematic",
    "every t in transfers where t.destination not in near satisfies t.systematic",
    "some t in transfers where (some u in transfers where u.destination == t.destination and u.id != t.id)",
    // presence
    "model.finding is present and model.finding == text",
    "model.finding == text and model.finding is present",
    "model.finding is absent or model.finding == text",
    "not (model.finding is absent) and model.finding == text",
    "(model.finding otherwise image) == text",
    "found and model.finding == text",
    "not lost and (model.finding otherwise text) == text",
    "model.paper is present and model.paper.held",

    "(model.paper.granted otherwise 2025-01-01) > 2024-01-01",

    "every t in transfers where t.mechanism is present satisfies t.mechanism == \"scc\"",
    "some t in transfers where t.paper is present and t.paper.held",
    "model.paper.granted is present and model.paper.granted > 2025-01-01",
    "model.paper.held is present and model.paper.held",
    "some t in transfers where papers(t) and t.paper.held",
    "(model.paper is present and model.users > 3) and (model.open or model.paper.held)",
    "release(\"x\") is present and release(\"x\") > 2025-01-01",
    "(release(model.name) otherwise 2025-01-01) > 2024-01-01",
    "model.finding is answered",
    "model.open or model.paper is answered",
    "(model.paper is absent or not model.paper.held) and (model.finding is present or model.users > 3)",
    "model.users > 3 and (model.finding is absent or (model.finding != text and model.open))",
    // days
    "model.supervised",
    "model.supervised on 2025-01-01",
    "model.supervised on (model.released + 3 days)",
};

INSTANTIATE_TEST_SUITE_P(Expressions, Accepted, testing::ValuesIn(kExpressions));

TEST(AcceptedLaw, ExceptionsOfEveryKind) {
  const auto checking = check_texts({{"vocabulary.writ", shared_vocabulary()}, {"law.writ", R"writ(package t
import facts
instrument A "An act" { jurisdiction EU }
role provider "Provider" cites A "Art. 3"
group chapter "Chapter" cites A "Chapter V"
scope inside of A "Scope" means model.open unless model.users < 3 cites A "Art. 2(6)" but not when model
                              .users<2 scope other of A "Other scope" means model.users> 3 term gpai means model.users >
                          3 unless "narrow" model.finding is present and
                      model.finding == text cites A "Art. 4" rule one "One" {
  cites A "Art. 1"
  group chapter
  scope inside
  binds provider
  effective from 2024-01-01 before 2025-01-01, from 2025-01-01 when t.systematic
  for each t in transfers where t.mechanism is present judged on t.on_day
  applies when t.mechanism == "scc" and gpai
  requires first: t.paper is present {
    severity low
  }
  requires second : t.systematic { cites A "Art. 7" }
      }
      rule two "Two" { cites A "Art. 2" group chapter scope none effective from 2025-01-01 for each t in transfers judged on t.on_day requires t.systematic
      }
exception e "To an element" to one.first, two for each t { cites A "Art. 8" when t.destination == JP but not when t.systematic cites A "Art. 9" }
exception f "To a group" to chapter { cites A "Art. 8" when model.users > 3 effective from 2025-01-01 until 2026-01-01 }
exception g "To a term and a scope" to gpai, other { cites A "Art. 8" when model.share > 0.5 }
transitional h "Later" to chapter for each t { cites A "Art. 8" when t.on_day < 2025-01-01 effective from 2027-01-01 }
)writ"}});
  EXPECT_EQ(checking->lines(), std::vector<std::string>());
}

TEST(AcceptedLaw, FactsOfAPackStandBelowItsName) {
  const auto checking = check_texts({{"vocabulary.writ", shared_vocabulary()}, {"law.writ", R"(package eu.ai
import facts
enum level "Levels" { one "One" two "Two" }
record item "An item" key id { id: text "Id" level: level "Level" chip: chip "Chip" }
facts "Facts of the pack" { items: list of item "Items" main: level "Main" }
instrument A "An act" { jurisdiction EU }
rule r "A rule" { cites A "Art. 1" effective from 2025-01-01 for each i in eu.ai.items applies when i.level == two requires eu.ai.main == one and i.chip.tops > 3 TOPS }
test "it" { given { eu.ai.items = [{id: "a", level: two}], eu.ai.main = two } on 2026-01-01 expect gap r for "a" }
)"}});
  EXPECT_EQ(checking->lines(), std::vector<std::string>());
}

TEST(AcceptedLaw, FactsAndItemsOfPackagesWithOnePrefix) {
  const auto checking = check_texts({{"vocabulary.writ", shared_vocabulary()},
                                     {"gdpr.writ", "package eu.gdpr\nset adequate of country { JP }\n"},
                                     {"ai.writ", R"(package eu.ai
import facts
import eu.gdpr
facts "Facts of the pack" { open: bool "Open" }
instrument A "An act" { jurisdiction EU }
rule r "A rule" { cites A "Art. 1" effective from 2025-01-01 requires eu.ai.open and model.made_in in eu.gdpr.adequate }
)"}});
  EXPECT_EQ(checking->lines(), std::vector<std::string>());
}

TEST(AcceptedLaw, NamesOfImportedPackages) {
  const auto checking = check_texts(
      {{"vocabulary.writ", shared_vocabulary()},
       {"p.writ",
        "package p.q\nimport facts\ninstrument B \"Another\" { jurisdiction EU }\nset near of country { JP }\n"
        "term wide means model.reach > 3 person\nrule far \"Far\" { cites B \"1\" effective from 2025-01-01 requires "
        "one: wide requires two: model.open }\n"},
       {"t.writ",
        "package t\nimport facts\nimport p.q\nrule r \"A rule\" { cites B \"2\" effective from 2025-01-01 requires "
        "model.made_in in "
        "p.q.near and wide }\nexception e \"E\" to p.q.far.two, r { cites B \"3\" when model.made_in in near }\n"}});
  EXPECT_EQ(checking->lines(), std::vector<std::string>());
}

}  // namespace
}  // namespace writ::test
