#include "engine/eval/bearer.h"

#include <algorithm>

#include "engine/eval/machine.h"

namespace writ::eval {

using facts::Fact;
using facts::FactId;

Parties::Parties(const ir::Program& program, const facts::Document& document, const Options& options)
    : program_(program), document_(document), machine_(std::make_unique<Machine>(program, document, options)) {
  const model::Vocabulary& vocabulary = *program.vocabulary;
  const int index = vocabulary.root ? vocabulary.records[vocabulary.root].find("parties") : -1;
  const std::vector<FactId>& fields = document[document.root].children;
  if (index < 0 || fields.size() <= static_cast<std::size_t>(index)) return;
  parties_ = document[fields[static_cast<std::size_t>(index)]].children;
  std::stable_partition(parties_.begin(), parties_.end(),
                        [&](FactId id) { return document[id].key == document.assessed_for; });
}

Parties::~Parties() = default;

const Fact* Parties::child(FactId party, std::string_view name) const {
  const Fact& entry = document_[party];
  const model::RecordId record = program_.vocabulary->types[entry.type].record;
  const int index = record ? program_.vocabulary->records[record].find(name) : -1;
  if (index < 0 || entry.children.size() <= static_cast<std::size_t>(index)) return nullptr;
  return &document_[entry.children[static_cast<std::size_t>(index)]];
}

FactId Parties::find(std::string_view key) const {
  const auto it = std::find_if(parties_.begin(), parties_.end(), [&](FactId id) { return document_[id].key == key; });
  return it == parties_.end() ? FactId{} : *it;
}

std::vector<std::string> Parties::keys() const {
  std::vector<std::string> out;
  for (FactId id : parties_) out.push_back(document_[id].key);
  return out;
}

std::string Parties::name(FactId party) const {
  const Fact* fact = child(party, "name");
  const auto* text =
      fact != nullptr && fact->state == facts::State::known ? std::get_if<std::string>(&fact->scalar) : nullptr;
  return text != nullptr ? *text : document_[party].key;
}

// An unknown list of roles may hold any; so may one that is not complete.
Truth Parties::stated(FactId party, std::uint32_t member) const {
  const Fact* roles = child(party, "roles");
  if (roles == nullptr || roles->state == facts::State::absent) return Truth::no();
  if (roles->state == facts::State::unknown) return Truth::maybe();
  const bool listed = std::any_of(roles->children.begin(), roles->children.end(), [&](FactId id) {
    const auto* candidates = std::get_if<model::Candidates>(&document_[id].scalar);
    return candidates != nullptr && candidates->single() == static_cast<int>(member);
  });
  return listed ? Truth::yes() : roles->incomplete ? Truth::maybe() : Truth::no();
}

Truth Parties::derived(FactId party, const ir::Role& role) {
  if (!role.var || !role.means.valid()) return Truth::no();
  const Value held =
      machine_->with(*role.var, machine_->read(party), [&] { return machine_->defeasible(role.means, role.unless); });
  const Truth truth = held.truth();
  std::vector<DomainError> errors = machine_->take_errors();
  if (!truth.is_error()) return truth;
  errors_.insert(errors_.end(), errors.begin(), errors.end());
  return Truth::maybe(true);  // nobody can say
}

const Parties::Holding& Parties::holding(FactId party, ir::RoleId role) {
  const auto [it, fresh] = held_.try_emplace({party, role});
  if (fresh) {
    const ir::Role& r = program_.roles[role];
    const Truth said = stated(party, r.member);
    it->second = {said.is_true() ? said : or_(said, derived(party, r)), said.is_true()};
  }
  return it->second;
}

Truth Parties::holds(FactId party, ir::RoleId role) { return holding(party, role).holds; }

Bearer Parties::bearer_of(const ir::Rule& rule) {
  if (rule.binds.empty()) return {};
  const auto first = [&](auto accepts) -> std::optional<Bearer> {
    for (FactId party : parties_) {
      for (ir::RoleId role : rule.binds) {
        const Holding& held = holding(party, role);
        if (accepts(party, held)) return Bearer{role, party, held.holds};
      }
    }
    return std::nullopt;
  };
  const auto assessed = [&](FactId party, const Holding& h) {
    return h.holds.is_true() && document_[party].key == document_.assessed_for;
  };
  if (const auto found = first(assessed)) return *found;
  if (const auto found = first([](FactId, const Holding& h) { return h.stated; })) return *found;
  if (const auto found = first([](FactId, const Holding& h) { return h.holds.is_true(); })) return *found;
  if (const auto found = first([](FactId, const Holding& h) { return h.holds.is_unknown(); })) return *found;
  return {rule.binds.front(), {}, Truth::no()};
}

bool Parties::concerned(FactId party, const ir::Rule& rule) {
  return rule.binds.empty() || std::any_of(rule.binds.begin(), rule.binds.end(),
                                           [&](ir::RoleId role) { return !holds(party, role).is_false(); });
}

}  // namespace writ::eval
