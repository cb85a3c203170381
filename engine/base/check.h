// WRIT_CHECK: an invariant of ours. A failure is a defect of the engine, never of the user's input; it throws
// InternalError, which main() turns into exit code 70 with the place and how to report it.
#pragma once

#include <stdexcept>

namespace writ {

struct InternalError : std::logic_error {
  using std::logic_error::logic_error;
};

/// What was stored is not what was written: found when it is read, which may be late, because not everything is read
/// at once. Neither a defect of ours nor of a rule; main() turns it into exit code 5.
struct IntegrityError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace writ

#define WRIT_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::writ::check_failed(#condition, __FILE__, __LINE__))
