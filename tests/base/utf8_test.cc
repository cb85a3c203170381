#include "engine/base/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace writ {
namespace {

TEST(Utf8, ValidText) {
  for (const std::string& text : std::vector<std::string>{
           "", "plain", "§ 53", "日本", "\U0001F1EE\U0001F1F9", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF",
           "\xEE\x80\x80", "\xC2\x80", "\xE0\xA0\x80", "\xF0\x90\x80\x80", std::string("\0", 1)}) {
    EXPECT_EQ(first_invalid_utf8(text), std::nullopt) << text;
  }
}

TEST(Utf8, InvalidFormsAreFoundAtTheirFirstByte) {
  struct Row {
    const char* what;
    std::string bytes;
  };
  for (const Row& row : std::vector<Row>{{"lone continuation", "\x80"},
                                         {"overlong slash, two bytes", "\xC0\xAF"},
                                         {"overlong, two bytes", "\xC1\xBF"},
                                         {"overlong, three bytes", "\xE0\x9F\xBF"},
                                         {"overlong, four bytes", "\xF0\x8F\xBF\xBF"},
                                         {"high surrogate", "\xED\xA0\x80"},
                                         {"low surrogate", "\xED\xBF\xBF"},
                                         {"beyond U+10FFFF", "\xF4\x90\x80\x80"},
                                         {"five-byte form", "\xF8\x88\x80\x80\x80"},
                                         {"Latin-1", "\xE9t\xE9"},
                                         {"UTF-16 mark", "\xFF\xFE"},
                                         {"cut after one", "\xC3"},
                                         {"cut after two", "\xE2\x82"},
                                         {"cut after three", "\xF0\x9F\x98"},
                                         {"bad third byte", "\xE2\x82\x28"}}) {
    EXPECT_EQ(first_invalid_utf8(row.bytes), std::size_t{0}) << row.what;
    EXPECT_EQ(first_invalid_utf8("é," + row.bytes), std::size_t{3}) << row.what;
  }
}

TEST(Utf8, CountsCodePointsAndColumns) {
  EXPECT_EQ(count_code_points("a§日"), 3U);
  EXPECT_EQ(display_width("a§日"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("한글"), 4U);
  EXPECT_EQ(display_width("\U0001F600"), 2U);
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("\xFF"), 1U);
}

TEST(Utf8, PrintableHidesNothingAndObeysNothing) {
  EXPECT_EQ(printable("plain é 日"), "plain é 日");
  EXPECT_EQ(printable("\x1b[31mred"), "\\u{1b}[31mred");
  EXPECT_EQ(printable("a\tb\nc\rd"), "a b\\u{a}c\\u{d}d");
  EXPECT_EQ(printable(std::string("\0", 1)), "\\u{0}");
  EXPECT_EQ(printable("\x7f"), "\\u{7f}");
  EXPECT_EQ(printable("\u0085\u009b"), "\\u{85}\\u{9b}");
  EXPECT_EQ(printable("\u202e\u2066\u200f\u061c"), "\\u{202e}\\u{2066}\\u{200f}\\u{61c}");
  EXPECT_EQ(printable("\u2028\u200b\ufeff"), "\\u{2028}\\u{200b}\\u{feff}");
  EXPECT_EQ(printable("\xff\xc3"), "\\xff\\xc3");
}

TEST(Utf8, PrintableIsVisibleForEveryCodePoint) {
  for (char32_t c = 0; c < 0xA0; ++c) {
    std::string text;
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else {
      text += static_cast<char>(0xC2);
      text += static_cast<char>(c);
    }
    for (const char shown : printable(text)) {
      EXPECT_GE(static_cast<unsigned char>(shown), 0x20U) << static_cast<unsigned>(c);
      EXPECT_LT(static_cast<unsigned char>(shown), 0x7FU) << static_cast<unsigned>(c);
    }
  }
}

}  // namespace
}  // namespace writ
