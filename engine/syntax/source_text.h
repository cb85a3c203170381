// What is checked on the bytes of a rule file before anything reads them as language.
#pragma once

#include "engine/base/diagnostic.h"

namespace writ::syntax {

/// False when the text cannot be read at all (encoding, control characters). Invisible and look-alike letters are
/// reported, and reading goes on.
[[nodiscard]] bool check_source(FileId file, std::string_view text, Diagnostics& out);

/// The letter of a to z, A to Z that a letter of another script looks like, or 0.
[[nodiscard]] char looks_like(char32_t letter);
/// A letter beyond ASCII, for words: coarse, but no punctuation is among them.
[[nodiscard]] bool is_foreign_letter(char32_t c);

}  // namespace writ::syntax
