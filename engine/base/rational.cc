#include "engine/base/rational.h"

#include <functional>
#include <numeric>

#include "engine/base/check.h"
#include "engine/base/rational_big.h"

namespace writ {
namespace {

bool multiply(std::int64_t a, std::int64_t b, std::int64_t& out) { return !__builtin_mul_overflow(a, b, &out); }
bool plus(std::int64_t a, std::int64_t b, std::int64_t& out) { return !__builtin_add_overflow(a, b, &out); }
bool minus(std::int64_t a, std::int64_t b, std::int64_t& out) { return !__builtin_sub_overflow(a, b, &out); }

/// std::gcd is undefined where |INT64_MIN| does not fit; such operands take the wide path.
bool reduce(std::int64_t& numerator, std::int64_t& denominator) {
  if (numerator == INT64_MIN || denominator <= 0) return false;
  const std::int64_t divisor = std::gcd(numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  return true;
}

}  // namespace

const char* to_string(NumberError error) {
  switch (error) {
    case NumberError::malformed: return "not a number";
    case NumberError::too_many_digits: return "more than 34 significant digits";
    case NumberError::exponent_out_of_range: return "exponent outside -400 to 400";
    case NumberError::overflow: return "exact result needs more than 1,024 bits";
    case NumberError::division_by_zero: return "division by zero";
  }
  return "not a number";
}

void Rational::BigDeleter::operator()(Big* big) const noexcept { delete big; }

Rational::Rational(const Big& value) {
  if (value.fits()) {
    num_ = mpz_get_si(mpq_numref(value.q));
    den_ = mpz_get_si(mpq_denref(value.q));
  } else {
    big_.reset(new Big(value));
  }
}

Rational::Rational(const Rational& other) : num_(other.num_), den_(other.den_) {
  if (other.big_) big_.reset(new Big(*other.big_));
}
Rational::Rational(Rational&& other) noexcept = default;
Rational& Rational::operator=(const Rational& other) {
  if (this != &other) *this = Rational(other);
  return *this;
}
Rational& Rational::operator=(Rational&& other) noexcept = default;
Rational::~Rational() = default;

Rational::Big Rational::wide() const { return big_ ? *big_ : Big(num_, den_); }

std::expected<Rational, NumberError> Rational::bounded(const Big& value) {
  if (value.too_large()) return std::unexpected(NumberError::overflow);
  return Rational(value);
}

template <class Operation>
std::expected<Rational, NumberError> Rational::widely(const Rational& a, const Rational& b, Operation operation) {
  const Big left = a.wide();
  const Big right = b.wide();
  Big out;
  operation(out.q, left.q, right.q);
  return bounded(out);
}

std::expected<Rational, NumberError> Rational::fraction(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) return std::unexpected(NumberError::division_by_zero);
  Rational out;
  out.num_ = numerator;
  out.den_ = denominator;
  if (reduce(out.num_, out.den_)) return out;
  return Rational(Big(numerator, denominator));
}

std::expected<Rational, NumberError> Rational::power(const Rational& base, int exponent) {
  if (exponent > kMaxExponent || exponent < -kMaxExponent) return std::unexpected(NumberError::exponent_out_of_range);
  if (exponent < 0 && base.is_zero()) return std::unexpected(NumberError::division_by_zero);
  const Big wide = base.wide();
  const auto times = static_cast<unsigned long>(exponent < 0 ? -exponent : exponent);
  Big out;
  mpz_pow_ui(mpq_numref(out.q), mpq_numref(wide.q), times);
  mpz_pow_ui(mpq_denref(out.q), mpq_denref(wide.q), times);
  if (exponent < 0) mpq_inv(out.q, out.q);
  return bounded(out);
}

std::expected<Rational, NumberError> Rational::add(const Rational& other) const {
  if (!big_ && !other.big_) {
    std::int64_t left = 0;
    std::int64_t right = 0;
    Rational out;
    if (multiply(num_, other.den_, left) && multiply(other.num_, den_, right) && plus(left, right, out.num_) &&
        multiply(den_, other.den_, out.den_) && reduce(out.num_, out.den_)) {
      return out;
    }
  }
  return widely(*this, other, mpq_add);
}

std::expected<Rational, NumberError> Rational::sub(const Rational& other) const {
  if (!big_ && !other.big_) {
    std::int64_t left = 0;
    std::int64_t right = 0;
    Rational out;
    if (multiply(num_, other.den_, left) && multiply(other.num_, den_, right) && minus(left, right, out.num_) &&
        multiply(den_, other.den_, out.den_) && reduce(out.num_, out.den_)) {
      return out;
    }
  }
  return widely(*this, other, mpq_sub);
}

std::expected<Rational, NumberError> Rational::mul(const Rational& other) const {
  if (!big_ && !other.big_) {
    Rational out;
    if (multiply(num_, other.num_, out.num_) && multiply(den_, other.den_, out.den_) && reduce(out.num_, out.den_))
      return out;
  }
  return widely(*this, other, mpq_mul);
}

std::expected<Rational, NumberError> Rational::div(const Rational& other) const {
  if (other.is_zero()) return std::unexpected(NumberError::division_by_zero);
  if (!big_ && !other.big_) {
    Rational out;
    if (multiply(num_, other.den_, out.num_) && multiply(den_, other.num_, out.den_)) {
      const bool negatable = out.num_ != INT64_MIN && out.den_ != INT64_MIN;
      if (out.den_ < 0 && negatable) {
        out.num_ = -out.num_;
        out.den_ = -out.den_;
      }
      if (reduce(out.num_, out.den_)) return out;
    }
  }
  return widely(*this, other, mpq_div);
}

Rational Rational::neg() const {
  if (!big_ && num_ != INT64_MIN) {
    Rational out;
    out.num_ = -num_;
    out.den_ = den_;
    return out;
  }
  Big out = wide();
  mpq_neg(out.q, out.q);
  return Rational(out);
}

bool Rational::is_zero() const { return !big_ && num_ == 0; }

bool Rational::is_integer() const { return big_ ? mpz_cmp_ui(mpq_denref(big_->q), 1) == 0 : den_ == 1; }

int Rational::sign() const {
  if (big_) return mpq_sgn(big_->q);
  return num_ > 0 ? 1 : (num_ < 0 ? -1 : 0);
}

bool Rational::to_int64(std::int64_t& out) const {
  if (big_ || den_ != 1) return false;
  out = num_;
  return true;
}

std::strong_ordering Rational::compare(const Rational& other) const {
  if (!big_ && !other.big_) {
    if (den_ == other.den_) return num_ <=> other.num_;
    std::int64_t left = 0;
    std::int64_t right = 0;
    if (multiply(num_, other.den_, left) && multiply(other.num_, den_, right)) return left <=> right;
  }
  return mpq_cmp(wide().q, other.wide().q) <=> 0;
}

std::size_t Rational::hash() const {
  const auto mix = [](std::size_t seed, std::size_t value) {
    return seed ^ (value + std::size_t{0x9E3779B97F4A7C15} + (seed << 6) + (seed >> 2));
  };
  if (!big_) return mix(std::hash<std::int64_t>{}(num_), std::hash<std::int64_t>{}(den_));
  std::size_t seed = static_cast<std::size_t>(mpq_sgn(big_->q));
  for (const mpz_srcptr part : {mpz_srcptr(mpq_numref(big_->q)), mpz_srcptr(mpq_denref(big_->q))}) {
    for (std::size_t i = 0; i < mpz_size(part); ++i) seed = mix(seed, mpz_getlimbn(part, static_cast<mp_size_t>(i)));
  }
  return seed;
}

}  // namespace writ
