#include "tests/bench/json_text.h"

#include <fmt/format.h>

#include <iterator>

namespace writ::bench {

void append_quoted(std::string& out, std::string_view text, bool escape_beyond_ascii) {
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto after = [&](std::size_t n) {
      return static_cast<unsigned>(static_cast<unsigned char>(text[i + n]) & 0x3FU);
    };
    if (c == '"' || c == '\\') {
      out += '\\';
      out += text[i];
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    } else if (escape_beyond_ascii && (c & 0xE0U) == 0xC0U && i + 1 < text.size()) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", (c & 0x1FU) << 6 | after(1));
      i += 1;
    } else if (escape_beyond_ascii && (c & 0xF0U) == 0xE0U && i + 2 < text.size()) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", (c & 0x0FU) << 12 | after(1) << 6 | after(2));
      i += 2;
    } else {
      out += text[i];
    }
  }
  out += '"';
}

bool is_json_number(std::string_view text) {
  std::size_t i = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t first = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i - first;
  };
  const bool zero = i < text.size() && text[i] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

}  // namespace writ::bench
