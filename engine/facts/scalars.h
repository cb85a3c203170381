// One scalar of a document, read as its declared type directs. Says what is wrong in words that fit behind the fact's
// name, and what would mend it. Exact: numbers are rationals, quantities are converted to base units without rounding.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/diagnostic.h"
#include "engine/facts/raw.h"
#include "engine/model/value.h"
#include "engine/model/vocabulary.h"

namespace writ::facts {

struct ScalarProblem {
  Code code;
  std::string message;
  std::string help;
};
using ScalarReading = std::expected<model::Scalar, ScalarProblem>;

/// `node` is a scalar, `type` one of the scalar types. Parties are read as text: whether they are declared is the
/// binder's to know.
[[nodiscard]] ScalarReading read_scalar(const RawNode& node, model::TypeId type, const model::Vocabulary& vocabulary);

/// Nobody has said: empty, TBD, TODO, N/A, <…>, "task goes here". Members of an enumeration are never placeholders.
[[nodiscard]] bool is_placeholder(const RawNode& node, model::TypeId type, const model::Vocabulary& vocabulary);

/// The same for text of the document that is no fact: evidence, who stands behind it.
[[nodiscard]] bool is_placeholder_text(std::string_view text);

/// The words that are placeholders whatever the type, in lower case.
[[nodiscard]] std::span<const std::string_view> placeholder_words();

[[nodiscard]] bool is_scalar(model::TypeKind kind);

/// User text for a message: short, on one line.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace writ::facts
