#include "engine/syntax/near_date.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "engine/base/date.h"

namespace writ::syntax {
namespace {

int to_int(std::string_view digits) {
  int value = -1;
  if (digits.size() <= 4) std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string iso(int year, int month, int day) {
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  return Date::parse(text) ? text : std::string();
}

}  // namespace

NearDate read_near_date(std::string_view text) {
  const std::size_t first = text.find_first_of("./-");
  const char separator = text[first];
  const std::size_t second = text.find(separator, first + 1);
  const std::array parts = {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  if (separator == '.' && parts[0].size() <= 3 && parts[1].size() == 3 && parts[2].size() == 3) {
    return {fmt::format("{}_{}_{}", parts[0], parts[1], parts[2]),
            fmt::format("digits are grouped with underscores: {}_{}_{}", parts[0], parts[1], parts[2])};
  }
  const int a = to_int(parts[0]);
  const int b = to_int(parts[1]);
  const int c = to_int(parts[2]);
  if (parts[0].size() == 4) {
    const std::string date = iso(a, b, c);
    return {{}, date.empty() ? "dates are written YYYY-MM-DD" : fmt::format("write {}", date)};
  }
  if (separator == '.' && parts[2].size() != 4)
    return {"0", "a number has one decimal point; the version of something stands in quoted text"};
  const std::string day_first = iso(c, b, a);
  const std::string month_first = iso(c, a, b);
  if (separator != '/' && !day_first.empty()) return {{}, fmt::format("dates are written YYYY-MM-DD: {}", day_first)};
  if (!day_first.empty() && !month_first.empty() && day_first != month_first) {
    return {{},
            fmt::format("dates are written YYYY-MM-DD: {} or {}, according to what is meant", day_first, month_first)};
  }
  const std::string& one = day_first.empty() ? month_first : day_first;
  return {{}, one.empty() ? "dates are written YYYY-MM-DD" : fmt::format("dates are written YYYY-MM-DD: {}", one)};
}

}  // namespace writ::syntax
