// What a machine remembers of one document: the values of terms, scopes and classifications under what was in force
// when they were read (the day, the guards, presumptions, readings), with the errors that they reported. Only a machine
// with a plan has one.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "engine/eval/finding.h"
#include "engine/eval/value.h"

namespace writ::eval {

struct Remembered {
  std::vector<Value> arguments;
  Value value;
  std::vector<DomainError> errors;
};

class Memo {
 public:
  enum class What : std::uint8_t { term, scope, classification };

  [[nodiscard]] const Remembered* find(What what, std::uint32_t item, std::uint32_t context,
                                       std::span<const Value> arguments) const;
  const Remembered& keep(What what, std::uint32_t item, std::uint32_t context, Remembered remembered);

 private:
  static std::uint64_t key(What what, std::uint32_t item, std::uint32_t context) {
    return (static_cast<std::uint64_t>(context) << 32) | (std::uint64_t{item} << 2) | static_cast<std::uint64_t>(what);
  }
  // Several of one key differ in their arguments. What is found stays where it is when more is kept.
  std::unordered_multimap<std::uint64_t, Remembered> entries_;
};

}  // namespace writ::eval
