// Columns and the machine agree on random law and random documents. WRIT_PROPERTY_RUNS sets the number of programs
// (optimised builds: 50,000), WRIT_PROPERTY_SEED the first seed; a failure prints its seed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <map>
#include <optional>

#include "engine/columns/bound.h"
#include "engine/columns/fill.h"
#include "engine/columns/judge.h"
#include "engine/columns/key.h"
#include "engine/eval/evaluate.h"
#include "engine/eval/plan.h"
#include "engine/eval/rule.h"
#include "engine/facts/bind.h"
#include "tests/columns/written.h"
#include "tests/eval/generate.h"

namespace writ::columns::testing {
namespace {

using eval::Verdict;
using eval::testing::Given;
using eval::testing::World;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): tests are single-threaded
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

#ifdef NDEBUG
constexpr std::uint64_t kRuns = 50'000;
#else
constexpr std::uint64_t kRuns = 1'000;
#endif
constexpr std::uint64_t kParts = 10;
constexpr std::size_t kDocuments = 3;

class Agree : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  std::uint64_t all = setting("WRIT_PROPERTY_RUNS", kRuns), start = setting("WRIT_PROPERTY_SEED", 1);
  std::uint64_t first = start + all * GetParam() / kParts;
  std::uint64_t runs = start + all * (GetParam() + 1) / kParts - first;
};
INSTANTIATE_TEST_SUITE_P(Part, Agree, ::testing::Range(std::uint64_t{0}, kParts));

/// Without the forms that columns leave to the ordinary reader, so that most documents are compared.
void simplify(Given& g) {
  const auto* range = std::get_if<model::NumberRange>(&g.scalar);
  const auto* money = std::get_if<model::Money>(&g.scalar);
  const auto* members = std::get_if<model::Candidates>(&g.scalar);
  const bool estimate = (range != nullptr && !range->exact()) || (money != nullptr && !money->amount.exact()) ||
                        (members != nullptr && members->single() < 0);
  if (g.kind == Given::Kind::map || g.kind == Given::Kind::dated || g.incomplete ||
      (g.kind == Given::Kind::scalar && estimate))
    g = {};
  for (Given& part : g.parts) simplify(part);
}

/// What there is of a document: how many of which verdict, and each that is not in its favour.
using Said = std::map<std::string, int>;

std::string name(const ir::Program& program, ir::RuleId rule, std::uint32_t requirement, const std::string& element,
                 Verdict verdict, bool at_risk) {
  return program.rules[rule].name + "#" + std::to_string(requirement) + "[" + element + "] " +
         eval::to_string(verdict) + (at_risk ? " at risk" : "");
}

/// Whether an error could come of when the rule is in force: a verdict in which it does not matter does not show it.
bool force_may_fail(const ir::Program& program, const facts::Document& document, const eval::Options& options,
                    ir::RuleId rule) {
  eval::Machine machine(program, document, options);
  eval::RuleJudge judge(machine, rule);
  eval::Blame list;
  for (const eval::Subject& subject : judge.subjects(list)) {
    judge.bind(subject);
    const eval::Effectiveness force = judge.prepare(subject).force.state;
    if (force.error || force.can_be_error) return true;
  }
  return false;
}

/// Nothing where an error was met or could come of something: random law reads optional facts that no guard covers,
/// which the checker of rule files refuses, and which columns therefore do not provide for.
std::optional<Said> by_machine(const ir::Program& program, const facts::Document& document,
                               const eval::Options& options, ir::RuleId rule) {
  if (force_may_fail(program, document, options, rule)) return std::nullopt;
  Said out;
  for (const eval::Finding& f : eval::evaluate(program, document, options, {rule}).findings) {
    const eval::Judgement& j = f.judgement;
    if (!f.errors.empty() || j.verdict == Verdict::error || j.could_be.contains(Verdict::error)) return std::nullopt;
    // Where both ways are in favour nobody hears of the error, but it may decide which of them is named.
    const auto may_fail = [](const eval::ExceptionTrace& e) { return e.operative.is_error() || e.operative.may_error; };
    if (std::any_of(f.exceptions.begin(), f.exceptions.end(), may_fail)) return std::nullopt;
    ++out[eval::to_string(j.verdict)];
    if (eval::in_favour(j.verdict)) continue;
    ++out[name(program, f.rule, f.requirement, f.phantom ? "?" : f.element_key, j.verdict, j.at_risk)];
  }
  return out;
}

Said by_columns(const Plan& plan, Block& block, const Judged& judged) {
  Said out;
  for (std::size_t v = 0; v < kVerdicts; ++v)
    if (const auto n = judged.binding[v] + judged.other[v]; n > 0)
      out[eval::to_string(static_cast<Verdict>(v))] += static_cast<int>(n);
  for (const Outcome& o : judged.adverse) {
    const RulePlan& rule = plan.rules[o.rule];
    std::string element;
    if (o.row != kNone) {
      Rows& rows = block.tables[rule.table];
      const bool unstated = (rows.unstated(o.row / kRows) >> (o.row % kRows) & 1U) != 0;
      element = unstated ? "?" : std::string(rows.key(o.row));
    }
    ++out[name(*plan.program, rule.rule, o.requirement, element, o.verdict, o.at_risk)];
  }
  return out;
}

std::string text(const Said& said) {
  std::string out;
  for (const auto& [what, n] : said) out += "  " + what + " x" + std::to_string(n) + "\n";
  return out;
}

struct Numbers {
  std::size_t documents = 0, taken = 0, bound = 0, results = 0, asked = 0, erring = 0, again = 0;
};

/// A line as the ordinary reader reads it; it is looked into for as long as a block holds it.
struct Read {
  SourceMap sources;
  std::optional<facts::Document> document;
  Read(const World& world, const std::string& line) {
    const FileId file = sources.add("line", line);
    Diagnostics problems;
    const auto raw = facts::read(file, facts::Format::json, sources, {}, problems);
    if (raw.size() == 1) document = facts::bind(raw.front(), sources, *world.book.vocabulary, problems);
  }
};

/// Rows of a block, and the documents that they are of.
struct Side {
  explicit Side(const Plan& plan) : block(plan), rows(plan) {}
  Block block;
  RowsOf rows;
  std::array<Judged, kRows> judged;
  std::vector<std::pair<std::uint32_t, std::size_t>> documents;  // row, place among the lines
};

/// What one rule comes to in the lines, both ways. False: they differ.
bool agree(World& world, const Plan& plan, const eval::Options& options, const std::string& lines, std::size_t size,
           const std::vector<Line>& places, std::uint64_t seed, Numbers& n) {
  const ir::Program& program = world.book.program;
  const RulePlan& rule = plan.rules.front();
  Filler filler(plan.layout);
  Judge judge(plan);
  Side plain(plan), bound(plan);
  std::deque<Read> read;
  if (!filler.begin(std::string_view(lines).substr(0, size))) return false;
  for (std::size_t d = 0; d < places.size(); ++d) {
    read.emplace_back(world, lines.substr(places[d].begin, places[d].end - places[d].begin));
    ++n.documents;
    if (filler.add(places[d], plain.block)) {
      plain.documents.emplace_back(static_cast<std::uint32_t>(d), d);
      ++n.taken;
    } else if (read.back().document) {
      bound.documents.emplace_back(static_cast<std::uint32_t>(bound.documents.size()), d);
      add(plan.layout, *read.back().document, bound.block);
      ++n.bound;
    }
  }
  std::map<std::string, std::optional<Said>> by_facts;
  for (Side* side : {&plain, &bound}) {
    filler.finish(side->block);
    judge.run(side->block, side->judged);
    for (const auto& [row, d] : side->documents) {
      if ((side->block.sound >> row & 1U) == 0) continue;
      const std::string line = lines.substr(places[d].begin, places[d].end - places[d].begin);
      const std::optional<facts::Document>& document = read[d].document;
      if (!document) {
        ADD_FAILURE() << "seed " << seed << ": only columns take\n" << line;
        return false;
      }
      const std::optional<Said> machine = by_machine(program, *document, options, rule.rule);
      const std::vector<Asked>& ask = side->judged[row].ask;
      if (!ask.empty()) {
        ++n.asked;
        // Where it rests on the same facts the machine may be asked once.
        std::string key;
        if (!ask.front().keyed || !side->rows.key(side->block, rule.reads, row, key)) continue;
        const auto [known, fresh] = by_facts.emplace(key, machine);
        n.again += fresh ? 0 : 1;
        if (known->second == machine) continue;
        ADD_FAILURE() << "seed " << seed << " rule " << program.rules[rule.rule].name
                      << ": the same facts, another result\n"
                      << line << world.describe(Given{});
        return false;
      }
      if (!machine) {
        ++n.erring;
        continue;
      }
      const Said columns = by_columns(plan, side->block, side->judged[row]);
      for (const auto& [what, count] : *machine)
        n.results += what.find(' ') == std::string::npos ? static_cast<std::size_t>(count) : 0;
      if (*machine == columns) continue;
      ADD_FAILURE() << "seed " << seed << " rule " << program.rules[rule.rule].name << "\n"
                    << line << "\nmachine\n"
                    << text(*machine) << "columns\n"
                    << text(columns) << world.describe(Given{});
      return false;
    }
  }
  return true;
}

TEST_P(Agree, OnRandomProgramsAndDocuments) {
  Numbers n;
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + runs && failures < 3; ++seed) {
    World world(seed);
    const ir::Program& program = world.book.program;
    if (world.book.vocabulary->kinds.empty()) world.book.vocabulary->kinds = {"deployment"};
    for (const char* currency : {"EUR", "USD"}) (void)world.book.vocabulary->units.add_currency(currency);
    const eval::Plan remembered(program);
    eval::Options options{eval::testing::date("2026-11-22")};
    options.plan = &remembered;
    std::string lines;
    std::vector<Line> places;
    for (std::size_t d = 0; d < kDocuments; ++d) {
      std::string line;
      Given given = world.document();
      if (d != 0) simplify(given);
      if (!write(*world.book.vocabulary, given, "d" + std::to_string(d), line)) continue;
      for (int again = 0; again < (d == 1 ? 2 : 1); ++again) {
        places.push_back({lines.size(), lines.size() + line.size(), static_cast<std::uint32_t>(places.size())});
        lines += line + "\n";
      }
    }
    const std::size_t size = lines.size();
    lines.resize(size + Filler::padding());
    for (std::uint32_t r = 0; r < program.rules.size(); ++r)
      failures +=
          agree(world, compile(program, options, {ir::RuleId(r)}), options, lines, size, places, seed, n) ? 0 : 1;
  }
  std::printf(
      "%llu programs from seed %llu: %zu of %zu documents taken, %zu by way of the ordinary reader, %zu left to the "
      "machine (%zu for a second time), %zu with errors, %zu results compared\n",
      static_cast<unsigned long long>(runs), static_cast<unsigned long long>(first), n.taken, n.documents, n.bound,
      n.asked, n.again, n.erring, n.results);
  if (runs < 100) return;
  EXPECT_GT(n.taken * 4, n.documents);
  EXPECT_GT(n.bound * 4, n.documents);
  EXPECT_GT(n.results * 2, runs);
}

}  // namespace
}  // namespace writ::columns::testing
