// Who owes a duty: which party of a document holds which role, because it states so or because the role's derivation
// holds for it. It never decides whether a rule applies.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/eval/evaluate.h"

namespace writ::eval {

class Machine;

struct Bearer {
  ir::RoleId role;            // of those that the rule binds; invalid: it binds nobody
  facts::FactId party;        // entry of `parties` that holds the role, or may hold it; invalid: none that is listed
  Truth holds = Truth::no();  // true: holds it; unknown: may hold it
  [[nodiscard]] bool certain() const { return party.valid() && holds.is_true(); }
};

/// The parties of one document under one rule book. What has been derived is kept.
class Parties {
 public:
  Parties(const ir::Program& program, const facts::Document& document, const Options& options);
  ~Parties();
  Parties(const Parties&) = delete;
  Parties& operator=(const Parties&) = delete;

  /// The entry of `parties` with this key; invalid when there is none.
  [[nodiscard]] facts::FactId find(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> keys() const;
  /// What the party is called, its key where nobody says.
  [[nodiscard]] std::string name(facts::FactId party) const;
  /// Stated or derived. Unknown: it may hold the role, because its roles or what the derivation asks are not known.
  [[nodiscard]] Truth holds(facts::FactId party, ir::RoleId role);
  /// The first bound role that a party holds: the party that the document is assessed for before the others, those that
  /// state it before those for which it is derived, those that hold it before those that may.
  [[nodiscard]] Bearer bearer_of(const ir::Rule& rule);
  /// The rule binds nobody in particular, or a role that the party holds or may hold.
  [[nodiscard]] bool concerned(facts::FactId party, const ir::Rule& rule);

  /// Derivations that failed; the role may be held then.
  [[nodiscard]] const std::vector<DomainError>& errors() const { return errors_; }

 private:
  struct Holding {
    Truth holds;
    bool stated = false;
  };
  [[nodiscard]] const facts::Fact* child(facts::FactId party, std::string_view name) const;
  [[nodiscard]] Truth stated(facts::FactId party, std::uint32_t member) const;
  [[nodiscard]] Truth derived(facts::FactId party, const ir::Role& role);
  const Holding& holding(facts::FactId party, ir::RoleId role);

  const ir::Program& program_;
  const facts::Document& document_;
  std::unique_ptr<Machine> machine_;
  std::vector<facts::FactId> parties_;  // the one that the document is assessed for first
  std::map<std::pair<facts::FactId, ir::RoleId>, Holding> held_;
  std::vector<DomainError> errors_;
};

}  // namespace writ::eval
