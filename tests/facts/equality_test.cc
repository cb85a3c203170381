// The same facts, however they are written: a random document as YAML and as JSON binds to the same tree.
#include <gtest/gtest.h>

#include "tests/facts/generate.h"
#include "tests/facts/reading.h"
#include "tests/facts/vocabulary.h"

namespace writ::test {
namespace {

constexpr int kDocuments = 2'000;

TEST(Equality, YamlAndJsonStateTheSameFacts) {
  Generator generator(vocabulary(), 20261122);
  std::size_t known = 0;
  for (int i = 0; i < kDocuments; ++i) {
    const Tree tree = generator.document();
    const std::string yaml_text = generator.yaml(tree);
    const std::string json_text = Generator::json(tree);
    const Reading yaml = read_bound(yaml_text, facts::Format::yaml);
    const Reading json = read_bound(json_text, facts::Format::json);
    ASSERT_TRUE(yaml.diagnostics.empty()) << yaml_text << render(yaml.diagnostics.items().front(), yaml.sources, false);
    ASSERT_TRUE(json.diagnostics.empty()) << json_text << render(json.diagnostics.items().front(), json.sources, false);
    ASSERT_EQ(yaml.documents.size(), 1U);
    ASSERT_EQ(json.documents.size(), 1U);
    ASSERT_EQ(dump(yaml.documents[0]), dump(json.documents[0])) << yaml_text << json_text;
    for (const facts::Fact& fact : yaml.documents[0].facts) {
      if (fact.state != facts::State::known || !fact.span.valid()) continue;
      ++known;
      // The place of a scalar holds what was written, in its quotes or without.
      const auto* members = std::get_if<model::Candidates>(&fact.scalar);
      const auto* money = std::get_if<model::Money>(&fact.scalar);
      const auto* number = money != nullptr ? &money->amount : std::get_if<model::NumberRange>(&fact.scalar);
      // An estimate is said in words.
      const bool form = (members != nullptr && members->single() < 0) || fact.written.starts_with("between ") ||
                        (number != nullptr && !number->exact());
      if (!form && !fact.written.empty() && fact.written.find_first_of("\"\\\n\t") == std::string::npos) {
        ASSERT_NE(yaml.sources.text(fact.span).find(fact.written), std::string_view::npos) << fact.path;
        ASSERT_LE(yaml.sources.text(fact.span).size(), fact.written.size() + 2) << fact.path;
      }
    }
  }
  EXPECT_GT(known, 20U * kDocuments);  // the documents say something
}

TEST(Equality, EveryLineOfNdjsonIsADocument) {
  Generator generator(vocabulary(), 7);
  std::string lines;
  std::vector<std::string> expected;
  for (int i = 0; i < 200; ++i) {
    const std::string text = Generator::json(generator.document());
    lines += text + (i % 3 == 0 ? "\r\n\n" : "\n");
    expected.push_back(dump(read_bound(text, facts::Format::json).documents.at(0)));
  }
  const Reading all = read_bound(lines, facts::Format::ndjson);
  ASSERT_EQ(all.documents.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(dump(all.documents[i]), expected[i]);
    EXPECT_EQ(all.documents[i].index, i);
  }
}

}  // namespace
}  // namespace writ::test
