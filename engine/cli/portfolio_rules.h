// Portfolio rules as `writ rules` shows them, beside the rules for single documents.
#pragma once

#include <string>
#include <vector>

#include "engine/session/session.h"

namespace writ::cli {

/// What `rules list` says of a rule, in one line of the table.
struct RuleLine {
  std::string package, name, severity, status, citation, title;
};
/// Those of the packs that were asked for.
[[nodiscard]] std::vector<RuleLine> portfolio_lines(const session::Session& session);
/// By id or short name.
[[nodiscard]] std::vector<ir::PortfolioId> portfolios_named(const session::Session& session, const std::string& name);
[[nodiscard]] std::string portfolio_text(const session::Session& session, ir::PortfolioId id);
/// An object, as JSON text.
[[nodiscard]] std::string portfolio_json(const session::Session& session, ir::PortfolioId id);

}  // namespace writ::cli
