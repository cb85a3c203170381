// Text to syntax tree. The only room that sees ANTLR: nothing of it leaves antlr.cc. Always returns a File with
// everything that could be read; broken parts are Holes or left out, each with a diagnostic, and the items after them
// are still there. Clauses that an item cannot do without are there (maybe as a Hole): `means`, the `when` of an
// exception, the condition of a requirement. Which of the others a rule needs (citations, requirements, expectations)
// is sema's to say.
#pragma once

#include "engine/base/diagnostic.h"
#include "engine/base/source.h"
#include "engine/syntax/ast.h"

namespace writ::syntax {

/// `file` must be registered in `sources`. Refuses invalid UTF-8 and more than 1,000 levels of nesting before ANTLR
/// sees the text.
[[nodiscard]] ast::File parse(FileId file, const SourceMap& sources, Diagnostics& out);

}  // namespace writ::syntax
