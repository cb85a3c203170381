#include "engine/base/names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/suggest.h"

namespace writ {
namespace {

/// The code point at `i`, which is moved past it. The text is valid UTF-8; what is not is taken byte by byte.
char32_t next_code_point(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(i++);
  if (first < 0xC0) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  char32_t c = first & (0x3FU >> more);
  for (int n = 0; n < more && i < text.size() && (byte(i) & 0xC0U) == 0x80U; ++n) c = (c << 6U) | (byte(i++) & 0x3FU);
  return c;
}

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (c >> 18U));
    out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

char32_t lower(char32_t c) {
  const auto within = [&](char32_t from, char32_t last) { return c >= from && c <= last; };
  if (within(U'A', U'Z') || (within(0xC0, 0xDE) && c != 0xD7) || within(0x391, 0x3A9) || within(0x410, 0x42F) ||
      within(0xFF21, 0xFF3A))
    return c + 0x20;
  if (within(0x400, 0x40F)) return c + 0x50;
  // Pairs of a capital and its small letter, side by side.
  if ((within(0x100, 0x137) || within(0x14A, 0x177) || within(0x460, 0x481)) && c != 0x130 && c % 2 == 0) return c + 1;
  if ((within(0x139, 0x148) || within(0x179, 0x17E)) && c % 2 == 1) return c + 1;
  return c;
}

bool space(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x3000;
}

constexpr auto kForms = std::to_array<std::string_view>(
    {"co",  "company", "ltd",  "limited", "inc",  "incorporated", "corp", "corporation", "llc",  "llp",
     "lp",  "plc",     "gmbh", "ag",      "kg",   "se",           "sa",   "sas",         "sarl", "srl",
     "spa", "bv",      "nv",   "ab",      "as",   "oy",           "oyj",  "aps",         "kk",   "pte",
     "pty", "sdn",     "bhd",  "jsc",     "ojsc", "ooo",          "oao",  "zao",         "the",  "and"});

/// The words that carry the name. `Co., Ltd.` and `S.A.` are words for a form; a point within a word is no gap.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : folded_name(name)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter)
      words.back() += c;
    else if (c != '.' && c != '\'' && !words.back().empty())
      words.emplace_back();
  }
  std::erase_if(words, [](const std::string& word) {
    return word.empty() || std::find(kForms.begin(), kForms.end(), word) != kForms.end();
  });
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word;
  return out;
}

}  // namespace

std::string folded_name(std::string_view name) {
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < name.size();) {
    const char32_t c = next_code_point(name, i);
    if (space(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    append(out, lower(c));
  }
  return out;
}

bool near_names(std::string_view a, std::string_view b) {
  std::vector<std::string> x = words_of(a), y = words_of(b);
  if (x.empty() || y.empty()) return folded_name(a) == folded_name(b);
  if (x.size() > y.size()) std::swap(x, y);
  if (std::equal(x.begin(), x.end(), y.begin())) return true;  // one begins with the other, word by word
  const std::string one = joined(x), other = joined(y);
  if (one == other) return true;
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  if (x == y) return true;
  const std::size_t most = std::min<std::size_t>(3, std::min(one.size(), other.size()) / 8);
  return most > 0 && edit_distance(one, other) <= most;
}

}  // namespace writ
