// Binding what is right: every type, every state. What is wrong is in fixtures/malformed/documents.
#include <gtest/gtest.h>

#include "tests/facts/reading.h"
#include "tests/facts/vocabulary.h"

namespace writ::test {
namespace {

using facts::State;
using model::NumberRange;
using model::Reason;

TEST(Bind, EveryType) {
  const Reading r = read_facts(R"(model:
  name: Acme LM
  open: true
  training_compute: 3.3e24 FLOP
  bandwidth: 400 GB/s
  sparsity: 50 %
  layers: 80
  temperature: 0.7
  share: 80 %
  price: 15 million EUR
  released: 2025-08-20
  frozen_at: 2025-08-02T10:00Z
  retention: 14 days
  generates: [text, image]
  markets: [NO, US-CA]
  tags: [a, b]
  base: llama-3
seat: NO
parties:
  - {key: acme, name: Acme SA, roles: [provider], establishment: FR}
owner: acme
assessed_for: acme
users: {DE: 100, FR: 20}
)");
  EXPECT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(std::get<std::string>(r.at("model.name").scalar), "Acme LM");
  EXPECT_EQ(std::get<NumberRange>(r.at("model.training_compute").scalar).lo->exact(), "3.3e24");
  EXPECT_EQ(std::get<NumberRange>(r.at("model.bandwidth").scalar).lo->exact(), "3200000000000");  // bits per second
  EXPECT_EQ(std::get<NumberRange>(r.at("model.sparsity").scalar).lo->exact(), "0.5");
  EXPECT_EQ(std::get<NumberRange>(r.at("model.share").scalar).lo->exact(), "0.8");
  EXPECT_EQ(std::get<model::Money>(r.at("model.price").scalar).currency, "EUR");
  EXPECT_EQ(*std::get<model::Money>(r.at("model.price").scalar).amount.lo, Rational(15'000'000));
  EXPECT_EQ(std::get<Date>(r.at("model.released").scalar).text(), "2025-08-20");
  EXPECT_EQ(std::get<model::Candidates>(r.at("model.generates[1]").scalar).single(), 2);
  EXPECT_EQ(std::get<model::Country>(r.at("seat").scalar).code, "NO");
  EXPECT_EQ(std::get<model::Country>(r.at("model.markets[0]").scalar).code, "NO");
  EXPECT_EQ(std::get<std::string>(r.at("parties.acme.name").scalar), "Acme SA");
  EXPECT_EQ(r.documents[0].assessed_for, "acme");
  EXPECT_EQ(r.documents[0].id, "test");
  EXPECT_EQ(r.documents[0].kind, "deployment");
  EXPECT_EQ(*std::get<NumberRange>(r.at("users.DE").scalar).lo, Rational(100));
}

TEST(Bind, NothingStatedIsUnknownEverywhere) {
  const Reading r = read_facts("");
  ASSERT_EQ(r.documents.size(), 1U);
  EXPECT_EQ(r.at("model").state, State::unknown);
  EXPECT_EQ(r.at("model.training_compute").state, State::unknown);
  EXPECT_EQ(r.at("model.training_compute").reason, Reason::not_provided);
  EXPECT_EQ(r.at("model.training_compute").pointer, "/model/training_compute");
  EXPECT_FALSE(r.at("model.training_compute").span.valid());
  EXPECT_EQ(r.at("documents.summary.public").state, State::unknown);
  ASSERT_TRUE(r.at("transfers").phantom.valid());
  EXPECT_EQ(r.at("transfers[?].mechanism").path, "transfers[?].mechanism");
  EXPECT_EQ(r.at("transfers[?].mechanism").state, State::unknown);
  EXPECT_EQ(facts::field_of(r.documents[0], facts::find(r.documents[0], vocabulary(), split("transfers[?].mechanism")),
                            vocabulary())
                ->ask,
            "Which instrument?");
}

TEST(Bind, ListsKnowTheirElements) {
  const Reading r = read_facts(
      "transfers:\n  - {id: cn_servers, destination: CN, mechanism: null}\n  - {id: us, destination: US}\nnotes: "
      "[{text: a}, {weight: 2}]\n");
  EXPECT_EQ(r.at("transfers").children.size(), 2U);
  EXPECT_FALSE(r.at("transfers").phantom.valid());
  EXPECT_EQ(r.at("transfers.cn_servers").key, "cn_servers");
  EXPECT_EQ(r.at("transfers.cn_servers.mechanism").state, State::absent);
  EXPECT_EQ(r.at("transfers.us.mechanism").state, State::unknown);
  EXPECT_EQ(r.at("transfers.us.mechanism").path, "transfers[us].mechanism");
  EXPECT_EQ(r.at("transfers.us.mechanism").pointer, "/transfers/1/mechanism");
  EXPECT_EQ(r.at("notes[1].weight").path, "notes[1].weight");
  EXPECT_EQ(read_facts("transfers: []\n").at("transfers").state, State::known);
}

TEST(Bind, NobodyHasSaid) {
  const Reading r = read_facts(R"(model:
  name: TBD
  open: {unknown: disputed}
  training_compute: {unknown: refused, x-ticket: 12}
  layers: <number of layers>
  temperature: ""
  share: task goes here
  released:
  generates: [text, TODO]
  rebuttal: {unknown: not_assessed}
transfers: {unknown: refused}
seat: N/A
x-free: {anything: [goes, 1, null]}
)");
  EXPECT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  const auto expect = [&](const char* path, Reason reason) {
    EXPECT_EQ(r.at(path).state, State::unknown) << path;
    EXPECT_STREQ(model::to_string(r.at(path).reason), model::to_string(reason)) << path;
  };
  expect("model.name", Reason::placeholder);
  expect("model.open", Reason::disputed);
  expect("model.training_compute", Reason::refused);
  expect("model.layers", Reason::placeholder);
  expect("model.temperature", Reason::placeholder);
  expect("model.share", Reason::placeholder);
  expect("model.released", Reason::placeholder);  // a key with nothing behind it is no null
  expect("model.generates", Reason::placeholder);
  EXPECT_TRUE(r.at("model.generates").children.empty());
  expect("model.rebuttal", Reason::not_assessed);
  expect("model.rebuttal.accepted", Reason::not_assessed);
  expect("transfers", Reason::refused);
  expect("transfers[?].destination", Reason::refused);
  expect("seat", Reason::placeholder);
  expect("purpose", Reason::not_provided);
  EXPECT_EQ(r.at("model.name").written, "TBD");
  EXPECT_EQ(r.sources.position(r.at("model.name").span.file, r.at("model.name").span.begin).line, 5U);
}

TEST(Bind, MembersAreNoPlaceholders) {  // `unknown` is a member of this enumeration
  EXPECT_EQ(read_facts("model: {generates: [unknown]}\n").at("model.generates").state, State::known);
}

TEST(Bind, AbsentGoesDown) {
  const Reading r = read_facts("model: {rebuttal: null, released: ~}\nnotes: null\n");
  EXPECT_EQ(r.at("model.rebuttal").state, State::absent);
  EXPECT_EQ(r.at("model.rebuttal.accepted").state, State::absent);
  EXPECT_EQ(r.at("model.rebuttal.transfers").state, State::absent);
  EXPECT_FALSE(r.at("model.rebuttal.transfers").phantom.valid());
  EXPECT_EQ(r.at("model.released").state, State::absent);
  EXPECT_EQ(r.at("notes").state, State::absent);
  EXPECT_FALSE(r.at("notes").phantom.valid());
}

TEST(Bind, Dated) {
  const Reading r = read_facts(R"(model:
  licence:
    - {from: 2025-01-01, value: llama}
    - {until: 2023-12-31, value: mit}
    - {from: 2024-01-01, before: 2025-01-01, value: {unknown: disputed}}
  free:
    - {from: 2024-01-01, value: null}
)");
  EXPECT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  const auto& dated = r.at("model.licence").dated;
  ASSERT_EQ(dated.size(), 3U);  // in order of time
  EXPECT_EQ(dated[0].days.from, Date::min());
  EXPECT_EQ(dated[0].days.last.text(), "2023-12-31");
  EXPECT_EQ(dated[1].days.last.text(), "2024-12-31");  // before 1 January
  EXPECT_EQ(r.documents[0][dated[1].value].reason, Reason::disputed);
  EXPECT_EQ(dated[2].days.last, Date::max());
  EXPECT_EQ(r.documents[0][dated[2].value].pointer, "/model/licence/0/value");
  EXPECT_EQ(r.documents[0][r.at("model.free").dated.at(0).value].state, State::absent);
  EXPECT_EQ(read_facts("model: {licence: {unknown: refused}}\n").at("model.licence").reason, Reason::refused);
  EXPECT_EQ(read_facts("model: {licence: TBD}\n").at("model.licence").reason, Reason::placeholder);
  EXPECT_EQ(read_facts("").at("model.licence").state, State::unknown);
}

TEST(Bind, AnchorsStandForTheirValues) {
  const Reading r =
      read_facts("x-t: &t {id: a, destination: CN}\ntransfers: [*t]\npurpose: &p hiring\nmodel: {name: *p}\n");
  EXPECT_EQ(std::get<std::string>(r.at("model.name").scalar), "hiring");
  EXPECT_EQ(std::get<model::Country>(r.at("transfers.a.destination").scalar).code, "CN");
  EXPECT_EQ(r.sources.position(FileId{0}, r.at("transfers.a.destination").span.begin).line, 4U);
}

TEST(Bind, TagsOfTheCoreAreRead) {
  const Reading r =
      read_facts("purpose: !!str 12\nmodel: {layers: !!int 12, open: !!bool true}\ntransfers: !!seq []\n");
  EXPECT_TRUE(r.diagnostics.empty()) << ::testing::PrintToString(r.codes());
  EXPECT_EQ(std::get<std::string>(r.at("purpose").scalar), "12");
}

TEST(Bind, UnitsConvertExactly) {
  const auto bits = [](const char* text) {
    return std::get<NumberRange>(
               read_facts(std::string("model: {bandwidth: ") + text + "}\n").at("model.bandwidth").scalar)
        .lo->exact();
  };
  EXPECT_EQ(bits("400"), "3200000000000");
  EXPECT_EQ(bits("400 GB/s"), bits("400e9 byte/s"));
  EXPECT_EQ(bits("0.1 GB/s"), bits("800 million bit/s"));
}

TEST(Bind, PlacesOfRecordsEndWithTheirLastValue) {
  const Reading r = read_facts("model:\n  name: x\n\n# a comment\npurpose: y\n");
  EXPECT_EQ(r.sources.text(r.at("model").span), "name: x");
}

TEST(Bind, BlockScalarsEndWithTheirText) {
  const Reading r = read_facts("purpose: |\n  one\n  two\n\n\nseat: DE\n");
  EXPECT_EQ(std::get<std::string>(r.at("purpose").scalar), "one\ntwo\n");
  EXPECT_EQ(r.sources.text(r.at("purpose").span), "|\n  one\n  two");
}

TEST(Bind, TextFactsTakeAnyScalar) {  // the declared type directs the reading
  const Reading r = read_facts("purpose: 2.10\nmodel: {name: true}\n");
  EXPECT_EQ(std::get<std::string>(r.at("purpose").scalar), "2.10");
  EXPECT_EQ(std::get<std::string>(r.at("model.name").scalar), "true");
}

TEST(Bind, RecordsMayHoldListsOfThemselves) {
  const Reading r = read_facts("notes: [{text: a, replies: [{text: b}]}]\n");
  EXPECT_EQ(std::get<std::string>(r.at("notes[0].replies[0].text").scalar), "b");
  const facts::Fact& open = r.at("notes[0].replies[0].replies");
  EXPECT_EQ(open.state, State::unknown);
  ASSERT_TRUE(open.phantom.valid());
  EXPECT_EQ(r.at("notes[0].replies[0].replies[?].text").state, State::unknown);
  EXPECT_EQ(r.at("notes[0].replies[0].replies[?].replies").phantom, open.phantom);
  EXPECT_EQ(r.at("notes[0].replies[0].replies[?].replies[?].replies[?].weight").state, State::unknown);
}

}  // namespace
}  // namespace writ::test
