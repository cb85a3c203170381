#include "tests/bench/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <string_view>

#include "tests/bench/json_text.h"

namespace writ::bench {

using model::Type;
using model::TypeKind;

namespace {

constexpr auto kWords = std::to_array<std::string_view>(
    {"assessment", "of",       "the",     "training", "data",     "report",     "internal", "review", "board",
     "minutes",    "system",   "model",   "card",     "supplier", "contract",   "annex",    "policy", "version",
     "audit",      "customer", "support", "register", "filing",   "draft",      "summary",  "notice", "published",
     "signed",     "by",       "legal",   "team",     "security", "evaluation", "release"});
constexpr auto kBeyondAscii = std::to_array<std::string_view>(
    {"Prêteur SA, Orléans", "Größenprüfung der Daten", "深度合成服务算法备案", "Évaluation d’impact – état final",
     "생성형 인공지능 고지", "Naïve Bayes, réévalué", "Ośrodek oceny ryzyka"});
constexpr auto kEscaped =
    std::to_array<std::string_view>({R"("Terms of use", clause 4)", R"(share\legal\dpia.docx)",
                                     "first line\nsecond line", "Prêteur SA, réseau", R"(called "safe" by its maker)"});
constexpr auto kUsual = std::to_array<std::string_view>({"DE", "FR", "IT", "IE", "NL", "ES", "PL", "CN", "US", "JP",
                                                         "GB", "KR", "BR", "IN", "SG", "AE", "MY", "VN", "HK", "CH"});
constexpr auto kParts = std::to_array<std::string_view>({"US-CA", "US-TX", "US-NY", "US-CO", "US-IL"});
constexpr auto kDurations = std::to_array<std::string_view>({"36 hours", "72 hours", "24 hours", "10 days", "14 days",
                                                             "30 days", "6 months", "12 months", "2 years", "5 years"});

template <class Array>
std::string_view pick(Chance& chance, const Array& items) {
  return items[chance.below(items.size())];
}

/// Four digits at most, as in documents: 9.9e24, 1800, 0.35.
std::string digits(double value) {
  std::string text = fmt::format("{:.4g}", value);  // 9.9e+24, 5e-05
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text;
  std::size_t sign = e + 1;
  if (text[sign] == '+') {
    text.erase(sign, 1);
  } else {
    ++sign;
  }
  if (text[sign] == '0') text.erase(sign, 1);
  return text;
}

}  // namespace

Values::Values(const model::Vocabulary& vocabulary, const Landmarks& marks, const Forms& forms, Chance& chance)
    : vocabulary_(vocabulary), marks_(marks), forms_(forms), chance_(chance), near_(vocabulary.types.size()) {}

std::string Values::day() {
  if (marks_.days.empty() || chance_.percent(15)) {
    return Date::from_civil(2019, 1, 1).plus_days(chance_.between(0, 8 * 365)).text();
  }
  const Date mark = chance_.one_of(marks_.days);
  return mark.plus_days(chance_.percent(10) ? 0 : chance_.between(-400, 400)).text();
}

std::string Values::country() {
  if (chance_.percent(5)) return std::string(pick(chance_, kParts));
  if (chance_.percent(75)) return std::string(pick(chance_, kUsual));
  const std::string_view all = model::assigned_countries();
  return std::string(all.substr(2 * chance_.below(all.size() / 2), 2));
}

void Values::text(std::string& out, std::size_t element) {
  if (chance_.percent(forms_.escape)) {
    append_quoted(out, fmt::format("{} {}", pick(chance_, kEscaped), element + 1), true);
    return;
  }
  if (chance_.percent(forms_.beyond_ascii)) {
    append_quoted(out, fmt::format("{} {}", pick(chance_, kBeyondAscii), element + 1));
    return;
  }
  std::string words;
  for (int n = chance_.between(1, 7); n > 0; --n) words += std::string(pick(chance_, kWords)) + " ";
  append_quoted(out, fmt::format("{}{}-{}", words, chance_.between(1, 99), element + 1));
}

/// Half, nearly, exactly, a little more, or a multiple of something that the rules compare with.
double Values::around(model::TypeId id) {
  const Type& type = vocabulary_.types[id];
  std::vector<double>& marks = near_[id.index];
  if (marks.empty()) marks = near(marks_, vocabulary_, id);
  constexpr auto kFactors = std::to_array<double>({0.1, 0.33, 0.5, 0.9, 0.99, 1, 1, 1.01, 1.1, 2, 3.3, 10});
  double value = chance_.one_of(marks) * kFactors[chance_.below(kFactors.size())];
  if (type.kind == TypeKind::quantity) {
    const auto unit = vocabulary_.units.parse(type.name);
    if (unit) value /= std::strtod(unit->factor.display(12).c_str(), nullptr);
  }
  if (type.kind == TypeKind::integer) value = std::floor(value);
  if (type.kind == TypeKind::ratio) value = std::min(value, 1.0);
  return value;
}

void Values::written(std::string& out, model::TypeId id, double value) {
  const Type& type = vocabulary_.types[id];
  switch (type.kind) {
    case TypeKind::integer: out += fmt::format("{:.0f}", std::floor(value)); return;
    case TypeKind::ratio:
      out += chance_.percent(forms_.unit) ? fmt::format("\"{} %\"", digits(value * 100)) : digits(value);
      return;
    case TypeKind::money: out += fmt::format("\"{:.0f} EUR\"", value); return;
    case TypeKind::quantity:
      if (type.name == "%" || chance_.percent(forms_.unit)) {
        out += fmt::format("\"{} {}\"", digits(value), type.name);
        return;
      }
      break;
    default: break;
  }
  out += digits(value);
}

void Values::number(std::string& out, model::TypeId id) {
  const Type& type = vocabulary_.types[id];
  const double value = around(id);
  if (type.kind == TypeKind::money && chance_.percent(forms_.unit)) {
    constexpr auto kCurrencies = std::to_array<std::string_view>({"EUR", "EUR", "EUR", "USD", "CNY", "GBP"});
    const std::string_view currency = pick(chance_, kCurrencies);
    out += value >= 1e6 ? fmt::format("\"{} million {}\"", digits(value / 1e6), currency)
                        : fmt::format("\"{:.2f} {}\"", value, currency);
  } else if (type.kind == TypeKind::quantity && type.name != "%" && chance_.percent(forms_.long_number)) {
    out += fmt::format("{:.0f}", std::max(value, 1e18) + 1);  // 25 digits for what is usually written 1e25
  } else if ((type.kind == TypeKind::decimal || type.kind == TypeKind::ratio) && chance_.percent(forms_.long_number)) {
    out += fmt::format("0.{:09d}{:012d}", chance_.between(0, 999'999'999), chance_.between(0, 999'999'999));
  } else {
    written(out, id, value);
  }
}

void Values::scalar(std::string& out, model::TypeId id, std::size_t element) {
  const Type& type = vocabulary_.types[id];
  switch (type.kind) {
    case TypeKind::boolean: out += chance_.percent(50) ? "true" : "false"; return;
    case TypeKind::integer:
    case TypeKind::decimal:
    case TypeKind::ratio:
    case TypeKind::quantity:
    case TypeKind::money: number(out, id); return;
    case TypeKind::date: out += fmt::format("\"{}\"", day()); return;
    case TypeKind::instant:
      out += fmt::format("\"{}T{:02}:{:02}Z\"", day(), chance_.between(0, 23), 5 * chance_.between(0, 11));
      return;
    case TypeKind::duration: out += fmt::format("\"{}\"", pick(chance_, kDurations)); return;
    case TypeKind::country: out += fmt::format("\"{}\"", country()); return;
    case TypeKind::enumeration:
      out += fmt::format("\"{}\"", chance_.one_of(vocabulary_.enums[type.enumeration].members).name);
      return;
    default: text(out, element); return;
  }
}

bool Values::estimate(std::string& out, model::TypeId id) {
  const Type& type = vocabulary_.types[id];
  if (type.kind == TypeKind::enumeration) {
    const auto& members = vocabulary_.enums[type.enumeration].members;
    if (members.size() < 3) return false;
    const std::size_t first = chance_.below(members.size());
    const std::size_t second = (first + 1 + chance_.below(members.size() - 1)) % members.size();
    out += fmt::format(R"({{"one_of":["{}","{}"]}})", members[first].name, members[second].name);
    return true;
  }
  constexpr auto kNumbers = std::to_array<TypeKind>(
      {TypeKind::integer, TypeKind::decimal, TypeKind::ratio, TypeKind::quantity, TypeKind::money});
  if (std::find(kNumbers.begin(), kNumbers.end(), type.kind) == kNumbers.end()) return false;
  const double value = around(id);
  const bool whole = type.kind == TypeKind::integer || type.kind == TypeKind::money;  // written without decimals
  const double upper = whole ? std::floor(value) + 2 : type.kind == TypeKind::ratio ? value : value * 2 + 1;
  constexpr auto kBounds = std::to_array<std::string_view>({"at_least", "more_than", "at_most", "less_than"});
  if (chance_.percent(50)) {
    out += R"({"between":[)";
    written(out, id, value / 2);
    out += ",";
    written(out, id, upper);
    out += "]}";
  } else {
    out += fmt::format(R"({{"{}":)", pick(chance_, kBounds));
    written(out, id, value);
    out += "}";
  }
  return true;
}

void Values::set(std::string& out, model::TypeId id) {
  const model::TypeId element = vocabulary_.types[id].element;
  std::vector<std::string> members;
  for (int n = chance_.between(0, 4); n > 0; --n) {
    std::string member;
    scalar(member, element, members.size());
    if (std::find(members.begin(), members.end(), member) == members.end()) members.push_back(std::move(member));
  }
  out += fmt::format("[{}]", fmt::join(members, ","));
}

}  // namespace writ::bench
