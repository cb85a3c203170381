#include "engine/base/unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/check.h"

namespace writ {
namespace {

constexpr int kMaxPower = 32;

bool name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '%' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

void skip_spaces(std::string_view text, std::size_t& at) {
  while (at < text.size() && text[at] == ' ') ++at;
}

/// `^integer` at `at`; 1 where there is none; nothing where it is malformed or beyond any use.
std::optional<int> read_power(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '^') return 1;
  ++at;
  const bool negative = at < text.size() && text[at] == '-';
  if (negative) ++at;
  int power = 0;
  const std::size_t start = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && power <= kMaxPower)
    power = power * 10 + (text[at++] - '0');
  if (at == start || power > kMaxPower) return std::nullopt;
  return negative ? -power : power;
}

}  // namespace

Dimension Dimension::times(const Dimension& other, int sign) const {
  std::map<std::uint32_t, std::int32_t> sum(powers.begin(), powers.end());
  for (const auto& [base, power] : other.powers) sum[base] += power * sign;
  Dimension out;
  std::copy_if(sum.begin(), sum.end(), std::back_inserter(out.powers),
               [](const auto& entry) { return entry.second != 0; });
  return out;
}

UnitTable::UnitTable() {
  const auto percent = Rational::fraction(1, 100);
  WRIT_CHECK(percent.has_value());
  units_.emplace("%", Entry{"percent", Unit{{}, *percent}});
}

bool UnitTable::add_base(std::string name, std::string description) {
  if (units_.contains(name)) return false;
  Unit unit;
  unit.dimension.powers = {{static_cast<std::uint32_t>(bases_.size()), 1}};
  bases_.push_back(name);
  units_.emplace(std::move(name), Entry{std::move(description), std::move(unit)});
  return true;
}

bool UnitTable::add_derived(std::string name, std::string description, Unit unit) {
  return units_.emplace(std::move(name), Entry{std::move(description), std::move(unit)}).second;
}

bool UnitTable::add_currency(std::string code) {
  if (!add_base(code, "currency")) return false;
  units_.find(code)->second.currency = true;
  return true;
}

std::optional<Unit> UnitTable::find(std::string_view name) const {
  const auto found = units_.find(name);
  if (found == units_.end()) return std::nullopt;
  return found->second.unit;
}

bool UnitTable::is_currency(std::string_view name) const {
  const auto found = units_.find(name);
  return found != units_.end() && found->second.currency;
}

std::expected<Unit, std::string> UnitTable::parse(std::string_view expression) const {
  const auto refused = [](std::string_view what) { return std::unexpected(std::string(what)); };
  Unit out;
  int sign = 1;
  std::size_t at = 0;
  while (true) {
    skip_spaces(expression, at);
    const std::size_t start = at;
    while (at < expression.size() && name_character(expression[at])) ++at;
    const std::string_view name = expression.substr(start, at - start);
    const auto power = read_power(expression, at);
    if (name.empty() || !power) return refused(expression);
    auto unit = name == "1" ? Unit{} : find(name);  // "1/s"
    if (!unit) return refused(name);
    for (auto& entry : unit->dimension.powers) entry.second *= *power;
    if (*power == 0) unit->dimension.powers.clear();
    auto factor = Rational::power(unit->factor, *power);
    if (factor) factor = sign > 0 ? out.factor.mul(*factor) : out.factor.div(*factor);
    if (!factor) return refused(expression);
    out.factor = *std::move(factor);
    out.dimension = out.dimension.times(unit->dimension, sign);

    skip_spaces(expression, at);
    if (at == expression.size()) return out;
    if (expression[at] != '*' && expression[at] != '/') return refused(expression);
    sign = expression[at] == '*' ? 1 : -1;
    ++at;
  }
}

std::vector<std::string> UnitTable::names() const {
  std::vector<std::string> out;
  out.reserve(units_.size());
  for (const auto& [name, entry] : units_) out.push_back(name);
  return out;
}

std::string UnitTable::describe(const Dimension& dimension) const {
  if (dimension.dimensionless()) return "no unit";
  std::string above;
  std::string below;
  for (const auto& [base, power] : dimension.powers) {
    WRIT_CHECK(base < bases_.size());
    std::string& side = power > 0 ? above : below;
    if (power < 0) {
      side += '/';
    } else if (!side.empty()) {
      side += '*';
    }
    side += bases_[base];
    const int size = power < 0 ? -power : power;
    if (size != 1) fmt::format_to(std::back_inserter(side), "^{}", size);
  }
  return (above.empty() ? "1" : above) + below;
}

std::optional<UnitTable> UnitTable::of(std::map<std::string, Entry, std::less<>> entries,
                                       std::vector<std::string> bases) {
  for (const auto& [name, entry] : entries) {
    const auto& powers = entry.unit.dimension.powers;
    for (std::size_t i = 0; i < powers.size(); ++i)
      if (powers[i].first >= bases.size() || powers[i].second == 0 || (i > 0 && powers[i - 1].first >= powers[i].first))
        return std::nullopt;
  }
  UnitTable out;
  out.units_ = std::move(entries);
  out.bases_ = std::move(bases);
  return out;
}

}  // namespace writ
