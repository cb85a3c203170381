// Mistakes in single words: each is reported, and the tokens become what was meant, so that the parser can go on as if
// it stood there.
#pragma once

#include <deque>
#include <string>

#include "engine/base/diagnostic.h"
#include "engine/syntax/token.h"

namespace writ::syntax {

/// Texts that repairs put into tokens; must outlive them.
using Texts = std::deque<std::string>;

/// Afterwards no token is of a kind that the lexer reads although it is wrong. `text` is the whole source. False when
/// there were so many mistakes that it gave up.
[[nodiscard]] bool mend_lexical(Tokens& tokens, std::string_view text, FileId file, Texts& texts, Diagnostics& out);

}  // namespace writ::syntax
