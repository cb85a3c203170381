// What `check` and the commands that judge like it take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cli/command.h"
#include "engine/run/run.h"

namespace writ::cli {

struct CheckArguments {
  Common common;
  std::vector<std::string> paths;
  std::vector<std::string> as_of;         // a list, so that an empty DATE is a bad date and not none
  std::vector<std::string> law_known_at;  // likewise
  std::vector<std::string> readings;
  std::vector<std::string> tables;
  std::vector<std::string> waivers, baseline;  // a list, so that an empty FILE is a bad file and not none
  std::string format = "pretty";
  std::vector<std::string> outputs;
  std::vector<std::string> only_rules, skip_rules, jurisdictions, roles, party, include, exclude;
  std::string fail_on = "low";
  std::string undetermined = "fail", new_rules = "fail";
  std::uint64_t min_rules = 0, max_rule_age = 180;
  std::uint64_t jobs = 0;
  bool summary_only = false, no_progress = false;
  bool sarif_all = false;
  bool gate_draft = false, allow_unchecked = false, exit_zero = false, list = false, strict_waivers = false;
  std::uint64_t max_input_bytes = 64ull << 20;
  std::uint64_t max_depth = 64;
  std::uint64_t max_steps = 50'000'000;
};

/// Documents, rules, days, selections, gates and limits.
void add_check_arguments(const Command& command, CheckArguments& arguments);
/// Formats and what else is about what is written.
void add_check_outputs(const Command& command, CheckArguments& arguments);
/// Nothing after a message.
[[nodiscard]] std::optional<run::Request> request_of(const CheckArguments& arguments);

/// What was wrong before anything was evaluated, on standard error: exit 2. Nothing: it was evaluated.
[[nodiscard]] std::optional<int> refuse_usage(const run::Outcome& outcome, const Common& common);

}  // namespace writ::cli
