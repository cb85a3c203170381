// The golden cases of the semantics, on programs built in memory: each table row is one line here.
#include "tests/eval/golden.h"

namespace writ::eval::testing {
namespace {

using ir::NodeId;
using ir::Op;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Rule r: applies when a; exception e (exempts) with but not when s; requires q.
struct Standard : Golden {
  void SetUp() override {
    booleans({"a", "e", "s", "q"});
    const ir::RuleId r = book.rule("r", book.fact("a"), {book.fact("q")});
    book.exception("x", {r}, book.fact("e"), {book.fact("s")});
  }
};

TEST_F(Standard, G01) {
  EXPECT_EQ(verdict(given({{"a", T}, {"e", F}, {"q", F}})), "gap");
  EXPECT_EQ(verdict(given({{"a", T}, {"e", F}, {"q", T}})), "compliant");
  EXPECT_EQ(verdict(given({{"a", F}})), "not_applicable");
  EXPECT_THAT(missing(given({{"a", F}})), IsEmpty());
}

TEST_F(Standard, G02ExemptWithNothingMissing) {
  const Given d = given({{"a", T}, {"e", T}, {"s", F}});
  EXPECT_EQ(verdict(d), "exempt");
  EXPECT_THAT(missing(d), IsEmpty());
  EXPECT_THAT(paths(book.bind(d), only(d).because), ElementsAre("a", "e", "s"));
}

TEST_F(Standard, G03ThePermittedSharpening) {
  EXPECT_EQ(verdict(given({{"a", T}, {"q", T}})), "compliant");
  EXPECT_EQ(verdict(given({{"a", T}, {"q", T}, {"e", T}, {"s", F}})), "exempt");
}

TEST_F(Standard, G04) {
  EXPECT_EQ(verdict(given({{"e", F}, {"q", T}})), "undetermined {compliant, not_applicable}");
  EXPECT_EQ(verdict(given({{"e", F}, {"q", F}})), "undetermined {gap, not_applicable} at risk");
  EXPECT_THAT(missing(given({{"e", F}, {"q", F}})), ElementsAre("a"));
}

TEST_F(Standard, G05) {
  EXPECT_EQ(verdict(given({{"a", T}, {"s", T}, {"q", F}})), "gap") << "s decides although e is unknown";
  const Given d = given({{"a", T}, {"e", T}, {"q", F}});
  EXPECT_EQ(verdict(d), "undetermined {gap, exempt} at risk");
  EXPECT_THAT(missing(d), ElementsAre("s"));
}

TEST_F(Standard, ExceptionsAreReportedWithTheirTruth) {
  const Finding f = only(given({{"a", T}, {"e", T}, {"s", T}, {"q", F}}));
  ASSERT_EQ(f.exceptions.size(), 1u);
  EXPECT_TRUE(f.exceptions[0].when.is_true());
  EXPECT_TRUE(f.exceptions[0].operative.is_false());
  EXPECT_THAT(f.exceptions[0].defeaters, ElementsAre(Truth::yes()));
}

TEST_F(Golden, G07) {
  booleans({"x"});
  book.rule("either", {}, {book.any({book.fact("x"), book.negate(book.fact("x"))})});
  book.rule("never", {}, {book.all({book.truth(false), book.fact("x")})});
  const DocumentResult r = book.run(book.blank());
  EXPECT_EQ(text(r.findings.at(0)), "undetermined {compliant, gap} at risk");
  EXPECT_THAT(paths(book.bind(book.blank()), r.findings.at(0).missing), ElementsAre("x"));
  EXPECT_EQ(text(r.findings.at(1)), "gap");
  EXPECT_THAT(r.findings.at(1).missing, IsEmpty());
}

TEST_F(Golden, G08ErrorsAreValues) {
  booleans({"b"});
  book.root("x", book.decimal);
  const NodeId quotient = book.math(Op::div, book.number("1"), book.fact("x"));
  book.rule("r", book.all({book.fact("b"), book.compare(Op::gt, quotient, book.number("2"))}), {book.truth(true)});
  EXPECT_EQ(verdict(given({{"b", F}})), "not_applicable");
  EXPECT_THAT(only(given({{"b", F}})).errors, IsEmpty());
  const Finding zero = only(given({{"b", F}, {"x", Given::number("0")}}));
  EXPECT_EQ(text(zero), "not_applicable");
  ASSERT_EQ(zero.errors.size(), 1u) << "the verdict stands, and the error is reported";
  EXPECT_EQ(zero.errors[0].text, "division by zero");
  EXPECT_EQ(verdict(given({{"b", T}, {"x", Given::number("0")}})), "error");
  EXPECT_EQ(verdict(given({{"x", Given::number("0")}})), "undetermined {compliant, not_applicable, error} at risk")
      << "could_be names error";
  EXPECT_EQ(verdict(given({{"b", T}, {"x", Given::number("0.25")}})), "compliant");
}

TEST_F(Golden, G09Transitional) {
  booleans({"a", "q"});
  book.root("market_date", book.date_type);
  const ir::RuleId r = book.rule("r", book.fact("a"), {book.fact("q")}, {{days("2025-08-02"), {}, {}}});
  book.transitional("t", {r}, book.compare(Op::lt, book.fact("market_date"), book.day("2025-08-02")),
                    {{days("2027-08-02"), {}, {}}});
  EXPECT_EQ(verdict(given({{"a", T}, {"q", F}})), "undetermined {gap, not_yet_due} at risk");
  EXPECT_THAT(missing(given({{"a", T}, {"q", F}})), ElementsAre("market_date"));
  EXPECT_EQ(verdict(given({{"a", T}, {"q", T}})), "undetermined {compliant, not_yet_due}");
  EXPECT_EQ(verdict(given({{"a", F}})), "not_applicable");
  EXPECT_EQ(verdict(given({{"a", T}, {"q", F}, {"market_date", Given::day("2025-08-01")}})), "not_yet_due 2027-08-02");
  EXPECT_EQ(verdict(given({{"a", T}, {"q", F}, {"market_date", Given::day("2025-08-02")}})), "gap");
  EXPECT_EQ(verdict(given({{"a", T}, {"q", F}}), "2027-09-01"), "gap");
  EXPECT_EQ(verdict(given({{"a", T}, {"q", F}}), "2025-08-01"), "not_applicable")
      << "not yet in force, or not yet due: nothing is owed";
}

struct Exports : Golden {
  model::RecordId e{};
  std::uint16_t slot = 0;
  ir::RuleId r2022{}, r2023{};

  void SetUp() override {
    e = book.record("export", true);
    book.field(e, "tpp", book.decimal);
    book.field(e, "io", book.decimal);
    book.field(e, "destination", book.country);
    book.field(e, "licence", book.boolean);
    book.field(e, "date", book.date_type);
    book.root("exports", book.list_of(e));
    slot = book.slot();
    const NodeId it = book.var(slot, book.record_type(e));
    const NodeId restricted = book.node(Op::in, book.boolean, book.get(it, "destination").index,
                                        book.set(book.country, {book.land("CN"), book.land("RU")}).index);
    const NodeId both = book.all({book.compare(Op::ge, book.get(it, "tpp"), book.number("4800")),
                                  book.compare(Op::ge, book.get(it, "io"), book.number("600")), restricted});
    const NodeId dense = book.all({book.compare(Op::ge, book.get(it, "tpp"), book.number("4800")), restricted});
    r2022 = book.rule("a_2022", both, {book.get(it, "licence")}, {{days("2022-10-07", "2023-11-16"), {}, {}}});
    r2023 = book.rule("b_2023", dense, {book.get(it, "licence")}, {{days("2023-11-17"), {}, {}}});
    for (ir::RuleId r : {r2022, r2023}) {
      book.program.rules[r].for_each = ir::ForEach{slot, "e", book.fact("exports"), {}, "exports"};
      book.program.rules[r].judged_on = book.get(it, "date");
    }
  }
  Given shipment(Given day) const {
    Given doc = book.blank();
    Given element;
    element.kind = Given::Kind::record;
    element.parts = {Given::of(std::string("a800")),
                     Given::number("4992"),
                     Given::number("400"),
                     Given::country("CN"),
                     F,
                     std::move(day)};
    book.state(doc, "exports", Given::list({"a800"}, {element}));
    return doc;
  }
};

TEST_F(Exports, G12JudgedByTheLawOfTheDay) {
  const auto verdicts = [&](Given day) {
    const DocumentResult r = book.run(shipment(std::move(day)));
    return text(r.findings.at(0)) + " | " + text(r.findings.at(1));
  };
  EXPECT_EQ(verdicts(Given::day("2023-06-01")), "not_applicable | not_effective 2023-11-17");
  EXPECT_EQ(verdicts(Given::day("2023-12-01")), "not_effective 2023-11-16 | gap");
  EXPECT_EQ(verdicts(U), "not_applicable | undetermined {gap, not_effective} at risk");
  const DocumentResult r = book.run(shipment(U));
  EXPECT_THAT(paths(book.bind(shipment(U)), r.findings.at(1).missing), ElementsAre("exports[a800].date"));
  EXPECT_EQ(r.findings.at(1).element_key, "a800");
  EXPECT_FALSE(r.findings.at(1).governing_day.has_value());
}

TEST_F(Golden, G13SetsByDay) {  // the part without editions: what was known on a day
  ir::Set adequate;
  adequate.name = "adequate";
  adequate.element = book.country;
  adequate.known = days("2000-07-26", "2026-11-22");
  adequate.entries = {{model::Country{"GB"}, days("2021-06-28", "2025-06-27"), {}},
                      {model::Country{"GB"}, days("2025-06-28", "2025-12-27"), {}},
                      {model::Country{"JP"}, days("2019-01-23"), {}}};
  const ir::SetId set = book.program.sets.add(adequate);
  book.root("where", book.country);
  book.rule("r", {}, {book.node(Op::in, book.boolean, book.fact("where").index, book.named(set).index)});
  const auto on = [&](const char* code, const char* day) {
    return verdict(given({{"where", Given::country(code)}}), day);
  };
  EXPECT_EQ(on("GB", "2025-06-27"), "compliant");
  EXPECT_EQ(on("GB", "2025-06-28"), "compliant");
  EXPECT_EQ(on("GB", "2025-12-28"), "gap");
  EXPECT_EQ(on("JP", "2019-01-22"), "gap");
  EXPECT_EQ(on("JP", "2019-01-23"), "compliant");
  EXPECT_EQ(on("JP", "2026-11-23"), "undetermined {compliant, gap} at risk") << "beyond what is known of the law";
  const Finding f = only(given({{"where", Given::country("JP")}}), "2026-11-23");
  ASSERT_EQ(f.law.size(), 1u);
  EXPECT_EQ(f.law[0].text, "`adequate` is known until 2026-11-22, not on 2026-11-23");
  EXPECT_THAT(f.missing, IsEmpty()) << "missing law is not asked of the user";
}

struct Transfers : Golden {
  model::RecordId t{};
  model::EnumId mechanism{};
  std::uint16_t slot = 0;
  void SetUp() override {
    t = book.record("transfer", true);
    mechanism = book.enumeration("mechanism", {"scc", "bcr", "consent"});
    book.field(t, "mech", book.enum_type(mechanism));
    book.root("transfers", book.list_of(t));
    slot = book.slot();
    const NodeId it = book.var(slot, book.record_type(t));
    const ir::RuleId r = book.rule("r", {}, {book.compare(Op::eq, book.get(it, "mech"), book.member(mechanism, 0))});
    book.program.rules[r].for_each = ir::ForEach{slot, "t", book.fact("transfers"), {}, "transfers"};
  }
  Given element(const char* key, Given mech) const {
    Given g;
    g.kind = Given::Kind::record;
    g.parts = {Given::of(std::string(key)), std::move(mech)};
    return g;
  }
  Given scc() const { return Given::of(model::Candidates::one(0, 3)); }
  std::vector<std::string> verdicts(Given list) const {
    Given doc = book.blank();
    book.state(doc, "transfers", std::move(list));
    std::vector<std::string> out;
    for (const Finding& f : book.run(doc).findings)
      out.push_back(f.element_key + (f.phantom ? "?" : "") + ": " + text(f));
    return out;
  }
};

TEST_F(Transfers, G14ForEach) {
  EXPECT_THAT(verdicts(U), ElementsAre("?: undetermined {compliant, gap, not_applicable} at risk"));
  EXPECT_THAT(verdicts(Given::list({}, {})), ElementsAre(": not_applicable"));
  EXPECT_THAT(verdicts(Given::list({"t1", "t2"}, {element("t1", scc()), element("t2", U)})),
              ElementsAre("t1: compliant", "t2: undetermined {compliant, gap} at risk"));
  EXPECT_THAT(verdicts(Given::list({"t1"}, {element("t1", scc())}, true)),
              ElementsAre("t1: compliant", "?: undetermined {compliant, gap, not_applicable} at risk"));
}

TEST_F(Transfers, G14NamesTheList) {
  Given doc = book.blank();
  const DocumentResult unknown = book.run(doc);
  EXPECT_THAT(paths(book.bind(doc), unknown.findings.at(0).missing), ElementsAre("transfers"));
  book.state(doc, "transfers", Given::list({}, {}));
  const DocumentResult empty = book.run(doc);
  EXPECT_THAT(paths(book.bind(doc), empty.findings.at(0).because), ElementsAre("transfers"));
  EXPECT_FALSE(empty.findings.at(0).element.valid());
}

TEST_F(Transfers, WhollyFilteredListsAreNotApplicable) {
  const NodeId it = book.var(slot, book.record_type(t));
  book.program.rules[ir::RuleId(0)].for_each->where =
      book.compare(Op::ne, book.get(it, "mech"), book.member(mechanism, 0));
  EXPECT_THAT(verdicts(Given::list({"t1"}, {element("t1", scc())})), ElementsAre(": not_applicable"));
  EXPECT_THAT(verdicts(Given::list({"t1"}, {element("t1", U)})),
              ElementsAre("t1: undetermined {compliant, gap, not_applicable} at risk"));
}

TEST_F(Golden, G16Estimates) {
  book.root("compute", book.decimal);
  book.rule("r", {}, {book.compare(Op::gt, book.fact("compute"), book.number("1e25"))});
  EXPECT_EQ(verdict(given({{"compute", Given::range("8e24", "3e25")}})), "undetermined {compliant, gap} at risk");
  EXPECT_EQ(verdict(given({{"compute", Given::range("1e25", "3e25")}})), "undetermined {compliant, gap} at risk");
  EXPECT_EQ(verdict(given({{"compute", Given::range("1e25", nullptr, true)}})), "compliant");
  EXPECT_EQ(only(given({{"compute", Given::range("1e25", nullptr, true)}})).basis, Basis::estimated);
  EXPECT_EQ(verdict(given({{"compute", Given::range("1e24", "1e25")}})), "gap");
}

struct Tiers : Golden {
  ir::ClassId tier{};
  void SetUp() override {
    booleans({"in_scope", "prohibited", "high"});
    ir::Scope scope;
    scope.name = "s";
    scope.means = book.fact("in_scope");
    ir::Class c;
    c.name = "tier";
    c.within = book.program.scopes.add(scope);
    c.enumeration = book.enumeration("tier", {"prohibited", "high", "minimal", "out_of_scope"});
    c.order = {0, 1, 2};
    c.branches = {{0, book.fact("prohibited"), {}}, {1, book.fact("high"), {}}, {2, {}, {}}};
    tier = book.program.classes.add(c);
    book.rule("a_high", {}, {book.at_least(book.classify(tier), {0, 1}, 4)});
    book.rule("b_equals", {}, {book.compare(Op::eq, book.classify(tier), book.member(c.enumeration, 1))});
    book.rule("c_minimal", {}, {book.compare(Op::eq, book.classify(tier), book.member(c.enumeration, 2))});
  }
};

TEST_F(Tiers, G17Candidates) {
  const Given d = given({{"in_scope", T}, {"high", T}});
  const DocumentResult r = book.run(d);
  EXPECT_THAT(r.classes.at(0).candidates.possible, ElementsAre(true, true, false, false));
  EXPECT_THAT(paths(book.bind(d), r.classes.at(0).missing), ElementsAre("prohibited"));
  EXPECT_EQ(text(r.findings.at(0)), "compliant") << "at least high";
  EXPECT_EQ(text(r.findings.at(1)), "undetermined {compliant, gap} at risk") << "== high";
  EXPECT_EQ(text(r.findings.at(2)), "gap");
}

TEST_F(Tiers, G17OutOfScope) {
  const DocumentResult out = book.run(given({{"in_scope", F}}));
  EXPECT_THAT(out.classes.at(0).candidates.possible, ElementsAre(false, false, false, true));
  EXPECT_EQ(text(out.findings.at(2)), "gap") << "outside the scope is not minimal";
  const DocumentResult maybe = book.run(given({{"prohibited", F}, {"high", F}}));
  EXPECT_THAT(maybe.classes.at(0).candidates.possible, ElementsAre(false, false, true, true));
}

TEST_F(Golden, G17RangesInAClassification) {
  book.root("tpp", book.decimal);
  book.root("density", book.decimal);
  ir::Class c;
  c.name = "eccn";
  c.enumeration = book.enumeration("eccn", {"a", "b", "none"});
  const NodeId tpp = book.fact("tpp"), density = book.fact("density");
  const auto ge = [&](NodeId x, const char* n) { return book.compare(Op::ge, x, book.number(n)); };
  c.branches = {{0, ge(tpp, "4800"), {}}, {1, book.all({ge(tpp, "2400"), ge(density, "1.6")}), {}}, {2, {}, {}}};
  const ir::ClassId eccn = book.program.classes.add(c);
  book.rule(
      "r", {},
      {book.node(Op::in, book.boolean, book.classify(eccn).index,
                 book.set(book.enum_type(c.enumeration), {book.member(c.enumeration, 0), book.member(c.enumeration, 1)})
                     .index)});
  EXPECT_EQ(verdict(given({{"tpp", Given::range("4700", "4900")}, {"density", Given::number("2")}})), "compliant");
  EXPECT_EQ(verdict(given({{"tpp", Given::range("4700", "4900")}, {"density", Given::number("1")}})),
            "undetermined {compliant, gap} at risk");
}

}  // namespace
}  // namespace writ::eval::testing
