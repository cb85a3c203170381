// Characters that have no meaning outside quoted text, and what people mean by them.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/diagnostic.h"

namespace writ::syntax {

struct Advice {
  Code code;
  std::string message;
  std::string help;
  std::string_view instead;  // the symbol that was meant
};
[[nodiscard]] Advice advice_for(char32_t c);

/// The mark that closes what this one opens; 0 when it is no quotation mark.
[[nodiscard]] char32_t closing_quote(char32_t c);
/// check_source has said it already.
[[nodiscard]] bool is_reported_elsewhere(char32_t c);

}  // namespace writ::syntax
