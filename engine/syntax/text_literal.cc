#include "engine/syntax/text_literal.h"

#include <fmt/format.h>

#include <charconv>

namespace writ::syntax {
namespace {

/// Reads `u{hex}` at `at`; the number of bytes read, or 0.
std::size_t read_hex(std::string_view body, std::size_t at, std::string& into) {
  if (body.substr(at, 2) != "u{") return 0;
  const std::size_t close = body.find('}', at);
  if (close == std::string_view::npos || close == at + 2 || close > at + 8) return 0;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(body.data() + at + 2, body.data() + close, value, 16);
  if (error != std::errc{} || end != body.data() + close) return 0;
  const std::string bytes = encode_utf8(value);
  if (bytes.empty() || value == 0) return 0;
  into += bytes;
  return close + 1 - at;
}

}  // namespace

std::string encode_utf8(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | (c >> 6)), byte(0x80 | (c & 0x3F))};
  if (c >= 0xD800 && c < 0xE000) return {};
  if (c < 0x10000) return {byte(0xE0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F))};
  if (c > 0x10FFFF) return {};
  return {byte(0xF0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3F)), byte(0x80 | ((c >> 6) & 0x3F)),
          byte(0x80 | (c & 0x3F))};
}

CodePoint decode_utf8(std::string_view text, std::size_t offset) {
  const auto at = [&](std::size_t i) {
    return offset + i < text.size() ? static_cast<unsigned char>(text[offset + i]) : 0U;
  };
  const unsigned first = at(0);
  if (first < 0xC0) return {first, 1};
  if (first < 0xE0) return {((first & 0x1F) << 6) | (at(1) & 0x3F), 2};
  if (first < 0xF0) return {((first & 0x0F) << 12) | ((at(1) & 0x3F) << 6) | (at(2) & 0x3F), 3};
  return {((first & 0x07) << 18) | ((at(1) & 0x3F) << 12) | ((at(2) & 0x3F) << 6) | (at(3) & 0x3F), 4};
}

std::string unescape(const Token& string, FileId file, Diagnostics& out) {
  if (string.text.size() < 2) return {};
  const std::string_view body = string.text.substr(1, string.text.size() - 2);
  if (body.find('\\') == std::string_view::npos) return std::string(body);
  std::string result;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\') {
      result += body[i];
      continue;
    }
    const char c = i + 1 < body.size() ? body[i + 1] : '\0';
    if (c == '"' || c == '\\') {
      result += c;
      ++i;
    } else if (c == 'n' || c == 't') {
      result += c == 'n' ? '\n' : '\t';
      ++i;
    } else if (const std::size_t read = read_hex(body, i + 1, result)) {
      i += read;
    } else {
      const std::uint32_t length = decode_utf8(body, i + 1).length;
      const auto begin = string.begin + 1 + static_cast<std::uint32_t>(i);
      Diagnostic& d = out.report(Code::bad_escape, {file, begin, begin + 1 + length},
                                 fmt::format("`{}` is no escape", body.substr(i, 1 + length)));
      d.help =
          "write `\\\\` for a backslash; the others are `\\\"`, `\\n`, `\\t` and `\\u{…}` with a hexadecimal number";
      result += '\\';
    }
  }
  return result;
}

}  // namespace writ::syntax
