// `writ report`: renders stored reports again, never evaluates.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

#include "engine/cli/command.h"
#include "engine/cli/outputs.h"
#include "engine/gate/gate.h"
#include "engine/report/formats.h"

namespace writ::cli {

namespace {

struct ReportArguments {
  std::vector<std::string> paths, outputs;
  std::string format = "markdown";
  bool sarif_all = false;
};

int run_report(const ReportArguments& args) {
  const auto outputs = outputs_of(args.outputs, true);
  if (!outputs) return gate::kUsage;
  std::vector<std::pair<std::string, std::string>> files;
  for (const std::string& path : args.paths) {
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.is_open()) return usage_error("no such file: " + path);
    files.emplace_back(path, std::move(text));
  }
  const report::Stored stored = report::read_reports(files);
  if (!stored.problems.empty()) {
    for (const std::string& problem : stored.problems) usage_error(problem);
    closing_line(gate::kUsage, {"nothing was rendered"}, false);
    return gate::kUsage;
  }
  const auto render = [&](const std::string& format) {
    const report::Format* f = report::format(format);
    return f == nullptr ? stored.json : f->render(stored.sheet, {args.sarif_all});
  };
  std::vector<int> codes{stored.sheet.code};
  std::vector<std::string> causes = stored.sheet.causes;
  if (!write_out(render(args.format))) codes.push_back(gate::kIo);
  for (const Output& output : *outputs)
    if (!write_file(output.path, render(output.format))) codes.push_back(gate::kIo);
  if (args.format == "github" && !append_to_job_summary(render("markdown"))) codes.push_back(gate::kIo);
  const int code = gate::worst(codes);
  if (code == gate::kIo) causes.insert(causes.begin(), "output cannot be written");
  closing_line(code, causes, false);
  return code;
}

}  // namespace

void add_report(const Command& program, int& code) {
  auto args = std::make_shared<ReportArguments>();
  const Command c = program.subcommand("report", "Render stored reports again, in any format; parts of a run as one");
  c.list("report", args->paths, "Reports that `check -f json` has written", "FILE", true);
  c.text("-f,--format", args->format, format_words(true), "FORMAT", format_names(true));
  c.list("-o", args->outputs, "Also write FORMAT=FILE, whole or not at all; repeatable", "FORMAT=FILE");
  c.flag("--sarif-all", args->sarif_all, "In SARIF also the results that need no attention");
  c.action([args] { return run_report(*args); }, code);
}

}  // namespace writ::cli
