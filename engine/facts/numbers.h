// Numbers as documents write them: an exact number, an optional power word (million), and what follows it (a unit).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "engine/base/rational.h"

namespace writ::facts {

struct WrittenNumber {
  Rational value;
  std::string_view rest;  // behind the number, trimmed: "FLOP", "%", "" …
  bool spaced = false;    // white space stood before `rest`
};

struct NumberProblem {
  bool too_large = false;  // beyond the limits of exact numbers; else no number at all
  bool glued = false;      // letters follow at once, as in 3e24FLOP
  std::string message;
  std::string help;
};

[[nodiscard]] std::expected<WrittenNumber, NumberProblem> read_number(std::string_view text);

}  // namespace writ::facts
