// Which facts a rule could read: a walk over its nodes, through terms, classifications and exceptions. For `writ facts`
// and `rules show`.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/ir/program.h"

namespace writ::ir {

/// Paths like "model.training_compute" and "transfers[].mechanism", whatever the document says.
[[nodiscard]] std::set<std::string> fact_paths(const Program& program, RuleId rule);
/// The contested law that it could read.
[[nodiscard]] std::vector<const Readings*> contested(const Program& program, RuleId rule);

}  // namespace writ::ir
