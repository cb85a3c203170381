// The side tables say what engine/sema/sema.h promises to whoever lowers.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sema/checking.h"

namespace writ::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::StartsWith;

const char* const kLaw = R"(package t
import facts
import p
instrument A "An act" { jurisdiction EU }
group chapter "Chapter" cites A "Chapter V"
scope inside of A "Scope" means model.open
classify tier "Tier" within inside { order high > low  low when model.users > 3  high otherwise }
term tpp(c: chip): quantity[TOPS] means c.tops
term wide means model.reach > 3 person
rule one "One" {
  cites A "Art. 1"
  group chapter
  effective from 2025-01-01
  for each e in transfers judged on e.on_day
  applies when tpp(e.item) > 5 TOPS and wide
  requires first: e.destination in p.near
  requires second: tier == low
}
rule free "Outside" { cites A "Art. 2" scope none effective from 2025-01-01 requires model.open }
exception x "X" to one.first, chapter, wide for each e { cites A "Art. 3" when e.systematic }
)";

std::unique_ptr<Checking> law() {
  std::string text = kLaw;
  // `for each` cannot read a term's elements: two exceptions.
  text.replace(text.find("to one.first, chapter, wide for each e"), 38, "to one.first, chapter for each e");
  text += "exception y \"Y\" to wide { cites A \"Art. 4\" when model.users > 9 }\n";
  return check_texts({{"vocabulary.writ", shared_vocabulary()},
                      {"p.writ", "package p\nset near of country { JP }\n"},
                      {"t.writ", text}});
}

/// The expression of file 2 with this text; the last one when there are several.
ast::ExprId find(const Checking& c, std::string_view text) {
  ast::ExprId out;
  const ast::File& file = c.files[2];
  for (std::uint32_t i = 0; i < file.exprs.size(); ++i) {
    if (c.sources.text(file.exprs[ast::ExprId(i)].span) == text) out = ast::ExprId(i);
  }
  EXPECT_TRUE(out.valid()) << text;
  return out;
}

template <class T>
const T& meaning(const Checking& c, ast::ExprId id) {
  return std::get<T>(c.checked.files[2].meanings.at(id.index));
}

const model::Vocabulary& vocabulary(const Checking& c) { return *c.checked.vocabulary; }

std::string type(const Checking& c, ast::ExprId id) {
  return vocabulary(c).describe(c.checked.files[2].types.at(id.index));
}

TEST(Tables, TheCaseIsRight) { EXPECT_THAT(law()->lines(), ElementsAre()); }

TEST(Tables, FactPathsAreFieldsFromTheRoot) {
  const auto c = law();
  const ast::ExprId path = find(*c, "model.reach");
  const auto& member = std::get<ast::Member>(c->files[2].exprs[path].node);
  const model::Record& root = vocabulary(*c).records[vocabulary(*c).root];
  EXPECT_EQ(meaning<sema::FieldOf>(*c, member.base).field, static_cast<std::uint32_t>(root.find("model")));
  const model::Record& model = vocabulary(*c).records[vocabulary(*c).find_record("model")];
  EXPECT_EQ(meaning<sema::FieldOf>(*c, path).field, static_cast<std::uint32_t>(model.find("reach")));
  EXPECT_EQ(type(*c, path), "quantity[person]");
  EXPECT_EQ(type(*c, member.base), "model");
}

TEST(Tables, ElementsAreVariables) {
  const auto c = law();
  const ast::ExprId path = find(*c, "e.destination");
  const auto& member = std::get<ast::Member>(c->files[2].exprs[path].node);
  const std::uint32_t v = meaning<sema::Variable>(*c, member.base).variable;
  EXPECT_EQ(c->checked.variables.at(v).name, "e");
  EXPECT_EQ(vocabulary(*c).describe(c->checked.variables[v].type), "transfer");
  const sema::ItemRef one = c->checked.items.at("t.one");
  EXPECT_THAT(c->checked.item_variables.at(one), ElementsAre(v));
  EXPECT_EQ(type(*c, path), "country");
}

TEST(Tables, QualifiedItemsAreUsesBehindNamespaces) {
  const auto c = law();
  const ast::ExprId path = find(*c, "p.near");
  EXPECT_EQ(meaning<sema::ItemUse>(*c, path).item, c->checked.items.at("p.near"));
  EXPECT_NO_THROW(
      static_cast<void>(meaning<sema::Namespace>(*c, std::get<ast::Member>(c->files[2].exprs[path].node).base)));
  EXPECT_EQ(type(*c, path), "set of country");
}

TEST(Tables, CallsAndNamesAreUsesOfItems) {
  const auto c = law();
  const ast::ExprId call = find(*c, "tpp(e.item)");
  EXPECT_EQ(meaning<sema::ItemUse>(*c, call).item, c->checked.items.at("t.tpp"));
  EXPECT_EQ(type(*c, call), "quantity[TOPS]");
  EXPECT_EQ(meaning<sema::ItemUse>(*c, find(*c, "wide")).item, c->checked.items.at("t.wide"));
  EXPECT_EQ(vocabulary(*c).describe(c->checked.item_types.at(c->checked.items.at("t.wide"))), "bool");
  EXPECT_EQ(vocabulary(*c).describe(c->checked.item_types.at(c->checked.items.at("p.near"))), "country");
}

TEST(Tables, ClassificationsAreEnumerations) {
  const auto c = law();
  const sema::ItemRef tier = c->checked.items.at("t.tier");
  const model::Enum& values = vocabulary(*c).enums[c->checked.class_enums.at(tier)];
  EXPECT_EQ(values.name, "t.tier");
  std::vector<std::string> members;
  for (const model::EnumMember& m : values.members) members.push_back(m.name);
  EXPECT_THAT(members, ElementsAre("high", "low", "out_of_scope"));
  const auto& low = meaning<sema::MemberOf>(*c, find(*c, "low"));
  EXPECT_EQ(low.enumeration, c->checked.class_enums.at(tier));
  EXPECT_EQ(low.member, 1U);
}

TEST(Tables, TargetsAndScopes) {
  const auto c = law();
  const auto& targets = c->checked.targets.at(c->checked.items.at("t.x"));
  ASSERT_EQ(targets.size(), 2U);
  EXPECT_EQ(targets[0].item, c->checked.items.at("t.one"));
  EXPECT_EQ(targets[0].label, "first");
  EXPECT_EQ(targets[1].item, c->checked.items.at("t.chapter"));
  EXPECT_EQ(targets[1].label, "");
  EXPECT_EQ(c->checked.targets.at(c->checked.items.at("t.y"))[0].item, c->checked.items.at("t.wide"));
  EXPECT_EQ(c->checked.rule_scopes.at(c->checked.items.at("t.one")), c->checked.items.at("t.inside"));
  EXPECT_FALSE(c->checked.rule_scopes.contains(c->checked.items.at("t.free")));
}

TEST(Tables, LookupSeesOwnAndImportedPackages) {
  const auto c = law();
  const auto seen = [&](std::uint32_t file, const std::string& name) {
    return sema::lookup(c->checked, c->files, file, name);
  };
  ASSERT_NE(seen(2, "near"), nullptr);
  EXPECT_EQ(*seen(2, "near"), c->checked.items.at("p.near"));
  EXPECT_EQ(*seen(2, "p.near"), c->checked.items.at("p.near"));
  EXPECT_EQ(*seen(2, "t.one"), c->checked.items.at("t.one"));
  EXPECT_EQ(seen(1, "one"), nullptr);
  EXPECT_EQ(seen(1, "t.one"), nullptr);
  EXPECT_EQ(seen(2, "nothing"), nullptr);
}

TEST(Tables, UnitsDoNotDependOnTheirOrder) {
  const auto c = check_texts({{"f.writ",
                               "package facts\nunit TPP = TOPS * bit\nunit TOPS = 10^12 op/s\nunit GB = 10^9 "
                               "byte\nunit byte = 8 bit\nunit op = FLOP\nunit bit\nunit "
                               "FLOP\nunit s\n"}});
  EXPECT_THAT(c->lines(), ElementsAre());
  const auto tpp = c->checked.vocabulary->units.parse("TPP");
  const auto plain = c->checked.vocabulary->units.parse("FLOP*bit/s");
  ASSERT_TRUE(tpp && plain);
  EXPECT_EQ(tpp->dimension, plain->dimension);
  EXPECT_EQ(tpp->factor, *Rational::power(10, 12));
  EXPECT_EQ(c->checked.vocabulary->units.parse("GB")->factor, Rational(8'000'000'000));
}

TEST(Tables, VocabularyKeepsQuestionsAndKeys) {
  const auto c = check_texts({{"f.writ",
                               "package facts\nrecord r \"R\" key id { id: text \"Id\"  n: optional dated int \"N\" "
                               "ask \"How many?\" from \"a\", \"b\" provision "
                               "\"Art. 1\" formerly m }\nfacts \"F\" { rs: list of r \"Rs\" }\nterm big means (count "
                               "of rs) > 3\nterm bigger means big\n"}});
  const model::Vocabulary& v = *c->checked.vocabulary;
  const model::Record& r = v.records[v.find_record("r")];
  ASSERT_TRUE(r.key.has_value());
  EXPECT_EQ(*r.key, 0U);
  const model::Field& n = r.fields.at(1);
  EXPECT_TRUE(n.optional && n.dated && !n.event);
  EXPECT_EQ(n.ask, "How many?");
  EXPECT_THAT(n.from, ElementsAre("a", "b"));
  EXPECT_EQ(n.provision, "Art. 1");
  EXPECT_EQ(r.find_formerly("m"), 1);
  EXPECT_THAT(v.term_names, ElementsAre("big", "bigger"));
}

/// Chains are refused with a reason before they reach anybody's stack.
TEST(Limits, ChainsOfDefinitions) {
  std::string terms = "package t\n", units = "package facts\n", records = "package facts\n";
  constexpr int kLong = 20'000;
  for (int i = 0; i < kLong; ++i) {
    terms += fmt::format("term t{} means t{}\n", i, i + 1);
    units += fmt::format("unit u{} = 1 u{}\n", i, i + 1);
    records += fmt::format("record r{} \"R\" {{ r: r{} \"R\" }}\n", i, i + 1);
  }
  terms += fmt::format("term t{} means model.open\n", kLong);
  units += fmt::format("unit u{}\n", kLong);
  records += fmt::format("record r{} \"R\" {{ x: bool \"X\" }}\nfacts \"F\" {{ r: r0 \"R\" }}\n", kLong);
  for (const Texts& texts : {Texts{{"vocabulary.writ", shared_vocabulary()}, {"t.writ", terms}},
                             Texts{{"u.writ", units}}, Texts{{"r.writ", records}}}) {
    const auto c = check_texts(texts);
    EXPECT_EQ(c->diagnostics.error_count(), 1U);
    EXPECT_THAT(c->lines(), Contains(StartsWith("WR0801")));
  }
}

/// With any file broken, the tables of the others are there.
TEST(Tables, StandAlsoWithErrors) {
  const auto c = check_texts({{"vocabulary.writ", shared_vocabulary()},
                              {"a.writ", "package t\nterm a means model.opn\nterm b means model.open\n"}});
  EXPECT_TRUE(c->diagnostics.has_errors());
  EXPECT_EQ(c->checked.vocabulary->describe(c->checked.item_types.at(c->checked.items.at("t.b"))), "bool");
}

}  // namespace
}  // namespace writ::test
