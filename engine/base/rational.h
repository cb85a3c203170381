// Exact numbers. A Rational is a reduced fraction; 64-bit numerator and denominator on a checked fast path, GMP beyond
// it. A literal has at most 34 significant digits and an exponent within -400..400; a result whose numerator or
// denominator needs more than 1,024 bits is NumberError::overflow, never rounded.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace writ {

enum class NumberError : std::uint8_t { malformed, too_many_digits, exponent_out_of_range, overflow, division_by_zero };
[[nodiscard]] const char* to_string(NumberError error);

class Rational {
 public:
  Rational() = default;                              // 0
  Rational(std::int64_t integer) : num_(integer) {}  // NOLINT(google-explicit-constructor): numbers read as numbers
  Rational(const Rational&);
  Rational(Rational&&) noexcept;
  Rational& operator=(const Rational&);
  Rational& operator=(Rational&&) noexcept;
  ~Rational();

  /// Decimal text: [+-]digits[.digits][e[+-]digits]; `_` between digits is accepted only when `underscores`.
  static std::expected<Rational, NumberError> parse(std::string_view text, bool underscores = false);
  static std::expected<Rational, NumberError> fraction(std::int64_t numerator, std::int64_t denominator);
  /// base^exponent, |exponent| <= 400.
  static std::expected<Rational, NumberError> power(const Rational& base, int exponent);

  [[nodiscard]] std::expected<Rational, NumberError> add(const Rational& other) const;
  [[nodiscard]] std::expected<Rational, NumberError> sub(const Rational& other) const;
  [[nodiscard]] std::expected<Rational, NumberError> mul(const Rational& other) const;
  [[nodiscard]] std::expected<Rational, NumberError> div(const Rational& other) const;
  [[nodiscard]] Rational neg() const;

  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] bool is_integer() const;
  [[nodiscard]] int sign() const;
  /// The value when it is an integer that fits.
  [[nodiscard]] bool to_int64(std::int64_t& out) const;

  /// Numerator and denominator when both fit 64 bits, as nearly all do.
  [[nodiscard]] bool to_fraction(std::int64_t& numerator, std::int64_t& denominator) const;
  /// "numerator/denominator" in decimal digits, of any size, and back: for storing, not for people.
  [[nodiscard]] std::string fraction_text() const;
  static std::expected<Rational, NumberError> parse_fraction(std::string_view text);

  [[nodiscard]] std::strong_ordering compare(const Rational& other) const;
  friend bool operator==(const Rational& a, const Rational& b) { return a.compare(b) == 0; }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) { return a.compare(b); }

  /// Exact and canonical: "3", "0.8", "3.3e24", and "1/3" where no finite decimal exists. Parses back, fractions and
  /// results of more than 34 significant digits apart.
  [[nodiscard]] std::string exact() const;
  /// For people: at most `digits` significant digits, with a leading "≈" when rounded.
  [[nodiscard]] std::string display(int digits = 6) const;
  [[nodiscard]] std::size_t hash() const;

 private:
  struct Big;
  struct BigDeleter {
    void operator()(Big* big) const noexcept;
  };
  explicit Rational(const Big& value);  // demotes to the fast form when it fits
  [[nodiscard]] Big wide() const;
  template <class Operation>
  static std::expected<Rational, NumberError> widely(const Rational& a, const Rational& b, Operation operation);
  static std::expected<Rational, NumberError> bounded(const Big& value);

  std::int64_t num_ = 0;
  std::int64_t den_ = 1;                  // > 0, reduced
  std::unique_ptr<Big, BigDeleter> big_;  // set only when the fraction does not fit; num_ and den_ are then 0 and 1
};

}  // namespace writ
