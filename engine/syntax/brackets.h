// Brackets of one item: each that is missing or too many is reported with its partner, and mended.
#pragma once

#include "engine/base/diagnostic.h"
#include "engine/syntax/token.h"

namespace writ::syntax {

/// `item` are the tokens of one item and a last one of kind `end`. False when there were so many mistakes that it gave
/// up.
[[nodiscard]] bool mend_brackets(Tokens& item, FileId file, Diagnostics& out);

}  // namespace writ::syntax
