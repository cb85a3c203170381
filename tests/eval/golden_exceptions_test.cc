// Golden cases of exceptions among each other (G06) and of presumptions (G18).
#include "tests/eval/golden.h"

namespace writ::eval::testing {
namespace {

using ir::NodeId;
using ir::Op;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST_F(Golden, TwoExemptingExceptions) {
  booleans({"a", "e1", "e2", "q"});
  const ir::RuleId r = book.rule("r", book.fact("a"), {book.fact("q")});
  book.exception("x1", {r}, book.fact("e1"));
  book.exception("x2", {r}, book.fact("e2"));
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", T}, {"q", F}})), "exempt");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", F}, {"q", F}})), "gap");
}

// Rule r: applies when a, requires q; x1 exempts when e1, x2 requires p instead when e2.
struct Instead : Golden {
  ir::RuleId r{};
  ir::ExceptionId x1{}, x2{};
  void SetUp() override {
    booleans({"a", "e1", "e2", "p", "q"});
    r = book.rule("r", book.fact("a"), {book.fact("q")});
    x1 = book.exception("x1", {r}, book.fact("e1"));
    x2 = book.exception("x2", {r}, book.fact("e2"));
    book.instead(x2, book.fact("p"));
  }
};

TEST_F(Instead, G06Conflict) {
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", T}, {"e2", T}, {"p", F}})), "conflict");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", T}, {"e2", T}, {"p", T}})), "compliant");
  EXPECT_THAT(missing(given({{"a", T}, {"e1", T}, {"e2", T}, {"p", F}})), IsEmpty());
}

TEST_F(Instead, G06Yields) {
  book.program.exceptions[x2].yields_to = {x1};
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", T}, {"e2", T}, {"p", F}})), "exempt");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", T}, {"p", F}})), "gap");
  EXPECT_EQ(verdict(given({{"a", T}, {"e2", T}, {"p", F}})), "undetermined {gap, exempt} at risk")
      << "never both at once";
  EXPECT_EQ(verdict(given({{"a", T}, {"e2", T}, {"p", T}, {"q", F}})), "compliant");
}

TEST_F(Instead, TakesThePlaceOfTheRequirement) {
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", T}, {"p", F}, {"q", T}})), "gap");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", T}, {"p", T}, {"q", F}})), "compliant");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", F}, {"p", T}, {"q", F}})), "gap");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"p", T}, {"q", T}})), "compliant");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"p", F}, {"q", T}})), "undetermined {compliant, gap} at risk");
  EXPECT_THAT(missing(given({{"a", T}, {"e1", F}, {"p", F}, {"q", T}})), ElementsAre("e2"));
}

TEST_F(Instead, OnlyWhatMattersIsAsked) {
  EXPECT_THAT(missing(given({{"a", T}, {"e1", F}, {"e2", T}})), ElementsAre("p")) << "q is out of the question";
  EXPECT_THAT(missing(given({{"a", T}, {"e1", F}, {"e2", F}})), ElementsAre("q")) << "p is out of the question";
  EXPECT_THAT(missing(given({{"a", T}, {"e1", T}})), UnorderedElementsAre("e2", "p"));
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", T}})), "undetermined {compliant, exempt, conflict} at risk");
}

TEST_F(Instead, FindingsTraceWhatIsRequiredInstead) {
  const Given d = given({{"a", T}, {"e1", T}, {"e2", T}, {"p", F}});
  const Finding f = only(d);
  ASSERT_EQ(f.exceptions.size(), 2u);
  EXPECT_TRUE(f.exceptions[1].operative.is_true());
  EXPECT_TRUE(f.exceptions[1].instead.is_false());
  EXPECT_THAT(paths(book.bind(d), f.because), ElementsAre("a", "e1", "e2", "p"));
}

TEST_F(Instead, AnErrorIsOneOnlyWhereItMatters) {
  book.root("n", book.decimal);
  const NodeId fails = book.compare(Op::gt, book.math(Op::div, book.number("1"), book.fact("n")), book.number("2"));
  book.program.exceptions[x2].instead = fails;
  const Given zero = Given::number("0");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", T}, {"n", zero}, {"q", T}})), "error");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"e2", F}, {"n", zero}, {"q", T}})), "compliant");
  EXPECT_THAT(only(given({{"a", T}, {"e1", F}, {"e2", F}, {"n", zero}, {"q", T}})).errors, IsEmpty());
  book.program.exceptions[x2].instead = book.fact("p");
  book.program.exceptions[x2].when = fails;
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"n", zero}, {"p", T}, {"q", T}})), "compliant");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", F}, {"n", zero}, {"p", F}, {"q", T}})), "error");
  EXPECT_EQ(verdict(given({{"a", T}, {"e1", T}, {"n", zero}, {"p", F}, {"q", T}})), "error");
}

TEST_F(Golden, ManyExceptionsCostOneStepEach) {
  book.root("q", book.boolean);
  const ir::RuleId r = book.rule("r", {}, {book.fact("q")});
  std::vector<ir::ExceptionId> all;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "e" + std::to_string(i);
    book.root(name, book.boolean);
    all.push_back(book.exception(name, {r}, book.fact(name)));
    if (i % 2 == 1) book.instead(all.back(), book.fact("q"));
    if (i > 0) book.program.exceptions[all.back()].yields_to = {all[static_cast<std::size_t>(i) - 1]};
  }
  EXPECT_EQ(verdict(given({{"q", T}})), "compliant");
  EXPECT_EQ(verdict(given({{"q", F}})), "undetermined {gap, exempt, conflict} at risk") << "wider than it could be";
}

// A licence is required of those who own at least half: `presume owned = 50 %`.
struct Presumes : Golden {
  ir::RuleId r{};
  ir::PresumptionId half{};
  void SetUp() override {
    book.root("owned", book.ratio, true);
    booleans({"licence", "listed"});
    const NodeId owned = book.fact("owned");
    const NodeId fifty = book.constant(model::NumberRange::exactly(rational("0.5")), book.ratio);
    r = book.rule("r", book.all({book.present(owned), book.compare(Op::ge, owned, fifty)}), {book.fact("licence")});
    half = book.presumption(owned, fifty);
    book.program.rules[r].presumptions = {half};
  }
  std::string with_basis(std::initializer_list<std::pair<const char*, Given>> facts) const {
    const Finding f = only(given(facts));
    return text(f) + ", " + to_string(f.basis) + (f.presumptions.empty() ? "" : " and listed");
  }
};

TEST_F(Presumes, G18) {
  EXPECT_EQ(with_basis({{"licence", F}}), "gap, presumed and listed");
  EXPECT_EQ(with_basis({{"licence", T}}), "compliant, presumed and listed");
  EXPECT_EQ(with_basis({{"owned", Given::number("0.1")}}), "not_applicable, declared");
  EXPECT_EQ(with_basis({{"owned", Given::range("0", "0.6")}, {"licence", F}}),
            "undetermined {gap, not_applicable} at risk, declared")
      << "an interval has been stated";
}

TEST_F(Presumes, FillWhatNobodyHasSaid) {
  EXPECT_EQ(with_basis({{"owned", Given::absent()}, {"licence", F}}), "not_applicable, declared");
  for (model::Reason said : {model::Reason::disputed, model::Reason::refused})
    EXPECT_EQ(with_basis({{"owned", Given::unknown(said)}, {"licence", F}}),
              "undetermined {gap, not_applicable} at risk, declared");
  EXPECT_EQ(with_basis({{"owned", Given::unknown(model::Reason::not_assessed)}, {"licence", F}}),
            "gap, presumed and listed");
}

TEST_F(Presumes, WhatTheyDoNotDecideStaysAsTheFactsLeaveIt) {
  const Finding f = only(given({}));
  EXPECT_EQ(text(f), "undetermined {compliant, gap, not_applicable} at risk");
  EXPECT_EQ(f.basis, Basis::declared);
  EXPECT_THAT(f.presumptions, IsEmpty());
}

TEST_F(Presumes, OnlyWhileTheirConditionHolds) {
  book.program.presumptions[half].when = book.fact("listed");
  EXPECT_EQ(with_basis({{"licence", F}, {"listed", T}}), "gap, presumed and listed");
  EXPECT_EQ(with_basis({{"licence", F}, {"listed", F}}), "undetermined {gap, not_applicable} at risk, declared");
  EXPECT_EQ(with_basis({{"licence", F}}), "undetermined {gap, not_applicable} at risk, declared");
}

TEST_F(Presumes, OfARequirementActsOnWhatIsRequired) {
  book.program.rules[r].presumptions.clear();
  const ir::PresumptionId held = book.presumption(book.fact("licence"), book.truth(true));
  book.program.rules[r].requirements[0].presumptions = {held};
  const Finding f = only(given({{"owned", Given::number("0.5")}}));
  EXPECT_EQ(text(f), "compliant");
  EXPECT_EQ(f.basis, Basis::presumed);
  EXPECT_THAT(f.presumptions, ElementsAre(held));
  EXPECT_EQ(with_basis({{"owned", Given::number("0.5")}, {"licence", F}}), "gap, declared") << "what is decided stands";
}

TEST_F(Presumes, OfAnExceptionActsOnItsConditionAlone) {
  book.program.rules[r].presumptions.clear();
  book.program.rules[r].applies = book.fact("listed");
  const ir::ExceptionId x = book.exception("x", {r}, book.fact("listed"), {book.fact("licence")});
  const ir::PresumptionId none = book.presumption(book.fact("licence"), book.truth(false));
  book.program.exceptions[x].presumptions = {none};
  const Finding f = only(given({{"listed", T}}));
  EXPECT_EQ(text(f), "exempt") << "the defeater is presumed away";
  EXPECT_THAT(f.presumptions, ElementsAre(none));
  EXPECT_FALSE(trace(book.program, book.bind(given({{"listed", T}})), Options{date("2026-11-22")}, f).empty());
}

TEST_F(Golden, PresumptionsOfAnElement) {
  const model::RecordId t = book.record("transfer", true);
  book.field(t, "ok", book.boolean);
  book.root("transfers", book.list_of(t));
  const std::uint16_t slot = book.slot();
  const NodeId ok = book.get(book.var(slot, book.record_type(t)), "ok");
  const ir::RuleId r = book.rule("r", {}, {ok});
  book.program.rules[r].for_each = ir::ForEach{slot, "t", book.fact("transfers"), {}, "transfers"};
  book.program.rules[r].presumptions = {book.presumption(ok, book.truth(false))};
  Given doc = book.blank(), a, b;
  a.kind = b.kind = Given::Kind::record;
  a.parts = {Given::of(std::string("a")), U};
  b.parts = {Given::of(std::string("b")), T};
  book.state(doc, "transfers", Given::list({"a", "b"}, {a, b}, true));
  const DocumentResult result = book.run(doc);
  ASSERT_EQ(result.findings.size(), 3u);
  EXPECT_EQ(text(result.findings[0]), "gap");
  EXPECT_EQ(result.findings[0].basis, Basis::presumed);
  EXPECT_EQ(text(result.findings[1]), "compliant");
  EXPECT_EQ(result.findings[1].basis, Basis::declared);
  EXPECT_EQ(text(result.findings[2]), "undetermined {compliant, gap, not_applicable} at risk")
      << "that there are more elements is not presumed";
}

}  // namespace
}  // namespace writ::eval::testing
