#include "engine/facts/text_check.h"

#include <fmt/format.h>

#include <string_view>

#include "engine/base/utf8.h"

namespace writ::facts {
namespace {

Span at(FileId file, std::size_t begin, std::size_t length) {
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
}

bool foreign_encoding(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  // Without a mark: every other byte of the first characters is NUL.
  return text.size() >= 4 &&
         ((text[0] == 0 && text[1] != 0 && text[2] == 0) || (text[0] != 0 && text[1] == 0 && text[3] == 0));
}

/// U+202A..U+202E and U+2066..U+2069, the embeddings, overrides and isolates: E2 80 AA..AE and E2 81 A6..A9.
bool turns_direction(std::string_view text, std::size_t i) {
  if (i + 2 >= text.size()) return false;
  const auto second = static_cast<unsigned char>(text[i + 1]);
  const auto third = static_cast<unsigned char>(text[i + 2]);
  return (second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

bool check_text(FileId file, const SourceMap& sources, std::uint64_t max_bytes, std::uint32_t& begin,
                Diagnostics& out) {
  const std::string_view text = sources.text(file);
  if (text.size() > max_bytes) {
    out.report(Code::input_too_large, at(file, 0, 0),
               fmt::format("the file has {} bytes, more than the limit of {}", text.size(), max_bytes))
        .help = "raise --max-input-bytes or split the file";
    return false;
  }
  if (foreign_encoding(text)) {
    out.report(Code::wrong_encoding, at(file, 0, 0), "the file is not UTF-8 but UTF-16 or UTF-32").help =
        "save it as UTF-8";
    return false;
  }
  begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  if (const auto bad = first_invalid_utf8(text)) {
    out.report(Code::invalid_utf8, at(file, *bad, 1),
               fmt::format("byte 0x{:02X} at offset {} is not UTF-8", static_cast<unsigned char>(text[*bad]), *bad))
        .help = "save the file as UTF-8";
    return false;
  }
  for (std::size_t i = begin; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c < 0x7F) continue;
    if (c == '\n' || c == '\t' || c == '\r') continue;
    if (c < 0x20 || c == 0x7F) {
      out.report(Code::control_character, at(file, i, 1),
                 fmt::format("control character U+{:04X}", static_cast<unsigned>(c)))
          .help = "remove it, or write it as an escape in double quotes";
      return false;
    }
    if (c == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0 &&
        static_cast<unsigned char>(text[i + 1]) != 0x85) {
      out.report(Code::control_character, at(file, i, 2),
                 fmt::format("control character U+{:04X}", static_cast<unsigned char>(text[i + 1])))
          .help = "remove it, or write it as an escape in double quotes";
      return false;
    }
    if (c == 0xE2 && turns_direction(text, i)) {
      const unsigned code = 0x2000U + ((static_cast<unsigned char>(text[i + 1]) & 0x3FU) << 6U) +
                            (static_cast<unsigned char>(text[i + 2]) & 0x3FU);
      out.report(Code::deceptive_text, at(file, i, 3),
                 fmt::format("U+{:04X} turns the reading direction of what follows", code))
          .help = "remove it, or write it as an escape in double quotes";
      return false;
    }
    if (c == 0xEF && text.substr(i).starts_with("\xEF\xBB\xBF")) {
      out.report(Code::control_character, at(file, i, 3), "byte order mark U+FEFF within the text").help = "remove it";
      return false;
    }
  }
  return true;
}

}  // namespace writ::facts
