// Where the items of a broken file begin, found without the parser: by their words and by the layout, which has no
// meaning in the language but says what the author meant.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/syntax/token.h"

namespace writ::syntax {

/// Numbers of the first tokens of the pieces, ascending, beginning with 0. Every piece but possibly the first begins an
/// item.
[[nodiscard]] std::vector<std::uint32_t> chunk_starts(const Tokens& tokens);

}  // namespace writ::syntax
