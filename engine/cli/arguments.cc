#include "engine/cli/arguments.h"

#include <CLI/CLI.hpp>

#include <utility>

#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace writ::cli {

void Command::text(const std::string& name, std::string& value, const std::string& help, const std::string& type,
                   const std::vector<std::string>& choices, bool required) const {
  CLI::Option* option = app_->add_option(name, value, help)->required(required);
  if (!choices.empty()) option->check(CLI::IsMember(choices));
  option->type_name(type);
}

void Command::list(const std::string& name, std::vector<std::string>& values, const std::string& help,
                   const std::string& type, bool required) const {
  CLI::Option* option = app_->add_option(name, values, help)->required(required)->type_name(type);
  if (name.starts_with('-')) option->allow_extra_args(false);
}

void Command::number(const std::string& name, std::uint64_t& value, std::uint64_t lowest, std::uint64_t highest,
                     const std::string& help, const std::string& type) const {
  app_->add_option(name, value, help)->check(CLI::Range(lowest, highest))->type_name(type);
}

void Command::percent(const std::string& name, double& value, const std::string& help) const {
  app_->add_option(name, value, help)->check(CLI::Range(0.0, 100.0))->type_name("PERCENT");
}

void Command::flag(const std::string& name, bool& value, const std::string& help) const {
  app_->add_flag(name, value, help);
}

void Command::count(const std::string& name, int& value, const std::string& help) const {
  app_->add_flag(name, value, help);
}

Command Command::subcommand(const std::string& name, const std::string& help) const {
  app_->require_subcommand(0, 1);
  return Command(app_->add_subcommand(name, help));
}

void Command::action(std::function<int()> run, int& code) const {
  app_->callback([app = app_, run = std::move(run), &code] {
    if (app->get_subcommands().empty()) code = run();
  });
}

std::string Command::help() const { return app_->help(); }

Program::Program(const std::string& description, const std::string& footer)
    : app_(std::make_unique<CLI::App>(description)) {
  app_->name("writ");
  app_->require_subcommand(0, 1);
  app_->set_help_flag("-h,--help", "Print this help");
  app_->footer(footer);
}

Program::~Program() = default;

Command Program::root() const { return Command(app_.get()); }

int Program::run(int argc, char** argv, int& code) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    CLI::App* shown = app_.get();
    while (!shown->get_subcommands().empty()) shown = shown->get_subcommands().back();
    return write_out(shown->help()) ? gate::kOk : gate::kIo;
  } catch (const CLI::ParseError& e) {
    return usage_error(e.what(), "see `writ --help`");
  }
  if (app_->get_subcommands().empty()) {
    static_cast<void>(write_out(app_->help()));
    return gate::kUsage;
  }
  return code;
}

}  // namespace writ::cli
