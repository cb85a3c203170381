// Contested law: what would be decided under each reading. Where all readings lead to one verdict, it stands, although
// nobody can say which of them is right.
#include <algorithm>

#include "engine/eval/rule.h"

namespace writ::eval {
namespace {

constexpr std::size_t kMostCombinations = 64;

std::size_t combinations(const ir::Program& program, const std::vector<ir::ReadingsId>& contested) {
  std::size_t out = 1;
  for (ir::ReadingsId id : contested) {
    out *= program.readings[id].readings.size();
    if (out > kMostCombinations) return 0;
  }
  return out;
}

// The verdict of one reading over all combinations with the readings of other items.
void widen(ReadingOutcome& out, const Judgement& more) {
  Judgement& j = out.judgement;
  if (j == more) return;
  if (j.verdict != Verdict::undetermined) j.could_be.insert(j.verdict);
  if (more.verdict != Verdict::undetermined) j.could_be.insert(more.verdict);
  for (Verdict v : more.could_be.list()) j.could_be.insert(v);
  j.verdict = Verdict::undetermined;
  j.at_risk = j.could_be.contains(Verdict::gap) || j.could_be.contains(Verdict::conflict) ||
              j.could_be.contains(Verdict::error);
}

}  // namespace

void RuleJudge::under_readings(const Subject& subject, Finding& finding, const std::vector<ir::ReadingsId>& contested) {
  if (finding.judgement.verdict != Verdict::undetermined || contested.empty()) return;
  const std::size_t count = combinations(m_.program, contested);
  if (count == 0) {
    finding.reason = Reason::contested;
    return;
  }
  const Machine::Chosen before = m_.readings();
  Machine::Chosen chosen = before;
  std::vector<ReadingOutcome> outcomes;
  std::vector<Finding> each;
  Outcomes all;
  for (std::size_t n = 0; n < count; ++n) {
    std::size_t rest = n;
    for (ir::ReadingsId id : contested) {
      const std::size_t size = m_.program.readings[id].readings.size();
      chosen[id] = static_cast<std::uint32_t>(rest % size);
      rest /= size;
    }
    m_.choose(chosen);
    std::vector<ir::ReadingsId> more;  // none but those hidden until now: they stay unknown
    const Case shared = prepare(subject);
    Finding f = judge_requirement(subject, shared, finding.requirement, more);
    judge_again(f, subject, shared);
    for (ir::ReadingsId id : contested) {
      const std::uint32_t reading = chosen[id];
      const auto it = std::find_if(outcomes.begin(), outcomes.end(),
                                   [&](const ReadingOutcome& o) { return o.readings == id && o.reading == reading; });
      if (it == outcomes.end())
        outcomes.push_back({id, reading, f.judgement});
      else
        widen(*it, f.judgement);
    }
    if (f.judgement.verdict != Verdict::undetermined) all.insert(f.judgement.verdict);
    for (Verdict v : f.judgement.could_be.list()) all.insert(v);
    each.push_back(std::move(f));
  }
  m_.choose(before);
  std::sort(outcomes.begin(), outcomes.end(), [](const ReadingOutcome& a, const ReadingOutcome& b) {
    return a.readings != b.readings ? a.readings < b.readings : a.reading < b.reading;
  });
  // Verdicts on one side are one verdict, as in the table: else a fact that moves one reading along its side would undo
  // the agreement.
  const Judgement settled = settle(all);
  const auto same = [&](const Finding& f) { return f.judgement == settled; };
  const bool agreed = settled.verdict != Verdict::undetermined || std::all_of(each.begin(), each.end(), same);
  if (agreed) {  // the quarrel does not matter here: what is missing, if anything, is facts
    // It rests on what the weakest of the readings rests on.
    const auto weaker = [](const Finding& a, const Finding& b) { return a.basis < b.basis; };
    const Basis basis = std::max_element(each.begin(), each.end(), weaker)->basis;
    std::vector<ir::PresumptionId> presumptions;
    for (const Finding& f : each) presumptions.insert(presumptions.end(), f.presumptions.begin(), f.presumptions.end());
    std::sort(presumptions.begin(), presumptions.end());
    presumptions.erase(std::unique(presumptions.begin(), presumptions.end()), presumptions.end());
    const auto it = std::find_if(each.begin(), each.end(), same);
    finding = std::move(it == each.end() ? each.front() : *it);
    finding.judgement = settled;
    finding.basis = basis;
    finding.presumptions = std::move(presumptions);
    if (settled.verdict != Verdict::undetermined) finding.readings = std::move(outcomes);
    return;
  }
  finding.reason = Reason::contested;
  finding.readings = std::move(outcomes);
}

}  // namespace writ::eval
