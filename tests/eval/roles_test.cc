// Roles that parties state or that are derived, the party that bears a duty, and the amounts of penalties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/eval/bearer.h"
#include "engine/eval/numbers.h"
#include "tests/eval/build.h"

namespace writ::eval::testing {
namespace {

using ir::NodeId;
using ir::Op;
using model::Money;
using model::NumberRange;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

NumberRange range(const char* lo, const char* hi, bool lo_open = false, bool hi_open = false) {
  return std::get<NumberRange>(Given::range(lo, hi, lo_open, hi_open).scalar);
}
Money eur(const char* lo, const char* hi) { return {range(lo, hi), "EUR"}; }

TEST(Extremes, TheHigherIsAtLeastEach) {
  EXPECT_EQ(extreme_of(true, range("15", "15"), range(nullptr, nullptr)), range("15", nullptr));
  EXPECT_EQ(extreme_of(true, range("15", "15"), range("1", "20")), range("15", "20"));
  EXPECT_EQ(extreme_of(true, range("15", "15"), range("1", "2")), range("15", "15"));
  EXPECT_EQ(extreme_of(true, range("1", "3", true), range("1", "2")), range("1", "3", true));
  EXPECT_EQ(extreme_of(true, range("1", "3", false, true), range("1", "3")), range("1", "3"));
}

TEST(Extremes, TheLowerIsAtMostEach) {
  EXPECT_EQ(extreme_of(false, range("15", "15"), range(nullptr, nullptr)), range(nullptr, "15"));
  EXPECT_EQ(extreme_of(false, range("15", "15"), range("20", nullptr)), range("15", "15"));
  EXPECT_EQ(extreme_of(false, range("15", "15"), range("1", "20")), range("1", "15"));
}

struct Roles : ::testing::Test {
  Book book;
  model::RecordId party{};
  model::EnumId role_names{};
  ir::RoleId provider, deployer;
  ir::RuleId rule;
  const Given T = Given::of(true), F = Given::of(false), U = Given::unknown();

  void SetUp() override {
    role_names = book.enumeration("party_role", {"provider", "deployer"});
    party = book.record("party_entry", true);
    const model::RecordId key = party;
    book.field(key, "roles", book.set_of(book.enum_type(role_names)));
    book.field(key, "rebrands", book.boolean);
    book.field(key, "turnover", book.money);
    book.field(key, "sme", book.boolean);
    book.root("parties", book.list_of(party));
    book.root("a", book.boolean);
    ir::Role p;
    p.name = "provider";
    p.member = 0;
    p.var = book.slot();
    p.means = book.get(book.var(*p.var, book.record_type(party)), "rebrands");
    provider = book.program.roles.add(p);
    ir::Role d;
    d.name = "deployer";
    d.member = 1;
    deployer = book.program.roles.add(d);
    book.program.bearer = book.slot();
    rule = book.rule("r", {}, {book.fact("a")});
    book.program.rules[rule].binds = {provider, deployer};
  }

  Given roles(std::vector<std::size_t> members, bool incomplete = false) {
    Given g;
    g.kind = Given::Kind::set;
    for (std::size_t m : members) g.parts.push_back(Given::of(model::Candidates::one(m, 2)));
    g.incomplete = incomplete;
    return g;
  }
  /// Fields in order: id, roles, rebrands, turnover, sme.
  Given entry(Given held, Given rebrands, Given turnover = Given::unknown(), Given sme = Given::unknown()) {
    Given g;
    g.kind = Given::Kind::record;
    g.parts = {Given::unknown(), std::move(held), std::move(rebrands), std::move(turnover), std::move(sme)};
    return g;
  }
  facts::Document document(std::vector<std::string> keys, std::vector<Given> entries, const char* assessed = "") {
    Given d = book.blank();
    book.state(d, "parties", Given::list(std::move(keys), std::move(entries)));
    book.state(d, "a", F);
    facts::Document out = book.bind(d);
    out.assessed_for = assessed;
    return out;
  }
  /// "KEY role", with a question mark where it may hold it.
  std::string bearer(const facts::Document& d) {
    Parties parties(book.program, d, Options{date("2026-11-22")});
    const Bearer b = parties.bearer_of(book.program.rules[rule]);
    std::string out = b.party.valid() ? d[b.party].key : std::string("nobody");
    if (b.role.valid()) out += " " + book.program.roles[b.role].name;
    return out + (b.certain() || !b.party.valid() ? "" : "?");
  }
  std::vector<PenaltyAmount> penalties(const facts::Document& d) {
    return evaluate(book.program, d, Options{date("2026-11-22")}, {rule}).findings.at(0).penalties;
  }
  NodeId of_bearer(const char* field) {
    return book.get(book.var(book.program.bearer, book.record_type(party)), field);
  }
  /// higher of (15 EUR, 3 % of bearer.turnover)
  NodeId fine(Op op) {
    const NodeId percent = book.constant(NumberRange::exactly(rational("0.03")), book.ratio);
    const NodeId share = book.node(Op::mul, book.money, percent.index, of_bearer("turnover").index);
    const auto [first, count] = book.list({book.constant(eur("15", "15"), book.money), share});
    return book.node(op, book.money, first, count);
  }
  void penalty(NodeId amount, NodeId when = {}) {
    ir::Penalty p;
    p.amount = amount;
    p.when = when;
    book.program.rules[rule].penalties.push_back(p);
  }
};

TEST_F(Roles, StatedBeforeDerivedBeforePerhaps) {
  EXPECT_EQ(bearer(document({"a", "b"}, {entry(roles({}), F), entry(roles({1}), F)})), "b deployer");
  EXPECT_EQ(bearer(document({"a", "b"}, {entry(roles({}), T), entry(roles({0}), F)})), "b provider") << "stated";
  EXPECT_EQ(bearer(document({"a", "b"}, {entry(roles({}), F), entry(roles({}), T)})), "b provider") << "derived";
  EXPECT_EQ(bearer(document({"a", "b"}, {entry(roles({}), U), entry(roles({}), T)})), "b provider") << "holds";
  EXPECT_EQ(bearer(document({"a", "b"}, {entry(roles({}), F), entry(roles({}), U)})), "b provider?");
  EXPECT_EQ(bearer(document({"a"}, {entry(U, F)})), "a provider?") << "its roles are not known";
  EXPECT_EQ(bearer(document({"a"}, {entry(roles({}, true), F)})), "a provider?") << "there may be more roles";
  EXPECT_EQ(bearer(document({"a"}, {entry(roles({}), F)})), "nobody provider");
  EXPECT_EQ(bearer(document({}, {})), "nobody provider");
}

TEST_F(Roles, ThePartyThatIsAssessedComesFirst) {
  EXPECT_EQ(bearer(document({"a", "b"}, {entry(roles({0}), F), entry(roles({}), T)}, "b")), "b provider");
  EXPECT_EQ(bearer(document({"a", "b"}, {entry(roles({0}), F), entry(roles({}), U)}, "b")), "a provider")
      << "who certainly owes the duty before who may owe it";
}

TEST_F(Roles, ADerivationMayBeExceptedFrom) {
  book.root("allocated", book.boolean);
  book.program.roles[provider].unless = {{"", book.fact("allocated"), {}, {}, {}}};
  Given d = book.blank();
  book.state(d, "parties", Given::list({"a"}, {entry(roles({}), T)}));
  EXPECT_EQ(bearer(book.bind(d)), "a provider?") << "nobody says whether the exception holds";
  book.state(d, "allocated", T);
  EXPECT_EQ(bearer(book.bind(d)), "nobody provider");
  book.state(d, "allocated", F);
  EXPECT_EQ(bearer(book.bind(d)), "a provider");
}

TEST_F(Roles, ADerivationThatFailsMayHold) {
  const NodeId zero = book.number("0");
  const NodeId broken = book.compare(Op::gt, book.math(Op::div, book.number("1"), zero), zero);
  book.program.roles[provider].means = broken;
  const facts::Document d = document({"a"}, {entry(roles({}), F)});
  Parties parties(book.program, d, Options{date("2026-11-22")});
  EXPECT_TRUE(parties.holds(parties.find("a"), provider).is_unknown());
  ASSERT_EQ(parties.errors().size(), 1U);
  EXPECT_EQ(parties.errors()[0].text, "division by zero");
}

TEST_F(Roles, APartyIsConcernedByWhatItMayOwe) {
  const facts::Document d = document({"a", "b"}, {entry(roles({}), F), entry(U, F)});
  Parties parties(book.program, d, Options{date("2026-11-22")});
  ir::Rule& r = book.program.rules[rule];
  EXPECT_FALSE(parties.concerned(parties.find("a"), r));
  EXPECT_TRUE(parties.concerned(parties.find("b"), r));
  r.binds.clear();
  EXPECT_TRUE(parties.concerned(parties.find("a"), r)) << "it binds nobody in particular";
  EXPECT_FALSE(parties.find("c").valid());
}

TEST_F(Roles, ThePenaltyFollowsFromTheFacts) {
  penalty(fine(Op::higher));
  const auto amount = [&](Given turnover) {
    const auto all = penalties(document({"a"}, {entry(roles({0}), F, std::move(turnover))}));
    EXPECT_EQ(all.size(), 1U);
    return all.at(0).amount;
  };
  EXPECT_EQ(amount(Given::of(eur("1000", "1000"))), model::Scalar(eur("30", "30")));
  EXPECT_EQ(amount(Given::of(eur("100", "100"))), model::Scalar(eur("15", "15")));
  EXPECT_EQ(amount(Given::of(eur("100", "2000"))), model::Scalar(eur("15", "60"))) << "an estimate";
  EXPECT_EQ(amount(Given::of(eur("100", "200"))), model::Scalar(eur("15", "15"))) << "too small to matter";
  EXPECT_EQ(amount(U), model::Scalar(eur("15", nullptr)));
}

TEST_F(Roles, TheLowerIsForSmallCompanies) {
  penalty(fine(Op::higher), book.negate(of_bearer("sme")));
  penalty(fine(Op::lower), of_bearer("sme"));
  const Given turnover = Given::of(eur("100", "100"));
  auto all = penalties(document({"a"}, {entry(roles({0}), F, turnover, T)}));
  EXPECT_TRUE(all.at(0).applies.is_false());
  EXPECT_TRUE(all.at(1).applies.is_true());
  EXPECT_EQ(all.at(1).amount, model::Scalar(eur("3", "3")));
  all = penalties(document({"a"}, {entry(roles({0}), F)}));
  EXPECT_TRUE(all.at(0).applies.is_unknown());
  EXPECT_EQ(all.at(1).amount, model::Scalar(eur("0", "15"))) << "nobody is paid a fine";
}

TEST_F(Roles, WhatIsMissingForAnAmountIsListedApart) {
  penalty(fine(Op::higher));
  const facts::Document d = document({"a"}, {entry(roles({0}), F)});
  const Finding f = evaluate(book.program, d, Options{date("2026-11-22")}, {rule}).findings.at(0);
  EXPECT_EQ(text(f), "gap");
  EXPECT_THAT(f.missing, IsEmpty());
  EXPECT_THAT(paths(d, f.penalties.at(0).missing), ElementsAre("parties[a].turnover"));
  const facts::Document nobody = document({"a"}, {entry(roles({}), F)});
  EXPECT_THAT(paths(nobody, penalties(nobody).at(0).missing), ElementsAre("parties")) << "the question is who owes it";
}

TEST_F(Roles, AnotherCurrencyWidensAndBlamesTheLaw) {
  penalty(fine(Op::higher));
  const Money usd{range("1000", "1000"), "USD"};
  const auto all = penalties(document({"a"}, {entry(roles({0}), F, Given::of(usd))}));
  EXPECT_EQ(all.at(0).amount, model::Scalar(eur("15", nullptr)));
  ASSERT_EQ(all.at(0).law.size(), 1U);
  EXPECT_EQ(all.at(0).law[0].text, "no table of exchange rates between EUR and USD");
}

TEST_F(Roles, APenaltyHasDaysOfItsOwn) {
  penalty(fine(Op::higher), book.compare(Op::ge, book.node(Op::as_of, book.date_type), book.day("2026-08-02")));
  const facts::Document d = document({"a"}, {entry(roles({0}), F)});
  const auto on = [&](const char* day) {
    return evaluate(book.program, d, Options{date(day)}, {rule}).findings.at(0).penalties.at(0).applies;
  };
  EXPECT_TRUE(on("2026-08-01").is_false());
  EXPECT_TRUE(on("2026-08-02").is_true());
}

}  // namespace
}  // namespace writ::eval::testing
