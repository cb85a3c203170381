// The program `writ`: one file per command. Only codes of the contract reach the shell (engine/gate/gate.h).

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "engine/base/check.h"
#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace {

int run(int argc, char** argv) {
  using namespace writ::cli;
  int code = 0;
  Program program("Writ checks AI deployments against the law of AI and reports the gaps.",
                  "Exit codes: writ help exit-codes. On the facts stated in the documents; not legal advice.");
  const Command root = program.root();
  add_check(root, code);
  add_test(root, code);
  add_rules(root, code);
  add_facts(root, code);
  add_explain(root, code);
  add_report(root, code);
  add_baseline(root, code);
  add_bundle(root, code);
  add_version(root, code);
  add_completion(program, code);
  std::string topic;
  const Command help = root.subcommand("help", "Help on a topic: exit-codes");
  help.text("topic", topic, "exit-codes", "TOPIC", {"exit-codes"});
  help.action(
      [&] {
        return write_out(topic.empty() ? root.help() : writ::gate::exit_code_help()) ? writ::gate::kOk
                                                                                     : writ::gate::kIo;
      },
      code);
  return program.run(argc, argv, code);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is exit 74, not a silent death
  try {
    return run(argc, argv);
  } catch (const writ::cli::NoRuleBook& e) {
    writ::cli::usage_error(e.what(), "name the folder of the rules, or a bundle; or unset it");
    writ::cli::closing_line(writ::gate::kUsage, {"nothing was evaluated"}, false);
    return writ::gate::kUsage;
  } catch (const writ::IntegrityError& e) {
    std::fputs(fmt::format("{}\nexit 5: the bundle is damaged\n", e.what()).c_str(), stderr);
    return writ::gate::kIntegrity;
  } catch (const std::bad_alloc&) {
    std::fputs("writ: out of memory\n", stderr);
  } catch (const std::exception& e) {
    std::fputs(
        fmt::format("writ {}: internal error: {}\nPlease report this with the command and, if you can, the files.\n",
                    writ::cli::program_version(), e.what())
            .c_str(),
        stderr);
  }
  std::fputs("exit 70: internal error\n", stderr);
  return writ::gate::kInternal;
}
