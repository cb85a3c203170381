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
  EXPECT_EQ(facts::field_of(r.documents[0], facts::find(r.documents[0], vocabulary(), split("transfers[?].mechanism")), vocabulary())->ask, "Which instrument?");
}

TEST(Bind, ListsKnowTheirElements) {
  const Reading r = read_facts("transfers:\n  - {id: cn_servers, destination: CN, mechanism: null}\n  - {id: us, destination: US}\nnotes: [{text: a}, {weight: 2}]\n");
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

}  // namespace
}  // namespace writ::test
