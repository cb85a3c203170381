// UTF-8: the one place that knows code points. Offsets are bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace writ {

/// Offset of the first byte that is not part of valid UTF-8 (overlong forms and surrogates are invalid), or nothing.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);
[[nodiscard]] std::size_t count_code_points(std::string_view text);
/// Columns on a terminal: East Asian wide characters and emoji take two, combining marks none.
[[nodiscard]] std::size_t display_width(std::string_view text);
/// For terminals and logs: control characters, C1 and bidirectional overrides become visible escapes; tabs become
/// spaces.
[[nodiscard]] std::string printable(std::string_view text);
/// JSON in which whatever `printable` would not let through stands as an escape, so that it means the same and shows
/// itself. INVARIANT: such characters stand in its strings only.
[[nodiscard]] std::string printable_json(std::string_view json);

}  // namespace writ
