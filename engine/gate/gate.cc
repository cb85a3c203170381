#include "engine/gate/gate.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/gate/tally.h"

namespace writ::gate {

namespace {

using eval::Verdict;

std::string many(std::size_t n, const char* one, const char* more) {
  return fmt::format("{} {}", n, n == 1 ? one : more);
}

/// In force on the day, or judged by days that only the document knows.
bool may_be_effective(const ir::Rule& rule, Date as_of) {
  if (rule.judged_on) return true;
  return std::any_of(rule.effective.begin(), rule.effective.end(),
                     [&](const ir::Effective& e) { return e.days.contains(as_of); });
}

void check_packs(const Result& result, const Options& options, Exit& exit, std::vector<int>& codes) {
  for (const PackInfo& pack : result.packs) {
    if (pack.broken) continue;
    if (pack.rules > 0 && pack.law_checked_until &&
        result.as_of > pack.law_checked_until->plus_days(options.max_rule_age_days)) {
      codes.push_back(kIncomplete);
      exit.causes.push_back(fmt::format("pack {} is older than --max-rule-age {}: its law was checked until {}",
                                        pack.name, options.max_rule_age_days, pack.law_checked_until->text()));
    }
  }
  for (const std::string& name : options.named_packs) {
    bool any = false;
    for (const ir::Rule& rule : result.program->rules) {
      const bool inside = rule.package == name || rule.package.starts_with(name + ".");
      any = any || (inside && may_be_effective(rule, result.as_of));
    }
    const bool broken = std::any_of(result.packs.begin(), result.packs.end(),
                                    [&](const PackInfo& p) { return p.broken && p.name == name; });
    if (!any && !broken) {
      codes.push_back(kIncomplete);
      exit.causes.push_back(fmt::format("pack {} has no rule in force on {}", name, result.as_of.text()));
    }
  }
}

bool counts(ir::Status status, ir::Severity severity, const eval::Judgement& judgement, const Options& options) {
  const bool gates = status == ir::Status::binding || (options.gate_draft && status == ir::Status::draft);
  if (!gates || !options.fail_on || severity < *options.fail_on) return false;
  switch (judgement.verdict) {
    case Verdict::gap:
    case Verdict::conflict: return true;
    case Verdict::undetermined: return judgement.at_risk && options.undetermined_fails;
    case Verdict::compliant:
    case Verdict::pending:
    case Verdict::waived:
    case Verdict::exempt:
    case Verdict::not_yet_due:
    case Verdict::not_applicable:
    case Verdict::not_effective:
    case Verdict::error:  // exit 3, whatever the gate says
      return false;
  }
  return false;
}

}  // namespace

bool counts(const ir::Program& program, ir::RuleId id, std::uint32_t requirement, const eval::Judgement& judgement,
            const Options& options) {
  const ir::Rule& rule = program.rules[id];
  return counts(rule.status, rule.requirements[requirement].severity, judgement, options);
}

bool counts(const ir::Program& program, const eval::Finding& finding, const Options& options) {
  const ir::Rule& rule = program.rules[finding.rule];
  return counts(rule.status, rule.requirements[finding.requirement].severity, finding.judgement, options);
}

bool counts(const ir::Portfolio& rule, const eval::PortfolioFinding& finding, const Options& options) {
  return counts(rule.status, rule.requirements[finding.requirement].severity, finding.judgement, options);
}

bool is_checked(const facts::Document& document, const std::vector<Row>& rows) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
    switch (row.verdict()) {
      case Verdict::compliant:
      case Verdict::gap:
      case Verdict::exempt:
      case Verdict::conflict:
      case Verdict::waived: return true;
      case Verdict::not_applicable:
        return std::any_of(row.finding.because.begin(), row.finding.because.end(),
                           [&](facts::FactId f) { return document[f].span.valid(); });
      case Verdict::undetermined:
      case Verdict::pending:
      case Verdict::not_yet_due:
      case Verdict::not_effective:
      case Verdict::error: return false;
    }
    return false;
  });
}

Summary summarize(const ir::Program& program, const std::vector<CheckedDocument>& documents,
                  const std::vector<PortfolioRow>& portfolios) {
  Summary s;
  const auto add = [&](ir::Status status, Verdict v, bool at_risk) {
    if (status != ir::Status::binding) {
      ++s.informational;
      return;
    }
    ++s.by_verdict[static_cast<std::size_t>(v)];
    if (v == Verdict::not_applicable || v == Verdict::not_effective) return;
    ++s.obligations;
    if (v != Verdict::undetermined) ++s.decided;
    if (at_risk && v != Verdict::waived) ++s.at_risk;
  };
  for (const CheckedDocument& d : documents)
    for (const Row& row : d.rows)
      add(program.rules[row.finding.rule].status, row.verdict(), row.finding.judgement.at_risk);
  for (const PortfolioRow& p : portfolios)
    for (const eval::PortfolioFinding& f : p.result.findings)
      add(program.portfolios[p.result.portfolio].status, f.judgement.verdict, f.judgement.at_risk);
  return s;
}

int worst(const std::vector<int>& codes) {
  for (int code : {kInternal, kIntegrity, kIo, kUsage, kInvalid, kLimit, kGap, kIncomplete}) {
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return code;
  }
  return kOk;
}

void Tally::add(const Tally& more) {
  documents += more.documents;
  unread += more.unread;
  unchecked += more.unchecked;
  errors += more.errors;
  too_large += more.too_large;
  gaps += more.gaps;
  conflicts += more.conflicts;
  at_risk += more.at_risk;
  failed += more.failed;
  met_errors += more.met_errors;
  nothing_left = nothing_left && more.nothing_left;
}

Tally tally_of(const Result& result) {
  Tally t;
  // A document over the size limit is not wrong: raising the limit would read it.
  const auto& diagnostics = result.diagnostics.items();
  t.too_large = static_cast<std::size_t>(std::count_if(
      diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.code == Code::document_too_large; }));
  t.errors = result.diagnostics.error_count() - t.too_large;
  t.documents = result.documents.size();
  t.unread = result.unread.size();
  for (const CheckedDocument& d : result.documents) {
    t.nothing_left = t.nothing_left && d.rows.empty();
    for (const Row& row : d.rows) {
      const Verdict v = row.finding.judgement.verdict;
      if (v == Verdict::error)
        ++t.failed;
      else if (!row.finding.errors.empty())
        ++t.met_errors;
      if (!row.counts) continue;
      t.gaps += v == Verdict::gap;
      t.conflicts += v == Verdict::conflict;
      t.at_risk += v == Verdict::undetermined;
    }
    if (!d.checked) ++t.unchecked;
  }
  for (const PortfolioRow& p : result.portfolios) {
    t.met_errors += p.result.errors.empty() ? 0 : 1;
    for (std::size_t i = 0; i < p.result.findings.size(); ++i) {
      const Verdict v = p.result.findings[i].judgement.verdict;
      t.failed += v == Verdict::error;
      if (!p.names[i].counts) continue;
      t.gaps += v == Verdict::gap;
      t.at_risk += v == Verdict::undetermined;
    }
  }
  return t;
}

Exit decide(const Result& result, const Options& options, const std::vector<std::string>& limits) {
  return decide(tally_of(result), result, options, limits);
}

Exit decide(const Tally& t, const Result& result, const Options& options, const std::vector<std::string>& limits) {
  Exit exit;
  std::vector<int> codes;
  const auto add = [&](int code, std::string cause) {
    codes.push_back(code);
    exit.causes.push_back(std::move(cause));
  };
  if (t.too_large > 0) {
    add(kLimit, many(t.too_large, "document larger than --max-input-bytes", "documents larger than --max-input-bytes"));
  }
  if (t.errors > 0) {
    add(kInvalid, many(t.errors, "error in rules or documents", "errors in rules or documents"));
  }
  if (t.failed > 0) add(kInvalid, many(t.failed, "rule could not be evaluated", "rules could not be evaluated"));
  if (t.met_errors > 0)
    add(kInvalid, many(t.met_errors, "verdict stands despite an error in its rule",
                       "verdicts stand despite errors in their rules"));
  for (const std::string& limit : limits) add(kLimit, limit);
  if (t.gaps > 0) add(kGap, many(t.gaps, "gap", "gaps"));
  if (t.conflicts > 0) add(kGap, many(t.conflicts, "conflict", "conflicts"));
  if (t.at_risk > 0) add(kIncomplete, many(t.at_risk, "undetermined at risk", "undetermined at risk"));
  if (!options.allow_unchecked && t.unchecked > 0)
    add(kIncomplete, many(t.unchecked, "document unchecked", "documents unchecked"));
  if (t.documents == 0 && t.unread == 0) add(kIncomplete, "no document found");
  if (result.rules_judged == 0) add(kIncomplete, "no rule to judge by");
  if (result.hidden > 0 && t.nothing_left) add(kIncomplete, "every result is hidden by the chosen role or party");
  if (result.rules_judged < options.min_rules) {
    add(kIncomplete, fmt::format("{} rules are fewer than --min-rules {}", result.rules_judged, options.min_rules));
  }
  const auto stale = std::count_if(result.waiver_uses.begin(), result.waiver_uses.end(),
                                   [](const WaiverUse& use) { return use.warns(); });
  if (options.strict_waivers && stale > 0)
    add(kIncomplete, many(static_cast<std::size_t>(stale), "waiver that covers nothing", "waivers that cover nothing"));
  check_packs(result, options, exit, codes);
  exit.code = worst(codes);
  return exit;
}

std::string exit_code_help() {
  return "Exit codes\n"
         "  0      evaluated completely; nothing counts for the gate\n"
         "  1      at least one gap or conflict counts\n"
         "  2      usage: unknown flag or bad value, a named path that is missing, an unknown rule or pack\n"
         "  3      rules or documents are invalid, or a rule could not be evaluated; the others are still reported\n"
         "  4      incomplete: undetermined at risk, a document that no rule could check, no document, too few or too "
         "old rules\n"
         "  5      integrity: a bundle of rules is damaged\n"
         "  6      a limit was reached\n"
         "  70     internal error\n"
         "  74     output cannot be written or input cannot be read\n"
         "  128+n  ended by signal n\n"
         "Several at once: 70 > 5 > 74 > 2 > 3 > 6 > 1 > 4 > 0. The last line on standard error names the code and its "
         "causes.\n";
}

}  // namespace writ::gate
