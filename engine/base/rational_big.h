// The wide form of a Rational: a GMP fraction, always canonical (reduced, positive denominator). Private to
// rational*.cc.
#pragma once

#include <gmp.h>

#include <cstddef>
#include <cstdint>

#include "engine/base/rational.h"

namespace writ {

static_assert(sizeof(long) == sizeof(std::int64_t), "GMP's si and ui functions must take 64 bits");

constexpr std::size_t kMaxBits = 1024;
constexpr int kMaxExponent = 400;
constexpr std::size_t kMaxDigits = 34;

struct Rational::Big {
  mpq_t q;

  Big() { mpq_init(q); }
  Big(std::int64_t numerator, std::int64_t denominator) : Big() {
    mpz_set_si(mpq_numref(q), numerator);
    mpz_set_si(mpq_denref(q), denominator);
    mpq_canonicalize(q);
  }
  Big(const Big& other) : Big() { mpq_set(q, other.q); }
  Big& operator=(const Big& other) {
    mpq_set(q, other.q);
    return *this;
  }
  ~Big() { mpq_clear(q); }

  [[nodiscard]] bool fits() const {
    return mpz_fits_slong_p(mpq_numref(q)) != 0 && mpz_fits_slong_p(mpq_denref(q)) != 0;
  }
  [[nodiscard]] bool too_large() const {
    return mpz_sizeinbase(mpq_numref(q), 2) > kMaxBits || mpz_sizeinbase(mpq_denref(q), 2) > kMaxBits;
  }
};

/// A GMP integer that frees itself.
struct BigInteger {
  mpz_t z;
  BigInteger() { mpz_init(z); }
  explicit BigInteger(mpz_srcptr value) { mpz_init_set(z, value); }
  BigInteger(const BigInteger&) = delete;
  BigInteger& operator=(const BigInteger&) = delete;
  ~BigInteger() { mpz_clear(z); }
};

}  // namespace writ
