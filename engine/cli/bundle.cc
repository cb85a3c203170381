#include <fmt/format.h>

#include <memory>

#include "engine/bundle/bundle.h"
#include "engine/cli/command.h"
#include "engine/gate/gate.h"
#include "engine/session/bundles.h"

namespace writ::cli {

namespace {

struct BundleArguments {
  Common common;
  std::string file;
  bool compile = false;
};

int refuse(const bundle::Refusal& refusal, const std::string& path, const Common& common) {
  if (refusal.code == Code::file_unreadable) return usage_error(refusal.message + ": " + path);
  session::Session nothing;
  nothing.diagnostics.add(bundle::refused(refusal, path));
  return refuse_bundle(nothing, common).value_or(gate::kIntegrity);
}

int run_build(const BundleArguments& args) {
  const session::LoadOptions options = load_options(args.common);
  if (options.search.empty() && args.common.rules.empty())
    return usage_error("no rule book found", "set WRIT_RULES to the folder of the rules, or name them with -r");
  const session::Built built = session::build_bundle(options, program_version());
  if (const auto code = refuse_bundle(*built.session, args.common)) return *code;
  print_diagnostics(*built.session, args.common);
  if (built.bytes.empty()) {
    bool usage = true;  // a name on the command line that nothing has
    for (const Diagnostic& d : built.session->diagnostics.items())
      usage = usage && !d.span.valid() && (d.code == Code::unknown_pack || d.code == Code::file_unreadable);
    const int code = usage ? gate::kUsage : gate::kInvalid;
    closing_line(code, {"rules with errors are not bundled"}, false);
    return code;
  }
  if (!write_file(args.file, built.bytes)) {
    closing_line(gate::kIo, {"output cannot be written"}, false);
    return gate::kIo;
  }
  const std::string said = fmt::format("{}: {} rules of {} packs, {} bytes, {}\n", args.file, built.rules,
                                       built.session->packs.size(), built.bytes.size(), built.session->digest);
  return args.common.quiet || write_out(said) ? gate::kOk : gate::kIo;
}

std::string inspected(const bundle::Book& book, const bundle::Selection& whole, bool all) {
  std::string out;
  const auto line = [&](std::string_view what, std::string_view value) {
    out += fmt::format("{:<12}{}\n", what, value);
  };
  line("bundle", fmt::format("{}, {} bytes, format {}", book.path(), book.size(), bundle::kFormat));
  line("built by", "writ " + book.built_by());
  line("rules", fmt::format("{} in {} packs, {} files", whole.program.rules.size() + whole.program.portfolios.size(),
                            whole.packs.size(), book.files().size()));
  line("digest", whole.digest);
  line("selections", fmt::format("{}: what is asked for otherwise is compiled from the texts", book.names().size()));
  for (const bundle::Section section : {bundle::Section::index, bundle::Section::texts, bundle::Section::facts,
                                        bundle::Section::names, bundle::Section::program}) {
    std::size_t count = 0;
    std::uint64_t bytes = 0;
    for (const bundle::Book::Part& part : book.parts()) {
      if (part.section != section) continue;
      ++count;
      bytes += part.size;
    }
    line(section == bundle::Section::index ? "sections" : "",
         fmt::format("{:<8} {:>3} {:>9} bytes", to_string(section), count, bytes));
  }
  out += "\n";
  for (const ir::Pack& pack : whole.program.packs)
    out += fmt::format("{:<28} {:<8} law checked until {}\n", pack.name, pack.version,
                       pack.law_checked_until ? pack.law_checked_until->text() : "an unknown day");
  if (!all) return out;
  out += "\n";
  for (const bundle::Book::File& file : book.files()) out += fmt::format("{:>8}  {}\n", file.size, file.path);
  return out;
}

int run_inspect(const BundleArguments& args) {
  const auto book = bundle::Book::open(args.file);
  if (!book) return refuse(book.error(), args.file, args.common);
  const auto whole = (*book)->read(*(*book)->find(""));
  if (!whole) return refuse(whole.error(), args.file, args.common);
  return write_out(inspected(**book, *whole, args.common.verbose > 0)) ? gate::kOk : gate::kIo;
}

int run_verify(const BundleArguments& args) {
  const auto book = bundle::Book::open(args.file);
  if (!book) return refuse(book.error(), args.file, args.common);
  if (const auto wrong = (*book)->verify()) return refuse(*wrong, args.file, args.common);
  if (args.compile) {
    if (const auto wrong = session::recompile(*book))
      return refuse({Code::damaged_bundle, *wrong}, args.file, args.common);
  }
  const std::string said = fmt::format("{}: {} sections have their digests, {} selections hold together{}\n", args.file,
                                       (*book)->parts().size(), (*book)->names().size(),
                                       args.compile ? ", and the texts compile to them" : "");
  return args.common.quiet || write_out(said) ? gate::kOk : gate::kIo;
}

}  // namespace

void add_bundle(const Command& program, int& code) {
  const Command c = program.subcommand("bundle", "Rule books compiled into one file, which is read at once");
  c.action([c] { return write_out(c.help()) ? gate::kUsage : gate::kIo; }, code);
  auto build = std::make_shared<BundleArguments>();
  const Command b = c.subcommand("build", "Compile the rules into a file");
  add_common(b, build->common);
  b.text("-o", build->file, "The file to write, rules.writb", "FILE", {}, true);
  b.action([build] { return run_build(*build); }, code);
  auto inspect = std::make_shared<BundleArguments>();
  const Command i = c.subcommand("inspect", "What a bundle holds");
  i.text("file", inspect->file, "The bundle", "FILE", {}, true);
  i.text("--color", inspect->common.color, "auto, always or never", "WHEN", {"auto", "always", "never"});
  i.count("-v,--verbose", inspect->common.verbose, "Its rule files too");
  i.action([inspect] { return run_inspect(*inspect); }, code);
  auto verify = std::make_shared<BundleArguments>();
  const Command v = c.subcommand("verify", "Whether all of a bundle is as it was built");
  v.text("file", verify->file, "The bundle", "FILE", {}, true);
  v.flag("--compile", verify->compile, "Compile its texts again, and compare");
  v.text("--color", verify->common.color, "auto, always or never", "WHEN", {"auto", "always", "never"});
  v.flag("-q,--quiet", verify->common.quiet, "Only what needs attention");
  v.action([verify] { return run_verify(*verify); }, code);
}

}  // namespace writ::cli
