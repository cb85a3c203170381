// `writ baseline`: what an estate owes today is written down, so that a gate counts only what comes on top.
#include <fmt/format.h>

#include <memory>

#include "engine/cli/check_arguments.h"
#include "engine/gate/baseline.h"
#include "engine/gate/gate.h"
#include "engine/report/report.h"

namespace writ::cli {

namespace {

struct BaselineArguments {
  CheckArguments check;
  std::string file, expires;
};

/// The documents judged, or the exit code. Nothing but what counts moves a baseline: what could not be read or decided
/// by an error is mended first.
std::optional<run::Outcome> judged(const BaselineArguments& args, bool against, int& code) {
  std::optional<run::Request> request = request_of(args.check);
  if (!request) {
    code = gate::kUsage;
    return std::nullopt;
  }
  if (against) {
    request->baseline = args.file;
    request->gate.undetermined_new = true;
  }
  run::Outcome outcome = run::check(*request);
  const auto bundle = refuse_bundle(*outcome.session, args.check.common);
  const auto usage = bundle ? bundle : refuse_usage(outcome, args.check.common);
  const int result = outcome.result.exit.code;
  if (usage) {
    code = *usage;
  } else if (result != gate::kOk && result != gate::kGap && result != gate::kIncomplete) {
    print_diagnostics(*outcome.session, args.check.common);
    closing_line(result, outcome.result.exit.causes, false);
    code = result;
  } else if (outcome.result.documents.empty() || outcome.result.rules_judged == 0) {
    closing_line(gate::kIncomplete, outcome.result.exit.causes, false);
    code = gate::kIncomplete;
  } else {
    return outcome;
  }
  return std::nullopt;
}

int write(const BaselineArguments& args, const gate::Baseline& baseline, const std::string& what) {
  if (!write_file(args.file, report::baseline(baseline))) {
    closing_line(gate::kIo, {"the baseline cannot be written"}, false);
    return gate::kIo;
  }
  const std::string said = fmt::format("{}: {}, until {}\n", args.file, what, baseline.expires.text());
  return write_out(said) ? gate::kOk : gate::kIo;
}

int create(const BaselineArguments& args) {
  int code = 0;
  const std::optional<run::Outcome> outcome = judged(args, false, code);
  if (!outcome) return code;
  const Date last = outcome->result.as_of.plus_months(gate::kLongestBaselineMonths);
  const auto expires = args.expires.empty() ? std::optional(last) : Date::parse(args.expires);
  if (!expires || *expires > last || *expires < outcome->result.as_of)
    return usage_error("--expires takes a day within a year, not `" + args.expires + "`", "at most " + last.text());
  const gate::Baseline baseline = gate::make_baseline(outcome->result.documents, outcome->result, *expires);
  return write(args, baseline,
               fmt::format("holds {} results of {} documents by {} rules", baseline.entries.size(),
                           outcome->result.documents.size(), baseline.rules.size()));
}

int prune(const BaselineArguments& args) {
  int code = 0;
  const std::optional<run::Outcome> outcome = judged(args, true, code);
  if (!outcome) return code;
  gate::Baseline baseline = outcome->result.baseline;
  for (const std::string& fixed : outcome->result.baseline_use.fixed) baseline.entries.erase(fixed);
  return write(args, baseline,
               fmt::format("{} results that are fixed are no longer held, {} are",
                           outcome->result.baseline_use.fixed.size(), baseline.entries.size()));
}

}  // namespace

void add_baseline(const Command& program, int& code) {
  const Command c =
      program.subcommand("baseline", "What an estate owes today, so that a gate counts what comes on top");
  auto made = std::make_shared<BaselineArguments>();
  const Command m = c.subcommand("create", "Write down what counts today; it holds for a year at most");
  add_check_arguments(m, made->check);
  m.text("-o,--output", made->file, "File to write", "FILE", {}, true);
  m.text("--expires", made->expires, "Last day on which it holds (default: in a year)", "DATE");
  m.action([made] { return create(*made); }, code);
  auto pruned = std::make_shared<BaselineArguments>();
  const Command p = c.subcommand("prune", "Take out what is fixed; nothing is ever added");
  p.text("--file", pruned->file, "The baseline", "FILE", {}, true);
  add_check_arguments(p, pruned->check);
  p.action([pruned] { return prune(*pruned); }, code);
}

}  // namespace writ::cli
