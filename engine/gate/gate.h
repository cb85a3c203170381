// What counts, and the exit code (interface contract §1): functions on a result. One place decides for every command.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/gate/result.h"

namespace writ::gate {

inline constexpr int kOk = 0, kGap = 1, kUsage = 2, kInvalid = 3, kIncomplete = 4, kIntegrity = 5, kLimit = 6,
                     kInternal = 70, kIo = 74;

struct Options {
  std::optional<ir::Severity> fail_on = ir::Severity::low;  // nothing: never
  bool undetermined_fails = true;
  bool gate_draft = false;
  bool allow_unchecked = false;
  std::size_t min_rules = 0;
  int max_rule_age_days = 180;
  std::vector<std::string>
      named_packs;                // packs that were asked for by name: one that has nothing in force is said aloud
  bool undetermined_new = false;  // with undetermined_fails: what a baseline holds does not count
  bool new_rules_fail = true;     // rules that the baseline's book did not have count
  bool strict_waivers = false;    // a waiver that has lapsed or covers nothing: exit 4
};

/// Rules with status binding at or above `fail_on` (drafts too with gate_draft): their gaps, conflicts and undetermined
/// at risk count.
[[nodiscard]] bool counts(const ir::Program& program, const eval::Finding& finding, const Options& options);
[[nodiscard]] bool counts(const ir::Program& program, ir::RuleId rule, std::uint32_t requirement,
                          const eval::Judgement& judgement, const Options& options);
[[nodiscard]] bool counts(const ir::Portfolio& rule, const eval::PortfolioFinding& finding, const Options& options);
/// Some selected rule decided something on facts that the document states.
[[nodiscard]] bool is_checked(const facts::Document& document, const std::vector<Row>& rows);
[[nodiscard]] Summary summarize(const ir::Program& program, const std::vector<CheckedDocument>& documents,
                                const std::vector<PortfolioRow>& portfolios = {});
/// Exit code and causes of a complete result. `limit`: what ran out, if anything did.
[[nodiscard]] Exit decide(const Result& result, const Options& options, const std::vector<std::string>& limits);
/// The code of several at once: 70 > 5 > 74 > 2 > 3 > 6 > 1 > 4 > 0.
[[nodiscard]] int worst(const std::vector<int>& codes);
/// The text of `writ help exit-codes`.
[[nodiscard]] std::string exit_code_help();

}  // namespace writ::gate
