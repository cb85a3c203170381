// Which words begin items and clauses: where reading can go on after a mistake, and what a misspelt word may have
// meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/syntax/token.h"
#include "engine/syntax/tree.h"

namespace writ::syntax {

[[nodiscard]] bool is_item_word(std::string_view word);
/// Words that begin a clause in some item and can stand in no expression.
[[nodiscard]] bool is_clause_word(std::string_view word);
/// The clauses of the item that the rule of the grammar reads, as their first words; empty for other rules.
[[nodiscard]] std::span<const std::string_view> clauses_of(Rule item);
/// "rule", "test" …: how the item is called; empty for other rules.
[[nodiscard]] std::string_view item_name(Rule item);
/// The nearest of the words, or nothing.
[[nodiscard]] std::string nearest_word(std::string_view word, std::span<const std::string_view> words);
[[nodiscard]] std::span<const std::string_view> item_words();

/// A clause begins at this token: its word, neither after a dot nor before a colon.
[[nodiscard]] bool begins_clause(const Tokens& tokens, std::size_t at);

}  // namespace writ::syntax
