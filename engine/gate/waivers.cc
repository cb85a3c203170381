#include "engine/gate/waivers.h"

#include <algorithm>
#include <set>

#include "engine/gate/result.h"

namespace writ::gate {

using eval::Verdict;

namespace {

bool names(const Waiver& waiver, const ir::Program& program, const facts::Document& document,
           const eval::Finding& finding) {
  const ir::Rule& rule = program.rules[finding.rule];
  if (waiver.document != document.id || waiver.rule != rule.id()) return false;
  if (!waiver.requirement.empty() && waiver.requirement != rule.requirements[finding.requirement].label) return false;
  if (waiver.key.empty()) return true;
  // Elements that nobody has stated have no key, so only a waiver of all of them covers those.
  return rule.for_each && rule.for_each->path == waiver.list && !finding.phantom && finding.element &&
         finding.element_key == waiver.key;
}

/// Larger: the more a person should know of it.
int weight(WaiverUse::State state) {
  switch (state) {
    case WaiverUse::State::elsewhere: return 0;
    case WaiverUse::State::names_none: return 1;
    case WaiverUse::State::needless: return 2;
    case WaiverUse::State::covers: return 3;
    case WaiverUse::State::early: return 4;
    case WaiverUse::State::lapsed: return 5;
    case WaiverUse::State::other: return 6;
  }
  return 0;
}

}  // namespace

std::string Waiver::target() const {
  std::string out = rule;
  if (!requirement.empty()) out += "." + requirement;
  if (!key.empty()) out += " for " + list + "[" + key + "]";
  return out + " in " + document;
}

std::vector<WaiverUse> apply_waivers(const std::vector<Waiver>& waivers, const ir::Program& program, Date as_of,
                                     std::vector<CheckedDocument>& documents) {
  std::vector<WaiverUse> uses(waivers.size());
  for (std::uint32_t i = 0; i < waivers.size(); ++i) {
    const Waiver& waiver = waivers[i];
    WaiverUse& use = uses[i];
    use.lapses_soon = waiver.expires >= as_of && waiver.expires <= as_of.plus_days(kLapsesSoonDays);
    const auto met = [&](WaiverUse::State state) {
      if (weight(state) > weight(use.state)) use.state = state;
    };
    for (CheckedDocument& document : documents) {
      if (document.document.id != waiver.document) continue;
      const bool judged = std::any_of(document.rows.begin(), document.rows.end(), [&](const Row& row) {
        return program.rules[row.finding.rule].id() == waiver.rule;
      });
      if (!judged) continue;
      met(WaiverUse::State::names_none);
      for (Row& row : document.rows) {
        if (!names(waiver, program, document.document, row.finding)) continue;
        const Verdict verdict = row.finding.judgement.verdict;
        const bool against = verdict == Verdict::gap || verdict == Verdict::conflict || verdict == Verdict::error ||
                             row.finding.judgement.at_risk;
        if (verdict == waiver.covers && waiver.expires < as_of) {
          met(WaiverUse::State::lapsed);
        } else if (verdict == waiver.covers && waiver.from > as_of) {
          met(WaiverUse::State::early);
        } else if (verdict == waiver.covers) {
          met(WaiverUse::State::covers);
          ++use.covered;
          if (!row.waiver) row.waiver = i;
          row.counts = false;
        } else if (against) {
          met(WaiverUse::State::other);
          const std::string word = eval::words(verdict);
          if (std::find(use.verdicts.begin(), use.verdicts.end(), word) == use.verdicts.end())
            use.verdicts.push_back(word);
        } else {
          met(WaiverUse::State::needless);
        }
      }
    }
  }
  return uses;
}

}  // namespace writ::gate
