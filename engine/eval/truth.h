// Strong Kleene truth with errors as values (design: language semantics §3): false dominates `and`, true dominates
// `or`, unknown beats error, otherwise it spreads. An unknown also remembers whether an error could come out of it,
// because a verdict's could_be must never be too narrow. Between false and true lies pending: a deadline that has not
// passed. `and` is the least, `or` the greatest of its operands in the order false < error < pending < true.
#pragma once

#include <cstdint>
#include <span>

namespace writ::eval {

struct Truth {
  enum class Kind : std::uint8_t { false_, true_, unknown, error };
  Kind kind = Kind::unknown;
  bool may_error = false;  // only with unknown: supplying facts could also end in an error
  bool pending = false;    // with false: pending, and not false; with unknown: it could turn out pending, too

  static constexpr Truth yes() { return {Kind::true_, false, false}; }
  static constexpr Truth no() { return {Kind::false_, false, false}; }
  static constexpr Truth maybe(bool may_error = false, bool pending = false) {
    return {Kind::unknown, may_error, pending};
  }
  static constexpr Truth failed() { return {Kind::error, false, false}; }
  static constexpr Truth in_time() { return {Kind::false_, false, true}; }
  static constexpr Truth of(bool b) { return b ? yes() : no(); }
  [[nodiscard]] constexpr bool is_true() const { return kind == Kind::true_; }
  [[nodiscard]] constexpr bool is_false() const { return kind == Kind::false_ && !pending; }
  [[nodiscard]] constexpr bool is_pending() const { return kind == Kind::false_ && pending; }
  [[nodiscard]] constexpr bool is_unknown() const { return kind == Kind::unknown; }
  [[nodiscard]] constexpr bool is_error() const { return kind == Kind::error; }
  friend bool operator==(const Truth&, const Truth&) = default;
};

/// The least and the greatest of any number of operands, in whatever order they stand.
[[nodiscard]] Truth all_true(std::span<const Truth> operands);
[[nodiscard]] Truth any_true(std::span<const Truth> operands);
[[nodiscard]] Truth and_(Truth a, Truth b);
[[nodiscard]] Truth or_(Truth a, Truth b);
/// Never of what is pending or could be: the checker keeps deadlines out of negations.
[[nodiscard]] Truth not_(Truth a);

}  // namespace writ::eval
