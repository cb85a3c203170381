#include "engine/gate/baseline.h"

#include <algorithm>

#include "engine/gate/gate.h"

namespace writ::gate {

using eval::Verdict;

namespace {

bool is_adverse(const eval::Judgement& j) {
  return j.verdict == Verdict::gap || j.verdict == Verdict::conflict ||
         (j.verdict == Verdict::undetermined && j.at_risk);
}

/// What of it is against a document.
eval::Outcomes adverse(eval::Outcomes outcomes) {
  eval::Outcomes out;
  for (Verdict v : {Verdict::gap, Verdict::conflict, Verdict::error})
    if (outcomes.contains(v)) out.insert(v);
  return out;
}

}  // namespace

const char* to_string(Standing standing) {
  switch (standing) {
    case Standing::none: return "";
    case Standing::held: return "held";
    case Standing::fresh: return "new";
    case Standing::new_rule: return "new_rule";
  }
  return "";
}

bool holds(const Baseline::Entry& entry, const eval::Judgement& j) {
  switch (j.verdict) {
    case Verdict::conflict: return entry.verdict == Verdict::conflict;
    case Verdict::gap: return entry.verdict == Verdict::conflict || entry.verdict == Verdict::gap;
    case Verdict::undetermined: {
      const eval::Outcomes now = adverse(j.could_be);
      if (now.contains(Verdict::conflict) && entry.verdict == Verdict::gap) return false;
      return entry.verdict != Verdict::undetermined || now.subset_of(adverse(entry.could_be));
    }
    default: return false;
  }
}

Baseline make_baseline(const std::vector<CheckedDocument>& documents, const Result& result, Date expires) {
  Baseline out;
  out.as_of = result.as_of;
  out.expires = expires;
  out.digest = result.rules_digest;
  const auto add = [&](const std::string& fingerprint, const std::string& rule, const std::string& document,
                       const eval::Judgement& j) {
    if (is_adverse(j)) out.entries[fingerprint] = {rule, document, j.verdict, j.could_be};
  };
  for (const CheckedDocument& d : documents)
    for (const Row& row : d.rows) {
      const std::string rule = result.program->rules[row.finding.rule].id();
      out.rules.insert(rule);
      if (row.counts) add(row.fingerprint, rule, d.document.id, row.finding.judgement);
    }
  for (const PortfolioRow& p : result.portfolios)
    for (std::size_t i = 0; i < p.names.size(); ++i) {
      const std::string rule = result.program->portfolios[p.result.portfolio].id();
      out.rules.insert(rule);
      if (p.names[i].counts) add(p.names[i].fingerprint, rule, "", p.result.findings[i].judgement);
    }
  return out;
}

BaselineUse apply_baseline(const Baseline& baseline, Result& result, const Options& options) {
  BaselineUse use;
  use.lapsed = result.as_of > baseline.expires;
  std::set<std::string> open;  // fingerprints of what still speaks against a document
  const auto stand = [&](const std::string& fingerprint, const std::string& rule, const eval::Judgement& j,
                         bool& counts) {
    if (is_adverse(j)) open.insert(fingerprint);
    if (!counts) return Standing::none;
    if (!use.lapsed && !baseline.rules.contains(rule)) {
      ++use.new_rule;
      counts = options.new_rules_fail;
      return Standing::new_rule;
    }
    const auto entry = baseline.entries.find(fingerprint);
    const bool may_hold = j.verdict != Verdict::undetermined || options.undetermined_new;
    if (!use.lapsed && may_hold && entry != baseline.entries.end() && holds(entry->second, j)) {
      ++use.held;
      counts = false;
      return Standing::held;
    }
    ++use.fresh;
    return Standing::fresh;
  };
  std::set<std::string> judged;
  for (CheckedDocument& d : result.documents) {
    judged.insert(d.document.id);
    for (Row& row : d.rows)
      row.standing =
          stand(row.fingerprint, result.program->rules[row.finding.rule].id(), row.finding.judgement, row.counts);
  }
  for (PortfolioRow& p : result.portfolios)
    for (std::size_t i = 0; i < p.names.size(); ++i)
      p.names[i].standing = stand(p.names[i].fingerprint, result.program->portfolios[p.result.portfolio].id(),
                                  p.result.findings[i].judgement, p.names[i].counts);
  for (const auto& [fingerprint, entry] : baseline.entries)
    if (!open.contains(fingerprint) && judged.contains(entry.document)) use.fixed.push_back(fingerprint);
  return use;
}

}  // namespace writ::gate
