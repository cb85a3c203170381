// Shipped rule files with words left out, doubled, exchanged or cut in two: whatever stands in a file, parse ends with
// places inside the file, at most 21 diagnostics, and never in silence when a bracket is missing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>

#include "tests/syntax/golden.h"
#include "tests/syntax/parse_helper.h"

namespace {

namespace fs = std::filesystem;
using namespace writ::testing;

std::vector<std::string> shipped_files() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(WRIT_SOURCE_DIR) / "rules")) {
    if (entry.path().extension() == ".writ") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> out;
  for (const fs::path& path : paths) out.push_back(read_file(path).substr(0, 6000));
  return out;
}

/// Words, signs and the spaces between them.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    const auto is_word = [&](std::size_t at) {
      return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
    };
    std::size_t end = i + 1;
    if (is_word(i)) {
      while (is_word(end)) ++end;
    }
    out.push_back(text.substr(i, end - i));
    i = end;
  }
  return out;
}

void expect_sane(const std::string& text) {
  const Parsed p = parse_text(text);
  EXPECT_LE(p.diagnostics.items().size(), 21U);
  for (const writ::Diagnostic& d : p.diagnostics.items()) {
    ASSERT_LE(d.span.begin, d.span.end) << d.message << "\n" << text;
    ASSERT_LE(d.span.end, text.size()) << d.message << "\n" << text;
    for (const writ::Label& label : d.labels) ASSERT_LE(label.span.end, text.size()) << d.message << "\n" << text;
    ASSERT_FALSE(d.message.empty());
    ASSERT_EQ(d.message.find('\n'), std::string::npos);
  }
  static_cast<void>(p.tree());  // every id of the tree leads somewhere
}

TEST(Mutation, NoTextMakesTheParserFail) {
  const std::vector<std::string> files = shipped_files();
  ASSERT_FALSE(files.empty());
  std::mt19937 random(20261122);  // the same mutations every time
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> noise = {
      "{",         "}",  "(",   ")",          "[",         "]",    ",",     ":",     ".",     "=",
      "==",        "\"", "and", "not",        "rule",      "term", "when",  "cites", "means", "some",
      "x",         "5",  "%",   "2025-08-02", "“",         "§",    "\n",    "of",    "in",    "unless",
      "otherwise", "-",  "DE",  "requires",   "effective", "from", "given", "is",    "as"};
  for (int round = 0; round < 1'500; ++round) {
    std::vector<std::string> words = split(files[below(files.size())]);
    // A window of the file, so that a round is quick and mistakes stand near the ends.
    const std::size_t begin = below(words.size());
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
    if (words.size() > 500) words.resize(500);
    for (std::size_t change = below(6); change < 6 && !words.empty(); ++change) {
      const std::size_t at = below(words.size());
      switch (below(4)) {
        case 0: words.erase(words.begin() + static_cast<std::ptrdiff_t>(at)); break;
        case 1: words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), noise[below(noise.size())]); break;
        case 2: words[at] = noise[below(noise.size())]; break;
        default: std::swap(words[at], words[below(words.size())]); break;
      }
    }
    std::string text;
    for (const std::string& word : words) text += word;
    expect_sane(text);
    if (HasFatalFailure()) return;
  }
}

TEST(Mutation, AMissingBracketIsNeverSilent) {
  for (const std::string& file : shipped_files()) {
    if (!parse_text(file).diagnostics.empty()) continue;  // cut within an item
    std::size_t tried = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < file.size() && tried < 25; ++i) {
      if (!quoted && file[i] == '#') {
        while (i < file.size() && file[i] != '\n') ++i;
        continue;
      }
      if (file[i] == '"') quoted = !quoted;
      if (quoted || std::string_view("{}()[]").find(file[i]) == std::string_view::npos) continue;
      ++tried;
      std::string without = file;
      without.erase(i, 1);
      EXPECT_TRUE(parse_text(without).diagnostics.has_errors()) << without.substr(i > 40 ? i - 40 : 0, 80);
    }
  }
}

}  // namespace
