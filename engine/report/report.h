// One result in several formats. Each format is one file and one function from the result to text; none of them changes
// a verdict.
#pragma once

#include <string>

#include "engine/gate/result.h"

namespace writ::report {

struct PrettyOptions {
  bool color = false;
  int verbosity = 0;  // -1: gaps and the summary only; 1: every result
};

/// For people at a terminal (interface contract §6).
[[nodiscard]] std::string pretty(const gate::Result& result, const PrettyOptions& options);

/// The JSON report `writ-report/1` (interface contract §7; schema in docs/schemas). Same input, same bytes.
[[nodiscard]] std::string json(const gate::Result& result);

/// A baseline as a file of its own (`writ-baseline/1`, schema in docs/schemas): an entry a line.
[[nodiscard]] std::string baseline(const gate::Baseline& baseline);

}  // namespace writ::report
