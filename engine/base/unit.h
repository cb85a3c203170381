// Units of measure: a table of declared base units, derived units (a rational factor times powers of base units) and
// currencies. Everything that compares or adds works on (Dimension, factor to the base units), so that GB/s and byte/s
// meet exactly.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/rational.h"

namespace writ {

/// Powers of base units, by index of the base unit, sorted, without zeros. Empty: dimensionless.
struct Dimension {
  std::vector<std::pair<std::uint32_t, std::int32_t>> powers;
  [[nodiscard]] bool dimensionless() const { return powers.empty(); }
  [[nodiscard]] Dimension times(const Dimension& other, int sign = 1) const;
  friend bool operator==(const Dimension&, const Dimension&) = default;
  friend auto operator<=>(const Dimension&, const Dimension&) = default;
};

/// 1 unit = factor * (base units of `dimension`).
struct Unit {
  Dimension dimension;
  Rational factor = 1;
  friend bool operator==(const Unit&, const Unit&) = default;
};

class UnitTable {
 public:
  /// Starts with `%` = 1/100 (dimensionless).
  UnitTable();
  /// False when the name is taken.
  bool add_base(std::string name, std::string description);
  bool add_derived(std::string name, std::string description, Unit unit);
  bool add_currency(std::string code);
  [[nodiscard]] std::optional<Unit> find(std::string_view name) const;
  [[nodiscard]] bool is_currency(std::string_view name) const;
  /// "TPP/mm2", "op/s", "%", "km^2": names joined by * and /, with ^integer. The error is the name that is not
  /// declared.
  [[nodiscard]] std::expected<Unit, std::string> parse(std::string_view expression) const;
  [[nodiscard]] std::vector<std::string> names() const;
  /// "FLOP/s"-like text of a dimension in base units, for messages; "no unit" when dimensionless.
  [[nodiscard]] std::string describe(const Dimension& dimension) const;

  struct Entry {
    std::string description;
    Unit unit;
    bool currency = false;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  /// All of it, for storing: entries by name, and the base units in the order of their indices.
  [[nodiscard]] const std::map<std::string, Entry, std::less<>>& entries() const { return units_; }
  [[nodiscard]] const std::vector<std::string>& bases() const { return bases_; }
  /// The table of stored parts, or nothing where a dimension names no base unit or is not in its normal form.
  static std::optional<UnitTable> of(std::map<std::string, Entry, std::less<>> entries, std::vector<std::string> bases);
  friend bool operator==(const UnitTable&, const UnitTable&) = default;

 private:
  std::map<std::string, Entry, std::less<>> units_;
  std::vector<std::string> bases_;
};

}  // namespace writ
