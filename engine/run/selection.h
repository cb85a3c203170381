// Which results of an evaluation the user asked for: those of rules that bind a role, or that concern a party. What is
// left out is counted, and counts for nothing else.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/bearer.h"
#include "engine/gate/result.h"
#include "engine/run/run.h"

namespace writ::run {

/// Roles of `--role` that no rule book knows.
[[nodiscard]] std::vector<UsageError> unknown_roles(const ir::Program& program, const std::vector<std::string>& roles);

/// Marks the rows that `--role` and `--party` leave out.
void select_rows(const ir::Program& program, const Request& request, eval::Parties& parties,
                 gate::CheckedDocument& checked);
/// The duties of one party before those of the others: of `--party`, else of the document's `assessed_for`.
void order_rows(const Request& request, gate::CheckedDocument& checked);
/// Drops the marked rows, once all have their names, and says what was hidden.
void drop_hidden(const ir::Program& program, const Request& request, gate::Result& result);

}  // namespace writ::run
