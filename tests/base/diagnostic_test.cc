#include "engine/base/diagnostic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "engine/base/check.h"
#include "engine/base/excerpt.h"
#include "engine/base/id.h"
#include "engine/base/result.h"

namespace writ {
namespace {

using testing::HasSubstr;
using testing::Not;

Span span_of(const SourceMap& sources, FileId file, std::string_view part) {
  const auto at = static_cast<std::uint32_t>(sources.text(file).find(part));
  return {file, at, at + static_cast<std::uint32_t>(part.size())};
}

TEST(Diagnostic, CatalogueIsInOrderAndComplete) {
  ASSERT_FALSE(all_codes().empty());
  Code before{};
  std::set<std::string> names;
  for (const CodeInfo& row : all_codes()) {
    EXPECT_LT(before, row.code) << row.name << ": rows stand in order of number, and no number stands twice";
    before = row.code;
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(&info(row.code), &row);
    EXPECT_EQ(code_text(row.code).size(), 6U) << row.name;
    EXPECT_STRNE(row.title, "") << row.name;
    EXPECT_THAT(row.title, Not(testing::EndsWith("."))) << row.name;
    EXPECT_THAT(row.explanation, testing::EndsWith(".")) << row.name;
  }
  EXPECT_EQ(code_text(Code::type_mismatch), "WR0301");
}

TEST(Diagnostic, RendersWithCaretLabelsAndHelp) {
  SourceMap sources;
  const FileId file = sources.add("rules/a.writ", "rule r {\n  requires chip.tops >= 4800\n  severity high\n}\n");
  Diagnostics out;
  Diagnostic& d = out.report(Code::type_mismatch, span_of(sources, file, "chip.tops >= 4800"),
                             "cannot compare `TOPS` with a plain number");
  d.labels.push_back({span_of(sources, file, "4800"), "no unit"});
  d.labels.push_back({span_of(sources, file, "rule r"), "in this rule"});
  d.help = "write `4800 TOPS`";
  d.citation = "EAR 3A090";
  EXPECT_EQ(render(d, sources, false),
            "error[WR0301]: cannot compare `TOPS` with a plain number\n"
            " --> rules/a.writ:2:12\n"
            "  |\n"
            "1 | rule r {\n"
            "  | ------ in this rule\n"
            "2 |   requires chip.tops >= 4800\n"
            "  |            ^^^^^^^^^^^^^^^^^\n"
            "  |                         ---- no unit\n"
            "  = cites: EAR 3A090\n"
            "  = help: write `4800 TOPS`\n");
}

TEST(Diagnostic, LabelOnTheSpanItselfStandsBesideTheCaret) {
  SourceMap sources;
  const FileId file = sources.add("a.yaml", "a: 1\nb: 2\n");
  Diagnostics out;
  const Span at = span_of(sources, file, "2");
  out.report(Code::unknown_fact, at, "m").labels.push_back({at, "must be text"});
  EXPECT_THAT(render(out.items()[0], sources, false), HasSubstr("2 | b: 2\n  |    ^ must be text\n"));
}

TEST(Diagnostic, OtherFilesAndGapsBetweenLines) {
  SourceMap sources;
  const FileId a = sources.add("a.writ", "one\ntwo\nthree\nfour\n");
  const FileId b = sources.add("b.writ", "first\n");
  Diagnostics out;
  Diagnostic& d = out.report(Code::unknown_name, span_of(sources, a, "four"), "m");
  d.labels.push_back({span_of(sources, a, "one"), "here"});
  d.labels.push_back({span_of(sources, b, "first"), "and there"});
  EXPECT_EQ(render(d, sources, false),
            "error[WR0201]: m\n"
            " --> a.writ:4:1\n"
            "  |\n"
            "1 | one\n"
            "  | --- here\n"
            "...\n"
            "4 | four\n"
            "  | ^^^^\n"
            " ::: b.writ:1:1\n"
            "  |\n"
            "1 | first\n"
            "  | ----- and there\n");
}

TEST(Diagnostic, CaretsStandUnderWideAndControlCharacters) {
  SourceMap sources;
  const FileId file = sources.add("a.yaml", "\tn: \x1b日本 bad\r\n");
  Diagnostics out;
  out.report(Code::unknown_fact, span_of(sources, file, "bad"), "m");
  EXPECT_EQ(render(out.items()[0], sources, false),
            "error[WR0501]: m\n"
            " --> a.yaml:1:9\n"
            "  |\n"
            "1 |  n: \\u{1b}日本 bad\n"
            "  |                ^^^\n");
}

TEST(Diagnostic, NothingOfTheInputReachesTheTerminalRaw) {
  SourceMap sources;
  const FileId file = sources.add("a\x1b]0;x\a.yaml", "k: \x1b[2J\xC2\x9B\xE2\x80\xAE\n");
  Diagnostics out;
  Diagnostic& d = out.report(Code::unknown_fact, Span{file, 3, 4}, "bad `\x1b[31m`");
  d.help = "\x1b[0m";
  d.citation = "\x07";
  d.labels.push_back({Span{file, 4, 5}, "\x1b"});
  const std::string shown = render(d, sources, false);
  for (const char c : shown) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << shown;
  EXPECT_THAT(shown, Not(HasSubstr("\xC2\x9B")));
  EXPECT_THAT(shown, Not(HasSubstr("\xE2\x80\xAE")));
}

TEST(Diagnostic, EdgesOfSpans) {
  SourceMap sources;
  const FileId file = sources.add("a", "ab\ncd\nlast");
  EXPECT_THAT(excerpt({{Span{file, 1, 5}, "over two lines", true}}, sources, false),
              HasSubstr("1 | ab\n  |  ^ over two lines\n"));
  EXPECT_THAT(excerpt({{Span{file, 2, 2}, "at the break", true}}, sources, false), HasSubstr("  |   ^ at the break\n"));
  EXPECT_THAT(excerpt({{Span{file, 10, 10}, "at the end", true}}, sources, false),
              HasSubstr("3 | last\n  |     ^ at the end\n"));
  const FileId empty = sources.add("empty", "");
  EXPECT_EQ(excerpt({{Span{empty, 0, 0}, "", true}}, sources, false), " --> empty:1:1\n  |\n1 |\n  | ^\n");
}

TEST(Diagnostic, LongLinesAreCutAroundThePlace) {
  SourceMap sources;
  const std::string filler(1'000'000, 'x');
  const FileId file = sources.add("long.json", filler + "HERE" + filler);
  const std::string shown = excerpt({{span_of(sources, file, "HERE"), "", true}}, sources, false);
  EXPECT_LT(shown.size(), 600U);
  EXPECT_THAT(shown, HasSubstr("1 | …x"));
  const auto source_column = shown.find("HERE") - shown.find("1 | ") - std::string("…").size() + 1;
  const auto caret_line = shown.substr(shown.rfind("  | "));
  EXPECT_EQ(caret_line.find("^^^^"), source_column);
}

TEST(Diagnostic, PathWithoutPlace) {
  const SourceMap sources;
  Diagnostics out;
  out.report_path(Code::file_unreadable, "no/such", "cannot read `no/such`");
  EXPECT_EQ(render(out.items()[0], sources, false), "error[WR0001]: cannot read `no/such`\n --> no/such\n");
}

TEST(Diagnostic, ColorAddsOnlyEscapes) {
  SourceMap sources;
  const FileId file = sources.add("a", "text\n");
  Diagnostics out;
  out.report(Code::unknown_fact, Span{file, 0, 4}, "m");
  std::string colored = render(out.items()[0], sources, true);
  EXPECT_THAT(colored, HasSubstr("\x1b["));
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b'))
    colored.erase(at, colored.find('m', at) - at + 1);
  EXPECT_EQ(colored, render(out.items()[0], sources, false));
}

TEST(Diagnostics, SortedByPlaceIdenticalOnesOnce) {
  SourceMap sources;
  const FileId b = sources.add("b", "0123456789");
  const FileId a = sources.add("a", "0123456789");
  Diagnostics out;
  EXPECT_TRUE(out.empty());
  out.report(Code::unknown_fact, Span{b, 0, 1}, "later file");
  out.report(Code::unknown_fact, Span{a, 5, 6}, "same");
  out.report(Code::unknown_fact, Span{a, 5, 6}, "same");
  out.report(Code::unknown_name, Span{a, 5, 6}, "other code");
  Diagnostic note{Code::unknown_name, Level::note, Span{a, 0, 1}, {}, "note", {}, {}, {}};
  Diagnostics more;
  more.add(note);
  EXPECT_FALSE(more.has_errors());
  out.append(more);
  out.sort(sources);
  ASSERT_EQ(out.items().size(), 4U);
  EXPECT_EQ(out.items()[0].message, "note");
  EXPECT_EQ(out.items()[1].message, "other code");
  EXPECT_EQ(out.items()[2].message, "same");
  EXPECT_EQ(out.items()[3].message, "later file");
  EXPECT_EQ(out.error_count(), 3U);
  EXPECT_TRUE(out.has_errors());
  EXPECT_THAT(render(out.items()[0], sources, false), testing::StartsWith("note[WR0201]: note\n"));
}

TEST(SourceMap, Positions) {
  SourceMap sources;
  const FileId file = sources.add("p", "é§a\r\n\nlast");
  EXPECT_EQ(sources.position(file, 0).column, 1U);
  EXPECT_EQ(sources.position(file, 4).column, 3U);
  EXPECT_EQ(sources.position(file, 7).line, 2U);
  EXPECT_EQ(sources.position(file, 8).line, 3U);
  EXPECT_EQ(sources.position(file, 99).line, 3U);
  EXPECT_EQ(sources.position(file, 99).column, 5U);
  EXPECT_EQ(sources.line(file, 1), "é§a");
  EXPECT_EQ(sources.line(file, 2), "");
  EXPECT_EQ(sources.line(file, 3), "last");
  EXPECT_EQ(sources.text(Span{file, 4, 5}), "a");
  EXPECT_EQ(sources.path(file), "p");
  EXPECT_THROW((void)sources.line(file, 4), InternalError);
  EXPECT_THROW((void)sources.text(FileId{}), InternalError);
  EXPECT_THROW((void)sources.text(Span{file, 0, 1000}), InternalError);
}

TEST(SourceMap, TextsStayWhereTheyAre) {
  SourceMap sources;
  const FileId first = sources.add("first", "short");
  const std::string_view view = sources.text(first);
  for (int i = 0; i < 1000; ++i) sources.add("more", std::string(static_cast<std::size_t>(i), 'x'));
  EXPECT_EQ(view.data(), sources.text(first).data());
  EXPECT_EQ(sources.size(), 1001U);
}

TEST(Check, NamesThePlace) {
  try {
    WRIT_CHECK(1 + 1 == 3);
    FAIL() << "did not throw";
  } catch (const InternalError& error) {
    EXPECT_THAT(error.what(), HasSubstr("1 + 1 == 3"));
    EXPECT_THAT(error.what(), HasSubstr("diagnostic_test.cc"));
  }
}

TEST(Pool, IdsAreOnlyGoodInTheirPool) {
  Pool<std::string> pool;
  EXPECT_TRUE(pool.empty());
  const Id<std::string> a = pool.add("a");
  const Id<std::string> b = pool.add("b");
  EXPECT_LT(a, b);
  EXPECT_EQ(pool[b], "b");
  pool[a] = "changed";
  EXPECT_EQ(*pool.begin(), "changed");
  EXPECT_EQ(pool.size(), 2U);
  EXPECT_FALSE(Id<std::string>().valid());
  EXPECT_THROW((void)pool[Id<std::string>()], InternalError);
}

TEST(Result, CarriesTheFailure) {
  const auto open = [](bool fine) -> Result<int> {
    if (!fine) return fail("cannot open `x`", 2);
    return 7;
  };
  EXPECT_EQ(open(true).value(), 7);
  EXPECT_EQ(open(false).error().error_number, 2);
  EXPECT_EQ(open(false).error().message, "cannot open `x`");
}

}  // namespace
}  // namespace writ
