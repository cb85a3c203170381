// Who owes a duty: the role a rule binds, and the party of the document that states it.
#pragma once

#include <string>

#include "engine/facts/document.h"
#include "engine/ir/program.h"

namespace writ::run {

struct Bearer {
  std::string role, party, party_name;
};

/// The first bound role that a party of the document holds, `assessed_for` first; without such a party the first bound
/// role alone.
[[nodiscard]] Bearer bearer_of(const ir::Program& program, const ir::Rule& rule, const facts::Document& document);

}  // namespace writ::run
