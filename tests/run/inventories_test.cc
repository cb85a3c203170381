// Documents that refer to one another. Every folder of fixtures/malformed/inventories is wrong, and its
// `expected.expect` says what must be found and which documents are judged all the same; WRIT_UPDATE=1 rewrites it.
// Beside them what one line of the text cannot show: limits, and the facts that are copied.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/run/inventory.h"
#include "engine/run/run.h"
#include "engine/session/session.h"

namespace writ::run {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = WRIT_SOURCE_DIR;
const fs::path kFolder = kRoot / "fixtures/malformed/inventories";

/// The whole vocabulary, loaded once.
session::Session& book() {
  static const std::unique_ptr<session::Session> session = [] {
    session::LoadOptions options;
    options.search = {kRoot / "rules"};
    options.rules = {"licences"};
    return session::load(options);
  }();
  return *session;
}

std::string shown(const session::Session& session, Span span, const fs::path& folder) {
  if (!span.valid()) return "";
  const Position at = session.sources.position(span.file, span.begin);
  const std::string file = fs::path(std::string(session.sources.path(span.file))).lexically_relative(folder).string();
  return fmt::format("{}:{}:{}", file, at.line, at.column);
}

std::string found(const fs::path& folder) {
  session::Session& session = book();
  Diagnostics out;
  const Found files = find_documents({folder.string()}, {}, {}, out);
  Inventory inventory(*session.program.vocabulary, session.sources);
  inventory.read(files, std::nullopt, {}, out);
  std::string lines;
  for (const Diagnostic& d : out.items()) {
    lines += fmt::format("{} {} {}", code_text(d.code), shown(session, d.span, folder), d.message);
    for (const Label& label : d.labels)
      lines += fmt::format(" [{} {}]", shown(session, label.span, folder), label.text);
    if (!d.help.empty()) lines += " => " + d.help;
    lines += '\n';
  }
  for (std::size_t i = 0; i < inventory.size(); ++i) lines += "judged " + inventory.document(i).id + '\n';
  for (const auto& unread : inventory.unread)
    lines += fmt::format("unread {} ({})\n", fs::path(unread.path).lexically_relative(folder).string(), unread.errors);
  for (std::size_t at = lines.find(folder.string()); at != std::string::npos; at = lines.find(folder.string()))
    lines.replace(at, folder.string().size(), ".");
  return lines;
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.is_directory() && entry.path().filename() != "outside_folder") out.push_back(entry.path().filename());
  std::sort(out.begin(), out.end());
  return out;
}

class MalformedInventories : public testing::TestWithParam<std::string> {};

TEST_P(MalformedInventories, SayWhatIsWrong) {
  const fs::path folder = kFolder / GetParam();
  std::ifstream in(folder / "expected.expect");
  std::stringstream expected;
  expected << in.rdbuf();
  const std::string actual = found(folder);
  EXPECT_THAT(actual, testing::HasSubstr("unread ")) << "a malformed inventory was accepted";
  if (std::getenv("WRIT_UPDATE") != nullptr && actual != expected.str()) {
    std::ofstream(folder / "expected.expect") << actual;
    GTEST_SKIP() << "rewritten";
  }
  EXPECT_EQ(actual, expected.str());
}

INSTANTIATE_TEST_SUITE_P(Inventories, MalformedInventories, testing::ValuesIn(names()),
                         [](const auto& name) { return name.param; });

TEST(Inventories, TheMalformedOnesAreThere) { EXPECT_GE(names().size(), 18U); }

TEST(Inventories, EveryDocumentThatIsReachedIsCopiedOnce) {
  session::Session& session = book();
  Diagnostics out;
  Inventory inventory(*session.program.vocabulary, session.sources);
  inventory.read(find_documents({(kRoot / "fixtures/inventories/smaug").string()}, {}, {}, out), std::nullopt, {}, out);
  EXPECT_FALSE(out.has_errors());
  ASSERT_EQ(inventory.size(), 4U);
  const facts::Document leaf = inventory.document(0);
  ASSERT_EQ(leaf.id, "legal-assistant");
  std::vector<std::string> linked;
  for (const facts::Linked& l : leaf.linked) linked.push_back(l.id);
  EXPECT_EQ(linked, (std::vector<std::string>{"smaug-72b", "qwen-72b-chat", "qwen-72b"})) << "nearest first, each once";
  const facts::FactId reference = facts::find(leaf, *session.program.vocabulary, {"base_models", "smaug", "record"});
  ASSERT_TRUE(reference.valid());
  EXPECT_EQ(leaf[reference].target, leaf.linked[0].root);
  const auto name = std::find_if(leaf.facts.begin(), leaf.facts.end(),
                                 [](const facts::Fact& f) { return f.path == "qwen-72b: model.name"; });
  ASSERT_NE(name, leaf.facts.end());
  EXPECT_THAT(std::string(session.sources.path(name->span.file)), testing::EndsWith("smaug/qwen-72b.writ.yaml"));
}

TEST(Inventories, AreBounded) {
  const fs::path root = fs::temp_directory_path() / ("writ-inventories-" + std::to_string(::getpid()));
  fs::create_directories(root / "rules/facts");
  std::ofstream(root / "rules/facts/pack.writ")
      << R"(pack facts "P" { version "0.1.0" language 1 law checked until 2026-11-22 licence "Apache-2.0" })";
  std::ofstream(root / "rules/facts/facts.writ")
      << "package facts\nkinds model\nfacts \"Facts\" { base: optional reference to model \"Base\" }\n";
  std::ofstream chain(root / "chain.writ.ndjson");
  for (int i = 0; i < 1'003; ++i) {
    chain << fmt::format("{{\"writ\":\"model/1\",\"id\":\"m{}\",\"base\":{}}}\n", i,
                         i < 1'002 ? fmt::format("\"m{}\"", i + 1) : "null");
  }
  chain.close();
  session::LoadOptions options;
  options.search = {root / "rules"};
  const auto session = session::load(options);
  ASSERT_TRUE(session->ok());
  Diagnostics out;
  Inventory inventory(*session->program.vocabulary, session->sources);
  inventory.read(find_documents({(root / "chain.writ.ndjson").string()}, {}, {}, out), std::nullopt, {}, out);
  std::vector<std::string> said;
  for (const Diagnostic& d : out.items()) said.push_back(code_text(d.code) + " " + d.message);
  EXPECT_EQ(said, (std::vector<std::string>{"WR0860 `m0` reaches more than 1000 documents by its references",
                                            "WR0860 `m1` reaches more than 1000 documents by its references"}));
  EXPECT_EQ(inventory.size(), 1'001U);
  EXPECT_EQ(inventory.document(0).linked.size(), 1'000U);
  fs::remove_all(root);
}

}  // namespace
}  // namespace writ::run
