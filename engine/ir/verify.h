// Whether a program that was read from somewhere is one that lowering could have made: every id is in its pool, every
// operand stands before its operation and has a type that the operation takes, nothing calls itself, and the law has
// what evaluation and reports rely on. Says nothing of whether the law is right.
#pragma once

#include <optional>
#include <string>

#include "engine/ir/program.h"

namespace writ::ir {

/// Expressions and the calls in them are at most so deep: evaluation recurses.
inline constexpr std::uint32_t kMaxHeight = 6'000;

/// The first thing that does not hold: "node 17 (add): an operand is no number". Ids of the vocabulary and of all
/// records of the law must be in their pools, or none, before this is asked.
[[nodiscard]] std::optional<std::string> verify(const Program& program);

/// The parts of it. Those of the law take for granted that vocabulary and nodes are right.
[[nodiscard]] std::optional<std::string> verify_vocabulary(const model::Vocabulary& vocabulary);
[[nodiscard]] std::optional<std::string> verify_nodes(const Program& program);
[[nodiscard]] std::optional<std::string> verify_law(const Program& program);
/// Terms, scopes, sets and classifications do not call one another in a circle, and not deeper than evaluation can
/// follow.
[[nodiscard]] std::optional<std::string> verify_calls(const Program& program);

/// Types whose values compare and combine.
enum class Family : std::uint8_t {
  other,
  boolean,
  number,
  money,
  moment,
  duration,
  text,
  country,
  member,
  record,
  set,
  map,
  list
};
[[nodiscard]] Family family_of(model::TypeKind kind);
/// A value of a fact, of a set or of a table, exact and of this type.
[[nodiscard]] bool fits(const model::Vocabulary& vocabulary, model::TypeId type, const model::Scalar& scalar);

}  // namespace writ::ir
