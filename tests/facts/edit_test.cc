// Changes to raw documents: by key, by position, through what is missing; refused where the path leads nowhere.
#include <gtest/gtest.h>

#include "engine/facts/bind.h"
#include "tests/facts/reading.h"
#include "tests/facts/vocabulary.h"

namespace writ::test {
namespace {

using facts::State;

class Edit : public testing::Test {
 protected:
  Edit()
      : reading(read_raw("writ: deployment/1\nid: test\nmodel: {open: true, rebuttal: null}\ntransfers:\n  - {id: "
                         "eu-west, destination: US}\n  - {id: cn, destination: CN}\n"
                         "notes: [{text: a}, {text: b}]\nusers: {DE: 1}\nseat: {unknown: refused}\n",
                         facts::Format::yaml)) {}
  facts::RawDocument& raw() { return reading.raw.at(0); }
  facts::RawId text(std::string value) {
    facts::RawNode node;
    node.kind = facts::RawNode::Kind::scalar;
    node.text = std::move(value);
    return raw().nodes.add(std::move(node));
  }
  bool assign(const std::vector<std::string>& path, std::string value) {
    return facts::assign(raw(), vocabulary(), path, text(std::move(value)));
  }
  bool remove(const std::vector<std::string>& path) { return facts::remove(raw(), vocabulary(), path); }
  const facts::Fact& at(const std::string& path) {
    Diagnostics out;
    auto document = facts::bind(raw(), reading.sources, vocabulary(), out);
    reading.documents.clear();
    for (const Diagnostic& d : out.items()) ADD_FAILURE() << d.message;
    if (document) reading.documents.push_back(std::move(*document));
    return reading.at(path);
  }
  Reading reading;
};

TEST_F(Edit, ReplacesByKeyAndByPosition) {
  EXPECT_TRUE(assign({"model", "open"}, "false"));
  EXPECT_FALSE(std::get<bool>(at("model.open").scalar));
  EXPECT_TRUE(assign({"transfers", "eu-west", "mechanism"}, "scc"));
  EXPECT_EQ(at("transfers.eu-west.mechanism").state, State::known);
  EXPECT_TRUE(assign({"transfers[cn]", "destination"}, "HK"));
  EXPECT_EQ(std::get<model::Country>(at("transfers.cn.destination").scalar).code, "HK");
  EXPECT_TRUE(assign({"notes", "[1]", "weight"}, "7"));
  EXPECT_EQ(*std::get<model::NumberRange>(at("notes[1].weight").scalar).lo, Rational(7));
  EXPECT_TRUE(assign({"users", "FR"}, "3"));
  EXPECT_EQ(*std::get<model::NumberRange>(at("users.FR").scalar).lo, Rational(3));
}

TEST_F(Edit, CreatesRecordsOnTheWay) {
  EXPECT_TRUE(assign({"documents", "summary", "public"}, "true"));
  EXPECT_TRUE(std::get<bool>(at("documents.summary.public").scalar));
  EXPECT_FALSE(at("documents.summary.public").span.valid());
}

TEST_F(Edit, ReplacesWholeValues) {
  EXPECT_TRUE(assign({"seat"}, "DE"));
  EXPECT_EQ(at("seat").state, State::known);
  facts::RawNode list;
  list.kind = facts::RawNode::Kind::list;
  EXPECT_TRUE(facts::assign(raw(), vocabulary(), {"transfers"}, raw().nodes.add(std::move(list))));
  EXPECT_TRUE(at("transfers").children.empty());
}

TEST_F(Edit, Removes) {
  EXPECT_TRUE(remove({"transfers", "eu-west", "destination"}));
  EXPECT_EQ(at("transfers.eu-west.destination").state, State::unknown);
  EXPECT_TRUE(remove({"transfers", "cn"}));
  EXPECT_EQ(at("transfers").children.size(), 1U);
  EXPECT_TRUE(remove({"notes", "[0]"}));
  EXPECT_EQ(std::get<std::string>(at("notes[0].text").scalar), "b");
  EXPECT_TRUE(remove({"model"}));
  EXPECT_EQ(at("model.open").state, State::unknown);
  EXPECT_TRUE(remove({"transfers"}));
  EXPECT_TRUE(at("transfers").phantom.valid());
}

TEST_F(Edit, RefusesPathsThatLeadNowhere) {
  EXPECT_FALSE(assign({}, "x"));
  EXPECT_FALSE(assign({"modle", "open"}, "true"));
  EXPECT_FALSE(assign({"model", "opne"}, "true"));
  EXPECT_FALSE(assign({"model", "open", "more"}, "true"));
  EXPECT_FALSE(assign({"model", "rebuttal", "accepted"}, "true"));  // null on the way: it was stated that there is none
  EXPECT_FALSE(assign({"transfers", "nowhere", "mechanism"}, "scc"));
  EXPECT_FALSE(assign({"transfers", "[2]", "mechanism"}, "scc"));
  EXPECT_FALSE(assign({"notes", "x", "weight"}, "1"));
  EXPECT_FALSE(assign({"parties", "acme", "name"}, "Acme"));
  EXPECT_FALSE(assign({"seat", "x"}, "DE"));
  EXPECT_FALSE(remove({"purpose"}));
  EXPECT_FALSE(remove({"model", "name"}));
  EXPECT_FALSE(remove({"documents", "summary", "public"}));
  EXPECT_FALSE(remove({"transfers", "nowhere"}));
  EXPECT_EQ(at("model.rebuttal").state, State::absent);
}

}  // namespace
}  // namespace writ::test
