#include <gtest/gtest.h>

#include <set>

#include "engine/model/type.h"
#include "engine/model/value.h"
#include "engine/model/vocabulary.h"

namespace writ::model {
namespace {

TEST(TypePool, EqualTypesHaveEqualIds) {
  TypePool pool;
  Type text;
  text.kind = TypeKind::text;
  Type set;
  set.kind = TypeKind::set;
  set.element = pool.intern(text);
  const TypeId first = pool.intern(set);
  EXPECT_EQ(pool.intern(set), first);
  EXPECT_EQ(pool.intern(text), set.element);
  EXPECT_NE(first, set.element);
  EXPECT_EQ(pool.size(), 2U);
  Type country;
  country.kind = TypeKind::country;
  EXPECT_FALSE(pool.find(country).valid());
}

TEST(TypePool, ListsBringTheTypeOfTheirElements) {
  TypePool pool;
  Type list;
  list.kind = TypeKind::list;
  list.record = RecordId(3);
  (void)pool.intern(list);
  const TypeId element = pool.find(TypePool::record_type(RecordId(3)));
  ASSERT_TRUE(element.valid());
  EXPECT_EQ(pool[element].kind, TypeKind::record);
}

TEST(Vocabulary, FindsAndDescribes) {
  Vocabulary v;
  v.units.add_base("FLOP", "operation");
  Enum modality;
  modality.name = "modality";
  modality.members = {{"text", ""}, {"image", ""}};
  const EnumId id = v.enums.add(modality);
  Record record;
  record.name = "transfer";
  Field field;
  field.name = "tia";
  field.formerly = "assessment";
  record.fields = {field};
  const RecordId transfer = v.records.add(record);
  EXPECT_EQ(v.find_enum("modality"), id);
  EXPECT_FALSE(v.find_enum("model").valid());
  EXPECT_EQ(v.find_record("transfer"), transfer);
  EXPECT_EQ(v.enums[id].find("image"), 1);
  EXPECT_EQ(v.enums[id].find("video"), -1);
  EXPECT_EQ(v.records[transfer].find("tia"), 0);
  EXPECT_EQ(v.records[transfer].find("assessment"), -1);
  EXPECT_EQ(v.records[transfer].find_formerly("assessment"), 0);
  EXPECT_EQ(v.records[transfer].find_formerly(""), -1);

  const auto describe = [&](auto&& fill) {
    Type type;
    fill(type);
    return v.describe(v.types.intern(type));
  };
  const auto simple = [&](TypeKind kind) { return describe([&](Type& t) { t.kind = kind; }); };
  EXPECT_EQ(simple(TypeKind::boolean), "bool");
  EXPECT_EQ(simple(TypeKind::integer), "int");
  EXPECT_EQ(simple(TypeKind::country), "country");
  EXPECT_EQ(simple(TypeKind::duration), "duration");
  EXPECT_EQ(describe([&](Type& t) {
              t.kind = TypeKind::quantity, t.name = "FLOP", t.dimension = v.units.find("FLOP")->dimension;
            }),
            "quantity[FLOP]");
  EXPECT_EQ(describe([&](Type& t) { t.kind = TypeKind::enumeration, t.enumeration = id; }), "modality");
  Type member;
  member.kind = TypeKind::enumeration;
  member.enumeration = id;
  EXPECT_EQ(describe([&](Type& t) { t.kind = TypeKind::set, t.element = v.types.intern(member); }), "set of modality");
  EXPECT_EQ(describe([&](Type& t) { t.kind = TypeKind::list, t.record = transfer; }), "list of transfer");
  EXPECT_EQ(describe([&](Type& t) {
              t.kind = TypeKind::map, t.key = v.types.intern(member), t.element = v.types.intern(member);
            }),
            "map[modality] of modality");
  EXPECT_EQ(describe([&](Type& t) { t.kind = TypeKind::reference, t.name = "model"; }), "reference to model");
}

TEST(Candidates, OneOrSeveral) {
  Candidates one = Candidates::one(2, 4);
  EXPECT_EQ(one.single(), 2);
  one.possible[0] = true;
  EXPECT_EQ(one.single(), -1);
  EXPECT_EQ(Candidates{}.single(), -1);
}

TEST(NumberRange, ExactOnlyWhenClosedAndEqual) {
  EXPECT_TRUE(NumberRange::exactly(Rational(3)).exact());
  EXPECT_FALSE((NumberRange{Rational(3), Rational(4), false, false}).exact());
  EXPECT_FALSE((NumberRange{Rational(3), std::nullopt, false, false}).exact());
  EXPECT_FALSE((NumberRange{Rational(3), Rational(3), true, false}).exact());
}

TEST(Countries, AllAssignedCodesAndNoOthers) {
  std::set<std::string> assigned;
  for (std::size_t i = 0; i < assigned_countries().size(); i += 2)
    assigned.insert(std::string(assigned_countries().substr(i, 2)));
  EXPECT_EQ(assigned.size(), 249U);
  std::size_t accepted = 0;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      const std::string code = {a, b};
      const bool ok = check_country(code).ok;
      EXPECT_EQ(ok, assigned.contains(code) || code == "XK") << code;
      accepted += ok ? 1U : 0U;
    }
  }
  EXPECT_EQ(accepted, 250U);
  for (const char* code : {"AX", "BQ", "CW", "SS", "SX", "TL", "PS", "TW", "HK", "MO", "VA", "EH", "AQ", "UM"})
    EXPECT_TRUE(check_country(code).ok) << code;
}

TEST(Countries, RefusedWithWhatIsRight) {
  EXPECT_EQ(check_country("UK").suggestion, "GB");
  EXPECT_EQ(check_country("EL").suggestion, "GR");
  EXPECT_EQ(check_country("ZR").suggestion, "CD");
  EXPECT_EQ(check_country("de").suggestion, "DE");
  EXPECT_EQ(check_country("Germany").suggestion, "DE");
  EXPECT_NE(check_country("EU").suggestion.find("no country"), std::string::npos);
  for (const char* code :
       {"UK", "EU", "EL", "AN", "SU", "YU", "CS", "DD", "TP", "FX", "ZZ", "", "U", "USA", "us", "D-", "🙂"})
    EXPECT_FALSE(check_country(code).ok) << code;
}

TEST(Countries, Parts) {
  for (const char* code : {"US-CA", "GB-ENG", "DE-BE", "CN-11", "CA-QC", "XK-01"})
    EXPECT_TRUE(check_country(code).ok) << code;
  for (const char* code : {"US-", "US-CALI", "US-C A", "US--", "ZZ-CA", "UK-ENG", "US-ca", "us-CA", "-CA", "US-CA-1"})
    EXPECT_FALSE(check_country(code).ok) << code;
  EXPECT_EQ(check_country("UK-ENG").suggestion, "GB-ENG");
  EXPECT_EQ(check_country("US-ca").suggestion, "US-CA");
}

TEST(Reasons, HaveNames) {
  EXPECT_STREQ(to_string(Reason::not_provided), "not_provided");
  EXPECT_STREQ(to_string(Reason::law), "law");
}

}  // namespace
}  // namespace writ::model
