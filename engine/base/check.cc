#include "engine/base/check.h"

#include <fmt/format.h>

namespace writ {

void check_failed(const char* condition, const char* file, int line) {
  throw InternalError(fmt::format("invariant `{}` does not hold ({}:{})", condition, file, line));
}

}  // namespace writ
