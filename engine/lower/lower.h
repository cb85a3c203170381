// Checked trees to Program: one walk through a builder that shares equal subtrees. Only for files without errors. The
// program holds the law as it was known on one day: amendments are resolved here, and nothing after knows them.
#pragma once

#include <vector>

#include "engine/ir/program.h"
#include "engine/sema/sema.h"
#include "engine/syntax/ast.h"

namespace writ::lower {

/// Rules, exceptions and all other items have the same ids for every `known_at`; what was published later is in the
/// program and never in force.
[[nodiscard]] ir::Program lower(const std::vector<ast::File>& files, const sema::Checked& checked, Diagnostics& out,
                                Date known_at = Date::max());

}  // namespace writ::lower
