// Single operations at their edges: ranges, incomplete lists, parts of countries, guards, days that are unknown or
// errors, words and traces.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/eval/numbers.h"
#include "tests/eval/build.h"

namespace writ::eval::testing {
namespace {

using ir::NodeId;
using ir::Op;
using model::NumberRange;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

NumberRange range(const char* lo, const char* hi, bool lo_open = false, bool hi_open = false) {
  return std::get<NumberRange>(Given::range(lo, hi, lo_open, hi_open).scalar);
}

TEST(Ranges, ComparisonDecidesWhenAllOfItDoes) {
  const auto T = Truth::yes(), F = Truth::no(), U = Truth::maybe();
  EXPECT_EQ(compare(Op::le, range("5", "7"), range("3", "5")), U) << "5 is on both sides";
  EXPECT_EQ(compare(Op::lt, range("5", "7"), range("3", "5")), F);
  EXPECT_EQ(compare(Op::le, range("3", "5"), range("5", "7")), T);
  EXPECT_EQ(compare(Op::lt, range("3", "5"), range("5", "7")), U);
  EXPECT_EQ(compare(Op::lt, range("3", "5", false, true), range("5", "7")), T);
  EXPECT_EQ(compare(Op::gt, range("5", nullptr, true), range("5", "5")), T);
  EXPECT_EQ(compare(Op::ge, range(nullptr, "5", false, true), range("5", "5")), F);
  EXPECT_EQ(compare(Op::eq, range("1", "2"), range("3", "4")), F);
  EXPECT_EQ(compare(Op::eq, range("1", "2", false, true), range("2", "4")), F);
  EXPECT_EQ(compare(Op::ne, range("1", "2"), range("2", "4")), U);
  EXPECT_EQ(compare(Op::eq, range(nullptr, nullptr), range("2", "2")), U);
}

TEST(Ranges, ArithmeticIsNeverTooNarrow) {
  EXPECT_EQ(calculate(Op::sub, range("1", "2"), range("0", "5")).range, range("-4", "2"));
  EXPECT_EQ(calculate(Op::mul, range("-1", "2"), range("-3", "5")).range, range("-6", "10"));
  EXPECT_EQ(calculate(Op::mul, range(nullptr, nullptr), range("0", "0")).range, range("0", "0"));
  const Calculated through_zero = calculate(Op::div, range("1", "1"), range("-1", "10"));
  EXPECT_EQ(through_zero.range, NumberRange{}) << "1/x is unbounded on both sides of zero";
  EXPECT_TRUE(through_zero.may_error);
  EXPECT_EQ(calculate(Op::div, range("1", "1"), range("0", "0")).error, NumberError::division_by_zero);
  EXPECT_TRUE(calculate(Op::div, range("1", "2"), range("0", "0")).may_error);
  EXPECT_FALSE(calculate(Op::div, range("1", "2"), range("1", "2")).may_error);
  EXPECT_EQ(negate(range("1", nullptr, true)), range(nullptr, "-1", false, true));
}

TEST(Ranges, OverflowIsAnErrorNeverRounded) {
  const Rational big = *Rational::power(10, 300);
  const Calculated c = calculate(Op::mul, NumberRange::exactly(big), NumberRange::exactly(big));
  EXPECT_EQ(c.error, NumberError::overflow);
}

struct Operations : ::testing::Test {
  Book book;
  model::RecordId thing{};
  std::uint16_t slot = 0;
  const Given T = Given::of(true), F = Given::of(false), U = Given::unknown();

  void SetUp() override {
    thing = book.record("thing", true);
    book.field(thing, "n", book.decimal);
    book.field(thing, "ok", book.boolean);
    book.field(thing, "late", book.date_type, true);
    book.root("things", book.list_of(thing));
    book.root("spare", book.list_of(thing), true);
    book.root("o", book.boolean, true);
    book.root("b", book.boolean);
    book.root("x", book.decimal, true);
    book.root("late", book.date_type, true);
    book.root("land", book.country);
    book.root("rate", book.decimal, false, true);
    book.root("cost", book.money);
    slot = book.slot();
  }
  NodeId it(const char* field) { return book.get(book.var(slot, book.record_type(thing)), field); }
  Given row(const char* key, Given n, Given ok) const {
    Given g;
    g.kind = Given::Kind::record;
    g.parts = {Given::of(std::string(key)), std::move(n), std::move(ok), U};
    return g;
  }
  // The verdict of a rule that requires `holds`.
  Finding judge(NodeId holds, const Given& document, const char* as_of = "2026-11-22") {
    Book copy = book;
    copy.rule("r", {}, {holds});
    return copy.run(document, as_of).findings.at(0);
  }
  std::string holds(NodeId node, const Given& document, const char* as_of = "2026-11-22") {
    const Finding f = judge(node, document, as_of);
    return f.holds.is_true()    ? "T"
           : f.holds.is_false() ? "F"
           : f.holds.is_error() ? "error"
           : f.holds.may_error  ? "? may fail"
                                : "?";
  }
  Given with(std::initializer_list<std::pair<const char*, Given>> facts) const {
    Given out = book.blank();
    for (const auto& [path, value] : facts) book.state(out, path, value);
    return out;
  }
  NodeId is(Op op, NodeId a, const char* n) { return book.compare(op, a, book.number(n)); }
};

TEST_F(Operations, AggregatesOverIncompleteLists) {
  const NodeId list = book.fact("things");
  const NodeId count = book.quantified(Op::count, book.decimal, slot, list, it("ok"));
  const Given one =
      with({{"things", Given::list({"a", "b"}, {row("a", Given::number("2"), T), row("b", Given::number("3"), U)})}});
  const Given open = with(
      {{"things", Given::list({"a", "b"}, {row("a", Given::number("2"), T), row("b", Given::number("3"), U)}, true)}});
  EXPECT_EQ(holds(is(Op::ge, count, "1"), one), "T");
  EXPECT_EQ(holds(is(Op::le, count, "2"), one), "T");
  EXPECT_EQ(holds(is(Op::le, count, "100"), open), "?") << "there may be any number more";
  EXPECT_EQ(holds(is(Op::ge, count, "1"), open), "T");

  const NodeId sum = book.quantified(Op::sum, book.decimal, slot, list, it("ok"), it("n"));
  EXPECT_EQ(holds(is(Op::ge, sum, "2"), one), "T") << "2, or 2 and 3";
  EXPECT_EQ(holds(is(Op::ge, sum, "3"), one), "?");
  EXPECT_EQ(holds(is(Op::le, sum, "5"), one), "T");
  EXPECT_EQ(holds(is(Op::le, sum, "5"), open), "?");
  EXPECT_EQ(holds(is(Op::ge, sum, "2"), open), "?") << "what is not stated may be negative";

  const NodeId least = book.quantified(Op::min, book.decimal, slot, list, it("ok"), it("n"));
  EXPECT_EQ(holds(is(Op::le, least, "2"), one), "T");
  EXPECT_EQ(holds(is(Op::ge, least, "2"), one), "T");
  EXPECT_EQ(holds(is(Op::ge, least, "2"), open), "?");
  EXPECT_EQ(holds(is(Op::le, least, "2"), open), "T");

  const NodeId share = book.quantified(Op::share, book.decimal, slot, list, it("ok"));
  EXPECT_EQ(holds(is(Op::ge, share, "0.5"), one), "T");
  EXPECT_EQ(holds(is(Op::lt, share, "1"), one), "?");
  EXPECT_EQ(holds(is(Op::ge, share, "0.5"), open), "?");

  const Given none = with({{"things", Given::list({}, {})}});
  EXPECT_EQ(holds(is(Op::eq, count, "0"), none), "T");
  EXPECT_EQ(holds(is(Op::eq, sum, "0"), none), "T");
  EXPECT_EQ(holds(is(Op::eq, share, "0"), none), "error");
  EXPECT_EQ(holds(is(Op::eq, least, "0"), none), "error");
  EXPECT_THAT(judge(is(Op::eq, least, "0"), none).errors, ::testing::SizeIs(1));
}

TEST_F(Operations, AnAbsentListIsEmptyAnUnknownOneIsNot) {
  const NodeId some = book.quantified(Op::some, book.boolean, slot, book.fact("spare"), it("ok"));
  const NodeId no = book.quantified(Op::no, book.boolean, slot, book.fact("spare"), it("ok"));
  EXPECT_EQ(holds(some, with({{"spare", Given::absent()}})), "F");
  EXPECT_EQ(holds(no, with({{"spare", Given::absent()}})), "T");
  EXPECT_EQ(holds(no, book.blank()), "?") << "unknown is never the empty list";
  EXPECT_EQ(holds(book.quantified(Op::every, book.boolean, slot, book.fact("spare"), it("ok"), book.truth(true)),
                  book.blank()),
            "T");
}

TEST_F(Operations, AGuardCoversItsOwnReadOnly) {
  const NodeId o = book.fact("o"), there = book.present(o);
  EXPECT_EQ(holds(o, book.blank()), "? may fail") << "it may turn out absent";
  EXPECT_EQ(holds(o, with({{"o", Given::absent()}})), "error");
  EXPECT_EQ(holds(book.all({o, there}), book.blank()), "?");
  const Finding absent = judge(book.all({o, there}), with({{"o", Given::absent()}}));
  EXPECT_TRUE(absent.holds.is_false());
  EXPECT_THAT(absent.errors, IsEmpty()) << "a guarded absence is no error";
  EXPECT_EQ(holds(book.any({book.negate(there), o}), book.blank()), "?");
  // In an `or` presence does not guard, nor does its denial in an `and`.
  EXPECT_EQ(holds(book.any({there, o}), book.blank()), "? may fail");
  EXPECT_EQ(holds(book.all({book.negate(there), o}), book.blank()), "? may fail");
  EXPECT_EQ(holds(book.all({book.fact("b"), o}), book.blank()), "? may fail");
}

TEST_F(Operations, Otherwise) {
  const NodeId x = book.node(Op::otherwise, book.decimal, book.fact("x").index, book.number("1").index);
  EXPECT_EQ(holds(is(Op::eq, x, "1"), with({{"x", Given::absent()}})), "T");
  EXPECT_EQ(holds(is(Op::eq, x, "1"), with({{"x", Given::number("2")}})), "F");
  EXPECT_EQ(holds(is(Op::eq, x, "1"), book.blank()), "?");
  EXPECT_EQ(holds(is(Op::lt, x, "9"), with({{"x", Given::range("2", "3")}})), "T");
}

TEST_F(Operations, PartsOfACountry) {
  const auto in = [&](const char* land, std::vector<NodeId> members) {
    return holds(
        book.node(Op::in, book.boolean, book.fact("land").index, book.set(book.country, std::move(members)).index),
        with({{"land", Given::country(land)}}));
  };
  EXPECT_EQ(in("US-CA", {book.land("US")}), "T") << "a part belongs where its country belongs";
  EXPECT_EQ(in("US", {book.land("US-CA")}), "?") << "too coarse to say";
  EXPECT_EQ(in("US-NY", {book.land("US-CA")}), "F");
  EXPECT_EQ(in("FR", {book.land("US-CA")}), "F");
  EXPECT_EQ(holds(book.compare(Op::eq, book.fact("land"), book.land("US")), with({{"land", Given::country("US-CA")}})),
            "T");
  EXPECT_EQ(holds(book.compare(Op::eq, book.fact("land"), book.land("US-CA")), with({{"land", Given::country("US")}})),
            "?");

  // In algebra each side answers for itself: that {US-CA} is too coarse for the US does not blur what it says about
  // US-NY.
  const NodeId coarse = book.set(book.country, {book.land("US-CA"), book.land("GB")}),
               whole = book.set(book.country, {book.land("US"), book.land("US-CA")});
  const NodeId both = book.node(Op::set_intersect, book.set_of(book.country), coarse.index, whole.index);
  const NodeId in_both = book.node(Op::in, book.boolean, book.fact("land").index, both.index);
  EXPECT_EQ(holds(in_both, with({{"land", Given::country("US-NY")}})), "F");
  EXPECT_EQ(holds(in_both, with({{"land", Given::country("US-CA")}})), "T");
  EXPECT_EQ(holds(in_both, with({{"land", Given::country("US")}})), "?");
  const NodeId rest = book.node(Op::set_minus, book.set_of(book.country), whole.index,
                                book.set(book.country, {book.land("US-CA")}).index);
  const NodeId in_rest = book.node(Op::in, book.boolean, book.fact("land").index, rest.index);
  EXPECT_EQ(holds(in_rest, with({{"land", Given::country("US-NY")}})), "T");
  EXPECT_EQ(holds(in_rest, with({{"land", Given::country("US-CA")}})), "F");

  // Nothing is in it, but of the whole US nobody can say so: an unknown place may be the US.
  const NodeId part = book.set(book.country, {book.land("US-CA")});
  const NodeId nothing = book.node(Op::set_minus, book.set_of(book.country), part.index, part.index);
  const NodeId in_nothing = book.node(Op::in, book.boolean, book.fact("land").index, nothing.index);
  EXPECT_EQ(holds(in_nothing, with({{"land", Given::country("US")}})), "?");
  EXPECT_EQ(holds(in_nothing, book.blank()), "?");
  EXPECT_EQ(holds(in_nothing, with({{"land", Given::country("FR")}})), "F");
  EXPECT_EQ(
      holds(book.compare(Op::eq, book.node(Op::size, book.integer, nothing.index), book.number("0")), book.blank()),
      "T");

  ir::Set listed;
  listed.name = "listed";
  listed.element = book.country;
  listed.entries = {{model::Country{"US"}, {}, {}}, {model::Country{"US-CA"}, days("2020-01-01", "2020-12-31"), {}}};
  const NodeId named = book.named(book.program.sets.add(listed));
  const NodeId member = book.node(Op::in, book.boolean, book.fact("land").index, named.index);
  EXPECT_EQ(holds(member, with({{"land", Given::country("US-CA")}})), "F") << "listed itself, and not on this day";
  EXPECT_EQ(holds(member, with({{"land", Given::country("US-NY")}})), "T");
  EXPECT_EQ(holds(member, with({{"land", Given::country("US-CA")}}), "2020-06-01"), "T");
}

TEST_F(Operations, ADayThatIsUnknownOrAnErrorSpoilsOnlyWhatDependsOnIt) {
  Given steady;
  steady.kind = Given::Kind::dated;
  steady.periods = {days("", "2020-12-31"), days("2021-01-01")};
  steady.parts = {Given::number("1"), Given::number("1")};
  Given changing = steady;
  changing.parts[1] = Given::number("2");
  const NodeId then =
      book.node(Op::on_day, book.boolean, is(Op::eq, book.fact("rate"), "1").index, book.fact("late").index);
  EXPECT_EQ(holds(then, with({{"rate", steady}})), "T") << "the same on every day";
  EXPECT_EQ(holds(then, with({{"rate", steady}, {"late", Given::absent()}})), "T");
  EXPECT_EQ(holds(then, with({{"rate", changing}})), "? may fail");
  EXPECT_EQ(holds(then, with({{"rate", changing}, {"late", Given::absent()}})), "error");
  EXPECT_EQ(holds(then, with({{"rate", changing}, {"late", Given::day("2020-12-31")}})), "T");
  EXPECT_EQ(holds(then, with({{"rate", changing}, {"late", Given::day("2021-01-01")}})), "F");
  const Finding f = judge(then, with({{"rate", changing}}));
  EXPECT_THAT(paths(book.bind(with({{"rate", changing}})), f.missing), ElementsAre("late"));
}

TEST_F(Operations, AnErrorAsGoverningDay) {
  const auto verdict = [&](const Given& document, std::vector<ir::Effective> effective) {
    Book copy = book;
    const ir::RuleId r = copy.rule("r", {}, {copy.fact("b")}, std::move(effective));
    copy.program.rules[r].judged_on = copy.fact("late");
    return text(copy.run(document).findings.at(0));
  };
  EXPECT_EQ(verdict(with({{"late", Given::absent()}, {"b", T}}), {{days("2020-01-01"), {}, {}}}), "error");
  EXPECT_EQ(verdict(with({{"b", T}}), {{days("2020-01-01"), {}, {}}}),
            "undetermined {compliant, not_effective, error} at risk");
  EXPECT_EQ(verdict(with({{"late", Given::absent()}, {"b", T}}), {{DayInterval{}, {}, {}}}), "compliant")
      << "in force on every day";
  EXPECT_EQ(verdict(with({{"b", F}}), {}), "not_effective");
}

TEST_F(Operations, MoneyInTwoCurrenciesWaitsForATable) {
  const NodeId limit = book.constant(model::Money{NumberRange::exactly(10), "EUR"}, book.money);
  const NodeId under = book.compare(Op::lt, book.fact("cost"), limit);
  EXPECT_EQ(holds(under, with({{"cost", Given::of(model::Money{NumberRange::exactly(5), "EUR"})}})), "T");
  const Finding f = judge(under, with({{"cost", Given::of(model::Money{NumberRange::exactly(5), "USD"})}}));
  EXPECT_TRUE(f.holds.is_unknown());
  ASSERT_EQ(f.law.size(), 1u);
  EXPECT_EQ(f.law[0].text, "no table of exchange rates between EUR and USD");
  EXPECT_THAT(f.missing, IsEmpty());
}

TEST_F(Operations, NotEffectiveSaysWhich) {
  const auto finding = [&](std::vector<ir::Effective> effective, const char* as_of) {
    Book copy = book;
    copy.rule("r", {}, {copy.fact("b")}, std::move(effective));
    return copy.run(book.blank(), as_of).findings.at(0);
  };
  const std::vector<ir::Effective> twice{{days("2020-01-01", "2020-12-31"), {}, {}},
                                         {days("2022-01-01", "2022-12-31"), {}, {}}};
  EXPECT_EQ(finding(twice, "2019-01-01").not_effective, NotEffective::not_yet);
  EXPECT_EQ(finding(twice, "2019-01-01").effective_date, date("2020-01-01"));
  EXPECT_EQ(finding(twice, "2021-01-01").not_effective, NotEffective::between);
  EXPECT_EQ(finding(twice, "2021-01-01").effective_date, date("2022-01-01"));
  EXPECT_EQ(finding(twice, "2023-01-01").not_effective, NotEffective::ended);
  EXPECT_EQ(finding(twice, "2023-01-01").effective_date, date("2022-12-31"));
  EXPECT_EQ(finding({}, "2023-01-01").not_effective, NotEffective::never);
  EXPECT_EQ(finding(twice, "2022-12-31").judgement.verdict, Verdict::undetermined);
}

TEST_F(Operations, StepsAreBounded) {
  book.rule("r", {}, {book.fact("b")});
  Options options{date("2026-11-22")};
  options.max_steps = 1;
  EXPECT_THROW((void)evaluate(book.program, book.bind(book.blank()), options), StepLimit);
  options.max_steps = 100;
  EXPECT_NO_THROW((void)evaluate(book.program, book.bind(book.blank()), options));
}

TEST_F(Operations, ValuesAsPeopleWriteThem) {
  book.vocabulary->units.add_base("bit", "bit");
  Unit tera = *book.vocabulary->units.find("bit");
  tera.factor = rational("1e12");
  book.vocabulary->units.add_derived("Tbit", "terabit", tera);
  model::Type quantity;
  quantity.kind = model::TypeKind::quantity;
  quantity.dimension = tera.dimension;
  quantity.name = "Tbit";
  const model::TypeId q = book.vocabulary->types.intern(quantity);
  const auto show = [&](model::Scalar s, model::TypeId t) { return display(book.program, s, t); };
  EXPECT_EQ(show(NumberRange::exactly(rational("4.8e15")), q), "4800 Tbit");
  EXPECT_EQ(show(NumberRange::exactly(rational("0.03")), book.ratio), "3 %");
  EXPECT_EQ(show(range("1", "2"), book.decimal), "between 1 and 2");
  EXPECT_EQ(show(range("1", nullptr, true), book.decimal), "more than 1");
  EXPECT_EQ(show(true, book.boolean), "true");
  EXPECT_EQ(show(date("2025-08-02"), book.date_type), "2025-08-02");
  EXPECT_EQ(show(model::Country{"CN"}, book.country), "CN");
  EXPECT_EQ(show(std::string("llama"), book.text), "\"llama\"");
  EXPECT_EQ(show(model::Money{NumberRange::exactly(15), "EUR"}, book.money), "15 EUR");
  const model::EnumId e = book.enumeration("tier", {"low", "high", "top"});
  model::Candidates two = model::Candidates::one(0, 3);
  two.possible[2] = true;
  EXPECT_EQ(show(two, book.enum_type(e)), "low or top");
}

TEST_F(Operations, TheTraceFollowsWhatDecides) {
  const NodeId b = book.fact("b"), big = is(Op::gt, book.fact("x"), "1");
  const ir::TermId gpai = book.term("gpai", book.boolean, book.all({b, big}));
  book.program.terms[gpai].title = "General-purpose model";
  book.rule("r", book.call(gpai), {book.truth(true)});
  const Given document = with({{"b", F}, {"x", Given::number("3")}});
  const facts::Document bound = book.bind(document);
  const Options options{date("2026-11-22")};
  const Finding f = evaluate(book.program, bound, options).findings.at(0);
  std::vector<std::string> texts;
  for (const Step& s : trace(book.program, bound, options, f))
    texts.push_back(std::string(static_cast<std::size_t>(s.depth), ' ') + s.text);
  EXPECT_THAT(texts, ElementsAre("term `gpai` (General-purpose model) does not hold", " b = false"))
      << "x did not decide";
}

TEST_F(Operations, SeveralRequirementsAndLabels) {
  const ir::RuleId r = book.rule("r", {}, {book.fact("b"), book.fact("b")});
  const ir::ExceptionId e = book.exception("e", {r}, book.truth(true));
  book.program.exceptions[e].only_labels = {{r, "r1"}};
  const DocumentResult out = book.run(with({{"b", F}}));
  EXPECT_EQ(text(out.findings.at(0)), "gap");
  EXPECT_EQ(text(out.findings.at(1)), "exempt");
}

}  // namespace
}  // namespace writ::eval::testing
