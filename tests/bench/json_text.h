// Text as JSON.
#pragma once

#include <string>
#include <string_view>

namespace writ::bench {

/// The text in quotes. `escape_beyond_ascii`: as \u00e9, where a character has one unit of UTF-16.
void append_quoted(std::string& out, std::string_view text, bool escape_beyond_ascii = false);
/// "3.3e24" is a number in JSON, "0x10", ".5" and "3 FLOP" are none.
[[nodiscard]] bool is_json_number(std::string_view text);

}  // namespace writ::bench
