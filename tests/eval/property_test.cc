// Properties of evaluation on random law and random documents. WRIT_PROPERTY_RUNS sets the number of programs
// (optimised builds: 20,000), WRIT_PROPERTY_SEED the first seed; a failure prints its seed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "engine/eval/plan.h"
#include "tests/eval/generate.h"

namespace writ::eval::testing {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): tests are single-threaded
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

#ifdef NDEBUG
constexpr std::uint64_t kRuns = 20'000;
#else
constexpr std::uint64_t kRuns = 1'000;
#endif

enum class Side { favour, against, open };
Side side(Verdict v) {
  if (in_favour(v)) return Side::favour;
  return v == Verdict::undetermined ? Side::open : Side::against;
}

// One finding per rule, requirement and element; the one without an element may be the phantom or the empty list.
std::string name_of(const Finding& f) {
  return std::to_string(f.rule.index) + "." + std::to_string(f.requirement) + "/" + f.element_key;
}

bool allowed(Verdict before, Verdict after) {
  if (before == after || before == Verdict::undetermined) return true;
  switch (before) {
    case Verdict::not_applicable: return after == Verdict::not_effective || after == Verdict::not_yet_due;
    case Verdict::pending: return after == Verdict::compliant || after == Verdict::exempt;
    case Verdict::compliant: return after == Verdict::exempt;
    default: return false;
  }
}

constexpr Outcomes kNotDue{Verdict::not_applicable, Verdict::not_effective, Verdict::not_yet_due};
constexpr Outcomes kMet{Verdict::compliant, Verdict::exempt, Verdict::pending};

// What an undetermined verdict had announced covers what came: several outcomes on one side are reported as one of
// them.
bool announced(const Judgement& before, const Judgement& after) {
  if (before.verdict != Verdict::undetermined) return true;
  if (!before.at_risk && (after.at_risk || side(after.verdict) == Side::against)) return false;
  if (after.verdict == Verdict::undetermined) {
    // Within a side what could be may sharpen as a verdict may: pending to compliant to exempt.
    const auto foretold = [&](Verdict v) {
      const auto could = [&](Verdict w) { return before.could_be.contains(w); };
      return could(v) || (v == Verdict::compliant && could(Verdict::pending)) ||
             (v == Verdict::exempt && (could(Verdict::pending) || could(Verdict::compliant))) ||
             ((v == Verdict::not_effective || v == Verdict::not_yet_due) && could(Verdict::not_applicable));
    };
    const std::vector<Verdict> now = after.could_be.list();
    return std::all_of(now.begin(), now.end(), foretold);
  }
  if (before.could_be.contains(after.verdict)) return true;
  const auto group = [&](Outcomes g) {
    if (!g.contains(after.verdict)) return false;
    for (Verdict v : g.list())
      if (before.could_be.contains(v)) return true;
    return false;
  };
  return group(kNotDue) || group(kMet);
}

// The law of supply for one document before and after. Empty: it holds.
std::string violation(const DocumentResult& before, const DocumentResult& after) {
  std::map<std::string, const Finding*> now;
  for (const Finding& f : after.findings) now[name_of(f)] = &f;
  std::map<std::string, const Finding*> then;
  for (const Finding& f : before.findings) then[name_of(f)] = &f;
  for (const auto& [name, f] : then) {
    if (f->basis == Basis::presumed) continue;  // what was only presumed may turn out otherwise
    const auto it = now.find(name);
    if (it == now.end()) {
      // The element is filtered away or the list has become complete.
      if (!kNotDue.contains(f->judgement.verdict) && !f->judgement.could_be.contains(Verdict::not_applicable))
        return name + " vanished: " + text(*f);
      continue;
    }
    const Finding& g = *it->second;
    if (!allowed(f->judgement.verdict, g.judgement.verdict) || !announced(f->judgement, g.judgement))
      return name + ": " + text(*f) + " -> " + text(g);
  }
  // Elements that came out of an unknown or incomplete list are what the phantom had announced.
  for (const auto& [name, g] : now) {
    if (then.contains(name)) continue;
    const auto it = then.find(name.substr(0, name.find('/') + 1));
    if (it == then.end()) {
      if (g->element.valid()) return name + " came out of nothing";
      continue;
    }
    if (it->second->basis == Basis::presumed) continue;
    const Judgement& p = it->second->judgement;
    if (side(p.verdict) == Side::favour && side(g->judgement.verdict) != Side::favour)
      return name + " beside " + text(*it->second) + " is " + text(*g);
    if (!announced(p, g->judgement)) return name + " was announced as " + text(*it->second) + ", is " + text(*g);
  }
  for (std::size_t i = 0; i < before.scopes.size(); ++i)
    if (!before.scopes[i].holds.is_unknown() && before.scopes[i].holds != after.scopes[i].holds)
      return "a scope changed";
  for (std::size_t i = 0; i < before.classes.size(); ++i)
    for (std::size_t m = 0; m < 4; ++m)
      if (after.classes[i].candidates.possible[m] && !before.classes[i].candidates.possible[m])
        return "a classification got a new candidate";
  return {};
}

/// What two findings differ in; empty: nothing that may not depend on the order in which a rule is written.
std::string difference(const Finding& a, const Finding& b) {
  std::string out;
  const auto note = [&](bool same, const char* what) {
    if (!same) out += std::string(out.empty() ? "" : ", ") + what;
  };
  note(name_of(a) == name_of(b), "name");
  note(a.judgement == b.judgement, "judgement");
  note(a.scope == b.scope, "scope");
  note(a.applies == b.applies, "applies");
  note(a.exempt == b.exempt, "exempt");
  note(a.holds == b.holds, "holds");
  note(a.not_effective == b.not_effective, "why not effective");
  note(a.effective_date == b.effective_date, "effective date");
  note(a.because.size() == b.because.size(), "deciding facts");
  note(a.basis == b.basis, "basis");
  note(a.presumptions.size() == b.presumptions.size(), "presumptions");
  note(a.missing.size() == b.missing.size(), "missing facts");
  note(a.errors.size() == b.errors.size(), "errors");
  note(a.law.size() == b.law.size(), "missing law");
  return out;
}

std::string difference(const DocumentResult& a, const DocumentResult& b) {
  if (a.findings.size() != b.findings.size()) return "number of findings";
  for (std::size_t i = 0; i < a.findings.size(); ++i)
    if (const std::string wrong = difference(a.findings[i], b.findings[i]); !wrong.empty())
      return name_of(a.findings[i]) + ": " + text(a.findings[i]) + " / " + text(b.findings[i]) + ": " + wrong;
  for (std::size_t i = 0; i < a.classes.size(); ++i)
    if (!(a.classes[i].candidates == b.classes[i].candidates)) return "a classification";
  return {};
}

// The seeds are shared out, so that ctest runs the parts at the same time.
constexpr std::uint64_t kParts = 10;

class Properties : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  // Of each program; fewer, where very many programs are tried.
  std::uint64_t documents = setting("WRIT_PROPERTY_DOCUMENTS", 2), supplied = setting("WRIT_PROPERTY_SUPPLIES", 8);
  std::uint64_t all = setting("WRIT_PROPERTY_RUNS", kRuns), start = setting("WRIT_PROPERTY_SEED", 1);
  std::uint64_t first = start + all * GetParam() / kParts;
  std::uint64_t runs = start + all * (GetParam() + 1) / kParts - first;
};

INSTANTIATE_TEST_SUITE_P(Part, Properties, ::testing::Range(std::uint64_t{0}, kParts));

TEST_P(Properties, SupplyingFactsNeverMovesAVerdictAcrossSides) {
  std::map<std::string, long> seen;
  long supplies = 0;
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + runs && failures < 3; ++seed) {
    World world(seed);
    for (std::uint64_t d = 0; d < documents && failures < 3; ++d) {
      Given document = world.document();
      DocumentResult before = world.book.run(document);
      for (std::uint64_t s = 0; s < supplied; ++s) {
        const Given old = document;
        std::string what;
        if (!world.supply(document, what)) break;
        DocumentResult after = world.book.run(document);
        ++supplies;
        for (const Finding& f : after.findings) {
          ++seen[to_string(f.judgement.verdict)];
          if (f.basis == Basis::presumed) ++seen["presumed"];
        }
        if (const std::string wrong = violation(before, after); !wrong.empty()) {
          ++failures;
          ADD_FAILURE() << "seed " << seed << ", supplied " << what << ": " << wrong << "\n"
                        << world.describe(old) << "--- after\n"
                        << world.describe(document);
          break;
        }
        before = std::move(after);
      }
    }
  }
  std::string counts;
  for (const auto& [verdict, n] : seen) counts += verdict + " " + std::to_string(n) + ", ";
  std::printf("%llu programs from seed %llu, %ld supplies; verdicts: %s\n", static_cast<unsigned long long>(runs),
              static_cast<unsigned long long>(first), supplies, counts.c_str());
  // The generator must reach every verdict, or the property is empty.
  if (runs < 200) return;
  for (const char* v : {"compliant", "gap", "undetermined", "exempt", "not_yet_due", "not_applicable", "not_effective",
                        "error", "pending", "presumed"})  // conflicts are too rare for every part
    EXPECT_GT(seen[v], 0) << v;
}

TEST_P(Properties, OrderNeverMattersAndRunsRepeat) {
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + runs && failures < 3; ++seed) {
    World world(seed);
    const Given given = world.document();
    const facts::Document document = world.book.bind(given);
    const Options options{date("2026-11-22")};
    const DocumentResult result = evaluate(world.book.program, document, options);
    EXPECT_EQ(difference(result, evaluate(world.book.program, document, options)), "")
        << "seed " << seed << ": a second run differs";
    const ir::Program other = world.permuted();
    if (const std::string wrong = difference(result, evaluate(other, document, options)); !wrong.empty()) {
      ++failures;
      ADD_FAILURE() << "seed " << seed << ": " << wrong << "\n" << world.describe(given);
    }
  }
}

// The evaluator that remembers gives what the one gives that computes everything where it stands.
TEST_P(Properties, TheEvaluatorsAgree) {
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + runs && failures < 3; ++seed) {
    World world(seed);
    const Plan plan(world.book.program);
    Given document = world.document();
    for (std::uint64_t s = 0; s < 2 && failures < 3; ++s) {
      const facts::Document bound = world.book.bind(document);
      Options options{date("2026-11-22")};
      const DocumentResult naive = evaluate(world.book.program, bound, options);
      options.plan = &plan;
      const DocumentResult fast = evaluate(world.book.program, bound, options);
      if (naive != fast) {
        ++failures;
        ADD_FAILURE() << "seed " << seed << ": " << difference(naive, fast) << "\n" << world.describe(document);
      }
      std::string what;
      if (!world.supply(document, what)) break;
    }
  }
}

// An explanation exists for every finding, names only facts of the document, and never fails.
TEST_P(Properties, EveryFindingCanBeExplained) {
  long steps = 0;
  for (std::uint64_t seed = first; seed < first + runs / 4; ++seed) {
    World world(seed);
    const facts::Document document = world.book.bind(world.document());
    const Options options{date("2026-11-22")};
    for (const Finding& f : evaluate(world.book.program, document, options).findings) {
      const std::vector<Step> trail = trace(world.book.program, document, options, f);
      steps += static_cast<long>(trail.size());
      for (const Step& s : trail) EXPECT_FALSE(s.text.empty()) << "seed " << seed;
    }
  }
  EXPECT_TRUE(steps > 0 || runs < 100);
}

}  // namespace
}  // namespace writ::eval::testing
