// SHA-256 by OpenSSL. Digests name rule books, documents and findings; this room is the only one that sees OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace writ::crypto {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(std::string_view bytes);
  /// Length first, then the bytes: fields that follow each other cannot be confused.
  void update_field(std::string_view bytes);
  /// The 32 bytes; the object is spent.
  [[nodiscard]] std::array<std::uint8_t, 32> digest();
  /// As 64 lower-case hex digits; the object is spent.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::array<std::uint8_t, 32> sha256(std::string_view bytes);
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace writ::crypto
