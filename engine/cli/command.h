// What the commands share: the flags that mean the same everywhere, where the rule book is, and how output leaves the
// program.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/cli/arguments.h"
#include "engine/session/session.h"

namespace writ::cli {

/// `-r`, colour and verbosity.
struct Common {
  std::vector<std::string> rules;
  std::string color = "auto";
  bool quiet = false;
  int verbose = 0;
  [[nodiscard]] bool use_color(bool is_terminal) const;  // flag > NO_COLOR > FORCE_COLOR > terminal
};

void add_common(const Command& command, Common& common);

/// WRIT_RULES is set, and names neither a folder nor a bundle: exit 2.
struct NoRuleBook : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Throws NoRuleBook. Rule books, folders or bundles, in order: $WRIT_RULES, beside the installed program (the bundle,
/// while it is of the rules that are installed with it), the source tree it was built from.
[[nodiscard]] std::vector<std::filesystem::path> rule_books();
/// `given "…"` of tests: `fixtures` beside the first rule book.
[[nodiscard]] std::filesystem::path fixtures_of(const std::vector<std::filesystem::path>& books);
[[nodiscard]] session::LoadOptions load_options(const Common& common);

/// Writes all of it or says why not. False after a message on standard error (exit 74).
[[nodiscard]] bool write_out(std::string_view text);
/// Whole or not at all: temporary file, fsync, rename.
[[nodiscard]] bool write_file(const std::string& path, std::string_view text);

/// "writ: message", with help on a line of its own; returns the code.
int usage_error(const std::string& message, const std::string& help = {});
/// The last line on standard error: the code and its causes.
void closing_line(int code, const std::vector<std::string>& causes, bool quiet);
/// Prints all diagnostics of a session to standard error.
void print_diagnostics(const session::Session& session, const Common& common);

/// Where the rule book is a bundle that cannot be used: says so and gives the code, 5 or 3. Nothing: go on.
[[nodiscard]] std::optional<int> refuse_bundle(const session::Session& session, const Common& common);

[[nodiscard]] const char* program_version();

/// Each command adds itself to the program and stores its exit code when it has run.
void add_check(const Command& program, int& code);
void add_test(const Command& program, int& code);
void add_rules(const Command& program, int& code);
void add_facts(const Command& program, int& code);
void add_explain(const Command& program, int& code);
void add_bundle(const Command& program, int& code);
void add_baseline(const Command& program, int& code);
void add_report(const Command& program, int& code);
void add_version(const Command& program, int& code);
void add_completion(const Program& program, int& code);

}  // namespace writ::cli
