// What waits for a day, for a human, or for evidence: golden cases of the semantics and what lies around them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/eval/build.h"

namespace writ::eval::testing {
namespace {

using ir::NodeId;
using ir::Op;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Given T = Given::of(true), F = Given::of(false), U = Given::unknown();

struct Duties : ::testing::Test {
  Book book;
  model::TypeId instant = book.type(model::TypeKind::instant);

  NodeId length(std::int32_t months, std::int64_t seconds) {
    return book.constant(Duration{months, seconds}, book.duration);
  }
  NodeId within(NodeId done, NodeId due) { return book.node(Op::within, book.boolean, done.index, due.index); }
  Given given(std::initializer_list<std::pair<const char*, Given>> facts) const {
    Given out = book.blank();
    for (const auto& [path, value] : facts) book.state(out, path, value);
    return out;
  }
  Finding only(const Given& document, const char* as_of) const {
    DocumentResult r = book.run(document, as_of);
    EXPECT_EQ(r.findings.size(), 1u);
    return r.findings.at(0);
  }
  std::string verdict(const Given& document, const char* as_of) const {
    const Finding f = only(document, as_of);
    return text(f) + (f.due ? " due " + f.due->text() : "");
  }
  std::vector<std::string> missing(const Given& document, const char* as_of) const {
    return paths(book.bind(document), only(document, as_of).missing);
  }
};

constexpr std::int64_t kDay = 86'400;
Given at(const char* iso) { return Given::of(Instant::parse(iso).value()); }

TEST_F(Duties, G15Within14Days) {
  book.root("notified", book.date_type, true);
  book.root("since", book.date_type);
  book.rule("notify", {},
            {within(book.fact("notified"), book.math(Op::add, book.fact("since"), length(0, 14 * kDay)))});
  const Given since = Given::day("2026-11-10");
  EXPECT_EQ(verdict(given({{"since", since}, {"notified", Given::absent()}}), "2026-11-24"), "pending due 2026-11-24");
  EXPECT_EQ(verdict(given({{"since", since}, {"notified", Given::absent()}}), "2026-11-25"), "gap");
  EXPECT_EQ(verdict(given({{"since", since}, {"notified", Given::day("2026-11-30")}}), "2026-12-01"), "gap") << "late";
  EXPECT_EQ(verdict(given({{"since", since}}), "2026-11-20"), "pending due 2026-11-24");
  EXPECT_EQ(verdict(given({{"since", since}}), "2026-12-01"), "undetermined {compliant, gap} at risk");
  EXPECT_THAT(missing(given({{"since", since}}), "2026-12-01"), ElementsAre("notified"));
  EXPECT_EQ(verdict(given({{"since", since}, {"notified", Given::day("2026-11-24")}}), "2026-12-01"), "compliant");
  EXPECT_EQ(verdict(given({{"since", since}, {"notified", Given::day("2026-11-23")}}), "2026-11-20"),
            "pending due 2026-11-24")
      << "what lies ahead has not been done";
  EXPECT_EQ(verdict(given({{"since", since}, {"notified", Given::day("2026-11-23")}}), "2026-11-25"), "compliant");
  EXPECT_EQ(verdict(given({{"notified", Given::absent()}}), "2026-11-25"),
            "undetermined {compliant, gap, pending} at risk")
      << "nobody knows since when";
  EXPECT_THAT(missing(given({{"notified", Given::absent()}}), "2026-11-25"), ElementsAre("since"));
}

TEST_F(Duties, MonthsTakeTheLastDay) {
  book.root("done", book.date_type, true);
  book.rule("r", {}, {within(book.fact("done"), book.math(Op::add, book.day("2026-01-31"), length(1, 0)))});
  EXPECT_EQ(verdict(given({{"done", Given::absent()}}), "2026-02-28"), "pending due 2026-02-28");
  EXPECT_EQ(verdict(given({{"done", Given::absent()}}), "2026-03-01"), "gap");
}

TEST_F(Duties, HoursCountFromAnInstant) {
  book.root("done", instant, true);
  book.root("aware", instant);
  book.rule("r", {}, {within(book.fact("done"), book.math(Op::add, book.fact("aware"), length(0, 72 * 3600)))});
  const Given aware = at("2026-11-10T15:30Z");
  EXPECT_EQ(verdict(given({{"aware", aware}, {"done", Given::absent()}}), "2026-11-13"), "pending due 2026-11-13")
      << "the whole day of the moment counts";
  EXPECT_EQ(verdict(given({{"aware", aware}, {"done", Given::absent()}}), "2026-11-14"), "gap");
  EXPECT_EQ(verdict(given({{"aware", aware}, {"done", at("2026-11-13T15:30Z")}}), "2026-11-20"), "compliant");
  EXPECT_EQ(verdict(given({{"aware", aware}, {"done", at("2026-11-13T15:31Z")}}), "2026-11-20"), "gap");
}

TEST_F(Duties, DeadlinesJoin) {
  book.root("first", book.date_type, true);
  book.root("second", book.date_type, true);
  book.root("q", book.boolean);
  const auto by = [&](const char* fact, const char* day) { return within(book.fact(fact), book.day(day)); };
  book.rule("all", {}, {book.all({by("first", "2026-11-24"), by("second", "2026-12-01")})});
  book.rule("any", {}, {book.any({by("first", "2026-11-24"), by("second", "2026-12-01")})});
  book.rule("with", {}, {book.all({by("first", "2026-11-24"), book.fact("q")})});
  book.rule("or", {}, {book.any({by("first", "2026-11-24"), book.fact("q")})});
  const auto verdicts = [&](const Given& d, const char* as_of) {
    std::string out;
    for (const Finding& f : book.run(d, as_of).findings)
      out += (out.empty() ? "" : " | ") + text(f) + (f.due ? " due " + f.due->text() : "");
    return out;
  };
  EXPECT_EQ(verdicts(given({{"first", Given::absent()}, {"second", Given::absent()}}), "2026-11-22"),
            "pending due 2026-11-24 | pending due 2026-12-01 | undetermined {compliant, gap, pending} at risk | "
            "pending due 2026-11-24");
  EXPECT_EQ(verdicts(given({{"first", Given::absent()}, {"second", Given::absent()}, {"q", F}}), "2026-11-30"),
            "gap | pending due 2026-12-01 | gap | gap");
  EXPECT_EQ(verdicts(given({{"first", Given::day("2026-11-20")}, {"second", Given::absent()}, {"q", T}}), "2026-11-30"),
            "pending due 2026-12-01 | compliant | compliant | compliant");
}

TEST_F(Duties, TheLawOfItsDayAndTheDayOnWhichOneLooks) {
  book.root("shipped", book.date_type);
  book.root("reported", book.date_type, true);
  const ir::RuleId r = book.rule(
      "r", {}, {within(book.fact("reported"), book.math(Op::add, book.fact("shipped"), length(0, 5 * kDay)))});
  book.program.rules[r].judged_on = book.fact("shipped");
  const Given d = given({{"shipped", Given::day("2026-11-10")}, {"reported", Given::absent()}});
  EXPECT_EQ(verdict(d, "2026-11-15"), "pending due 2026-11-15");
  EXPECT_EQ(verdict(d, "2026-11-16"), "gap");
}

struct WorkingDays : Duties {
  ir::CalendarId id{};
  void SetUp() override {
    ir::Calendar c;
    c.name = "office";
    c.known = days("2026-01-01", "2026-12-31");
    c.weekend = 0b1100000;
    c.holidays = {date("2026-12-24"), date("2026-12-25")};
    id = book.program.calendars.add(c);
    book.root("done", book.date_type, true);
    book.root("since", book.date_type);
    const NodeId count = book.constant(model::NumberRange::exactly(rational("3")), book.integer);
    const NodeId due = book.node(Op::working_days, book.date_type, book.fact("since").index, count.index, id.index);
    book.rule("r", {}, {within(book.fact("done"), due)});
  }
};

TEST_F(WorkingDays, WeekendsAndHolidaysDoNotCount) {
  const auto due = [&](const char* since) {
    const Finding f = only(given({{"since", Given::day(since)}, {"done", Given::absent()}}), since);
    return f.due ? f.due->text() : text(f);
  };
  EXPECT_EQ(due("2026-11-16"), "2026-11-19") << "from a Monday";
  EXPECT_EQ(due("2026-11-19"), "2026-11-24") << "over a weekend";
  EXPECT_EQ(due("2026-11-21"), "2026-11-25") << "from a Saturday";
  EXPECT_EQ(due("2026-12-22"), "2026-12-29") << "over Christmas";
}

TEST_F(WorkingDays, BeyondTheKnownDaysTheLawIsMissing) {
  const Finding f = only(given({{"since", Given::day("2026-12-29")}, {"done", Given::absent()}}), "2026-12-30");
  EXPECT_EQ(text(f), "undetermined {compliant, gap, pending} at risk");
  ASSERT_EQ(f.law.size(), 1u);
  EXPECT_EQ(f.law[0].text, "calendar `office` does not reach 2027-01-01");
  EXPECT_EQ(f.reason, Reason::law);
}

struct Norms : Duties {
  model::RecordId assessment{};
  model::EnumId finding{};
  ir::NormId norm{};

  void SetUp() override {
    finding = book.enumeration("assessment_finding", {"met", "not_met"});
    assessment = book.record("assessment", true);
    book.field(assessment, "finding", book.enum_type(finding));
    book.field(assessment, "by", book.text, true);
    book.field(assessment, "on", book.date_type);
    book.field(assessment, "independent", book.boolean);
    book.root("one", book.record_type(assessment), true);
    book.root("several", book.list_of(assessment));
    ir::Norm n;
    n.criterion = "state of the art";
    norm = book.program.norms.add(n);
  }
  ir::Norm& text_of_the_law() { return book.program.norms[norm]; }
  void rule(const char* fact) {
    book.rule("r", {}, {book.node(Op::judged, book.boolean, book.fact(fact).index, norm.index)});
  }
  Given found(std::optional<bool> met, Given by, Given on, Given independent = U) const {
    Given g;
    g.kind = Given::Kind::record;
    g.parts = {Given::of(std::string("a")), met ? Given::of(model::Candidates::one(*met ? 0 : 1, 2)) : U, std::move(by),
               std::move(on), std::move(independent)};
    return g;
  }
  Given by(const char* who) const { return Given::of(std::string(who)); }
  std::string judged(const Given& d, const char* as_of = "2026-11-22") const {
    const Finding f = only(d, as_of);
    return text(f) + (f.norms.empty() ? "" : std::string(" ") + to_string(f.norms[0].state)) +
           (f.reason == Reason::judgement ? ", a human must judge" : "");
  }
};

const char* const kOpen = "undetermined {compliant, gap} at risk ";

TEST_F(Norms, G19OneAssessment) {
  rule("one");
  text_of_the_law().worded = date("2026-01-01");
  text_of_the_law().max_age = Duration{12, 0};
  const Given day = Given::day("2026-06-01");
  EXPECT_EQ(judged(book.blank()), kOpen + std::string("missing, a human must judge"));
  EXPECT_EQ(judged(given({{"one", Given::absent()}})), kOpen + std::string("missing, a human must judge"));
  EXPECT_EQ(judged(given({{"one", found(false, by("Lab"), day)}})), "gap not_met");
  EXPECT_EQ(judged(given({{"one", found(true, by("Lab"), day)}})), "compliant met");
  EXPECT_EQ(judged(given({{"one", found(true, by("Lab"), Given::day("2025-12-31"))}})),
            kOpen + std::string("reworded, a human must judge"))
      << "before the current wording";
  EXPECT_EQ(judged(given({{"one", found(true, by("Lab"), day)}}), "2027-06-01"), "compliant met");
  EXPECT_EQ(judged(given({{"one", found(true, by("Lab"), day)}}), "2027-06-02"),
            kOpen + std::string("stale, a human must judge"));
  EXPECT_EQ(judged(given({{"one", found(true, Given::absent(), day)}})),
            kOpen + std::string("unattributed, a human must judge"));
  EXPECT_EQ(judged(given({{"one", found(true, U, day)}})), kOpen + std::string("unattributed, a human must judge"));
  EXPECT_THAT(missing(given({{"one", found(true, U, day)}}), "2026-11-22"), ElementsAre("one.by"));
  EXPECT_EQ(judged(given({{"one", found(true, by("Lab"), Given::day("2026-12-01"))}})),
            kOpen + std::string("missing, a human must judge"))
      << "not made yet";
}

TEST_F(Norms, IndependenceIsDemanded) {
  rule("one");
  text_of_the_law().independent = true;
  const Given day = Given::day("2026-06-01");
  EXPECT_EQ(judged(given({{"one", found(true, by("Lab"), day, T)}})), "compliant met");
  EXPECT_EQ(judged(given({{"one", found(true, by("Lab"), day, F)}})),
            kOpen + std::string("dependent, a human must judge"));
  EXPECT_THAT(missing(given({{"one", found(true, by("Lab"), day)}}), "2026-11-22"), ElementsAre("one.independent"));
}

TEST_F(Norms, TheLatestFindingOfEachAssessor) {
  rule("several");
  const auto list = [&](std::vector<Given> all, bool incomplete = false) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < all.size(); ++i) keys.push_back("k" + std::to_string(i));
    return given({{"several", Given::list(keys, std::move(all), incomplete)}});
  };
  const Given early = Given::day("2026-02-01"), late = Given::day("2026-09-01");
  EXPECT_EQ(judged(list({found(false, by("Lab"), early), found(true, by("Lab"), late)})), "compliant met");
  EXPECT_EQ(judged(list({found(true, by("Lab"), early), found(false, by("Lab"), late)})), "gap not_met");
  EXPECT_EQ(judged(list({found(true, by("Lab"), early), found(false, by("House"), late)})),
            kOpen + std::string("contradicting, a human must judge"));
  EXPECT_EQ(judged(list({})), kOpen + std::string("missing, a human must judge"));
  EXPECT_EQ(judged(list({found(true, by("Lab"), early)}, true)), kOpen + std::string("missing, a human must judge"))
      << "another may contradict it";
  EXPECT_EQ(judged(list({found(true, by("Lab"), early), found({}, by("Lab"), late)})),
            kOpen + std::string("missing, a human must judge"))
      << "a later finding that nobody has stated may be another";
}

TEST_F(Norms, SupplyingNeverFlips) {
  rule("several");
  text_of_the_law().independent = true;
  text_of_the_law().max_age = Duration{12, 0};
  const std::vector<Given> whos{U, Given::absent(), by("Lab"), by("House")};
  const std::vector<Given> dates{U, Given::day("2025-01-01"), Given::day("2026-06-01"), Given::day("2027-01-01")};
  const std::vector<std::optional<bool>> findings{std::nullopt, true, false};
  const std::vector<Given> independents{U, T, F};
  std::vector<Given> all;
  for (const Given& w : whos)
    for (const Given& d : dates)
      for (const auto& f : findings)
        for (const Given& i : independents) all.push_back(found(f, w, d, i));
  const auto supplies = [&](const Given& a, const Given& b) {  // b is a with more known
    for (std::size_t i = 1; i < a.parts.size(); ++i) {
      const bool same = a.parts[i].kind == b.parts[i].kind && a.parts[i].scalar == b.parts[i].scalar;
      if (!same && a.parts[i].kind != Given::Kind::unknown) return false;
    }
    return true;
  };
  const Given other = found(true, by("Lab"), Given::day("2026-03-01"), T);
  const auto verdict_of = [&](const Given& g) {
    return text(only(given({{"several", Given::list({"x", "y"}, {g, other})}}), "2026-11-22"));
  };
  std::vector<std::string> verdicts;
  for (const Given& g : all) verdicts.push_back(verdict_of(g));
  int decided = 0;
  for (std::size_t a = 0; a < all.size(); ++a) {
    if (verdicts[a].starts_with("undetermined")) continue;
    ++decided;
    for (std::size_t b = 0; b < all.size(); ++b) {
      if (!supplies(all[a], all[b])) continue;
      EXPECT_EQ(verdicts[a], verdicts[b]) << a << " " << b;
    }
  }
  EXPECT_GT(decided, 20);
}

TEST_F(Duties, EvidenceIsDemandedAndGrowsOld) {
  book.root("tested", book.boolean, true);
  const NodeId age = length(12, 0);
  book.rule("old", {}, {book.node(Op::evidenced, book.boolean, book.fact("tested").index, age.index)});
  const auto verdict_with = [&](const Given& given_fact, std::optional<facts::Evidence> evidence) {
    Given d = book.blank();
    book.state(d, "tested", given_fact);
    facts::Document document = book.bind(d);
    if (evidence) {
      const facts::FactId fact = document[document.root].children[0];
      document.facts[fact].evidence = 0;
      document.evidence.push_back(*evidence);
    }
    const Finding f = evaluate(book.program, document, Options{date("2026-11-22")}).findings.at(0);
    return text(f) + (f.missing.empty() ? "" : " ? " + document[f.missing[0]].path);
  };
  const facts::Evidence fresh{"report.pdf", "Lab", date("2025-11-22"), {}},
      old{"report.pdf", "Lab", date("2025-11-21"), {}};
  const std::string open = "undetermined {compliant, gap} at risk ? tested";
  EXPECT_EQ(verdict_with(T, fresh), "compliant");
  EXPECT_EQ(verdict_with(F, fresh), "compliant") << "evidence of what is stated, whatever that is";
  EXPECT_EQ(verdict_with(Given::absent(), fresh), "compliant");
  EXPECT_EQ(verdict_with(T, old), "gap");
  EXPECT_EQ(verdict_with(T, std::nullopt), open);
  EXPECT_EQ(verdict_with(T, facts::Evidence{"report.pdf", "", std::nullopt, {}}), open);
  EXPECT_EQ(verdict_with(U, std::nullopt), open);
}

TEST_F(Duties, TheYearOfTheGoverningDay) {
  book.root("on", book.date_type);
  book.rule("r", {}, {book.compare(Op::ge, book.fact("on"), book.node(Op::year_start, book.date_type))});
  const Given d = given({{"on", Given::day("2026-01-01")}});
  EXPECT_EQ(verdict(d, "2026-11-22"), "compliant");
  EXPECT_EQ(verdict(d, "2027-01-01"), "gap");
}

}  // namespace
}  // namespace writ::eval::testing
