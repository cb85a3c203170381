// Numbers of a run, added up document by document: what the exit code rests on, however many documents there are.
#pragma once

#include <cstddef>

#include "engine/gate/gate.h"

namespace writ::gate {

struct Tally {
  std::size_t documents = 0, unread = 0, unchecked = 0;
  std::size_t errors = 0, too_large = 0;             // diagnostics of rules and documents; of those over the size limit
  std::size_t gaps = 0, conflicts = 0, at_risk = 0;  // that count
  std::size_t failed = 0, met_errors = 0;            // verdicts that are errors, or stand despite one
  bool nothing_left = true;                          // no document has a result
  void add(const Tally& more);
};

[[nodiscard]] Tally tally_of(const Result& result);
/// `result`: for rules, packs, waivers and what is hidden; its documents are not looked at.
[[nodiscard]] Exit decide(const Tally& tally, const Result& result, const Options& options,
                          const std::vector<std::string>& limits);

}  // namespace writ::gate
