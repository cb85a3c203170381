// What one line of a stream says about one document: how many of which verdict, and what is not in its favour. Views
// into the document and the plan it was made from; made, written and forgotten.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/eval/verdict.h"
#include "engine/ir/program.h"

namespace writ::gate {

struct BriefResult {
  ir::RuleId rule;
  std::uint32_t requirement = 0;
  eval::Verdict verdict = eval::Verdict::undetermined;
  bool at_risk = false;
  bool counts = false;       // moves the exit code
  bool listed = false;       // of an element of a list …
  bool phantom = false;      // … that nobody has stated
  std::string_view element;  // its key; of a document that was read by columns as it is written there
};

struct Brief {
  std::string_view path, id;
  std::uint64_t line = 0;  // on which it begins, from 1; 0: not known
  bool checked = false;
  std::array<std::uint32_t, 11> by_verdict{};  // by eval::Verdict, binding rules and all others alike
  std::uint32_t at_risk = 0, counts = 0;
  std::vector<BriefResult> results;  // gaps, conflicts, errors and undetermined ones; by rule, element, requirement
};

}  // namespace writ::gate
