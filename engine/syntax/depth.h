// The guard before the parser: how deep its recursion would go is counted on the tokens.
#pragma once

#include <optional>

#include "engine/syntax/token.h"

namespace writ::syntax {

/// The first token that lies deeper than the limit.
[[nodiscard]] std::optional<std::size_t> too_deep(const Tokens& tokens);

}  // namespace writ::syntax
