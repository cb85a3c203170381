// The command line as commands with options, over CLI11, which only arguments.cc sees. Unknown flags and bad values end
// as exit code 2, whatever the library would say.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace writ::cli {

/// One command or subcommand. Values are written through the references when the command line is parsed.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  /// `choices` not empty: anything else is refused with the list.
  void text(const std::string& name, std::string& value, const std::string& help, const std::string& type,
            const std::vector<std::string>& choices = {}, bool required = false) const;
  /// Repeatable; a positional name ("path") takes all that is left.
  void list(const std::string& name, std::vector<std::string>& values, const std::string& help, const std::string& type,
            bool required = false) const;
  void number(const std::string& name, std::uint64_t& value, std::uint64_t lowest, std::uint64_t highest,
              const std::string& help, const std::string& type) const;
  void percent(const std::string& name, double& value, const std::string& help) const;
  void flag(const std::string& name, bool& value, const std::string& help) const;
  /// -v, -vv: how often it was given.
  void count(const std::string& name, int& value, const std::string& help) const;

  [[nodiscard]] Command subcommand(const std::string& name, const std::string& help) const;
  /// Runs when the command line names this command and none of its subcommands.
  void action(std::function<int()> run, int& code) const;
  [[nodiscard]] std::string help() const;

 private:
  CLI::App* app_;
};

/// A command and what it takes, for whoever writes about it.
struct Described {
  struct Option {
    std::vector<std::string> names;  // "-f", "--format"
    std::string help;
    std::vector<std::string> choices;
    bool takes_value = false;
  };
  std::vector<std::string> path;  // "bundle", "build"; empty: the program
  std::string help;
  std::vector<Option> options;
  std::vector<std::string> subcommands;
};

class Program {
 public:
  Program(const std::string& description, const std::string& footer);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  [[nodiscard]] Command root() const;
  /// The program and every command, the outer before the inner.
  [[nodiscard]] std::vector<Described> describe() const;
  /// Parses and runs; the exit code.
  [[nodiscard]] int run(int argc, char** argv, int& code);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace writ::cli
