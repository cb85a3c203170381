// Names of persons and companies as lists spell them: when two spellings are the same name, and when they are near
// enough that only a human can say. Deterministic and without a locale.
#pragma once

#include <string>
#include <string_view>

namespace writ {

/// Lower case (Latin, Greek, Cyrillic and full-width letters), white space collapsed to single blanks and trimmed.
[[nodiscard]] std::string folded_name(std::string_view name);

/// Not the same name, but perhaps the same bearer. Punctuation, `the`, `and` and words for the form of a company
/// (Co., Ltd., Inc., GmbH …) are left out; then the words are the same in any order, or one name begins with all words
/// of the other, or the letters differ in at most one place in eight (three at most).
[[nodiscard]] bool near_names(std::string_view a, std::string_view b);

}  // namespace writ
