#include "engine/syntax/source_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/utf8.h"
#include "engine/syntax/limits.h"
#include "engine/syntax/text_literal.h"

namespace writ::syntax {
namespace {

struct Twin {
  char32_t letter;
  char ascii;
};
// Cyrillic and Greek letters that no reader can tell from Latin ones. Sorted.
constexpr std::array kTwins = {
    Twin{0x0391, 'A'}, Twin{0x0392, 'B'}, Twin{0x0395, 'E'}, Twin{0x0396, 'Z'}, Twin{0x0397, 'H'}, Twin{0x0399, 'I'},
    Twin{0x039A, 'K'}, Twin{0x039C, 'M'}, Twin{0x039D, 'N'}, Twin{0x039F, 'O'}, Twin{0x03A1, 'P'}, Twin{0x03A4, 'T'},
    Twin{0x03A5, 'Y'}, Twin{0x03A7, 'X'}, Twin{0x03B9, 'i'}, Twin{0x03BD, 'v'}, Twin{0x03BF, 'o'}, Twin{0x03C1, 'p'},
    Twin{0x03C5, 'u'}, Twin{0x0405, 'S'}, Twin{0x0406, 'I'}, Twin{0x0408, 'J'}, Twin{0x0410, 'A'}, Twin{0x0412, 'B'},
    Twin{0x0415, 'E'}, Twin{0x041A, 'K'}, Twin{0x041C, 'M'}, Twin{0x041D, 'H'}, Twin{0x041E, 'O'}, Twin{0x0420, 'P'},
    Twin{0x0421, 'C'}, Twin{0x0422, 'T'}, Twin{0x0423, 'Y'}, Twin{0x0425, 'X'}, Twin{0x0430, 'a'}, Twin{0x0435, 'e'},
    Twin{0x043E, 'o'}, Twin{0x0440, 'p'}, Twin{0x0441, 'c'}, Twin{0x0443, 'y'}, Twin{0x0445, 'x'}, Twin{0x0455, 's'},
    Twin{0x0456, 'i'}, Twin{0x0458, 'j'}, Twin{0x04BB, 'h'}, Twin{0x0501, 'd'}, Twin{0x051B, 'q'}, Twin{0x051D, 'w'},
};

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool turns_direction(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}
bool invisible(char32_t c) {
  return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD || c == 0x180E || (c >= 0xE0000 && c <= 0xE007F);
}

bool foreign_encoding(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 4 &&
         ((text[0] == 0 && text[1] != 0 && text[2] == 0) || (text[0] != 0 && text[1] == 0 && text[3] == 0));
}

/// Follows one word and reports it when a Latin letter and the double of one stand in it together.
struct Word {
  std::size_t begin = 0;
  bool latin = false;
  std::size_t twin = 0;
  char32_t letter = 0;
  bool open = false;

  void see(std::size_t at, char32_t c) {
    if (!open) *this = Word{.begin = at, .open = true};
    if (is_ascii_letter(c)) latin = true;
    if (letter == 0 && looks_like(c) != 0) {
      twin = at;
      letter = c;
    }
  }
  void close(FileId file, std::size_t end, Diagnostics& out) {
    if (open && latin && letter != 0) {
      const auto at = static_cast<std::uint32_t>(twin);
      Diagnostic& d = out.report(Code::lookalike_letter, {file, at, at + 2},
                                 fmt::format("this letter is U+{:04X} of another alphabet, not `{}`",
                                             static_cast<unsigned>(letter), looks_like(letter)));
      d.labels.push_back({{file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, "in this word"});
      d.help = "type the letter again on a Latin keyboard";
    }
    open = false;
  }
};

}  // namespace

char looks_like(char32_t letter) {
  const auto found = std::ranges::lower_bound(kTwins, letter, {}, &Twin::letter);
  return found != kTwins.end() && found->letter == letter ? found->ascii : '\0';
}

bool is_foreign_letter(char32_t c) {
  return (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) ||
         (c >= 0x2E80 && c < 0xE000 && !(c >= 0x3000 && c < 0x3040)) || (c >= 0xF900 && c < 0xFE00) ||
         (c >= 0xFF21 && c <= 0xFF5A);
}

bool check_source(FileId file, std::string_view text, Diagnostics& out) {
  const auto span = [&](std::size_t at, std::size_t length) {
    return Span{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
  };
  if (foreign_encoding(text)) {
    out.report(Code::wrong_encoding, span(0, 0), "the file is not UTF-8 but UTF-16 or UTF-32").help =
        "save it as UTF-8";
    return false;
  }
  if (const auto bad = first_invalid_utf8(text)) {
    out.report(Code::invalid_utf8, span(*bad, 1),
               fmt::format("byte 0x{:02X} at offset {} is not UTF-8", static_cast<unsigned char>(text[*bad]), *bad))
        .help = "save the file as UTF-8";
    return false;
  }
  Word word;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const CodePoint c = byte < 0x80 ? CodePoint{byte, 1} : decode_utf8(text, i);
    if (is_ascii_letter(c.value) || is_foreign_letter(c.value)) {
      word.see(i, c.value);
    } else if (word.open && byte != '_' && (byte < '0' || byte > '9')) {
      word.close(file, i, out);
    }
    if ((byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7F ||
        (c.value >= 0x80 && c.value < 0xA0)) {
      out.report(Code::control_character, span(i, c.length),
                 fmt::format("control character U+{:04X}", static_cast<unsigned>(c.value)))
          .help = "remove it; in quoted text it can be written as `\\u{…}`";
      return false;
    }
    if (c.value >= 0x80 && turns_direction(c.value)) {
      out.report(Code::deceptive_text, span(i, c.length),
                 fmt::format("U+{:04X} turns the reading direction of what follows", static_cast<unsigned>(c.value)))
          .help = "remove it; in quoted text it can be written as `\\u{…}`";
    } else if (c.value >= 0x80 && invisible(c.value) && i != 0) {  // at the very beginning it is the mark of UTF-8
      out.report(Code::deceptive_text, span(i, c.length),
                 fmt::format("U+{:04X} is invisible", static_cast<unsigned>(c.value)))
          .help = "remove it; in quoted text it can be written as `\\u{…}`";
    }
    i += c.length;
    if (out.items().size() > kMaxErrors) return false;
  }
  word.close(file, text.size(), out);
  return true;
}

}  // namespace writ::syntax
