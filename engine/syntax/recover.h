// Reading a file with mistakes: item by item, each mistake explained once and mended in the tokens, until the parser
// reaches the end.
#pragma once

#include "engine/base/diagnostic.h"
#include "engine/syntax/ast.h"
#include "engine/syntax/lexical.h"

namespace writ::syntax {

/// Adds what can be read of `tokens` to `file`. False when so many mistakes were found that the rest was left unread.
[[nodiscard]] bool read_with_mistakes(const Tokens& tokens, Texts& texts, ast::File& file, Diagnostics& out);

}  // namespace writ::syntax
