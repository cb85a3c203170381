// What a quoted text says: without its quotation marks and with its escapes read.
#pragma once

#include <string>

#include "engine/base/diagnostic.h"
#include "engine/syntax/token.h"

namespace writ::syntax {

/// \" \\ \n \t \u{hex}. Others are reported and stand for themselves.
[[nodiscard]] std::string unescape(const Token& string, FileId file, Diagnostics& out);

/// The bytes of a code point; empty for surrogates and numbers beyond U+10FFFF.
[[nodiscard]] std::string encode_utf8(char32_t code_point);
/// The code point that begins at `offset` of valid UTF-8, and its length in bytes.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 1;
};
[[nodiscard]] CodePoint decode_utf8(std::string_view text, std::size_t offset);

}  // namespace writ::syntax
