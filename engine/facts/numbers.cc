#include "engine/facts/numbers.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <utility>

#include "engine/facts/scalars.h"

namespace writ::facts {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

std::size_t skip_digits(std::string_view text, std::size_t i) {
  while (i < text.size() && digit(text[i])) ++i;
  return i;
}

constexpr auto kPowers = std::to_array<std::pair<std::string_view, std::int64_t>>(
    {{"thousand", 1'000}, {"million", 1'000'000}, {"billion", 1'000'000'000}, {"trillion", 1'000'000'000'000}});

NumberProblem no_number(std::string_view text) {
  return {false, false, fmt::format("`{}` is no number", shown(text)), {}};
}

NumberProblem beyond(std::string_view text, NumberError error) {
  return {true, false, fmt::format("`{}` is beyond the limits of numbers: {}", shown(text), to_string(error)), {}};
}

/// 10^25
std::expected<Rational, NumberError> power(std::string_view base, std::string_view exponent) {
  const auto root = Rational::parse(base);
  if (!root) return root;
  const bool negative = exponent.starts_with('-');
  int value = 0;
  for (const char c : exponent.substr(negative ? 1 : 0)) {
    value = value * 10 + (c - '0');
    if (value > 400) return std::unexpected(NumberError::exponent_out_of_range);
  }
  return Rational::power(*root, negative ? -value : value);
}

}  // namespace

std::expected<WrittenNumber, NumberProblem> read_number(std::string_view text) {
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  const std::size_t first = i;
  i = skip_digits(text, i);
  if (i == first) {
    NumberProblem problem = no_number(text);
    if (text.substr(first).starts_with('.') && text.size() > first + 1 && digit(text[first + 1]))
      problem.help = fmt::format("write `{}0{}`", text.substr(0, first), shown(text.substr(first)));
    return std::unexpected(problem);
  }
  if (text[first] == '0' && i - first > 1) {
    const std::size_t digits = text.find_first_not_of('0', first);
    const std::size_t from = digits == std::string_view::npos || digits >= i ? i - 1 : digits;
    return std::unexpected(
        NumberProblem{false, false, fmt::format("`{}` begins with a zero, which may mean an octal number", shown(text)),
                      fmt::format("write `{}{}`", text.substr(0, first), shown(text.substr(from)))});
  }
  std::expected<Rational, NumberError> value;
  if (i + 1 < text.size() && text[i] == '^') {
    const std::size_t exponent = i + 1;
    const std::size_t end = skip_digits(text, exponent + (text[exponent] == '-' ? 1U : 0U));
    if (!digit(text[end - 1])) return std::unexpected(no_number(text));
    value = power(text.substr(0, i), text.substr(exponent, end - exponent));
    i = end;
  } else {
    if (i + 1 < text.size() && text[i] == '.' && digit(text[i + 1])) i = skip_digits(text, i + 1);
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
      std::size_t exponent = i + 1;
      if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
      const std::size_t end = skip_digits(text, exponent);
      if (end > exponent) i = end;
    }
    value = Rational::parse(text.substr(0, i));
  }
  if (!value) {
    return std::unexpected(value.error() == NumberError::malformed ? no_number(text) : beyond(text, value.error()));
  }
  if (i < text.size() && !space(text[i]) && text[i] != '%') {
    NumberProblem problem = no_number(text);
    if (text[i] == '_' || text[i] == ',' || text[i] == '\'') {
      problem.help = "write digits without separators, and a point before decimals";
    }
    problem.glued = (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z');
    return std::unexpected(problem);
  }
  WrittenNumber number{*value, text.substr(i), i < text.size() && space(text[i])};
  const auto trim = [&] {
    while (!number.rest.empty() && space(number.rest.front())) number.rest.remove_prefix(1);
    while (!number.rest.empty() && space(number.rest.back())) number.rest.remove_suffix(1);
  };
  trim();
  for (const auto& [word, factor] : kPowers) {
    if (!number.rest.starts_with(word) || (number.rest.size() > word.size() && !space(number.rest[word.size()])))
      continue;
    const auto scaled = value->mul(Rational(factor));
    if (!scaled) return std::unexpected(beyond(text, scaled.error()));
    number.value = *scaled;
    number.rest.remove_prefix(word.size());
    trim();
    break;
  }
  return number;
}

}  // namespace writ::facts
