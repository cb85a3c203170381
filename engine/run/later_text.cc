#include "engine/run/later_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace writ::run {

namespace {

using Key = std::tuple<ir::RuleId, std::uint32_t, facts::FactId, bool>;

Key key_of(const eval::Finding& f) { return {f.rule, f.requirement, f.element, f.phantom}; }

std::map<Key, eval::Judgement> judgements(const ir::Program& program, eval::Plans& plans,
                                          const facts::Document& document, eval::Options options,
                                          const std::vector<ir::RuleId>& rules) {
  options.plan = &plans.of(program);
  std::map<Key, eval::Judgement> out;
  for (const eval::Finding& f : eval::evaluate(program, document, options, rules).findings)
    out.emplace(key_of(f), f.judgement);
  return out;
}

/// Amendments that were published after `known_at` and touch the rule, its exceptions or transitional clauses; where
/// they touch only what the rule reads, those of the day.
std::vector<ir::AmendmentId> amendments(const ir::Program& latest, ir::RuleId id, Date known_at, Date published) {
  std::set<ir::AmendmentId> out;
  const auto add = [&](const ir::History& history) {
    for (const ir::Amended& a : history.amended)
      if (latest.amendments[a.amendment].published > known_at) out.insert(a.amendment);
  };
  const ir::Rule& rule = latest.rules[id];
  add(rule.history);
  for (ir::ExceptionId e : rule.exceptions) add(latest.exceptions[e].history);
  for (ir::TransitionalId t : rule.transitionals) add(latest.transitionals[t].history);
  for (std::uint32_t i = 0; out.empty() && i < latest.amendments.size(); ++i)
    if (latest.amendments[ir::AmendmentId(i)].published == published) out.insert(ir::AmendmentId(i));
  return {out.begin(), out.end()};
}

}  // namespace

void add_later_text(session::Session& session, eval::Plans& plans, Date known_at, const facts::Document& document,
                    const eval::Options& options, const std::vector<ir::RuleId>& rules,
                    std::vector<eval::Finding>& findings) {
  const ir::Program& latest = session.program;
  if (&session.program_known(known_at) == &latest || rules.empty()) return;
  const std::map<Key, eval::Judgement> later = judgements(latest, plans, document, options, rules);
  std::map<Key, eval::Finding*> open;
  std::set<ir::RuleId> concerned;
  for (eval::Finding& f : findings) {
    const auto it = later.find(key_of(f));
    if (it == later.end() || it->second.verdict == f.judgement.verdict) continue;
    f.later = eval::LaterText{it->second, Date::max(), {}};
    open.emplace(key_of(f), &f);
    concerned.insert(f.rule);
  }
  // The first text that changes each, which need not be the last that does.
  for (Date day : latest.publications) {
    if (day <= known_at || open.empty()) continue;
    const auto then =
        judgements(session.program_known(day), plans, document, options, {concerned.begin(), concerned.end()});
    std::erase_if(open, [&](const auto& entry) {
      const auto& [key, finding] = entry;
      const auto it = then.find(key);
      if (it == then.end() || it->second.verdict == finding->judgement.verdict) return false;
      finding->later->published = day;
      finding->later->amendments = amendments(latest, finding->rule, known_at, day);
      return true;
    });
  }
}

}  // namespace writ::run
