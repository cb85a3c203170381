// Result<T>: for what the outside world refuses (a missing file, a full disk). Wrong rules and documents are
// Diagnostics, an unknown verdict is an answer; neither is a Result. [[nodiscard]], because the library's expected is
// not.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace writ {

struct Failure {
  std::string message;
  int error_number = 0;  // errno where there is one
};

template <class T, class E = Failure>
class [[nodiscard]] Result : public std::expected<T, E> {
 public:
  using std::expected<T, E>::expected;
};

[[nodiscard]] inline std::unexpected<Failure> fail(std::string message, int error_number = 0) {
  return std::unexpected<Failure>(Failure{std::move(message), error_number});
}

}  // namespace writ
