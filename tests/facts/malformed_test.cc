// Every document in fixtures/malformed/documents is wrong, and says at its end (`#~ CODE LINE:COLUMN message`) what
// must be found. Where a comment cannot stand (JSON, broken bytes) the same lines are in NAME.expect beside it.
// WRIT_UPDATE=1 rewrites them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/facts/reading.h"

namespace writ::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(WRIT_SOURCE_DIR) / "fixtures/malformed/documents";

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool is_document(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".json" || path.extension() == ".ndjson";
}

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (is_document(entry.path())) result.push_back(entry.path().filename().string());
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// One line for each diagnostic, and one for each document that was read all the same.
std::string found(const Reading& reading) {
  std::string lines;
  for (const Diagnostic& d : reading.diagnostics.items()) {
    EXPECT_TRUE(d.span.valid()) << d.message;
    const Position at = reading.sources.position(d.span.file, d.span.begin);
    lines += fmt::format("#~ {} {}:{} {}", code_text(d.code), at.line, at.column, d.message);
    for (const Label& label : d.labels) {
      const Position there = reading.sources.position(label.span.file, label.span.begin);
      lines += fmt::format(" [{}:{} {}]", there.line, there.column, label.text);
    }
    if (!d.help.empty()) lines += fmt::format(" => {}", d.help);
    lines += '\n';
  }
  for (const facts::Document& document : reading.documents) lines += fmt::format("#~ read {}\n", document.id);
  return lines;
}

class Malformed : public testing::TestWithParam<std::string> {};

TEST_P(Malformed, SaysWhatIsWrong) {
  const fs::path path = kFolder / GetParam();
  const fs::path beside = fs::path(path).replace_extension(".expect");
  const std::string text = slurp(path);
  const std::size_t mark = std::min(text.find("#~ "), text.size());
  const bool inside = path.extension() == ".yaml" && !fs::exists(beside);
  const std::string expected = inside ? text.substr(mark) : slurp(beside);
  const facts::Format format = path.extension() == ".yaml"   ? facts::Format::yaml
                               : path.extension() == ".json" ? facts::Format::json
                                                             : facts::Format::ndjson;

  const std::clock_t begin = std::clock();  // processor time: the machine may be busy
  const Reading reading = read_bound(text, format);
  EXPECT_LT(std::clock() - begin, CLOCKS_PER_SEC);

  EXPECT_TRUE(reading.diagnostics.has_errors()) << "a malformed document was accepted";
  const std::string actual = found(reading);
  if (std::getenv("WRIT_UPDATE") != nullptr && actual != expected) {
    std::ofstream out(inside ? path : beside, std::ios::binary);
    out << (inside ? text.substr(0, mark) : "") << actual;
    GTEST_SKIP() << "rewritten";
  }
  EXPECT_EQ(actual, expected);
}

INSTANTIATE_TEST_SUITE_P(Documents, Malformed, testing::ValuesIn(names()), [](const auto& document) {
  std::string name = document.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

TEST(MalformedCorpus, IsThere) { EXPECT_GE(names().size(), 80U); }

}  // namespace
}  // namespace writ::test
