#include "engine/run/bearer.h"

#include <algorithm>
#include <vector>

namespace writ::run {

namespace {

using facts::Fact;
using facts::FactId;

const Fact* child(const facts::Document& document, const model::Vocabulary& vocabulary, const Fact& record,
                  model::RecordId type, std::string_view name) {
  const int index = type ? vocabulary.records[type].find(name) : -1;
  if (index < 0 || record.children.size() <= static_cast<std::size_t>(index)) return nullptr;
  return &document[record.children[static_cast<std::size_t>(index)]];
}

bool holds(const facts::Document& document, const Fact& roles, std::uint32_t member) {
  return std::any_of(roles.children.begin(), roles.children.end(), [&](FactId id) {
    const auto* candidates = std::get_if<model::Candidates>(&document[id].scalar);
    return candidates != nullptr && candidates->single() == static_cast<int>(member);
  });
}

}  // namespace

Bearer bearer_of(const ir::Program& program, const ir::Rule& rule, const facts::Document& document) {
  Bearer out;
  if (rule.binds.empty()) return out;
  out.role = program.roles[rule.binds.front()].name;
  const model::Vocabulary& vocabulary = *program.vocabulary;
  const Fact* parties = child(document, vocabulary, document[document.root], vocabulary.root, "parties");
  if (parties == nullptr) return out;
  const model::RecordId entry = vocabulary.types[parties->type].record;
  std::vector<FactId> order = parties->children;
  std::stable_partition(order.begin(), order.end(),
                        [&](FactId id) { return document[id].key == document.assessed_for; });
  for (FactId id : order) {
    const Fact* roles = child(document, vocabulary, document[id], entry, "roles");
    if (roles == nullptr || roles->state != facts::State::known) continue;
    for (ir::RoleId role : rule.binds) {
      if (!holds(document, *roles, program.roles[role].member)) continue;
      out.role = program.roles[role].name;
      out.party = document[id].key;
      const Fact* name = child(document, vocabulary, document[id], entry, "name");
      const auto* text =
          name != nullptr && name->state == facts::State::known ? std::get_if<std::string>(&name->scalar) : nullptr;
      out.party_name = text != nullptr ? *text : out.party;
      return out;
    }
  }
  return out;
}

}  // namespace writ::run
