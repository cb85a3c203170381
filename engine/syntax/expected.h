// What could stand here, in words: "expected `from` or a date like 2025-08-02".
#pragma once

#include <string>

#include "engine/syntax/scene.h"

namespace writ::syntax {

/// Empty when the parser cannot tell.
[[nodiscard]] std::string describe_expected(const Scene& scene);

}  // namespace writ::syntax
