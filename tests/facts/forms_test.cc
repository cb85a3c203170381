// What a document may say beyond exact values: estimates, lists that may have more members, evidence. What is wrong is
// in fixtures/malformed/documents.
#include <gtest/gtest.h>

#include "tests/facts/reading.h"
#include "tests/facts/vocabulary.h"

namespace writ::test {
namespace {

using facts::State;
using model::NumberRange;
using model::Reason;

NumberRange range(const facts::Fact& fact) {
  const auto* money = std::get_if<model::Money>(&fact.scalar);
  return money != nullptr ? money->amount : std::get<NumberRange>(fact.scalar);
}

TEST(Estimates, OfEveryNumber) {
  const Reading r = read_facts(R"(model:
  training_compute: {between: [8e24, 3e25 FLOP]}
  bandwidth: {more_than: 1 GB/s, at_most: 3 GB/s}
  layers: {more_than: 3, less_than: 6}
  temperature: {at_least: 0.5}
  share: {less_than: 60 %}
  price: {between: [10 million EUR, 15 million EUR]}
)");
  ASSERT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  const NumberRange compute = range(r.at("model.training_compute"));
  EXPECT_EQ(compute.lo->exact(), "8e24");
  EXPECT_EQ(compute.hi->exact(), "3e25");
  EXPECT_FALSE(compute.lo_open || compute.hi_open);
  EXPECT_EQ(r.at("model.training_compute").written, "between 8e24 FLOP and 3e25 FLOP");
  EXPECT_EQ(r.at("model.training_compute").state, State::known);
  const NumberRange bandwidth = range(r.at("model.bandwidth"));
  EXPECT_EQ(*bandwidth.lo, Rational(8'000'000'000));
  EXPECT_TRUE(bandwidth.lo_open && !bandwidth.hi_open);
  EXPECT_EQ(r.at("model.bandwidth").written, "more than 1 GB/s and at most 3 GB/s");
  const NumberRange layers = range(r.at("model.layers"));  // whole numbers: 4 or 5
  EXPECT_EQ(*layers.lo, Rational(4));
  EXPECT_EQ(*layers.hi, Rational(5));
  EXPECT_FALSE(layers.lo_open || layers.hi_open);
  EXPECT_FALSE(range(r.at("model.temperature")).hi);
  EXPECT_EQ(range(r.at("model.share")).hi->exact(), "0.6");
  EXPECT_TRUE(range(r.at("model.share")).hi_open);
  EXPECT_EQ(std::get<model::Money>(r.at("model.price").scalar).currency, "EUR");
}

TEST(Estimates, OneValueIsExact) {
  const Reading r = read_facts("model: {layers: {more_than: 3, less_than: 5}, share: {between: [50 %, 0.5]}}\n");
  EXPECT_TRUE(range(r.at("model.layers")).exact());
  EXPECT_TRUE(range(r.at("model.share")).exact());
}

TEST(Estimates, MembersThatArePossible) {
  const Reading r = read_facts("transfers: [{id: a, mechanism: {one_of: [scc, bcr]}}]\n");
  const auto& members = std::get<model::Candidates>(r.at("transfers[a].mechanism").scalar);
  EXPECT_EQ(members.possible, (std::vector<bool>{false, true, true, false}));
  EXPECT_EQ(r.at("transfers[a].mechanism").written, "scc or bcr");
}

TEST(Incomplete, ListsHaveMembersAndPerhapsMore) {
  const Reading r =
      read_facts("transfers: {incomplete: [{id: a, destination: JP}]}\nmodel: {generates: {incomplete: [text]}}\n");
  ASSERT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  const facts::Fact& transfers = r.at("transfers");
  EXPECT_EQ(transfers.state, State::known);
  EXPECT_TRUE(transfers.incomplete);
  ASSERT_TRUE(transfers.phantom.valid());
  EXPECT_EQ(r.at("transfers[?].destination").state, State::unknown);
  EXPECT_EQ(r.at("transfers[?].destination").reason, Reason::incomplete);
  EXPECT_EQ(r.at("transfers[a].destination").pointer, "/transfers/incomplete/0/destination");
  EXPECT_TRUE(r.at("model.generates").incomplete);
  EXPECT_EQ(r.at("model.generates").children.size(), 1U);
  EXPECT_FALSE(read_facts("transfers: []\n").at("transfers").incomplete);
}

TEST(Evidence, StandsBehindAValueAndAllWithinIt) {
  const Reading r = read_facts(R"(model:
  value:
    name: M
    open: {value: true, evidence: licence file, as_of: 2026-03-01, by: counsel}
    released: null
    training_compute: {value: {at_least: 1e24}, evidence: telemetry}
    generates: {value: {incomplete: [text]}, evidence: tests}
  evidence: model card
parties: {value: [{value: {key: acme}, evidence: register}], evidence: list}
owner: acme
)");
  ASSERT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  const facts::Document& document = r.documents[0];
  const auto text = [&](const char* path) {
    const std::uint32_t e = r.at(path).evidence;
    return e == UINT32_MAX ? std::string("none") : document.evidence[e].text;
  };
  EXPECT_EQ(text("model"), "model card");
  EXPECT_EQ(text("model.name"), "model card");
  EXPECT_EQ(text("model.released"), "model card");
  EXPECT_EQ(text("model.open"), "licence file");
  EXPECT_EQ(document.evidence[r.at("model.open").evidence].by, "counsel");
  EXPECT_EQ(document.evidence[r.at("model.open").evidence].as_of->text(), "2026-03-01");
  EXPECT_EQ(text("model.training_compute"), "telemetry");
  EXPECT_EQ(text("model.layers"), "none");  // not stated
  EXPECT_EQ(text("parties.acme"), "register");
  EXPECT_EQ(text("owner"), "none");
  EXPECT_EQ(r.at("model.open").pointer, "/model/value/open/value");
}

TEST(Evidence, APlaceholderIsNone) {
  const Reading r = read_facts("model: {open: {value: true, evidence: TBD}, layers: {value: 3, evidence: }}\n");
  ASSERT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  EXPECT_EQ(r.at("model.open").evidence, UINT32_MAX);
  EXPECT_EQ(r.at("model.layers").evidence, UINT32_MAX);
  EXPECT_EQ(std::get<bool>(r.at("model.open").scalar), true);
}

TEST(Evidence, OfPeriods) {
  const Reading r = read_facts(R"(model:
  free:
    - {until: 2025-12-31, value: true, evidence: a, as_of: 2025-06-01}
    - {from: 2026-01-01, value: {value: false, evidence: b, as_of: 2026-06-01}}
  licence: {value: [{value: mit}], evidence: c}
)");
  ASSERT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  const facts::Document& document = r.documents[0];
  EXPECT_EQ(document.evidence[r.at("model.free").evidence].text, "a");  // the oldest
  EXPECT_EQ(document.evidence[r.at("model.licence").evidence].text, "c");
  EXPECT_EQ(document.evidence[document[r.at("model.licence").dated[0].value].evidence].text, "c");
}

TEST(Evidence, AMapTakesItsOwnKeys) {
  const Reading r = read_facts("shares: {value: 10 %, evidence: 20 %}\n");
  ASSERT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  EXPECT_EQ(r.at("shares").children.size(), 2U);
  const Reading whole = read_facts("shares: {value: {a: 10 %}, evidence: paper}\n");
  ASSERT_TRUE(whole.diagnostics.empty()) << ::testing::PrintToString(whole.codes());
  EXPECT_EQ(whole.at("shares").children.size(), 1U);
}

TEST(Evidence, ChangesGoThroughForms) {
  Reading r = read_raw(
      "writ: deployment/1\nid: t\nmodel: {value: {open: true}, evidence: a}\ntransfers: {incomplete: [{id: a, tia: "
      "true}]}\n",
      facts::Format::yaml);
  facts::RawNode no;
  no.kind = facts::RawNode::Kind::scalar;
  no.text = "false";
  const facts::RawId value = r.raw[0].nodes.add(no);
  EXPECT_TRUE(facts::assign(r.raw[0], vocabulary(), split("model.open"), value));
  EXPECT_TRUE(facts::assign(r.raw[0], vocabulary(), split("transfers.a.tia"), value));
  EXPECT_TRUE(facts::remove(r.raw[0], vocabulary(), split("transfers.a.tia")));
}

}  // namespace
}  // namespace writ::test
