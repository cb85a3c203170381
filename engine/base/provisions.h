// The articles and sections that a citation names: "Art. 99(4)(g), 99(6)-(6a)" is of "Art. 99"; "Annexes I to III" of
// three annexes. Paragraphs and points in parentheses are not told apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// In the order of the text, each once. A number takes the word before it ("Art.", "Annex", "Chapter"), or that of the
/// number before; without a word it stands for itself ("742.6", "6-1-1702").
[[nodiscard]] std::vector<std::string> provision_units(std::string_view text);

}  // namespace writ
