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

constexpr std::string_view kRare = R"(
supplied set listed of text "L" cites E "1"
supplied table rates(of_day: text): decimal "R"
calendar eu "EU" known from 2026-01-01 { weekend saturday, sunday holiday 2026-12-25 "Christmas" }
set adequate of country { GB from 2025-12-28 until 2031-12-27 published 2025-12-19 JP }
role provider of p: party_entry "P" means p.brand unless p.small
term transfer "T" reading broad "B" cites G "5" means a.b reading narrow means c
rule notify "N" {
  cites AIA "52" published 2026-01-01
  effective from 2026-01-01 until 2026-02-01 uncertain "stayed" when a, from 2027-01-01
  presume b.c = 50 % when d cites AIA "5"
  requires first: f.on within 14 days of f.since { presume g = 1 cites AIA "6" severity high }
  requires second: f.on within 10 working days of f.since in eu
  requires third: judged "state of the art" in f.tests no older than 12 months independent worded 2026-01-01
  requires fourth: f.on by 2026-08-02 and f.x is evidenced no older than 1 year
  requires fifth: no m in ancestors of model via base satisfies m.closed
  penalty AIA "101" "text": higher of (15 million EUR, 3 % of turnover) when large
}
exception small to notify { cites AIA "1" when c requires instead d yields to x, y prevails over z exempts }
amend AIA by OMNIBUS "Act" published 2026-07-24 sequence 2 {
  chapter_iii effective from 2027-12-02 when a cites OMNIBUS "2"
  x effective never
  replace requires first of notify from 2026-07-27 until 2026-12-31 with a.b
  repeal x from 2026-01-01 suspend y from 2026-01-01
  insert into adequate { CA from 2026-01-01, US including US-CA }
  insert rule fresh { requires a }
}
portfolio rule dependence "D" over d in deployments { where d.critical group by d.provider weigh d.users
  requires few: top_share(1) < 50 % }
test "t" { given inventory "folder" known at 2026-07-01 reading transfer = broad on 2026-08-15
  expect pending notify due 2026-08-20 }
)";

std::vector<std::string> shipped_files() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(WRIT_SOURCE_DIR) / "rules")) {
    if (entry.path().extension() == ".writ") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> out;
  for (const fs::path& path : paths) out.push_back(read_file(path).substr(0, 6000));
  // What the shipped rules say rarely or nowhere, as often as a file of theirs.
  std::string rare;
  while (rare.size() < 3'000) rare += kRare;
  for (std::size_t i = 0; i <= out.size() / 4; ++i) out.push_back(rare);
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
      "{",         "}",     "(",         ")",          "[",         "]",       ",",       ":",      ".",      "=",
      "==",        "\"",    "and",       "not",        "rule",      "term",    "when",    "cites",  "means",  "some",
      "x",         "5",     "%",         "2025-08-02", "“",         "§",       "\n",      "of",     "in",     "unless",
      "otherwise", "-",     "DE",        "requires",   "effective", "from",    "given",   "is",     "as",     "within",
      "by",        "amend", "insert",    "replace",    "published", "reading", "presume", "higher", "judged", "never",
      "no",        "via",   "portfolio", "calendar",   "supplied",  "repeal",  "over",    "working"};
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
