#include "engine/syntax/characters.h"

#include <fmt/format.h>

#include "engine/syntax/text_literal.h"

namespace writ::syntax {
namespace {

Advice operator_advice(char32_t c, std::string_view instead) {
  return {Code::wrong_operator, fmt::format("`{}` is no operator of this language", encode_utf8(c)),
          fmt::format("write `{}`", instead), instead};
}

bool is_space(char32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x2028 ||
         c == 0x2029;
}

}  // namespace

Advice advice_for(char32_t c) {
  switch (c) {
    case 0x2265: return operator_advice(c, ">=");
    case 0x2264: return operator_advice(c, "<=");
    case 0x2260: return operator_advice(c, "!=");
    case 0x00D7:
    case 0x22C5:
    case 0x00B7: return operator_advice(c, "*");
    case 0x00F7: return operator_advice(c, "/");
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return {Code::wrong_operator, fmt::format("`{}` is a dash, not the minus sign", encode_utf8(c)), "write `-`",
              "-"};
    case ';':
      return {Code::unexpected_character,
              "`;` has no meaning here",
              "leave it out: a clause ends where the next one begins",
              {}};
    case '$':
    case 0x20AC:
    case 0xA3:
    case 0xA5:
      return {Code::unexpected_character,
              fmt::format("`{}` has no meaning here", encode_utf8(c)),
              "a currency stands after the number by its code: 15 million EUR",
              {}};
    case 0xA7:
      return {Code::unexpected_character,
              "`§` has no meaning here",
              "a provision stands in quoted text: cites AIA \"§ 3\"",
              {}};
    case 0x2026: return {Code::unexpected_character, "`…` has no meaning here", "write out what it stands for", {}};
    case '\'':
      return {
          Code::wrong_quotes, "`'` begins no text", "text stands between double quotation marks, \"like this\"", {}};
    case '`':
      return {Code::wrong_quotes,
              "a backtick begins no text",
              "text stands between double quotation marks; names stand bare",
              {}};
    case '\\':
      return {Code::unexpected_character,
              "`\\` has no meaning outside quoted text",
              "leave it out: a clause can run over several lines",
              {}};
    case '?':
      return {Code::unexpected_character,
              "`?` has no meaning here",
              "to ask whether something is stated, write `is present`",
              {}};
    default: break;
  }
  if (is_space(c))
    return {Code::unexpected_character,
            fmt::format("this space is U+{:04X}, not the ordinary one", static_cast<unsigned>(c)),
            "type the space again",
            {}};
  const std::string shown = encode_utf8(c);
  return {Code::unexpected_character,
          fmt::format("`{}` has no meaning here", shown),
          "leave it out, or put the text in quotation marks",
          {}};
}

char32_t closing_quote(char32_t c) {
  switch (c) {
    case 0x201C: return 0x201D;  // “ ”
    case 0x201D: return 0x201D;
    case 0x201E: return 0x201C;  // „ “
    case 0x00AB: return 0x00BB;  // « »
    case 0x00BB: return 0x00AB;
    case 0x2018: return 0x2019;  // ‘ ’
    case 0x2019: return 0x2019;
    default: return 0;
  }
}

bool is_reported_elsewhere(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C ||
         c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD || c == 0x180E || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace writ::syntax
