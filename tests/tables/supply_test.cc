// Supplied lists: files that are right, and in fixtures/malformed/tables files that are wrong, each with what must be
// found in NAME.expect beside it. WRIT_UPDATE=1 rewrites them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/tables/supply.h"
#include "tests/tables/program.h"

namespace writ::test {
namespace {

namespace fs = std::filesystem;

struct Supplied {
  SourceMap sources;
  Diagnostics diagnostics;
  ir::Program program = program_of_lists();
  tables::Rows rows;
};

Supplied supply(const std::string& list, std::string text, const tables::Limits& limits = {}) {
  Supplied out;
  const FileId file = out.sources.add("list.csv", std::move(text));
  const auto targets = tables::named(out.program, list);
  EXPECT_EQ(targets.size(), 1U);
  out.rows = tables::read_rows(out.program, targets.at(0), file, out.sources, limits, out.diagnostics);
  return out;
}

std::string found(const Supplied& s) {
  std::string lines;
  for (const Diagnostic& d : s.diagnostics.items()) {
    const Position at = s.sources.position(d.span.file, d.span.begin);
    lines += fmt::format("{} {}:{} {}", code_text(d.code), at.line, at.column, d.message);
    if (!d.help.empty()) lines += " => " + d.help;
    lines += "\n";
  }
  return lines;
}

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Supply, NamesWithDaysAndAliases) {
  Supplied s = supply("names",
                      "\xEF\xBB\xBF# from the register\r\n# known until 2026-11-01\r\nname,from,until,alias,country\r\n"
                      "\"Acme, \"\"the\"\" Ltd.\",2024-01-01,,Acme Group; ACME group ;AG,CN\r\n\r\n"
                      "#1 Chips,,2025-12-31,,\r\n");
  EXPECT_EQ(found(s), "");
  ASSERT_EQ(s.rows.entries.size(), 4U);
  EXPECT_EQ(std::get<std::string>(s.rows.entries[0].member), "Acme, \"the\" Ltd.");
  EXPECT_EQ(std::get<std::string>(s.rows.entries[1].member), "Acme Group");
  EXPECT_EQ(std::get<std::string>(s.rows.entries[2].member), "AG");
  EXPECT_EQ(std::get<std::string>(s.rows.entries[3].member), "#1 Chips");
  EXPECT_EQ(s.rows.entries[0].days.from.text(), "2024-01-01");
  EXPECT_EQ(s.rows.entries[3].days.last.text(), "2025-12-31");
  EXPECT_EQ(s.rows.supplied.known_until->text(), "2026-11-01");
  EXPECT_EQ(s.rows.supplied.rows, 2U);
  tables::fill(s.program, s.rows);
  EXPECT_EQ(s.program.sets[ir::SetId(0)].known.last.text(), "2026-11-01");
  EXPECT_EQ(s.program.sets[ir::SetId(0)].entries.size(), 4U);
}

TEST(Supply, TheElementsTypeMayNameTheColumn) {
  const Supplied s = supply("law.places", "# known until 2026-11-01\ncountry,from\nJP,\nUS-CA,2025-01-01\n");
  EXPECT_EQ(found(s), "");
  ASSERT_EQ(s.rows.entries.size(), 2U);
  EXPECT_EQ(std::get<model::Country>(s.rows.entries[1].member).code, "US-CA");
}

TEST(Supply, Tables) {
  const Supplied s =
      supply("rates", "# known until 2026-11-01\nyear,currency,value,until\n2025,USD,1.08,\n2026,USD,1.1,2026-06-30\n");
  EXPECT_EQ(found(s), "");
  ASSERT_EQ(s.rows.rows.size(), 2U);
  EXPECT_EQ(std::get<std::string>(s.rows.rows[0].keys[0]), "USD");
  EXPECT_EQ(std::get<model::NumberRange>(s.rows.rows[1].keys[1]).lo->exact(), "2026");
  EXPECT_EQ(std::get<model::NumberRange>(s.rows.rows[1].value).lo->exact(), "1.1");
}

TEST(Supply, TablesThatAreWrong) {
  const std::string head = "# known until 2026-11-01\n";
  EXPECT_EQ(found(supply("rates", head + "currency,value\nUSD,1\n")),
            "WR0703 2:1 `law.rates` needs a column `year` => add it to the first line\n");
  EXPECT_EQ(found(supply("rates", head + "currency,yaer,value\nUSD,2025,1\n")),
            "WR0703 2:10 `law.rates` has no column `yaer` => did you mean `year`?\n"
            "WR0703 2:1 `law.rates` needs a column `year` => add it to the first line\n");
  EXPECT_EQ(found(supply("rates", head + "currency,year,value\nUSD,2025,much\n")),
            "WR0704 3:10 `value`: `much` is no number\n");
  EXPECT_EQ(
      found(supply("rates", head + "currency,year,value\nUSD,2025,1\nusd,2025.0,2\n")),
      "WR0705 4:1 this stands twice for the same days => leave one of them out, or end one before the other begins\n");
}

TEST(Supply, WhatIsWrongIsNotUsedInPart) {
  const Supplied s = supply("names", "# known until 2026-11-01\nname,from\nAcme,2024-01-01\nBeta,soon\n");
  EXPECT_TRUE(s.diagnostics.has_errors());
  EXPECT_TRUE(s.rows.entries.empty());
  EXPECT_FALSE(s.rows.supplied.known_until);
}

TEST(Supply, Limits) {
  tables::Limits limits;
  limits.max_rows = 2;
  EXPECT_EQ(found(supply("names", "# known until 2026-11-01\nname\na\nb\nc\n", limits)),
            "WR0701 5:1 more than 2 rows\n");
  limits.max_bytes = 10;
  EXPECT_TRUE(supply("names", "# known until 2026-11-01\nname\na\n", limits).diagnostics.has_errors());
}

class MalformedTable : public testing::TestWithParam<std::string> {};

TEST_P(MalformedTable, SaysWhatIsWrong) {
  const fs::path path = fs::path(WRIT_SOURCE_DIR) / "fixtures/malformed/tables" / GetParam();
  const fs::path beside = fs::path(path).replace_extension(".expect");
  const Supplied s = supply("names", slurp(path));
  EXPECT_TRUE(s.diagnostics.has_errors()) << "a malformed table was accepted";
  EXPECT_TRUE(s.rows.entries.empty());
  const std::string actual = found(s);
  if (std::getenv("WRIT_UPDATE") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream(beside, std::ios::binary) << actual;
    GTEST_SKIP() << "rewritten";
  }
  EXPECT_EQ(actual, slurp(beside));
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(fs::path(WRIT_SOURCE_DIR) / "fixtures/malformed/tables"))
    if (entry.path().extension() == ".csv") out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

INSTANTIATE_TEST_SUITE_P(Tables, MalformedTable, testing::ValuesIn(names()), [](const auto& file) {
  std::string name = file.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace writ::test
