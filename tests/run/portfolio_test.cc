// Portfolio rules: every way of completing what is not known stays within the ranges, exact portfolios have exact
// measures, and memory grows with groups alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <random>

#include "engine/eval/portfolio.h"
#include "engine/facts/bind.h"
#include "engine/run/run.h"
#include "engine/session/session.h"

namespace writ::run {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMeasures[] = {"members", "groups", "total", "one", "two", "of_a", "index"};

class PortfolioRules : public testing::Test {
 protected:
  PortfolioRules() : root_(fs::temp_directory_path() / ("writ-portfolio-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    const std::string tail = R"( "P" { version "0.1.0" language 1 law checked until 2026-11-22 licence "Apache-2.0" })";
    write("rules/facts/pack.writ", "pack facts" + tail);
    write("rules/facts/facts.writ",
          "package facts\nkinds deployment\nfacts \"Facts\" { used: bool \"U\" provider: text \"P\" weight: int \"W\" "
          "}\n");
    write("rules/a/pack.writ", "pack a" + tail);
    write("rules/a/a.writ",
          "package a\nimport facts\ninstrument I \"I\" { jurisdiction EU }\n"
          "portfolio rule p \"P\" over d in deployments { cites I \"1\" effective from 2020-01-01\n"
          "  where d.used group by d.provider weigh d.weight\n"
          "  requires members: members() < 0\n  requires groups: groups() < 0\n  requires total: total() < 0\n"
          "  requires one: top_share(1) < 0 %\n  requires two: top_share(2) < 0 %\n"
          "  requires of_a: share_of(\"a\") < 0 %\n  requires index: herfindahl() < 0\n"
          "  status binding sources \"https://example.org/1\", \"https://example.org/2\" }\n");
  }
  ~PortfolioRules() override { fs::remove_all(root_); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  session::Session& book() {
    if (session_ == nullptr) {
      session::LoadOptions options;
      options.search = {root_ / "rules"};
      session_ = session::load(options);
      for (const Diagnostic& d : session_->diagnostics.items()) EXPECT_EQ(d.level, Level::warning) << d.message;
    }
    return *session_;
  }
  struct Row {
    std::string used, provider, weight;  // empty: not stated
  };
  eval::PortfolioResult judge(const std::vector<Row>& rows, std::size_t unread = 0) {
    session::Session& session = book();
    eval::Options options;
    options.as_of = Date::from_civil(2026, 11, 22);
    eval::PortfolioJudge judge(session.program, ir::PortfolioId(0), options);
    std::string text;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      text += fmt::format("{{\"writ\":\"deployment/1\",\"id\":\"d{}\"", i);
      if (!rows[i].used.empty()) text += ",\"used\":" + rows[i].used;
      if (!rows[i].provider.empty()) text += ",\"provider\":\"" + rows[i].provider + "\"";
      if (!rows[i].weight.empty()) text += ",\"weight\":" + rows[i].weight;
      text += "}\n";
    }
    Diagnostics out;
    const FileId file = session.sources.add("rows.ndjson", text);
    for (const facts::RawDocument& raw : facts::read(file, facts::Format::ndjson, session.sources, {}, out)) {
      const auto document = facts::bind(raw, session.sources, *session.program.vocabulary, out);
      EXPECT_TRUE(document.has_value());
      judge.add(*document);
    }
    for (std::size_t i = 0; i < unread; ++i) judge.add_unread();
    return judge.finish();
  }
  static model::NumberRange range(const eval::PortfolioResult& result, std::size_t requirement) {
    const auto& measures = result.findings.at(requirement).measures;
    if (measures.empty() || !std::holds_alternative<model::NumberRange>(measures.front().value)) return {};
    return std::get<model::NumberRange>(measures.front().value);
  }

  fs::path root_;
  std::unique_ptr<session::Session> session_;
};

TEST_F(PortfolioRules, WhatIsKnownIsExact) {
  const auto result = judge({{"true", "a", "6"}, {"true", "b", "3"}, {"true", "c", "1"}, {"false", "a", "90"}});
  const std::array<const char*, 7> wanted{"3", "3", "10", "0.6", "0.9", "0.6", "4600"};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    ASSERT_TRUE(range(result, i).exact()) << kMeasures[i];
    EXPECT_EQ(range(result, i).lo->exact(), wanted[i]) << kMeasures[i];
    EXPECT_EQ(result.findings[i].judgement.verdict, eval::Verdict::gap) << kMeasures[i];
  }
  EXPECT_EQ(result.left_out, 1U);
  EXPECT_EQ(result.groups.front().key, "a");
}

TEST_F(PortfolioRules, EveryCompletionStaysWithinTheRanges) {
  std::mt19937 random(1);  // NOLINT: the same every time
  const std::array<const char*, 3> used{"true", "true", "false"}, providers{"a", "b", "c"}, weights{"0", "1", "5"};
  const auto pick = [&](const auto& from) { return std::string(from[random() % from.size()]); };
  for (int round = 0; round < 200; ++round) {
    std::vector<Row> open(1 + random() % 5);
    for (Row& row : open) {
      row = {pick(used), pick(providers), pick(weights)};
      for (std::string* part : {&row.used, &row.provider, &row.weight})
        if (random() % 4 == 0) part->clear();
    }
    const auto before = judge(open);
    for (int completion = 0; completion < 10; ++completion) {
      std::vector<Row> closed = open;
      for (Row& row : closed) {
        if (row.used.empty()) row.used = pick(used);
        if (row.provider.empty()) row.provider = pick(std::array<const char*, 5>{"a", "b", "c", "e", "f"});
        if (row.weight.empty()) row.weight = pick(std::array<const char*, 4>{"0", "1", "7", "100"});
      }
      const auto after = judge(closed);
      for (std::size_t m = 0; m < after.findings.size(); ++m) {
        const auto& possible = before.findings[m].judgement;
        const eval::Verdict verdict = after.findings[m].judgement.verdict;
        EXPECT_TRUE(possible.verdict == verdict || possible.could_be.contains(verdict)) << kMeasures[m];
        const model::NumberRange wide = range(before, m), exact = range(after, m);
        if (!exact.exact()) continue;  // a share of nothing
        if (wide.lo) {
          EXPECT_LE(*wide.lo, *exact.lo) << kMeasures[m] << " in round " << round;
        }
        if (wide.hi) {
          EXPECT_GE(*wide.hi, *exact.hi) << kMeasures[m] << " in round " << round;
        }
      }
    }
  }
}

TEST_F(PortfolioRules, WhatCouldNotBeReadMayBeOfAnyGroup) {
  const auto result = judge({{"true", "a", "1"}}, 1);
  EXPECT_FALSE(range(result, 3).exact()) << "top_share(1)";
  EXPECT_FALSE(range(result, 0).hi.has_value());
}

TEST_F(PortfolioRules, NobodyToJudge) {
  EXPECT_EQ(judge({}).findings[3].judgement.verdict, eval::Verdict::undetermined);
  EXPECT_EQ(judge({{"false", "a", "1"}}).findings[3].judgement.verdict, eval::Verdict::not_applicable);
}

TEST_F(PortfolioRules, InARunWithADocumentThatHasErrors) {
  write("docs/a.writ.yaml", "writ: deployment/1\nid: a\nused: true\nprovider: a\nweight: 1\n");
  write("docs/b.writ.yaml", "writ: deployment/1\nid: b\nused: perhaps\n");
  Request request;
  request.rules.search = {root_ / "rules"};
  request.paths = {(root_ / "docs").string()};
  request.as_of = Date::from_civil(2026, 11, 22);
  request.only_rules = {"a.p"};
  const Outcome outcome = check(request);
  ASSERT_EQ(outcome.result.portfolios.size(), 1U);
  EXPECT_EQ(outcome.result.portfolios[0].result.unread, 1U);
  EXPECT_EQ(outcome.result.exit.code, 3);
}

}  // namespace
}  // namespace writ::run
