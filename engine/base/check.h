// WRIT_CHECK: an invariant of ours. A failure is a defect of the engine, never of the user's input; it throws
// InternalError, which main() turns into exit code 70 with the place and how to report it.
#pragma once

#include <stdexcept>

namespace writ {

struct InternalError : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace writ

#define WRIT_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::writ::check_failed(#condition, __FILE__, __LINE__))
