#include "engine/cli/check_arguments.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "engine/cli/outputs.h"

namespace writ::cli {

namespace {

std::optional<ir::Severity> severity_of(const std::string& name) {
  for (ir::Severity s : {ir::Severity::low, ir::Severity::medium, ir::Severity::high, ir::Severity::critical}) {
    if (name == ir::to_string(s)) return s;
  }
  return std::nullopt;  // never
}

}  // namespace

std::optional<run::Request> request_of(const CheckArguments& args) {
  const auto wrong = [](int) { return std::nullopt; };
  run::Request request;
  request.rules = load_options(args.common);
  if (request.rules.search.empty() && args.common.rules.empty()) {
    return wrong(usage_error("no rule book found", "set WRIT_RULES to the folder of the rules, or name them with -r"));
  }
  request.paths = args.paths;
  request.include = args.include;
  request.exclude = args.exclude;
  request.only_rules = args.only_rules;
  request.skip_rules = args.skip_rules;
  request.jurisdictions = args.jurisdictions;
  request.roles = args.roles;
  if (args.party.size() > 1) return wrong(usage_error("--party takes one party", "run it once for each"));
  if (!args.party.empty()) request.party = args.party.front();
  if (request.party && request.party->empty()) return wrong(usage_error("--party takes the key of a party"));
  request.limits.max_bytes = args.max_input_bytes;
  request.limits.max_depth = static_cast<std::uint32_t>(args.max_depth);
  request.max_steps = args.max_steps;
  const auto as_of = args.as_of.empty() ? std::optional<Date>(Date::today_utc()) : Date::parse(args.as_of.back());
  if (!as_of) return wrong(usage_error("--as-of takes a date like 2025-01-30, not `" + args.as_of.back() + "`"));
  request.as_of = *as_of;
  const auto known =
      args.law_known_at.empty() ? std::optional<Date>(Date::today_utc()) : Date::parse(args.law_known_at.back());
  if (!known)
    return wrong(usage_error("--law-known-at takes a date like 2025-01-30, not `" + args.law_known_at.back() + "`"));
  request.law_known_at = *known;
  for (const std::string& reading : args.readings) {
    if (reading.find('=') == std::string::npos || reading.starts_with('=') || reading.ends_with('='))
      return wrong(usage_error("--reading takes TERM=NAME, not `" + reading + "`"));
  }
  request.readings = args.readings;
  request.tables = args.tables;
  if (args.waivers.size() > 1) return wrong(usage_error("--waivers takes one file"));
  if (!args.waivers.empty()) request.waivers = args.waivers.front();
  if (args.baseline.size() > 1) return wrong(usage_error("--baseline takes one file"));
  if (!args.baseline.empty()) request.baseline = args.baseline.front();
  if (args.undetermined == "new" && args.baseline.empty())
    return wrong(usage_error("--undetermined new needs a baseline", "make one with `writ baseline create`"));
  request.gate = {severity_of(args.fail_on),
                  args.undetermined != "allow",
                  args.gate_draft,
                  args.allow_unchecked,
                  static_cast<std::size_t>(args.min_rules),
                  static_cast<int>(args.max_rule_age),
                  {},
                  args.undetermined == "new",
                  args.new_rules == "fail",
                  args.strict_waivers};
  for (const std::string& r : args.common.rules) {
    if (r.find('/') == std::string::npos && !std::filesystem::exists(r)) request.gate.named_packs.push_back(r);
  }
  return request;
}

std::optional<int> refuse_usage(const run::Outcome& outcome, const Common& common) {
  if (outcome.usage.empty() && !outcome.refused.has_errors()) return std::nullopt;
  Diagnostics refused = outcome.refused;
  refused.sort(outcome.session->sources);
  for (const Diagnostic& d : refused.items())
    std::fputs(
        (writ::render(d, outcome.session->sources, common.use_color(::isatty(STDERR_FILENO) != 0)) + "\n").c_str(),
        stderr);
  for (const run::UsageError& e : outcome.usage) usage_error(e.message, e.help);
  closing_line(gate::kUsage, {"nothing was evaluated"}, false);
  return gate::kUsage;
}

void add_check_arguments(const Command& c, CheckArguments& args) {
  constexpr std::uint64_t kAny = UINT64_MAX;
  c.list("path", args.paths, "Files, folders, or - for standard input", "PATH", true);
  add_common(c, args.common);
  c.list("--as-of", args.as_of, "Day of the assessment, YYYY-MM-DD (default: today, UTC)", "DATE");
  c.list("--law-known-at", args.law_known_at, "Judge by the law known on this day, YYYY-MM-DD (default: today, UTC)",
         "DATE");
  c.list("--table", args.tables, "Supply a list that the rule book leaves to you; repeatable", "NAME=FILE");
  c.list("--reading", args.readings, "Choose a reading of contested law; repeatable", "TERM=NAME");
  c.list("--waivers", args.waivers, "File of waivers: gaps that somebody answers for, for a time", "FILE");
  c.list("--baseline", args.baseline, "File of a baseline: what it holds does not count (writ baseline create)",
         "FILE");
  c.text("--new-rules", args.new_rules, "With a baseline: rules that its book did not have fail, or only warn", "MODE",
         {"fail", "warn"});
  c.flag("--strict-waivers", args.strict_waivers, "Exit 4 when a waiver has lapsed or covers nothing");
  c.list("--rule", args.only_rules, "Only this rule (id, or a pattern with *); repeatable", "ID");
  c.list("--skip-rule", args.skip_rules, "Not this rule; repeatable", "ID");
  c.list("--jurisdiction", args.jurisdictions, "Only rules of instruments of this jurisdiction; repeatable", "CODE");
  c.list("--role", args.roles, "Only results of rules that bind this role; repeatable; says how many it hides", "ROLE");
  c.list(
      "--party", args.party,
      "Only results of duties that this party owes or may owe, and of rules that bind nobody; says how many it hides",
      "KEY");
  c.list("--include", args.include, "Below folders, only paths that match; repeatable", "GLOB");
  c.list("--exclude", args.exclude, "Below folders, not paths that match; repeatable", "GLOB");
  c.text("--fail-on", args.fail_on, "Least severity that counts: critical, high, medium, low, or never", "SEVERITY",
         {"critical", "high", "medium", "low", "never"});
  c.text("--undetermined", args.undetermined,
         "fail or allow results that could be gaps; new: only what the baseline does not hold fails", "MODE",
         {"fail", "new", "allow"});
  c.number("--min-rules", args.min_rules, 0, kAny, "Exit 4 when fewer rules were judged", "N");
  c.number("--max-rule-age", args.max_rule_age, 0, 36500,
           "Exit 4 when a pack's law was checked more than DAYS before the as-of date (180)", "DAYS");
  c.flag("--gate-draft", args.gate_draft, "Draft rules count too");
  c.flag("--allow-unchecked", args.allow_unchecked, "Tolerate documents that no rule could check");
  c.number("--max-input-bytes", args.max_input_bytes, 1, kAny, "Largest document file (67108864)", "N");
  c.number("--max-depth", args.max_depth, 1, 128, "Deepest nesting of a document (64)", "N");
  c.number("--max-steps", args.max_steps, 1, kAny, "Evaluation steps for one document (50000000)", "N");
}

void add_check_outputs(const Command& c, CheckArguments& args) {
  c.text("-f,--format", args.format, format_words(), "FORMAT", format_names());
  c.flag("--sarif-all", args.sarif_all, "In SARIF also the results that need no attention");
  c.flag("--summary-only", args.summary_only, "Of lines of JSON: one line for all documents, with -f jsonl");
  c.number("-j,--jobs", args.jobs, 0, 1024, "Threads for lines of JSON (0: as many as there are cores)", "N");
  c.flag("--no-progress", args.no_progress, "No progress on standard error");
  c.list("-o", args.outputs, "Also write FORMAT=FILE, whole or not at all; repeatable", "FORMAT=FILE");
  c.flag("--exit-zero", args.exit_zero, "Exit 0 although something counts, and say so");
  c.flag("--list", args.list, "Only list what would be checked");
}

}  // namespace writ::cli
