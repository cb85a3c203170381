#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>

#include "engine/cli/check_arguments.h"
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
  std::optional<run::Request> asked = request_of(args);
  if (!asked) return gate::kUsage;
  run::Request& request = *asked;
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
  if (const auto code = refuse_usage(outcome, args.common)) return *code;
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
  add_check_arguments(c, *args);
  add_check_outputs(c, *args);
  c.action([args] { return run_check(*args); }, code);
}

}  // namespace writ::cli
