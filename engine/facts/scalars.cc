#include "engine/facts/scalars.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "engine/base/suggest.h"
#include "engine/base/utf8.h"
#include "engine/facts/numbers.h"

namespace writ::facts {
namespace {

using model::NumberRange;
using model::Scalar;
using model::Type;
using model::TypeKind;

std::unexpected<ScalarProblem> problem(Code code, std::string message, std::string help = {}) {
  return std::unexpected(ScalarProblem{code, std::move(message), std::move(help)});
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

ScalarReading read_boolean(const RawNode& node) {
  const std::string word = node.text.size() > 8 ? std::string() : lower(node.text);
  if (!node.quoted && node.text == "true") return Scalar(true);
  if (!node.quoted && node.text == "false") return Scalar(false);
  const bool yes = word == "true" || word == "yes" || word == "y" || word == "on" || word == "1";
  const bool no = word == "false" || word == "no" || word == "n" || word == "off" || word == "0";
  return problem(Code::wrong_value,
                 fmt::format("`{}` is {}", shown(node.text), node.quoted ? "text" : "neither true nor false"),
                 yes || no ? fmt::format("write {}{}", yes ? "true" : "false", node.quoted ? ", without quotes" : "")
                           : "write true or false");
}

std::unexpected<ScalarProblem> number_problem(const NumberProblem& wrong, std::string_view help = {}) {
  std::string mend = wrong.help.empty() && !wrong.too_large ? std::string(help) : wrong.help;
  if (wrong.glued && !help.empty()) mend = "put a space between the number and its unit";
  return problem(wrong.too_large ? Code::number_too_large : Code::wrong_value, wrong.message, std::move(mend));
}

ScalarReading read_plain_number(const RawNode& node, TypeKind kind) {
  const auto number = read_number(node.text);
  if (!number) return number_problem(number.error());
  if (!number->rest.empty()) {
    return problem(Code::wrong_unit, fmt::format("`{}` bears a unit, and the fact has none", shown(node.text)),
                   "write the number alone");
  }
  if (node.quoted)
    return problem(Code::wrong_value, fmt::format("`{}` stands in quotes and is text", shown(node.text)),
                   "write the number without quotes");
  if (kind == TypeKind::integer && !number->value.is_integer()) {
    return problem(Code::wrong_value, fmt::format("`{}` is no whole number", shown(node.text)));
  }
  return Scalar(NumberRange::exactly(number->value));
}

std::string as_percent(const Rational& value) {
  const auto percent = value.mul(Rational(100));
  return percent ? percent->exact() + " %" : std::string("…");
}

ScalarReading read_ratio(const RawNode& node) {
  const auto number = read_number(node.text);
  if (!number) return number_problem(number.error());
  if (number->rest == "%") {
    const auto value = number->value.div(Rational(100));
    if (!value) return problem(Code::number_too_large, fmt::format("`{}` is too large", shown(node.text)));
    return Scalar(NumberRange::exactly(*value));
  }
  if (!number->rest.empty()) {
    return problem(Code::wrong_unit, fmt::format("`{}` bears the unit `{}`", shown(node.text), shown(number->rest)),
                   "write a ratio as `0.8` or `80 %`");
  }
  if (node.quoted)
    return problem(Code::wrong_value, fmt::format("`{}` stands in quotes and is text", shown(node.text)),
                   "write the number without quotes");
  if (number->value > Rational(1)) {
    return problem(
        Code::missing_unit,
        fmt::format("`{}` may mean {} % or {}", shown(node.text), number->value.exact(), as_percent(number->value)),
        fmt::format("write `{} %` or `{}`", number->value.exact(), as_percent(number->value)));
  }
  return Scalar(NumberRange::exactly(number->value));
}

ScalarReading read_quantity(const RawNode& node, const Type& type, const model::Vocabulary& vocabulary) {
  const auto number = read_number(node.text);
  if (!number) return number_problem(number.error(), fmt::format("write a number and its unit: `3 {}`", type.name));
  std::string_view unit_text = number->rest;
  if (unit_text.empty()) {
    if (type.name == "%") {
      return problem(
          Code::missing_unit,
          fmt::format("`{}` may mean {} % or {}", shown(node.text), number->value.exact(), as_percent(number->value)),
          fmt::format("write `{} %` or `{}`", number->value.exact(), as_percent(number->value)));
    }
    if (node.quoted) {
      return problem(
          Code::wrong_value, fmt::format("`{}` stands in quotes and is text", shown(node.text)),
          fmt::format("write the number without quotes, or with its unit: `{} {}`", shown(node.text), type.name));
    }
    unit_text = type.name;
  }
  const auto unit = vocabulary.units.parse(unit_text);
  if (!unit || vocabulary.units.is_currency(unit_text)) {
    const std::string near = unit ? std::string() : nearest(unit.error(), vocabulary.units.names());
    return problem(
        Code::wrong_unit,
        fmt::format("unit `{}` is not {}", shown(unit ? unit_text : unit.error()),
                    unit ? "a unit of measure but a currency" : "declared"),
        near.empty() ? fmt::format("the fact is measured in {}", type.name) : fmt::format("did you mean `{}`?", near));
  }
  if (unit->dimension != type.dimension) {
    return problem(Code::wrong_unit,
                   fmt::format("`{}` measures {}, the fact {}", shown(unit_text),
                               vocabulary.units.describe(unit->dimension), vocabulary.units.describe(type.dimension)),
                   fmt::format("the fact is measured in {}", type.name));
  }
  const auto value = number->value.mul(unit->factor);
  if (!value) return problem(Code::number_too_large, fmt::format("`{}` is too large in base units", shown(node.text)));
  return Scalar(NumberRange::exactly(*value));
}

ScalarReading read_money(const RawNode& node, const model::Vocabulary& vocabulary) {
  const auto number = read_number(node.text);
  if (!number) return number_problem(number.error(), "write a number and its currency: `15 million EUR`");
  if (number->rest.empty()) {
    return problem(Code::missing_unit, fmt::format("`{}` names no currency", shown(node.text)),
                   fmt::format("write the currency: `{} EUR`", shown(node.text)));
  }
  if (!vocabulary.units.is_currency(number->rest)) {
    const std::string near = nearest(number->rest, vocabulary.units.names());
    const bool helps = !near.empty() && vocabulary.units.is_currency(near);
    return problem(Code::wrong_unit, fmt::format("`{}` is no declared currency", shown(number->rest)),
                   helps ? fmt::format("did you mean `{}`?", near) : std::string());
  }
  return Scalar(model::Money{NumberRange::exactly(number->value), std::string(number->rest)});
}

ScalarReading read_time(const RawNode& node, TypeKind kind) {
  if (kind == TypeKind::date) {
    if (const auto date = Date::parse(node.text)) return Scalar(*date);
    if (const auto instant = Instant::parse(node.text)) {
      return problem(Code::wrong_value, fmt::format("`{}` is an instant, not a day", shown(node.text)),
                     fmt::format("write the day: `{}`", node.text.substr(0, 10)));
    }
    return problem(Code::wrong_value, fmt::format("`{}` is no day", shown(node.text)),
                   "write YYYY-MM-DD, a day that exists");
  }
  if (kind == TypeKind::instant) {
    if (const auto instant = Instant::parse(node.text)) return Scalar(*instant);
    return problem(Code::wrong_value, fmt::format("`{}` is no instant", shown(node.text)),
                   "write the day, the time and the zone: `2025-08-02T10:00Z`");
  }
  constexpr std::size_t kLongestDuration = 64;
  const auto duration = node.text.size() > kLongestDuration ? std::nullopt : Duration::parse(node.text);
  if (duration) return Scalar(*duration);
  return problem(Code::wrong_value, fmt::format("`{}` is no duration", shown(node.text)),
                 "write a number and `hours`, `days`, `weeks`, `months` or `years`");
}

ScalarReading read_country(const RawNode& node) {
  const model::CountryCheck check = model::check_country(node.text);
  if (check.ok) return Scalar(model::Country{node.text});
  const bool code = check.suggestion.size() <= 6 && !check.suggestion.empty();
  return problem(Code::wrong_country, fmt::format("`{}` is no country code", shown(node.text)),
                 code                       ? fmt::format("write `{}`", check.suggestion)
                 : check.suggestion.empty() ? "write the ISO 3166-1 code of two capital letters, as `DE`"
                                            : check.suggestion);
}

ScalarReading read_member(const RawNode& node, const Type& type, const model::Vocabulary& vocabulary) {
  const model::Enum& enumeration = vocabulary.enums[type.enumeration];
  const int member = enumeration.find(node.text);
  if (member >= 0) return Scalar(model::Candidates::one(static_cast<std::size_t>(member), enumeration.members.size()));
  std::vector<std::string> names;
  for (const auto& m : enumeration.members) names.push_back(m.name);
  const std::string near = nearest(node.text, names);
  std::string help;
  if (!near.empty()) {
    help = fmt::format("did you mean `{}`?", near);
  } else {
    constexpr std::size_t kShown = 12;
    for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i) help += (i == 0 ? "one of " : ", ") + names[i];
    if (names.size() > kShown) help += " …";
  }
  return problem(Code::unknown_member, fmt::format("`{}` is no member of `{}`", shown(node.text), enumeration.name),
                 help);
}

constexpr auto kWords = std::to_array<std::string_view>({"?",
                                                         "??",
                                                         "???",
                                                         "-",
                                                         "--",
                                                         "...",
                                                         "…",
                                                         "n/a",
                                                         "n.a.",
                                                         "tba",
                                                         "tbc",
                                                         "tbd",
                                                         "t.b.d.",
                                                         "todo",
                                                         "fixme",
                                                         "xxx",
                                                         "unknown",
                                                         "placeholder",
                                                         "not known",
                                                         "not provided",
                                                         "to be announced",
                                                         "to be confirmed",
                                                         "to be completed",
                                                         "to be decided",
                                                         "to be defined",
                                                         "to be determined",
                                                         "fill me in",
                                                         "[more information needed]",
                                                         "more information needed"});

}  // namespace

std::span<const std::string_view> placeholder_words() { return kWords; }

std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  const bool cut = text.size() > kLongest;
  if (cut) {
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text = text.substr(0, end);
  }
  return printable(text) + (cut ? "…" : "");
}

bool is_scalar(TypeKind kind) {
  switch (kind) {
    case TypeKind::record:
    case TypeKind::set:
    case TypeKind::map:
    case TypeKind::list:
    case TypeKind::error: return false;
    case TypeKind::boolean:
    case TypeKind::integer:
    case TypeKind::decimal:
    case TypeKind::ratio:
    case TypeKind::quantity:
    case TypeKind::money:
    case TypeKind::date:
    case TypeKind::instant:
    case TypeKind::duration:
    case TypeKind::text:
    case TypeKind::country:
    case TypeKind::party:
    case TypeKind::enumeration:
    case TypeKind::reference: return true;
  }
  return false;
}

bool is_placeholder(const RawNode& node, model::TypeId type, const model::Vocabulary& vocabulary) {
  const Type& declared = vocabulary.types[type];
  if (declared.kind == TypeKind::enumeration && vocabulary.enums[declared.enumeration].find(node.text) >= 0)
    return false;
  return is_placeholder_text(node.text);
}

bool is_placeholder_text(std::string_view written) {
  const std::string_view text = trimmed(written);
  if (text.empty()) return true;
  constexpr std::size_t kLongest = 200;  // longer text is text
  if (text.size() > kLongest) return false;
  if (text.front() == '<' && text.back() == '>' && text.find('<', 1) == std::string_view::npos) return true;
  const std::string word = lower(text);
  if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
  return word.ends_with(" goes here") || word.starts_with("tbd:") || word.starts_with("todo:") ||
         word.starts_with("lorem ipsum");
}

ScalarReading read_scalar(const RawNode& node, model::TypeId id, const model::Vocabulary& vocabulary) {
  const Type& type = vocabulary.types[id];
  switch (type.kind) {
    case TypeKind::boolean: return read_boolean(node);
    case TypeKind::integer:
    case TypeKind::decimal: return read_plain_number(node, type.kind);
    case TypeKind::ratio: return read_ratio(node);
    case TypeKind::quantity: return read_quantity(node, type, vocabulary);
    case TypeKind::money: return read_money(node, vocabulary);
    case TypeKind::date:
    case TypeKind::instant:
    case TypeKind::duration: return read_time(node, type.kind);
    case TypeKind::text:
    case TypeKind::party:
    case TypeKind::reference: return Scalar(node.text);
    case TypeKind::country: return read_country(node);
    case TypeKind::enumeration: return read_member(node, type, vocabulary);
    case TypeKind::error:
    case TypeKind::record:
    case TypeKind::set:
    case TypeKind::map:
    case TypeKind::list: break;
  }
  WRIT_CHECK(false);  // callers ask is_scalar first
  return {};
}

}  // namespace writ::facts
