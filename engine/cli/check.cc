#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>

#include "engine/cli/command.h"
#include "engine/cli/outputs.h"
#include "engine/cli/stream.h"
#include "engine/report/brief.h"
#include "engine/report/formats.h"
#include "engine/report/report.h"
#include "engine/run/documents.h"
#include "engine/run/run.h"
#include "engine/run/stream.h"

namespace writ::cli {

namespace {

struct CheckArguments {
  Common common;
  std::vector<std::string> paths;
  std::vector<std::string> as_of;         // a list, so that an empty DATE is a bad date and not none
  std::vector<std::string> law_known_at;  // likewise
  std::vector<std::string> readings;
  std::vector<std::string> tables;
  std::vector<std::string> waivers;  // a list, so that an empty FILE is a bad file and not none
  std::string format = "pretty";
  std::vector<std::string> outputs;
  std::vector<std::string> only_rules, skip_rules, jurisdictions, roles, party, include, exclude;
  std::string fail_on = "low";
  std::string undetermined = "fail";
  std::uint64_t min_rules = 0, max_rule_age = 180;
  std::uint64_t jobs = 0;
  bool summary_only = false, no_progress = false;
  bool sarif_all = false;
  bool gate_draft = false, allow_unchecked = false, exit_zero = false, list = false, strict_waivers = false;
  std::uint64_t max_input_bytes = 64ull << 20;
  std::uint64_t max_depth = 64;
  std::uint64_t max_steps = 50'000'000;
};

std::optional<ir::Severity> severity_of(const std::string& name) {
  for (ir::Severity s : {ir::Severity::low, ir::Severity::medium, ir::Severity::high, ir::Severity::critical}) {
    if (name == ir::to_string(s)) return s;
  }
  return std::nullopt;  // never
}

/// The formats of one result; the sheet that most of them are made of is made once.
class Renderer {
 public:
  Renderer(const gate::Result& result, const CheckArguments& args) : result_(result), args_(args) {}
  std::string operator()(const std::string& format, bool terminal) {
    if (format == "json") return report::json(result_);
    if (format == "jsonl") return report::brief(result_);
    if (const report::Format* f = report::format(format); f != nullptr) {
      if (!sheet_) sheet_ = report::sheet(result_);
      return f->render(*sheet_, {args_.sarif_all});
    }
    report::PrettyOptions options;
    options.color = args_.common.use_color(terminal);
    options.verbosity = args_.common.quiet ? -1 : args_.common.verbose;
    return report::pretty(result_, options);
  }

 private:
  const gate::Result& result_;
  const CheckArguments& args_;
  std::optional<report::Sheet> sheet_;
};

int list_only(const CheckArguments& args, const run::Request& request) {
  Diagnostics problems;
  const run::Found found = run::find_documents(request.paths, request.include, request.exclude, problems);
  if (!found.missing.empty()) return usage_error("no such file or folder: " + found.missing.front());
  const auto session = session::load(request.rules);
  if (const auto code = refuse_bundle(*session, args.common)) return *code;
  print_diagnostics(*session, args.common);
  std::string out;
  for (const run::DocumentFile& f : found.files) out += f.path + (f.named ? "\n" : "  (if its first key is `writ`)\n");
  out += fmt::format("{} files, {} rules of {} packs\n", found.files.size(), session->program.rules.size(),
                     session->packs.size());
  if (!write_out(out)) return gate::kIo;
  return session->ok() ? gate::kOk : gate::kInvalid;
}

int run_check(const CheckArguments& args) {
  run::Request request;
  request.rules = load_options(args.common);
  if (request.rules.search.empty() && args.common.rules.empty()) {
    return usage_error("no rule book found", "set WRIT_RULES to the folder of the rules, or name them with -r");
  }
  request.paths = args.paths;
  request.include = args.include;
  request.exclude = args.exclude;
  request.only_rules = args.only_rules;
  request.skip_rules = args.skip_rules;
  request.jurisdictions = args.jurisdictions;
  request.roles = args.roles;
  if (args.party.size() > 1) return usage_error("--party takes one party", "run it once for each");
  if (!args.party.empty()) request.party = args.party.front();
  if (request.party && request.party->empty()) return usage_error("--party takes the key of a party");
  request.limits.max_bytes = args.max_input_bytes;
  request.limits.max_depth = static_cast<std::uint32_t>(args.max_depth);
  request.max_steps = args.max_steps;
  const auto as_of = args.as_of.empty() ? std::optional<Date>(Date::today_utc()) : Date::parse(args.as_of.back());
  if (!as_of) return usage_error("--as-of takes a date like 2025-01-30, not `" + args.as_of.back() + "`");
  request.as_of = *as_of;
  const auto known =
      args.law_known_at.empty() ? std::optional<Date>(Date::today_utc()) : Date::parse(args.law_known_at.back());
  if (!known) return usage_error("--law-known-at takes a date like 2025-01-30, not `" + args.law_known_at.back() + "`");
  request.law_known_at = *known;
  for (const std::string& reading : args.readings) {
    if (reading.find('=') == std::string::npos || reading.starts_with('=') || reading.ends_with('='))
      return usage_error("--reading takes TERM=NAME, not `" + reading + "`");
  }
  request.readings = args.readings;
  request.tables = args.tables;
  if (args.waivers.size() > 1) return usage_error("--waivers takes one file");
  if (!args.waivers.empty()) request.waivers = args.waivers.front();
  request.gate = {severity_of(args.fail_on),
                  args.undetermined == "fail",
                  args.gate_draft,
                  args.allow_unchecked,
                  static_cast<std::size_t>(args.min_rules),
                  static_cast<int>(args.max_rule_age),
                  {},
                  args.strict_waivers};
  for (const std::string& r : args.common.rules) {
    if (r.find('/') == std::string::npos && !std::filesystem::exists(r)) request.gate.named_packs.push_back(r);
  }
  const auto outputs = outputs_of(args.outputs);
  if (!outputs) return gate::kUsage;
  if (args.list) return list_only(args, request);
  const bool streams = args.format == "jsonl" && outputs->empty() && run::can_stream(request);
  if (args.summary_only && !streams)
    return usage_error("--summary-only is for lines of JSON with -f jsonl, without -o, waivers, --role and --party");
  for (const std::string& path : args.paths) {
    if (path != "-" || streams) continue;
    request.standard_input = std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
    break;
  }
  bool written = true;
  const run::Outcome outcome =
      streams ? run_stream(request, {static_cast<unsigned>(args.jobs), args.summary_only, !args.no_progress}, written)
              : run::check(request);
  if (const auto code = refuse_bundle(*outcome.session, args.common)) return *code;
  if (!outcome.usage.empty() || outcome.refused.has_errors()) {
    Diagnostics refused = outcome.refused;
    refused.sort(outcome.session->sources);
    for (const Diagnostic& d : refused.items())
      std::fputs((writ::render(d, outcome.session->sources, args.common.use_color(::isatty(STDERR_FILENO) != 0)) + "\n")
                     .c_str(),
                 stderr);
    for (const run::UsageError& e : outcome.usage) usage_error(e.message, e.help);
    closing_line(gate::kUsage, {"nothing was evaluated"}, false);
    return gate::kUsage;
  }
  std::vector<int> codes{outcome.result.exit.code};
  std::vector<std::string> causes = outcome.result.exit.causes;
  Renderer render(outcome.result, args);
  if (streams ? !written : !write_out(render(args.format, ::isatty(STDOUT_FILENO) != 0))) codes.push_back(gate::kIo);
  if (streams) causes.insert(causes.end(), outcome.result.notes.begin(), outcome.result.notes.end());
  for (const Output& output : *outputs) {
    if (!write_file(output.path, render(output.format, false))) codes.push_back(gate::kIo);
  }
  if (args.format == "github" && !append_to_job_summary(render("markdown", false))) codes.push_back(gate::kIo);
  int code = gate::worst(codes);
  if (code == gate::kIo) causes.insert(causes.begin(), "output cannot be written");
  const bool tolerated = args.exit_zero && (code == gate::kGap || code == gate::kIncomplete);
  if (tolerated) {
    causes.insert(causes.begin(), fmt::format("exit {} turned into 0 by --exit-zero", code));
    code = gate::kOk;
  }
  closing_line(code, causes, args.common.quiet && !tolerated);
  return code;
}

}  // namespace

void add_check(const Command& program, int& code) {
  auto args = std::make_shared<CheckArguments>();
  const Command c = program.subcommand("check", "Evaluate documents against the rule book and report the gaps");
  constexpr std::uint64_t kAny = UINT64_MAX;
  c.list("path", args->paths, "Files, folders, or - for standard input", "PATH", true);
  add_common(c, args->common);
  c.list("--as-of", args->as_of, "Day of the assessment, YYYY-MM-DD (default: today, UTC)", "DATE");
  c.list("--law-known-at", args->law_known_at, "Judge by the law known on this day, YYYY-MM-DD (default: today, UTC)",
         "DATE");
  c.list("--table", args->tables, "Supply a list that the rule book leaves to you; repeatable", "NAME=FILE");
  c.list("--reading", args->readings, "Choose a reading of contested law; repeatable", "TERM=NAME");
  c.list("--waivers", args->waivers, "File of waivers: gaps that somebody answers for, for a time", "FILE");
  c.flag("--strict-waivers", args->strict_waivers, "Exit 4 when a waiver has lapsed or covers nothing");
  c.text("-f,--format", args->format, format_words(), "FORMAT", format_names());
  c.flag("--sarif-all", args->sarif_all, "In SARIF also the results that need no attention");
  c.flag("--summary-only", args->summary_only, "Of lines of JSON: one line for all documents, with -f jsonl");
  c.number("-j,--jobs", args->jobs, 0, 1024, "Threads for lines of JSON (0: as many as there are cores)", "N");
  c.flag("--no-progress", args->no_progress, "No progress on standard error");
  c.list("-o", args->outputs, "Also write FORMAT=FILE, whole or not at all; repeatable", "FORMAT=FILE");
  c.list("--rule", args->only_rules, "Only this rule (id, or a pattern with *); repeatable", "ID");
  c.list("--skip-rule", args->skip_rules, "Not this rule; repeatable", "ID");
  c.list("--jurisdiction", args->jurisdictions, "Only rules of instruments of this jurisdiction; repeatable", "CODE");
  c.list("--role", args->roles, "Only results of rules that bind this role; repeatable; says how many it hides",
         "ROLE");
  c.list(
      "--party", args->party,
      "Only results of duties that this party owes or may owe, and of rules that bind nobody; says how many it hides",
      "KEY");
  c.list("--include", args->include, "Below folders, only paths that match; repeatable", "GLOB");
  c.list("--exclude", args->exclude, "Below folders, not paths that match; repeatable", "GLOB");
  c.text("--fail-on", args->fail_on, "Least severity that counts: critical, high, medium, low, or never", "SEVERITY",
         {"critical", "high", "medium", "low", "never"});
  c.text("--undetermined", args->undetermined, "fail or allow results that could be gaps", "MODE", {"fail", "allow"});
  c.number("--min-rules", args->min_rules, 0, kAny, "Exit 4 when fewer rules were judged", "N");
  c.number("--max-rule-age", args->max_rule_age, 0, 36500,
           "Exit 4 when a pack's law was checked more than DAYS before the as-of date (180)", "DAYS");
  c.flag("--gate-draft", args->gate_draft, "Draft rules count too");
  c.flag("--allow-unchecked", args->allow_unchecked, "Tolerate documents that no rule could check");
  c.flag("--exit-zero", args->exit_zero, "Exit 0 although something counts, and say so");
  c.flag("--list", args->list, "Only list what would be checked");
  c.number("--max-input-bytes", args->max_input_bytes, 1, kAny, "Largest document file (67108864)", "N");
  c.number("--max-depth", args->max_depth, 1, 128, "Deepest nesting of a document (64)", "N");
  c.number("--max-steps", args->max_steps, 1, kAny, "Evaluation steps for one document (50000000)", "N");
  c.action([args] { return run_check(*args); }, code);
}

}  // namespace writ::cli
