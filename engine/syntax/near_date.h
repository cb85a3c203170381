// What looks like a date and is none: 02.08.2025, 2025-8-2, 8/2/2025; and 1.000.000, which looks like one.
#pragma once

#include <string>
#include <string_view>

namespace writ::syntax {

struct NearDate {
  std::string number;  // when it is rather a number: how it is written
  std::string help;
};
[[nodiscard]] NearDate read_near_date(std::string_view text);

}  // namespace writ::syntax
