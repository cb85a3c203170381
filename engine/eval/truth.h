// Strong Kleene truth with errors as values (design: language semantics §3): false dominates `and`, true dominates
// `or`, unknown beats error, otherwise it spreads. An unknown also remembers whether an error could come out of it,
// because a verdict's could_be must never be too narrow.
#pragma once

#include <cstdint>

namespace writ::eval {

struct Truth {
  enum class Kind : std::uint8_t { false_, true_, unknown, error };
  Kind kind = Kind::unknown;
  bool may_error = false;  // only with unknown: supplying facts could also end in an error

  static constexpr Truth yes() { return {Kind::true_, false}; }
  static constexpr Truth no() { return {Kind::false_, false}; }
  static constexpr Truth maybe(bool may_error = false) { return {Kind::unknown, may_error}; }
  static constexpr Truth failed() { return {Kind::error, false}; }
  static constexpr Truth of(bool b) { return b ? yes() : no(); }
  [[nodiscard]] constexpr bool is_true() const { return kind == Kind::true_; }
  [[nodiscard]] constexpr bool is_false() const { return kind == Kind::false_; }
  [[nodiscard]] constexpr bool is_unknown() const { return kind == Kind::unknown; }
  [[nodiscard]] constexpr bool is_error() const { return kind == Kind::error; }
  friend bool operator==(const Truth&, const Truth&) = default;
};

[[nodiscard]] Truth and_(Truth a, Truth b);
[[nodiscard]] Truth or_(Truth a, Truth b);
[[nodiscard]] Truth not_(Truth a);

}  // namespace writ::eval
