// Streams: what columns say of every fixture is what the machine says, byte for byte, with any number of threads; and
// what is wrong with a line is said of that line.
#include "engine/run/stream.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>

#include "engine/run/run.h"
#include "tests/run/json_lines.h"

namespace writ::run::testing {
namespace {

/// A line as a test compares it: everything that a brief holds.
void render(const ir::Program& program, const gate::Brief& b, std::string& out) {
  out += std::string(b.path) + ":" + std::to_string(b.line) + " " + std::string(b.id) + (b.checked ? "" : " unchecked");
  for (std::uint32_t n : b.by_verdict) out += " " + std::to_string(n);
  out += " | " + std::to_string(b.at_risk) + " " + std::to_string(b.counts) + "\n";
  for (const gate::BriefResult& r : b.results)
    out += "  " + program.rules[r.rule].id() + "#" + std::to_string(r.requirement) +
           (r.listed ? "[" + (r.phantom ? std::string("?") : std::string(r.element)) + "] " : " ") +
           eval::to_string(r.verdict) + (r.at_risk ? " at risk" : "") + (r.counts ? " counts\n" : "\n");
}

struct Streamed {
  std::string text;
  Outcome outcome;
};

class Streams : public ::testing::Test {
 protected:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("writ-stream-" + std::to_string(std::random_device{}()));
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  static Streamed run(const std::vector<std::string>& paths, StreamOptions options = {},
                      const std::vector<std::string>& rules = {}) {
    Request request;
    request.rules.search = {WRIT_SOURCE_DIR "/rules"};
    request.rules.rules = rules;
    request.paths = paths;
    request.as_of = *Date::parse("2026-11-22");
    request.law_known_at = *Date::parse("2026-11-22");
    Streamed out;
    const ir::Program* program = nullptr;
    Sink sink;
    sink.begin = [&](const gate::Result& result) { program = result.program; };
    sink.document = [&](const gate::Brief& brief, std::string& text) { render(*program, brief, text); };
    sink.unread = [](std::string_view path, std::uint64_t line, const Diagnostics& problems, const SourceMap&,
                     std::string& text) {
      text += std::string(path) + ":" + std::to_string(line) + " unread";
      for (const Diagnostic& d : problems.items()) text += " " + code_text(d.code);
      text += "\n";
    };
    sink.write = [&](std::string_view text) {
      out.text += text;
      return true;
    };
    out.outcome = stream(request, options, sink);
    return out;
  }

  static std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
  }
};

std::vector<std::string> pieces(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("  ") && !out.empty()) {
      out.back() += line + "\n";
    } else {
      out.push_back(line + "\n");
    }
  }
  return out;
}

TEST_F(Streams, ColumnsSayOfEveryFixtureWhatTheMachineSays) {
  std::vector<std::string> lines = fixture_lines();
  ASSERT_GT(lines.size(), 50u);
  for (unsigned drop : {3U, 7U})
    for (std::string& line : fixture_lines("-" + std::to_string(drop), drop)) lines.push_back(std::move(line));
  const std::string path = file("fixtures.ndjson", joined(lines));
  const Streamed columns = run({path}), machine = run({path}, {.jobs = 2, .columns = false});
  const std::vector<std::string> a = pieces(columns.text), b = pieces(machine.text);
  ASSERT_EQ(a.size(), lines.size());
  ASSERT_EQ(a.size(), b.size());
  int shown = 0;
  for (std::size_t i = 0; i < a.size() && shown < 3; ++i)
    if (a[i] != b[i]) {
      ++shown;
      ADD_FAILURE() << lines[i].substr(0, 200) << "\ncolumns\n" << a[i] << "machine\n" << b[i];
    }
  EXPECT_EQ(columns.outcome.result.exit.causes, machine.outcome.result.exit.causes);
  EXPECT_EQ(columns.outcome.result.summary.by_verdict, machine.outcome.result.summary.by_verdict);
  EXPECT_EQ(columns.outcome.result.summary.at_risk, machine.outcome.result.summary.at_risk);
  EXPECT_EQ(columns.outcome.result.summary.informational, machine.outcome.result.summary.informational);
}

TEST_F(Streams, SameBytesWithAnyNumberOfThreads) {
  const std::vector<std::string> fixtures = fixture_lines();
  std::string text;
  for (int i = 0; text.size() < 4U << 20; ++i) {
    std::string line = fixtures[static_cast<std::size_t>(i) % fixtures.size()];
    line.insert(line.find("\",", line.find("\"id\":\"") + 6), "-" + std::to_string(i));
    text += line + "\n";
    if (i % 97 == 0) text += "{\"writ\":\"deployment/1\",\"id\":\"broken-" + std::to_string(i) + "\",\n\n";
  }
  const std::string path = file("many.ndjson", text);
  const std::string one = run({path}, {.jobs = 1}, {"openness"}).text;
  EXPECT_GT(one.size(), 100'000u);
  EXPECT_EQ(run({path}, {.jobs = 2}, {"openness"}).text, one);
  EXPECT_EQ(run({path}, {.jobs = 8}, {"openness"}).text, one);
}

TEST_F(Streams, ABadLineIsNamedAndTheOthersGoOn) {
  const std::string good = R"({"writ":"deployment/1","id":"ID","system":{"interacts_with_persons":true}})";
  const auto with = [&](const std::string& id) {
    std::string line = good;
    return line.replace(line.find("ID"), 2, id);
  };
  const std::string path = file(
      "bad.ndjson",
      with("one") + "\n\n" + R"({"writ":"deployment/1","id":"open)" + "\n" + with("two") + "\r\n" +
          R"({"writ":"deployment/1","id":"x","system":{"interacts_with_persons":1}})" + "\n" +
          R"({"writ":"deployment/1","id":"x","system":{"interacts_with_persons":true,"interacts_with_persons":true}})" +
          "\n" + "[1]\n" + "\xFF\n" + with("three"));
  const Streamed out = run({path}, {}, {"eu.ai_act"});
  std::string heads;
  for (const std::string& piece : pieces(out.text)) {
    const std::string head = piece.substr(0, piece.find('\n')).substr(path.size() + 1);
    heads += head.find("unread") != std::string::npos ? head + "\n" : head.substr(0, head.find(' ', 3)) + "\n";
  }
  EXPECT_EQ(heads.substr(0, 6), "1 one\n") << heads;
  for (const char* part : {"3 unread", "4 two\n", "5 unread", "6 unread", "7 unread", "8 unread", "9 three\n"})
    EXPECT_NE(heads.find(part), std::string::npos) << part << " in\n" << heads;
  EXPECT_EQ(out.outcome.result.streamed.documents, 3u);
  EXPECT_EQ(out.outcome.result.streamed.unread, 5u);
  EXPECT_EQ(out.outcome.result.exit.code, gate::kInvalid);
}

TEST_F(Streams, ATakenIdIsAnError) {
  const std::string line = R"({"writ":"deployment/1","id":"same","system":{"interacts_with_persons":true}})";
  const Streamed out = run({file("twice.ndjson", line + "\n" + line + "\n")}, {}, {"openness"});
  EXPECT_EQ(out.outcome.result.exit.code, gate::kInvalid);
  ASSERT_FALSE(out.outcome.result.notes.empty());
  EXPECT_NE(out.outcome.result.notes[0].find("twice.ndjson:2: the document id is taken"), std::string::npos)
      << out.outcome.result.notes[0];
}

TEST_F(Streams, NothingIsNeverFine) {
  EXPECT_EQ(run({file("empty.ndjson", "")}).outcome.result.exit.code, gate::kInvalid);
  EXPECT_EQ(run({file("blank.ndjson", "\n \n\t\n")}).outcome.result.exit.code, gate::kInvalid);
  EXPECT_FALSE(run({(folder_ / "missing.ndjson").string()}).outcome.usage.empty());
  EXPECT_EQ(run({file("nobody.ndjson", R"({"writ":"deployment/1","id":"nothing"})")}, {}, {"us.ear"})
                .outcome.result.exit.code,
            gate::kIncomplete);
}

TEST_F(Streams, ALineMayBeLong) {
  std::string long_line = R"({"writ":"deployment/1","id":"long","deployment":{"name":")" + std::string(3U << 20, 'a') +
                          R"("},"system":{"interacts_with_persons":true}})";
  const std::string path = file("long.ndjson", long_line + "\n" + R"({"writ":"deployment/1","id":"short"})" + "\n");
  const Streamed out = run({path}, {}, {"eu.ai_act"});
  EXPECT_EQ(out.outcome.result.streamed.documents, 2u);
}

}  // namespace
}  // namespace writ::run::testing
