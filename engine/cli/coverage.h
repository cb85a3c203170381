// `writ rules --coverage`: what the rule book says of each provision of its instruments.
#pragma once

#include <string>

#include "engine/session/session.h"

namespace writ::cli {

/// Of the instruments of the selected packs; `format` is pretty, json or markdown.
[[nodiscard]] std::string coverage_statement(const session::Session& session, const std::string& format);

}  // namespace writ::cli
