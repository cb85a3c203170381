#include "engine/crypto/digest.h"

// The functions of one algorithm, deprecated since OpenSSL 3 in favour of the ones that look it up by name: that
// looking up takes 2 ms in a process and 30 times the hashing of a fingerprint.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <array>
#include <cstdint>

#include "engine/base/check.h"

namespace writ::crypto {

struct Sha256::State {
  SHA256_CTX context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { WRIT_CHECK(SHA256_Init(&state_->context) == 1); }

Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  WRIT_CHECK(SHA256_Update(&state_->context, bytes.data(), bytes.size()) == 1);
}

void Sha256::update_field(std::string_view bytes) {
  std::array<char, 8> length{};
  auto n = static_cast<std::uint64_t>(bytes.size());
  for (char& c : length) {
    c = static_cast<char>(n & 0xff);
    n >>= 8;
  }
  update({length.data(), length.size()});
  update(bytes);
}

std::array<std::uint8_t, 32> Sha256::digest() {
  std::array<std::uint8_t, 32> out{};
  WRIT_CHECK(SHA256_Final(out.data(), &state_->context) == 1);
  return out;
}

std::string Sha256::hex() {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : digest()) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::array<std::uint8_t, 32> sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.digest();
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

}  // namespace writ::crypto
