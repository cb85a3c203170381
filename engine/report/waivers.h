// Waivers in words: the same in every format.
#pragma once

#include <string>

#include "engine/gate/result.h"

namespace writ::report {

/// "audit booked, ticket 412 (owner R. Novak, approved by A. Kim, until 2027-01-31)"
[[nodiscard]] std::string waiver_text(const gate::Waiver& waiver);
/// "lapsed" as reports name the state: "covers", "lapsed", "early", "other", "needless", "elsewhere", "names_none".
[[nodiscard]] const char* to_string(gate::WaiverUse::State state);
/// What a person should know of it; empty where there is nothing to say.
[[nodiscard]] std::string waiver_remark(const gate::Waiver& waiver, const gate::WaiverUse& use);

}  // namespace writ::report
