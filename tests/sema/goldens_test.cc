// Every fixtures/malformed/rules/sema_*.writ is wrong, and says under each wrong line (`#~ CODE LINE:COLUMN message`)
// what must be found, and nothing else may be. `#--- name.writ` begins another file of the same case; line numbers go
// on. WRIT_UPDATE=1 rewrites the `#~` lines.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/sema/checking.h"

namespace writ::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(WRIT_SOURCE_DIR) / "fixtures/malformed/rules";

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// The files of a case. Those after the first begin with as many empty lines as stand before them, so that their line
/// numbers are the case's.
Texts files_of(const std::vector<std::string>& lines) {
  Texts out{{"case.writ", ""}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with("#--- ")) out.emplace_back(lines[i].substr(5), std::string(i, '\n'));
    out.back().second += lines[i] + "\n";
  }
  const bool own =
      std::any_of(lines.begin(), lines.end(), [](const std::string& line) { return line == "package facts"; });
  if (!own) out.insert(out.begin(), {"vocabulary.writ", shared_vocabulary()});
  return out;
}

/// The case without its `#~` lines, with those that checking it gives.
std::string annotated(const std::string& text) {
  std::vector<std::string> lines = lines_of(text);
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("#~ "); });
  const auto checking = check_texts(files_of(lines));
  const auto place = [&](Span span) { return checking->sources.position(span.file, span.begin); };

  // Every `#~` line moves those below it down.
  std::map<std::uint32_t, std::uint32_t> reports;  // by line of the case without them
  std::string unplaced;
  for (const Diagnostic& d : checking->diagnostics.items()) {
    if (d.span.valid() && checking->sources.path(d.span.file) != "vocabulary.writ") {
      ++reports[place(d.span).line];
    } else {
      unplaced += fmt::format("#~ {} elsewhere: {}\n", code_text(d.code), d.message);
    }
  }
  const auto moved = [&](Span span) {
    const Position at = place(span);
    std::uint32_t line = at.line;
    for (const auto& [where, count] : reports) line += where < at.line ? count : 0;
    return fmt::format("{}:{}", line, at.column);
  };
  std::string out;
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    out += lines[i] + "\n";
    for (const Diagnostic& d : checking->diagnostics.items()) {
      if (!d.span.valid() || checking->sources.path(d.span.file) == "vocabulary.writ" || place(d.span).line != i + 1)
        continue;
      out += fmt::format("#~ {} {} {}", code_text(d.code), moved(d.span), d.message);
      for (const Label& label : d.labels) {
        const bool inside = checking->sources.path(label.span.file) != "vocabulary.writ";
        out += fmt::format(" [{} {}]", inside ? moved(label.span) : "vocabulary", label.text);
      }
      if (!d.help.empty()) out += fmt::format(" => {}", d.help);
      out += '\n';
    }
  }
  return out + unplaced;
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("sema_") && name.ends_with(".writ")) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

class MalformedRules : public testing::TestWithParam<std::string> {};

TEST_P(MalformedRules, SaysWhatIsWrong) {
  const fs::path path = kFolder / GetParam();
  const std::string expected = slurp(path);
  const std::string actual = annotated(expected);
  EXPECT_NE(actual.find("#~ WR0"), std::string::npos) << "a malformed rule was accepted";
  EXPECT_EQ(actual.find("#~ WR00"), std::string::npos) << "the case must be right in its syntax";
  EXPECT_EQ(actual.find("#~ WR010"), std::string::npos) << "the case must be right in its syntax";
  if (std::getenv("WRIT_UPDATE") != nullptr && actual != expected) {
    std::ofstream(path, std::ios::binary) << actual;
    GTEST_SKIP() << "rewritten";
  }
  EXPECT_EQ(actual, expected);
}

INSTANTIATE_TEST_SUITE_P(Rules, MalformedRules, testing::ValuesIn(names()), [](const auto& rule) {
  std::string name = fs::path(rule.param).stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

TEST(MalformedRulesCorpus, IsThere) { EXPECT_GE(names().size(), 90U); }

TEST(MalformedRulesCorpus, SharedVocabularyIsRight) {
  const auto checking = check_texts({{"vocabulary.writ", shared_vocabulary()}});
  EXPECT_EQ(checking->lines(), std::vector<std::string>());
}

}  // namespace
}  // namespace writ::test
