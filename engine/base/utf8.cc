#include "engine/base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>

namespace writ {
namespace {

struct Decoded {
  char32_t code_point = 0;
  std::size_t length = 0;  // 0: the byte here is not part of valid UTF-8
};

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

/// The Unicode standard's table 3-7 (well-formed byte sequences), by lead byte and the range of the second byte.
Decoded decode(std::string_view text, std::size_t at) {
  const unsigned lead = byte_at(text, at);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1};
  std::size_t length = 0;
  unsigned low = 0x80;
  unsigned high = 0xBF;
  char32_t value = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
    value = lead & 0x1F;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    value = lead & 0x0F;
    if (lead == 0xE0) low = 0xA0;   // overlong
    if (lead == 0xED) high = 0x9F;  // surrogates
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    value = lead & 0x07;
    if (lead == 0xF0) low = 0x90;   // overlong
    if (lead == 0xF4) high = 0x8F;  // beyond U+10FFFF
  }
  if (length == 0 || text.size() - at < length) return {};
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned next = byte_at(text, at + i);
    if (next < low || next > high) return {};
    low = 0x80;
    high = 0xBF;
    value = (value << 6) | (next & 0x3F);
  }
  return {value, length};
}

struct Range {
  char32_t first;
  char32_t last;
};

// Sorted, from Unicode's EastAsianWidth (W and F) and general category Mn, at the granularity that an underline needs.
constexpr auto kWide = std::to_array<Range>({{0x1100, 0x115F},
                                             {0x2329, 0x232A},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0x33FF},
                                             {0x3400, 0x4DBF},
                                             {0x4E00, 0x9FFF},
                                             {0xA000, 0xA4CF},
                                             {0xA960, 0xA97F},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE10, 0xFE19},
                                             {0xFE30, 0xFE6F},
                                             {0xFF00, 0xFF60},
                                             {0xFFE0, 0xFFE6},
                                             {0x1F300, 0x1F64F},
                                             {0x1F680, 0x1F6FF},
                                             {0x1F900, 0x1F9FF},
                                             {0x1FA70, 0x1FAFF},
                                             {0x20000, 0x3FFFD}});
constexpr auto kCombining = std::to_array<Range>(
    {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF},  {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
     {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC},  {0x06DF, 0x06E4}, {0x0730, 0x074A},
     {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},  {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},
     {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200C, 0x200D},  {0x20D0, 0x20FF}, {0x302A, 0x302D},
     {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}});
// What changes how the text around it is shown, or shows nothing: marks and overrides of direction, separators, byte
// order mark.
constexpr auto kDeceptive = std::to_array<Range>({{0x00AD, 0x00AD},
                                                  {0x061C, 0x061C},
                                                  {0x180E, 0x180E},
                                                  {0x200B, 0x200B},
                                                  {0x200E, 0x200F},
                                                  {0x2028, 0x202E},
                                                  {0x2060, 0x206F},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFF9, 0xFFFB},
                                                  {0xFFFE, 0xFFFF},
                                                  {0xE0000, 0xE007F}});

bool within(char32_t c, std::span<const Range> ranges) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), c, [](char32_t v, const Range& r) { return v < r.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (byte_at(text, at) < 0x80) {  // nearly all there is
      ++at;
      continue;
    }
    const std::size_t length = decode(text, at).length;
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode(text, at);
    if (decoded.length == 0) {
      ++width;
      ++at;
      continue;
    }
    at += decoded.length;
    if (within(decoded.code_point, kCombining)) continue;
    width += within(decoded.code_point, kWide) ? 2 : 1;
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode(text, at);
    const char32_t c = decoded.code_point;
    if (decoded.length == 0) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte_at(text, at));
      ++at;
      continue;
    }
    if (c == U'\t') {
      out += ' ';
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || within(c, kDeceptive)) {
      fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", static_cast<std::uint32_t>(c));
    } else {
      out.append(text.substr(at, decoded.length));
    }
    at += decoded.length;
  }
  return out;
}

std::string printable_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    if (byte_at(json, at) < 0x7F) {
      out += json[at++];
      continue;
    }
    const Decoded decoded = decode(json, at);
    const auto c = static_cast<std::uint32_t>(decoded.code_point);
    if (decoded.length == 0) {
      out += json[at++];
    } else if (c < 0xA0 || within(decoded.code_point, kDeceptive)) {
      constexpr std::uint32_t kPlanes = 0x10000;
      if (c < kPlanes) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
      } else {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xD800 + ((c - kPlanes) >> 10U),
                       0xDC00 + ((c - kPlanes) & 0x3FFU));
      }
      at += decoded.length;
    } else {
      out.append(json.substr(at, decoded.length));
      at += decoded.length;
    }
  }
  return out;
}

}  // namespace writ
