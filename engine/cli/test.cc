#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "engine/cli/command.h"
#include "engine/gate/gate.h"
#include "engine/run/rule_tests.h"
#include "engine/run/supply.h"

namespace writ::cli {

namespace {

struct TestArguments {
  Common common;
  std::vector<std::string> paths, tables;
  bool coverage = false;
  double min_coverage = 0;
};

std::string place(const session::Session& session, Span span) {
  if (!span.valid()) return "";
  const Position p = session.sources.position(span.file, span.begin);
  return fmt::format("{}:{}", session.sources.path(span.file), p.line);
}

std::string report(const session::Session& session, const run::TestRun& run, const TestArguments& args,
                   std::size_t& failed) {
  const bool color = args.common.use_color(::isatty(STDOUT_FILENO) != 0);
  std::string out;
  for (const run::TestOutcome& o : run.outcomes) {
    if (o.passed()) {
      if (args.common.verbose > 0) out += fmt::format("ok    {}  {}\n", place(session, o.test->span), o.test->title);
      continue;
    }
    ++failed;
    out += fmt::format("FAIL  {}  {}\n", place(session, o.test->span), o.test->title);
    for (const run::TestFailure& f : o.failures)
      out += fmt::format("      {}: {}\n", place(session, f.span), f.message);
    for (const Diagnostic& d : o.diagnostics.items()) out += render(d, session.sources, color);
  }
  return out;
}

std::string coverage_text(const session::Session& session, const run::Coverage& coverage) {
  std::string out = "\nNot reached by any test:\n";
  std::size_t missing = 0;
  for (const auto& r : coverage.requirements) {
    std::string what;
    if (!r.gap) what += " gap";
    if (!r.compliant) what += " compliant";
    if (!r.not_applicable) what += " not-applicable";
    if (what.empty()) continue;
    ++missing;
    out += fmt::format("  {}  {}:{}\n", place(session, r.span), r.name, what);
  }
  for (const auto& c : coverage.clauses) {
    if (c.fired) continue;
    ++missing;
    out += fmt::format("  {}  {}: never fires\n", place(session, c.span), c.name);
  }
  return missing == 0 ? "\nEvery requirement is tested as gap, compliant and not applicable; every exception and "
                        "transitional clause fires.\n"
                      : out;
}

int run_test(const TestArguments& args) {
  session::LoadOptions options = load_options(args.common);
  options.with_tests = true;
  for (const std::string& p : args.paths) options.rules.push_back(p);
  const auto session = session::load(options);
  if (const auto code = refuse_bundle(*session, args.common)) return *code;
  std::vector<run::UsageError> usage;
  Diagnostics table_problems;
  run::supply(*session, run::with_fixtures(*session, args.tables, options.fixtures / "tables"), table_problems, usage);
  for (const run::UsageError& e : usage) usage_error(e.message, e.help);
  if (!usage.empty()) return gate::kUsage;
  session->diagnostics.append(table_problems);
  print_diagnostics(*session, args.common);
  if (!session->usable()) {
    closing_line(gate::kInvalid, {"the rules have errors; no test was run"}, false);
    return gate::kInvalid;
  }
  // Packs that were only imported bring their tests along; those are run when they are asked for.
  std::vector<std::string> packages;
  if (!options.rules.empty()) {
    for (const std::string& wanted : options.rules) {
      std::string name = wanted;
      while (name.ends_with('/')) name.pop_back();
      std::replace(name.begin(), name.end(), '/', '.');
      for (const ast::File& file : session->files) {
        if (!file.package) continue;
        const std::string package = file.package->text();
        const bool inside = package == wanted || package.starts_with(wanted + ".") || name.ends_with("." + package) ||
                            name == package || std::string_view(session->sources.path(file.source)).starts_with(wanted);
        if (inside && std::find(packages.begin(), packages.end(), package) == packages.end())
          packages.push_back(package);
      }
    }
  }
  const run::TestRun run = run::run_tests(*session, packages);
  std::size_t failed = 0;
  std::string out = report(*session, run, args, failed);
  out += fmt::format("{} tests: {} passed, {} failed\n", run.outcomes.size(), run.outcomes.size() - failed, failed);
  const auto goals = run.coverage.goals();
  const double percent =
      goals == 0 ? 0.0 : 100.0 * static_cast<double>(run.coverage.reached()) / static_cast<double>(goals);
  if (args.coverage) {
    out += coverage_text(*session, run.coverage);
    out +=
        fmt::format("coverage: {} of {} goals ({:.1f} %) over {} requirements and {} clauses\n", run.coverage.reached(),
                    goals, percent, run.coverage.requirements.size(), run.coverage.clauses.size());
  }
  if (!write_out(out)) return gate::kIo;
  std::vector<int> codes;
  std::vector<std::string> causes;
  const auto cause = [&](int code, std::string text) {
    codes.push_back(code);
    causes.push_back(std::move(text));
  };
  if (!session->ok()) cause(gate::kInvalid, "some rules have errors");
  if (failed > 0) cause(gate::kGap, fmt::format("{} tests failed", failed));
  if (run.outcomes.empty()) cause(gate::kIncomplete, "no test found");
  if (args.min_coverage > 0 && percent < args.min_coverage) {
    cause(gate::kIncomplete, fmt::format("coverage {:.1f} % is below --min-coverage {}", percent, args.min_coverage));
  }
  const int code = gate::worst(codes);
  if (code == 0) causes.push_back("all tests passed");
  closing_line(code, causes, args.common.quiet);
  return code;
}

}  // namespace

void add_test(const Command& program, int& code) {
  auto args = std::make_shared<TestArguments>();
  const Command c = program.subcommand("test", "Run the tests that stand beside the rules");
  c.list("path", args->paths, "Packs or paths of rules (default: the whole rule book)", "PATH|PACK");
  add_common(c, args->common);
  c.list("--table", args->tables, "Supply a list that the rule book leaves to you; repeatable", "NAME=FILE");
  c.flag("--coverage", args->coverage, "Which requirements, exceptions and transitional clauses no test reaches");
  c.percent("--min-coverage", args->min_coverage, "Exit 4 below this percentage");
  c.action([args] { return run_test(*args); }, code);
}

}  // namespace writ::cli
