// The program `writ`: one file per command. Only codes of the contract reach the shell (engine/gate/gate.h).

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "engine/base/check.h"
#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace {

int run(int argc, char** argv) {
  int code = 0;
  CLI::App app{"Writ checks AI deployments against the law of AI and reports the gaps."};
  app.name("writ");
  app.require_subcommand(0, 1);
  app.set_help_flag("-h,--help", "Print this help");
  writ::cli::add_check(app, code);
  writ::cli::add_test(app, code);
  writ::cli::add_rules(app, code);
  writ::cli::add_facts(app, code);
  writ::cli::add_explain(app, code);
  writ::cli::add_version(app, code);
  CLI::App* help = app.add_subcommand("help", "Help on a topic: exit-codes");
  std::string topic;
  help->add_option("topic", topic, "exit-codes")->check(CLI::IsMember({"exit-codes"}));
  help->callback([&] {
    if (!writ::cli::write_out(topic.empty() ? app.help() : writ::gate::exit_code_help())) code = writ::gate::kIo;
  });
  app.footer("Exit codes: writ help exit-codes. On the facts stated in the documents; not legal advice.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    CLI::App* shown = &app;
    for (CLI::App* sub : app.get_subcommands()) {
      shown = sub;
      for (CLI::App* inner : sub->get_subcommands()) shown = inner;
    }
    return writ::cli::write_out(shown->help()) ? 0 : writ::gate::kIo;
  } catch (const CLI::ParseError& e) {
    return writ::cli::usage_error(e.what(), "see `writ --help`");
  }
  if (app.get_subcommands().empty()) {
    static_cast<void>(writ::cli::write_out(app.help()));
    return writ::gate::kUsage;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is exit 74, not a silent death
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("writ: out of memory\n", stderr);
  } catch (const std::exception& e) {
    std::fputs(fmt::format("writ {}: internal error: {}\nPlease report this with the command and, if you can, the files.\n", writ::cli::program_version(),
                           e.what())
                   .c_str(),
               stderr);
  }
  std::fputs("exit 70: internal error\n", stderr);
  return writ::gate::kInternal;
}
