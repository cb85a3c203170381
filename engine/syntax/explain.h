// The explanation of a syntax error: what is wrong in words that a lawyer understands, what to write instead, and a
// mend.
#pragma once

#include <optional>

#include "engine/syntax/scene.h"

namespace writ::syntax {

[[nodiscard]] Finding explain(const Scene& scene);

/// The body of an item begins without its brace.
[[nodiscard]] std::optional<Finding> missing_body(const Scene& scene);

// The kinds of mistakes, each in its file; the first that recognises the scene explains it.
[[nodiscard]] std::optional<Finding> wrong_law(
    const Scene& scene);  // mistakes_law.cc: clauses of law in the wrong place or form
[[nodiscard]] std::optional<Finding> wrong_amendment(const Scene& scene);  // mistakes_amend.cc
[[nodiscard]] std::optional<Finding> wrong_duty(
    const Scene& scene);  // mistakes_duties.cc: deadlines, evidence, open norms, lineage, amounts
[[nodiscard]] std::optional<Finding> wrong_word(
    const Scene& scene);  // mistakes_words.cc: reserved, misspelt, of another language
[[nodiscard]] std::optional<Finding> wrong_value(
    const Scene& scene);  // mistakes_values.cc: numbers, dates, texts, names
[[nodiscard]] std::optional<Finding> wrong_expression(const Scene& scene);  // mistakes_expressions.cc
[[nodiscard]] std::optional<Finding> missing_part(
    const Scene& scene);  // mistakes_parts.cc: signs and words left out or too many

}  // namespace writ::syntax
