// The JSON Schema against what binding does: it accepts every document that binds, and refuses the malformed ones but
// for those that are listed here with the reason why no schema can see it. An independent validator decides.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/facts/generate.h"
#include "tests/facts/reading.h"
#include "tests/facts/vocabulary.h"

namespace writ::test {
namespace {

namespace fs = std::filesystem;

/// A raw document as JSON, by the rules of YAML 1.2: what a validator is given.
std::string json_of(const facts::RawDocument& raw, facts::RawId id) {
  const facts::RawNode& node = raw.nodes[id];
  Tree tree;
  switch (node.kind) {
    case facts::RawNode::Kind::null: return node.text.empty() ? "\"\"" : "null";  // nothing behind a key: a placeholder
    case facts::RawNode::Kind::scalar: {
      tree.text = node.text;
      static const std::regex kNumber(R"(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)");
      const bool number = node.text.size() < 100 && std::regex_match(node.text, kNumber);
      tree.word = node.quoted || !(number || node.text == "true" || node.text == "false");
      return Generator::json(tree);
    }
    case facts::RawNode::Kind::map:
    case facts::RawNode::Kind::list: break;
  }
  const bool map = node.kind == facts::RawNode::Kind::map;
  std::string out(1, map ? '{' : '[');
  for (const auto& [key, value] : node.entries) {
    tree.text = raw.nodes[key].text;
    tree.word = true;
    out += (out.size() > 1 ? "," : "") + Generator::json(tree) + ":" + json_of(raw, value);
  }
  for (const facts::RawId item : node.items) out += (out.size() > 1 ? "," : "") + json_of(raw, item);
  return out + (map ? '}' : ']');
}

class Validator {
 public:
  Validator() : folder_(fs::temp_directory_path() / fmt::format("writ-schema-{}", getpid())) {
    fs::create_directories(folder_ / "in");
    std::ofstream(folder_ / "schema.json") << facts::json_schema(vocabulary());
    std::ofstream(folder_ / "run.py") << R"(import json, os, sys
import jsonschema
folder = sys.argv[1]
schema = json.load(open(os.path.join(folder, 'schema.json'), encoding='utf-8'))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
with open(os.path.join(folder, 'out'), 'w', encoding='utf-8') as out:
    for name in sorted(os.listdir(os.path.join(folder, 'in'))):
        text = open(os.path.join(folder, 'in', name), encoding='utf-8').read()
        error = next(validator.iter_errors(json.loads(text)), None)
        print(name, 'ok' if error is None else 'refused ' + str(list(error.absolute_path)), file=out)
)";
  }
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;
  ~Validator() { fs::remove_all(folder_); }

  void add(const std::string& name, const std::string& json) {
    std::ofstream(folder_ / "in" / name, std::ios::binary) << json;
  }
  /// Name, and whether it was accepted.
  std::vector<std::pair<std::string, bool>> run() {
    std::vector<std::pair<std::string, bool>> results;
    const std::string command = fmt::format("python3 '{}' '{}'", (folder_ / "run.py").string(), folder_.string());
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
    std::ifstream in(folder_ / "out");
    for (std::string line; std::getline(in, line);) {
      const std::size_t space = line.find(' ');
      results.emplace_back(line.substr(0, space), line.substr(space + 1) == "ok");
    }
    return results;
  }

 private:
  fs::path folder_;
};

TEST(Schema, AcceptsWhatBinds) {
  Validator validator;
  Generator generator(vocabulary(), 3);
  constexpr int kDocuments = 300;
  std::vector<std::string> texts;
  for (int i = 0; i < kDocuments; ++i) {
    texts.push_back(Generator::json(generator.document()));
    ASSERT_EQ(read_bound(texts.back(), facts::Format::json).documents.size(), 1U) << texts.back();
    validator.add(fmt::format("{:04}", i), texts.back());
  }
  const auto results = validator.run();
  ASSERT_EQ(results.size(), texts.size());
  for (const auto& [name, accepted] : results)
    EXPECT_TRUE(accepted) << texts.at(static_cast<std::size_t>(std::stoi(name)));
}

TEST(Schema, RefusesTheMalformed) {
  // What only binding sees: the order of keys, equality across a document, calendars, limits.
  const std::set<std::string> beyond = {"header_not_first.yaml",
                                        "estimate_inverted.yaml",
                                        "estimate_inverted_units.yaml",
                                        "estimate_inverted_bounds.yaml",
                                        "estimate_empty_open.yaml",
                                        "estimate_empty_between_whole_numbers.yaml",
                                        "estimate_two_currencies.yaml",
                                        "estimate_bound_too_large.yaml",
                                        "evidence_elements_share_key.yaml",
                                        "evidence_impossible_day.yaml",
                                        "one_of_all.yaml",
                                        "key_repeated.yaml",
                                        "key_placeholder.yaml",
                                        "party_unknown.yaml",
                                        "party_without_parties.yaml",
                                        "date_not_real.yaml",
                                        "dated_overlap.yaml",
                                        "dated_backwards.yaml",
                                        "decimal_exponent_out_of_range.yaml",
                                        "decimal_negative_exponent_out_of_range.yaml",
                                        "decimal_too_many_digits.yaml",
                                        "json_exponent.json",
                                        "json_huge_integer.json",
                                        "quantity_power_too_large.yaml",
                                        "map_bad_key.yaml",
                                        "quantity_rate_for_count.yaml",
                                        "quantity_wrong_dimension.yaml"};
  Validator validator;
  std::size_t tried = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(WRIT_SOURCE_DIR) / "fixtures/malformed/documents")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".yaml" && extension != ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const Reading reading = read_raw(text.str(), extension == ".yaml" ? facts::Format::yaml : facts::Format::json);
    if (reading.raw.size() != 1 || reading.diagnostics.has_errors()) continue;  // refused before any schema
    validator.add(entry.path().filename().string(), json_of(reading.raw[0], reading.raw[0].root));
    ++tried;
  }
  EXPECT_GT(tried, 100U);
  for (const auto& [name, accepted] : validator.run()) EXPECT_EQ(accepted, beyond.contains(name)) << name;
}

TEST(Schema, IsTheSameEveryTime) { EXPECT_EQ(facts::json_schema(vocabulary()), facts::json_schema(vocabulary())); }

TEST(Schema, CarriesQuestionsAndDescriptions) {
  const std::string schema = facts::json_schema(vocabulary());
  EXPECT_NE(schema.find("Which instrument?"), std::string::npos);
  EXPECT_NE(schema.find("Description of mechanism"), std::string::npos);
}

}  // namespace
}  // namespace writ::test
