// The only orchestration: rules + documents + dates + limits = one Result with its exit causes. The command line, and
// later server and library, call this and nothing else.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/facts/raw.h"
#include "engine/gate/gate.h"
#include "engine/gate/result.h"
#include "engine/session/session.h"

namespace writ::run {

/// What the user got wrong before anything was evaluated (exit 2).
struct UsageError {
  std::string message;
  std::string help;
};

struct Request {
  session::LoadOptions rules;
  std::vector<std::string> paths;             // files, folders, "-"
  std::optional<std::string> standard_input;  // its text, when "-" is among the paths
  std::vector<std::string> include, exclude;  // globs on paths below folders
  Date as_of;
  Date law_known_at = Date::max();                  // the law as it was known on this day
  std::vector<std::string> readings;                // "TERM=NAME": chosen readings of contested law
  std::vector<std::string> only_rules, skip_rules;  // "eu.gdpr.*" or exact ids
  std::vector<std::string> jurisdictions;
  std::vector<std::string> tables;      // NAME=FILE: lists that the user supplies
  std::optional<std::string> waivers;   // the file of waivers
  std::optional<std::string> baseline;  // the file of the baseline
  std::vector<std::string> roles;       // only results of rules that bind one of them
  std::optional<std::string> party;     // only results of duties that it owes or may owe
  facts::ReadLimits limits;
  std::uint64_t max_steps = 50'000'000;
  gate::Options gate;
};

struct Outcome {
  std::unique_ptr<session::Session> session;  // owns texts and program that `result` points to
  gate::Result result;
  std::vector<UsageError> usage;  // not empty: nothing was evaluated
  Diagnostics refused;            // errors in a file of waivers or a baseline: nothing was evaluated either
};

[[nodiscard]] Outcome check(const Request& request);

}  // namespace writ::run
