// Checked trees to Program: one walk through a builder that shares equal subtrees. Only for files without errors.
#pragma once

#include <vector>

#include "engine/ir/program.h"
#include "engine/sema/sema.h"
#include "engine/syntax/ast.h"

namespace writ::lower {

[[nodiscard]] ir::Program lower(const std::vector<ast::File>& files, const sema::Checked& checked, Diagnostics& out);

}  // namespace writ::lower
