#include "engine/cli/arguments.h"

#include <CLI/CLI.hpp>

#include <algorithm>
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

namespace {

/// "FORMAT:{pretty,json}": what it can be.
std::vector<std::string> choices_of(const std::string& type) {
  std::vector<std::string> out;
  const std::size_t open = type.find('{'), close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return out;
  for (std::size_t at = open + 1; at < close;) {
    const std::size_t end = std::min(type.find(',', at), close);
    out.push_back(type.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

void describe(const CLI::App& app, std::vector<std::string> path, std::vector<Described>& out) {
  Described d;
  d.path = path;
  d.help = app.get_description();
  for (const CLI::Option* o : app.get_options()) {
    Described::Option option;
    for (const std::string& name : o->get_snames()) option.names.push_back("-" + name);
    for (const std::string& name : o->get_lnames()) option.names.push_back("--" + name);
    if (option.names.empty()) continue;  // a positional
    option.help = o->get_description();
    option.takes_value = o->get_items_expected_max() > 0;
    option.choices = choices_of(o->get_type_name());
    d.options.push_back(std::move(option));
  }
  for (const CLI::App* below : app.get_subcommands(nullptr)) d.subcommands.push_back(below->get_name());
  out.push_back(std::move(d));
  for (const CLI::App* below : app.get_subcommands(nullptr)) {
    std::vector<std::string> inner = path;
    inner.push_back(below->get_name());
    describe(*below, std::move(inner), out);
  }
}

}  // namespace

std::vector<Described> Program::describe() const {
  std::vector<Described> out;
  cli::describe(*app_, {}, out);
  return out;
}

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
